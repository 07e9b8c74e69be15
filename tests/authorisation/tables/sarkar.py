"""The door of the state: the desk is open to whoever is signed in, the work to who holds it."""

from tests.authorisation.roles import BARRED, EVERYONE, Role
from tests.authorisation.rows import Row, Sent, World
from tests.factories.policy import example_rows, rule_draft

REGULATOR = {Role.REGULATOR}
ADMINISTRATOR = {Role.ADMINISTRATOR}
CLERK = {Role.CLERK}
RULE = {
    "title": "Models without a card",
    "authority": "Ministry of Models",
    "legal_basis": "Digital Markets Act, section 7",
    "outcome": "3",
    "mode": "enforce",
    "jurisdictions": "IN",
    "expression": "!listing.has_model_card",
    "clauses-0-text": "A model without a card is suspended.",
} | {
    f"{rows}-{part}_FORMS": number
    for rows in ("clauses", "conditions", "duties", "parameters", "examples")
    for part, number in (("TOTAL", "1"), ("INITIAL", "0"))
}
RULE |= example_rows(rule_draft())


def rule(world: World) -> dict:
    return {"code": world.things["rule"]}


ROWS = {
    "sarkar:dashboard": Row(get={200: EVERYONE - BARRED}),
    "sarkar:rule_enter": Row(get={200: REGULATOR}, post=Sent(RULE, {302: REGULATOR})),
    "sarkar:rule_next": Row(at=rule, get={200: REGULATOR}, post=Sent(RULE, {302: REGULATOR})),
    "sarkar:rule_end": Row(
        at=lambda world: rule(world) | {"number": 1},
        get={200: REGULATOR},
        post=Sent({"reason": "It did not help."}, {302: REGULATOR}),
    ),
    "sarkar:rule_back": Row(
        at=lambda world: rule(world) | {"number": 1},
        get={200: REGULATOR},
        post=Sent({"reason": "It hit the wrong ones."}, {302: REGULATOR}),
    ),
    "sarkar:register": Row(get={200: REGULATOR | CLERK}),
    # Each office reads in its row what only the other may decide.
    "sarkar:claim": Row(
        at=lambda world: {"claim": world.things["claim"]},
        post=Sent({"confirm": "yes"}, {302: REGULATOR, 400: CLERK}),
    ),
    "sarkar:dispute": Row(
        at=lambda world: {"dispute": world.things["dispute"]},
        post=Sent({"upheld": "yes", "answer": "So it is."}, {302: REGULATOR | CLERK}),
    ),
    "sarkar:licence_name": Row(
        at=lambda world: {"name": world.things["licence_name"]},
        post=Sent({"licence": "mit"}, {302: CLERK, 400: REGULATOR}),
    ),
    "sarkar:journal": Row(get={200: ADMINISTRATOR}, post=Sent({}, {302: ADMINISTRATOR})),
}
