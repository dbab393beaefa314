"""Every error that Chancery raises on purpose.

::

    ChanceryError
    ├── InputError              a source that cannot be read: file, place, mend
    ├── ModelError              no usable language model, or the wrong one
    ├── KnowledgeError          a fact table that breaks its own rules
    └── UnknownEventTypeError   a name that is not in the ontology in use
"""

from __future__ import annotations

import difflib
from collections.abc import Collection

__all__ = ["ChanceryError", "InputError", "KnowledgeError", "ModelError", "UnknownEventTypeError"]


class ChanceryError(Exception):
    """Base class of every error that chancery raises on purpose."""


class InputError(ChanceryError):
    """A source that cannot be read as a report.

    Its text is one line that names the file, the place in it where one is
    known, what is wrong, and what would mend it.
    """

    def __init__(self, source: str, problem: str, mend: str, *, place: str | None = None) -> None:
        where = f"{source}, {place}" if place else source
        super().__init__(f"{where}: {problem}; {mend}")
        self.source = source
        self.place = place
        self.problem = problem
        self.mend = mend


class ModelError(ChanceryError):
    """The language model is missing, or lacks what Chancery builds on."""


class KnowledgeError(ChanceryError):
    """A fact table that breaks its own rules; names the file, the row and the rule."""


class UnknownEventTypeError(ChanceryError):
    """A name that is not in the ontology in use."""

    def __init__(self, name: str, known: Collection[str]) -> None:
        close = difflib.get_close_matches(name, known, n=3)
        hint = f"did you mean {' or '.join(close)}?" if close else f"known: {', '.join(sorted(known))}"
        super().__init__(f"no event type {name!r} in this ontology; {hint}")
        self.name = name
