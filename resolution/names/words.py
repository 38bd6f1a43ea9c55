"""The words that names are made of, from `data/names/`: legal forms, kinds, units, trades."""

from dataclasses import dataclass
from functools import lru_cache

from resolution.names.vocabulary import table


@dataclass(frozen=True, slots=True)
class Words:
    """Words and what each means."""

    meaning: dict[str, str]
    longest: int

    def begin(self, text: str, end: int) -> int | None:
        """Return where the longest word that `text[:end]` ends with begins, or None."""
        for start in range(max(0, end - self.longest), end):
            if text[start:end] in self.meaning:
                return start
        return None


@lru_cache(maxsize=1)
def forms() -> Words:
    """Return legal forms (有限公司) and the kind of who bears them."""
    return _words("legal_form_words", ("word", "kind"))


@lru_cache(maxsize=1)
def kinds() -> Words:
    """Return words that say what somebody is (大学, 联盟, 大会) and the kind that they mean."""
    return _words("kind_words", ("word", "kind"))


@lru_cache(maxsize=1)
def units() -> Words:
    """Return words that end the name of a unit (分公司, 研究生院) and how it hangs on the whole."""
    return _words("unit_words", ("word", "relation"))


@lru_cache(maxsize=1)
def trades() -> Words:
    """Return words of trades (信息技术, 机器人); each means itself."""
    return _words("trade_words", ("word",))


def _words(name: str, columns: tuple[str, ...]) -> Words:
    meaning = {row[0]: row[-1] for row in table(name, columns)}
    return Words(meaning, max(map(len, meaning)))
