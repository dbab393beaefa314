"""The web application over a ledger: pages, their JSON and CSV, and the HTTP API.

:func:`chancery.server.app.create_app` makes it; ``chancery serve`` runs it. Its
packages come with the extra ``server``; nothing below imports it.
"""
