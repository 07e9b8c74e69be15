"""Files keep to a size that one person reads in one go."""

import re

import pytest

from tests.architecture.house import APPS, ROOT, app_names, owned_files

LONGEST = 300
# Written by a machine, or data; named here with the reason.
EXEMPT = {
    r"apps/\w+/migrations/\d{4}_\w+\.py": "operations are generated from the models",
    r"config/static/sangam\.css": "one stylesheet is one request of a first visit",
}
DJANGOS_OWN_NAMES = re.compile(
    r"\d{4}_(auto_|initial$|alter_|remove_|rename_field|delete_)|_and_more"
)


def too_long() -> list[str]:
    found = []
    for path in owned_files():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix not in {".py", ".html", ".css", ".js"}:
            continue
        if any(re.fullmatch(pattern, name) for pattern in EXEMPT):
            continue
        count = len(path.read_text("utf-8").splitlines())
        if count > LONGEST:
            found.append(f"{name}: {count} lines")
    return found


def test_no_file_of_ours_is_longer_than_three_hundred_lines():
    assert too_long() == [], "Split by noun; see style.md."


@pytest.mark.parametrize("app", app_names())
def test_migrations_are_named_by_hand(app):
    names = [path.stem for path in (APPS / app).glob("migrations/0*.py")]

    assert [name for name in names if DJANGOS_OWN_NAMES.search(name)] == []


@pytest.mark.parametrize("app", app_names())
def test_migrations_never_import_live_models(app):
    lines = [
        (path.stem, line)
        for path in (APPS / app).glob("migrations/0*.py")
        for line in path.read_text("utf-8").splitlines()
        if re.match(r"(from|import) apps\.\w+\.(models|selectors|services)", line)
    ]

    assert lines == []
