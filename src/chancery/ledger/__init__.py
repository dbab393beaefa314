"""The ledger: the records of many reports in one SQLite file, through SQLAlchemy Core.

It knows records, and nothing of language. Importing it loads SQLAlchemy.
"""

from chancery.ledger.adding import Added, Entry
from chancery.ledger.ledger import Ledger

__all__ = ["Added", "Entry", "Ledger"]
