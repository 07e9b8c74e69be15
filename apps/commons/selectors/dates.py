"""What opens, closes, begins and ends between two moments, from every app that has public dates."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet, TextChoices
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from apps.cases.models import Case, ExternalOrder
from apps.cases.selectors import public_cases
from apps.clocks.models import Clock
from apps.clocks.states import OPEN
from apps.compliance.models import Exemption, Measure, Sandbox
from apps.core.errors import Text
from apps.policy.models import RuleVersion
from apps.proposals.models import Proposal
from apps.proposals.states import WAITING, ProposalState
from apps.reviews.states import RoundState
from apps.voting.models import Ballot
from apps.voting.states import BallotState

MOST = 200


class What(TextChoices):
    """What happens on a date."""

    CONSULTATION_OPENS = "consultation-opens", _("Consultation opens")
    CONSULTATION_CLOSES = "consultation-closes", _("Consultation closes")
    PROPOSAL_LAPSES = "proposal-lapses", _("Proposal lapses")
    REVIEW_OPENS = "review-opens", _("Review opens")
    REVIEW_CLOSES = "review-closes", _("Review closes")
    BALLOT_OPENS = "ballot-opens", _("Ballot opens")
    BALLOT_CLOSES = "ballot-closes", _("Ballot closes")
    RULE_BEGINS = "rule-begins", _("Rule begins")
    RULE_ENDS = "rule-ends", _("Rule ends")
    EXEMPTION_ENDS = "exemption-ends", _("Exemption ends")
    SANDBOX_ENDS = "sandbox-ends", _("Sandbox ends")
    MEASURE_ENDS = "measure-ends", _("Measure ends")
    ORDER_ENDS = "order-ends", _("Order ends")
    DEADLINE = "deadline", _("Deadline")
    ACKNOWLEDGEMENT = "acknowledgement", _("Your marketplace has to apply")
    DUTY_BEGINS = "duty-begins", _("On duty")
    DUTY_ENDS = "duty-ends", _("Duty ends")


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of time."""

    since: dt.datetime
    until: dt.datetime

    def of(self, column: str) -> Q:
        """Return the rows whose column falls into it."""
        return Q(**{f"{column}__gte": self.since, f"{column}__lt": self.until})

    def holds(self, at: dt.datetime | None) -> bool:
        """Whether a moment falls into it."""
        return at is not None and self.since <= at < self.until


@dataclass(frozen=True, slots=True)
class Entry:
    """One date: what happens, to what, and where it is read; `key` names it for ever."""

    at: dt.datetime
    what: Text
    title: str
    url: str
    key: str


@dataclass(frozen=True, slots=True)
class Day:
    """The dates of one day of the portal's zone."""

    date: dt.date
    entries: list[Entry]


def entries(span: Span) -> list[Entry]:
    """Return the dates in order, at most two hundred rows of each kind of thing."""
    sources = (
        _proposals,
        _reviews,
        _ballots,
        _rules,
        _cases,
        _exemptions,
        _sandboxes,
        _measures,
    )
    return in_order(one for source in sources for one in source(span) if span.holds(one.at))


def in_order(found: Iterable[Entry]) -> list[Entry]:
    """Return dates by their moment."""
    return sorted(found, key=lambda one: (one.at, one.key))


def days(found: Iterable[Entry]) -> list[Day]:
    """Return dates by day, in order."""
    return [Day(date, list(group)) for date, group in groupby(found, lambda one: localdate(one.at))]


def _few(rows: QuerySet[Any], order: str) -> QuerySet[Any]:
    return rows.order_by(order, "id")[:MOST]


def _proposals(span: Span) -> Iterator[Entry]:
    rows = Proposal.objects.public().filter(span.of("consulted_at") | span.of("due_at"))
    for row in _few(rows, "submitted_at"):
        url = reverse("commons:proposal", args=[row.code])
        if row.consulted_at:
            yield entry(row.consulted_at, What.CONSULTATION_OPENS, row.title, url, row.pk)
        if row.due_at and row.state == ProposalState.CONSULTATION:
            yield entry(row.due_at, What.CONSULTATION_CLOSES, row.title, url, row.pk)
        if row.due_at and row.state in WAITING:
            yield entry(row.due_at, What.PROPOSAL_LAPSES, row.title, url, row.pk)


