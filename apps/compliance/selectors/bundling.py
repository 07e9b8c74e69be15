"""What a bundle holds: the law as bits over a grid of questions, and each version's own bits.

A listing's *signature* is what every rule answers for it, one bit for each question that the rule
tells apart. The law says which cells of the grid each bit covers; so whoever holds both decides
for any use and place by looking up, without facts and without the engine.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from apps.compliance.models import Exemption, Measure
from apps.compliance.reach import COMMERCIAL, reads, times_of_day
from apps.compliance.scenarios import Probe
from apps.compliance.selectors.facts_sql import FactsSql
from apps.compliance.selectors.grounds import words_of
from apps.compliance.selectors.law import AppliedRule, Law, groups_on, law_of, reached
from apps.compliance.selectors.signatures import left_of
from apps.policy.engine import Outcome, Ruleset
from apps.policy.selectors import use_slugs

WORD = 60
COLUMNS = (
    *("listing", "version", "current", "source", "external_id", "weight_digest", "published"),
    *("country", "facts_version", "signature", "exemptions", "measures"),
)
ROWS = """
select l.code, v.number, case when l.current_id = v.id then 1 else 0 end, l.source, l.external_id,
    v.weight_digest, case when v.weight_digest = '' then 0
        else (extract(epoch from v.published_at) * 1000000)::bigint end,
    listing.provider_country, listing.id, {words}, coalesce(x.ids, ''), coalesce(m.ids, '')
from (
    select f.*, (%s::date - f.eval_date) as eval_age_days from compliance_facts f
    where f.until_at is null
) listing
join listings_listingversion v on v.id = listing.version_id
join listings_listing l on l.id = v.listing_id
left join (
    select listing_id, string_agg(id::text, ',' order by id) as ids from compliance_exemption
    where id = any(%s::uuid[]) group by listing_id
) x on x.listing_id = v.listing_id
left join (
    select version_id, string_agg(id::text, ',' order by id) as ids from (
        select v.id as version_id, m.id from compliance_measure m
        join listings_listingversion v on v.listing_id = m.listing_id
        where m.id = any(%s::uuid[])
        union
        select twin.id, m.id from compliance_measure m
        join listings_listingversion v on v.listing_id = m.listing_id and v.weight_digest <> ''
        join listings_listingversion twin on twin.weight_digest = v.weight_digest
        where m.id = any(%s::uuid[])
    ) kin group by version_id
) m on m.version_id = v.id
order by l.code collate "C", v.number
"""


@dataclass(frozen=True, slots=True)
class Bit:
    """One answer in a signature: of a rule or one of its clauses, for some cells of the grid.

    `commercial` is `None` where the answer is the same for both.
    """

    rule: int
    clause: int | None
    cells: int
    commercial: bool | None


@dataclass(frozen=True, slots=True)
class Contents:
    """The law of a moment, its bits, and the statement that brings each version's signature."""

    law: Law
    bits: tuple[Bit, ...]
    statement: str
    values: tuple[Any, ...]
    until: dt.datetime


def contents(compiled: Ruleset, moment: dt.datetime, horizon: dt.timedelta) -> Contents:
    """Return what a bundle of a moment holds, and until when it is right, at most a horizon."""
    law = law_of(compiled, moment)
    bits, texts, values = [], [], []
    for bit, text, more in _asked(law):
        bits.append(bit)
        texts.append(text)
        values += more
    exemptions = [exemption.id for exemption in law.exemptions]
    measures = [measure.id for measure in law.measures]
    return Contents(
        law=law,
        bits=tuple(bits),
        statement=ROWS.format(words=_words(texts)),
        values=(*values, moment.date(), exemptions, measures, measures),
        until=min([moment + horizon, *_turns(compiled, law, moment)]),
    )


def manifest(held: Contents) -> dict[str, Any]:
    """Return the law of a bundle as plain values."""
    law = held.law
    return {
        "columns": list(COLUMNS),
        "word": WORD,
        "grid": {
            "uses": list(law.grid.uses),
            "places": {
                place: number
                for number, members in enumerate(law.grid.classes)
                for place in sorted(members)
            },
            "groups": {
                code: sorted(members) for code, members in groups_on(law.moment.date()).items()
            },
        },
        "bits": [
            {
                "rule": bit.rule,
                "clause": bit.clause,
                "cells": f"{bit.cells:x}",
                "commercial": bit.commercial,
            }
            for bit in held.bits
        ],
        "rules": [_rule(rule) for rule in law.rules],
        "exemptions": {
            str(row.id): {
                "code": row.code,
                "rule": row.rule.code,
                "cells": _cells(law, row),
                "until_at": row.until_at.isoformat(),
            }
            for row in law.exemptions
        },
        "measures": {
            str(row.id): {
                "code": row.code,
                "outcome": Outcome(row.outcome).slug,
                "reference": row.reference,
                "reason": row.reason,
                "cells": _cells(law, row),
            }
            for row in law.measures
        },
    }


