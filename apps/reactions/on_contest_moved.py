"""A contest took a step: tell who may decide it, and the company."""

from apps.cases.models import Contest
from apps.cases.selectors import contest_by_id
from apps.journal.selectors import JournalAct
from apps.notices.services import NoticeDraft
from apps.notices.states import NoticeKind
from apps.notices.words import Value
from apps.reactions import places
from apps.reactions.audience import owners, rulers
from apps.reactions.telling import tell


def filed(act: JournalAct) -> None:
    """Tell whoever may rule on a contest."""
    tell_rulers(act, contest_by_id(act.subject), NoticeKind.CONTEST_TO_RULE)


def stay_decided(act: JournalAct) -> None:
    """Tell the company what became of its stay."""
    _tell_company(act, NoticeKind.STAY_DECIDED, stay=act.payload["result"])


def ruled(act: JournalAct) -> None:
    """Tell the company what was ruled."""
    _tell_company(act, NoticeKind.CONTEST_RULED, ruling=act.payload["result"])


def tell_rulers(act: JournalAct, contest: Contest, kind: NoticeKind) -> None:
    """Tell whoever may rule on a contest that it waits."""
    draft = NoticeDraft(
        kind=kind,
        path=places.contest_at_desk(contest.code),
        parameters=_values(contest),
        due_at=contest.clock.due_at,
    )
    tell(act, rulers(contest), draft)


def _tell_company(act: JournalAct, kind: NoticeKind, *, stay: str = "", ruling: str = "") -> None:
    contest = contest_by_id(act.subject)
    draft = NoticeDraft(
        kind=kind,
        path=places.contest(contest.code),
        parameters=_values(contest) | {"stay": stay, "ruling": ruling},
    )
    tell(act, owners(contest.organisation_id), draft)


def _values(contest: Contest) -> dict[str, Value]:
    return {
        "contest": contest.code,
        "about": contest.listing.name,
        "rule": contest.rule_version.title,
        "company": contest.organisation.name,
    }


ON_CONTESTS = {
    "cases.contest.filed": filed,
    "cases.contest.stay-decided": stay_decided,
    "cases.contest.ruled": ruled,
}
