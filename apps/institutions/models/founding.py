"""The charter: who operates the portal, who pays for it, who appoints each chamber."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.core.ids import uuid7
from apps.institutions.models.chambers import Chamber


class Charter(models.Model):
    """One version of the charter; the newest one begun is in force, none is ever rewritten."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField(_("version"), unique=True)
    operator = models.CharField(_("operator"), max_length=200)
    contact = models.EmailField(_("contact"))
    funding = models.TextField(_("who funds the portal"))
    founding_terms = models.TextField(_("founding terms"))
    founding_from_date = models.DateField(_("founding terms begin"))
    founding_until_date = models.DateField(_("founding terms end"))
    source = models.CharField(_("source"), max_length=500)
    in_force_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="institutions_founding_terms_end",
                condition=Q(founding_until_date__gt=F("founding_from_date")),
            )
        ]

    def __str__(self) -> str:
        return f"charter, version {self.number}"


class ChamberTerms(models.Model):
    """What one version of the charter says about one chamber."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    charter = models.ForeignKey(Charter, models.PROTECT, related_name="chambers")
    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="terms_in_charters")
    seats = models.PositiveIntegerField(_("seats"))
    appointment = models.TextField(_("who appoints or elects it"))
    eligibility = models.TextField(_("who may sit in it"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "chamber"], name="institutions_one_text_per_chamber"
            )
        ]

    def __str__(self) -> str:
        return f"{self.chamber_id} in {self.charter_id}"
