"""Particular interests, declared by the person who has them."""

from django.db import transaction

from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.codes import parse
from apps.core.errors import Invalid
from apps.institutions import acts, errors
from apps.institutions.models import ConflictDeclaration, Organisation
from apps.institutions.permissions import in_good_standing, refusal
from apps.institutions.services.constraints import refused_as
from apps.journal.services import record

REFUSALS = {"institutions_one_declaration_per_interest": errors.InterestDeclared}


@transaction.atomic
def conflict_declare(
    *,
    actor: Actor,
    interest: str,
    organisation: Organisation | None = None,
    matter: str = "",
) -> ConflictDeclaration:
    """Declare one's own interest in an organisation, or in a matter named by its code."""
    if actor.person is None or not in_good_standing(actor):
        raise refusal(actor)
    if organisation is None and not matter:
        raise Invalid(field="organisation")
    with refused_as(REFUSALS):
        declaration = ConflictDeclaration.objects.create(
            user_id=actor.person,
            organisation=organisation,
            matter=parse(matter) if matter else "",
            interest=interest,
            declared_at=now(),
        )
    record(
        acts.ConflictDeclared(
            subject=declaration.pk,
            person=actor.person,
            organisation=organisation.pk if organisation else None,
            matter=declaration.matter,
        ),
        actor=actor,
    )
    return declaration


@transaction.atomic
def conflict_withdraw(*, actor: Actor, declaration: ConflictDeclaration) -> ConflictDeclaration:
    """Say that an interest has ended."""
    declaration = ConflictDeclaration.objects.select_for_update(of=["self"]).get(pk=declaration.pk)
    if actor.person != declaration.user_id or not in_good_standing(actor):
        raise refusal(actor)
    if declaration.withdrawn_at is not None:
        raise errors.HoldingEnded
    declaration.withdrawn_at = now()
    declaration.save(update_fields=["withdrawn_at"])
    record(acts.ConflictWithdrawn(subject=declaration.pk, person=declaration.user_id), actor=actor)
    return declaration
