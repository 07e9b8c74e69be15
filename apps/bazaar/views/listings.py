"""A company enters, changes, withdraws its listings."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.bazaar.asking import organisation
from apps.bazaar.forms import ListingForm, WithdrawalForm
from apps.bazaar.selectors import mending_of
from apps.bazaar.words import Ways, ways_told
from apps.compliance.models import Standing
from apps.compliance.selectors.curing import outlook
from apps.compliance.selectors.standings import standings_of
from apps.compliance.services import change_try, listing_try
from apps.institutions.auth import actor_of
from apps.listings.errors import ListingRefused, NotKeeper
from apps.listings.models import Listing, ListingVersion
from apps.listings.permissions import can_change
from apps.listings.readers import ListingDraft
from apps.listings.selectors import current_of, draft_of, listing_by_code
from apps.listings.services import (
    listing_change,
    listing_relist,
    listing_withdraw,
    row_publish,
)

# The button that asks how a listing would stand, and keeps nothing.
TRY = "try"
# So many standings of a listing are looked at for their ways out.
LOOKED_AT = 5


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """List a model for the company, or say how it would stand."""
    company, form = organisation(request), ListingForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "organisation": company}
    if request.method == "POST" and form.is_valid():
        actor, row = actor_of(request), form.told()
        try:
            if TRY not in request.POST:
                return _entered(request, row_publish(actor=actor, organisation=company, row=row))
            tried = listing_try(actor=actor, organisation=company, row=row)
            context["tried"] = ways_told(tried)
        except ListingRefused as refused:
            form.add_refusal(refused)
    status = 400 if form.errors else 200
    return render(request, "bazaar/listing_enter.html", context, status=status)


def _entered(request: HttpRequest, version: ListingVersion) -> HttpResponse:
    words = _("“%(name)s” is in the register.") % {"name": version.listing.name}
    messages.success(request, words)
    return redirect("bazaar:listing", code=version.listing.code)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Show how a listing stands and why; a post tells some of its fields anew, or tries them."""
    listing = _own(request, code)
    form = ListingForm(request.POST or None, draft=_draft(listing))
    tried: list[Ways] | None = None
    if request.method == "POST" and form.is_valid():
        actor, changes = actor_of(request), form.told()
        try:
            if TRY not in request.POST:
                version = listing_change(actor=actor, listing_id=listing.pk, changes=changes)
                messages.success(request, _changed(listing, version.number))
                return redirect("bazaar:listing", code=code)
            tried = ways_told(change_try(actor=actor, listing_id=listing.pk, changes=changes))
        except ListingRefused as refused:
            form.add_refusal(refused)
    return _page(request, listing, form, WithdrawalForm(), tried)


@login_required
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take a listing from offer."""
    listing = _own(request, code)
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        return _page(request, listing, ListingForm(draft=_draft(listing)), form)
    listing_withdraw(
        actor=actor_of(request), listing_id=listing.pk, reason=form.cleaned_data["reason"]
    )
    messages.success(request, _("“%(name)s” was withdrawn.") % {"name": listing.name})
    return redirect("bazaar:listing", code=code)


@login_required
@require_POST
def relist(request: HttpRequest, code: str) -> HttpResponse:
    """Put a withdrawn listing on offer again."""
    listing = _own(request, code)
    listing_relist(actor=actor_of(request), listing_id=listing.pk)
    messages.success(request, _("“%(name)s” is on offer again.") % {"name": listing.name})
    return redirect("bazaar:listing", code=code)


def _own(request: HttpRequest, code: str) -> Listing:
    listing = listing_by_code(code)
    if not can_change(actor_of(request), listing):
        raise NotKeeper
    return listing


def _draft(listing: Listing) -> ListingDraft:
    return draft_of(listing, current_of(listing))


def _changed(listing: Listing, number: int) -> str:
    before = listing.current.number if listing.current else 0
    if number != before:
        words = _("Version %(number)s of “%(name)s” is published. Its standing follows shortly.")
    else:
        words = _("“%(name)s” was changed. Its standing follows shortly.")
    return words % {"number": number, "name": listing.name}


def _page(
    request: HttpRequest,
    listing: Listing,
    form: ListingForm,
    withdrawal: WithdrawalForm,
    tried: list[Ways] | None = None,
) -> HttpResponse:
    standings = standings_of(listing)
    context = {
        "listing": listing,
        "version": listing.current,
        "form": form,
        "withdrawal": withdrawal,
        "standings": standings,
        "ways": _ways(listing, standings),
        "tried": tried,
        "mending": mending_of(Listing.objects.filter(pk=listing.pk)),
    }
    broken = form.errors or withdrawal.errors
    return render(request, "bazaar/listing.html", context, status=400 if broken else 200)


def _ways(listing: Listing, standings: list[Standing]) -> list[Ways]:
    """Return the ways out of the standings that rules touch, the gravest first."""
    touched = [one for one in standings if one.outcome or one.would_be]
    return ways_told(
        outlook(listing.code, one.uses, one.jurisdictions) for one in touched[:LOOKED_AT]
    )
