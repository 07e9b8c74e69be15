"""What casework refuses."""

from django.utils.translation import gettext_lazy as _

from apps.core.errors import Conflict, DomainError, Invalid, NotFound, NotPermitted


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
    """A file is of a kind that is not taken."""

    code = "evidence-not-taken"
    title = _("A file of this kind is not taken.")
    remedy = _("Send it as PDF, PNG, JPEG, WebP or plain text.")


class EvidenceTooLarge(Invalid):
    """A file is larger than what is taken."""

    code = "evidence-too-large"
    title = _("This file is larger than 5 MB.")
    remedy = _("Send a smaller picture, or only the pages that matter.")


class EvidenceTooMany(Invalid):
    """A report has its three files."""

    code = "evidence-too-many"
    title = _("A report takes three files.")
    remedy = _("Say in your words what more there is, and where it can be seen.")


class EvidenceBroken(Invalid):
    """A file does not hold together, so that nothing hidden could be taken out of it."""

    code = "evidence-broken"
    title = _("This file is damaged or not complete.")
    remedy = _("Save the picture anew, or take a picture of the screen, and send that.")


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


class NotOnDuty(NotPermitted):
    """What cannot wait is for the officer who is on duty."""

    code = "not-on-duty"
    title = _("Only an officer on duty acts at once.")
    remedy = _(
        "Tell who is on duty for these places, or let a clerk or an administrator enter your shift."
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


class OwnAppealHeard(Conflict):
    """A decision on an appeal is the last word for whoever made that appeal."""

    code = "own-appeal-heard"
    title = _("This decision was made on your own appeal.")
    remedy = _("The other side may appeal against it; a court is open to you.")


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


class AppealUnknown(NotFound):
    """There is no such appeal."""

    code = "appeal-unknown"
    title = _("There is no such appeal.")


class OfficerUnknown(Invalid):
    """Nobody of this id holds a mandate for misuse."""

    code = "officer-unknown"
    title = _("No officer with a mandate for misuse has this id.")


class ReportUnknown(NotFound):
    """There is no such report."""

    code = "report-unknown"
    title = _("There is no such report.")


class UrgentUnknown(NotFound):
    """There is no such urgent act."""

    code = "urgent-unknown"
    title = _("There is no such urgent act.")


class EvidenceUnknown(NotFound):
    """There is no such file."""

    code = "evidence-unknown"
    title = _("There is no such file.")


class ContestUnknown(NotFound):
    """There is no such contest."""

    code = "contest-unknown"
    title = _("There is no such contest.")


class NotCaught(Conflict):
    """The rule does not catch the listing now."""

    code = "not-caught"
    title = _("This rule does not catch this listing now.")
    remedy = _("Look at the reasons on the listing’s page; only what stands there is contested.")


class ContestAlreadyOpen(Conflict):
    """One open contest of one organisation on one ground."""

    code = "contest-already-open"
    title = _("Your organisation contests this rule for this listing on this ground already.")
    remedy = _("Wait for the ruling, or withdraw that contest.")


class RulerInvolved(Conflict):
    """Who rules on a contest had no hand in what is contested."""

    code = "ruler-involved"
    title = _("Who entered the rule, or decided the stay, never rules on the contest.")
    remedy = _("Another regulator whose mandate covers the rule rules on it.")


class ContestInterest(Conflict):
    """The regulator has an interest in the matter."""

    code = "contest-interest"
    title = _("You have an interest in this contest.")
    remedy = _("Another regulator whose mandate covers the rule looks at it.")


class TooMany(DomainError):
    """One address reported, or tried receipts, too often in an hour."""

    status = 429
    code = "too-many-reports"
    title = _("Too much came from this address within an hour.")
    remedy = _("Try again in an hour, or from another connection.")
