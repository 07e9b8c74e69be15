"""Who hears that a marketplace owes what changed, and that its time is over."""

import pytest

from apps.compliance.models import Acknowledgement
from apps.compliance.services import Word, acknowledgements_give, acknowledging, following
from apps.compliance.states import AcknowledgementKind
from apps.institutions.models import Role
from apps.journal.models import RecordedAct
from apps.notices.models import Notice
from apps.notices.states import NoticeKind as Kind
from apps.policy.engine import Outcome
from apps.reactions.runner import settle
from tests.factories import institutions, listings, markets, policy
from tests.reactions.inboxes import leads, owners, people_told, the, title

pytestmark = pytest.mark.django_db
TEXTS = 'listing.task == "text-generation"'


def bind(outcome=Outcome.SUSPEND):
    """A rule that all listings of these tests break."""
    return policy.entered(policy.rule_draft(TEXTS, outcome=outcome, jurisdictions=[]))


def several(number):
    return [listings.listing(task="text-generation") for _number in range(number)]


def acts(kind):
    return RecordedAct.objects.filter(kind=f"compliance.acknowledgements.{kind}").count()


def test_the_keepers_of_a_marketplace_hear_what_it_owes_and_until_when():
    market, other = markets.bound(*several(2)), markets.bound()
    institutions.member_of(market.organisation)
    settle()

    bind()
    settle()

    assert people_told(Kind.ACKNOWLEDGEMENTS_OWED) == owners(market.organisation)
    assert owners(other.organisation) != owners(market.organisation)
    notice = the(Kind.ACKNOWLEDGEMENTS_OWED)
    due = set(Acknowledgement.objects.owed().values_list("due_at", flat=True))
    assert {notice.due_at} == due
    assert title(notice) == f"What holds for 2 listings on {market.name} changed"
    assert notice.path == f"/bazaar/marketplaces/{market.slug}/"
    assert leads(notice) == 200


def test_a_change_in_several_acts_is_told_once_to_each_marketplace(monkeypatch, clock):
    monkeypatch.setattr(following, "BATCH", 2)
    monkeypatch.setattr(acknowledging, "MOST", 2)
    offered = several(3)
    first, second = markets.bound(*offered), markets.bound(*offered[:2])
    settle()

    bind()
    settle()
    clock.advance("2 days")
    settle()

    assert (acts("owed"), acts("overdue")) == (3, 3)
    for market, listed in ((first, 3), (second, 2)):
        owner = institutions.owner_of(market.organisation)
        told = the(Kind.ACKNOWLEDGEMENTS_OWED, owner), the(Kind.ACKNOWLEDGEMENTS_OVERDUE, owner)
        assert [title(notice) for notice in told] == [
            f"What holds for {listed} listings on {market.name} changed",
            f"{market.name} is late: {listed} listings still wait for their change",
        ]
        assert leads(told[1]) == 200


def test_what_was_done_in_time_is_not_told_as_late(clock):
    market = markets.bound(*several(1))
    bind()
    settle()
    row = Acknowledgement.objects.owed().get()
    actor = institutions.actor(institutions.owner_of(market.organisation))

    acknowledgements_give(actor=actor, words=[Word(row.pk, AcknowledgementKind.APPLIED)])
    clock.advance("2 days")
    settle()

    assert people_told(Kind.ACKNOWLEDGEMENTS_OVERDUE) == set()


def test_a_second_change_is_told_again(clock):
    markets.bound(*several(1))
    bind()
    settle()

    clock.advance("1 hour")
    bind(Outcome.PROHIBIT)
    settle()

    assert Notice.objects.filter(kind=Kind.ACKNOWLEDGEMENTS_OWED).count() == 2


def test_who_keeps_several_marketplaces_is_told_of_all_of_them_at_once():
    company, elsewhere = institutions.organisation(), institutions.organisation("Bodhi Systems")
    owner = institutions.owner_of(company)
    institutions.membership(owner, elsewhere, Role.OWNER)
    offered = several(1)
    kept = [markets.bound(*offered, organisation=one) for one in (company, company, elsewhere)]
    settle()

    bind()
    settle()

    notice = the(Kind.ACKNOWLEDGEMENTS_OWED, owner)
    names = ", ".join(sorted(market.name for market in kept))
    assert title(notice) == f"What holds for 3 listings on {names} changed"
    assert notice.path == "/bazaar/marketplaces/"
    assert leads(notice) == 200
