"""The sandbox's sites, each of another family of content-management system."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from sandbox.site import Site
from sandbox.sites import gd, hubei, most, nanjing


@lru_cache(maxsize=1)
def sites() -> Mapping[str, Site]:
    """Return the sites by host name."""
    built = (hubei.build(), gd.build(), nanjing.build(), most.build())
    return MappingProxyType({site.host: site for site in built})
