"""The consumer that keeps the histories: which acts touched which thing."""

from collections.abc import Sequence

from django.db import connection

from apps.journal.selectors import JournalAct
from apps.journal.services.consuming import Consumer

FOLLOW = """
insert into journal_trail (subject, seq, cause)
select touched.subject, s.seq, a.cause
from journal_seq s
join journal_act a on a.id = s.act_id
cross join lateral (
    select a.subject union select value::uuid from jsonb_array_elements_text(a.concerns)
) touched
where s.seq = any(%s)
on conflict do nothing
"""


def _follow(acts: Sequence[JournalAct]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW, [[act.seq for act in acts]])


TRAIL = Consumer("journal.trail", _follow)
