"""The first walk, within the test and against the real supervisor."""

import pytest
import requests

from tests.journeys.ground import walk
from tests.journeys.grounds import Ground
from tests.portal import Portal


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_company_lists_and_a_regulator_rules(within: Ground):
    walk(within)


@pytest.mark.supervisor
@pytest.mark.enable_socket
def test_the_same_walk_through_the_real_portal(portal: Portal, outside: Ground):
    assert requests.get(f"{portal.url}/readyz", timeout=10).status_code == 200

    walk(outside)
