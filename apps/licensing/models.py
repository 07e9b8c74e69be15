"""The licence register. All but the review queue is reference data of one dated edition."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.core.ids import uuid7
from apps.licensing.states import NAMES, NameState


class Edition(models.Model):
    """One edition of the register as it was loaded: its name and the digest of its files."""

    is_reference = True

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ("loaded_at",)

    def __str__(self) -> str:
        return self.name


class Licence(models.Model):
    """One licence in one version; a family tag such as `openrail` stands here too, ambiguous."""

    is_reference = True

    id = models.CharField(primary_key=True, max_length=64)
    name = models.CharField(max_length=160)
    family = models.CharField(max_length=40)
    spdx_id = models.CharField(max_length=100, blank=True)
    scancode_ref = models.CharField(max_length=100, blank=True)
    hf_id = models.CharField(max_length=64, blank=True)
    category = models.CharField(max_length=40)
    flow_mode = models.CharField(max_length=40)
    confidence = models.CharField(max_length=10)
    source = models.TextField()
    note = models.TextField(blank=True)
    name_prefix = models.CharField(max_length=40, blank=True)
    monthly_users_below = models.BigIntegerField(null=True)
    yearly_revenue_usd_below = models.BigIntegerField(null=True)
    excluded_territory = ArrayField(models.CharField(max_length=40), default=list)
    ambiguous = models.BooleanField(default=False)
    effective_date = models.DateField(null=True)
    ended_date = models.DateField(null=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["family", "id"], name="licensing_licence_family")]

    def __str__(self) -> str:
        return self.name


class LicenceAlias(models.Model):
    """One spelling, or one address, under which a licence is known."""

    is_reference = True

    key = models.CharField(primary_key=True, max_length=300)
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="aliases")
    text = models.CharField(max_length=300)
    source = models.TextField()

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.text


class UseRestriction(models.Model):
    """One kind of use that licences forbid, under the register's own code."""

    is_reference = True

    code = models.CharField(primary_key=True, max_length=3)
    key = models.CharField(max_length=40, unique=True)
    summary = models.TextField()
    risks = ArrayField(models.CharField(max_length=60), default=list)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code}: {self.summary}"


class LicenceRestriction(models.Model):
    """A licence forbids a kind of use; `place` is where its text says so."""

    is_reference = True

    pk = models.CompositePrimaryKey("licence_id", "restriction_id")
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="restrictions")
    restriction = models.ForeignKey(UseRestriction, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=60)
    ended_date = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.licence_id} {self.restriction_id}"


class Term(models.Model):
    """One kind of duty or limit that licences carry beside use restrictions."""

    is_reference = True

    code = models.CharField(primary_key=True, max_length=40)
    summary = models.TextField()

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class LicenceTerm(models.Model):
    """A licence carries a term."""

    is_reference = True

    pk = models.CompositePrimaryKey("licence_id", "term_id")
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="terms")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    ended_date = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.licence_id} {self.term_id}"


class RestrictionUse(models.Model):
    """From a day on, a restriction code is read as forbidding one of the published uses."""

    is_reference = True

    pk = models.CompositePrimaryKey("restriction_id", "use", "valid_from")
    restriction = models.ForeignKey(UseRestriction, on_delete=models.PROTECT, related_name="uses")
    use = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    source = models.TextField()

    def __str__(self) -> str:
        return f"{self.restriction_id} forbids {self.use}"


class UnresolvedLicence(models.Model):
    """A name met in a listing that the register does not know: it waits for a person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=300, unique=True)
    text = models.CharField(max_length=300)
    link = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=12, choices=NameState.choices, default=NameState.WAITING)
    licence = models.ForeignKey(Licence, null=True, on_delete=models.PROTECT, related_name="+")
    met_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "met_at", "id"], name="licensing_names_waiting")]
        constraints = [
            NAMES.constraint("licensing_name_state"),
            models.CheckConstraint(
                name="licensing_settled_names_a_licence",
                condition=models.Q(state=NameState.SETTLED, licence__isnull=False)
                | (~models.Q(state=NameState.SETTLED) & models.Q(licence__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.text
