import dataclasses
import datetime as dt
import gzip
import json
from itertools import product

import pytest
from rest_framework.test import APIClient

from apps.compliance.selectors.answers import Question
from apps.compliance.selectors.deciding import decide
from apps.compliance.services.bundles import bundle_build, bundle_latest, bundle_refresh, public_key
from apps.core.clock import now
from apps.listings.models import ListingVersion
from apps.policy.engine import Outcome
from apps.reactions.runner import settle
from tests.clients.shelf import WEIGHTS, impose
from tests.factories import listings, policy

pytestmark = pytest.mark.django_db

USES = ["general", "medical", "workplace", "research"]
PLACES = ["*", "IN", "FR", "KR", "EU"]
SAME = [
    *("outcome", "would_be", "may_be_offered", "registered", "listing", "version"),
    *("use", "jurisdiction", "allowed_jurisdictions", "facts_version", "ruleset_version"),
]


def keys():
    name, public = public_key()
    return {name: public}


def opened(sangam_client):
    data = bundle_latest().path.read_bytes()
    return sangam_client.Bundle.opened(data, keys())


def plain(decision):
    told = {name: getattr(decision, name) for name in SAME}
    told |= {name: getattr(told[name], "slug", told[name]) for name in ("outcome", "would_be")}
    told["reasons"] = {
        (getattr(one.outcome, "slug", one.outcome), one.rule, one.version, one.measure, held(one))
        for one in decision.reasons
        if one.rule or one.measure
    }
    told["demands"] = {
        (one.rule, one.code, one.text, one.addressee)
        for one in (*decision.conditions, *decision.duties)
    }
    told["exemptions"] = {getattr(one, "code", one) for one in decision.exemptions}
    return told


def held(reason):
    """The numbers of the clauses, which the portal gives with their texts."""
    return tuple(one if isinstance(one, int) else one[0] for one in reason.clauses)


def test_it_decides_as_the_portal_does(sangam_client, register):
    table = sangam_client.Table(opened(sangam_client))
    seen = set()

    for listing, use, place, commercial in product(register, USES, PLACES, (True, False)):
        question = Question(model=listing.code, use=use, jurisdiction=place, commercial=commercial)
        online = decide(question)
        offline = table.decide(listing.code, use, place, commercial=commercial)
        assert plain(offline) == plain(online), question
        if place != "EU":
            bare = table.outcome(listing.code, use, place, commercial=commercial)
            assert bare == offline.outcome
        seen.add((offline.outcome, bool(offline.exemptions)))

    assert {outcome for outcome, _spared in seen} == {one.slug for one in Outcome}
    assert True in {spared for _outcome, spared in seen}


def test_it_finds_a_model_as_the_portal_does(sangam_client, register):
    listings.listing(external_id="acme/model-1", source="elsewhere")
    earlier = register[0]
    listings.listing(external_id="Acme/Model-0", licence_text="mit")
    settle()
    table = sangam_client.Table(opened(sangam_client))
    names = [
        *(earlier.code, earlier.code.lower(), "Acme/Model-2", "acme/model-2", "acme/model-1"),
        *("tests:Acme/Model-1", "elsewhere:acme/model-1", "Acme/model\\7", WEIGHTS, WEIGHTS[7:]),
        *("nobody/nothing", "tests:none", "b" * 64),
    ]

    for name, digest in product(names, ("", WEIGHTS, "c" * 64)):
        online = decide(Question(model=name, digest=digest))
        assert plain(table.decide(name, digest=digest)) == plain(online), name
    assert table.decide(earlier.code, version=1).version == 1
    assert table.decide(earlier.code).version == 2
    with pytest.raises(KeyError):
        table.decide(earlier.code, version=3)
    assert ListingVersion.objects.filter(listing=earlier).count() == 2


def test_differences_make_the_newest_bundle_of_a_former_one(sangam_client, few, tmp_path):
    web = APIClient()

    def fetch(address):
        answer = web.get(address.removeprefix("http://portal"))
        if answer.status_code == 304:
            return None
        data = answer.getvalue()
        sizes.append(len(data))
        return data

    sizes = []
    keeper = sangam_client.Keeper("http://portal", keys(), tmp_path, fetch=fetch)
    assert keeper.refresh()
    assert not keeper.refresh()
    impose(few[1], Outcome.PROHIBIT)
    listings.listing(external_id="new")
    settle()

    assert keeper.refresh()

    whole = opened(sangam_client)
    assert keeper.bundle == whole
    assert keeper.table.outcome(few[1].code) == "prohibit"
    again = sangam_client.Keeper("http://portal", keys(), tmp_path, fetch=fetch)
    assert again.bundle == whole
    assert not again.refresh()
    assert len(sizes) == 2


