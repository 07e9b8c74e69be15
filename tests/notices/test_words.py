import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from apps.journal.acts import kinds
from apps.notices.states import NoticeKind
from apps.notices.words import WORDING, say
from apps.notices.words.values import VALUES, in_words
from apps.reactions.table import NOTICES

KOLKATA = ZoneInfo("Asia/Kolkata")
DEVANAGARI = re.compile(r"[\u0900-\u097f]")
EXAMPLES = {
    "act": 312,
    "listings": 2,
    "given": 3,
    "blocks": 1,
    "effective_at": "2026-12-07T00:00:00+05:30",
    "opens_at": "2026-12-07T00:00:00+05:30",
    "until_at": "2028-12-07T00:00:00+05:30",
    "place": "IN",
    **{name: next(iter(words)) for name, words in VALUES.items()},
    **dict.fromkeys(
        [
            *(
                "about",
                "action",
                "ballot",
                "case",
                "company",
                "consumer",
                "contest",
                "listing",
                "market",
            ),
            *("proposal", "provider", "question", "reason", "rule", "title"),
        ],
        "N-00001",
    ),
}


def sentences(kind, listings=2):
    said = say(kind, EXAMPLES | {"listings": listings})
    return said.title, said.why, said.what_to_do


@pytest.mark.parametrize("listings", [1, 2])
@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_says_what_why_and_what_to_do_in_both_languages(kind, listings):
    with override("en-gb"):
        english = sentences(kind, listings)
    with override("hi"):
        hindi = sentences(kind, listings)

    for one, other in zip(english, hindi, strict=True):
        assert one.strip()
        assert not DEVANAGARI.search(one)
        assert DEVANAGARI.search(other)
        assert "%(" not in one + other


def test_every_kind_has_words_and_every_word_a_kind():
    assert set(WORDING) == set(NoticeKind)


def test_the_consumer_answers_only_acts_that_exist():
    assert NOTICES.kinds is not None
    assert NOTICES.kinds <= set(kinds())


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("2026-12-08T00:00", "by the end of Monday 7 December 2026"),
        ("2026-12-08T17:30", "by Tuesday 8 December 2026, 17:30 IST"),
    ],
)
def test_by_when_names_the_last_day_with_its_weekday(due, words):
    at = dt.datetime.fromisoformat(due).replace(tzinfo=KOLKATA)

    said = say(NoticeKind.CASE_ASSIGNED, EXAMPLES, at.astimezone(dt.UTC))

    assert said.by_when == words


def test_values_are_put_into_words():
    assert in_words("outcome", "suspend") == "suspended"
    assert in_words("place", "*") == "everywhere"
    assert in_words("listing", "suspend") == "suspend"
    with override("hi"):
        assert in_words("outcome", "suspend") == "निलंबित"
        assert in_words("place", "IN") == "भारत"
