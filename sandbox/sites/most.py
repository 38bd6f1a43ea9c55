"""科技部: TRS WCM, metadata in th/td pairs, the title in an h1, one list page."""

from sandbox.facts import Fact, facts
from sandbox.site import Site
from sandbox.sites.trs import add_lists

FOLDER = "/xxgk/fdzdgknr"


def build(said: tuple[Fact, ...] | None = None) -> Site:
    """Return the site with its one list page; `said` stands for its facts."""
    site = Site("most", "www.most.sandbox.test", "科学技术部", None, said or facts("most"))
    site.add_common(f"{FOLDER}/index.html")
    add_lists(site, FOLDER, per_page=20)
    return site
