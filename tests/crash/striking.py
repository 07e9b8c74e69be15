"""Settings of the crash proof, with the runner and the worker struck dead at chosen points."""

import sys

from config.embedded import supervisor
from tests.crash.settings import *  # noqa: F403
from tests.crash.settings import DATABASES, SUPERVISED

if SUPERVISED and {"journal_run", "worker"} & {*sys.argv}:
    DATABASES["default"]["ENGINE"] = "tests.crash.engine"
# Who is struck again and again is started again at once all the same.
supervisor.LONGEST_WAIT = supervisor.FIRST_WAIT
