"""Casework: anyone reports and reads; officers for misuse work; the company answers."""

import uuid

from tests.authorisation.roles import BARRED, COMPANIES, COMPANY_A, EVERYONE, Role
from tests.authorisation.rows import Row, Sent, World

OPEN = {200: EVERYONE - BARRED}
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
ANSWER = {"stance": "contested", "statement": "They were carried."}
WRITERS = COMPANY_A | {Role.TOKEN}


def thing(name: str, part: str = "code"):
    return lambda world: {part: world.things[name]}


def receipt(world: World) -> dict:
    return {"receipt": world.things["receipt"]}


ROWS = {
    "samaj:dashboard": Row(get=OPEN),
    "samaj:report": Row(get=OPEN, post=Sent(REPORT, {201: EVERYONE - BARRED})),
    "samaj:answers": Row(get=OPEN, post=Sent(receipt, OPEN)),
    "samaj:appeal": Row(
        post=Sent(lambda world: receipt(world) | {"text": "Too mild."}, OPEN),
    ),
    "commons:cases": Row(get=OPEN),
    "commons:orders": Row(get=OPEN),
    "commons:case": Row(at=thing("case_decided"), get=OPEN),
    "bazaar:cases": Row(get={200: COMPANIES}),
    "bazaar:case_answer": Row(at=thing("case_alleged"), post=Sent(ANSWER, {302: COMPANY_A})),
    "bazaar:case_appeal": Row(
        at=thing("case_decided"), post=Sent({"text": "Too hard."}, {302: COMPANY_A})
    ),
    "sarkar:cases": Row(get={200: OFFICER}),
    "sarkar:report": Row(
        at=thing("report", "report"),
        get={200: OFFICER},
        post=Sent({"title": "Portraits", "severity": 3, "jurisdictions": "IN"}, {302: OFFICER}),
    ),
    "sarkar:evidence": Row(at=thing("evidence", "evidence"), get={200: OFFICER}),
    "sarkar:case": Row(
        at=thing("case_triaged"),
        get={200: OFFICER},
        post=Sent(lambda world: {"officer": world.people[Role.REGULATOR].pk}, {302: OFFICER}),
    ),
    "sarkar:appeal": Row(
        at=thing("appeal", "appeal"),
        get={200: OFFICER},
        post=Sent({"reasons": "It stands."}, {302: OFFICER}),
    ),
    # Without its random key a report is refused, and without a receipt there is no report.
    "api-reports": Row(post=Sent(REPORT | {"harms": ["harassed"]}, {400: EVERYONE - BARRED})),
    "api-report-status": Row(get={404: EVERYONE - BARRED}),
    "api-cases": Row(get=OPEN),
    "api-case": Row(at=thing("case_decided"), get=OPEN),
    "api-case-responses": Row(at=thing("case_alleged"), post=Sent(ANSWER, {201: WRITERS})),
    "api-case-appeals": Row(
        at=thing("case_decided"), post=Sent({"text": "Too hard."}, {201: WRITERS})
    ),
}
