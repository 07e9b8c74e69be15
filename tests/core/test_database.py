"""What a transaction says last goes out with COMMIT, and keeps to savepoints."""

from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

SAY = "insert into django_session (session_key, session_data, expire_date) values (%s, '', now())"
pytestmark = pytest.mark.django_db(transaction=True)


def say(word: str) -> None:
    connection.say_last(SAY, [word])


def said() -> list[str]:
    return sorted(Session.objects.values_list("session_key", flat=True))


def test_it_is_said_with_commit_and_not_before():
    with transaction.atomic():
        say("one")
        say("two")
        assert said() == []

    assert said() == ["one", "two"]
    assert connection.last_words == []


def test_a_transaction_that_says_nothing_else_is_committed_too():
    with transaction.atomic():
        say("alone")

    connection.close()
    assert said() == ["alone"]


def test_what_must_be_seen_at_once_can_be_sent_at_once():
    with transaction.atomic():
        say("now")
        connection.send_last_words()
        assert said() == ["now"]


def test_a_block_that_fails_takes_its_last_words_along():
    with transaction.atomic():
        say("outer")
        with suppress(RuntimeError), transaction.atomic():
            say("inner")
            raise RuntimeError
        say("later")

    assert said() == ["later", "outer"]


def test_a_savepoint_released_and_its_outer_block_failed_leave_nothing():
    with suppress(RuntimeError), transaction.atomic():
        with transaction.atomic():
            say("inner")
        assert said() == ["inner"]
        say("outer")
        raise RuntimeError

    assert said() == []
    assert connection.last_words == []


@transaction.atomic
def say_what_stands(count: int) -> None:
    Session.objects.create(session_key="kept?", session_data="", expire_date=timezone.now())
    for _ in range(count):
        say("kept?")
    assert said() == ["kept?"]


@pytest.mark.parametrize("count", [1, 3])
def test_what_the_database_refuses_is_raised_at_the_end_and_nothing_is_kept(count):
    with pytest.raises(IntegrityError, match="django_session_pkey"):
        say_what_stands(count)

    assert said() == []
    with transaction.atomic():
        say("after")
    assert said() == ["after"]


def test_a_refusal_in_an_inner_block_spares_the_outer_one():
    with transaction.atomic():
        say("outer")
        with pytest.raises(DataError), transaction.atomic():
            say("x" * 41)
        say("later")

    assert said() == ["later", "outer"]


def test_a_connection_that_is_lost_forgets_what_was_to_be_said():
    with suppress(RuntimeError), transaction.atomic():
        say("lost")
        connection.close()
        raise RuntimeError

    assert connection.last_words == []
    assert said() == []


def test_the_same_words_are_prepared_once():
    for word in ("one", "two", "three"):
        with transaction.atomic():
            say(word)

    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_prepared_statements where statement like %s",
                       ["insert into django_session%"])  # fmt: skip
        assert cursor.fetchone() == (1,)
