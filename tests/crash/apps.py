"""An app that exists only in the crash proof, and hangs its consumers onto the real runner."""

from django.apps import AppConfig


class CrashConfig(AppConfig):
    name = "tests.crash"
    label = "crash"

    def ready(self) -> None:
        from apps.reactions import runner, tasks  # noqa: PLC0415 - models come first
        from tests.crash.consumers import COUNTING, FAILING  # noqa: PLC0415 - as above

        runner.CONSUMERS = tasks.CONSUMERS = (*runner.CONSUMERS, COUNTING, FAILING)
