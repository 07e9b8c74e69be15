"""What people were told, for tests of reactions."""

from apps.institutions.models import Membership, Organisation, Role, User
from apps.notices.models import Notice
from apps.notices.selectors import told
from apps.notices.states import NoticeKind
from tests.authorisation.roles import signed_in


def people_told(kind: NoticeKind) -> set:
    """Everyone who got a notice of a kind."""
    return set(Notice.objects.filter(kind=kind).values_list("person", flat=True))


def the(kind: NoticeKind, person: User | None = None) -> Notice:
    """The one notice of a kind, or the one to a person."""
    rows = Notice.objects.filter(kind=kind)
    return (rows if person is None else rows.filter(person=person)).get()


def title(notice: Notice) -> str:
    """What it says happened."""
    return told([notice])[0].said.title


def leads(notice: Notice) -> int:
    """What the person told is answered at the place that the notice names."""
    return signed_in(notice.person).get(notice.path).status_code


def owners(organisation: Organisation) -> set:
    """Who owns an organisation."""
    rows = Membership.objects.filter(organisation=organisation, role=Role.OWNER)
    return set(rows.values_list("user", flat=True))
