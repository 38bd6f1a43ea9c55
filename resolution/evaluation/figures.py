"""The figures of classification and of clustering.

Precision, recall and F1 of a label; the macro F1 is their mean over the labels. Pairwise figures count pairs of
members that stand together; B-cubed (Bagga and Baldwin, "Algorithms for Scoring Coreference Chains", 1998) is the mean
over members. The calibration error is the mean distance of probability and share of right answers over ten bands
(Naeini et al., 2015); the Brier score the mean squared distance of all probabilities from the truth.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

import numpy as np

BANDS = 10
Score = dict[str, float]


def score(right: float, said: float, true: float) -> Score:
    """Return precision, recall and F1 of `right` ones among those said and those true; 1 where there are none."""
    precision, recall = right / said if said else 1.0, right / true if true else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def by_label(truth: Sequence[str], said: Sequence[str], labels: Sequence[str]) -> dict[str, Score]:
    """Return precision, recall and F1 of each label."""
    hits = Counter(a for a, b in zip(truth, said, strict=True) if a == b)
    true, told = Counter(truth), Counter(said)
    return {label: score(hits[label], told[label], true[label]) for label in labels}


def calibration(truth: Sequence[str], probabilities: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return `ece` (expected calibration error of the likeliest answer) and `brier`, both 0 at best."""
    best = [max(each.items(), key=lambda item: item[1]) for each in probabilities]
    sure = np.array([probability for _, probability in best])
    right = np.array([label == a for (label, _), a in zip(best, truth, strict=True)])
    band = np.minimum((sure * BANDS).astype(int), BANDS - 1)
    error = sum(
        abs(float(sure[band == n].mean()) - float(right[band == n].mean())) * int((band == n).sum())
        for n in np.unique(band)
    )
    brier = sum(
        sum((p - (label == a)) ** 2 for label, p in each.items()) for each, a in zip(probabilities, truth, strict=True)
    )
    return {"ece": round(error / max(len(sure), 1), 4), "brier": round(brier / max(len(sure), 1), 4)}


def clustering(truth: Sequence[Hashable], found: Sequence[Hashable]) -> dict[str, Score]:
    """Return the `pairwise` and `bcubed` figures of members' groups against the true ones."""
    both, true, told = Counter(zip(truth, found, strict=True)), Counter(truth), Counter(found)

    def pairs(sizes: Counter[Hashable]) -> int:
        return sum(n * (n - 1) // 2 for n in sizes.values())

    common: Counter[Hashable] = Counter(dict(both.items()))
    size = max(len(truth), 1)
    precision = sum(n * n / told[group] for (_, group), n in both.items()) / size
    recall = sum(n * n / true[cluster] for (cluster, _), n in both.items()) / size
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    bcubed = {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
    return {"pairwise": score(pairs(common), pairs(told), pairs(true)), "bcubed": bcubed}
