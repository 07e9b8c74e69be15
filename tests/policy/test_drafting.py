import datetime as dt

import pytest

from apps.core.clock import now
from apps.policy.engine import HOME, Outcome
from apps.policy.services import (
    ClauseDraft,
    ConditionDraft,
    DutyDraft,
    ParameterDraft,
    draft_faults,
)
from tests.factories.policy import rule_draft

pytestmark = pytest.mark.django_db
YESTERDAY = dt.timedelta(days=-1)


def clauses(*expressions: str) -> list[ClauseDraft]:
    return [ClauseDraft(text="So it is.", expression=expression) for expression in expressions]


CASES = [
    ({"title": " "}, "title", "This is empty."),
    ({"legal_basis": ""}, "legal_basis", "This is empty."),
    ({"clauses": []}, "clauses", "The rule has no clause."),
    ({"clauses": [ClauseDraft(text="")]}, "clauses.1.text", "The clause is empty."),
    ({"jurisdictions": ["XX"]}, "jurisdictions", "“XX” is not known."),
    ({"uses": ["medcal"]}, "uses", "“medcal” is not known."),
    (
        {"outcome": Outcome.CONDITION, "conditions": []},
        "conditions",
        "The rule names no condition.",
    ),
    (
        {"outcome": Outcome.RESTRICT},
        "allowed_jurisdictions",
        "The rule restricts, but does not say to where.",
    ),
    ({"liability_tag": "none"}, "liability_tag", "There is no such tag."),
    (
        {"conditions": [ConditionDraft(code="a", text="x"), ConditionDraft(code="a", text="y")]},
        "conditions",
        "“a” stands twice.",
    ),
    (
        {"duties": [DutyDraft(addressee="moon", code="a", text="x")]},
        "duties.1.addressee",
        "Nobody is called so.",
    ),
    (
        {"duties": [DutyDraft(addressee="provider", code="a", text="x", due_amount=3)]},
        "duties.1.due_amount",
        "Time needs a number and a unit.",
    ),
    (
        {"parameters": [ParameterDraft(name="max", value="listing.task")]},
        "parameters.1.value",
        "A parameter is a written value.",
    ),
    (
        {"parameters": [ParameterDraft(name="max", value="0.3")]},
        "parameters.1.name",
        "The expression does not read this parameter.",
    ),
    ({"expression": "listing.taks == 'a'"}, "expression", "listing.taks is not in the vocabulary."),
    (
        {"expression": "listing.eval_toxicity > 0.3"},
        "expression",
        "Some listings have no eval_toxicity, so this has no answer for them.",
    ),
    ({"expression": "req.use == 'medcal'"}, "expression", "“medcal” is no value of this fact."),
    (
        {"clauses": clauses("listing.downloads > 3")},
        "clauses.1.expression",
        "The rule’s expression has no such part.",
    ),
    ({"clauses": clauses("listing.")}, "clauses.1.expression", "The rule ends too early."),
]


@pytest.mark.parametrize(("changes", "field", "reason"), CASES)
def test_a_fault_is_named_with_its_field(changes, field, reason):
    [fault] = draft_faults(rule_draft(**changes))

    assert (fault.field, str(fault.reason)) == (field, reason)


def test_a_rule_neither_reaches_back_nor_ends_before_it_begins():
    draft = rule_draft(effective_at=now() + YESTERDAY, sunset_at=now() + 2 * YESTERDAY)

    assert [fault.field for fault in draft_faults(draft)] == ["effective_at", "sunset_at"]


def test_all_faults_are_named_at_once():
    draft = rule_draft(
        "listing.eval_toxicity > listing.eval_bias_gap", title="", uses=["medcal", "mediacl"]
    )

    faults = draft_faults(draft)

    assert [(fault.field, fault.line, fault.column) for fault in faults] == [
        ("title", 0, 0),
        ("uses", 0, 0),
        ("uses", 0, 0),
        ("expression", 1, 1),
        ("expression", 1, 25),
    ]
    assert str(faults[1].remedy) == "Did you mean medical?"
    assert str(faults[3].sentence).startswith("Line 1, column 1: Some listings have no")


def test_a_sound_draft_has_no_fault():
    draft = rule_draft(
        "has(listing.params_b) && listing.params_b > param.size && req.use in ['medical']",
        outcome=Outcome.RESTRICT,
        allowed_jurisdictions=[HOME, "IN"],
        parameters=[ParameterDraft(name="size", value="70.0")],
        clauses=clauses("listing.params_b > param.size", ""),
        sunset_at=now() + dt.timedelta(days=300),
    )

    assert draft_faults(draft) == []
