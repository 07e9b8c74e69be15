"""Reference pages: uses, licences, the API."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.commons.selectors.openapi import document, operations
from apps.commons.selectors.uses import uses_with_codes
from apps.compliance.selectors.counting import facts_counted
from apps.core.clock import today
from apps.licensing.models import Licence
from apps.licensing.selectors import conditions_of, licence, uses_forbidden
from apps.policy import selectors as policy
from apps.policy.models import Use


@require_safe
def uses(request: HttpRequest) -> HttpResponse:
    """Show the one list of uses, with what licences say about each."""
    return render(request, "commons/uses.html", {"rows": uses_with_codes(today())})


@require_safe
def vocabulary(request: HttpRequest) -> HttpResponse:
    """Show what a rule's expression may ask, and how many listings have each fact."""
    known, counted = policy.vocabulary(), facts_counted()
    context = {
        "version": known.version,
        "listings": counted.listings,
        "listing": [(fact, counted.facts[name]) for name, fact in known.listing.items()],
        "request": [(fact, None) for fact in known.request.values()],
    }
    return render(request, "commons/vocabulary.html", context)


@require_safe
def licences(request: HttpRequest) -> HttpResponse:
    """Show the licence register, by family."""
    standing = Q(restrictions__ended_date=None)
    rows = Licence.objects.annotate(n=Count("restrictions", filter=standing))
    return render(request, "commons/licences.html", {"rows": rows.order_by("family", "id")})


@require_safe
def one_licence(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what one licence forbids and demands, and where its text says so."""
    found, day = licence(slug), today()
    forbidden = Use.objects.filter(slug__in=uses_forbidden(found.id, day))
    context = {
        "licence": found,
        "forbidden": list(forbidden),
        "conditions": conditions_of(found.id, day),
        "spellings": sorted({alias.text for alias in found.aliases.all()}),
    }
    return render(request, "commons/licence.html", context)


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """Show the API as its own schema describes it."""
    context = {"groups": operations(), "info": document()["info"]}
    return render(request, "commons/api.html", context)