def _reviews(span: Span) -> Iterator[Entry]:
    within = span.of("round__opened_at") | span.of("round__clock__due_at")
    rows = Proposal.objects.public().filter(within).select_related("round__clock")
    for row in _few(rows, "submitted_at"):
        url = reverse("commons:review", args=[row.round_id])
        yield entry(row.round.opened_at, What.REVIEW_OPENS, row.title, url, row.round_id)
        if row.round.state == RoundState.OPEN and row.round.clock.due_at:
            due_at = row.round.clock.due_at
            yield entry(due_at, What.REVIEW_CLOSES, row.title, url, row.round_id)


def _ballots(span: Span) -> Iterator[Entry]:
    rows = Ballot.objects.filter(span.of("opens_at") | span.of("closes_at"))
    for row in _few(rows.exclude(state=BallotState.ANNULLED), "opens_at"):
        url = reverse("commons:ballot", args=[row.code])
        yield entry(row.opens_at, What.BALLOT_OPENS, row.question, url, row.pk)
        yield entry(row.closes_at, What.BALLOT_CLOSES, row.question, url, row.pk)


def _rules(span: Span) -> Iterator[Entry]:
    ends = span.of("ended_at") | (Q(ended_at__isnull=True) & span.of("sunset_at"))
    rows = RuleVersion.objects.filter(span.of("effective_at") | ends).select_related("rule")
    for row in _few(rows, "effective_at"):
        url = reverse("commons:rule_version", args=[row.rule.code, row.number])
        over_at = row.ended_at or row.sunset_at
        if over_at is None or row.effective_at < over_at:
            yield entry(row.effective_at, What.RULE_BEGINS, row.title, url, row.pk)
        if over_at:
            yield entry(over_at, What.RULE_ENDS, row.title, url, row.pk)


def _cases(span: Span) -> Iterator[Entry]:
    """Return the deadlines that run in cases which everyone may read."""
    public = public_cases().values("pk")
    rows = Clock.objects.filter(span.of("due_at"), state__in=OPEN, thing__in=public)
    clocks = list(_few(rows.select_related("rule"), "due_at"))
    known = Case.objects.in_bulk([clock.thing for clock in clocks])
    for clock in clocks:
        case = known[clock.thing]
        url = reverse("commons:case", args=[case.code])
        yield entry(clock.due_at, What.DEADLINE, case.title, url, clock.pk, words=clock.rule.title)


def _exemptions(span: Span) -> Iterator[Entry]:
    rows = Exemption.objects.filter(span.of("until_at"), ended_at__isnull=True)
    for row in _few(rows.select_related("rule", "listing"), "until_at"):
        url = reverse("commons:rule", args=[row.rule.code])
        title = f"{row.listing.name}: {row.rule.title}"
        yield entry(row.until_at, What.EXEMPTION_ENDS, title, url, row.pk)


def _sandboxes(span: Span) -> Iterator[Entry]:
    rows = Sandbox.objects.filter(span.of("until_at"), ended_at__isnull=True)
    for row in _few(rows, "until_at"):
        yield entry(row.until_at, What.SANDBOX_ENDS, row.name, "", row.pk)


def _measures(span: Span) -> Iterator[Entry]:
    """Return where measures and orders end; they are public from their first minute."""
    rows = Measure.objects.filter(span.of("until_at"), ended_at__isnull=True)
    measures = list(_few(rows.select_related("listing"), "until_at"))
    known = ExternalOrder.objects.filter(measure__in=measures)
    orders = {order.measure_id: order for order in known}
    for row in measures:
        name, order = row.listing.name, orders.get(row.pk)
        if order is None:
            url = reverse("commons:listing", args=[row.listing.code])
            yield entry(row.until_at, What.MEASURE_ENDS, name, url, row.pk)
        else:
            url = f"{reverse('commons:orders')}#{order.code}"
            yield entry(row.until_at, What.ORDER_ENDS, f"{order.authority}: {name}", url, order.pk)


def entry(
    at: dt.datetime, what: What, title: str, url: str, row: object, *, words: Text = ""
) -> Entry:
    """Return one date of a row; the name of the two together stays for ever."""
    return Entry(at, words or what.label, title, url, f"{what.value}-{row}")
