"""Reports written for the pages: a visit, planned and then held, a claim told twice, a turn."""

from chancery.records import Reading

MADE = {"method": "rule | chancery 0.1.0 | model 1", "score": 0.5}


def actor(ident, name, kind, country):
    return {"id": ident, "name": name, "kind": kind, "country": country, "resolved": True} | MADE


ACTORS = [
    actor("FRA", "France", "state", "FRA"),
    actor("RUS", "Russia", "state", "RUS"),
    actor("POL", "Poland", "state", "POL"),
    actor("person:emmanuel-macron", "Emmanuel Macron", "person", "FRA"),
    actor("person:vladimir-putin", "Vladimir Putin", "person", "RUS"),
]
MACRON, PUTIN = "person:emmanuel-macron", "person:vladimir-putin"

PLAN = "French President Emmanuel Macron will travel to Moscow to meet Russian President Vladimir Putin."
HELD = "French President Emmanuel Macron travelled to Moscow to meet Russian President Vladimir Putin."
CLAIM = "a negotiated settlement of the Donbas conflict remained within reach this winter"
SAID = f"Emmanuel Macron said {CLAIM}."
OFFER = "Poland offers to host the peace conference of the contact group in Warsaw."
REFUSAL = "Poland refuses to host the peace conference of the contact group in Warsaw."


def span(text, words):
    at = text.index(words)
    return [at, at + len(words)]


def slot(text, words, ident):
    return {"span": span(text, words), "actor": ident}


def visit(text, words, status, day):
    return {
        "id": "e1", "anchor": span(text, words), "act": "CONSULT", "mode": "visit", "status": status,
        "actor": [slot(text, "Emmanuel Macron", MACRON)], "recipient": [slot(text, "Vladimir Putin", PUTIN)],
        "time": {"span": None, "first": day, "last": day, "rule": "day of the report"},
        "plover": {"type": "CONSULT", "mode": "visit", "quad": "verbal_cooperation", "intensity": 4.0},
        "cameo": {"code": "042"}, "why": "travel to meet",
    } | MADE  # fmt: skip


def claim(text):
    return {
        "id": "s1", "speaker": slot(text, "Emmanuel Macron", MACRON), "speaker_is": "named",
        "cue": {"span": span(text, "said"), "lemma": "say"},
        "content": [span(text, CLAIM)],
        "kind": "indirect", "negated": False, "about": ["RUS"],
    } | MADE  # fmt: skip


def stance(text, act):
    return {
        "id": "p1", "holder": "POL", "toward": "RUS", "act": act,
        "issue": span(text, "host the peace conference of the contact group in Warsaw"),
    } | MADE  # fmt: skip


def report(number, published, publisher, text, **records):
    return Reading.model_validate(
        {
            "article": {
                "id": f"made-{number}", "url": f"https://{publisher.lower()}.example/{number}",
                "publisher": publisher, "title": f"Report {number}", "text": text, "published": published,
            },
            "actors": ACTORS,
        }
        | records
    )  # fmt: skip


def readings():
    """Seven reports of February 2022; the last ones are of 8 February."""
    meeting = "2022-02-07"
    planned = [visit(PLAN, "travel", "planned", meeting)]
    claimed = [claim(SAID)]
    yield report(1, "2022-02-04T09:00:00+00:00", "Wire", PLAN, events=planned)
    yield report(2, "2022-02-04T11:30:00+00:00", "Herald", f"{PLAN} So it was heard.", events=planned)
    yield report(3, "2022-02-05", "Herald", OFFER, positions=[stance(OFFER, "offer")])
    yield report(4, "2022-02-06", "Wire", SAID, statements=claimed)
    held = [visit(HELD, "travelled", "occurred", meeting)]
    yield report(5, "2022-02-08T08:00:00+00:00", "Wire", HELD, events=held)
    yield report(6, "2022-02-08T07:00:00+00:00", "Herald", f"{SAID} He was in Paris.", statements=claimed)
    yield report(7, "2022-02-08", "Wire", REFUSAL, positions=[stance(REFUSAL, "refuse")])
