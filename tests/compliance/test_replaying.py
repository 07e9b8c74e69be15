import datetime as dt

import pytest
from rest_framework.test import APIClient

from apps.compliance.api.telling import decision_told
from apps.compliance.selectors.answers import Question
from apps.compliance.selectors.deciding import decide
from apps.compliance.selectors.replaying import decide_again
from apps.compliance.services import (
    ExemptionDraft,
    exemption_grant,
    measure_lift,
)
from apps.core.actor import SYSTEM
from apps.core.clock import now
from apps.policy.engine import Outcome
from apps.policy.services import rule_end
from apps.reactions.runner import settle
from tests.compliance.shelf import WEIGHTS, impose
from tests.factories import institutions, listings, policy

pytestmark = pytest.mark.django_db


def test_a_past_decision_is_made_again_from_what_its_answer_names(register):
    generator, _earlier, barred = register
    version = policy.entered(policy.rule_draft('listing.task == "text-generation"'))
    draft = ExemptionDraft(
        rule=version.rule,
        listing=generator,
        reason="A trial.",
        until_at=now() + dt.timedelta(days=10),
        jurisdictions=["IN"],
        uses=["medical"],
    )
    exemption_grant(actor=institutions.actor(institutions.regulator()), draft=draft)
    order = impose(generator, Outcome.RESTRICT)
    settle()
    questions = [
        Question(model=listing.code, use=use, jurisdiction=place)
        for listing in (generator, barred)
        for use in ("general", "medical")
        for place in ("*", "IN", "EU")
    ]
    before = [decide(question) for question in questions]

    measure_lift(actor=SYSTEM, measure=order)
    rule_end(
        actor=institutions.actor(institutions.regulator("*")), version=version, reason="Repealed."
    )
    listings.listing(external_id="acme/writer", task="text-to-image", weight_digest=WEIGHTS)
    settle()

    assert [decide(question).outcome for question in questions] != [one.outcome for one in before]
    for question, decision in zip(questions, before, strict=True):
        again = decide_again(
            question,
            decided_at=decision.decided_at,
            facts_version=decision.facts_version,
            ruleset_version=decision.ruleset_version,
        )
        assert again == decision
        assert told_again(question, decision) == decision_told(decision)


def told_again(question, decision):
    names = ("decided_at", "facts_version", "ruleset_version")
    told = decision_told(decision)
    asked = {name: told[name] for name in (*names, "use", "jurisdiction", "commercial")}
    return APIClient().get("/api/v1/decisions/past", asked).json()


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"facts_version": 10**9}, 404, "facts_version"),
        ({"decided_at": "2100-01-01T00:00:00Z"}, 400, "decided_at"),
        ({"use": "gardening"}, 400, "use"),
        ({"jurisdiction": "XX"}, 400, "jurisdiction"),
        ({"model": "x"}, 400, "model"),
    ],
)
def test_what_was_never_decided_is_not_made_up(changes, status, field):
    listing = listings.listing()
    settle()
    decision = decide(Question(model=listing.code))
    asked = {
        "decided_at": decision.decided_at.isoformat(),
        "facts_version": decision.facts_version,
        "ruleset_version": decision.ruleset_version,
    }

    answer = APIClient().get("/api/v1/decisions/past", asked | changes)

    assert answer.status_code == status
    assert [fault["field"] for fault in answer.json()["errors"]] == [field]
