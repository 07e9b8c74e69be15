"""The client as others get it: installed by pip, without a network, into a folder of its own."""

import importlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings

from apps.listings.models import Listing
from tests.clients import shelf


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the package that pip has built and installed."""
    source = tmp_path_factory.mktemp("source") / "python"
    shutil.copytree(settings.BASE_DIR / "clients" / "python", source)
    target = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    options = ["--no-build-isolation", "--disable-pip-version-check", "--target", str(target)]
    subprocess.run([*pip, *options, str(source)], check=True, timeout=120)
    return target


@pytest.fixture(scope="session")
def sangam_client(installed: Path) -> Iterator[ModuleType]:
    """The installed package."""
    sys.path.insert(0, str(installed))
    yield importlib.import_module("sangam_client")
    sys.path.remove(str(installed))


@pytest.fixture(autouse=True)
def bundles(settings: object, tmp_path: Path) -> Path:
    """A folder of their own for the bundles, each built anew where anything changed."""
    settings.BUNDLE_DIR = tmp_path / "bundles"
    settings.BUNDLE_EVERY = 0
    return settings.BUNDLE_DIR


@pytest.fixture
def register(db: None) -> list[Listing]:
    """Listings with facts of every kind under rules that tell them apart."""
    return shelf.register()


@pytest.fixture
def few(db: None) -> list[Listing]:
    """Five listings, and a rule that prohibits one of them."""
    return shelf.few()
