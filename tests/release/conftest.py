"""The sandbox, published once; and a database of one's own to publish from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from release.publish import PublishResult, publish
from schema.database import connect
from schema.settings import Settings


@dataclass(frozen=True)
class Publication:
    """A published release, the settings of the database it came from, and its folder of releases."""

    settings: Settings
    releases: Path
    result: PublishResult


@pytest.fixture(scope="session")
def publication(once: Callable[..., Any], crawled: Any) -> Publication:
    def make(folder: Path) -> tuple[Settings, Path, PublishResult]:
        settings = crawled.copy(folder)
        engine = connect(settings.database)
        result = publish(engine, folder / "releases")
        engine.dispose()
        return settings, folder / "releases", result

    return Publication(*once("publication", make))


@pytest.fixture
def own(crawled: Any, tmp_path: Path) -> Iterator[Engine]:
    """A copy of the crawled and resolved sandbox."""
    engine = connect(crawled.copy(tmp_path).database)
    yield engine
    engine.dispose()
