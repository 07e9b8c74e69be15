"""A catalogue of questions in one request, each answered or refused by itself."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from apps.compliance.api.questions import QUERY
from apps.compliance.api.serializers import DecisionQuery, DecisionSerializer
from apps.compliance.api.telling import decision_told
from apps.compliance.selectors.answers import Question
from apps.compliance.selectors.catalogues import Match, Matched, decide_all
from apps.compliance.services import Line
from apps.core.api.problems import problem_handler
from apps.core.api.schema import PROBLEM
from apps.core.errors import DomainError, NotFound
from apps.listings.selectors.markets import marketplaces_by_slug

LARGEST = 1000
# Longest values of what most questions hold alone; such a question needs no closer look.
PLAIN = {"model": 500, "use": 40, "jurisdiction": 8}
REFUSED = "refused"


class CatalogueWrite(serializers.Serializer):
    """Up to a thousand questions, each as one address asks it."""

    questions = serializers.ListField(child=DecisionQuery(), min_length=1, max_length=LARGEST)


@extend_schema_field({**PROBLEM, "nullable": True})
class ProblemField(serializers.JSONField):
    """A problem document."""


class ItemSerializer(serializers.Serializer):
    """The answer to one question, or the reason why there is none."""

    index = serializers.IntegerField(help_text="Its place among the questions, from 0.")
    match = serializers.ChoiceField(choices=[*Match, REFUSED])
    decision = DecisionSerializer(allow_null=True)
    problem = ProblemField(allow_null=True)


class CatalogueSerializer(serializers.Serializer):
    """The answers in the order of the questions."""

    decisions = ItemSerializer(many=True)
    found = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many items there are of each match."
    )


def questions_of(data: Any, organisation: uuid.UUID | None) -> list[Question | Exception]:
    """Return the questions that were sent; in place of one that cannot be understood, why not.

    Raises `ValidationError` where what was sent is no list of one to a thousand.
    """
    items = data.get("questions") if isinstance(data, dict) else None
    if not isinstance(items, list) or not 1 <= len(items) <= LARGEST:
        reason = _("Send a list of 1 to %(most)s questions.") % {"most": LARGEST}
        raise ValidationError({"questions": reason})
    read = [_read(item) for item in items]
    slugs = {one["marketplace"] for one in read if isinstance(one, dict) and "marketplace" in one}
    places = marketplaces_by_slug(slugs) if slugs else {}
    return [_question(one, places, organisation) if isinstance(one, dict) else one for one in read]


def catalogue_answered(questions: Sequence[Question | Exception]) -> list[Matched | Exception]:
    """Return the answers to what `questions_of` read; a refusal in place of an answer."""
    sound = [one for one in questions if isinstance(one, Question)]
    answers = iter(decide_all(sound) if sound else ())
    return [next(answers) if isinstance(one, Question) else one for one in questions]


def lines_of(
    questions: Sequence[Question | Exception], answers: Sequence[Matched | Exception]
) -> list[Line]:
    """Return what the log keeps of a catalogue: every question that was answered."""
    return [
        Line.of(question, answer.decision)
        for question, answer in zip(questions, answers, strict=True)
        if isinstance(question, Question) and isinstance(answer, Matched)
    ]


def moment_of(answers: Sequence[Matched | Exception]) -> dt.datetime:
    """Return when the answers of a catalogue were given, all at one moment."""
    return next(one.decision.decided_at for one in answers if isinstance(one, Matched))


def catalogue_told(answers: Sequence[Matched | Exception]) -> dict[str, Any]:
    """Return answers as `CatalogueSerializer` describes them."""
    told = [_told(index, one) for index, one in enumerate(answers)]
    return {"decisions": told, "found": Counter(item["match"] for item in told)}


def _read(item: Any) -> dict[str, Any] | Exception:
    if isinstance(item, dict) and "model" in item and all(map(_plain, item.items())):
        return item
    try:
        return dict(QUERY.run_validation(item))
    except (ValidationError, DomainError) as error:
        return error


def _plain(pair: tuple[Any, Any]) -> bool:
    """Whether a value is one that the query's own fields would take as it is."""
    name, value = pair
    if not isinstance(value, str) or name not in PLAIN:
        return False
    return 0 < len(value) <= PLAIN[name] and value.isprintable() and value == value.strip()


def _question(
    asked: dict[str, Any], places: dict[str, uuid.UUID], organisation: uuid.UUID | None
) -> Question | Exception:
    slug = asked.get("marketplace", "")
    if slug and slug not in places:
        return NotFound(field="marketplace")
    told = {name: value for name, value in asked.items() if name != "marketplace"}
    return Question(**told, marketplace=places.get(slug), organisation=organisation)


def refusal_told(refusal: Exception) -> Any:
    """Return the problem document of an item that is refused."""
    problem = problem_handler(refusal, {})
    return problem.data if problem else None


def _told(index: int, answer: Matched | Exception) -> dict[str, Any]:
    if isinstance(answer, Matched):
        decision = decision_told(answer.decision)
        return {"index": index, "match": answer.match, "decision": decision, "problem": None}
    return {"index": index, "match": REFUSED, "decision": None, "problem": refusal_told(answer)}
