"""A process's hold on the embedded cluster: taken once, given up when the process ends."""

import atexit
import os
import threading
from typing import TextIO

from config.embedded.cluster import Cluster

_uses: dict[tuple[int, Cluster], TextIO] = {}
_turn = threading.Lock()


def hold(cluster: Cluster) -> None:
    """Bring the cluster up and keep it up while this process lives; safe to repeat."""
    key = (os.getpid(), cluster)
    with _turn:
        if key not in _uses:
            _uses[key] = cluster.hold()
            atexit.register(let_go, cluster)


def let_go(cluster: Cluster) -> None:
    """Give the hold up now; the last process that does so stops the server."""
    if use := _uses.pop((os.getpid(), cluster), None):
        cluster.release(use)
