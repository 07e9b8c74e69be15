"""The shared cache, in Redis or in the database, with one more thing than Django's: counting."""

from typing import cast

from django.core.cache import caches
from django.core.cache.backends import db, redis
from django.db import connection

from apps.core.prepared import row_of

# A table without a log of its own: after a crash the counts begin again, which harms nobody.
COUNT = """
    insert into core_count as kept (key, number, until_at)
    values (%s, %s, clock_timestamp() + make_interval(secs => %s))
    on conflict (key) do update set number = kept.number + excluded.number returning number
"""


class DatabaseCache(db.DatabaseCache):
    """The cache of a portal without Redis."""

    def count(self, key: str, seconds: int, more: int = 1) -> int:
        """Count so many more under a key and return how many there were; in one statement."""
        [number] = row_of(COUNT, [self.make_and_validate_key(key), more, seconds])
        return number

    def forget_counts(self) -> None:
        """Drop the counts whose time is over."""
        with connection.cursor() as cursor:
            cursor.execute("delete from core_count where until_at < clock_timestamp()")


class RedisCache(redis.RedisCache):
    """The cache of a portal on servers."""

    def count(self, key: str, seconds: int, more: int = 1) -> int:
        """Count so many more under a key and return how many there were."""
        self.add(key, 0, seconds)
        return self.incr(key, more)

    def forget_counts(self) -> None:
        """Do nothing: Redis drops them itself."""


def counting_cache() -> DatabaseCache | RedisCache:
    """Return the shared cache as one that counts; the settings name no other kind."""
    return cast("DatabaseCache | RedisCache", caches["default"])