def test_what_was_not_signed_so_is_refused(sangam_client, few):
    data = bundle_latest().path.read_bytes()
    head, *rows = gzip.decompress(data).decode().split("\n")
    line = json.loads(head)
    milder = line["manifest"].replace('"prohibit"', '"allow"')
    name, public = public_key()
    other = {name: "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4"}

    def refused(head, rows, trusted=None):
        text = "\n".join([head, *rows]).encode()
        with pytest.raises(sangam_client.BundleRefused):
            sangam_client.Bundle.opened(gzip.compress(text), trusted or {name: public})

    assert milder != line["manifest"]
    refused(json.dumps(line | {"manifest": milder}), rows)
    refused(json.dumps(line | {"key": "f" * 16}), rows)
    refused(head, rows, other)
    refused(head, [*rows[1:-1], ""])
    refused(head, [rows[0].replace("text", "tixt", 1) + "0", *rows[1:]])
    refused(head, rows[:-1])
    refused("{}", rows)
    refused("no JSON", rows)
    for cut in (data[:-20], b"", b"no bundle"):
        with pytest.raises(sangam_client.BundleRefused):
            sangam_client.Bundle.opened(cut, {name: public})


def test_an_older_bundle_does_not_take_the_place_of_a_newer(sangam_client, few, tmp_path):
    former = bundle_latest().path.read_bytes()
    impose(few[1])
    settle()
    newer = bundle_latest().path.read_bytes()
    files = iter([newer, former])
    keeper = sangam_client.Keeper("https://p", keys(), tmp_path, fetch=lambda _at: next(files))
    keeper.refresh()

    with pytest.raises(sangam_client.BundleRefused, match="older"):
        keeper.refresh()

    assert keeper.bundle.packed() != former
    assert keeper.table.outcome(few[1].code) == "suspend"


def test_past_its_time_nothing_is_offered_that_fails_closed(sangam_client, few, settings):
    settings.BUNDLE_MAX_AGE = 3600
    listing = listings.listing(has_model_card=True)
    settle()
    bundle = opened(sangam_client)
    later = now() + dt.timedelta(hours=2)

    fresh = sangam_client.Table(bundle).decide(listing.code, at=now())
    open_ = sangam_client.Table(bundle).decide(listing.code, at=later)
    closed = sangam_client.Table(bundle, fail_closed=["allow"]).decide(listing.code, at=later)

    assert (fresh.stale, fresh.may_be_offered) == (False, True)
    assert (open_.stale, open_.may_be_offered) == (True, True)
    assert (closed.stale, closed.may_be_offered, closed.outcome) == (True, False, "allow")


def test_a_bundle_ends_where_time_alone_turns_an_answer(register, settings):
    settings.BUNDLE_MAX_AGE = 10**7
    midnight = dt.datetime.combine(now().date() + dt.timedelta(days=1), dt.time(), dt.UTC)
    # Four thousand hours before or after a midnight it is eight or sixteen o'clock.
    turns = [midnight + dt.timedelta(hours=8 * step) for step in range(-2, 1)]

    until = dt.datetime.fromisoformat(bundle_latest().manifest["until"])

    assert until == min(turn for turn in turns if turn > now())
    soon = now() + dt.timedelta(seconds=90)
    policy.entered(policy.rule_draft(effective_at=soon))
    assert dt.datetime.fromisoformat(bundle_latest().manifest["until"]) == min(soon, until)


def test_a_bundle_is_built_once_while_nothing_changes(few, bundles, settings):
    first = bundle_latest()

    assert bundle_latest().digest == bundle_build().digest == first.digest
    settings.BUNDLE_EVERY = 60
    impose(few[1])
    settle()
    assert bundle_latest().digest == first.digest
    second = bundle_refresh()
    assert second.digest != first.digest
    assert bundle_latest().digest == bundle_refresh().digest == second.digest
    assert len(list(bundles.glob("*.gz"))) == 2


def test_nothing_is_built_before_anybody_asks(few, bundles):
    assert bundle_refresh() is None
    assert not bundles.exists() or not list(bundles.iterdir())


def test_the_portal_hands_bundles_out(sangam_client, few):
    web = APIClient()

    latest = web.get("/api/v1/bundles/latest")
    packed = {"Accept-Encoding": "gzip"}
    named = web.get(f"/api/v1/bundles/{bundle_latest().digest}", headers=packed)
    key = web.get("/api/v1/bundles/keys").json()["keys"]
    same = web.get("/api/v1/bundles/latest", headers={"If-None-Match": latest["ETag"]})

    assert latest.getvalue() == named.getvalue() == bundle_latest().path.read_bytes()
    assert {one["id"]: one["public"] for one in key} == keys()
    assert same.status_code == 304
    assert web.get(f"/api/v1/bundles/{'0' * 64}").status_code == 404
    assert web.get("/api/v1/bundles/..%2Flatest").status_code == 404
    assert web.get("/api/v1/bundles/latest?since=x").status_code == 400
    assert dataclasses.is_dataclass(sangam_client.Decision)
