"""Who is alive: what a lease asks before it lets a second process wait."""

import os
import socket
import subprocess
from pathlib import Path

from crawlers import leases
from tests.conftest import wait_until


def test_this_process_is_alive() -> None:
    assert leases.is_alive(leases.holder())


def test_a_holder_on_another_host_may_be_alive() -> None:
    assert leases.is_alive("far-away/1/1")


def test_a_killed_process_is_dead_even_while_nobody_has_taken_note_of_it() -> None:
    process = subprocess.Popen(["sleep", "60"])
    start = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()[19]
    who = f"{socket.gethostname()}/{process.pid}/{start}"
    assert leases.is_alive(who)
    process.kill()
    wait_until(lambda: _state(process.pid) == "Z")  # a zombie: it is not waited for yet
    assert not leases.is_alive(who)
    process.wait()
    assert not leases.is_alive(who)


def test_a_process_id_that_another_process_has_now_is_not_the_holder() -> None:
    assert not leases.is_alive(f"{socket.gethostname()}/{os.getpid()}/1")


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
