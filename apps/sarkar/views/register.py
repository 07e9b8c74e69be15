"""Claims, disputes and names of licences, each decided from its row."""

import uuid

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.core.errors import DomainError
from apps.institutions.auth import actor_of
from apps.institutions.forms import add_refusal
from apps.institutions.permissions import refusal
from apps.licensing.models import UnresolvedLicence
from apps.licensing.services import name_set_aside, name_settle
from apps.listings.models import Dispute, ProviderClaim
from apps.listings.services import claim_confirm, claim_refuse, dispute_decide
from apps.sarkar.forms.register import ClaimDecisionForm, DisputeDecisionForm, NameDecisionForm
from apps.sarkar.permissions import can_see_register
from apps.sarkar.selectors.register import waiting_for


@login_required
@never_cache
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show what waits in the register for this officer's word."""
    return _page(request)


@login_required
@require_POST
def claim(request: HttpRequest, claim: uuid.UUID) -> HttpResponse:
    """Confirm or refuse a claim."""
    found, form = get_object_or_404(ProviderClaim, pk=claim), ClaimDecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found.pk, form)
    actor, told = actor_of(request), form.cleaned_data
    try:
        if told["confirm"]:
            claim_confirm(actor=actor, claim_id=found.pk)
        else:
            claim_refuse(actor=actor, claim_id=found.pk, reason=told["reason"])
    except DomainError as refused:
        return _refused(request, found.pk, form, refused)
    return _done(request)


@login_required
@require_POST
def dispute(request: HttpRequest, dispute: uuid.UUID) -> HttpResponse:
    """Uphold or dismiss a dispute, with reasons."""
    found, form = get_object_or_404(Dispute, pk=dispute), DisputeDecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found.pk, form)
    try:
        dispute_decide(actor=actor_of(request), dispute_id=found.pk, **form.cleaned_data)
    except DomainError as refused:
        return _refused(request, found.pk, form, refused)
    return _done(request)


@login_required
@require_POST
def name(request: HttpRequest, name: uuid.UUID) -> HttpResponse:
    """Say which licence a name means, or that it means none."""
    found, form = get_object_or_404(UnresolvedLicence, pk=name), NameDecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found.pk, form)
    actor, licence = actor_of(request), form.meant()
    try:
        if licence:
            name_settle(actor=actor, name_id=found.pk, licence=licence)
        else:
            name_set_aside(actor=actor, name_id=found.pk)
    except DomainError as refused:
        return _refused(request, found.pk, form, refused)
    return _done(request)


def _done(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("It is decided, and public from now on."))
    return redirect("sarkar:register")


def _refused(
    request: HttpRequest, at: uuid.UUID, form: forms.Form, refused: DomainError
) -> HttpResponse:
    """Show a refusal in its row; where the officer may not open the page at all, only that."""
    if not can_see_register(actor_of(request)):
        raise refused
    add_refusal(form, refused)
    return _page(request, at, form)


def _page(
    request: HttpRequest, at: uuid.UUID | None = None, form: forms.Form | None = None
) -> HttpResponse:
    actor = actor_of(request)
    if not can_see_register(actor):
        raise refusal(actor, _("Regulators and clerks decide what waits in the register."))
    waiting = waiting_for(actor)
    context = {
        "waiting": waiting,
        "claims": [(row, _form(ClaimDecisionForm, row.pk, at, form)) for row in waiting.claims],
        "disputes": [
            (row, _form(DisputeDecisionForm, row.pk, at, form)) for row in waiting.disputes
        ],
        "names": [(row, _form(NameDecisionForm, row.pk, at, form)) for row in waiting.names],
        "form": form,
    }
    return render(request, "sarkar/register.html", context, status=400 if form else 200)


def _form(
    kind: type[forms.Form], row: uuid.UUID, at: uuid.UUID | None, used: forms.Form | None
) -> forms.Form:
    """Return a row's own form: the one that was sent, or an empty one."""
    if used is not None and row == at:
        return used
    return kind(auto_id=f"id_{row}_%s")
