"""The pages, one module each; each has a `router`."""

from chancery.server.pages import api, ledger

__all__ = ["ROUTERS"]

ROUTERS = (ledger.router, api.router)
