"""A case over HTTP alone, from its opening to the end of an appeal, each by an officer's token."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.cases.models import Case, Evidence, UrgentAction
from apps.compliance.models import Measure
from apps.core.clock import now
from apps.institutions.models import User
from apps.institutions.scopes import Scope
from tests.factories import cases as make
from tests.factories import institutions, listings

pytestmark = pytest.mark.django_db
SCOPES = (Scope.CASES_READ, Scope.CASES_WRITE)
DECISION = {
    "outcome": "suspend",
    "ground": "licence",
    "facts": "The card named MIT.",
    "reasons": "The licence binds whoever passes the model on.",
    "milder": "A label would not stop new copies.",
    "jurisdictions": ["IN"],
}


class Server:
    """A client of the API with someone's token."""

    def __init__(self, user: User, *scopes: Scope, organisation=None) -> None:
        issued = institutions.token(user, *(scopes or SCOPES), organisation=organisation)
        self.client = Client(headers={"Authorization": f"Bearer {issued.secret}"})

    def get(self, path: str):
        return self.client.get(f"/api/v1/{path}")

    def post(self, path: str, body=None, key: str = ""):
        headers = {"Idempotency-Key": key} if key else {}
        return self.client.post(
            f"/api/v1/{path}", body or {}, content_type="application/json", headers=headers
        )


def told(answer, status=201):
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_case_goes_its_whole_way_over_http():
    company, listing = make.company_listing()
    filed, more = make.filed(), make.filed()
    triager, holder, other = make.officer(), make.officer(), make.officer()
    desk, officer, second = Server(triager), Server(holder), Server(other)
    speaker = Server(institutions.owner_of(company), organisation=company)

    (first, _second) = told(desk.get("reports"), 200)["reports"]
    assert "story" not in first
    told_by = told(desk.get(f"reports/{first['id']}"), 200)
    assert told_by["story"] == "It made pictures of my neighbour."
    opened = {
        "title": "Portraits",
        "severity": 3,
        "jurisdictions": ["IN"],
        "reports": [str(filed.report.pk)],
    }
    key = str(uuid.uuid4())
    case = told(desk.post("cases", opened, key))
    assert told(desk.post("cases", opened, key)) == case
    assert (case["state"], case["is_public"], Case.objects.count()) == ("identifying", False, 1)
    way = f"cases/{case['code']}"
    told(desk.post(f"{way}/reports", {"report": str(more.report.pk)}))
    told(desk.post(f"{way}/identification", {"listing": listing.code}))
    told(desk.post(f"{way}/assignment", {"officer": str(holder.pk)}))
    refused = told(second.post(f"{way}/allegations", {"text": "No."}), 403)
    assert refused["detail"] == "The officer of the case sends the allegation."
    told(officer.post(f"{way}/allegations", {"text": "Restrictions were lost."}))
    (step, *_beside) = told(officer.get(f"{way}/file"), 200)["steps"]
    assert (step["step"], step["refusal"]) == (
        "decide",
        "The company has not answered yet, and its time still runs.",
    )
    assert told(officer.post(f"{way}/decisions", DECISION), 409)["type"].endswith(
        "company-not-heard"
    )
    told(speaker.post(f"{way}/responses", {"stance": "contested", "statement": "No."}))
    decision = told(officer.post(f"{way}/decisions", DECISION))
    assert (decision["kind"], decision["outcome"]) == ("first", "suspend")
    filed_appeal = told(appeal_by(filed.receipt, "Too mild."))
    assert filed_appeal["side"] == "reporter"
    appeal = Case.objects.get().decisions.get().appeals.get().pk
    milder = DECISION | {"outcome": "condition"}
    refused = officer.post(f"cases/appeals/{appeal}/decision", {"reasons": "No."})
    assert told(refused, 409)["type"].endswith("decider-touched-case")
    ended = told(
        second.post(
            f"cases/appeals/{appeal}/decision", {"reasons": "A label is enough.", "changed": milder}
        )
    )

    assert (ended["state"], ended["decision"]) == ("changed", decision["code"])
    (measure,) = Measure.objects.running(now())
    assert (measure.reference, measure.outcome) == (ended["new_decision"], 1)
    public = told(Client().get(f"/api/v1/{way}"), 200)
    assert [row["kind"] for row in public["decisions"]] == ["first", "appeal"]


