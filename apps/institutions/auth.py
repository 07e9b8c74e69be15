"""Who stands behind a request: a session or an API token becomes an `Actor`."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from apps.core.actor import ANONYMOUS, Actor, ActorKind
from apps.core.errors import NotPermitted
from apps.institutions.errors import PersonSuspended
from apps.institutions.models import ApiToken, User
from apps.institutions.permissions import person_in_good_standing


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor of a page's or the API's request, read once per request.

    A suspended person raises `PersonSuspended`: they are refused, never taken for anonymous.
    """
    kept = vars(request)
    if "_actor_read" not in kept:
        kept["_actor_read"] = _actor(request)
    return kept["_actor_read"]


def person_of(request: HttpRequest) -> User:
    """Return the person signed in; a page behind `login_required` always has one."""
    if not isinstance(request.user, User):
        raise NotPermitted
    return request.user


def token_actor(token: ApiToken) -> Actor:
    """Return the actor that a valid token speaks for."""
    return Actor(
        ActorKind.TOKEN,
        person=token.user_id,
        organisation=token.organisation_id,
        scopes=frozenset(token.scopes),
        second_factor=token.second_factor,
    )


def second_factor_of(request: HttpRequest) -> bool:
    """Whether this session was authenticated with a second factor that the person still has."""
    records = get_authentication_records(request, request.user)
    used = any(record.get("method") == "mfa" for record in records)
    return used and Authenticator.objects.filter(user=request.user.pk).exists()


def _actor(request: Any) -> Actor:
    token = getattr(request, "auth", None)
    if isinstance(token, ApiToken):
        return token_actor(token)
    user = request.user
    if not isinstance(user, User):
        return ANONYMOUS
    if not person_in_good_standing(user.pk):
        raise PersonSuspended
    return Actor(ActorKind.PERSON, person=user.pk, second_factor=second_factor_of(request))
