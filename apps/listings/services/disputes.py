"""Anyone signed in may say that a fact or an edge is wrong; a regulator or clerk decides."""

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.codes import next_code
from apps.core.errors import Invalid
from apps.institutions.permissions import refusal
from apps.institutions.services.constraints import refused_as
from apps.journal.acts import Act
from apps.journal.services import record
from apps.listings.acts import DisputeClosed, EdgeDisputed, FactDisputed
from apps.listings.errors import AlreadyOpen
from apps.listings.models import Dispute, LineageEdge, Listing, ListingVersion
from apps.listings.permissions import can_decide_disputes, can_dispute, can_withdraw_dispute
from apps.listings.services.rows import FACTS
from apps.listings.states import DISPUTES, EDGES, DisputeState, EdgeState

DISPUTABLE = (*FACTS, "licence", "weight_digest", "name", "provider", "provider_country")
OPEN = {"listings_one_open_dispute_per_edge": AlreadyOpen}


@transaction.atomic
def fact_dispute(
    *, actor: Actor, version: ListingVersion, fact: str, statement: str, evidence: str = ""
) -> Dispute:
    """Say that a fact of a version is wrong."""
    person = _disputant(actor)
    if fact not in DISPUTABLE:
        raise Invalid(
            _("“%(fact)s” is no fact of a listing.") % {"fact": fact},
            remedy=", ".join(DISPUTABLE),
            field="fact",
        )
    dispute = _open(person, version, statement, evidence, fact=fact)
    act: Act = FactDisputed(
        subject=version.listing_id, dispute=dispute.pk, version=version.pk, fact=fact
    )
    record(act, actor=actor)
    return dispute


@transaction.atomic
def edge_dispute(
    *, actor: Actor, edge_id: uuid.UUID, statement: str, evidence: str = ""
) -> Dispute:
    """Say that a model was not made from this parent; the edge is marked as disputed."""
    rows = LineageEdge.objects.select_for_update(of=("self",))
    edge = rows.select_related("child__listing").get(pk=edge_id)
    person = _disputant(actor)
    if edge.state == EdgeState.DISPUTED:
        raise AlreadyOpen(field="edge")
    EDGES.move(edge, EdgeState.DISPUTED)
    edge.save(update_fields=["state"])
    with refused_as(OPEN):
        dispute = _open(person, edge.child, statement, evidence, edge=edge)
    act = EdgeDisputed(subject=edge.child.listing_id, dispute=dispute.pk, edge=edge.pk)
    record(act, actor=actor)
    return dispute


@transaction.atomic
def dispute_decide(*, actor: Actor, dispute_id: uuid.UUID, upheld: bool, answer: str) -> Dispute:
    """Decide a dispute with reasons. An edge found wrong ends; a fact's keeper must mend it."""
    dispute = _locked(dispute_id)
    if not can_decide_disputes(actor, dispute):
        raise refusal(actor, _("A regulator or clerk who did not open the dispute decides it."))
    if not answer.strip():
        raise Invalid(_("A decision needs its reasons."), field="answer")
    state = DisputeState.UPHELD if upheld else DisputeState.DISMISSED
    return _close(actor, dispute, state, answer)


@transaction.atomic
def dispute_withdraw(*, actor: Actor, dispute_id: uuid.UUID) -> Dispute:
    """Take back a dispute that one opened."""
    dispute = _locked(dispute_id)
    if not can_withdraw_dispute(actor, dispute):
        raise refusal(actor, _("Only who opened a dispute takes it back."))
    return _close(actor, dispute, DisputeState.WITHDRAWN, "")


def _disputant(actor: Actor) -> uuid.UUID:
    if actor.person is None or not can_dispute(actor):
        raise refusal(actor, _("Sign in to dispute what stands here."))
    return actor.person


def _open(
    person: uuid.UUID,
    version: ListingVersion,
    statement: str,
    evidence: str,
    *,
    fact: str = "",
    edge: LineageEdge | None = None,
) -> Dispute:
    if not statement.strip():
        raise Invalid(_("Say what is wrong."), field="statement")
    Listing.objects.select_for_update().get(pk=version.listing_id)
    return Dispute.objects.create(
        code=next_code("D", "listings_dispute_numbers"),
        listing_id=version.listing_id,
        version=version,
        edge=edge,
        fact=fact,
        statement=statement.strip(),
        evidence=evidence,
        raised_by_id=person,
        opened_at=now(),
    )


def _close(actor: Actor, dispute: Dispute, state: DisputeState, answer: str) -> Dispute:
    DISPUTES.move(dispute, state)
    at = dispute.closed_at = now()
    dispute.answer = answer.strip()
    dispute.save(update_fields=["state", "closed_at", "answer"])
    if dispute.edge:
        EDGES.move(dispute.edge, _edge_state(dispute.edge, state))
        if state == DisputeState.UPHELD and dispute.edge.valid_until is None:
            dispute.edge.valid_until = at
        dispute.edge.save(update_fields=["state", "valid_until"])
    act = DisputeClosed(
        subject=dispute.listing_id,
        dispute=dispute.pk,
        version=dispute.version_id,
        outcome=state.value,
    )
    record(act, actor=actor)
    return dispute


def _edge_state(edge: LineageEdge, state: DisputeState) -> EdgeState:
    """Return what becomes of an edge; one that was confirmed before stays so if nobody decides."""
    if state == DisputeState.UPHELD:
        return EdgeState.REJECTED
    confirmed = edge.disputes.filter(state=DisputeState.DISMISSED).exists()
    return EdgeState.CONFIRMED if confirmed else EdgeState.DECLARED


def _locked(dispute_id: uuid.UUID) -> Dispute:
    rows = Dispute.objects.select_for_update(of=("self",)).select_related("listing")
    dispute = rows.get(pk=dispute_id)
    if dispute.edge_id:
        dispute.edge = LineageEdge.objects.select_for_update().get(pk=dispute.edge_id)
    return dispute
