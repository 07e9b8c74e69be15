"""Word differences: what was added, what was removed, and nothing lost."""

from hypothesis import given
from hypothesis import strategies as st

from apps.commons.differences import Stretch, difference


def test_changed_figure_is_shown_as_one_change() -> None:
    found = difference("The gap is at most 0.2.", "The gap is at most 0.1.")

    assert found == [
        Stretch("kept", "The gap is at most "),
        Stretch("removed", "0.2"),
        Stretch("added", "0.1"),
        Stretch("kept", "."),
    ]


@given(st.text(max_size=80), st.text(max_size=80))
def test_both_texts_can_be_read_from_the_difference(old: str, new: str) -> None:
    found = difference(old, new)

    assert "".join(part.text for part in found if part.change != "removed") == new
    assert "".join(part.text for part in found if part.change != "added") == old
