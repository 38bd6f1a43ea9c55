"""A register that records keep arriving at: kept on disk, matched once as a whole, and then only where it is touched.

A record that arrives is compared with the records of its blocks alone; the links that are found touch some groups, and
only those are made anew, over all links of their members. What is held while records arrive (probabilities and
frequencies) is that of the last whole matching, and links are laid in the order of the records' keys: so the result is
that of matching all of them at once, in whatever order and portions they came.
"""

import pickle
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from resolution.matching.engine import bound_of, score
from resolution.matching.frequencies import Frequencies
from resolution.matching.generation import Generation
from resolution.matching.grouping import Link, components, group
from resolution.matching.patterns import Patterns
from resolution.matching.postings import Postings, joined
from resolution.matching.segment import KEY, Rows, Segment, by_key, gathered
from resolution.matching.table import Table
from resolution.matching.weights import Model, Scorer
from schema.errors import InputError

LEAST = 0.5  # probability of a link
SEGMENTS = 16  # portions that are looked into before they are made one
_LINKS, _HOMES = ("left", "right", "weight"), ("component", "group")


@dataclass(frozen=True, slots=True)
class Added:
    """What arriving records did: how many pairs were looked at, links found, and the groups touched, as their keys.

    `rebuilt` says that all was matched again, since a block had outgrown its cap: `groups` are all there are.
    """

    pairs: int
    links: int
    groups: tuple[tuple[str, ...], ...]
    rebuilt: bool = False


