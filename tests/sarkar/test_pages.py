import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from apps.compliance.selectors.impact import impact
from apps.compliance.services import reassess
from apps.core.clock import now
from apps.institutions.offices import Office
from apps.journal.models import Parked
from apps.policy.engine import Mode, Outcome
from apps.policy.forms import RuleForms
from apps.policy.models import Rule, RuleVersion
from apps.policy.services import ParameterDraft, rules_turn
from apps.policy.states import RuleState
from tests.factories import institutions as people
from tests.factories import listings
from tests.factories.policy import entered, example_rows, rule_draft
from tests.sarkar.signing import signed_in

pytestmark = pytest.mark.django_db
ENTER = "/sarkar/rules/enter/"


def sent(**changes: Any) -> dict[str, Any]:
    """What a browser sends for a whole draft."""
    facts = {
        "title": "Models without a card",
        "authority": "Ministry of Models",
        "legal_basis": "Digital Markets Act, section 7",
        "outcome": "3",
        "mode": "enforce",
        "jurisdictions": "in",
        "expression": "!listing.has_model_card\r\n|| listing.downloads > param.many",
        "clauses-0-text": "A model without a card",
        "clauses-0-expression": "!listing.has_model_card",
        "clauses-1-text": "is suspended.",
        "parameters-0-name": "many",
        "parameters-0-value": "1000",
        "conditions-0-code": "",
    }
    for name in ("clauses", "parameters", "conditions", "duties", "examples"):
        facts |= {f"{name}-TOTAL_FORMS": "3", f"{name}-INITIAL_FORMS": "0"}
    parameters = [ParameterDraft(name="many", value="1000")]
    written = rule_draft(facts["expression"], parameters=parameters)
    return facts | example_rows(written) | changes


@pytest.fixture
def browser(db: None) -> Client:
    return signed_in(people.regulator("IN"))


def test_a_regulator_enters_a_rule_by_the_form(browser):
    answer = browser.post(ENTER, sent(enter="1"))

    version = RuleVersion.objects.get()
    assert answer.status_code == 302
    assert answer.url == f"/rules/{version.rule.code}/v1/"
    assert (version.jurisdictions, version.outcome) == (["IN"], Outcome.SUSPEND)
    assert version.expression == "!listing.has_model_card\n|| listing.downloads > param.many"
    assert [clause.expression for clause in version.clauses.all()] == [
        "!listing.has_model_card",
        "",
    ]
    assert version.parameters.get().value == "1000"


def test_a_fault_is_shown_at_its_line_with_its_remedy_and_nothing_is_entered(browser):
    wrong = sent(enter="1", expression="!listing.has_model_card\r\n|| listing.downlods > 3")

    page = browser.post(ENTER, wrong)

    text = page.content.decode()
    assert page.status_code == 200
    assert "<mark>listing.downlods</mark>" in text
    assert "Line 2, column 4: listing.downlods is not in the vocabulary." in text
    assert "Did you mean listing.downloads?" in text
    assert 'value="Models without a card"' in text
    assert Rule.objects.count() == 0


def test_an_unguarded_read_is_shown_with_what_to_write(browser):
    page = browser.post(ENTER, sent(check="1", expression="listing.eval_toxicity > 0.3"))

    assert "!has(listing.eval_toxicity) || …" in page.content.decode()


def test_checking_names_what_is_missing_and_keeps_nothing(browser):
    unfinished = browser.post(ENTER, sent(check="1", title="", expression="listing.taks == 'a'"))
    sound = browser.post(ENTER, sent(check="1"))

    assert "Did you mean listing.task?" in unfinished.content.decode()
    assert "The draft is not complete yet." in unfinished.content.decode()
    assert "The whole draft can be entered." in sound.content.decode()
    assert "0 of 0 listings on offer." in sound.content.decode()
    assert Rule.objects.count() == 0


def test_checking_shows_the_whole_impact_before_anything_is_entered(browser):
    cardless = listings.listing(has_model_card=False)
    listings.listing(has_model_card=True)
    reassess()

    text = browser.post(ENTER, sent(check="1")).content.decode()

    forms = RuleForms(sent())
    assert forms.is_valid()
    shown = impact(forms.draft())
    assert (shown.changed, shown.digest in text) == ((cardless.pk,), True)
    assert "Whom it hits" in text
    assert 'aria-label="1 listing: 50 %"' in text
    assert "Clauses that hold" in text


def test_while_typing_only_the_findings_come_back(browser):
    draft = sent(check="1", expression="listing.taks == 'a'")

    part = browser.post(ENTER, draft, headers={"HX-Request": "true"}).content.decode()

    assert "<mark>listing.taks</mark>" in part
    assert "<html" not in part


def test_a_clause_that_is_no_part_of_the_rule_is_told_beside_it(browser):
    page = browser.post(ENTER, sent(check="1", **{"clauses-1-expression": "listing.downloads > 9"}))

    assert page.context["rows"]["clauses"].forms[1].errors == {
        "expression": [
            "The rule’s expression has no such part. "
            "Copy a part that && or || joins, or the whole expression."
        ]
    }


def test_new_empty_rows_follow_what_was_written(browser):
    many = {f"clauses-{n}-text": "So." for n in range(5)} | {"clauses-TOTAL_FORMS": "5"}

    page = browser.post(ENTER, sent(check="1", **many))

    assert page.content.decode().count('-text" ') >= 7
    assert len(page.context["rows"]["clauses"].forms) == 7


