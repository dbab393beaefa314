"""What the tests of what people look at share: a whole reading, and readings of hostile text."""

from pathlib import Path

import pytest
from hypothesis import strategies as st

from chancery.records import Reading

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def nato():
    return Reading.model_validate_json((DATA / "nato_2022-02-10.reading.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def empty():
    return Reading.model_validate({"article": {"id": "empty", "text": ""}})


SIGNED = {"method": "rule | chancery 0 | model 0", "score": 1.0}

# Text that means something to a terminal, a spreadsheet, a browser or a bidi algorithm.
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "'; alert(1) //",
    "]]><!--",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "\x1b[31mred\x1b[0m\x1b]0;title\x07",
    "=cmd|' /C calc'!A0",
    "\u202etxt.exe\u2066",
    "北約秘書長 斯托爾滕貝格",
    "👩‍👩‍👧‍👦 e\u0301",
    "\ud800",
    "\x00\r\n\x85\u2028",
    "&lt;b&gt; &amp; &#x3c;",
]
TEXTS = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec=None), max_size=30)),
    min_size=1,
    max_size=12,
).map(" ".join)


def spans(length):
    """Draw a span that is not empty."""
    return st.lists(st.integers(0, length), min_size=2, max_size=2, unique=True).map(
        lambda two: tuple(sorted(two))
    )


@st.composite
def hostile_readings(draw):
    """Draw a reading whose text, title, ids and names are hostile and whose spans overlap at random."""
    text = draw(TEXTS) + " ok"  # no span is drawn in a text of one character
    span = spans(len(text))
    name = draw(TEXTS)
    ids = draw(st.lists(TEXTS, min_size=3, max_size=3, unique=True))
    slot = {"span": draw(span), "actor": draw(st.sampled_from([None, "A", name]))}
    event = {"act": "ASSAULT", "mode": None, "actor": [slot], "why": name, **SIGNED}
    return Reading.model_validate(
        {
            "article": {"id": ids[0], "text": text, "title": draw(TEXTS), "url": name, "publisher": name},
            "actors": [{"id": "A", "name": name, "kind": "other", "resolved": False, **SIGNED}],
            "mentions": [
                {
                    "id": "m1",
                    "span": draw(span),
                    "kind": "name",
                    "type": "other",
                    "actor": "A",
                    "chain": 1,
                    **SIGNED,
                }
            ],
            "statements": [
                {
                    "id": ids[at],
                    "speaker": {"span": draw(span), "actor": draw(st.sampled_from([None, "A"]))},
                    "speaker_is": "named",
                    "cue": {"span": draw(span), "lemma": name},
                    "content": draw(st.lists(span, min_size=1, max_size=3)),
                    "kind": draw(st.sampled_from(["direct", "indirect", "mixed"])),
                    "addressee": slot,
                    "negated": draw(st.booleans()),
                    "within": draw(st.sampled_from([None, ids[0], ids[1], name])),
                    **SIGNED,
                }
                for at in (0, 1)
            ],
            "events": [
                {"id": "e1", "anchor": draw(span), "status": "conditional", "condition": "e2", **event},
                {
                    "id": "e2",
                    "anchor": draw(span),
                    "status": draw(st.sampled_from(["denied", "occurred"])),
                    **event,
                },
            ],
            "positions": [
                {
                    "id": "p1",
                    "holder": draw(st.sampled_from(["A", name])),
                    "toward": name,
                    "act": "threaten",
                    "issue": draw(span),
                    "condition": draw(span),
                    "statement": ids[0],
                    **SIGNED,
                }
            ],
            "figures": [
                {
                    "id": "f1",
                    "span": draw(span),
                    "low": draw(st.none() | st.integers()),
                    "high": draw(st.none() | st.floats(allow_nan=False)),
                    "unit": name,
                    "what": draw(span),
                    "kind": "troops",
                    **SIGNED,
                }
            ],
            "notes": [name],
        }
    )


@pytest.fixture(scope="session")
def hostile():
    """A strategy, handed over as a fixture because test modules cannot import one another."""
    return hostile_readings()
