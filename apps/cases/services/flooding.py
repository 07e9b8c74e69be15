"""How often one address may report or try receipts: counted for an hour, by a keyed digest."""

from django.conf import settings
from django.utils.crypto import salted_hmac

from apps.cases.errors import TooMany
from apps.core.caches import counting_cache

HOUR = 3600


def must_not_flood(deed: str, address: str) -> None:
    """Count one more attempt of an address; raise `TooMany` beyond the hour's measure."""
    key = f"cases:{deed}:{salted_hmac('cases', address).hexdigest()}"
    if counting_cache().count(key, HOUR) > settings.REPORTS_PER_HOUR:
        raise TooMany
