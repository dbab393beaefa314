from chancery.extract.statements.nesting import holders
from chancery.extract.statements.scene import Candidate


def candidate(head, content):
    return Candidate(head=head, rule="clause", cue=(head, head + 1), content=content, speaker=None, score=1.0)


def test_three_that_hold_each_other_in_turn_have_an_outermost():
    first = candidate(1, {2, 3, 4})  # holds the second, which holds the third, which holds the first
    second = candidate(2, {5, 6})
    third = candidate(5, {1, 8})
    assert holders([first, second, third]) == [None, 0, 1]
