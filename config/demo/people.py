"""Who is who in the demonstration; all of them are invented."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import yaml
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from apps.core.actor import ANONYMOUS, OPERATOR, Actor, ActorKind
from apps.core.clock import now
from apps.institutions.models import Chamber, Organisation, Role, Seat, User
from apps.institutions.offices import SECOND_FACTOR_OFFICES, Office, Subject
from apps.institutions.sectors import Sector
from apps.institutions.services import (
    ChamberDraft,
    CharterDraft,
    conflict_declare,
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
)
from apps.institutions.services.demonstration import demo_second_factor

DOMAIN = "demo.example"
PASSWORD = "three-rivers-meet"  # noqa: S105 - printed for everyone by `manage.py portal`
CHARTER = Path(__file__).parents[2] / "apps" / "institutions" / "reference" / "charter.yml"
TERM = dt.timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person: the part before the @, the name, and what they are."""

    key: str
    name: str
    role: str
    office: Office | None = None
    chamber: Sector | None = None
    mandates: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        """The address that they sign in with."""
        return f"{self.key}@{DOMAIN}"

    @property
    def second_factor(self) -> bool:
        """Whether their office asks for a code."""
        return self.office in SECOND_FACTOR_OFFICES


SAMAJ, SARKAR, BAZAAR = Sector.SAMAJ, Sector.SARKAR, Sector.BAZAAR
ADMINISTRATOR = Person("admin", "Nila Sen", "administrator", Office.ADMINISTRATOR)
PEOPLE = (
    Person("second", "Jonas Weber", "second administrator", Office.ADMINISTRATOR),
    Person("registry", "Amara Okafor", "regulator, everywhere", Office.REGULATOR, None, ("*",)),
    Person("deputy", "Rosa Lima", "deputy regulator, everywhere", Office.REGULATOR, None, ("*",)),
    Person("eu", "Clara Novak", "regulator, European Union", Office.REGULATOR, None, ("EU",)),
    Person("in", "Vikram Iyer", "regulator, India", Office.REGULATOR, None, ("IN",)),
    Person("gb", "Moira Blake", "regulator, United Kingdom", Office.REGULATOR, None, ("GB",)),
    Person("clerk", "Tomás Rey", "clerk", Office.CLERK),
    Person("registrar", "Wanjiru Kamau", "registrar", Office.REGISTRAR),
    Person("teller", "Ines Duarte", "teller of Samaj", Office.TELLER, SAMAJ),
    Person("chair-samaj", "Meera Joshi", "chair of Samaj", Office.CHAIR, SAMAJ),
    Person("chair-sarkar", "Henrik Dahl", "chair of Sarkar", Office.CHAIR, SARKAR),
    Person("chair-bazaar", "Yuki Mori", "chair of Bazaar", Office.CHAIR, BAZAAR),
    Person("samaj", "Asha Rao", "community member, seat in Samaj"),
    Person("member", "Farid Haidari", "community member"),
    Person("sarkar", "Lena Vogel", "seat in Sarkar"),
    Person("bazaar", "Kofi Mensah", "seat in Bazaar"),
    Person("owner", "Divya Nair", "owner of Kaveri Language Works"),
    Person("staff", "Arun Pillai", "member of Kaveri Language Works"),
    Person("fjord", "Greta Lund", "owner of Fjord Vision"),
    Person("market", "Samuel Osei", "owner of the marketplace Open Shelf"),
    Person("suspended", "Otto Brandt", "a suspended account"),
)
SEATS = {
    SAMAJ: ("chair-samaj", "samaj", "teller"),
    SARKAR: ("chair-sarkar", "sarkar", "gb"),
    BAZAAR: ("chair-bazaar", "bazaar", "market"),
}
ON_DUTY = (("eu", "EU"), ("in", "IN"), ("gb", "GB"), ("registry", "*"))
ON_DUTY_FOR = dt.timedelta(days=3650)
COMPANIES = (
    ("kaveri", "Kaveri Language Works", BAZAAR, "IN", "owner", "kaveri.example"),
    ("fjord", "Fjord Vision", BAZAAR, "DE", "fjord", "fjord.example"),
    ("shelf", "Open Shelf Cooperative", BAZAAR, "KE", "market", "openshelf.example"),
    ("commons", "Digital Commons Society", SAMAJ, "IN", "samaj", "commons.example"),
    ("authority", "Office for Model Markets", SARKAR, "DE", "eu", "authority.example"),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The people and organisations of the demonstration, by their keys."""

    users: dict[str, User]
    organisations: dict[str, Organisation]

    def actor(self, key: str) -> Actor:
        """Return one of them as signed in with a second factor."""
        return Actor(ActorKind.PERSON, person=self.users[key].pk, second_factor=True)


def found() -> Cast:
    """Found the portal and let everyone in."""
    written = yaml.safe_load(CHARTER.read_text("utf-8"))
    day = now().date()
    administrator = portal_found(
        actor=OPERATOR,
        email=ADMINISTRATOR.email,
        name=ADMINISTRATOR.name,
        demo=True,
        charter=CharterDraft(
            operator="Sangam Trust (invented for this demonstration)",
            contact=f"charter@{DOMAIN}",
            funding="Nobody pays for a demonstration. A real portal says here who does.",
            founding_terms=written["founding_terms"],
            founding_from_date=day,
            founding_until_date=day + dt.timedelta(days=730),
            source="Demonstration deed, clause 4 (invented)",
            chambers=[
                ChamberDraft(sector=Sector(sector), **terms)
                for sector, terms in written["chambers"].items()
            ],
        ),
    )
    users = {ADMINISTRATOR.key: administrator} | {person.key: _join(person) for person in PEOPLE}
    User.objects.filter(is_demo=True).update(password=make_password(PASSWORD))
    cast = Cast(users, {})
    _offices(cast)
    _roster(cast)
    _organisations(cast)
    _seats(cast)
    return cast


def suspend(cast: Cast) -> None:
    """Let an administrator suspend one account, and a chair declare an interest."""
    person_suspend(
        actor=cast.actor("admin"),
        user=cast.users["suspended"],
        reason="Invented for this demonstration: repeated registrations under false names.",
    )
    conflict_declare(
        actor=cast.actor("chair-bazaar"),
        interest="A relative works there (invented).",
        organisation=cast.organisations["fjord"],
    )


def everyone() -> Iterable[Person]:
    """Return all of them, the administrator first."""
    return (ADMINISTRATOR, *PEOPLE)


def _join(person: Person) -> User:
    user = person_register(actor=ANONYMOUS, email=person.email, name=person.name, demo=True)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def _offices(cast: Cast) -> None:
    chambers = {chamber.sector: chamber for chamber in Chamber.objects.all()}
    giver = cast.actor("admin")
    demo_second_factor(user=cast.users["admin"])
    for person in PEOPLE:
        if person.office is None:
            continue
        user = cast.users[person.key]
        if person.second_factor:
            demo_second_factor(user=user)
        place = chambers[person.chamber] if person.chamber else None
        office_grant(actor=giver, user=user, office=person.office, chamber=place)
        for jurisdiction, subject in product(person.mandates, Subject):
            mandate_grant(
                actor=giver,
                user=user,
                place=jurisdiction,
                subject=subject,
                legal_basis="Invented for this demonstration",
            )


def _roster(cast: Cast) -> None:
    """Put a regulator on duty in each place, so that someone is at any time of a demonstration."""
    begins = now()
    for key, place in ON_DUTY:
        shift_enter(
            actor=cast.actor("clerk"),
            user=cast.users[key],
            place=place,
            from_at=begins,
            until_at=begins + ON_DUTY_FOR,
        )


def _organisations(cast: Cast) -> None:
    for key, name, sector, place, owner, domain in COMPANIES:
        organisation = organisation_register(
            actor=cast.actor(owner),
            name=name,
            sector=sector,
            place=place,
            website=f"https://{domain}",
            email_domain=domain,
            demo=True,
        )
        cast.organisations[key] = organisation_confirm(
            actor=cast.actor("registrar"), organisation=organisation
        )
    membership_add(
        actor=cast.actor("owner"),
        organisation=cast.organisations["kaveri"],
        user=cast.users["staff"],
        role=Role.MEMBER,
    )


def _seats(cast: Cast) -> None:
    for sector, keys in SEATS.items():
        seats = Seat.objects.filter(chamber__sector=sector).order_by("number")
        for seat, key in zip(seats, keys, strict=False):
            seat_appoint(
                actor=cast.actor("admin"),
                seat=seat,
                user=cast.users[key],
                until_at=now() + TERM,
                basis="Invited under the founding terms (invented)",
            )
