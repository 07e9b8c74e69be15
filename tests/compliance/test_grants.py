import datetime as dt
from dataclasses import replace

import pytest

from apps.compliance.errors import (
    CohortFull,
    GrantEnded,
    GrantTooLong,
    OutsideSandbox,
    TimeNotAhead,
    UseUnknown,
)
from apps.compliance.models import Exemption, IncidentCount, Measure, Sandbox
from apps.compliance.permissions import can_grant, can_set_measures
from apps.compliance.services import (
    ExemptionDraft,
    MeasureDraft,
    SandboxDraft,
    exemption_end,
    exemption_grant,
    incident_close,
    incident_count,
    measure_impose,
    measure_lift,
    sandbox_end,
    sandbox_grant,
)
from apps.compliance.states import IncidentBasis, MeasureSource
from apps.core.actor import ANONYMOUS, OPERATOR, SYSTEM
from apps.core.clock import now
from apps.core.errors import NotPermitted
from apps.institutions.offices import Office, Subject
from apps.institutions.sectors import Sector
from apps.policy.engine import Outcome
from tests.factories import institutions, listings, policy

pytestmark = pytest.mark.django_db


def regulator(place="IN"):
    return institutions.actor(institutions.regulator(place))


def sandbox_draft(**changes):
    facts = {
        "name": "Health trial",
        "jurisdictions": ["IN"],
        "uses": ["medical"],
        "cohort_cap": 1,
        "exit_plan": "All offers end with the trial.",
        "legal_basis": "Guidelines, section 4",
        "until_at": now() + dt.timedelta(days=180),
    }
    return SandboxDraft(**(facts | changes))


def exemption_draft(**changes):
    facts = {
        "rule": policy.entered().rule if "rule" not in changes else None,
        "listing": listings.listing() if "listing" not in changes else None,
        "reason": "A supervised trial.",
        "until_at": now() + dt.timedelta(days=90),
        "jurisdictions": ["IN"],
        "uses": ["medical"],
    }
    return ExemptionDraft(**(facts | changes))


def measure_draft(**changes):
    facts = {
        "listing": listings.listing() if "listing" not in changes else None,
        "outcome": Outcome.SUSPEND,
        "source": MeasureSource.DECISION,
        "reference": "C-00007-A",
        "reason": "Decided.",
        "jurisdictions": [],
        "uses": [],
    }
    return MeasureDraft(**(facts | changes))


@pytest.mark.parametrize(
    ("who", "granting", "measures"),
    [
        (lambda: ANONYMOUS, False, False),
        (lambda: OPERATOR, False, False),
        (lambda: SYSTEM, False, True),
        (lambda: institutions.actor(institutions.person()), False, False),
        (lambda: institutions.actor(institutions.officer(Office.CLERK)), False, False),
        (lambda: institutions.actor(institutions.officer(Office.REGISTRAR)), False, False),
        (lambda: institutions.actor(institutions.administrator()), False, False),
        (
            lambda: institutions.actor(institutions.officer(Office.CHAIR, sector=Sector.SAMAJ)),
            False,
            False,
        ),
        (lambda: institutions.actor(institutions.seated(Sector.SARKAR).user), False, False),
        (lambda: regulator("IN"), True, True),
        (lambda: regulator("FR"), False, False),
        (lambda: regulator("*"), True, True),
        (
            lambda: institutions.actor(institutions.regulator("IN", Subject.MISUSE)),
            False,
            False,
        ),
        (
            lambda: institutions.actor(institutions.regulator("IN"), second_factor=False),
            False,
            False,
        ),
        (
            lambda: institutions.actor(institutions.suspended(institutions.regulator("IN"))),
            False,
            False,
        ),
    ],
)
def test_who_may_grant_and_set_measures_in_india(who, granting, measures):
    actor = who()

    assert can_grant(actor, ["IN"]) is granting
    assert can_set_measures(actor, ["IN"]) is measures


