import pytest

from chancery.follow.duplicates import Report, compare, judge
from chancery.follow.shingles import GUARANTEE, Words, overlap

REPORT = (
    "The foreign ministers of Lydia and Phrygia met in Sardis on Monday to discuss the closure of the "
    "northern strait. Minister Alyattes said that his government had proposed a joint commission of "
    "eleven officers, who would inspect each vessel within two days of its arrival. Phrygia has not "
    "answered the proposal. Its minister told reporters that the closure began on 3 March without any "
    "notice, and that forty ships were still waiting. Both sides agreed to meet again in Gordion before "
    "the end of the month, with observers from the League of the Coast taking part in the talks."
)
OTHER = (
    "Heavy rain flooded the lower quarters of Halys on Tuesday night and drove some two thousand people "
    "from their homes. The governor asked the capital for boats and blankets, and schools stay shut until "
    "the river falls below its mark of four metres. Bakers gave out bread at the bridge."
)


def words(text):
    return Words(text)


def test_the_same_words_are_an_exact_copy_however_they_are_set():
    assert compare(words(REPORT), words(REPORT.replace(" ", "\n").upper())).kind == "exact"


@pytest.mark.parametrize(
    "copy",
    [
        "UPDATE By a staff writer. " + REPORT + " All rights reserved.",
        REPORT.partition(" Both sides")[0],
        REPORT.replace("said that", "said").replace("Phrygia has not answered the proposal. ", ""),
        REPORT.replace("ministers", "rninisters").replace("strait", "sfrait").replace("vessel", "vesscl"),
    ],
    ids=["wrapped", "cut", "edited", "scanned"],
)
def test_a_copy_is_known_when_it_was(copy):
    assert compare(words(REPORT), words(copy)).kind == "near"
    assert compare(words(copy), words(REPORT)).kind == "near"


def test_half_of_a_report_inside_another_is_partial():
    half = REPORT[: len(REPORT) // 2] + " " + OTHER
    found = compare(words(REPORT), words(half))
    assert found.kind == "partial"
    assert "passage of" in found.reason


def test_the_next_report_on_the_same_form_stays_apart():
    next_day = REPORT.replace("3 March", "9 March").replace("forty ships", "sixty ships")
    found = compare(words(REPORT), words(next_day))
    assert found.kind is None
    assert "in the place of" in found.reason


def test_a_report_with_other_names_stays_apart():
    other = (
        REPORT.replace("Lydia", "Caria").replace("Sardis", "Halicarnassus").replace("Alyattes", "Mausolus")
    )
    found = compare(words(REPORT), words(other.replace("Gordion", "Miletus")))
    assert found.kind is None
    assert "other names" in found.reason


def test_two_subjects_have_nothing_in_common():
    assert compare(words(REPORT), words(OTHER)).kind is None


def test_a_publisher_who_repeats_himself_on_another_day_fills_in_a_form():
    again = (
        REPORT.replace("to discuss the closure", "to review the shutting")
        .replace("would inspect each vessel", "should look at every ship")
        .replace("has not answered", "is still weighing")
        .replace("were still waiting", "had been sent away")
    )
    same = [Report(words(REPORT), "Ministry", "2022-03-01"), Report(words(again), "Ministry", "2022-03-09")]
    assert compare(same[0].words, same[1].words).kind == "near"
    assert judge(*same).kind is None
    wire = [same[0], Report(words(again), "Gazette", "2022-03-02")]
    assert judge(*wire).kind == "near"


def test_a_shared_passage_leaves_a_shared_fingerprint():
    passage = " ".join(f"word{n}" for n in range(GUARANTEE))
    one = words(" ".join(f"a{n}" for n in range(600)) + " " + passage)
    other = words(passage + " " + " ".join(f"b{n}" for n in range(900)))
    assert set(one.fingerprints()) & set(other.fingerprints())


@pytest.mark.parametrize("text", ["", "One.", "two words", "a b c d e f"])
def test_the_shortest_texts_are_compared_too(text):
    assert compare(words(text), words(text)).kind == "exact"
    assert overlap(words(text), words(REPORT)).contained <= 1
