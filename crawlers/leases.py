"""Leases: two crawls of one source never overlap, and a killed one does not block the next."""

import os
import socket
from datetime import timedelta
from pathlib import Path

from sqlalchemy.engine import Engine

from schema.database import transaction
from schema.errors import RunError
from schema.tables import Lease
from schema.tables.columns import now

GONE = "gone"
LIFETIME = timedelta(minutes=2)


def holder() -> str:
    """Return who this process is: host, process id and the process's start, so that a reused id is another holder."""
    return f"{socket.gethostname()}/{os.getpid()}/{_started(os.getpid())}"


def _started(pid: int) -> str:
    try:
        # stat(5), read behind the command's name, which may hold spaces and brackets: the state, …, the start.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    except OSError:
        return GONE
    return GONE if fields[0] in {"Z", "X"} else fields[19]  # a zombie waits for its parent and works on nothing


def is_alive(who: str) -> bool:
    """Return False when the holder is certainly dead: a process of this host that runs no more."""
    host, pid, started = who.split("/")
    return host != socket.gethostname() or (started != GONE and _started(int(pid)) == started)


def acquire(engine: Engine, name: str, who: str) -> None:
    """Take a lease, or renew one's own. Raises RunError while a living holder has it."""
    with transaction(engine) as session:
        lease = session.get(Lease, name, with_for_update=True)
        moment = now()
        if lease is not None and lease.holder != who and lease.expires_at > moment and is_alive(lease.holder):
            raise RunError(
                f"{lease.holder} works on this since {lease.acquired_at:%Y-%m-%d %H:%M:%S} UTC",
                where=name,
                remedy=f"wait for it, or until {lease.expires_at:%H:%M:%S} UTC if it died on another host",
            )
        if lease is None or lease.holder != who:
            lease = session.merge(Lease(name=name, holder=who, acquired_at=moment, expires_at=moment + LIFETIME))
        lease.expires_at = moment + LIFETIME
        session.add(lease)


def release(engine: Engine, name: str, who: str) -> None:
    """Give a lease back; one that somebody else took meanwhile is left alone."""
    with transaction(engine) as session:
        lease = session.get(Lease, name)
        if lease is not None and lease.holder == who:
            session.delete(lease)
