import gzip
import io
import tracemalloc
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers import bodies
from crawlers.answers import Answer
from crawlers.archive import ArchiveWriter, read_at
from crawlers.bodies import BodyTooLargeError, decompress
from crawlers.replay import Replay
from schema.errors import InputError

WHEN = datetime(2023, 10, 23, 8, 30, 15, tzinfo=UTC)
URL = "http://www.x.test/a.html"


def answer(url: str = URL, body: bytes = b"<html>\xff</html>", **changes: object) -> Answer:
    given = {"status": 200, "headers": [("Content-Type", "text/html")], "fetched_at": WHEN} | changes
    return Answer(url, body=body, **given)


def small(folder: Path, *, compressed: bool = True) -> tuple[Path, list[Answer], list[int]]:
    """Write a small archive; return it with its answers and the offsets of its records, the end among them."""
    answers = [answer(f"http://www.x.test/{n}", b"body \x00\r\n\r\n" * n) for n in range(3)]
    name = "small.warc.gz" if compressed else "small.warc"
    with ArchiveWriter(folder, name) as writer:
        if not compressed:
            writer._open()
            writer._writer = WARCWriter(writer._file, gzip=False, warc_version="WARC/1.1")
        offsets = [writer.write(each) for each in answers]
    return folder / name, answers, [*offsets, (folder / name).stat().st_size]


tokens = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-", min_size=1, max_size=12).filter(
    lambda name: name.lower() not in {"content-length", "transfer-encoding"}
)
values = st.text(st.characters(max_codepoint=126, exclude_categories=["Cc"]), max_size=30).map(str.strip)


@given(
    body=st.binary(max_size=500),
    headers=st.lists(st.tuples(tokens, values), max_size=4),
    status=st.integers(100, 599),
    method=st.sampled_from(["GET", "POST"]),
    path=st.text("abc/?=&%_.~-+", max_size=10),
)
def test_what_is_archived_comes_back_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory,
    body: bytes,
    headers: list[tuple[str, str]],
    status: int,
    method: str,
    path: str,
) -> None:
    folder = tmp_path_factory.mktemp("archive")
    given = [
        answer(URL + "?first"),
        Answer(URL + path, status, [("X-First", "1"), *headers], body, WHEN, method),
    ]
    with ArchiveWriter(folder, "deep/er/a.warc.gz") as writer:
        offsets = [writer.write(each) for each in given]
    assert [read_at(folder, "deep/er/a.warc.gz", offset) for offset in offsets] == given
    replay = Replay.of(folder / "deep/er/a.warc.gz")
    assert replay.get(URL + path, method) == given[1]


def test_a_header_beyond_ascii_comes_back_as_it_was_served(tmp_path: Path) -> None:
    # How Scrapy hands over the bytes of 附件; filename="政策.pdf" that Chinese servers send raw.
    name = 'attachment; filename="政策.pdf"'.encode().decode("latin-1")
    with ArchiveWriter(tmp_path, "a.warc.gz") as writer:
        writer.write(answer(headers=[("Content-Disposition", name)]))
    kept = read_at(tmp_path, "a.warc.gz", 0).header("content-disposition") or ""
    assert "政策.pdf" in kept or name in kept


def test_a_method_and_an_address_have_the_last_answer(tmp_path: Path) -> None:
    said = [answer(body=b"old"), answer(body=b"new"), answer(body=b"posted", method="POST")]
    with ArchiveWriter(tmp_path, "a.warc.gz") as writer:
        for each in said:
            writer.write(each)
    replay = Replay.of(tmp_path / "a.warc.gz")
    assert replay.get(URL) == said[1]
    assert replay.get(URL, "POST") == said[2]
    assert replay.get(URL + "x") is None
    assert list(replay.urls()) == [URL]


def test_nothing_is_written_until_there_is_something_and_no_file_is_written_over(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "a.warc.gz") as writer:
        writer.flush()
    assert list(tmp_path.iterdir()) == []
    small(tmp_path)
    with pytest.raises(FileExistsError), ArchiveWriter(tmp_path, "small.warc.gz") as writer:
        writer.write(answer())


@pytest.mark.parametrize("compressed", [True, False])
def test_an_archive_cut_anywhere_is_refused_or_cut_between_two_records(tmp_path: Path, compressed: bool) -> None:
    path, answers, ends = small(tmp_path, compressed=compressed)
    whole, cut = path.read_bytes(), tmp_path / "cut.warc"
    # The two line breaks that end a record that is not compressed hold nothing.
    slack = 0 if compressed else 4
    for size in range(len(whole)):
        cut.write_bytes(whole[:size])
        complete = sum(end - slack <= size for end in ends[1:])
        try:
            replay = Replay.of(cut)
        except InputError as error:
            assert size not in ends[1:], f"cut at {size}, between two records: {error}"  # noqa: PT017  (either may be)
        else:
            assert any(end - slack <= size <= end for end in ends[1:]), f"cut at {size} and nobody noticed"
            assert [replay.get(url) for url in replay.urls()] == answers[:complete]


