"""The rows of a shard -> Parquet, one file a kind and day; compact while they wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from chancery.articles import Report
from chancery.articles.report import possible
from chancery.batch.columns import columns_of
from chancery.batch.gates import Gated
from chancery.errors import InputError, MissingExtraError, ReadingError
from chancery.export.parquet import schema_of
from chancery.export.tables import dictionary, rows
from chancery.export.told import Links
from chancery.ledger.identity import digest_of, identity_of
from chancery.lots import Done
from chancery.records import Article

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["PARTITIONS", "UNKNOWN", "Place", "Tables", "reports_schema"]

# How engines of SQL name the partition of rows without a value.
UNKNOWN = "__HIVE_DEFAULT_PARTITION__"

# What the files are parted by -> how much of the day, as YYYY-MM-DD, it takes.
PARTITIONS: Mapping[str, int] = {"day": 10, "month": 7, "year": 4, "none": 0}

# Rows that wait as Python values before they are packed: a row takes a tenth of the memory then.
WAITING = 2_000

# Text and JSON shrink to a fifth; a higher level takes longer than it saves.
COMPRESSION_LEVEL = 3

type Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stood: the shard, and its number among the shard's pages."""

    shard: str
    number: int


def reports_schema() -> pa.Schema:
    """Return the layout of the kind `reports`."""
    return schema_of(columns_of()["reports"])


@dataclass
class Tables:
    """Gathers the rows of all kinds of one shard.

    Attributes:
        partition: a key of `PARTITIONS`.
    """

    partition: str = "day"
    _waiting: dict[str, list[Row]] = field(default_factory=dict)
    _packed: dict[str, list[pa.Table]] = field(default_factory=dict)

    def read(self, place: Place, done: Done) -> None:
        """Add a report that was read, and all its records."""
        reading = done.reading
        for kind in dictionary():
            self._add(kind, rows(kind, reading, Links()))
        self._add("reports", [_report_row(place, done)])

    def gated(self, place: Place, report: Report | InputError, why: Gated) -> None:
        """Add a page that a gate kept from being read."""
        row: Row = {"shard": place.shard, "number": place.number, "source": report.source}
        row |= {"source_place": report.place, "gate": why.gate, "reason": why.reason, "of": why.of}
        if isinstance(report, Report):
            article = report.article
            row |= {
                "article": article.id,
                "publisher": article.publisher,
                "published_day": _day(article.published),
                "url": article.url,
                "title": article.title,
                "words": len(article.text.split()),
            }
        self._add("gated", [row])

    def failed(self, place: Place, error: InputError | ReadingError, article: Article | None = None) -> None:
        """Add a page that could not be read; `article` is what was found in it, if it failed in reading."""
        told = (
            ("open", error.problem, error.mend)
            if isinstance(error, InputError)
            else ("read", str(error), "it is tried again with another version of Chancery")
        )
        row: Row = {"shard": place.shard, "number": place.number, "source": error.source}
        row |= {"source_place": error.place}
        if article:
            row |= {"published_day": _day(article.published)}
            row |= {"identity": identity_of(article), "digest": digest_of(article)}
        self._add("failures", [row | dict(zip(("stage", "problem", "mend"), told, strict=True))])

    def files(self, name: str) -> Iterator[tuple[str, bytes]]:
        """Yield the files: the path of each in the output, and its bytes.

        Args:
            name: of the shard.
        """
        pa, pq = _arrow()
        for kind in columns_of():
            self._pack(kind)
            if not (packed := self._packed.pop(kind, None)):
                continue
            table = pa.concat_tables(packed)
            for value, part in self._parts(table):
                sink = pa.BufferOutputStream()
                pq.write_table(part, sink, compression="zstd", compression_level=COMPRESSION_LEVEL)
                folder = f"{kind}/{self.partition}={value}" if self.partition != "none" else kind
                yield f"{folder}/{name}.parquet", sink.getvalue().to_pybytes()

    def _parts(self, table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
        if self.partition == "none":
            yield "", table
            return
        values = [
            UNKNOWN if day is None else day.isoformat()[: PARTITIONS[self.partition]]
            for day in table.column("published_day").to_pylist()
        ]
        at: dict[str, list[int]] = {}
        for row, value in enumerate(values):
            at.setdefault(value, []).append(row)
        for value in sorted(at):
            yield value, table.take(at[value])

    def _add(self, kind: str, new: Iterator[Row] | Sequence[Row]) -> None:
        waiting = self._waiting.setdefault(kind, [])
        waiting.extend(new)
        if len(waiting) >= WAITING:
            self._pack(kind)

    def _pack(self, kind: str) -> None:
        if waiting := self._waiting.pop(kind, None):
            pa, _ = _arrow()
            plain = [{name: _plain(value) for name, value in row.items()} for row in waiting]
            table = pa.Table.from_pylist(plain, schema_of(columns_of()[kind]))
            self._packed.setdefault(kind, []).append(table)


def _report_row(place: Place, done: Done) -> Row:
    article = done.reading.article
    return {
        "article": article.id,
        "publisher": article.publisher,
        "published_day": _day(article.published),
        "shard": place.shard,
        "number": place.number,
        "source": done.file,
        "source_place": done.place,
        "maker": done.maker,
        "text": article.text,
        "reading": done.reading.model_dump_json(exclude={"article": {"text"}}),
    }


def _day(published: datetime | date | None) -> date | None:
    return published.date() if isinstance(published, datetime) else published


def _plain(value: object) -> object:
    """Put U+FFFD for each half of a character, as names of files and titles may hold."""
    return possible(value) if isinstance(value, str) else value


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("batch", "batch") from error
    return pa, pq
