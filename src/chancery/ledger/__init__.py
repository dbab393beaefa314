"""The ledger: the records of many reports in one SQLite file, through SQLAlchemy Core.

It knows records, and nothing of language. Importing it loads SQLAlchemy.
"""

from chancery.ledger.adding import Added, Entry
from chancery.ledger.ledger import Ledger
from chancery.ledger.queries import Filter, Found

__all__ = ["Added", "Entry", "Filter", "Found", "Ledger"]
