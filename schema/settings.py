"""The settings: all from the environment (`SAMPLEBASE_…`), all with a default that works on a laptop."""

from functools import lru_cache
from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Where things are kept. `var` is what machines produce; everything else is curated by people."""

    model_config = SettingsConfigDict(env_prefix="SAMPLEBASE_", extra="ignore")

    data: Path = ROOT / "data"
    var: Path = ROOT / "data" / "var"
    sources: Path = ROOT / "data" / "sources"
    database_url: SecretStr | None = None
    contact: str = "https://github.com/samplebase/samplebase"
    http_proxy: str | None = None
    lang: str = ""

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database: SQLite under `var` unless told otherwise."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.var / 'samplebase.sqlite'}"

    @property
    def archive(self) -> Path:
        """The folder of the WARC files."""
        return self.var / "archive"

    @property
    def releases(self) -> Path:
        """The folder of the published releases."""
        return self.var / "releases"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()
