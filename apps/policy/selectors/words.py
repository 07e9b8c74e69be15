"""The list of uses and the vocabulary with the values that are known today."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

from django.db.models import Q, QuerySet

from apps.core.clock import today
from apps.core.jurisdictions import EVERYWHERE, jurisdictions
from apps.policy.engine import VOCABULARY, Vocabulary, types_of
from apps.policy.engine.nodes import Root
from apps.policy.models import Use

USES = Path(__file__).resolve().parents[1] / "reference" / "uses.json"


def uses(day: dt.date | None = None) -> QuerySet[Use]:
    """Return the uses valid on a day, today where none is named, in their order."""
    when = day or today()
    valid = Q(valid_until__isnull=True) | Q(valid_until__gt=when)
    return Use.objects.filter(valid, valid_from__lte=when).order_by("position", "slug")


def use_slugs(day: dt.date | None = None) -> list[str]:
    """Return the slugs of the uses valid on a day."""
    return list(uses(day).values_list("slug", flat=True))


def vocabulary(day: dt.date | None = None) -> Vocabulary:
    """Return the vocabulary in which uses and jurisdictions have only the values known."""
    known = VOCABULARY.with_values(Root.REQ, "use", use_slugs(day))
    return known.with_values(Root.REQ, "jurisdiction", [EVERYWHERE, *jurisdictions()])


def shipped_vocabulary() -> Vocabulary:
    """Return the vocabulary with the uses and jurisdictions that the portal ships with."""
    slugs = [row["slug"] for row in json.loads(USES.read_text("utf-8"))["uses"]]
    known = VOCABULARY.with_values(Root.REQ, "use", slugs)
    return known.with_values(Root.REQ, "jurisdiction", [EVERYWHERE, *jurisdictions()])


def vocabulary_of_rule(parameters: Mapping[str, object]) -> Vocabulary:
    """Return the vocabulary of a rule with its parameters."""
    return vocabulary().with_parameters(types_of(parameters))
