"""Following a proposal: whoever is in good standing, once, and for as long as they want."""

import pytest
from django.test import Client

from apps.core.errors import NotPermitted
from apps.institutions.scopes import Scope
from apps.institutions.services import erasure_carry_out, erasure_request
from apps.listings.services import follow_begin as listing_follow
from apps.proposals.models import Follower
from apps.proposals.selectors.proposals import follows
from apps.proposals.services import follow_begin, follow_end
from apps.reactions.runner import settle
from tests.factories import institutions, listings, proposals
from tests.institutions.roles import allowed, everyone

pytestmark = pytest.mark.django_db
OUTSIDE = {"anonymous", "portal", "operator", "suspended", "suspended owner", "personal token"}


def test_who_follows_twice_follows_once_and_may_end_it():
    proposal, actor = proposals.consulted(), institutions.actor(institutions.person())

    follow_begin(actor=actor, proposal=proposal)
    follow_begin(actor=actor, proposal=proposal)
    times, followed = Follower.objects.count(), follows(actor, proposal)
    follow_end(actor=actor, proposal=proposal)

    assert (times, followed) == (1, True)
    assert not follows(actor, proposal)


def test_whoever_is_in_good_standing_follows():
    actors, proposal = everyone(institutions.organisation()), proposals.consulted()

    begun = allowed(actors, lambda actor: follow_begin(actor=actor, proposal=proposal))
    ended = allowed(actors, lambda actor: follow_end(actor=actor, proposal=proposal))

    assert begun == ended == set(actors) - OUTSIDE


def test_nobody_follows_for_another():
    proposal, person = proposals.consulted(), institutions.person()
    follow_begin(actor=institutions.actor(person), proposal=proposal)

    follow_end(actor=institutions.actor(institutions.person("Ravi Iyer")), proposal=proposal)
    with pytest.raises(NotPermitted):
        follow_begin(actor=institutions.actor(institutions.suspended()), proposal=proposal)

    assert [row.user for row in Follower.objects.select_related("user")] == [person]


def test_a_server_follows_with_its_token_and_never_a_draft_of_another():
    secret = institutions.token(institutions.person(), Scope.PROPOSALS_WRITE).secret
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    public, draft = proposals.consulted().code, proposals.started().code

    hidden = client.put(f"/api/v1/proposals/{draft}/follow")
    begun = client.put(f"/api/v1/proposals/{public}/follow")
    times = Follower.objects.count()
    ended = client.delete(f"/api/v1/proposals/{public}/follow")

    assert (hidden.status_code, begun.status_code, ended.status_code) == (404, 204, 204)
    assert (times, Follower.objects.count()) == (1, 0)


def test_what_an_erased_person_followed_is_forgotten():
    person, other = institutions.person(), institutions.person("Ravi Iyer")
    proposal, listing = proposals.consulted(), listings.listing()
    for one in (person, other):
        follow_begin(actor=institutions.actor(one), proposal=proposal)
        listing_follow(actor=institutions.actor(one), listing=listing)

    request = erasure_request(actor=institutions.actor(person))
    administrator = institutions.actor(institutions.administrator())
    erasure_carry_out(actor=administrator, request=request, answer="Done.")
    settle()

    assert (person.follows.count(), person.followed_proposals.count()) == (0, 0)
    assert (other.follows.count(), other.followed_proposals.count()) == (1, 1)
