import http.client
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from sandbox.server import Server
from sandbox.site import Request
from sandbox.sites import sites
from sandbox.truth import policies, urls

Ask = Callable[..., Any]  # the fixture `ask`: a Request to status, headers, body
HOSTS = sorted(sites())


@pytest.mark.parametrize("host", HOSTS)
def test_every_host_answers_as_through_a_proxy(ask: Ask, server: Server, host: str) -> None:
    answer = ask(Request("GET", f"http://{host}/"))
    assert answer.status == 200
    assert (server.log[-1].host, server.log[-1].path, server.log[-1].status) == (host, "/", 200)


@pytest.mark.parametrize("host", HOSTS)
def test_every_host_answers_by_its_host_header(server: Server, host: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", "/robots.txt", headers={"Host": f"{host}:80"})
    response = connection.getresponse()
    assert (response.status, response.read()) == (200, b"User-agent: *\nDisallow: /private/\n")
    connection.close()


def test_a_connection_is_kept_over_many_requests(ask: Ask) -> None:
    answers = [ask(Request("GET", f"http://{host}/robots.txt")) for host in HOSTS]
    assert {answer.status for answer in answers} == {200}


def test_every_page_of_the_truth_is_there_and_shows_its_title(ask: Ask) -> None:
    for row in policies():
        answer = ask(Request("GET", row["url"]))
        encoding = "gbk" if row["site"] == "nanjing" else "utf-8"
        assert answer.status == 200
        assert row["expected"]["title"] in answer.body.decode(encoding)


def test_every_request_of_a_crawler_is_answered_with_200_and_the_same_bytes(ask: Ask) -> None:
    for request in urls():
        first, second = ask(request), ask(request)
        assert first.status == 200, request.url
        assert first == second


def test_what_is_not_there_is_a_real_404(ask: Ask) -> None:
    for host in HOSTS:
        answer = ask(Request("GET", f"http://{host}/no/such/page.html"))
        assert answer.status == 404
        assert b"404" in answer.body


def test_an_unknown_host_is_a_bad_gateway(ask: Ask) -> None:
    assert ask(Request("GET", "http://www.example.com/")).status == 502


def test_an_unchanged_page_is_not_sent_again(ask: Ask) -> None:
    request = Request("GET", policies()[0]["url"])
    answer = ask(request, **{"If-None-Match": ask(request).headers["ETag"]})
    assert (answer.status, answer.body) == (304, b"")


def test_a_body_of_a_false_length_is_refused(ask: Ask) -> None:
    answer = ask(Request("POST", f"http://{HOSTS[0]}/"), **{"Content-Length": "99999999"})
    assert answer.status == 400


def test_a_page_forbidden_to_robots_is_linked_and_not_among_the_requests(ask: Ask) -> None:
    for host in HOSTS:
        assert b"/private/internal.html" in ask(Request("GET", f"http://{host}/")).body
        assert ask(Request("GET", f"http://{host}/private/internal.html")).status == 200
    assert not [request.url for request in urls() if "/private/" in request.url]


def test_the_log_is_in_the_order_of_time(server: Server, ask: Ask) -> None:
    ask(Request("GET", f"http://{HOSTS[0]}/"))
    ask(Request("GET", f"http://{HOSTS[0]}/"))
    assert all(a.time <= b.time for a, b in pairwise(server.log))


def test_the_command_serves_until_it_is_told_to_stop() -> None:
    with subprocess.Popen([sys.executable, "-m", "sandbox.server"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[0]
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
        connection.request("GET", f"http://{HOSTS[0]}/robots.txt")
        assert connection.getresponse().status == 200
        connection.close()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def test_a_taken_port_is_said_in_one_line(server: Server) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sandbox.server", "--port", str(server.port)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "choose another --port" in done.stderr
    assert len(done.stderr.splitlines()) == 1
