"""Where measures come from, what makes an incident count, and how far an application has come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.states import Move, StateTable


class MeasureSource(TextChoices):
    """Who set a measure."""

    DECISION = "decision", _("A decision of this portal")
    COURT = "court", _("A court")
    GOVERNMENT = "government", _("A government order")


class IncidentBasis(TextChoices):
    """Which step of a case makes its incident count."""

    TRIAGED = "triaged", _("Triaged")
    DECIDED = "decided", _("Decided")


class Cause(TextChoices):
    """Why standings were worked out again."""

    LISTING = "listing", _("A listing changed")
    RULE = "rule", _("A rule started or ended")
    LINEAGE = "lineage", _("A licence, a lineage edge or a provider changed")
    GRANT = "grant", _("An exemption, a measure or an incident changed")
    MARKET = "market", _("A marketplace offered it, or was bound")
    DAY = "day", _("Time passed")
    ALL = "all", _("Everything was worked out again")


class Occasion(TextChoices):
    """When it was worked out what a rule version changes."""

    ENTERED = "entered", _("When it entered the register")
    BEGUN = "begun", _("When it began")


class Demand(TextChoices):
    """What a marketplace owes for a listing."""

    APPLY = "apply", _("Apply what holds now")
    LIFT = "lift", _("Lift what held before")


class AcknowledgementKind(TextChoices):
    """What a marketplace can say of what it owes."""

    SEEN = "seen", _("Seen")
    APPLIED = "applied", _("Applied")
    LIFTED = "lifted", _("Lifted")


class AcknowledgementState(TextChoices):
    """How far a marketplace has come with one change."""

    OWED = "owed", _("Owed")
    SEEN = "seen", _("Seen")
    APPLIED = "applied", _("Applied")
    LIFTED = "lifted", _("Lifted")
    SUPERSEDED = "superseded", _("No longer owed")


OPEN_STATES = (AcknowledgementState.OWED, AcknowledgementState.SEEN)
DONE_STATES = (AcknowledgementState.APPLIED, AcknowledgementState.LIFTED)
MARKET = _("the marketplace")
LATER = _("a later change")
ACKNOWLEDGEMENT = StateTable(
    states=AcknowledgementState,
    initial=AcknowledgementState.OWED,
    moves=(
        Move("see", AcknowledgementState.OWED, AcknowledgementState.SEEN, MARKET),
        *(
            Move(verb, state, target, who)
            for state in OPEN_STATES
            for verb, target, who in (
                ("apply", AcknowledgementState.APPLIED, MARKET),
                ("lift", AcknowledgementState.LIFTED, MARKET),
                ("overtake", AcknowledgementState.SUPERSEDED, LATER),
            )
        ),
    ),
    main_line=(
        AcknowledgementState.OWED,
        AcknowledgementState.SEEN,
        AcknowledgementState.APPLIED,
    ),
)


class SimulationState(TextChoices):
    """How far it is worked out what a draft would change."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being worked out")
    DONE = "done", _("Worked out")
    FAILED = "failed", _("Stopped by a fault")
    VOIDED = "voided", _("Void: its draft or the register is another")


UNFINISHED = (SimulationState.QUEUED, SimulationState.RUNNING)
LIVE = (*UNFINISHED, SimulationState.DONE)
WORKER = _("worker")
SIMULATION = StateTable(
    states=SimulationState,
    initial=SimulationState.QUEUED,
    moves=(
        Move("start", SimulationState.QUEUED, SimulationState.RUNNING, WORKER),
        Move("finish", SimulationState.RUNNING, SimulationState.DONE, WORKER),
        Move("stop", SimulationState.RUNNING, SimulationState.FAILED, WORKER),
        *(Move("void", state, SimulationState.VOIDED, _("who asked")) for state in LIVE),
    ),
    main_line=LIVE,
)
