"""A slice of `make fuzz` that takes seconds: the same engines, corpus and check."""

from __future__ import annotations

import random
from itertools import islice, repeat

import pytest

from chancery.records import Statement, Time
from fuzz import CORPUS, Fuzzer, TooSlowError, _at_most, _of_strategies, check, damaged, mutated, seeds

TEXTS = [data.decode("utf-8") for data in seeds("texts")]


@pytest.fixture
def fuzzer(reader, tmp_path):
    return Fuzzer(reader, tmp_path / "failures")


def why(fuzzer):
    return [path.read_text(encoding="utf-8") for path in sorted(fuzzer.keep.glob("*.why"))]


def test_the_seeds_themselves_are_read(fuzzer):
    fuzzer.texts(TEXTS)
    fuzzer.pages(seeds("pages"))
    assert why(fuzzer) == []
    assert fuzzer.read >= len(TEXTS) + 4  # every seed that is a page of a report gives one


def test_what_once_broke_the_reader_is_read_or_refused_with_a_reason(fuzzer):
    fuzzer.pages(seeds("found"))
    assert why(fuzzer) == []
    assert fuzzer.read + fuzzer.refused >= fuzzer.cases


def test_mutated_texts_are_read(fuzzer):
    fuzzer.texts(mutated(TEXTS, random.Random(seed)) for seed in range(10_000_000, 10_000_250))
    assert why(fuzzer) == []
    assert fuzzer.read == fuzzer.cases == 250


def test_texts_of_strategies_are_read(fuzzer):
    fuzzer.texts(islice(_of_strategies(100, seed=10_000_000), 100))
    assert why(fuzzer) == []


def test_damaged_pages_are_read_or_refused_with_a_reason(fuzzer):
    pages = seeds("pages")
    fuzzer.pages(damaged(pages, random.Random(seed)) for seed in range(10_000_000, 10_000_100))
    assert why(fuzzer) == []
    assert fuzzer.read
    assert fuzzer.refused


def test_a_case_that_fails_is_kept_with_its_reason(reader, tmp_path, monkeypatch, capsys):
    def broken(reading):
        if "poison" in reading.article.text:
            raise RuntimeError("it is poisoned")

    monkeypatch.setattr("fuzz.check", broken)
    fuzzer = Fuzzer(reader, tmp_path)
    fuzzer.texts(["It rained.", "The poison worked."])
    assert fuzzer.failures == 1
    assert (tmp_path / "0001.case").read_text(encoding="utf-8") == "The poison worked."
    assert "RuntimeError: it is poisoned" in capsys.readouterr().out


def test_what_never_ends_is_stopped():
    with pytest.raises(TooSlowError), _at_most(0.05):
        sum(1 for _ in repeat("for ever"))


def test_the_check_finds_a_span_with_blanks_and_an_id_of_no_record(reader):
    reading = reader("Norway said on Thursday that it would send troops.", published="2022-02-10")
    check(reading)
    time = reading.times[0]
    wide: Time = time.model_copy(update={"span": (time.span[0] - 1, time.span[1])})
    with pytest.raises(AssertionError, match="begins with a blank"):
        check(reading.model_copy(update={"times": (wide,)}))
    statement: Statement = reading.statements[0].model_copy(update={"about": ("nobody",)})
    with pytest.raises(AssertionError, match="names 'nobody'"):
        check(reading.model_copy(update={"statements": (statement,)}))


def test_the_corpus_is_small_enough_to_be_kept_here():
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < 100_000
