"""Facts say whose version they speak of and whether it is on offer."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

FILL = """
update compliance_facts f set listing_id = l.id, provider_id = l.provider_id,
    languages = v.languages::text[], listed = l.state = 'listed',
    current = l.current_id is not distinct from v.id
from listings_listingversion v join listings_listing l on l.id = v.listing_id
where v.id = f.version_id
"""


def _of(model):
    return models.ForeignKey(
        null=True,
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to=model,
    )


def _known(model):
    field = _of(model)
    field.null = False
    return field


class Migration(migrations.Migration):
    dependencies = [("compliance", "0007_measures_ending"), ("listings", "0001_register")]
    operations = [
        migrations.AddField("facts", "listing", _of("listings.listing")),
        migrations.AddField("facts", "provider", _of("listings.provider")),
        migrations.AddField(
            "facts",
            "languages",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, size=None
            ),
        ),
        migrations.AddField(
            "facts",
            "listed",
            models.BooleanField(default=False, help_text="Whether the listing is on offer."),
            preserve_default=False,
        ),
        migrations.AddField(
            "facts",
            "current",
            models.BooleanField(
                default=False, help_text="Whether this is the listing's current version."
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("facts", "listing", _known("listings.listing")),
        migrations.AlterField("facts", "provider", _known("listings.provider")),
    ]
