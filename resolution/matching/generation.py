"""What counts in a register's folder: one small file names it, and is replaced at once.

Whoever writes is killed now and then. So nothing that the file names is ever written to: arriving records make a new
segment and a new state, a whole matching makes a new generation, and only then the file names them instead. A register
is found as it was before or after, never between; what is not named is left over from a writer that died, and cleared.
"""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from schema.errors import InputError

CURRENT = "current.json"


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole matching and what was added since: its folder, its segments in order, its links and groups."""

    register: Path
    name: str
    segments: tuple[str, ...] = ()
    state: str = ""

    @classmethod
    def begin(cls, register: Path) -> "Generation":
        """Return a new generation, whose empty folder is there; nobody reads it until it is published."""
        register.mkdir(parents=True, exist_ok=True)
        taken = [int(path.name) for path in register.iterdir() if path.name.isdigit()]
        found = cls(register, f"{max(taken, default=0) + 1:05}")
        found.folder.mkdir()
        return found

    @classmethod
    def read(cls, register: Path) -> "Generation":
        """Return what counts now. Raises InputError for a folder that is no register."""
        try:
            said = json.loads((register / CURRENT).read_text(encoding="utf-8"))
            return cls(register, said["name"], tuple(said["segments"]), said["state"])
        except (OSError, ValueError, KeyError) as error:
            remedy = "name the folder of a register, or build it anew"
            raise InputError("the folder holds no register", where=str(register / CURRENT), remedy=remedy) from error

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return self.register / self.name

    def unused(self, kind: str, end: str = "") -> Path:
        """Return a path for a further file or folder of a kind, which nothing that counts has."""
        named = (*self.segments, self.state)
        path = next(p for n in range(len(named) + 1) if (p := self.folder / f"{kind}-{n:05}{end}").name not in named)
        shutil.rmtree(path, ignore_errors=True)  # of a writer that died
        return path

    def publish(self, segments: tuple[str, ...], state: str) -> "Generation":
        """Make segments and a state count, in place of all that did, and clear the rest; return what counts now."""
        now = Generation(self.register, self.name, segments, state)
        draft = self.register / f"{CURRENT}.new"
        draft.write_text(json.dumps({"name": self.name, "segments": segments, "state": state}), encoding="utf-8")
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(self.register / CURRENT)
        kept = {self.folder / name for name in (*segments, state)}
        for path in (*self.register.iterdir(), *self.folder.glob("segment-*"), *self.folder.glob("state-*")):
            if path.name == CURRENT or path == self.folder or path in kept:
                continue
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return now
