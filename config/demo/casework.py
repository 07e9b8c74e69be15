"""Reports and cases of the demonstration, each case in another state.

Every one of them is about an invented model of an invented company, or about a thing of which
nobody knows the model.
"""

import datetime as dt
import json
import uuid
from functools import cache
from pathlib import Path
from typing import Any

from apps.cases.models import Case, MisuseReport
from apps.cases.services import (
    Answer,
    CaseDraft,
    DecisionDraft,
    FiledReport,
    OrderDraft,
    ReportDraft,
    allegation_send,
    appeal_file,
    case_assign,
    case_open,
    decision_issue,
    order_record,
    report_file,
    response_give,
    review_open,
    urgent_act,
)
from apps.cases.states import Ground, Ongoing, Stance
from apps.compliance.states import MeasureSource
from apps.core.actor import ANONYMOUS
from apps.core.clock import now
from apps.listings.models import Listing
from apps.policy.engine import Outcome
from apps.policy.models import RuleVersion
from apps.policy.states import RuleState
from config.demo.law import rule_titled, title_of
from config.demo.people import Cast

FILE = Path(__file__).with_name("reports.json")
KEYS = uuid.UUID("5a06a11d-0000-4000-8000-000000000000")
CLINIC, SPEECH, GATE = "kaveri/kaveri-clinic", "kaveri/kaveri-speech", "fjord/fjord-gate"
HINDI, VISION = "kaveri/kaveri-7b-hi", "fjord/fjord-vision"


def report(*names: str) -> list[MisuseReport]:
    """Let people report without a name; return the reports."""
    return [filed(name).report for name in names]


def filed(name: str) -> FiledReport:
    """File one report under a key of its own: said again it is found again, with its receipt."""
    told = reports_told()[name]
    draft = ReportDraft(
        thing=told["thing"],
        story=told["story"],
        harms=told["harms"],
        good_faith=True,
        listing=_listing(told["listing"]) if "listing" in told else None,
        ongoing=told.get("ongoing", Ongoing.UNKNOWN),
        language=told.get("language", "en"),
        jurisdiction=told.get("jurisdiction", "IN"),
    )
    return report_file(actor=ANONYMOUS, draft=draft, sent_key=str(uuid.uuid5(KEYS, name)))


def open_first(cast: Cast) -> Case:
    """Open the two cases that are decided later; return the one on the clinic."""
    clinic = _opened(cast, "in", "A dose named without a doctor", CLINIC, 4, "dose", "dose-hi")
    speech = _opened(cast, "in", "Dialects written down as nonsense", SPEECH, 2, "ration")
    for case in (clinic, speech):
        case_assign(actor=cast.actor("in"), case=case, officer=cast.users["in"])
    return clinic


def allege_first(cast: Cast) -> None:
    """Ask the company about both."""
    _alleged(cast, "in", CLINIC, "Doses were named to patients, and no doctor read them first.")
    _alleged(cast, "in", SPEECH, "It serves offices in dialects in which it was never tested.")


def answer_first(cast: Cast) -> None:
    """Let the company answer both."""
    _answered(cast, "owner", CLINIC, Stance.PARTLY, "Two clinics had switched the review off.")
    _answered(cast, "owner", SPEECH, Stance.CONTESTED, "We tested it in eleven dialects.")


def decide_clinic(cast: Cast) -> None:
    """Decide the first case under a rule in force."""
    rule = rule_titled(title_of("medical"))
    version = RuleVersion.objects.get(rule=rule, state=RuleState.IN_FORCE)
    draft = DecisionDraft(
        outcome=Outcome.RESTRICT,
        ground=Ground.RULE,
        rule_version=version,
        facts="In two clinics results reached patients unread. The company ended it in a week.",
        reasons="The rule asks that a qualified person reviews each result.",
        milder="A notice alone was shown before, and it was not read.",
        jurisdictions=["IN"],
        uses=["medical"],
        until_at=now() + dt.timedelta(days=365),
    )
    decision_issue(actor=cast.actor("in"), case=_case(CLINIC), draft=draft)


def decide_speech(cast: Cast) -> None:
    """Decide the second, on the ground of the listing's own terms."""
    draft = DecisionDraft(
        outcome=Outcome.CONDITION,
        ground=Ground.LICENCE,
        facts="Of the eleven dialects that were tested, the one of the report is none.",
        reasons="The listing promises three languages and names no limits of dialect.",
        milder="Nothing milder would tell an office before it relies on the result.",
        jurisdictions=["IN"],
        uses=["public-services"],
    )
    decision_issue(actor=cast.actor("in"), case=_case(SPEECH), draft=draft)


