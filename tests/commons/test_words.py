"""Acts in words: every kind that an app declares has a sentence of its own."""

from apps.commons.words import SENTENCES, sentence
from apps.journal.acts import kinds
from apps.reactions import table
from config import urls

PORTAL = "apps."


def test_every_kind_of_act_has_its_words() -> None:
    assert urls.urlpatterns
    assert table.CONSUMERS
    declared = {
        kind for kind, declared in kinds().items() if declared.__module__.startswith(PORTAL)
    }

    assert declared - set(SENTENCES) == set()
    assert set(SENTENCES) - declared - {"sealed"} == set()


def test_retired_kind_is_read_from_its_name() -> None:
    assert sentence("listings.old_thing.set-aside") == "Old thing set aside"
