"""The texts of a proposal, and what changed from one to the next."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from apps.commons.differences import Stretch, difference
from apps.core.jurisdictions import EVERYWHERE, jurisdictions
from apps.policy.engine import HOME
from apps.policy.models import Use
from apps.policy.services import ClauseDraft, ExampleDraft, RuleDraft
from apps.policy.states import LiabilityTag, RuleMode, RuleOutcome


@dataclass(frozen=True, slots=True)
class TextChange:
    """One clause, or one other part of a text, and what became of it."""

    name: str
    text: list[Stretch]
    expression: list[Stretch]

    @property
    def is_kept(self) -> bool:
        """Whether nothing changed here."""
        return all(one.change == "kept" for one in [*self.text, *self.expression])


@dataclass(frozen=True, slots=True)
class TextScope:
    """Where and for what a text would hold, in words; nothing means all."""

    uses: list[str]
    places: list[str]
    allowed: list[str]


def scope_of(draft: RuleDraft) -> TextScope:
    """Return the names of the uses and places of a text; a strange code stands for itself."""
    uses = [use.name for use in Use.objects.filter(slug__in=draft.uses)] if draft.uses else []
    return TextScope(uses, _places(draft.jurisdictions), _places(draft.allowed_jurisdictions))


def text_changes(before: RuleDraft, after: RuleDraft) -> list[TextChange]:
    """Return every clause of the later text with what changed, then the other parts that did."""
    return [*_clauses(before.clauses, after.clauses), *_others(before, after)]


def _clauses(before: list[ClauseDraft], after: list[ClauseDraft]) -> Iterator[TextChange]:
    """Pair the clauses; one that was put in between does not shift those that follow."""
    old, new = [one.text for one in before], [one.text for one in after]
    for _tag, i, j, k, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for step in range(max(j - i, end - k)):
            was = before[i + step] if i + step < j else None
            now = after[k + step] if k + step < end else None
            name = f"§{k + step + 1}" if now else _("§%(n)s, left out") % {"n": i + step + 1}
            yield TextChange(
                name,
                difference(was.text if was else "", now.text if now else ""),
                difference(was.expression if was else "", now.expression if now else ""),
            )


def _others(before: RuleDraft, after: RuleDraft) -> Iterator[TextChange]:
    old, new = _parts(before), _parts(after)
    for name, words in new.items():
        if words != old[name]:
            yield TextChange(name, difference(old[name], words), [])
    if before.expression != after.expression:
        yield TextChange(_("Expression"), [], difference(before.expression, after.expression))


def _parts(draft: RuleDraft) -> dict[str, str]:
    """Return everything but the clauses and the expression, as words under their names."""
    scope = scope_of(draft)
    return {
        _("Title"): draft.title,
        _("Summary"): draft.summary,
        _("Effect"): str(RuleOutcome(int(draft.outcome)).label),
        _("Mode"): str(RuleMode(draft.mode.value).label),
        _("Where"): ", ".join(scope.places) or _("everywhere"),
        _("For"): ", ".join(scope.uses) or _("any use"),
        _("May still be offered in"): ", ".join(scope.allowed),
        _("Begins"): _moment(draft.effective_at),
        _("Ends by itself"): _moment(draft.sunset_at),
        _("Liability"): str(LiabilityTag(draft.liability_tag).label) if draft.liability_tag else "",
        _("Made by"): draft.authority,
        _("Legal basis"): draft.legal_basis,
        _("Cited as"): draft.citation,
        _("Who knows the risk"): draft.why_knowledge,
        _("Whether who harms can pay"): draft.why_means,
        _("Whether the harmed would sue"): draft.why_suits,
        _("What it costs to run"): draft.why_cost,
        _("Conditions"): "; ".join(f"{one.code}: {one.text}" for one in draft.conditions),
        _("Duties"): "; ".join(f"{one.addressee}, {one.code}: {one.text}" for one in draft.duties),
        _("Examples"): "\n".join(_example(one) for one in draft.examples),
        _("Values"): "; ".join(f"{one.name} = {one.value} {one.unit}" for one in draft.parameters),
    }


def _example(example: ExampleDraft) -> str:
    words = _("Fires") if example.fires else _("Does not fire")
    return f"{words}: {'; '.join(example.facts.splitlines())} {example.note}".strip()


def _moment(at: dt.datetime | None) -> str:
    return date_format(localtime(at), "j F Y, H:i") + f" {localtime(at):%Z}" if at else ""


def _places(codes: list[str]) -> list[str]:
    return [_place(code) for code in codes if code != EVERYWHERE]


def _place(code: str) -> str:
    if code == HOME:
        return _("the provider’s own country")
    known = jurisdictions().get(code)
    return str(known.name) if known else code
