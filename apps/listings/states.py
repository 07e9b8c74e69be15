"""States of a listing, a claim, an edge, a dispute and an import, and who moves them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.states import Move, StateTable


class ListingState(TextChoices):
    """Whether a listing is on offer."""

    LISTED = "listed", _("Listed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


LISTINGS = StateTable(
    states=ListingState,
    initial=ListingState.LISTED,
    moves=(
        Move("withdraw", ListingState.LISTED, ListingState.WITHDRAWN, _("keeper")),
        Move("list again", ListingState.WITHDRAWN, ListingState.LISTED, _("keeper")),
    ),
)


class ClaimState(TextChoices):
    """Where a company's claim to a provider's name stands."""

    OPENED = "opened", _("Waiting for proof")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


CLAIMS = StateTable(
    states=ClaimState,
    initial=ClaimState.OPENED,
    moves=(
        Move("prove", ClaimState.OPENED, ClaimState.CONFIRMED, _("company, or a regulator")),
        Move("refuse", ClaimState.OPENED, ClaimState.REFUSED, _("regulator")),
        Move("withdraw", ClaimState.OPENED, ClaimState.WITHDRAWN, _("company")),
    ),
    main_line=(ClaimState.OPENED, ClaimState.CONFIRMED),
)


class EdgeState(TextChoices):
    """How sure it is that one model was made from another."""

    DECLARED = "declared", _("Declared")
    DISPUTED = "disputed", _("Disputed")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Rejected")


EDGES = StateTable(
    states=EdgeState,
    initial=EdgeState.DECLARED,
    moves=(
        Move("dispute", EdgeState.DECLARED, EdgeState.DISPUTED, _("anyone signed in")),
        Move("dispute", EdgeState.CONFIRMED, EdgeState.DISPUTED, _("anyone signed in")),
        Move("take back", EdgeState.DISPUTED, EdgeState.DECLARED, _("who disputed it")),
        Move("confirm", EdgeState.DISPUTED, EdgeState.CONFIRMED, _("regulator or clerk")),
        Move("reject", EdgeState.DISPUTED, EdgeState.REJECTED, _("regulator or clerk")),
    ),
    main_line=(EdgeState.DECLARED, EdgeState.DISPUTED, EdgeState.CONFIRMED),
)


class DisputeState(TextChoices):
    """Where a dispute of a fact or an edge stands."""

    OPENED = "opened", _("Open")
    UPHELD = "upheld", _("Upheld: the record was wrong")
    DISMISSED = "dismissed", _("Dismissed: the record stands")
    WITHDRAWN = "withdrawn", _("Withdrawn")


DISPUTES = StateTable(
    states=DisputeState,
    initial=DisputeState.OPENED,
    moves=(
        Move("uphold", DisputeState.OPENED, DisputeState.UPHELD, _("regulator or clerk")),
        Move("dismiss", DisputeState.OPENED, DisputeState.DISMISSED, _("regulator or clerk")),
        Move("withdraw", DisputeState.OPENED, DisputeState.WITHDRAWN, _("who opened it")),
    ),
    main_line=(DisputeState.OPENED, DisputeState.UPHELD),
)


class RunState(TextChoices):
    """Where an import stands."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    FINISHED = "finished", _("Finished")
    FAILED = "failed", _("Stopped by a fault")


RUNS = StateTable(
    states=RunState,
    initial=RunState.WAITING,
    moves=(
        Move("start", RunState.WAITING, RunState.RUNNING, _("worker")),
        Move("finish", RunState.RUNNING, RunState.FINISHED, _("worker")),
        Move("stop", RunState.RUNNING, RunState.FAILED, _("worker")),
        Move("stop", RunState.WAITING, RunState.FAILED, _("worker")),
        Move("start again", RunState.FAILED, RunState.RUNNING, _("worker")),
    ),
    main_line=(RunState.WAITING, RunState.RUNNING, RunState.FINISHED),
)


class Access(TextChoices):
    """How one gets at a model."""

    OPEN = "open", _("Open weights")
    LIMITED = "limited", _("On request")
    CLOSED = "closed", _("As a service only")


class EdgeKind(TextChoices):
    """What a model took from the one it was made from."""

    WEIGHTS = "weights", _("its weights")
    OUTPUTS = "outputs", _("its outputs")
    COMPONENT = "component", _("a part, unchanged")
    DATA = "data", _("data")
    REFERENCE = "reference", _("a comparison")
    UNSTATED = "unstated", _("something the source does not say")


class DeclaredBy(TextChoices):
    """Who says that an edge is there."""

    PROVIDER = "provider", _("The provider")
    SOURCE = "source", _("The public source it was read from")
    COMMUNITY = "community", _("Someone of the public")
