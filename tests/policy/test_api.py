import datetime as dt

import pytest
from django.test import Client

from apps.core.clock import now
from apps.policy.models import Rule, RuleVersion
from apps.policy.states import RuleState
from tests.factories import institutions as people
from tests.factories.policy import entered, examples_sent, other, rule_draft

pytestmark = pytest.mark.django_db
RULE = {
    "title": "Models without a card",
    "authority": "Ministry of Models",
    "expression": "!listing.has_model_card",
    "outcome": "suspend",
    "legal_basis": "Digital Markets Act, section 7",
    "clauses": [
        {"text": "A model without a card", "expression": "!listing.has_model_card"},
        {"text": "is suspended."},
    ],
    "jurisdictions": ["IN"],
    "examples": examples_sent(rule_draft()),
}


def post(path: str, body: dict, secret: str = "", **headers: str):
    if secret:
        headers["Authorization"] = f"Bearer {secret}"
    return Client().post(f"/api/v1/{path}", body, "application/json", headers=headers)


@pytest.fixture
def secret(db: None) -> str:
    return people.token(people.regulator("IN"), "rules:write").secret


def test_a_regulator_enters_a_rule_and_anyone_reads_it(secret):
    answer = post("rules", RULE, secret)

    assert answer.status_code == 201
    made = answer.json()
    assert (made["outcome"], made["state"], made["number"]) == ("suspend", "scheduled", 1)
    code = made["rule"]["code"]
    read = Client().get(f"/api/v1/rules/{code}").json()
    assert [clause["number"] for clause in read["versions"][0]["clauses"]] == [1, 2]
    said = "it is not so that a model card is published"
    assert read["versions"][0]["paraphrase"] == said
    assert post("rules/check", {"expression": RULE["expression"]}).json()["paraphrase"] == said


def test_a_draft_with_faults_is_refused_with_place_and_remedy(secret):
    answer = post("rules", RULE | {"expression": "listing.taks == 'asr'"}, secret)

    assert answer.status_code == 400
    problem = answer.json()
    assert problem["type"] == "/problems/rule-refused"
    assert problem["errors"] == [
        {
            "field": "expression",
            "reason": "listing.taks is not in the vocabulary.",
            "remedy": "Did you mean listing.task?",
            "line": 1,
            "column": 1,
        }
    ]
    assert Rule.objects.count() == 0


@pytest.mark.parametrize("name", ["title", "expression", "outcome", "clauses", "legal_basis"])
def test_a_rule_lacking_a_part_is_refused(secret, name):
    body = {key: value for key, value in RULE.items() if key != name}

    answer = post("rules", body, secret)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, name)


def test_who_may_not_enter_is_refused():
    company = people.token(people.person(), "rules:write").secret
    narrow = people.token(people.regulator("IN"), "rules:read").secret
    elsewhere = people.token(people.regulator("FR"), "rules:write").secret

    statuses = [post("rules", RULE, given).status_code for given in (company, narrow, elsewhere)]

    assert statuses == [403, 403, 403]
    assert post("rules", RULE).status_code == 401
    assert Rule.objects.count() == 0


def test_the_same_write_sent_twice_is_done_once(secret):
    first = post("rules", RULE, secret, **{"Idempotency-Key": "k1"})
    second = post("rules", RULE, secret, **{"Idempotency-Key": "k1"})
    other = post("rules", RULE | {"title": "Other"}, secret, **{"Idempotency-Key": "k1"})

    assert (first.status_code, second.status_code, other.status_code) == (201, 201, 409)
    assert first.json() == second.json()
    assert Rule.objects.count() == 1


def test_a_new_version_follows_a_rule_by_its_code(secret):
    first = post("rules", RULE, secret).json()

    second = post("rules", RULE | {"rule": first["rule"]["code"], "outcome": "prohibit"}, secret)

    assert (second.status_code, second.json()["number"]) == (201, 2)
    assert post("rules", RULE | {"rule": "R-00001-0"}, secret).status_code in {400, 404}


def test_a_version_is_ended_with_a_public_reason(secret):
    version = entered()
    path = f"rules/{version.rule.code}/versions/1/end"

    refused = post(path, {"reason": "No."})
    ended = post(path, {"reason": "It did not help."}, secret)
    again = post(path, {"reason": "It did not help."}, secret)

    assert [answer.status_code for answer in (refused, ended, again)] == [401, 200, 409]
    assert ended.json()["state"] == "ended"
    assert RuleVersion.objects.get().state == RuleState.ENDED


