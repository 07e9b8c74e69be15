"""The register over the API: anyone reads; who keeps a thing changes it."""

from tests.authorisation.roles import BARRED, COMPANY_A, EVERYONE, SIGNED_IN, Role
from tests.authorisation.rows import Row, Sent, World

PUBLIC = {200: EVERYONE - BARRED}
KNOWN = SIGNED_IN | {Role.TOKEN}
OWNER_A = {Role.A_OWNER, Role.TOKEN}
KEEPERS = COMPANY_A | {Role.TOKEN}
REGULATOR = {Role.REGULATOR}
LUMEN = {"external_id": "lumen", "name": "Lumen", "provider": "Prism", "licence_text": "mit"}


def listing(world: World) -> dict:
    return {"code": world.things["own_listing"]}


def provider(world: World) -> dict:
    return {"slug": world.things["provider"]}


def claim(world: World) -> dict:
    return {"claim": world.things["claim"]}


def market(world: World) -> dict:
    return {"slug": world.things["market"]}


def for_a(world: World, **told: object) -> dict:
    return {"organisation": world.company_a.code} | told


ROWS = {
    "api-concentration": Row(get=PUBLIC),
    "api-licences": Row(get=PUBLIC),
    "api-licence": Row(at={"slug": "openrail++"}, get=PUBLIC),
    "api-listings": Row(get=PUBLIC, post=Sent(lambda world: for_a(world, **LUMEN), {201: KEEPERS})),
    "api-listing": Row(at=listing, get=PUBLIC, patch=Sent({"task": "chat"}, {200: KEEPERS})),
    "api-listing-withdrawal": Row(
        at=listing, post=Sent({"reason": "Retired."}, {200: KEEPERS}), delete={409: KEEPERS}
    ),
    "api-listing-disputes": Row(
        at=listing, get=PUBLIC, post=Sent({"fact": "task", "statement": "No."}, {201: KNOWN})
    ),
    "api-listing-follow": Row(at=listing, put={204: KNOWN}, delete={204: KNOWN}),
    "api-dispute": Row(
        at=lambda world: {"dispute": world.things["dispute"]},
        post=Sent({"upheld": True, "answer": "So it is."}, {200: {Role.REGULATOR, Role.CLERK}}),
        delete={204: {Role.COMMUNITY}},
    ),
    "api-providers": Row(get=PUBLIC),
    "api-provider": Row(at=provider, get=PUBLIC),
    "api-provider-claims": Row(
        at=provider,
        post=Sent(lambda world: for_a(world, statement="We are."), {201: OWNER_A}),
    ),
    "api-claims": Row(get={200: KNOWN}),
    "api-claim": Row(at=claim, post=Sent({"code": "x"}, {400: OWNER_A}), delete={204: OWNER_A}),
    "api-claim-decision": Row(at=claim, post=Sent({"confirm": True}, {200: REGULATOR})),
    "api-marketplaces": Row(post=Sent(lambda world: for_a(world, name="Second"), {201: OWNER_A})),
    "api-marketplace": Row(at=market, get=PUBLIC),
    "api-marketplace-accessions": Row(
        at=market, post=Sent({"rule_kinds": ["policy"], "basis": "By letter."}, {204: OWNER_A})
    ),
    "api-marketplace-offers": Row(
        at=market,
        get=PUBLIC,
        post=Sent(lambda world: {"listing": world.things["listing"], "sku": "B-2"}, {201: KEEPERS}),
    ),
    "api-offer": Row(at=lambda world: {"offer": world.things["offer"]}, delete={204: KEEPERS}),
    # Rows are not sent as JSON; a body of another kind is refused behind the door, not before it.
    "api-imports": Row(
        query=lambda world: f"?organisation={world.company_a.code}",
        get={200: KNOWN},
        post={415: KNOWN},
    ),
    "api-import": Row(at=lambda world: {"run": world.things["run"]}, get={200: KEEPERS}),
}
