from hypothesis import given
from hypothesis import strategies as st

from chancery.render.blocks import TOO_LONG, blocks

SENTENCE = "The ministry said that the talks would go on. "


def test_lines_are_blocks_with_their_numbers_and_blank_ones_are_none():
    found = list(blocks("one\n\n  \nfour"))
    assert [(block.line, block.start, block.end) for block in found] == [(1, 0, 3), (4, 8, 12)]


def test_a_long_line_is_cut_where_sentences_end():
    text = SENTENCE * 100
    found = list(blocks(text))
    assert len(found) > 4
    assert all(text[block.start : block.end].startswith("The ministry") for block in found)
    assert [block.first for block in found] == [True] + [False] * (len(found) - 1)


def test_a_line_without_sentences_is_cut_at_a_space_and_one_without_spaces_anyway():
    assert all(text_end(block, "word " * 2000) in {" ", "d"} for block in blocks("word " * 2000))
    assert max(block.end - block.start for block in blocks("x" * 10_000)) <= TOO_LONG


def text_end(block, text):
    return text[block.end - 1]


@given(st.text(st.sampled_from("ab. A\n\t"), max_size=5000))
def test_blocks_cover_everything_that_is_no_white_space(text):
    covered = "".join(text[block.start : block.end] for block in blocks(text))
    assert "".join(covered.split()) == "".join(text.split())
