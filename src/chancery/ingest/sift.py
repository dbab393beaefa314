"""The stream of reports, less those that the ledger has: they keep their place and are not read again.

What is known is decided by the ledger and by what is under way in this run, and
never by how far the writer is: a run that was killed and goes on decides as
the undisturbed run would have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from sqlalchemy import Connection, Select, select

from chancery import __version__
from chancery.articles import Options, Report, read_bytes, read_reports
from chancery.articles.fetch import fetch, is_address
from chancery.articles.source import LARGEST
from chancery.batch.output import Failure, contents_of, is_output
from chancery.errors import InputError
from chancery.ledger import Ledger
from chancery.ledger.identity import digest_of, identity_of
from chancery.ledger.schema.reports import failures, feeds, readings, report_versions, reports
from chancery.lots import Done, Item, Passed

__all__ = ["FAILED_BY", "FeedEnd", "Known", "Sifter"]

# What is said of a failure: it is tried again when Chancery is another, or when asked for.
FAILED_BY = f"chancery {__version__}"

LOOKED_AT = 64

# Notes of how a report was taken in, which reading it anew from the ledger would lose.
TAKEN_IN = ("encoding:", "text:", "language:", "published:", "feed:")


@dataclass(frozen=True, slots=True)
class Known(Passed):
    """A report that the ledger has, or that failed before and would again."""

    failed: bool = False


@dataclass(frozen=True, slots=True)
class FeedEnd(Passed):
    """Where all reports of an address have come by: only now its ETag may be kept."""

    url: str = ""
    etag: str | None = None
    last_modified: str | None = None


@dataclass
class Sifter:
    """Decides what is to be read.

    Attributes:
        ledger: where the reports will go.
        options: what the user says of the reports beforehand.
        maker: read known reports anew that another maker read; None leaves them.
        retry: try reports again that failed.
        under_way: (source, place) -> (identity, digest) of reports not yet in the ledger.
        came_back: identity -> digest of the wording that came last, for reports of several.
    """

    ledger: Ledger
    options: Options
    maker: str | None = None
    retry: bool = False
    under_way: dict[tuple[str, str | None], tuple[str, str]] = field(default_factory=dict)
    came_back: dict[str, str] = field(default_factory=dict)

    def stream(self, sources: Sequence[str]) -> Iterator[Item]:
        """Yield what is to be read, and marks for what is not, in the order of the sources."""
        with self.ledger.connect() as connection:
            for item in self._items(sources):
                yield self._sifted(item, connection) if isinstance(item, Report | Done) else item

    def _items(self, sources: Sequence[str]) -> Iterator[Item]:
        if not sources:
            yield from self._own()
        for source in sources:
            if is_output(source):
                yield from self._of_batch(source)
            elif is_address(source):
                yield from self._fetched(source)
            else:
                yield from read_reports([source], self.options)

    def _fetched(self, url: str) -> Iterator[Item]:
        with self.ledger.connect() as connection:
            query = select(feeds.c.etag, feeds.c.last_modified).where(feeds.c.url == url)
            etag, last_modified = connection.execute(query).first() or (None, None)
        try:
            found = fetch(url, LARGEST, etag=etag, last_modified=last_modified)
        except InputError as error:
            yield error
            return
        if found is None:
            return
        broken = False
        for item in read_bytes(found.data, url, self.options, found.content_type):
            broken = broken or isinstance(item, InputError)
            yield item
        if not broken:  # else it is asked for whole again, when it may be mended
            yield FeedEnd(url=url, etag=found.etag, last_modified=found.last_modified)

    def _of_batch(self, out: str) -> Iterator[Item]:
        """Hand out what a batch read, in the order of its archive, and what it failed at."""
        with self.ledger.connect() as connection:
            for one in contents_of(out):
                if not isinstance(one, Failure):
                    yield one
                    continue
                if one.digest and not self.retry:
                    known = connection.execute(_failed(one.digest)).first() is not None
                    connection.rollback()  # as in _sifted
                    if known:
                        yield Known(failed=True)
                        continue
                if one.digest:
                    self.under_way[one.error.source, one.error.place] = one.identity, one.digest
                yield one.error

    def _own(self) -> Iterator[Report]:
        """Hand out the ledger's own reports, to be read anew without their sources."""
        with self.ledger.connect() as connection:
            keys = (
                connection.execute(select(readings.c.version_key).order_by(readings.c.version_key))
                .scalars()
                .all()
            )
        for some in batched(keys, LOOKED_AT):  # not all in one look: the writer goes on meanwhile
            for key, reading in list(self.ledger.readings(some)):
                notes = tuple(note for note in reading.notes if note.startswith(TAKEN_IN))
                yield Report(reading.article, notes, str(self.ledger.path), f"version {key}")

    def _sifted(self, report: Report | Done, connection: Connection) -> Item:
        article = report.article if isinstance(report, Report) else report.reading.article
        place = (report.source if isinstance(report, Report) else report.file), report.place
        identity, digest = identity_of(article), digest_of(article)
        size = len(article.text)
        if (identity, digest) in self.under_way.values():
            self.came_back[identity] = digest
            return Known(size)
        read_by, current = connection.execute(_read_by(identity, digest)).first() or (None, True)
        failed = not self.retry and connection.execute(_failed(digest)).first() is not None
        connection.rollback()  # the next look must see what was committed since
        self._seen(identity, digest, current=current)
        if failed or (read_by is not None and self.maker in {None, read_by}):
            return Known(size, failed=failed)
        self.under_way[place] = identity, digest
        return report

    def _seen(self, identity: str, digest: str, *, current: bool) -> None:
        """Keep which wording of a report came last, where it may be another than the one last added."""
        reworded = identity in self.came_back or any(identity == one for one, _ in self.under_way.values())
        if reworded or not current:
            self.came_back[identity] = digest

    def landed(self, source: str, place: str | None) -> tuple[str | None, str | None]:
        """Forget a report that is in the ledger now, or has failed; return its identity and digest."""
        return self.under_way.pop((source, place), (None, None))


def _read_by(identity: str, digest: str) -> Select[Any]:
    return (
        select(readings.c.maker, report_versions.c.is_current)
        .join(report_versions, report_versions.c.version_key == readings.c.version_key)
        .join(reports, reports.c.report_key == report_versions.c.report_key)
        .where(reports.c.identity == identity, report_versions.c.content_digest == digest)
    )


def _failed(digest: str) -> Select[Any]:
    return select(failures.c.failure_key).where(
        failures.c.content_digest == digest, failures.c.maker == FAILED_BY, failures.c.stage != "fetch"
    )
