"""What a second officer decides: appeals, and urgent acts of colleagues."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.cases.models import Appeal
from apps.cases.permissions import must_read_case, must_triage
from apps.cases.selectors import appeal_by_id, appeal_refusal, case_by_code, urgent_by_id
from apps.cases.services import appeal_decide, urgent_confirm
from apps.core.errors import DomainError
from apps.institutions.auth import actor_of
from apps.sarkar.forms.decisions import DecisionForm, UpholdForm
from apps.sarkar.forms.sending import sent
from apps.sarkar.views.casefile import case_page


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, appeal: uuid.UUID) -> HttpResponse:
    """Decide an appeal: let the decision stand, or put another in its place."""
    actor = actor_of(request)
    must_triage(actor)
    found = appeal_by_id(appeal)
    must_read_case(actor, case_by_code(found.decision.case.code))
    changes = "change" in request.POST
    stands = UpholdForm(request.POST if request.POST and not changes else None)
    changed = DecisionForm(request.POST if changes else None, prefix="new", initial=_initial(found))
    form = changed if changes else stands

    def decide() -> object:
        draft = changed.draft() if changes else None
        reasons = form.cleaned_data["reasons"]
        return appeal_decide(actor=actor, appeal=found, reasons=reasons, changed=draft)

    if request.method == "POST" and sent(form, decide):
        messages.success(request, _("The appeal is decided, and public."))
        return redirect("sarkar:case", code=found.decision.case.code)
    context = {
        "appeal": found,
        "standing": found.decision.case.decisions.order_by("-issued_at", "-id")[0],
        "refusal": appeal_refusal(actor, found),
        "stands": stands,
        "changed": changed,
        "form": form,
    }
    return render(request, "sarkar/appeal.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def confirm(request: HttpRequest, action: uuid.UUID) -> HttpResponse:
    """Confirm a colleague's urgent act; without a second officer it lapses."""
    actor = actor_of(request)
    must_triage(actor)
    found = urgent_by_id(action)
    try:
        urgent_confirm(actor=actor, action=found)
    except DomainError as refused:
        case = case_by_code(found.case.code)
        must_read_case(actor, case)
        context = case_page(actor, case) | {"refusal": refused}
        return render(request, "sarkar/case.html", context, status=refused.status)
    messages.success(request, _("The urgent act is confirmed: its measure goes on for 14 days."))
    return redirect("sarkar:case", code=found.case.code)


def _initial(appeal: Appeal) -> dict[str, object]:
    """Begin from the decision under appeal: its places and its ground."""
    decision = appeal.decision
    version = decision.rule_version
    return {
        "outcome": decision.outcome,
        "ground": decision.ground,
        "rule": version.rule.code if version else "",
        "jurisdictions": decision.jurisdictions,
        "uses": decision.uses,
    }
