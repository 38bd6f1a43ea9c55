"""The static list pages of TRS WCM: `index.html`, `index_1.html`, …, each a slice of the facts."""

from sandbox.site import Request, Site


def add_lists(site: Site, folder: str, per_page: int) -> None:
    """Add a column's list pages, `per_page` rows each, and the requests for them."""
    count = -(-len(site.facts) // per_page)
    for number in range(count):
        path = f"{folder}/index{f'_{number}' if number else ''}.html"
        rows = site.facts[number * per_page : (number + 1) * per_page]
        site.pages[path] = site.html(f"{site.key}/list.html", rows=rows, count=count, number=number)
        site.lists.append(Request("GET", site.url(path)))
