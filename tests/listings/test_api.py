import json

import pytest
from django.test import Client

from apps.institutions.scopes import Scope
from apps.journal.models import RecordedAct
from apps.listings.models import Dispute, Follow, ImportRun, Listing, Offer
from apps.listings.readers import ParentDraft
from tests.factories import institutions as people
from tests.factories import listings as make

pytestmark = pytest.mark.django_db
WRITE, READ, IMPORT = Scope.LISTINGS_WRITE, Scope.LISTINGS_READ, Scope.IMPORTS_WRITE
LUMEN = {"external_id": "lumen-7b", "name": "Lumen 7B", "provider": "Prism", "licence_text": "mit"}


class Caller:
    """Someone with a token of their organisation."""

    def __init__(self, *scopes: str) -> None:
        self.company = people.organisation()
        self.owner = people.owner_of(self.company)
        self.secret = people.token(self.owner, *scopes, organisation=self.company).secret

    def __call__(self, method: str, path: str, body: object = None, **headers: str):
        data = {} if body is None else {"data": json.dumps(body)}
        return getattr(Client(), method)(
            f"/api/v1/{path}",
            content_type="application/json",
            headers={"authorization": f"Bearer {self.secret}"} | headers,
            **data,
        )

    def send(
        self, body: bytes, media_type: str = "application/x-ndjson", query: str = "", key: str = ""
    ):
        headers = {"authorization": f"Bearer {self.secret}"}
        return Client().post(
            f"/api/v1/imports{query}",
            data=body,
            content_type=media_type,
            headers=headers | ({"idempotency-key": key} if key else {}),
        )


@pytest.fixture
def caller():
    return Caller(WRITE, READ, IMPORT)


def test_the_register_is_open_to_read(django_assert_num_queries):
    for number in range(3):
        make.listing(name=f"Lumen {number}", provider_country="IN")
    make.listing(name="Umbra")

    answer = Client().get("/api/v1/listings", {"q": "lumen", "country": "in", "limit": 2})

    assert answer.status_code == 200
    told = answer.json()
    assert [row["name"] for row in told["listings"]] == ["Lumen 0", "Lumen 1"]
    more = Client().get(
        "/api/v1/listings", {"q": "lumen", "country": "in", "limit": 2, "after": told["after"]}
    )
    assert [row["name"] for row in more.json()["listings"]] == ["Lumen 2"]


