"""Two chairs of different chambers stay a rule."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from apps.core.actor import ANONYMOUS
from apps.core.clock import now
from apps.core.errors import Invalid, MoveRefused, NotPermitted
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.journal.selectors import acts_after
from apps.journal.services import sequence
from apps.policy.engine import Mode
from apps.policy.errors import NothingToStay, RuleStayed, StayOpen, StayOver
from apps.policy.models import RuleStay
from apps.policy.selectors import rules_owed, ruleset_at, ruleset_version, stay_by_code
from apps.policy.services import (
    divergence_answer,
    divergence_file,
    rule_end,
    rule_enter,
    rule_roll_back,
    rules_turn,
    stay_ask,
    stay_countersign,
    stay_end,
)
from apps.policy.states import RULE_STAY, RuleState, RuleStayState
from tests.factories import institutions
from tests.factories.policy import entered, rule_draft
from tests.sarkar.signing import signed_in

pytestmark = pytest.mark.django_db
ALLOWED = {("asked", "stayed"), ("asked", "withdrawn"), ("stayed", "lifted")}


def chair(sector):
    return institutions.actor(institutions.officer(Office.CHAIR, sector=sector))


@pytest.fixture
def samaj(db):
    return chair(Sector.SAMAJ)


@pytest.fixture
def bazaar(db):
    return chair(Sector.BAZAAR)


@pytest.fixture
def notice(db):
    version = entered(rule_draft(mode=Mode.ENFORCE))
    rules_turn()
    asha = institutions.actor(institutions.person())
    return divergence_file(actor=asha, version=version, statement="It says card.")


def stayed(notice, first, second):
    asked = stay_ask(actor=first, divergence=notice, reasons="It hits the wrong listings.")
    return stay_countersign(actor=second, stay=asked)


def modes(moment=None):
    return [source.mode for source in ruleset_at(moment or now()).sources]


@pytest.mark.parametrize("source", RuleStayState)
@pytest.mark.parametrize("target", RuleStayState)
def test_a_stay_moves_as_its_table_says(source, target):
    row = RuleStay(state=source)

    if (source, target) in ALLOWED:
        RULE_STAY.move(row, target)
        assert row.state == target
    else:
        with pytest.raises(MoveRefused):
            RULE_STAY.move(row, target)
        assert row.state == source


def test_a_rule_stayed_by_two_chairs_advises_for_a_time(notice, samaj, bazaar):
    asked = stay_ask(actor=samaj, divergence=notice, reasons=" It hits the wrong listings. ")
    before, changes = now(), ruleset_version()
    assert modes() == [Mode.ENFORCE]

    stay = stay_countersign(actor=bazaar, stay=asked)

    assert ruleset_version() > changes
    assert (modes(), modes(before)) == ([Mode.ADVISE], [Mode.ENFORCE])
    assert stay.until_at - stay.countersigned_at >= dt.timedelta(days=30)
    sequence(everything=True)
    kinds = [act.kind for act in acts_after(0, limit=1000) if act.kind.startswith("policy.stay")]
    assert kinds == ["policy.stay.asked", "policy.stay.started"]


def test_it_ends_by_itself(notice, samaj, bazaar, clock):
    stay = stayed(notice, samaj, bazaar)

    clock.advance("32 days")
    rules_turn()

    stay.resumes.refresh_from_db()
    assert (stay.resumes.state, modes()) == (RuleState.IN_FORCE, [Mode.ENFORCE])
    assert stay.resumes.effective_at == stay.until_at
    over = stay_by_code(notice.code)
    assert (over.runs, over.is_open, over.word) == (False, False, "Its time is over")
    with pytest.raises(StayOver):
        stay_end(actor=samaj, stay=stay)
    divergence_answer(
        actor=institutions.actor(institutions.regulator("IN")),
        divergence=notice,
        parts=False,
        answer="They agree.",
    )
    over.refresh_from_db()
    assert (over.state, modes()) == (RuleStayState.STAYED, [Mode.ENFORCE])


def test_either_chair_lifts_it_and_the_text_binds_at_once(notice, samaj, bazaar):
    stay = stayed(notice, samaj, bazaar)

    lifted = stay_end(actor=samaj, stay=stay)

    assert (lifted.state, modes()) == (RuleStayState.LIFTED, [Mode.ENFORCE])
    standing = notice.version.rule.versions.exclude(state=RuleState.ENDED)
    assert [row.pk for row in standing] == [lifted.resumes_id]
    with pytest.raises(MoveRefused):
        stay_end(actor=bazaar, stay=stay)


def test_the_answer_that_nothing_parts_ends_it(notice, samaj, bazaar):
    stay = stayed(notice, samaj, bazaar)
    regulator = institutions.actor(institutions.regulator("IN"))

    divergence_answer(actor=regulator, divergence=notice, parts=False, answer="They agree.")

    stay.refresh_from_db()
    assert (stay.state, modes()) == (RuleStayState.LIFTED, [Mode.ENFORCE])


def test_a_repeal_during_a_stay_is_a_repeal(notice, samaj, bazaar, clock):
    stay = stayed(notice, samaj, bazaar)

    rule_end(actor=institutions.actor(institutions.regulator("IN")), version=stay.trial, reason="x")

    clock.advance("32 days")
    rules_turn()
    assert modes() == []


def test_a_regulator_does_not_take_a_stay_back(notice, samaj, bazaar):
    stay = stayed(notice, samaj, bazaar)
    regulator = institutions.actor(institutions.regulator("IN"))

    with pytest.raises(RuleStayed):
        rule_roll_back(actor=regulator, version=stay.trial, reason="We see it otherwise.")
    assert modes() == [Mode.ADVISE]


def test_a_newer_text_is_not_undone_by_the_end_of_a_stay(notice, samaj, bazaar, clock):
    stayed(notice, samaj, bazaar)
    regulator = institutions.actor(institutions.regulator("IN"))
    newer = rule_enter(actor=regulator, draft=rule_draft(mode=Mode.WARN), rule=notice.version.rule)
    rules_turn()

    clock.advance("32 days")
    rules_turn()

    newer.refresh_from_db()
    assert (newer.state, modes()) == (RuleState.IN_FORCE, [Mode.WARN])


def test_what_was_only_asked_is_withdrawn_and_asked_anew(notice, samaj):
    asked = stay_ask(actor=samaj, divergence=notice, reasons="Wait.")
    with pytest.raises(StayOpen), transaction.atomic():
        stay_ask(actor=samaj, divergence=notice, reasons="Wait!")

    stay_end(actor=samaj, stay=asked)
    again = stay_ask(actor=samaj, divergence=notice, reasons="Wait.")

    assert (again.state, modes()) == (RuleStayState.ASKED, [Mode.ENFORCE])


def test_one_chair_or_one_chamber_is_not_two(notice, samaj):
    asked = stay_ask(actor=samaj, divergence=notice, reasons="Wait.")
    others = (
        samaj,
        institutions.actor(institutions.officer(Office.CLERK)),
        institutions.actor(institutions.regulator("IN")),
        ANONYMOUS,
    )

    for actor in others:
        with pytest.raises(NotPermitted):
            stay_countersign(actor=actor, stay=asked)
    with pytest.raises(NotPermitted):
        stay_end(actor=others[1], stay=asked)


@pytest.mark.parametrize("same", ["by", "for"])
def test_the_database_wants_two_people_of_two_chambers(same, notice, samaj, bazaar):
    stay = stayed(notice, samaj, bazaar)
    first = getattr(stay, f"asked_{same}")

    with pytest.raises(IntegrityError, match="policy_stay_two"), transaction.atomic():
        RuleStay.objects.filter(pk=stay.pk).update(**{f"countersigned_{same}": first})


def test_a_stay_asked_for_waits_for_the_other_chairs(notice, samaj, bazaar):
    asked = stay_ask(actor=samaj, divergence=notice, reasons="Wait.")
    clerk = institutions.actor(institutions.officer(Office.CLERK))

    assert [need.thing for need in rules_owed(bazaar)] == [asked]
    assert [rules_owed(other) for other in (samaj, clerk, ANONYMOUS)] == [[], [], []]
    signed = stay_countersign(actor=bazaar, stay=asked)
    assert (signed.state, rules_owed(bazaar)) == ("stayed", [])


def test_chairs_find_it_on_their_page(notice, samaj):
    stay_ask(actor=samaj, divergence=notice, reasons="It hits the wrong listings.")
    bazaar = signed_in(institutions.officer(Office.CHAIR, sector=Sector.BAZAAR))

    assert "It hits the wrong listings." in bazaar.get("/samaj/").content.decode()


def test_only_what_binds_on_an_open_notice_is_stayed(notice, samaj, bazaar):
    with pytest.raises(Invalid):
        stay_ask(actor=samaj, divergence=notice, reasons=" ")
    stayed(notice, samaj, bazaar)
    with pytest.raises(NothingToStay):
        stay_ask(actor=samaj, divergence=notice, reasons="Once more.")


def test_chairs_stay_and_lift_by_pages(notice):
    page = f"/divergences/{notice.code}/stay/"
    first, second, other = (
        signed_in(institutions.officer(Office.CHAIR, sector=sector))
        for sector in (Sector.SAMAJ, Sector.BAZAAR, Sector.SARKAR)
    )

    assert signed_in(institutions.person(), second_factor=False).get(page).status_code == 403
    assert first.post(page, {"reasons": "It hits the wrong listings."}).status_code == 302
    own = first.get(page).content.decode()
    assert ("Countersign: stay the rule" in own, "Withdraw it" in own) == (False, True)
    assert "Countersign: stay the rule" in second.get(page).content.decode()
    assert second.post(f"{page}countersign/").status_code == 302
    assert other.post(f"{page}end/").status_code == 403

    rule = second.get(f"/rules/{notice.version.rule.code}/").content.decode()
    assert "stayed the rule, at most until" in rule
    assert second.post(f"{page}end/").status_code == 302
    assert modes() == [Mode.ENFORCE]


def test_chairs_stay_and_lift_over_the_api(notice):
    first, second, other = (
        institutions.token(institutions.officer(Office.CHAIR, sector=sector), "rules:write").secret
        for sector in (Sector.SAMAJ, Sector.BAZAAR, Sector.SARKAR)
    )

    def post(secret, step="", **body):
        return Client().post(
            f"/api/v1/divergences/{notice.code}/stay{step}",
            body,
            "application/json",
            headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": f"{step}{len(body)}"},
        )

    assert post(second, "/countersign").json()["type"] == "/problems/rule-stay-unknown"
    asked = post(first, reasons="It hits the wrong listings.")
    assert (asked.status_code, asked.json()["asked_for"]) == (201, "samaj")
    assert post(first, reasons="It hits the wrong listings.").json() == asked.json()
    assert post(other, "/end").status_code == 403
    begun = post(second, "/countersign").json()
    assert (begun["state"], begun["countersigned_for"]) == ("stayed", "bazaar")

    rule = notice.version.rule.code
    told = Client().get(f"/api/v1/rules/{rule}/versions/1/divergences").json()["divergences"]
    assert told[0]["stays"] == [begun]
    assert post(first, "/end").json()["state"] == "lifted"
    assert modes() == [Mode.ENFORCE]
