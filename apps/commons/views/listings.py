"""The page of a listing, and of a provider."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.commons.selectors import listings as reading
from apps.commons.selectors.acts import act_lines
from apps.commons.selectors.lineage import lineage_of
from apps.commons.selectors.reasons import reasons_of
from apps.commons.selectors.register import lines
from apps.core.clock import today
from apps.core.pagination import keyset_page
from apps.journal.selectors import history


@require_safe
def listing(request: HttpRequest, code: str) -> HttpResponse:
    """Show one listing: may I use it, why it stands so, where it comes from, what happened."""
    found = reading.listing_by_code(code)
    version = found.current
    context = {
        "listing": found,
        "version": version,
        "reasons": reasons_of(found.pk),
        "versions": reading.versions_of(found),
        "evaluations": reading.evaluations_of(version),
        "licence": reading.licence_view(version, today()),
        "duties": reading.duties_of(found),
        "lineage": lineage_of(found),
        "lines": act_lines(history(found.pk, limit=20)),
    }
    return render(request, "commons/listing.html", context)


@require_safe
def provider(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who a provider is, who has claimed it, and its listings."""
    found = reading.provider_by_slug(slug)
    page = keyset_page(
        found.listings.select_related("current__licence"),
        order=("name", "id"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {"provider": found, "page": page, "lines": lines(page.rows)}
    return render(request, "commons/provider.html", context)