def _asked(law: Law) -> Iterator[tuple[Bit, str, list[Any]]]:
    """Give each bit with its question as SQL; cells in which a rule asks the same share one.

    With the request known, little of a rule is left to ask, and what never holds gets no bit.
    """
    cells: dict[tuple[Any, ...], int] = defaultdict(int)
    questions: dict[tuple[Any, ...], tuple[str, list[Any]]] = {}
    for rule, clause, commercial, probe, question in _questions(law):
        key = (rule, clause, commercial, repr(question))
        cells[key] |= probe.cells
        questions[key] = question
    for key, (text, values) in questions.items():
        rule, clause, commercial, _question = key
        yield Bit(rule, clause, cells[key], commercial), text, values


def _questions(
    law: Law,
) -> Iterator[tuple[int, int | None, bool | None, Probe, tuple[str, list[Any]]]]:
    told = [reads(rule.compiled.tree, COMMERCIAL) for rule in law.rules]
    for commercial in (True, False) if any(told) else (True,):
        for rule, clause, probe, left, req in left_of(law, commercial=commercial):
            if commercial or told[rule]:
                question = FactsSql(req, law.rules[rule].parameters, "listing").write(left)
                yield rule, clause, commercial if told[rule] else None, probe, question


def _words(texts: list[str]) -> str:
    """Return SQL for all answers as hexadecimal words; what a missing fact leaves open is no."""
    words = [texts[start : start + WORD] for start in range(0, len(texts), WORD)]
    return " || '.' || ".join(map(_word, words)) or "'0'"


def _word(texts: list[str]) -> str:
    answers = [f"case when {text} then {1 << i}::bigint else 0 end" for i, text in enumerate(texts)]
    return f"to_hex({' | '.join(answers)})"


def _turns(compiled: Ruleset, law: Law, moment: dt.datetime) -> Iterator[dt.datetime]:
    """Give the moments to come at which time alone may change an answer."""
    midnight = dt.datetime.combine(moment.date(), dt.time(), dt.UTC)
    for tree in (rule.compiled.tree for rule in law.rules):
        for time in times_of_day(tree):
            turn = midnight + time
            yield turn if turn > moment else turn + dt.timedelta(days=1)
    days = (moment.date(), moment.date() + dt.timedelta(days=1))
    if len({(tuple(use_slugs(day)), str(groups_on(day))) for day in days}) > 1:
        yield midnight + dt.timedelta(days=1)
    known = [turn for source in compiled.sources for turn in (source.since, source.until)]
    known += [exemption.until_at for exemption in law.exemptions]
    known += [measure.until_at for measure in law.measures]
    yield from (turn for turn in known if turn is not None and turn > moment)


def _cells(law: Law, row: Exemption | Measure) -> str:
    return f"{law.grid.cells(row.uses, reached(row.jurisdictions, law.moment.date())):x}"


def _rule(rule: AppliedRule) -> dict[str, Any]:
    source, words = rule.source, words_of(rule.source.key)
    return {
        "code": source.id,
        "version": source.version,
        "outcome": source.outcome.slug,
        "mode": source.mode.value,
        "expression": source.expression,
        "parameters": {name: str(value) for name, value in source.parameters.items()},
        "uses": sorted(source.uses),
        "jurisdictions": sorted(source.jurisdictions),
        "allowed_jurisdictions": sorted(source.allowed),
        "clauses": [
            {"number": clause.number, "text": clause.text, "open": mark.part is not None}
            for clause, mark in zip(source.clauses, rule.clauses, strict=True)
        ],
        "conditions": [{"code": one.code, "text": one.text} for one in words.conditions],
        "duties": [
            {"code": one.code, "text": one.text, "addressee": one.addressee} for one in words.duties
        ],
        "citation": words.citation,
        "legal_basis": words.legal_basis,
        "link": f"/rules/{source.id}/v{source.version}/",
    }
