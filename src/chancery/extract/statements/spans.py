"""Contents as runs of tokens, and what can be read from them: kind and negation."""

from __future__ import annotations

from chancery.extract.statements.scene import NOT_QUOTED, Candidate, Scene
from chancery.extract.statements.speakers import is_negated
from chancery.extract.syntax import Tokens
from chancery.records import StatementKind

__all__ = ["content_runs", "kind_of", "negated"]

# Blocks of somebody's own words, with or without marks.
UNMARKED = frozenset({"block", "attributed", "turn"})


def content_runs(scene: Scene, candidate: Candidate) -> tuple[Tokens, ...]:
    """Return the content's runs of tokens, trimmed to words; runs of punctuation only are left out.

    A space token or a mark alone does not break a run in two; a cue or a speaker does.
    """
    runs: list[list[int]] = []
    for i in sorted(candidate.content):
        if runs and i == runs[-1][1]:
            runs[-1][1] = i + 1
        else:
            runs.append([i, i + 1])
    trimmed = [
        _trim(scene, *part) for start, end in _bridged(scene, runs) for part in _split(scene, start, end)
    ]
    return tuple(run for run in trimmed if run is not None)


def _split(scene: Scene, start: int, end: int) -> list[Tokens]:
    """Part a run where a paragraph repeats the opening mark of the quotation before."""
    numbers = {scene.quoted[i] for i in range(start, end)} - {NOT_QUOTED}
    again = sorted(q.start for n in numbers if (q := scene.outer[n]).continues and start < q.start < end)
    return list(zip([start, *again], [*again, end], strict=True))


def _bridged(scene: Scene, runs: list[list[int]]) -> list[list[int]]:
    """Join runs that only punctuation or space keeps apart."""
    joined: list[list[int]] = []
    for run in runs:
        if joined and not any(scene.is_word[i] for i in range(joined[-1][1], run[0])):
            joined[-1][1] = run[1]
        else:
            joined.append(run)
    return joined


def _trim(scene: Scene, start: int, end: int) -> Tokens | None:
    while start < end and not scene.is_word[start] and not _is_altered(scene, start):
        start += 1
    while end > start and not scene.is_word[end - 1]:
        end -= 1
    while (
        start < end
        and not scene.options.corpus
        and (_is_bare_that(scene, start) or not (scene.is_word[start] or _is_altered(scene, start)))
    ):
        start += 1
    return _with_marks(scene, start, end) if start < end else None


def _with_marks(scene: Scene, start: int, end: int) -> Tokens:
    """Give back the mark whose partner stands inside: 'the terms "an insult"', and a question its mark."""
    if scene.options.corpus:
        return start, end
    lower, size = scene.tree.lower, scene.tree.size
    last = scene.quotation(end - 1)
    if last is not None and last.closed and start < last.start and end < last.end <= end + 2:
        end = last.end
    elif end < size and lower[end] in {"?", "!"}:
        end += 1
    first = scene.quotation(start)
    if first is not None and first.closed and first.start == start - 1 and start < first.end < end:
        start -= 1
    return start, end


def _is_altered(scene: Scene, i: int) -> bool:
    """Tell the bracket of a changed first letter, "[w]e have seen", which belongs to its word."""
    return (
        scene.tree.lower[i] == "["
        and scene.tree.lower[i + 1 : i + 2] != []
        and "]" in scene.tree.lower[i + 1][:2]
    )


def _is_bare_that(scene: Scene, i: int) -> bool:
    return scene.tree.lower[i] == "that" and scene.tree.dep[i] == "mark"


def kind_of(scene: Scene, candidate: Candidate) -> StatementKind:
    """Tell whether all, some or none of the content's words are quoted, counted from where the cue stands.

    Marks around the cue itself belong to the statement that holds it: what
    "they think" inside a direct quotation is ascribed is indirect.
    """
    if candidate.rule in UNMARKED and not any(scene.quotation(i) for i in candidate.content):
        return "direct"
    around = scene.depth[candidate.head]
    words = [i for run in content_runs(scene, candidate) for i in range(*run) if scene.is_word[i]]
    inside = sum(scene.depth[i] > around for i in words)
    if not inside:
        return "indirect"
    return "direct" if inside == len(words) else "mixed"


def negated(scene: Scene, candidate: Candidate) -> bool:
    """Tell whether the cue is negated or a denial."""
    tree, words, head = scene.tree, scene.lexicon, candidate.head
    lemma = tree.lemma[head]
    if candidate.rule in {"according", "headline", "turn"}:
        return False
    if lemma in words["negating.verbs"] or is_negated(tree, head):
        return True
    return lemma in words["negating.objects"] and any(
        tree.lemma[i] in words["negating.claims"] for i in candidate.content if tree.head[i] == head
    )
