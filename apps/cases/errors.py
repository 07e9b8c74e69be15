"""What casework refuses."""

from django.utils.translation import gettext_lazy as _

from apps.core.errors import Conflict, DomainError, Invalid, NotFound


class ReceiptUnknown(NotFound):
    """No report has this receipt."""

    code = "receipt-unknown"
    title = _("No report opens with this receipt.")
    remedy = _(
        "Compare it with what you wrote down, sign by sign. Small and capital letters are one."
    )


class ReportKeyMalformed(Invalid):
    """A report is sent under a random key, so that sending it twice files it once."""

    code = "report-key-malformed"
    title = _("A report is sent with a key of its own.")
    remedy = _("Send a random UUID as Idempotency-Key, the same one when you send it again.")


class ReportKeyReused(Conflict):
    """The same key came with another report."""

    code = "report-key-reused"
    title = _("Under this key another report was received.")
    remedy = _("Open the form anew for a second report.")


class EvidenceNotTaken(Invalid):
    """A file is of a kind that is not taken, or too large, or of what must never be copied."""

    code = "evidence-not-taken"
    title = _("This file cannot be taken.")
    remedy = _("Up to three files of 5 MB: PDF, PNG, JPEG, WebP or plain text.")


class PicturesNeverTaken(Invalid):
    """With reports on abused children and intimate images no file is taken."""

    code = "pictures-never-taken"
    title = _("With such a report no file is taken.")
    remedy = _(
        "Send the report without the file and say where it can be seen. Pictures of abused "
        "children: report them at cybercrime.gov.in or call 1930 (India), or find the hotline of "
        "your country at inhope.org. Intimate pictures: stopncii.org helps to take them down "
        "without sending them anywhere."
    )


class OfficerHasConflict(Conflict):
    """The officer has an interest in the matter."""

    code = "officer-has-conflict"
    title = _("This officer has an interest in the matter.")
    remedy = _("Give the case to another officer whose mandate covers it.")


class OfficerWithoutMandate(Conflict):
    """The officer's mandate does not cover the case."""

    code = "officer-without-mandate"
    title = _("This officer’s mandate for misuse does not cover the places of the case.")
    remedy = _("Give the case to an officer whose mandate covers them.")


class CompanyNotHeard(Conflict):
    """The company has not answered, and its time is not over."""

    code = "company-not-heard"
    title = _("The company has not answered yet, and its time still runs.")
    remedy = _(
        "Wait for the answer or for the end of its clock; what cannot wait has the urgent lane."
    )


class NothingToMeasure(Invalid):
    """A measure sits on a listing, and the case is not about one."""

    code = "nothing-to-measure"
    title = _("A measure is set on one listing, and this case is not about one.")
    remedy = _("Decide without a measure, or open a case on the listing.")


class AppealTimeOver(Conflict):
    """The window for appeals is over."""

    code = "appeal-time-over"
    title = _("The time for an appeal is over.")


class AppealAlreadyFiled(Conflict):
    """One appeal of each side against one decision."""

    code = "appeal-already-filed"
    title = _("This side has appealed against this decision already.")


class DeciderTouchedCase(Conflict):
    """Who decides an appeal has never touched the case."""

    code = "decider-touched-case"
    title = _("Who decides an appeal has never touched the case.")
    remedy = _("Another officer decides this appeal.")


class OrderAlreadyRecorded(Conflict):
    """An order is recorded once."""

    code = "order-already-recorded"
    title = _("This order stands recorded already.")


class SecondOfficerNeeded(Conflict):
    """Nobody confirms their own urgent act."""

    code = "second-officer-needed"
    title = _("Another officer confirms an urgent act, never the one who acted.")


class UrgentTimeOver(Conflict):
    """Nobody confirmed an urgent act in time."""

    code = "urgent-time-over"
    title = _("The day for a second officer is over; the urgent act has lapsed.")


class CaseUnknown(NotFound):
    """No case has this code, or none that is public yet."""

    code = "case-unknown"
    title = _("There is no such case, or it is not public yet.")


class TooMany(DomainError):
    """One address reported, or tried receipts, too often in an hour."""

    status = 429
    code = "too-many-reports"
    title = _("Too much came from this address within an hour.")
    remedy = _("Try again in an hour, or from another connection.")
