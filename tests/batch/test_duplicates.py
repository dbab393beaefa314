"""Copies are told the first report that they repeat, once and for all, whatever happens in between."""

import random
import sqlite3

import numpy as np
import pytest

from chancery.articles import content_id
from chancery.batch.duplicates import DuplicateIndex, Entry, postings, signature
from chancery.batch.duplicates.postings import MOST_OF_KEY, Postings, merged, packed, write_sorted
from chancery.batch.duplicates.signatures import LENGTH, compare
from chancery.errors import OutputError

REPORT = (
    "The foreign minister of Norway said in Oslo on Tuesday that the talks with Sweden on the new "
    "border post would go on in March. She told reporters that 14 of 20 points had been settled and "
    "that the rest was a matter of money. Her Swedish colleague had asked for two more weeks to look "
    "at the figures. The border post at Svinesund has been too small for years, and drivers of "
    "lorries wait there for hours. Farmers on both sides hope that the new one will be opened before "
    "the summer. The parliament in Stockholm has to agree to the plan as well, and a vote is "
    "expected before Easter."
)
OTHER = (
    "Rain fell on the hills above Lima for nine days, and the river left its bed on Sunday night. The mayor "
    "asked for tents and for blankets, of which there were few. Soldiers carried old people to the school of "
    "the next village, where a doctor from Cusco had set up a room with forty beds. It will take until the "
    "end of the week before the road is open again, said an engineer of the ministry in a letter."
)


def entry(name, text):
    return Entry(name, content_id(text), signature(text))


def told(answers):
    return [(one.gate, one.of) if one else None for one in answers]


@pytest.fixture
def index(tmp_path):
    with DuplicateIndex.open(tmp_path / "index") as opened:
        yield opened


COPYEDITED = REPORT.replace("She told reporters", "The minister told reporters").replace("lorries", "trucks")
CUT = REPORT[: REPORT.index(" The parliament in Stockholm")]
WRAPPED = REPORT.replace(". ", ".\n\n")


@pytest.mark.parametrize("copy", [COPYEDITED, CUT, WRAPPED], ids=["copyedited", "cut", "wrapped"])
def test_a_copy_is_told_the_first(index, copy):
    assert told(index.decide("1", [entry("a", REPORT), entry("b", OTHER)])) == [None, None]
    assert told(index.decide("2", [entry("c", copy)])) == [("near_duplicate", "a")]


def test_the_same_words_are_an_exact_duplicate_within_a_shard_and_in_the_next(index):
    entries = [entry("a", REPORT), entry("b", OTHER), entry("c", REPORT)]
    assert told(index.decide("1", entries)) == [None, None, ("exact_duplicate", "a")]
    assert told(index.decide("2", [entry("d", OTHER)])) == [("exact_duplicate", "b")]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (REPORT.replace("14 of 20", "17 of 20"), "another number"),
        (REPORT + " " + OTHER, "it says more"),
        (
            REPORT.replace("Norway", "Finland").replace("Oslo", "Helsinki").replace("Svinesund", "Haparanda")
            .replace("Sweden", "Estonia").replace("Swedish", "Estonian").replace("Stockholm", "Tallinn"),
            "other names",
        ),
    ],
    ids=lambda value: value if len(value) < 30 else "",
)  # fmt: skip
def test_another_report_on_the_same_form_is_no_copy(index, changed, why):
    index.decide("1", [entry("a", REPORT)])
    assert told(index.decide("2", [entry("b", changed)])) == [None], why


def test_of_a_text_of_a_sentence_only_the_same_words_are_a_copy(index):
    short = "The foreign minister of Norway said on Tuesday that the talks would go on."
    index.decide("1", [entry("a", short), entry("b", "")])
    again = [entry("c", short.replace("Tuesday", "Monday")), entry("d", short), entry("e", "")]
    assert told(index.decide("2", again)) == [None, ("exact_duplicate", "a"), ("exact_duplicate", "b")]


def test_copies_of_copies_are_told_the_first(index):
    assert told(index.decide("1", [entry("a", REPORT), entry("b", COPYEDITED), entry("c", COPYEDITED)])) == [
        None,
        ("near_duplicate", "a"),
        ("near_duplicate", "a"),
    ]


def test_asked_again_it_tells_the_same(tmp_path):
    shards = {
        "1": [entry("a", REPORT)],
        "2": [entry("b", COPYEDITED), entry("c", OTHER)],
        "3": [entry("d", OTHER)],
    }
    with DuplicateIndex.open(tmp_path) as index:
        first = {name: told(index.decide(name, entries)) for name, entries in shards.items()}
    with DuplicateIndex.open(tmp_path) as index:  # as a run that was killed after the last answer
        assert {name: told(index.decide(name, entries)) for name, entries in shards.items()} == first
    assert first == {
        "1": [None],
        "2": [("near_duplicate", "a"), None],
        "3": [("exact_duplicate", "c")],
    }


