"""How common values were when a register was last matched as a whole.

A value's weight depends on how common it is. Were that counted anew with each record that arrives, every old pair
would have to be weighed again; so it is held until the register is built again, and whoever matches all records at
once with the same frequencies gets the same.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from resolution.matching.columns import Column
from resolution.matching.postings import Hashes, hashes
from resolution.matching.spec import EQUAL, Spec
from resolution.matching.table import Table
from schema.errors import InputError


@dataclass(frozen=True)
class Frequencies:
    """For each column whose equality is weighed by rarity: sorted hashes, counts, and how many records have any."""

    columns: dict[str, tuple[Hashes, NDArray[np.int64], int]]

    @classmethod
    def of(cls, spec: Spec, table: Table) -> "Frequencies":
        """Return the frequencies of a table.

        Raises InputError for a comparison by rarity of characters or words: those would have to be held, too.
        """
        found = {}
        for comparison in spec.comparisons:
            measures = {level.measure for level in comparison.levels}
            if unheld := sorted(measures & {"tokens", "subsequence", "overlap"}):
                remedy = "use ratio or jaro_winkler there, or match all records at once"
                where = f"the comparison of {comparison.column}"
                raise InputError(
                    f"{unheld[0]} depends on all records and cannot be kept up", where=where, remedy=remedy
                )
            if any(level.when == EQUAL and level.tf for level in comparison.levels):
                column = table.columns[comparison.column]
                named = hashes(column.values)
                order = np.argsort(named)
                found[comparison.column] = (named[order], column.counts[order], column.total)
        return cls(found)

    @classmethod
    def read(cls, folder: Path) -> "Frequencies":
        """Return what was written, mapped into memory."""
        return cls(
            {
                path.stem.removesuffix(".values"): (
                    np.load(path, mmap_mode="r"),
                    np.load(path.with_name(path.name.replace(".values", ".counts")), mmap_mode="r"),
                    int(np.load(path.with_name(path.name.replace(".values", ".total")))),
                )
                for path in sorted(folder.glob("*.values.npy"))
            }
        )

    def write(self, folder: Path) -> None:
        """Write three arrays for each column."""
        for name, (named, counts, total) in self.columns.items():
            np.save(folder / f"{name}.values.npy", named)
            np.save(folder / f"{name}.counts.npy", counts)
            np.save(folder / f"{name}.total.npy", np.array(total))

    def held(self, table: Table) -> Table:
        """Return the table with these frequencies instead of its own; a value that is new counts as one."""
        columns = {name: self._column(name, column) for name, column in table.columns.items()}
        return replace(table, columns=columns)

    def _column(self, name: str, column: Column) -> Column:
        if name not in self.columns:
            return column
        named, counts, total = self.columns[name]
        wanted = hashes(column.values)
        at = np.minimum(np.searchsorted(named, wanted), max(len(named) - 1, 0))
        known = named[at] == wanted if len(named) else np.zeros(len(wanted), dtype=bool)
        found = np.where(known, counts[at] if len(named) else 0, 1)
        return replace(column, counts=np.asarray(found, dtype=np.int64), total=total)
