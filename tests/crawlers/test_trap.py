"""Every fault that the trap has in store ends as the manual says, and none of them takes the crawler down."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from crawlers.patience import SHANGHAI
from crawlers.run import CrawlResult, crawl, crawl_all
from crawlers.sources import Source, load_source
from sandbox.trap import Trap, serve_traps, traps
from schema.database import open_database
from schema.errors import RunError
from schema.settings import ROOT, Settings
from schema.tables.columns import now

MEMORY = 512  # MB that no crawl may need


def source_of(trap: Trap, folder: Path) -> Source:
    base = f"http://{trap.host}"
    file = {
        "id": trap.name, "name": trap.name, "url": base, "level": "other",
        "status": {"state": "verified", "reason": "a test", "since": date(2026, 11, 22)},
        "politeness": {"delay": 0, "timeout": 2, **trap.politeness},
        "channels": [{"id": "zc", "name": "政策", "kind": "policy", "family": trap.family,
                      "url": f"{base}/zc/index.html", "article": r"/zc/\d+\.html$"}],
    }  # fmt: skip
    path = folder / f"{trap.name}.yaml"
    with path.open("w", encoding="utf-8") as out:
        YAML(typ="safe").dump(file, out)
    return load_source(path)


def wrong(trap: Trap, result: CrawlResult) -> str | None:
    """Return what differs from how the crawl had to end."""
    if result.outcome != trap.outcome or trap.reason not in result.reason:
        return f"{trap.name}: {result.outcome} ({result.reason}), not {trap.outcome} ({trap.reason})"
    found = {name: result.counts.get(name, 0) for name in trap.counts}
    if found != trap.counts:
        return f"{trap.name}: counts {found}, not {trap.counts}"
    return None if result.memory_mb < MEMORY else f"{trap.name}: {result.memory_mb} MB"


@pytest.mark.timeout(600)
def test_every_fault_ends_in_the_outcome_that_is_named(tmp_path: Path) -> None:
    with serve_traps() as (proxy, log):
        settings = Settings(var=tmp_path / "var", http_proxy=proxy)
        open_database(settings.database)
        sources = {trap.name: source_of(trap, tmp_path) for trap in traps()}
        again = [trap for trap in traps() if trap.runs > 1]
        crawl_all([sources[trap.name] for trap in again], settings, jobs=2)
        results = {r.source: r for r in crawl_all(list(sources.values()), settings, jobs=3)}
    complaints = [said for trap in traps() if (said := wrong(trap, results[trap.name]))]
    peak = max(result.memory_mb for result in results.values())
    print(json.dumps({"faults": len(results), "as named": len(results) - len(complaints), "peak MB": peak}))
    assert complaints == []
    assert len(results) >= 40
    assert {asked.host for asked in log} <= {trap.host for trap in traps()}, "a host was asked that is none of ours"


def test_a_source_is_not_asked_outside_of_its_window(tmp_path: Path) -> None:
    here = now().astimezone(SHANGHAI)
    first, last = here + timedelta(hours=2), here + timedelta(hours=3)
    trap = Trap("window", "error", {}, politeness={"window": f"{first:%H:%M}-{last:%H:%M}"})
    with serve_traps() as (proxy, log):
        settings = Settings(var=tmp_path / "var", http_proxy=proxy)
        with pytest.raises(RunError, match="outside of the window"):
            crawl(source_of(trap, tmp_path), settings)
    assert log == []


def test_the_manual_names_every_fault() -> None:
    text = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    missing = [trap.name for trap in traps() if f"| `{trap.name}` | {trap.outcome} |" not in text]
    assert missing == []
