"""Identity of acts and claims, measured on pairs of records from two reports.

The records of a pair are given, so that this measures the decision and not the
reading before it. `same` is null where the annotator would not say: left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from chancery.evaluate.matching import Entry
from chancery.follow.found import Source
from chancery.follow.items import Act, Saying, Wording
from chancery.follow.same import same_act, same_claim

__all__ = ["judge_pairs", "score_pairs"]


def judge_pairs(gold: Sequence[Entry]) -> list[dict[str, Any]]:
    """Judge every pair, without looking at its label: its id, `same` and the reason."""
    return [
        {"id": pair["id"], "reason": (reason := _reason(pair)), "same": reason is not None} for pair in gold
    ]


def score_pairs(gold: Sequence[Entry], told: Sequence[Entry]) -> dict[str, Any]:
    """Count precision, recall and F1 of `same`, for acts and for claims."""
    said = {pair["id"]: pair["same"] for pair in told}
    return {
        kind: _counts([(pair["same"], said.get(pair["id"], False)) for pair in gold if pair["kind"] == kind])
        for kind in ("act", "claim")
    }


def _counts(rows: Sequence[tuple[bool | None, bool]]) -> dict[str, float]:
    rows = [(want, got) for want, got in rows if want is not None]
    hits = sum(want and got for want, got in rows if want is not None)
    told, wanted = sum(got for _, got in rows), sum(bool(want) for want, _ in rows)
    return {
        "pairs": len(rows),
        "precision": hits / told if told else 0.0,
        "recall": hits / wanted if wanted else 0.0,
        "f1": 2 * hits / (told + wanted) if told + wanted else 0.0,
    }


def _reason(pair: Entry) -> str | None:
    if pair["kind"] == "act":
        return same_act(_act(pair["a"]), _act(pair["b"]))
    return same_claim(_saying(pair["a"]), _saying(pair["b"]))


def _source(side: Mapping[str, Any], words: str) -> Source:
    return Source(side["published"][:10], side["report"], "", side["publisher"], (0, len(words)), words)


def _act(side: Mapping[str, Any]) -> Act:
    known = [{party for party in side[role] if not party.startswith("?")} for role in ("actor", "recipient")]
    root = {
        party: country or (party if party.startswith("person:") else party.partition(":")[0])
        for party, country in side["countries"].items()
    }
    first, last = ((day and date.fromisoformat(day)) for day in side["time"] or (None, None))
    passage = side["passage"].strip()
    return Act(
        source=_source(side, passage),
        act=side["act"],
        mode=side["mode"],
        status=side["status"],
        actors=frozenset(known[0]),
        recipients=frozenset(known[1]),
        countries=frozenset(root[party] for party in known[0] | known[1]),
        acting=frozenset(root[party] for party in known[0]),
        first=first,
        last=last,
        anchor=side["passage"][slice(*side["anchor"])],
        wording=Wording(passage),
    )


def _saying(side: Mapping[str, Any]) -> Saying:
    words = " ".join(side["passage"][slice(*span)] for span in side["content"])
    return Saying(_source(side, words), side["speaker"], negated=False, wording=Wording(words))
