"""Listings of every kind under rules that tell them apart."""

from apps.compliance.services import (
    MeasureDraft,
    measure_impose,
)
from apps.compliance.states import MeasureSource
from apps.core.actor import SYSTEM
from apps.policy.engine import Mode, Outcome
from apps.policy.services import ClauseDraft, DutyDraft
from apps.reactions.runner import settle
from tests.factories import listings, policy

WEIGHTS = "sha256:" + "a" * 64
COPIED = "sha256:" + "b" * 64


def register():
    """Listings of every kind under rules that tell them apart."""
    generator = listings.listing(external_id="acme/writer", weight_digest=WEIGHTS)
    listings.listing(external_id="m", licence_text="cc-by-nc-4.0")
    earlier = listings.listing(external_id="m", licence_text="apache-2.0")
    barred = listings.listing(task="text-to-image", weight_digest=COPIED)
    policy.entered(
        policy.rule_draft(
            'listing.task == "text-generation" && req.use == "medical"',
            outcome=Outcome.PROHIBIT,
            clauses=[
                ClauseDraft(text="A generator", expression='listing.task == "text-generation"'),
                ClauseDraft(text="shall not heal."),
            ],
            duties=[DutyDraft(addressee="provider", code="tell", text="Tell users.")],
        )
    )
    policy.entered(policy.rule_draft("!req.commercial", jurisdictions=[], mode=Mode.WARN))
    policy.entered(policy.rule_draft(outcome=Outcome.CONDITION, jurisdictions=["FR"]))
    settle()
    impose(barred)
    settle()
    return [generator, earlier, barred]


def impose(listing, outcome=Outcome.SUSPEND):
    draft = MeasureDraft(
        listing=listing,
        outcome=outcome,
        source=MeasureSource.COURT,
        reference="O 12/26",
        reason="By order.",
        jurisdictions=[],
        uses=[],
    )
    return measure_impose(actor=SYSTEM, draft=draft)
