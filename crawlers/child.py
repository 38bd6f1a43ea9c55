"""The process that crawls one source: it dies with its parent, and tells it by JSON lines how far it is."""

import json
import sys
from pathlib import Path
from typing import Any

from crawlers.orphans import die_with


def main() -> None:
    """Read the order from standard input, crawl, and print the result as the last line."""
    order: dict[str, Any] = json.loads(sys.stdin.readline())
    die_with(order["parent"])
    # Only now the slow imports: a parent that died meanwhile has already ended us.
    from crawlers.running import crawl_here  # noqa: PLC0415
    from schema.errors import SamplebaseError  # noqa: PLC0415
    from schema.tables import Mode  # noqa: PLC0415

    def tell(event: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(event, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    try:
        result = crawl_here(
            Path(order["source"]),
            database_url=order["database_url"],
            archive=Path(order["archive"]),
            replay=Path(order["replay"]) if order["replay"] else None,
            proxy=order["proxy"],
            contact=order["contact"],
            mode=Mode(order["mode"]),
            at_full_speed=order["at_full_speed"],
            imported=order["imported"],
            tell=tell,
        )
    except SamplebaseError as error:
        tell({"error": [error.what, error.where, error.remedy, type(error).__name__]})
        sys.exit(error.exit_code)
    tell({"result": result})


if __name__ == "__main__":
    main()
