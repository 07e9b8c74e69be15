"""What an asker's own questions of the last month will be answered on a day to come.

The questions are put once as they are answered now and once as they will be answered at the end
of that day, by the same engine: with the rules that begin and end until then, the grants that run
out, and the evidence that ages. What will be done until then nobody knows.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from django.db.models import Count, Max

from apps.compliance.models import AskedQuestion, Exemption, Facts, Measure
from apps.compliance.reach import ripenings
from apps.compliance.selectors.answers import Decision, Question, Reason
from apps.compliance.selectors.catalogues import Matched, decide_all
from apps.core.clock import now
from apps.policy.engine import Mode, Ruleset, RuleSource
from apps.policy.selectors import ruleset

LOOKED_BACK = dt.timedelta(days=31)
LOOKED_AHEAD = dt.timedelta(days=366)
MOST = 2_000
DAY = dt.timedelta(days=1)
ASKED = (*("model", "digest", "marketplace", "asked_version", "use", "jurisdiction", "commercial"),)


@dataclass(frozen=True, slots=True)
class Change:
    """One question that will be answered otherwise; `firm` where more than `would_be` changes.

    `begins` and `ends` are the reasons that only one of the two answers has.
    """

    question: Question
    times: int
    before: Decision
    after: Decision
    begins: tuple[Reason, ...]
    ends: tuple[Reason, ...]

    @property
    def firm(self) -> bool:
        """Whether what a buyer may be offered changes."""
        return _offered(self.before) != _offered(self.after)


@dataclass(frozen=True, slots=True)
class Changes:
    """What changes until the end of a day; `cut` where there were more questions than are put."""

    on: dt.date
    asked: int
    distinct: int
    cut: bool
    changes: tuple[Change, ...]

    @property
    def firm(self) -> int:
        """How many questions will have another outcome."""
        return sum(change.firm for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Something that time alone brings: a rule's version begins or ends, a grant runs out.

    Where `aged`, the test of a listing reaches an age at which the rule answers otherwise.
    """

    day: dt.date
    begins: bool
    code: str
    number: int | None = None
    mode: Mode | None = None
    aged: bool = False


def changes_on(asker: uuid.UUID, day: dt.date) -> Changes:
    """Return which questions of an asker's last month change their answer until a day ends."""
    rows = _asked(asker)
    cut, rows = len(rows) > MOST, rows[:MOST]
    questions = [question for question, _times in rows]
    found: list[Change] = []
    if questions:
        answers = zip(rows, decide_all(questions), decide_all(questions, end_of(day)), strict=True)
        found = [
            change
            for (question, times), before, after in answers
            if (change := _change(question, times, before, after))
        ]
    found.sort(key=lambda change: (not change.firm, -change.times, change.question.model))
    return Changes(day, sum(times for _question, times in rows), len(rows), cut, tuple(found))


def turns_ahead(asker: uuid.UUID) -> list[Turn]:
    """Return what time brings within a year, the next first; evidence only of what was asked for.

    A version that ends as the next one begins is told once.
    """
    moment = now()
    until = moment + LOOKED_AHEAD
    rules = ruleset()
    sources = rules.sources
    begun = {(source.id, source.since) for source in sources}
    turns = [turn for source in sources for turn in _turns(source, begun)]
    for noun in (Exemption, Measure):
        running = noun.objects.running(moment).filter(until_at__lte=until)
        turns += [
            (row.until_at, Turn(day=_day(row.until_at), begins=False, code=row.code))
            for row in running
        ]
    turns += _ripening(asker, rules)
    ahead = [(at, turn) for at, turn in turns if moment < at <= until]
    return [turn for _at, turn in sorted(ahead, key=lambda pair: (pair[0], pair[1].code))]


def day_ahead(turns: Sequence[Turn]) -> dt.date:
    """Return the next day on which time brings anything; tomorrow where it brings nothing."""
    return next((turn.day for turn in turns), today() + DAY)


def end_of(day: dt.date) -> dt.datetime:
    """Return the last moment of a day of UTC."""
    return dt.datetime.combine(day, dt.time.max, dt.UTC)


def today() -> dt.date:
    """Return the present day of UTC."""
    return _day(now())


def _turns(
    source: RuleSource, begun: set[tuple[str, dt.datetime | None]]
) -> Iterator[tuple[dt.datetime, Turn]]:
    for at, begins in ((source.since, True), (source.until, False)):
        if at is not None and (begins or (source.id, at) not in begun):
            yield (
                at,
                Turn(
                    day=_day(at),
                    begins=begins,
                    code=source.id,
                    number=source.version,
                    mode=source.mode,
                ),
            )


def _ripening(asker: uuid.UUID, rules: Ruleset) -> Iterator[tuple[dt.datetime, Turn]]:
    """Give the days at whose end the tests of listings that were asked for have become too old."""
    ripe = [
        (source.id, source.version, days)
        for source, rule in zip(rules.sources, rules.compiled, strict=True)
        for days in sorted(ripenings(rule.tree, source.parameters))
    ]
    if not ripe:
        return
    asked = AskedQuestion.objects.filter(asker=asker, asked_at__gt=now() - LOOKED_BACK)
    listed = asked.exclude(listing="").values("listing")
    kept = Facts.objects.filter(until_at=None, version__listing__code__in=listed)
    dates = kept.values_list("eval_date", flat=True).distinct().order_by()
    tested = [day for day in dates if day is not None]
    for (code, number, days), day in product(ripe, tested):
        ripe_on = day + dt.timedelta(days=days)
        turn = Turn(day=ripe_on, begins=True, code=code, number=number, aged=True)
        yield end_of(ripe_on), turn


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(dt.UTC).date()


def _asked(asker: uuid.UUID) -> list[tuple[Question, int]]:
    """Return an asker's distinct questions, those asked most often first, and one too many."""
    rows = AskedQuestion.objects.filter(asker=asker, asked_at__gt=now() - LOOKED_BACK)
    counted = rows.values(*ASKED).annotate(times=Count("id"), last=Max("id")).order_by()
    ordered = counted.order_by("-times", "-last")[: MOST + 1]
    return [
        (
            Question(
                model=row["model"],
                digest=row["digest"],
                marketplace=row["marketplace"],
                version=row["asked_version"],
                use=row["use"],
                jurisdiction=row["jurisdiction"],
                commercial=row["commercial"],
                organisation=asker,
            ),
            row["times"],
        )
        for row in ordered
    ]


def _change(
    question: Question, times: int, before: Matched | Exception, after: Matched | Exception
) -> Change | None:
    """Return how one answer changes; what is refused then or now is no answer to compare."""
    if not isinstance(before, Matched) or not isinstance(after, Matched):
        return None
    old, new = before.decision, after.decision
    if _offered(old) == _offered(new) and old.would_be == new.would_be:
        return None
    begins, ends = _without(new.reasons, old.reasons), _without(old.reasons, new.reasons)
    return Change(question, times, old, new, begins, ends)


def _offered(decision: Decision) -> tuple[object, ...]:
    return decision.outcome, decision.may_be_offered, decision.allowed_jurisdictions


def _without(reasons: Sequence[Reason], others: Sequence[Reason]) -> tuple[Reason, ...]:
    known = {_ground(reason) for reason in others}
    return tuple(reason for reason in reasons if _ground(reason) not in known)


def _ground(reason: Reason) -> tuple[object, ...]:
    return reason.rule, reason.version, reason.measure, reason.clauses
