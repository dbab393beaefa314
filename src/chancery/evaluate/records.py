"""Score whole records of reports: statements, events, positions, figures, times, places.

Entries are matched one to one, best first. A gold entry marked optional counts
neither when found nor when missed (codebook, "How a report is annotated").

- statement: the words of the contents overlap (Jaccard >= .5)
- event: same act, anchors within 80 characters, roots of all parties overlap (Jaccard >= .5)
- position: same act and holder root, and the issues share words (Jaccard >= .3) or one holds the other
- figure: spans overlap, bounds equal; time: spans overlap, interval equal; place: spans overlap
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from chancery.errors import InputError
from chancery.evaluate.matching import Entry, pair, rate, rates

__all__ = ["LAYERS", "UNREAL", "score_records"]

WORD = re.compile(r"\w+")
UNREAL = frozenset({"planned", "proposed", "conditional", "possible", "denied", "negated"})
FARTHEST_ANCHOR = 80


def _words(text: str, spans: Iterable[Sequence[int]]) -> set[int]:
    return {match.start() + start for start, end in spans for match in WORD.finditer(text[start:end])}


def _jaccard(a: Collection[Any], b: Collection[Any]) -> float:
    both = set(a) | set(b)
    return len(set(a) & set(b)) / len(both) if both else 1.0


def _root(actor: str | None) -> str | None:
    if not actor:
        return None
    return actor if actor.startswith("person:") else actor.split(":")[0]


def _roots(actors: Iterable[str | None] | None) -> set[str | None]:
    return {_root(actor) for actor in actors or () if actor}


def _touch(a: Sequence[int], b: Sequence[int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _actor(slot: object) -> Any:  # noqa: ANN401 - an id, or whatever the slot holds
    return slot.get("actor") if isinstance(slot, Mapping) else slot


def _statement(entry: Entry) -> dict[str, Any]:
    flat = dict(entry)
    if isinstance(flat.get("speaker"), Mapping):
        flat["actor"], flat["speaker"] = flat["speaker"].get("actor"), flat["speaker"].get("span")
    flat["addressee"] = _actor(flat.get("addressee"))
    return flat


def _event(entry: Entry) -> dict[str, Any]:
    flat = dict(entry)
    for role in ("actor", "recipient"):
        flat[role] = [_actor(slot) for slot in flat.get(role) or ()]
    if isinstance(flat.get("plover"), Mapping):
        flat["plover"] = flat["plover"].get("type")
    return flat


def _same_statement(text: str, gold: Entry, told: Entry) -> float:
    score = _jaccard(_words(text, gold["content"]), _words(text, told["content"]))
    return score if score >= 0.5 else 0.0


def _same_event(_: str, gold: Entry, told: Entry) -> float:
    if gold["act"] != told["act"] or abs(gold["anchor"][0] - told["anchor"][0]) > FARTHEST_ANCHOR:
        return 0.0
    parties = [_roots(entry["actor"]) | _roots(entry["recipient"]) for entry in (gold, told)]
    score = _jaccard(*parties)
    return score + (0.5 if _touch(gold["anchor"], told["anchor"]) else 0.0) if score >= 0.5 else 0.0


def _same_position(text: str, gold: Entry, told: Entry) -> float:
    if gold["act"] != told["act"] or _root(gold["holder"]) != _root(_actor(told["holder"])):
        return 0.0
    a, b = _words(text, [gold["issue"]]), _words(text, [told["issue"]])
    score = max(_jaccard(a, b), 0.4 if a <= b or b <= a else 0.0)
    return score if score >= 0.3 else 0.0


def _same_span(*fields: str) -> Callable[[str, Entry, Entry], float]:
    def same(_: str, gold: Entry, told: Entry) -> float:
        equal = all(gold[field] == told.get(field) for field in fields)
        return float(equal and _touch(gold["span"], told["span"]))

    return same


SAME: dict[str, Callable[[str, Entry, Entry], float]] = {
    "statements": _same_statement,
    "events": _same_event,
    "positions": _same_position,
    "figures": _same_span("low", "high"),
    "times": _same_span("first", "last"),
    "places": _same_span(),
}
FLAT: dict[str, Callable[[Entry], dict[str, Any]]] = {"statements": _statement, "events": _event}
LAYERS = tuple(SAME)


def score_records(gold: Sequence[Entry], predicted: Iterable[Entry]) -> dict[str, Any]:
    """Compare readings with gold reports, found by their texts.

    Args:
        gold: gold reports in the format of the codebook.
        predicted: readings as `chancery read --format jsonl` prints them, in any order.

    Returns:
        Per layer: gold, pred, precision, recall, f1, and the rates of what a match says.

    Raises:
        InputError: a text differs from the gold's in white space, so that no span can be compared.
    """
    by_text = {" ".join(entry["article"]["text"].split()): entry for entry in predicted}
    counts = {layer: [0, 0, 0] for layer in LAYERS}
    matched: dict[str, list[tuple[Entry, Entry]]] = {layer: [] for layer in LAYERS}
    missing = 0
    for report in gold:
        told = by_text.get(" ".join(report["text"].split()))
        missing += told is None
        if told is not None and told["article"]["text"] != report["text"]:
            raise InputError(
                str(report["id"]), "the text differs from the gold in white space", "read the gold's own text"
            )
        for layer in LAYERS:
            _count(layer, report, told or {}, counts[layer], matched[layer])
    out: dict[str, Any] = {"reports": len(gold), "reports_missing": missing}
    for layer, (hits, n_gold, n_told) in counts.items():
        found = rates(hits, n_told, n_gold)
        out[layer] = {"gold": n_gold, "pred": n_told, **found._asdict()}
    whole: dict[str, Any] = _rounded(_details(out, matched))
    return whole


def _count(
    layer: str, report: Entry, told: Entry, count: list[int], matched: list[tuple[Entry, Entry]]
) -> None:
    flat, text = FLAT.get(layer, dict), report["text"]
    a = [flat(entry) for entry in report.get(layer, ())]
    b = [flat(entry) for entry in told.get(layer, ())]
    cells = ((-SAME[layer](text, g, p), i, j) for i, g in enumerate(a) for j, p in enumerate(b))
    found = [(a[i], b[j]) for i, j in pair(cell for cell in cells if cell[0] < 0)]
    counted = [(g, p) for g, p in found if not g.get("optional")]
    count[0] += len(counted)
    count[1] += sum(not entry.get("optional") for entry in a)
    count[2] += len(b) - (len(found) - len(counted))
    matched += counted


def _details(out: dict[str, Any], matched: Mapping[str, Sequence[tuple[Entry, Entry]]]) -> dict[str, Any]:
    said, done, placed = matched["statements"], matched["events"], matched["places"]
    out["statements"] |= {
        "speaker": rate(_root(g["actor"]) == _root(p.get("actor")) for g, p in said),
        "speaker_full_id": rate(g["actor"] == p.get("actor") for g, p in said),
        "kind": rate(g["kind"] == p["kind"] for g, p in said),
        "negated": rate(bool(g["negated"]) == bool(p.get("negated")) for g, p in said),
        "nested": rate(bool(p.get("within")) for g, p in said if g["within"]),
        "addressee": rate(
            _root(g["addressee"]) == _root(p.get("addressee")) for g, p in said if g["addressee"]
        ),
    }
    out["events"] |= {
        "actor": rate(_roots(g["actor"]) == _roots(p["actor"]) for g, p in done),
        "recipient": rate(_roots(g["recipient"]) == _roots(p["recipient"]) for g, p in done),
        "status": rate(g["status"] == p["status"] for g, p in done),
        "unreal_told_as_real": rate(p["status"] not in UNREAL for g, p in done if g["status"] in UNREAL),
        "plover": rate(g["plover"] == p.get("plover") for g, p in done),
    }
    out["places"]["country"] = rate(g["country"] == p.get("country") for g, p in placed if g["country"])
    return out


def _rounded(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    return round(value, 3) if isinstance(value, float) else value
