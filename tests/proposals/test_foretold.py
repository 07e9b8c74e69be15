"""What is shown before the vote is what then changes: in the demonstration, and at scale."""

import time
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection

from apps.compliance.selectors.impact import impact
from apps.compliance.services import reassess
from apps.core.actor import SYSTEM
from apps.listings.models import LineageEdge, Listing, Provider
from apps.policy.engine import Mode, Outcome
from apps.policy.services import rule_enact, rules_turn
from apps.policy.states import StatuteKind
from apps.proposals.models import Commencement
from apps.reactions.runner import settle
from apps.voting.services import ballots_turn
from apps.voting.states import Choice
from config.demo.world import build
from tests.database.base import as_superuser
from tests.factories import policy, voting
from tests.factories import proposals as factory

pytestmark = pytest.mark.django_db
BIG = 'listing.task == "text-generation" && has(listing.params_b) && listing.params_b > 7.0'
STANDINGS = """
select l.id, array_agg(s.digest order by s.digest), max(s.outcome)
from listings_listing l join compliance_standing s on s.version_id = l.current_id
where l.state = 'listed' and s.until_at is null group by l.id
"""


def travel(ahead):
    as_superuser("update core_businessclock set ahead = %s", [ahead])


def standings():
    """How each listing stands in the database, read by itself: digests and strictest outcome."""
    with connection.cursor() as cursor:
        cursor.execute(STANDINGS)
        return {listing: (digests, outcome) for listing, digests, outcome in cursor.fetchall()}


def changes(before, after):
    """Which listings stand otherwise, and how many went from which outcome to which."""
    assert before.keys() == after.keys()
    changed = sorted(one for one in before if before[one][0] != after[one][0])
    return changed, Counter((before[one][1], after[one][1]) for one in before)


def drafts():
    """Rules of each kind of reach: everywhere, by use and place, by request, only warning."""
    texts = 'listing.task == "text-generation"'
    return [
        policy.rule_draft(texts, jurisdictions=[], outcome=Outcome.CONDITION),
        policy.rule_draft(
            "has(listing.params_b) && listing.params_b > 10.0",
            jurisdictions=["EU"],
            uses=["workplace", "medical"],
            outcome=Outcome.PROHIBIT,
        ),
        policy.rule_draft(
            'req.use == "education" && !has(listing.human_oversight)', jurisdictions=["IN"]
        ),
        policy.rule_draft(
            '!listing.provider_verified && req.jurisdiction == "KE"', jurisdictions=[]
        ),
        policy.rule_draft(
            f"{texts} && has(listing.params_b)", jurisdictions=["IN"], mode=Mode.WARN
        ),
    ]


def test_on_the_demonstration_each_enactment_changes_what_was_shown(clock):
    build(travel)
    settle()
    reassess()

    touched = []
    for draft in drafts():
        before, shown = standings(), impact(draft)
        rule_enact(actor=SYSTEM, draft=draft, kind=StatuteKind.POLICY, origin_ref="P-1")
        rules_turn()
        settle()
        changed, outcomes = changes(before, standings())
        assert list(shown.changed) == changed
        assert {(a.value, b.value): n for (a, b), n in shown.enforced.items()} == outcomes
        assert shown.listings == len(before)
        touched.append(len(changed))
    assert min(touched) > 0, touched


def entered():
    """Some rules in force before, which tell uses and places apart."""
    policy.entered(policy.rule_draft('listing.task == "credit-scoring"', uses=["finance"]))
    policy.entered(policy.rule_draft("!listing.has_model_card", jurisdictions=["EU", "IN"]))
    policy.entered(
        policy.rule_draft(
            "has(listing.eval_toxicity) && listing.eval_toxicity > 0.5",
            jurisdictions=[],
            outcome=Outcome.CONDITION,
        )
    )


def timed(told, name, deed):
    began = time.monotonic()
    found = deed()
    told.append(f"{name} {time.monotonic() - began:.1f} s")
    return found


@pytest.mark.parametrize("count", [300, pytest.param(20_000, marks=pytest.mark.nightly)])
def test_on_generated_listings_adoption_changes_what_was_voted_on(count, clock, capsys):
    told = []
    timed(told, "generate", lambda: call_command("listings_generate", count, seed=4))
    entered()
    timed(told, "assess", settle)
    assert len(standings()) == Listing.objects.count() == count
    assert Provider.objects.count() > count // 100
    assert LineageEdge.objects.filter(parent__isnull=False).count() > count // 20
    seats = voting.chambers()

    proposal = timed(
        told,
        "submit and freeze",
        lambda: factory.balloting(clock, expression=BIG, uses=["medical"]),
    )
    clock.advance("8 days")
    ballots_turn()
    for term in [term for chamber in seats.values() for term in chamber]:
        voting.marked(proposal.ballot, term, Choice.YES)
    clock.advance("30 days")
    ballots_turn()
    settle()
    before = standings()
    clock.advance("16 days")
    rules_turn()
    timed(told, "commence", settle)

    changed, outcomes = changes(before, standings())
    frozen = factory.fresh(proposal).freeze.impact
    assert frozen.changed == changed
    assert count // 50 < len(changed) < count
    assert {
        (Outcome.of(row["before"]), Outcome.of(row["after"])): row["listings"]
        for row in frozen.enforced
    } == outcomes
    commencement = Commencement.objects.get(proposal=proposal)
    assert (commencement.appeared, commencement.vanished) == ([], [])
    assert commencement.impact.changed == changed
    with capsys.disabled():
        print(f"\n{count} listings: {', '.join(told)}; {len(changed)} changed")  # noqa: T201 - times
