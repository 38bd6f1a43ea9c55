import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import pytest

from sandbox.site import Request
from sandbox.sites import nanjing, sites
from sandbox.truth import policies

Ask = Callable[..., Any]  # the fixture `ask`: a Request to status, headers, body
GD = "http://www.gd.sandbox.test"


def expected_urls(site: str) -> list[str]:
    return [row["url"] for row in policies() if row["site"] == site]


def named_by(answers: list[tuple[str, str]], site: str) -> list[str]:
    known = set(expected_urls(site))
    links = [urljoin(base, link) for base, text in answers for link in re.findall(r"href=[\"']([^\"']+)", text)]
    return [link for link in links if link in known]


@pytest.mark.parametrize("key", ["hubei", "most"])
def test_static_lists_name_every_article_once_in_the_order_of_the_truth(ask: Ask, key: str) -> None:
    site = next(site for site in sites().values() if site.key == key)
    answers = [(request.url, ask(request).body.decode()) for request in site.lists]
    assert named_by(answers, key) == expected_urls(key)
    assert f'createPageHTML({len(answers)}, 0, "index", "html")' in answers[0][1]


def test_hubei_has_three_list_pages_and_no_fourth(ask: Ask) -> None:
    base = "http://www.hubei.sandbox.test/zfxxgk/zc/index"
    statuses = [ask(Request("GET", f"{base}{suffix}.html")).status for suffix in ("", "_1", "_2", "_3")]
    assert statuses == [200, 200, 200, 404]


def test_the_json_list_names_every_article_once_and_ends(ask: Ask) -> None:
    pages = [json.loads(ask(Request("GET", f"{GD}/gkmlpt/api/all/5?page={n}&sid=2")).body) for n in (1, 2, 3)]
    assert [article["url"] for page in pages for article in page["articles"]] == expected_urls("gd")
    assert [len(page["articles"]) for page in pages] == [10, 5, 0]
    assert {page["total"] for page in pages} == {15}


def test_the_json_list_says_what_is_repealed_and_what_has_run_out(ask: Ask) -> None:
    truth = {row["url"]: row["expected"].get("validity") for row in policies()}
    for number in (1, 2):
        for article in json.loads(ask(Request("GET", f"{GD}/gkmlpt/api/all/5?page={number}&sid=2")).body)["articles"]:
            assert article["is_abolished"] == int(truth[article["url"]] == "repealed")
            assert article["is_expired"] == int(truth[article["url"]] == "expired")


def test_the_json_list_of_another_column_is_not_there(ask: Ask) -> None:
    assert ask(Request("GET", f"{GD}/gkmlpt/api/all/6?page=1&sid=2")).status == 404


@pytest.mark.parametrize("size", [1, 2, 5, 15])
def test_the_data_proxy_names_every_article_once_in_any_page_size(ask: Ask, size: int) -> None:
    site = sites()["www.nanjing.sandbox.test"]
    answers = [(request.url, ask(request).body.decode()) for request in nanjing.list_requests(site, size)]
    assert named_by(answers, "nanjing") == expected_urls("nanjing")
    assert all("<totalrecord>16</totalrecord>" in text for _, text in answers)


def test_the_data_proxy_gives_nothing_without_its_form(ask: Ask) -> None:
    site = sites()["www.nanjing.sandbox.test"]
    answer = ask(Request("POST", nanjing.list_requests(site, 15)[0].url, b"columnid=9&unitid=9&webid=9"))
    assert b"<totalrecord>0</totalrecord>" in answer.body


def test_nanjing_pages_really_are_gbk_and_only_their_meta_tag_says_so(ask: Ask) -> None:
    for url in [*expected_urls("nanjing"), "http://www.nanjing.sandbox.test/col/col1001/index.html"]:
        answer = ask(Request("GET", url))
        assert answer.headers["Content-Type"] == "text/html"
        assert b"charset=gb2312" in answer.body
        assert "南京" in answer.body.decode("gbk")
        with pytest.raises(UnicodeDecodeError):
            answer.body.decode("utf-8")


def test_no_page_lacks_a_line_of_its_text(ask: Ask) -> None:
    for row in policies():
        text = ask(Request("GET", row["url"])).body.decode("gbk" if row["site"] == "nanjing" else "utf-8")
        assert all(f">{line}</p>" in text for line in row["expected"]["text"].splitlines())


def test_an_attachment_is_a_docx_with_the_plan(ask: Ask) -> None:
    files = [file["url"] for row in policies() for file in row["expected"].get("attachments", [])]
    assert files
    for url in files:
        with zipfile.ZipFile(io.BytesIO(ask(Request("GET", url)).body)) as archive:
            assert "<w:p>" in archive.read("word/document.xml").decode()


def test_every_address_belongs_to_a_reserved_name_and_stands_once() -> None:
    counts = Counter(row["url"] for row in policies())
    assert max(counts.values()) == 1
    assert all(re.match(r"http://www\.\w+\.sandbox\.test/", url) for url in counts)
