"""A rule entered the register: keep what it is to change, and what it changes once it begins.

Of one that begins on a later day, tell whose listings it changes, and who follows them. A rule
that begins at once is told by the standings it changes.
"""

import uuid

from django.db.models import QuerySet

from apps.compliance.selectors.impact import changed_by
from apps.compliance.services import impact_keep
from apps.compliance.states import Occasion
from apps.core.clock import now
from apps.journal.selectors import JournalAct
from apps.journal.services import consumer_of
from apps.notices.services import NoticeDraft
from apps.notices.states import NoticeKind
from apps.notices.words import Value
from apps.policy.models import RuleVersion
from apps.proposals.models import Proposal
from apps.reactions import places
from apps.reactions.audience import followed_by, kept_by, owners
from apps.reactions.telling import tell


def entered(act: JournalAct) -> None:
    """Tell from when it applies, to whom, and where it can be read."""
    version = RuleVersion.objects.select_related("rule").get(pk=act.payload["version"])
    if version.effective_at <= now():
        return
    changed = _changed(version)
    path = places.rule(version.rule.code, version.number)
    for company, listings in kept_by(changed).items():
        draft = NoticeDraft(
            kind=NoticeKind.RULE_COMING,
            path=path,
            parameters=_values(version, len(listings)) | {"company": company.name},
            due_at=version.effective_at,
        )
        tell(act, owners(company.pk), draft)
    for followed, people in followed_by(changed).items():
        values = _values(version, len(followed)) | {"listing": followed[0].name}
        draft = NoticeDraft(
            kind=NoticeKind.RULE_COMING_FOLLOWED,
            path=path,
            parameters=values,
            due_at=version.effective_at,
        )
        tell(act, people, draft)


def _changed(version: RuleVersion) -> list[uuid.UUID]:
    """Return the listings whose standings change: as the vote was told, or asked anew."""
    adopted = Proposal.objects.filter(enacted=version).select_related("freeze__impact").first()
    if adopted is not None:
        return adopted.freeze.impact.changed
    return list(changed_by(version))


def _values(version: RuleVersion, listings: int) -> dict[str, Value]:
    return {
        "rule": version.rule.code,
        "title": version.title,
        "effective_at": version.effective_at.isoformat(),
        "listings": listings,
    }


def keep_foretold(act: JournalAct) -> None:
    """Keep what a version is to change, bound to its text."""
    for version in _versions(act):
        impact_keep(version=version, occasion=Occasion.ENTERED)


def keep_begun(act: JournalAct) -> None:
    """Keep what a version changes as it begins."""
    for version in _versions(act):
        impact_keep(version=version, occasion=Occasion.BEGUN)


def keep_restored(act: JournalAct) -> None:
    """Keep what a text that runs again changes, where taking a version back brought one."""
    for version in RuleVersion.objects.filter(pk=act.payload["restored"]).select_related("rule"):
        impact_keep(version=version, occasion=Occasion.BEGUN)


def _versions(act: JournalAct) -> QuerySet[RuleVersion]:
    return RuleVersion.objects.filter(pk=act.payload["version"]).select_related("rule")


IMPACTS_KEPT = consumer_of(
    "compliance.impacts",
    {
        "policy.rule.entered": keep_foretold,
        "policy.rule.started": keep_begun,
        "policy.rule.undone": keep_restored,
    },
)
ON_RULES = {"policy.rule.entered": entered}
