from apps.policy.errors import DraftFault
from apps.policy.forms import code_lines


def fault(line: int, column: int) -> DraftFault:
    return DraftFault("expression", "No.", "", line, column)


def test_a_fault_marks_its_word_in_its_line():
    first, second = code_lines("listing.task == 'a'\n&& listing.taks > 3", [fault(2, 4)])

    assert (first.before, first.marked, first.faults) == ("listing.task == 'a'", "", [])
    assert (second.before, second.marked, second.after) == ("&& ", "listing.taks", " > 3")


def test_a_second_fault_of_a_line_stands_beside_the_first():
    [line] = code_lines("a.b > c.d", [fault(1, 1), fault(1, 7)])

    assert (line.marked, line.after, len(line.faults)) == ("a.b", " > c.d", 2)


def test_a_fault_beyond_the_text_stands_at_its_last_line():
    assert [len(line.faults) for line in code_lines("true &&", [fault(3, 1)])] == [1]
    assert [len(line.faults) for line in code_lines("", [fault(1, 1)])] == [1]


def test_a_text_is_marked_whole():
    [line] = code_lines("req.use == 'two words'", [fault(1, 12)])

    assert line.marked == "'two words'"
