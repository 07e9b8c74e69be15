import uuid

import pytest
from django.test import Client

from apps.cases.models import MisuseReport
from apps.institutions.scopes import Scope
from tests.factories import cases as make
from tests.factories import institutions

pytestmark = pytest.mark.django_db

REPORT = {
    "thing": "A portrait app",
    "story": "It made pictures of my neighbour.",
    "harms": ["harassed"],
    "good_faith": True,
}


def send(key, body=REPORT):
    headers = {"Idempotency-Key": key}
    return Client().post("/api/v1/reports", body, content_type="application/json", headers=headers)


def test_a_report_over_the_api_is_filed_once_and_read_by_its_receipt():
    key = str(uuid.uuid4())

    first, again = send(key), send(key)
    receipt = first.json()["receipt"]
    status = Client().get("/api/v1/reports/status", headers={"Report-Receipt": receipt})

    assert (first.status_code, again.json()) == (201, first.json())
    assert MisuseReport.objects.get().channel == "api"
    assert (status.status_code, status.json()["state"]) == (200, "received")
    assert "story" not in status.json()
    assert send(key, REPORT | {"story": "Other."}).status_code == 409
    assert send("").json()["type"].endswith("report-key-malformed")


def test_a_case_is_read_once_its_company_was_heard():
    silent, decision = make.alleged(), make.decided()

    page = Client().get("/api/v1/cases").json()
    one = Client().get(f"/api/v1/cases/{decision.case.code}").json()

    assert [case["code"] for case in page["cases"]] == [decision.case.code]
    assert one["response"]["statement"] == "They were carried."
    assert "Key." not in str(one)
    assert one["decisions"][0]["outcome"] == "suspend"
    assert Client().get(f"/api/v1/cases/{silent.code}").status_code == 404


def test_a_company_answers_by_token():
    case = make.alleged()
    company = case.listing.brought_by
    owner = institutions.owner_of(company)
    issued = institutions.token(owner, Scope.CASES_WRITE, organisation=company)
    other = institutions.token(institutions.person(), Scope.CASES_WRITE)
    body = {"stance": "accepted", "statement": "We mend it."}

    def answer(secret):
        return Client().post(
            f"/api/v1/cases/{case.code}/responses",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )

    assert (answer(other.secret).status_code, answer(issued.secret).status_code) == (403, 201)
    assert answer(issued.secret).status_code == 409
