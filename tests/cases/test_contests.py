"""Contests of standings: who contests what, who decides, and what follows from it."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from apps.cases import errors
from apps.cases.models import Contest, ContestStay
from apps.cases.selectors.contests import contest_by_code, divergences_found
from apps.cases.services import Ruling, contest_rule, contest_withdraw, stay_decide
from apps.clocks.models import Clock
from apps.compliance.models import Exemption, Standing
from apps.core.clock import now
from apps.core.errors import Invalid, MoveRefused, NotPermitted
from apps.institutions.models import User
from apps.institutions.services import conflict_declare
from apps.listings.models import Dispute
from apps.policy.engine import Outcome
from apps.reactions.runner import settle
from tests.factories import contests as make
from tests.factories import institutions, policy

pytestmark = pytest.mark.django_db


def outcome(listing):
    settle()
    return max(row.outcome for row in Standing.objects.open().filter(listing=listing))


def by(user):
    return institutions.actor(user)


def regulator(place="IN"):
    return by(institutions.regulator(place))


def running():
    return list(Exemption.objects.running(now()))


def test_a_stay_lifts_the_standing_and_ends_with_the_ruling_of_another():
    contest = make.filed(stay="Customers leave within a day.")
    assert outcome(contest.listing) == Outcome.SUSPEND

    contest = make.stayed(contest)
    assert outcome(contest.listing) == Outcome.ALLOW
    [exemption] = running()
    assert (exemption.until_at - contest.stay.decided_at).days == 30

    contest = make.ruled(contest, upheld=False)

    assert outcome(contest.listing) == Outcome.SUSPEND
    assert (contest.state, contest.stay.state, running()) == ("rejected", "ended", [])
    assert set(
        Clock.objects.filter(rule__code__startswith="cases.contest").values_list("state")
    ) == {("stopped",)}


@pytest.mark.parametrize("ground", ["match", "divergence"])
def test_what_the_text_does_not_cover_is_exempt_until_the_next_version(ground):
    contest = make.ruled(make.filed(ground=ground))
    assert outcome(contest.listing) == Outcome.ALLOW
    found = divergences_found(contest.rule_version)
    assert [one.code for one in found] == ([contest.code] if ground == "divergence" else [])

    policy.entered(actor=regulator(), rule=contest.rule_version.rule)
    settle()

    assert (running(), outcome(contest.listing)) == ([], Outcome.SUSPEND)


def test_an_exemption_that_was_asked_for_has_its_day_and_outlives_the_next_version():
    contest = make.filed(ground="exemption")
    with pytest.raises(Invalid):
        make.ruled(contest)

    until = now() + dt.timedelta(days=90)
    contest = make.ruled(contest, until_at=until)
    policy.entered(actor=regulator(), rule=contest.rule_version.rule)

    assert outcome(contest.listing) == Outcome.ALLOW
    assert [one.until_at for one in running()] == [until]


def test_of_a_wrong_fact_a_dispute_is_opened_that_names_the_contest():
    contest = make.ruled(make.filed(ground="fact", fact="has_model_card"))

    [dispute] = Dispute.objects.all()
    assert (contest.dispute, dispute.fact, dispute.state) == (dispute, "has_model_card", "opened")
    assert dispute.statement.startswith(contest.code)
    assert running() == []


def test_one_contest_on_one_ground_is_open_at_a_time():
    contest = make.filed()
    again = (contest.listing, contest.rule_version)

    with pytest.raises(errors.ContestAlreadyOpen):
        make.filed(*again)
    make.filed(*again, ground="exemption")
    contest_withdraw(actor=make.speaker(contest.listing), contest=contest)
    make.filed(*again)

    assert sorted(Contest.objects.values_list("ground", "state")) == [
        ("exemption", "filed"),
        ("match", "filed"),
        ("match", "withdrawn"),
    ]


def test_only_what_catches_the_listing_now_is_contested_by_who_keeps_it():
    listing, version = make.caught()
    other = policy.entered(policy.rule_draft(policy.other(7), title="Another"), actor=regulator())
    settle()

    with pytest.raises(errors.NotCaught):
        make.filed(listing, other)
    with pytest.raises(Invalid):
        make.filed(listing, version, ground="fact")
    with pytest.raises(Invalid):
        make.filed(listing, version, fact="has_model_card")
    with pytest.raises(Invalid):
        make.filed(listing, version, statement=" ")

    assert Contest.objects.count() == 0


RULED = (
    "update cases_contest set ruled_by_id = %s, ruled_at = now(), state = 'rejected', "
    "reasons = 'No.' where id = %s"
)


def refused_by_the_database(user, contest):
    """Go around the services; return which constraint said no."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        connection.cursor().execute(RULED, [user.pk, contest.pk])
    return refused.value.__cause__.diag.constraint_name


