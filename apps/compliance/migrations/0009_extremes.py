"""Facts hold the lowest and highest score of each kind of evaluation."""

import django.contrib.postgres.fields
from django.db import migrations, models

FILL = """
update compliance_facts f set eval_kinds = e.kinds, eval_lows = e.lows, eval_highs = e.highs
from (
    select id, array_agg(kind order by kind) as kinds, array_agg(low order by kind) as lows,
        array_agg(high order by kind) as highs
    from (
        select f.id, one ->> 'kind' as kind, min((one ->> 'score')::double precision) as low,
            max((one ->> 'score')::double precision) as high
        from compliance_facts f, jsonb_array_elements(f.evals) one group by 1, 2
    ) extremes group by id
) e where e.id = f.id
"""


def _list_of(field):
    return django.contrib.postgres.fields.ArrayField(base_field=field, default=list, size=None)


class Migration(migrations.Migration):
    dependencies = [("compliance", "0008_facts_of_whom")]
    operations = [
        migrations.AddField("facts", "eval_kinds", _list_of(models.TextField())),
        migrations.AddField("facts", "eval_lows", _list_of(models.FloatField())),
        migrations.AddField("facts", "eval_highs", _list_of(models.FloatField())),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
