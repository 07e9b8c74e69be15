"""What the alarm clock does should no runner be there."""

from celery import shared_task

from apps.journal.services import sequence, step
from apps.reactions.table import CONSUMERS, TICKS


@shared_task(name="reactions.journal_tick")
def journal_tick() -> None:
    """Do one round of the runner's duties; locks make it harmless beside a runner."""
    for due in TICKS:
        due()
    sequence()
    for consumer in CONSUMERS:
        step(consumer)
