"""What is known of a listing version, in the words of the rules' vocabulary."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Facts(models.Model):
    """The facts of one listing version over a span of time; the row without an end holds now.

    Columns bear the names of the vocabulary, and null is a fact nobody has given. `eval_age_days`
    is no column: it is counted from `eval_date` whenever it is read. `attested` and `decided`
    name the facts that someone else vouches for; all others the provider declared.

    The last columns are no facts that a rule can ask for. The lowest and highest score of each
    kind of evaluation spare a scan the list; whose version this is, and whether it is on offer,
    let one scan of this table alone tell what a draft would change.
    """

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(
        "listings.ListingVersion", on_delete=models.PROTECT, related_name="facts"
    )
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    task = models.TextField()
    licence = models.TextField(null=True)  # noqa: DJ001 - null is "not known", as for every fact
    has_model_card = models.BooleanField()
    open_incidents = models.IntegerField()
    max_severity = models.IntegerField(null=True)
    eval_toxicity = models.FloatField(null=True)
    eval_bias_gap = models.FloatField(null=True)
    eval_date = models.DateField(null=True)
    train_flops_log10 = models.FloatField(null=True)
    provider_verified = models.BooleanField()
    human_oversight = models.BooleanField(null=True)
    params_b = models.FloatField(null=True)
    downloads = models.BigIntegerField()
    tags = ArrayField(models.TextField(), default=list)
    use_restrictions = ArrayField(models.TextField(), default=list)
    evals = models.JSONField(default=list)
    provider_country = models.TextField()

    attested = ArrayField(models.TextField(), default=list)
    decided = ArrayField(models.TextField(), default=list)

    eval_kinds = ArrayField(models.TextField(), default=list)
    eval_lows = ArrayField(models.FloatField(), default=list)
    eval_highs = ArrayField(models.FloatField(), default=list)

    listing = models.ForeignKey(
        "listings.Listing", models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    provider = models.ForeignKey(
        "listings.Provider", models.DO_NOTHING, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    languages = ArrayField(models.TextField(), default=list)
    listed = models.BooleanField(help_text="Whether the listing is on offer.")
    current = models.BooleanField(help_text="Whether this is the listing's current version.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(until_at__isnull=True),
                name="compliance_one_open_facts",
            ),
            models.CheckConstraint(
                name="compliance_facts_span",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("since_at")),
            ),
        ]
        indexes = [models.Index(fields=["version", "-since_at"], name="compliance_facts_history")]

    def __str__(self) -> str:
        return f"facts {self.id} of {self.version_id}"
