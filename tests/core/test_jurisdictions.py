import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from apps.core.jurisdictions import (
    JurisdictionUnknown,
    covers,
    jurisdiction,
    jurisdictions,
    territories,
)

TODAY = dt.date(2026, 11, 23)
BEFORE_BREXIT = dt.date(2020, 1, 31)
AFTER_BREXIT = dt.date(2020, 2, 1)


@pytest.mark.parametrize(
    ("codes", "place", "day", "covered"),
    [
        ([], "IN", TODAY, True),
        (["*"], "EU", TODAY, True),
        (["IN"], "IN", TODAY, True),
        (["IN"], "FR", TODAY, False),
        (["EU"], "FR", TODAY, True),
        (["FR"], "EU", TODAY, False),
        (["EU"], "EU", TODAY, True),
        (["EU"], "GB", BEFORE_BREXIT, True),
        (["EU"], "GB", AFTER_BREXIT, False),
        (["EU"], "EEA", TODAY, False),
        (["EEA"], "EU", TODAY, True),
        (["EU", "NO", "IS", "LI"], "EEA", TODAY, True),
    ],
)
def test_a_list_of_jurisdictions_covers_a_place_on_a_day(codes, place, day, covered):
    assert covers(codes, place, day) is covered


@pytest.mark.parametrize(
    ("day", "count"),
    [("1958-01-01", 6), ("2004-04-30", 15), ("2004-05-01", 25), ("2013-07-01", 28),
     ("2020-01-31", 28), ("2020-02-01", 27), ("2026-11-23", 27)],
)  # fmt: skip
def test_the_union_had_so_many_members_on_a_day(day, count):
    assert len(territories("EU", dt.date.fromisoformat(day))) == count


def test_codes_are_read_in_either_case_and_unknown_ones_refused():
    assert jurisdiction(" in ").code == "IN"
    with pytest.raises(JurisdictionUnknown) as refused:
        jurisdiction("Atlantis")
    assert str(refused.value.reason) == "“Atlantis” is no jurisdiction we know."


def test_a_name_is_in_the_readers_language():
    india = jurisdiction("IN")

    assert india.name == "India"
    with translation.override("hi"):
        assert india.name == "भारत"


def test_every_jurisdiction_has_both_names_and_a_zone_and_every_member_is_known():
    known = jurisdictions()

    assert len(known) == 251
    for place in known.values():
        assert place.name_en
        assert place.name_hi
        assert ZoneInfo(place.zone).key == place.zone
        assert {code for code, _since, _until in place.members} <= set(known)
