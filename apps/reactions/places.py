"""Where notices lead: addresses of pages, as the doors above keep them.

A test asks each of them as the person who is told.
"""

import uuid

from apps.listings.models import Listing, Marketplace

ME = "/me/"
BALLOTS = "/ballots/"
BAZAAR = "/bazaar/"
CLAIMS = "/bazaar/claims/"
MARKETS = "/bazaar/marketplaces/"
JOURNAL = "/sarkar/journal/"
SARKAR = "/sarkar/"


def act(seq: int) -> str:
    """The page of an act, with all that it concerns."""
    return f"/acts/{seq}/"


def ballot(code: str) -> str:
    """A ballot, where a seat votes."""
    return f"/ballots/{code}/"


def case(code: str) -> str:
    """The public page of a case that was heard."""
    return f"/cases/{code}/"


def case_at_desk(code: str) -> str:
    """A case at the officers' desk."""
    return f"/sarkar/cases/{code}/"


def appeal_at_desk(appeal: uuid.UUID) -> str:
    """An appeal at the officers' desk."""
    return f"/sarkar/cases/appeals/{appeal}/"


def contest(code: str) -> str:
    """A company's own contest."""
    return f"/bazaar/contests/{code}/"


def contest_at_desk(code: str) -> str:
    """A contest at the regulators' desk."""
    return f"/sarkar/contests/{code}/"


def answer(code: str) -> str:
    """The company's cases, at the one where it answers."""
    return f"/bazaar/cases/#{code}"


def listing(one: Listing) -> str:
    """The page of a listing."""
    return f"/listings/{one.code}/"


def market(one: Marketplace) -> str:
    """What a marketplace offers and owes, where it says what it has done."""
    return f"/bazaar/marketplaces/{one.slug}/"


def organisation(code: str) -> str:
    """The page of an organisation, for its members."""
    return f"/organisations/{code}/"


def proposal(code: str) -> str:
    """A proposal, where one comments and takes its next step."""
    return f"/proposals/{code}/"


def provider(slug: str) -> str:
    """The page of a provider."""
    return f"/providers/{slug}/"


def review(review_round: uuid.UUID) -> str:
    """A round of review."""
    return f"/reviews/{review_round}/"


def rule(code: str, number: int) -> str:
    """One version of a rule."""
    return f"/rules/{code}/v{number}/"
