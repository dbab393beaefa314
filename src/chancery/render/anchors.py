"""Names for the records inside a page: what links, lights and anchors go by.

Record ids come from readings that anybody may have made. Only ids of the usual
form (a letter and a number) enter the page as they are, so that ``#s5`` is
statement s5; any other is renamed.
"""

from __future__ import annotations

import re

from chancery.records import Reading

__all__ = ["Anchors"]

_USUAL = re.compile(r"[a-z][0-9]{1,9}", re.ASCII)

KINDS = ("statements", "events", "positions", "figures", "places", "times")


class Anchors:
    """Page ids by record kind and id, unique over everything that shares the prefix."""

    def __init__(self, reading: Reading, prefix: str = "") -> None:
        self.prefix = prefix
        self._names: dict[tuple[str, str], str] = {}
        taken: set[str] = set()
        renamed = 0
        for kind in KINDS:
            for record in getattr(reading, kind):
                name = record.id
                if not _USUAL.fullmatch(name) or name in taken:
                    renamed += 1
                    name = f"x{renamed}-"  # a hyphen, which no usual id has
                taken.add(name)
                self._names.setdefault((kind, record.id), name)

    def of(self, kind: str, record_id: str) -> str:
        """Return the page id of a record; of one that the reading lacks, an id that leads nowhere."""
        return self.prefix + self.short(kind, record_id)

    def short(self, kind: str, record_id: str) -> str:
        """Return the page id without the prefix, to be shown."""
        return self._names.get((kind, record_id), "none-")

    def words(self, kind: str, record_id: str) -> str:
        """Return the page id of the place where the words of a record start."""
        return f"{self.of(kind, record_id)}-w"

    def line(self, number: int) -> str:
        """Return the page id of a line of the text."""
        return f"{self.prefix}L{number}"
