"""Measure: all, or what is named. Ends with 1 where a gate is not passed."""

import sys
from collections.abc import Callable
from importlib import import_module

from tests.bench.ground import database

ROOMS = (
    *("engine", "journal", "decisions", "bundles", "imports", "intake", "dashboards"),
    "simulation",
)


def main(names: list[str]) -> int:
    """Measure each room in turn and print its figures."""
    unknown = set(names) - set(ROOMS)
    if unknown:
        sys.exit(f"There is nothing called {', '.join(sorted(unknown))}; there are: {ROOMS}.")
    passed = True
    with database():
        for name in names or ROOMS:
            measure: Callable = import_module(f"tests.bench.{name}").measure
            for figure in measure():
                passed = passed and figure.passed
                sys.stdout.write(figure.line() + "\n")
                sys.stdout.flush()
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
