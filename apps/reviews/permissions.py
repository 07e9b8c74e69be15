"""Who reviews, and who asks: people in good standing whom the matter does not concern."""

import uuid

from django.db.models import Q, QuerySet

from apps.core.actor import Actor
from apps.institutions.models import ConflictDeclaration, Membership, Organisation, User
from apps.institutions.offices import Office
from apps.institutions.permissions import has_scope, holds_office, in_good_standing
from apps.institutions.scopes import Scope
from apps.reviews.models import Assignment, ReviewRound


def people_concerned(review_round: ReviewRound) -> QuerySet[User]:
    """Return the parties, who belongs to one or its owner group, and who declared an interest.

    An interest is declared in one of these organisations, or in the matter by one of its codes.
    """
    concerned = review_round.concerned_organisations
    groups = Organisation.objects.filter(pk__in=concerned, owner_group__isnull=False)
    belongs = Q(organisation__in=concerned) | Q(
        organisation__owner_group__in=groups.values("owner_group")
    )
    held = Membership.objects.held().filter(belongs)
    named = Q(matter__in=review_round.concerned_matters)
    declared = ConflictDeclaration.objects.filter(belongs | named, withdrawn_at__isnull=True)
    return User.objects.filter(
        Q(pk__in=review_round.concerned_people)
        | Q(pk__in=held.values("user"))
        | Q(pk__in=declared.values("user"))
    )


def is_concerned(person: uuid.UUID, review_round: ReviewRound) -> bool:
    """Whether the person is a party, belongs to one or its owner group, or declared an interest."""
    return people_concerned(review_round).filter(pk=person).exists()


def can_review(actor: Actor, assignment: Assignment) -> bool:
    """Whether the actor is the reviewer asked, in good standing."""
    return actor.person == assignment.reviewer_id and _in_scope(actor) and in_good_standing(actor)


def can_conduct(actor: Actor, review_round: ReviewRound) -> bool:
    """Whether the actor may ask reviewers and end the round: a clerk whom it does not concern."""
    return (
        actor.person is not None
        and _in_scope(actor)
        and holds_office(actor, Office.CLERK)
        and not is_concerned(actor.person, review_round)
    )


def _in_scope(actor: Actor) -> bool:
    return has_scope(actor, Scope.REVIEWS_WRITE)
