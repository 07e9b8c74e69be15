import dataclasses
import uuid

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from apps.core.actor import ANONYMOUS
from apps.journal.acts import Act
from apps.journal.governed import AppendOnly, Governed, Kept
from apps.journal.services import record
from tests.database.base import as_superuser


@dataclasses.dataclass(frozen=True, kw_only=True)
class StonePlaced(Act):
    kind = "tests.stone.placed"


@pytest.fixture
def stones(transactional_db):
    """Make a table under each law, as a migration would."""
    for name, law in {"governed": Governed, "kept": Kept, "added": AppendOnly}.items():
        as_superuser(f"create table tests_{name} (weight int)")
        as_superuser(f"grant select, insert, update, delete on tests_{name} to sangam_app")
        as_superuser(law(f"tests_{name}").sql)
    yield
    for name in ("governed", "kept", "added"):
        as_superuser(f"drop table tests_{name}")


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@transaction.atomic
def _place_with_a_forgotten_act() -> None:
    point = transaction.savepoint()
    record(StonePlaced(subject=uuid.uuid4()), actor=ANONYMOUS)
    transaction.savepoint_rollback(point)
    run("insert into tests_governed values (1)")


def weights(name: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"select weight from tests_{name} order by 1")
        return [weight for (weight,) in cursor.fetchall()]


@pytest.mark.usefixtures("stones")
def test_a_governed_row_needs_an_act_in_its_own_transaction():
    with transaction.atomic():
        record(StonePlaced(subject=uuid.uuid4()), actor=ANONYMOUS)

    with pytest.raises(IntegrityError, match="changed without an act"), transaction.atomic():
        run("insert into tests_governed values (1)")

    assert weights("governed") == []


@pytest.mark.usefixtures("stones")
def test_a_governed_row_stands_with_its_act():
    with transaction.atomic():
        run("insert into tests_governed values (1)")
        record(StonePlaced(subject=uuid.uuid4()), actor=ANONYMOUS)

    assert weights("governed") == [1]


@pytest.mark.usefixtures("stones")
def test_an_act_in_a_savepoint_that_was_rolled_back_does_not_count():
    with pytest.raises(IntegrityError, match="changed without an act"):
        _place_with_a_forgotten_act()

    assert weights("governed") == []


@pytest.mark.usefixtures("stones")
def test_a_kept_row_can_be_closed_and_not_deleted():
    run("insert into tests_kept values (1)")

    run("update tests_kept set weight = 2")
    with pytest.raises(ProgrammingError, match="permission denied"):
        run("delete from tests_kept")

    assert weights("kept") == [2]


@pytest.mark.usefixtures("stones")
@pytest.mark.parametrize(
    "statement", ["update tests_added set weight = 2", "delete from tests_added"]
)
def test_an_added_row_can_be_neither_changed_nor_deleted(statement):
    run("insert into tests_added values (1)")

    with pytest.raises(ProgrammingError, match="permission denied"):
        run(statement)

    assert weights("added") == [1]


@pytest.mark.usefixtures("stones")
def test_the_trigger_stands_where_a_privilege_was_given_by_mistake():
    run("insert into tests_added values (1)")
    as_superuser("grant delete on tests_added to sangam_app")

    with pytest.raises(ProgrammingError, match="never rewritten"):
        run("delete from tests_added")

    assert weights("added") == [1]
