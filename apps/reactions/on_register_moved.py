"""A measure, a claim or a dispute moved: tell the company that keeps the listing, and who asked."""

import uuid

from apps.cases.models import Decision
from apps.compliance.models import Measure
from apps.journal.selectors import JournalAct
from apps.listings.models import Dispute, Listing, ProviderClaim
from apps.listings.permissions import keeper
from apps.notices.services import NoticeDraft
from apps.notices.states import NoticeKind
from apps.notices.words import Value
from apps.policy.engine import Outcome
from apps.reactions import places
from apps.reactions.audience import owners
from apps.reactions.telling import tell


def imposed(act: JournalAct) -> None:
    """Tell the company of a measure; one of a decision is told with the decision."""
    measure = Measure.objects.get(pk=act.subject)
    if Decision.objects.filter(code=measure.reference).exists():
        return
    values: dict[str, Value] = {
        "outcome": Outcome(measure.outcome).slug,
        "source": measure.source,
    }
    _tell_keeper(act, _listing(measure.listing_id), NoticeKind.MEASURE_IMPOSED, values)


def lifted(act: JournalAct) -> None:
    """Tell the company that a measure ended before its time."""
    measure = Measure.objects.get(pk=act.subject)
    _tell_keeper(act, _listing(measure.listing_id), NoticeKind.MEASURE_LIFTED, {})


def disputed(act: JournalAct) -> None:
    """Tell the company that someone doubts what stands of its listing."""
    _tell_keeper(act, _listing(act.subject), NoticeKind.LISTING_DISPUTED, {})


def dispute_closed(act: JournalAct) -> None:
    """Tell who raised a dispute, and the company, how it ended."""
    dispute = Dispute.objects.get(pk=act.payload["dispute"])
    listing = _listing(dispute.listing_id)
    values: dict[str, Value] = {"listing": listing.name, "dispute": dispute.state}
    draft = NoticeDraft(
        kind=NoticeKind.DISPUTE_DECIDED, path=places.listing(listing), parameters=values
    )
    tell(act, [dispute.raised_by_id], draft)
    _tell_keeper(act, listing, NoticeKind.DISPUTE_CLOSED, values)


def claim_confirmed(act: JournalAct) -> None:
    """Tell the owners of the organisation that the provider is theirs."""
    claim = _claim(act)
    draft = NoticeDraft(
        kind=NoticeKind.CLAIM_CONFIRMED,
        path=places.provider(claim.provider.slug),
        parameters={"provider": claim.provider.name, "company": claim.organisation.name},
    )
    tell(act, owners(claim.organisation_id), draft)


def claim_refused(act: JournalAct) -> None:
    """Tell the owners of the organisation why not."""
    claim = _claim(act)
    draft = NoticeDraft(
        kind=NoticeKind.CLAIM_REFUSED,
        path=places.CLAIMS,
        parameters={
            "provider": claim.provider.name,
            "company": claim.organisation.name,
            "reason": claim.reason,
        },
    )
    tell(act, owners(claim.organisation_id), draft)


def _tell_keeper(
    act: JournalAct, listing: Listing, kind: NoticeKind, values: dict[str, Value]
) -> None:
    company = keeper(listing)
    if company is None:
        return
    draft = NoticeDraft(
        kind=kind,
        path=places.listing(listing),
        parameters={"listing": listing.name, "company": company.name} | values,
    )
    tell(act, owners(company.pk), draft)


def _listing(key: uuid.UUID) -> Listing:
    return Listing.objects.select_related("provider__claimed_by", "brought_by").get(pk=key)


def _claim(act: JournalAct) -> ProviderClaim:
    rows = ProviderClaim.objects.select_related("provider", "organisation")
    return rows.get(pk=act.payload["claim"])


ON_REGISTER = {
    "compliance.measure.imposed": imposed,
    "compliance.measure.lifted": lifted,
    "listings.edge.disputed": disputed,
    "listings.fact.disputed": disputed,
    "listings.dispute.closed": dispute_closed,
    "listings.provider.claimed": claim_confirmed,
    "listings.claim.refused": claim_refused,
}
