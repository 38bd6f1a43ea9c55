"""Why two names were judged as they were: as data, as text in Chinese and English, and as a waterfall picture.

Every reason is what a level adds to the log2 of the odds of the answer against the next likely one, so that the
steps of the waterfall add up to the odds.
"""

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import Any

from resolution.names.vocabulary import table
from resolution.pairs.leftover import sides
from resolution.pairs.model import LABELS
from resolution.pairs.name import in_order, read
from resolution.pairs.verdict import Verdict

SHOWN = 8  # reasons that are told; the others are summed up
_FONT = 'font-family="sans-serif" font-size="13"'
_ROW, _WIDTH, _TEXT = 22, 760, 380


def explain(verdict: Verdict, kind: str = "") -> dict[str, Any]:
    """Return the whole of a verdict as plain data.

    `names` holds each name's parts (text, type, start, end) and what it has that the other lacks; `reasons` every
    level with `bits`: what it adds to the log2 odds of the answer against `against`, the next likely one, the
    strongest first. `start` is what every pair begins with; the sum of all is `odds`.
    """
    one, other = read(verdict.left, kind), read(verdict.right, kind)
    short, _ = in_order(one, other)
    found = dict(zip(("short", "long"), sides(one, other), strict=True))
    against = _runner_up(verdict)
    one_way, other_way = LABELS.index(verdict.label), LABELS.index(against)
    bits = [
        (comparison, level, float(adds[one_way] - adds[other_way]) / math.log(2))
        for comparison, level, adds in verdict.model.parts(verdict.levels)
    ]
    begin = verdict.model.start / verdict.model.temperature
    start = float(begin[one_way] - begin[other_way]) / math.log(2)
    names = []
    for name in (one, other):
        side = found["short" if name is short else "long"]
        parts = [{"text": p.text, "type": str(p.type), "start": p.start, "end": p.end} for p in name.parts.parts]
        names.append(
            {
                "name": name.printed,
                "plain": name.parts.text,
                "kind": name.kind,
                "parts": parts,
                "extra": list(side.extra),
            }
        )
    return {
        "label": verdict.label,
        "outcome": verdict.outcome,
        "probabilities": verdict.probabilities,
        "relation": None
        if verdict.relation is None
        else {"type": verdict.relation.type, "part": verdict.relation.part},
        "forbidden": list(verdict.forbidden),
        "names": names,
        "against": against,
        "start": round(start, 2),
        "odds": round(start + sum(each for _, _, each in bits), 2),
        "reasons": [
            {"comparison": comparison, "level": level, "bits": round(each, 2)}
            for comparison, level, each in sorted(bits, key=lambda reason: (-abs(reason[2]), reason))
        ],
    }


def text(said: dict[str, Any], lang: str) -> str:
    """Return an explanation as lines for people, in `zh` or `en`."""
    left, right = (each["name"] for each in said["names"])
    shares = ", ".join(f"{word(label, lang)} {share:.0%}" for label, share in said["probabilities"].items())
    tie = said["relation"]
    tied = f" ({word(tie['type'], lang)})" if tie else ""
    lines = [f"{left} ↔ {right}", f"{word(said['outcome'], lang)}{tied}: {shares}"]
    lines += [f"{word('forbidden', lang)}: {phrase(each.replace('=', ': '), lang)}" for each in said["forbidden"]]
    head = f"{word('bits', lang)}: {word(said['label'], lang)} / {word(said['against'], lang)}"
    return "\n".join([*lines, head, *(f"{bits:+6.2f}  {label}" for label, bits in steps(said, lang))])


def steps(said: dict[str, Any], lang: str) -> Iterator[tuple[str, float]]:
    """Yield the steps of the waterfall: the start, the strongest reasons, what the others add up to, and the sum."""
    yield word("start", lang), said["start"]
    for reason in said["reasons"][:SHOWN]:
        yield f"{phrase(reason['comparison'], lang)}: {phrase(reason['level'], lang)}", reason["bits"]
    if said["reasons"][SHOWN:]:
        yield word("others", lang), round(sum(reason["bits"] for reason in said["reasons"][SHOWN:]), 2)
    yield word("sum", lang), said["odds"]


def picture(said: dict[str, Any], lang: str) -> str:
    """Return the waterfall as SVG: green speaks for the answer, red against it. Names are escaped."""
    rows = list(steps(said, lang))
    ends, at = [], 0.0
    for _, bits in rows[:-1]:
        ends.append((at, at + bits))
        at += bits
    ends.append((0.0, at))
    low, high = min(min(pair) for pair in ends), max(max(pair) for pair in ends)
    scale = (_WIDTH - _TEXT - 70) / max(high - low, 1e-9)
    title = escape(" ↔ ".join(each["name"] for each in said["names"]))
    height = _ROW * (len(rows) + 1) + 12
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" {_FONT}>',
        f"<title>{title}</title>",
        f'<text x="0" y="15" font-weight="bold">{title}</text>',
    ]
    for number, ((label, bits), (start, end)) in enumerate(zip(rows, ends, strict=True), 1):
        x, y = _TEXT + (min(start, end) - low) * scale, number * _ROW + 6
        colour = "#555" if number == len(rows) else "#2a7f3f" if bits >= 0 else "#b3382c"
        width = max(abs(end - start) * scale, 1)
        lines.append(f'<text x="0" y="{y + 13}">{escape(label)}</text>')
        lines.append(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_ROW - 6}" fill="{colour}"/>')
        lines.append(f'<text x="{x + width + 4:.1f}" y="{y + 13}">{bits:+.2f}</text>')
    return "\n".join([*lines, "</svg>", ""])


def phrase(said: str, lang: str) -> str:
    """Return comparisons and levels in words: `all/some` and `what*rest` word by word."""
    return re.sub(r"[a-z_]+", lambda match: word(match[0], lang), said).replace("*", " × ")


def word(said: str, lang: str) -> str:
    """Return one word of explanations in `zh` or `en`; what has no translation as it is."""
    zh, en = _words().get(said, (said, said.replace("_", " ")))
    return zh if lang == "zh" else en


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for row in table("words", ("word", "zh", "en"), "matching")}


def _runner_up(verdict: Verdict) -> str:
    others = [label for label in LABELS if label != verdict.label]
    return max(others, key=lambda label: verdict.probabilities[label])
