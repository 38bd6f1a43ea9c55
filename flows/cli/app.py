"""The commands by name."""

import typer

from flows.cli import database, engineering, evaluating, explaining, gathering, health, publishing, scheduling, sources
from schema.language import say

app = typer.Typer(
    name="samplebase",
    help=say("Gathers, resolves and publishes the sample database of China's smart economy."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("run", help=say("crawl, resolve and publish, in one go"))(gathering.run)
app.command("crawl", help=say("crawl sources, from the web or from an archive"))(gathering.crawl)
app.command("sweep", help=say("crawl sources and read everything again"))(gathering.sweep)
app.command("import", help=say("bring in what a person fetched by hand"))(engineering.bring_in)
app.command("reparse", help=say("read the archive again with today's extractors"))(gathering.reparse)
app.command("resolve", help=say("assign every live mention to an entity"))(publishing.resolve)
app.command("trace", help=say("which page says so? from a published cell to its bytes"))(publishing.trace)
app.command("explain", help=say("why two names are the same, related or different"))(explaining.explain)
app.command("health", help=say("the last run of each source: what broke, and why"))(health.health)
app.add_typer(publishing.release, name="release", help=say("publish and look at releases"))
sources.app.command("probe", help=say("a polite look at a source: is it as its file says?"))(engineering.probe)
sources.app.command("new", help=say("make a source file out of a list's address"))(engineering.new)
sources.app.command("capture", help=say("save a page as a test case"))(engineering.capture)
sources.app.command("accept", help=say("let a run that drifted go live"))(engineering.accept)
app.add_typer(sources.app, name="sources", help=say("the sites that are read"))
app.add_typer(database.app, name="db", help=say("the database: state, upgrade, content hash"))
app.add_typer(evaluating.app, name="evaluate", help=say("measure against a known truth"))
app.add_typer(scheduling.app, name="flows", help=say("Prefect: deploy, serve"))
