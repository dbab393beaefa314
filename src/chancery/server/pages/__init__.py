"""The pages, one module each; each has a `router`."""

from chancery.server.pages import (
    actors,
    api,
    corrections,
    coverage,
    ledger,
    pairs,
    paste,
    record,
    reports,
    today,
    where,
)

__all__ = ["ROUTERS"]

ROUTERS = (
    today.router,
    ledger.router,
    reports.router,
    corrections.router,
    paste.router,
    pairs.router,
    record.router,
    where.router,
    coverage.router,
    actors.router,
    api.router,
)
