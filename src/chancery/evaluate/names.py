"""Score named mentions: spans and types.

Strict is equal span and type; overlap is any shared character and the same
type, one to one, exact pairs first, then the largest overlap. Mentions whose
head is no name are set aside where only named ones are asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from chancery.evaluate.matching import Entry, overlap, pair, rates

__all__ = ["score_names"]

SAME = {
    "person": "per people",
    "organization": "org organisation company group government government_body international_organization "
    "military political_party armed_group media ngo party",
    "place": "loc location gpe geo fac facility state country city region",
    "nationality": "norp demonym",
    "time": "tim date temporal",
    "money": "monetary",
}
CANON = {alias: name for name, aliases in SAME.items() for alias in (name, *aliases.split())}


def _canon(label: str | None) -> str:
    return CANON.get((label or "").lower(), (label or "").lower())


def _pairs(
    gold: Sequence[Entry], told: Sequence[Entry], *, exact: bool, typed: bool
) -> list[tuple[int, int]]:
    cells = []
    for i, g in enumerate(gold):
        for j, p in enumerate(told):
            same, shared = (g["start"], g["end"]) == (p["start"], p["end"]), overlap(g, p)
            if (same if exact else shared > 0) and (not typed or g["type"] == p["type"]):
                cells.append(((not same, g["type"] != p["type"], -shared), i, j))
    return pair(cells)


def _near(a: Entry, b: Entry) -> bool:
    shared = overlap(a, b)
    return shared > 0 and 2 * shared >= max(a["end"], b["end"]) - min(a["start"], b["start"])


def _typed(entries: Iterable[Entry]) -> list[Entry]:
    return [{"start": e["start"], "end": e["end"], "type": _canon(e.get("type"))} for e in entries]


def score_names(
    gold: Sequence[Entry], predicted: Iterable[Entry], *, types: Sequence[str] = (), named: bool = False
) -> dict[str, Any]:
    """Compare predicted mentions with gold ones.

    Args:
        gold: `{"id", "entities": [{"start", "end", "type", "named"?}]}`.
        predicted: the same; a document that it lacks counts as empty.
        types: score these types only; otherwise all that the gold uses.
        named: score only gold mentions whose head is a name.
    """
    told = {entry["id"]: entry.get("entities", []) for entry in predicted}

    def asked(entry: Entry) -> bool:
        return bool(entry.get("named")) or not named

    seen = {_canon(e.get("type")) for document in gold for e in document["entities"] if asked(e)} - {""}
    scored = seen & {_canon(name) for name in types} if types else seen
    count: Counter[tuple[str, str]] = Counter()
    for document in gold:
        entities = document["entities"]
        want = _typed(e for e in entities if asked(e) and _canon(e.get("type")) in scored)
        aside = _typed(e for e in entities if (named and not e.get("named")) or not e.get("type"))
        got = [e for e in _typed(told.get(document["id"], [])) if e["type"] in scored]
        partnered = {j for _, j in _pairs(want, got, exact=False, typed=False)}
        got = [e for j, e in enumerate(got) if j in partnered or not any(_near(e, a) for a in aside)]
        _count(count, want, got)
    for name in ("gold", "pred", "strict", "overlap"):
        count["all", name] = sum(count[kind, name] for kind in scored)
    rows = ["all", "any type", *sorted(scored, key=lambda kind: (-count[kind, "gold"], kind))]
    return {row: _row(count, row) for row in rows}


def _count(count: Counter[tuple[str, str]], want: Sequence[Entry], got: Sequence[Entry]) -> None:
    for typed in (True, False):
        for name, exact in (("strict", True), ("overlap", False)):
            for i, _ in _pairs(want, got, exact=exact, typed=typed):
                count[want[i]["type"] if typed else "any type", name] += 1
        for name, entries in (("gold", want), ("pred", got)):
            count.update((e["type"] if typed else "any type", name) for e in entries)


def _row(count: Counter[tuple[str, str]], row: str) -> dict[str, Any]:
    n_gold, n_told = count[row, "gold"], count[row, "pred"]
    return {
        "gold": n_gold,
        "predicted": n_told,
        "strict": rates(count[row, "strict"], n_told, n_gold),
        "overlap": rates(count[row, "overlap"], n_told, n_gold),
    }
