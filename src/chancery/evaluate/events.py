"""Score coded events: types where the parties are given, and end to end.

Two texts agree if the Dice overlap of their words is at least .5; a slot
agrees if at least half of the texts of both sides agree one to one. Parties of
a consultation and of reciprocal events are pooled. Events pair one to one, best
overlap first, at five levels from the type alone to type and both parties.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chancery.evaluate.matching import Entry, pair, rates

__all__ = ["LEVELS", "score_events", "score_given"]

QUAD = {
    name: quad
    for quad, names in {
        "verbal cooperation": "AGREE CONSULT SUPPORT CONCEDE",
        "material cooperation": "COOPERATE AID RETREAT YIELD",
        "verbal conflict": "REQUEST ACCUSE REJECT THREATEN",
        "material conflict": "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
    }.items()
    for name in names.split()
}
OLD = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
LEVELS = ("type", "dyad", "type+actor", "type+dyad", "quad+dyad")
WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
ARTICLES = frozenset({"the", "a", "an"})

type Texts = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class _Event:
    type: str
    actor: Texts
    recipient: Texts
    reciprocal: bool


def _words(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"['’]s$", "", word) for word in WORD.findall(text.lower())) - ARTICLES


def _texts(value: Any) -> Texts:  # noqa: ANN401 - a text, a slot, a list of either, or nothing
    several = [value] if isinstance(value, str | dict) else value or []
    words = (_words(part.get("text", "") if isinstance(part, dict) else part) for part in several)
    return tuple(found for found in words if found)


def _agree(gold: Texts, told: Texts) -> float:
    """Dice overlap summed over texts paired one to one, or 0 if less than half of them agree."""
    if not gold or not told:
        return float(not gold and not told)
    dice = {
        (i, j): 2 * len(g & p) / (len(g) + len(p)) for i, g in enumerate(gold) for j, p in enumerate(told)
    }
    found = pair(((-value, -i, -j), i, j) for (i, j), value in dice.items() if value >= 0.5)
    share = 2 / (len(gold) + len(told))
    return sum(dice[cell] for cell in found) * share if len(found) * share >= 0.5 else 0.0


def _fit(g: _Event, p: _Event, level: str) -> float:
    """How well a predicted event fits a gold one at a level: 0 if not at all."""
    if ("type" in level and g.type != p.type) or ("quad" in level and QUAD.get(g.type) != QUAD.get(p.type)):
        return 0.0
    first = _agree(g.actor, p.actor)
    if g.reciprocal or g.type == p.type == "CONSULT":
        whole = _agree(g.actor + g.recipient, p.actor + p.recipient)
        first = whole or first
    else:
        second = _agree(g.recipient, p.recipient) if first else 0.0
        whole = first + second if first and second else 0.0
    return {"type": 1.0 + whole, "type+actor": first}.get(level, whole)


def _pairs(gold: Sequence[_Event], told: Sequence[_Event], level: str) -> list[tuple[_Event, _Event]]:
    fits = ((-_fit(g, p, level), i, j) for i, g in enumerate(gold) for j, p in enumerate(told))
    return [(gold[i], told[j]) for i, j in pair(cell for cell in fits if cell[0])]


def _naming(gold: Iterable[Entry]) -> tuple[Callable[[Entry], str], Callable[[Entry], str]]:
    """How types are named here: YIELD stands for CONCEDE and RETREAT only where the gold says YIELD."""
    merged = any(event.get("event_type_file") == "YIELD" for record in gold for event in record["events"])

    def name(label: str) -> str:
        return "YIELD" if merged and label in {"CONCEDE", "RETREAT"} else OLD.get(label, label)

    return (
        lambda event: name(event.get("event_type") or event.get("event_type_file") or ""),
        lambda event: name((event.get("type") or "").upper()),
    )


def _macro(hits: Mapping[str, int], told: Mapping[str, int], gold: Mapping[str, int]) -> float:
    per_type = [rates(hits.get(name, 0), told.get(name, 0), gold[name]).f1 for name in gold]
    return sum(per_type) / len(per_type) if per_type else 0.0


def _by_type(
    hits: Mapping[str, int], told: Mapping[str, int], gold: Mapping[str, int]
) -> dict[str, tuple[float, ...]]:
    return {
        name: (*rates(hits.get(name, 0), told.get(name, 0), gold[name]), gold[name]) for name in sorted(gold)
    }


def score_given(gold: Sequence[Entry], predicted: Iterable[Entry]) -> dict[str, Any]:
    """Score types only: the n-th predicted event answers the n-th gold event, whose parties were given."""
    gold_type, told_type = _naming(gold)
    answers = {entry["id"]: [told_type(event) for event in entry.get("events", [])] for entry in predicted}
    rows: list[tuple[str, str | None]] = []
    for record in gold:
        given: list[str | None] = [*answers.get(record["id"], []), *[None] * len(record["events"])]
        rows += [(gold_type(event), answer) for event, answer in zip(record["events"], given, strict=False)]
    hits, told = Counter(g for g, a in rows if g == a), Counter(a for _, a in rows if a)
    asked = Counter(g for g, _ in rows)
    total = len(rows) or 1
    return {
        "events": len(rows),
        "unanswered": sum(answer is None for _, answer in rows),
        "type accuracy": sum(hits.values()) / total,
        "macro F1": _macro(hits, told, asked),
        "quad accuracy": sum(QUAD.get(g) == QUAD.get(a or "") for g, a in rows) / total,
        "by type": _by_type(hits, told, asked),
        "mistakes": dict(Counter(f"{g} as {a}" for g, a in rows if g != a).most_common(12)),
    }


def _sentences(gold: Sequence[Entry], predicted: Iterable[Entry]) -> list[tuple[list[_Event], list[_Event]]]:
    """Gold and predicted events by sentence; sentences with the same text are one, like events once."""
    gold_type, told_type = _naming(gold)
    answers = {entry["id"]: entry.get("events", []) for entry in predicted}
    sentences: dict[str, tuple[list[_Event], list[_Event]]] = {}
    for record in gold:
        want, got = sentences.setdefault(re.sub(r"\W+", "", record["text"].lower()), ([], []))
        for event in record["events"]:
            if event.get("event_type") or event.get("event_type_file"):
                _join(want, _read(event, "source_text", "target_text", gold_type))
        for event in answers.get(record["id"], []):
            _join(got, _read(event, "actor", "recipient", told_type))
    return list(sentences.values())


def _read(event: Entry, actor: str, recipient: str, type_of: Callable[[Entry], str]) -> _Event:
    slots = _texts(event.get(actor)), _texts(event.get(recipient))
    return _Event(type_of(event), *slots, reciprocal=bool(event.get("reciprocal")))


def _join(into: list[_Event], event: _Event) -> None:
    if event not in into:
        into.append(event)


def score_events(gold: Sequence[Entry], predicted: Iterable[Entry]) -> dict[str, Any]:
    """Score events end to end: type, parties, and both together.

    Args:
        gold: `{"id", "text", "events": [{"event_type", "source_text", "target_text"}]}`.
        predicted: `{"id", "events": [{"type", "actor": [text], "recipient": [text]}]}`.
    """
    sentences = _sentences(gold, predicted)
    asked, told = (
        Counter(event.type for sentence in sentences for event in sentence[side]) for side in (0, 1)
    )
    n_told, n_gold = told.total(), asked.total()
    found = {level: [p for want, got in sentences for p in _pairs(want, got, level)] for level in LEVELS}
    hits, dyads = Counter(g.type for g, _ in found["type+dyad"]), found["dyad"]
    out: dict[str, Any] = {"sentences": len(sentences), "gold": n_gold, "predicted": n_told}
    out |= {level: rates(len(found[level]), n_told, n_gold) for level in LEVELS}
    per_gold = n_gold or 1
    return out | {
        "macro F1": _macro(hits, told, asked),
        "extra": (n_told - len(found["type+dyad"])) / per_gold if n_gold else 0.0,
        "uncoded": sum(len(want) for want, got in sentences if not got) / per_gold,
        "type accuracy of dyads": sum(g.type == p.type for g, p in dyads) / (len(dyads) or 1),
        "quad accuracy of dyads": sum(QUAD.get(g.type) == QUAD.get(p.type) for g, p in dyads)
        / (len(dyads) or 1),
        "by type": _by_type(hits, told, asked),
    }
