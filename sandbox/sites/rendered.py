"""A site whose list is drawn by a script, out of JSON, page by page on its own button; its articles are plain pages."""

import json
import re

from sandbox.facts import facts
from sandbox.site import Page, Site

HOST = "www.rendered.sandbox.test"
LIST = "/zwgk/zcwj/"
TRACKER = "http://tracker.sandbox.test/t.js"  # another host: a guest's browser does not load it
PER_PAGE = 5
_ROWS = re.compile(r"^/api/policies\?page=(\d{1,3})$")
_SHELL = f"""<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>政策文件</title>
<link rel="stylesheet" href="/app.css"><script src="{TRACKER}"></script></head>
<body><div id="app"></div><img src="/logo.png"><script src="/app.js"></script></body></html>"""
_SCRIPT = """
let page = 1;
async function draw() {
  const answer = await fetch(`/api/policies?page=${page}`);
  const data = await answer.json();
  fetch('/private/counter.json').catch(() => 0);
  const rows = data.rows.map(r =>
    `<li class="row"><a href="${r.url}" title="${r.title}">${r.title}</a><span class="day">${r.day}</span></li>`);
  const last = page >= data.pages;
  document.getElementById('app').innerHTML = `<ul class="list">${rows.join('')}</ul>
    <div class="pager"><button class="next ${last ? 'disabled' : ''}" ${last ? 'disabled' : ''}>下一页</button></div>`;
  document.querySelector('.next').onclick = () => { page += 1; draw(); };
}
draw();
"""


def build() -> Site:
    """Return the site: the policies of 湖北, on a host of their own."""
    site = Site("hubei", HOST, "湖北省人民政府", "420000", facts("hubei"))
    site.add_common(LIST)
    site.pages[LIST] = Page(_SHELL.encode(), "text/html; charset=utf-8")
    site.pages["/app.js"] = Page(_SCRIPT.encode(), "text/javascript; charset=utf-8")
    site.pages["/app.css"] = Page(b".row { display: list-item }", "text/css")

    def rows(_method: str, target: str, _body: bytes) -> Page | None:
        found = _ROWS.match(target)
        return None if found is None else _page(site, int(found[1]))

    site.dynamic = rows
    return site


def _page(site: Site, number: int) -> Page:
    chosen = site.facts[(number - 1) * PER_PAGE : number * PER_PAGE]
    rows = [{"url": fact.path, "title": fact.title, "day": fact.published_date} for fact in chosen]
    pages = -(-len(site.facts) // PER_PAGE)
    return Page(json.dumps({"rows": rows, "pages": pages}).encode(), "application/json")
