"""Probing known sources and founding new ones, over HTTP, against sites that are sound, closed, moved or changed."""

from datetime import date
from pathlib import Path

import pytest

from crawlers.founding import Wanted, found
from crawlers.probing import REQUESTS, Probed, probe
from crawlers.run import crawl
from crawlers.sourcecheck import check_sources
from crawlers.sources import Source, load_source, load_sources
from crawlers.sourcewriting import changed, diff, with_status
from sandbox.server import serve
from sandbox.site import Page, Site
from sandbox.sites import rendered, sites
from sandbox.sites.lists import columns
from sandbox.trap import serve_traps
from schema.errors import InputError, RunError
from schema.settings import ROOT, Settings

FILE = """# a comment that stays
id: {id}
name: 测试站
url: http://{host}
level: other
status: {{state: unverified, reason: never opened, since: 2026-11-22}}
politeness: {{delay: 0, timeout: 2}}
channels:
  - id: zc
    name: 政策文件  # so does this one
    kind: policy
    family: {family}
    url: http://{host}{path}
    article: {article}
"""
HUBEI = "www.hubei.sandbox.test"
TRS = r"/t\d{8}_\d+\.html$"


def source(
    folder: Path, host: str, path: str = "/zc/index.html", family: str = "trs_static", article: str = r"/zc/\d+\.html$"
) -> Source:
    name = host.split(".", maxsplit=1)[0].replace("-", "_") if "trap" in host else "probed"
    file = folder / f"{name}.yaml"
    file.write_text(FILE.format(id=name, host=host, path=path, family=family, article=article), encoding="utf-8")
    return load_source(file)


def probed_at_the_sandbox(this: Source, folder: Path, web: dict[str, Site] | None = None) -> Probed:
    with serve(web=web) as server:
        found = probe(this, Settings(var=folder / "var", http_proxy=server.proxy_url))
        assert [seen.path for seen in server.log][:1] == ["/robots.txt"]
        assert len(server.log) <= REQUESTS
    return found


@pytest.mark.parametrize("name", ["gd", "hubei", "most", "nanjing"])
def test_a_sound_source_is_verified(name: str, tmp_path: Path) -> None:
    this = load_sources(ROOT / "sandbox" / "sources")[name]
    found = probed_at_the_sandbox(this, tmp_path)
    assert (found.verdict, found.state) == ("verified", "verified")
    [column, *_] = found.columns
    assert column.rows > 0
    assert column.newest > "2019"
    assert column.recognised == column.family
    assert "title" in found.pages[-1].fields


@pytest.mark.parametrize("name", [c for c in sorted(columns()) if "ignores" not in c])
def test_the_lists_of_every_family_are_probed_with_their_family(name: str, tmp_path: Path) -> None:
    column = columns()[name]
    file = tmp_path / "probed.yaml"
    this = source(tmp_path, name)
    channel = {**column.channel}
    this = this.model_copy(
        update={"file": this.file.model_copy(update={"channels": [this.file.channels[0].model_copy(update=channel)]})}
    )
    found = probed_at_the_sandbox(this, tmp_path, {name: column.site})
    assert file.exists()
    assert found.columns[0].rows == 5
    assert found.columns[0].recognised == column.family
    assert found.pages[0].problem == f"HTTP 404: {column.rows[0][1]}", "these sites hold lists only"


@pytest.mark.parametrize(
    ("trap", "verdict", "reason"),
    [
        ("challenge-412", "blocked", "412"),
        ("challenge-521", "blocked", "521"),
        ("challenge-c3vk", "blocked", "C3VK"),
        ("challenge-captcha", "blocked", "安全验证"),
        ("shells", "blocked", "shell"),
        ("all-go-home", "blocked", "home page"),
        ("all-go-to-login", "blocked", "login page"),
        ("robots-closed", "blocked", "robots.txt forbids"),
        ("robots-500", "unreachable", "robots.txt"),
        ("robots-silent", "unreachable", "robots.txt"),
        ("silent-list", "unreachable", "Timeout"),
        ("list-redirect", "differs", "leads elsewhere"),
        ("list-is-no-list", "differs", "no row"),
        ("gzip-bomb-list", "unreachable", "expands"),
    ],
)
def test_a_site_that_is_closed_moved_or_broken_is_told(trap: str, verdict: str, reason: str, tmp_path: Path) -> None:
    with serve_traps() as (proxy, log):
        found = probe(source(tmp_path, f"{trap}.trap.sandbox.test"), Settings(var=tmp_path / "var", http_proxy=proxy))
        hosts = {asked.host for asked in log}
    assert (found.verdict, reason in found.reason) == (verdict, True), found.reason
    assert hosts == {f"{trap}.trap.sandbox.test"}
    assert found.state != "verified"


