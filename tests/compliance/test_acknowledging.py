"""What a marketplace says: every state, every word, every role; and what time says."""

import datetime as dt

import pytest

from apps.compliance import errors
from apps.compliance.models import Acknowledgement
from apps.compliance.permissions import can_acknowledge
from apps.compliance.selectors.acknowledgements import (
    Applied,
    acknowledgements_owed,
    applied_of_measures,
    applied_of_rule,
    applied_to,
)
from apps.compliance.services import (
    MeasureDraft,
    Word,
    acknowledgements_give,
    acknowledgements_turn,
    measure_impose,
    measure_lift,
    standings_turn,
)
from apps.compliance.states import (
    ACKNOWLEDGEMENT,
    AcknowledgementKind,
    AcknowledgementState,
    MeasureSource,
)
from apps.core.actor import ANONYMOUS, OPERATOR, SYSTEM
from apps.core.clock import now
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.journal.models import RecordedAct
from apps.policy.engine import Outcome
from apps.reactions.runner import settle
from tests.factories import institutions, listings, markets, policy

pytestmark = pytest.mark.django_db
K = AcknowledgementKind
S = AcknowledgementState


@pytest.fixture
def listing():
    return listings.listing()


@pytest.fixture
def market(listing):
    return markets.bound(listing)


def speaker(market):
    return institutions.actor(institutions.owner_of(market.organisation))


def say(market, kind, *, actor=None, row=None):
    found = row or Acknowledgement.objects.filter(marketplace=market).latest("since_at", "id")
    return acknowledgements_give(actor=actor or speaker(market), words=[Word(found.pk, kind)])[0]


def impose(listing, reference="C-1", outcome=Outcome.SUSPEND):
    held = measure_impose(
        actor=SYSTEM,
        draft=MeasureDraft(
            listing=listing,
            outcome=outcome,
            source=MeasureSource.DECISION,
            reference=reference,
            reason="Decided.",
            jurisdictions=[],
            uses=[],
        ),
    )
    settle()
    return held


def bring_to(market, listing, demand, state):
    """Bring what the marketplace owes to a state, by what really leads there."""
    held = impose(listing)
    if demand == "lift":
        say(market, K.APPLIED)
        measure_lift(actor=SYSTEM, measure=held)
        settle()
    row = Acknowledgement.objects.get(marketplace=market, demand=demand)
    if state == S.SEEN:
        say(market, K.SEEN, row=row)
    elif state in {S.APPLIED, S.LIFTED}:
        say(market, K(state), row=row)
    elif state == S.SUPERSEDED:
        impose(listing, "C-2", Outcome.PROHIBIT)
    row.refresh_from_db()
    assert row.state == state
    return row


WRONG, LATE = errors.WrongAcknowledgement, errors.AcknowledgementOvertaken
MATRIX = {
    ("apply", S.OWED): {K.SEEN: S.SEEN, K.APPLIED: S.APPLIED, K.LIFTED: WRONG},
    ("apply", S.SEEN): {K.SEEN: S.SEEN, K.APPLIED: S.APPLIED, K.LIFTED: WRONG},
    ("apply", S.APPLIED): {K.SEEN: S.APPLIED, K.APPLIED: S.APPLIED, K.LIFTED: WRONG},
    ("apply", S.SUPERSEDED): {K.SEEN: LATE, K.APPLIED: LATE, K.LIFTED: WRONG},
    ("lift", S.OWED): {K.SEEN: S.SEEN, K.APPLIED: WRONG, K.LIFTED: S.LIFTED},
    ("lift", S.SEEN): {K.SEEN: S.SEEN, K.APPLIED: WRONG, K.LIFTED: S.LIFTED},
    ("lift", S.LIFTED): {K.SEEN: S.LIFTED, K.APPLIED: WRONG, K.LIFTED: S.LIFTED},
    ("lift", S.SUPERSEDED): {K.SEEN: LATE, K.APPLIED: WRONG, K.LIFTED: LATE},
}


@pytest.mark.parametrize("kind", K)
@pytest.mark.parametrize(("demand", "state"), MATRIX)
def test_each_word_in_each_state(market, listing, demand, state, kind):
    row = bring_to(market, listing, demand, state)
    expected = MATRIX[demand, state][kind]
    given = RecordedAct.objects.filter(kind="compliance.acknowledgements.given")
    before = given.count()

    if isinstance(expected, type):
        with pytest.raises(expected):
            say(market, kind, row=row)
        expected = state
    else:
        assert say(market, kind, row=row).state == expected

    row.refresh_from_db()
    assert row.state == expected
    assert given.count() == before + (expected != state)


@pytest.mark.parametrize("source", S)
@pytest.mark.parametrize("target", S)
def test_the_table_has_these_moves_and_no_other(source, target):
    moves = {
        S.OWED: {S.SEEN, S.APPLIED, S.LIFTED, S.SUPERSEDED},
        S.SEEN: {S.APPLIED, S.LIFTED, S.SUPERSEDED},
    }

    assert ACKNOWLEDGEMENT.allows(source, target) is (target in moves.get(source, set()))


