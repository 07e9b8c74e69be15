"""A company contests that a rule catches its listing, and follows what becomes of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bazaar.asking import organisation
from apps.bazaar.forms.contests import ContestForm
from apps.cases.models import Contest
from apps.cases.permissions import can_contest, can_withdraw_contest
from apps.cases.selectors import contest_by_code, contests_page, versions_catching, watched
from apps.cases.services import contest_file, contest_withdraw
from apps.core.clock import now
from apps.core.errors import DomainError
from apps.institutions.auth import actor_of
from apps.institutions.permissions import refusal
from apps.listings.selectors import listing_by_code

WORDS = gettext_lazy("This page is for members of the company that keeps the listing.")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contest(request: HttpRequest, code: str) -> HttpResponse:
    """Contest that a rule catches a listing."""
    actor, listing = actor_of(request), listing_by_code(code)
    if not can_contest(actor, listing):
        raise refusal(actor, WORDS)
    versions = versions_catching(listing)
    asked = {"rule": request.GET.get("rule", "")}
    form = ContestForm(request.POST or None, versions=versions, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            made = contest_file(
                actor=actor, listing=listing, rule_version=form.version, draft=form.draft()
            )
        except DomainError as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("Your contest is public. Someone else rules on it."))
            return redirect("bazaar:contest", code=made.code)
    context = {"listing": listing, "versions": versions, "form": form}
    return render(request, "bazaar/contest_file.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_safe
def contests(request: HttpRequest) -> HttpResponse:
    """List the company's contests, newest first."""
    company = organisation(request)
    page = contests_page(
        organisation=company,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {"organisation": company, "page": page, "lines": watched(page.rows, now())}
    return render(request, "bazaar/contests.html", context)


@login_required
@never_cache
@require_safe
def one_contest(request: HttpRequest, code: str) -> HttpResponse:
    """Show one of the company's contests."""
    return render(request, "bazaar/contest.html", _page(_own(request, code)))


@login_required
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take a contest back."""
    found = _own(request, code)
    try:
        contest_withdraw(actor=actor_of(request), contest=found)
    except DomainError as refused:
        context = _page(found) | {"refusal": refused}
        return render(request, "bazaar/contest.html", context, status=refused.status)
    messages.success(request, _("The contest was withdrawn."))
    return redirect("bazaar:contest", code=found.code)


def _own(request: HttpRequest, code: str) -> Contest:
    actor, found = actor_of(request), contest_by_code(code)
    if not can_withdraw_contest(actor, found):
        raise refusal(actor, WORDS)
    return found


def _page(found: Contest) -> dict[str, Any]:
    [line] = watched([found], now())
    return {"contest": found, "line": line}
