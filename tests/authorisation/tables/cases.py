"""Casework: anyone reports and reads; officers for misuse work; the company answers."""

import uuid

from django.core.files.base import ContentFile

from tests.authorisation.roles import BARRED, COMPANIES, COMPANY_A, EVERYONE, Role
from tests.authorisation.rows import Row, Sent, World

OPEN = {200: EVERYONE - BARRED}
HOLDER = {Role.RECEIPT}
OTHERS = EVERYONE - BARRED - HOLDER
OFFICER = {Role.REGULATOR}
REPORT = {
    "form_key": str(uuid.uuid4()),
    "thing": "A portrait app",
    "story": "It made pictures of my neighbour.",
    "harms": "harassed",
    "ongoing": "yes",
    "voice": "anonymous",
    "good_faith": "on",
}
KEY = {"Idempotency-Key": str(uuid.uuid4())}
ANSWER = {"stance": "contested", "statement": "They were carried."}
REVIEW = {
    "title": "Which terms are passed on",
    "segment": "text-generation",
    "questions": "Which terms are passed on?",
    "severity": 2,
    "jurisdictions": "IN",
}
ORDER = {
    "source": "court",
    "authority": "High Court",
    "rank": "Registrar",
    "provision": "Code, section 151",
    "reference": "CS 12/2026",
    "jurisdictions": "IN",
    "outcome": "3",
    "reason": "An injunction.",
    "until": "2030-01-01T00:00",
}
DECISION = {
    "outcome": "suspend",
    "ground": "licence",
    "facts": "The card named MIT.",
    "reasons": "The licence binds whoever passes the model on.",
    "milder": "A label would not stop new copies.",
    "jurisdictions": ["IN"],
}
WRITERS = COMPANY_A | {Role.TOKEN}


def thing(name: str, part: str = "code"):
    return lambda world: {part: world.things[name]}


def note(_world: World) -> dict:
    return {"file": ContentFile(b"It happened twice.", name="note.txt")}


def contesting(world: World) -> dict:
    return {
        "rule": world.things["contesting"],
        "ground": "exemption",
        "statement": "It is tested by hand.",
    }


def contesting_over_http(world: World) -> dict:
    return contesting(world) | {"listing": world.things["own_listing"], "rule_version": 1}


