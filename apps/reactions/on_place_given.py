"""Someone was given a membership, an office, a seat or a mandate, or asked to be forgotten."""

import uuid

from apps.compliance.services import questions_erase
from apps.institutions.models import Chamber, Organisation
from apps.journal.selectors import JournalAct
from apps.listings.services import follows_erase as listings_unfollow
from apps.notices.services import NoticeDraft, notices_erase
from apps.notices.states import NoticeKind
from apps.proposals.services import follows_erase as proposals_unfollow
from apps.reactions import places
from apps.reactions.telling import tell


def member(act: JournalAct) -> None:
    """Tell the new member."""
    organisation = Organisation.objects.get(pk=act.payload["organisation"])
    draft = NoticeDraft(
        kind=NoticeKind.MEMBERSHIP_ADDED,
        path=places.organisation(organisation.code),
        parameters={"company": organisation.name, "role": act.payload["role"]},
    )
    tell(act, [_person(act)], draft)


def officer(act: JournalAct) -> None:
    """Tell who holds the office."""
    draft = NoticeDraft(
        kind=NoticeKind.OFFICE_GRANTED,
        path=places.ME,
        parameters={"office": act.payload["office"]},
    )
    tell(act, [_person(act)], draft)


def seated(act: JournalAct) -> None:
    """Tell who holds the seat."""
    chamber = Chamber.objects.get(pk=act.payload["chamber"])
    draft = NoticeDraft(
        kind=NoticeKind.SEAT_APPOINTED,
        path=places.BALLOTS,
        parameters={"chamber": chamber.sector, "until_at": act.payload["until_at"]},
    )
    tell(act, [_person(act)], draft)


def mandated(act: JournalAct) -> None:
    """Tell the regulator."""
    draft = NoticeDraft(
        kind=NoticeKind.MANDATE_GRANTED,
        path=places.SARKAR,
        parameters={
            "subject": act.payload["mandate_subject"],
            "place": act.payload["jurisdiction"],
        },
    )
    tell(act, [_person(act)], draft)


def erased(act: JournalAct) -> None:
    """Delete what was written to a person whose data are erased, what they followed and asked."""
    person = _person(act)
    notices_erase(person=person)
    questions_erase(person=person)
    listings_unfollow(person=person)
    proposals_unfollow(person=person)


def _person(act: JournalAct) -> uuid.UUID:
    return uuid.UUID(act.payload["person"])


ON_PLACES = {
    "institutions.membership.added": member,
    "institutions.office.granted": officer,
    "institutions.seat.appointed": seated,
    "institutions.mandate.granted": mandated,
    "institutions.erasure.done": erased,
}
