"""The pages, one module each; each has a `router`."""

from chancery.server.pages import api, corrections, ledger, pairs, record, reports, where

__all__ = ["ROUTERS"]

ROUTERS = (
    ledger.router,
    reports.router,
    corrections.router,
    pairs.router,
    record.router,
    where.router,
    api.router,
)
