"""The register of listings, and the search that leads into it."""

import re
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.commons.questions import RegisterQuestion
from apps.commons.selectors.register import SORT_WORDS, facets, lines, wanted
from apps.core.codes import CodeMistyped, parse
from apps.listings.selectors.register import RegisterFilter, register_count, register_page

SIZE = 20
PAGES = {
    "L": "commons:listing",
    "R": "commons:rule",
    "P": "commons:proposal",
    "B": "commons:ballot",
    "C": "commons:case",
}
FIGURES = re.compile(r"#?\d{1,18}")


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show the listings that fit a question, with facets and counts."""
    question = RegisterQuestion.read(request.GET)
    asked = wanted(question)
    page = register_page(
        asked,
        sort=question.sort,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=SIZE,
    )
    context = {
        "question": question,
        "page": page,
        "lines": lines(page.rows),
        "facets": facets(question),
        "total": register_count(asked),
        "all": register_count(RegisterFilter()),
        "sorts": [item for item in SORT_WORDS.items() if question.words or item[0] != "best"],
    }
    return render(request, "commons/register.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Lead from the search box: a reference code or an act's number to its page, words on."""
    text = request.GET.get("q", "").strip()
    if FIGURES.fullmatch(text):
        return redirect("commons:act", int(text.lstrip("#")))
    try:
        code = parse(text)
    except CodeMistyped:
        return HttpResponseRedirect(f"{reverse('commons:register')}?{urlencode({'q': text})}")
    page = PAGES.get(code.split("-")[0], "")
    return redirect(page, code) if page else redirect("commons:register")
