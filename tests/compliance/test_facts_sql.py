"""Evidence kept as plain columns answers as the list of all evaluations does."""

import random

import pytest
from django.db import connection

from apps.compliance.selectors.facts_sql import FactsSql
from apps.compliance.services import reassess
from apps.listings.readers import EvaluationDraft
from apps.policy.engine import VOCABULARY, compile_rule, types_of
from apps.policy.engine.sql import Sql
from tests.factories import listings

pytestmark = pytest.mark.django_db
KINDS = ["redteam", "toxicity", "é"]
PARAMETERS = {"limit": 0.3}


def evaluations(chance):
    tests = [(chance.choice(KINDS), set_) for set_ in "abc"[: chance.randint(0, 3)]]
    return tuple(
        EvaluationDraft(kind, chance.choice([0.0, 0.1, 0.3, 0.30000000000000004, 0.9]), dataset)
        for kind, dataset in tests
    )


def fired(writer, tree):
    text, values = writer({}, PARAMETERS, "f").write(tree)
    with connection.cursor() as cursor:
        cursor.execute(f"select version_id, {text} from compliance_facts f", values)
        return dict(cursor.fetchall())


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">="])
@pytest.mark.parametrize("limit", ["0.3", "param.limit", "0.0"])
def test_the_columns_answer_as_the_list_does(operator, limit):
    chance = random.Random(4)
    listings.write(*[listings.draft(evaluations=evaluations(chance)) for _ in range(30)])
    reassess()
    known = VOCABULARY.with_parameters(types_of(PARAMETERS))
    said = set()
    for kind in KINDS:
        test = f'e.kind == "{kind}" && e.score {operator} {limit}'
        tree = compile_rule(f"listing.evals.exists(e, {test})", known).tree
        answers = fired(FactsSql, tree)

        assert answers == fired(Sql, tree)
        said |= set(answers.values())
        assert "eval_kinds" in FactsSql({}, PARAMETERS, "f").write(tree)[0]
    assert said <= {True, False}


@pytest.mark.parametrize(
    "expression",
    [
        'listing.evals.all(e, e.kind == "redteam" && e.score < 0.3)',
        'listing.evals.exists(e, e.kind == "redteam" || e.score < 0.3)',
        'listing.evals.exists(e, e.kind == "redteam" && e.score == 0.3)',
        'listing.evals.exists(e, e.kind.startsWith("red") && e.score < 0.3)',
    ],
)
def test_what_columns_cannot_answer_is_asked_of_the_list(expression):
    tree = compile_rule(expression, VOCABULARY).tree

    assert FactsSql({}, {}, "f").write(tree) == Sql({}, {}, "f").write(tree)
