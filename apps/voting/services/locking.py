"""One lock orders everything that happens to a ballot."""

import uuid

from apps.voting.models import Ballot


def locked(ballot: uuid.UUID) -> Ballot:
    """Return the ballot with its settings, its row locked until the transaction ends.

    Every mark takes this lock as the closing does: a vote that was accepted is in the count.
    """
    rows = Ballot.objects.select_for_update(of=("self",), no_key=True).select_related("procedure")
    return rows.get(pk=ballot)
