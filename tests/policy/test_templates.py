"""What a regulator can start from is whole, can be entered, and stands until its day."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from apps.core.clock import now
from apps.policy import selectors
from apps.policy.errors import TemplateUnknown
from apps.policy.models import RuleTemplate
from apps.policy.selectors import rule_template, rule_templates
from apps.policy.services import document_of, draft_faults, rule_enter, template_draft
from tests.factories import institutions as people

pytestmark = pytest.mark.django_db
FILE = Path(selectors.__file__).parents[1] / "reference" / "templates.json"
SLUGS = [row["slug"] for row in json.loads(FILE.read_text("utf-8"))["templates"]]
FACTORS = ("why_knowledge", "why_means", "why_suits", "why_cost")


def whole(slug):
    """A template's draft, with what it leaves to the regulator."""
    return replace(
        template_draft(rule_template(slug)),
        authority="Ministry of Models",
        legal_basis="Model Markets Act, section 7",
    )


def test_there_is_one_for_each_kind_of_rule():
    assert [template.slug for template in rule_templates()] == SLUGS
    assert [
        *("ban", "disclosure", "approval", "sandbox", "recall", "penalty", "insurance"),
    ] == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_a_template_passes_every_check_and_is_entered(slug):
    draft = whole(slug)

    assert draft_faults(draft) == []
    version = rule_enter(actor=people.actor(people.regulator("*")), draft=draft)

    assert version.sunset_at == draft.sunset_at > now() + dt.timedelta(days=89)
    assert [getattr(version, name) for name in FACTORS] == [
        getattr(draft, name) for name in FACTORS
    ]
    assert all(getattr(version, name) for name in FACTORS)
    assert version.examples.count() == len(draft.examples) >= 6


@pytest.mark.parametrize("slug", SLUGS)
def test_a_template_leaves_to_its_author_who_makes_it_and_by_what_law(slug):
    faults = draft_faults(template_draft(rule_template(slug)))

    assert {fault.field for fault in faults} == {"authority", "legal_basis"}


def test_the_penalty_has_an_amount():
    [duty] = whole("penalty").duties

    assert (duty.addressee, f"{duty.amount:.2f}", duty.currency) == ("provider", "100000.00", "INR")


def test_what_says_why_is_part_of_the_text_and_never_changes():
    draft = whole("recall")
    version = rule_enter(actor=people.actor(people.regulator("*")), draft=draft)

    version.why_cost = "Nothing at all."
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        version.save()
    assert document_of(draft)["why_cost"] == draft.why_cost


def test_a_template_that_is_no_longer_valid_is_not_offered():
    RuleTemplate.objects.filter(slug="ban").update(valid_until=now().date())

    assert "ban" not in [template.slug for template in rule_templates()]
    with pytest.raises(TemplateUnknown):
        rule_template("ban")
