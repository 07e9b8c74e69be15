"""The ways out of a standing, as a company reads them: what to do, and where that leads."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.compliance.cures import EVALUATION, Change, Cure
from apps.compliance.selectors.curing import Outlook
from apps.core.errors import Text
from apps.core.jurisdictions import jurisdiction
from apps.policy.engine import Outcome
from apps.policy.engine.vocabulary import PROVENANCE
from apps.policy.models import Use

DEEDS = {
    ("has_model_card", True): gettext_lazy("publish a model card"),
    ("has_model_card", False): gettext_lazy("publish no model card"),
    ("human_oversight", True): gettext_lazy("have a person oversee its use, and say so"),
    ("human_oversight", False): gettext_lazy("say that no person oversees its use"),
    ("provider_verified", True): gettext_lazy("prove that the provider is your company"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """What to do together, and the outcome that it leads to."""

    outcome: Outcome
    told: str


@dataclass(frozen=True, slots=True)
class Ways:
    """One standing for one use in one place, its reasons, and the ways out of it.

    `held` says that a measure holds it where it is: no change of facts helps.
    """

    outlook: Outlook
    use: Text
    place: Text
    ways: list[Way]

    @property
    def held(self) -> bool:
        """Whether measures alone lead to this outcome."""
        return self.outlook.ways.least >= self.outlook.ways.outcome > Outcome.ALLOW

    @property
    def touched(self) -> bool:
        """Whether there is anything to get out of."""
        return self.outlook.ways.outcome > Outcome.ALLOW


def ways_told(outlooks: Iterable[Outlook]) -> list[Ways]:
    """Return outlooks in words."""
    found = list(outlooks)
    uses = {use.slug: use.name for use in Use.objects.all()} if found else {}
    return [_told(outlook, uses) for outlook in found]


def _told(outlook: Outlook, uses: dict[str, str]) -> Ways:
    places = [jurisdiction(code).name for code in outlook.places]
    return Ways(
        outlook=outlook,
        use=_first([uses[use] for use in outlook.uses]) or _("any use"),
        place=_first(places) or _("everywhere"),
        ways=[_way(cure) for cure in outlook.ways.cures],
    )


def _first(names: list[str]) -> str:
    """Return the first of some names, and how many others there are."""
    if len(names) < 2:  # noqa: PLR2004 - there are others beside the first
        return "".join(names)
    return _("%(name)s and %(count)d more") % {"name": names[0], "count": len(names) - 1}


def _way(cure: Cure) -> Way:
    deeds = [deed(change) for change in cure.changes]
    return Way(cure.outcome, capfirst(_(", and ").join(deeds)))


def deed(change: Change) -> str:
    """Return what brings a change about."""
    if change.fact.startswith(EVALUATION):
        kind = change.fact.removeprefix(EVALUATION).replace("_", " ")
        words = _("publish an evaluation of %(kind)s with a result such as %(score)s")
        return words % {"kind": kind, "score": change.after}
    if change.fact.endswith(PROVENANCE):
        fact = change.fact.removesuffix(PROVENANCE)
        return _("have “%(fact)s” attested by someone else") % {"fact": fact}
    if change.fact == "eval_date":
        return _("evaluate it anew")
    if change.fact == "licence":
        return _("name its licence, such as %(licence)s") % {"licence": change.after}
    return str(DEEDS[change.fact, change.after])
