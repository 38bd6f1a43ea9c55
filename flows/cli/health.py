"""`health`: what broke, and why."""

from dataclasses import asdict

from flows import pipeline
from flows.cli.options import Failed, Json, settings
from flows.console import Output


def health(as_json: Json = False) -> None:
    """Print each source's last run, what it left, its newest item and its alerts; exit code 4 when one is not ok."""
    from crawlers.health import health as of  # noqa: PLC0415

    output = Output(as_json=as_json)
    found = of(pipeline.database(settings()))
    head = ("source", "outcome", "last run", "last ok", "live", "staged", "newest", "why")
    rows = [
        (
            h.source,
            h.outcome,
            f"{h.started_at:%Y-%m-%d %H:%M}" if h.started_at else "",
            f"{h.since_ok:%Y-%m-%d %H:%M}" if h.since_ok else "",
            h.live,
            h.staged,
            h.newest or "",
            h.reason,
        )
        for h in found
    ]
    output.result([asdict(h) for h in found], "", rows, head)
    alerts = [(h.source, a.kind, f"{a.since:%Y-%m-%d %H:%M}", a.times, a.message) for h in found for a in h.alerts]
    if alerts and not as_json:
        output.result(None, "open alerts", alerts, ("source", "alert", "since", "times", "why"))
    if any(h.outcome != "ok" for h in found):
        raise Failed
