"""The whole loop, within the test and against the real supervisor."""

import pytest

from tests.journeys.grounds import Ground
from tests.journeys.loop import walk


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_report_becomes_a_rule_and_the_rule_runs(within: Ground):
    walk(within)


@pytest.mark.supervisor
@pytest.mark.enable_socket
def test_the_same_loop_through_the_real_portal(outside: Ground):
    walk(outside)
