"""What a signed-in reader can do on a listing's page: follow it, dispute what stands there."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.commons.forms import DisputeForm
from apps.core.actor import Actor
from apps.core.errors import DomainError
from apps.institutions.auth import actor_of
from apps.institutions.forms import add_refusal
from apps.listings.models import Dispute, Listing
from apps.listings.selectors.listings import listing_by_code, parents_of
from apps.listings.services.disputes import DISPUTABLE, edge_dispute, fact_dispute
from apps.listings.services.follows import follow_begin, follow_end


@login_required
@require_POST
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Follow a listing, or no more."""
    found = listing_by_code(code)
    if request.POST.get("end"):
        follow_end(actor=actor_of(request), listing=found)
        messages.success(request, _("You no longer follow this listing."))
    else:
        follow_begin(actor=actor_of(request), listing=found)
        messages.success(request, _("You follow this listing."))
    return redirect("commons:listing", code=found.code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a fact or a line of descent is wrong."""
    found = listing_by_code(code)
    lineage = parents_of(found.current) if found.current else []
    form = DisputeForm(request.POST or None, lineage=lineage)
    if request.method == "POST" and form.is_valid():
        try:
            opened = _open(actor_of(request), found, form.cleaned_data)
        except DomainError as refused:
            add_refusal(form, refused)
        else:
            words = _("Dispute %(code)s was opened. A regulator or a clerk decides it.")
            messages.success(request, words % {"code": opened.code})
            return redirect("commons:listing", code=found.code)
    return render(request, "commons/dispute.html", {"listing": found, "form": form})


def _open(actor: Actor, listing: Listing, said: dict[str, str]) -> Dispute:
    statement, evidence = said["statement"], said["evidence"]
    if listing.current and said["subject"] in DISPUTABLE:
        return fact_dispute(
            actor=actor,
            version=listing.current,
            fact=said["subject"],
            statement=statement,
            evidence=evidence,
        )
    edge = uuid.UUID(said["subject"])
    return edge_dispute(actor=actor, edge_id=edge, statement=statement, evidence=evidence)
