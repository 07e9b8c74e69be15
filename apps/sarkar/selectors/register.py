"""What waits in the register for an officer's word."""

from dataclasses import dataclass

from apps.core.actor import Actor
from apps.institutions.offices import Office
from apps.institutions.permissions import holds_office
from apps.licensing.models import UnresolvedLicence
from apps.licensing.permissions import can_settle_names
from apps.licensing.selectors import names_waiting
from apps.listings.models import Dispute, ProviderClaim
from apps.listings.permissions import can_decide_disputes, can_judge_claim
from apps.listings.selectors import claims_open, disputes_open

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """Claims, disputes and names of licences that this officer may decide, oldest first."""

    claims: list[ProviderClaim]
    disputes: list[Dispute]
    names: list[UnresolvedLicence]

    @property
    def count(self) -> int:
        """How many things wait."""
        return len(self.claims) + len(self.disputes) + len(self.names)


def waiting_for(actor: Actor) -> Waiting:
    """Return what the officer may decide, at most fifty of each kind."""
    may_dispute = holds_office(actor, Office.REGULATOR, Office.CLERK)
    may_claim = holds_office(actor, Office.REGULATOR)
    claims = claims_open()[:SHOWN] if may_claim else []
    disputes = disputes_open().select_related("version")[:SHOWN] if may_dispute else []
    return Waiting(
        claims=[claim for claim in claims if can_judge_claim(actor, claim)],
        disputes=[row for row in disputes if can_decide_disputes(actor, row)],
        names=list(names_waiting()[:SHOWN]) if can_settle_names(actor) else [],
    )
