"""A company's contests: the form, the list, one of them, and taking it back."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.cases.models import Contest
from apps.institutions.models import Membership
from tests.factories import contests as make
from tests.factories import institutions, listings
from tests.sarkar.signing import signed_in

pytestmark = pytest.mark.django_db
SAID = {"ground": "exemption", "statement": "It is tested by hand."}


def company(contest):
    member = Membership.objects.filter(organisation=contest.organisation).order_by("pk")[0]
    return signed_in(member.user, second_factor=False)


def test_a_stranger_is_led_to_sign_in_and_another_company_sees_no_way():
    listing, _version = make.caught()
    page = f"/listings/{listing.code}/"
    way = f"/bazaar/listings/{listing.code}/contest/"
    other = signed_in(institutions.owner_of(institutions.organisation()))

    assert f"/accounts/login/?next={way}" in Client().get(page).content.decode()
    assert way not in other.get(page).content.decode()
    assert other.get(way).status_code == 403


def test_faults_stand_at_their_fields_and_nothing_is_filed():
    listing, version = make.caught()
    owner = signed_in(institutions.owner_of(listing.brought_by))
    way = f"/bazaar/listings/{listing.code}/contest/"

    said = SAID | {"rule": version.rule.code, "ground": "fact"}
    answer = owner.post(way, said)

    assert (answer.status_code, Contest.objects.count()) == (400, 0)
    assert "Name the fact that is wrong." in answer.content.decode()
    assert owner.post(way, SAID | {"rule": version.rule.code}).status_code == 302
    again = owner.post(way, SAID | {"rule": version.rule.code})
    assert "on this ground already" in again.content.decode()


def test_a_listing_that_no_rule_catches_has_nothing_to_contest():
    organisation = institutions.organisation()
    owner = institutions.owner_of(organisation)
    listing = listings.listing(actor=institutions.actor(owner), organisation=organisation)

    page = signed_in(owner).get(f"/bazaar/listings/{listing.code}/contest/").content.decode()

    assert "No rule catches this listing" in page


def test_what_was_told_the_officer_only_is_the_companys_and_no_other_members():
    contest = make.filed(confidential="Contract 12.")
    own = f"/bazaar/contests/{contest.code}/"
    other = signed_in(institutions.owner_of(institutions.organisation()))

    assert "Contract 12." in company(contest).get(own).content.decode()
    assert other.get(own).status_code == 403
    assert other.post(f"{own}withdraw/").status_code == 403
    assert company(contest).post(f"{own}withdraw/").url == own
    assert company(contest).post(f"{own}withdraw/").status_code == 409


def test_many_contests_ask_no_more_than_one():
    contest = make.filed(stay="It cannot wait.")
    client = company(contest)
    client.get("/bazaar/contests/")
    with CaptureQueriesContext(connection) as one:
        client.get("/bazaar/contests/")
    for ground in ("exemption", "divergence"):
        again = (contest.listing, contest.rule_version)
        make.ruled(make.filed(*again, ground=ground, stay="It cannot."), upheld=False)
    with CaptureQueriesContext(connection) as three:
        client.get("/bazaar/contests/")

    assert len(three) == len(one)
