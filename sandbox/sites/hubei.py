"""湖北省: TRS WCM, UTF-8 without a charset in the header, metadata in rows of four cells."""

from sandbox.facts import Fact, facts
from sandbox.site import Site
from sandbox.sites.trs import add_lists

FOLDER = "/zfxxgk/zc"


def build(said: tuple[Fact, ...] | None = None) -> Site:
    """Return the site with three list pages; `said` stands for its facts."""
    site = Site(
        "hubei",
        "www.hubei.sandbox.test",
        "湖北省人民政府门户网站",
        "420000",
        said or facts("hubei"),
        html_type="text/html",
    )
    site.add_common(f"{FOLDER}/index.html")
    add_lists(site, FOLDER, per_page=7)
    return site
