"""One's own pages, and the pages of organisations."""

from tests.authorisation.roles import BARRED, COMPANY_A, EVERYONE, SIGNED_IN, STRANGERS, Role
from tests.authorisation.rows import Row, Sent, World

OWN = {200: SIGNED_IN}
OWNER = {Role.A_OWNER}
DESK = {Role.ADMINISTRATOR, Role.CLERK}
GIVEN = {302: {Role.ADMINISTRATOR}, 400: {Role.CLERK}}
REGISTERED = {
    "name": "Chambal Labs",
    "sector": "bazaar",
    "place": "IN",
    "website": "",
    "email_domain": "",
}
TOKEN = {"name": "server", "scopes": ["decisions:read"], "days": 30}
INVITED = {"email": "new@aravali.example", "role": "member"}
# Who has declared the same interest already is told so.
INTEREST = {302: SIGNED_IN - {Role.COMMUNITY}, 400: {Role.COMMUNITY}}


def of_company_a(world: World) -> dict:
    return {"code": world.company_a.code}


ROWS = {
    "institutions:me": Row(get=OWN, post=Sent({"name": "N", "language": "hi"}, {302: SIGNED_IN})),
    "institutions:erasure": Row(post={302: SIGNED_IN - {Role.COMMUNITY}, 409: {Role.COMMUNITY}}),
    "institutions:erasure_withdraw": Row(
        at=lambda world: {"erasure": world.things["erasure"]}, post={302: {Role.COMMUNITY}}
    ),
    "institutions:interests": Row(
        post=Sent({"interest": "I worked there.", "matter": "L-00312-U"}, INTEREST)
    ),
    "institutions:interest_withdraw": Row(
        at=lambda world: {"declaration": world.things["interest"]}, post={302: {Role.COMMUNITY}}
    ),
    "institutions:tokens": Row(get=OWN, post=Sent(TOKEN, {200: SIGNED_IN})),
    "institutions:token_revoke": Row(
        at=lambda world: {"token": world.token.pk}, post={302: {Role.A_OWNER}}
    ),
    "institutions:organisation_register": Row(get=OWN, post=Sent(REGISTERED, {302: SIGNED_IN})),
    # The page is public; an owner's post invites a colleague, anyone else's is refused in words.
    "institutions:organisation": Row(
        at=of_company_a,
        get={200: EVERYONE - BARRED},
        post=Sent(INVITED, {302: OWNER, 400: (SIGNED_IN | STRANGERS) - OWNER}),
    ),
    "institutions:member_end": Row(
        at=lambda world: of_company_a(world) | {"membership": world.things["membership"]},
        post={302: COMPANY_A},
    ),
    "institutions:invitation_withdraw": Row(
        at=lambda world: of_company_a(world) | {"invitation": world.things["invitation"]},
        post={302: OWNER},
    ),
    "institutions:registrations": Row(get={200: {Role.REGISTRAR}}),
    "institutions:registration": Row(
        at=lambda world: {"code": world.things["waiting"]},
        get={200: {Role.REGISTRAR}},
        post=Sent({"confirmed": "yes", "owner_group": ""}, {302: {Role.REGISTRAR}}),
    ),
    "institutions:desk": Row(get={200: DESK}),
    # A clerk comes to the desk, but an office is an administrator's to give.
    "institutions:deed": Row(
        at={"name": "office"},
        get={200: DESK},
        post=Sent(
            lambda world: {"office": "clerk", "email": world.people[Role.COMMUNITY].email}, GIVEN
        ),
    ),
    "institutions:end": Row(
        at=lambda world: {"name": "office", "row": world.things["office"]},
        post={302: {Role.ADMINISTRATOR}},
    ),
    "institutions:erasure_answer": Row(
        at=lambda world: {"request_id": world.things["erasure"]},
        get={200: DESK},
        post=Sent({"answer": "As you wish.", "done": "yes"}, {302: {Role.ADMINISTRATOR}}),
    ),
    # Whoever holds the link sees the offer; it is accepted by the address it was sent to.
    "institutions:invitation": Row(
        at=lambda world: {"secret": world.things["invitation_secret"]},
        get=OWN,
        post={302: {Role.COMMUNITY}},
    ),
}
