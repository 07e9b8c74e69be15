"""Run the sequencer and the consumers, for ever or until all is answered."""

from apps.journal.services import sequence, step
from apps.reactions.table import CONSUMERS


def settle(limit: int = 50) -> None:
    """Answer everything that was recorded, and what that leads to; for tests and the demo."""
    for _round in range(limit):
        numbered = sequence(everything=True)
        seen = sum(max(step(consumer), 0) for consumer in CONSUMERS)
        if not numbered and not seen:
            return
    raise RuntimeError(f"The journal did not come to rest in {limit} rounds.")
