"""Write the figures of docs/evaluation/events.md: events act by act, read by weights that never saw the text.

usage: report_events.py PASSAGES.jsonl --reports REPORTS.jsonl ... [--folds 5] [--page PAGE.md]

What stands between two markers of the page is replaced; the rest is written by hand.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import chancery
from chancery.evaluate.acts import acts_table, score_acts
from chancery.evaluate.events import score_events
from chancery.evaluate.predictions import as_acts, as_events
from event_folds import Material, parsed
from train_events import MORE, fit, read_records

PENALTY = 4.0  # as train_events.py fits the weights that ship
# Whose sentences the page quotes, with attribution: one licence a source.
SOURCES = {
    "portal": "Wikipedia contributors, CC BY-SA 4.0",
    "us_state": "US Department of State, public domain",
    "us_white_house": "The White House, public domain",
    "uk_government": "Crown copyright, OGL v3.0",
    "president_ua": "President of Ukraine, CC BY 4.0",
    "kremlin": "President of Russia, CC BY 4.0",
    "australia_pm": "Prime Minister of Australia, CC BY 3.0 AU",
}
SHORTEST, LONGEST = 50, 170
MARKED = "<!-- {name}: tools/report_events.py -->\n{text}\n<!-- end {name} -->"


def figures(material: Material, folds: int) -> dict[str, str]:
    """Read everything by fold; return the tables by the name of their place in the page."""
    readings = dict(material.read(folds, lambda rows: fit(rows, PENALTY)))
    first = len(material.passages)
    passages = [one[0] for one in material.passages]
    reports = [one[0] for one in material.reports]
    published = score_events(passages, [as_events(one, readings[n]) for n, one in enumerate(passages)])
    told = {one["id"]: as_acts(one, readings[n])["events"] for n, one in enumerate(passages)}
    return {
        "examples": _examples(passages, told),
        "passages": _section([as_acts(one, readings[n]) for n, one in enumerate(passages)], passages),
        "parties": _parties(published),
        "reports": _section([as_acts(one, readings[first + n]) for n, one in enumerate(reports)], reports),
    }


def _section(told: Sequence[Mapping[str, Any]], gold: Sequence[Mapping[str, Any]]) -> str:
    result = score_acts(gold, told)
    act = result["act"]
    lines = [
        f"{len(gold)} texts, {act['gold']} events annotated, {act['told']} told.",
        f"Acts: precision {act['precision']:.3f}, recall {act['recall']:.3f}, F1 {act['f1']:.3f}.",
        f"Status of those found: {result['status']:.3f} right;",
        f"unreal told as real {result['unreal told as real']:.3f},",
        f"real told as unreal {result['real told as unreal']:.3f}.",
        f"Score less share right, on average: {result['score error']:.3f}.",
    ]
    return " ".join(lines) + f"\n\n{acts_table(result)}"


def _examples(gold: Sequence[Mapping[str, Any]], told: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Set for each act the shortest passages with that one event: two read right, two that are not.

    Right in act and status; the parties are measured below.
    """
    lines = ["| act | passage | annotated | told | source |", "|---|---|---|---|---|"]
    short = sorted(
        (one for one in gold if one["source"] in SOURCES and SHORTEST <= len(one["text"]) <= LONGEST),
        key=lambda one: (len(one["text"]), one["id"]),
    )
    for act in sorted({event["act"] for one in gold for event in one["events"]}):
        alone = [one for one in short if [event["act"] for event in one["events"]] == [act]]
        right = [one for one in alone if _read(one["events"]) == _read(told[one["id"]])]
        wrong = [one for one in alone if one not in right]
        lines += [_example(act, one, told[one["id"]]) for one in (*right[:2], *wrong[:2])]
    return "\n".join(lines)


def _read(events: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(f"{event['act']} {event['status']}" for event in events) or "nothing"


def _example(act: str, one: Mapping[str, Any], told: Sequence[Mapping[str, Any]]) -> str:
    text = " ".join(one["text"].split()).replace("|", "/")
    source = f"[{one['date'][:10]}]({one['url']}), {SOURCES[one['source']]}"
    return f"| {act} | {text} | {_read(one['events'])} | {_read(told)} | {source} |"


def _parties(result: Mapping[str, Any]) -> str:
    lines = ["| published type | annotated | precision | recall | F1 |", "|---|---|---|---|---|"]
    for kind, (precision, recall, f1, number) in result["by type"].items():
        lines.append(f"| {kind} | {number} | {precision:.2f} | {recall:.2f} | {f1:.2f} |")
    whole = result["type+dyad"]
    lines.append(f"| all | {result['gold']} | {whole.precision:.3f} | {whole.recall:.3f} | {whole.f1:.3f} |")
    return "\n".join(lines)


def replaced(page: str, tables: Mapping[str, str]) -> str:
    """Put tables between their markers."""
    for name, text in tables.items():
        pattern = re.compile(rf"<!-- {name}: .*?<!-- end {name} -->", re.DOTALL)
        assert pattern.search(page), f"the page has no place for {name}"
        before, after = pattern.split(page)
        page = before + MARKED.format(name=name, text=text) + after
    return page


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--reports", type=Path, nargs="*", default=[])
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--page", type=Path, default=Path("docs/evaluation/events.md"))
    args = parser.parse_args()
    reader = chancery.load()
    paths = ([args.gold], args.reports, [MORE])
    passages, reports, more = (parsed(read_records(one), reader) for one in paths)
    tables = figures(Material(reader, passages, reports, more), args.folds)
    args.page.write_text(replaced(args.page.read_text("utf-8"), tables), "utf-8")
    print(*(f"{name}: {text.splitlines()[0]}" for name, text in tables.items()), sep="\n")


if __name__ == "__main__":
    main()
