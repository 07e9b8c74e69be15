"""Decisions, standings and grants: anyone reads, a regulator grants within its mandate."""

import uuid
from urllib.parse import urlencode

from apps.compliance.models import Acknowledgement, Facts
from apps.compliance.services import simulation_start
from apps.compliance.services.bundles import bundle_latest
from apps.core.clock import now
from apps.listings.models import Listing
from tests.authorisation.roles import BARRED, COMPANY_A, EVERYONE, SIGNED_IN, Role
from tests.authorisation.rows import Row, Sent, World
from tests.authorisation.tables.rules import DRAFT
from tests.factories import institutions
from tests.factories.policy import rule_draft

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


def owed(world: World) -> uuid.UUID:
    """What company A's marketplace owes now: a case may have overtaken what it owed at first."""
    return Acknowledgement.objects.owed().get(marketplace__slug=world.things["market"]).pk


def acknowledged(world: World) -> dict:
    return {"acknowledgements": [{"id": str(owed(world)), "kind": "applied"}]}


def asked(world: World) -> str:
    return f"?model={world.things['listing']}&use=medical&jurisdiction=IN"


def catalogue(world: World) -> dict:
    return {"questions": [{"model": world.things["listing"], "use": "medical"}]}


def past(world: World) -> str:
    moment = now()
    listing = Listing.objects.get(code=world.things["listing"])
    facts = Facts.objects.get(version=listing.current, until_at=None)
    told = {"decided_at": moment.isoformat(), "facts_version": facts.pk, "ruleset_version": 1}
    return f"?{urlencode(told)}"


def bundle(world: World) -> dict:
    return {"digest": bundle_latest().digest}


def trial(world: World) -> dict:
    told = {"external_id": "tried", "name": "Tried", "provider": "Prism"}
    return told | {"organisation": world.company_a.code}


def simulation(world: World) -> dict:
    """What the regulator has asked, whoever looks."""
    actor = institutions.actor(world.people[Role.REGULATOR])
    return {"simulation": simulation_start(actor=actor, draft=rule_draft()).pk}


ROWS = {
    "api-simulations": Row(post=Sent(DRAFT, {202: SIGNED_IN | {Role.TOKEN}})),
    "api-simulation": Row(at=simulation, get={200: REGULATOR}),
    "api-decisions": Row(query=asked, get=PUBLIC, post=Sent(catalogue, PUBLIC)),
    "api-decision-past": Row(query=past, get=PUBLIC),
    "api-decision-log": Row(get={200: SIGNED_IN | {Role.TOKEN}}),
    "api-decision-changes": Row(get={200: SIGNED_IN | {Role.TOKEN}}),
    "api-decision-counts": Row(get=PUBLIC),
    "api-bundle-latest": Row(get=PUBLIC),
    "api-bundle-keys": Row(get=PUBLIC),
    "api-bundle": Row(at=bundle, get=PUBLIC),
    "api-decision-cures": Row(query=asked, get=PUBLIC),
    "api-decision-trials": Row(post=Sent(trial, {200: COMPANY_A | {Role.TOKEN}})),
    "api-standings": Row(get=PUBLIC),
    "api-listing-standings": Row(at=lambda world: {"code": world.things["listing"]}, get=PUBLIC),
    "api-rule-impact": Row(
        at=lambda world: {"code": world.things["rule"], "number": 1}, get=PUBLIC
    ),
    "api-acknowledgements": Row(
        get={200: SIGNED_IN | {Role.TOKEN}},
        post=Sent(acknowledged, {200: COMPANY_A | {Role.TOKEN}, 404: SIGNED_IN - COMPANY_A}),
    ),
    "api-sandboxes": Row(get=PUBLIC, post=Sent(SANDBOX, {201: REGULATOR})),
    "api-sandbox-end": Row(
        at=lambda world: {"code": world.things["sandbox"]}, post={200: REGULATOR}
    ),
    "api-exemptions": Row(get=PUBLIC, post=Sent(exemption, {201: REGULATOR})),
    "api-exemption-end": Row(
        at=lambda world: {"code": world.things["exemption"]}, post={200: REGULATOR}
    ),
}
