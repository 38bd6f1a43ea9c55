"""Heads of columns that nobody taught: told by words of the head together with what most cells below it are."""

from collections.abc import Mapping, Sequence

from crawlers.fields.listhead import LONGEST, Words, known_head, plain
from crawlers.fields.pairs import Hint
from crawlers.grids import Cell, Grid

FIRST = 4  # rows of a table among which its head stands
MOST_SEEN = 60  # rows that are looked at to tell what a column holds
MOST_ALIKE = 4  # characters of a head that may look like a value
LATE = 99  # the rank of a head that nobody taught
_NOTHING = frozenset({"", "-", "--", "—", "——", "/", "\\", "无"})


def taught(grid: Grid, words: Words, hints: Mapping[str, Hint]) -> Words:
    """Return the words with those of a table's own heads that hints tell; the words themselves where none does."""
    found: dict[str, tuple[str, int]] = {}
    for number, row in enumerate(grid.rows[:FIRST] if hints else ()):
        forms = [plain(cell.text) if cell else "" for cell in row]
        told = [known_head(cell.text, words) if cell else None for cell in row]
        known = {said[0] for said in told if said is not None}
        for column, form in enumerate(forms):
            if not 1 < len(form) <= LONGEST or told[column] is not None:
                continue
            for prop, hint in hints.items():
                if prop in known or not hint.fits(form) or (len(form) > MOST_ALIKE and hint.sound(form)):
                    continue  # what is itself a value heads no column
                if _holds(grid.rows[number + 1 :], column, hint):
                    found.setdefault(form, (prop, LATE))
                    known.add(prop)
                    break
    return words.with_more(found) if found else words


def _holds(rows: Sequence[Sequence[Cell | None]], column: int, hint: Hint) -> bool:
    """Tell whether most cells of a column are what a hint expects."""
    cells = [cell.text.strip() for row in rows[:MOST_SEEN] if column < len(row) and (cell := row[column])]
    said = [" ".join(text.split()) for text in cells if text not in _NOTHING]
    return bool(said) and sum(map(hint.sound, said)) * 3 >= 2 * len(said)
