"""The states of a ballot, and the other words that its rows use."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.states import Move, StateTable


class BallotState(TextChoices):
    """Where a ballot stands; `CLOSED` is passed on the way to `TALLIED`, in one transaction."""

    DRAFT = "draft", _("To come")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    TALLIED = "tallied", _("Counted")
    ANNULLED = "annulled", _("Annulled")


BALLOT = StateTable(
    states=BallotState,
    initial=BallotState.DRAFT,
    moves=(
        Move("open", BallotState.DRAFT, BallotState.OPEN, "business time"),
        Move("close", BallotState.OPEN, BallotState.CLOSED, "business time"),
        Move("count", BallotState.CLOSED, BallotState.TALLIED, "the portal"),
        Move("annul", BallotState.DRAFT, BallotState.ANNULLED, "the convener"),
        Move("annul", BallotState.OPEN, BallotState.ANNULLED, "the convener"),
    ),
    main_line=(BallotState.DRAFT, BallotState.OPEN, BallotState.TALLIED),
)


class Procedure(TextChoices):
    """By which settings a ballot is held."""

    ORDINARY = "ordinary", _("Ordinary")
    CONSTITUTIONAL = "constitutional", _("Constitutional")
    EMERGENCY = "emergency", _("Emergency")


class Choice(TextChoices):
    """What a seat marks."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    ABSTAIN = "abstain", _("Abstain")


class Part(TextChoices):
    """What a seat of the roll does: its marks are counted, or published as advice only."""

    VOTES = "votes", _("Votes")
    ADVISES = "advises", _("Advises")


class Interest(TextChoices):
    """A particular interest for which a seat steps aside; belonging to a trade is none."""

    NAMED_PARTY = "named-party", _("The holder or their organisation is a party to the matter")
    OWN_CASE = "own-case", _("The matter grew out of a case of their own")
    FINANCIAL = "financial", _("They would gain or lose money of their own by the result")
    CLOSE_PERSON = "close-person", _("Someone close to them is a party or would gain or lose")


class ChamberResult(TextChoices):
    """What one chamber's count says."""

    CARRIED = "carried", _("Carried")
    NOT_CARRIED = "not-carried", _("Not carried")
    NO_QUORUM = "no-quorum", _("No quorum")
    CANNOT_DECIDE = "cannot-decide", _("Cannot decide: more than half stepped aside")


class Outcome(TextChoices):
    """What a ballot's count says."""

    CARRIED = "carried", _("Carried")
    NOT_CARRIED = "not-carried", _("Not carried")
    NO_QUORUM = "no-quorum", _("No quorum")
