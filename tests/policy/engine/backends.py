"""The four back ends side by side: tree walk, closure, PostgreSQL and Google's CEL."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from cel_expr_python import cel
from django.conf import settings
from psycopg.types.json import Jsonb

from apps.policy.engine import CompiledRule, RuleError

COLUMNS = """
    task text, licence text, has_model_card boolean, open_incidents bigint, max_severity bigint,
    eval_toxicity double precision, eval_bias_gap double precision, eval_age_days bigint,
    eval_date date, train_flops_log10 double precision, provider_verified boolean,
    human_oversight boolean, params_b double precision, downloads bigint, tags text[],
    use_restrictions text[], evals jsonb, provider_country text
"""
NAMES = [column.split()[0] for column in COLUMNS.split(",")]
DYNAMIC = cel.NewEnv(variables=dict.fromkeys(["listing", "req", "param"], cel.Type.DYN))
MOMENT = re.compile(r"(?<!has\()(listing\.eval_date|req\.date)\b")
Verdict = bool | None


def by_walk(rule: CompiledRule, listing: dict, req: dict, param: dict) -> Verdict:
    try:
        return rule.walk(listing, req, param)
    except RuleError:
        return None


def by_closure(rule: CompiledRule, listing: dict, req: dict, param: dict) -> Verdict:
    try:
        return rule.evaluate(listing, req, param)
    except RuleError:
        return None


class Oracle:
    """Google's CEL; a map there holds no moments, so they are read from texts."""

    def __init__(self, source: str) -> None:
        self.expression = DYNAMIC.compile(MOMENT.sub(r"timestamp(\1)", source))

    def verdict(self, listing: dict, req: dict, param: dict) -> Verdict:
        data = {"listing": _texts(listing), "req": _texts(req), "param": param}
        answer = self.expression.eval(DYNAMIC.Activation(data))
        return answer.value() if answer.type().name() == "BOOL" else None


def _texts(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: _text(value) for name, value in facts.items()}


def _text(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{value.isoformat()}T00:00:00Z" if isinstance(value, dt.date) else value


class Table:
    """A table of facts in PostgreSQL."""

    def __init__(self, link: psycopg.Connection, listings: list[dict[str, Any]]) -> None:
        self.link = link
        link.execute(f"create temporary table facts (id int, {COLUMNS})")
        marks = ", ".join(["%s"] * (len(NAMES) + 1))
        with link.cursor() as cursor:
            cursor.executemany(
                f"insert into facts values ({marks})",
                [[i, *_row(listing)] for i, listing in enumerate(listings)],
            )

    def verdicts(self, rule: CompiledRule, req: dict, param: dict) -> list[Verdict]:
        text, values = rule.sql(req, param, alias="f")
        rows = self.link.execute(f"select {text} from facts f order by id", values).fetchall()
        return [row[0] for row in rows]


def _row(listing: dict[str, Any]) -> list[Any]:
    row = [listing.get(name) for name in NAMES]
    place = NAMES.index("evals")
    row[place] = Jsonb(row[place]) if row[place] is not None else None
    return row


@contextmanager
def table(listings: list[dict[str, Any]]) -> Iterator[Table]:
    settings.CLUSTER.ensure()
    with psycopg.connect(settings.CLUSTER.conninfo()) as link:
        link.execute("set timezone to 'Asia/Kolkata'")
        yield Table(link, listings)
        link.rollback()
