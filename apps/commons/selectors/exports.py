"""Whole public lists as rows of plain values, read from the database as they are sent."""

from collections.abc import Iterator

from apps.cases.models import ExternalOrder
from apps.cases.selectors import public_cases
from apps.listings.selectors.concentration import Layer, shares_of
from apps.policy.engine import Outcome

Row = tuple[object, ...]
ORDERS = (
    *("code", "listing", "name", "source", "authority", "rank", "provision", "reference"),
    *("outcome", "jurisdictions", "recorded_at", "until_at", "lifted_at"),
)
CASES = (
    *("code", "title", "origin", "listing", "provider", "segment", "state", "severity"),
    *("jurisdictions", "opened_at", "closed_at"),
)
OWNERS = ("layer", "owner", "amount", "percent")


def order_rows() -> Iterator[Row]:
    """Return the orders of courts and governments, newest first."""
    rows = ExternalOrder.objects.select_related("listing", "measure")
    for order in rows.order_by("-recorded_at", "-id").iterator():
        yield (
            *(order.code, order.listing.code, order.listing.name, order.source),
            *(order.authority, order.rank, order.provision, order.reference),
            *(Outcome(order.outcome).slug, order.jurisdictions),
            *(order.recorded_at, order.until_at, order.measure.ended_at),
        )


def case_rows() -> Iterator[Row]:
    """Return the cases that everyone may read, newest first."""
    rows = public_cases().select_related("listing", "provider").order_by("-opened_at", "-id")
    for case in rows.iterator():
        yield (
            *(case.code, case.title, case.origin),
            case.listing.code if case.listing else "",
            case.provider.name if case.provider else "",
            *(case.segment, case.state, case.severity),
            *(case.jurisdictions, case.opened_at, case.closed_at),
        )


def owner_rows() -> Iterator[Row]:
    """Return what every owner has at each layer that may be shown, the largest first."""
    for layer in Layer:
        for share in shares_of(layer):
            yield layer.value, share.name, share.amount, share.percent
