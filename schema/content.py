"""The content hash: what the database says, apart from when and where we looked."""

import hashlib

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from schema.database import metadata
from schema.ids import canonical_json

BATCH = 5_000


def content_tables() -> list[sa.Table]:
    """Return the tables that hold content; a ledger (runs, fetches, the frontier, leases) is none."""
    return [table for table in metadata().sorted_tables if not table.info.get("ledger")]


def content_hash(engine: Engine) -> dict[str, dict[str, str | int]]:
    """Return rows and sha256 of each content table, and under `all` those of the database.

    Two databases with the same hash say the same: rows in the order of their keys, every column but the
    volatile ones (moments of observation, places in the archive). Memory does not grow with the rows.
    """
    result: dict[str, dict[str, str | int]] = {}
    whole, total = hashlib.sha256(), 0
    with engine.connect() as connection:
        for table in sorted(content_tables(), key=lambda t: t.name):
            digest, rows = _table_hash(connection, table)
            result[table.name] = {"rows": rows, "sha256": digest}
            whole.update(f"{table.name} {digest}\n".encode())
            total += rows
    result["all"] = {"rows": total, "sha256": whole.hexdigest()}
    return result


def _table_hash(connection: sa.Connection, table: sa.Table) -> tuple[str, int]:
    columns = [column for column in table.columns if not column.info.get("volatile")]
    # A sum modulo 2^256 does not depend on the rows' order, which a database's collation decides.
    total, rows = 0, 0
    query = sa.select(*columns).execution_options(stream_results=True, yield_per=BATCH)
    for row in connection.execute(query):
        text = canonical_json(list(row))
        total += int.from_bytes(hashlib.sha256(text.encode()).digest())
        rows += 1
    return f"{total % (1 << 256):064x}", rows
