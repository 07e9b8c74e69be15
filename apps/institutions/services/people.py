"""Accounts: how a person comes in, is suspended, and asks to be forgotten."""

import datetime as dt
import uuid

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor, ActorKind
from apps.core.clock import now
from apps.institutions import acts, errors
from apps.institutions.models import (
    ApiToken,
    ConflictDeclaration,
    ErasureRequest,
    Invitation,
    Membership,
    OfficeHolding,
    Organisation,
    SeatTerm,
    Suspension,
    User,
)
from apps.institutions.offices import Office
from apps.institutions.permissions import holds_office, in_good_standing, refusal
from apps.institutions.services.constraints import refused_as
from apps.institutions.states import ERASURE, ErasureState
from apps.journal.services import record

ERASED = "erased@invalid.invalid"
REFUSALS = {
    "institutions_one_account_per_address": errors.AddressTaken,
    "institutions_user_email_key": errors.AddressTaken,
}


@transaction.atomic
def person_register(
    *,
    actor: Actor,
    email: str,
    name: str = "",
    password: str | None = None,
    language: str = "en-gb",
    address_checked: bool = False,
    demo: bool = False,
) -> User:
    """Open an account; anyone may, and the act names nobody.

    `address_checked` is for those who come in by another proof than the message to the address.
    Raises `AddressTaken`, which the sign-up page never shows: it answers alike in both cases.
    """
    with refused_as(REFUSALS):
        user = User.objects.create_user(email, password, name=name, language=language, is_demo=demo)
    if address_checked:
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    who = actor if actor.known else Actor(ActorKind.PERSON, person=user.pk)
    record(acts.PersonRegistered(subject=user.pk), actor=who)
    return user


def profile_change(*, actor: Actor, name: str, language: str) -> User:
    """Change one's own name and language; private facts, so no act."""
    if actor.person is None or not in_good_standing(actor):
        raise refusal(actor)
    user = User.objects.get(pk=actor.person)
    user.name, user.language = name.strip(), language
    user.save(update_fields=["name", "language"])
    return user


@transaction.atomic
def person_suspend(
    *, actor: Actor, user: User, reason: str, until_at: dt.datetime | None = None
) -> Suspension:
    """Let an administrator keep a person from acting here, with a reason the person reads.

    Both rows are locked, so that two administrators cannot suspend each other at once.
    """
    user = _locked_both(actor, user)
    if not holds_office(actor, Office.ADMINISTRATOR) or actor.person == user.pk:
        raise refusal(actor, _("Another administrator suspends an account."))
    moment = now()
    if until_at is not None and until_at <= moment:
        raise errors.TermNotAhead(field="until_at")
    with refused_as({"institutions_one_suspension_per_person": errors.SuspendedAlready}):
        suspension = Suspension.objects.create(
            user=user,
            reason=reason,
            ordered_by_id=actor.person,
            from_at=moment,
            until_at=until_at,
        )
    record(
        acts.PersonSuspended(subject=user.pk, suspension=suspension.pk, until_at=until_at),
        actor=actor,
    )
    return suspension


@transaction.atomic
def person_restore(*, actor: Actor, suspension: Suspension) -> Suspension:
    """Let an administrator lift a person's suspension; nobody lifts their own."""
    user = User.objects.select_for_update().get(suspensions=suspension)
    suspension.refresh_from_db()
    if not holds_office(actor, Office.ADMINISTRATOR) or actor.person == user.pk:
        raise refusal(actor, _("Another administrator lifts a suspension."))
    if suspension.until_at is not None and suspension.until_at <= now():
        raise errors.HoldingEnded
    suspension.until_at = now()
    suspension.lifted_by_id = actor.person
    suspension.save(update_fields=["until_at", "lifted_by"])
    record(acts.PersonRestored(subject=user.pk, suspension=suspension.pk), actor=actor)
    return suspension


@transaction.atomic
def erasure_request(*, actor: Actor) -> ErasureRequest:
    """Ask for the erasure of one's own data; an administrator answers it."""
    if actor.person is None or not in_good_standing(actor):
        raise refusal(actor)
    with refused_as({"institutions_one_open_erasure_request": errors.ErasureAsked}):
        request = ErasureRequest.objects.create(user_id=actor.person, requested_at=now())
    record(acts.ErasureRequested(subject=request.pk, person=actor.person), actor=actor)
    return request


