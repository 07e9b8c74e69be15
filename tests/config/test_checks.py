"""The web process serves with the runtime role's rights only."""

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from config import checks


def database_checks() -> list:
    return run_checks(include_deployment_checks=True, databases=["default"], tags=["database"])


@pytest.mark.django_db
def test_the_runtime_role_passes():
    assert checks.owned_table() is None
    assert (
        run_checks(include_deployment_checks=True, databases=["default"], tags=["database"]) == []
    )
    checks.refuse_owner()


@pytest.fixture
def owner(django_db_setup, django_db_blocker):
    """A connection as the role that owns the tables."""
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["USER"] = "sangam_owner"
        yield
        connection.close()
        connection.settings_dict["USER"] = "sangam_app"


def test_the_owner_is_refused(owner):
    table = checks.owned_table()

    [found] = run_checks(include_deployment_checks=True, databases=["default"], tags=["database"])

    assert table is not None
    assert found.id == "sangam.E001"
    assert table in found.msg
    with pytest.raises(ImproperlyConfigured, match="Name the runtime role in DATABASE_URL"):
        checks.refuse_owner()
