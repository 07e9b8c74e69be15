"""API tokens: issued by a person for a program, shown once, revoked by the same person."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor, ActorKind
from apps.core.clock import now
from apps.institutions import acts, errors
from apps.institutions.models import ApiToken, Organisation
from apps.institutions.permissions import in_good_standing, is_member, refusal
from apps.institutions.scopes import Scope
from apps.institutions.selectors.tokens import secret_digest
from apps.journal.services import record

PREFIX = "sangam_"
LONGEST_DAYS = 365


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new token and its secret, which nobody can read again."""

    token: ApiToken
    secret: str


@transaction.atomic
def token_issue(
    *,
    actor: Actor,
    name: str,
    scopes: Sequence[str],
    days: int = 90,
    organisation: Organisation | None = None,
) -> IssuedToken:
    """Issue a token for oneself, or for an organisation one belongs to; a token issues none."""
    if actor.kind is not ActorKind.PERSON or actor.person is None or not in_good_standing(actor):
        raise refusal(actor, _("A person in good standing issues tokens, signed in."))
    if organisation is not None and not is_member(actor, organisation):
        raise refusal(actor, _("Only a member issues tokens of an organisation."))
    if not 1 <= days <= LONGEST_DAYS:
        raise errors.LifetimeRefused(field="days")
    secret, moment = PREFIX + secrets.token_urlsafe(32), now()
    token = ApiToken.objects.create(
        user_id=actor.person,
        organisation=organisation,
        name=name.strip(),
        digest=secret_digest(secret),
        tail=secret[-4:],
        scopes=_known(scopes),
        second_factor=actor.second_factor,
        issued_at=moment,
        expires_at=moment + dt.timedelta(days=days),
    )
    record(
        acts.TokenIssued(
            subject=token.pk,
            person=token.user_id,
            organisation=token.organisation_id,
            scopes=token.scopes,
        ),
        actor=actor,
    )
    return IssuedToken(token, secret)


@transaction.atomic
def token_revoke(*, actor: Actor, token: ApiToken) -> ApiToken:
    """Revoke one's own token; to any other person it does not exist."""
    token = ApiToken.objects.select_for_update(of=["self"]).get(pk=token.pk)
    if actor.kind is not ActorKind.PERSON or actor.person != token.user_id:
        raise errors.TokenUnknown
    if token.revoked_at is not None:
        raise errors.HoldingEnded
    token.revoked_at = now()
    token.save(update_fields=["revoked_at"])
    record(acts.TokenRevoked(subject=token.pk, person=token.user_id), actor=actor)
    return token


def _known(scopes: Sequence[str]) -> list[str]:
    known = set(Scope)
    strange = [scope for scope in scopes if scope not in known]
    if strange or not scopes:
        raise errors.ScopeUnknown(
            _("No such scope: %(scopes)s.") % {"scopes": ", ".join(strange)} if strange else "",
            remedy=_("Choose from: %(scopes)s.") % {"scopes": ", ".join(sorted(known))},
            field="scopes",
        )
    return sorted(set(scopes))
