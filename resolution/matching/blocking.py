"""Which pairs are looked at: blocking rules, joined on integer keys only.

Every rule's block sizes are known before any pair is made, and a block beyond its rule's cap is left out and named in
the report. A pair that several rules bring comes once, from the first of them; rules on shared words come last, all in
one join. What a block is, the keys say; the SQL that joins them runs in DuckDB, which spills to disk, and in Spark. In
memory a compiled loop (`joins.py`) does the same for rules on equal values.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from resolution.matching import joins
from resolution.matching.columns import MISSING
from resolution.matching.spec import Rule
from resolution.matching.table import THREADS, Table

BATCH = 1_000_000  # pairs at a time
MEMORY = "700MB"  # what DuckDB may hold before it spills to disk


@dataclass(frozen=True, slots=True)
class RuleReport:
    """What a rule would bring: pairs, the largest block, and the blocks beyond the cap (records in each)."""

    name: str
    pairs: int
    largest: int
    capped: tuple[int, ...] = field(default=())


class Blocks:
    """The pairs of a table under some rules.

    `order` is the records' numbers, sorted by the key of the rule that brings most pairs, so that a block's records can
    be laid side by side (`Table.take`): most of what a comparison costs is waiting for memory. `shared` has a row for
    each record (its number, `id`) and thing that it shares (maybe source, k).
    """

    def __init__(self, table: Table, rules: Sequence[Rule]) -> None:
        self.reports: list[RuleReport] = []
        self.linked = table.sources is not None
        equal = [rule for rule in rules if not rule.share]
        with ThreadPoolExecutor(THREADS) as pool:
            found = list(pool.map(lambda rule: table.blocks(rule.by), equal))
        self._blocks = [(rows, starts) for _, rows, starts in found]
        keys = [self._capped(each, rule) for (each, *_), rule in zip(found, equal, strict=True)]
        self._keys = np.array(keys, dtype=np.int32).reshape(len(keys), table.size)
        widest = max(range(len(keys)), key=lambda number: self.reports[number].pairs, default=None)
        self.order = np.arange(table.size, dtype=np.int32)
        if widest is not None:
            without = np.flatnonzero(found[widest][0] == MISSING).astype(np.int32)
            self.order = np.concatenate([found[widest][1], without])
        self._sources = np.zeros(0, dtype=np.int32) if table.sources is None else table.sources
        self.shared = self._shared(table, [rule for rule in rules if rule.share])

    @property
    def keys(self) -> pa.Table:
        """The keys as a table: a row for each record (id, maybe source, k0, k1 …: a column for each rule)."""
        columns = {"id": np.arange(len(self.order), dtype=np.int32)}
        if self.linked:
            columns["source"] = self._sources
        keys = {f"k{number}": pa.array(each, mask=each == MISSING) for number, each in enumerate(self._keys)}
        return pa.table({**columns, **keys})

    def pairs(self, *, spill: bool = False) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]]:
        """Yield the pairs in batches, as two int32 arrays of places in `order`; each pair once.

        The record with the lower number comes first: some measures are not the same the other way round. With `spill`
        DuckDB joins all rules, otherwise only those on shared words: both bring the same pairs.
        """
        place = np.empty(len(self.order), dtype=np.int32)
        place[self.order] = np.arange(len(self.order), dtype=np.int32)
        compiled = 0 if spill else len(self._keys)
        with ThreadPoolExecutor(THREADS) as pool:
            near = np.array(list(pool.map(lambda keys: keys[self.order], self._keys[:compiled])))
            rows = list(pool.map(lambda blocks: place[blocks[0]], self._blocks[:compiled]))
        sources = self._sources[self.order] if self.linked else self._sources
        for rule in range(compiled):
            yield from joins.pairs(rows[rule], self._blocks[rule][1], near, rule, sources, BATCH)
        sql = queries(len(self._keys), shared=bool(self.shared.num_rows), linked=self.linked)[compiled:]
        if not sql:
            return
        with duckdb.connect() as connection:
            connection.execute(f"SET memory_limit='{MEMORY}'; SET preserve_insertion_order=false; SET threads=2")
            for name, table in (("keys", self.keys), ("shared", self.shared)):
                connection.register("given", table)
                # Row by row out of Arrow is slow to join: DuckDB's own columns are not.
                connection.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM given")
                connection.unregister("given")
            for query in sql:
                for batch in connection.sql(query).to_arrow_reader(BATCH):
                    yield place[batch.column(0).to_numpy()], place[batch.column(1).to_numpy()]

    def _capped(self, keys: NDArray[np.int32], rule: Rule) -> NDArray[np.int32]:
        """Return the keys without those of blocks beyond the cap, and report on the rule."""
        sizes = np.bincount(keys + 1)[1:]
        pairs = sizes * (sizes - 1) // 2
        over = pairs > rule.cap
        capped = tuple(sorted(sizes[over].tolist(), reverse=True))
        self.reports.append(RuleReport(rule.name, int(pairs[~over].sum()), int(sizes.max(initial=0)), capped))
        return np.where(np.append(over, False)[keys], np.int32(MISSING), keys) if capped else keys

    def _shared(self, table: Table, rules: Sequence[Rule]) -> pa.Table:
        """Return which record has which word or pair of characters."""
        if not rules:
            return pa.table({"id": pa.array([], pa.int32()), "k": pa.array([], pa.int32())})
        rows, keys, above = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)], 0
        for rule in rules:
            column = table.columns[rule.by[0]]
            parts = column.tokens if rule.share == "words" else column.bigrams
            row, code = parts.rows(column.ids)
            key = self._capped(code.astype(np.int32), rule)
            rows.append(row[key >= 0])
            keys.append(key[key >= 0] + above)
            above += int(key.max(initial=0)) + 1
        ids = np.concatenate(rows)
        sources = {} if table.sources is None else {"source": table.sources[ids]}
        return pa.table({"id": ids, "k": np.concatenate(keys), **sources})


def queries(rules: int, *, shared: bool, linked: bool, carried: Sequence[str] = ()) -> list[str]:
    """Return the queries that bring all pairs (l, r), the lower id first, each once: one of each rule, one of `shared`.

    They ask a table `keys` (id, k0, k1 …, the keys of `rules` rules on equal values), and `shared` (id, k) where there
    are rules on shared things; both have a column `source` where tables are `linked`, and `keys` has the columns that
    are `carried` along with both sides (as l_… and r_…).
    """
    sources = " AND a.source <> b.source" if linked else ""
    wanted = "".join(f", a.{name} AS l_{name}, b.{name} AS r_{name}" for name in carried)
    before = [f"(a.k{number} = b.k{number}) IS NOT TRUE" for number in range(rules)]
    found = [
        f"SELECT a.id AS l, b.id AS r{wanted} "
        f"FROM keys a JOIN keys b ON a.k{number} = b.k{number} AND a.id < b.id{sources}"
        + "".join(f" AND {each}" for each in before[:number])
        for number in range(rules)
    ]
    if shared:
        join = f"shared a JOIN shared b ON a.k = b.k AND a.id < b.id{sources}"
        pairs = f"SELECT DISTINCT a.id AS l, b.id AS r FROM {join}"
        unseen = " AND ".join(before) or "TRUE"
        found.append(
            f"SELECT l, r{wanted} FROM ({pairs}) JOIN keys a ON a.id = l JOIN keys b ON b.id = r WHERE {unseen}"
        )
    return found