@transaction.atomic
def erasure_withdraw(*, actor: Actor, request: ErasureRequest) -> ErasureRequest:
    """Take one's own request back."""
    request = ErasureRequest.objects.select_for_update().get(pk=request.pk)
    if actor.person != request.user_id or not in_good_standing(actor):
        raise refusal(actor)
    ERASURE.move(request, ErasureState.WITHDRAWN)
    request.save(update_fields=["state"])
    record(acts.ErasureWithdrawn(subject=request.pk, person=request.user_id), actor=actor)
    return request


@transaction.atomic
def erasure_refuse(*, actor: Actor, request: ErasureRequest, answer: str) -> ErasureRequest:
    """Refuse a request, with reasons that the person reads."""
    request = ErasureRequest.objects.select_for_update().get(pk=request.pk)
    if not holds_office(actor, Office.ADMINISTRATOR) or actor.person == request.user_id:
        raise refusal(actor, _("Another administrator answers this request."))
    ERASURE.move(request, ErasureState.REFUSED)
    _answer(request, answer)
    record(acts.ErasureRefused(subject=request.pk, person=request.user_id), actor=actor)
    return request


@transaction.atomic
def erasure_carry_out(*, actor: Actor, request: ErasureRequest, answer: str) -> ErasureRequest:
    """Erase what tells who a person is, and close the account; its acts stay and name nobody.

    Refused while the person holds a seat or an office: the public must see those end.
    """
    request = ErasureRequest.objects.select_for_update().get(pk=request.pk)
    user = _locked(request.user)
    if not holds_office(actor, Office.ADMINISTRATOR) or actor.person == user.pk:
        raise refusal(actor, _("Another administrator answers this request."))
    _must_hold_nothing(user)
    ERASURE.move(request, ErasureState.DONE)
    moment = now()
    memberships = _end_memberships(user, moment)
    tokens = _revoke_tokens(user, moment)
    _forget(user)
    _answer(request, answer)
    record(
        acts.ErasureDone(
            subject=request.pk, person=user.pk, tokens=tokens, memberships=memberships
        ),
        actor=actor,
    )
    return request


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _locked_both(actor: Actor, user: User) -> User:
    both = User.objects.select_for_update().filter(pk__in=[actor.person, user.pk])
    return next(row for row in both.order_by("pk") if row.pk == user.pk)


def _answer(request: ErasureRequest, answer: str) -> None:
    request.answer = answer
    request.answered_at = now()
    request.save(update_fields=["state", "answer", "answered_at"])


def _must_hold_nothing(user: User) -> None:
    seated = SeatTerm.objects.held().filter(user=user).exists()
    if seated or OfficeHolding.objects.held().filter(user=user).exists():
        raise errors.StillInOffice
    held = Membership.objects.held().filter(user=user)
    owned = Organisation.objects.filter(pk__in=held.values("organisation"))
    list(owned.order_by("pk").select_for_update())
    for membership in held:
        if membership.is_last_owner():
            raise errors.LastOwner


def _end_memberships(user: User, moment: dt.datetime) -> list[uuid.UUID]:
    held = list(Membership.objects.held().filter(user=user))
    Membership.objects.filter(pk__in=[row.pk for row in held]).update(until_at=moment)
    return [row.pk for row in held]


def _revoke_tokens(user: User, moment: dt.datetime) -> list[uuid.UUID]:
    valid = list(ApiToken.objects.valid().filter(user=user))
    ApiToken.objects.filter(pk__in=[row.pk for row in valid]).update(revoked_at=moment)
    return [row.pk for row in valid]


def _forget(user: User) -> None:
    """Take name, address, password, second factors and sessions from an account."""
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    sent = Q(accepted_by=user) | Q(email__iexact=user.email)
    Invitation.objects.filter(sent).update(email=ERASED)
    ConflictDeclaration.objects.filter(user=user).update(interest=_("erased"))
    user.email = f"erased-{user.pk}@invalid.invalid"
    user.name = ""
    user.is_active = False
    user.set_unusable_password()
    user.save()
