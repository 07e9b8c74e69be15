"""What is made ready before the portal starts, and that a second start has nothing to do."""

import gettext
import os

import psycopg
import pytest

from config.embedded import preparing
from config.embedded.cluster import Cluster

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Register"
msgstr "पंजी"
"""


def test_catalogues_are_compiled_once(settings, tmp_path):
    source = tmp_path / "hi" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO, encoding="utf-8")
    settings.LOCALE_PATHS = [tmp_path]

    [compiled] = preparing.compile_catalogues()

    with compiled.open("rb") as binary:
        assert gettext.GNUTranslations(binary).gettext("Register") == "पंजी"
    assert preparing.compile_catalogues() == []


def test_static_files_are_collected_again_only_when_one_changed(settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "own.css").write_text("body { color: black; }\n" * 20)
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "root"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }

    assert preparing.collect_static()
    assert not preparing.collect_static()
    (source / "own.css").write_text("body { color: white; }\n" * 20)
    assert preparing.collect_static()

    names = {path.name for path in settings.STATIC_ROOT.iterdir()}
    assert "staticfiles.json" in names
    assert sum(name.startswith("own.") and name.endswith(".css.gz") for name in names) == 2


@pytest.fixture
def cluster():
    """The tests' cluster, held up."""
    own = Cluster(tag="test", fast=True)
    use = own.hold()
    yield own
    own.release(use)


def test_the_broker_is_laid_out_once_by_its_own_role(settings, cluster):
    settings.CLUSTER = cluster

    preparing.install_broker()
    preparing.install_broker()

    letters = f"letters_{os.getpid()}"
    with psycopg.connect(cluster.conninfo("sangam_broker", "sangam_broker")) as link:
        link.execute("select pgmq.create(%s)", [letters])
        link.execute("select pgmq.drop_queue(%s)", [letters])


def test_the_runtime_role_does_not_reach_the_broker(cluster):
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(cluster.conninfo("sangam_app", "sangam_broker"))
