"""Everyone who may come to the portal, each with a session or a token of their own."""

import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client

from apps.institutions.models import ApiToken, Organisation, User
from apps.institutions.offices import Office
from apps.institutions.scopes import Scope
from apps.institutions.sectors import Sector
from tests.factories import institutions as make


class Role(StrEnum):
    """Who comes."""

    ANONYMOUS = "anonymous"
    RECEIPT = "receipt holder"
    COMMUNITY = "community member"
    A_OWNER = "owner of company A"
    A_MEMBER = "member of company A"
    B_OWNER = "owner of company B"
    TOKEN = "marketplace token"
    REGULATOR = "regulator"
    CLERK = "clerk"
    REGISTRAR = "registrar"
    SEAT_SAMAJ = "seat of Samaj"
    SEAT_SARKAR = "seat of Sarkar"
    SEAT_BAZAAR = "seat of Bazaar"
    CHAIR = "chair"
    TELLER = "teller"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"
    SUSPENDED = "suspended person"


EVERYONE = frozenset(Role)
# Nobody knows who holds a receipt, and on pages a token counts for nothing.
STRANGERS = frozenset({Role.ANONYMOUS, Role.RECEIPT, Role.TOKEN})
# Of the form of a receipt, and of no report.
FALSE_RECEIPT = "-".join(["0000"] * 6 + ["00"])
BARRED = frozenset({Role.SUSPENDED})
SIGNED_IN = EVERYONE - STRANGERS - BARRED
COMPANY_A = frozenset({Role.A_OWNER, Role.A_MEMBER})
COMPANIES = COMPANY_A | {Role.B_OWNER}
OFFICERS = frozenset({Role.REGULATOR, Role.CLERK, Role.CHAIR, Role.ADMINISTRATOR})


@dataclass
class World:
    """The people, and the things that the rows of the tables name."""

    people: dict[Role, User]
    company_a: Organisation
    company_b: Organisation
    token: ApiToken
    secret: str
    things: dict[str, Any] = field(default_factory=dict)
    sessions: dict[Role, str] = field(default_factory=dict)

    def client(self, role: Role) -> Client:
        """A fresh browser, or server, of this role, signed in where it can be."""
        if role is Role.TOKEN:
            return Client(headers={"Authorization": f"Bearer {self.secret}"})
        client = Client()
        if role in self.sessions:
            client.cookies["sessionid"] = self.sessions[role]
        return client

    def receipt(self, role: Role, thing: str = "receipt") -> str:
        """The receipt that someone shows: the right one, or what others can make up."""
        return self.things[thing] if role is Role.RECEIPT else FALSE_RECEIPT

    def sign_everybody_in(self) -> None:
        """Open a session for each person."""
        for role, person in self.people.items():
            self.sessions[role] = signed_in(person).cookies["sessionid"].value


def signed_in(user: User) -> Client:
    """A browser in which someone has signed in with both factors."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    at = time.time()
    Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": ""}}
    )
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": at, "email": user.email},
        {"method": "mfa", "at": at, "type": "totp"},
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def build_world() -> World:
    """Found the portal and let everybody in."""
    company_a = make.organisation("Aravali Models", email_domain="aravali.example")
    company_b = make.organisation("Bodhi Systems", email_domain="bodhi.example")
    owner = make.owner_of(company_a)
    people = {
        Role.COMMUNITY: make.person("Meera Joshi"),
        Role.A_OWNER: owner,
        Role.A_MEMBER: make.member_of(company_a),
        Role.B_OWNER: make.owner_of(company_b),
        Role.REGULATOR: make.regulator("IN"),
        Role.CLERK: make.officer(Office.CLERK),
        Role.REGISTRAR: make.officer(Office.REGISTRAR),
        Role.SEAT_SAMAJ: make.seated(Sector.SAMAJ).user,
        Role.SEAT_SARKAR: make.seated(Sector.SARKAR).user,
        Role.SEAT_BAZAAR: make.seated(Sector.BAZAAR).user,
        Role.CHAIR: make.officer(Office.CHAIR, sector=Sector.SAMAJ),
        Role.TELLER: make.officer(Office.TELLER, sector=Sector.SAMAJ),
        Role.REVIEWER: make.person("Ravi Menon"),
        Role.ADMINISTRATOR: make.administrator(),
        Role.SUSPENDED: make.suspended(),
    }
    issued = make.token(owner, *Scope, organisation=company_a)
    return World(people, company_a, company_b, issued.token, issued.secret)
