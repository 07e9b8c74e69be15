"""A company claims the provider that it is."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bazaar.asking import organisation
from apps.bazaar.forms import ClaimForm, ProofForm
from apps.core.errors import DomainError
from apps.core.pagination import keyset_page
from apps.institutions.auth import actor_of
from apps.institutions.forms import add_refusal
from apps.listings.selectors import claims_of, provider_by_slug, providers
from apps.listings.services import claim_open, claim_prove, claim_withdraw
from apps.listings.states import ClaimState


@login_required
@never_cache
@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """List the company's claims, and providers that can be claimed."""
    company, text = organisation(request), request.GET.get("q", "").strip()[:200]
    page = keyset_page(
        providers(text).filter(claimed_by=None),
        order=("name", "id"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=20,
    )
    context = {
        "organisation": company,
        "claims": claims_of(company)[:100],
        "page": page,
        "q": text,
    }
    return render(request, "bazaar/claims.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Claim one provider, or bring the code that was sent to its domain."""
    company, provider = organisation(request), provider_by_slug(slug)
    opened = claims_of(company).filter(provider=provider, state=ClaimState.OPENED).first()
    form = (ProofForm if opened else ClaimForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            if opened:
                claim_prove(actor=actor_of(request), claim_id=opened.pk, code=told["code"])
                messages.success(request, _("%(name)s is yours.") % {"name": provider.name})
                return redirect("bazaar:claims")
            claim_open(
                actor=actor_of(request),
                organisation=company,
                provider_id=provider.pk,
                address=told["address"],
                statement=told["statement"],
                language=get_language() or "en-gb",
            )
        except DomainError as refused:
            add_refusal(form, refused)
        else:
            return redirect("bazaar:claim", slug=slug)
    context = {"organisation": company, "provider": provider, "claim": opened, "form": form}
    return render(request, "bazaar/claim.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def withdraw(request: HttpRequest, claim: uuid.UUID) -> HttpResponse:
    """Take back a claim."""
    found = get_object_or_404(claims_of(organisation(request)), pk=claim)
    claim_withdraw(actor=actor_of(request), claim_id=found.pk)
    messages.success(request, _("The claim was withdrawn."))
    return redirect("bazaar:claims")
