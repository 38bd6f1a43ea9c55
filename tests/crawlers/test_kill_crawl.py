"""SIGKILL at 25 moments of a 3,000-page crawl: nothing lost, nothing doubled, nobody left behind."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlmodel import Session, func, select

from crawlers.run import crawl
from crawlers.sources import Source, load_source
from sandbox.big import HOST, Big, list_path
from sandbox.server import Server, serve
from sandbox.site import Page, Site
from schema.content import content_hash
from schema.database import open_database
from schema.settings import Settings
from schema.tables import Record

PAGES, KILLS = 3_000, 25
SOURCE = f"""
id: big
name: 湖北省人民政府（中断）
url: http://{HOST}
level: province
region: "420000"
status: {{state: verified, reason: a test, since: 2026-11-22}}
politeness: {{delay: 0}}
channels:
  - {{id: zc, name: 政策, kind: policy, family: trs_static, url: "http://{HOST}{list_path(0)}",
      article: '/zc/202310/t\\d+_\\d+\\.html$'}}
"""


def site() -> Site:
    pages = Big(PAGES)
    found = Site("big", HOST, "湖北省人民政府", "420000", ())

    def answer(_method: str, target: str, _body: bytes) -> Page | None:
        body = pages.answer(target)
        return None if body is None else Page(body, "text/html; charset=utf-8")

    found.dynamic = answer
    found.pages["/robots.txt"] = Page(b"User-agent: *\nAllow: /\n", "text/plain")
    return found


def crawling() -> dict[int, int]:
    """Return the living processes of crawls, each with its parent."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if (b"crawlers.child" in command or b"crawlers.workers" in command) and state != "Z":
            found[int(folder.name)] = int(parent)
    return found


def start(source: Source, settings: Settings) -> "subprocess.Popen[str]":
    """Start the crawl in a process that can be killed: its child, and its child's child, must die with it."""
    code = (
        "import sys, json; from pathlib import Path; from crawlers.run import crawl; "
        "from crawlers.sources import load_source; from schema.settings import Settings; o = json.loads(sys.argv[2]); "
        "print(crawl(load_source(Path(sys.argv[1])), Settings(var=Path(o['var']), http_proxy=o['proxy'], "
        "database_url=o['url']), at_full_speed=True).outcome)"
    )
    order = json.dumps({"var": str(settings.var), "proxy": settings.http_proxy, "url": settings.database})
    command = [sys.executable, "-c", code, str(source.path), order]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def wait_for(server: Server, count: int, process: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + 60
    while len(server.log) < count and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.001)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("make", ["sqlite", "postgresql"])
def test_25_kills_lose_nothing_double_nothing_and_leave_nobody(
    tmp_path: Path, make: str, request: pytest.FixtureRequest
) -> None:
    def database(name: str) -> str:
        if make == "postgresql":
            return str(request.getfixturevalue("postgres").ready())
        return f"sqlite:///{tmp_path / name}.sqlite"

    path = tmp_path / "big.yaml"
    path.write_text(SOURCE, encoding="utf-8")
    source, chance = load_source(path), random.Random(20261122)
    with serve(web={HOST: site()}) as server:
        whole = Settings(var=tmp_path / "whole", database_url=database("whole"), http_proxy=server.proxy_url)
        assert crawl(source, whole, at_full_speed=True).outcome == "ok"
        torn = Settings(var=tmp_path / "torn", database_url=database("torn"), http_proxy=server.proxy_url)
        open_database(torn.database)
        before, stray, orphans = crawling(), 0, 0
        for kill in range(KILLS):
            server.log.clear()
            process = start(source, torn)
            # Odd kills hit the parent, even ones the child that crawls; some of them hit while it starts.
            wait_for(server, 0 if kill % 8 == 0 else chance.randint(20, 420), process)
            time.sleep(chance.random() * 0.2)
            assert process.poll() is None, "the crawl was over before the last kill"
            child = next((pid for pid, parent in crawling().items() if parent == process.pid), process.pid)
            victim = process.pid if kill % 2 else child
            os.kill(victim, signal.SIGKILL)
            killed = time.time()
            process.wait(timeout=10)
            time.sleep(max(0.0, killed + 1 - time.time()))
            orphans += len(crawling().keys() - before.keys())
            stray += sum(seen.time > killed + 0.5 for seen in server.log)
        last = crawl(source, torn, at_full_speed=True)
        assert (last.outcome, last.reason) == ("ok", "")
    assert (orphans, stray) == (0, 0)
    with Session(open_database(torn.database)) as session:
        assert session.exec(select(func.count()).select_from(Record)).one() == PAGES
    assert content_hash(open_database(torn.database)) == content_hash(open_database(whole.database))
