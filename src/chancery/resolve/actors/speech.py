"""Who is speaking where: the statements of a report, as far as their speakers are known."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from chancery.extract.quotations import Quotation
from chancery.extract.statements import StatementMention
from chancery.resolve.actors.entity import Cast, Entity

__all__ = ["QUESTIONERS", "Speech"]

# Who asks in a transcript: any of the reporters there.
QUESTIONERS = frozenset({"Q", "QUESTION", "Question", "JOURNALIST", "Journalist", "REPORTER"})


class Speech:
    """Looks up, for a token, whose words it stands in and who spoke last before it."""

    def __init__(self, cast: Cast, said: Sequence[StatementMention], quotations: Sequence[Quotation]) -> None:
        self._cast = cast
        self._said = said
        self._inside = [-1] * len(cast.tree.form)
        # the longest first, so that a statement within another has the last word
        by_length = sorted(
            range(len(said)), key=lambda at: -sum(end - start for start, end in said[at].content)
        )
        for at in by_length:
            for start, end in said[at].content:
                self._inside[start:end] = [at] * (end - start)
        self._quoted = {at for one in quotations for at in range(one.start, one.end)}
        self._roots = [cast.tree.root(*one.speaker) if one.speaker else None for one in said]
        self._open = [head for head in self._roots if head is not None]
        taking = [at for at, one in enumerate(said) if one.rule == "turn" and one.within is None]
        turns = sorted(taking, key=lambda at: said[at].content[0][0])
        self._after = dict(pairwise(turns))
        self._voices: Counter[Entity] = Counter()
        self._speaker_heads = set(self._open)
        self._heads = sorted(self._speaker_heads)

    def is_speaker(self, head: int) -> bool:
        """Say whether a token is the head of a speaker."""
        return head in self._speaker_heads

    def _speaker(self, at: int) -> Entity | None:
        head = self._roots[at]
        return None if head is None else self._cast.entity_at(head)

    def speaker_within(self, token: int) -> Entity | None:
        """Return the speaker of the innermost statement that a token belongs to."""
        at: int | None = self._inside[token]
        while at is not None and at >= 0:
            speaker = self._speaker(at)
            if speaker is not None:
                return speaker
            at = self._said[at].within
        return None

    def within(self, token: int) -> bool:
        """Say whether a token stands in anybody's statement."""
        return self._inside[token] >= 0

    def quotes(self, token: int) -> bool:
        """Say whether a token stands in somebody's own words, not in the reporter's rendering of them."""
        at = self._inside[token]
        return token in self._quoted or (at >= 0 and self._said[at].kind == "direct")

    def addressee_within(self, token: int) -> Entity | None:
        """Return who is addressed in the innermost statement that a token belongs to."""
        at = self._inside[token]
        tokens = self._said[at].addressee if at >= 0 else None
        if tokens:
            return self._cast.entity_at(self._cast.tree.root(*tokens))
        return self._answers(at) if at >= 0 else None

    def _answers(self, at: int) -> Entity | None:
        """Return who answers the question around a statement in a transcript: the reporter's "you"."""
        turn: int | None = at
        while turn is not None and self._said[turn].within is not None:
            turn = self._said[turn].within
        if turn is None or self._said[turn].rule != "turn" or not self._asks(turn):
            return None
        following = self._after.get(turn)
        return None if following is None or self._asks(following) else self._speaker(following)

    def _asks(self, at: int) -> bool:
        speaker = self._said[at].speaker
        return speaker is not None and self._cast.tree.form[speaker[0]] in QUESTIONERS

    def last_speaker_head(self, token: int) -> int | None:
        """Return the head of the speaker nearest before a token."""
        at = bisect_left(self._heads, token)
        return self._heads[at - 1] if at else None

    def voices(self) -> Counter[Entity]:
        """Count the statements of each speaker known by now; those known before are not looked up again."""
        open_ = []
        for head in self._open:
            speaker = self._cast.entity_at(head)
            if speaker is None:
                open_.append(head)
            else:
                self._voices[speaker] += 1
        self._open = open_
        return self._voices
