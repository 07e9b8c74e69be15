"""What notices say about contests of standings."""

from django.utils.translation import gettext_lazy as _

from apps.notices.states import NoticeKind as Kind
from apps.notices.words.wording import COMPANY, Wording

MANDATE = _("Your mandate on models covers the rule, and you did not enter it.")

CONTESTS: dict[Kind, Wording] = {
    Kind.CONTEST_TO_RULE: Wording(
        _("%(company)s contests that “%(rule)s” catches %(about)s"),
        MANDATE,
        _("Read contest %(contest)s. Decide its stay, or rule on it: never the same person both."),
    ),
    Kind.STAY_DECIDED: Wording(
        _("The stay you asked for in contest %(contest)s of %(about)s is %(stay)s"),
        COMPANY,
        _("Nothing now. Someone else rules on the contest, and you will be told."),
    ),
    Kind.CONTEST_RULED: Wording(
        _("Contest %(contest)s of %(about)s is %(ruling)s"),
        COMPANY,
        _("Read the reasons, and what follows from them. A stay has ended."),
    ),
    Kind.CONTEST_DUE: Wording(
        _("Contest %(contest)s of %(about)s still waits for a ruling"),
        MANDATE,
        _("Rule on it in time."),
    ),
    Kind.CONTEST_OVERDUE: Wording(
        _("The ruling on contest %(contest)s of %(about)s is late"),
        MANDATE,
        _("Rule on it. The breach is public and stays on record."),
    ),
}
