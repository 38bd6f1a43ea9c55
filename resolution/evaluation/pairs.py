"""Verdicts on pairs of names, against labels: same, related, different."""

from collections import Counter
from pathlib import Path
from typing import Any

from resolution.evaluation import Progress
from resolution.evaluation.figures import by_label, calibration
from resolution.evaluation.files import rows
from resolution.pairs.model import LABELS
from resolution.pairs.verdict import REVIEW, Verdict, judge
from schema.errors import InputError


def pairs(path: Path, *, progress: Progress | None = None, misses: bool = False) -> dict[str, Any]:
    """Return how well pairs are judged: `pairs`, `macro_f1`, precision, recall and F1 of each label, `calibration`.

    The file is CSV with the columns left, right and label, and maybe kind (what both are). The macro F1 is the mean
    over the labels that the file uses. `review` is the share of pairs that a person would be asked about, `sure` the
    share of right answers among the others. With a column `class` (or `basis`) the share of right answers is told for
    each; with `misses` the wrong answers are listed.

    Raises InputError, with file and line, for a column that is missing and a label that is none.
    """
    read = []
    for number, row in rows(path, ("left", "right", "label")):
        if row["label"] not in LABELS:
            remedy = f"write one of {', '.join(LABELS)}"
            raise InputError(f"{row['label']!r} is no label", where=f"{path}:{number}", remedy=remedy)
        read.append(row)
    verdicts: list[Verdict] = []
    for row in read:
        verdicts.append(judge(row["left"], row["right"], row.get("kind", "")))
        if progress:
            progress(len(verdicts), len(read))
    truth, said = [row["label"] for row in read], [verdict.label for verdict in verdicts]
    scores = by_label(truth, said, LABELS)
    used = [label for label in LABELS if label in truth]
    sure = [(a, v.label) for a, v in zip(truth, verdicts, strict=True) if v.outcome != REVIEW]
    figures: dict[str, Any] = {
        "pairs": len(read),
        "macro_f1": round(sum(scores[label]["f1"] for label in used) / max(len(used), 1), 4),
        **scores,
        "calibration": calibration(truth, [verdict.probabilities for verdict in verdicts]),
        "review": round(1 - len(sure) / max(len(read), 1), 4),
        "sure": round(sum(a == b for a, b in sure) / max(len(sure), 1), 4),
    }
    for column in ("class", "basis"):
        if read and column in read[0]:
            total = Counter(row[column] for row in read)
            hits = Counter(row[column] for row, label in zip(read, said, strict=True) if row["label"] == label)
            figures[column] = {name: [hits[name], count] for name, count in sorted(total.items())}
    if misses:
        figures["misses"] = [
            {"left": v.left, "right": v.right, "label": a, "said": v.label, "probabilities": v.probabilities}
            for a, v in zip(truth, verdicts, strict=True)
            if a != v.label
        ]
    return figures
