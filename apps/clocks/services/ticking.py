"""What business time does to clocks by itself."""

from django.db import transaction
from django.db.models import QuerySet

from apps.clocks.acts import ClockExpired, ClockRealigned
from apps.clocks.models import Clock, DeadlineRule
from apps.clocks.selectors import calendars, edition
from apps.clocks.services.keeping import align, expire, remind
from apps.clocks.states import OPEN
from apps.core.actor import SYSTEM
from apps.core.clock import Now, now
from apps.journal.services import record_many

BATCH = 500


@transaction.atomic
def clocks_expire() -> int:
    """Record the expiry of clocks whose due instant has passed; return how many, at most a batch.

    Clocks whose calendar has changed since they were computed are put right first, so none runs
    out by an old list of days off. An idle call writes nothing.
    """
    clocks_realign()
    rows = _open().filter(due_at__lte=Now()).order_by("due_at", "id")[:BATCH]
    acts: list[ClockExpired] = [expire(clock) for clock in rows]
    if acts:
        record_many(acts, actor=SYSTEM)
    return len(acts)


@transaction.atomic
def clocks_remind() -> int:
    """Record for each open clock the stage it has reached; return how many, at most a batch.

    Called after `clocks_expire`, so nobody is reminded of what has run out. Where two stages
    passed unseen, the later one is told. An idle call writes nothing.
    """
    moment = now()
    rows = _open().filter(remind_at__lte=moment, due_at__gt=moment)
    acts = [remind(clock, moment) for clock in rows.order_by("remind_at", "id")[:BATCH]]
    if acts:
        record_many(acts, actor=SYSTEM)
    return len(acts)


@transaction.atomic
def clocks_realign() -> int:
    """Compute clocks anew whose calendar has changed; return how many due instants moved.

    What has run out by the old calendar and by its own date stays as it was recorded.
    """
    codes = DeadlineRule.objects.order_by().values_list("calendar", flat=True).distinct()
    editions = [edition(calendar) for calendar in calendars(codes).values()]
    acts = [_realigned(clock) for clock in _open().exclude(edition__in=editions)[:BATCH]]
    if acts:
        record_many(acts, actor=SYSTEM)
    return sum(act.before != act.due_at for act in acts)


def _open() -> QuerySet[Clock]:
    return (
        Clock.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("rule")
        .filter(state__in=OPEN)
    )


def _realigned(clock: Clock) -> ClockRealigned:
    before = clock.due_at
    align(clock)
    clock.save()
    return ClockRealigned(
        subject=clock.id,
        thing=clock.thing,
        before=before,
        due_at=clock.due_at,
        edition=clock.edition,
    )
