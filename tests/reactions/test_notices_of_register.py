"""Who hears of rules, standings, measures, claims, disputes, places given and faults."""

import datetime as dt

import pytest
from django.db import transaction

from apps.compliance.services import MeasureDraft, measure_impose, measure_lift
from apps.compliance.states import MeasureSource
from apps.core.actor import SYSTEM
from apps.core.clock import now
from apps.institutions.offices import Office, Subject
from apps.institutions.sectors import Sector
from apps.institutions.services import erasure_carry_out, erasure_request
from apps.journal.models import Checkpoint
from apps.journal.selectors import position
from apps.journal.services import Consumer, consumer_of, step
from apps.listings.services import (
    claim_confirm,
    claim_open,
    claim_refuse,
    dispute_decide,
    fact_dispute,
    follow_begin,
)
from apps.notices.models import Mail, Notice
from apps.notices.states import NoticeKind as Kind
from apps.policy.engine import Outcome
from apps.reactions import table
from apps.reactions.runner import settle
from tests.factories import institutions, listings, policy
from tests.reactions.inboxes import leads, owners, people_told, the, title

pytestmark = pytest.mark.django_db
TEXTS = 'listing.task == "text-generation"'


def kept_listing(**facts):
    company = institutions.organisation()
    owner = institutions.owner_of(company)
    version = listings.version(
        actor=institutions.actor(owner), organisation=company, task="text-generation", **facts
    )
    return company, owner, version


def follower(listing):
    person = institutions.person("Ravi Iyer")
    follow_begin(actor=institutions.actor(person), listing=listing)
    return person


def suspending(**changes):
    return policy.rule_draft(TEXTS, **({"outcome": Outcome.SUSPEND, "jurisdictions": []} | changes))


def in_force(**changes):
    return policy.entered(suspending(**changes))


def test_companies_and_followers_hear_that_a_standing_changed():
    company, _owner, version = kept_listing()
    person = follower(version.listing)
    settle()
    assert people_told(Kind.STANDING_CHANGED) == set()

    in_force()
    settle()

    assert people_told(Kind.STANDING_CHANGED) == owners(company)
    assert people_told(Kind.STANDING_CHANGED_FOLLOWED) == {person.pk}
    notice = the(Kind.STANDING_CHANGED)
    assert title(notice) == f"The standing of your listing {version.listing.name} changed"
    assert leads(notice) == 200
    assert leads(the(Kind.STANDING_CHANGED_FOLLOWED)) == 200


def test_many_listings_are_told_at_once():
    company, owner, version = kept_listing()
    second = listings.listing(
        actor=institutions.actor(owner), organisation=company, task="text-generation"
    )
    person = follower(version.listing)
    follow_begin(actor=institutions.actor(person), listing=second)
    settle()

    in_force()
    settle()

    notice, followed = the(Kind.STANDING_CHANGED), the(Kind.STANDING_CHANGED_FOLLOWED)
    assert title(notice) == "The standing of 2 of your listings changed"
    assert title(followed) == "The standing of 2 listings that you follow changed"
    assert leads(notice) == 200
    assert leads(followed) == 200


def test_a_rule_to_come_is_told_to_whom_it_will_change():
    company, _owner, version = kept_listing()
    person = follower(version.listing)
    listings.listing(task="image-classification")
    settle()

    rule = in_force(effective_at=now() + dt.timedelta(days=20))
    settle()

    assert people_told(Kind.RULE_COMING) == owners(company)
    assert people_told(Kind.RULE_COMING_FOLLOWED) == {person.pk}
    notice = the(Kind.RULE_COMING)
    assert notice.due_at == rule.effective_at
    assert title(notice) == (f"A rule will change how 1 of your listings stands: {rule.title}")
    assert leads(notice) == 200
    assert people_told(Kind.STANDING_CHANGED) == set()


def test_a_rule_that_changes_nothing_of_yours_is_not_told():
    kept_listing()
    settle()

    policy.entered(
        policy.rule_draft(
            'listing.task == "image-classification"', effective_at=now() + dt.timedelta(days=20)
        )
    )
    settle()

    assert people_told(Kind.RULE_COMING) == set()


def test_a_measure_from_outside_and_its_end_are_told_to_the_company():
    company, _owner, version = kept_listing()
    settle()
    measure = measure_impose(
        actor=SYSTEM,
        draft=MeasureDraft(
            listing=version.listing,
            outcome=Outcome.PROHIBIT,
            source=MeasureSource.COURT,
            reference="WP 12/2026",
            reason="By order.",
            jurisdictions=["IN"],
            uses=[],
            until_at=None,
        ),
    )
    settle()

    notice = the(Kind.MEASURE_IMPOSED)
    assert people_told(Kind.MEASURE_IMPOSED) == owners(company)
    assert title(notice) == (
        f"A measure was set on {version.listing.name}: prohibited. It comes from a court"
    )
    assert leads(notice) == 200
    assert people_told(Kind.STANDING_CHANGED) == set()
    measure_lift(actor=SYSTEM, measure=measure)
    settle()

    assert people_told(Kind.MEASURE_LIFTED) == owners(company)


