"""Ways that this house does not go: signals, hidden imports, knobs read in passing."""

import ast
import re

import pytest

from tests.architecture.house import acts, app_names, modules

# Machine time, and why; whatever law or people count by uses business time (`core.clock`).
MACHINE_TIME = {
    "apps/journal/services/parking.py": "a retry waits by the machine's time",
    "apps/journal/selectors.py": "acts are unsealed by the moment they were recorded",
    "apps/institutions/models/people.py": "Django's own column of an account",
    "apps/commons/views/hall.py": "security.txt expires for machines that read it",
}


def calls(name: str) -> list[tuple[str, int]]:
    """Where the apps call something whose dotted end is `name`."""
    return [
        (module, node.lineno)
        for module, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(name)
    ]


def imported() -> list[tuple[str, str]]:
    """Each (module, name it imports)."""
    found = []
    for module, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found += [(module, alias.name) for alias in node.names]
            if isinstance(node, ast.ImportFrom):
                found += [(module, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def test_no_signal_is_sent_or_heard():
    heard = ("django.dispatch", "django.db.models.signals", "django.core.signals")
    found = [pair for pair in imported() if pair[1].startswith(heard)]
    found += [pair for pair in imported() if pair[1].startswith("allauth") and "signal" in pair[1]]

    assert found == []


def test_no_generic_foreign_key():
    found = [pair for pair in imported() if "contenttypes" in pair[1] or "Generic" in pair[1]]

    assert [pair for pair in found if not pair[1].startswith(("typing", "rest_framework"))] == []


def test_settings_are_never_asked_by_getattr():
    found = [
        (module, node.lineno)
        for module, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "getattr"
        and "settings" in ast.unparse(node.args[0])
        and module.startswith("apps/")
    ]

    assert found == []


def test_imports_stand_at_the_top():
    inner = [
        (module, node.lineno)
        for module, tree in modules()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert inner == []


def test_what_law_counts_by_is_business_time():
    names = ("timezone.now", "datetime.now", "date.today", "datetime.utcnow", "timezone.localdate")
    asked = {module for name in names for module, _line in calls(name) if module[:5] == "apps/"}
    named = {
        module
        for module, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "timezone.now"
        if module.startswith("apps/")
    }

    assert asked | named <= set(MACHINE_TIME), "Use apps.core.clock, or name the reason here."


def test_no_task_is_sent_from_inside_a_service():
    sent = [pair for name in (".delay", ".apply_async") for pair in calls(name)]
    doors = {"api", "views", "tasks"}

    assert [pair for pair in sent if not doors & set(re.split(r"[/.]", pair[0])[2:3])] == []


@pytest.mark.parametrize("app", app_names())
def test_an_act_is_called_app_noun_participle_and_stands_in_its_app(app):
    for kind, act in acts(app).items():
        assert re.fullmatch(rf"{app}(\.[a-z]+(-[a-z]+)*){{2}}", kind)
        assert act.__module__.startswith(f"apps.{app}.acts")


def test_there_are_acts():
    assert "clocks.clock.expired" in acts("clocks")
