"""Contests for tests: a listing that a rule catches, and what its company says."""

from apps.cases.models import Contest
from apps.cases.selectors.contests import contest_by_code
from apps.cases.services import ContestDraft, Ruling, contest_file, contest_rule, stay_decide
from apps.cases.states import ContestGround
from apps.core.actor import Actor
from apps.institutions.models import User
from apps.listings.models import Listing
from apps.policy.models import RuleVersion
from apps.reactions.runner import settle
from tests.factories import cases, institutions, policy


def caught(author: User | None = None) -> tuple[Listing, RuleVersion]:
    """A company's listing that a rule in force suspends in India, with its standing worked out."""
    actor = institutions.actor(author or institutions.regulator("IN"))
    listing = cases.company_listing()[1]
    version = policy.entered(actor=actor)
    settle()
    return listing, version


def speaker(listing: Listing) -> Actor:
    """The owner of the company that keeps a listing."""
    return institutions.actor(institutions.owner_of(listing.brought_by))


def draft(**changes: object) -> ContestDraft:
    """What a company says of a wrong match, whole."""
    facts = {"ground": ContestGround.MATCH, "statement": "The text speaks of cards; it has one."}
    return ContestDraft(**(facts | changes))


def filed(
    listing: Listing | None = None, version: RuleVersion | None = None, **changes: object
) -> Contest:
    """A contest that waits."""
    if listing is None or version is None:
        listing, version = caught()
    made = contest_file(
        actor=speaker(listing), listing=listing, rule_version=version, draft=draft(**changes)
    )
    return contest_by_code(made.code)


def stayed(contest: Contest, officer: User | None = None, *, granted: bool = True) -> Contest:
    """A contest whose stay was decided."""
    actor = institutions.actor(officer or institutions.regulator("IN"))
    stay_decide(actor=actor, contest=contest, granted=granted, reasons="It can wait so long.")
    return contest_by_code(contest.code)


def ruled(contest: Contest, *, upheld: bool = True, **changes: object) -> Contest:
    """A contest that someone uninvolved ruled on."""
    actor = institutions.actor(institutions.regulator("IN"))
    ruling = Ruling(upheld=upheld, **({"reasons": "The text says so."} | changes))
    contest_rule(actor=actor, contest=contest, ruling=ruling)
    return contest_by_code(contest.code)
