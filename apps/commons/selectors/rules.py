"""The gazette, and one rule through all its versions."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from apps.commons.differences import Stretch, difference
from apps.core.jurisdictions import EVERYWHERE, jurisdiction
from apps.policy.errors import RuleNotFound
from apps.policy.models import Clause, RuleVersion, Use
from apps.policy.selectors import gazette_found
from apps.policy.states import RuleState


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What one clause became."""

    number: int
    stretches: list[Stretch]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list of versions, with what it changed."""

    version: RuleVersion
    changes: list[ClauseChange]
    notes: list[str]
    first: bool


def gazette(asked: Mapping[str, str]) -> QuerySet[RuleVersion]:
    """Return the rule versions that fit what was asked; each empty answer asks nothing."""
    rows = gazette_found(
        state=asked.get("state", ""),
        kind=asked.get("kind", ""),
        use=asked.get("use", ""),
        jurisdiction=asked.get("place", ""),
    ).prefetch_related(None)
    for word in asked.get("q", "").split():
        said = Clause.objects.filter(version=OuterRef("pk"), text__icontains=word)
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(summary__icontains=word)
            | Q(rule__code__iexact=word)
            | Q(rule__authority__icontains=word)
            | Exists(said)
        )
    return rows


def rules_by_state() -> dict[str, int]:
    """Return how many versions stand in each state."""
    counted = RuleVersion.objects.values_list("state").annotate(n=Count("id")).order_by()
    return dict.fromkeys(RuleState.values, 0) | dict(counted)


def version_shown(versions: list[RuleVersion], number: int | None) -> RuleVersion:
    """Return the version asked for, else the one in force, else the newest."""
    if number is None:
        running = [row for row in versions if row.state == RuleState.IN_FORCE]
        return (running or versions)[0]
    for row in versions:
        if row.number == number:
            return row
    raise RuleNotFound(field="version")


def version_lines(versions: list[RuleVersion]) -> list[VersionLine]:
    """Return the versions, newest first, each with what it changed in the one before."""
    older = [*versions[1:], None]
    return [
        VersionLine(
            row,
            _changes(before, row) if before else [],
            _notes(before, row) if before else [],
            first=before is None,
        )
        for row, before in zip(versions, older, strict=True)
    ]


def _changes(before: RuleVersion, after: RuleVersion) -> list[ClauseChange]:
    old = {clause.number: clause.text for clause in before.clauses.all()}
    new = {clause.number: clause.text for clause in after.clauses.all()}
    return [
        ClauseChange(number, difference(old.get(number, ""), new.get(number, "")))
        for number in sorted(old | new)
        if old.get(number) != new.get(number)
    ]


def _notes(before: RuleVersion, after: RuleVersion) -> list[str]:
    """Return what changed beside the text, in words."""
    pairs = [
        (_("Effect"), before.get_outcome_display(), after.get_outcome_display()),
        (_("Mode"), before.get_mode_display(), after.get_mode_display()),
        (_("Expression"), before.expression, after.expression),
        (_("Figures"), _figures(before), _figures(after)),
        (_("Uses"), ", ".join(before.uses), ", ".join(after.uses)),
        (_("Places"), ", ".join(before.jurisdictions), ", ".join(after.jurisdictions)),
    ]
    return [f"{name}: {old or '–'} → {new or '–'}" for name, old, new in pairs if old != new]


def _figures(version: RuleVersion) -> str:
    return ", ".join(f"{one.name} = {one.value}" for one in version.parameters.all())


def scope_words(version: RuleVersion) -> tuple[list[str], list[str]]:
    """Return the names of the uses and places a version covers; empty lists mean all."""
    uses = [use.name for use in Use.objects.filter(slug__in=version.uses)]
    return uses, [jurisdiction(code).name for code in version.jurisdictions if code != EVERYWHERE]
