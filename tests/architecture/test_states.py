"""Every column of states has its table, its check in the database and its picture."""

import importlib

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, Model

from apps.core.states import StateTable
from tests.architecture.house import APPS, app_names


def tables(app: str) -> dict[str, StateTable]:
    """The state tables of an app by name."""
    if not (APPS / app / "states.py").exists():
        return {}
    module = importlib.import_module(f"apps.{app}.states")
    return {name: value for name, value in vars(module).items() if isinstance(value, StateTable)}


def columns() -> list[tuple[type[Model], str]]:
    """Every column named `state` or `…_state`."""
    return [
        (model, field.name)
        for model in apps.get_models()
        if model.__module__.startswith("apps.")
        for field in model._meta.concrete_fields
        if field.name == "state" or field.name.endswith("_state")
    ]


def table_of(model: type[Model], column: str) -> StateTable | None:
    choices = model._meta.get_field(column).choices
    fitting = [
        table
        for table in tables(model._meta.app_label).values()
        if table.field == column and table.states.choices == choices
    ]
    return fitting[0] if fitting else None


def test_every_column_of_states_has_its_table_and_its_check():
    for model, column in columns():
        table = table_of(model, column)
        assert table, f"{model._meta.label}.{column} has no StateTable in its app's states.py."
        wanted = table.constraint("any").condition
        checks = [c.condition for c in model._meta.constraints if isinstance(c, CheckConstraint)]
        assert wanted in checks, f"{model._meta.label}.{column} lacks StateTable.constraint()."
        assert model._meta.get_field(column).get_default() == table.initial


def test_there_are_columns_of_states():
    labels = {model._meta.label for model, _column in columns()}

    assert {"clocks.Clock", "institutions.Organisation"} <= labels


@pytest.mark.parametrize("app", app_names())
def test_every_table_of_states_guards_a_column(app):
    used = [table_of(model, column) for model, column in columns()]

    for name, table in tables(app).items():
        assert table in used, f"{app}.{name} guards no column."


@pytest.mark.parametrize("app", app_names())
def test_every_state_can_be_reached(app):
    for name, table in tables(app).items():
        targets = {move.target for move in table.moves} | {table.initial}
        assert set(table.states.values) == targets, name
        assert set(table.main_line) <= targets, name
