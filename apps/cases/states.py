"""States of a report, a case, an appeal and an urgent act, and the words of casework."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.states import Move, StateTable

TRIAGER = _("officer for misuse")
OFFICER = _("officer of the case")
COMPANY = _("company")
TIME = _("business time")
OTHER = _("officer who never touched the case")
MODELS = _("regulator of the rule’s places")
UNINVOLVED = _("another such regulator, who had no hand in rule or stay")


class ReportState(TextChoices):
    """Where a report is. There is no way out called “not ours”."""

    RECEIVED = "received", _("Received")
    LINKED = "linked", _("Part of a case")
    ANSWERED = "answered", _("Answered")


REPORT = StateTable(
    states=ReportState,
    initial=ReportState.RECEIVED,
    moves=(
        Move("link", ReportState.RECEIVED, ReportState.LINKED, TRIAGER),
        Move("answer", ReportState.LINKED, ReportState.ANSWERED, OFFICER),
    ),
    main_line=(ReportState.RECEIVED, ReportState.LINKED, ReportState.ANSWERED),
)


class CaseState(TextChoices):
    """Where a case is."""

    RECEIVED = "received", _("Received")
    IDENTIFYING = "identifying", _("Finding out which model it is")
    TRIAGED = "triaged", _("Triaged")
    ASSIGNED = "assigned", _("With an officer")
    ALLEGED = "alleged", _("Waiting for the company")
    ANSWERED = "answered", _("The company has answered")
    DECIDED = "decided", _("Decided")
    CLOSED = "closed", _("Closed")


CASE = StateTable(
    states=CaseState,
    initial=CaseState.RECEIVED,
    moves=(
        Move("begin to identify", CaseState.RECEIVED, CaseState.IDENTIFYING, TRIAGER),
        Move("triage", CaseState.RECEIVED, CaseState.TRIAGED, TRIAGER),
        Move("identify", CaseState.IDENTIFYING, CaseState.TRIAGED, TRIAGER),
        Move("assign", CaseState.TRIAGED, CaseState.ASSIGNED, TRIAGER),
        Move("send the allegation", CaseState.ASSIGNED, CaseState.ALLEGED, OFFICER),
        Move("respond", CaseState.ALLEGED, CaseState.ANSWERED, COMPANY),
        Move("decide", CaseState.ANSWERED, CaseState.DECIDED, OFFICER),
        Move("decide without an answer", CaseState.ALLEGED, CaseState.DECIDED, OFFICER),
        Move("close", CaseState.DECIDED, CaseState.CLOSED, TIME),
    ),
    main_line=(
        CaseState.RECEIVED,
        CaseState.TRIAGED,
        CaseState.ASSIGNED,
        CaseState.ALLEGED,
        CaseState.ANSWERED,
        CaseState.DECIDED,
        CaseState.CLOSED,
    ),
)
HEARD = (CaseState.ANSWERED, CaseState.DECIDED, CaseState.CLOSED)


class AppealState(TextChoices):
    """Where an appeal is."""

    FILED = "filed", _("Filed")
    UPHELD = "upheld", _("The decision stands")
    CHANGED = "changed", _("The decision was changed")


APPEAL = StateTable(
    states=AppealState,
    initial=AppealState.FILED,
    moves=(
        Move("let the decision stand", AppealState.FILED, AppealState.UPHELD, OTHER),
        Move("change the decision", AppealState.FILED, AppealState.CHANGED, OTHER),
    ),
)


class UrgentState(TextChoices):
    """Where an urgent act is."""

    ACTED = "acted", _("In force, waits for a second officer")
    CONFIRMED = "confirmed", _("Confirmed")
    LAPSED = "lapsed", _("Lapsed")


URGENT = StateTable(
    states=UrgentState,
    initial=UrgentState.ACTED,
    moves=(
        Move("confirm", UrgentState.ACTED, UrgentState.CONFIRMED, _("a second officer")),
        Move("lapse", UrgentState.ACTED, UrgentState.LAPSED, TIME),
    ),
)


class ContestState(TextChoices):
    """Where a company's contest of a standing is."""

    FILED = "filed", _("Waits for a ruling")
    UPHELD = "upheld", _("Upheld")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


CONTEST = StateTable(
    states=ContestState,
    initial=ContestState.FILED,
    moves=(
        Move("uphold", ContestState.FILED, ContestState.UPHELD, UNINVOLVED),
        Move("reject", ContestState.FILED, ContestState.REJECTED, UNINVOLVED),
        Move("withdraw", ContestState.FILED, ContestState.WITHDRAWN, COMPANY),
    ),
)


