"""Every error that Chancery raises on purpose.

::

    ChanceryError
    ├── InputError              a source that cannot be read: file, place, mend
    │   ├── NoArticleError      a page or file in which there is no report
    │   └── NotEnglishError     a report in another language
    ├── ReadingError            a report at which Chancery itself failed
    ├── ModelError              no usable language model, or the wrong one
    ├── KnowledgeError          a fact table that breaks its own rules
    ├── UnknownActorError       a name that nobody known goes by
    ├── UnknownEventTypeError   a name that is not in the ontology in use
    ├── OutputError             a place that cannot be written to
    ├── LedgerError             a ledger that cannot be opened, or is not one
    └── MissingExtraError       a feature whose packages are not installed
"""

from __future__ import annotations

import difflib
import traceback
from collections.abc import Collection
from pathlib import Path
from typing import Self

__all__ = [
    "ChanceryError",
    "InputError",
    "KnowledgeError",
    "LedgerError",
    "MissingExtraError",
    "ModelError",
    "NoArticleError",
    "NotEnglishError",
    "OutputError",
    "ReadingError",
    "UnknownActorError",
    "UnknownEventTypeError",
]


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

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions pickle as type and message; the parts are needed to make one again.
        return _input_error, (type(self), self.source, self.problem, self.mend, self.place)

    def at(self, place: str) -> Self:
        """Return the same error at another place of its source."""
        return type(self)(self.source, self.problem, self.mend, place=place)


def _input_error(
    kind: type[InputError], source: str, problem: str, mend: str, place: str | None
) -> InputError:
    return kind(source, problem, mend, place=place)


class NoArticleError(InputError):
    """A page or a file in which there is no report: a list of links, a page of pictures, nothing at all."""


class NotEnglishError(InputError):
    """A report in a language that Chancery does not read."""


class ReadingError(ChanceryError):
    """A report at which an extractor failed: a fault of Chancery's, not of the report's."""

    source: str = ""
    place: str | None = None

    @classmethod
    def of(cls, source: str, error: Exception, place: str | None = None) -> Self:
        """Name the report, and where in the code reading it ended."""
        where = f"{source}, {place}" if place else source
        last = traceback.extract_tb(error.__traceback__)[-1:]
        at = "".join(f" at {Path(frame.filename).name}, line {frame.lineno}" for frame in last)
        found = cls(
            f"{where}: a fault in Chancery kept this from being read "
            f"({type(error).__name__}{at}); the other reports are not affected, please report it"
        )
        found.source, found.place = source, place
        return found


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


class UnknownActorError(ChanceryError):
    """A name of a state, organization or person that nothing known goes by."""

    def __init__(self, name: str, close: Collection[str]) -> None:
        hint = (
            f"did you mean {' or '.join(close)}?"
            if close
            else "give an id such as RUS, NATO or a state's name"
        )
        super().__init__(f"no state, organization or known actor is called {name!r}; {hint}")
        self.name = name
        self.close = tuple(close)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.name, self.close)


class OutputError(ChanceryError):
    """A file or directory that cannot be written; names it and what would mend it."""


class LedgerError(ChanceryError):
    """A ledger that cannot be opened, is none, or is of another version; names the file."""


class MissingExtraError(ChanceryError):
    """A feature was asked for whose packages come with an extra that is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs packages that are not installed; run: pip install 'chancery[{extra}]'"
        )
        self.feature = feature
        self.extra = extra

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.feature, self.extra)
