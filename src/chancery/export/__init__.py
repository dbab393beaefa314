"""Readings in the forms that other people's tools read.

`export` writes a stream of readings in one of `FORMATS`, holding no more than a
few reports in memory. Which reports and records come, and what following them
found out (`Links`), is the caller's business: the command reads them from a
ledger.
"""

from chancery.export.told import Links, Witnesses
from chancery.export.write import FORMATS, Feed, Format, export

__all__ = ["FORMATS", "Feed", "Format", "Links", "Witnesses", "export"]
