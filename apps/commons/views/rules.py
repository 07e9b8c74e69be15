"""The gazette and the page of a rule."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.commons.forms import GazetteForm
from apps.commons.selectors.acts import act_lines
from apps.commons.selectors.impacts import foretold_shown
from apps.commons.selectors.notices import notices
from apps.commons.selectors.rules import (
    gazette,
    rules_by_state,
    scope_words,
    version_lines,
    version_shown,
)
from apps.compliance.selectors.acknowledgements import applied_of_rule
from apps.compliance.selectors.standings import listings_touched_by, touched_by
from apps.core.pagination import keyset_page
from apps.institutions.auth import actor_of
from apps.journal.selectors import history
from apps.policy.selectors import clauses_said, rule_by_code, said, stay_on
from apps.policy.states import RULE_TABLE, RuleMode, RuleState
from apps.proposals.selectors.proposals import commencement_of

TOUCHED = 20


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show the gazette; without a question, the rules in force."""
    asked = request.GET if request.GET else {"state": RuleState.IN_FORCE.value}
    form = GazetteForm(asked)
    form.is_valid()
    page = keyset_page(
        gazette(form.cleaned_data),
        order=("-effective_at", "-id"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    counts = [
        (state, label, rules_counted)
        for (state, label), rules_counted in zip(
            RuleState.choices, rules_by_state().values(), strict=True
        )
    ]
    context = {"form": form, "page": page, "counts": counts, "state": form.cleaned_data["state"]}
    return render(request, "commons/rules.html", context)


@require_safe
def rule(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """Show one rule: its clauses beside what runs, its dates, its versions, its history."""
    found = rule_by_code(code)
    versions = list(found.versions.all())
    shown = version_shown(versions, number)
    uses, places = scope_words(shown)
    reached = [
        (RuleState.SCHEDULED, None),
        (RuleState.IN_FORCE, shown.effective_at),
        (RuleState.ENDED, shown.ended_at or shown.sunset_at),
    ]
    touched = listings_touched_by(shown, after=request.GET.get("after", ""), size=TOUCHED)
    context = {
        "rule": found,
        "version": shown,
        "newest": versions[0],
        "clauses": clauses_said(shown.clauses.all(), shown.parameters.all()),
        "said": said(shown.expression, shown.parameters.all()),
        "touch": touched_by(shown),
        "touched": touched,
        "appliers": applied_of_rule(shown),
        "commencement": commencement_of(shown),
        "foretold": foretold_shown(shown),
        "versions": version_lines(versions),
        "uses": uses,
        "places": places,
        "stations": RULE_TABLE.timeline(shown.state, reached),
        "notices": notices(actor_of(request), shown),
        "stay": stay_on(shown) if shown.mode == RuleMode.ADVISE else None,
        "lines": act_lines(history(found.id, limit=20)),
    }
    return render(request, "commons/rule.html", context)
