"""A regulator's own review, and orders that come from outside."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.cases.permissions import must_triage
from apps.cases.services import order_record, review_open
from apps.institutions.auth import actor_of
from apps.sarkar.forms.cases import ReviewForm
from apps.sarkar.forms.decisions import OrderForm
from apps.sarkar.forms.sending import sent

NAMED = ("listing", "provider", "segment")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """Open a review of a listing, a provider or a segment, with questions, without any report."""
    actor = actor_of(request)
    must_triage(actor)
    known = {name: request.GET[name] for name in NAMED if name in request.GET}
    form = ReviewForm(request.POST or None, initial=known)
    opened = []
    if request.method == "POST" and sent(
        form, lambda: opened.append(review_open(actor=actor, draft=form.draft()))
    ):
        messages.success(request, _("The review is open, and you are its officer."))
        return redirect("sarkar:case", code=opened[0].code)
    context = {"form": form}
    return render(request, "sarkar/review.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest) -> HttpResponse:
    """Record an order of a court or a government; it takes effect at once, and is public."""
    actor = actor_of(request)
    must_triage(actor)
    known = {"listing": request.GET["listing"]} if "listing" in request.GET else {}
    form = OrderForm(request.POST or None, initial=known)
    if request.method == "POST" and sent(
        form, lambda: order_record(actor=actor, draft=form.draft())
    ):
        messages.success(request, _("The order is recorded, in force and public."))
        return redirect("commons:orders")
    context = {"form": form}
    return render(request, "sarkar/order.html", context, status=400 if form.errors else 200)
