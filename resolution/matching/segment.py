"""Records that came together, on disk: the records themselves, and for each blocking rule who is in which block."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc
from numpy.typing import NDArray

from resolution.matching.columns import Column
from resolution.matching.postings import Postings, keys
from resolution.matching.spec import Spec
from schema.errors import InputError

KEY = "key"  # the column that names a record, each once
Rows = NDArray[np.int32]


@dataclass(frozen=True)
class Segment:
    """Some records of a register: the number of the first, the records, and the postings of each rule."""

    first: int
    records: pa.Table
    postings: Sequence[Postings]

    @classmethod
    def of(cls, spec: Spec, records: pa.Table, first: int) -> "Segment":
        """Return the segment of records that are in the order of their keys."""
        names = (KEY, *spec.columns)
        kept = records.select(names).cast(pa.schema([(name, pa.large_string()) for name in names]))
        columns = {name: Column.of(kept[name]) for name in spec.columns}
        return cls(first, kept, [keys(columns, rule, first) for rule in spec.blocking])

    @classmethod
    def read(cls, folder: Path) -> "Segment":
        """Return what was written, mapped into memory."""
        with pa.memory_map(str(folder / "records.arrow")) as source:
            records = pa.ipc.open_file(source).read_all()
        rules = range(len(list(folder.glob("*.hashes.npy"))))
        return cls(int(np.load(folder / "first.npy")), records, [Postings.read(folder, f"rule{n}") for n in rules])

    def write(self, folder: Path) -> None:
        """Write the segment into a folder that is not there yet."""
        folder.mkdir()
        np.save(folder / "first.npy", np.array(self.first))
        with pa.OSFile(str(folder / "records.arrow"), "wb") as sink, pa.ipc.new_file(sink, self.records.schema) as file:
            file.write_table(self.records)
        for number, postings in enumerate(self.postings):
            postings.write(folder, f"rule{number}")


def by_key(records: pa.Table) -> pa.Table:
    """Return the records in the order of their keys. Raises InputError where a key is missing or there twice."""
    if KEY not in records.column_names:
        raise InputError(f"no column {KEY!r}", where="the records", remedy="name each record by a key of its own")
    found = records.take(pc.sort_indices(records[KEY]))
    if found[KEY].null_count or pc.count_distinct(found[KEY]).as_py() != found.num_rows:
        remedy = "give each record a key of its own"
        raise InputError("a key is missing or there twice", where="the records", remedy=remedy)
    return found


def gathered(segments: Sequence[Segment], rows: Rows) -> pa.Table:
    """Return records by their numbers, which are in order."""
    parts = [segments[0].records.slice(0, 0)]
    for segment in segments:
        begin, end = np.searchsorted(rows, [segment.first, segment.first + segment.records.num_rows])
        if end > begin:
            parts.append(segment.records.take(pa.array(rows[begin:end] - segment.first)))
    return pa.concat_tables(parts)
