from django.db import migrations, models

import apps.core.ids
from apps.journal.governed import Governed

FILL = "insert into {} (id, number, version) select gen_random_uuid(), n, 0 from {}"
ROWS = "generate_series(1, 2000) n"


def fields():
    key = models.UUIDField(
        primary_key=True, default=apps.core.ids.uuid7, editable=False, serialize=False
    )
    return [
        ("id", key),
        ("number", models.PositiveIntegerField(unique=True)),
        ("version", models.PositiveIntegerField(default=0)),
    ]


class Migration(migrations.Migration):
    initial = True
    dependencies = [("journal", "0001_journal")]
    operations = [
        migrations.CreateModel(name="Plain", fields=fields()),
        migrations.CreateModel(name="Governed", fields=fields()),
        migrations.RunSQL(FILL.format("bench_plain", ROWS)),
        migrations.RunSQL(FILL.format("bench_governed", ROWS)),
        Governed("bench_governed"),
    ]
