"""A company's marketplaces: what binds them, and what they offer."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.bazaar.asking import organisation, own_marketplace
from apps.bazaar.forms import AccessionForm, MarketplaceForm, OfferForm
from apps.compliance.selectors.acknowledgements import counted_by, owed_by
from apps.core.errors import DomainError
from apps.core.pagination import keyset_page
from apps.institutions.auth import actor_of
from apps.institutions.forms import add_refusal
from apps.listings.models import Marketplace
from apps.listings.selectors import (
    accession_of,
    listing_by_code,
    marketplaces_of,
    offers_of,
)
from apps.listings.services import (
    AccessionDraft,
    marketplace_accede,
    marketplace_enter,
    offer_end,
    offer_make,
)
from apps.policy.states import StatuteKind

OWED = 20


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def marketplaces(request: HttpRequest) -> HttpResponse:
    """List the company's marketplaces; a post opens one."""
    company, form = organisation(request), MarketplaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = marketplace_enter(
                actor=actor_of(request), organisation=company, **form.cleaned_data
            )
        except DomainError as refused:
            add_refusal(form, refused)
        else:
            return redirect("bazaar:marketplace", slug=made.slug)
    context = {
        "organisation": company,
        "marketplaces": marketplaces_of(company)[:100],
        "form": form,
    }
    return render(request, "bazaar/marketplaces.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def marketplace(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what binds a marketplace and what it offers; a post makes an offer."""
    market, form = own_marketplace(request, slug), OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _offer(request, market, form)
        except DomainError as refused:
            add_refusal(form, refused)
        else:
            return redirect("bazaar:marketplace", slug=slug)
    return _page(request, market, form, AccessionForm())


@login_required
@require_POST
def bind(request: HttpRequest, slug: str) -> HttpResponse:
    """Bind a marketplace to kinds of rules."""
    market, form = own_marketplace(request, slug), AccessionForm(request.POST)
    if form.is_valid():
        try:
            _bind(request, market, form)
        except DomainError as refused:
            add_refusal(form, refused)
        else:
            return redirect("bazaar:marketplace", slug=slug)
    return _page(request, market, OfferForm(), form)


@login_required
@require_POST
def end(request: HttpRequest, slug: str, offer: uuid.UUID) -> HttpResponse:
    """End an offer."""
    found = get_object_or_404(offers_of(own_marketplace(request, slug)), pk=offer)
    offer_end(actor=actor_of(request), offer_id=found.pk)
    messages.success(request, _("The offer “%(sku)s” has ended.") % {"sku": found.sku})
    return redirect("bazaar:marketplace", slug=slug)


def _bind(request: HttpRequest, market: Marketplace, form: AccessionForm) -> None:
    told = form.cleaned_data
    draft = AccessionDraft(
        rule_kinds=[StatuteKind(kind) for kind in told["rule_kinds"]],
        jurisdictions=form.places(),
        basis=told["basis"],
        until_at=told["until_at"],
    )
    marketplace_accede(actor=actor_of(request), marketplace=market, draft=draft)
    messages.success(request, _("The marketplace is bound from now on."))


def _offer(request: HttpRequest, market: Marketplace, form: OfferForm) -> None:
    listing = listing_by_code(form.cleaned_data["listing"])
    offer_make(
        actor=actor_of(request),
        marketplace=market,
        listing=listing,
        sku=form.cleaned_data["sku"],
    )
    messages.success(request, _("“%(name)s” is on offer.") % {"name": listing.name})


def _page(
    request: HttpRequest, market: Marketplace, offer: OfferForm, accession: AccessionForm
) -> HttpResponse:
    page = keyset_page(
        offers_of(market),
        order=("sku", "id"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=50,
    )
    only = Marketplace.objects.filter(pk=market.pk)
    context = {
        "marketplace": market,
        "owed": owed_by(only, after=request.GET.get("owed", ""), size=OWED),
        "applied": counted_by(only),
        "binding": accession_of(market),
        "page": page,
        "form": offer,
        "accession": accession,
    }
    broken = offer.errors or accession.errors
    return render(request, "bazaar/marketplace.html", context, status=400 if broken else 200)
