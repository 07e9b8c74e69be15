import datetime as dt

import pytest

from apps.core.actor import SYSTEM
from apps.core.clock import now
from apps.core.ids import uuid7
from apps.core.jurisdictions import JurisdictionUnknown
from apps.journal.models import RecordedAct
from apps.voting import errors
from apps.voting.models import Ballot, ProcedureSettings
from apps.voting.services import ballot_prepare
from apps.voting.states import BallotState, Procedure
from tests.factories import voting as make

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def prepare(**changes):
    facts = {
        "actor": SYSTEM,
        "question": "Shall proposal 41 become a rule?",
        "text_hash": make.HASH,
        "subject": uuid7(),
        "opens_at": now() + dt.timedelta(days=1),
    }
    return ballot_prepare(**(facts | changes))


def test_a_ballot_keeps_what_its_convener_hands_it():
    subject, person, organisation = uuid7(), uuid7(), uuid7()
    opens_at = now() + dt.timedelta(days=1)

    ballot = prepare(
        subject=subject,
        opens_at=opens_at,
        jurisdictions=["in", "IN", "FR"],
        concerned_people=[person, person],
        concerned_organisations=[organisation],
    )

    kept = Ballot.objects.get(pk=ballot.pk)
    assert kept.state == BallotState.DRAFT
    assert kept.subject == subject
    assert kept.jurisdictions == ["FR", "IN"]
    assert (kept.concerned_people, kept.concerned_organisations) == ([person], [organisation])
    assert kept.closes_at == opens_at + dt.timedelta(days=7)
    act = RecordedAct.objects.get(kind="voting.ballot.prepared")
    assert (act.subject, act.concerns) == (ballot.pk, [subject])


@pytest.mark.parametrize(
    ("procedure", "days", "quorum", "threshold"),
    [
        (Procedure.ORDINARY, 7, "1/3", "1/2"),
        (Procedure.CONSTITUTIONAL, 14, "1/2", "2/3"),
        (Procedure.EMERGENCY, 3, "1/3", "1/2"),
    ],
)
def test_each_procedure_has_its_settings(procedure, days, quorum, threshold):
    ballot = prepare(procedure=procedure)

    settings = ballot.procedure
    assert (settings.open_days, str(settings.quorum), str(settings.threshold)) == (
        days,
        quorum,
        threshold,
    )
    assert ballot.closes_at - ballot.opens_at == dt.timedelta(days=days)
    assert settings.source


@pytest.mark.parametrize(
    ("procedure", "days"),
    [(Procedure.ORDINARY, 7), (Procedure.CONSTITUTIONAL, 14), (Procedure.EMERGENCY, 1)],
)
def test_a_ballot_opens_once_the_notice_of_its_procedure_is_over(procedure, days):
    called_at = now()

    ballot = prepare(procedure=procedure, opens_at=None)

    assert dt.timedelta() <= ballot.opens_at - called_at - dt.timedelta(days=days) < MINUTE
    assert ballot.procedure.notice_source


def test_everywhere_is_no_territory():
    assert prepare(jurisdictions=["*"]).jurisdictions == []


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"question": "  "}, errors.QuestionMissing),
        ({"question": "?" * 301}, errors.QuestionMissing),
        ({"text_hash": "A" * 64}, errors.TextHashMalformed),
        ({"text_hash": "a" * 63}, errors.TextHashMalformed),
        ({"jurisdictions": ["XX"]}, JurisdictionUnknown),
    ],
)
def test_a_ballot_of_no_form_is_refused(changes, refusal):
    with pytest.raises(refusal):
        prepare(**changes)

    assert Ballot.objects.count() == 0


def test_a_ballot_is_never_shorter_than_its_procedure():
    opens_at = now() + dt.timedelta(days=1)
    week = opens_at + dt.timedelta(days=7)

    with pytest.raises(errors.BallotTooShort):
        prepare(opens_at=opens_at, closes_at=week - dt.timedelta(microseconds=1))

    assert prepare(opens_at=opens_at, closes_at=week).closes_at == week


def test_new_settings_hold_for_ballots_that_open_from_their_day():
    old = ProcedureSettings.objects.get(procedure=Procedure.ORDINARY)
    day = now().date() + dt.timedelta(days=10)
    old.valid_until_date = day
    old.save()
    new = ProcedureSettings.objects.create(
        procedure=Procedure.ORDINARY,
        valid_from_date=day,
        quorum_numerator=1,
        quorum_denominator=2,
        threshold_numerator=1,
        threshold_denominator=2,
        open_days=9,
        notice_days=10,
        source="Constitutional ballot B-00001-X",
        notice_source="Constitutional ballot B-00001-X",
    )
    morning = dt.datetime.combine(day, dt.time(), dt.UTC)

    assert prepare(opens_at=morning).procedure == new
    assert prepare(opens_at=morning - dt.timedelta(seconds=1)).procedure == old


def test_a_procedure_without_settings_is_refused():
    with pytest.raises(errors.ProcedureUnsettled):
        prepare(opens_at=dt.datetime(2025, 12, 31, tzinfo=dt.UTC))
