"""Turns and blocks: "Poll: Voters want change", "MR. PRICE:", "The minister said:" before a paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.statements.quotatives import cue_behind
from chancery.extract.statements.scene import NOT_QUOTED, Candidate, Scene
from chancery.extract.statements.speakers import cue_run, phrase, speaker_of

__all__ = ["blocks", "turns"]

# A speaker's label is short; longer phrases before a colon announce a list.
LONGEST_LABEL = 8
LONGEST_NAME = 5

# Labels that make a text a transcript.
TRANSCRIPT = 3
QUESTIONS = (["q"], ["question"], ["a"], ["answer"])

FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me"})


def turns(scene: Scene) -> Iterator[Candidate]:
    """Find paragraphs that open with a source and a colon.

    In a transcript (three labels or more, one of them again) a turn goes on over the paragraphs
    without a label; elsewhere a single name and colon holds its own paragraph.
    """
    paragraphs = scene.paragraphs()
    labels = {
        number: colon for number in range(len(paragraphs)) if (colon := _label(scene, paragraphs[number]))
    }
    questions = _questions(scene, paragraphs) if labels else {}
    named = [scene.doc[paragraphs[n][0] : colon].text for n, colon in labels.items()]
    transcript = _is_transcript(named + ["Q"] * len(questions))
    if transcript:
        labels = dict(sorted((questions | labels).items()))
    for number, colon in labels.items():
        last = number
        while transcript and last + 1 < len(paragraphs) and last + 1 not in labels:
            last += 1
        start, end = paragraphs[number][0], paragraphs[last][1]
        headline = number == 0 and not transcript
        if transcript or headline or _is_turn(scene, start, colon, end):
            rule, score = ("headline", 0.9) if headline else ("turn", 0.8)
            content = set(range(colon + 1, end))
            label = (start, max(colon, start + 1))
            yield Candidate(colon, rule, (colon, colon + 1), content, label, score)


def _questions(scene: Scene, paragraphs: list[tuple[int, int]]) -> dict[int, int]:
    """Find the turns of the White House's own form, "Q" and the question without a colon.

    Unread, the reporter's question stands in the mouth of the spokesman who spoke before.
    """
    if scene.options.corpus:
        return {}
    return {
        number: start
        for number, (start, end) in enumerate(paragraphs)
        if scene.doc[start].text == "Q" and end - start > 1 and scene.tree.lower[start + 1] != ":"
    }


def _is_transcript(labels: list[str]) -> bool:
    """Tell labels that come again, as those of speakers do, from the headings of a list."""
    return len(labels) >= TRANSCRIPT and len(set(labels)) < len(labels)


def _label(scene: Scene, paragraph: tuple[int, int]) -> int | None:
    """Return the colon behind a speaker's label at the start of a paragraph."""
    tree, (start, end) = scene.tree, paragraph
    window = range(start + 1, min(end, start + LONGEST_LABEL + 1))
    colon = next((i for i in window if tree.lower[i] == ":"), None)
    if colon is None or colon >= end - 2 or scene.quoted[colon] != NOT_QUOTED:
        return None
    # annotators of corpora read through bare "Q:" and "A:"
    asked = not scene.options.corpus and tree.lower[start:colon] in QUESTIONS
    # a form feed before a colon is nobody's name
    worded = any(scene.is_word[i] for i in range(start, colon))
    named = worded and (start == 0 or tree.pos[colon - 1] == "PROPN" or asked)
    plain = not any(tree.pos[i] in {"VERB", "AUX"} for i in range(start, colon))
    return colon if named and plain and (start == 0 or colon - start <= LONGEST_NAME) else None


def _is_turn(scene: Scene, start: int, colon: int, end: int) -> bool:
    """Tell a lone turn from a caption: a capitalized label, and a sentence behind it."""
    shouted = scene.doc[start:colon].text.isupper()
    speaks = any(scene.tree.pos[i] in {"VERB", "AUX"} for i in range(colon + 1, end))
    return speaks and (shouted or scene.quoted[colon + 1] != NOT_QUOTED)


def blocks(scene: Scene) -> Iterator[Candidate]:
    """Find paragraphs that end "he said:" or "attributable to the spokesman:", and those they introduce.

    A block goes on while its paragraphs are quoted or speak in the first
    person; an attributed text goes on to the end.
    """
    tree, paragraphs = scene.tree, scene.paragraphs()
    for number, (start, end) in enumerate(paragraphs[:-1]):
        last = end - 1
        while last > start and tree.pos[last] == "SPACE":
            last -= 1
        if tree.lower[last] != ":" or scene.quoted[last] != NOT_QUOTED:
            continue
        found = _introduction(scene, tree.sentence[last], last)
        if found is not None:
            whole = found.rule == "attributed"
            following = scene.quotation(paragraphs[number + 1][0])
            if following is not None and cue_behind(scene, following) is not None:
                continue
            found.content = _block(scene, paragraphs[number + 1 :], whole=whole)
            yield found


def _introduction(scene: Scene, start: int, colon: int) -> Candidate | None:
    tree = scene.tree
    for i in range(colon - 1, start - 1, -1):
        if tree.lower[i] == "attributable":
            to = tree.child(i, "prep")
            who = None if to is None else tree.child(to, "pobj")
            if to is not None and who is not None:
                return Candidate(i, "attributed", (i, to + 1), set(), phrase(tree, who), 0.9)
        if tree.lemma[i] in scene.lexicon["colon"] and tree.pos[i] == "VERB":
            return Candidate(i, "block", cue_run(tree, i), set(), speaker_of(scene, i), 0.9)
    return None


def _block(scene: Scene, paragraphs: list[tuple[int, int]], *, whole: bool) -> set[int]:
    content: set[int] = set()
    for number, (start, end) in enumerate(paragraphs):
        quotation = scene.quotation(start)
        plain = all(scene.quoted[i] == NOT_QUOTED for i in range(start, end))
        own = plain and any(scene.tree.lower[i] in FIRST_PERSON for i in range(start, end))
        if number and not (whole or own or (quotation is not None and quotation.continues)):
            break
        content |= set(range(start, end if quotation is None else quotation.end))
        if quotation is not None and quotation.closed:
            break
    return content
