import datetime as dt

import pytest

from apps.core.dues import Due

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("left", "since", "expected"),
    [
        (5 * DAY, None, (False, 5, "")),
        (3 * DAY, None, (False, 3, "soon")),
        (3 * DAY, 11 * DAY, (False, 3, "")),
        (2 * DAY, 8 * DAY, (False, 2, "soon")),
        (DAY / 2, None, (False, 0, "soon")),
        (0 * DAY, None, (True, 0, "late")),
        (-2.5 * DAY, 12 * DAY, (True, 2, "late")),
    ],
)
def test_a_due_moment_is_near_far_or_past(left, since, expected):
    due = Due(NOON + left, NOON, since_at=None if since is None else NOON - since)

    assert (due.is_late, due.days, due.tone) == expected


def test_a_paused_clock_is_due_at_no_moment():
    due = Due(None, NOON)

    assert (due.is_late, due.days, due.tone) == (False, 0, "paused")
