"""The tables of a ledger, in SQLAlchemy Core.

- `reports`: what came in: reports, their versions, who read them, failures, feeds.
- `records`: what was read in them, one table a record kind.
- `links`: what following many reports found: tables of `chancery.follow`.
- `corrections`: what people corrected, and what had been read before.
- `search`: full text (FTS5), and the views for people.

Names in all of them: `*_key` is a whole number of the ledger's own, `id` is the
id that a record has inside its report, `*_start` and `*_end` are a half-open
span in code points of `report_versions.text`, `*_day` is a day in ISO 8601.
"""

from chancery.ledger.schema import corrections, links, records, reports
from chancery.ledger.schema.base import metadata
from chancery.ledger.schema.search import SEARCHES, views

__all__ = ["SEARCHES", "corrections", "links", "metadata", "records", "reports", "views"]