def roles(market):
    chair = institutions.officer(Office.CHAIR, sector=Sector.BAZAAR)
    return {
        "stranger": (ANONYMOUS, False),
        "operator": (OPERATOR, False),
        "portal": (SYSTEM, False),
        "person": (institutions.actor(institutions.person()), False),
        "owner": (speaker(market), True),
        "member": (institutions.actor(institutions.member_of(market.organisation)), True),
        "other": (speaker(markets.bound()), False),
        "regulator": (institutions.actor(institutions.regulator("*")), False),
        "clerk": (institutions.actor(institutions.officer(Office.CLERK)), False),
        "chair": (institutions.actor(chair), False),
        "seat": (institutions.actor(institutions.seated(Sector.BAZAAR).user), False),
        "administrator": (institutions.actor(institutions.administrator()), False),
        "suspended": (
            institutions.actor(institutions.suspended(institutions.member_of(market.organisation))),
            False,
        ),
    }


@pytest.mark.parametrize("state", [S.OWED, S.SEEN])
def test_only_members_of_the_marketplace_acknowledge(market, listing, state):
    row = bring_to(market, listing, "apply", state)

    for role, (actor, may) in roles(market).items():
        assert can_acknowledge(actor, market.organisation) is may, role
        if not may:
            with pytest.raises(errors.AcknowledgementUnknown):
                say(market, K.APPLIED, actor=actor, row=row)
    row.refresh_from_db()
    assert row.state == state


def test_many_at_once_are_all_taken_or_none(market, listing):
    more = [listings.listing() for _ in range(3)]
    markets.offer(market, *more)
    for number, one in enumerate([listing, *more]):
        impose(one, f"C-{number}")
    rows = list(Acknowledgement.objects.owed())
    words = [Word(row.pk, K.APPLIED) for row in rows]

    with pytest.raises(errors.WrongAcknowledgement):
        acknowledgements_give(
            actor=speaker(market), words=[*words[:3], Word(words[3].id, K.LIFTED)]
        )
    assert Acknowledgement.objects.owed().count() == 4

    acknowledgements_give(actor=speaker(market), words=words)
    acknowledgements_give(actor=speaker(market), words=words)
    act = RecordedAct.objects.get(kind="compliance.acknowledgements.given")
    assert (act.subject, act.payload["said"], act.payload["count"]) == (market.pk, "applied", 4)
    for wrong in ([], words * 251):
        with pytest.raises(errors.TooManyAtOnce):
            acknowledgements_give(actor=speaker(market), words=wrong)


def test_what_is_not_done_in_time_is_told_once_and_can_still_be_done(market, listing, clock):
    impose(listing)
    assert acknowledgements_turn() == 0

    clock.advance("24 hours")

    assert (acknowledgements_turn(), acknowledgements_turn()) == (1, 0)
    act = RecordedAct.objects.get(kind="compliance.acknowledgements.overdue")
    assert act.payload["marketplaces"] == [str(market.pk)]
    assert applied_to(listing)[0] == Applied(0, 1, 1)
    say(market, K.APPLIED)
    applied, [line] = applied_to(listing)
    assert (applied, line.overdue) == (Applied(1, 1, 0), True)


def test_an_accession_that_runs_out_binds_nobody_at_the_next_tick(listing, clock):
    market, other = markets.bound(listing), markets.bound(listing)
    markets.accede(market, until_at=now() + dt.timedelta(hours=2))
    impose(listing)
    standings_turn()
    assert applied_to(listing)[0] == Applied(0, 2, 0)

    clock.advance("1 hour")
    standings_turn()
    assert applied_to(listing)[0] == Applied(0, 2, 0)
    clock.advance("1 hour")
    standings_turn()

    assert applied_to(listing)[0] == Applied(0, 1, 0)
    assert [row.marketplace for row in Acknowledgement.objects.owed()] == [other]
    [act] = RecordedAct.objects.filter(kind="compliance.acknowledgements.ended")
    assert act.payload["marketplaces"] == [str(market.pk)]
    standings_turn()
    assert RecordedAct.objects.filter(kind="compliance.acknowledgements.ended").count() == 1


def test_listing_rule_and_measure_count_who_has_applied(listing):
    digest = "cd" * 32
    twins = [listings.listing(weight_digest=digest) for _ in range(2)]
    prompt, slow = markets.bound(listing, *twins), markets.bound(listing, *twins)
    version = policy.entered(policy.rule_draft('listing.task == "text-generation"'))
    held = impose(twins[0])
    owner = speaker(prompt)
    owed = acknowledgements_owed(prompt.organisation).rows
    acknowledgements_give(actor=owner, words=[Word(line.row.pk, K.APPLIED) for line in owed])

    assert applied_to(listing)[0] == Applied(1, 2, 0)
    assert [(row.marketplace, row.applied) for row in applied_of_rule(version)] == [
        (slow, Applied(0, 3, 0)),
        (prompt, Applied(3, 3, 0)),
    ]
    assert applied_of_measures([held]) == {held.pk: Applied(2, 4, 0)}
    [line, *_more] = acknowledgements_owed(slow.organisation).rows
    assert line.skus == (f"S-{line.row.listing.code}",)
    assert [ground.rule_version for ground in line.grounds if ground.rule_version] == [version]


def test_what_is_owed_comes_in_pages_with_the_same_few_questions(
    market, listing, django_assert_num_queries
):
    more = [listings.listing() for _ in range(6)]
    markets.offer(market, *more)
    policy.entered(policy.rule_draft('listing.task == "text-generation"'))
    settle()

    for size in (2, 7):
        with django_assert_num_queries(7):
            assert len(acknowledgements_owed(market.organisation, size=size).rows) == size
    first = acknowledgements_owed(market.organisation, size=4)
    rest = acknowledgements_owed(market.organisation, after=first.after, size=4)
    assert len({line.row.pk for line in first.rows + rest.rows}) == 7
