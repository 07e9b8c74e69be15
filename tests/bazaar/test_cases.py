"""The company's list of its cases leads on to what was decided, and says until when."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.cases.models import Decision
from apps.cases.services import appeal_decide, appeal_file
from tests.factories import cases as make
from tests.factories import institutions, listings

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return institutions.organisation()


@pytest.fixture
def owner(company):
    return institutions.owner_of(company)


@pytest.fixture
def decision(company, owner):
    listing = listings.listing(actor=institutions.actor(owner), organisation=company)
    return make.decided_of(listing)


def day(moment):
    return moment.date().isoformat()


def rows(client, owner):
    client.force_login(owner)
    return client.get("/bazaar/cases/").content.decode()


def test_a_decided_case_leads_to_its_decision_and_says_until_when_to_appeal(
    client, owner, decision
):
    text = rows(client, owner)

    leads = f"/cases/{decision.case.code}/#{decision.code}"
    assert f'href="{leads}"' in text
    assert f'datetime="{day(decision.appeal_until_at)}' in text
    assert f'id="{decision.code}"' in client.get(leads).content.decode()


def test_an_appeal_stands_with_the_day_on_which_it_is_due_and_then_with_its_answer(
    client, owner, decision
):
    appeal = appeal_file(
        actor=institutions.actor(owner), case=decision.case, text="The card was changed."
    )

    text = rows(client, owner)
    assert f'href="/cases/{decision.case.code}/#{appeal.pk}"' in text
    assert f'datetime="{day(appeal.clock.due_at)}' in text

    decider = institutions.actor(make.officer())
    draft = make.decision_draft(reasons="The change came too late.")
    appeal_decide(actor=decider, appeal=appeal, reasons="It stands in part.", changed=draft)
    text = rows(client, owner)
    second = Decision.objects.exclude(pk=decision.pk).get()
    assert f'href="/cases/{decision.case.code}/#{second.code}"' in text
    assert "The decision was changed" in text
    assert day(appeal.clock.due_at) not in text


def test_many_cases_ask_no_more_than_one(client, company, owner, decision):
    actor = institutions.actor(owner)
    appeal_file(actor=actor, case=decision.case, text="The card was changed.")
    rows(client, owner)
    before = asked(client)
    for _turn in range(2):
        other = make.decided_of(listings.listing(actor=actor, organisation=company))
        appeal_file(actor=actor, case=other.case, text="The card was changed.")

    assert asked(client) == before


def asked(client):
    with CaptureQueriesContext(connection) as captured:
        client.get("/bazaar/cases/")
    return len(captured)