def test_an_answered_claim_is_told_to_the_owners():
    regulator = institutions.actor(institutions.regulator("IN"))
    claims = []
    for name in ("Aravali Models", "Bodhi Systems"):
        company = institutions.organisation(name)
        owner = institutions.owner_of(company)
        claims.append(
            claim_open(
                actor=institutions.actor(owner),
                organisation=company,
                provider_id=listings.listing().provider_id,
                statement="We are.",
            )
        )
    claim_confirm(actor=regulator, claim_id=claims[0].pk)
    claim_refuse(actor=regulator, claim_id=claims[1].pk, reason="No proof.")

    settle()

    assert people_told(Kind.CLAIM_CONFIRMED) == owners(claims[0].organisation)
    assert people_told(Kind.CLAIM_REFUSED) == owners(claims[1].organisation)
    assert title(the(Kind.CLAIM_REFUSED)).endswith("was refused: No proof.")
    assert leads(the(Kind.CLAIM_CONFIRMED)) == 200
    assert leads(the(Kind.CLAIM_REFUSED)) == 200


def test_a_dispute_and_its_answer_are_told_to_both_sides():
    company, _owner, version = kept_listing()
    person = institutions.person("Ravi Iyer")
    dispute = fact_dispute(
        actor=institutions.actor(person), version=version, fact="task", statement="No."
    )
    settle()
    assert people_told(Kind.LISTING_DISPUTED) == owners(company)

    clerk = institutions.actor(institutions.officer(Office.CLERK))
    dispute_decide(actor=clerk, dispute_id=dispute.pk, upheld=True, answer="It is not.")
    settle()

    assert people_told(Kind.DISPUTE_DECIDED) == {person.pk}
    assert people_told(Kind.DISPUTE_CLOSED) == owners(company)
    assert title(the(Kind.DISPUTE_DECIDED)).endswith("is decided: upheld")
    assert leads(the(Kind.DISPUTE_DECIDED)) == 200


def test_people_hear_what_place_they_were_given():
    company = institutions.organisation()
    member = institutions.member_of(company)
    regulator = institutions.regulator("IN", Subject.MISUSE)
    seat = institutions.seated(Sector.SAMAJ)

    settle()

    joined = the(Kind.MEMBERSHIP_ADDED, member)
    assert title(joined) == f"You belong to {company.name} now, as Member"
    mandated = the(Kind.MANDATE_GRANTED, regulator)
    assert title(mandated) == (
        "You hold a mandate now: reports of misuse and their cases, in India"
    )
    office = the(Kind.OFFICE_GRANTED, regulator)
    assert title(office) == "You hold an office now: Regulator"
    seated = the(Kind.SEAT_APPOINTED, seat.user)
    assert "Samaj" in title(seated)
    for notice in (joined, mandated, office, seated):
        assert leads(notice) == 200


def test_nothing_is_left_of_who_was_erased():
    person = institutions.member_of(institutions.organisation())
    settle()
    assert Notice.objects.filter(person=person).count() == 1

    request = erasure_request(actor=institutions.actor(person))
    administrator = institutions.actor(institutions.administrator())
    erasure_carry_out(actor=administrator, request=request, answer="Done.")
    settle()

    assert Notice.objects.filter(person=person).count() == 0


def test_a_parked_act_is_told_to_administrators_once(monkeypatch):
    administrator = institutions.administrator()
    settle()

    def stumble(_act):
        raise ValueError("on purpose")

    broken = consumer_of("tests.broken", {"listings.listing.listed": stumble})
    monkeypatch.setattr(table, "CONSUMERS", (*table.CONSUMERS, broken))
    monkeypatch.setattr("apps.reactions.runner.CONSUMERS", (*table.CONSUMERS, broken))
    listings.listing()
    settle()
    settle()

    notice = the(Kind.ACT_PARKED)
    assert notice.person_id == administrator.pk
    assert "tests.broken" in title(notice)
    assert leads(notice) == 200


def test_an_act_answered_twice_is_told_once():
    kept_listing()
    settle()
    begun = position()
    in_force()
    settle()
    before, mails = Notice.objects.count(), Mail.objects.count()

    Checkpoint.objects.filter(consumer="notices").update(seq=begun)
    settle()

    assert (Notice.objects.count(), Mail.objects.count()) == (before, mails)


def test_a_kill_between_act_and_notice_loses_nothing():
    kept_listing()
    settle()
    begun = position()
    in_force()
    settle()
    ours = Notice.objects.filter(seq__gt=begun)
    whole = set(ours.values_list("person", "seq", "kind"))
    assert Kind.STANDING_CHANGED in {kind for _person, _seq, kind in whole}
    ours.delete()
    Checkpoint.objects.filter(consumer="notices").update(seq=begun)

    class Killed(BaseException):
        """As if the process had ended."""

    def dying(acts):
        table.NOTICES.answer(acts)
        raise Killed

    consumer = Consumer("notices", dying, table.NOTICES.kinds)
    with pytest.raises(Killed), transaction.atomic():
        step(consumer)
    assert ours.count() == 0
    assert Checkpoint.objects.get(consumer="notices").seq == begun
    settle()

    assert set(ours.values_list("person", "seq", "kind")) == whole
