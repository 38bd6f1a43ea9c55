"""The unified social credit code (统一社会信用代码), GB 32100-2015: 18 characters with a check digit."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

from stdnum.cn import uscc

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z: they look like digits

# Authority, type of organisation, six digits of region, nine of organisation code, check digit. stdnum asks
# for digits in the first two places, but the standard has letters there too (rural collectives are N2…).
_SHAPE = re.compile(rf"[1-9ANY][{ALPHABET}]\d{{6}}[{ALPHABET}]{{10}}")
_CANDIDATE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z](?:[ -]?[0-9A-Za-z]){17}(?![0-9A-Za-z])")
# One full-width character to one half-width one, so that the places of the text stay what they are.
_HALF_WIDTH = {code + 0xFEE0: chr(code) for code in range(0x21, 0x7F)} | {0x3000: " "}


@dataclass(frozen=True, slots=True, order=True)
class CreditCode:
    """A valid code in its normal form; make one with `parse`."""

    value: str

    def __post_init__(self) -> None:
        if not _is_code(self.value):
            raise ValueError(f"{self.value!r} is not a unified social credit code")

    def __str__(self) -> str:
        return self.value

    @property
    def region(self) -> str:
        """The six digits of the region where the organisation was registered (it may have moved since)."""
        return self.value[2:8]

    @property
    def organisation_code(self) -> str:
        """The nine characters of the organisation code (组织机构代码) inside."""
        return self.value[8:17]

    @staticmethod
    def normalize(text: str) -> str:
        """Return the text in half-width capitals, without spaces and hyphens, valid or not."""
        return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()

    @classmethod
    def is_valid(cls, text: str) -> bool:
        """Say whether the text is a code whose check digit is right."""
        return _is_code(cls.normalize(text))

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the code that the whole text is, or None."""
        value = cls.normalize(text)
        return cls(value) if _is_code(value) else None

    @classmethod
    def find(cls, text: str) -> list[tuple[Self, tuple[int, int]]]:
        """Return the valid codes in a running text, each with its span of characters."""
        found = []
        for match in _CANDIDATE.finditer(text.translate(_HALF_WIDTH)):
            code = cls.parse(match.group())
            if code is not None:
                found.append((code, match.span()))
        return found


def _is_code(value: str) -> bool:
    return bool(_SHAPE.fullmatch(value)) and value[-1] == uscc.calc_check_digit(value[:-1])