def test_who_entered_the_rule_decided_the_stay_or_belongs_to_the_company_never_rules():
    author, officer = institutions.regulator("IN"), institutions.regulator("IN")
    listing, version = make.caught(author)
    contest = make.stayed(make.filed(listing, version, stay="It cannot wait."), officer)
    member = institutions.regulator("IN")
    institutions.membership(member, contest.organisation)
    refusals = {author: errors.RulerInvolved, officer: errors.RulerInvolved}
    refusals[member] = errors.ContestInterest

    for user, refusal in refusals.items():
        with pytest.raises(refusal):
            contest_rule(actor=by(user), contest=contest, ruling=Ruling(upheld=True, reasons="."))
    for user in [*refusals, User.objects.get(pk=contest.filed_by_id)]:
        assert refused_by_the_database(user, contest) == "cases_ruler_apart"

    assert contest_by_code(contest.code).state == "filed"
    assert make.ruled(contest).state == "upheld"


def test_a_declared_interest_bars_from_stay_and_ruling():
    contest = make.filed(stay="It cannot wait.")
    interested = institutions.regulator("IN")
    conflict_declare(actor=by(interested), interest="A share.", matter=contest.code)

    with pytest.raises(errors.ContestInterest):
        make.stayed(contest, interested)
    with pytest.raises(errors.ContestInterest):
        contest_rule(
            actor=by(interested), contest=contest, ruling=Ruling(upheld=True, reasons="Yes.")
        )


def test_a_refused_stay_changes_nothing_and_a_closed_contest_takes_no_step():
    contest = make.stayed(make.filed(stay="It cannot wait."), granted=False)
    assert (running(), contest.stay.state) == ([], "refused")
    with pytest.raises(MoveRefused):
        make.stayed(contest)

    contest_withdraw(actor=make.speaker(contest.listing), contest=contest)

    with pytest.raises(MoveRefused):
        make.ruled(contest)
    with pytest.raises(MoveRefused):
        contest_withdraw(actor=make.speaker(contest.listing), contest=contest)


def test_a_withdrawn_contest_ends_its_stay():
    contest = make.stayed(make.filed(stay="It cannot wait."))

    contest_withdraw(actor=make.speaker(contest.listing), contest=contest)

    assert (running(), outcome(contest.listing)) == ([], Outcome.SUSPEND)
    assert ContestStay.objects.get().state == "ended"


def test_a_stay_that_ran_out_ends_by_itself_and_the_ruling_still_comes(clock):
    contest = make.stayed(make.filed(stay="It cannot wait."))
    clock.advance("31 days")
    settle()
    assert outcome(contest.listing) == Outcome.SUSPEND
    assert Clock.objects.get(rule__code="cases.contest.rule").state == "expired"

    assert make.ruled(contest).state == "upheld"
    assert outcome(contest.listing) == Outcome.ALLOW


def test_a_rule_of_other_places_is_for_their_regulators():
    contest = make.filed(stay="It cannot wait.")
    french = regulator("FR")

    with pytest.raises(NotPermitted):
        stay_decide(actor=french, contest=contest, granted=True, reasons="Yes.")
    with pytest.raises(NotPermitted):
        contest_rule(actor=french, contest=contest, ruling=Ruling(upheld=True, reasons="Yes."))

    assert contest_by_code(contest.code).state == "filed"
