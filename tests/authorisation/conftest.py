"""One world for all rows; every request is undone after its answer."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from apps.reactions.runner import settle
from tests.authorisation.roles import World, build_world
from tests.authorisation.things import fill


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: object) -> Iterator[World]:
    """Everyone, and one of each thing, in a transaction that is never committed."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        made = build_world()
        fill(made)
        settle()
        made.sign_everybody_in()
        yield made
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
