"""People's names: ids, surnames, and what gender a given name suggests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chancery.knowledge.names import slug

__all__ = ["FAMILY_FIRST", "PARTICLES", "person_id", "surnames_of"]

# Where the family name comes first in English news as well (Xi Jinping, Kim Jong-un).
FAMILY_FIRST = frozenset({"CHN", "PRK", "KOR", "TWN", "VNM", "HKG", "MAC", "SGP", "KHM"})
# Words that belong to a surname but are left out at will: "al-Assad", "Assad".
PARTICLES = frozenset(
    {
        "al",
        "el",
        "ul",
        "bin",
        "ibn",
        "ben",
        "bint",
        "abu",
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "du",
        "la",
        "le",
    }
    | {"van", "von", "der", "den", "ter", "ten", "zu", "af", "av"}
)
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def person_id(name: str) -> str:
    """Make the id of a person from the name: ``person:`` and the name in ASCII, hyphenated."""
    return f"person:{slug(name)}"


def surnames_of(words: Sequence[str], *, family_first: bool) -> Iterator[tuple[str, ...]]:
    """Yield the forms in which news names a person a second time, longest first.

    ``("Haider", "al", "-", "Abadi")`` gives ``al - Abadi`` and ``Abadi``; a family
    name that comes first gives itself.
    """
    parts = [word for word in words if word.lower() not in SUFFIXES and word != ","]
    if len(parts) <= 1 or "of" in parts:  # "Abdullah II of Jordan" is nobody's Mr Jordan
        return
    if family_first:
        yield (parts[0],)
        return
    start = len(parts) - 1
    while start > 1 and parts[start - 1] == "-":
        start -= 2  # a double name: "Ocasio - Cortez"
    while start > 1 and (parts[start - 1].lower() in PARTICLES or parts[start - 1] == "-"):
        start -= 1
    first = max(start, 1)
    for at in range(first, len(parts)):
        if at == first or (parts[at] != "-" and parts[at].lower() not in PARTICLES):
            yield tuple(parts[at:])
