"""The page of a listing: may I use it, why, where from, what happened; and of a provider."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from apps.cases.permissions import can_contest, can_triage
from apps.cases.selectors import contests_of, watched
from apps.commons.forms import AskForm
from apps.commons.selectors.acts import act_lines
from apps.commons.selectors.answers import answered
from apps.commons.selectors.licences import licence_view
from apps.commons.selectors.lineage import lineage_of
from apps.commons.selectors.reasons import reasons_of
from apps.commons.selectors.register import lines
from apps.compliance.selectors.acknowledgements import applied_to
from apps.compliance.selectors.standings import duties_of
from apps.core.clock import now, today
from apps.core.pagination import keyset_page
from apps.institutions.auth import actor_of
from apps.journal.selectors import history
from apps.listings.models import Listing
from apps.listings.selectors.listings import (
    disputes_of,
    evaluations_of,
    follows,
    listing_by_code,
    provider_by_slug,
    versions_of,
)

MOST = 50


@require_safe
def listing(request: HttpRequest, code: str) -> HttpResponse:
    """Show one listing; a question in the address is answered first, alone where htmx asks."""
    found = listing_by_code(code)
    context = _asked(request, found)
    if request.headers.get("HX-Request") and "answer" in context:
        answer = render(request, "commons/answer.html", context)
    else:
        answer = render(request, "commons/listing.html", context | _page(request, found))
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _asked(request: HttpRequest, listing: Listing) -> dict[str, Any]:
    """Return the question and, where one is asked, its answer."""
    form = AskForm(request.GET) if {"use", "place"} & set(request.GET) else AskForm()
    context: dict[str, Any] = {"listing": listing, "ask": form}
    if form.is_bound and form.is_valid():
        wanted = form.cleaned_data
        context["answer"] = answered(listing, use=wanted["use"], place=wanted["place"])
    return context


def _page(request: HttpRequest, listing: Listing) -> dict[str, Any]:
    version = listing.current
    applied, appliers = applied_to(listing)
    return {
        "version": version,
        "reasons": reasons_of(listing),
        "versions": versions_of(listing)[:MOST],
        "evaluations": evaluations_of(version)[:MOST] if version else [],
        "licence": licence_view(version, today()),
        "duties": duties_of(listing)[:MOST],
        "applied": applied,
        "appliers": appliers,
        "contests": watched(contests_of(listing), now()),
        "may_contest": request.user.is_authenticated and can_contest(actor_of(request), listing),
        "disputes": disputes_of(listing)[:MOST],
        "lineage": lineage_of(listing),
        "lines": act_lines(history(listing.pk, limit=20)),
        "followed": follows(actor_of(request), listing),
        "may_review": request.user.is_authenticated and can_triage(actor_of(request)),
    }


@require_safe
def provider(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who a provider is, who has claimed it, and its listings."""
    found = provider_by_slug(slug)
    page = keyset_page(
        found.listings.select_related("current__licence"),
        order=("name", "id"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {"provider": found, "page": page, "lines": lines(page.rows)}
    return render(request, "commons/provider.html", context)
