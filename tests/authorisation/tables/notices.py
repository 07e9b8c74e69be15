"""One's own inbox: everyone signed in has one, and nobody another's."""

from tests.authorisation.roles import SIGNED_IN, Role
from tests.authorisation.rows import Row, Sent, World

OWNER = {Role.A_OWNER}
WITH_TOKEN = SIGNED_IN | {Role.TOKEN}


def at_owners(world: World) -> dict:
    """A notice to the owner of company A, whose token reads it too."""
    return {"notice": world.things["notice"]}


ROWS = {
    "notices:inbox": Row(get={200: SIGNED_IN}),
    "notices:read_all": Row(
        post=Sent(lambda world: {"newest": world.things["notice"]}, {302: SIGNED_IN})
    ),
    "notices:unread_all": Row(post=Sent({"moment": "2026-11-23T08:00:00+00:00"}, {302: SIGNED_IN})),
    "notices:mail": Row(post=Sent({"manner": "daily"}, {302: SIGNED_IN})),
    "notices:read": Row(at=at_owners, post=Sent({}, {302: OWNER})),
    "notices:unread": Row(at=at_owners, post=Sent({}, {302: OWNER})),
    "api-notices": Row(get={200: WITH_TOKEN}),
    "api-notice-read": Row(at=at_owners, post=Sent({}, {200: OWNER | {Role.TOKEN}})),
}
