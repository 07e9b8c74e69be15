import dataclasses
import uuid

import pytest
from django.db import connection, transaction

from apps.core.actor import ANONYMOUS
from apps.journal.acts import Act
from apps.journal.errors import ActOutsideTransaction
from apps.journal.selectors import acts_after, history, position
from apps.journal.services import caused_by, record, sequence
from apps.reactions.runner import settle


@dataclasses.dataclass(frozen=True, kw_only=True)
class LampLit(Act):
    kind = "tests.lamp.lit"
    number: int
    room: uuid.UUID


LAMP, ROOM = uuid.uuid4(), uuid.uuid4()


@pytest.mark.django_db
def test_an_act_gets_the_next_position_and_keeps_its_facts():
    record(LampLit(subject=LAMP, number=1, room=ROOM), actor=ANONYMOUS)

    sequence(everything=True)

    [act] = acts_after(0, limit=10)
    assert (act.seq, act.kind, act.subject) == (1, "tests.lamp.lit", LAMP)
    assert act.payload == {"number": 1, "room": str(ROOM)}
    assert position() == 1


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_a_transaction_is_refused():
    with pytest.raises(ActOutsideTransaction):
        record(LampLit(subject=LAMP, number=1, room=ROOM), actor=ANONYMOUS)

    assert sequence(everything=True) == 0


@pytest.mark.django_db
def test_history_follows_the_subject_and_the_things_an_act_concerns():
    record(LampLit(subject=LAMP, number=1, room=ROOM), actor=ANONYMOUS)
    settle()
    with caused_by(1):
        record(LampLit(subject=ROOM, number=2, room=LAMP), actor=ANONYMOUS)
    settle()

    assert [act.seq for act in history(LAMP)] == [2, 1]
    assert [act.cause for act in history(ROOM)] == [1, None]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "update journal_act set kind = 'x'",
        "delete from journal_act",
        "truncate journal_act",
        "insert into journal_trail values (gen_random_uuid(), 9, null)",
        "insert into journal_seq values (9, 9)",
        "insert into journal_act (id, kind, subject, payload, visibility) "
        "overriding system value values (9, 'x', gen_random_uuid(), '{}', 'public')",
        "alter table journal_act disable trigger all",
        "create temp table journal_act (xid xid8)",
        "set role sangam_owner",
        "update core_businessclock set ahead = interval '1 day'",
    ],
)
def test_the_runtime_role_cannot_rewrite_the_journal(statement):
    with transaction.atomic():
        record(LampLit(subject=LAMP, number=1, room=ROOM), actor=ANONYMOUS)
    sequence(everything=True)

    with (
        pytest.raises(Exception, match="permission denied|must be owner"),
        connection.cursor() as c,
    ):
        c.execute(statement)

    assert [act.kind for act in acts_after(0, limit=10)] == ["tests.lamp.lit"]


@pytest.mark.django_db
@pytest.mark.parametrize("concerns", ["{not-a-thing}", "{null}"])
def test_nothing_is_recorded_that_the_sequencer_could_not_place(concerns):
    words = (
        "insert into journal_act (kind, subject, payload, concerns, visibility) "
        "values ('x', gen_random_uuid(), '{}', %s, 'public')"
    )
    with (
        pytest.raises(Exception, match="invalid input|journal_act_concerns"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(words, [concerns])
