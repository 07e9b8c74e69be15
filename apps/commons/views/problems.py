"""A page for every refusal that the API can answer with."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.core.api.problems import CODES
from apps.core.errors import DomainError


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """List every kind of problem."""
    known = {kind.code: kind for kind in kinds()}
    return render(
        request, "commons/problems.html", {"kinds": [known[code] for code in sorted(known)]}
    )


@require_safe
def problem(request: HttpRequest, code: str) -> HttpResponse:
    """Say what one problem means and what to do."""
    for kind in kinds():
        if kind.code == code:
            context = {"kind": kind(), "status": kind.status, "code": code}
            return render(request, "commons/problem.html", context)
    for status, known in CODES.items():
        if known == code:
            return render(request, "commons/problem.html", {"status": status, "code": code})
    raise Http404(_("No such problem."))


def kinds(root: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """Walk all kinds of refusal that the loaded apps declare."""
    yield root
    for kind in root.__subclasses__():
        yield from kinds(kind)
