"""Reading contests: of a listing, of a company, what waits, and whether someone may decide."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.cases import errors
from apps.cases.models import Contest
from apps.cases.permissions import covers_contest, had_hand, interested
from apps.cases.states import ContestGround, ContestState, StayState
from apps.clocks.models import Clock
from apps.compliance.models import Finding
from apps.core.actor import Actor
from apps.core.codes import parse
from apps.core.dues import Due
from apps.core.errors import Conflict, DomainError, MoveRefused, Text
from apps.core.pagination import SIZE, Page, keyset_page
from apps.institutions.models import Mandate, Organisation, User
from apps.institutions.offices import Subject
from apps.institutions.permissions import refusal, remit_of
from apps.journal.selectors import acts_of_kind
from apps.listings.models import Listing
from apps.policy.models import RuleVersion

WHOLE = (
    "listing__provider",
    "rule_version__rule",
    "organisation",
    "clock__rule",
    "stay__clock__rule",
    "stay__exemption",
    "exemption",
    "dispute",
)
NEWEST = ("-filed_at", "-id")
MOST = 50
LOOKED_AT = 500
COVERS = _("A regulator whose mandate covers the places of the rule decides.")


@dataclass(frozen=True, slots=True)
class Watched:
    """A contest with what is still due in it: the ruling, and the decision on its stay."""

    contest: Contest
    due: Due | None
    stay_due: Due | None

    @property
    def next_due(self) -> Due | None:
        """What is due first: the stay, while one is asked for."""
        return self.stay_due or self.due


def watched(contests: Iterable[Contest], moment: dt.datetime) -> list[Watched]:
    """Return contests with their due moments seen from one moment."""
    return [_watched(contest, moment) for contest in contests]


def _watched(contest: Contest, moment: dt.datetime) -> Watched:
    stay = getattr(contest, "stay", None)
    return Watched(
        contest,
        _due(contest.clock, moment) if contest.state == ContestState.FILED else None,
        _due(stay.clock, moment) if stay and stay.state == StayState.ASKED else None,
    )


def _due(clock: Clock, moment: dt.datetime) -> Due:
    return Due(clock.due_at, moment, clock.rule.legal_source, clock.started_at)


def contests_page(
    *,
    listing: Listing | None = None,
    organisation: Organisation | None = None,
    state: str = "",
    after: str = "",
    before: str = "",
    size: int = SIZE,
) -> Page[Contest]:
    """Return contests, newest first: all, of one listing, of one company, or in one state."""
    rows = _contests()
    if listing is not None:
        rows = rows.filter(listing=listing)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    if state:
        rows = rows.filter(state=state)
    return keyset_page(rows, order=NEWEST, after=after, before=before, size=size)


def contests_open(*, after: str = "", before: str = "", size: int = SIZE) -> Page[Contest]:
    """Return the contests that wait for a ruling, the first filed first, and so the first due."""
    rows = _contests().filter(state=ContestState.FILED)
    order = ("filed_at", "id")
    return keyset_page(rows, order=order, after=after, before=before, size=size)


def contests_waiting(actor: Actor) -> list[Contest]:
    """Return the contests in which someone may decide something now, the first filed first.

    At most fifty; whether they have an interest is asked on the contest's own page.
    """
    remit = remit_of(actor, Subject.MODELS)
    if actor.person is None or not remit.places:
        return []
    rows = _contests().filter(state=ContestState.FILED).order_by("filed_at", "id")[:LOOKED_AT]
    mine = [row for row in rows if remit.covers(row.rule_version.jurisdictions)]
    return [row for row in mine if _waits_for(actor.person, row)][:MOST]


def _waits_for(person: uuid.UUID, contest: Contest) -> bool:
    """Whether the stay waits, or the ruling of someone who had no hand in the matter."""
    stay = getattr(contest, "stay", None)
    asked = stay is not None and stay.state == StayState.ASKED
    return asked or not had_hand(person, contest)


def contests_of(listing: Listing) -> list[Contest]:
    """Return a listing's contests, newest first, at most fifty."""
    return list(_contests().filter(listing=listing).order_by(*NEWEST)[:MOST])


def contest_by_code(code: str) -> Contest:
    """Return a contest; raise `ContestUnknown`."""
    found = _contests().filter(code=parse(code)).first()
    if found is None:
        raise errors.ContestUnknown(field="code")
    return found


def contest_by_id(contest: uuid.UUID) -> Contest:
    """Return a contest that an act or a clock names."""
    return _contests().get(pk=contest)


def divergences_found(version: RuleVersion) -> list[Contest]:
    """Return the upheld contests by which a version's expression and text part, oldest first."""
    rows = _contests().filter(
        rule_version=version, ground=ContestGround.DIVERGENCE, state=ContestState.UPHELD
    )
    return list(rows.order_by("filed_at", "id")[:MOST])


def versions_catching(listing: Listing) -> list[RuleVersion]:
    """Return the rule versions that catch the current version of a listing now, by number."""
    found = Finding.objects.filter(
        standing__listing=listing,
        standing__until_at__isnull=True,
        standing__version=F("standing__listing__current"),
        rule_version__isnull=False,
    )
    rows = RuleVersion.objects.filter(pk__in=found.values("rule_version")).select_related("rule")
    return list(rows.order_by("rule__number"))


def author_of(version: RuleVersion) -> uuid.UUID | None:
    """Return who entered a version; `None` where a procedure adopted it."""
    entered = acts_of_kind(version.rule_id, "policy.rule.entered")
    for act in entered:
        if act.payload["version"] == str(version.pk):
            return act.actor
    raise Conflict(
        _("The rule entered the register a moment ago, and is not numbered yet."),
        remedy=_("Send it again in a few seconds."),
    )


def regulators_of_models() -> QuerySet[User]:
    """Return everyone with a mandate on models that runs now."""
    held = Mandate.objects.held().filter(subject=Subject.MODELS)
    return User.objects.filter(pk__in=held.values("user"))


def stay_refusal(actor: Actor, contest: Contest) -> DomainError | None:
    """Return why someone cannot decide the stay now; `None` where they can."""
    stay = getattr(contest, "stay", None)
    if stay is None or stay.state != StayState.ASKED:
        return MoveRefused(_("No stay waits for a decision."))
    return _uncovered(actor, contest, COVERS)


def contest_refusal(actor: Actor, contest: Contest) -> DomainError | None:
    """Return why someone cannot rule on a contest now; `None` where they can."""
    if contest.state != ContestState.FILED:
        return MoveRefused(_("This contest is closed."))
    refused = _uncovered(actor, contest, COVERS)
    if refused is None and actor.person is not None and had_hand(actor.person, contest):
        return errors.RulerInvolved()
    return refused


def _uncovered(actor: Actor, contest: Contest, reason: Text) -> DomainError | None:
    if actor.person is None or not covers_contest(actor, contest):
        return refusal(actor, reason)
    return errors.ContestInterest() if interested(actor.person, contest) else None


def _contests() -> QuerySet[Contest]:
    return Contest.objects.select_related(*WHOLE)
