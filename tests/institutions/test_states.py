import itertools

import pytest
from django.db import IntegrityError, connection

from apps.core.errors import MoveRefused
from apps.institutions.models import ErasureRequest, Invitation, Organisation
from apps.institutions.states import ERASURE, INVITATION, ORGANISATION
from tests.factories import institutions as make

ALLOWED = {
    ORGANISATION.states: {
        ("registered", "confirmed"),
        ("registered", "refused"),
        ("refused", "confirmed"),
        ("confirmed", "suspended"),
        ("suspended", "confirmed"),
    },
    INVITATION.states: {("sent", "accepted"), ("sent", "withdrawn")},
    ERASURE.states: {
        ("requested", "withdrawn"),
        ("requested", "refused"),
        ("requested", "done"),
    },
}
ROWS = {
    ORGANISATION.states: Organisation,
    INVITATION.states: Invitation,
    ERASURE.states: ErasureRequest,
}
PAIRS = [
    (table, source, target)
    for table in (ORGANISATION, INVITATION, ERASURE)
    for source, target in itertools.product(table.states.values, repeat=2)
]


@pytest.mark.parametrize(("table", "source", "target"), PAIRS)
def test_every_pair_of_states_is_a_step_or_refused(table, source, target):
    row = ROWS[table.states](state=source)

    if (source, target) in ALLOWED[table.states]:
        table.move(row, target)
        assert row.state == target
        return
    with pytest.raises(MoveRefused):
        table.move(row, target)
    assert row.state == source


@pytest.mark.django_db
def test_the_database_refuses_a_state_that_is_none():
    company = make.organisation()

    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(
            "update institutions_organisation set state = 'grand' where id = %s", [company.pk]
        )
