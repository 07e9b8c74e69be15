"""Marketplaces of the demonstration beside Open Shelf, and how each applies what binds it."""

import json

from apps.compliance.selectors.acknowledgements import acknowledgements_owed
from apps.compliance.services import Word, acknowledgements_give, acknowledgements_turn
from apps.compliance.states import AcknowledgementKind, Demand
from apps.listings.models import Listing
from apps.listings.services import (
    AccessionDraft,
    marketplace_accede,
    marketplace_enter,
    offer_make,
)
from apps.policy.states import StatuteKind
from config.demo.market import INVENTED, OFFERED, SOURCE
from config.demo.people import Cast

# Organisation, who acts for it, name, where it is bound.
MARKETS = (
    ("kaveri", "owner", "Kaveri Model Bazaar", ("IN",)),
    ("fjord", "fjord", "Fjord Model Hub", ("EU",)),
    ("commons", "samaj", "Digital Commons Library", ()),
)
DONE = {Demand.APPLY: AcknowledgementKind.APPLIED, Demand.LIFT: AcknowledgementKind.LIFTED}
MOST = 1000


def open_all(cast: Cast) -> None:
    """Open three more marketplaces that accede and offer real and invented models."""
    for organisation, who, name, places in MARKETS:
        owner = cast.actor(who)
        market = marketplace_enter(
            actor=owner, organisation=cast.organisations[organisation], name=name
        )
        marketplace_accede(
            actor=owner,
            marketplace=market,
            draft=AccessionDraft(
                rule_kinds=[StatuteKind.INSTRUMENT, StatuteKind.POLICY],
                jurisdictions=places,
                basis="Letter of accession (invented for this demonstration)",
            ),
        )
        for number, listing in enumerate(_offered(), start=1):
            sku = f"{organisation[:2].upper()}-{number:04d}"
            offer_make(actor=owner, marketplace=market, listing=listing, sku=sku)


def apply(cast: Cast, organisation: str, who: str, *, most: int = MOST) -> None:
    """Let an organisation's marketplaces do what they owe, what is due first first."""
    owed = acknowledgements_owed(cast.organisations[organisation], size=most).rows
    words = [Word(line.row.pk, DONE[Demand(line.row.demand)]) for line in owed]
    _say(cast, who, words)


def look(cast: Cast, organisation: str, who: str) -> None:
    """Let an organisation's marketplaces say that they have seen what they owe."""
    owed = acknowledgements_owed(cast.organisations[organisation], size=MOST).rows
    _say(cast, who, [Word(line.row.pk, AcknowledgementKind.SEEN) for line in owed])


def run_late() -> None:
    """Note what has become overdue."""
    while acknowledgements_turn():
        pass


def _say(cast: Cast, who: str, words: list[Word]) -> None:
    if words:
        acknowledgements_give(actor=cast.actor(who), words=words)


def _offered() -> list[Listing]:
    """Return what the three offer: Open Shelf's real models, and all invented ones."""
    invented = [
        json.loads(line)["external_id"] for line in INVENTED.read_text("utf-8").splitlines()
    ]
    names = list(dict.fromkeys([*OFFERED, *invented]))
    return list(Listing.objects.filter(source=SOURCE, external_id__in=names).order_by("name"))
