"""The demonstration world: built once, in the past, by the portal's own services."""

from dataclasses import dataclass

from django.db import transaction

from apps.cases.services import cases_turn
from apps.institutions.models import Charter, User
from apps.proposals.services import proposals_turn
from apps.reactions.runner import settle
from apps.reviews.services import reviews_turn
from apps.voting.services import ballots_turn
from config.demo import casework, deliberation, law, market, people, shelves
from config.demo.past import Past, Travel
from config.demo.people import Cast


class PortalFoundedAlready(RuntimeError):
    """This portal was founded by people, not by the demonstration."""


@dataclass(frozen=True, slots=True)
class Built:
    """What building brought: whether it was done now, and what is told once.

    `receipt` opens the status of one report.
    """

    new: bool
    token: str = ""
    receipt: str = ""


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
            return _chapters(Past(travel))
    finally:
        Past(travel).today()


def _chapters(past: Past) -> Built:
    """Tell what happened, chapter by chapter; return what is told once."""
    past.days_ago(315)
    cast = people.found()
    market.list_models(1)
    settle()
    past.days_ago(313)
    law.enter(cast, 1)
    settle()

    past.days_ago(240)
    market.list_models(2)
    law.enter(cast, 2)
    settle()
    past.days_ago(180)
    market.list_models(3)
    market.companies(cast)
    law.enter(cast, 3)
    settle()

    past.days_ago(110)
    market.list_models(4)
    law.enter(cast, 4)
    market.marketplace(cast)
    shelves.open_all(cast)
    deliberation.propose(cast, *deliberation.FIRST, "small")
    deliberation.consult(cast, *deliberation.FIRST)
    settle()
    _loop_closes(past, cast)
    return _of_late(past, cast)


def _loop_closes(past: Past, cast: Cast) -> None:
    """Let reports become cases and decisions, and proposals a rule, or nothing."""
    past.days_ago(78)
    _time_passes()
    deliberation.ask(cast, *deliberation.FIRST)
    clinic = casework.open_first(cast)
    past.days_ago(60)
    deliberation.review(cast, *deliberation.FIRST)
    deliberation.call(cast, *deliberation.FIRST)
    deliberation.propose(cast, "downloads")
    casework.allege_first(cast)

    past.days_ago(53)
    _time_passes()
    deliberation.vote(cast, *deliberation.FIRST)
    casework.answer_first(cast)
    deliberation.write(cast, "clinic", origin_ref=clinic.code)
    deliberation.submit(cast, "clinic")
    deliberation.propose(cast, "toxicity")
    deliberation.consult(cast, *deliberation.SECOND)
    past.days_ago(45)
    settle()
    deliberation.withdraw(cast)
    casework.decide_clinic(cast)
    deliberation.propose(cast, deliberation.REVIEWED)
    deliberation.consult(cast, deliberation.REVIEWED)


def _of_late(past: Past, cast: Cast) -> Built:
    """Leave something of everything to be done today."""
    past.days_ago(30)
    law.grants(cast)
    law.tighten(cast)
    casework.decide_speech(cast)
    casework.portraits(cast)
    settle()
    past.days_ago(29)
    shelves.apply(cast, "shelf", "market")
    shelves.apply(cast, "commons", "samaj")
    shelves.look(cast, "fjord", "fjord")
    past.days_ago(19)
    _time_passes()
    deliberation.ask(cast, *deliberation.SECOND)
    past.days_ago(12)
    _time_passes()
    deliberation.review(cast, *deliberation.SECOND)
    deliberation.call(cast, "clinic")
    deliberation.begin_review(cast)
    deliberation.propose(cast, "hiring")
    deliberation.consult(cast, "hiring")
    casework.follow_up(cast)

    past.days_ago(5)
    casework.order(cast)
    casework.recent(cast)
    market.voices(cast)
    people.suspend(cast)
    settle()
    deliberation.vote(cast, "clinic")
    deliberation.voices(cast)
    deliberation.propose(cast, "verified")
    past.days_ago(4)
    shelves.apply(cast, "shelf", "market", most=3)
    shelves.apply(cast, "kaveri", "owner")
    market.ask(cast, 5)
    past.days_ago(1)
    market.ask(cast, 2)
    shelves.run_late()
    casework.report("homework", "pension-hi")
    past.today()
    law.schedule(cast)
    deliberation.write(cast, "speech")
    casework.act_urgently(cast)
    token = market.token(cast)
    settle()
    return Built(new=True, token=token, receipt=casework.filed("dose").receipt)


def _time_passes() -> None:
    """Let consultations end, ballots open and cases close, without working standings out anew."""
    for turn in (proposals_turn, ballots_turn, reviews_turn, cases_turn):
        turn()
