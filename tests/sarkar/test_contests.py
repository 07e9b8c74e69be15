"""The regulators' desk of contests: what waits, what is late, and what is not for this one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.cases.selectors import contests_open
from apps.institutions.offices import Office, Subject
from apps.reactions.runner import settle
from tests.factories import contests as make
from tests.factories import institutions
from tests.sarkar.signing import signed_in

pytestmark = pytest.mark.django_db
DESK = "/sarkar/contests/"


def regulator(place="IN"):
    return signed_in(institutions.regulator(place))


def test_only_regulators_of_models_come_here():
    contest = make.filed()
    others = [institutions.regulator("IN", Subject.MISUSE), institutions.officer(Office.CLERK)]

    for user in others:
        client = signed_in(user)
        assert client.get(DESK).status_code == 403
        assert client.get(f"{DESK}{contest.code}/").status_code == 403
    assert contest.code in regulator().get(DESK).content.decode()


def test_a_late_ruling_stays_on_the_desk_as_overdue(clock):
    make.filed(stay="It cannot wait.")
    clock.advance("33 days")
    settle()

    page = regulator().get(DESK).content.decode()

    assert "Overdue by 2 days" in page


def test_a_regulator_of_another_place_reads_why_not_and_no_confidence():
    contest = make.filed(confidential="Contract 12.", stay="It cannot wait.")

    page = regulator("FR").get(f"{DESK}{contest.code}/").content.decode()

    assert page.count("A regulator whose mandate covers the places of the rule decides.") == 2
    assert "Contract 12." not in page
    assert "Contract 12." in regulator().get(f"{DESK}{contest.code}/").content.decode()


def test_pages_go_on_and_more_rows_cost_no_more_queries():
    first = make.filed(stay="It cannot wait.")
    client = regulator()
    client.get(DESK)
    with CaptureQueriesContext(connection) as one:
        client.get(DESK)
    for ground in ("exemption", "divergence"):
        make.filed(first.listing, first.rule_version, ground=ground, stay="It cannot wait.")
    with CaptureQueriesContext(connection) as three:
        client.get(DESK)

    page = contests_open(size=2)
    rest = contests_open(after=page.after, size=2)
    assert len(three) == len(one)
    grounds = [row.ground for row in [*page.rows, *rest.rows]]
    assert grounds == ["match", "exemption", "divergence"]


def test_the_first_page_of_the_door_says_what_waits_and_not_to_who_may_not_decide():
    author = institutions.regulator("IN")
    contest = make.stayed(make.filed(*make.caught(author), stay="It cannot wait."))

    assert contest.code in regulator().get("/sarkar/").content.decode()
    assert contest.code not in regulator("FR").get("/sarkar/").content.decode()
    assert contest.code not in signed_in(author).get("/sarkar/").content.decode()
