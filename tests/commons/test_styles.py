"""The stylesheet: built from its sources, small, and in layers."""

import gzip

from apps.commons.management.commands.styles_build import TARGET, stylesheet


def test_built_stylesheet_is_current() -> None:
    assert TARGET.read_text("utf-8") == stylesheet()


def test_stylesheet_fetches_nothing_more() -> None:
    css = stylesheet()

    assert "@import" not in css
    assert "url(" not in css


def test_stylesheet_keeps_its_budget() -> None:
    css = stylesheet().encode()

    assert len(css) <= 48 * 1024
    assert len(gzip.compress(css)) <= 12 * 1024
