"""Found the portal: charter, three chambers with empty seats, first administrator."""

import datetime as dt
from pathlib import Path

import yaml
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from apps.core.actor import OPERATOR
from apps.core.clock import now, today
from apps.core.errors import DomainError
from apps.institutions.errors import FoundedAlready
from apps.institutions.models import OfficeHolding, Seat, SeatTerm, User
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.institutions.selectors import charter
from apps.institutions.services import (
    ChamberDraft,
    CharterDraft,
    Offer,
    invitation_send,
    portal_found,
)

CHARTER = Path(__file__).parents[2] / "reference" / "charter.yml"
FOUNDING = dt.timedelta(days=365)


class Command(BaseCommand):
    help = (
        "Found the portal, once: the charter, three chambers with empty seats, and the first "
        "administrator. Said again for the same administrator it changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True, help="address of the first administrator")
        parser.add_argument("--name", required=True, help="name of the first administrator")
        parser.add_argument("--operator", required=True, help="who operates the portal")
        parser.add_argument("--contact", required=True, help="public address of the operator")
        parser.add_argument("--funding", required=True, help="who pays for it, as published")
        parser.add_argument("--source", required=True, help="deed, statute or resolution behind it")
        parser.add_argument("--until", help="last day of the founding terms (default: in a year)")
        parser.add_argument("--charter", default=str(CHARTER), help="YAML file with the chambers")
        parser.add_argument(
            "--seat",
            action="append",
            default=[],
            metavar="SECTOR=EMAIL",
            help="invite someone to an empty seat; may be repeated",
        )

    def handle(self, *args: object, **options: str | list[str]) -> None:
        facts = {name: str(value) for name, value in options.items()}
        invited = [_invited(item) for item in options["seat"]]
        try:
            with transaction.atomic():
                administrator = portal_found(
                    actor=OPERATOR,
                    email=facts["email"],
                    name=facts["name"],
                    charter=_draft(facts),
                )
                for sector, email in invited:
                    _invite(sector, email)
        except FoundedAlready:
            self._founded_before(facts["email"])
        except DomainError as refused:
            raise CommandError(f"{refused.title} {refused.reason} {refused.remedy}") from None
        else:
            self._tell(administrator, len(invited))

    def _founded_before(self, email: str) -> None:
        held = OfficeHolding.objects.held().filter(office=Office.ADMINISTRATOR)
        if not held.filter(user__email__iexact=email).exists():
            raise CommandError(
                "This portal is founded already, and its administrator is another person. "
                "Nothing was changed."
            )
        self.stdout.write("This portal is founded already. Nothing was changed.")

    def _tell(self, administrator: User, invited: int) -> None:
        founded = charter()
        if founded is None:
            raise CommandError("The charter cannot be read again.")
        self.stdout.write(f"Founded: {founded.operator}, charter version {founded.number}.")
        for chamber in founded.chambers:
            self.stdout.write(f"  {chamber.sector.label}: {len(chamber.seats)} empty seats")
        self.stdout.write(f"  founding terms until {founded.founding_until_date.isoformat()}")
        self.stdout.write(f"  invitations sent: {invited}")
        self.stdout.write(f"First administrator: {administrator.email}")
        self.stdout.write(f"Set the password here, once: {_password_link(administrator)}")
        self.stdout.write("Then set up a second factor: without one the office cannot act.")


def _draft(facts: dict[str, str]) -> CharterDraft:
    written = yaml.safe_load(Path(facts["charter"]).read_text("utf-8"))
    begins = today()
    until = facts["until"]
    ends = dt.date.fromisoformat(until) if until != "None" else begins + FOUNDING
    return CharterDraft(
        operator=facts["operator"],
        contact=facts["contact"],
        funding=facts["funding"],
        founding_terms=written["founding_terms"],
        founding_from_date=begins,
        founding_until_date=ends,
        source=facts["source"],
        chambers=[
            ChamberDraft(sector=Sector(sector), **chamber)
            for sector, chamber in written["chambers"].items()
        ],
    )


def _invited(item: str) -> tuple[Sector, str]:
    sector, _, email = item.partition("=")
    if sector not in Sector.values or "@" not in email:
        raise CommandError(f"--seat {item}: write it as samaj=person@example.org.")
    return Sector(sector), email


def _invite(sector: Sector, email: str) -> None:
    held = SeatTerm.objects.held().values("seat")
    empty = Seat.objects.filter(chamber__sector=sector, invitations=None).exclude(pk__in=held)
    seat = empty.order_by("number").first()
    if seat is None:
        raise CommandError(f"The chamber {sector.label} has no empty seat for {email}.")
    offer = Offer(
        seat=seat, term_until_at=now() + FOUNDING, basis="Invited under the founding terms"
    )
    invitation_send(actor=OPERATOR, email=email, offer=offer)


def _password_link(user: User) -> str:
    facts = {
        "uidb36": user_pk_to_url_str(user),
        "key": default_token_generator.make_token(user),
    }
    path = reverse("account_reset_password_from_key", kwargs=facts)
    return f"{settings.PORTAL_URL}{path}"
