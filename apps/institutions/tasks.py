"""What the alarm clock tidies away."""

from celery import shared_task

from apps.institutions.services.tidying import keys_forget


@shared_task(name="institutions.keys_forget")
def forget() -> None:
    """Drop answers kept for repeated requests, and counts, once their time is over."""
    keys_forget()
