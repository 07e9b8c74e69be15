"""The public hall: open to everyone; only who is signed in follows a listing or disputes it."""

from tests.authorisation.roles import BARRED, EVERYONE, SIGNED_IN, Role
from tests.authorisation.rows import Row, Sent, World
from tests.authorisation.tables.compliance import simulation
from tests.authorisation.tables.rules import asked, divergence, first, own_stay

OPEN = {200: EVERYONE - BARRED}


def rule(world: World) -> dict:
    return {"code": world.things["rule"]}


def listing(world: World) -> dict:
    return {"code": world.things["listing"]}


ROWS = {
    "commons:divergence_file": Row(
        at=first, get={200: SIGNED_IN}, post=Sent({"statement": "It says more."}, {302: SIGNED_IN})
    ),
    "commons:divergence": Row(
        at=divergence,
        get={200: {Role.REGULATOR}},
        post=Sent({"parts": "no", "answer": "They agree."}, {302: {Role.REGULATOR}}),
    ),
    "commons:divergence_stay": Row(
        at=divergence,
        get={200: {Role.CHAIR}},
        post=Sent({"reasons": "Wait."}, {302: {Role.CHAIR}}),
    ),
    "commons:divergence_countersign": Row(at=asked, post=Sent({}, {302: {Role.CHAIR}})),
    "commons:divergence_stay_end": Row(at=own_stay, post=Sent({}, {302: {Role.CHAIR}})),
    "commons:simulation": Row(at=simulation, get={200: {Role.REGULATOR}}),
    "commons:home": Row(get=OPEN),
    "commons:export": Row(get={200: SIGNED_IN}),
    "commons:acts": Row(get=OPEN),
    "commons:act": Row(at={"seq": 1}, get=OPEN),
    "commons:calendar": Row(get=OPEN),
    "commons:calendar_feed": Row(get=OPEN),
    "commons:asked": Row(get=OPEN),
    "commons:concentration": Row(get=OPEN),
    "commons:concentration_csv": Row(get=OPEN),
    "commons:orders_csv": Row(get=OPEN),
    "commons:cases_csv": Row(get=OPEN),
    "commons:glossary": Row(get=OPEN),
    "commons:privacy": Row(get=OPEN),
    "commons:accessibility": Row(get=OPEN),
    "commons:contact": Row(get=OPEN),
    "commons:security": Row(get=OPEN),
    "commons:vocabulary": Row(get=OPEN),
    "commons:uses": Row(get=OPEN),
    "commons:licences": Row(get=OPEN),
    "commons:licence": Row(at={"slug": "apache-2.0"}, get=OPEN),
    # Below /api/ the portal asks nobody at the door: each view of the API does so itself.
    "commons:api": Row(get={200: EVERYONE}),
    "commons:problems": Row(get=OPEN),
    "commons:problem": Row(at={"code": "not-found"}, get=OPEN),
    "commons:search": Row(query="?q=model", get={302: EVERYONE - BARRED}),
    "commons:register": Row(get=OPEN),
    "commons:listing": Row(at=listing, get=OPEN),
    "commons:follow": Row(at=listing, post=Sent({}, {302: SIGNED_IN})),
    "commons:dispute": Row(
        at=listing,
        get={200: SIGNED_IN},
        post=Sent({"subject": "task", "statement": "It is another."}, {302: SIGNED_IN}),
    ),
    "commons:provider": Row(at=lambda world: {"slug": world.things["provider"]}, get=OPEN),
    "commons:charter": Row(get=OPEN),
    "commons:readiness": Row(get=OPEN),
    "commons:rules": Row(get=OPEN),
    "commons:rule": Row(at=rule, get=OPEN),
    "commons:rule_version": Row(at=lambda world: rule(world) | {"number": 1}, get=OPEN),
}
