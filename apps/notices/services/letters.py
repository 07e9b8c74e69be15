"""Notices as plain text for an e-mail, in the person's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from apps.institutions.models import User
from apps.notices.models import Notice
from apps.notices.selectors import told


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject, on one line, and body."""

    subject: str
    body: str


def letter(person: User, notices: Sequence[Notice]) -> Letter:
    """Return one or several notices as a message in the active language."""
    context = {"person": person, "notices": told(notices), "portal": settings.PORTAL_URL}
    subject = render_to_string("notices/mail/subject.txt", context)
    body = render_to_string("notices/mail/body.txt", context)
    return Letter(" ".join(subject.split()), body.strip() + "\n")
