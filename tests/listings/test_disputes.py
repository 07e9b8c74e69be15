import pytest

from apps.core.actor import ANONYMOUS
from apps.core.errors import Invalid, MoveRefused, NotPermitted
from apps.institutions.offices import Office
from apps.journal.models import RecordedAct
from apps.listings.errors import AlreadyOpen
from apps.listings.models import Dispute, Follow, LineageEdge
from apps.listings.readers import ParentDraft
from apps.listings.services import (
    dispute_decide,
    dispute_withdraw,
    edge_dispute,
    fact_dispute,
    follow_begin,
    follow_end,
)
from tests.factories import listings as make
from tests.factories.institutions import actor, officer, person, suspended


@pytest.fixture
def edge(db):
    version = make.version(parents=(ParentDraft("Base", "weights"),))
    return LineageEdge.objects.get(child=version)


def state(edge) -> tuple:
    edge.refresh_from_db()
    return edge.state, edge.valid_until is None


def test_an_upheld_dispute_ends_the_edge(edge):
    dispute = edge_dispute(actor=actor(person()), edge_id=edge.pk, statement="Trained afresh.")
    assert state(edge) == ("disputed", True)

    clerk = actor(officer(Office.CLERK))
    dispute_decide(actor=clerk, dispute_id=dispute.pk, upheld=True, answer="The papers show it.")

    assert state(edge) == ("rejected", False)
    kinds = RecordedAct.objects.order_by("id").values_list("kind", flat=True)
    assert list(kinds)[-1] == "listings.dispute.closed"


def test_a_dismissed_dispute_confirms_the_edge_and_a_later_one_taken_back_leaves_it(edge):
    clerk, asha = actor(officer(Office.CLERK)), actor(person())
    first = edge_dispute(actor=asha, edge_id=edge.pk, statement="No.")
    dispute_decide(actor=clerk, dispute_id=first.pk, upheld=False, answer="Hashes agree.")
    assert state(edge) == ("confirmed", True)

    second = edge_dispute(actor=asha, edge_id=edge.pk, statement="Still no.")
    dispute_withdraw(actor=asha, dispute_id=second.pk)

    assert state(edge) == ("confirmed", True)


def test_a_dispute_taken_back_leaves_the_edge_declared(edge):
    asha = actor(person())
    dispute = edge_dispute(actor=asha, edge_id=edge.pk, statement="No.")
    with pytest.raises(AlreadyOpen):
        edge_dispute(actor=asha, edge_id=edge.pk, statement="No again.")

    dispute_withdraw(actor=asha, dispute_id=dispute.pk)

    assert state(edge) == ("declared", True)
    with pytest.raises(MoveRefused):
        dispute_withdraw(actor=asha, dispute_id=dispute.pk)


def test_a_fact_is_disputed_by_name(db):
    version, asha = make.version(), actor(person())

    dispute = fact_dispute(actor=asha, version=version, fact="params_b", statement="It is 13.")

    assert (dispute.code[:2], dispute.fact) == ("D-", "params_b")
    with pytest.raises(Invalid):
        fact_dispute(actor=asha, version=version, fact="colour", statement="It is green.")
    with pytest.raises(Invalid):
        fact_dispute(actor=asha, version=version, fact="task", statement=" ")
    assert Dispute.objects.count() == 1


def test_who_may_do_what_with_a_dispute(edge):
    asha, clerk = actor(person()), officer(Office.CLERK)
    for who in (ANONYMOUS, actor(suspended())):
        with pytest.raises(NotPermitted):
            edge_dispute(actor=who, edge_id=edge.pk, statement="No.")
    assert Dispute.objects.count() == 0

    dispute = edge_dispute(actor=actor(clerk), edge_id=edge.pk, statement="No.")
    for who in (ANONYMOUS, asha, actor(clerk), actor(officer(Office.REGISTRAR))):
        with pytest.raises(NotPermitted):
            dispute_decide(actor=who, dispute_id=dispute.pk, upheld=True, answer="So.")
    for who in (ANONYMOUS, asha):
        with pytest.raises(NotPermitted):
            dispute_withdraw(actor=who, dispute_id=dispute.pk)

    assert Dispute.objects.get().state == "opened"
    regulator = actor(officer(Office.REGULATOR))
    with pytest.raises(Invalid):
        dispute_decide(actor=regulator, dispute_id=dispute.pk, upheld=True, answer=" ")


def test_following_twice_is_following_once(db):
    listing, asha = make.listing(), person()
    before = RecordedAct.objects.count()

    follow_begin(actor=actor(asha), listing=listing)
    follow_begin(actor=actor(asha), listing=listing)
    assert Follow.objects.get().user == asha

    follow_end(actor=actor(asha), listing=listing)
    assert (Follow.objects.count(), RecordedAct.objects.count()) == (0, before)
    with pytest.raises(NotPermitted):
        follow_begin(actor=ANONYMOUS, listing=listing)
