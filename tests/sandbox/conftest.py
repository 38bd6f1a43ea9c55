import http.client
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from sandbox.server import Server, serve
from sandbox.site import Request


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


@pytest.fixture
def ask(server: Server) -> Iterator[Ask]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)

    def send(request: Request, **headers: str) -> Answer:
        named = {"Content-Type": "application/x-www-form-urlencoded"} if request.body else {}
        connection.request(request.method, request.url, request.body or None, named | headers)
        response = connection.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read())

    yield send
    connection.close()
