"""The rule register over the API: anyone reads; a regulator writes within its mandate."""

from apps.institutions.models import OfficeHolding, User
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.policy.models import RuleStay, RuleVersion
from apps.policy.selectors import version_by_number
from apps.policy.services import divergence_file, stay_ask, stay_end
from apps.policy.states import RuleState, RuleStayState
from tests.authorisation.roles import BARRED, EVERYONE, SIGNED_IN, Role
from tests.authorisation.rows import Row, Sent, World
from tests.factories import institutions
from tests.factories.policy import examples_sent, rule_draft

PUBLIC = {200: EVERYONE - BARRED}
REGULATOR = {Role.REGULATOR}
CHAIR = {Role.CHAIR}
BAZAAR = Sector.BAZAAR
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


def first(world: World) -> dict:
    return rule(world) | {"number": 1}


def divergence(world: World) -> dict:
    """A notice of someone else, each time another."""
    filed = divergence_file(
        actor=institutions.actor(institutions.person()),
        version=version_by_number(world.things["rule"], 1),
        statement="It says more.",
    )
    return {"code": filed.code}


def asked(world: World) -> dict:
    """A notice on the version in force, for which the chair of Bazaar alone asks a stay."""
    held = OfficeHolding.objects.filter(office=Office.CHAIR, chamber__sector=BAZAAR).first()
    return _asked(world, held.user if held else institutions.officer(Office.CHAIR, sector=BAZAAR))


def own_stay(world: World) -> dict:
    """The same, asked by the chair of the table."""
    return _asked(world, world.people[Role.CHAIR])


def _asked(world: World, chair: User) -> dict:
    for stay in RuleStay.objects.filter(state__in=[RuleStayState.ASKED, RuleStayState.STAYED]):
        stay_end(actor=institutions.actor(stay.asked_by), stay=stay)
    filed = divergence_file(
        actor=institutions.actor(institutions.person()),
        version=RuleVersion.objects.get(rule__code=world.things["rule"], state=RuleState.IN_FORCE),
        statement="It says more.",
    )
    stay_ask(actor=institutions.actor(chair), divergence=filed, reasons="Wait.")
    return {"code": filed.code}


ROWS = {
    "api-divergences": Row(
        at=first,
        get=PUBLIC,
        post=Sent(
            {"statement": "It says more.", "clause_number": 1}, {201: SIGNED_IN | {Role.TOKEN}}
        ),
    ),
    "api-divergence-answer": Row(
        at=divergence, post=Sent({"parts": True, "answer": "So it is."}, {200: REGULATOR})
    ),
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
    "api-rule-stay": Row(at=divergence, post=Sent({"reasons": "Wait."}, {201: CHAIR})),
    "api-rule-stay-countersign": Row(at=asked, post=Sent({}, {200: CHAIR})),
    "api-rule-stay-end": Row(at=own_stay, post=Sent({}, {200: CHAIR})),
    "api-uses": Row(get=PUBLIC),
    "api-vocabulary": Row(get=PUBLIC),
}
