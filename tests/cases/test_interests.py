"""An interest declared by a code bars an officer, a decider of an appeal and a reader alike."""

import pytest

from apps.cases import errors
from apps.cases.permissions import conflicted, must_read_case, must_read_report
from apps.cases.services import (
    appeal_decide,
    appeal_file,
    case_assign,
    case_open,
    urgent_act,
)
from apps.core.errors import NotPermitted
from apps.institutions.services import conflict_declare, conflict_withdraw
from apps.policy.engine import Outcome
from tests.factories import cases as make
from tests.factories import institutions

pytestmark = pytest.mark.django_db
CODES = {
    "case": lambda case: case.code,
    "decision": lambda case: case.decisions.get().code,
    "listing": lambda case: case.listing.code,
    "provider": lambda case: case.listing.provider.code,
}


def interested(code):
    """An officer who declared an interest in what has this code."""
    officer = make.officer()
    conflict_declare(actor=institutions.actor(officer), interest="A brother.", matter=code)
    return officer


@pytest.mark.parametrize("matter", ["case", "listing", "provider"])
def test_who_declared_an_interest_by_a_code_gets_no_case(matter):
    case = make.opened(listing=make.company_listing()[1])
    officer = interested(CODES[matter](case))
    actor = institutions.actor(officer)

    with pytest.raises(errors.OfficerHasConflict):
        case_assign(actor=institutions.actor(make.officer()), case=case, officer=officer)
    with pytest.raises(errors.OfficerHasConflict):
        urgent_act(
            actor=actor,
            case=case,
            outcome=Outcome.SUSPEND,
            jurisdictions=["IN"],
            necessity="People are in danger now.",
        )
    with pytest.raises(NotPermitted):
        must_read_case(actor, case)

    assert not case.urgent_actions.exists()


@pytest.mark.parametrize("matter", CODES)
def test_who_declared_an_interest_by_a_code_decides_no_appeal(matter):
    case = make.decided().case
    appeal = appeal_file(actor=make.speaker(case), case=case, text="The card was changed.")
    officer = interested(CODES[matter](case))

    with pytest.raises(errors.OfficerHasConflict):
        appeal_decide(actor=institutions.actor(officer), appeal=appeal, reasons="It stands.")

    appeal.refresh_from_db()
    assert appeal.state == "filed"


def test_who_declared_an_interest_in_a_listing_neither_reads_its_reports_nor_makes_cases_of_them():
    _company, listing = make.company_listing()
    report = make.filed(listing=listing).report
    actor = institutions.actor(interested(listing.code))

    with pytest.raises(NotPermitted):
        must_read_report(actor, report)
    with pytest.raises(errors.OfficerHasConflict):
        case_open(actor=actor, draft=make.case_draft(listing=listing, reports=[report.pk]))


def test_an_interest_in_a_sister_of_the_company_is_one_in_the_company():
    company = institutions.organisation(owner_group="North")
    owner = institutions.actor(institutions.owner_of(company))
    listing = make.listings.listing(actor=owner, organisation=company)
    case, officer = make.opened(listing=listing), make.officer()

    conflict_declare(
        actor=institutions.actor(officer),
        interest="Shares.",
        organisation=institutions.organisation(owner_group="North"),
    )

    assert conflicted(officer.pk, case)


def test_an_interest_elsewhere_or_withdrawn_bars_nobody():
    case, other = make.opened(listing=make.company_listing()[1]), make.opened()
    officer = interested(other.code)
    actor = institutions.actor(officer)
    declared = conflict_declare(actor=actor, interest="Shares.", matter=case.listing.code)
    conflict_withdraw(actor=actor, declaration=declared)

    assert not conflicted(officer.pk, case)
