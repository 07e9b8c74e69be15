"""The register: search, facets with counts, and what a line of it shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.commons.questions import RegisterQuestion
from apps.commons.selectors.reasons import Badge, badges_of
from apps.compliance.selectors.standings import badges
from apps.core.errors import Text
from apps.listings.models import LineageEdge, Listing
from apps.listings.selectors.register import RegisterFilter, register
from apps.listings.states import Access
from apps.policy.engine import Outcome
from apps.policy.states import RuleOutcome

SORT_WORDS: dict[str, Text] = {
    "best": _("Best fit"),
    "name": _("Name"),
    "downloads": _("Downloads"),
    "changed": _("Last change"),
    "newest": _("Newest"),
}
UNKNOWN = "unknown"
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """One box of a facet: how many listings it would show, and whether it is marked."""

    value: str
    label: Text
    count: int
    marked: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of boxes."""

    name: str
    label: Text
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One listing in the list, with why it stands as it does."""

    listing: Listing
    badge: Badge | None
    derivatives: int


def wanted(question: RegisterQuestion) -> RegisterFilter:
    """Return a question as the register takes it: its words, among what the facets leave."""
    among = _chosen(question).values("pk") if question.chosen else None
    return RegisterFilter(text=question.words, among=among)


def _chosen(question: RegisterQuestion) -> QuerySet[Listing]:
    """Return the listings that every marked facet leaves; boxes of one facet add up."""
    rows = Listing.objects.all()
    if question.standing:
        outcomes = [Outcome.of(slug) for slug in question.standing]
        badge = badges().filter(listing=OuterRef("pk"), outcome__in=outcomes)
        rows = rows.filter(Exists(badge))
    if question.licence:
        named = Q(current__licence__family__in=question.licence)
        unknown = Q(current__licence=None) if UNKNOWN in question.licence else Q(pk__in=[])
        rows = rows.filter(named | unknown)
    if question.task:
        rows = rows.filter(current__task__in=question.task)
    if question.access:
        rows = rows.filter(current__access__in=question.access)
    return rows


def _left(question: RegisterQuestion, facet: str) -> QuerySet[Listing]:
    """Return what the words and the other facets leave."""
    others: dict[str, Any] = {facet: ()}
    return register(wanted(replace(question, **others))).select_related(None)


def facets(question: RegisterQuestion) -> list[Facet]:
    """Return the facets; each counts what its boxes would show beside the others' choices."""
    return [
        _standing_facet(question),
        _licence_facet(question),
        _task_facet(question),
        _access_facet(question),
    ]


def lines(listings: Sequence[Listing]) -> list[RegisterLine]:
    """Return what the list shows of some listings, in a fixed number of queries."""
    ids = [listing.pk for listing in listings]
    standing = badges_of(listings)
    children = LineageEdge.objects.filter(parent__in=ids, valid_until=None)
    counted = dict(children.values_list("parent").annotate(n=Count("child")).order_by())
    return [RegisterLine(row, standing.get(row.pk), counted.get(row.pk, 0)) for row in listings]


def _standing_facet(question: RegisterQuestion) -> Facet:
    rows = _left(question, "standing")
    found = badges().filter(listing__in=rows.values("pk"))
    counted = dict(found.values_list("outcome").annotate(n=Count("listing")).order_by())
    choices = [
        Choice(
            Outcome(value).slug,
            label,
            counted.get(value, 0),
            Outcome(value).slug in question.standing,
        )
        for value, label in RuleOutcome.choices
    ]
    return Facet("standing", _("Standing"), choices)


def _licence_facet(question: RegisterQuestion) -> Facet:
    rows = _left(question, "licence")
    counted = _counted(rows, "current__licence__family", question.licence)
    choices = [
        Choice(family or UNKNOWN, family or _("Not stated or not known"), n, marked)
        for family, n, marked in counted
    ]
    return Facet("licence", _("Licence family"), choices)


def _task_facet(question: RegisterQuestion) -> Facet:
    counted = _counted(_left(question, "task"), "current__task", question.task)
    choices = [
        Choice(task, task.replace("-", " ").capitalize() or _("Not stated"), n, marked)
        for task, n, marked in counted
        if task is not None
    ]
    return Facet("task", _("Task"), choices)


def _access_facet(question: RegisterQuestion) -> Facet:
    rows = _left(question, "access")
    counted = dict(_grouped(rows, "current__access"))
    choices = [
        Choice(value, label, counted.get(value, 0), value in question.access)
        for value, label in Access.choices
    ]
    return Facet("access", _("Access to weights"), choices)


def _counted(
    rows: QuerySet[Listing], column: str, marked: Sequence[str]
) -> list[tuple[str | None, int, bool]]:
    """Return the commonest values with their counts; a marked one is never left out."""
    grouped = [(value, n, (value or UNKNOWN) in marked) for value, n in _grouped(rows, column)]
    return [row for place, row in enumerate(grouped) if place < SHOWN or row[2]]


def _grouped(rows: QuerySet[Listing], column: str) -> QuerySet:
    grouped = rows.order_by().annotate(value=F(column)).values("value")
    return grouped.annotate(n=Count("pk")).order_by("-n", "value").values_list("value", "n")
