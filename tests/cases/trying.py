"""Everyone who may come to casework, and who of them succeeds with an event."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from apps.cases.models import Appeal, Case, MisuseReport, UrgentAction
from apps.compliance.models import Measure
from apps.core.actor import ANONYMOUS, Actor
from apps.core.errors import DomainError
from apps.institutions.models import Organisation, User
from apps.institutions.offices import Office
from apps.institutions.services import conflict_declare, person_suspend
from apps.journal.models import RecordedAct
from apps.listings.models import Listing
from tests.factories import cases as make
from tests.factories import institutions

Roles = dict[str, Actor]
Event = Callable[[Actor], object]


@dataclass
class Ground:
    """A company with a listing, and everyone who may come."""

    company: Organisation
    listing: Listing
    holder: User
    roles: Roles


def ground() -> Ground:
    company, listing = make.company_listing()
    interested, suspended = make.on_duty(), make.on_duty()
    holder, elsewhere = make.officer(), make.on_duty("FR")
    conflict_declare(
        actor=institutions.actor(interested), interest="A share.", organisation=company
    )
    administrator = institutions.actor(institutions.administrator())
    person_suspend(actor=administrator, user=suspended, reason="An inquiry.")
    roles = {
        "anonymous": ANONYMOUS,
        "person": institutions.actor(institutions.person()),
        "clerk": institutions.actor(institutions.officer(Office.CLERK)),
        "regulator of models": institutions.actor(institutions.regulator()),
        "officer": institutions.actor(make.officer()),
        "officer on duty": institutions.actor(make.on_duty()),
        "officer without second factor": institutions.actor(make.on_duty(), second_factor=False),
        "officer of another place": institutions.actor(elsewhere),
        "officer with an interest": institutions.actor(interested),
        "suspended officer": institutions.actor(suspended),
        "officer of the case": institutions.actor(holder),
        "company": institutions.actor(institutions.owner_of(company)),
        "another company": institutions.actor(institutions.owner_of(institutions.organisation())),
        "administrator": administrator,
    }
    return Ground(company, listing, holder, roles)


def seen() -> tuple[object, ...]:
    """What must not change where something is refused."""
    return (
        RecordedAct.objects.count(),
        [
            list(model.objects.order_by("pk").values())
            for model in (Case, MisuseReport, Appeal, UrgentAction, Measure)
        ],
    )


def tried(roles: Roles, event: Event) -> set[str]:
    """Who succeeds with an event; every success is taken back, every refusal left no trace."""
    before, able = seen(), set()
    for role, actor in roles.items():
        with transaction.atomic():
            try:
                with transaction.atomic():
                    event(actor)
            except DomainError:
                assert seen() == before, role
            else:
                assert seen() != before, role
                able.add(role)
            transaction.set_rollback(True)
    return able
