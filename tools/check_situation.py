"""Hold the situation of Russia and Ukraine against Wikipedia's portal of current events.

usage: check_situation.py LEDGER [GOLD]

GOLD (quality/portal_2022.jsonl) holds 60 events of the portal, drawn at random from those of January to
March 2022 that name both parties. By reading the best matching sentences of the stream it was decided whether
the stream's publishers report them at all, and whether they are acts of one party toward the other. An event
is shown where an entry of the situation rests on words inside one of those sentences.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from chancery.ledger import Ledger
from chancery.situation import Entry, Options, Sides, Situation
from chancery.situation.found import Act, Held, Measured
from chancery.situation.gathering import find_side, of_ledger

GOLD = Path("quality/portal_2022.jsonl")
FIRST, LAST = date(2022, 1, 1), date(2022, 3, 31)


def entries(made: Situation) -> Iterator[Entry[Act] | Entry[Held] | Entry[Measured]]:
    """Yield every entry of a situation."""
    yield from made.talks.entries
    for acts in made.done.values():
        yield from acts.entries
    yield from made.open.entries
    yield from made.denied.entries
    for positions in made.positions.values():
        yield from positions.entries
    yield from made.figures.entries


def passages(made: Situation) -> Iterator[tuple[str, int, int, str]]:
    """Yield what every witness of every entry rests on: report, start, end, the report's text."""
    for entry in entries(made):
        for witness in entry.witnesses:
            yield witness.report.id, *witness.span, witness.report.reading.article.text


def shown(event: Mapping[str, Any], made: Sequence[tuple[str, int, int, str]]) -> bool:
    """Tell whether an entry rests on words inside one of the event's sentences."""
    for evidence in event["evidence"]:
        for report, start, end, text in made:
            at = text.find(evidence["sentence"]) if report == evidence["report"] else -1
            if at >= 0 and at <= start and end <= at + len(evidence["sentence"]):
                return True
    return False


def main() -> None:
    """Print how many reported events the whole page and the printed page show."""
    path = Path(sys.argv[2]) if len(sys.argv) > len(("tool", "ledger")) else GOLD
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    reported = [event for event in gold if event["reported"]]
    between = [event for event in reported if event["between"]]
    print(f"{len(gold)} events: {len(reported)} are reported, {len(between)} of them acts between the two")
    with Ledger.open(sys.argv[1]) as ledger:
        sides = Sides(find_side(ledger, "RUS"), find_side(ledger, "UKR"))
        for name, options in {
            "every entry": Options(FIRST, LAST, most=None, least_score=0),
            "--full": Options(FIRST, LAST, most=None),
            "the printed page": Options(FIRST, LAST),
        }.items():
            made = list(passages(of_ledger(ledger, sides, options)))
            counts = [sum(shown(event, made) for event in events) for events in (reported, between)]
            print(
                f"{name}: {counts[0]} of {len(reported)} reported, {counts[1]} of {len(between)} acts between"
            )


if __name__ == "__main__":
    main()
