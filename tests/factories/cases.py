"""Reports, cases and decisions for tests, each made by casework's own services."""

import datetime as dt
import itertools
import uuid

from apps.cases.models import Case, Decision, ExternalOrder
from apps.cases.services import (
    CaseDraft,
    DecisionDraft,
    FiledReport,
    OrderDraft,
    ReportDraft,
    SentFile,
    allegation_send,
    case_assign,
    case_open,
    decision_issue,
    order_record,
    report_file,
)
from apps.cases.services.hearing import Answer, response_give
from apps.cases.states import Ground, Harm, Stance
from apps.compliance.states import MeasureSource
from apps.core.actor import ANONYMOUS, Actor
from apps.core.clock import now
from apps.institutions.models import Organisation, User
from apps.institutions.offices import Subject
from apps.listings.models import Listing
from apps.policy.engine import Outcome
from tests.factories import institutions, listings

numbers = itertools.count(1)


def officer(place: str = "IN") -> User:
    """A regulator with a mandate for misuse."""
    return institutions.regulator(place, Subject.MISUSE)


def on_duty(place: str = "IN") -> User:
    """A regulator with a mandate for misuse who is on duty for a year."""
    user = officer(place)
    institutions.shift(user, place)
    return user


def report_draft(**changes: object) -> ReportDraft:
    """What someone says, whole."""
    facts = {
        "thing": "A portrait app",
        "story": "It made pictures of my neighbour.",
        "harms": [Harm.HARASSED],
        "good_faith": True,
    }
    return ReportDraft(**(facts | changes))


def note(content: bytes = b"A note.", name: str = "note.txt") -> SentFile:
    """A file as it is sent."""
    return SentFile(name, content)


def filed(*, actor: Actor = ANONYMOUS, **changes: object) -> FiledReport:
    """A report, and its receipt."""
    return report_file(actor=actor, draft=report_draft(**changes), sent_key=str(uuid.uuid4()))


def ordered(**changes: object) -> ExternalOrder:
    """An order of a government, recorded."""
    facts = {
        "listing": listings.listing(),
        "source": MeasureSource.GOVERNMENT,
        "authority": "Ministry of Electronics",
        "rank": "Joint Secretary",
        "provision": "IT Act 2000, section 69A",
        "reference": f"F.{next(numbers)}/2026",
        "jurisdictions": ["IN"],
        "outcome": Outcome.PROHIBIT,
        "reason": "Public order.",
        "until_at": now() + dt.timedelta(days=30),
    }
    actor = institutions.actor(officer())
    return order_record(actor=actor, draft=OrderDraft(**(facts | changes)))


def company_listing() -> tuple[Organisation, Listing]:
    """A company, and a listing that it keeps."""
    company = institutions.organisation()
    owner = institutions.actor(institutions.owner_of(company))
    return company, listings.listing(actor=owner, organisation=company)


def case_draft(**changes: object) -> CaseDraft:
    """What a case is about, without reports."""
    facts = {"title": f"Matter {next(numbers)}", "severity": 3, "jurisdictions": ["IN"]}
    return CaseDraft(**(facts | changes))


def opened(*, listing: Listing | None = None, **changes: object) -> Case:
    """A case of one report."""
    facts = {"listing": listing, "reports": [filed().report.pk]}
    draft = case_draft(**(facts | changes))
    return case_open(actor=institutions.actor(officer()), draft=draft)


def assigned(listing: Listing | None = None) -> Case:
    """A case with an officer."""
    case = opened(listing=listing or company_listing()[1])
    return case_assign(actor=institutions.actor(officer()), case=case, officer=officer())


def given(case: Case, placer: User, holder: User) -> Case:
    """A case that someone gave to an officer."""
    return case_assign(actor=institutions.actor(placer), case=case, officer=holder)


def held_by(case: Case) -> Actor:
    """The officer of a case."""
    return institutions.actor(User.objects.get(pk=case.officer_id))


def alleged(listing: Listing | None = None) -> Case:
    """A case whose company was asked."""
    case = assigned(listing)
    return allegation_send(actor=held_by(case), case=case, text="Restrictions were lost.").case


def speaker(case: Case) -> Actor:
    """The owner of the company that a case is about."""
    return institutions.actor(institutions.owner_of(case.listing.brought_by))


def answered(listing: Listing | None = None) -> Case:
    """A case whose company has answered."""
    case = alleged(listing)
    answer = Answer(stance=Stance.CONTESTED, statement="They were carried.", confidential="Key.")
    response_give(actor=speaker(case), case=case, answer=answer)
    return Case.objects.get(pk=case.pk)


def decision_draft(**changes: object) -> DecisionDraft:
    """A decision that suspends, on the ground of the licence."""
    facts = {
        "outcome": Outcome.SUSPEND,
        "ground": Ground.LICENCE,
        "facts": "The card named MIT.",
        "reasons": "The licence binds whoever passes the model on.",
        "milder": "A label would not stop new copies.",
        "jurisdictions": ["IN"],
    }
    return DecisionDraft(**(facts | changes))


def decided(**changes: object) -> Decision:
    """A first decision."""
    return decided_of(None, **changes)


def decided_of(listing: Listing | None, **changes: object) -> Decision:
    """A first decision on a listing."""
    case = answered(listing)
    return decision_issue(actor=held_by(case), case=case, draft=decision_draft(**changes))
