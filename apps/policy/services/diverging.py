"""Where text and expression part, anyone may say so; the office that made the rule answers."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.codes import next_code, parse
from apps.core.errors import Invalid
from apps.institutions.permissions import refusal
from apps.institutions.services.constraints import refused_as
from apps.journal.services import record
from apps.policy.acts import DivergenceAnswered, DivergenceFiled
from apps.policy.errors import ClauseUnknown, DivergenceOpen
from apps.policy.models import Divergence, Rule, RuleVersion
from apps.policy.permissions import can_answer_divergence, can_file_divergence
from apps.policy.services.staying import stays_end
from apps.policy.states import DIVERGENCE, DivergenceState

OPEN = {"policy_one_open_divergence": DivergenceOpen}


@transaction.atomic
def divergence_file(
    *,
    actor: Actor,
    version: RuleVersion,
    statement: str,
    clause_number: int | None = None,
    listing_code: str = "",
) -> Divergence:
    """Say that what runs is not what the text says; public at once, without a name.

    Raises `ClauseUnknown`, and `DivergenceOpen` where one's own notice on the clause waits.
    """
    if actor.person is None or not can_file_divergence(actor):
        raise refusal(actor, _("A person in good standing files a notice."))
    if not statement.strip():
        raise Invalid(_("Say how text and expression part."), field="statement")
    if clause_number is not None and not version.clauses.filter(number=clause_number).exists():
        raise ClauseUnknown(field="clause_number")
    with refused_as(OPEN):
        divergence = Divergence.objects.create(
            code=next_code("DN", "policy_divergence_number"),
            version=version,
            clause_number=clause_number,
            statement=statement.strip(),
            listing_code=parse(listing_code) if listing_code else "",
            filed_by_id=actor.person,
            filed_at=now(),
        )
    act = DivergenceFiled(
        subject=version.rule_id,
        divergence=divergence.pk,
        version=version.pk,
        code=divergence.code,
        clause_number=clause_number,
    )
    record(act, actor=actor)
    return divergence


@transaction.atomic
def divergence_answer(
    *, actor: Actor, divergence: Divergence, parts: bool, answer: str
) -> Divergence:
    """Say with reasons whether text and expression part; where they do, the text prevails."""
    Rule.objects.select_for_update().get(pk=divergence.version.rule_id)
    rows = Divergence.objects.select_for_update(of=("self",)).select_related("version__rule")
    held = rows.get(pk=divergence.pk)
    if not can_answer_divergence(actor, held):
        raise refusal(actor, _("The office that made the rule answers, by someone else."))
    if not answer.strip():
        raise Invalid(_("An answer needs its reasons."), field="answer")
    DIVERGENCE.move(held, DivergenceState.CONFIRMED if parts else DivergenceState.REJECTED)
    held.answer, held.answered_at = answer.strip(), now()
    held.save(update_fields=["state", "answer", "answered_at"])
    if not parts:
        stays_end(actor, held)
    act = DivergenceAnswered(
        subject=held.version.rule_id,
        divergence=held.pk,
        version=held.version_id,
        code=held.code,
        parts=parts,
    )
    record(act, actor=actor)
    return held
