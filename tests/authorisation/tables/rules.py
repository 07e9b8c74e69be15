"""The rule register over the API: anyone reads; a regulator writes within its mandate."""

from tests.authorisation.roles import BARRED, EVERYONE, Role
from tests.authorisation.rows import Row, Sent, World
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


ROWS = {
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
