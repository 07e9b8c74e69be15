"""What a draft would change, for who wrote it: how far it is, then all of it."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.compliance.selectors.simulations import simulated, simulation_of
from apps.institutions.auth import actor_of


@login_required
@never_cache
@require_safe
def simulation(request: HttpRequest, simulation: uuid.UUID) -> HttpResponse:
    """Show one of the reader's own simulations; to a page that waits, only its state."""
    found = simulation_of(actor_of(request), simulation)
    looking = request.headers.get("HX-Request") == "true"
    context = simulated(found) | {
        "title": found.draft["title"],
        "in_form": looking and request.headers.get("HX-Target") == "simulation-written",
    }
    page = "compliance/simulation.html" if looking else "commons/simulation.html"
    return render(request, page, context)
