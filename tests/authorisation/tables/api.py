"""The API below `/api/v1/`. A token stands for the owner of company A, with every scope."""

from tests.authorisation.roles import BARRED, EVERYONE, SIGNED_IN, Role
from tests.authorisation.rows import Row, Sent

PUBLIC = {200: EVERYONE - BARRED}
KNOWN = SIGNED_IN | {Role.TOKEN}
ROSTER = {Role.REGULATOR, Role.ADMINISTRATOR, Role.CLERK}
ROWS = {
    "api-nothing": Row(anyhow={404: EVERYONE - BARRED}),
    "api-schema": Row(get=PUBLIC),
    "api-acts": Row(get=PUBLIC),
    "api-act": Row(at={"seq": 1}, get=PUBLIC),
    "api-organisations": Row(get=PUBLIC),
    "api-charter": Row(get=PUBLIC),
    "api-readiness": Row(get=PUBLIC),
    # A shift follows the one that runs already; a regulator sees the roster and does not keep it.
    "api-duty-shifts": Row(
        get={200: ROSTER},
        post=Sent(
            lambda world: {
                "email": world.people[Role.REGULATOR].email,
                "jurisdiction": "IN",
                "from_at": "2090-01-01T00:00:00Z",
                "until_at": "2090-01-02T00:00:00Z",
            },
            {201: ROSTER - {Role.REGULATOR}},
        ),
    ),
    "api-duty-shift-end": Row(
        at=lambda world: {"shift": world.things["shift"]},
        post=Sent({}, {200: ROSTER - {Role.REGULATOR}}),
    ),
    "api-me": Row(get={200: KNOWN}),
    "api-tokens": Row(
        get={200: SIGNED_IN},
        post=Sent({"name": "server", "scopes": ["decisions:read"], "days": 30}, {201: SIGNED_IN}),
    ),
    "api-token": Row(at=lambda world: {"token": world.token.pk}, delete={204: {Role.A_OWNER}}),
}
