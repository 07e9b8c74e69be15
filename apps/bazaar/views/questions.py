"""What the company's servers have asked, and what they were answered."""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.bazaar.asking import asker
from apps.bazaar.forms.questions import QuestionsForm
from apps.compliance.selectors.asked import (
    COLUMNS,
    question_told,
    questions_listed,
    questions_page,
)
from apps.core.tables import csv_lines


@login_required
@never_cache
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """List what was asked, the newest first."""
    whose, form = asker(request), QuestionsForm(request.GET)
    page = questions_page(
        whose.id,
        form.wanted(),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "whose": whose,
        "form": form,
        "page": page,
        "days": settings.QUESTIONS_KEPT_DAYS,
        "export": request.GET.urlencode(),
    }
    return render(request, "bazaar/questions.html", context)


@login_required
@never_cache
@require_safe
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Hand the same out as a table."""
    told = _told(request)
    lines = csv_lines(COLUMNS, ([row[name] for name in COLUMNS] for row in told))
    return _file(lines, "csv", "text/csv; charset=utf-8; header=present")


@login_required
@never_cache
@require_safe
def as_jsonl(request: HttpRequest) -> StreamingHttpResponse:
    """Hand the same out, one question a line."""
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in _told(request))
    return _file(lines, "jsonl", "application/jsonl; charset=utf-8")


def _told(request: HttpRequest) -> Iterator[dict[str, Any]]:
    wanted = QuestionsForm(request.GET).wanted()
    return map(question_told, questions_listed(asker(request).id, wanted))


def _file(lines: Iterator[str], ending: str, kind: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(lines, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="sangam-questions.{ending}"'
    return answer