def portraits(cast: Cast) -> None:
    """Open a case in the European Union and ask the company."""
    case = _opened(cast, "eu", "Pictures of a person sold as real", VISION, 3, "portrait")
    case_assign(actor=cast.actor("eu"), case=case, officer=cast.users["eu"])
    _alleged(cast, "eu", VISION, "Pictures of a living person were sold without a mark.")


def follow_up(cast: Cast) -> None:
    """Let companies answer and appeal, and officers begin a review and one more case."""
    _answered(cast, "fjord", VISION, Stance.PARTLY, "The mark was cut off by a reseller.")
    text = "The dialect is a register of Hindi, and Hindi was tested. We ask for another officer."
    appeal_file(actor=cast.actor("owner"), case=_case(SPEECH), text=text)
    draft = CaseDraft(
        title="Face recognition at gates",
        severity=3,
        jurisdictions=["GB", "DE"],
        segment="face-recognition",
        questions="Who can overrule a gate, how long does it take, and who keeps the pictures?",
    )
    review_open(actor=cast.actor("registry"), draft=draft)
    case = _opened(cast, "in", "A reading helper that insults", HINDI, 3, "insult")
    case_assign(actor=cast.actor("in"), case=case, officer=cast.users["in"])


def recent(cast: Cast) -> None:
    """Send an allegation, and leave cases assigned, triaged, and about a thing not known yet."""
    _alleged(cast, "in", HINDI, "Asked about caste in Hindi, it insults those who ask.")
    gates = _opened(cast, "eu", "People held at a factory gate", GATE, 3, "turnstile")
    case_assign(actor=cast.actor("eu"), case=gates, officer=cast.users["eu"])
    _opened(cast, "in", "Older people wait longer", CLINIC, 2, "queue")
    _opened(cast, "in", "Calls in the voice of a relative", "", 4, "call", "call-hi")


def order(cast: Cast) -> None:
    """Record an order of a court on an invented listing."""
    draft = OrderDraft(
        listing=_listing(GATE),
        source=MeasureSource.COURT,
        authority="Administrative Court of Nordstadt (invented)",
        rank="court of first instance",
        provision="Data protection act, section 12 (invented)",
        reference="Order 17/2026 (invented)",
        jurisdictions=["DE"],
        outcome=Outcome.SUSPEND,
        reason="Suspended until its maker publishes a register of uses (invented).",
        until_at=now() + dt.timedelta(days=90),
    )
    order_record(actor=cast.actor("eu"), draft=draft)


def act_urgently(cast: Cast) -> None:
    """Let one officer act at once; a second has a day to confirm it."""
    urgent_act(
        actor=cast.actor("eu"),
        case=_case(GATE),
        outcome=Outcome.SUSPEND,
        jurisdictions=["EU"],
        necessity="People are held at the gate again this morning, and nobody can open it.",
    )


@cache
def reports_told() -> dict[str, dict[str, Any]]:
    """Return what people report, by the name of the report in the file."""
    rows = json.loads(FILE.read_text("utf-8"))["reports"]
    return {row["name"]: row for row in rows}


def _opened(
    cast: Cast, officer: str, title: str, listing: str, severity: int, *reports: str
) -> Case:
    places = ["DE"] if officer == "eu" else ["IN"]
    draft = CaseDraft(
        title=title,
        severity=severity,
        jurisdictions=places,
        listing=_listing(listing) if listing else None,
        reports=[row.pk for row in report(*reports)],
    )
    return case_open(actor=cast.actor(officer), draft=draft)


def _alleged(cast: Cast, officer: str, listing: str, text: str) -> None:
    allegation_send(actor=cast.actor(officer), case=_case(listing), text=text)


def _answered(cast: Cast, key: str, listing: str, stance: Stance, statement: str) -> None:
    answer = Answer(stance=stance, statement=f"{statement} (Invented for this demonstration.)")
    response_give(actor=cast.actor(key), case=_case(listing), answer=answer)


def _case(listing: str) -> Case:
    """Return the first case about a listing."""
    rows = Case.objects.filter(listing=_listing(listing)).order_by("opened_at", "id")
    return rows[0]


def _listing(external_id: str) -> Listing:
    return Listing.objects.get(source="demo", external_id=external_id)
