"""An app knows only the floors below its own, by import and by foreign key."""

from django.apps import apps
from django.conf import settings
from django.db.models import Field

from tests.architecture.house import APPS, app_names, floor_of, floors, lines

# `core` has no rooms, only single tools; `reactions` holds one table and its handlers.
WITHOUT_ROOMS = {"core", "reactions"}
PLAIN = {"engine", "readers", "calendar", "names", "tally", "concentration", "reckoning"}


def keys() -> list[tuple[str, str, str]]:
    """Each foreign key as (app, column, app it points to)."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("apps."):
            continue
        for field in model._meta.get_fields():
            if isinstance(field, Field) and field.is_relation and field.related_model:
                target = field.related_model._meta
                if field.related_model.__module__.startswith("apps."):
                    found.append((model._meta.app_label, str(field), target.app_label))
    return found


def test_a_foreign_key_points_down_or_stays_in_its_app():
    upward = [
        f"{column} → {target}"
        for app, column, target in keys()
        if app != target and floor_of(target) >= floor_of(app)
    ]

    assert upward == []


def test_the_keys_of_the_house_are_seen():
    assert ("clocks", "clocks.Clock.rule", "clocks") in keys()
    assert ("institutions", "institutions.Membership.user", "institutions") in keys()


def test_every_app_has_its_floor_and_is_installed():
    planned = set().union(*floors())

    assert set(app_names()) <= planned
    assert {f"apps.{name}" for name in app_names()} <= set(settings.INSTALLED_APPS)


def test_only_apps_that_do_not_exist_yet_are_optional():
    optional = {
        word.strip(" ()")
        for line in lines("floors", "layers")
        for word in line.split("|")
        if "(" in word
    }

    assert optional & set(app_names()) == set(), (
        "In .importlinter, take the brackets off apps that exist."
    )


def test_the_rooms_of_every_app_are_under_contract():
    containers = {name.removeprefix("apps.") for name in lines("rooms", "containers")}

    assert containers == set(app_names()) - WITHOUT_ROOMS, (
        "In .importlinter, name each app that has rooms under containers of the rooms contract."
    )


def test_every_plain_room_is_under_contract():
    found = {
        f"apps.{app}.{room}"
        for app in app_names()
        for room in PLAIN
        if (APPS / app / f"{room}.py").exists() or (APPS / app / room).is_dir()
    }

    assert found <= set(lines("plain", "source_modules"))


def test_no_room_is_a_rummage_room():
    refused = {"utils", "helpers", "common", "misc", "signals", "receivers"}

    assert [path for path in APPS.rglob("*.py") if path.stem in refused] == []
