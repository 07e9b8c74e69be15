import pytest
from rest_framework.test import APIClient

from apps.compliance.models import Acknowledgement
from apps.institutions.scopes import Scope
from apps.reactions.runner import settle
from tests.factories import institutions, listings, markets, policy

pytestmark = pytest.mark.django_db
PATH = "/api/v1/acknowledgements"


def server(market, *scopes):
    issued = institutions.token(
        institutions.owner_of(market.organisation),
        *(scopes or [Scope.ACKNOWLEDGEMENTS_WRITE]),
        organisation=market.organisation,
    )
    made = APIClient()
    made.credentials(HTTP_AUTHORIZATION=f"Bearer {issued.secret}")
    return made


@pytest.fixture
def market():
    return markets.bound(*(listings.listing() for _ in range(3)))


@pytest.fixture
def version(market):
    found = policy.entered(policy.rule_draft('listing.task == "text-generation"'))
    settle()
    return found


def said(rows, kind):
    return {"acknowledgements": [{"id": row["id"], "kind": kind} for row in rows]}


def test_a_marketplace_reads_what_it_owes_and_says_that_it_applied_it(market, version):
    made = server(market)

    first = made.get(PATH, {"limit": 2}).json()
    rest = made.get(PATH, {"limit": 2, "after": first["after"]}).json()

    [row, *_others] = rows = first["acknowledgements"] + rest["acknowledgements"]
    assert (len(rows), rest["after"]) == (3, "")
    listing = Acknowledgement.objects.get(pk=row["id"]).listing
    assert (row["marketplace"], row["listing"], row["skus"]) == (
        market.slug,
        listing.code,
        [f"S-{listing.code}"],
    )
    assert (row["demand"], row["outcome"], row["state"]) == ("apply", "suspend", "owed")
    assert row["grounds"] == [
        {
            "outcome": "suspend",
            "rule": version.rule.code,
            "version": 1,
            "measure": "",
            "reference": "",
        }
    ]

    for _ in range(2):
        answer = made.post(PATH, said(rows, "applied"), format="json")
        assert answer.status_code == 200
        told = answer.json()["acknowledgements"]
        assert [one["state"] for one in told] == ["applied"] * 3
    assert made.get(PATH).json() == {"acknowledgements": [], "after": ""}


def test_a_repeated_request_is_answered_as_before(market, version):
    made = server(market)
    rows = made.get(PATH).json()["acknowledgements"]
    header = {"HTTP_IDEMPOTENCY_KEY": "night-run-17"}

    first = made.post(PATH, said(rows, "seen"), format="json", **header)
    made.post(PATH, said(rows, "applied"), format="json")
    again = made.post(PATH, said(rows, "seen"), format="json", **header)

    assert again.json() == first.json()
    assert not Acknowledgement.objects.owed().exists()


def test_another_marketplace_neither_sees_nor_says_it(market, version):
    other = server(markets.bound())
    ids = said([{"id": str(row.pk)} for row in Acknowledgement.objects.all()], "applied")

    assert other.get(PATH).json()["acknowledgements"] == []
    assert other.get(PATH, {"marketplace": market.slug}).json()["acknowledgements"] == []
    assert other.post(PATH, ids, format="json").status_code == 404
    assert Acknowledgement.objects.owed().count() == 3


def test_a_token_needs_the_scope(market, version):
    made = server(market, Scope.DECISIONS_READ, Scope.LISTINGS_WRITE)

    assert made.get(PATH).status_code == 403
    assert made.post(PATH, said([], "seen"), format="json").status_code == 403


@pytest.mark.parametrize(
    "rows", [[], [{"id": "x", "kind": "applied"}], [{"kind": "applied"}], [{"id": None}]]
)
def test_what_cannot_be_read_is_refused_whole(market, version, rows):
    answer = server(market).post(PATH, {"acknowledgements": rows}, format="json")

    assert answer.status_code == 400


def test_reading_asks_as_often_for_one_as_for_many(market, version, django_assert_num_queries):
    made = server(market)
    made.get(PATH)

    for limit in (1, 3):
        with django_assert_num_queries(10):
            assert len(made.get(PATH, {"limit": limit}).json()["acknowledgements"]) == limit
