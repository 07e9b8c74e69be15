"""The door of the market: open to see what it is for, a desk for who belongs to a company."""

from tests.authorisation.roles import BARRED, COMPANIES, COMPANY_A, EVERYONE, SIGNED_IN, Role
from tests.authorisation.rows import Row, Sent, World
from tests.authorisation.tables.compliance import owed

OWNERS = {Role.A_OWNER, Role.B_OWNER}
MEMBER = {Role.A_MEMBER}
LUMEN = {"external_id": "lumen", "name": "Lumen", "provider": "Prism", "licence_text": "mit"}


def listing(world: World) -> dict:
    return {"code": world.things["own_listing"]}


def market(world: World) -> dict:
    return {"slug": world.things["market"]}


ROWS = {
    "bazaar:dashboard": Row(get={200: EVERYONE - BARRED}),
    "bazaar:listing_enter": Row(get={200: COMPANIES}, post=Sent(LUMEN, {302: COMPANIES})),
    "bazaar:listing": Row(
        at=listing, get={200: COMPANY_A}, post=Sent({"name": "Lumen 2"}, {302: COMPANY_A})
    ),
    "bazaar:listing_withdraw": Row(at=listing, post=Sent({"reason": "Retired."}, {302: COMPANY_A})),
    "bazaar:listing_relist": Row(at=listing, post=Sent({}, {409: COMPANY_A})),
    "bazaar:imports": Row(
        get={200: COMPANIES}, post=Sent({"rows": '{"external_id": "x"}'}, {302: COMPANIES})
    ),
    "bazaar:import": Row(at=lambda world: {"run": world.things["run"]}, get={200: COMPANY_A}),
    "bazaar:questions": Row(get={200: SIGNED_IN}),
    "bazaar:questions_csv": Row(get={200: SIGNED_IN}),
    "bazaar:questions_jsonl": Row(get={200: SIGNED_IN}),
    "bazaar:changes": Row(get={200: SIGNED_IN}),
    "bazaar:changes_csv": Row(get={200: SIGNED_IN}),
    "bazaar:claims": Row(get={200: COMPANIES}),
    # A member reads in the form that an owner must claim.
    "bazaar:claim": Row(
        at=lambda world: {"slug": world.things["provider"]},
        get={200: COMPANIES},
        post=Sent({"statement": "We are."}, {302: OWNERS, 400: MEMBER}),
    ),
    "bazaar:claim_withdraw": Row(
        at=lambda world: {"claim": world.things["claim"]}, post={302: {Role.A_OWNER}}
    ),
    "bazaar:marketplaces": Row(
        get={200: COMPANIES}, post=Sent({"name": "Second"}, {302: OWNERS, 400: MEMBER})
    ),
    "bazaar:marketplace": Row(
        at=market,
        get={200: COMPANY_A},
        post=Sent(
            lambda world: {"listing": world.things["listing"], "sku": "B-2"}, {302: COMPANY_A}
        ),
    ),
    "bazaar:marketplace_acknowledge": Row(
        at=market,
        post=Sent(lambda world: {"id": owed(world), "kind": "applied"}, {302: COMPANY_A}),
    ),
    "bazaar:marketplace_bind": Row(
        at=market,
        post=Sent(
            {"rule_kinds": ["policy"], "basis": "By letter."},
            {302: {Role.A_OWNER}, 400: MEMBER},
        ),
    ),
    "bazaar:offer_end": Row(
        at=lambda world: market(world) | {"offer": world.things["offer"]}, post={302: COMPANY_A}
    ),
}
