import pytest

from apps.core.actor import ANONYMOUS, SYSTEM
from apps.core.errors import Invalid, MoveRefused, NotPermitted
from apps.institutions.models import User
from apps.institutions.offices import Office
from apps.journal.selectors import acts_after
from apps.journal.services import sequence
from apps.policy.errors import ClauseUnknown, DivergenceOpen
from apps.policy.models import Divergence
from apps.policy.selectors import divergences_of, rules_owed
from apps.policy.services import divergence_answer, divergence_file, rule_enact
from apps.policy.states import DIVERGENCE, DivergenceState, StatuteKind
from tests.factories import institutions
from tests.factories.policy import entered, rule_draft
from tests.sarkar.signing import signed_in

pytestmark = pytest.mark.django_db
ALLOWED = {("filed", "confirmed"), ("filed", "rejected")}
PEOPLE = {
    "regulator": lambda: institutions.regulator("IN"),
    "regulator elsewhere": lambda: institutions.regulator("FR"),
    "clerk": lambda: institutions.officer(Office.CLERK),
    "person": institutions.person,
    "suspended": institutions.suspended,
}
ANSWERS = {StatuteKind.INSTRUMENT: {"regulator"}, StatuteKind.POLICY: {"clerk"}}


@pytest.fixture
def asha(db):
    return institutions.actor(institutions.person())


def version_of(kind):
    if kind == StatuteKind.INSTRUMENT:
        return entered()
    return rule_enact(actor=SYSTEM, draft=rule_draft(), kind=kind, origin_ref="P-00001-A")


def told():
    sequence(everything=True)
    acts = [act for act in acts_after(0, limit=1000) if act.kind.startswith("policy.divergence")]
    return [(act.kind, act.payload["code"]) for act in acts]


@pytest.mark.parametrize("source", DivergenceState)
@pytest.mark.parametrize("target", DivergenceState)
def test_a_notice_is_answered_once(source, target):
    row = Divergence(state=source)

    if (source, target) in ALLOWED:
        DIVERGENCE.move(row, target)
        assert row.state == target
    else:
        with pytest.raises(MoveRefused):
            DIVERGENCE.move(row, target)
        assert row.state == source


def test_anyone_in_good_standing_says_that_they_part(asha):
    version = entered()

    filed = divergence_file(
        actor=asha, version=version, statement=" It says card. ", clause_number=1
    )

    assert list(divergences_of(version)) == [filed]
    assert (filed.statement, filed.clause_number, filed.state) == ("It says card.", 1, "filed")
    assert told() == [("policy.divergence.filed", filed.code)]


@pytest.mark.parametrize("kind", ANSWERS)
@pytest.mark.parametrize("who", PEOPLE)
def test_the_office_that_made_the_rule_answers(kind, who, asha):
    filed = divergence_file(actor=asha, version=version_of(kind), statement="No.")
    actor = institutions.actor(PEOPLE[who]())

    if who in ANSWERS[kind]:
        divergence_answer(actor=actor, divergence=filed, parts=True, answer="So it is.")
    else:
        with pytest.raises(NotPermitted):
            divergence_answer(actor=actor, divergence=filed, parts=True, answer="So it is.")

    filed.refresh_from_db()
    assert (filed.state == DivergenceState.CONFIRMED) is (who in ANSWERS[kind])


def test_nobody_answers_their_own_notice():
    regulator = institutions.actor(institutions.regulator("IN"))
    filed = divergence_file(actor=regulator, version=entered(), statement="No.")

    with pytest.raises(NotPermitted):
        divergence_answer(actor=regulator, divergence=filed, parts=False, answer="They agree.")


def test_an_answer_has_reasons_and_is_given_once(asha):
    regulator = institutions.actor(institutions.regulator("IN"))
    filed = divergence_file(actor=asha, version=entered(), statement="No.")

    with pytest.raises(Invalid):
        divergence_answer(actor=regulator, divergence=filed, parts=False, answer=" ")
    divergence_answer(actor=regulator, divergence=filed, parts=False, answer="They agree.")
    with pytest.raises(MoveRefused):
        divergence_answer(actor=regulator, divergence=filed, parts=True, answer="Or not.")

    filed.refresh_from_db()
    assert (filed.state, filed.answer) == (DivergenceState.REJECTED, "They agree.")
    assert [kind for kind, _code in told()] == [
        "policy.divergence.filed",
        "policy.divergence.answered",
    ]


def test_what_is_no_notice_is_refused(asha):
    version = entered()
    suspended = institutions.actor(institutions.suspended())

    for actor in (ANONYMOUS, suspended):
        with pytest.raises(NotPermitted):
            divergence_file(actor=actor, version=version, statement="No.")
    with pytest.raises(Invalid):
        divergence_file(actor=asha, version=version, statement=" ")
    with pytest.raises(ClauseUnknown):
        divergence_file(actor=asha, version=version, statement="No.", clause_number=9)

    assert not Divergence.objects.exists()


@pytest.mark.parametrize("clause", [None, 1])
def test_one_person_has_one_open_notice_on_a_clause(clause, asha):
    version = entered()
    divergence_file(actor=asha, version=version, statement="No.", clause_number=clause)

    with pytest.raises(DivergenceOpen):
        divergence_file(actor=asha, version=version, statement="No!", clause_number=clause)

    assert Divergence.objects.count() == 1


def test_it_is_filed_answered_and_read_by_pages():
    version = entered()
    page = f"/rules/{version.rule.code}/v{version.number}/"
    reader = signed_in(institutions.person(), second_factor=False)
    unknown = {"statement": "It says card.", "listing_code": "L-99999-X"}

    refused = reader.post(f"{page}divergence/", unknown)
    filed = reader.post(f"{page}divergence/", {"statement": "It says card.", "clause_number": "1"})
    code = Divergence.objects.get().code
    answered = signed_in(institutions.regulator("IN")).post(
        f"/divergences/{code}/", {"parts": "yes", "answer": "The text prevails, then."}
    )

    assert (refused.status_code, filed.status_code) == (200, 302)
    assert refused.context["form"].errors.keys() == {"listing_code"}
    assert answered.headers["Location"] == page
    again = signed_in(institutions.regulator("IN")).post(
        f"/divergences/{code}/", {"parts": "no", "answer": "Or not."}
    )
    assert (again.status_code, Divergence.objects.get().answer) == (200, "The text prevails, then.")
    shown = reader.get(page).content.decode()
    assert "It says card." in shown
    assert "The text prevails, then." in shown
    assert "They part: the text prevails" in shown


@pytest.mark.parametrize("kind", [StatuteKind.INSTRUMENT, StatuteKind.POLICY])
def test_a_notice_waits_for_the_office_that_made_the_rule(kind, asha):
    filed = divergence_file(actor=asha, version=version_of(kind), statement="It says card.")
    people = {name: institutions.actor(made()) for name, made in PEOPLE.items()}

    waiting = {name for name, actor in people.items() if rules_owed(actor)}

    assert waiting == ANSWERS[kind]
    assert (rules_owed(asha), rules_owed(ANONYMOUS)) == ([], [])
    speaker = people[next(iter(waiting))]
    page = "/sarkar/" if kind == StatuteKind.INSTRUMENT else "/samaj/"
    assert (
        filed.statement in signed_in(User.objects.get(pk=speaker.person)).get(page).content.decode()
    )
    divergence_answer(actor=speaker, divergence=filed, parts=True, answer="So it is.")
    assert rules_owed(speaker) == []
