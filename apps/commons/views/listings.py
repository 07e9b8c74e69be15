"""The page of a listing, and of a provider."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.commons.selectors.acts import act_lines
from apps.commons.selectors.licences import licence_view
from apps.commons.selectors.lineage import lineage_of
from apps.commons.selectors.reasons import reasons_of
from apps.commons.selectors.register import lines
from apps.core.clock import today
from apps.core.pagination import keyset_page
from apps.journal.selectors import history
from apps.listings.selectors.listings import (
    evaluations_of,
    listing_by_code,
    provider_by_slug,
    versions_of,
)

VERSIONS = 50
EVALUATIONS = 50


@require_safe
def listing(request: HttpRequest, code: str) -> HttpResponse:
    """Show one listing: may I use it, why it stands so, where it comes from, what happened."""
    found = listing_by_code(code)
    version = found.current
    context = {
        "listing": found,
        "version": version,
        "reasons": reasons_of(found.pk),
        "versions": versions_of(found)[:VERSIONS],
        "evaluations": evaluations_of(version)[:EVALUATIONS] if version else [],
        "licence": licence_view(version, today()),
        "lineage": lineage_of(found),
        "lines": act_lines(history(found.pk, limit=20)),
    }
    return render(request, "commons/listing.html", context)


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
