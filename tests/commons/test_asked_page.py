import datetime as dt

import pytest
from django.test import Client

from apps.compliance.models import AskedCount
from apps.compliance.selectors.asked import latest_told
from apps.policy.engine import Outcome

pytestmark = pytest.mark.django_db


def asked(count, outcome=Outcome.ALLOW, *, use="general", place="IN", ago=0):
    AskedCount.objects.create(
        day_date=latest_told() - dt.timedelta(days=ago),
        outcome=outcome,
        use=use,
        jurisdiction=place,
        questions=count,
    )


def shown():
    return Client().get("/asked/").context["asked"]


def test_questions_are_counted_by_answer_day_use_and_place():
    asked(30)
    asked(10, Outcome.PROHIBIT, use="medical", place="*")
    asked(20, ago=2)

    found = shown()

    assert found.count == 60
    assert {bar.outcome: bar.count for bar in found.bars if bar.count} == {0: 50, 4: 10}
    assert [column.count for column in found.columns[-3:]] == [20, 0, 40]
    assert len(found.columns) == 30
    assert [count for _name, count in found.uses] == [50, 10]
    assert found.uses[1][0] == "Medical"
    assert found.places == [("India", 50), ("everywhere", 10)]


def test_columns_stand_on_the_ground_and_the_highest_is_the_busiest_day():
    asked(30)
    asked(10, Outcome.SUSPEND)
    asked(20, ago=1)

    before, last = shown().columns[-2:]

    assert [(one.y, one.height) for one in last.stretches] == [(30.0, 90.0), (0.0, 30.0)]
    assert [(one.y, one.height) for one in before.stretches] == [(60.0, 60.0)]


def test_today_small_counts_and_what_is_long_past_are_not_told(settings):
    asked(settings.QUESTIONS_TOLD_FROM - 1)
    asked(50, ago=-1)
    asked(50, ago=30)

    page = Client().get("/asked/").content.decode()

    assert "There is nothing to tell yet" in page


def test_more_questions_cost_no_more_queries(django_assert_num_queries):
    for number in range(25):
        asked(20, use=f"use-{number}", place="IN", ago=number)

    with django_assert_num_queries(7):
        assert Client().get("/asked/").status_code == 200
