"""Act → handlers, and what time itself brings: both tables, written by hand."""

from collections.abc import Callable

from apps.journal.services import Consumer
from apps.journal.services.trail import TRAIL
from apps.policy.services import rules_turn

CONSUMERS: tuple[Consumer, ...] = (TRAIL,)

# Services called about once a second. Each asks `core_now()` what is due, changes nothing where
# nothing is, and may be called by two runners at once.
TICKS: tuple[Callable[[], object], ...] = (rules_turn,)
