"""The iCalendar writer, and the calendar's page and feed."""

import datetime as dt

import pytest
from django.test import Client

from apps.clocks.models import Clock
from apps.commons.calendar import Event, icalendar
from apps.compliance.services import ExemptionDraft, exemption_grant
from apps.core.clock import now
from apps.proposals.services import proposal_withdraw
from tests.factories import cases, listings, policy, voting
from tests.factories import institutions as make
from tests.factories import proposals as factory

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30)))


def written(*events: Event) -> str:
    return icalendar(events, name="Dates", made_at=NOON)


def unfolded(text: str) -> list[str]:
    """The lines as a calendar program reads them."""
    return text.replace("\r\n ", "").split("\r\n")


def test_an_event_is_an_instant_in_utc():
    text = written(Event("a-1@x", NOON, "Ballot opens", "http://x/ballots/B-1/"))

    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert text.endswith("END:VCALENDAR\r\n")
    assert unfolded(text)[-9:-2] == [
        "BEGIN:VEVENT",
        "UID:a-1@x",
        "DTSTAMP:20261123T063000Z",
        "DTSTART:20261123T063000Z",
        "SUMMARY:Ballot opens",
        "URL:http://x/ballots/B-1/",
        "END:VEVENT",
    ]


def test_what_means_something_to_the_format_is_escaped():
    text = written(Event("a", NOON, "One; two, three\\four\nfive\r\nsix\x07"))

    assert "SUMMARY:One\\; two\\, three\\\\four\\nfive\\nsix\r\n" in text


def test_nothing_that_is_written_begins_a_line_of_its_own():
    text = written(Event("a", NOON, "x\r\nEND:VCALENDAR", "http://x/\r\nATTACH:evil"))

    assert unfolded(text).count("END:VCALENDAR") == 1
    assert not any(line.startswith("ATTACH") for line in unfolded(text))


@pytest.mark.parametrize("letter", ["a", "é", "भ", "🜂"])
def test_lines_are_folded_at_75_octets_and_no_letter_is_cut(letter):
    title = letter * 200

    text = written(Event("a", NOON, title))

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert f"SUMMARY:{title}" in unfolded(text)


def test_a_line_of_75_octets_is_not_folded():
    title = "a" * (75 - len("SUMMARY:"))

    assert f"\r\nSUMMARY:{title}\r\n" in written(Event("a", NOON, title))


def titles(query: str = "") -> list[tuple[str, str]]:
    answer = Client().get(f"/calendar/{query}")
    assert answer.status_code == 200
    return [
        (str(entry.what), entry.title) for day in answer.context["days"] for entry in day.entries
    ]


def month(at: dt.datetime) -> str:
    return f"?month={at.astimezone(NOON.tzinfo):%Y-%m}"


@pytest.mark.django_db
def test_a_consultation_stands_where_it_opens_and_where_it_closes():
    proposal = factory.consulted(title="Names of testers")
    factory.started(title="Nobody sees this")

    assert ("Consultation opens", "Names of testers") in titles(month(proposal.consulted_at))
    assert ("Consultation closes", "Names of testers") in titles(month(proposal.due_at))


@pytest.mark.django_db
def test_a_review_and_a_lapse_stand_with_their_days(clock):
    proposal = factory.reviewed(clock, title="Names of testers")

    review_round = proposal.round
    assert ("Review opens", "Names of testers") in titles(month(review_round.opened_at))
    assert ("Review closes", "Names of testers") in titles(month(review_round.clock.due_at))
    assert ("Proposal lapses", "Names of testers") in titles(month(proposal.due_at))


@pytest.mark.django_db
def test_a_ballot_stands_until_it_is_called_off(clock):
    proposal = factory.balloting(clock)
    ballot = proposal.ballot
    assert ("Ballot opens", ballot.question) in titles(month(ballot.opens_at))
    assert ("Ballot closes", ballot.question) in titles(month(ballot.closes_at))

    proposal_withdraw(actor=make.actor(proposal.author), proposal=proposal, reason="No.")

    assert ("Ballot opens", ballot.question) not in titles(month(ballot.opens_at))


@pytest.mark.django_db
def test_a_rule_stands_where_it_begins_and_ends():
    begins, ends = now() + dt.timedelta(days=40), now() + dt.timedelta(days=400)
    policy.entered(policy.rule_draft(title="A year", effective_at=begins, sunset_at=ends))

    assert titles(month(begins)) == [("Rule begins", "A year")]
    assert titles(month(ends)) == [("Rule ends", "A year")]


@pytest.mark.django_db
def test_an_exemption_stands_where_it_ends():
    regulator = make.actor(make.regulator("IN"))
    version = policy.entered(policy.rule_draft(title="Cards"), actor=regulator)
    listing = listings.listing()
    until = now() + dt.timedelta(days=60)
    exemption_grant(
        actor=regulator,
        draft=ExemptionDraft(
            rule=version.rule,
            listing=listing,
            reason="A supervised trial.",
            until_at=until,
            jurisdictions=["IN"],
            uses=[],
        ),
    )

    assert titles(month(until)) == [("Exemption ends", f"{listing.name}: Cards")]


@pytest.mark.django_db
def test_deadlines_of_a_case_stand_once_the_case_is_public():
    cases.alleged()
    public = cases.answered()

    due_at = Clock.objects.get(thing=public.pk, rule__code="cases.decide").due_at

    assert titles(month(due_at)) == [("Decide a case", public.title)]


@pytest.mark.django_db
def test_months_lead_on_and_a_strange_one_is_the_present():
    text = Client().get("/calendar/?month=2027-01").content.decode()

    assert 'href="?month=2026-12"' in text
    assert 'href="?month=2027-02"' in text
    assert "Nothing is due in this month" in text
    present = Client().get("/calendar/").context["month"]
    for strange in ("2027-13", "1999-01", "nonsense", "2027-01-01"):
        assert Client().get(f"/calendar/?month={strange}").context["month"] == present


@pytest.mark.django_db
def test_the_calendar_asks_as_much_for_many_dates_as_for_one(django_assert_num_queries):
    client, soon = Client(), now() + dt.timedelta(days=1)
    voting.chambers(1)
    address = f"/calendar/{month(soon)}"

    def fill(number: int) -> None:
        factory.consulted()
        voting.prepared(opens_at=soon)
        policy.entered(policy.rule_draft(policy.other(number), effective_at=soon))

    fill(0)
    with django_assert_num_queries(10):
        client.get(address)
    for number in range(1, 4):
        fill(number)
    with django_assert_num_queries(10):
        client.get(address)


@pytest.mark.django_db
def test_the_feed_carries_the_same_dates_under_names_that_stay():
    proposal = factory.consulted(title="Names, of testers")

    answer = Client().get("/calendar.ics")
    lines = unfolded(answer.content.decode())

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:Consultation closes: Names\\, of testers" in lines
    assert f"UID:consultation-closes-{proposal.pk}@testserver" in lines
    assert f"URL:http://testserver/proposals/{proposal.code}/" in lines
    assert f"DTSTART:{proposal.due_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}" in lines
