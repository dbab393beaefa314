"""The pages, one module each; each has a `router`."""

from chancery.server.pages import api, ledger, pairs

__all__ = ["ROUTERS"]

ROUTERS = (ledger.router, pairs.router, api.router)
