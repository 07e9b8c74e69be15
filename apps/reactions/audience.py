"""Whom news concerns: found anew for each act, from the roles that are held at that moment."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.db.models.functions import Coalesce

from apps.cases.models import Case, Contest, MisuseReport
from apps.cases.permissions import as_officer, conflicted, covers_case, never_touched
from apps.cases.selectors.cases import officers_for_misuse
from apps.cases.selectors.contests import contest_refusal, regulators_of_models
from apps.institutions.models import Membership, OfficeHolding, Organisation, Role
from apps.institutions.offices import Office
from apps.listings.models import Follow, Listing, Marketplace
from apps.proposals.models import Comment, Proposal

People = set[uuid.UUID]


def owners(organisation: uuid.UUID) -> People:
    """Return who owns an organisation now."""
    held = Membership.objects.held().filter(organisation=organisation, role=Role.OWNER)
    return set(held.values_list("user", flat=True))


def holders(office: Office) -> People:
    """Return who holds an office now."""
    return set(OfficeHolding.objects.held().filter(office=office).values_list("user", flat=True))


def officers_of_places(case: Case) -> People:
    """Return the regulators whose mandate for misuse covers a case, without an interest in it."""
    people = officers_for_misuse().values_list("pk", flat=True)
    return {
        person
        for person in people
        if covers_case(as_officer(person), case) and not conflicted(person, case)
    }


def deciders(case: Case) -> People:
    """Return those of them who had no hand in the case, and so may decide an appeal."""
    return {person for person in officers_of_places(case) if never_touched(person, case)}


def rulers(contest: Contest) -> People:
    """Return the regulators who may rule on a contest now."""
    people = regulators_of_models().values_list("pk", flat=True)
    return {person for person in people if contest_refusal(as_officer(person), contest) is None}


def reporters(case: Case) -> People:
    """Return who reported with an account; nobody else has an inbox."""
    reports = MisuseReport.objects.filter(link__case=case, reporter__isnull=False)
    return set(reports.values_list("reporter", flat=True))


def circle(proposal: Proposal) -> People:
    """Return who wrote a proposal, commented on it or follows it."""
    comments = Comment.objects.filter(revision__proposal=proposal)
    return {
        proposal.author_id,
        *comments.values_list("author", flat=True),
        *proposal.followers.values_list("user", flat=True),
    }


def kept_by(listings: Iterable[uuid.UUID]) -> dict[Organisation, list[Listing]]:
    """Return listings by the organisation that keeps them; the portal's own are left out."""
    found: dict[uuid.UUID, list[Listing]] = defaultdict(list)
    rows = Listing.objects.filter(pk__in=list(listings)).annotate(
        kept_by=Coalesce("provider__claimed_by", "brought_by")
    )
    for listing in rows.exclude(kept_by=None).order_by("name", "pk"):
        found[listing.kept_by].append(listing)
    organisations = Organisation.objects.in_bulk(list(found))
    return {organisations[key]: kept for key, kept in found.items()}


def keepers(markets: Iterable[Marketplace]) -> dict[tuple[Marketplace, ...], People]:
    """Return who owns the organisations of some marketplaces, by those of these that they keep."""
    found: dict[tuple[Marketplace, ...], People] = defaultdict(set)
    by_organisation: dict[uuid.UUID, list[Marketplace]] = defaultdict(list)
    for market in markets:
        by_organisation[market.organisation_id].append(market)
    held = Membership.objects.held().filter(organisation__in=by_organisation, role=Role.OWNER)
    kept: dict[uuid.UUID, list[Marketplace]] = defaultdict(list)
    for person, organisation in held.order_by("user", "organisation").values_list(
        "user", "organisation"
    ):
        kept[person] += by_organisation[organisation]
    for person, mine in kept.items():
        found[tuple(sorted(mine, key=lambda one: (one.name, one.pk)))].add(person)
    return dict(found)


def followed_by(listings: Iterable[uuid.UUID]) -> dict[tuple[Listing, ...], People]:
    """Return people by the listings of these that they follow, so that equals are told at once."""
    rows = Follow.objects.filter(listing__in=list(listings)).select_related("listing")
    followed: dict[uuid.UUID, list[Listing]] = defaultdict(list)
    for follow in rows.order_by("listing__name", "listing"):
        followed[follow.user_id].append(follow.listing)
    found: dict[tuple[Listing, ...], People] = defaultdict(set)
    for person, mine in followed.items():
        found[tuple(mine)].add(person)
    return dict(found)
