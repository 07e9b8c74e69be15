"""Decisions, standings and grants: anyone reads, a regulator grants within its mandate."""

from tests.authorisation.roles import BARRED, EVERYONE, Role
from tests.authorisation.rows import Row, Sent, World

PUBLIC = {200: EVERYONE - BARRED}
REGULATOR = {Role.REGULATOR}
UNTIL = "2027-03-01T00:00:00Z"
SANDBOX = {
    "name": "Health trial",
    "jurisdictions": ["IN"],
    "uses": ["medical"],
    "cohort_cap": 1,
    "exit_plan": "All offers end with the trial.",
    "legal_basis": "Guidelines, section 4",
    "until_at": UNTIL,
}


def exemption(world: World) -> dict:
    return {
        "rule": world.things["rule"],
        "listing": world.things["listing"],
        "jurisdictions": ["IN"],
        "uses": ["medical"],
        "reason": "A supervised trial.",
        "until_at": UNTIL,
    }


def asked(world: World) -> str:
    return f"?model={world.things['listing']}&use=medical&jurisdiction=IN"


ROWS = {
    "api-decisions": Row(query=asked, get=PUBLIC),
    "api-standings": Row(get=PUBLIC),
    "api-listing-standings": Row(at=lambda world: {"code": world.things["listing"]}, get=PUBLIC),
    "api-sandboxes": Row(get=PUBLIC, post=Sent(SANDBOX, {201: REGULATOR})),
    "api-sandbox-end": Row(
        at=lambda world: {"code": world.things["sandbox"]}, post={200: REGULATOR}
    ),
    "api-exemptions": Row(get=PUBLIC, post=Sent(exemption, {201: REGULATOR})),
    "api-exemption-end": Row(
        at=lambda world: {"code": world.things["exemption"]}, post={200: REGULATOR}
    ),
}
