"""The pages, one module each; each has a `router`."""

from chancery.server.pages import api, records

__all__ = ["ROUTERS"]

ROUTERS = (records.router, api.router)
