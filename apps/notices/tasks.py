"""What the worker sends, and what the alarm clock tidies away."""

from celery import shared_task

from apps.notices.services import mails_send, notices_forget


@shared_task(name="notices.mail_send")
def mail_send() -> None:
    """Send the e-mails that are due."""
    mails_send()


@shared_task(name="notices.forget")
def forget() -> None:
    """Delete notices whose time is over."""
    notices_forget()
