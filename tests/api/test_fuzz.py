"""The API against its own OpenAPI document: whatever is sent, no fault of ours, no surprise.

Every operation is asked with generated values, fitting and unfitting, by each role's token. An
answer must have a documented status and content type, its body must fit the schema, and none may
be a 5xx.
"""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from apps.institutions.scopes import Scope
from tests.authorisation.roles import Role, World, build_world
from tests.authorisation.things import fill
from tests.factories import institutions

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
ROLES = (
    Role.ANONYMOUS,
    Role.COMMUNITY,
    Role.A_OWNER,
    Role.REGULATOR,
    Role.ADMINISTRATOR,
    Role.SEAT_SARKAR,
)
DOCUMENT = SchemaGenerator().get_schema(request=None, public=True)
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS = {
    f"{made.ok().method.upper()} {made.ok().path}": made.ok()
    for made in SCHEMA.get_all_operations()
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: object) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        made = build_world()
        fill(made)
        yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def open_connection() -> Iterator[None]:
    """Keep the transaction's connection over requests, as Django's own test client does."""
    moments = (signals.request_started, signals.request_finished)
    for moment in moments:
        moment.disconnect(close_old_connections)
    yield
    for moment in moments:
        moment.connect(close_old_connections)


@pytest.fixture(scope="module")
def secrets(world: World) -> dict[Role, str]:
    """A token of each role, with every scope."""
    return {
        role: institutions.token(world.people[role], *Scope).secret
        for role in ROLES
        if role is not Role.ANONYMOUS
    }


def fuzz(name: str, secrets: dict[Role, str], examples: int) -> None:
    application = get_wsgi_application()

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATIONS[name].as_strategy())
    def ask(case: schemathesis.Case) -> None:
        for role in ROLES:
            headers = {"Accept-Encoding": "identity"}
            if role in secrets:
                headers["Authorization"] = f"Bearer {secrets[role]}"
            with transaction.atomic():
                case.call_and_validate(app=application, headers=headers, checks=CHECKS)
                transaction.set_rollback(True)

    ask()


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_no_answer_is_a_fault_or_a_surprise(name, secrets, django_db_blocker, settings):
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 10**9)
    with django_db_blocker.unblock():
        fuzz(name, secrets, examples=12)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_no_answer_is_a_fault_or_a_surprise_at_length(name, secrets, django_db_blocker, settings):
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 10**9)
    with django_db_blocker.unblock():
        fuzz(name, secrets, examples=200)


def test_no_two_shapes_share_a_name(capsys):
    SchemaGenerator().get_schema(request=None, public=True)

    assert "identical names" not in capsys.readouterr().err


def test_the_document_names_every_operation():
    assert len(OPERATIONS) == sum(
        method in {"get", "post", "put", "patch", "delete"}
        for path in DOCUMENT["paths"].values()
        for method in path
    )
