"""Act → handlers: the whole table, written by hand."""

from apps.journal.services import Consumer
from apps.journal.services.trail import TRAIL

CONSUMERS: tuple[Consumer, ...] = (TRAIL,)
