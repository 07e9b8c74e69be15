"""Listings under rules, measures and exemptions: what a bundle has to tell apart."""

import datetime as dt
import random

from apps.compliance.services import (
    ExemptionDraft,
    MeasureDraft,
    exemption_grant,
    measure_impose,
)
from apps.compliance.states import MeasureSource
from apps.core.actor import SYSTEM
from apps.core.clock import now
from apps.listings.models import Listing
from apps.listings.readers import EvaluationDraft
from apps.policy.engine import Mode, Outcome
from apps.policy.services import ClauseDraft, DutyDraft
from apps.reactions.runner import settle
from tests.factories import institutions, listings, policy

WEIGHTS = "sha256:" + "a" * 64


def impose(listing, outcome=Outcome.SUSPEND, **scope):
    draft = MeasureDraft(
        listing=listing,
        outcome=outcome,
        source=MeasureSource.COURT,
        reference="O 12/26",
        reason="By order.",
        **({"jurisdictions": [], "uses": []} | scope),
    )
    return measure_impose(actor=SYSTEM, draft=draft)


def register():
    """Listings with facts of every kind under rules that tell them apart."""
    chance = random.Random(3)
    for number in range(20):
        scores = [("toxicity", chance.random()), ("redteam", chance.random())]
        listings.listing(
            external_id=f"Acme/model\\{number}" if number == 7 else f"Acme/Model-{number}",
            task=chance.choice(["text-generation", "emotion-recognition", "text-to-image"]),
            licence_text=chance.choice(["apache-2.0", "bigscience-openrail-m", "cc-by-nc-4.0"]),
            params_b=chance.choice([None, 7.0, 100.0]),
            provider_country=chance.choice(["IN", "FR", "US"]),
            weight_digest=WEIGHTS if number in {3, 4} else "",
            evaluations=tuple(
                EvaluationDraft(kind, round(score, 2), "x", dt.date(2026, month, 1), "y")
                for (kind, score), month in zip(scores, (chance.randint(1, 9), 5), strict=True)
                if chance.random() < 0.6
            ),
        )
    drafts = [
        policy.rule_draft(
            'listing.task == "emotion-recognition" && req.use in ["workplace", "education"]',
            outcome=Outcome.PROHIBIT,
            jurisdictions=["EU"],
            duties=[DutyDraft(addressee="provider", code="tell", text="Tell users.")],
        ),
        policy.rule_draft("req.use in listing.use_restrictions", jurisdictions=[]),
        policy.rule_draft(
            "!has(listing.eval_toxicity) || listing.eval_toxicity > 0.5",
            outcome=Outcome.CONDITION,
            jurisdictions=["IN", "FR"],
            clauses=[
                ClauseDraft(text="Untested", expression="!has(listing.eval_toxicity)"),
                ClauseDraft(text="or toxic:", expression="listing.eval_toxicity > 0.5"),
                ClauseDraft(text="a notice is shown."),
            ],
        ),
        policy.rule_draft(
            "has(listing.params_b) && listing.params_b > 50.0 && req.commercial",
            outcome=Outcome.RESTRICT,
            jurisdictions=[],
            allowed_jurisdictions=["home", "KR"],
        ),
        policy.rule_draft(
            "has(listing.eval_age_days) && listing.eval_age_days > 100", mode=Mode.WARN
        ),
        policy.rule_draft(
            'has(listing.eval_date) && req.date - listing.eval_date > duration("4000h") '
            '&& req.jurisdiction in ["KR", "IN"]',
            jurisdictions=[],
            uses=["medical"],
        ),
        policy.rule_draft('listing.evals.exists(e, e.kind == "redteam" && e.score < 0.4)'),
    ]
    versions = [policy.entered(draft) for draft in drafts]
    settle()
    found = list(Listing.objects.order_by("code"))
    impose(found[3])
    impose(found[5], Outcome.PROHIBIT, jurisdictions=["FR"], uses=["medical"])
    draft = ExemptionDraft(
        rule=versions[1].rule,
        listing=Listing.objects.filter(current__licence__id__startswith="bigscience").first(),
        reason="A trial.",
        until_at=now() + dt.timedelta(days=10),
        jurisdictions=["IN"],
        uses=["medical"],
    )
    exemption_grant(actor=institutions.actor(institutions.regulator("*")), draft=draft)
    settle()
    return found


def few():
    """Four listings, and a rule that prohibits one of them."""
    found = [listings.listing(external_id=f"few-{number}") for number in range(4)]
    found.append(listings.listing(task="text-to-image"))
    policy.entered(
        policy.rule_draft(
            'listing.task == "text-to-image"', outcome=Outcome.PROHIBIT, jurisdictions=[]
        )
    )
    settle()
    return found
