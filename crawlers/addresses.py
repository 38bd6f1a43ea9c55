"""Addresses as sites print them: a broken one is no address, and never an error."""

from urllib.parse import urldefrag, urljoin, urlsplit


def absolute(base: str, link: str) -> str | None:
    """Return a link as an absolute http(s) address without its fragment, or None when it is none."""
    try:
        url = urldefrag(urljoin(base, link.strip())).url
        parts = urlsplit(url)
        return url if parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None


def host_of(url: str) -> str:
    """Return the host of an address in lower case; "" for what is no address."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