ROWS = {
    "samaj:dashboard": Row(get=OPEN),
    "samaj:report": Row(get=OPEN, post=Sent(REPORT, {201: EVERYONE - BARRED})),
    "samaj:answers": Row(get=OPEN, post=Sent({}, {200: HOLDER, 400: OTHERS})),
    "samaj:evidence": Row(receipt="receipt_waiting", post=Sent(note, {200: HOLDER, 404: OTHERS})),
    "samaj:appeal": Row(post=Sent({"text": "Too mild."}, {200: HOLDER, 404: OTHERS})),
    "commons:cases": Row(get=OPEN),
    "commons:orders": Row(get=OPEN),
    "commons:case": Row(at=thing("case_decided"), get=OPEN),
    "bazaar:cases": Row(get={200: COMPANIES}),
    "bazaar:case_answer": Row(at=thing("case_alleged"), post=Sent(ANSWER, {302: COMPANY_A})),
    "bazaar:case_appeal": Row(
        at=thing("case_decided"), post=Sent({"text": "Too hard."}, {302: COMPANY_A})
    ),
    "bazaar:contest_file": Row(
        at=thing("own_listing"), get={200: COMPANY_A}, post=Sent(contesting, {302: COMPANY_A})
    ),
    "bazaar:contests": Row(get={200: COMPANIES}),
    "bazaar:contest": Row(at=thing("contest"), get={200: COMPANY_A}),
    "bazaar:contest_withdraw": Row(at=thing("contest"), post={302: COMPANY_A}),
    "sarkar:contests": Row(get={200: OFFICER}),
    "sarkar:contest": Row(at=thing("contest"), get={200: OFFICER}),
    "sarkar:contest_stay": Row(
        at=thing("contest"), post=Sent({"granted": "yes", "reasons": "Yes."}, {302: OFFICER})
    ),
    "sarkar:contest_rule": Row(
        at=thing("contest"), post=Sent({"upheld": "no", "reasons": "No."}, {302: OFFICER})
    ),
    "api-contests": Row(get=OPEN, post=Sent(contesting_over_http, {201: WRITERS})),
    "api-contest": Row(at=thing("contest"), get=OPEN),
    "api-contest-withdrawal": Row(at=thing("contest"), post=Sent({}, {201: WRITERS})),
    "api-contest-stay": Row(
        at=thing("contest"), post=Sent({"granted": True, "reasons": "Yes."}, {201: OFFICER})
    ),
    "api-contest-ruling": Row(
        at=thing("contest"), post=Sent({"upheld": False, "reasons": "No."}, {201: OFFICER})
    ),
    "sarkar:cases": Row(get={200: OFFICER}),
    "sarkar:report": Row(
        at=thing("report", "report"),
        get={200: OFFICER},
        post=Sent({"title": "Portraits", "severity": 3, "jurisdictions": "IN"}, {302: OFFICER}),
    ),
    "sarkar:report_link": Row(
        at=thing("report", "report"),
        post=Sent(lambda world: {"case": world.things["case_triaged"]}, {302: OFFICER}),
    ),
    "sarkar:review_start": Row(get={200: OFFICER}, post=Sent(REVIEW, {302: OFFICER})),
    "sarkar:order_record": Row(
        get={200: OFFICER},
        post=Sent(lambda world: ORDER | {"listing": world.things["listing"]}, {302: OFFICER}),
    ),
    # An urgent act of another officer, of a listing that this one has no interest in.
    "sarkar:urgent_confirm": Row(at=thing("urgent", "action"), post=Sent({}, {302: OFFICER})),
    "sarkar:evidence": Row(at=thing("evidence", "evidence"), get={200: OFFICER}),
    "sarkar:case": Row(at=thing("case_triaged"), get={200: OFFICER}),
    "sarkar:case_step": Row(
        at=lambda world: {"code": world.things["case_triaged"], "step": "assign"},
        post=Sent(lambda world: {"officer": world.people[Role.REGULATOR].pk}, {302: OFFICER}),
    ),
    "sarkar:appeal": Row(
        at=thing("appeal", "appeal"),
        get={200: OFFICER},
        post=Sent({"reasons": "It stands."}, {302: OFFICER}),
    ),
    "api-reports": Row(
        get={200: OFFICER},
        post=Sent(REPORT | {"harms": ["harassed"]}, {201: EVERYONE - BARRED}, headers=KEY),
    ),
    "api-report-status": Row(get={200: HOLDER, 404: OTHERS}),
    "api-report-evidence": Row(
        receipt="receipt_waiting", post=Sent(note, {201: HOLDER, 404: OTHERS}, as_form=True)
    ),
    "api-report-appeals": Row(post=Sent({"text": "Too mild."}, {201: HOLDER, 404: OTHERS})),
    "api-report": Row(at=thing("report", "report"), get={200: OFFICER}),
    "api-evidence": Row(at=thing("evidence", "evidence"), get={200: OFFICER}),
    "api-cases": Row(get=OPEN, post=Sent(REVIEW | {"jurisdictions": ["IN"]}, {201: OFFICER})),
    "api-case-errands": Row(get={200: OFFICER}),
    "api-case-file": Row(at=thing("case_triaged"), get={200: OFFICER}),
    "api-case-assignment": Row(
        at=thing("case_triaged"),
        post=Sent(lambda world: {"officer": world.people[Role.REGULATOR].pk}, {201: OFFICER}),
    ),
    "api-case-identification": Row(
        at=thing("case_unknown"),
        post=Sent(lambda world: {"listing": world.things["listing"]}, {201: OFFICER}),
    ),
    "api-case-reports": Row(
        at=thing("case_triaged"),
        post=Sent(lambda world: {"report": world.things["report"]}, {201: OFFICER}),
    ),
    "api-case-allegations": Row(
        at=thing("case_held"), post=Sent({"text": "Restrictions were lost."}, {201: OFFICER})
    ),
    "api-case-decisions": Row(at=thing("case_heard"), post=Sent(DECISION, {201: OFFICER})),
    "api-appeal-decision": Row(
        at=thing("appeal", "appeal"), post=Sent({"reasons": "It stands."}, {201: OFFICER})
    ),
    "api-orders": Row(
        get=OPEN,
        post=Sent(
            lambda world: (
                ORDER
                | {
                    "listing": world.things["listing"],
                    "jurisdictions": ["IN"],
                    "outcome": "suspend",
                    "until_at": "2030-01-01T00:00:00Z",
                }
            ),
            {201: OFFICER},
        ),
    ),
    "api-urgent-actions": Row(
        post=Sent(
            lambda world: {
                "case": world.things["case_triaged"],
                "outcome": "suspend",
                "jurisdictions": ["IN"],
                "necessity": "People are in danger now.",
            },
            {201: OFFICER},
        )
    ),
    "api-urgent-confirmation": Row(at=thing("urgent", "action"), post=Sent({}, {201: OFFICER})),
    "api-case": Row(at=thing("case_decided"), get=OPEN),
    "api-case-responses": Row(at=thing("case_alleged"), post=Sent(ANSWER, {201: WRITERS})),
    "api-case-appeals": Row(
        at=thing("case_decided"), post=Sent({"text": "Too hard."}, {201: WRITERS})
    ),
}
