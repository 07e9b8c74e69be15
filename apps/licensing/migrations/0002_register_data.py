"""Load the first edition of the licence register."""

from django.db import migrations
from django.utils import timezone

from apps.licensing.loading import register_load


def load(apps, schema_editor):
    alias = schema_editor.connection.alias

    def table(name):
        return apps.get_model("licensing", name).objects.using(alias)

    register_load(table, loaded_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("licensing", "0001_register")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
