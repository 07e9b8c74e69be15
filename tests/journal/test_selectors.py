import dataclasses
import datetime as dt
import uuid

import pytest

from apps.core.actor import Actor, ActorKind
from apps.journal.acts import Act, ActMalformed, Visibility
from apps.journal.errors import ActNotFound
from apps.journal.selectors import act_at, acts_after, consequences, latest_acts
from apps.journal.services import caused_by, record, record_many, sequence
from apps.reactions.runner import settle


@dataclasses.dataclass(frozen=True, kw_only=True)
class LetterSealed(Act):
    kind = "tests.letter.sealed"
    visibility = Visibility.SEALED
    weight: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class LetterPosted(Act):
    kind = "tests.letter.posted"
    weight: int


LETTER = uuid.uuid4()
WRITER = Actor(ActorKind.PERSON, person=uuid.uuid4())


@pytest.mark.django_db
def test_the_public_sees_of_a_sealed_act_its_place_its_day_and_a_commitment():
    record(LetterSealed(subject=LETTER, weight=20), actor=WRITER)
    sequence(everything=True)

    act = act_at(1)

    assert (act.seq, act.kind, act.actor, act.payload) == (1, "sealed", None, {})
    assert act.subject == uuid.UUID(int=0)
    assert act.recorded_at.time() == dt.time(0)
    assert len(act.commitment) == 64


@pytest.mark.django_db
def test_a_consumer_reads_a_sealed_act_open():
    record(LetterSealed(subject=LETTER, weight=20), actor=WRITER)
    sequence(everything=True)

    [act] = acts_after(0, limit=10, sealed=True)

    assert (act.kind, act.actor, act.payload) == (
        "tests.letter.sealed",
        WRITER.person,
        {"weight": 20},
    )


@pytest.mark.django_db
def test_two_sealed_acts_of_the_same_content_have_different_commitments():
    record_many([LetterSealed(subject=LETTER, weight=20)] * 2, actor=WRITER)
    sequence(everything=True)

    assert act_at(1).commitment != act_at(2).commitment


@pytest.mark.django_db
def test_consequences_are_the_acts_that_name_the_cause():
    record(LetterPosted(subject=LETTER, weight=1), actor=WRITER)
    settle()
    with caused_by(1):
        record(LetterPosted(subject=uuid.uuid4(), weight=2), actor=WRITER)
    settle()

    assert [act.seq for act in consequences(1)] == [2]
    assert consequences(2) == []


@pytest.mark.django_db
def test_latest_acts_come_newest_first_and_page_backwards():
    record_many([LetterPosted(subject=LETTER, weight=n) for n in range(1, 6)], actor=WRITER)
    sequence(everything=True)

    assert [act.seq for act in latest_acts(limit=2)] == [5, 4]
    assert [act.seq for act in latest_acts(limit=2, before=4)] == [3, 2]


@pytest.mark.django_db
def test_a_place_without_an_act_is_refused():
    with pytest.raises(ActNotFound):
        act_at(1)


def test_an_act_cannot_carry_a_float():
    @dataclasses.dataclass(frozen=True, kw_only=True)
    class LetterWeighed(Act):
        kind = "tests.letter.weighed"
        weight: float

    with pytest.raises(ActMalformed, match="float"):
        LetterWeighed(subject=LETTER, weight=0.5).payload()


def test_two_acts_cannot_share_a_kind():
    with pytest.raises(ActMalformed, match=r"tests\.letter\.posted"):

        class AnotherPosted(Act):
            kind = "tests.letter.posted"
