"""How often one may ask: counted per token, per person, or per address, on the shared cache."""

import time
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from apps.core.actor import ActorKind
from apps.core.caches import counting_cache
from apps.institutions.auth import actor_of
from apps.institutions.models import ApiToken

WINDOW = 60


class ActorThrottle(BaseThrottle):
    """Refuse what goes beyond so many requests in a minute; the rates stand in the settings.

    An address is kept as a keyed digest only, for a minute.
    """

    def __init__(self) -> None:
        self.left = 0

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count this request and say whether it is within the rate."""
        moment = int(time.time())
        who, kind = self._who(request)
        key = count_key(who, moment // WINDOW)
        self.left = WINDOW - moment % WINDOW
        return counting_cache().count(key, WINDOW) <= settings.API_RATES[kind]

    def count_more(self, request: Request, number: int) -> None:
        """Count more than the one that a request is, as for a catalogue of questions.

        Who had anything left is answered in full; what goes beyond bars what comes next.
        """
        if number > 0:
            who, _kind = self._who(request)
            counting_cache().count(count_key(who, int(time.time()) // WINDOW), WINDOW, number)

    def wait(self) -> float:
        """Return the seconds until the next minute."""
        return float(self.left)

    def _who(self, request: Request) -> tuple[str, str]:
        if isinstance(request.auth, ApiToken):
            return str(request.auth.pk), ActorKind.TOKEN
        actor = actor_of(request)
        if actor.known:
            return str(actor.person), ActorKind.PERSON
        address = self.get_ident(request)
        return address_digest(address), ActorKind.ANONYMOUS


def count_key(who: str, window: int) -> str:
    """Return the key under which one asker's requests of one minute are counted."""
    return f"asked:{who}:{window}"


@lru_cache(maxsize=1024)
def address_digest(address: str) -> str:
    """Return what is kept of an address."""
    return salted_hmac("asked", address).hexdigest()
