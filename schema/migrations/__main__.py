"""Write the next migration from the difference between the tables in the code and the migrations so far."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from schema.database import MIGRATIONS, alembic_config, connect, upgrade


def main(message: str) -> None:
    """Write a numbered migration under `schema/migrations/versions/`; it is to be read before it is committed."""
    number = len(list((MIGRATIONS / "versions").glob("[0-9]*.py"))) + 1
    with tempfile.TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{Path(folder) / 'before.sqlite'}")
        if number > 1:
            upgrade(engine)
        command.revision(alembic_config(engine), message=message, autogenerate=True, rev_id=f"{number:04d}")
        engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1]:
        sys.exit('say what changes: make migration MESSAGE="the first tables"')
    main(sys.argv[1])