def appeal_by(receipt, text):
    return Client().post(
        "/api/v1/reports/appeals",
        {"text": text},
        content_type="application/json",
        headers={"Report-Receipt": receipt},
    )


def test_a_review_begins_with_its_questions_and_no_report():
    body = {
        "title": "Terms",
        "severity": 2,
        "jurisdictions": ["IN"],
        "segment": "text-generation",
        "questions": "Which terms are passed on?",
    }
    desk = Server(make.officer())

    case = told(desk.post("cases", body))
    refused = told(Server(make.officer("FR")).post("cases", body), 403)

    assert (case["origin"], case["state"]) == ("own-initiative", "assigned")
    assert refused["detail"] == "A regulator with a mandate for misuse there opens a review."
    assert Case.objects.count() == 1


def test_an_interest_blocks_an_assignment_and_says_so():
    company, listing = make.company_listing()
    case = make.opened(listing=listing)
    member = institutions.membership(make.officer(), company).user

    refused = Server(make.officer()).post(f"cases/{case.code}/assignment", {"officer": member.pk})

    assert told(refused, 409)["type"].endswith("officer-has-conflict")
    assert Case.objects.get().officer is None


def test_an_officer_acts_at_once_and_another_confirms():
    case = make.opened(listing=make.company_listing()[1])
    first, second = Server(make.on_duty()), Server(make.officer())
    body = {
        "case": case.code,
        "outcome": "suspend",
        "jurisdictions": ["IN"],
        "necessity": "People are in danger now.",
    }

    action = told(first.post("urgent-actions", body))
    alone = first.post(f"urgent-actions/{action['id']}/confirmation")
    errands = told(second.get("cases/errands"), 200)["errands"]
    told(second.post(f"urgent-actions/{action['id']}/confirmation"))

    assert told(alone, 409)["type"].endswith("second-officer-needed")
    assert [row["kind"] for row in errands] == ["confirm", "assign"]
    assert UrgentAction.objects.get().state == "confirmed"


def test_an_order_is_recorded_once_and_everyone_reads_it():
    listing = listings.listing()
    body = {
        "listing": listing.code,
        "source": "court",
        "authority": "High Court",
        "rank": "Registrar",
        "provision": "Code, section 151",
        "reference": "CS 12/2026",
        "jurisdictions": ["IN"],
        "outcome": "prohibit",
        "reason": "An injunction.",
        "until_at": "2030-01-01T00:00:00Z",
    }
    desk = Server(make.officer())

    order = told(desk.post("orders", body))
    again = told(desk.post("orders", body), 409)
    (read,) = told(Client().get("/api/v1/orders"), 200)["orders"]

    assert again["type"].endswith("order-already-recorded")
    assert read == order
    assert (read["outcome"], read["listing"]) == ("prohibit", listing.code)


@pytest.mark.parametrize(
    "path", ["reports", "cases/errands", "cases/{code}/file", "reports/{report}"]
)
def test_what_officers_read_needs_office_and_scope(path):
    case, report = make.opened(), make.filed().report
    address = path.format(code=case.code, report=report.pk)
    without_scope = Server(make.officer(), Scope.CASES_WRITE)
    without_office = Server(institutions.person())

    assert told(without_scope.get(address), 403)
    assert told(without_office.get(address), 403)
    assert Client().get(f"/api/v1/{address}").status_code == 401
    assert told(Server(make.officer()).get(address), 200)


def upload(receipt, content, name="note.txt"):
    return Client().post(
        "/api/v1/reports/evidence",
        {"file": SimpleUploadedFile(name, content)},
        headers={"Report-Receipt": receipt},
    )


def test_a_file_is_added_by_receipt_and_handed_out_as_an_attachment_to_officers_alone():
    receipt = make.filed().receipt

    kept = told(upload(receipt, b"A note."))
    assert told(upload(receipt, b"A note.")) == kept
    assert told(upload(receipt, b"<svg onload=alert(1)>", "a.svg"), 400)["type"].endswith(
        "evidence-not-taken"
    )
    assert told(upload("0000", b"A note."), 404)["type"].endswith("receipt-unknown")
    assert told(upload(receipt, b"note" * 1_400_000), 413)
    address = f"reports/evidence/{kept['id']}"
    answer = Server(make.officer()).get(address)

    assert (answer.status_code, answer.content) == (200, b"A note.")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith('attachment; filename="evidence-')
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    assert Server(institutions.person()).get(address).status_code == 403
    assert Evidence.objects.count() == 1