class StayState(TextChoices):
    """Where the stay is that a company asked for with its contest."""

    ASKED = "asked", _("Asked for")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    ENDED = "ended", _("Ended with the contest")


STAY = StateTable(
    states=StayState,
    initial=StayState.ASKED,
    moves=(
        Move("grant", StayState.ASKED, StayState.GRANTED, MODELS),
        Move("refuse", StayState.ASKED, StayState.REFUSED, MODELS),
        Move("fall away", StayState.ASKED, StayState.ENDED, _("the end of the contest")),
        Move("end", StayState.GRANTED, StayState.ENDED, _("the end of the contest")),
    ),
)


class ContestGround(TextChoices):
    """Why a company says that a rule should not catch its listing."""

    FACT = "fact", _("Wrong fact: what the register says of the listing is not so")
    MATCH = "match", _("Wrong match: the rule’s text does not cover this listing")
    EXEMPTION = "exemption", _("Exemption: the rule covers it, and should not for a time")
    DIVERGENCE = "divergence", _("Divergence: the rule’s expression says other than its text")


class Voice(TextChoices):
    """How someone who reports wants to be known."""

    ANONYMOUS = "anonymous", _("Stay anonymous")
    CONFIDENTIAL = "confidential", _("Confidential")
    NAMED = "named", _("With my name")


class Channel(TextChoices):
    """How a report came."""

    PAGE = "page", _("The form")
    API = "api", _("The API")
    ASSISTED = "assisted", _("Someone filed it for another person")


class Ongoing(TextChoices):
    """Whether it still goes on."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("I do not know")


class Harm(TextChoices):
    """What kind of harm, in the words of the form."""

    UNFAIR = "unfair", _("People are treated unfairly")
    FALSE = "false", _("False or fake content")
    HARASSED = "harassed", _("Someone is harassed or impersonated")
    INTIMATE = "intimate", _("Intimate images of someone, real or made")
    CHILDREN = "children", _("Children are in danger")
    PRIVACY = "privacy", _("Private information got out")
    WORK = "work", _("Work or a licence is misused")
    SAFETY = "safety", _("Something unsafe, or a danger to life")
    OTHER = "other", _("Something else")


# Subdomains of the MIT AI Risk Repository's domain taxonomy (CC BY 4.0), by our own slugs.
MIT_SUBDOMAINS = {
    Harm.UNFAIR: "1.1",
    Harm.FALSE: "3.1",
    Harm.HARASSED: "4.3",
    Harm.INTIMATE: "1.2",
    Harm.CHILDREN: "1.2",
    Harm.PRIVACY: "2.1",
    Harm.WORK: "6.3",
    Harm.SAFETY: "7.3",
}
# With these no file is taken: pictures of them must never be copied, not even to here.
WITHOUT_FILES = (Harm.INTIMATE, Harm.CHILDREN)


class Cleaning(TextChoices):
    """How far a file was rid of what it says besides what it shows."""

    NONE = "none", _("kept as it came")
    WHOLE = "whole", _("hidden data taken out")
    PARTLY = "partly", _("hidden data taken out where they lay open")


class Origin(TextChoices):
    """What a case came from."""

    REPORT = "report", _("Reports")
    OWN_INITIATIVE = "own-initiative", _("A regulator's own review")


class Stance(TextChoices):
    """What a company says to an allegation."""

    ACCEPTED = "accepted", _("It accepts the allegation")
    PARTLY = "partly", _("It accepts a part of it")
    CONTESTED = "contested", _("It contests the allegation")


class Ground(TextChoices):
    """What a decision rests on."""

    RULE = "rule", _("A rule in force")
    LICENCE = "licence", _("The licence or the terms of the listing")
    NONE = "none", _("No ground for a measure")


class Automation(TextChoices):
    """How far a machine took part in a decision."""

    NONE = "none", _("A person decided, without computation")
    PARTIAL = "partial", _("Computed findings were used; a person decided")


class DecisionKind(TextChoices):
    """Which word of a case a decision is."""

    FIRST = "first", _("First decision")
    APPEAL = "appeal", _("Decision on appeal")


class Side(TextChoices):
    """Who appeals."""

    COMPANY = "company", _("The company")
    REPORTER = "reporter", _("Someone who reported")


class Deed(TextChoices):
    """By what an officer touched a case."""

    TRIAGED = "triaged", _("triaged it")
    ASSIGNED = "assigned", _("gave it to an officer")
    HELD = "held", _("held it")
    ALLEGED = "alleged", _("sent the allegation")
    DECIDED = "decided", _("decided it")
    ACTED = "acted", _("acted urgently in it")
    HEARD = "heard", _("decided an appeal in it")
