"""How concentrated the register is, at two layers: what is listed, and what it was made from."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from apps.institutions.models import OwnerGroup
from apps.listings.concentration import Concentration, concentration
from apps.listings.models import LineageEdge, Listing, Provider
from apps.listings.states import EdgeKind, EdgeState, ListingState

MADE_FROM = (EdgeKind.WEIGHTS, EdgeKind.OUTPUTS, EdgeKind.COMPONENT, EdgeKind.UNSTATED)
LARGEST = 4
BATCH = 1000
Amounts = Mapping[uuid.UUID, int]


class Layer(TextChoices):
    """What is counted for each owner."""

    LISTINGS = "listings", _("Listings on offer")
    BASES = "bases", _("Lines of descent from a listed model")


@dataclass(frozen=True, slots=True)
class Share:
    """One of the largest owners of a layer, with its part in percent."""

    name: str
    amount: int
    percent: float


@dataclass(frozen=True, slots=True)
class LayerFigures:
    """One layer's measures, and its largest owners where the measures may be shown."""

    layer: Layer
    measured: Concentration
    largest: tuple[Share, ...]


def concentration_layers() -> list[LayerFigures]:
    """Return the figures of each layer."""
    return [_figures(layer, amounts()) for layer, amounts in AMOUNTS.items()]


def concentration_of_listings() -> Concentration:
    """Return the measures over listings on offer by owner: its group, else the provider itself."""
    return _measured(_of_listings())


def concentration_of_bases() -> Concentration:
    """Return the measures over edges to a listed model, by the owner of that model."""
    return _measured(_of_bases())


def shares_of(layer: Layer) -> Iterator[Share]:
    """Return what every owner has at one layer, the largest first.

    Nothing where fewer than five take part: one would be seen.
    """
    amounts = AMOUNTS[layer]()
    measured = _measured(amounts)
    ranked = _ranked(amounts) if measured.hhi is not None else []
    for start in range(0, len(ranked), BATCH):
        batch = ranked[start : start + BATCH]
        names = _names([owner for owner, _amount in batch])
        for owner, amount in batch:
            yield _share(names[owner], amount, measured)


def _of_listings() -> Amounts:
    rows = Listing.objects.filter(state=ListingState.LISTED)
    return _counted(rows, "provider")


def _of_bases() -> Amounts:
    rows = LineageEdge.objects.filter(
        parent__isnull=False, valid_until=None, kind__in=MADE_FROM
    ).exclude(state=EdgeState.REJECTED)
    return _counted(rows, "parent__provider")


def _counted(rows: QuerySet, provider: str) -> Amounts:
    owner = Coalesce(f"{provider}__owner_group", provider)
    return dict(rows.order_by().values_list(owner).annotate(count=Count("pk")))


def _measured(amounts: Amounts) -> Concentration:
    return concentration({str(owner): count for owner, count in amounts.items()})


def _figures(layer: Layer, amounts: Amounts) -> LayerFigures:
    measured = _measured(amounts)
    if measured.hhi is None:
        return LayerFigures(layer, measured, ())
    first = _ranked(amounts)[:LARGEST]
    names = _names([owner for owner, _amount in first])
    return LayerFigures(
        layer,
        measured,
        tuple(_share(names[owner], amount, measured) for owner, amount in first),
    )


def _ranked(amounts: Amounts) -> list[tuple[uuid.UUID, int]]:
    return sorted(amounts.items(), key=lambda pair: (-pair[1], str(pair[0])))


def _share(name: str, amount: int, measured: Concentration) -> Share:
    return Share(name, amount, round(100 * amount / measured.total, 1))


def _names(owners: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the names of owners, which are groups or providers."""
    found: dict[uuid.UUID, str] = {}
    for noun in (Provider, OwnerGroup):
        found |= dict(noun.objects.filter(pk__in=owners).values_list("pk", "name"))
    return found


AMOUNTS: dict[Layer, Callable[[], Amounts]] = {
    Layer.LISTINGS: _of_listings,
    Layer.BASES: _of_bases,
}
