"""The public log on pages: the newest acts, and one act with its cause and consequences."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.commons.selectors.acts import act_lines
from apps.core.pagination import CursorRefused, Page
from apps.journal.selectors import act_at, acts_at, consequences, latest_acts

SIZE = 50
LARGEST_SEQ = 2**63 - 1


@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """Show the newest acts first; the page mark is simply the last position seen."""
    after = _seq(request.GET.get("after", ""))
    found = latest_acts(limit=SIZE + 1, before=after)
    more = len(found) > SIZE
    lines = act_lines(found[:SIZE])
    page = Page(lines, after=str(lines[-1].act.seq) if more else "")
    return render(request, "commons/acts.html", {"page": page, "deep": after is not None})


@require_safe
def act(request: HttpRequest, seq: int) -> HttpResponse:
    """Show one act, what led to it and what followed."""
    found = act_at(min(seq, LARGEST_SEQ))
    causes = acts_at([found.cause], sealed=False) if found.cause else []
    context = {
        "act": found,
        "line": act_lines([found])[0],
        "causes": act_lines(causes),
        "consequences": act_lines(consequences(found.seq)),
        "payload": json.dumps(found.payload, indent=2, ensure_ascii=False),
    }
    return render(request, "commons/act.html", context)


def _seq(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text[:20]) <= LARGEST_SEQ):
        raise CursorRefused(field="after")
    return int(text[:20])
