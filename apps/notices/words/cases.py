"""What notices say about cases."""

from django.utils.translation import gettext_lazy as _

from apps.notices.states import NoticeKind as Kind
from apps.notices.words.wording import COMPANY, Wording

OFFICER = _("You are the officer of this case.")
REPORTER = _("You reported this.")
MANDATE = _("Your mandate for misuse covers the places of the case.")

CASES: dict[Kind, Wording] = {
    Kind.CASE_ASSIGNED: Wording(
        _("Case %(case)s was given to you: %(title)s"),
        OFFICER,
        _("Read the reports, send the company the allegation, and decide in time."),
    ),
    Kind.ALLEGATION_SENT: Wording(
        _("You are asked to answer in case %(case)s about %(about)s"),
        COMPANY,
        _("Read the allegation and answer in time; otherwise it is decided without you."),
    ),
    Kind.RESPONSE_GIVEN: Wording(
        _("The company has answered in case %(case)s"),
        OFFICER,
        _("Read the answer and decide the case, with reasons."),
    ),
    Kind.DECISION_ISSUED: Wording(
        _("Case %(case)s about %(about)s is decided: %(outcome)s"),
        COMPANY,
        _("Read the reasons and do what the decision asks. You may appeal in time."),
    ),
    Kind.REPORT_DECIDED: Wording(
        _("The case that your report led to is decided: %(case)s, %(outcome)s"),
        REPORTER,
        _("Read the reasons. With your receipt you may appeal in time."),
    ),
    Kind.APPEAL_TO_DECIDE: Wording(
        _("An appeal in case %(case)s waits for a decision"),
        _("Your mandate covers the case, and you had no hand in it."),
        _("Read the decision and the appeal; let it stand or change it, with reasons."),
    ),
    Kind.APPEAL_FILED: Wording(
        _("The other side has appealed in case %(case)s"),
        COMPANY,
        _("Nothing now. Someone who had no hand in the case decides, and you will be told."),
    ),
    Kind.APPEAL_DECIDED: Wording(
        _("The appeal in case %(case)s is decided: %(result)s"),
        COMPANY,
        _("Read the reasons, and do what now stands."),
    ),
    Kind.REPORT_APPEAL_FILED: Wording(
        _("The company has appealed in the case of your report: %(case)s"),
        REPORTER,
        _("Nothing now. Someone who had no hand in the case decides, and you will be told."),
    ),
    Kind.REPORT_APPEAL_DECIDED: Wording(
        _("The appeal in the case of your report is decided: %(case)s, %(result)s"),
        REPORTER,
        _("Read the reasons."),
    ),
    Kind.URGENT_TO_CONFIRM: Wording(
        _("An officer acted at once on %(about)s: %(outcome)s. A second officer is needed"),
        MANDATE,
        _("Look at case %(case)s and confirm the measure; without a second officer it lapses."),
    ),
    Kind.URGENT_ESCALATED: Wording(
        _("Half of the time is over: the urgent measure %(action)s is not confirmed yet"),
        MANDATE,
        _("Look at case %(case)s now and confirm the measure, or let it lapse."),
    ),
    Kind.URGENT_CONFIRMED: Wording(
        _("A second officer confirmed your urgent measure %(action)s"),
        _("You acted at once in case %(case)s."),
        _("Nothing now. Decide the case while the interim measure runs."),
    ),
    Kind.URGENT_LAPSED: Wording(
        _("Your urgent measure %(action)s lapsed: no second officer confirmed it"),
        _("You acted at once in case %(case)s."),
        _("Go on with the case in the ordinary way."),
    ),
    Kind.ANSWER_DUE: Wording(
        _("Your answer in case %(case)s is still owed"),
        COMPANY,
        _("Answer in time; afterwards the case may be decided without you."),
    ),
    Kind.ANSWER_OVERDUE: Wording(
        _("Your time to answer in case %(case)s is over"),
        COMPANY,
        _("The case is public now. An answer still counts until it is decided."),
    ),
    Kind.DECISION_DUE: Wording(
        _("Your decision in case %(case)s is still owed"), OFFICER, _("Decide it in time.")
    ),
    Kind.DECISION_OVERDUE: Wording(
        _("Your decision in case %(case)s is late"),
        OFFICER,
        _("Decide it. The breach is public and stays on record."),
    ),
    Kind.APPEAL_DUE: Wording(
        _("An appeal in case %(case)s still waits for a decision"),
        _("Your mandate covers the case, and you had no hand in it."),
        _("Decide it in time."),
    ),
    Kind.APPEAL_OVERDUE: Wording(
        _("The decision on an appeal in case %(case)s is late"),
        _("Your mandate covers the case, and you had no hand in it."),
        _("Decide it. The breach is public and stays on record."),
    ),
}
