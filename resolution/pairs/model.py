"""What every level weighs: a table of log-odds, learned once and shipped as data.

`data/matching/names.csv` has a line for each level of a comparison, or of two together (`rest*place`, `form*CN`), and
what it adds to each answer. The answer's probability is the softmax of the sums over a temperature that was set on
families of names left out of the learning (Guo et al., "On Calibration of Modern Neural Networks", 2017).
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from schema.errors import InputError
from schema.settings import ROOT

PATH = ROOT / "data" / "matching" / "names.csv"
LABELS = ("same", "related", "different")
COLUMNS = ("comparison", "level", *LABELS)
# What two comparisons say together beyond the sum of both.
TOGETHER = (
    ("what", "rest"), ("what", "extra"), ("what", "opening"), ("what", "coverage"), ("what", "brand_parts"),
    ("what", "place"), ("what", "tail"), ("what", "spelling"), ("what", "number"), ("what", "form"),
    ("rest", "place"), ("rest", "kind"), ("rest", "form"), ("extra", "place"), ("extra", "number"), ("extra", "unit"),
    ("tail", "unit"), ("brand_parts", "place"), ("brand_parts", "trade_parts"), ("kind", "kind_parts"),
    ("brand_parts", "form"), ("opening", "coverage"), ("opening", "place"), ("opening", "kind"), ("opening", "form"),
    ("spelling", "edition"), ("number", "tail"), ("english", "extra"), ("english", "kind"), ("english", "brand_parts"),
    ("english", "place_parts"), ("english", "kind_parts"), ("coverage", "kind"), ("coverage", "extra"),
    ("title", "extra"), ("formed", "rest"), ("formed", "extra"), ("formed", "kind"), ("what", "formed"),
    ("english", "sound"), ("english", "trade_parts"),
)  # fmt: skip

SILENT = {"none", "-/-", "nothing/nothing"}  # neither name says anything of the kind

Weights = NDArray[np.float64]  # (3,), in the order of LABELS


@dataclass(frozen=True, slots=True)
class Model:
    """The weights: `start` for every pair, and one for each (comparison, level); `temperature` divides their sum."""

    start: Weights
    weights: Mapping[tuple[str, str], Weights]
    temperature: float

    def parts(self, levels: Mapping[str, str]) -> Iterator[tuple[str, str, Weights]]:
        """Yield what is known of a pair's levels: comparison, level, and what it adds to each answer (in nats)."""
        for comparison, level in said(levels):
            found = self.weights.get((comparison, level))
            if found is not None:
                yield comparison, level, found / self.temperature

    def probabilities(self, levels: Mapping[str, str]) -> Weights:
        """Return the probabilities of the LABELS, float64 (3,), which add up to 1."""
        total = self.start / self.temperature
        for _, _, weight in self.parts(levels):
            total = total + weight
        likely = np.exp(total - total.max())
        return np.asarray(likely / likely.sum())


def said(levels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the levels of a pair, single ones and those of two comparisons together; but for those that say nothing."""
    telling = {name: level for name, level in levels.items() if level not in SILENT}
    yield from telling.items()
    for one, other in TOGETHER:
        if one in telling and other in telling:
            yield f"{one}*{other}", f"{telling[one]}*{telling[other]}"


@lru_cache(maxsize=2)
def load(path: Path = PATH) -> Model:
    """Return the weights of a table. Raises InputError, with file and line, for a table that is none."""
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the file cannot be read: {error}", where=str(path), remedy="give a UTF-8 file") from error
    weights: dict[tuple[str, str], Weights] = {}
    for number, row in enumerate(rows, 2):
        try:
            weights[row["comparison"], row["level"]] = np.array([float(row[label]) for label in LABELS])
        except (KeyError, TypeError, ValueError) as error:
            remedy = f"make the columns {','.join(COLUMNS)}, the last three numbers"
            raise InputError("the line holds no weights", where=f"{path}:{number}", remedy=remedy) from error
    start = weights.pop(("", "start"), np.zeros(3))
    temperature = weights.pop(("", "temperature"), np.ones(3))[0]
    return Model(start, weights, float(temperature))


def save(model: Model, path: Path) -> None:
    """Write a table of weights, sorted, so that two versions of it can be compared line by line."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(COLUMNS)
        lines.writerow(("", "start", *(round(float(w), 3) for w in model.start)))
        lines.writerow(("", "temperature", *(round(model.temperature, 3),) * 3))
        for (comparison, level), weight in sorted(model.weights.items()):
            lines.writerow((comparison, level, *(round(float(w), 3) for w in weight)))
