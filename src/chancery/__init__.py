"""Chancery reads news reports on international affairs and keeps the record.

>>> import chancery
>>> nlp = chancery.load()
>>> reading = nlp("Moscow said on Thursday that talks would go on.")

Importing this package reads no file and loads no model; :func:`load` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["Article", "ChanceryError", "Reader", "Reading", "__version__", "load", "statements"]

__version__ = "0.1.0"

if TYPE_CHECKING:
    from chancery.errors import ChanceryError
    from chancery.reader import Reader, load, statements
    from chancery.records import Article, Reading

# Names are resolved on first use (PEP 562), so that `import chancery` stays under
# 100 ms: spaCy alone takes a second.
_HOMES = {
    "Article": "chancery.records",
    "ChanceryError": "chancery.errors",
    "Reader": "chancery.reader",
    "Reading": "chancery.records",
    "load": "chancery.reader",
    "statements": "chancery.reader",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name of the package
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
