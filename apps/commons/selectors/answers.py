"""“May I use it for … in …?”: the decision in words and links."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.compliance.scenarios import EVERYWHERE, GENERAL
from apps.compliance.selectors.answers import Decision, Question, Reason
from apps.compliance.selectors.deciding import decide
from apps.core.errors import Text
from apps.core.jurisdictions import jurisdiction
from apps.listings.models import Listing
from apps.policy.engine import Mode, Outcome

HEADLINES: dict[Outcome, Text] = {
    Outcome.ALLOW: _("Yes. No rule in force stands against it."),
    Outcome.CONDITION: _("Yes, under the conditions below."),
    Outcome.RESTRICT: _("Only where the rules below leave it open."),
    Outcome.SUSPEND: _("Not now. It is suspended until the reason falls away."),
    Outcome.PROHIBIT: _("No."),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason of an answer with the number by which its rule is cited."""

    reason: Reason
    number: int
    firm: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision, as the page shows it."""

    decision: Decision
    headline: Text
    grounds: list[Ground]
    allowed: list[str]
    data: str

    @property
    def would_differ(self) -> bool:
        """Whether a rule that only advises or warns would say something stricter."""
        return self.decision.would_be > self.decision.outcome


def answered(listing: Listing, *, use: str, place: str) -> Answer:
    """Decide one question about a listing's current version."""
    question = Question(model=listing.code, use=use or GENERAL, jurisdiction=place or EVERYWHERE)
    decision = decide(question)
    asked = {"model": listing.code, "use": question.use, "jurisdiction": question.jurisdiction}
    return Answer(
        decision=decision,
        headline=HEADLINES[decision.outcome],
        grounds=[_ground(reason) for reason in decision.reasons],
        allowed=[jurisdiction(code).name for code in decision.allowed_jurisdictions or ()],
        data=f"{reverse('api-decisions')}?{urlencode(asked)}",
    )


def _ground(reason: Reason) -> Ground:
    number = int(reason.rule.split("-")[1]) if reason.rule else 0
    return Ground(reason, number, firm=reason.mode is Mode.ENFORCE)
