"""Each app says what it is for, and its pictures are those of its state tables."""

import pytest

from tests.architecture.house import APPS, acts, app_names
from tests.architecture.test_states import tables


@pytest.mark.parametrize("app", app_names())
def test_an_app_has_a_readme(app):
    assert (APPS / app / "README.md").exists()


@pytest.mark.parametrize("app", app_names())
def test_a_readme_shows_the_state_diagrams_and_the_acts(app):
    path = APPS / app / "README.md"
    text = path.read_text("utf-8")

    for name, table in tables(app).items():
        assert table.diagram() in text, (
            f"{path.name} of {app} must show the output of {name}.diagram() in a mermaid block."
        )
    for kind in acts(app):
        assert kind.rsplit(".", 1)[1] in text, f"{path.name} of {app} does not name {kind}."
