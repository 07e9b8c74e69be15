"""A process that ends with the one that started it, however that one ended."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent() -> None:
    """Ask the kernel to end this process when its parent dies, be it by kill -9."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def end_with_supervised_parent() -> None:
    """Do so in a grandchild of the supervisor: a worker of the web server or of Celery."""
    if os.environ.get("SUPERVISED"):
        end_with_parent()
