"""Which procedures can lawfully run today, what is missing, and who can mend it.

Everything is counted from offices, mandates and seats at this moment. An officer who must hold a
second factor and has none yet does not count: they could not act.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.core.errors import Text
from apps.institutions.models import Mandate, OfficeHolding, Suspension
from apps.institutions.offices import SECOND_FACTOR_OFFICES, Office, Subject
from apps.institutions.selectors.charter import ChamberView, CharterView, charter

ADMINISTRATORS: Text = _("an administrator")
CLERKS: Text = _("a clerk or an administrator, as the charter says")
OPERATOR: Text = _("the operator, with `manage.py found`")


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing, and who can mend it."""

    what: Text
    mend: Text


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure; it can lawfully run when nothing is missing."""

    slug: str
    name: Text
    lacks: Sequence[Lack]

    @property
    def lawful(self) -> bool:
        """Whether it can run today."""
        return not self.lacks


@dataclass(frozen=True, slots=True)
class _Staff:
    """Who could act today: people by office, chambers of chairs and tellers, mandates."""

    people: dict[str, frozenset[uuid.UUID]]
    chambers: dict[str, frozenset[uuid.UUID]]
    mandates: dict[str, frozenset[uuid.UUID]]
    charter: CharterView | None

    def needs(self, office: Office, least: int = 1) -> list[Lack]:
        """Return what is missing for a number of different people in one office."""
        short = least - len(self.people.get(office, ()))
        return [_short(str(office.label), short, ADMINISTRATORS)] if short > 0 else []

    def needs_mandated(self, subject: Subject, least: int = 1) -> list[Lack]:
        """Return what is missing for a number of regulators with a mandate on a subject."""
        able = self.mandates.get(subject, frozenset()) & self.people.get(
            Office.REGULATOR, frozenset()
        )
        words = _("regulator with a mandate on %(subject)s") % {"subject": subject.label}
        short = least - len(able)
        return [_short(str(words), short, ADMINISTRATORS)] if short > 0 else []

    def needs_of_chambers(self, office: Office, least: int) -> list[Lack]:
        """Return what is missing for officers of a number of different chambers."""
        short = least - len(self.chambers.get(office, ()))
        words = _("%(office)s of a different chamber") % {"office": office.label}
        return [_short(str(words), short, ADMINISTRATORS)] if short > 0 else []

    def needs_chambers(self) -> list[Lack]:
        """Return what is missing until all three chambers are seated."""
        if self.charter is None:
            return [Lack(_("The portal is not founded."), OPERATOR)]
        return [_empty(chamber) for chamber in self.charter.chambers if not chamber.seated]


def readiness() -> list[Procedure]:
    """Return every procedure with what it lacks today."""
    staff = _staff()
    lists: list[tuple[str, Text, list[Lack]]] = [
        (
            "organisation-confirm",
            _("Confirm an organisation"),
            staff.needs(Office.REGISTRAR),
        ),
        (
            "claim-confirm",
            _("Confirm a company's claim to a provider"),
            staff.needs_mandated(Subject.MODELS),
        ),
        (
            "instrument-enter",
            _("Enter a statutory instrument"),
            staff.needs_mandated(Subject.MODELS),
        ),
        ("rule-stay", _("Stay a rule"), staff.needs_of_chambers(Office.CHAIR, 2)),
        ("case-decide", _("Decide a case"), staff.needs_mandated(Subject.MISUSE)),
        ("appeal-decide", _("Decide an appeal"), staff.needs_mandated(Subject.MISUSE, 2)),
        ("proposal-admit", _("Admit a proposal"), staff.needs(Office.CLERK)),
        (
            "ballot-open",
            _("Open a ballot of the three chambers"),
            [*staff.needs_chambers(), *staff.needs(Office.CLERK)],
        ),
        (
            "ballot-certify",
            _("Certify a ballot"),
            staff.needs_of_chambers(Office.TELLER, 2),
        ),
        (
            "person-suspend",
            _("Suspend an account and hear an objection"),
            staff.needs(Office.ADMINISTRATOR, 2),
        ),
    ]
    return [Procedure(slug, name, lacks) for slug, name, lacks in lists]


def _staff() -> _Staff:
    people: dict[str, set[uuid.UUID]] = {}
    chambers: dict[str, set[uuid.UUID]] = {}
    for row in _able():
        people.setdefault(row.office, set()).add(row.user_id)
        if row.chamber_id:
            chambers.setdefault(row.office, set()).add(row.chamber_id)
    mandates: dict[str, set[uuid.UUID]] = {}
    for person, subject in Mandate.objects.held().values_list("user_id", "subject"):
        mandates.setdefault(subject, set()).add(person)
    return _Staff(_frozen(people), _frozen(chambers), _frozen(mandates), charter())


def _able() -> list[OfficeHolding]:
    """Return the offices held by people who can act: not suspended, second factor where due."""
    suspended = Suspension.objects.held().filter(user=OuterRef("user"))
    armed = Authenticator.objects.filter(
        user=OuterRef("user"), type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    )
    held = OfficeHolding.objects.held().filter(~Exists(suspended), user__is_active=True)
    counted = held.annotate(armed=Exists(armed))
    return [row for row in counted if row.armed or row.office not in SECOND_FACTOR_OFFICES]


def _frozen(sets: dict[str, set[uuid.UUID]]) -> dict[str, frozenset[uuid.UUID]]:
    return {name: frozenset(values) for name, values in sets.items()}


def _short(what: str, short: int, mend: Text) -> Lack:
    words = ngettext("%(n)s more needed: %(what)s.", "%(n)s more needed: %(what)s.", short)
    return Lack(words % {"n": short, "what": what}, mend)


def _empty(chamber: ChamberView) -> Lack:
    words = _("%(chamber)s: %(held)s of %(seats)s seats are held; more than half are needed.")
    facts = {
        "chamber": chamber.sector.label,
        "held": chamber.held,
        "seats": len(chamber.seats),
    }
    return Lack(words % facts, CLERKS)
