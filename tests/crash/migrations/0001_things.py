from django.db import migrations, models

import apps.core.ids
from apps.journal.governed import Governed


class Migration(migrations.Migration):
    initial = True
    dependencies = [("journal", "0001_journal")]
    operations = [
        migrations.CreateModel(
            name="Thing",
            fields=[
                (
                    "id",
                    models.UUIDField(primary_key=True, default=apps.core.ids.uuid7, editable=False),
                ),
                ("version", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Effect",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("consumer", models.TextField()),
                ("seq", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(
            "insert into crash_thing (id, version) "
            "select gen_random_uuid(), 0 from generate_series(1, 12)"
        ),
        Governed("crash_thing"),
    ]
