"""A marketplace says that it has seen, applied or lifted what changed for an offer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.bazaar.asking import own_marketplace
from apps.bazaar.forms import AcknowledgeForm
from apps.compliance.services import Word, acknowledgements_give
from apps.core.errors import Invalid
from apps.institutions.auth import actor_of


@login_required
@require_POST
def acknowledge(request: HttpRequest, slug: str) -> HttpResponse:
    """Record what is said of one or several rows."""
    market, form = own_marketplace(request, slug), AcknowledgeForm(request.POST)
    if not form.is_valid():
        raise Invalid
    words = [Word(one, form.cleaned_data["kind"]) for one in form.cleaned_data["id"]]
    acknowledgements_give(actor=actor_of(request), words=words)
    messages.success(request, _("It is on record, and on the public page of the listing."))
    return redirect("bazaar:marketplace", slug=market.slug)
