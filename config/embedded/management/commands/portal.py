"""Bring the whole portal up on this machine, keep it running, and stop all of it."""

import contextlib
import io
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from config.embedded import preparing
from config.embedded.holding import hold, let_go
from config.embedded.programs import ClusterError
from config.embedded.stopping import Stop, Stopped
from config.embedded.supervisor import Supervisor, portal_children

LINE = "-" * 78


class Command(BaseCommand):
    help = "Run the database, the web server, the journal runner, the worker and the alarm clock."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", default="8000", help="port on 127.0.0.1 (8000)")

    def handle(self, *args: object, port: str, **options: object) -> None:
        self.port = port
        self.stop = Stop()
        self.stop.listen()
        self._port_must_be_free()
        self._note_address()
        with contextlib.suppress(Stopped), self._database():
            told = self._prepare()
            supervisor = Supervisor(
                portal_children(port),
                settings.CLUSTER if settings.CLUSTER_NEEDED else None,
                self._tell,
                self.stop.asked,
            )
            supervisor.run(lambda: self._announce(told))
        self._tell("Stopped.")

    @contextlib.contextmanager
    def _database(self) -> Iterator[None]:
        if not settings.CLUSTER_NEEDED:
            yield
            return
        try:
            hold(settings.CLUSTER)
            yield
        except ClusterError as error:
            raise CommandError(str(error)) from None
        finally:
            connections.close_all()
            let_go(settings.CLUSTER)

    def _prepare(self) -> str:
        """Make everything ready; return what the demonstration has to say."""
        told = io.StringIO()
        for step in self._steps(told):
            with self.stop.step():
                step()
        connections.close_all()
        return told.getvalue().strip()

    def _steps(self, told: io.StringIO) -> Iterator[Callable[[], object]]:
        """Yield what is to be done, each step whole when it is repeated."""
        yield preparing.migrate
        if settings.CELERY_BROKER_URL == settings.EMBEDDED_BROKER:
            yield preparing.install_broker
        yield preparing.compile_catalogues
        if not settings.DEBUG:
            yield preparing.collect_static
        if settings.DEMO and "demo" in get_commands():
            self._tell("Preparing the demonstration.")
            yield lambda: call_command("demo", stdout=told)

    def _announce(self, told: str) -> bool:
        """Say where the portal is, once it answers."""
        try:
            direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            direct.open(f"http://127.0.0.1:{self.port}/readyz", timeout=2).close()
        except (urllib.error.URLError, OSError):
            return False
        lines = [f"Sangam is at http://localhost:{self.port} (Ctrl-C stops it)", told]
        self._tell("\n".join([LINE, *filter(None, lines), LINE]))
        return True

    def _port_must_be_free(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", int(self.port)))
            except (OSError, ValueError, OverflowError) as error:
                raise CommandError(
                    f"Port {self.port} cannot be used ({error}). Choose another: make run PORT=8001"
                ) from None

    def _note_address(self) -> None:
        """Write down where we are, for commands beside us and for messages to people."""
        settings.ADDRESS_NOTE.parent.mkdir(exist_ok=True)
        settings.ADDRESS_NOTE.write_text(f"http://localhost:{self.port}")

    def _tell(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
