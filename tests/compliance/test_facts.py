import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from apps.compliance.models import Facts, Standing
from apps.compliance.selectors.answers import Question
from apps.compliance.selectors.reading import read
from apps.compliance.services import incident_close, incident_count, reassess
from apps.compliance.states import IncidentBasis
from apps.core.actor import OPERATOR, SYSTEM
from apps.listings.readers import EvaluationDraft, ParentDraft
from apps.listings.services import claim_confirm, claim_open
from tests.factories import institutions, listings

pytestmark = pytest.mark.django_db


def facts_of(listing):
    reassess()
    return Facts.objects.get(version=listing.current_id, until_at=None)


def counted(listing, reference="C-1", severity=4):
    return incident_count(
        actor=SYSTEM,
        listing=listing,
        reference=reference,
        severity=severity,
        basis=IncidentBasis.TRIAGED,
    )


def test_what_nobody_has_said_is_missing_and_never_guessed():
    facts = facts_of(listings.listing(licence_text="a licence nobody knows", task=""))

    assert facts.licence is None
    assert (facts.eval_toxicity, facts.eval_date, facts.max_severity) == (None, None, None)
    assert (facts.task, facts.downloads, facts.open_incidents) == ("", 0, 0)
    assert (facts.attested, facts.decided) == ([], [])


def test_the_newest_evaluation_of_a_kind_counts():
    old, new = dt.date(2026, 1, 1), dt.date(2026, 6, 1)
    facts = facts_of(
        listings.listing(
            evaluations=(
                EvaluationDraft("toxicity", 0.4, "a", old, "x"),
                EvaluationDraft("toxicity", 0.1, "b", new, "x"),
                EvaluationDraft("redteam", 0.5, "c", None, "x"),
            )
        )
    )

    assert (facts.eval_toxicity, facts.eval_date) == (0.1, new)
    assert [test["kind"] for test in facts.evals] == ["redteam", "toxicity", "toxicity"]


def test_incidents_count_for_descendants_and_copies_and_once_each():
    digest = "sha256:" + "c" * 64
    base = listings.listing(external_id="base", weight_digest=digest)
    copy = listings.listing(weight_digest=digest)
    child = listings.listing(parents=(ParentDraft("base", "weights"),))
    other = listings.listing()
    first = counted(base)
    counted(base, "C-2", severity=2)

    told = {listing: facts_of(listing) for listing in (base, copy, child, other)}

    assert [told[one].open_incidents for one in (base, copy, child, other)] == [2, 2, 2, 0]
    assert told[child].max_severity == 4
    assert told[child].decided == ["open_incidents", "max_severity"]
    incident_close(actor=SYSTEM, incident=first)
    assert (facts_of(child).open_incidents, facts_of(child).max_severity) == (1, 2)


def test_a_claimed_provider_is_verified_by_someone_else():
    organisation = institutions.organisation()
    listing = listings.listing()
    claim = claim_open(
        actor=institutions.actor(institutions.owner_of(organisation)),
        organisation=organisation,
        provider_id=listing.provider_id,
        statement="It is us.",
    )
    assert facts_of(listing).provider_verified is False

    claim_confirm(actor=OPERATOR, claim_id=claim.pk)

    facts = facts_of(listing)
    assert (facts.provider_verified, facts.attested) == (True, ["provider_verified"])


def test_a_lineage_that_turns_in_a_circle_ends():
    listings.listing(external_id="a", parents=(ParentDraft("b", "weights"),))
    listing = listings.listing(
        external_id="b",
        licence_text="bigscience-openrail-m",
        parents=(ParentDraft("a", "weights"),),
    )

    assert "medical" in facts_of(listing).use_restrictions


def test_a_decision_takes_facts_with_their_age_and_provenance():
    tested = EvaluationDraft("toxicity", 0.2, "a", dt.date(2026, 1, 1), "x")
    listing = listings.listing(evaluations=(tested,))
    reassess()

    known = read(Question(model=listing.code)).known

    age = (known.moment.date() - dt.date(2026, 1, 1)).days
    assert known.listing["eval_age_days"] == age
    assert known.listing["eval_toxicity_provenance"] == "declared"
    assert "train_flops_log10" not in known.listing


@pytest.mark.parametrize("table", ["facts", "standing", "finding", "duty", "exemption", "measure"])
def test_nothing_is_deleted(table):
    listings.listing()
    reassess()
    assert Standing.objects.exists()

    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"delete from compliance_{table}")
