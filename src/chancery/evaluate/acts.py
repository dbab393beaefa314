"""Events act by act: how many of each act and status are found, and what is taken for what.

An annotated event and a told one are the same where their words touch; who
does it to whom is left to the other scorers. Of several that touch, like acts
pair first. Events that only one of two annotators has count neither when found nor when missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from chancery.evaluate.calibration import reliability
from chancery.evaluate.matching import Entry, pair, rate, rates
from chancery.evaluate.records import UNREAL

__all__ = ["NOTHING", "acts_table", "confusion_table", "rates_table", "score_acts"]

# Stands for "no event here", in gold or in what was told.
NOTHING = "nothing"

type Pair = tuple[Entry | None, Entry | None]


def score_acts(gold: Sequence[Entry], predicted: Iterable[Entry]) -> dict[str, Any]:
    """Compare acts and statuses word by word.

    Args:
        gold: `{"id", "text", "events": [{"anchor", "act", "status", "optional"?}]}`.
        predicted: `{"id", "events": [{"anchor", "act", "status", "score"?}]}`.
    """
    answers = {entry["id"]: entry.get("events", ()) for entry in predicted}
    pairs = [one for entry in gold for one in _pairs(entry["events"], answers.get(entry["id"], ()))]
    found = [(g, t) for g, t in pairs if g and t and g["act"] == t["act"]]
    hits = Counter(g["act"] for g, _ in found)
    wanted, told = (Counter(one["act"] for one in side if one) for side in _sides(pairs))
    whole = rates(len(found), told.total(), wanted.total())
    scored = [
        (t["score"], bool(g and g["act"] == t["act"])) for g, t in pairs if t and t.get("score") is not None
    ]
    reliable = reliability(scored) if scored else None
    return {
        "act": whole._asdict() | {"gold": wanted.total(), "told": told.total()},
        "status": rate(g["status"] == t["status"] for g, t in found),
        "unreal told as real": rate(t["status"] not in UNREAL for g, t in found if g["status"] in UNREAL),
        "real told as unreal": rate(t["status"] in UNREAL for g, t in found if g["status"] not in UNREAL),
        "by act": _by(hits, told, wanted),
        "by status": _by_status(found),
        "acts taken for": _crossed((_act(g), _act(t)) for g, t in pairs),
        "statuses taken for": _crossed((g["status"], t["status"]) for g, t in found),
        "score error": reliable.ece if reliable else None,
        "by score": [
            (one.least, one.count, one.predicted, one.observed) for one in (reliable.bins if reliable else ())
        ],
    }


def _pairs(gold: Sequence[Entry], told: Sequence[Entry]) -> Iterator[Pair]:
    cells = (
        ((a["act"] != b["act"], abs(a["anchor"][0] - b["anchor"][0])), i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(told)
        if a["anchor"][0] < b["anchor"][1] and b["anchor"][0] < a["anchor"][1]
    )
    found = pair(cells)
    for i, j in found:
        if not gold[i].get("optional"):
            yield gold[i], told[j]
    paired = {i for i, _ in found}, {j for _, j in found}
    yield from ((one, None) for i, one in enumerate(gold) if i not in paired[0] and not one.get("optional"))
    yield from ((None, one) for j, one in enumerate(told) if j not in paired[1])


def _sides(pairs: Sequence[Pair]) -> tuple[list[Entry | None], list[Entry | None]]:
    return [gold for gold, _ in pairs], [told for _, told in pairs]


def _act(event: Entry | None) -> str:
    return event["act"] if event else NOTHING


def _by(
    hits: Mapping[str, int], told: Mapping[str, int], gold: Mapping[str, int]
) -> dict[str, tuple[float, ...]]:
    """Return precision, recall, F1, number annotated and number told of each kind."""
    kinds = sorted({*told, *gold})
    return {
        kind: (
            *rates(hits.get(kind, 0), told.get(kind, 0), gold.get(kind, 0)),
            gold.get(kind, 0),
            told.get(kind, 0),
        )
        for kind in kinds
    }


def _by_status(found: Sequence[tuple[Entry, Entry]]) -> dict[str, tuple[float, ...]]:
    hits = Counter(g["status"] for g, t in found if g["status"] == t["status"])
    return _by(hits, Counter(t["status"] for _, t in found), Counter(g["status"] for g, _ in found))


def _crossed(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for wanted, told in pairs:
        found.setdefault(wanted, Counter())[told] += 1
    return {wanted: dict(sorted(found[wanted].items())) for wanted in sorted(found)}


# --- as Markdown


def acts_table(result: Mapping[str, Any]) -> str:
    """Set rates by act and status, what is taken for what, and what scores are worth, as Markdown."""
    parts = [
        rates_table("act", result["by act"]),
        rates_table("status", result["by status"]),
        confusion_table("act", result["acts taken for"]),
        confusion_table("status", result["statuses taken for"]),
    ]
    if result["by score"]:
        rows = [f"| {a:.2f} | {n} | {p:.2f} | {o:.2f} |" for a, n, p, o in result["by score"]]
        parts.append("\n".join(["| score from | events | mean score | right |", "|---|---|---|---|", *rows]))
    return "\n\n".join(parts)


def rates_table(name: str, rows: Mapping[str, Sequence[float]]) -> str:
    """Set precision, recall and F1 of each kind, with how many were annotated and told."""
    lines = [f"| {name} | annotated | told | precision | recall | F1 |", "|---|---|---|---|---|---|"]
    for kind, (precision, recall, f1, gold, told) in rows.items():
        cells = (
            f"{value:.2f}" if shown else ""
            for value, shown in ((precision, told), (recall, gold), (f1, gold))
        )
        lines.append(f"| {kind} | {gold} | {told} | {' | '.join(cells)} |")
    return "\n".join(lines)


def confusion_table(name: str, crossed: Mapping[str, Mapping[str, int]], most: int = 6) -> str:
    """Set for each kind what it is taken for, the commonest first."""
    lines = [f"| annotated {name} | told as |", "|---|---|"]
    for wanted, told in crossed.items():
        ranked = sorted(told.items(), key=lambda item: (-item[1], item[0]))[:most]
        lines.append(f"| {wanted} | {', '.join(f'{kind} {count}' for kind, count in ranked)} |")
    return "\n".join(lines)
