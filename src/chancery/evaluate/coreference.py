"""Score who is meant: pronouns and descriptions led back to a name.

Asked are gold pronouns and nominals in a chain that holds a name. A predicted
mention is resolved when its chain holds another mention that fits a gold name;
the answer is the gold chain named most often there, the nearest before it on a
tie. Abstaining costs recall only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chancery.evaluate.matching import Entry, pair, rates

__all__ = ["score_coreference"]

ALIAS = {
    "per": "person",
    "org": "organization",
    "loc": "place",
    "organisation": "organization",
    "location": "place",
}

type Where = tuple[int, int]


def _canon(label: str | None) -> str:
    return ALIAS.get((label or "").lower(), (label or "").lower())


def _span(mention: Entry) -> Where:
    return mention["start"], mention["end"]


def _fit(gold: Entry, where: Where) -> float:
    """How well a span names a gold mention: 0 if not at all."""
    start, end = where
    shared = min(gold["end"], end) - max(gold["start"], start)
    if shared <= 0:
        return 0.0
    score: float = shared / (max(gold["end"], end) - min(gold["start"], start))
    inside, head = gold["start"] <= start and end <= gold["end"], gold.get("head") or (0, 0)
    covers = gold["kind"] == "name" or start <= head[0] < head[1] <= end
    return score if score >= 0.5 or (inside and covers) else 0.0


def _partners(gold: Sequence[Entry], told: Sequence[Entry]) -> dict[int, int]:
    fits = ((-_fit(g, _span(p)), i, j) for i, g in enumerate(gold) for j, p in enumerate(told))
    return {j: i for i, j in pair(cell for cell in fits if cell[0])}


def _touched(gold: Sequence[Entry], where: Where) -> Any:  # noqa: ANN401 - chains are named by any JSON value
    best = max(gold, key=lambda g: (_fit(g, where), g["kind"] == "name"), default=None)
    return best["chain"] if best and best["kind"] == "name" and _fit(best, where) else None


def _answers(gold: Sequence[Entry], told: Sequence[Entry], partner: Mapping[int, int]) -> list[Any]:
    named = []
    for j, mention in enumerate(told):
        if j not in partner:
            named.append(_touched(gold, _span(mention)))
        else:
            match = gold[partner[j]]
            named.append(match["chain"] if match["kind"] == "name" else None)
    chains: dict[Any, list[int]] = defaultdict(list)
    for j, mention in enumerate(told):
        if mention.get("chain") is not None:
            chains[mention["chain"]].append(j)
    return [_answer(gold, told, named, chains, j) for j in range(len(told))]


def _answer(
    gold: Sequence[Entry],
    told: Sequence[Entry],
    named: Sequence[Any],
    chains: Mapping[Any, list[int]],
    j: int,
) -> Any:  # noqa: ANN401
    mention = told[j]
    if mention.get("antecedent"):
        return _touched(gold, tuple(mention["antecedent"]))
    others = [k for k in chains.get(mention.get("chain"), ()) if k != j and named[k] is not None]
    votes = Counter(named[k] for k in others)

    def before(chain: object) -> int:
        starts = (
            told[k]["start"] for k in others if named[k] == chain and told[k]["start"] <= mention["start"]
        )
        return max(starts, default=-1)

    return max(votes, key=lambda chain: (votes[chain], before(chain)), default=None)


def score_coreference(
    gold: Iterable[Entry], predicted: Iterable[Entry], *, types: Sequence[str] = ()
) -> dict[str, Any]:
    """Compare predicted chains with gold ones.

    Args:
        gold: `{"id", "mentions": [{"start", "end", "chain", "kind", "type"}]}`.
        predicted: the same; a document that it lacks counts as empty.
        types: ask only chains whose first name has one of these types.
    """
    told = {entry["id"]: entry.get("mentions", []) for entry in predicted}
    wanted, count = {_canon(name) for name in types}, Counter[tuple[str, str]]()
    for document in gold:
        _count(count, document["mentions"], told.get(document["id"], []), wanted)
    out: dict[str, Any] = {kind: _row(count, kind) for kind in ("all", "pronoun", "nominal")}
    total = out["all"]["resolved"] + count["stray", "all"]
    out["stray"] = count["stray", "all"]
    out["precision_all"] = out["all"]["right"] / total if total else 0.0
    return out


def _count(
    count: Counter[tuple[str, str]], gold: Sequence[Entry], told: Sequence[Entry], wanted: set[str]
) -> None:
    first: dict[Any, str] = {}
    for mention in sorted(gold, key=_span):
        if mention["kind"] == "name":
            first.setdefault(mention["chain"], _canon(mention.get("type")))
    other = {
        g["chain"] for g in gold if wanted and first.get(g["chain"], _canon(g.get("type"))) not in wanted
    }
    for mention in gold:
        if mention["kind"] != "name" and mention["chain"] in first and mention["chain"] not in other:
            count["asked", mention["kind"]] += 1
    partner = _partners(gold, told)
    for j, answer in enumerate(_answers(gold, told, partner)):
        if answer is None:
            continue
        if j not in partner:
            count["stray", "all"] += told[j].get("kind") in {"pronoun", "nominal"}
            continue
        match = gold[partner[j]]
        if match["kind"] != "name" and match["chain"] not in other:
            count["resolved", match["kind"]] += 1
            count["right", match["kind"]] += answer == match["chain"]


def _row(count: Counter[tuple[str, str]], kind: str) -> dict[str, Any]:
    n = {
        name: sum(value for (what, of), value in count.items() if what == name and kind in ("all", of))
        for name in ("asked", "resolved", "right")
    }
    return {**n, **rates(n["right"], n["resolved"], n["asked"])._asdict()}
