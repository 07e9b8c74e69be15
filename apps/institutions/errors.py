"""What the institutions refuse."""

from django.utils.translation import gettext_lazy as _

from apps.core.errors import Conflict, Invalid, NotFound, NotPermitted


class PersonSuspended(NotPermitted):
    """The person behind the session or token is suspended."""

    code = "person-suspended"
    title = _("This account is suspended.")
    remedy = _("The suspension page says why, and how to object.")


class OrganisationNotInGoodStanding(Conflict):
    """The organisation is refused or suspended, so nobody acts for it."""

    code = "organisation-not-in-good-standing"
    title = _("This organisation may not act here at present.")
    remedy = _("Ask the registrar; the organisation's page says why.")


class OrganisationUnknown(NotFound):
    """No organisation has the code, or none that this reader may see."""

    code = "organisation-unknown"
    title = _("There is no such organisation.")


class PersonUnknown(NotFound):
    """No account has the address."""

    code = "person-unknown"
    title = _("There is no account with this address.")
    remedy = _("Ask the person to open one, or send an invitation.")


class AffiliationUnclear(Conflict):
    """A person of several groups sits for one of them, and it must be said which."""

    code = "affiliation-unclear"
    title = _("This person belongs to organisations of different groups.")
    remedy = _("A clerk names the organisation in the appointment.")


class SeatUnknown(NotFound):
    """The chamber has no seat of this number."""

    code = "seat-unknown"
    title = _("The chamber has no such seat.")


class CodeNotAccepted(NotPermitted):
    """The code was spent before, or its time has not come."""

    code = "code-not-accepted"
    title = _("This code is not accepted.")
    remedy = _("Wait for the next one: each counts once.")


class AddressTaken(Conflict):
    """There is an account with this address."""

    code = "address-taken"
    title = _("This address has an account already.")
    remedy = _("Sign in with it, or reset its password.")


class NameTaken(Conflict):
    """Another organisation of that place has the name."""

    code = "organisation-name-taken"
    title = _("An organisation of this name is registered in this jurisdiction.")
    remedy = _("Ask one of its owners to invite you, or tell the registrar.")


class AlreadyMember(Conflict):
    """The person belongs to the organisation."""

    code = "already-member"
    title = _("This person is a member already.")


class NotMember(NotFound):
    """There is no such membership now."""

    code = "not-a-member"
    title = _("This person is not a member now.")


class LastOwner(Conflict):
    """An organisation without an owner could never act again."""

    code = "last-owner"
    title = _("The last owner cannot leave.")
    remedy = _("Invite another owner first.")


class LastAdministrator(Conflict):
    """A portal without an administrator could never appoint one."""

    code = "last-administrator"
    title = _("The last administrator cannot leave the office.")
    remedy = _("Give the office to another person first.")


class SeatTaken(Conflict):
    """Someone holds the seat in that time."""

    code = "seat-taken"
    title = _("This seat is held in that time.")
    remedy = _("Choose another seat, or wait for the end of the term.")


class PersonSeated(Conflict):
    """A person holds one seat, in one chamber."""

    code = "person-seated"
    title = _("This person holds a seat in that time.")
    remedy = _("One person holds one seat, in one chamber only.")


class GroupSeatedElsewhere(Conflict):
    """A group of companies sits in one chamber only."""

    code = "group-seated-elsewhere"
    title = _("The organisation's owner group sits in another chamber.")
    remedy = _("One group sits in one chamber only.")


class OfficeHeld(Conflict):
    """The person holds the office, or the chamber has its chair."""

    code = "office-held"
    title = _("This office is held in that time.")


class OfficeChamberMismatch(Invalid):
    """A chair and a teller belong to a chamber, other offices to none."""

    code = "office-chamber-mismatch"
    title = _("A chair and a teller need a chamber; other offices have none.")


class TermNotAhead(Invalid):
    """A term ends after it begins."""

    code = "term-not-ahead"
    title = _("The end must come after the beginning.")
    remedy = _("Choose a later end.")


class HoldingEnded(Conflict):
    """The term, office or mandate does not run any more."""

    code = "holding-ended"
    title = _("This has ended already.")


class RegulatorNeeded(Conflict):
    """Only a regulator is given a mandate."""

    code = "regulator-needed"
    title = _("This person does not hold the office of a regulator.")
    remedy = _("Grant the office first.")


class MandateHeld(Conflict):
    """The person holds this mandate."""

    code = "mandate-held"
    title = _("This mandate is held already.")


class InterestDeclared(Conflict):
    """The interest stands in the register."""

    code = "interest-declared"
    title = _("You have declared this interest already.")


class InvitationUnknown(NotFound):
    """The link is mistyped, or the invitation was withdrawn, used or has expired."""

    code = "invitation-unknown"
    title = _("This invitation cannot be used.")
    remedy = _("It may be used, withdrawn or too old: ask for a new one.")


class InvitedAddressDiffers(NotPermitted):
    """The invitation went to another address."""

    code = "invited-address-differs"
    title = _("This invitation was sent to another address.")
    remedy = _("Sign in with the address it was sent to.")


class SuspendedAlready(Conflict):
    """There is a suspension that runs."""

    code = "suspended-already"
    title = _("This one is suspended already.")


class TokenUnknown(NotFound):
    """There is no such token of this person."""

    code = "token-unknown"
    title = _("There is no such token.")


class ScopeUnknown(Invalid):
    """A scope is not one of ours."""

    code = "scope-unknown"
    title = _("This is no scope that a token can have.")


class LifetimeRefused(Invalid):
    """A token lives a day at least and a year at most."""

    code = "lifetime-refused"
    title = _("A token is valid for 1 to 365 days.")
    remedy = _("Choose a number of days from 1 to 365.")


class ErasureAsked(Conflict):
    """One open request is enough."""

    code = "erasure-asked"
    title = _("You have asked for this already.")
    remedy = _("We answer the open request first; you can withdraw it.")


class StillInOffice(Conflict):
    """A person who holds a seat or an office cannot be erased from it silently."""

    code = "still-in-office"
    title = _("This person holds a seat or an office.")
    remedy = _("End it first, so that the public sees the change.")


class FoundedAlready(Conflict):
    """The portal is founded once."""

    code = "founded-already"
    title = _("This portal is founded already.")


class KeyReused(Conflict):
    """The idempotency key belongs to another request."""

    code = "idempotency-key-reused"
    title = _("This idempotency key was used for another request.")
    remedy = _("Use a new key for a new request.")


class KeyInUse(Conflict):
    """The first request with this key is still being answered."""

    code = "idempotency-key-in-use"
    title = _("The first request with this key is still being answered.")
    remedy = _("Repeat the same request in a moment.")


class KeyMalformed(Invalid):
    """The header holds nothing usable."""

    code = "idempotency-key-malformed"
    title = _("The idempotency key must have 1 to 120 visible ASCII characters.")


class ShiftUnknown(NotFound):
    """There is no such shift."""

    code = "shift-unknown"
    title = _("There is no such duty shift.")


class ShiftHeld(Conflict):
    """The person is on duty there at that time already."""

    code = "shift-held"
    title = _("This person is on duty there at that time already.")
    remedy = _("End the other shift first, or let this one begin when it is over.")


class MandateNeeded(Invalid):
    """Only who may act is on duty."""

    code = "mandate-needed"
    title = _("This person holds no mandate for misuse that covers the place.")
    remedy = _("Name a regulator who holds one, or record the mandate first.")
