"""Ruled lines as tables: which lines cross, the columns and rows between them, and the cells that span several."""

from collections.abc import Iterable
from dataclasses import dataclass

NEAR = 3.0  # points within which two lines are one
SHORTEST = 4.0  # a shorter stroke is part of a character or a picture
MOST = 20_000  # rules of one page; a drawing has more, a table never

Rule = tuple[float, float, float, float]  # left, top, right, bottom of a horizontal or vertical line
Stretch = tuple[float, float, float]  # place across, begin and end along


@dataclass(frozen=True, slots=True)
class Lattice:
    """A table's edges, and for each row and column between them the number of the cell that covers it."""

    xs: list[float]
    ys: list[float]
    slots: list[list[int]]

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies in the table."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


def lattices(rules: list[Rule]) -> list[Lattice]:
    """Return the tables of two rows and two columns and more, from top to bottom."""
    if len(rules) > MOST:
        return []
    flat = _merged(((r[1] + r[3]) / 2, r[0], r[2]) for r in rules if r[2] - r[0] >= max(SHORTEST, r[3] - r[1]))
    tall = _merged(((r[0] + r[2]) / 2, r[1], r[3]) for r in rules if r[3] - r[1] >= max(SHORTEST, r[2] - r[0]))
    found = [_lattice(*part) for part in _crossing(flat, tall)]
    return sorted((f for f in found if len(f.xs) >= 3 and len(f.ys) >= 3), key=lambda f: (f.ys[0], f.xs[0]))


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches on one line that touch as one."""
    rows: list[list[Stretch]] = []
    for stretch in sorted(stretches):
        if rows and stretch[0] - rows[-1][0][0] <= NEAR:
            rows[-1].append(stretch)
        else:
            rows.append([stretch])
    found: list[Stretch] = []
    for row in rows:
        place = sum(s[0] for s in row) / len(row)
        begin = end = None
        for _, low, high in sorted(row, key=lambda s: s[1:]):
            if begin is None or end is None or low > end + NEAR:
                if begin is not None and end is not None:
                    found.append((place, begin, end))
                begin, end = low, high
            else:
                end = max(end, high)
        if begin is not None and end is not None:
            found.append((place, begin, end))
    return found


def _crossing(flat: list[Stretch], tall: list[Stretch]) -> list[tuple[list[Stretch], list[Stretch]]]:
    """Return the lines in groups that hang together."""
    lead = list(range(len(flat) + len(tall)))
    for at, (y, left, right) in enumerate(flat):
        for other, (x, top, bottom) in enumerate(tall, len(flat)):
            if left - NEAR <= x <= right + NEAR and top - NEAR <= y <= bottom + NEAR:
                lead[_root(lead, at)] = _root(lead, other)
    groups: dict[int, tuple[list[Stretch], list[Stretch]]] = {}
    for at in range(len(lead)):
        flats, talls = groups.setdefault(_root(lead, at), ([], []))
        (flats if at < len(flat) else talls).append(flat[at] if at < len(flat) else tall[at - len(flat)])
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _lattice(flat: list[Stretch], tall: list[Stretch]) -> Lattice:
    ys, xs = _edges(s[0] for s in flat), _edges(s[0] for s in tall)
    # Tables of the three-line kind are open at the sides: the longest rules tell how far they reach.
    left, right = min(s[1] for s in flat), max(s[2] for s in flat)
    xs = ([left] if left < xs[0] - 3 * NEAR else []) + xs + ([right] if right > xs[-1] + 3 * NEAR else [])
    wide, high = len(xs) - 1, len(ys) - 1
    lead = list(range(max(wide * high, 0)))
    for row in range(high):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(wide):
            here = row * wide + column
            centre = (xs[column] + xs[column + 1]) / 2
            if column + 1 < wide and not _ruled(tall, xs[column + 1], middle):
                lead[_root(lead, here + 1)] = _root(lead, here)
            if row + 1 < high and not _ruled(flat, ys[row + 1], centre):
                lead[_root(lead, here + wide)] = _root(lead, here)
    return Lattice(xs, ys, [[_root(lead, row * wide + column) for column in range(wide)] for row in range(high)])


def _ruled(stretches: list[Stretch], place: float, along: float) -> bool:
    return any(abs(at - place) <= NEAR and low <= along <= high for at, low, high in stretches)


def _edges(places: Iterable[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > NEAR:
            found.append(place)
    return found


def _root(lead: list[int], at: int) -> int:
    while lead[at] != at:
        lead[at] = lead[lead[at]]
        at = lead[at]
    return at
