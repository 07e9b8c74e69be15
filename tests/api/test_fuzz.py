"""The API against its own OpenAPI document: whatever is sent, no fault of ours, no surprise.

Every operation is asked with generated values, fitting and unfitting, by each role's token, and
half of the time of a thing that is there. An answer must have a documented status and content
type, its body must fit the schema, and none may be a 5xx.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from apps.institutions.scopes import Scope
from tests.authorisation.roles import Role, World, build_world
from tests.authorisation.rows import Row, made, routes
from tests.authorisation.tables import TABLE
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
# Who comes besides where their credentials count.
BESIDES = {
    Role.RECEIPT: "/api/v1/reports",
    Role.REVIEWER: "/api/v1/reviews",
    Role.TELLER: "/api/v1/ballots",
}
DOCUMENT = SchemaGenerator().get_schema(request=None, public=True)
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS = {
    f"{found.ok().method.upper()} {found.ok().path}": found.ok()
    for found in SCHEMA.get_all_operations()
}
ROWS = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", at): TABLE[name] for name, at in routes().items()}


Answered = set[tuple[Role, int]]


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
        for role in (*ROLES, *BESIDES)
        if role in world.people
    }


@pytest.fixture
def fuzz(
    world: World, secrets: dict[Role, str], django_db_blocker: object
) -> Iterator[Callable[..., Answered]]:
    """What asks one operation so many times."""
    with django_db_blocker.unblock():
        yield partial(asked, world, secrets)


def shown(world: World, secrets: dict[Role, str], role: Role, row: Row) -> dict[str, str]:
    """The headers by which someone is known, or a report is opened."""
    headers = {"Accept-Encoding": "identity"}
    if role in secrets:
        headers["Authorization"] = f"Bearer {secrets[role]}"
    if role is Role.RECEIPT:
        headers["Report-Receipt"] = world.receipt(role, row.receipt)
    return headers


def asked(world: World, secrets: dict[Role, str], name: str, examples: int) -> Answered:
    """Ask an operation as everyone; return who was answered with which status."""
    application, answered = get_wsgi_application(), set()
    row, operation = ROWS[OPERATIONS[name].path], OPERATIONS[name]
    there = dict(made(row.at, world))
    roles = [*ROLES, *(role for role, path in BESIDES.items() if operation.path.startswith(path))]

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), known=st.booleans())
    def ask(case: schemathesis.Case, known: bool) -> None:
        if known:
            case.path_parameters |= {part: str(there[part]) for part in case.path_parameters}
        for role in roles:
            headers = shown(world, secrets, role, row)
            with transaction.atomic():
                answer = case.call_and_validate(app=application, headers=headers, checks=CHECKS)
                transaction.set_rollback(True)
            answered.add((role, answer.status_code))

    ask()
    return answered


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_no_answer_is_a_fault_or_a_surprise(name, fuzz, settings):
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 10**9)

    fuzz(name, examples=12)


@pytest.mark.parametrize(
    ("name", "role", "status"),
    [
        ("GET /api/v1/reports/status", Role.RECEIPT, 200),
        ("POST /api/v1/reviews/assignments/{assignment}/acceptance", Role.REVIEWER, 200),
        ("POST /api/v1/ballots/{code}/votes", Role.SEAT_SARKAR, 201),
    ],
)
def test_only_the_right_credentials_open_a_thing_that_is_there(name, role, status, fuzz, settings):
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 10**9)

    answered = fuzz(name, examples=12)

    assert {who for who, code in answered if code == status} == {role}


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_no_answer_is_a_fault_or_a_surprise_at_length(name, fuzz, settings):
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 10**9)

    fuzz(name, examples=200)


def test_no_two_shapes_share_a_name(capsys):
    SchemaGenerator().get_schema(request=None, public=True)

    assert "identical names" not in capsys.readouterr().err


def test_the_document_names_every_operation():
    assert len(OPERATIONS) == sum(
        method in {"get", "post", "put", "patch", "delete"}
        for path in DOCUMENT["paths"].values()
        for method in path
    )
