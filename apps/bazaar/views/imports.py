"""Import a file, see how far it is, read what could not be used."""

import uuid
from functools import partial

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.bazaar.asking import organisation
from apps.bazaar.forms import UploadForm
from apps.core.errors import DomainError
from apps.core.pagination import keyset_page
from apps.institutions.auth import actor_of
from apps.institutions.forms import add_refusal
from apps.listings.selectors import faults_of, run_of, runs_of
from apps.listings.services import import_open
from apps.listings.states import RunState
from apps.listings.tasks import import_go

RUNNING = {RunState.WAITING, RunState.RUNNING}


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """List the company's imports; a post opens one, and a worker goes through its rows."""
    company = organisation(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = import_open(
                actor=actor_of(request),
                organisation=company,
                file_name=form.file_name(),
                body=form.body(),
                card_id=form.cleaned_data["card_id"],
            )
        except DomainError as refused:
            add_refusal(form, refused)
        else:
            transaction.on_commit(partial(import_go.delay, str(run.pk)))
            return redirect("bazaar:import", run=run.pk)
    page = keyset_page(
        runs_of(actor_of(request), company),
        order=("-created_at", "-id"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=20,
    )
    context = {"form": form, "page": page, "organisation": company}
    return render(request, "bazaar/imports.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_safe
def one_import(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Show how far an import is, and each row that it could not use."""
    found = run_of(actor_of(request), run)
    page = keyset_page(
        faults_of(found),
        order=("line", "id"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {"run": found, "page": page, "running": found.state in RUNNING}
    looking = request.headers.get("HX-Request") == "true"
    return render(request, "bazaar/import_state.html" if looking else "bazaar/import.html", context)
