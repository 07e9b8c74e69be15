"""A page for every refusal that the API can answer with."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.core.api.problems import CODES
from apps.core.errors import DomainError, Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of refusal, in words."""

    code: str
    status: int
    title: Text
    reason: Text = ""
    remedy: Text = ""


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """List every kind of problem."""
    known = known_problems()
    rows = [known[code] for code in sorted(known)]
    return render(request, "commons/problems.html", {"problems": rows})


@require_safe
def problem(request: HttpRequest, code: str) -> HttpResponse:
    """Say what one problem means and what to do."""
    found = known_problems().get(code)
    if found is None:
        raise Http404(_("No such problem."))
    return render(request, "commons/problem.html", {"problem": found})


def known_problems() -> dict[str, Problem]:
    """Return all problems by their code: ours, and those that a status alone names."""
    plain = {code: Problem(code, status, code) for status, code in CODES.items()}
    ours = {
        kind.code: Problem(kind.code, kind.status, kind.title, kind.reason, kind.remedy)
        for kind in kinds()
    }
    return plain | ours


def kinds(root: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """Walk all kinds of refusal that the loaded apps declare."""
    yield root
    for kind in root.__subclasses__():
        yield from kinds(kind)
