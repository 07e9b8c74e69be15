"""The rule register over the API: anyone reads; a regulator writes within its mandate."""

from apps.policy.selectors import version_by_number
from apps.policy.services import divergence_file
from tests.authorisation.roles import BARRED, EVERYONE, SIGNED_IN, Role
from tests.authorisation.rows import Row, Sent, World
from tests.factories import institutions
from tests.factories.policy import examples_sent, rule_draft

PUBLIC = {200: EVERYONE - BARRED}
REGULATOR = {Role.REGULATOR}
DRAFT = {
    "title": "Models without a card",
    "authority": "Ministry of Models",
    "expression": "!listing.has_model_card",
    "outcome": "suspend",
    "legal_basis": "Digital Markets Act, section 7",
    "clauses": [{"text": "A model without a card is suspended."}],
    "jurisdictions": ["IN"],
    "examples": examples_sent(rule_draft()),
}


def rule(world: World) -> dict:
    return {"code": world.things["rule"]}


def first(world: World) -> dict:
    return rule(world) | {"number": 1}


def divergence(world: World) -> dict:
    """A notice of someone else, each time another."""
    filed = divergence_file(
        actor=institutions.actor(institutions.person()),
        version=version_by_number(world.things["rule"], 1),
        statement="It says more.",
    )
    return {"code": filed.code}


ROWS = {
    "api-divergences": Row(
        at=first,
        get=PUBLIC,
        post=Sent(
            {"statement": "It says more.", "clause_number": 1}, {201: SIGNED_IN | {Role.TOKEN}}
        ),
    ),
    "api-divergence-answer": Row(
        at=divergence, post=Sent({"parts": True, "answer": "So it is."}, {200: REGULATOR})
    ),
    "api-rules": Row(get=PUBLIC, post=Sent(DRAFT, {201: REGULATOR})),
    "api-rule-check": Row(post=Sent({"expression": "listing.has_model_card"}, PUBLIC)),
    "api-rule": Row(at=rule, get=PUBLIC),
    "api-rule-end": Row(
        at=lambda world: rule(world) | {"number": 1},
        post=Sent({"reason": "The act was repealed."}, {200: REGULATOR}),
    ),
    "api-rule-rollback": Row(
        at=lambda world: rule(world) | {"number": 1},
        post=Sent({"reason": "It hit the wrong ones."}, {200: REGULATOR}),
    ),
    "api-uses": Row(get=PUBLIC),
    "api-vocabulary": Row(get=PUBLIC),
}
