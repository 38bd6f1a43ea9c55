"""`db`: the database's state, its upgrade, its content hash."""

import typer

from flows.cli.options import Json, settings
from flows.console import Output
from schema.language import say

app = typer.Typer(no_args_is_help=True)


@app.command("status", help=say("the schema's revision, and whether this code knows it"))
def status(as_json: Json = False) -> None:
    """Print the database's address (without its password), its revision and this code's."""
    from schema.database import address_of, connect, revisions  # noqa: PLC0415

    engine = connect(settings().database)
    found, head = revisions(engine)
    address = address_of(engine)
    data = {"database": address, "revision": found, "code": head, "current": found == head}
    Output(as_json=as_json).result(data, "", list(data.items()))


@app.command("upgrade", help=say("bring the database to this code's schema"))
def upgrade(as_json: Json = False) -> None:
    """Migrate the database; one of a newer schema is refused and left alone."""
    from schema.database import connect, upgrade as migrate  # noqa: I001, PLC0415

    output = Output(as_json=as_json)
    with output.progress("upgrading"):
        revision = migrate(connect(settings().database))
    output.result({"revision": revision}, f"the schema is {revision}")


@app.command("hash", help=say("the hash of all content, table by table"))
def content(as_json: Json = False) -> None:
    """Print rows and hash of each content table; two databases with equal hashes say the same."""
    from schema.content import content_hash  # noqa: PLC0415
    from schema.database import open_database  # noqa: PLC0415

    output = Output(as_json=as_json)
    with output.progress("hashing"):
        hashes = content_hash(open_database(settings().database))
    output.result(hashes, "", [(n, h["rows"], h["sha256"]) for n, h in hashes.items()], ("table", "rows", "sha256"))
