"""A person's tokens: issued, shown once, revoked."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.errors import DomainError
from apps.core.pagination import keyset_page
from apps.institutions.auth import actor_of, person_of
from apps.institutions.forms import TokenForm, add_refusal
from apps.institutions.selectors import tokens_of
from apps.institutions.services import IssuedToken, token_issue, token_revoke


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """List the person's tokens; a post issues one and shows its secret in this one answer."""
    user = person_of(request)
    form = TokenForm(request.POST or None, person=user)
    issued = _issue(request, form) if request.method == "POST" and form.is_valid() else None
    page = keyset_page(
        tokens_of(user.pk),
        order=["-issued_at", "-id"],
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    facts = {
        "page": page,
        "form": TokenForm(person=user) if issued else form,
        "issued": issued,
    }
    return render(request, "institutions/tokens.html", facts, status=400 if form.errors else 200)


@login_required
@require_POST
def revoke(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Revoke one of one's own tokens."""
    found = get_object_or_404(tokens_of(person_of(request).pk), pk=token)
    token_revoke(actor=actor_of(request), token=found)
    messages.success(request, _("The token was revoked."))
    return redirect("institutions:tokens")


def _issue(request: HttpRequest, form: TokenForm) -> IssuedToken | None:
    wanted = form.cleaned_data
    try:
        return token_issue(
            actor=actor_of(request),
            name=wanted["name"],
            scopes=wanted["scopes"],
            days=wanted["days"],
            organisation=wanted["organisation"],
        )
    except DomainError as refused:
        add_refusal(form, refused)
        return None