def test_a_next_version_begins_with_the_words_of_the_last(browser):
    first = entered()
    path = f"/sarkar/rules/{first.rule.code}/next/"

    page = browser.get(path)
    browser.post(path, sent(enter="1"))
    rules_turn()

    assert "!listing.has_model_card" in page.content.decode()
    assert [v.state for v in RuleVersion.objects.order_by("number")] == [
        RuleState.ENDED,
        RuleState.IN_FORCE,
    ]


def test_a_mandate_for_another_place_is_told_why(browser):
    answer = browser.post(ENTER, sent(enter="1", jurisdictions="FR"))

    assert answer.status_code == 403
    assert "mandate covers every territory" in answer.content.decode()
    assert Rule.objects.count() == 0


def test_a_rule_is_ended_from_its_page(browser):
    version = entered()
    path = f"/sarkar/rules/{version.rule.code}/v1/end/"

    page = browser.get(path)
    empty = browser.post(path, {"reason": " "})
    answer = browser.post(path, {"reason": "It did not help."})

    version.refresh_from_db()
    assert (page.status_code, empty.status_code, answer.status_code) == (200, 200, 302)
    assert version.state == RuleState.ENDED


def test_the_desk_shows_rules_mandates_and_what_waits(browser, django_assert_num_queries):
    entered(rule_draft(mode=Mode.WARN, title="Warned"))
    entered(rule_draft(sunset_at=now() + dt.timedelta(days=30), title="Ending"))
    entered(rule_draft(jurisdictions=["FR"], title="Elsewhere"))

    with django_assert_num_queries(40):
        page = browser.get("/sarkar/")

    text = page.content.decode()
    assert page.status_code == 200
    assert "Needs you: 2" in text
    assert text.count("not of your mandate") == 1
    assert text.count("Repeal") == 2

    for place in ("BT", "LK", "NP"):
        entered(rule_draft(jurisdictions=[place], title="There", mode=Mode.ADVISE))
        entered(rule_draft(jurisdictions=["IN", place], sunset_at=now() + dt.timedelta(days=9)))
    with django_assert_num_queries(40):
        page = browser.get("/sarkar/")
    assert page.content.decode().count("not of your mandate") == 7


def test_everyone_else_reads_what_the_state_has_ruled():
    entered()

    for reader in (Client(), signed_in(people.person(), second_factor=False)):
        page = reader.get("/sarkar/")
        assert page.status_code == 200
        assert "Models without a card" in page.content.decode()
        assert "Draft a rule" not in page.content.decode()


def test_a_session_without_the_second_factor_is_told_what_is_missing():
    page = signed_in(people.regulator("IN"), second_factor=False).get("/sarkar/")

    assert page.status_code in {200, 302}
    if page.status_code == 200:
        assert "Your office needs a second factor" in page.content.decode()


CLOSED = [ENTER, "/sarkar/journal/"]


@pytest.mark.parametrize("path", CLOSED)
def test_nobody_is_asked_to_sign_in_and_others_are_refused(path):
    assert Client().get(path).status_code == 302
    assert signed_in(people.person(), second_factor=False).get(path).status_code == 403
    assert signed_in(people.officer(Office.CLERK), second_factor=False).get(path).status_code == 403


def parked_act() -> None:
    with transaction.atomic():
        Parked.objects.create(
            consumer="tests",
            seq=1,
            subject="00000000-0000-0000-0000-000000000001",
            attempts=3,
            retry_at=now() + dt.timedelta(hours=1),
            error="Traceback\nValueError: no <b>answer</b>",
        )


def test_an_administrator_sees_parked_acts_and_has_them_tried_again():
    parked_act()
    administrator = signed_in(people.administrator())

    page = administrator.get("/sarkar/journal/")
    answer = administrator.post("/sarkar/journal/")

    assert "ValueError: no &lt;b&gt;answer&lt;/b&gt;" in page.content.decode()
    assert answer.status_code == 302
    assert Parked.objects.get().retry_at <= now() + dt.timedelta(seconds=5)


def test_a_regulator_does_not_see_the_journals_engine_room(browser):
    parked_act()

    assert browser.get("/sarkar/journal/").status_code == 403
    assert browser.post("/sarkar/journal/").status_code == 403
    assert Parked.objects.get().retry_at > now()


def test_examples_are_offered_and_their_author_answers_them(browser):
    bare = {name: value for name, value in sent().items() if not name.startswith("examples-0")}
    bare = {name: value for name, value in bare.items() if not name.endswith(("-facts", "-fires"))}

    page = browser.post(ENTER, bare | {"offer": "1"})

    rows = page.context["rows"]["examples"]
    offered = [row["facts"].value() for row in rows if row["facts"].value()]
    assert len(offered) >= 6
    assert not any(row["fires"].value() for row in rows)
    assert RuleVersion.objects.count() == 0
    # What is filled in stays, and nothing is offered twice.
    filled = {f"examples-{n}-facts": facts for n, facts in enumerate(offered)}
    again = browser.post(ENTER, bare | filled | {"offer": "1"})
    rows = again.context["rows"]["examples"]
    assert [row["facts"].value() for row in rows if row["facts"].value()] == offered


def test_a_wrong_example_is_told_at_its_row(browser):
    page = browser.post(ENTER, sent(enter="1", **{"examples-0-fires": "False"}))

    [row, *_others] = page.context["rows"]["examples"]
    assert "Example 1 is not to fire, and the rule fires." in row.errors["facts"][0]
    assert RuleVersion.objects.count() == 0
