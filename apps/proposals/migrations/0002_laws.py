"""No proposal moves without an act; what was written, worked out or frozen is never rewritten."""

from django.db import migrations

from apps.journal.governed import AppendOnly, Governed, Kept


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_proposals"), ("journal", "0001_journal")]
    operations = [
        migrations.RunSQL(
            "create sequence proposals_proposal_code;", "drop sequence proposals_proposal_code;"
        ),
        *[
            Governed(f"proposals_{noun}")
            for noun in ("proposal", "revision", "impact", "freeze", "comment")
        ],
        *[Kept(f"proposals_{noun}") for noun in ("proposal", "comment")],
        *[AppendOnly(f"proposals_{noun}") for noun in ("revision", "impact", "freeze")],
    ]
