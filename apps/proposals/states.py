"""The states of a proposal and of a comment."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.states import Move, StateTable


class ProposalState(TextChoices):
    """Where a proposal stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    CONSULTATION = "consultation", _("Consultation")
    REVIEW = "review", _("Review")
    FROZEN = "frozen", _("Text frozen")
    BALLOTING = "balloting", _("Ballot")
    ADOPTED = "adopted", _("Adopted")
    DEFEATED = "defeated", _("Defeated")
    NO_QUORUM = "no-quorum", _("No quorum")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")


S = ProposalState
WITHDRAWABLE = (S.DRAFT, S.SUBMITTED, S.CONSULTATION, S.REVIEW, S.FROZEN, S.BALLOTING)
WAITING = (S.SUBMITTED, S.REVIEW, S.FROZEN)
REVISABLE = (S.DRAFT, S.SUBMITTED, S.CONSULTATION, S.REVIEW)
PROPOSAL = StateTable(
    states=ProposalState,
    initial=S.DRAFT,
    moves=(
        Move("submit", S.DRAFT, S.SUBMITTED, "the author"),
        Move("open consultation", S.SUBMITTED, S.CONSULTATION, "a clerk"),
        Move("open review", S.CONSULTATION, S.REVIEW, "the end of the consultation"),
        Move("revise", S.REVIEW, S.CONSULTATION, "the author, with another text"),
        Move("freeze", S.REVIEW, S.FROZEN, "the author or a clerk"),
        Move("call ballot", S.FROZEN, S.BALLOTING, "a clerk"),
        Move("adopt", S.BALLOTING, S.ADOPTED, "three chambers"),
        Move("defeat", S.BALLOTING, S.DEFEATED, "a chamber"),
        Move("miss quorum", S.BALLOTING, S.NO_QUORUM, "a chamber"),
        *(Move("withdraw", state, S.WITHDRAWN, "the author") for state in WITHDRAWABLE),
        *(Move("lapse", state, S.LAPSED, "business time") for state in WAITING),
    ),
    main_line=(
        *(S.DRAFT, S.SUBMITTED, S.CONSULTATION, S.REVIEW),
        *(S.FROZEN, S.BALLOTING, S.ADOPTED),
    ),
)


class CommentState(TextChoices):
    """Whether a comment is shown."""

    POSTED = "posted", _("Posted")
    REMOVED = "removed", _("Removed")
    APPEALED = "appealed", _("Removed, under appeal")
    RESTORED = "restored", _("Restored on appeal")
    UPHELD = "upheld", _("Removed, upheld on appeal")


COMMENT = StateTable(
    states=CommentState,
    initial=CommentState.POSTED,
    moves=(
        Move("remove", CommentState.POSTED, CommentState.REMOVED, "a clerk, with reasons"),
        Move("appeal", CommentState.REMOVED, CommentState.APPEALED, "who wrote it"),
        Move("restore", CommentState.APPEALED, CommentState.RESTORED, "a chair"),
        Move("uphold", CommentState.APPEALED, CommentState.UPHELD, "a chair"),
    ),
    main_line=(CommentState.POSTED,),
)
SHOWN = (CommentState.POSTED, CommentState.RESTORED)


class ImpactOccasion(TextChoices):
    """At which step an impact was worked out."""

    SUBMITTED = "submitted", _("When submitted")
    REVISED = "revised", _("When revised")
    FROZEN = "frozen", _("Frozen with the text")
    COMMENCED = "commenced", _("When the rule began")
