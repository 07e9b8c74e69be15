import itertools

import pytest
from django.db import IntegrityError, transaction

from apps.clocks.models import Clock
from apps.clocks.states import CLOCK, ClockState
from apps.core.errors import MoveRefused
from tests.factories.clocks import clock_of, deadline_rule

MOVES = {
    ("running", "paused"),
    ("paused", "running"),
    ("running", "stopped"),
    ("paused", "stopped"),
    ("running", "expired"),
    ("paused", "expired"),
    ("expired", "met-late"),
    ("expired", "stopped"),
}


@pytest.mark.parametrize(
    ("source", "target"), list(itertools.product(ClockState.values, ClockState.values))
)
def test_a_clock_moves_only_as_the_table_says(source, target):
    clock = Clock(state=source)

    if (source, target) in MOVES:
        CLOCK.move(clock, target)
        assert clock.state == target
    else:
        with pytest.raises(MoveRefused):
            CLOCK.move(clock, target)
        assert clock.state == source


@pytest.mark.django_db
def test_the_database_knows_the_states():
    clock = clock_of(deadline_rule())

    with pytest.raises(IntegrityError, match="clocks_clock_state"), transaction.atomic():
        Clock.objects.filter(pk=clock.pk).update(state="forgotten")
