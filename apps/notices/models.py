"""Notices, their e-mail, and how each person wants it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.core.clock import Now
from apps.core.ids import uuid7
from apps.institutions.models import User
from apps.notices.states import MAIL, MailManner, MailState, kinds

UNREAD = Q(read_at__isnull=True)


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Sentences about notices."""

    def unread(self) -> "NoticeQuerySet":
        """Return those that nobody marked as read."""
        return self.filter(UNREAD)


class Notice(models.Model):
    """What one person is told of one act; the act at `seq` is told once in each kind.

    `parameters` fill the words of the kind in the reader's language, so they differ from kind to
    kind and are never asked for in a query; `path` leads to the place where something can be done.
    """

    objects = NoticeQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="notices")
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=40, choices=kinds)
    parameters = models.JSONField(default=dict)
    path = models.CharField(max_length=300)
    due_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "seq", "kind", name="notices_one_of_an_act"),
            models.CheckConstraint(
                name="notices_path_is_local",
                condition=Q(path__startswith="/") & ~Q(path__startswith="//"),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="notices_inbox"),
            models.Index(fields=["person", "-id"], name="notices_unread", condition=UNREAD),
            models.Index(fields=["written_at"], name="notices_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of act {self.seq}"


class MailQuerySet(models.QuerySet["Mail"]):
    """Sentences about e-mails."""

    def due(self) -> "MailQuerySet":
        """Return what is to be sent now."""
        return self.filter(state=MailState.TO_SEND, try_at__lte=Now())


class Mail(models.Model):
    """The e-mail of one notice: waiting until `try_at`, sent, given up or withheld."""

    objects = MailQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.OneToOneField(Notice, models.CASCADE, related_name="mail")
    state = models.CharField(max_length=10, choices=MailState, default=MailState.TO_SEND)
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            MAIL.constraint("notices_mail_state"),
            models.CheckConstraint(
                name="notices_mail_sent_at",
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["try_at", "id"],
                name="notices_mail_due",
                condition=Q(state=MailState.TO_SEND),
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} mail of {self.notice_id}"


class MailChoice(models.Model):
    """How a person wants e-mail; without a row each notice is sent at once."""

    person = models.OneToOneField(
        User, models.CASCADE, primary_key=True, related_name="mail_choice"
    )
    manner = models.CharField(_("E-mail about notices"), max_length=8, choices=MailManner)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notices_mail_manner", condition=Q(manner__in=MailManner.values)
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.manner}"