@pytest.mark.parametrize(
    "query", ["sort=price", "limit=0", "after=rubbish", "country=%00", "access=free", "q=%00"]
)
def test_a_strange_question_is_refused_with_its_field(query):
    answer = Client().get(f"/api/v1/listings?{query}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == query.split("=")[0]


def test_one_listing_tells_its_versions_and_parents():
    version = make.version(parents=(ParentDraft("Base", "weights"),))

    told = Client().get(f"/api/v1/listings/{version.listing.code.lower()}").json()

    assert told["version"]["licence"] == "apache-2.0"
    assert [row["number"] for row in told["versions"]] == [1]
    assert [(row["parent_name"], row["parent"]) for row in told["parents"]] == [("Base", None)]
    assert Client().get("/api/v1/listings/L-00001-X").status_code == 400
    assert Client().get("/api/v1/listings/%00").status_code == 400


def test_a_company_lists_a_model_once_whatever_the_network_does(caller):
    answers = [
        caller("post", "listings", LUMEN, **{"idempotency-key": "one"}) for _attempt in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["source"] == caller.company.code.lower()
    assert Listing.objects.get().brought_by == caller.company
    assert RecordedAct.objects.filter(kind="listings.listing.listed").count() == 1


def test_a_row_at_fault_is_answered_field_by_field(caller):
    answer = caller("post", "listings", LUMEN | {"downloads": -1, "colour": "red"})

    assert answer.status_code == 400
    assert {fault["field"] for fault in answer.json()["errors"]} == {"downloads", "colour"}
    assert Listing.objects.count() == 0


def test_a_changed_licence_is_a_new_version(caller):
    code = caller("post", "listings", LUMEN).json()["code"]

    answer = caller("patch", f"listings/{code}", {"licence_text": "apache-2.0"})

    assert answer.status_code == 200
    assert [row["number"] for row in answer.json()["versions"]] == [2, 1]
    stranger = Caller(WRITE)("patch", f"listings/{code}", {"task": "chat"})
    assert stranger.status_code == 403
    assert Listing.objects.get().current.task == ""


def test_a_listing_is_withdrawn_and_put_back(caller):
    code = caller("post", "listings", LUMEN).json()["code"]

    assert caller("post", f"listings/{code}/withdrawal", {"reason": "Retired."}).json()[
        "state"
    ] == ("withdrawn")
    assert caller("post", f"listings/{code}/withdrawal", {"reason": "Again."}).status_code == 409
    assert caller("delete", f"listings/{code}/withdrawal").json()["state"] == "listed"


def test_a_token_without_the_scope_writes_nothing():
    reader = Caller(READ)

    assert reader("post", "listings", LUMEN).status_code == 403
    assert Client().post("/api/v1/listings").status_code == 401
    assert reader.send(b"{}").status_code == 403
    assert (Listing.objects.count(), ImportRun.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_sent_rows_are_imported_and_their_faults_told(caller):
    body = "\n".join([json.dumps(LUMEN), "{oops"]).encode()

    answer = caller.send(body)

    assert answer.status_code == 202
    told = caller("get", answer.headers["Location"].removeprefix("/api/v1/")).json()
    assert (told["state"], told["seen"], told["listed"], told["refused"]) == ("finished", 2, 1, 1)
    assert [fault["line"] for fault in told["faults"]] == [2]
    assert len(caller("get", "imports").json()["imports"]) == 1
    other = Caller(READ)
    assert other("get", f"imports/{told['id']}").status_code == 404
    assert other("get", "imports").json()["imports"] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("more", [0, 3 * 1024 * 1024])
def test_the_same_rows_sent_twice_under_one_key_are_one_import(caller, more):
    body = json.dumps(LUMEN).encode() + b"\n" * more

    first, again = (caller.send(body, key="k-1") for _time in range(2))
    other = caller.send(body + b" ", key="k-1")

    assert (first.status_code, again.status_code, other.status_code) == (202, 202, 409)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json()["id"] == first.json()["id"]
    assert again.headers["Location"] == first.headers["Location"]
    assert other.json()["type"] == "/problems/idempotency-key-reused"
    assert ImportRun.objects.get().state == "finished"


@pytest.mark.django_db(transaction=True)
def test_a_card_is_sent_with_its_name(caller):
    card = b"---\nlicense: mit\nlanguage: no\n---\n# Lumen"

    answer = caller.send(card, "text/markdown", "?file_name=README.md&card_id=prism/lumen")

    assert answer.status_code == 202
    version = Listing.objects.get().current
    assert (version.languages, version.licence_id) == (["no"], "mit")


def test_what_is_no_import_is_refused(caller):
    assert caller.send(b"").status_code == 400
    assert caller.send(b"{}", "application/json").status_code == 415
    assert ImportRun.objects.count() == 0


def test_a_fact_or_an_edge_is_disputed(caller):
    version = make.version(parents=(ParentDraft("Base", "weights"),))
    path = f"listings/{version.listing.code}/disputes"
    edge = str(version.parents.get().pk)

    assert caller("post", path, {"fact": "task", "statement": "No."}).status_code == 201
    opened = caller("post", path, {"edge": edge, "statement": "No."})
    assert opened.status_code == 201
    assert caller("post", path, {"edge": edge, "statement": "No."}).status_code == 409
    assert caller("post", path, {"statement": "No."}).status_code == 400
    told = Client().get(f"/api/v1/{path}").json()["disputes"]
    assert [row["fact"] for row in told] == ["", "task"]
    assert "raised_by" not in told[0]

    assert caller("delete", f"disputes/{opened.json()['id']}").status_code == 204
    assert Dispute.objects.filter(state="opened").count() == 1


def test_a_provider_is_claimed_and_the_claim_withdrawn(caller):
    slug = make.listing(provider="Prism").provider.slug

    claim = caller("post", f"providers/{slug}/claims", {"statement": "We are."})

    assert (claim.status_code, claim.json()["state"]) == (201, "opened")
    assert caller("post", f"claims/{claim.json()['id']}", {"code": "x"}).status_code == 400
    assert caller("delete", f"claims/{claim.json()['id']}").status_code == 204
    assert [row["slug"] for row in Client().get("/api/v1/providers?q=pri").json()["providers"]] == [
        "prism"
    ]


def test_a_marketplace_offers_under_its_own_number(caller):
    listing = make.listing()
    assert caller("post", "marketplaces", {"name": "Model Bazaar"}).status_code == 201
    bound = {"rule_kinds": ["policy"], "jurisdictions": ["IN"], "basis": "By letter."}
    assert caller("post", "marketplaces/model-bazaar/accessions", bound).status_code == 204

    offer = caller(
        "post", "marketplaces/model-bazaar/offers", {"listing": listing.code, "sku": "1"}
    )

    assert offer.status_code == 201
    told = Client().get("/api/v1/marketplaces/model-bazaar/offers").json()["offers"]
    assert [(row["sku"], row["listing"]) for row in told] == [("1", listing.code)]
    assert caller("delete", f"offers/{offer.json()['id']}").status_code == 204
    assert Offer.objects.filter(ended_at=None).count() == 0


def test_a_listing_is_followed(caller):
    listing = make.listing()

    assert caller("put", f"listings/{listing.code}/follow").status_code == 204
    assert Follow.objects.get().user == caller.owner
    assert caller("delete", f"listings/{listing.code}/follow").status_code == 204
    assert Follow.objects.count() == 0


def test_a_regulator_decides_a_claim_over_the_api(caller):
    slug = make.listing(provider="Prism").provider.slug
    claim = caller("post", f"providers/{slug}/claims", {"statement": "We are."}).json()["id"]
    assert [row["id"] for row in caller("get", "claims").json()["claims"]] == [claim]
    assert caller("post", f"claims/{claim}/decision", {"confirm": True}).status_code == 403
    caller.secret = people.token(people.regulator("IN"), WRITE).secret

    assert caller("post", f"claims/{claim}/decision", {"confirm": False}).status_code == 400
    answer = caller("post", f"claims/{claim}/decision", {"confirm": False, "reason": "No."})

    assert (answer.status_code, answer.json()["state"]) == (200, "refused")
