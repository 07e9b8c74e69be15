"""Golden examples stand between a draft and the register, and stay with the version."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import Client

from apps.policy.errors import RuleRefused
from apps.policy.models import RuleExample, RuleVersion
from apps.policy.services import ExampleDraft, draft_faults, exemplifying
from tests.factories.policy import entered, rule_draft

pytestmark = pytest.mark.django_db
GOOD = rule_draft().examples


def wrong(*examples: ExampleDraft) -> list[tuple[str, str]]:
    faults = draft_faults(rule_draft(examples=list(examples)))
    return [(fault.field, str(fault.reason)) for fault in faults]


def test_a_rule_without_enough_examples_is_not_entered():
    with pytest.raises(RuleRefused) as refused:
        entered(rule_draft(examples=GOOD[:4]))

    [fault] = refused.value.draft_faults
    assert (fault.field, fault.reason) == (
        "examples",
        "Of 3 examples that do not fire, 1 are written.",
    )
    assert RuleVersion.objects.count() == 0


def test_an_example_that_cannot_be_read_or_is_answered_otherwise_is_named():
    lie = ExampleDraft(facts="listing.has_model_card = true", fires=True)
    strange = ExampleDraft(facts="\nlisting.has_card = true", fires=True)

    [(field, reason)] = wrong(*GOOD[:3], lie, *GOOD[4:])[:1]
    assert field == "examples.4.facts"
    assert reason.startswith("Example 4 is to fire, and the rule does not fire")
    assert wrong(*GOOD, strange) == [
        ("examples.7.facts", "listing.has_card is not in the vocabulary.")
    ]


def test_examples_stay_with_the_version_and_are_shown():
    version = entered()

    kept = RuleExample.objects.filter(version=version)
    assert [(one.facts, one.fires) for one in kept] == [(one.facts, one.fires) for one in GOOD]
    with pytest.raises(DatabaseError, match="policy_ruleexample"), transaction.atomic():
        kept.update(fires=True)
    page = Client().get(f"/rules/{version.rule.code}/").content.decode()
    assert "listing.has_model_card = false" in page
    answer = Client().get(f"/api/v1/rules/{version.rule.code}").json()
    assert answer["versions"][0]["examples"][0] == {
        "number": 1,
        "listing": {"has_model_card": False},
        "req": {"jurisdiction": "IN"},
        "fires": True,
        "note": "",
    }


def again() -> tuple[int, dict]:
    out = io.StringIO()
    try:
        call_command("rule_check", "--register", stdout=out)
    except SystemExit as end:
        return int(end.code or 0), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_the_register_is_asked_its_examples_again_when_the_vocabulary_changes(monkeypatch):
    assert again() == (0, {"accepted": True, "vocabulary": 1, "rules": []})
    version = entered()
    known = exemplifying.vocabulary()

    status, report = again()
    assert (status, report["rules"][0]["id"]) == (0, f"{version.rule.code} v1")

    without = {name: fact for name, fact in known.request.items() if name != "jurisdiction"}
    changed = type(known)(2, known.listing, without)
    monkeypatch.setattr(exemplifying, "vocabulary", lambda: changed)
    status, report = again()
    assert (status, report["accepted"]) == (1, False)
    [fault, *_others] = report["rules"][0]["faults"]
    assert fault["key"] == "examples.1.facts"
    assert fault["reason"] == "req.jurisdiction is not in the vocabulary."


def test_the_command_asks_for_something_to_check():
    with pytest.raises(CommandError):
        call_command("rule_check")
