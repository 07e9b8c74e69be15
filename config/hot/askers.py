"""Who asks, and how often they may: the API's doorkeepers, with less to read.

A token that was valid is believed for a second, and no longer than what is kept holds. A worker
takes a hundredth of an asker's rate at a time from the shared count, so that all workers together
never let more through than the rate, and at most a hundredth each less. Whoever is refused here is
refused, or let in, by Django.
"""

import time
import uuid
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.conf import settings

from apps.core.actor import Actor, ActorKind
from apps.core.caches import counting_cache
from apps.institutions.api.throttling import WINDOW, ActorThrottle, address_digest, count_key
from apps.institutions.auth import token_actor
from apps.institutions.permissions import has_scope
from apps.institutions.scopes import Scope
from apps.institutions.selectors.tokens import bearer_of

BELIEVED = 1.0
KEPT = 10_000
SHARE = 100


@dataclass(frozen=True, slots=True)
class Asker:
    """Whom the throttle counts, for whom own numbers are read, and whose log is written."""

    who: str
    kind: str
    organisation: uuid.UUID | None
    log: uuid.UUID | None = None


class Askers:
    """The askers that a process knows, and what it may still answer them."""

    def __init__(self) -> None:
        self.bearers: dict[str, tuple[Asker, float]] = {}
        self.left: dict[tuple[str, int], int] = {}

    def forget(self) -> None:
        """Believe no token that was not looked up again."""
        self.bearers.clear()

    def of(self, environ: dict[str, Any]) -> Asker | None:
        """Return who asks; nothing where Django has to say."""
        told = environ.get("HTTP_AUTHORIZATION", "")
        words = told.split()
        if not words or words[0].lower() != "bearer":
            return Asker(address_digest(_address(environ)), ActorKind.ANONYMOUS, None)
        if len(words) != 2:  # noqa: PLR2004
            return None
        known = self.bearers.get(words[1])
        if known is not None and known[1] > time.monotonic():
            return known[0]
        return self._looked_up(words[1])

    def may_ask(self, asker: Asker) -> bool:
        """Say whether one question more is within the rate; it is counted when it is answered."""
        key = self._key(asker)
        if key not in self.left or self.left[key] < 1:
            self.left[key] = self._lent(asker, key[1])
        return self.left[key] > 0

    def count(self, asker: Asker, number: int = 1) -> None:
        """Count questions that were answered; what went beyond was not taken and is counted now."""
        key = self._key(asker)
        left = self.left.get(key, 0) - number
        if left < 0:
            counting_cache().count(count_key(asker.who, key[1]), WINDOW, -left)
        self.left[key] = max(left, 0)

    def _key(self, asker: Asker) -> tuple[str, int]:
        return asker.who, int(time.time()) // WINDOW

    def _lent(self, asker: Asker, window: int) -> int:
        """Take some of the asker's rate from the shared count."""
        if len(self.left) >= KEPT:
            self.left.clear()
        rate = settings.API_RATES[asker.kind]
        wanted = max(1, rate // SHARE)
        total = counting_cache().count(count_key(asker.who, window), WINDOW, wanted)
        return min(wanted, rate - total + wanted)

    def _looked_up(self, secret: str) -> Asker | None:
        bearer = bearer_of(secret)
        if bearer is None or not bearer.in_good_standing or not bearer.speaks:
            return None
        actor: Actor = token_actor(bearer.token)
        if not has_scope(actor, Scope.DECISIONS_READ):
            return None
        if len(self.bearers) >= KEPT:
            self.bearers.clear()
        log = actor.organisation or actor.person
        asker = Asker(str(bearer.token.pk), ActorKind.TOKEN, actor.organisation, log)
        self.bearers[secret] = (asker, time.monotonic() + BELIEVED)
        return asker


def _address(environ: dict[str, Any]) -> str:
    """Return the address that the throttle counts by."""
    headers = {"x-forwarded-for": environ.get("HTTP_X_FORWARDED_FOR")}
    request: Any = SimpleNamespace(META=environ, headers=headers)
    return ActorThrottle().get_ident(request)
