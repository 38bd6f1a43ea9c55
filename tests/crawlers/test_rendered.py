"""The rendered family in a real Chromium, against a site whose list only a script draws."""

from itertools import pairwise
from pathlib import Path

import pytest
from sqlmodel import Session, select

from crawlers.families import Ask
from crawlers.families.rendered import page_number, read, requests
from crawlers.run import crawl
from crawlers.sourcefile import Channel
from crawlers.sources import load_source
from crawlers.view import View
from sandbox.server import serve
from sandbox.sites import rendered
from schema.database import connect
from schema.settings import Settings
from schema.tables import Record

SOURCE = f"""
id: drawn
name: 湖北省人民政府（脚本列表）
url: http://{rendered.HOST}
level: province
region: "420000"
status: {{state: verified, reason: a test, since: 2026-11-22}}
politeness: {{delay: 0.2, timeout: 20}}
channels:
  - id: zc
    name: 政策文件
    kind: policy
    family: rendered
    url: http://{rendered.HOST}{rendered.LIST}
    article: /zfxxgk/zc/\\d{{6}}/t\\d{{8}}_\\d+\\.s?html$
"""


def test_a_list_that_a_script_draws_is_read_to_its_last_page_politely(tmp_path: Path) -> None:
    site = rendered.build()
    path = tmp_path / "drawn.yaml"
    path.write_text(SOURCE, encoding="utf-8")
    with serve(web={rendered.HOST: site}) as server:
        settings = Settings(var=tmp_path / "var", http_proxy=server.proxy_url)
        result = crawl(load_source(path), settings)
        log = list(server.log)
    assert (result.outcome, result.reason) == ("ok", "")
    assert result.counts["rows"] == len(site.facts)
    with Session(connect(settings.database)) as session:
        urls = set(session.exec(select(Record.url).where(Record.state == "live")).all())
    assert urls == {site.url(fact.path) for fact in site.facts if fact.kind == "policy"}
    asked = {seen.path for seen in log}
    assert {seen.host for seen in log} == {rendered.HOST}, "another host was asked"
    assert not [p for p in asked if p.startswith("/private") or p.endswith((".png", ".gif"))]
    assert {"/api/policies?page=1", "/api/policies?page=3"} <= asked
    gaps = [later.time - earlier.time for earlier, later in pairwise(log)]
    assert min(gaps) >= 0.19, "two requests came closer than the source's gap"


CHANNEL = Channel(
    id="zc", name="政策文件", kind="policy", family="rendered", url="http://a.test/zc/", article=r"/t\d+\.html$"
)
ROWS = "".join(f'<li><a href="/t{n}.html">关于第{n}件事的通知</a><span>2024-03-0{n}</span></li>' for n in (1, 2))


@pytest.mark.parametrize(
    ("button", "more"),
    [
        ("<button>下一页</button>", ["http://a.test/zc/#page=2"]),
        ("<a href='javascript:;'>下页</a>", ["http://a.test/zc/#page=2"]),
        ("<button disabled>下一页</button>", []),
        ("<li class='ant-pagination-disabled'><a>下一页</a></li>", []),
        ("<li aria-disabled='true'><a>下一页</a></li>", []),
        ("", []),
    ],
)
def test_the_next_page_is_asked_for_while_its_button_can_be_pressed(button: str, more: list[str]) -> None:
    [ask] = requests(CHANNEL)
    view = View.of(f"<html><body><ul>{ROWS}</ul>{button}</body></html>".encode(), ask.url, "text/html; charset=utf-8")
    listing = read(view, ask, CHANNEL)
    assert [row.url for row in listing.rows] == ["http://a.test/t1.html", "http://a.test/t2.html"]
    assert [each.url for each in listing.more] == more


def test_a_rendered_list_has_an_end() -> None:
    view = View.of(
        f"<html><ul>{ROWS}</ul><a>下一页</a></html>".encode(), "http://a.test/zc/", "text/html;charset=utf-8"
    )
    assert read(view, Ask("http://a.test/zc/#page=20"), CHANNEL).more == []
    assert (page_number("http://a.test/zc/"), page_number("http://a.test/zc/#page=7")) == (1, 7)
