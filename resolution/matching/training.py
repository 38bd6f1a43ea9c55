"""How m, u and the prior are learned without labels.

u comes from random pairs, which hardly ever are the same. m comes from sessions of expectation maximisation (Winkler,
1988), one for each rule, each over that rule's pairs alone and without the comparisons of its own columns: over the
union of all blocked pairs EM collapses, since every rule chose pairs that agree. The prior comes from rules that are
nearly certain. Curators' judgements then refine m and u.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from resolution.matching.blocking import Blocks
from resolution.matching.patterns import Indices, Patterns, Weights
from resolution.matching.spec import Comparison, Rule, Spec
from resolution.matching.table import Table
from resolution.matching.weights import Model

RANDOM_PAIRS = 2_000_000
SESSION_PAIRS = 2_000_000  # of a rule's pairs that a session looks at
ROUNDS, CLOSE = 200, 1e-5
SEED = 20261127
FEWEST = 1e-6  # a probability that was never seen


def train(spec: Spec, table: Table, *, seed: int = SEED) -> Model:
    """Return the model of a table. What the specification states is kept, what it does not is learned."""
    patterns = Patterns(spec, table)
    u = _fixed(spec, _u(spec, patterns, table, seed), "u")
    prior = spec.prior or _prior(spec, table)
    model = Model(spec, tuple(_first_m(c) for c in spec.comparisons), u, prior)
    sessions = [
        found
        for rule in (*spec.certain, *spec.blocking)
        if (found := _session(model, patterns, table, rule)) is not None
    ]
    m = [_mean([s[n] for s in sessions if n in s]) for n in range(len(spec.comparisons))]
    return model.with_m(_fixed(spec, [first if e is None else e for e, first in zip(m, model.m, strict=True)], "m"))


def refined(model: Model, patterns: Patterns, left: Indices, right: Indices, same: NDArray[np.bool_]) -> Model:
    """Return the model with judged pairs counted in, as if it had been learned from 100 pairs of each sort before."""
    levels = patterns.levels(patterns.of(left, right))
    m: list[Weights] = []
    u: list[Weights] = []
    for number in range(len(model.spec.comparisons)):
        for old, chosen, new in ((model.m[number], same, m), (model.u[number], ~same, u)):
            counts = _counts(levels[number][chosen], len(old), None)
            new.append((old * 100 + counts) / (100 + counts.sum()))
    return Model(model.spec, tuple(m), tuple(u), model.prior)


def _u(spec: Spec, patterns: Patterns, table: Table, seed: int) -> list[Weights]:
    chance = np.random.default_rng(seed)
    count = min(RANDOM_PAIRS, table.size * (table.size - 1) // 2 * 4 + 1)
    left, right = (chance.integers(0, table.size, count, dtype=np.int32) for _ in range(2))
    apart = left != right if table.sources is None else table.sources[left] != table.sources[right]
    levels = patterns.levels(patterns.of(left[apart], right[apart]))
    return [_shares(_counts(found, c.size - 1, None)) for c, found in zip(spec.comparisons, levels, strict=True)]


def _prior(spec: Spec, table: Table) -> float:
    """Return how likely two random records are the same, by the pairs of the rules that are nearly certain."""
    if table.sources is None:
        possible = table.size * (table.size - 1) / 2
    else:
        sizes = np.bincount(table.sources)
        possible = float((sizes.sum() ** 2 - (sizes**2).sum()) / 2)
    found = sum(len(left) for left, _ in Blocks(table, spec.certain).pairs()) if spec.certain else 0
    return min(max(found / spec.recall, 1.0) / max(possible, 2.0), 0.5)


def _session(model: Model, patterns: Patterns, table: Table, rule: Rule) -> dict[int, Weights] | None:
    """Return m of the comparisons that have no column of the rule's; None for a rule that brings too few pairs."""
    spec = model.spec
    free = [n for n, c in enumerate(spec.comparisons) if not {c.column, *c.holds} & set(rule.by)]
    counts = np.zeros(patterns.count, dtype=np.int64)
    blocks = Blocks(table, [rule])
    for left, right in blocks.pairs():
        found = patterns.of(blocks.order[left], blocks.order[right])
        counts += np.bincount(found, minlength=patterns.count)
        if counts.sum() >= SESSION_PAIRS:
            break
    seen = np.flatnonzero(counts)
    if len(free) < 2 or counts.sum() < 10:  # one comparison alone cannot tell two classes apart
        return None
    levels = patterns.levels(seen.astype(np.int32))
    return _maximise(
        [levels[n] for n in free], counts[seen], [model.m[n] for n in free], [model.u[n] for n in free], free
    )


def _maximise(
    levels: Sequence[NDArray[np.int64]],
    counts: NDArray[np.int64],
    first: Sequence[Weights],
    u: Sequence[Weights],
    names: Sequence[int],
) -> dict[int, Weights]:
    """Return m that makes the counted patterns likeliest, with u held; comparisons are taken for independent."""
    m, share = list(first), 0.1
    for _ in range(ROUNDS):
        like = np.full(len(counts), share)
        unlike = np.full(len(counts), 1 - share)
        for level, of_same, of_other in zip(levels, m, u, strict=True):
            like *= np.concatenate([[1.0], of_same])[level]
            unlike *= np.concatenate([[1.0], of_other])[level]
        weight = counts * (like / np.maximum(like + unlike, 1e-300))
        new = [_shares(_counts(level, len(old), weight)) for level, old in zip(levels, m, strict=True)]
        moved = max(float(np.abs(a - b).max()) for a, b in zip(m, new, strict=True))
        m, share = new, min(max(float(weight.sum() / counts.sum()), 1e-9), 1 - 1e-9)
        if moved < CLOSE:
            break
    return dict(zip(names, m, strict=True))


def _counts(levels: NDArray[np.int64], size: int, weight: Weights | None) -> Weights:
    """Return how often each outcome but missing occurs."""
    return np.bincount(levels, weights=weight, minlength=size + 1)[1 : size + 1].astype(np.float64)


def _shares(counts: Weights) -> Weights:
    total = counts.sum()
    shares = counts / total if total else np.full(len(counts), 1 / len(counts))
    shares = np.maximum(shares, FEWEST)
    return np.asarray(shares / shares.sum())


def _first_m(comparison: Comparison) -> Weights:
    """Return m to begin with: nine in ten agree best, the rest ever less."""
    falling = 0.5 ** np.arange(comparison.size - 2)
    return np.concatenate([[0.9], 0.1 * falling / falling.sum()])


def _mean(found: Sequence[Weights]) -> Weights | None:
    return np.asarray(np.mean(found, axis=0)) if found else None


def _fixed(spec: Spec, learned: Sequence[Weights], which: str) -> tuple[Weights, ...]:
    """Return the learned probabilities, with those in their place that the specification states."""
    result = []
    for comparison, found in zip(spec.comparisons, learned, strict=True):
        stated = [getattr(each, which) for each in (*comparison.levels, comparison.otherwise)]
        result.append(np.array([f if s is None else s for s, f in zip(stated, found, strict=True)]))
    return tuple(result)