def test_a_byte_that_flipped_never_gives_another_body(tmp_path: Path) -> None:
    path, answers, _ = small(tmp_path)
    whole, damaged = bytearray(path.read_bytes()), tmp_path / "damaged.warc.gz"
    right = {each.url: each.body for each in answers}
    for at in range(0, len(whole), 3):
        whole[at] ^= 0x10
        damaged.write_bytes(whole)
        whole[at] ^= 0x10
        try:
            replay = Replay.of(damaged)
            found = [replay.get(url) for url in replay.urls()]
        except InputError:
            continue
        assert all(right.get(each.url, each.body) == each.body for each in found if each), at


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "no response"),
        (b"\x1f\x8b", "damaged"),
        (b"<html>no archive</html>" * 99, "WARC"),
        (b"\x00" * 999, "WARC"),
    ],
)
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, content: bytes, what: str) -> None:
    (tmp_path / "x.warc.gz").write_bytes(content)
    with pytest.raises(InputError, match=what):
        Replay.of(tmp_path / "x.warc.gz")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such"):
        Replay.of(tmp_path / "missing.warc.gz")
    with pytest.raises(InputError, match="folder"):
        Replay.of(tmp_path)


@pytest.mark.parametrize("name", ["../secret.warc.gz", "/etc/passwd", "missing.warc.gz", "."])
def test_a_place_that_is_not_in_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    path, _, _ = small(tmp_path)
    path.rename(tmp_path / "secret.warc.gz")
    (tmp_path / "root").mkdir()
    with pytest.raises(InputError) as caught:
        read_at(tmp_path / "root", name, 0)
    assert caught.value.remedy


def test_an_offset_that_is_no_record_is_refused(tmp_path: Path) -> None:
    path, answers, offsets = small(tmp_path)
    for offset in {*range(offsets[-1] + 9)} - {*offsets[:-1]}:
        with pytest.raises(InputError, match=f"@{offset}"):
            read_at(tmp_path, path.name, offset)
    assert read_at(tmp_path, path.name, offsets[2]) == answers[2]


def test_bytes_that_are_known_are_archived_once_and_named(tmp_path: Path) -> None:
    big = answer(body=bytes(range(256)) * 400)
    with ArchiveWriter(tmp_path, "a.warc.gz") as writer:
        writer.write(big)
        at = writer.write(answer(body=big.body, status=203), known=(URL, "2023-10-23T08:30:15Z"))
        assert writer.write(answer(URL + "x")) - at < 1_000
    revisit = read_at(tmp_path, "a.warc.gz", at)
    assert (revisit.status, revisit.body, revisit.headers) == (203, b"", big.headers)
    assert Replay.of(tmp_path / "a.warc.gz").get(URL) == big


@given(st.binary(max_size=2_000), st.sampled_from(["gzip", "GZIP", "x-gzip", " deflate ", "raw", "", "br", "identity"]))
def test_a_body_is_read_without_its_encoding(body: bytes, coding: str) -> None:
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(body), "x-gzip": gzip.compress(body), "deflate": zlib.compress(body),
        "raw": raw.compress(body) + raw.flush(),
    }.get(coding.strip().lower(), body)  # fmt: skip
    assert decompress(packed, "deflate" if coding == "raw" else coding) == body


@given(st.binary(max_size=300))
def test_a_body_that_is_not_as_its_encoding_says_is_kept(body: bytes) -> None:
    if body[:2] != b"\x1f\x8b":
        assert answer(body=body, headers=[("content-encoding", "gzip")]).content() == body


def test_a_body_in_several_gzip_members_is_read_whole() -> None:
    assert decompress(gzip.compress(b"one ") + gzip.compress(b"two"), "gzip") == b"one two"


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_is_refused_before_it_expands(monkeypatch: pytest.MonkeyPatch, coding: str) -> None:
    monkeypatch.setattr(bodies, "MAX_BODY", 1 << 20)
    bomb = {"gzip": gzip.compress, "deflate": zlib.compress}[coding](bytes(64 << 20))
    tracemalloc.start()
    with pytest.raises(BodyTooLargeError):
        answer(body=bomb, headers=[("Content-Encoding", coding)]).content()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 << 20
    assert len(decompress(gzip.compress(bytes(1 << 20)), "gzip")) == 1 << 20


def test_a_body_that_another_tool_kept_in_chunks_is_read_without_them(tmp_path: Path) -> None:
    with (tmp_path / "other.warc").open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        headers = StatusAndHeaders("200 OK", [("Transfer-Encoding", "chunked")], protocol="HTTP/1.1")
        payload = io.BytesIO(b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")
        writer.write_record(writer.create_warc_record(f"<{URL}>", "response", payload=payload, http_headers=headers))
    found = Replay.of(tmp_path / "other.warc").get(URL)
    assert found is not None
    assert found.content() == b"hello world"
