"""The process that parses one file: bounds itself first, reads the order and the bytes, prints the result as JSON.

What the file says about itself is not believed; a parser that spins or swells is ended by the kernel.
"""

import dataclasses
import json
import os
import resource
import sys
from typing import Any

from crawlers.attachments.limits import AttachmentError, Limits
from crawlers.orphans import die_with

OCR_MEMORY = 6144 * 1024 * 1024  # of addresses; the models take 1 GB of memory
FILES = 64 * 1024 * 1024  # bytes; nothing is written but what bsdtar is handed


def main() -> None:
    """Read the order from standard input (a line of JSON, then the file), print one JSON object."""
    order: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**{field.name: order[field.name] for field in dataclasses.fields(Limits)})
    die_with(order["parent"])
    _bound(limits)
    # The result has the pipe for itself: what a library prints goes to standard error.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    json.dump(_read(order, limits), answer, ensure_ascii=False)
    answer.flush()
    os._exit(0)  # without taking anything down: a broken document must not break the end


def _bound(limits: Limits) -> None:
    seconds = max(1, int(limits.seconds + 1))
    memory = max(limits.memory, OCR_MEMORY) if limits.ocr else limits.memory
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (max(FILES, limits.size), max(FILES, limits.size)))


def _read(order: dict[str, Any], limits: Limits) -> dict[str, Any]:
    try:
        # Only inside the bounds: the parsers, and all that they import.
        from crawlers.attachments.draft import Draft  # noqa: PLC0415
        from crawlers.attachments.formats import read  # noqa: PLC0415
        from crawlers.attachments.packages import Budget  # noqa: PLC0415
        from crawlers.attachments.sniff import extension  # noqa: PLC0415

        draft = Draft(limits)
        claimed = extension(order["name"], order["url"])
        kind = read(sys.stdin.buffer.read(), draft, Budget(limits), claimed, order["content_type"])
        return draft.result() | {"media": kind}
    except AttachmentError as error:
        return {"error": [error.code, error.what, error.remedy]}
    except MemoryError:
        return {"error": ["memory", "reading the file took too much memory", ""]}
    except RecursionError:
        return {"error": ["bomb", "the parts of the file are nested too deep", ""]}
    except Exception:  # whatever a parser makes of broken bytes
        return {"error": ["damaged", "the file cannot be read", ""]}


if __name__ == "__main__":
    main()
