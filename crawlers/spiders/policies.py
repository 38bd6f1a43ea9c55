"""The spider of policies (政策文件)."""

from crawlers.spiders.base import HarvestSpider


class PolicySpider(HarvestSpider):
    """Crawls the policy columns of one source."""

    name = "policies"
