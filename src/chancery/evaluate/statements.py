"""Score extracted statements (content, speaker, cue) against gold attributions.

A span is the set of word tokens it touches, so quotation marks, stops and
blanks at its edges never matter. Contents are paired one to one, best Jaccard
first; "end-to-end" counts a prediction only where the contents agree (Jaccard
>= .5) and the speaker is right. "Segment" is the exact match of CofeNet (Wang
et al., COLING 2022): every unbroken run of tokens of a role, right only if
exactly found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chancery.evaluate.matching import Entry, pair, rates

__all__ = ["KINDS", "matched_statements", "score_statements"]

KINDS = ("direct", "mixed", "indirect")
ROLES = ("content", "source", "cue")
WORD = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*")
OPENING, CLOSING = "“‟„«", "”»"

type TokenSet = frozenset[int]


def _quoted(text: str) -> bytearray:
    """One flag a character: inside quotation marks? A quotation left open ends with its paragraph."""
    flags = bytearray(len(text))
    for paragraph in re.finditer(r"[^\n]+", text):
        curly = straight = False
        for i in range(*paragraph.span()):
            char = text[i]
            if char in OPENING:
                curly = True
            elif char in CLOSING:
                curly = False
            elif char == '"':
                straight = not straight
            else:
                flags[i] = curly or straight
    return flags


class _Text:
    """The word tokens of one text, and spans as sets of token numbers."""

    def __init__(self, text: str) -> None:
        found = list(WORD.finditer(text))
        flags = _quoted(text)
        self.text = text
        self.starts = [match.start() for match in found]
        self.ends = [match.end() for match in found]
        self.quoted = [bool(flags[match.start()]) for match in found]

    def tokens(self, spans: Iterable[Sequence[int]] | None) -> TokenSet:
        out = set()
        for start, end in spans or ():
            i = bisect_left(self.ends, start + 1)
            while i < len(self.starts) and self.starts[i] < end:
                out.add(i)
                i += 1
        return frozenset(out)

    def kind(self, tokens: TokenSet) -> str:
        inside = sum(self.quoted[token] for token in tokens)
        return "direct" if tokens and inside == len(tokens) else "mixed" if inside else "indirect"


@dataclass(frozen=True, slots=True)
class _View:
    """One attribution or prediction as token sets by role, with its kind."""

    roles: tuple[TokenSet, TokenSet, TokenSet]
    kind: str
    stated: str | None = None
    said: bool = True


def _views(text: _Text, entries: Iterable[Entry], speaker: str, forms: Collection[str] | None) -> list[_View]:
    out = []
    for entry in entries:
        source = speaker if speaker in entry else "source"
        content, said_by, cue = (text.tokens(entry.get(role)) for role in ("content", source, "cue"))
        if content:
            said = forms is None or any(
                word.lower() in forms
                for start, end in entry.get("cue") or ()
                for word in WORD.findall(text.text[start:end])
            )
            out.append(_View((content, said_by, cue), text.kind(content), entry.get("kind"), said))
    return out


def _paired(gold: Sequence[_View], told: Sequence[_View]) -> list[tuple[int, int, float]]:
    score = {}
    for i, g in enumerate(gold):
        for j, p in enumerate(told):
            if shared := len(g.roles[0] & p.roles[0]):
                score[i, j] = shared / (len(g.roles[0]) + len(p.roles[0]) - shared)
    return [(i, j, score[i, j]) for i, j in pair((-value, i, j) for (i, j), value in score.items())]


def matched_statements(record: Entry, statements: Sequence[Entry]) -> dict[int, int]:
    """Return which told statement has the content (Jaccard >= .5) of which gold attribution."""
    text = _Text(record["text"])
    gold = _views(text, record["attributions"], "source", None)
    told = _views(text, statements, "speaker", None)
    # what holds no word is no view; the others keep their order
    views = iter(number for number, one in enumerate(statements) if text.tokens(one.get("content")))
    number_of = dict(enumerate(views))
    return {number_of[j]: i for i, j, score in _paired(gold, told) if score >= 0.5}


def _set_aside(gold: list[_View], told: list[_View]) -> tuple[list[_View], list[_View]]:
    """Leave out gold with unlisted cues: predictions paired with it, and its tokens in the others."""
    gone = {j for i, j, _ in _paired(gold, told) if not gold[i].said}
    kept = [view for view in gold if view.said]
    aside = [_union(view.roles[role] for view in gold if not view.said) for role in range(3)]
    mine = [_union(view.roles[role] for view in kept) for role in range(3)]
    left = [
        _View(
            (
                view.roles[0] - (aside[0] - mine[0]),
                view.roles[1] - (aside[1] - mine[1]),
                view.roles[2] - (aside[2] - mine[2]),
            ),
            view.kind,
            view.stated,
        )
        for j, view in enumerate(told)
        if j not in gone
    ]
    return kept, left


def _union(sets: Iterable[TokenSet]) -> TokenSet:
    return frozenset().union(*sets)


def _segments(views: Iterable[_View], role: int) -> set[tuple[int, int]]:
    out = set()
    for view in views:
        run: list[int] = []
        for token in sorted(view.roles[role]):
            if run and token != run[-1] + 1:
                out.add((run[0], run[-1]))
                run = []
            run.append(token)
        if run:
            out.add((run[0], run[-1]))
    return out


type Counts = Counter[tuple[str, str]]


def _count(record: Entry, statements: Iterable[Entry], forms: Collection[str] | None) -> Counts:
    text, count = _Text(record["text"]), Counter[tuple[str, str]]()
    gold = _views(text, record["attributions"], "source", forms)
    told = _views(text, statements, "speaker", None)
    pairs = _paired(gold, told)
    if forms is not None:
        keep = [i for i, view in enumerate(gold) if view.said]
        gone = {j for i, j, _ in pairs if not gold[i].said}
        rest = [j for j in range(len(told)) if j not in gone]
        pairs = [(keep.index(i), rest.index(j), score) for i, j, score in pairs if gold[i].said]
        gold, told = _set_aside(gold, told)
        told = [_View(view.roles, text.kind(view.roles[0]), view.stated) for view in told]
    partner = {j: i for i, j, _ in pairs}
    rows = [gold[partner[j]].kind if j in partner else view.kind for j, view in enumerate(told)]
    for kind in ("all", *KINDS):
        g = [view for view in gold if kind in ("all", view.kind)]
        p = [view for view, row in zip(told, rows, strict=True) if kind in ("all", row)]
        _count_roles(count, kind, (g, p), (gold, told))
    for i, j, score in pairs:
        _count_pair(count, gold[i], told[j], score)
    return count


def _count_roles(
    count: Counts, kind: str, some: tuple[list[_View], list[_View]], every: tuple[list[_View], list[_View]]
) -> None:
    for number, role in enumerate(ROLES):
        for unit, collect in (("", _tokens), (".seg", _segments)):
            want, got = collect(some[0], number), collect(some[1], number)
            count[kind, f"{role}{unit}.gold"] += len(want)
            count[kind, f"{role}{unit}.pred"] += len(got)
            count[kind, f"{role}{unit}.found"] += len(want & collect(every[1], number))
            count[kind, f"{role}{unit}.right"] += len(got & collect(every[0], number))
    count[kind, "n.gold"] += len(some[0])
    count[kind, "n.pred"] += len(some[1])


def _tokens(views: Iterable[_View], role: int) -> set[Any]:
    return set(_union(view.roles[role] for view in views))


def _count_pair(count: Counts, gold: _View, told: _View, score: float) -> None:
    source, speaker = gold.roles[1], told.roles[1]
    hit = bool(source & speaker) or not (source or speaker)
    for kind in ("all", gold.kind):
        count[kind, "overlap"] += 1
        count[kind, "soft"] += score  # type: ignore[assignment] # a sum of shares
        count[kind, "exact"] += score == 1
        if score < 0.5:
            continue
        count[kind, "partial"] += 1
        count[kind, "speaker.hit"] += hit
        if source:
            count[kind, "sourced"] += 1
            count[kind, "sourced.hit"] += bool(source & speaker)
            count[kind, "sourced.exact"] += source == speaker
            count[kind, "sourced.none"] += not speaker
        count[kind, "cue.hit"] += bool(gold.roles[2] & told.roles[2]) or not (gold.roles[2] or told.roles[2])
        if told.stated:
            count[kind, "kind.stated"] += 1
            count[kind, "kind.right"] += told.stated == gold.kind


def _measure(count: Mapping[tuple[str, str], int], kind: str) -> dict[str, Any]:
    def get(name: str) -> int:
        return count.get((kind, name), 0)

    def share(a: str, b: str) -> float | None:
        return get(a) / get(b) if get(b) else None

    out: dict[str, Any] = {"gold": get("n.gold"), "predicted": get("n.pred")}
    for unit, title in (("", "token"), (".seg", "segment")):
        for role in ROLES:
            name = f"{role}{unit}"
            out[f"{title} {role}"] = rates(
                get(f"{name}.right"), get(f"{name}.pred"), get(f"{name}.gold"), get(f"{name}.found")
            )
    for name in ("exact", "partial", "overlap", "soft"):
        out[f"span {name}"] = rates(get(name), get("n.pred"), get("n.gold"))
    out["end-to-end"] = rates(get("speaker.hit"), get("n.pred"), get("n.gold"))
    out["speaker accuracy"] = share("speaker.hit", "partial")
    out["speaker accuracy, sourced"] = share("sourced.hit", "sourced")
    out["speaker exact span, sourced"] = share("sourced.exact", "sourced")
    out["speaker left out, sourced"] = share("sourced.none", "sourced")
    out["cue accuracy"] = share("cue.hit", "partial")
    out["kind named"] = share("kind.right", "kind.stated")
    return out


def score_statements(
    gold: Iterable[Entry], predicted: Iterable[Entry], *, forms: Collection[str] | None = None
) -> dict[str, dict[str, Any]]:
    """Compare predicted statements with gold attributions, article by article.

    Args:
        gold: `{"id", "text", "attributions": [{"source", "cue", "content"}]}`, each a list of spans.
        predicted: `{"id", "statements": [{"content", "speaker", "cue", "kind"}]}`; a missing one is empty.
        forms: keep only gold whose cue has one of these word forms; the rest of the gold counts neither way.

    Returns:
        For "all" and each kind: counts, rates (precision, recall, F1) and accuracies by name.
    """
    told = {entry["id"]: entry.get("statements", []) for entry in predicted}
    total: Counts = Counter()
    for record in gold:
        total.update(_count(record, told.get(record["id"], []), forms))
    return {kind: _measure(total, kind) for kind in ("all", *KINDS)}
