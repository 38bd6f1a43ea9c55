"""Comparing a run with the runs before it: what fell away, and whether chance explains it.

The figures of a source differ from run to run; a page that never says when a policy expires is no fault. A field
is lost when so few of the pages served anew state it that, by what the last runs saw, chance would give this in
one of ten thousand cases.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from math import exp, lgamma
from statistics import median
from typing import Any

from crawlers.monitoring.stats import ChannelStats, Stats
from crawlers.sourcefile import Channel

HISTORY = 8  # ok runs that a run is compared with
CHANCE = 1e-4  # below it chance explains nothing: a run has dozens of shares
FEW = 3  # pages below which a share says nothing


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison: its figure, its bound, and what it means; a failed one `is_drift` or only worth an alert."""

    channel: str
    name: str
    passed: bool
    is_drift: bool
    figure: float
    bound: float
    message: str

    def as_json(self) -> dict[str, Any]:
        """Return the check as JSON."""
        return asdict(self)


def check(now: Stats, before: Sequence[Stats], channels: Iterable[tuple[str, Channel]]) -> list[Check]:
    """Return the checks of a run against the ok runs before it (the latest first) and against what its YAML expects."""
    found: list[Check] = []
    for channel_id, channel in channels:
        history = [s.channels[channel_id] for s in before[:HISTORY] if channel_id in s.channels]
        found += _lists(channel_id, channel, now.of(channel_id), history)
        found += _pages(channel_id, now.of(channel_id), history)
    return found


def _lists(name: str, channel: Channel, now: ChannelStats, history: list[ChannelStats]) -> Iterator[Check]:
    totals = now.totals
    if not totals["first_lists"]:
        return
    rows = totals["first_rows"] / totals["first_lists"]
    usual = [h.totals["first_rows"] / h.totals["first_lists"] for h in history if h.totals["first_lists"]]
    least = float(channel.expect.rows_min if channel.expect else 0)
    if usual:
        least = max(least, median(usual) / 2)
    message = f"{rows:g} rows on the first page, at least {least:g} are usual"
    yield Check(name, "first_rows", rows >= least, True, rows, least, message)
    for expected in channel.expect.fields if channel.expect and totals["rows"] else ():
        share = now.row_fields[expected] / totals["rows"]
        message = f"{share:.0%} of the rows state `{expected}`"
        yield Check(name, f"row {expected}", share >= 0.9, True, share, 0.9, message)
    shapes = {shape for h in history for shape in h.shapes}
    new = {s: n for s, n in now.shapes.items() if s not in shapes}
    if len(history) >= FEW and now.shapes:
        share = sum(new.values()) / sum(now.shapes.values())
        message = f"{share:.0%} of the lists and pages have a form that was not seen before"
        yield Check(name, "form", share <= 0.5, False, share, 0.5, message)


def _pages(name: str, now: ChannelStats, history: list[ChannelStats]) -> Iterator[Check]:
    totals, past = now.totals, ChannelStats()
    for each in history:
        past.add(each)
    for field in sorted(past.fields):
        yield from _share_fell(name, f"field {field}", (now.fields[field], totals["records"]),
                               (past.fields[field], past.totals["records"]), f"state `{field}`")  # fmt: skip
    for origin in sorted(past.origins):
        field = origin.split(" ")[0]
        if now.fields[field]:
            yield from _share_fell(name, f"origin {origin}", (now.origins[origin], now.fields[field]),
                                   (past.origins[origin], past.fields[field]), f"have it from there: {origin}",
                                   is_drift=origin.endswith(" own"))  # fmt: skip
            if origin.endswith(" own") and now.fields[field] >= FEW:
                # Few pages prove little, but pages that all bear one name where none ever did prove enough.
                usual = past.origins[origin] / past.fields[field]
                is_one = now.origins[origin] == 1 and usual > 0.9
                message = f"{now.fields[field]} records have the same `{field}`"
                yield Check(name, f"one {field}", not is_one, True, float(is_one), 0.0, message)
    read, seen = totals["records"] + totals["refused"], past.totals["records"] + past.totals["refused"]
    yield from _share_fell(name, "records", (totals["records"], read), (past.totals["records"], seen), "are records")
    lost, asked = totals["gone"], totals["asked"]
    if lost > FEW + 2:
        message = f"{lost} of {asked} known pages are gone at once"
        yield Check(name, "gone", lost <= 0.2 * asked, True, lost / asked, 0.2, message)
    most = max(now.said.values(), default=0)
    if most > FEW:
        share = most / max(totals["records"], 1)
        message = f"{most} pages say the same"
        yield Check(name, "duplicates", share <= 0.2, True, share, 0.2, message)
    if past.totals["records"] and totals["records"]:
        kept = (totals["records"] - totals["with_unknown_labels"], totals["records"])
        before = (past.totals["records"] - past.totals["with_unknown_labels"], past.totals["records"])
        yield from _share_fell(name, "labels", kept, before, "have no unknown label", is_drift=False)
    if now.newest and past.newest and len(history) >= FEW:
        message = f"the newest item is of {now.newest}; {past.newest} was read before"
        behind = now.newest < past.newest and totals["first_lists"] > 0 and totals["asked"] > FEW
        yield Check(name, "newest", not behind, False, float(behind), 0.0, message)


def _share_fell(
    channel: str, name: str, now: tuple[int, int], before: tuple[int, int], what: str, *, is_drift: bool = True
) -> Iterator[Check]:
    """Yield the check that a share is not lower than the runs before let expect."""
    hits, tries = now
    if not tries or not before[1]:
        return
    chance = tail(hits, tries, *before)
    message = f"{hits} of {tries} {what}; before {before[0]} of {before[1]} did"
    yield Check(channel, name, chance >= CHANCE, is_drift, chance, CHANCE, message)


def tail(hits: int, tries: int, past_hits: int, past_tries: int) -> float:
    """Return the probability of at most `hits` in `tries`, when `past_hits` in `past_tries` is all that is known.

    The beta-binomial distribution with Jeffreys' prior: few pages, or a short history, prove little.
    """
    a, b = past_hits + 0.5, past_tries - past_hits + 0.5
    return min(1.0, sum(_probability(k, tries, a, b) for k in range(hits + 1)))


def _probability(k: int, n: int, a: float, b: float) -> float:
    choose = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    ratio = lgamma(k + a) + lgamma(n - k + b) - lgamma(n + a + b)
    return exp(choose + ratio - (lgamma(a) + lgamma(b) - lgamma(a + b)))
