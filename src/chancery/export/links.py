"""What following the reports of a ledger found, in the form that the exporters and the situation ask for."""

from __future__ import annotations

from collections.abc import Sequence

from chancery.export.told import Links, Witnesses
from chancery.follow.following import Followed
from chancery.follow.store import followed
from chancery.ledger import Ledger

__all__ = ["links_from", "links_of"]


def links_of(ledger: Ledger, version_keys: Sequence[int] | None = None) -> Links:
    """Return the links that a ledger keeps; empty where `chancery.follow` never ran over it.

    Args:
        ledger: open for reading.
        version_keys: leave out what none of these versions of reports tells.
    """
    return links_from(followed(ledger, version_keys))


def links_from(found: Followed) -> Links:
    """Turn what was found into look-ups by report and record.

    A copy is a report whose words are all another's: exact or near. A report that
    holds a passage of another says other things too, and is none.
    """
    return Links(
        happenings={
            (telling.source.report, telling.source.record): happening.id
            for happening in found.happenings
            for telling in happening.tellings
        },
        claims={
            (witness.source.report, witness.source.record): claim.id
            for claim in found.claims
            for witness in claim.witnesses
        },
        threads={
            (telling.source.report, telling.source.record): thread.happening.id
            for thread in found.threads
            for telling in thread.happening.tellings
        },
        copies={one.report: one.other for one in reversed(found.duplicates) if one.kind != "partial"},
        witnesses={
            happening.id: Witnesses(
                reports=len({telling.source.report for telling in happening.tellings}),
                publishers=happening.publishers,
                mentions=len(happening.tellings),
            )
            for happening in found.happenings
        },
        positions=found.positions,
    )
