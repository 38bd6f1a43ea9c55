"""Further list templates, one column each: the facts of 湖北 as other content-management systems list them.

They have a registry of their own: `sandbox.sites` and `sandbox.truth` do not know them.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from sandbox.sites.lists import html, json
from sandbox.sites.lists.column import Column


@lru_cache(maxsize=1)
def columns() -> Mapping[str, Column]:
    """Return the columns by host name."""
    return MappingProxyType({column.site.host: column for column in (*json.columns(), *html.columns())})
