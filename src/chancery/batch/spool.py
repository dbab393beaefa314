"""What waits between sifting and reading: the pages of a shard, opened and judged, in one file."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from chancery.articles import Report
from chancery.batch.gates import Gated
from chancery.errors import InputError
from chancery.records import Article

__all__ = ["Page", "Spooled", "read_spool", "spool_path", "write_spool"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a shard: the report or the error that came of it, and what kept it from being read."""

    found: Report | InputError
    gated: Gated | None = None


@dataclass(frozen=True, slots=True)
class Spooled:
    """A shard that was sifted.

    Attributes:
        pages: in order.
        digest: of the bytes it was made of.
        seconds: that sifting took.
    """

    pages: Sequence[Page]
    digest: str
    seconds: float


def spool_path(work: str, shard: str) -> Path:
    """Say where a shard waits."""
    return Path(work) / f"{shard}.sifted"


def write_spool(path: Path, spooled: Spooled) -> None:
    """Write a shard, whole or not at all. Raises OSError."""
    temporary = path.with_suffix(".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    # Plain ASCII, so that half a character in a title or in the name of a file comes through.
    with gzip.open(temporary, "wt", encoding="ascii", compresslevel=1) as file:
        file.write(json.dumps({"digest": spooled.digest, "seconds": spooled.seconds}) + "\n")
        for page in spooled.pages:
            file.write(json.dumps(_row(page), default=_written) + "\n")
    temporary.replace(path)


def _row(page: Page) -> dict[str, Any]:
    found, gated = page.found, page.gated
    row: dict[str, Any] = {"source": found.source, "place": found.place}
    if isinstance(found, Report):
        row |= {"article": found.article.model_dump(mode="python"), "notes": found.notes}
    else:
        row["error"] = [found.problem, found.mend]
    return row | ({"gated": [gated.gate, gated.reason, gated.of]} if gated else {})


def _written(value: date) -> str:
    return value.isoformat()


def read_spool(path: Path) -> Spooled:
    """Read a shard that waits.

    Raises:
        OSError: there is none.
    """
    with gzip.open(path, "rt", encoding="ascii") as file:
        about = json.loads(file.readline())
        pages = [_page(json.loads(line)) for line in file]
    return Spooled(pages, about["digest"], about["seconds"])


def _page(row: dict[str, Any]) -> Page:
    gated = Gated(*row["gated"]) if "gated" in row else None
    if "error" in row:
        problem, mend = row["error"]
        return Page(InputError(row["source"], problem, mend, place=row["place"]), gated)
    article = Article.model_validate(row["article"])
    return Page(Report(article, tuple(row["notes"]), row["source"], row["place"]), gated)
