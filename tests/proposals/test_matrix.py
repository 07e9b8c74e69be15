"""Every step, by everyone, in every state: who may is heard, and nobody else changes anything."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import pytest
from django.db import transaction

from apps.core.actor import ANONYMOUS, SYSTEM, Actor
from apps.core.errors import DomainError, NotPermitted
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.journal.models import RecordedAct
from apps.proposals import errors, services
from apps.proposals.models import Comment, Proposal
from apps.proposals.states import CommentState
from apps.proposals.states import ProposalState as P
from apps.reviews.services import round_close
from tests.factories import institutions as make
from tests.factories import proposals as factory

pytestmark = pytest.mark.django_db

Attempt = Callable[[Actor, Proposal], object]
EVENTS: dict[str, Attempt] = {
    "revise": lambda actor, it: services.revision_add(
        actor=actor, proposal=it, draft=factory.draft(title="Another")
    ),
    "submit": lambda actor, it: services.proposal_submit(actor=actor, proposal=it),
    "consult": lambda actor, it: services.consultation_open(actor=actor, proposal=it),
    "comment": lambda actor, it: services.comment_post(actor=actor, proposal=it, text="Too wide."),
    "review": lambda actor, it: services.review_open(actor=actor, proposal=it),
    "renew": lambda actor, it: services.review_renew(actor=actor, proposal=it),
    "freeze": lambda actor, it: services.text_freeze(actor=actor, proposal=it),
    "call": lambda actor, it: services.ballot_call(actor=actor, proposal=it),
    "withdraw": lambda actor, it: services.proposal_withdraw(
        actor=actor, proposal=it, reason="No."
    ),
}
AUTHOR = frozenset({"author"})
CLERK = frozenset({"clerk"})
PEOPLE = frozenset({"author", "clerk", "chair", "regulator", "seat", "stranger"})
EVERYONE = PEOPLE | {"nobody", "suspended"}
MAY: Mapping[str, frozenset[str]] = {
    "revise": AUTHOR,
    "submit": AUTHOR,
    "consult": CLERK,
    "comment": PEOPLE,
    "review": EVERYONE,
    "renew": AUTHOR | CLERK,
    "freeze": AUTHOR | CLERK,
    "call": CLERK,
    "withdraw": AUTHOR,
}
# Where a step leads from each state it is taken in; elsewhere it is refused.
LEADS: Mapping[str, Mapping[P, P]] = {
    "revise": {
        P.DRAFT: P.DRAFT,
        P.SUBMITTED: P.SUBMITTED,
        P.CONSULTATION: P.CONSULTATION,
        P.REVIEW: P.CONSULTATION,
    },
    "submit": {P.DRAFT: P.SUBMITTED},
    "consult": {P.SUBMITTED: P.CONSULTATION},
    "comment": {P.CONSULTATION: P.CONSULTATION},
    "review": {},  # The consultation of this proposal still runs.
    "renew": {},  # A reviewer of this proposal answered.
    "freeze": {P.REVIEW: P.FROZEN},
    "call": {P.FROZEN: P.BALLOTING},
    "withdraw": dict.fromkeys(
        (P.DRAFT, P.SUBMITTED, P.CONSULTATION, P.REVIEW, P.FROZEN, P.BALLOTING), P.WITHDRAWN
    ),
}


def actors(proposal: Proposal) -> dict[str, Actor]:
    """One of each kind; those with an office hold their second factor."""
    return {
        "author": make.actor(proposal.author),
        "clerk": factory.clerk(),
        "chair": make.actor(make.officer(Office.CHAIR, sector=Sector.SAMAJ)),
        "regulator": make.actor(make.regulator("IN")),
        "seat": make.actor(make.seated(Sector.BAZAAR).user),
        "stranger": make.actor(make.person("Bina Das")),
        "suspended": make.actor(make.suspended()),
        "nobody": ANONYMOUS,
    }


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever was done inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outcome(attempt: Attempt, actor: Actor, proposal: Proposal) -> tuple[str, str, int]:
    """What the step came to: done, forbidden or refused; the state; how many acts it made."""
    before = RecordedAct.objects.count()
    with undone():
        try:
            with transaction.atomic():
                attempt(actor, proposal)
            came = "done"
        except NotPermitted:
            came = "forbidden"
        except DomainError:
            came = "refused"
        acts = RecordedAct.objects.count() - before
        return came, Proposal.objects.values_list("state", flat=True).get(pk=proposal.pk), acts


@pytest.mark.parametrize("state", P)
def test_each_step_is_for_its_people_in_its_states(state, clock):
    proposal = factory.in_state(state, clock)
    if state == P.REVIEW:
        factory.judged(proposal)
    people = actors(proposal)

    found = {
        (event, who): outcome(attempt, actor, proposal)
        for event, attempt in EVENTS.items()
        for who, actor in people.items()
    }

    for (event, who), (came, then, acts) in found.items():
        leads = LEADS[event].get(state)
        expected = "forbidden" if who not in MAY[event] else "done" if leads else "refused"
        assert (event, who, came) == (event, who, expected)
        assert then == (leads if came == "done" else state), (event, who)
        assert (acts > 0) == (came == "done"), (event, who)


@pytest.mark.parametrize("state", P)
def test_a_review_that_nobody_answered_is_opened_again_and_nothing_is_frozen(state, clock):
    proposal = factory.in_state(state, clock)
    if state == P.REVIEW:
        round_close(actor=SYSTEM, review_round=proposal.round)
    people = actors(proposal)

    for event in ("renew", "freeze"):
        for who, actor in people.items():
            came, then, _acts = outcome(EVENTS[event], actor, proposal)
            again = event == "renew" and state == P.REVIEW
            expected = "forbidden" if who not in MAY[event] else "done" if again else "refused"
            assert (event, who, came, then) == (event, who, expected, state)


@pytest.mark.parametrize("state", P)
def test_the_review_opens_after_the_consultation_whoever_asks_and_nowhere_else(state, clock):
    proposal = factory.in_state(state, clock)
    clock.advance("31 days")

    found = {
        who: outcome(EVENTS["review"], actor, proposal)
        for who, actor in {"system": SYSTEM, **actors(proposal)}.items()
    }

    opens = state == P.CONSULTATION
    expected = ("done", P.REVIEW) if opens else ("refused", state)
    assert {(came, then) for came, then, _acts in found.values()} == {expected}


@pytest.mark.parametrize("state", P)
def test_business_time_moves_only_what_waits(state, clock):
    proposal = factory.in_state(state, clock)
    clock.advance("91 days")

    services.proposals_turn()

    waits = (P.SUBMITTED, P.REVIEW, P.FROZEN)
    expected = P.LAPSED if state in waits else P.REVIEW if state == P.CONSULTATION else state
    assert factory.fresh(proposal).state == expected


@pytest.mark.parametrize("state", P)
def test_a_ballot_that_is_not_counted_concludes_nothing(state, clock):
    proposal = factory.in_state(state, clock)
    if proposal.ballot is None:
        return
    before = RecordedAct.objects.count()

    services.proposal_conclude(actor=SYSTEM, ballot=proposal.ballot)

    assert factory.fresh(proposal).state == state
    assert RecordedAct.objects.count() == before


def commented(state: CommentState) -> Comment:
    """A comment brought to a state by the services."""
    writer = make.actor(make.person("Bina Das"))
    comment = services.comment_post(actor=writer, proposal=factory.consulted(), text="Too wide.")
    chair = make.actor(make.officer(Office.CHAIR, sector=Sector.SARKAR))
    if state != CommentState.POSTED:
        services.comment_remove(actor=factory.clerk(), comment=comment, reason="Off the matter.")
    if state not in (CommentState.POSTED, CommentState.REMOVED):
        services.removal_appeal(actor=writer, comment=comment, reason="It is not.")
    if state in (CommentState.RESTORED, CommentState.UPHELD):
        restore = state == CommentState.RESTORED
        services.appeal_decide(actor=chair, comment=comment, restore=restore, reason="So it is.")
    return Comment.objects.select_related("author", "revision__proposal__author").get(pk=comment.pk)


MODERATION = {
    "remove": (
        lambda actor, it: services.comment_remove(actor=actor, comment=it, reason="No."),
        {"clerk"},
        {CommentState.POSTED: CommentState.REMOVED},
    ),
    "appeal": (
        lambda actor, it: services.removal_appeal(actor=actor, comment=it, reason="Yes."),
        {"writer"},
        {CommentState.REMOVED: CommentState.APPEALED},
    ),
    "restore": (
        lambda actor, it: services.appeal_decide(
            actor=actor, comment=it, restore=True, reason="It is."
        ),
        {"chair"},
        {CommentState.APPEALED: CommentState.RESTORED},
    ),
    "uphold": (
        lambda actor, it: services.appeal_decide(
            actor=actor, comment=it, restore=False, reason="It is not."
        ),
        {"chair"},
        {CommentState.APPEALED: CommentState.UPHELD},
    ),
}


@pytest.mark.parametrize("state", CommentState)
def test_moderation_is_for_its_people_in_its_states(state):
    comment = commented(state)
    people = actors(comment.revision.proposal) | {"writer": make.actor(comment.author)}

    for event, (attempt, may, leads) in MODERATION.items():
        for who, actor in people.items():
            came = "done"
            with undone():
                try:
                    with transaction.atomic():
                        attempt(actor, comment)
                except NotPermitted:
                    came = "forbidden"
                except DomainError:
                    came = "refused"
                then = Comment.objects.get(pk=comment.pk).state
            expected = "forbidden" if who not in may else "done" if state in leads else "refused"
            assert (event, who, came) == (event, who, expected)
            assert then == leads.get(state, state) if came == "done" else then == state


def test_withdrawing_a_called_ballot_calls_it_off(clock):
    proposal = factory.balloting(clock)

    services.proposal_withdraw(
        actor=make.actor(proposal.author), proposal=proposal, reason="A better one came."
    )

    proposal = factory.fresh(proposal)
    assert (proposal.state, proposal.ballot.state) == (P.WITHDRAWN, "annulled")
    assert proposal.ballot.annulment == "A better one came."
    kinds = RecordedAct.objects.order_by("-id").values_list("kind", flat=True)[:2]
    assert set(kinds) == {"voting.ballot.annulled", "proposals.proposal.withdrawn"}


def test_a_proposal_is_not_taken_back_from_chambers_that_vote(clock):
    proposal = factory.balloting(clock)
    clock.advance("8 days")
    services_before = RecordedAct.objects.count()
    factory.ballots_turn()
    opened = RecordedAct.objects.count()

    with pytest.raises(errors.VotingBegun):
        services.proposal_withdraw(
            actor=make.actor(proposal.author), proposal=proposal, reason="Oh no."
        )

    proposal = factory.fresh(proposal)
    assert opened > services_before
    assert (proposal.state, proposal.ballot.state) == (P.BALLOTING, "open")
    assert RecordedAct.objects.count() == opened


def test_a_ballot_is_called_with_the_notice_of_its_procedure(clock):
    proposal = factory.balloting(clock)

    ballot = proposal.ballot

    assert ballot.opens_at - ballot.prepared_at == pytest.approx(
        dt.timedelta(days=ballot.procedure.notice_days), abs=dt.timedelta(seconds=5)
    )
