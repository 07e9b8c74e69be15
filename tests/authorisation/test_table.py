"""The table against the portal."""

import pytest
from django.db import transaction
from django.urls import reverse

from tests.authorisation.roles import STRANGERS, Role, World
from tests.authorisation.rows import METHODS, Row, made, routes
from tests.authorisation.tables import TABLE

ROUTES = routes()


def test_every_route_has_its_row_and_every_row_its_route():
    missing = [
        f'{pattern} has no row. Add to a table in tests/authorisation/tables/: "{name}": '
        "Row(get={200: EVERYONE}),  # and what each other method and role is answered"
        for name, pattern in ROUTES.items()
        if name not in TABLE
    ]
    gone = [f"{name} is no address any more: take its row out." for name in TABLE.keys() - ROUTES]

    assert missing + gone == []


@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_role_gets_its_answer_by_each_method(name, world, django_db_blocker):
    row = TABLE[name]
    address = reverse(name.split(" ")[0], kwargs=dict(made(row.at, world))) + row.asked(world)

    with django_db_blocker.unblock():
        wrong = {
            f"{method.upper()} {address} as {role}": f"{answered}, and not {expected}"
            for method in METHODS
            for role in Role
            for expected in [expected_of(row, method, role, address)]
            for answered in [ask(world, role, method, address, row)]
            if answered not in expected
        }

    assert wrong == {}


def ask(world: World, role: Role, method: str, address: str, row: Row) -> str:
    """Send the request and undo what it did."""
    body, json = row.body(method, world), address.startswith("/api/v1/")
    options = {"content_type": "application/json"} if json and method != "get" else {}
    with transaction.atomic():
        response = getattr(world.client(role), method)(address, body, **options)
        transaction.set_rollback(True)
    if response.status_code == 302 and "/accounts/" in response["Location"]:
        return f"302 {response['Location'].split('?')[0]}"
    return str(response.status_code)


def expected_of(row: Row, method: str, role: Role, address: str) -> set[str]:
    """The answers that this role may get."""
    named = row.answers(method)
    for answers in (named, row.anyhow):
        if given := {str(status) for status, roles in answers.items() if role in roles}:
            return given
    refused = {"403", "404"}
    if role in STRANGERS:
        refused = {"401"} if address.startswith("/api/v1/") else {"302 /accounts/login/"}
    if role is Role.TOKEN:
        refused |= {"403", "404"}
    return refused if named else refused | {"405"}
