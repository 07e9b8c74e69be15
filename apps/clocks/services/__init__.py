"""Starting, moving and ending clocks.

A clock is an instrument: nobody starts one for its own sake. The service that holds the matter (a
case, a rule, a ballot) asks who may, and calls these in its own transaction.
"""

from apps.clocks.services.moving import (
    clock_extend,
    clock_pause,
    clock_resume,
    clock_start,
    clock_stop,
)
from apps.clocks.services.ticking import clocks_expire, clocks_realign, clocks_remind

__all__ = [
    "clock_extend",
    "clock_pause",
    "clock_resume",
    "clock_start",
    "clock_stop",
    "clocks_expire",
    "clocks_realign",
    "clocks_remind",
]
