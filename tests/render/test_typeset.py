import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from chancery.render.typeset import Piece, clean, fit, plain, shorten, wrap


@pytest.mark.parametrize(
    ("text", "cells", "cut"),
    [
        ("Lavrov met Truss", 16, "Lavrov met Truss"),
        ("Lavrov met Truss", 15, "Lavrov met…"),
        ("Lavrov met Truss", 11, "Lavrov met…"),
        ("talks, which", 8, "talks…"),  # no comma before the dots
        ("principles – the right", 13, "principles…"),
        ("Unabgeschlossenheit", 8, "Unabges…"),  # one word longer than the room
        ("北約秘書長", 7, "北約秘…"),  # every sign is two columns wide
        ("", 5, ""),
    ],
)
def test_text_is_cut_at_a_word(text, cells, cut):
    assert shorten(text, cells) == cut


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("two\n lines\t", "two lines"),
        ("\x1b[31mred\x1b[0m", "[31mred [0m"),
        ("bell\x07", "bell"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("line\u2028separator", "line separator"),
    ],
)
def test_text_cannot_steer_the_terminal(text, cleaned):
    assert clean(text) == cleaned


def test_fewer_rows_are_used_where_they_keep_most_of_the_words():
    words = [Piece("NATO will not compromise on key principles")]
    assert [plain(row) for row in fit(words, 36, 2)] == ["NATO will not compromise on key…"]
    assert [plain(row) for row in fit(words, 26, 2)] == ["NATO will not compromise", "on key principles"]


def test_head_and_tail_survive_the_cut():
    rows = fit(
        [Piece("a b c d e f g h i j k l m")], 20, 1, head=[Piece("said: “")], tail=[Piece("” (also 5:18)")]
    )
    assert plain(rows[0]).startswith("said: “")
    long = fit([Piece("word " * 30)], 30, 2, head=[Piece("said: “")], tail=[Piece("” (also 5:18)")])
    assert plain(long[-1]).endswith("…” (also 5:18)")


def test_styles_go_with_their_words():
    rows = list(wrap([Piece("red ", "no"), Piece("plain words")], 10))
    assert rows == [(Piece("red ", "no"), Piece("plain")), (Piece("words"),)]


def test_pieces_without_a_space_between_stay_together():
    assert [plain(row) for row in wrap([Piece("one two"), Piece(":"), Piece(" three")], 7)] == [
        "one",
        "two:",
        "three",
    ]


@given(
    st.lists(st.builds(Piece, st.text(max_size=40).map(clean)), max_size=5),
    st.integers(10, 60),
    st.integers(1, 3),
)
def test_no_row_is_wider_than_the_room(words, width, rows):
    fitted = fit(words, width, rows)
    assert len(fitted) <= rows
    assert all(cell_len(plain(row)) <= width for row in fitted)
