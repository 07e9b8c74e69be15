"""Start, adopt and stop an embedded PostgreSQL cluster.

Only this user gets in: the server listens on a socket in a private folder, and asks the kernel who
is at the other end. As root the files stand below /var/tmp, because the server's account may not
enter a private home.
"""

import fcntl
import hashlib
import os
import shlex
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import psycopg
from psycopg import sql

from config.embedded import programs
from config.embedded.programs import ClusterError

PROJECT = Path(__file__).resolve().parent.parent.parent
SUPERUSER = "sangam_super"
ROLES = {
    "sangam_owner": "login nosuperuser createdb",
    "sangam_app": "login",
    "sangam_broker": "login",
}
DATABASES = {"sangam": "sangam_owner", "sangam_broker": "sangam_broker"}
RIGHTS = """
revoke temporary, connect on database sangam from public;
revoke connect on database sangam_broker from public;
grant connect on database sangam to sangam_app;
"""
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
}
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}
PORT = "5432"
WAIT = 60
# What the server says while backends of a killed one still let go of its memory.
BUSY = ("pre-existing shared memory block", "Is another postmaster")


@dataclass(frozen=True, slots=True)
class Cluster:
    """One cluster of this checkout, named by `tag`; `fast` gives durability up for tests."""

    tag: str = "main"
    fast: bool = False

    @property
    def home(self) -> Path:
        """Folder that holds this checkout's clusters."""
        if os.geteuid() != 0:
            return PROJECT / "var" / "pg"
        key = hashlib.sha256(str(PROJECT).encode()).hexdigest()[:10]
        return Path("/var/tmp") / f"sangam-pg-{key}"  # noqa: S108 - ours alone, or refused

    @property
    def data(self) -> Path:
        """The cluster's data folder."""
        return self.home / self.tag

    @property
    def socket(self) -> Path:
        """Folder of the server's socket: short, as a socket's path ends at 107 bytes."""
        key = hashlib.sha256(str(self.data).encode()).hexdigest()[:10]
        return Path(tempfile.gettempdir()) / f"sangam-{os.geteuid()}-{key}"

    def conninfo(self, role: str = SUPERUSER, database: str = "postgres") -> str:
        """Connection string of one role to one database; the password is asked by nobody."""
        return f"host={self.socket} port={PORT} user={role} dbname={database} password=peer"

    def alive(self) -> bool:
        """Whether the server's process lives: cheap, for a supervisor's watch."""
        return self._postmaster() is not None

    def running(self) -> bool:
        """Whether the server answers on its socket."""
        try:
            psycopg.connect(self.conninfo(), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def ensure(self) -> None:
        """Bring the cluster up, whoever else tries at the same time; a running one is adopted."""
        with self._alone():
            self._bring_up()

    def stop(self) -> None:
        """Stop the server; quiet where none runs."""
        with self._alone():
            self._bring_down()

    def hold(self) -> TextIO:
        """Bring the cluster up and keep it in use until `release`, or until this process dies."""
        with self._alone():
            use = (self.home / f"{self.tag}.use").open("w")
            fcntl.flock(use, fcntl.LOCK_SH)
            self._bring_up()
            return use

    def release(self, use: TextIO) -> None:
        """Give up what `hold` returned; the last one who leaves stops the server."""
        with self._alone(), use:
            try:
                fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            self._bring_down()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        _ours(self.home, mode=0o711, owner=os.geteuid())
        with (self.home / f"{self.tag}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _bring_up(self) -> None:
        if not self._answers():
            self._create()
            self._start()
        self._bootstrap()

    def _bring_down(self) -> None:
        if not self.alive():
            return
        done = self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "-t", WAIT, "stop")
        if done and self.alive():
            raise ClusterError(f"The database did not stop: {done}")

    def _create(self) -> None:
        """Make the cluster's files, whole or not at all; refuse another version's files."""
        served = programs.account(self.data)
        major = programs.major(programs.folder(self.home, served), served)
        if (self.data / "PG_VERSION").exists():
            made = int((self.data / "PG_VERSION").read_text())
            if made != major:
                raise ClusterError(
                    f"The data in {self.data} were made by PostgreSQL {made}, but the programs at "
                    f"hand are {major}. Take the data over with pg_upgrade, name the programs of "
                    f"{made} in PG_BIN, or move the folder away to begin anew."
                )
            return
        half = self.home / f"{self.tag}.new"
        shutil.rmtree(half, ignore_errors=True)
        self._private(half)
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        if said := self._run(
            *("initdb", "-D", half, "-U", SUPERUSER, "-E", "UTF8", "-A", "peer", "--no-sync"),
            *(locale if major >= 17 else ("--locale=C.UTF-8",)),  # noqa: PLR2004 - a version
        ):
            raise ClusterError(f"initdb failed: {said}")
        names = (f'sangam "{programs.person()}" {role}\n' for role in (SUPERUSER, *ROLES))
        (half / "pg_ident.conf").write_text("".join(names))
        (half / "pg_hba.conf").write_text("local all all peer map=sangam\n")
        half.rename(self.data)

    def _start(self) -> None:
        self._private(self.socket)
        self._forget_the_dead()
        settings = SETTINGS | (FAST if self.fast else {})
        settings["unix_socket_directories"] = str(self.socket)
        options = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in settings.items())
        log = self.data / "server.log"
        command = ("pg_ctl", "-D", self.data, "-w", "-t", WAIT, "-l", log, "-o", options, "start")
        end = time.monotonic() + WAIT
        while True:
            before = log.stat().st_size if log.exists() else 0
            failed = self._run(*command)
            if not failed:
                return
            said = log.read_text(errors="replace")[before:] if log.exists() else ""
            if time.monotonic() > end or not any(sentence in said for sentence in BUSY):
                raise ClusterError(f"The database did not start: {failed}\n{said[-1500:]}")
            time.sleep(0.3)

    def _answers(self) -> bool:
        """Wait for a server that is there but recovering; return whether there is one."""
        end = time.monotonic() + WAIT
        while self.alive():
            if self.running():
                return True
            if time.monotonic() > end:
                raise ClusterError(f"A server runs on {self.data} but does not let us in.")
            time.sleep(0.1)
        return False

    def _bootstrap(self) -> None:
        """Make the roles and databases that are missing."""
        with psycopg.connect(self.conninfo(), autocommit=True) as link:
            roles = {name for (name,) in link.execute("select rolname from pg_roles")}
            made = {name for (name,) in link.execute("select datname from pg_database")}
            if roles >= ROLES.keys() and made >= DATABASES.keys():
                return
            for role, rights in ROLES.items():
                if role not in roles:
                    link.execute(sql.SQL("create role {} " + rights).format(sql.Identifier(role)))
            for database, owner in DATABASES.items():
                if database not in made:
                    link.execute(
                        sql.SQL("create database {} owner {}").format(
                            sql.Identifier(database), sql.Identifier(owner)
                        )
                    )
            link.execute(RIGHTS)

    def _postmaster(self) -> int | None:
        """Return the id of the server's process, None where it is dead."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError, ValueError):
            return None
        return pid if str(self.data).encode() in command else None

    def _forget_the_dead(self) -> None:
        """Take away the notes of a killed server whose id another process has by now.

        The server itself looks only whether the id lives. Where it does not, the notes stay: they
        tell the server of backends that have not let go of its memory.
        """
        for note in (self.data / "postmaster.pid", self.socket / f".s.PGSQL.{PORT}.lock"):
            pid = note.read_text().split("\n", 1)[0].strip() if note.exists() else ""
            if pid and Path(f"/proc/{pid}").exists():
                note.unlink()

    def _private(self, folder: Path) -> None:
        served = programs.account(self.data)
        _ours(folder, mode=0o700, owner=served.pw_uid if served else os.geteuid())

    def _run(self, program: str, *arguments: object) -> str:
        """Run a program; return what it said where it failed."""
        served = programs.account(self.data)
        command = [str(programs.folder(self.home, served) / program), *map(str, arguments)]
        done = programs.run(command, served)
        said = done.stdout.decode(errors="replace")[-800:]
        return (said or f"status {done.returncode}") if done.returncode else ""


def _ours(folder: Path, *, mode: int, owner: int) -> None:
    """Make a folder, or see that the one there is nobody else's."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=mode)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.geteuid()):
            raise ClusterError(
                f"{folder} belongs to someone else: remove it, or name a server in DATABASE_URL."
            ) from None
    if os.geteuid() == 0:
        os.chown(folder, owner, -1)
    folder.chmod(mode)