def test_a_sandbox_is_granted_within_the_mandate_only():
    sandbox = sandbox_grant(actor=regulator("IN"), draft=sandbox_draft())

    with pytest.raises(NotPermitted):
        sandbox_grant(actor=regulator("FR"), draft=sandbox_draft())

    assert Sandbox.objects.get() == sandbox
    assert sandbox.code.startswith("S-")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"uses": ["gardening"]}, UseUnknown),
        ({"until_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, TimeNotAhead),
        ({"until_at": dt.datetime(2040, 1, 1, tzinfo=dt.UTC)}, GrantTooLong),
    ],
)
def test_a_sandbox_names_known_uses_and_an_end(change, refusal):
    with pytest.raises(refusal):
        sandbox_grant(actor=regulator(), draft=sandbox_draft(**change))

    assert Sandbox.objects.count() == 0


def test_an_exemption_reaches_as_far_as_its_sandbox_and_no_farther():
    actor = regulator("*")
    sandbox = sandbox_grant(actor=actor, draft=sandbox_draft())
    draft = exemption_draft(sandbox=sandbox, jurisdictions=[], uses=[])

    for change in (
        {"jurisdictions": ["FR"]},
        {"uses": ["research"]},
        {"until_at": now() + dt.timedelta(days=200)},
    ):
        with pytest.raises(OutsideSandbox):
            exemption_grant(actor=actor, draft=replace(draft, **change))
    exemption = exemption_grant(actor=actor, draft=draft)

    assert (exemption.jurisdictions, exemption.uses) == (["IN"], ["medical"])
    assert Exemption.objects.count() == 1


def test_a_sandbox_has_room_for_its_cohort_only():
    actor = regulator()
    sandbox = sandbox_grant(actor=actor, draft=sandbox_draft(cohort_cap=1))
    first = exemption_grant(actor=actor, draft=exemption_draft(sandbox=sandbox))

    with pytest.raises(CohortFull):
        exemption_grant(actor=actor, draft=exemption_draft(sandbox=sandbox, rule=first.rule))

    assert Exemption.objects.count() == 1


def test_exemptions_end_with_their_sandbox():
    actor = regulator()
    sandbox = sandbox_grant(actor=actor, draft=sandbox_draft())
    exemption = exemption_grant(actor=actor, draft=exemption_draft(sandbox=sandbox))

    sandbox_end(actor=actor, sandbox=sandbox)

    exemption.refresh_from_db()
    assert exemption.ended_at is not None
    with pytest.raises(GrantEnded):
        sandbox_end(actor=actor, sandbox=sandbox)
    with pytest.raises(GrantEnded):
        exemption_end(actor=actor, exemption=exemption)


def test_an_exemption_is_taken_back_by_a_regulator_of_the_place():
    exemption = exemption_grant(actor=regulator(), draft=exemption_draft())

    with pytest.raises(NotPermitted):
        exemption_end(actor=regulator("FR"), exemption=exemption)
    assert Exemption.objects.get().ended_at is None

    assert exemption_end(actor=regulator(), exemption=exemption).ended_at is not None


def test_a_decision_sets_its_measure_once():
    draft = measure_draft()

    first = measure_impose(actor=SYSTEM, draft=draft)
    second = measure_impose(actor=SYSTEM, draft=draft)

    assert first == second
    assert Measure.objects.count() == 1
    with pytest.raises(NotPermitted):
        measure_impose(actor=OPERATOR, draft=measure_draft())
    assert measure_lift(actor=SYSTEM, measure=first).ended_at is not None
    with pytest.raises(GrantEnded):
        measure_lift(actor=SYSTEM, measure=first)


def test_a_case_counts_once_and_until_it_is_closed():
    listing = listings.listing()
    told = {"listing": listing, "reference": "C-1", "severity": 4, "basis": IncidentBasis.DECIDED}

    first = incident_count(actor=SYSTEM, **told)
    assert incident_count(actor=SYSTEM, **told) == first
    with pytest.raises(NotPermitted):
        incident_count(actor=institutions.actor(institutions.person()), **told)

    assert incident_close(actor=SYSTEM, incident=first).until_at is not None
    with pytest.raises(GrantEnded):
        incident_close(actor=SYSTEM, incident=first)
    assert IncidentCount.objects.count() == 1
