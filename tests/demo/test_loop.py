"""The loop in the demonstration: something of everything, and each thing to be done by someone."""

import json
import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.cases.models import Appeal, Case, ExternalOrder, MisuseReport, UrgentAction
from apps.cases.selectors import allegations_owed, errands_owed, report_status
from apps.cases.states import AppealState, CaseState, ReportState, UrgentState
from apps.core.actor import Actor, ActorKind
from apps.core.clock import now
from apps.institutions.models import Organisation, User
from apps.institutions.sectors import Sector
from apps.listings.models import Listing
from apps.policy.states import RuleState
from apps.proposals.models import Comment, Proposal
from apps.proposals.states import CommentState, ProposalState
from apps.reviews.models import Assignment
from apps.reviews.selectors import reviews_owed
from apps.reviews.states import AssignmentState, RoundState
from apps.voting.models import Ballot, RollEntry, Vote
from apps.voting.selectors import result
from apps.voting.states import BallotState, Outcome
from config.demo import casework, market, signins
from config.demo.people import DOMAIN, everyone
from config.demo.world import build
from tests.authorisation.roles import signed_in
from tests.bench.dashboards import KINDS, PAGES, clone
from tests.database.base import as_superuser


def travel(ahead):
    as_superuser("update core_businessclock set ahead = %s", [ahead])


@pytest.fixture(scope="module", autouse=True)
def built(django_db_setup, django_db_blocker):
    """The world, built once for these tests, which only read, in a transaction never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(travel)
        transaction.set_rollback(True)


def person(key):
    return User.objects.get(email=f"{key}@{DOMAIN}")


def actor(key):
    return Actor(ActorKind.PERSON, person=person(key).pk, second_factor=True)


def test_a_proposal_stands_in_each_state():
    states = list(Proposal.objects.values_list("state", flat=True))

    assert sorted(states) == sorted(ProposalState.values)
    adopted = Proposal.objects.get(state=ProposalState.ADOPTED)
    assert adopted.enacted.state == RuleState.IN_FORCE
    assert adopted.enacted.origin_ref == adopted.code
    origin = Proposal.objects.get(state=ProposalState.BALLOTING).origin_ref
    assert Case.objects.get(code=origin).state == CaseState.DECIDED


def test_every_seat_of_the_open_ballot_can_sign_in():
    ballot = Ballot.objects.get(state=BallotState.OPEN)
    roll = RollEntry.objects.filter(ballot=ballot)

    assert ballot.closes_at > now()
    assert {sector: roll.filter(sector=sector).count() for sector in Sector} == dict.fromkeys(
        Sector, 3
    )
    known = {one.email for one in everyone()}
    assert set(roll.values_list("person__email", flat=True)) <= known
    assert Vote.objects.filter(ballot=ballot).count() == 3
    counted = Ballot.objects.filter(state=BallotState.TALLIED)
    assert {result(one).outcome for one in counted} == set(Outcome)


def test_reviewers_owe_verdicts_and_people_comment():
    tasks = Assignment.objects.filter(round__state=RoundState.OPEN)

    assert sorted(tasks.values_list("state", flat=True)) == sorted(
        [AssignmentState.ASKED, AssignmentState.ACCEPTED, AssignmentState.DONE]
    )
    assert reviews_owed(actor("sarkar")).count() == 1
    assert reviews_owed(actor("bazaar")).count() == 1
    states = Comment.objects.values_list("state", flat=True)
    assert sorted(states) == [CommentState.APPEALED, *[CommentState.POSTED] * 4]


def test_cases_wait_for_officers_companies_and_an_appeal_body():
    assert set(Case.objects.values_list("state", flat=True)) == set(CaseState) - {
        CaseState.RECEIVED,
        CaseState.CLOSED,
    }
    kaveri = Organisation.objects.get(name="Kaveri Language Works")
    assert allegations_owed(kaveri).count() == 1
    assert Appeal.objects.get().state == AppealState.FILED
    assert UrgentAction.objects.get().state == UrgentState.ACTED
    assert ExternalOrder.objects.count() == 1
    waiting = {key: {one.kind for one in errands_owed(actor(key))} for key in ("in", "registry")}
    assert waiting["registry"] >= {"report", "assign", "allege", "confirm", "appeal", "identify"}
    assert "appeal" not in waiting["in"]


def test_reports_came_without_names_in_two_languages(built):
    reports = MisuseReport.objects.all()

    assert set(reports.values_list("voice", "reporter")) == {("anonymous", None)}
    assert set(reports.values_list("language", flat=True)) == {"en", "hi"}
    assert reports.filter(state=ReportState.RECEIVED).count() == 2
    assert report_status(built.receipt).state == ReportState.ANSWERED
    assert built.receipt in signins.signins(receipt=built.receipt)


def test_each_dashboard_asks_as_often_for_many_rows_as_for_few():
    browsers = {
        (path, who): signed_in(User.objects.get(email__startswith=f"{who}@"))
        for _sector, path, who in PAGES
    }

    with transaction.atomic():
        few = grown_to(3, browsers)
        many = grown_to(60, browsers, after=3)
        transaction.set_rollback(True)

    grown = {path for path, who in few if many[path, who][0] > few[path, who][0]}
    assert grown == {"/samaj/", "/sarkar/", "/bazaar/"}
    assert {page: asked for page, (_waiting, asked) in many.items()} == {
        page: asked for page, (_waiting, asked) in few.items()
    }


def grown_to(number, browsers, after=0):
    """How much waits on each page and how often it asks, once there are so many of each row."""
    for kind in KINDS:
        clone(connection.connection, kind, after + 1, number)
    found = {}
    for (path, who), browser in browsers.items():
        browser.get(path)
        with CaptureQueriesContext(connection) as captured:
            text = browser.get(path).content.decode()
        found[path, who] = (int(re.search(r"Needs you: (\d+)", text)[1]), len(captured))
    return found


def test_no_real_model_is_accused():
    invented = {
        json.loads(line)["external_id"] for line in market.INVENTED.read_text("utf-8").splitlines()
    }

    for noun in (MisuseReport, Case, ExternalOrder, UrgentAction):
        about = set(noun.objects.values_list("listing", flat=True)) - {None}
        named = Listing.objects.filter(pk__in=about).values_list("external_id", flat=True)
        assert set(named) <= invented, noun
    assert not Case.objects.filter(provider__isnull=False).exists()
    assert {told.get("listing") for told in casework.reports_told().values()} <= {None, *invented}