def test_the_check_names_every_fault_and_keeps_nothing():
    answer = post(
        "rules/check",
        {
            "expression": "listing.eval_toxicity > param.max &&\n  listing.task == 'asr'",
            "parameters": [{"name": "max", "value": "0.3"}],
            "clauses": ["listing.downloads > 3"],
        },
    )

    assert answer.status_code == 200
    found = answer.json()
    assert found["accepted"] is False
    assert [(f["field"], f["line"], f["column"]) for f in found["faults"]] == [
        ("expression", 1, 1),
        ("clauses.1.expression", 0, 0),
    ]
    assert found["reads"] == ["listing.eval_toxicity", "listing.task", "param.max"]
    assert post("rules/check", {"expression": "listing.has_model_card"}).json()["accepted"] is True
    assert Rule.objects.count() == 0


SCOPE = {"outcome": "suspend", "jurisdictions": ["IN"]}


def scoped(expression: str = "!listing.has_model_card", **scope: object) -> dict:
    asked = {"expression": expression, "scope": SCOPE | scope}
    answer = post("rules/check", asked)
    assert answer.status_code == 200
    return answer.json()


def test_a_check_with_its_scope_is_held_against_the_rules_that_stand():
    code = entered(rule_draft(jurisdictions=["IN", "FR"])).rule.code

    found = scoped("!listing.has_model_card && listing.downloads > 3")

    assert found["accepted"] is False
    [fault] = found["faults"]
    assert (fault["field"], fault["line"], fault["column"]) == ("expression", 1, 1)
    assert fault["reason"].startswith(f"Wherever this fires, {code} fires already")
    assert fault["remedy"] == f"Say what this rule adds, or amend {code}."
    assert scoped(rule=code)["accepted"] is True
    assert scoped(jurisdictions=["US"])["accepted"] is True
    assert scoped(outcome="prohibit")["accepted"] is True
    assert scoped(uses=["medcal"])["faults"][0]["field"] == "uses"
    assert post("rules/check", {"expression": "!listing.has_model_card"}).json()["accepted"]
    asked = {"expression": "!listing.has_model_card", "scope": SCOPE | {"rule": "R-99999-X"}}
    assert post("rules/check", asked).status_code in {400, 404}


def test_rules_are_found_by_state_kind_use_and_territory():
    entered(rule_draft(jurisdictions=["EU"], uses=["medical"], title="Europe"))
    entered(rule_draft(jurisdictions=[], title="Everywhere"))
    later = now() + dt.timedelta(days=1)
    entered(rule_draft("listing.downloads > 5", effective_at=later, title="Later"))

    def titles(**query: str) -> list[str]:
        answer = Client().get("/api/v1/rules", query)
        assert answer.status_code == 200
        return [row["title"] for row in answer.json()["rules"]]

    assert titles() == ["Later", "Everywhere", "Europe"]
    assert titles(state="in_force", jurisdiction="FR") == ["Everywhere", "Europe"]
    assert titles(jurisdiction="US") == ["Everywhere"]
    assert titles(use="finance") == ["Later", "Everywhere"]
    assert titles(kind="policy") == []
    assert Client().get("/api/v1/rules", {"jurisdiction": "XX"}).status_code == 400


def test_pages_of_rules_follow_one_another(django_assert_num_queries):
    for number in range(3):
        entered(rule_draft(other(number), title=f"Rule {number}"))

    first = Client().get("/api/v1/rules", {"limit": 2}).json()
    with django_assert_num_queries(8):
        second = Client().get("/api/v1/rules", {"limit": 2, "after": first["after"]}).json()

    assert [row["title"] for row in first["rules"] + second["rules"]] == [
        "Rule 2",
        "Rule 1",
        "Rule 0",
    ]
    assert second["after"] == ""


def test_uses_and_vocabulary_are_public():
    uses = Client().get("/api/v1/uses").json()["uses"]
    vocabulary = Client().get("/api/v1/vocabulary").json()

    assert len(uses) == 20
    facts = {fact["name"]: fact for fact in vocabulary["listing"]}
    assert len(facts) == 18
    assert facts["eval_toxicity"] | {"meaning": ""} == {
        "name": "eval_toxicity",
        "read_as": "listing.eval_toxicity",
        "type": "double",
        "optional": True,
        "unit": "0 to 1",
        "called": "the measured toxicity",
        "meaning": "",
        "example": "0.12",
        "origin": "evaluation",
        "provenance_read_as": "listing.eval_toxicity_provenance",
        "values": [],
    }
    [use] = [fact for fact in vocabulary["request"] if fact["name"] == "use"]
    assert "medical" in use["values"]


@pytest.mark.parametrize("code", ["R-99999-X", "nonsense", "R-00001-1"])
def test_a_strange_code_is_refused(code):
    assert Client().get(f"/api/v1/rules/{code}").status_code in {400, 404}
