"""Everyone who may come to a door, by name, for tables of who may what."""

from collections.abc import Callable
from contextlib import suppress

from django.db import transaction

from apps.core.actor import ANONYMOUS, OPERATOR, SYSTEM, Actor
from apps.core.errors import DomainError, NotPermitted
from apps.institutions.auth import token_actor
from apps.institutions.models import Organisation, Role
from apps.institutions.offices import Office
from apps.institutions.scopes import Scope
from apps.institutions.sectors import Sector
from tests.factories import institutions as make


class Undone(Exception):
    """Takes back what an allowed deed has done."""


def everyone(company: Organisation) -> dict[str, Actor]:
    """Return every role, some of them towards one company."""
    owner = make.owner_of(company)
    officers = {
        "clerk": make.officer(Office.CLERK),
        "registrar": make.officer(Office.REGISTRAR),
        "teller": make.officer(Office.TELLER, sector=Sector.SAMAJ),
        "chair": make.officer(Office.CHAIR, sector=Sector.SAMAJ),
        "regulator": make.regulator("IN"),
        "seat": make.seated(Sector.BAZAAR).user,
        "administrator": make.administrator(),
        "owner": owner,
        "member": make.member_of(company),
        "co-owner": make.member_of(company, Role.OWNER),
        "owner elsewhere": make.owner_of(make.organisation()),
        "person": make.person(),
        "suspended": make.suspended(),
    }
    suspended_owner = make.member_of(company, Role.OWNER)
    make.suspended(suspended_owner)
    token = make.token(owner, *Scope, organisation=company).token
    foreign = make.token(owner, Scope.LISTINGS_READ).token
    return {
        "anonymous": ANONYMOUS,
        "portal": SYSTEM,
        "operator": OPERATOR,
        "suspended owner": make.actor(suspended_owner),
        "company token": token_actor(token),
        "personal token": token_actor(foreign),
        "administrator without second factor": make.actor(
            officers["administrator"], second_factor=False
        ),
        "regulator without second factor": make.actor(officers["regulator"], second_factor=False),
        **{name: make.actor(user) for name, user in officers.items()},
    }


def allowed(actors: dict[str, Actor], deed: Callable[[Actor], object]) -> set[str]:
    """Return the names of those whom a service lets do the deed; nothing of it stays."""
    return {name for name, actor in actors.items() if _may(deed, actor)}


def _may(deed: Callable[[Actor], object], actor: Actor) -> bool:
    try:
        with suppress(Undone), transaction.atomic():
            deed(actor)
            raise Undone
    except NotPermitted:
        return False
    except DomainError as error:
        raise AssertionError(f"{error!r} hides whether the actor may") from error
    return True
