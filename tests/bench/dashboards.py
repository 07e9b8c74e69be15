"""How often each dashboard asks the database, with a hundred rows of each kind and with 10,000.

The rows are the demonstration's own, taken again and again under new ids by SQL, so that whatever
a dashboard shows there is more of; then the same person loads the same page.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg import sql

from apps.institutions.models import User
from tests.authorisation.roles import signed_in
from tests.bench.frame import Figure
from tests.bench.ground import link

FEW, MANY, TIMES = 100, 10_000, 5
FOUND = 200
PAGES = (
    ("samaj", "/samaj/", "samaj"),
    ("samaj", "/samaj/", "member"),
    ("sarkar", "/sarkar/", "in"),
    ("bazaar", "/bazaar/", "owner"),
    ("bazaar", "/bazaar/", "market"),
)
NEW = "md5('{noun}' || n)::uuid"
CLONE = sql.SQL(
    "insert into {table} ({columns}) select {made} "
    "from (select * from {table} where {where} order by id limit 1) pattern, "
    "generate_series({first}::int, {last}::int) n, "
    "lateral jsonb_populate_record(null::{table}, "
    "to_jsonb(pattern) || jsonb_build_object({changes})) made"
)
REMOVE = sql.SQL(
    "delete from {table} where id in (select {id} from generate_series(1, {last}::int) n)"
)
COLUMNS = (
    "select column_name from information_schema.columns where table_name = %s "
    "and table_schema = 'public' and is_generated = 'NEVER' order by ordinal_position"
)


@dataclass(frozen=True)
class Kind:
    """One kind of row: which one is taken for a pattern, and what differs in each of the others."""

    table: str
    where: str
    changes: dict[str, str]


def named(noun: str) -> str:
    """Return the id that the n-th row of a noun has."""
    return NEW.format(noun=noun)


LISTING = (
    "(select o.listing_id from compliance_acknowledgement a join listings_offer o "
    "on o.listing_id = a.listing_id and o.marketplace_id = a.marketplace_id "
    "where a.until_at is null and a.state = 'owed' order by a.id limit 1)"
)
VERSION = f"(select current_id from listings_listing where id = {LISTING})"
STANDING = (
    f"(select id from compliance_standing where version_id = {VERSION} "
    "and until_at is null and outcome > 0 order by id limit 1)"
)
OFFICER = "(select id from institutions_user where email like 'in@%')"
REVIEWER = "(select id from institutions_user where email like 'member@%')"
KINDS = (
    Kind("compliance_finding", f"standing_id = {STANDING}",
         {"id": "1000000000 + n", "standing_id": "1000000000 + n"}),
    Kind("compliance_standing", f"id = {STANDING}",
         {"id": "1000000000 + n", "listing_id": named("listing"), "version_id": named("version")}),
    Kind("listings_listingversion", f"id = {VERSION}",
         {"id": named("version"), "listing_id": named("listing"), "weight_digest": "''"}),
    Kind("listings_offer", f"listing_id = {LISTING} and ended_at is null",
         {"id": named("offer"), "listing_id": named("listing"), "sku": "'bench-' || n"}),
    Kind("listings_listing", f"id = {LISTING}",
         {"id": named("listing"), "code": "'L-bench-' || n", "current_id": named("version"),
          "external_id": "'bench-' || n", "name": "'Bench ' || n",
          "brought_by_id": "(select m.organisation_id from institutions_membership m join "
          "institutions_user u on u.id = m.user_id where u.email like 'owner@%' limit 1)",
          "provider_id": "(select p.id from listings_provider p where p.claimed_by_id is null "
          "order by p.id limit 1)"}),
    Kind("compliance_acknowledgement", f"listing_id = {LISTING} and state = 'owed'",
         {"id": named("owed"), "listing_id": named("listing")}),
    Kind("cases_case", "state = 'answered' or state = 'alleged'",
         {"id": named("case"), "code": "'C-bench-' || n", "state": "'assigned'",
          "officer_id": OFFICER}),
    Kind("cases_misusereport", "state = 'received'",
         {"id": named("report"), "receipt_lock": "md5('r' || n)", "sent_lock": "md5('s' || n)",
          "triage_clock_id": "null"}),
    Kind("reviews_reviewround", "state = 'open'", {"id": named("round")}),
    Kind("reviews_assignment", "state in ('asked', 'accepted')",
         {"id": named("task"), "round_id": named("round"), "reviewer_id": REVIEWER}),
    Kind("proposals_revision", "true", {"id": named("text"), "proposal_id": named("proposal")}),
    Kind("proposals_proposal", "state = 'consultation'",
         {"id": named("proposal"), "code": "'P-bench-' || n", "round_id": "null",
          "ballot_id": "null"}),
)  # fmt: skip


def measure() -> Iterator[Figure]:
    """Yield how often each dashboard asks with few rows and with many, and how long it takes."""
    demo = [sys.executable, "manage.py", "demo"]
    subprocess.run(demo, cwd=settings.BASE_DIR, env=os.environ, check=True, capture_output=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    _shrink()
    try:
        yield from _asked()
    finally:
        _shrink()


def _asked() -> Iterator[Figure]:
    browsers = [signed_in(User.objects.get(email__startswith=f"{who}@")) for _, _, who in PAGES]
    asked: dict[int, list[int]] = {}
    for first, last in ((1, FEW), (FEW + 1, MANY)):
        _grow(first, last)
        asked[last] = []
        for (sector, path, who), browser in zip(PAGES, browsers, strict=True):
            count, seconds = _load(browser, path)
            asked[last].append(count)
            name = f"{sector}, as {who}: queries, {last:,} rows of each kind"
            yield Figure(name, count, "", f"{seconds * 1000:,.0f} ms")
    for (sector, _path, who), few, many in zip(PAGES, asked[FEW], asked[MANY], strict=True):
        name = f"{sector}, as {who}: queries more with {MANY:,} rows than {FEW}"
        yield Figure(name, many - few, "", at_most=0)


def _load(browser: Client, path: str) -> tuple[int, float]:
    """Load a page that is warm; return how often it asked, and the median of its times."""
    browser.get(path)
    times = []
    for _turn in range(TIMES):
        began = time.perf_counter()
        answer = browser.get(path)
        times.append(time.perf_counter() - began)
        if answer.status_code != FOUND:
            raise RuntimeError(f"{path} answered {answer.status_code}.")
    with CaptureQueriesContext(connection) as captured:
        browser.get(path)
    return len(captured), statistics.median(times)


def _grow(first: int, last: int) -> None:
    """Bring every kind to so many rows; no trigger runs, as none of this was anybody's deed."""
    with link("sangam_super") as at, at.transaction():
        at.execute("set local session_replication_role = replica")
        for kind in KINDS:
            clone(at, kind, first, last)
    with link("sangam_super") as at:
        at.execute("analyze")


def _shrink() -> None:
    """Take away what this or an earlier measurement made."""
    with link("sangam_super") as at, at.transaction():
        at.execute("set local session_replication_role = replica")
        for kind in KINDS:
            own = REMOVE.format(
                table=sql.Identifier(kind.table),
                id=sql.SQL(kind.changes["id"]),
                last=sql.Literal(MANY),
            )
            at.execute(own)


def clone(at: psycopg.Connection, kind: Kind, first: int, last: int) -> None:
    """Take the demonstration's row of a kind again, from the first to the last number."""
    changes = sql.SQL(", ").join(
        part for name, value in kind.changes.items() for part in (sql.Literal(name), sql.SQL(value))
    )
    columns = [name for (name,) in at.execute(COLUMNS, [kind.table]).fetchall()]
    statement = CLONE.format(
        table=sql.Identifier(kind.table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        made=sql.SQL(", ").join(sql.Identifier("made", name) for name in columns),
        changes=changes,
        where=sql.SQL(kind.where),
        first=sql.Literal(first),
        last=sql.Literal(last),
    )
    if at.execute(statement).rowcount != last - first + 1:
        raise RuntimeError(f"The demonstration has no row of {kind.table} where {kind.where}.")
