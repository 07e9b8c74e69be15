"""The house as its own files tell it: floors, apps, rooms, modules."""

import ast
import configparser
import importlib
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

from apps.journal.acts import Act, kinds

ROOT = Path(settings.BASE_DIR)
APPS = ROOT / "apps"


@cache
def contracts() -> configparser.ConfigParser:
    """The contracts of `.importlinter`."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    return parser


def lines(contract: str, option: str) -> list[str]:
    """The lines of one option of one contract."""
    return contracts()[f"importlinter:contract:{contract}"][option].split("\n")[1:]


def floors() -> list[set[str]]:
    """Sets of apps, the highest floor first, planned ones among them."""
    return [set(re.findall(r"\w+", line)) for line in lines("floors", "layers")]


def floor_of(app: str) -> int:
    """How high an app stands: 0 is the ground."""
    [height] = [n for n, names in enumerate(reversed(floors())) if app in names]
    return height


def app_names() -> list[str]:
    """Apps that exist."""
    return sorted(path.parent.name for path in APPS.glob("*/__init__.py"))


@cache
def owned_files() -> list[Path]:
    """Files in the repository, and those about to enter it."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).exists()]


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Each module of the apps and of `config` with its syntax tree, migrations left out."""
    for path in owned_files():
        name = path.relative_to(ROOT).as_posix()
        ours = name.startswith(("apps/", "config/")) and path.suffix == ".py"
        if ours and "/migrations/" not in name:
            yield name, ast.parse(path.read_text("utf-8"), name)


def acts(app: str) -> dict[str, type[Act]]:
    """The acts that an app declares, by kind."""
    if (APPS / app / "acts.py").exists() or (APPS / app / "acts").is_dir():
        importlib.import_module(f"apps.{app}.acts")
    return {kind: act for kind, act in kinds().items() if act.__module__.startswith(f"apps.{app}.")}
