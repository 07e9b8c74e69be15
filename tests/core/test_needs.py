import datetime as dt

from apps.core.dues import Due
from apps.core.needs import Need, by_due

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def due(days):
    return Due(NOON + dt.timedelta(days=days), NOON)


def test_the_first_due_comes_first_and_what_has_no_end_last():
    needs = [
        Need("soft", "a"),
        Need("ballot", "b", due(3)),
        Need("review", "c", Due(None, NOON)),
        Need("errand", "d", due(-1)),
    ]

    assert [need.thing for need in by_due(needs)] == ["d", "b", "a", "c"]
    assert needs[0].template == "needs/soft.html"
