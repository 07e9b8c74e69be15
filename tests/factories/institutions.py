"""People, organisations and offices for tests, each made by the services themselves.

`actor(user)` acts with a second factor, as people in office do; pass `second_factor=False` to see
them refused.
"""

import datetime as dt
import itertools

from apps.core.actor import ANONYMOUS, OPERATOR, Actor, ActorKind
from apps.core.clock import now
from apps.institutions.models import (
    Chamber,
    DutyShift,
    Mandate,
    Membership,
    OfficeHolding,
    Organisation,
    Role,
    Seat,
    SeatTerm,
    User,
)
from apps.institutions.offices import Office, Subject
from apps.institutions.sectors import Sector
from apps.institutions.services import (
    ChamberDraft,
    CharterDraft,
    IssuedToken,
    mandate_grant,
    membership_add,
    office_grant,
    organisation_confirm,
    organisation_register,
    person_register,
    person_suspend,
    portal_found,
    seat_appoint,
    shift_enter,
    token_issue,
)

PASSWORD = "correct horse battery staple"
numbers = itertools.count(1)


def actor(user: User, *, second_factor: bool = True) -> Actor:
    """Someone signed in."""
    return Actor(ActorKind.PERSON, person=user.pk, second_factor=second_factor)


def person(name: str = "Asha Rao", *, email: str = "", password: str | None = None) -> User:
    """Someone with an account and a checked address; with `PASSWORD` they can sign in."""
    email = email or f"person{next(numbers)}@example.org"
    return person_register(
        actor=ANONYMOUS, email=email, name=name, password=password, address_checked=True
    )


def charter_draft(**changes: object) -> CharterDraft:
    """A charter with three chambers of five seats."""
    facts = {
        "operator": "Sangam Trust",
        "contact": "charter@example.org",
        "funding": "A grant of the state, published each year.",
        "founding_terms": "The operator fills empty seats by invitation.",
        "founding_from_date": dt.date(2026, 1, 1),
        "founding_until_date": dt.date(2027, 1, 1),
        "source": "Deed of trust, clause 4",
        "chambers": [
            ChamberDraft(sector=sector, seats=5, appointment="Invited.", eligibility="Anyone.")
            for sector in Sector
        ],
    }
    return CharterDraft(**(facts | changes))


def administrator() -> User:
    """The first administrator; the portal is founded when it is not yet."""
    held = OfficeHolding.objects.held().filter(office=Office.ADMINISTRATOR)
    found = held.select_related("user").order_by("from_at").first()
    if found:
        return found.user
    return portal_found(
        actor=OPERATOR,
        email=f"administrator{next(numbers)}@example.org",
        name="Nila Sen",
        charter=charter_draft(),
    )


def officer(office: Office, *, sector: Sector | None = None, user: User | None = None) -> User:
    """Someone who holds an office; a chair and a teller in the chamber of a sector."""
    giver, user = administrator(), user or person()
    place = chamber(sector) if sector else None
    office_grant(actor=actor(giver), user=user, office=office, chamber=place)
    return user


def office_until(user: User, office: Office, until_at: dt.datetime) -> OfficeHolding:
    """An office that ends by itself."""
    giver = actor(administrator())
    return office_grant(actor=giver, user=user, office=office, until_at=until_at)


def regulator(jurisdiction: str = "IN", subject: Subject = Subject.MODELS) -> User:
    """A regulator with one mandate."""
    user = officer(Office.REGULATOR)
    mandate(user, jurisdiction, subject)
    return user


def mandate(user: User, jurisdiction: str, subject: Subject = Subject.MODELS) -> Mandate:
    """One more mandate of a regulator."""
    return mandate_grant(
        actor=actor(administrator()),
        user=user,
        place=jurisdiction,
        subject=subject,
        legal_basis="Digital Markets Act, section 7",
    )


def shift(user: User, jurisdiction: str = "IN", days: int = 365) -> DutyShift:
    """A duty shift of a regulator, from now on."""
    moment = now()
    return shift_enter(
        actor=actor(administrator()),
        user=user,
        place=jurisdiction,
        from_at=moment,
        until_at=moment + dt.timedelta(days=days),
    )


def chamber(sector: Sector) -> Chamber:
    """The chamber of a sector; the portal is founded when it is not yet."""
    administrator()
    return Chamber.objects.get(sector=sector)


def seated(sector: Sector, *, number: int | None = None, user: User | None = None) -> SeatTerm:
    """A term on the lowest empty seat of a chamber, or on the seat of a number."""
    seats = Seat.objects.filter(chamber=chamber(sector)).order_by("number")
    held = SeatTerm.objects.held().values("seat")
    seat = seats.get(number=number) if number else seats.exclude(pk__in=held)[0]
    return seat_appoint(
        actor=actor(administrator()),
        seat=seat,
        user=user or person(),
        until_at=now() + dt.timedelta(days=365),
        basis="Invited under the founding terms",
    )


def organisation(
    name: str = "",
    *,
    owner: User | None = None,
    sector: Sector = Sector.BAZAAR,
    jurisdiction: str = "IN",
    confirmed: bool = True,
    owner_group: str = "",
    email_domain: str = "",
) -> Organisation:
    """An organisation with one owner; a registrar has confirmed it."""
    made = organisation_register(
        actor=actor(owner or person()),
        name=name or f"Works {next(numbers)}",
        sector=sector,
        place=jurisdiction,
        email_domain=email_domain,
    )
    if confirmed:
        registrar = officer(Office.REGISTRAR)
        made = organisation_confirm(
            actor=actor(registrar), organisation=made, owner_group=owner_group
        )
    return made


def owner_of(organisation: Organisation) -> User:
    """The first owner of an organisation."""
    held = Membership.objects.held().filter(organisation=organisation, role=Role.OWNER)
    return held.select_related("user").order_by("since_at", "pk")[0].user


def membership(user: User, organisation: Organisation, role: Role = Role.MEMBER) -> Membership:
    """A membership that the first owner gave."""
    return membership_add(
        actor=actor(owner_of(organisation)), organisation=organisation, user=user, role=role
    )


def member_of(organisation: Organisation, role: Role = Role.MEMBER) -> User:
    """A new member of an organisation."""
    return membership(person(), organisation, role).user


def token(
    user: User,
    *scopes: str,
    organisation: Organisation | None = None,
    second_factor: bool = True,
) -> IssuedToken:
    """A token of a person, and its secret."""
    return token_issue(
        actor=actor(user, second_factor=second_factor),
        name="server",
        scopes=list(scopes),
        organisation=organisation,
    )


def suspended(user: User | None = None, reason: str = "Sold seats.") -> User:
    """Someone whom the administrator has suspended."""
    user = user or person()
    person_suspend(actor=actor(administrator()), user=user, reason=reason)
    return user
