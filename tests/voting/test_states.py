import itertools
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection

from apps.core.errors import MoveRefused
from apps.voting.models import Ballot
from apps.voting.states import BALLOT, BallotState
from tests.factories import voting as make

ALLOWED = {
    ("draft", "open"),
    ("open", "closed"),
    ("closed", "tallied"),
    ("draft", "annulled"),
    ("open", "annulled"),
}


@pytest.mark.parametrize(("source", "target"), list(itertools.product(BallotState, BallotState)))
def test_a_ballot_moves_by_its_table_only(source, target):
    ballot = Ballot(state=source)

    if (source, target) in ALLOWED:
        BALLOT.move(ballot, target)
        assert ballot.state == target
    else:
        with pytest.raises(MoveRefused):
            BALLOT.move(ballot, target)
        assert ballot.state == source


@pytest.mark.django_db
def test_the_database_knows_no_other_state():
    ballot = make.prepared()

    with (
        pytest.raises(IntegrityError, match="voting_ballot_state"),
        connection.cursor() as cursor,
    ):
        cursor.execute("update voting_ballot set state = 'won' where id = %s", [ballot.pk])


def test_the_readme_shows_the_table():
    readme = Path(settings.BASE_DIR, "apps/voting/README.md").read_text("utf-8")

    assert re.findall(r"```mermaid\n(.*?)\n```", readme, re.DOTALL) == [BALLOT.diagram()]
