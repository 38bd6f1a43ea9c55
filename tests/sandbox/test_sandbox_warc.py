import base64
import json
import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from sandbox import capture as capture_module
from sandbox.capture import capture
from sandbox.pages_to_warc import main as pages_main
from sandbox.pages_to_warc import pages_to_warc
from sandbox.site import Request
from sandbox.truth import policies, urls
from schema.errors import InputError, RunError

WHEN = datetime(2023, 11, 1, 8, tzinfo=UTC)
REAL = Path(os.environ.get("SAMPLEBASE_REAL_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))


def records(path: Path) -> list[tuple[str, str, str, bytes, Any]]:
    with path.open("rb") as file:
        return [
            (
                record.rec_type,
                record.rec_headers.get_header("WARC-Target-URI"),
                record.rec_headers.get_header("WARC-Date"),
                record.content_stream().read(),
                record.http_headers,
            )
            for record in ArchiveIterator(file, check_digests=True)
        ]


@pytest.fixture(scope="module")
def captured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("capture") / "sandbox.warc.gz"
    assert capture(out, WHEN) == len(urls())
    return out


def test_every_address_is_captured_once_with_its_request(captured: Path) -> None:
    counts = Counter((kind, url) for kind, url, *_ in records(captured))
    assert counts == Counter((kind, request.url) for request in urls() for kind in ("request", "response"))
    assert max(counts.values()) == 1


def test_responses_carry_the_bytes_and_headers_as_served(captured: Path) -> None:
    bodies = {url: (body, headers) for kind, url, _, body, headers in records(captured) if kind == "response"}
    for row in policies():
        body, headers = bodies[row["url"]]
        assert row["expected"]["title"] in body.decode("gbk" if row["site"] == "nanjing" else "utf-8")
        assert headers.get_header("Content-Length") == str(len(body))
        assert headers.get_header("ETag")


def test_a_post_keeps_its_form_in_the_request_record(captured: Path) -> None:
    posts = {request.url: request.body for request in urls() if request.method == "POST"}
    sent = {url: body for kind, url, _, body, _ in records(captured) if kind == "request" and body}
    assert len(posts) >= 3
    assert sent == posts


def test_a_capture_has_the_date_that_was_asked_for_and_is_the_same_every_time(captured: Path, tmp_path: Path) -> None:
    capture(tmp_path / "again.warc.gz", WHEN)

    def plain(path: Path) -> list[tuple[Any, ...]]:
        return [(*record[:4], record[4].to_str()) for record in records(path)]

    assert plain(captured) == plain(tmp_path / "again.warc.gz")
    assert {when for _, _, when, *_ in records(captured)} == {"2023-11-01T08:00:00Z"}


def test_a_capture_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "sandbox.warc.gz"
    out.write_bytes(b"old")
    missing = Request("GET", "http://www.gd.sandbox.test/no/such/page")
    monkeypatch.setattr(capture_module, "urls", lambda: [*urls()[:3], missing])
    with pytest.raises(RunError, match="404"):
        capture(out)
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]


def jsonl(path: Path, *pages: object) -> Path:
    path.write_text("\n".join(json.dumps(page, ensure_ascii=False) for page in pages), encoding="utf-8")
    return path


def test_saved_pages_become_responses_with_their_own_dates(tmp_path: Path) -> None:
    pages = jsonl(
        tmp_path / "pages.jsonl",
        {"url": "http://a.test/1", "html": "<p>一\u2028行</p>", "fetched": "2019-02-13"},
        {"url": "http://a.test/2", "html_base64": base64.b64encode("<p>二</p>".encode("gbk")).decode()},
    )
    assert pages_to_warc(pages, tmp_path / "out.warc.gz") == 2
    first, second = records(tmp_path / "out.warc.gz")
    assert first[:4] == ("response", "http://a.test/1", "2019-02-13T00:00:00Z", "<p>一\u2028行</p>".encode())
    assert first[4].get_header("Content-Type") == "text/html; charset=utf-8"
    assert second[:4] == ("response", "http://a.test/2", "2020-01-01T00:00:00Z", "<p>二</p>".encode("gbk"))
    assert second[4].get_header("Content-Type") == "text/html"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "no JSON"),
        ("[]", "no url"),
        ('{"url": "http://a.test/"}', "no page"),
        ('{"url": "http://a.test/", "html_base64": "*"}', "html_base64"),
        ('{"url": "http://a.test/", "html": "", "fetched": "gestern"}', "no ISO date"),
    ],
)
def test_a_bad_line_is_refused_and_nothing_is_written(tmp_path: Path, line: str, what: str) -> None:
    pages = tmp_path / "pages.jsonl"
    pages.write_text(f'{{"url": "http://a.test/0", "html": "x"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(InputError, match=what):
        pages_to_warc(pages, tmp_path / "out.warc.gz")
    assert list(tmp_path.iterdir()) == [pages]


def test_the_command_says_what_is_wrong_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pages_main([str(tmp_path / "none.jsonl"), str(tmp_path / "out.warc.gz")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.skipif(not REAL.is_dir(), reason="the real pages are not on this machine")
def test_the_state_councils_saved_pages_become_a_warc(tmp_path: Path) -> None:
    count = pages_to_warc(REAL / "pages" / "state_council_policies.jsonl", tmp_path / "out.warc.gz")
    assert count == len(records(tmp_path / "out.warc.gz")) == 20
