"""How the crawler introduces itself to a host: the same words in a crawl and in a single visit."""

from importlib.metadata import version

VERSION = version("samplebase")
ROBOT = "samplebase"  # the name by which robots.txt may speak of us
HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/json,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
    "Accept-Encoding": "gzip, deflate",  # what the archive can decode again
}


def user_agent(contact: str) -> str:
    """Return the User-Agent header: who asks, and where to complain."""
    return f"{ROBOT}/{VERSION} (+{contact})"
