"""Two hundred clicks at once are one vote, and nobody slips in while the ballot closes."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from django.test import Client

from apps.core.actor import SYSTEM
from apps.institutions.sectors import Sector
from apps.journal.models import RecordedAct
from apps.voting import errors
from apps.voting.models import Tally, Vote
from apps.voting.services import ballot_close
from tests.factories import institutions, voting

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 40


def ready(ballots):
    """A seat's token and some open ballots."""
    with transaction.atomic():
        term = voting.chambers(1)[Sector.BAZAAR][0]
        secret = institutions.token(term.user, "votes:write").secret
        return secret, [voting.opened() for _ in range(ballots)]


def storm(secret, ballot, times, choices=("yes",)):
    """Send many votes of one seat at the same time; count the answers by status."""
    barrier = threading.Barrier(WORKERS)

    def work(number):
        barrier.wait()
        client = Client(headers={"Authorization": f"Bearer {secret}"})
        answers = Counter()
        for turn in range(times // WORKERS):
            answer = client.post(
                f"/api/v1/ballots/{ballot.code}/votes",
                {"choice": choices[(number + turn) % len(choices)]},
                "application/json",
            )
            answers[answer.status_code] += 1
        connections.close_all()
        return answers

    with ThreadPoolExecutor(WORKERS) as pool:
        return sum(pool.map(work, range(WORKERS)), Counter())


def votes_of(ballot):
    return Vote.objects.filter(ballot=ballot)


def test_two_hundred_submissions_at_once_are_one_vote(settings):
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 100_000)
    secret, (ballot,) = ready(1)

    answers = storm(secret, ballot, 200)

    assert answers == {201: 200}
    assert votes_of(ballot).count() == 1
    assert RecordedAct.objects.filter(kind="voting.vote.cast").count() == 1


@pytest.mark.nightly
@pytest.mark.timeout(1200)
def test_two_hundred_submissions_on_each_of_twenty_ballots(settings):
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 100_000)
    secret, ballots = ready(20)

    for number, ballot in enumerate(ballots):
        choices = ("yes",) if number % 2 else ("yes", "no", "abstain")
        assert storm(secret, ballot, 200, choices) == {201: 200}

    for number, ballot in enumerate(ballots):
        assert votes_of(ballot).standing().count() == 1
        if number % 2:
            assert votes_of(ballot).count() == 1


def test_a_vote_at_the_closing_instant_is_refused_or_counted(clock):
    with transaction.atomic():
        terms = [term for held in voting.chambers(5).values() for term in held]
        ballot = voting.opened()
    clock.advance("6 days 23:59:59.7")
    accepted, barrier = [], threading.Barrier(len(terms) + 1)

    def vote(term):
        barrier.wait()
        try:
            voting.marked(ballot, term)
            accepted.append(term.pk)
        except errors.BallotClosed:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=vote, args=[term]) for term in terms]
    for thread in threads:
        thread.start()
    barrier.wait()
    for thread in threads:
        thread.join()
    clock.advance("1 second")
    ballot_close(actor=SYSTEM, ballot=ballot)

    counted = sum(Tally.objects.filter(ballot=ballot).values_list("yes", flat=True))
    assert counted == len(accepted) == votes_of(ballot).standing().count()
