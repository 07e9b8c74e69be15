"""Who reviews: a person asked, in good standing, whom the matter does not concern."""

import uuid

from django.db.models import Q

from apps.core.actor import Actor
from apps.institutions.models import ConflictDeclaration, Membership, Organisation
from apps.institutions.permissions import in_good_standing
from apps.reviews.models import Assignment, ReviewRound


def is_concerned(person: uuid.UUID, review_round: ReviewRound) -> bool:
    """Whether the person is a party, belongs to one or its owner group, or declared an interest."""
    if person in review_round.concerned_people:
        return True
    concerned = review_round.concerned_organisations
    groups = Organisation.objects.filter(pk__in=concerned, owner_group__isnull=False)
    belongs = Q(organisation__in=concerned) | Q(
        organisation__owner_group__in=groups.values("owner_group")
    )
    held = Membership.objects.held().filter(belongs, user=person)
    declared = ConflictDeclaration.objects.filter(belongs, user=person, withdrawn_at__isnull=True)
    return held.exists() or declared.exists()


def can_review(actor: Actor, assignment: Assignment) -> bool:
    """Whether the actor is the reviewer asked, in good standing."""
    return actor.person == assignment.reviewer_id and in_good_standing(actor)
