"""Statement mentions -> statements with speakers, addressees and nesting."""

from __future__ import annotations

from collections.abc import Sequence

from chancery.extract.quotations import Quotation
from chancery.extract.statements import StatementMention
from chancery.records import Statement, Time, UnattributedQuotation
from chancery.resolve.actors import Referents
from chancery.resolve.setting import Setting

__all__ = ["resolve_statements", "unattributed_quotations"]


def resolve_statements(
    setting: Setting, said: Sequence[StatementMention], referents: Referents, times: Sequence[Time]
) -> tuple[Statement, ...]:
    """Turn each statement mention into a statement record, index by index."""
    return ()


def unattributed_quotations(
    setting: Setting, said: Sequence[StatementMention], quotations: Sequence[Quotation]
) -> tuple[UnattributedQuotation, ...]:
    """List the quotations that no statement holds, with the reason."""
    return ()