class Register:
    """Records, their blocks, links and groups in a folder. One process writes at a time; it may die at any moment.

    `component` has for each record the first one that links lead to, `group` the first of its group.
    """

    left: Rows
    right: Rows
    weight: NDArray[np.float64]
    component: Rows
    group: Rows

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = Generation.read(folder)
        own = self.now.folder
        self.model: Model = pickle.loads((own / "model").read_bytes())  # noqa: S301  (the register's own file)
        self.frequencies = Frequencies.read(own)
        self.segments = [Segment.read(own / name) for name in self.now.segments]
        with np.load(own / self.now.state) as state:
            for name in (*_LINKS, *_HOMES):
                setattr(self, name, state[name])

    @classmethod
    def build(cls, folder: Path, model: Model, records: pa.Table, frequencies: Frequencies | None = None) -> "Register":
        """Return the register of some records, matched as a whole, with their own frequencies or with others.

        Raises InputError for records without a column `key`, or with a key twice.
        """
        ordered = by_key(records)
        table = Table.of(ordered, model.spec.columns)
        held = frequencies or Frequencies.of(model.spec, table)
        found = score(model, held.held(table), least=LEAST)
        size = ordered.num_rows
        home = np.arange(size, dtype=np.int32)
        for members in group(size, _links(found.left, found.right, found.weight)).groups:
            home[members] = members[0]
        made = Generation.begin(folder)
        (made.folder / "model").write_bytes(pickle.dumps(model))
        held.write(made.folder)
        Segment.of(model.spec, ordered, 0).write(segment := made.unused("segment"))
        state = made.unused("state", ".npz")
        parts = components(size, found.left, found.right)
        np.savez(state, left=found.left, right=found.right, weight=found.weight, group=home, component=parts)
        made.publish((segment.name,), state.name)
        return cls(folder)

    @property
    def size(self) -> int:
        """How many records there are."""
        return len(self.group)

    def groups(self) -> set[frozenset[str]]:
        """Return all groups as sets of keys."""
        names = np.array(self._all()[KEY].to_pylist(), dtype=object)
        order = np.argsort(self.group, kind="stable")
        cuts = np.flatnonzero(np.diff(self.group[order])) + 1
        return {frozenset(part) for part in np.split(names[order], cuts)}

    def add(self, records: pa.Table) -> Added:
        """Add records, link them, and make the groups anew that they touch. Raises InputError for a known key."""
        fresh = by_key(records)
        self._check(fresh)
        new = Segment.of(self.model.spec, fresh, self.size)
        if self._outgrown(new):
            everything = pa.concat_tables([self._all(), new.records])
            vars(self).update(vars(self.build(self.folder, self.model, everything, self.frequencies)))
            return Added(0, len(self.left), tuple(sorted(tuple(sorted(each)) for each in self.groups())), rebuilt=True)
        pairs = joined([pair for rule in range(len(new.postings)) for pair in self._pairs(new, rule)])
        self.segments.append(new)
        left, right, weight = self._scored(*pairs)
        rows = np.arange(self.size, self.size + fresh.num_rows, dtype=np.int32)
        for name, more in zip((*_LINKS, *_HOMES), (left, right, weight, rows, rows), strict=True):
            setattr(self, name, np.concatenate([getattr(self, name), more]))
        touched = self._regroup(np.unique(np.concatenate([left, right, rows])))
        self._write(new)
        return Added(len(pairs[0]), len(left), touched)

    def _pairs(self, new: Segment, rule: int) -> list[tuple[Rows, Rows]]:
        """Return the pairs of new records and any others that a rule brings, from blocks up to its cap."""
        mine, everywhere = new.postings[rule], [each.postings[rule] for each in (*self.segments, new)]
        sizes = np.sum([postings.sizes(mine.hashes) for postings in everywhere], axis=0)
        kept = sizes * (sizes - 1) // 2 <= self.model.spec.blocking[rule].cap
        wanted = Postings(mine.hashes[kept], mine.rows[kept])
        return [postings.pairs(wanted) for postings in everywhere]

    def _outgrown(self, new: Segment) -> bool:
        """Tell whether a block has come to be larger than its rule's cap: its old pairs would have to go."""
        for number, rule in enumerate(self.model.spec.blocking):
            wanted = np.unique(new.postings[number].hashes)
            before = np.sum([segment.postings[number].sizes(wanted) for segment in self.segments], axis=0)
            after = before + new.postings[number].sizes(wanted)
            fitted = (before > 1) & (before * (before - 1) // 2 <= rule.cap)
            if np.any(fitted & (after * (after - 1) // 2 > rule.cap)):
                return True
        return False

    def _scored(self, left: Rows, right: Rows) -> tuple[Rows, Rows, NDArray[np.float64]]:
        """Return the pairs that are links, with their weights; the record with the lower key is compared first."""
        rows = np.unique(np.concatenate([left, right]))
        if not len(rows):
            return left, right, np.zeros(0)
        records, order, place = self._ordered(rows)
        table = self.frequencies.held(Table.of(records, self.model.spec.columns))
        low, high = _placed(place, rows, left, right)
        scorer = Scorer(self.model, table, Patterns(self.model.spec, table))
        one, other, weight, _ = scorer.score(low.astype(np.int32), high.astype(np.int32), bound_of(LEAST))
        return rows[order[one]], rows[order[other]], weight

    def _regroup(self, rows: Rows) -> tuple[tuple[str, ...], ...]:
        """Make the groups anew of all records that are linked, over any path, with some of these."""
        known = np.unique(self.component[rows])
        of_link = np.isin(self.component[self.left], known) | np.isin(self.component[self.right], known)
        known = np.unique(self.component[np.concatenate([rows, self.left[of_link], self.right[of_link]])])
        members = np.flatnonzero(np.isin(self.component, known)).astype(np.int32)
        links = np.flatnonzero(np.isin(self.left, members))
        records, order, place = self._ordered(members)
        low, high = _placed(place, members, self.left[links], self.right[links])
        found = group(len(members), _links(low, high, self.weight[links])).groups
        for each in found:
            at = members[order[each]]
            self.group[at] = at.min()
        one, other = (np.searchsorted(members, side[links]) for side in (self.left, self.right))
        self.component[members] = members[components(len(members), one, other)]
        names = records[KEY].to_pylist()
        return tuple(tuple(names[n] for n in each) for each in found)

    def _ordered(self, rows: Rows) -> tuple[pa.Table, NDArray[np.int64], NDArray[np.int64]]:
        """Return records in the order of their keys, that order, and the place of each of the rows in it."""
        records = gathered(self.segments, rows)
        order = pc.sort_indices(records[KEY]).to_numpy().astype(np.int64)
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        return records.take(pa.array(order)), order, place

    def _all(self) -> pa.Table:
        return gathered(self.segments, np.arange(self.size, dtype=np.int32))

    def _check(self, fresh: pa.Table) -> None:
        for segment in self.segments:
            known = pc.is_in(fresh[KEY].cast(pa.large_string()), value_set=segment.records[KEY])
            if pc.any(known).as_py():
                first = fresh[KEY].filter(known)[0].as_py()
                remedy = "leave it out, or build the register anew with what it says now"
                raise InputError(f"the record {first!r} is in the register", where=str(self.folder), remedy=remedy)

    def _write(self, new: Segment) -> None:
        before: tuple[str, ...] = self.now.segments
        if len(self.segments) > SEGMENTS:
            new, before = Segment.of(self.model.spec, self._all().combine_chunks(), 0), ()
            self.segments = [new]
        new.write(segment := self.now.unused("segment"))
        arrays = {name: getattr(self, name) for name in (*_LINKS, *_HOMES)}
        np.savez(state := self.now.unused("state", ".npz"), **arrays)
        self.now = self.now.publish((*before, segment.name), state.name)


def _links(left: NDArray[np.generic], right: NDArray[np.generic], weight: NDArray[np.float64]) -> list[Link]:
    return [Link(*each) for each in zip(left.tolist(), right.tolist(), weight.tolist(), strict=True)]


def _placed(
    place: NDArray[np.int64], rows: Rows, left: Rows, right: Rows
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return pairs of rows as pairs of places, the lower place first."""
    one, other = place[np.searchsorted(rows, left)], place[np.searchsorted(rows, right)]
    return np.minimum(one, other), np.maximum(one, other)
