"""Reports of misuse, and the files that came with them."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.cases.sniffing import ENDINGS
from apps.cases.states import REPORT, Channel, Cleaning, Harm, Ongoing, ReportState, Voice


class MisuseReport(models.Model):
    """What someone reported, in their words and their language.

    The id is random and the time is a day, so that neither tells when it came or after which
    other. Of the receipt and of the form only keyed locks are kept. `contact` and `reporter` are
    empty for anonymous reports, held by a constraint.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    receipt_lock = models.CharField(max_length=64, unique=True)
    sent_lock = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=10, choices=Channel)
    voice = models.CharField(max_length=12, choices=Voice)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="reports"
    )
    contact = models.CharField(_("how we may reach you"), max_length=300, blank=True)
    listing = models.ForeignKey(
        "listings.Listing", models.PROTECT, null=True, related_name="reports"
    )
    thing = models.CharField(_("name of the model or service"), max_length=300)
    seen_where = models.TextField(_("where it can be seen"), max_length=2000, blank=True)
    harms = ArrayField(models.CharField(max_length=12, choices=Harm.choices))
    story = models.TextField(_("what happened"), max_length=5000)
    ongoing = models.CharField(max_length=8, choices=Ongoing, default=Ongoing.UNKNOWN)
    language = models.CharField(max_length=12)
    jurisdiction = models.CharField(max_length=8, blank=True)
    received_date = models.DateField()
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.RECEIVED)
    triage_clock = models.OneToOneField("clocks.Clock", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            REPORT.constraint("cases_report_state"),
            models.CheckConstraint(
                name="cases_anonymous_names_nobody",
                condition=~Q(voice=Voice.ANONYMOUS) | Q(reporter__isnull=True, contact=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_date", "id"],
                name="cases_reports_waiting",
                condition=Q(state=ReportState.RECEIVED),
            ),
            models.Index(
                fields=["received_date"],
                name="cases_reports_unclocked",
                condition=Q(state=ReportState.RECEIVED, triage_clock__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Evidence(models.Model):
    """One file of a report; it is only ever handed out as an attachment, to officers.

    Kept is what is left once hidden data were taken out, with its hash; of the file as it came
    only the hash, so that whoever holds the original can show that it is the one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(MisuseReport, models.PROTECT, related_name="evidence")
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    original_sha256 = models.CharField(max_length=64, blank=True)
    cleaning = models.CharField(max_length=8, choices=Cleaning, default=Cleaning.NONE)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint("report", "sha256", name="cases_one_file_once"),
            models.CheckConstraint(
                name="cases_file_cleaning", condition=Q(cleaning__in=Cleaning.values)
            ),
        ]

    def __str__(self) -> str:
        return self.sha256

    @property
    def file_name(self) -> str:
        """A name that says nothing but what kind of file it is."""
        return f"evidence-{self.sha256[:12]}.{ENDINGS[self.media_type]}"
