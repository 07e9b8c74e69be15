"""What the portal keeps about someone, handed out as a file."""

import json

import pytest
from django.test import Client

from apps.cases.states import Voice
from apps.listings.services import fact_dispute
from apps.listings.services import follow_begin as listing_follow
from apps.notices.services import mail_choose, notices_read
from apps.notices.states import MailManner
from apps.policy.services import divergence_file
from apps.proposals.services import comment_post
from apps.proposals.services import follow_begin as proposal_follow
from tests.authorisation.roles import signed_in
from tests.factories import cases, institutions, listings, notices, proposals
from tests.factories.policy import entered

pytestmark = pytest.mark.django_db


def kept(client: Client) -> dict:
    return json.loads(client.get("/me/export/").content)


def test_ones_data_are_a_file() -> None:
    person = institutions.person(email="meera@example.org")

    answer = signed_in(person).get("/me/export/")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="sangam-my-data.json"'
    assert "no-store" in answer.headers["Cache-Control"]
    assert json.loads(answer.content)["account"]["email"] == "meera@example.org"


def test_the_file_holds_the_notices_to_this_person_and_to_nobody_else() -> None:
    person = institutions.person()
    told, late = notices.notice(person), notices.notice(person)
    notices.notice(institutions.person("Ravi Iyer"))
    actor = institutions.actor(person)
    notices_read(actor=actor, newest=told.pk)
    mail_choose(actor=actor, manner=MailManner.DAILY)

    data = kept(signed_in(person))["notices"]

    assert data["mail"] == "daily"
    assert [row["act"] for row in data["written"]] == [told.seq, late.seq]
    assert [row["read_at"] is None for row in data["written"]] == [False, True]
    assert (
        data["written"][0]["title"] == "Case C-00001-X was given to you: Portraits without consent"
    )


def test_the_file_holds_what_the_person_wrote_and_nobody_elses() -> None:
    person = institutions.person()
    mine, other = institutions.actor(person), institutions.actor(institutions.person("Ravi Iyer"))
    listing, proposal = listings.listing(), proposals.consulted()
    rule = entered()
    for actor, word in ((mine, "mine"), (other, "other")):
        cases.filed(actor=actor, voice=Voice.NAMED, contact=word, story=word)
        comment_post(actor=actor, proposal=proposal, text=word, clause=None)
        fact_dispute(actor=actor, version=listing.current, fact="task", statement=word)
        divergence_file(actor=actor, version=rule, statement=word)

    data = kept(signed_in(person))

    assert [row["story"] for row in data["reports"]] == ["mine"]
    assert [(row["proposal"], row["text"]) for row in data["comments"]] == [(proposal.code, "mine")]
    assert [(row["about"], row["statement"]) for row in data["disputes"]] == [
        (listing.code, "mine")
    ]
    assert [(row["rule"], row["statement"]) for row in data["divergences"]] == [
        (rule.rule.code, "mine")
    ]


def test_an_anonymous_report_is_in_nobodys_file() -> None:
    person = institutions.person()
    cases.filed(actor=institutions.actor(person), voice=Voice.ANONYMOUS)

    assert kept(signed_in(person))["reports"] == []


def test_the_file_holds_what_the_person_follows() -> None:
    person = institutions.person()
    listing, proposal = listings.listing(), proposals.consulted()
    listing_follow(actor=institutions.actor(person), listing=listing)
    proposal_follow(actor=institutions.actor(person), proposal=proposal)

    data = kept(signed_in(person))

    assert data["followed_listings"] == [listing.code]
    assert data["followed_proposals"] == [proposal.code]
