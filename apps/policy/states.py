"""States of a rule version, and the words of what a rule is and does."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.states import Move, StateTable
from apps.policy.engine import Mode, Outcome


class StatuteKind(TextChoices):
    """Who makes a rule, and so how it binds."""

    INSTRUMENT = "instrument", _("Statutory instrument")
    POLICY = "policy", _("Marketplace policy")
    CODE = "code", _("Code of practice")


class RuleState(TextChoices):
    """Where a version stands."""

    SCHEDULED = "scheduled", _("Scheduled")
    IN_FORCE = "in_force", _("In force")
    ENDED = "ended", _("Ended")


class RuleMode(TextChoices):
    """The engine's modes, in words."""

    ADVISE = Mode.ADVISE.value, _("Advise")
    WARN = Mode.WARN.value, _("Warn")
    ENFORCE = Mode.ENFORCE.value, _("Enforce")


class RuleOutcome(IntegerChoices):
    """The engine's outcomes, in words."""

    ALLOW = Outcome.ALLOW.value, _("Allowed")
    CONDITION = Outcome.CONDITION.value, _("With conditions")
    RESTRICT = Outcome.RESTRICT.value, _("Restricted")
    SUSPEND = Outcome.SUSPEND.value, _("Suspended")
    PROHIBIT = Outcome.PROHIBIT.value, _("Prohibited")


class Ending(TextChoices):
    """Why a version ended."""

    SUNSET = "sunset", _("Its time was over")
    SUPERSEDED = "superseded", _("A new version took its place")
    REPEALED = "repealed", _("It was repealed")
    WITHDRAWN = "withdrawn", _("It was withdrawn before it began")
    ROLLED_BACK = "rolled_back", _("It was taken back")
    STAYED = "stayed", _("Two chairs stayed it")
    UNSTAYED = "unstayed", _("A stay was lifted")


class LiabilityTag(TextChoices):
    """How loss is answered for where the rule is broken."""

    STRICT = "strict", _("Without fault")
    PRESUMED_FAULT = "presumed_fault", _("Fault is presumed")
    FAULT = "fault", _("For fault")


class Addressee(TextChoices):
    """Whom a duty binds."""

    PROVIDER = "provider", _("The provider")
    MARKETPLACE = "marketplace", _("The marketplace")
    DEPLOYER = "deployer", _("Whoever puts the model to use")
    REGULATOR = "regulator", _("The regulator")


class DueUnit(TextChoices):
    """What a duty's time is counted in."""

    HOURS = "hours", _("hours")
    DAYS = "days", _("days")
    WORKING_DAYS = "working_days", _("working days")
    MONTHS = "months", _("months")


RULE_TABLE = StateTable(
    states=RuleState,
    initial=RuleState.SCHEDULED,
    moves=(
        Move("start", RuleState.SCHEDULED, RuleState.IN_FORCE, _("business time")),
        Move("cancel", RuleState.SCHEDULED, RuleState.ENDED, _("a regulator, or its successor")),
        Move("end", RuleState.IN_FORCE, RuleState.ENDED, _("a regulator, its sunset or successor")),
    ),
    main_line=(RuleState.SCHEDULED, RuleState.IN_FORCE, RuleState.ENDED),
)


class DivergenceState(TextChoices):
    """Whether text and expression part, as someone says."""

    FILED = "filed", _("Waiting for an answer")
    CONFIRMED = "confirmed", _("They part: the text prevails")
    REJECTED = "rejected", _("They agree")


OFFICE_OF_RULE = _("the office that made the rule")
DIVERGENCE = StateTable(
    states=DivergenceState,
    initial=DivergenceState.FILED,
    moves=(
        Move("confirm", DivergenceState.FILED, DivergenceState.CONFIRMED, OFFICE_OF_RULE),
        Move("reject", DivergenceState.FILED, DivergenceState.REJECTED, OFFICE_OF_RULE),
    ),
    main_line=(DivergenceState.FILED, DivergenceState.CONFIRMED),
)


class RuleStayState(TextChoices):
    """How far two chairs are in staying a rule."""

    ASKED = "asked", _("One chair has asked")
    STAYED = "stayed", _("Two chairs stay the rule")
    LIFTED = "lifted", _("It was lifted")
    WITHDRAWN = "withdrawn", _("It was withdrawn")


RULE_STAY = StateTable(
    states=RuleStayState,
    initial=RuleStayState.ASKED,
    moves=(
        Move(
            "countersign",
            RuleStayState.ASKED,
            RuleStayState.STAYED,
            _("a chair of another chamber"),
        ),
        Move(
            "withdraw",
            RuleStayState.ASKED,
            RuleStayState.WITHDRAWN,
            _("the chair who asked, or the answer that nothing parts"),
        ),
        Move(
            "lift",
            RuleStayState.STAYED,
            RuleStayState.LIFTED,
            _("either chair, or the answer that nothing parts"),
        ),
    ),
    main_line=(RuleStayState.ASKED, RuleStayState.STAYED, RuleStayState.LIFTED),
)
