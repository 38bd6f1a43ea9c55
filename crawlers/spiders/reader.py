"""What an answer means for the ledger: rows become requests, pages with their files become looks."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from crawlers.archiving import Archivist
from crawlers.families import Ask
from crawlers.frontier import FILE, LIST, PAGE, Entry, entry
from crawlers.harvest import Served, gone
from crawlers.known import is_recent
from crawlers.ledger import Ledger
from crawlers.reading import Job, ListRead, Read
from crawlers.sourcefile import Channel
from crawlers.spiders.waiting import Page, Waiting
from crawlers.workers import ReadingProcess
from schema.tables import FrontierState, Mode

ENOUGH = 10  # known and unchanged rows in a row, behind the overlap, after which a refresh leaves a list


class End(NamedTuple):
    """How a request ended."""

    entry: Entry
    state: FrontierState = FrontierState.DONE
    reason: str = ""


class Reader:
    """Reads the answers of one run into the ledger's batch."""

    def __init__(
        self, ledger: Ledger, archivist: Archivist, channels: Mapping[str, Channel], process: ReadingProcess
    ) -> None:
        self.ledger = ledger
        self.archivist = archivist
        self.channels = channels
        self.process = process
        self.waiting = Waiting()
        self._watermarks: dict[str, str | None] = {}
        self._unchanged: dict[str, int] = {}  # by list: known rows since the last one that is not

    async def read(self, each: Entry, served: Served, files: Mapping[str, Served] | None = None) -> Read:
        """Return what an answer says, read by the other process; its documents are in the batch."""
        ask = Ask(each.url, each.method, each.body)
        job = Job(each.channel_id, ask, served, each.role == LIST, each.row, files)
        found = await self.process.read(job)
        for model, values in found.documents:
            values["warc_file"], values["warc_offset"] = self.archivist.place_of(values["sha256"])
            self.ledger.batch.documents[values["sha256"]] = (model, values)
        return found

    def take_list(self, each: Entry, found: Read) -> tuple[str, ...]:
        """Put a list's rows and its further pages into the cycle; return the rows' addresses."""
        listing = found.listing or ListRead()
        root = each.parent or each.id
        stats = self.ledger.stats.of(each.channel_id)
        # Some families begin with a page that only tells where the rows are.
        is_first = each.parent is None and (bool(listing.rows) or not listing.more)
        stats.saw_list((said for _, said in listing.rows), is_first=is_first)
        stats.shapes[found.shape] += 1
        self.ledger.counts["rows"] += len(listing.rows)
        source = self.ledger.source
        own = [(url, said) for url, said in listing.rows if source.channel_of(url) is not None]
        # The others are another site's pages, or none of its articles.
        self.ledger.counts["foreign_rows"] += len(listing.rows) - len(own)
        wanted, is_over = self._fresh(each, root, own)
        batch = self.ledger.batch
        batch.found += [entry(source, each.channel_id, Ask(url), PAGE, said, parent=each.id) for url, said in wanted]
        if is_over:
            self.ledger.stop(root)
        else:
            place = each.place + 1  # so that a list's pages keep their order, whichever names them
            batch.found += [
                entry(source, each.channel_id, more, LIST, parent=root, place=place + n)
                for n, more in enumerate(listing.more)
            ]
        return tuple(url for url, _ in listing.rows)

    def _fresh(
        self, each: Entry, root: str, rows: list[tuple[str, dict[str, Any]]]
    ) -> tuple[list[tuple[str, dict[str, Any]]], bool]:
        """Return the rows whose pages are asked for, and whether the rest of the list is known."""
        if self.ledger.run.mode != Mode.REFRESH:
            return rows, False
        known = self.ledger.known(each.channel_id, [url for url, _ in rows])
        if each.channel_id not in self._watermarks:
            self._watermarks[each.channel_id] = self.ledger.watermark(each.channel_id)
        watermark = self._watermarks[each.channel_id]
        wanted, count = [], self._unchanged.get(root, 0)
        for url, said in rows:
            page = known.get(url)
            if page is not None and page.is_said_by(said) and not is_recent(page.published, watermark):
                count += 1
                self.ledger.counts["known"] += 1
            else:
                count = 0
                wanted.append((url, said))
        self._unchanged[root] = count
        return wanted, count >= ENOUGH

    async def take_page(self, page: Page, found: Read) -> End | None:
        """Put what a page says into the batch, or let it wait for its files: then None."""
        if not found.wanted:
            return self._end(page, found)
        source, each = self.ledger.source, page.entry
        files = [entry(source, each.channel_id, Ask(url), FILE, parent=each.id) for url in found.wanted]
        coming = [file for file in files if not self.ledger.finished(file.id)]
        for file in files:
            # Another page of this cycle, or a run that was killed, may have brought it already.
            if file not in coming and (ready := self.archivist.again(file)) is not None:
                page.files[file.url] = ready
        if not coming:
            return self._end(page, await self.read(each, page.served, page.files))
        page.open |= {file.id for file in coming}
        self.waiting.hold(page)
        self.ledger.batch.found.extend(coming)
        return None

    async def take_file(self, each: Entry, served: Served | None) -> list[End]:
        """Hand a file (None: it cannot be had) to its pages; return the ends of those that are complete."""
        ready = self.waiting.arrived(each, served)
        return [self._end(page, await self.read(page.entry, page.served, page.files)) for page in ready]

    def take_gone(self, each: Entry, served: Served) -> None:
        """Note that a page is no more there."""
        self.ledger.batch.looks.append(gone(self.ledger.source, self.channels[each.channel_id], each.url, served))
        totals = self.ledger.stats.of(each.channel_id).totals
        totals["gone"] += 1
        totals["asked"] += 1

    def _end(self, page: Page, found: Read) -> End:
        """Put what a page says, its files read, into the batch."""
        each, counts, stats = page.entry, self.ledger.counts, self.ledger.stats.of(page.entry.channel_id)
        counts["unread_files"] += len(found.unread)
        stats.totals["asked"] += 1
        if found.refused is not None:
            reason, is_gone = found.refused
            counts["not_a_record"] += 1
            if is_gone:
                self.take_gone(each, page.served)
            elif page.is_fresh:
                stats.totals["refused"] += 1
            return End(each, FrontierState.DONE, f"no record: {reason}")
        if found.look is None:
            return End(each, FrontierState.FAILED, found.error)
        self.ledger.batch.looks.append(found.look)
        for observation in found.look.observations:
            counts["warnings"] += len(observation.extraction.warnings)
            if page.is_fresh:
                stats.saw_record(observation.extraction, observation.content_hash)
        if page.is_fresh:
            stats.totals["pages"] += 1
            stats.shapes[found.shape] += 1
        return End(each)
