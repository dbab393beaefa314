"""The pages, one module each; each has a `router`."""

from chancery.server.pages import api, ledger, pairs, record

__all__ = ["ROUTERS"]

ROUTERS = (ledger.router, pairs.router, record.router, api.router)
