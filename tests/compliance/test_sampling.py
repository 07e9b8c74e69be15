"""A draft is asked of listings by the closure and by PostgreSQL, and refused if they differ."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.compliance.services import reassess
from apps.core.clock import now
from apps.listings.readers import EvaluationDraft
from apps.policy.engine import CompiledRule
from apps.policy.engine.sql import Sql
from apps.policy.errors import RuleRefused
from apps.policy.models import RuleVersion
from apps.policy.services import ParameterDraft, agreeing, agreement_faults
from tests.factories import listings, policy
from tests.factories import proposals as factory

pytestmark = pytest.mark.django_db
EXPRESSIONS = [
    "!listing.has_model_card",
    'listing.task == "asr" && req.use in ["medical", "finance"]',
    "req.use in listing.tags",
    'req.jurisdiction == "FR" && !req.commercial',
    "!has(listing.params_b) || listing.params_b > 6.5",
    'has(listing.eval_date) && req.date - listing.eval_date > duration("240h")',
    "has(listing.eval_age_days) && listing.eval_age_days > 10",
    'has(listing.params_b) && listing.params_b_provenance == "declared"',
    'listing.evals.exists(e, e.kind == "toxicity" && has(e.score) && e.score > 0.1)',
    'listing.task.startsWith("a") || size(listing.tags) > 1',
]


@pytest.fixture
def shelf():
    listings.listing(task="asr", name="Vani", params_b=7.0, tags=["medical", "fr"])
    listings.listing(task="translation", name="Anuvad")
    measured = now().date() - dt.timedelta(days=40)
    test = EvaluationDraft(kind="toxicity", score=0.2, measured_date=measured)
    listings.listing(task="asr", name="Bol", evaluations=[test])
    reassess()


@pytest.mark.parametrize("expression", EXPRESSIONS)
@pytest.mark.usefixtures("shelf")
def test_both_ways_say_the_same(expression):
    assert agreement_faults(policy.rule_draft(expression)) == []
    assert agreement_faults(policy.rule_draft(expression, jurisdictions=[], uses=["medical"])) == []


def turned(self, req, param, *, alias=""):
    """A back end with a fault: it says the opposite."""
    text, values = Sql(req, param, alias).write(self.tree)
    return f"not ({text})", values


@pytest.mark.usefixtures("shelf")
def test_a_difference_refuses_the_rule_and_names_the_listing(monkeypatch):
    newest = listings.listing(task="asr", name="Naya")
    reassess()
    monkeypatch.setattr(CompiledRule, "sql", turned)

    with pytest.raises(RuleRefused) as refused:
        policy.entered()
    with pytest.raises(RuleRefused):
        factory.submitted()

    [fault] = refused.value.draft_faults
    assert fault.field == "expression"
    assert newest.code in str(fault.reason)
    assert RuleVersion.objects.count() == 0


@pytest.mark.usefixtures("shelf")
def test_what_is_asked_is_what_the_draft_tells_apart():
    draft = policy.rule_draft(
        "req.use == param.one || req.use in listing.tags",
        parameters=[ParameterDraft(name="one", value='"medical"')],
    )
    asked = list(agreeing._requests(agreeing.ruled_of(draft, None)))

    assert {one["use"] for one in asked} >= {"medical", "finance", "general"}
    assert {one["jurisdiction"] for one in asked} == {"IN"}
    plain = policy.rule_draft()
    assert len(list(agreeing._requests(agreeing.ruled_of(plain, None)))) == 1
    with CaptureQueriesContext(connection) as seen:
        agreement_faults(plain)
    assert sum("compliance_facts" in query["sql"] for query in seen) == 1
