"""A rule's next version began: what was granted until then, on contests of former ones, ends."""

import uuid

from apps.cases.services import contests_renewed
from apps.journal.selectors import JournalAct
from apps.journal.services import consumer_of


def renew(act: JournalAct) -> None:
    """End what contests of the rule's former versions were granted; twice ends nothing more."""
    contests_renewed(version_id=uuid.UUID(act.payload["version"]))


CONTESTS_RENEWED = consumer_of("cases.contests", {"policy.rule.started": renew})
