"""What notices say about listings, rules on them, and places that people hold."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from apps.notices.states import NoticeKind as Kind
from apps.notices.words.wording import COMPANY, FOLLOWER, MARKET, OWNER, Wording

RULES: dict[Kind, Wording] = {
    Kind.RULE_COMING: Wording(
        ngettext_lazy(
            "A rule will change how %(listings)d of your listings stands: %(title)s",
            "A rule will change how %(listings)d of your listings stand: %(title)s",
            "listings",
        ),
        OWNER,
        _("It applies from %(effective_at)s. Read %(rule)s and mend what it asks before that."),
    ),
    Kind.RULE_COMING_FOLLOWED: Wording(
        ngettext_lazy(
            "A rule will change how %(listings)d listing that you follow stands: %(title)s",
            "A rule will change how %(listings)d listings that you follow stand: %(title)s",
            "listings",
        ),
        FOLLOWER,
        _("It applies from %(effective_at)s. Read %(rule)s if you use the model."),
    ),
    Kind.STANDING_CHANGED: Wording(
        ngettext_lazy(
            "The standing of your listing %(listing)s changed",
            "The standing of %(listings)d of your listings changed",
            "listings",
        ),
        OWNER,
        _("See the reasons, and mend what the rules ask for."),
    ),
    Kind.STANDING_CHANGED_FOLLOWED: Wording(
        ngettext_lazy(
            "The standing of %(listing)s changed",
            "The standing of %(listings)d listings that you follow changed",
            "listings",
        ),
        FOLLOWER,
        _("See whether you may still use it for what you do."),
    ),
    Kind.MEASURE_IMPOSED: Wording(
        _("A measure was set on %(listing)s: %(outcome)s. It comes from %(source)s"),
        COMPANY,
        _("Read what it asks and where it holds; marketplaces apply it now."),
    ),
    Kind.MEASURE_LIFTED: Wording(
        _("A measure on %(listing)s was lifted"),
        COMPANY,
        _("Nothing now. Its standing is worked out anew."),
    ),
}
APPLICATION: dict[Kind, Wording] = {
    Kind.ACKNOWLEDGEMENTS_OWED: Wording(
        ngettext_lazy(
            "What holds for %(listings)d listing on %(market)s changed",
            "What holds for %(listings)d listings on %(market)s changed",
            "listings",
        ),
        MARKET,
        _("Apply or lift what is asked in your marketplace, then say so in its row."),
    ),
    Kind.ACKNOWLEDGEMENTS_OVERDUE: Wording(
        ngettext_lazy(
            "%(market)s is late: %(listings)d listing still waits for its change",
            "%(market)s is late: %(listings)d listings still wait for their change",
            "listings",
        ),
        MARKET,
        _("Apply or lift what is asked now, and say so in its row; everyone sees that it waits."),
    ),
}
REGISTER: dict[Kind, Wording] = {
    Kind.CLAIM_CONFIRMED: Wording(
        _("%(provider)s is confirmed as your company's"),
        _("You own %(company)s, which claimed it."),
        _("Check its listings: they are yours to keep from now on."),
    ),
    Kind.CLAIM_REFUSED: Wording(
        _("Your claim on %(provider)s was refused: %(reason)s"),
        _("You own %(company)s, which claimed it."),
        _("Claim it again with better proof if it is yours."),
    ),
    Kind.LISTING_DISPUTED: Wording(
        _("Someone says that something about %(listing)s is wrong"),
        COMPANY,
        _("Look at the dispute; if it is right, mend the listing."),
    ),
    Kind.DISPUTE_DECIDED: Wording(
        _("Your dispute about %(listing)s is decided: %(dispute)s"),
        _("You raised the dispute."),
        _("Read the answer."),
    ),
    Kind.DISPUTE_CLOSED: Wording(
        _("A dispute about %(listing)s is closed: %(dispute)s"),
        COMPANY,
        _("Where the dispute was upheld, mend the listing."),
    ),
}
PLACES: dict[Kind, Wording] = {
    Kind.MEMBERSHIP_ADDED: Wording(
        _("You belong to %(company)s now, as %(role)s"),
        _("You were added as a member."),
        _("See what waits for the organisation."),
    ),
    Kind.OFFICE_GRANTED: Wording(
        _("You hold an office now: %(office)s"),
        _("An administrator gave it to you."),
        _("Set up a second factor if the office demands one, then sign in with it."),
    ),
    Kind.SEAT_APPOINTED: Wording(
        _("You hold a seat in the chamber %(chamber)s until %(until_at)s"),
        _("You were appointed or elected."),
        _("See the open ballots, and declare your particular interests."),
    ),
    Kind.MANDATE_GRANTED: Wording(
        _("You hold a mandate now: %(subject)s, in %(place)s"),
        _("You are a regulator."),
        _("See what waits in Sarkar."),
    ),
    Kind.ACT_PARKED: Wording(
        _("The portal could not answer act %(act)s (%(consumer)s)"),
        _("You are an administrator."),
        _("Look at the fault. The act is tried again by itself; you can retry it at once."),
    ),
}
