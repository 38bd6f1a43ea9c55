"""The page docs/sources.md, written from the source files: one table a province, and totals."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from crawlers.sourcecheck import mainland
from crawlers.sourcefile import Channel
from crawlers.sources import Source

HEAD = """\
# Sources

Generated from `data/sources` by `samplebase sources docs`; do not edit.
What the keys of a file mean: [crawling](crawling.md).

A source that is *unverified* was never opened by this project: its addresses come from public code and pages,
and its reason says what those saw. A crawl without ids leaves it alone.
"""
COUNTRY = "The whole country"


def page(sources: Iterable[Source]) -> str:
    """Return the page as Markdown: totals by state and by family, then the sources by province."""
    ordered = sorted(sources, key=lambda s: (_province(s), s.file.region or "", s.id))
    parts = [HEAD, _totals(ordered)]
    for code, group in groupby(ordered, key=_province):
        title = mainland().get(code, code) if code else COUNTRY
        rows = "\n".join(map(_row, group))
        parts.append(f"## {title}\n\n| source | columns | state | confidence |\n|---|---|---|---|\n{rows}\n")
    return "\n".join(parts)


def _province(source: Source) -> str:
    return f"{source.file.region[:2]}0000" if source.file.region else ""


def _totals(sources: list[Source]) -> str:
    states = Counter(s.file.status.state for s in sources)
    families = Counter(c.family for s in sources for c in s.file.channels)
    sites = Counter(f for s in sources for f in {c.family for c in s.file.channels})
    kinds = Counter(c.kind for s in sources for c in s.file.channels)
    provinces = {s.file.region for s in sources if s.file.level == "province"} & set(mainland())
    columns = sum(families.values())
    lines = [f"{len(sources)} sources with {columns} columns; {len(provinces)} of {len(mainland())} provinces.\n"]
    lines += ["| state | sources |", "|---|---|", *(f"| {name} | {n} |" for name, n in sorted(states.items())), ""]
    lines += ["| family | columns | sources |", "|---|---|---|"]
    lines += [f"| `{name}` | {n} | {sites[name]} |" for name, n in sorted(families.items())]
    lines += ["", "| kind | columns |", "|---|---|", *(f"| {name} | {n} |" for name, n in sorted(kinds.items())), ""]
    return "\n".join(lines)


def _row(source: Source) -> str:
    file = source.file
    columns = "<br>".join(map(_column, file.channels))
    return (
        f"| [{_text(file.name)}]({file.url}) `{file.id}` | {columns} | {file.status.state} | {file.confidence or ''} |"
    )


def _column(channel: Channel) -> str:
    kind = "" if channel.kind == "policy" else f", {channel.kind}"
    return f"{_text(channel.name)} (`{channel.family}`{kind})"


def _text(text: str) -> str:
    return text.replace("|", "\\|")
