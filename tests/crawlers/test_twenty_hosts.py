"""Twenty hosts crawled side by side: what the server saw of our manners, host by host, in every single request."""

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from crawlers.run import crawl_all
from crawlers.sources import load_source
from sandbox.server import Seen, serve
from sandbox.site import Page, Site
from sandbox.sites import hubei
from schema.settings import Settings

HOSTS, DELAY, LATENCY = 20, 0.2, 0.03
CLOSED = "/zfxxgk/zc/2016"  # listed like the others, and not for robots
SOURCE = """
id: host{n}
name: 第{n}个站点
url: http://{host}
level: province
region: "420000"
status: {{state: verified, reason: a test, since: 2026-11-22}}
politeness: {{delay: {delay}}}
channels:
  - id: zc
    name: 政策文件
    kind: policy
    family: trs_static
    url: http://{host}/zfxxgk/zc/index.html
    article: /zfxxgk/zc/\\d{{6}}/t\\d{{8}}_\\d+\\.s?html$
"""


def site(host: str) -> Site:
    made = hubei.build()
    found = replace(made, host=host)
    found.pages = made.pages | {"/robots.txt": Page(f"User-agent: *\nDisallow: {CLOSED}\n".encode(), "text/plain")}
    return found


def test_one_request_at_a_time_the_gap_kept_and_nothing_that_robots_forbids(tmp_path: Path) -> None:
    hosts = [f"www.host{n}.sandbox.test" for n in range(HOSTS)]
    sources = []
    for n, host in enumerate(hosts):
        path = tmp_path / f"host{n}.yaml"
        path.write_text(SOURCE.format(n=n, host=host, delay=DELAY), encoding="utf-8")
        sources.append(load_source(path))
    with serve(web={host: site(host) for host in hosts}) as server:
        server.latency = LATENCY
        settings = Settings(var=tmp_path / "var", http_proxy=server.proxy_url)
        results = crawl_all(sources, settings, jobs=5)
        log = list(server.log)
    assert {(r.outcome, r.reason) for r in results} == {("ok", "")}
    by_host: dict[str, list[Seen]] = defaultdict(list)
    for seen in log:
        by_host[seen.host].append(seen)
    assert set(by_host) == set(hosts)
    pairs = [pair for seen in by_host.values() for pair in pairwise(sorted(seen))]
    assert sum(later.time < earlier.until for earlier, later in pairs) == 0, "two requests of a host at once"
    close = [later.time - earlier.time for earlier, later in pairs if later.time - earlier.time < DELAY - 0.005]
    print(f"{len(log)} requests to {HOSTS} hosts; shortest gap {min(b.time - a.time for a, b in pairs):.3f} s")
    assert close == []
    assert [seen.path for seen in log if seen.path.startswith((CLOSED, "/private"))] == []
    forbidden = [fact for fact in hubei.build().facts if fact.path.startswith(CLOSED)]
    assert forbidden, "the test needs an article that robots.txt forbids"
