"""Whether a document is in force, as a field or a cell says it."""

from dataclasses import replace

from crawlers.fields.labels import labels
from schema.evidence import Reading


def state(said: Reading) -> Reading | None:
    """Return a reading with the state that its words name; None where they name none."""
    for name, words in labels().validity.items():
        if any(word in said.raw for word in words):
            return replace(said, value=name)
    return None
