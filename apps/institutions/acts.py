"""What the institutions tell the journal; who works where and who is suspended stays sealed."""

import datetime as dt
import uuid
from dataclasses import dataclass

from apps.journal.acts import Act, Visibility


@dataclass(frozen=True, kw_only=True)
class PortalFounded(Act):
    """The charter began, with its chambers and the first administrator."""

    kind = "institutions.portal.founded"
    administrator: uuid.UUID
    chambers: list[uuid.UUID]
    founding_until_date: dt.date


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Act):
    """Someone made an account."""

    kind = "institutions.person.registered"
    visibility = Visibility.SEALED


@dataclass(frozen=True, kw_only=True)
class PersonSuspended(Act):
    """A person may not act here for a time."""

    kind = "institutions.person.suspended"
    visibility = Visibility.SEALED
    suspension: uuid.UUID
    until_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class PersonRestored(Act):
    """A person's suspension was lifted."""

    kind = "institutions.person.restored"
    visibility = Visibility.SEALED
    suspension: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class ErasureRequested(Act):
    """A person asked for their data to be erased."""

    kind = "institutions.erasure.requested"
    visibility = Visibility.SEALED
    person: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class ErasureWithdrawn(Act):
    """A person took the request back."""

    kind = "institutions.erasure.withdrawn"
    visibility = Visibility.SEALED
    person: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class ErasureRefused(Act):
    """An administrator refused a request, with reasons."""

    kind = "institutions.erasure.refused"
    visibility = Visibility.SEALED
    person: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class ErasureDone(Act):
    """A person's data were erased and the account closed."""

    kind = "institutions.erasure.done"
    visibility = Visibility.SEALED
    person: uuid.UUID
    tokens: list[uuid.UUID]
    memberships: list[uuid.UUID]


@dataclass(frozen=True, kw_only=True)
class OrganisationRegistered(Act):
    """An organisation entered the register, not yet confirmed."""

    kind = "institutions.organisation.registered"
    code: str
    sector: str
    jurisdiction: str


@dataclass(frozen=True, kw_only=True)
class OrganisationConfirmed(Act):
    """A registrar confirmed what an organisation says of itself."""

    kind = "institutions.organisation.confirmed"
    owner_group: uuid.UUID | None


@dataclass(frozen=True, kw_only=True)
class OrganisationRefused(Act):
    """A registrar refused an organisation."""

    kind = "institutions.organisation.refused"


@dataclass(frozen=True, kw_only=True)
class OrganisationSuspended(Act):
    """Nobody acts for an organisation until the suspension is lifted."""

    kind = "institutions.organisation.suspended"
    suspension: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class OrganisationRestored(Act):
    """An organisation's suspension was lifted."""

    kind = "institutions.organisation.restored"
    suspension: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class MembershipAdded(Act):
    """A person belongs to an organisation."""

    kind = "institutions.membership.added"
    visibility = Visibility.SEALED
    organisation: uuid.UUID
    person: uuid.UUID
    role: str


@dataclass(frozen=True, kw_only=True)
class MembershipEnded(Act):
    """A person left an organisation; the tokens that spoke for it ended with that."""

    kind = "institutions.membership.ended"
    visibility = Visibility.SEALED
    organisation: uuid.UUID
    person: uuid.UUID
    tokens: list[uuid.UUID]


@dataclass(frozen=True, kw_only=True)
class SeatAppointed(Act):
    """A person holds a seat for a term."""

    kind = "institutions.seat.appointed"
    term: uuid.UUID
    chamber: uuid.UUID
    person: uuid.UUID
    from_at: dt.datetime
    until_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class SeatVacated(Act):
    """A term ended before its time."""

    kind = "institutions.seat.vacated"
    term: uuid.UUID
    chamber: uuid.UUID
    person: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class OfficeGranted(Act):
    """A person holds an office."""

    kind = "institutions.office.granted"
    person: uuid.UUID
    office: str
    chamber: uuid.UUID | None
    until_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class OfficeEnded(Act):
    """A person left an office, and the mandates that hung on it."""

    kind = "institutions.office.ended"
    person: uuid.UUID
    office: str
    mandates: list[uuid.UUID]


@dataclass(frozen=True, kw_only=True)
class MandateGranted(Act):
    """A regulator may regulate a subject in a jurisdiction."""

    kind = "institutions.mandate.granted"
    person: uuid.UUID
    jurisdiction: str
    mandate_subject: str


@dataclass(frozen=True, kw_only=True)
class MandateEnded(Act):
    """A mandate ended."""

    kind = "institutions.mandate.ended"
    person: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class ShiftEntered(Act):
    """A regulator will be on duty; who can be called when is not for everyone."""

    kind = "institutions.shift.entered"
    visibility = Visibility.SEALED
    person: uuid.UUID
    jurisdiction: str
    from_at: dt.datetime
    until_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class ShiftEnded(Act):
    """A shift ended before its time, or was taken back."""

    kind = "institutions.shift.ended"
    visibility = Visibility.SEALED
    person: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class ConflictDeclared(Act):
    """A person declared a particular interest."""

    kind = "institutions.conflict.declared"
    person: uuid.UUID
    organisation: uuid.UUID | None
    matter: str


@dataclass(frozen=True, kw_only=True)
class ConflictWithdrawn(Act):
    """A declared interest ended."""

    kind = "institutions.conflict.withdrawn"
    person: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class InvitationSent(Act):
    """A seat, an office or a membership was offered to someone."""

    kind = "institutions.invitation.sent"
    visibility = Visibility.SEALED
    organisation: uuid.UUID | None
    seat: uuid.UUID | None
    office: str


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Act):
    """The person invited took the place; `place` is the membership, term or holding."""

    kind = "institutions.invitation.accepted"
    visibility = Visibility.SEALED
    person: uuid.UUID
    place: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Act):
    """An invitation was taken back."""

    kind = "institutions.invitation.withdrawn"
    visibility = Visibility.SEALED


@dataclass(frozen=True, kw_only=True)
class TokenIssued(Act):
    """A person issued a token to a program."""

    kind = "institutions.token.issued"
    visibility = Visibility.SEALED
    person: uuid.UUID
    organisation: uuid.UUID | None
    scopes: list[str]


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Act):
    """A token was revoked."""

    kind = "institutions.token.revoked"
    visibility = Visibility.SEALED
    person: uuid.UUID
