"""The register searched: full text and likeness, filters with counts, sorted keyset pages."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.search import SearchQuery, TrigramWordSimilarity
from django.db.models import Count, F, FloatField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from apps.core.errors import Invalid
from apps.core.pagination import SIZE, Page, keyset_page
from apps.listings.models import Listing
from apps.listings.states import ListingState

WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 8
LONGEST_QUERY = 200
LIKENESS, POPULARITY = "likeness", "popularity"
SORTS: dict[str, tuple[str, ...]] = {
    "best": (f"-{LIKENESS}", "id"),
    "name": ("name", "id"),
    "newest": ("-listed_at", "id"),
    "changed": ("-changed_at", "id"),
    "downloads": (f"-{POPULARITY}", "id"),
}
FACETS: dict[str, str] = {
    "family": "current__licence__family",
    "task": "current__task",
    "country": "provider__country",
    "access": "current__access",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFilter:
    """What a reader looks for; `among` narrows to ids that a floor above has chosen."""

    text: str = ""
    family: str = ""
    task: str = ""
    country: str = ""
    access: str = ""
    provider: str = ""
    among: QuerySet | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many listings a value of a facet would leave, and whether it is chosen."""

    value: str
    count: int
    chosen: bool


def register(wanted: RegisterFilter) -> QuerySet[Listing]:
    """Return the listings that fit, with provider, current version and licence, in no order."""
    rows = Listing.objects.select_related("provider", "current__licence")
    if not wanted.withdrawn:
        rows = rows.filter(state=ListingState.LISTED)
    for name, path in FACETS.items():
        if value := getattr(wanted, name):
            rows = rows.filter(**{path: value})
    if wanted.provider:
        rows = rows.filter(provider__slug=wanted.provider)
    if wanted.among is not None:
        rows = rows.filter(pk__in=wanted.among)
    return _said(rows, wanted.text)


def register_page(
    wanted: RegisterFilter,
    *,
    sort: str = "",
    after: str = "",
    before: str = "",
    size: int = SIZE,
) -> Page[Listing]:
    """Return one page; sorted by likeness where words are looked for, else by name."""
    sort = sort or ("best" if _words(wanted.text) else "name")
    if sort not in SORTS:
        raise Invalid(
            _("“%(sort)s” is no order of the register.") % {"sort": sort[:40]},
            remedy=", ".join(SORTS),
            field="sort",
        )
    rows = ANNOTATIONS.get(sort, _as_they_are)(register(wanted), wanted.text)
    return keyset_page(rows, order=SORTS[sort], after=after, before=before, size=size)


def register_count(wanted: RegisterFilter) -> int:
    """Return how many listings fit."""
    return register(wanted).count()


def register_counts(wanted: RegisterFilter, *, most: int = 12) -> dict[str, list[FacetCount]]:
    """Return each facet's commonest values, counted with the other filters in place."""
    return {name: _counts(wanted, name, path, most) for name, path in FACETS.items()}


def _counts(wanted: RegisterFilter, name: str, path: str, most: int) -> list[FacetCount]:
    chosen = getattr(wanted, name)
    others: dict[str, Any] = {name: ""}
    rows = register(replace(wanted, **others)).exclude(Q(**{path: ""}) | Q(**{path: None}))
    counted = rows.order_by().values_list(path).annotate(count=Count("pk"))
    found = list(counted.order_by("-count", path)[:most])
    if chosen and chosen not in {value for value, _count in found}:
        found += list(counted.filter(**{path: chosen}))
    return [FacetCount(value, count, value == chosen) for value, count in found]


def _said(rows: QuerySet[Listing], text: str) -> QuerySet[Listing]:
    """Keep the listings that hold each word, as a beginning or nearly so."""
    if not text.strip():
        return rows
    words = _words(text)
    for word in words:
        begun = SearchQuery(f"{word}:*", search_type="raw", config="simple")
        rows = rows.filter(Q(search=begun) | Q(words__trigram_word_similar=word))
    return rows if words else rows.none()


def _words(text: str) -> list[str]:
    return WORD.findall(text[:LONGEST_QUERY].casefold())[:MOST_WORDS]


def _by_likeness(rows: QuerySet[Listing], text: str) -> QuerySet[Listing]:
    likeness = TrigramWordSimilarity(" ".join(_words(text)), "words")
    return rows.annotate(**{LIKENESS: Cast(likeness, FloatField())})


def _by_downloads(rows: QuerySet[Listing], text: str) -> QuerySet[Listing]:  # noqa: ARG001 - one signature for all
    return rows.annotate(**{POPULARITY: Coalesce(F("current__downloads"), Value(-1))})


def _as_they_are(rows: QuerySet[Listing], text: str) -> QuerySet[Listing]:  # noqa: ARG001 - the same
    return rows


ANNOTATIONS: dict[str, Callable[[Any, str], Any]] = {
    "best": _by_likeness,
    "downloads": _by_downloads,
}
