"""The first page: a company's desk, and for others what this door is for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.bazaar.asking import organisation, organisations
from apps.bazaar.selectors import desk_of
from apps.compliance.selectors.standings import with_badges
from apps.core.clock import now
from apps.core.needs import by_due
from apps.institutions.auth import actor_of
from apps.listings.selectors import RegisterFilter, register
from apps.proposals.selectors.owed import deliberation_owed

NEWEST = 10


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show what waits for the company and how its listings stand."""
    mine = organisations(request)
    if not mine:
        newest = with_badges(register(RegisterFilter())).order_by("-listed_at", "id")[:NEWEST]
        needs = by_due(deliberation_owed(actor_of(request), now()))
        return render(request, "bazaar/doorway.html", {"newest": list(newest), "needs": needs})
    desk = desk_of(
        organisation(request),
        actor_of(request),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return render(request, "bazaar/desk.html", {"desk": desk, "mine": mine})
