"""What a company's dashboard shows."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet

from apps.compliance.models import Duty, Finding
from apps.compliance.selectors.standings import duties_of_listings, to_mend, with_badges
from apps.core.clock import now
from apps.core.jurisdictions import jurisdiction
from apps.core.pagination import Page, keyset_page
from apps.institutions.models import Organisation
from apps.institutions.selectors import memberships_of
from apps.listings.models import ImportRun, Listing, ProviderClaim
from apps.listings.selectors import claims_of, listings_kept_by
from apps.listings.states import ClaimState, RunState
from apps.policy.engine import Mode
from apps.policy.models import Use

ROWS = 25
TASKS = 20
SOON_DAYS = 3


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
class Owed:
    """A duty with a due time, and how near it is."""

    duty: Duty
    late: bool
    days: int

    @property
    def tone(self) -> str:
        """How the clock looks."""
        if self.late:
            return "late"
        return "soon" if self.days <= SOON_DAYS else ""


@dataclass(frozen=True, slots=True)
class Desk:
    """A company's dashboard."""

    organisation: Organisation
    claims: list[ProviderClaim]
    runs: list[ImportRun]
    owed: list[Owed]
    mending: list[Mending]
    page: Page[Listing]
    listings: int
    withdrawn: int

    @property
    def needs(self) -> int:
        """How many things wait for the company."""
        return len(self.claims) + len(self.runs) + len(self.owed) + len(self.mending)


def organisations_of(person: uuid.UUID) -> list[Organisation]:
    """Return the organisations a person may act for, by name."""
    return [row.organisation for row in memberships_of(person)]


def desk_of(organisation: Organisation, *, after: str = "", before: str = "") -> Desk:
    """Return what waits for an organisation, and one page of its listings with their standing."""
    kept = listings_kept_by(organisation)
    ids = kept.values("pk")
    own = Listing.objects.filter(pk__in=ids)
    return Desk(
        organisation=organisation,
        claims=list(claims_of(organisation).filter(state=ClaimState.OPENED)[:TASKS]),
        runs=_unread_runs(organisation),
        owed=_owed(own),
        mending=mending_of(own),
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


def _owed(listings: QuerySet[Listing]) -> list[Owed]:
    moment = now()
    page = duties_of_listings(listings, size=TASKS)
    due = [(duty, duty.due_at) for duty in page.rows]
    return [
        Owed(duty, at <= moment, max((at - moment).days, 0)) for duty, at in due if at is not None
    ]
