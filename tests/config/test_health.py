"""Health: alive without a database, ready with everything, figures for those who may see them."""

import dataclasses
import uuid

import pytest
from django.db import connection, transaction

from apps.core.actor import ANONYMOUS
from apps.journal.acts import Act
from apps.journal.services import record
from apps.reactions.runner import settle
from config import health


@dataclasses.dataclass(frozen=True, kw_only=True)
class BellRung(Act):
    kind = "tests.bell.rung"


def test_alive_asks_no_database(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"alive\n")


@pytest.mark.django_db
def test_ready_when_every_part_holds(client):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True, "database": True, "migrations": True, "journal": True, "broker": True,
    }  # fmt: skip
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_without_the_broker(client, monkeypatch):
    monkeypatch.setitem(health.celery_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["broker"] is False
    assert answer.json()["database"] is True


@pytest.mark.django_db
def test_not_ready_while_an_old_act_has_no_place(client, monkeypatch):
    record(BellRung(subject=uuid.uuid4()), actor=ANONYMOUS)
    monkeypatch.setattr(health, "NUMBERED_WITHIN", 0.0)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["journal"] is False


@pytest.mark.django_db
def test_not_ready_with_a_migration_to_come(client, monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'journal'")
        answer = client.get("/readyz")
        transaction.set_rollback(True)

    assert answer.status_code == 503
    assert answer.json()["migrations"] is False


@pytest.mark.django_db
def test_figures_name_position_lag_and_parked(client):
    record(BellRung(subject=uuid.uuid4()), actor=ANONYMOUS)
    settle()

    text = client.get("/metrics").content.decode()

    assert "sangam_journal_position 1\n" in text
    assert 'sangam_journal_lag{consumer="notices"} 0\n' in text
    assert "sangam_journal_parked 0\n" in text
    assert "sangam_journal_oldest_unnumbered_seconds 0.0\n" in text


@pytest.mark.django_db
def test_figures_are_for_this_machine_alone(client):
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(("shown", "status"), [("Bearer right", 200), ("Bearer wrong", 403)])
def test_figures_ask_for_the_token_where_there_is_one(client, settings, shown, status):
    settings.METRICS_TOKEN = "right"

    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"Authorization": shown}).status_code == status
