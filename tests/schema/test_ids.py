"""Ids are made of content: the same everywhere, and readable as RFC 4648 base 32."""

import base64
import hashlib

from hypothesis import given
from hypothesis import strategies as st

from schema.ids import canonical_json, content_id


@given(st.lists(st.one_of(st.text(), st.integers(), st.none(), st.booleans())))
def test_an_id_is_the_base_32_of_a_hash_of_the_canonical_text(parts: list[object]) -> None:
    digest = hashlib.blake2b(canonical_json(tuple(parts)).encode(), digest_size=10).digest()
    assert content_id(*parts) == base64.b32encode(digest).decode().lower()
