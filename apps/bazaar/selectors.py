"""What a company's dashboard shows."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet

from apps.cases.models import Appeal, Case, Decision
from apps.cases.selectors import allegations_owed
from apps.cases.states import AppealState
from apps.clocks.models import Clock
from apps.compliance.models import Finding
from apps.compliance.selectors.acknowledgements import acknowledgements_owed
from apps.compliance.selectors.standings import duties_of_listings, to_mend, with_badges
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.dues import Due
from apps.core.jurisdictions import jurisdiction
from apps.core.needs import Need, by_due
from apps.core.pagination import Page, keyset_page
from apps.institutions.models import Organisation
from apps.institutions.selectors import memberships_of
from apps.listings.models import ImportRun, Listing, ProviderClaim
from apps.listings.selectors import claims_of, listings_kept_by
from apps.listings.states import ClaimState, RunState
from apps.policy.engine import Mode
from apps.policy.models import Use
from apps.proposals.selectors.owed import deliberation_owed

ROWS = 25
TASKS = 20
ALLEGED = ("case__listing", "case__provider", "clock__rule")


@dataclass(frozen=True, slots=True)
class Mending:
    """One listing that rules touch: what they do to it, what they would, the gravest first.

    `uses` and `places` are those of the gravest finding; none means any.
    """

    listing: Listing
    findings: list[Finding]
    uses: list[str]
    places: list[str]

    @property
    def first(self) -> Finding:
        """The gravest finding."""
        return self.findings[0]

    @property
    def firm(self) -> bool:
        """Whether the gravest finding binds already."""
        return self.first.mode == Mode.ENFORCE


@dataclass(frozen=True, slots=True)
class Desk:
    """A company's dashboard."""

    organisation: Organisation
    needs: list[Need]
    page: Page[Listing]
    listings: int
    withdrawn: int


def organisations_of(person: uuid.UUID) -> list[Organisation]:
    """Return the organisations a person may act for, by name."""
    return [row.organisation for row in memberships_of(person)]


def desk_of(organisation: Organisation, actor: Actor, *, after: str = "", before: str = "") -> Desk:
    """Return what waits for an organisation and its member, and one page of its listings."""
    kept = listings_kept_by(organisation)
    ids = kept.values("pk")
    own = Listing.objects.filter(pk__in=ids)
    return Desk(
        organisation=organisation,
        needs=needs_of(organisation, own, actor),
        page=listings_page(kept, after=after, before=before),
        listings=own.count(),
        withdrawn=own.filter(state="withdrawn").count(),
    )


def listings_page(kept: QuerySet[Listing], *, after: str = "", before: str = "") -> Page[Listing]:
    """Return listings with their badge, by name."""
    rows = with_badges(kept)
    return keyset_page(rows, order=("name", "id"), after=after, before=before, size=ROWS)


def mending_of(listings: QuerySet[Listing]) -> list[Mending]:
    """Return what rules do to some listings now, or would do, the gravest listing first."""
    found = sorted(to_mend(listings), key=_by_listing)
    names = {use.slug: use.name for use in Use.objects.all()} if found else {}
    grouped = [
        _mending(list(rows), names)
        for _listing, rows in groupby(found, key=lambda row: row.standing.listing_id)
    ]
    return sorted(grouped, key=lambda one: (not one.firm, -one.first.outcome))[:TASKS]


def _mending(findings: Sequence[Finding], names: dict[str, str]) -> Mending:
    gravest = findings[0].standing
    return Mending(
        listing=gravest.listing,
        findings=_distinct(findings),
        uses=[names.get(slug, slug) for slug in gravest.uses],
        places=[jurisdiction(code).name for code in gravest.jurisdictions],
    )


def _by_listing(finding: Finding) -> tuple:
    binding = finding.mode == Mode.ENFORCE
    return (str(finding.standing.listing_id), not binding, -finding.outcome, finding.pk)


def _distinct(findings: Sequence[Finding]) -> list[Finding]:
    """Return each ground once, though it stands in several groups of uses and places."""
    seen: dict[tuple, Finding] = {}
    for finding in findings:
        seen.setdefault((finding.rule_version_id, finding.measure_id), finding)
    return list(seen.values())


def _unread_runs(organisation: Organisation) -> list[ImportRun]:
    """Return an organisation's latest imports that stopped or could not use every row."""
    latest = ImportRun.objects.filter(organisation=organisation).order_by("-created_at", "-id")
    newest = list(latest[:5].values_list("pk", flat=True))
    faulty = Q(refused__gt=0) | Q(state=RunState.FAILED)
    return list(ImportRun.objects.filter(faulty, pk__in=newest).order_by("-created_at", "-id"))


def needs_of(organisation: Organisation, listings: QuerySet[Listing], actor: Actor) -> list[Need]:
    """Return what waits for an organisation and for the person who looks, the first due first."""
    moment = now()
    claims = claims_of(organisation).filter(state=ClaimState.OPENED)[:TASKS]
    return by_due(
        [
            *_dated(organisation, listings, moment),
            *deliberation_owed(actor, moment),
            *(Need("mending", one) for one in mending_of(listings)),
            *(Need("run", run) for run in _unread_runs(organisation)),
            *(Need("claim", claim, _proof(claim, moment)) for claim in claims),
        ]
    )


def _dated(
    organisation: Organisation, listings: QuerySet[Listing], moment: dt.datetime
) -> list[Need]:
    """Return what has a clock: allegations, what marketplaces owe, duties under rules."""
    allegations = [
        Need("allegation", row, _clock(row.clock, moment))
        for row in allegations_owed(organisation).select_related(*ALLEGED)
    ]
    lines = [
        Need("acknowledgement", line, line.due)
        for line in acknowledgements_owed(organisation, size=TASKS).rows
    ]
    duties = [
        Need("duty", duty, Due(duty.due_at, moment, duty.rule_duty.version.title))
        for duty in duties_of_listings(listings, size=TASKS).rows
    ]
    return [*allegations, *lines, *duties]


def _clock(clock: Clock, moment: dt.datetime) -> Due:
    return Due(clock.due_at, moment, clock.rule.legal_source, clock.started_at)


def _proof(claim: ProviderClaim, moment: dt.datetime) -> Due | None:
    return Due(claim.proof_until_at, moment) if claim.proof_until_at else None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """What came of one case: the decision that stands, and each appeal in it with its due date.

    `appeal_until` is set while the decision that stands can be appealed against by someone.
    """

    decision: Decision | None
    appeals: list[tuple[Appeal, Due | None]]
    appeal_until: dt.datetime | None


def case_line(case: Case, moment: dt.datetime) -> CaseLine:
    """Return what came of a case whose decisions and appeals were read with it."""
    decisions = sorted(case.decisions.all(), key=lambda one: (one.issued_at, one.pk))
    appeals = [appeal for decision in decisions for appeal in decision.appeals.all()]
    standing = decisions[-1] if decisions else None
    until = standing.appeal_until_at if standing else None
    return CaseLine(
        standing,
        [(appeal, _appeal_due(appeal, moment)) for appeal in appeals],
        until if until and until > moment else None,
    )


def _appeal_due(appeal: Appeal, moment: dt.datetime) -> Due | None:
    if appeal.state != AppealState.FILED:
        return None
    clock = appeal.clock
    return Due(clock.due_at, moment, clock.rule.legal_source, clock.started_at)
