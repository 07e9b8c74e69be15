"""The table against the portal."""

from dataclasses import replace

import pytest
from django.db import transaction
from django.urls import reverse

from tests.authorisation.roles import STRANGERS, Role, World
from tests.authorisation.rows import METHODS, Answers, Row, made, routes
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
    with django_db_blocker.unblock():
        wrong = faults(world, name, TABLE[name])

    assert wrong == {}


@pytest.mark.parametrize(
    ("name", "role", "method"),
    [
        ("samaj:answers", Role.RECEIPT, "post"),
        ("api-report-status", Role.RECEIPT, "get"),
        ("api-assignment-verdict", Role.REVIEWER, "post"),
        ("commons:review_decline", Role.REVIEWER, "post"),
    ],
)
def test_the_table_sees_who_gets_more_or_less_than_it_says(
    name, role, method, world, django_db_blocker
):
    right = TABLE[name]
    own = {code: roles for code, roles in right.answers(method).items() if role in roles}
    narrower = {code: roles - {role} for code, roles in own.items()}
    wider = {code: roles | {Role.TELLER} for code, roles in own.items()}

    with django_db_blocker.unblock():
        more = faults(world, name, saying(right, method, narrower))
        less = faults(world, name, saying(right, method, wider))

    assert (method, role) in more
    assert (method, Role.TELLER) in less


def saying(row: Row, method: str, answers: Answers) -> Row:
    """The row with other expectations of one method."""
    return replace(row, **{method: replace(row.sent(method), answers=answers)})


def faults(world: World, name: str, row: Row) -> dict[tuple[str, Role], str]:
    """Who is answered something else than the row says; the world is afterwards as it was."""
    with transaction.atomic():
        wrong = differences(world, name, row)
        transaction.set_rollback(True)
    return wrong


def differences(world: World, name: str, row: Row) -> dict[tuple[str, Role], str]:
    """Who is answered something else than the row says, by which method."""
    address = reverse(name.split(" ", maxsplit=1)[0], kwargs=dict(made(row.at, world))) + row.asked(
        world
    )
    return {
        (method, role): f"{address}: {answered}, and not {expected}"
        for method in METHODS
        for role in Role
        for expected in [expected_of(row, method, role, address)]
        for answered in [ask(world, role, method, address, row)]
        if answered not in expected
    }


def ask(world: World, role: Role, method: str, address: str, row: Row) -> str:
    """Send the request and undo what it did."""
    sent, api = row.sent(method), address.startswith("/api/v1/")
    receipt, body = world.receipt(role, row.receipt), dict(made(sent.body, world))
    if method == "post" and not api:
        body["receipt"] = receipt
    options = {"content_type": "application/json"}
    if method == "get" or sent.as_form or not api:
        options = {}
    with transaction.atomic():
        response = getattr(world.client(role), method)(
            address, body, headers={**sent.headers, "Report-Receipt": receipt}, **options
        )
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
