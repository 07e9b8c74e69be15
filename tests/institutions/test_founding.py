import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from apps.core.actor import ANONYMOUS
from apps.core.errors import Invalid, NotPermitted
from apps.institutions.models import Chamber, Charter, Invitation, OfficeHolding, Seat, User
from apps.institutions.offices import Office, Subject
from apps.institutions.sectors import Sector
from apps.institutions.selectors import charter, readiness
from apps.institutions.services import demo_second_factor, person_register, portal_found
from apps.journal.selectors import acts_after
from apps.reactions.runner import settle
from tests.factories import institutions as make
from tests.institutions.browser import sign_in

FACTS = {
    "email": "nila@example.org",
    "name": "Nila Sen",
    "operator": "Sangam Trust",
    "contact": "charter@example.org",
    "funding": "A public grant.",
    "source": "Deed of 2026",
}


@pytest.mark.django_db(transaction=True)
def test_founding_opens_three_empty_chambers_and_invites(capsys):
    call_command("found", **FACTS, seat=["samaj=a@example.org", "samaj=b@example.org"])
    settle()

    said = capsys.readouterr().out
    assert "Founded: Sangam Trust, charter version 1." in said
    assert "First administrator: nila@example.org" in said
    assert {row.sector for row in Chamber.objects.all()} == set(Sector)
    assert Seat.objects.count() == 19
    assert sorted(Invitation.objects.values_list("email", "seat__number")) == [
        ("a@example.org", 1),
        ("b@example.org", 2),
    ]
    assert len(mail.outbox) == 2
    [founded] = [act for act in acts_after(0, limit=10) if not act.sealed]
    assert founded.kind == "institutions.portal.founded"


@pytest.mark.django_db(transaction=True)
def test_the_first_administrator_sets_a_password_by_the_link_and_signs_in(capsys):
    call_command("found", **FACTS)
    [path] = re.findall(r"http://localhost:8000(/\S+)", capsys.readouterr().out)
    browser = Client()

    form = browser.get(path).headers["Location"]
    browser.post(form, {"password1": make.PASSWORD, "password2": make.PASSWORD})
    sign_in(browser, "nila@example.org")

    assert "_auth_user_id" in browser.session


@pytest.mark.django_db
def test_a_second_founding_changes_nothing(capsys):
    call_command("found", **FACTS)
    call_command("found", **FACTS)

    assert capsys.readouterr().out.endswith("Nothing was changed.\n")
    with pytest.raises(CommandError, match="another person"):
        call_command("found", **(FACTS | {"email": "other@example.org"}))
    assert (Charter.objects.count(), User.objects.count(), Seat.objects.count()) == (1, 1, 19)
    assert OfficeHolding.objects.count() == 1


@pytest.mark.django_db
def test_a_founding_that_fails_leaves_nothing():
    with pytest.raises(CommandError, match="write it as"):
        call_command("found", **FACTS, seat=["moon=a@example.org"])
    with pytest.raises(CommandError, match="no empty seat"):
        call_command("found", **FACTS, seat=[f"sarkar={n}@example.org" for n in range(6)])

    assert not User.objects.exists()
    assert not Charter.objects.exists()


@pytest.mark.django_db
def test_only_the_command_line_founds_and_only_with_three_chambers():
    facts = {"email": "nila@example.org", "name": "Nila Sen"}
    with pytest.raises(NotPermitted):
        portal_found(actor=ANONYMOUS, charter=make.charter_draft(), **facts)
    with pytest.raises(Invalid):
        portal_found(actor=make.OPERATOR, charter=make.charter_draft(chambers=[]), **facts)

    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_charter_shows_who_sits_where(clock):
    term = make.seated(Sector.SAMAJ, number=2)
    make.officer(Office.CHAIR, sector=Sector.SAMAJ)

    shown = charter()
    samaj = shown.chambers[0]

    assert (samaj.sector, samaj.held, samaj.seated, samaj.chair) == (
        Sector.SAMAJ,
        1,
        False,
        "Asha Rao",
    )
    assert [seat.number for seat in samaj.seats] == [1, 2, 3, 4, 5]
    assert (samaj.seats[1].holder, samaj.seats[1].until_at) == ("Asha Rao", term.until_at)
    clock.advance("366 days")
    assert charter().chambers[0].held == 0


def lacking() -> dict[str, list[str]]:
    return {row.slug: [str(lack.what) for lack in row.lacks] for row in readiness()}


@pytest.mark.django_db
def test_before_the_founding_nothing_can_run():
    assert charter() is None
    assert all(not row.lawful for row in readiness())
    assert lacking()["ballot-open"][0] == "The portal is not founded."


@pytest.mark.django_db
def test_a_regulator_counts_once_a_second_factor_is_set_up():
    regulator = make.regulator("IN", Subject.MODELS)
    before = lacking()["instrument-enter"]
    regulator.is_demo = True
    demo_second_factor(user=regulator)

    assert before == [
        "1 more needed: regulator with a mandate on models on offer and the rules on them."
    ]
    assert lacking()["instrument-enter"] == []
    assert lacking()["case-decide"] != []


@pytest.mark.django_db
def test_a_ballot_opens_once_three_chambers_are_seated_and_a_clerk_is_there():
    make.officer(Office.CLERK)
    for sector in Sector:
        for _ in range(2):
            make.seated(sector)
    before = lacking()["ballot-open"]
    for sector in Sector:
        make.seated(sector)

    assert len(before) == 3
    assert before[0] == "Samaj (society): 2 of 5 seats are held; more than half are needed."
    assert lacking()["ballot-open"] == []


@pytest.mark.django_db
def test_two_tellers_of_one_chamber_certify_nothing():
    for _ in range(2):
        make.officer(Office.TELLER, sector=Sector.SAMAJ)
    before = lacking()["ballot-certify"]
    make.officer(Office.TELLER, sector=Sector.SARKAR)

    assert before == ["1 more needed: Teller of a different chamber."]
    assert lacking()["ballot-certify"] == []


@pytest.mark.django_db
def test_the_code_of_a_demonstration_account_signs_in(capsys):
    user = person_register(
        actor=ANONYMOUS,
        email="demo@example.org",
        password=make.PASSWORD,
        address_checked=True,
        demo=True,
    )
    first = demo_second_factor(user=user)
    assert demo_second_factor(user=user) == first
    browser = Client()
    sign_in(browser, user.email)

    call_command("demo_code", "DEMO@example.org")
    code = capsys.readouterr().out.strip()
    browser.post("/accounts/2fa/authenticate/", {"code": code})

    assert "_auth_user_id" in browser.session


@pytest.mark.django_db
def test_no_other_account_tells_its_code():
    make.person(email="real@example.org")

    for email, words in [("real@example.org", "Only demonstration"), ("no@example.org", "No acc")]:
        with pytest.raises(CommandError, match=words):
            call_command("demo_code", email)
