"""The kinds of notices, the states of an e-mail, and how a person wants them sent."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.states import Move, StateTable

WORKER = _("the mail worker")


class NoticeKind(TextChoices):
    """What a notice tells; its words stand in `words.py`."""

    CASE_ASSIGNED = "case-assigned"
    ALLEGATION_SENT = "allegation-sent"
    RESPONSE_GIVEN = "response-given"
    DECISION_ISSUED = "decision-issued"
    REPORT_DECIDED = "report-decided"
    APPEAL_TO_DECIDE = "appeal-to-decide"
    APPEAL_FILED = "appeal-filed"
    APPEAL_DECIDED = "appeal-decided"
    REPORT_APPEAL_FILED = "report-appeal-filed"
    REPORT_APPEAL_DECIDED = "report-appeal-decided"
    URGENT_TO_CONFIRM = "urgent-to-confirm"
    URGENT_ESCALATED = "urgent-escalated"
    URGENT_CONFIRMED = "urgent-confirmed"
    URGENT_LAPSED = "urgent-lapsed"
    ANSWER_DUE = "answer-due"
    ANSWER_OVERDUE = "answer-overdue"
    DECISION_DUE = "decision-due"
    DECISION_OVERDUE = "decision-overdue"
    APPEAL_DUE = "appeal-due"
    APPEAL_OVERDUE = "appeal-overdue"
    CONTEST_TO_RULE = "contest-to-rule"
    STAY_DECIDED = "stay-decided"
    CONTEST_RULED = "contest-ruled"
    CONTEST_DUE = "contest-due"
    CONTEST_OVERDUE = "contest-overdue"
    REVIEW_ASKED = "review-asked"
    REVIEW_DUE = "review-due"
    REVIEW_OVERDUE = "review-overdue"
    REVIEW_CLOSED = "review-closed"
    REVIEW_UNANSWERED = "review-unanswered"
    PROPOSAL_SUBMITTED = "proposal-submitted"
    CONSULTATION_OPENED = "consultation-opened"
    CONSULTATION_FOLLOWED = "consultation-followed"
    CONSULTATION_CONCERNS = "consultation-concerns"
    CONSULTATION_ENDING = "consultation-ending"
    CONSULTATION_ENDED = "consultation-ended"
    TEXT_FROZEN = "text-frozen"
    BALLOT_TO_CALL = "ballot-to-call"
    BALLOT_CALLED = "ballot-called"
    PROPOSAL_CONCLUDED = "proposal-concluded"
    CLERK_STEP_OWED = "clerk-step-owed"
    AUTHOR_STEP_OWED = "author-step-owed"
    COMMENCED_IN_WARN = "commenced-in-warn"
    PROPOSAL_WITHDRAWN = "proposal-withdrawn"
    PROPOSAL_LAPSED = "proposal-lapsed"
    COMMENT_REMOVED = "comment-removed"
    REMOVAL_APPEALED = "removal-appealed"
    REMOVAL_DECIDED = "removal-decided"
    BALLOT_OPENED = "ballot-opened"
    BALLOT_CLOSING = "ballot-closing"
    BALLOT_CLOSED = "ballot-closed"
    BALLOT_ANNULLED = "ballot-annulled"
    RULE_COMING = "rule-coming"
    RULE_COMING_FOLLOWED = "rule-coming-followed"
    STANDING_CHANGED = "standing-changed"
    STANDING_CHANGED_FOLLOWED = "standing-changed-followed"
    MEASURE_IMPOSED = "measure-imposed"
    MEASURE_LIFTED = "measure-lifted"
    ACKNOWLEDGEMENTS_OWED = "acknowledgements-owed"
    ACKNOWLEDGEMENTS_OVERDUE = "acknowledgements-overdue"
    CLAIM_CONFIRMED = "claim-confirmed"
    CLAIM_REFUSED = "claim-refused"
    LISTING_DISPUTED = "listing-disputed"
    DISPUTE_DECIDED = "dispute-decided"
    DISPUTE_CLOSED = "dispute-closed"
    MEMBERSHIP_ADDED = "membership-added"
    OFFICE_GRANTED = "office-granted"
    SEAT_APPOINTED = "seat-appointed"
    MANDATE_GRANTED = "mandate-granted"
    ACT_PARKED = "act-parked"


def kinds() -> list[tuple[str, str]]:
    """Return the kinds as a field's choices: by name, so that a new one needs no migration."""
    return list(NoticeKind.choices)


class MailState(TextChoices):
    """Where the e-mail of a notice is."""

    TO_SEND = "to-send", _("To be sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Given up after several tries")
    WITHHELD = "withheld", _("Not sent: no longer wanted, or no longer news")


MAIL = StateTable(
    states=MailState,
    initial=MailState.TO_SEND,
    moves=(
        Move("send", MailState.TO_SEND, MailState.SENT, WORKER),
        Move("give up", MailState.TO_SEND, MailState.FAILED, WORKER),
        Move("withhold", MailState.TO_SEND, MailState.WITHHELD, WORKER),
    ),
    main_line=(MailState.TO_SEND, MailState.SENT),
)


class MailManner(TextChoices):
    """How a person wants e-mail about notices; all of them stand in the inbox in any case."""

    EACH = "each", _("One message for each notice")
    DAILY = "daily", _("One message a day")
    NONE = "none", _("No e-mail")
