import pytest

from apps.core.codes import ALPHABET, CodeMistyped, check_character, code, next_code, parse


@pytest.mark.parametrize(
    ("prefix", "number", "spelled"),
    [("L", 312, "L-00312-U"), ("R", 12, "R-00012-3"), ("L", 1_234_567, "L-1234567-D")],
)
def test_a_code_has_one_spelling(prefix, number, spelled):
    assert code(prefix, number) == spelled


def test_the_check_character_is_that_of_the_published_standard():
    """The example of the Global Release Identifier, which uses ISO/IEC 7064 MOD 37,36."""
    assert check_character("A12425GABC1234002") == "M"


@pytest.mark.parametrize("typed", [" l-00312-u ", "L–00312–U", "L - 00312 - U"])
def test_a_code_is_read_however_it_was_typed(typed):
    assert parse(typed) == "L-00312-U"


@pytest.mark.parametrize("typed", ["", "L", "L-312-U", "00312", "L-00312-", "LISTING-00312-U"])
def test_what_has_not_the_shape_of_a_code_is_refused(typed):
    with pytest.raises(CodeMistyped):
        parse(typed)


@pytest.mark.parametrize("number", [0, 1, 312, 4_711, 98_765, 123_456_789])
def test_every_single_wrong_character_is_caught(number):
    right = code("L", number)
    wrong = [
        right[:place] + other + right[place + 1 :]
        for place, character in enumerate(right)
        if character != "-"
        for other in ALPHABET
        if other != character
    ]

    assert len(wrong) == 35 * (len(right) - 2)
    for typed in wrong:
        with pytest.raises(CodeMistyped):
            parse(typed)


def test_swaps_of_neighbours_are_caught_but_for_one_in_two_hundred():
    swaps = missed = 0

    for number in range(100_000):
        figures = f"{number:05d}"
        check = check_character("L" + figures)
        for place in range(4):
            former, later = figures[place : place + 2]
            if former < later:
                swapped = figures[:place] + later + former + figures[place + 2 :]
                swaps += 1
                missed += check_character("L" + swapped) == check

    assert (swaps, missed) == (180_000, 960)


@pytest.mark.django_db
def test_a_sequence_gives_each_code_once():
    first, second, third = (next_code("T", "listings_dispute_numbers") for _n in range(3))

    number = int(first.split("-")[1])
    assert [second, third] == [code("T", number + 1), code("T", number + 2)]