def test_a_column_of_another_family_gets_a_proposal_that_then_verifies(tmp_path: Path) -> None:
    this = source(tmp_path, HUBEI, "/zfxxgk/zc/index.html", "sh_nw", TRS)
    first = probed_at_the_sandbox(this, tmp_path)
    assert first.verdict == "differs"
    assert first.changes["zc"].family == "trs_static"
    text = changed(this.path, with_status(first.state, first.reason, date(2026, 11, 23), first.changes))
    assert "+    family: trs_static" in diff(this.path, text)
    assert "# a comment that stays" in text
    assert "政策文件  # so does this one" in text
    this.path.write_text(text, encoding="utf-8")
    assert probed_at_the_sandbox(load_source(this.path), tmp_path).verdict == "verified"


def test_a_column_whose_articles_have_moved_gets_the_new_pattern(tmp_path: Path) -> None:
    this = source(tmp_path, HUBEI, "/zfxxgk/zc/index.html", "trs_static", r"/old/\d+\.html$")
    found = probed_at_the_sandbox(this, tmp_path)
    assert found.verdict == "differs"
    assert "t\\d{8}_\\d+" in found.changes["zc"].article


def test_a_list_that_a_script_draws_is_left_to_a_browser(tmp_path: Path) -> None:
    this = source(tmp_path, rendered.HOST, rendered.LIST, "rendered", TRS)
    found = probed_at_the_sandbox(this, tmp_path, {rendered.HOST: rendered.build()})
    assert (found.verdict, found.columns[0].recognised) == ("differs", "rendered")
    assert "browser" in found.reason


def test_a_disabled_source_is_refused(tmp_path: Path) -> None:
    this = source(tmp_path, HUBEI)
    this.path.write_text(this.path.read_text(encoding="utf-8").replace("unverified", "disabled"), encoding="utf-8")
    with pytest.raises(InputError, match="disabled"):
        probe(load_source(this.path), Settings(var=tmp_path / "var"))


@pytest.mark.parametrize("host", ["hubei", "gd", "nanjing", "most"])
def test_a_new_source_passes_the_check_and_is_crawled(host: str, tmp_path: Path) -> None:
    address = f"www.{host}.sandbox.test"
    site = sites()[address]
    with serve() as server:
        settings = Settings(var=tmp_path / "var", sources=tmp_path / "sources", http_proxy=server.proxy_url)
        made = found(site.lists[0].url, Wanted(level="province", region="420000"), {}, settings, delay=0)
        made.path.parent.mkdir(parents=True)
        made.path.write_text(made.text.replace("status:", "politeness: {delay: 0}\nstatus:"), encoding="utf-8")
        checked = check_sources(settings.sources)
        assert checked.mistakes == []
        this = checked.sources[made.id]
        assert this.file.status.state == "unverified"
        result = crawl(this, settings)
    assert (result.outcome, result.reason) == ("ok", "")
    assert result.counts["new"] == sum(fact.kind == "policy" for fact in site.facts)
    assert result.counts.get("foreign_rows", 0) == 0


def test_a_host_that_is_known_names_its_source(tmp_path: Path) -> None:
    known = load_sources(ROOT / "sandbox" / "sources")
    with pytest.raises(InputError, match=r"belongs to the source hubei"):
        found(f"http://{HUBEI}/other/index.html", Wanted(), known, Settings(var=tmp_path / "var"))


def test_a_page_without_a_list_makes_no_source(tmp_path: Path) -> None:
    site = Site("x", "www.x.test", "某市", None, ())
    site.pages["/"] = Page("<html><body><p>关于我们</p></body></html>".encode(), "text/html; charset=utf-8")
    with serve(web={site.host: site}) as server:
        settings = Settings(var=tmp_path / "var", http_proxy=server.proxy_url)
        with pytest.raises(RunError, match="404"):
            found("http://www.x.test/none.html", Wanted(), {}, settings, delay=0)
        with pytest.raises(RunError, match="no family"):
            found("http://www.x.test/", Wanted(), {}, settings, delay=0)
