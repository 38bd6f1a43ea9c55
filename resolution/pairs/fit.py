"""Learn what every level weighs from labelled pairs: multinomial logistic regression over levels.

`python -m resolution.pairs.fit labelled.csv [more.csv …]` writes `data/matching/names.csv`. The files have the columns
left, right, kind, label, and maybe cluster (families that are left out together when the temperature is set) and
split and basis (of the project's own benchmark only the train split, and what the names themselves tell, is learned).
Each file weighs the same, whatever its size; `--weights 1,3` says otherwise.
"""

import argparse
import csv
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from resolution.pairs.compare import levels
from resolution.pairs.model import LABELS, PATH, Model, said, save
from resolution.pairs.name import read

FEWEST = 6  # pairs in which a level must occur to be weighed
PENALTY = 10.0  # L2, against weights that a few pairs would blow up
STEPS, RATE, MOMENTUM = 300, 0.5, 0.9
FOLDS = 4
SMALLEST = 0.02  # a weight below this in all answers is not kept
_TEMPERATURES = np.arange(0.6, 3.01, 0.05)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Pairs with their levels, answers (indices into LABELS), weights, and folds (-1: never left out)."""

    levels: list[list[tuple[str, str]]]
    answers: NDArray[np.int64]
    weights: NDArray[np.float64]
    folds: NDArray[np.int64]


def labelled(files: Sequence[Path], shares: Sequence[float]) -> Labelled:
    """Return the pairs of the files, each file with its share of the weight."""
    found, answers, weights, folds = [], [], [], []
    for path, share in zip(files, shares, strict=True):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = [row for row in csv.DictReader(lines) if _is_taught(row)]
        for row in rows:
            one, other = read(row["left"], row.get("kind") or ""), read(row["right"], row.get("kind") or "")
            found.append(list(said(levels(one, other))))
            answers.append(LABELS.index(row["label"]))
            weights.append(share / len(rows))
            cluster = row.get("cluster")
            folds.append(zlib.crc32(cluster.encode()) % FOLDS if cluster else -1)
    total = np.array(weights)
    return Labelled(found, np.array(answers), total / total.mean(), np.array(folds))


def fit(pairs: Labelled) -> Model:
    """Return the weights, with the temperature that fits the families left out best."""
    model = _fit(pairs, np.ones(len(pairs.answers), dtype=bool))
    sums, truth = [], []
    for fold in range(FOLDS):
        out = np.flatnonzero(pairs.folds == fold)
        if len(out):
            part = _fit(pairs, pairs.folds != fold)
            sums += [
                part.start + sum((part.weights[k] for k in pairs.levels[n] if k in part.weights), np.zeros(3))
                for n in out
            ]
            truth += list(pairs.answers[out])
    if not sums:
        return model
    total, right = np.array(sums), np.array(truth)

    def loss(temperature: float) -> float:
        scaled = total / temperature
        scaled -= scaled.max(axis=1, keepdims=True)
        return float(np.mean(np.log(np.exp(scaled).sum(axis=1)) - scaled[np.arange(len(right)), right]))

    return Model(model.start, model.weights, min(map(float, _TEMPERATURES), key=loss))


def _fit(pairs: Labelled, taken: NDArray[np.bool_]) -> Model:
    """Return the weights that make the answers of the taken pairs likeliest."""
    rows = [pairs.levels[n] for n in np.flatnonzero(taken)]
    counts = Counter(key for row in rows for key in row)
    keys = sorted(key for key, count in counts.items() if count >= FEWEST)
    place = {key: n for n, key in enumerate(keys, 1)}
    # Every pair is the numbers of its levels; 0 stands for none, the last column for what all pairs have.
    numbers = np.zeros((len(rows), max(map(len, rows)) + 1), dtype=np.int64)
    for n, row in enumerate(rows):
        known = [place[key] for key in row if key in place]
        numbers[n, : len(known)] = known
    numbers[:, -1] = len(keys) + 1
    weights = _descend(numbers, pairs.answers[taken], pairs.weights[taken], len(keys) + 2)
    kept = {key: weights[n] for key, n in place.items() if np.abs(weights[n]).max() >= SMALLEST}
    return Model(weights[-1], kept, 1.0)


def _descend(
    numbers: NDArray[np.int64], answers: NDArray[np.int64], shares: NDArray[np.float64], size: int
) -> NDArray[np.float64]:
    """Return weights float64 (size, 3) by gradient descent with momentum; row 0 stays nothing."""
    weights, speed = np.zeros((size, 3)), np.zeros((size, 3))
    flat, width, count = numbers.ravel(), numbers.shape[1], len(answers)
    for _ in range(STEPS):
        sums = weights[numbers].sum(axis=1)
        off = np.exp(sums - sums.max(axis=1, keepdims=True))
        off = off / off.sum(axis=1, keepdims=True)
        off[np.arange(count), answers] -= 1
        off = off * (shares / shares.sum())[:, None]
        told = [np.bincount(flat, np.repeat(off[:, n], width), minlength=size) for n in range(3)]
        slope: NDArray[np.float64] = np.stack(told, axis=1) + PENALTY * weights / count
        slope[0] = 0
        speed = MOMENTUM * speed - RATE * slope
        weights = weights + speed
    return weights


def _is_taught(row: Mapping[str, str]) -> bool:
    return row.get("split", "train") == "train" and row.get("basis", "name") == "name"


def main() -> None:
    """Learn from the files named on the command line, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--weights", default="")
    parser.add_argument("--out", type=Path, default=PATH)
    args = parser.parse_args()
    shares = [float(each) for each in args.weights.split(",")] if args.weights else [1.0] * len(args.files)
    save(fit(labelled(args.files, shares)), args.out)


if __name__ == "__main__":
    main()
