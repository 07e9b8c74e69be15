"""What a token may be allowed to do: named permissions, each for reading or writing one thing."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Scope(StrEnum):
    """One permission that a token can carry."""

    INSTITUTIONS_READ = "institutions:read"
    DUTIES_WRITE = "duties:write"
    LISTINGS_READ = "listings:read"
    LISTINGS_WRITE = "listings:write"
    IMPORTS_WRITE = "imports:write"
    RULES_READ = "rules:read"
    RULES_WRITE = "rules:write"
    DECISIONS_READ = "decisions:read"
    PROPOSALS_WRITE = "proposals:write"
    REVIEWS_WRITE = "reviews:write"
    VOTES_WRITE = "votes:write"
    JOURNAL_READ = "journal:read"
    CASES_READ = "cases:read"
    CASES_WRITE = "cases:write"
    ACKNOWLEDGEMENTS_WRITE = "acknowledgements:write"
    NOTICES_READ = "notices:read"
    NOTICES_WRITE = "notices:write"


SCOPE_WORDS: dict[Scope, Promise] = {
    Scope.INSTITUTIONS_READ: _("See who I am and which organisations I speak for"),
    Scope.DUTIES_WRITE: _("Keep the duty roster"),
    Scope.LISTINGS_READ: _("Read listings, also those not yet public"),
    Scope.LISTINGS_WRITE: _("Change listings, claims and disputes"),
    Scope.IMPORTS_WRITE: _("Import listings"),
    Scope.RULES_READ: _("Read rules and whom they touch"),
    Scope.RULES_WRITE: _("Enter and end rules"),
    Scope.DECISIONS_READ: _("Ask for decisions"),
    Scope.PROPOSALS_WRITE: _("Propose, comment and move proposals on"),
    Scope.REVIEWS_WRITE: _("Review texts, and ask reviewers"),
    Scope.VOTES_WRITE: _("Vote with my seat, and step aside"),
    Scope.JOURNAL_READ: _("Read the journal"),
    Scope.ACKNOWLEDGEMENTS_WRITE: _("See and acknowledge what my marketplace owes"),
    Scope.NOTICES_READ: _("Read the notices written to me"),
    Scope.NOTICES_WRITE: _("Mark notices as read"),
    Scope.CASES_READ: _("Read reports and cases that are not public, as an officer"),
    Scope.CASES_WRITE: _("Answer allegations and appeal; as an officer, work on cases"),
}
