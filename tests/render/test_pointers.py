import pytest

from chancery.render.pointers import lines_of


@pytest.mark.parametrize(
    ("text", "words", "pointer"),
    [
        ("one", "one", "1:1"),
        ("one\ntwo", "two", "2:1"),
        ("one\n\nand two", "two", "3:5"),
        ("Zürich 北京 now", "now", "1:11"),  # code points, as editors count
        ("a\r\nb", "b", "2:1"),
        ("a\u2028b", "b", "1:3"),  # no editor ends a line there
    ],
)
def test_a_pointer_is_line_and_character(text, words, pointer):
    at = text.index(words)
    assert lines_of(text).pointer((at, at + len(words))) == pointer
