"""What readers ask and fill in."""

from apps.commons.forms.hall import (
    AskForm,
    DeclineForm,
    DisputeForm,
    GazetteForm,
    RecusalForm,
    ReviewerForm,
    VerdictForm,
    VoteForm,
)
from apps.commons.forms.proposals import (
    AppealAnswerForm,
    CommentForm,
    NoteForm,
    OriginForm,
    ProposalForms,
    ProposalsForm,
    ReasonForm,
)

__all__ = [
    "AppealAnswerForm",
    "AskForm",
    "CommentForm",
    "DeclineForm",
    "DisputeForm",
    "GazetteForm",
    "NoteForm",
    "OriginForm",
    "ProposalForms",
    "ProposalsForm",
    "ReasonForm",
    "RecusalForm",
    "ReviewerForm",
    "VerdictForm",
    "VoteForm",
]
