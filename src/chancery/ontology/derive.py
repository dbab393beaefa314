"""Act + status -> the PLOVER type that is published, and its CAMEO code.

One table decides (`data/derivation.csv`): a planned meeting is published as
AGREE, an announced attack as THREATEN, a merely possible, proposed, denied or
negated act not at all. What is not in the table is not published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from chancery.ontology.plover import intensity, modes, quad, rows
from chancery.records import CameoCode, PloverCode

__all__ = ["cameo", "cameo_names", "publish", "threat"]


@cache
def _derivation() -> Mapping[tuple[str, str], tuple[str, bool, str]]:
    return {
        (row["act"], row["status"]): (row["type"], row["told_by"] == "actor", row["why"])
        for row in rows("derivation")
    }


@cache
def _threats() -> Mapping[tuple[str, str], str]:
    return {(row["act"], row["mode"]): row["threat"] for row in rows("threats")}


@cache
def _cameo() -> Mapping[tuple[str, str, str], tuple[str, str]]:
    return {
        (row["type"], row["mode"], row["context"]): (row["code"], row["code_if_demand"])
        for row in rows("plover_to_cameo")
    }


def publish(act: str, mode: str | None, status: str, *, told_by_actor: bool) -> tuple[PloverCode | None, str]:
    """Derive what PLOVER would publish for an act, and the reason.

    Args:
        act: the act itself, a PLOVER type or one of our own.
        mode: the act's mode, if known.
        status: how real the report makes the act.
        told_by_actor: the actor's own side announces the act; what a third
            party says somebody would do under a condition is not published.
    """
    found = _derivation().get((act, status))
    if found is None:
        return None, f"{act} {status} is not published"
    name, only_actor, why = found
    if only_actor and not told_by_actor:
        return None, f"{act} {status} told by a third party is not published"
    published = mode if name == act else threat(act, mode) if name == "THREATEN" else None
    if (name, published or "") not in modes():
        published = None
    return PloverCode(type=name, mode=published, quad=quad(name), intensity=intensity(name, published)), why


def threat(act: str, mode: str | None) -> str | None:
    """Return the mode of a threat: of violence, of expulsion, of breaking off relations ...

    Args:
        act: what is threatened.
        mode: its own mode, if known.
    """
    threats = _threats()
    return threats.get((act, mode or "")) or threats.get((act, "")) or None


def cameo(
    plover: PloverCode | None, contexts: Iterable[str] = (), *, demand: bool = False
) -> CameoCode | None:
    """Give the default CAMEO code of a published PLOVER code.

    Args:
        plover: what is published; None has no code.
        contexts: the event's contexts; the first that the table knows refines the code.
        demand: the words demand or order rather than ask.
    """
    if plover is None:
        return None
    table = _cameo()
    keys = [(plover.type, plover.mode or "", context) for context in contexts]
    keys += [(plover.type, plover.mode or "", ""), (plover.type, "", "")]
    for key in keys:
        if key in table:
            code, demanded = table[key]
            return CameoCode(code=demanded if demand and demanded else code)
    return None


@cache
def cameo_names() -> Mapping[str, str]:
    """Return CAMEO's names of its event codes."""
    return {row["code"]: row["name"] for row in rows("cameo_events")}
