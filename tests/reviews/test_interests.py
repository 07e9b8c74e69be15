"""Nobody reviews a matter that concerns them, in whatever way it does."""

import pytest

from apps.core.codes import code
from apps.institutions.services import conflict_declare, conflict_withdraw
from apps.reviews import errors
from apps.reviews.models import Assignment
from apps.reviews.services import verdict_give
from apps.reviews.states import AssignmentState, VerdictKind
from tests.factories import institutions as make
from tests.factories import reviews

pytestmark = pytest.mark.django_db


def concerned(kind):
    """A person and what makes the matter theirs, by each way there is."""
    company = make.organisation(owner_group="North")
    person = make.person()
    if kind == "member":
        make.membership(person, company)
    if kind == "member of a sister":
        make.membership(person, make.organisation(owner_group="North"))
    if kind == "declared":
        conflict_declare(actor=make.actor(person), interest="Shares.", organisation=company)
    if kind == "declared in a sister":
        sister = make.organisation(owner_group="North")
        conflict_declare(actor=make.actor(person), interest="Shares.", organisation=sister)
    if kind == "rival":
        make.membership(person, make.organisation(owner_group="South"))
    people = [person.pk] if kind == "author" else []
    return person, reviews.review_round(
        concerned_people=people, concerned_organisations=[company.pk]
    )


@pytest.mark.parametrize(
    "kind", ["author", "member", "member of a sister", "declared", "declared in a sister"]
)
def test_nobody_whom_the_matter_concerns_is_asked(kind):
    person, found = concerned(kind)

    with pytest.raises(errors.ReviewerConflicted):
        reviews.assignment(found, person)

    assert Assignment.objects.count() == 0


@pytest.mark.parametrize("kind", ["rival", "stranger"])
def test_a_rival_and_a_stranger_may_be_asked(kind):
    person, found = concerned(kind)

    assert reviews.assignment(found, person).reviewer == person


def test_who_declared_an_interest_in_the_matter_by_its_code_is_neither_asked_nor_heard():
    known = code("P", 7)
    found, early, late = (
        reviews.review_round(concerned_matters=[known]),
        make.person(),
        make.person(),
    )
    asked = reviews.assignment(found, late)
    for person in (early, late):
        conflict_declare(actor=make.actor(person), interest="A sister wrote it.", matter=known)

    with pytest.raises(errors.ReviewerConflicted):
        reviews.assignment(found, early)
    with pytest.raises(errors.ReviewerConflicted):
        verdict_give(
            actor=make.actor(late), assignment=asked, kind=VerdictKind.READY, reasons="Fine."
        )

    assert Assignment.objects.get().state == AssignmentState.ASKED


def test_an_interest_in_another_matter_bars_nobody():
    person = make.person()
    conflict_declare(actor=make.actor(person), interest="Shares.", matter=code("P", 8))

    found = reviews.review_round(concerned_matters=[code("P", 7)])

    assert reviews.assignment(found, person).state == AssignmentState.ASKED


def test_an_interest_withdrawn_is_none():
    company, person = make.organisation(), make.person()
    who = make.actor(person)
    declared = conflict_declare(actor=who, interest="Shares.", organisation=company)
    conflict_withdraw(actor=who, declaration=declared)

    found = reviews.review_round(concerned_organisations=[company.pk])

    assert reviews.assignment(found, person).state == AssignmentState.ASKED