@pytest.mark.parametrize(
    "where",
    [
        "chancery.batch.duplicates.postings.write_sorted",
        "chancery.batch.duplicates.index.DuplicateIndex._enter",
        "chancery.batch.duplicates.index.DuplicateIndex._merge",
    ],
    ids=["before the file", "before the transaction", "before the merge"],
)
def test_killed_anywhere_it_tells_the_same_afterwards(tmp_path, monkeypatch, where):
    shards = [(f"{n}", [entry(f"{n}-{at}", text) for at, text in enumerate(made(n))]) for n in range(1, 7)]
    with DuplicateIndex.open(tmp_path / "whole") as index:
        undisturbed = [told(index.decide(*shard)) for shard in shards]

    class Killed(BaseException):
        pass

    def die(*_):
        raise Killed

    for number in range(len(shards)):
        path = tmp_path / f"{number}"
        with DuplicateIndex.open(path) as index:
            for shard in shards[:number]:
                index.decide(*shard)
            with monkeypatch.context() as patch:
                patch.setattr(where, die)
                with pytest.raises(Killed):
                    index.decide(*shards[number])
        with DuplicateIndex.open(path) as index:
            assert [told(index.decide(*shard)) for shard in shards] == undisturbed


def made(seed):
    """Make reports of random words, some of which are those of the seed before."""
    for at in range(8):
        chosen = random.Random(seed * 8 + at if at else seed * 8 - 5)
        yield " ".join(chosen.choices([f"word{number}" for number in range(3000)], k=120))


def test_a_changed_shard_is_decided_anew_and_its_old_reports_are_forgotten(index):
    index.decide("1", [entry("a", REPORT)])
    assert told(index.decide("2", [entry("b", REPORT), entry("c", OTHER)])) == [
        ("exact_duplicate", "a"),
        None,
    ]
    assert index.outdated() == ()
    assert told(index.decide("1", [entry("a", "Gone.")])) == [None]
    assert index.outdated() == ("2",)  # what b repeated is gone
    assert told(index.decide("2", [entry("b", REPORT), entry("c", OTHER)])) == [None, None]
    assert index.outdated() == ()
    assert told(index.decide("3", [entry("d", REPORT), entry("e", OTHER)])) == [
        ("exact_duplicate", "b"),
        ("exact_duplicate", "c"),
    ]


def test_a_shard_that_only_grew_makes_nobody_ask_again(index):
    index.decide("1", [entry("a", REPORT)])
    index.decide("2", [entry("b", REPORT)])
    index.decide("1", [entry("a", REPORT), entry("c", OTHER)])
    assert index.outdated() == ()


def test_the_answer_does_not_hang_on_how_reports_are_cut_into_shards(tmp_path):
    entries = [entry(f"{n}-{at}", text) for n in range(1, 21) for at, text in enumerate(made(n))]
    answers = []
    for size in (5, 32, 160):
        with DuplicateIndex.open(tmp_path / str(size)) as index:
            parts = [entries[at : at + size] for at in range(0, len(entries), size)]
            answers.append(
                [one for at, part in enumerate(parts) for one in told(index.decide(str(at), part))]
            )
    assert answers[0] == answers[1] == answers[2]
    assert sum(one is not None for one in answers[0]) == 19


def test_an_index_of_another_version_is_refused(tmp_path):
    with DuplicateIndex.open(tmp_path):
        pass
    base = sqlite3.connect(tmp_path / "index.sqlite")
    base.execute("PRAGMA user_version = 7")
    base.commit()
    base.close()
    with (
        pytest.raises(OutputError, match="made by another version; remove it"),
        DuplicateIndex.open(tmp_path),
    ):
        pass


def test_a_folder_that_cannot_be_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(OutputError, match="cannot be opened"),
        DuplicateIndex.open(tmp_path / "file" / "index"),
    ):
        pass


def test_a_signature_is_the_same_on_every_machine():
    assert len(signature(REPORT)) == LENGTH
    assert signature(REPORT)[:8].hex() == "140589a82ebc2ae6"


def test_likeness_is_estimated_by_how_much_of_the_later_stands_in_the_earlier():
    assert compare(signature(CUT), signature(REPORT)).contained > 0.9
    assert compare(signature(REPORT), signature(CUT)).contained < 0.95
    assert compare(signature(OTHER), signature(REPORT)).contained < 0.1


def test_files_are_merged_without_what_was_forgotten(tmp_path, monkeypatch):
    monkeypatch.setattr(postings, "MERGED_AT_ONCE", 7)
    rng = np.random.default_rng(5)
    keys, reports = rng.integers(0, 50, 300, np.uint64), np.arange(300, dtype=np.uint64)
    paths = [tmp_path / f"{part}.keys" for part in range(3)]
    for part, path in enumerate(paths):
        span = slice(part * 100, part * 100 + 100)
        write_sorted(path, iter((packed(keys[span], reports[span]),)))
    found = np.concatenate(list(merged(paths, [(20, 120)])))
    alive = (reports < 20) | (reports >= 120)
    assert found.tolist() == packed(keys[alive], reports[alive]).tolist()


def test_the_first_reports_of_a_key_are_found_in_whichever_file_they_lie(tmp_path):
    keys = np.array([7] * 40 + [9], np.uint64)
    numbers = np.arange(41, dtype=np.uint64)
    for name, span in (("a", slice(20, 41)), ("b", slice(0, 20))):
        write_sorted(tmp_path / name, iter((packed(keys[span], numbers[span]),)))
    asked = Postings()
    asked.open([tmp_path / "a", tmp_path / "b"])
    places, found = asked.find(np.array([9, 8, 7], np.uint64))
    assert places.tolist() == [0] + [2] * MOST_OF_KEY
    assert found.tolist() == [40, *range(MOST_OF_KEY)]
