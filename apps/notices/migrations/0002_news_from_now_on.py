"""Notices begin with the acts to come: what happened before this app was there is no news."""

from django.db import migrations

BEGIN = """
insert into journal_cursor (consumer, seq)
select 'notices', max(seq) from journal_seq having max(seq) is not null
on conflict do nothing
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_notices"), ("journal", "0001_journal")]
    operations = [migrations.RunSQL(BEGIN, migrations.RunSQL.noop)]
