"""What one can ask a ledger: filters, and the records or rows that they let pass."""

from chancery.ledger.queries.filters import REAL, Filter
from chancery.ledger.queries.find import (
    Found,
    Head,
    find_actors,
    find_records,
    find_reports,
    find_rows,
    rows_of,
)
from chancery.ledger.queries.names import actor_ids, names_of

__all__ = [
    "REAL",
    "Filter",
    "Found",
    "Head",
    "actor_ids",
    "find_actors",
    "find_records",
    "find_reports",
    "find_rows",
    "names_of",
    "rows_of",
]
