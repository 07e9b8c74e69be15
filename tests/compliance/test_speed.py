"""How long a whole reassessment takes; the numbers are limits with room for a busy machine."""

import random
import time

import pytest

from apps.compliance.models import Standing
from apps.compliance.services import reassess
from apps.listings.readers import ParentDraft
from apps.policy.models import RuleVersion
from apps.policy.services import rules_turn
from apps.policy.states import RuleState
from config.demo import law, people
from tests.factories import listings

LICENCES = ["apache-2.0", "bigscience-openrail-m", "cc-by-nc-4.0", "llama2", "mit", "openrail++"]
TASKS = ["text-generation", "emotion-recognition", "text-to-image", "face-recognition"]
CHUNK = 2000


def enter_rules():
    cast = people.found()
    for chapter in range(1, 5):
        law.enter(cast, chapter)
    rules_turn()
    assert RuleVersion.objects.filter(state=RuleState.IN_FORCE).count() == 12


def enter_listings(count):
    chance = random.Random(1)
    for start in range(0, count, CHUNK):
        numbers = range(start, min(count, start + CHUNK))
        listings.write(*[model(number, chance) for number in numbers])


def model(number, chance):
    made_from = number and chance.random() < 0.3
    return listings.draft(
        external_id=f"m{number}",
        provider=f"P{number % 300}",
        licence_text=chance.choice(LICENCES),
        task=chance.choice(TASKS),
        params_b=chance.choice([None, 1.0, 80.0]),
        parents=(ParentDraft(f"m{chance.randrange(number)}", "weights"),) if made_from else (),
    )


def seconds():
    begun = time.monotonic()
    changed = len(reassess().listings)
    return changed, time.monotonic() - begun


@pytest.mark.nightly
@pytest.mark.alone
@pytest.mark.parametrize(("count", "first", "again"), [(500, 2.0, 1.0), (20_000, 40.0, 10.0)])
@pytest.mark.django_db
def test_twelve_rules_over_all_listings_take_seconds(count, first, again):
    enter_rules()
    enter_listings(count)

    changed, took = seconds()
    unchanged, took_again = seconds()

    assert (changed, unchanged) == (count, 0)
    assert Standing.objects.open().badges().count() == count
    assert took < first
    assert took_again < again
