import base64
import datetime as dt
import itertools
import json
import random
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.clocks.models import DeadlineRule
from apps.core.pagination import CursorRefused, keyset_page
from tests.factories.clocks import deadline_rule

pytestmark = pytest.mark.django_db
ORDERS = (
    ("amount", "id"),
    ("-amount", "-id"),
    ("-valid_from_date", "code"),
    ("unit", "-amount", "code"),
    ("owed_by", "valid_from_date", "-code"),
)


def mark_of(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.fixture
def rows(db):
    dice = random.Random(11)
    for number in range(83):
        deadline_rule(
            f"pages.{number:03d}",
            amount=dice.randint(1, 6),
            unit=dice.choice(["days", "hours"]),
            owed_by=dice.choice(["company", "authority"]),
            valid_from_date=dt.date(2020, 1, 1) + dt.timedelta(days=dice.randint(0, 9)),
        )
    return DeadlineRule.objects.filter(code__startswith="pages.")


def walk(rows, order, size):
    """Follow `after` to the end, then `before` back to the start."""
    pages, mark = [], ""
    while True:
        page = keyset_page(rows, order=order, after=mark, size=size)
        pages.append([row.code for row in page.rows])
        if not page.after:
            break
        mark = page.after
    back, mark = [pages[-1]], page.before
    while mark:
        page = keyset_page(rows, order=order, before=mark, size=size)
        back.append([row.code for row in page.rows])
        mark = page.before
    return pages, back[::-1]


@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
@pytest.mark.parametrize("size", [1, 2, 7, 40, 82, 83, 84, 500])
def test_pages_in_both_directions_show_each_row_once_and_in_order(rows, order, size):
    whole = [row.code for row in rows.order_by(*order)]

    forward, backward = walk(rows, order, size)

    assert list(itertools.chain(*forward)) == whole
    assert list(itertools.chain(*backward)) == whole
    assert {len(page) for page in forward[:-1]} <= {size}


def test_random_orders_sizes_and_places_agree_with_slices(rows):
    dice = random.Random(12)

    for _case in range(300):
        order, size = dice.choice(ORDERS), dice.randint(1, 30)
        whole = list(rows.order_by(*order))
        place = dice.randrange(len(whole))
        first = keyset_page(rows, order=order, size=place + 1)
        following = keyset_page(rows, order=order, after=first.after, size=size).rows
        assert following == whole[place + 1 :][:size] or not first.after


def test_a_row_that_comes_in_between_moves_nothing_twice(rows):
    first = keyset_page(rows, order=("amount", "code"), size=10)
    deadline_rule("pages.zzz", amount=1)
    deadline_rule("pages.aaa", amount=1)

    second = keyset_page(rows, order=("amount", "code"), after=first.after, size=200)

    assert not {row.code for row in first.rows} & {row.code for row in second.rows}


def test_a_page_is_one_query(rows):
    with CaptureQueriesContext(connection) as queries:
        keyset_page(rows, order=("amount", "id"), size=10)

    assert len(queries) == 1


def test_an_empty_list_has_one_empty_page(rows):
    page = keyset_page(rows.none(), order=("amount", "id"))

    assert (page.rows, page.after, page.before) == ([], "", "")


@pytest.mark.parametrize(
    "mark",
    ["x", "é", "bnVsbA", "W10", "WzFd", "W251bGwsbnVsbF0", "e30", "WzEsW11d", "WzEsWyJ6IiwxXV0",
     "WzEsWyJ1IiwieCJdXQ", "WzEsInsiXQ===",
     mark_of(1, "a\0"), mark_of(1e400, 1), mark_of(2**70, 1), mark_of(["t", "2026-11-23"], 1),
     mark_of(["u", "x"], ["t", "y"]), mark_of([1], [2]), mark_of("one", str(uuid.UUID(int=1)))],
)  # fmt: skip
def test_a_strange_mark_is_refused(rows, mark):
    with pytest.raises(CursorRefused):
        keyset_page(rows, order=("amount", "id"), after=mark).rows  # noqa: B018


def test_a_mark_of_another_list_is_refused(rows):
    mark = keyset_page(rows, order=("unit", "-amount", "code"), size=3).after

    with pytest.raises(CursorRefused):
        keyset_page(rows, order=("amount", "id"), after=mark)


def test_a_mark_with_a_value_of_the_wrong_kind_is_refused(rows):
    mark = keyset_page(rows, order=("code", "id"), size=3).after

    with pytest.raises(CursorRefused):
        keyset_page(rows, order=("amount", "id"), after=mark)
    assert uuid.UUID(int=0) not in {row.id for row in rows}
