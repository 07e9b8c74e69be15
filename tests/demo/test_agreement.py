"""What a page shows and what the API answers are one: standings against decisions."""

import random

import pytest

from apps.compliance.models import Standing
from apps.compliance.scenarios import EVERYWHERE, Group, answer_for
from apps.compliance.selectors.answers import Question
from apps.compliance.selectors.deciding import decide
from apps.compliance.selectors.law import reached
from apps.compliance.selectors.standings import standings_of
from apps.core.clock import now
from apps.listings.models import Listing
from apps.policy.engine import Mode, Outcome
from apps.policy.selectors import use_slugs
from config.demo.world import build
from tests.database.base import as_superuser

PLACES = (EVERYWHERE, "IN", "DE", "FR", "GB", "KE", "US")


def travel(ahead):
    as_superuser("update core_businessclock set ahead = %s", [ahead])


def groups(listing):
    """The listing's standings as groups, and the findings that their answers name."""
    found, findings = [], {}
    day = now().date()
    for standing in standings_of(listing):
        grounds = []
        for finding in standing.findings.all():
            key = finding.rule_version_id or finding.measure_id
            findings.setdefault(key, (len(findings), finding))
            grounds.append(findings[key][0])
        places = reached(standing.jurisdictions, day) or frozenset()
        found.append(Group(tuple(standing.uses), places, tuple(sorted(grounds))))
    return found, dict(findings.values())


def told(answer, findings):
    """The outcome, and what it would be, of some findings."""
    cited = [findings[number] for number in answer]
    enforced = [finding.outcome for finding in cited if finding.mode == Mode.ENFORCE]
    return max(enforced, default=Outcome.ALLOW), max(
        (finding.outcome for finding in cited), default=Outcome.ALLOW
    )


@pytest.mark.django_db
def test_standings_and_decisions_say_the_same(clock):
    build(travel)
    chance = random.Random(7)
    uses, answered = use_slugs(), set()

    for listing in Listing.objects.select_related("current").order_by("external_id"):
        found, findings = groups(listing)
        for use in chance.sample(uses, 4):
            for place in chance.sample(PLACES, 2):
                question = Question(model=listing.code, use=use, jurisdiction=place)
                decision = decide(question)
                shown = told(answer_for(found, use, place), findings)
                assert (decision.outcome, decision.would_be) == shown, (listing, use, place)
                answered.add(shown)

    assert len(answered) >= 6
    assert Standing.objects.open().filter(would_be__isnull=False).exists()
