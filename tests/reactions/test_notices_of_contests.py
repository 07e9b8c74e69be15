"""Who hears of contests, their stays, rulings and deadlines."""

import pytest

from apps.notices.states import NoticeKind as Kind
from apps.reactions.runner import settle
from tests.factories import contests as make
from tests.factories import institutions
from tests.reactions.inboxes import leads, owners, people_told, the, title

pytestmark = pytest.mark.django_db


def test_whoever_may_rule_is_told_and_not_who_entered_the_rule():
    author, ruler = institutions.regulator("IN"), institutions.regulator("IN")
    institutions.regulator("FR")
    listing, version = make.caught(author)
    contest = make.filed(listing, version)

    settle()

    assert people_told(Kind.CONTEST_TO_RULE) == {ruler.pk}
    notice = the(Kind.CONTEST_TO_RULE)
    assert notice.due_at == contest.clock.due_at
    assert leads(notice) == 200


def test_the_company_hears_of_its_stay_and_of_the_ruling():
    contest = make.ruled(make.stayed(make.filed(stay="It cannot wait."), granted=False))

    settle()

    company = owners(contest.organisation)
    assert people_told(Kind.STAY_DECIDED) == people_told(Kind.CONTEST_RULED) == company
    about = f"Contest {contest.code} of {contest.listing.name}"
    assert title(the(Kind.CONTEST_RULED)) == f"{about} is upheld"
    assert leads(the(Kind.CONTEST_RULED)) == 200
    assert title(the(Kind.STAY_DECIDED)).endswith("is refused")


def test_a_late_ruling_is_told_whoever_may_still_give_it(clock):
    ruler = institutions.regulator("IN")
    contest = make.filed()
    clock.advance("31 days")

    settle()

    assert people_told(Kind.CONTEST_OVERDUE) == {ruler.pk}
    assert contest.code in title(the(Kind.CONTEST_OVERDUE))
