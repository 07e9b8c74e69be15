"""Let the database refuse, and give its refusal our words."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from apps.core.errors import DomainError


@contextmanager
def refused_as(refusals: Mapping[str, type[DomainError]]) -> Iterator[None]:
    """Turn the violation of a named constraint into the refusal that belongs to it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if name not in refusals:
            raise
        raise refusals[name] from error
