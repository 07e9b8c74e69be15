"""Public lists as CSV: whole, plain, and without formulas."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.core.tables import csv_lines
from tests.factories import cases, listings

MOMENT = dt.datetime(2026, 11, 23, 17, 30, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30)))


def table(address):
    answer = Client().get(address)
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_cells_are_plain():
    rows = [("a, b", 'c "d"', None, MOMENT, ["IN", "DE"], 7, -1)]

    [_head, line] = csv_lines(tuple("abcdefg"), rows)

    assert line == '"a, b","c ""d""",,2026-11-23T12:00:00+00:00,IN DE,7,-1\r\n'


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(beginning):
    [_head, line] = csv_lines(["name"], [(f"{beginning}HYPERLINK(1)",)])

    assert next(csv.reader(io.StringIO(line, newline=""))) == [f"'{beginning}HYPERLINK(1)"]


@pytest.mark.django_db
def test_orders_stand_in_the_table_with_their_source_and_their_time():
    old, new = cases.ordered(), cases.ordered(authority="High Court", source="court")

    rows = table("/orders.csv")

    assert [row["code"] for row in rows] == [new.code, old.code]
    assert rows[0]["authority"] == "High Court"
    assert (rows[0]["source"], rows[0]["outcome"], rows[0]["jurisdictions"]) == (
        "court",
        "prohibit",
        "IN",
    )
    assert rows[0]["listing"] == new.listing.code
    assert dt.datetime.fromisoformat(rows[0]["until_at"]) == new.until_at.replace(microsecond=0)
    assert rows[0]["lifted_at"] == ""


@pytest.mark.django_db
def test_only_public_cases_stand_in_the_table():
    cases.alleged()
    public = cases.answered()

    [row] = table("/cases.csv")

    assert (row["code"], row["state"], row["listing"]) == (
        public.code,
        "answered",
        public.listing.code,
    )


@pytest.mark.django_db
def test_every_owner_stands_in_the_table_once_there_are_five():
    makers = [f"Maker {number}" for number in range(1, 7)]
    for maker in makers[:4]:
        listings.listing(provider=maker)
    assert table("/concentration.csv") == []

    for maker in makers[4:]:
        listings.listing(provider=maker)
    listings.listing(provider=makers[5])

    rows = table("/concentration.csv")
    assert {row["layer"] for row in rows} == {"listings"}
    assert rows[0] == {"layer": "listings", "owner": "Maker 6", "amount": "2", "percent": "28.6"}
    assert sorted(row["owner"] for row in rows) == makers
    assert sum(int(row["amount"]) for row in rows) == 7


@pytest.mark.django_db
def test_a_long_table_asks_as_much_as_a_short_one():
    def asked():
        with CaptureQueriesContext(connection) as captured:
            table("/orders.csv")
        return len(captured)

    cases.ordered()
    few = asked()
    for _number in range(4):
        cases.ordered()

    assert asked() == few


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["orders", "cases", "concentration"])
def test_the_page_leads_to_its_data(page):
    text = Client().get(f"/{page}/").content.decode()

    assert f'href="/{page}.csv"' in text
    assert f'href="/api/v1/{page}"' in text
