"""How a reaction tells people: never of their own deed, and with a way to the place."""

import uuid
from collections.abc import Iterable

from apps.journal.selectors import JournalAct
from apps.notices.services import NoticeDraft, notices_write


def tell(act: JournalAct, people: Iterable[uuid.UUID | None], draft: NoticeDraft) -> None:
    """Write a notice of the act to some people; whoever did it knows already."""
    others = {person for person in people if person is not None and person != act.actor}
    if others:
        notices_write(seq=act.seq, people=others, draft=draft)
