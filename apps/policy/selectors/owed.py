"""What someone owes to the text of rules: answers to notices, and the second chair of a stay."""

from apps.core.actor import Actor
from apps.core.needs import Need
from apps.institutions.offices import Office
from apps.institutions.permissions import holds_office
from apps.policy.models import Divergence, RuleStay
from apps.policy.permissions import chambers_to_ask, may_be_ended
from apps.policy.states import DivergenceState, RuleStayState, StatuteKind

# So many waiting rows are looked through for the fifty that are someone's to answer.
LOOKED_AT, MOST = 500, 50


def rules_owed(actor: Actor) -> list[Need]:
    """Return the notices to answer and the stays to countersign, the first asked for first.

    At most fifty of each; of a stranger nothing.
    """
    if actor.person is None:
        return []
    return [*_answers(actor), *_signatures(actor)]


def _answers(actor: Actor) -> list[Need]:
    filed = Divergence.objects.filter(state=DivergenceState.FILED).exclude(filed_by=actor.person)
    rows = list(filed.select_related("version__rule").order_by("filed_at", "id")[:LOOKED_AT])
    if not rows:
        return []
    covered = {version.pk for version in may_be_ended(actor, [row.version for row in rows])}
    clerk = holds_office(actor, Office.CLERK)
    mine = [
        row
        for row in rows
        if row.version_id in covered or (clerk and row.version.rule.kind != StatuteKind.INSTRUMENT)
    ]
    return [Need("divergence", row) for row in mine[:MOST]]


def _signatures(actor: Actor) -> list[Need]:
    asked = RuleStay.objects.filter(state=RuleStayState.ASKED).exclude(asked_by=actor.person)
    rows = list(asked.select_related("divergence__version").order_by("asked_at", "id")[:LOOKED_AT])
    chambers = set(chambers_to_ask(actor).values_list("pk", flat=True)) if rows else set()
    mine = [row for row in rows if chambers - {row.asked_for_id}]
    return [Need("stay", row) for row in mine[:MOST]]
