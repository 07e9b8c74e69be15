"""What the application of rules refuses."""

from django.utils.translation import gettext_lazy as _

from apps.core.errors import Conflict, Invalid, NotFound


class UseUnknown(Invalid):
    """No such use stands in the published list."""

    code = "use-unknown"
    title = _("This use is not in the list of uses.")
    remedy = _("Choose one of the list at /uses/, or leave it out for any use.")


class FactsUnknown(NotFound):
    """No facts bear this number."""

    code = "facts-unknown"
    title = _("There are no facts of this number.")
    remedy = _("Use the facts_version of the answer that you want made again.")


class TimeNotAhead(Invalid):
    """A grant ends in the past, or runs longer than it may."""

    code = "time-not-ahead"
    title = _("A grant ends at a moment still to come.")
    remedy = _("Name a day and hour after now.")


class GrantTooLong(Invalid):
    """A grant is for a limited time."""

    code = "grant-too-long"
    title = _("A grant runs for three years at most.")
    remedy = _("Name an earlier end; it can be granted again.")


class CohortFull(Conflict):
    """A sandbox has room for so many listings and no more."""

    code = "cohort-full"
    title = _("This sandbox has no place left.")
    remedy = _("End another exemption of it, or grant another sandbox.")


class OutsideSandbox(Invalid):
    """An exemption reaches farther than the sandbox it belongs to."""

    code = "outside-sandbox"
    title = _("The exemption reaches farther than its sandbox.")
    remedy = _("Name places, uses and an end that lie within the sandbox.")


class GrantEnded(Conflict):
    """What was granted has ended already."""

    code = "grant-ended"
    title = _("This has ended already.")


class ExemptionUnknown(NotFound):
    """No exemption has this code."""

    code = "exemption-unknown"
    title = _("There is no such exemption.")


class SandboxUnknown(NotFound):
    """No sandbox has this code."""

    code = "sandbox-unknown"
    title = _("There is no such sandbox.")


class AcknowledgementUnknown(NotFound):
    """A marketplace owes nothing under this id, or another one owes it."""

    code = "acknowledgement-unknown"
    title = _("This marketplace owes nothing under one of these ids.")
    remedy = _("Read GET /api/v1/acknowledgements again.")


class AcknowledgementOvertaken(Conflict):
    """A later change took the place of what was acknowledged."""

    code = "acknowledgement-overtaken"
    title = _("A later change has taken the place of this one.")
    remedy = _("Read what is owed now, and acknowledge that.")


class WrongAcknowledgement(Conflict):
    """What is to be lifted cannot be applied, nor the other way round."""

    code = "wrong-acknowledgement"
    title = _("What is to be applied is applied, and what is to be lifted is lifted.")
    remedy = _("Look at the demand of each row.")


class TooManyAtOnce(Invalid):
    """A request names more rows than one act may hold, or none."""

    code = "too-many-at-once"
    title = _("Between one and a thousand are acknowledged at once.")
    remedy = _("Send them in several requests.")


class SimulationUnknown(NotFound):
    """Nobody asked for it, or someone else did."""

    code = "simulation-unknown"
    title = _("There is no such simulation.")
    remedy = _("A simulation is seen by who asked for it, and kept for a week.")


class SimulationTaken(Conflict):
    """Another worker goes on with it, or it is void."""

    code = "simulation-taken"
    title = _("This simulation is no longer ours to finish.")
