"""The register: search, facets with counts, and what a line of it shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib.postgres.search import SearchQuery, TrigramWordSimilarity
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from apps.commons.questions import RegisterQuestion
from apps.commons.selectors.reasons import Reason, badges_of
from apps.compliance.models import Standing
from apps.core.errors import Text
from apps.listings.models import LineageEdge, Listing
from apps.listings.states import Access, ListingState
from apps.policy.engine import Outcome
from apps.policy.states import RuleOutcome

ORDERS = {
    "fit": ("-fit", "name", "id"),
    "name": ("name", "id"),
    "changed": ("-changed_at", "id"),
    "newest": ("-listed_at", "id"),
}
SORT_WORDS: dict[str, Text] = {
    "fit": _("Best fit"),
    "name": _("Name"),
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
    badge: Reason | None
    derivatives: int


def found(question: RegisterQuestion) -> QuerySet[Listing]:
    """Return the listings on offer that fit a question."""
    rows = Listing.objects.filter(state=ListingState.LISTED)
    if question.words:
        rows = rows.filter(
            Q(search=SearchQuery(question.words, config="simple", search_type="websearch"))
            | Q(words__trigram_word_similar=question.words)
        ).annotate(fit=_fit(question.words))
    if question.standing:
        outcomes = [Outcome.of(slug) for slug in question.standing]
        badge = _badges().filter(listing=OuterRef("pk"), outcome__in=outcomes)
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
    badges = badges_of(ids)
    children = LineageEdge.objects.filter(parent__in=ids, valid_until=None)
    counted = dict(children.values_list("parent").annotate(n=Count("child")).order_by())
    return [RegisterLine(row, badges.get(row.pk), counted.get(row.pk, 0)) for row in listings]


def _fit(words: str) -> Case:
    """Return how well a listing fits, as a whole number, so that pages can be cut by it."""
    likeness = Cast(TrigramWordSimilarity(words, "words") * 1000, IntegerField())
    return Case(When(name__iexact=words, then=Value(2000)), default=likeness)


def _badges() -> QuerySet[Standing]:
    return Standing.objects.open().badges()


def _standing_facet(question: RegisterQuestion) -> Facet:
    rows = found(replace(question, standing=()))
    badges = _badges().filter(listing__in=rows.values("pk"))
    counted = dict(badges.values_list("outcome").annotate(n=Count("listing")).order_by())
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
    rows = found(replace(question, licence=()))
    counted = _counted(rows, "current__licence__family", question.licence)
    choices = [
        Choice(family or UNKNOWN, family or _("Not stated or not known"), n, marked)
        for family, n, marked in counted
    ]
    return Facet("licence", _("Licence family"), choices)


def _task_facet(question: RegisterQuestion) -> Facet:
    counted = _counted(found(replace(question, task=())), "current__task", question.task)
    choices = [
        Choice(task, task.replace("-", " ").capitalize() or _("Not stated"), n, marked)
        for task, n, marked in counted
        if task is not None
    ]
    return Facet("task", _("Task"), choices)


def _access_facet(question: RegisterQuestion) -> Facet:
    rows = found(replace(question, access=()))
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
