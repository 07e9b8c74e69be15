"""The demonstration world: built once, in the past, by the portal's own services."""

from dataclasses import dataclass

from django.db import transaction

from apps.institutions.models import Charter, User
from apps.policy.services import rules_turn
from apps.reactions.runner import settle
from config.demo import law, market, people
from config.demo.past import Past, Travel


class PortalFoundedAlready(RuntimeError):
    """This portal was founded by people, not by the demonstration."""


@dataclass(frozen=True, slots=True)
class Built:
    """What building brought: whether it was done now, and the token told once."""

    new: bool
    token: str = ""


def build(travel: Travel) -> Built:
    """Build the world where there is none; all of it, or nothing.

    Raises `PortalFoundedAlready` where the portal belongs to someone.
    """
    if User.objects.filter(email=people.ADMINISTRATOR.email, is_demo=True).exists():
        return Built(new=False)
    if Charter.objects.exists() or User.objects.exists():
        raise PortalFoundedAlready
    try:
        with transaction.atomic():
            return Built(new=True, token=_chapters(Past(travel)))
    finally:
        Past(travel).today()


def _chapters(past: Past) -> str:
    """Tell what happened, chapter by chapter; return the marketplace's token."""
    past.days_ago(315)
    cast = people.found()
    market.list_models(1)
    _turn()
    past.days_ago(313)
    law.enter(cast, 1)
    _turn()

    past.days_ago(240)
    market.list_models(2)
    law.enter(cast, 2)
    _turn()
    past.days_ago(180)
    market.list_models(3)
    market.companies(cast)
    law.enter(cast, 3)
    _turn()

    past.days_ago(110)
    market.list_models(4)
    law.enter(cast, 4)
    market.marketplace(cast)
    _turn()
    past.days_ago(30)
    law.grants(cast)
    law.tighten(cast)
    _turn()

    past.days_ago(5)
    law.measures(cast)
    market.voices(cast)
    people.suspend(cast)
    _turn()
    past.today()
    law.schedule(cast)
    token = market.token(cast)
    _turn()
    return token


def _turn() -> None:
    """Let rules begin, and answer everything that was recorded."""
    rules_turn()
    settle()
