"""The first walk, within the test and against the real supervisor."""

import time
from io import StringIO

import pytest
import requests
from django.core.cache import cache
from django.core.management import call_command

from apps.reactions.runner import settle
from tests.journeys.ground import Ground, walk
from tests.journeys.visitors import OverHttp, Within
from tests.portal import Portal


def code_within(email: str) -> str:
    said = StringIO()
    call_command("demo_code", email, stdout=said)
    return said.getvalue().split()[-1]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_company_lists_and_a_regulator_rules(settings):
    settings.DEMO = True
    cache.clear()
    call_command("demo", stdout=StringIO())
    settle()

    walk(Ground(way=Within, rest=settle, code_of=code_within))


@pytest.mark.supervisor
@pytest.mark.enable_socket
def test_the_same_walk_through_the_real_portal(portal: Portal):
    assert requests.get(f"{portal.url}/readyz", timeout=10).status_code == 200

    walk(
        Ground(
            way=lambda: OverHttp(portal.url),
            rest=lambda: time.sleep(0.3),
            code_of=portal.code_of,
        )
    )
