"""API tokens and idempotency keys."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.clock import Now
from apps.core.ids import uuid7
from apps.institutions.models.organisations import Organisation
from apps.institutions.models.people import User


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens by what they are good for."""

    def valid(self) -> "ApiTokenQuerySet":
        """Those neither revoked nor expired."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=Now())


class ApiToken(models.Model):
    """A key for programs; its secret is shown once and kept as a digest only.

    `second_factor` says that it was issued in a session with a second factor, and so may act for
    an office that needs one.
    """

    objects = ApiTokenQuerySet.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="tokens"
    )
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    tail = models.CharField(_("ends with"), max_length=4)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=_("scopes"))
    second_factor = models.BooleanField(default=False)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-issued_at"], name="institutions_tokens_of")]

    def __str__(self) -> str:
        return f"token …{self.tail}"


class IdempotencyKey(models.Model):
    """A write that was answered: the same request again gets the same answer and writes nothing.

    `owner` is the token or the person that sent it. The row is written in the transaction of the
    write itself, so that there is never one without the other.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner: "models.UUIDField[uuid.UUID, uuid.UUID]" = models.UUIDField()
    key = models.CharField(max_length=120)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    content_type = models.CharField(max_length=80, blank=True)
    location = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="institutions_one_answer_per_key")
        ]
        indexes = [models.Index(fields=["made_at"], name="institutions_keys_by_age")]

    def __str__(self) -> str:
        return f"key of {self.owner}"
