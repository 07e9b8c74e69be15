"""The chain from a ballot's end to changed standings, and what must be found once it is through.

Evidence is read in plain SQL, so that the same eyes judge a test's database and a portal's.
"""

import dataclasses
from collections.abc import Callable
from typing import Any

from apps.compliance.services import reassess
from apps.listings.models import Listing
from apps.listings.services import follow_begin as listing_follow
from apps.proposals.models import Proposal
from apps.proposals.services import follow_begin as proposal_follow
from apps.voting.services import ballots_turn
from apps.voting.states import Choice
from tests.conftest import Clock
from tests.factories import institutions as make
from tests.factories import listings, voting
from tests.factories import proposals as factory

TO_THE_END, TO_THE_START = "30 days", "16 days"
ONCE = (
    "voting.ballot.closed",
    "proposals.proposal.concluded",
    "policy.rule.entered",
    "policy.rule.started",
)
VERSIONS = "select state, origin_ref from policy_ruleversion"
PROPOSALS = "select code, state from proposals_proposal"
ACTS = """
select kind, count(*) from journal_act where kind = any(%s) and id > %s group by kind
"""
CHANGED = """
select jsonb_array_elements_text(payload::jsonb -> 'listings') from journal_act
where kind = 'compliance.standings.changed' and id > %s order by 1
"""
OPEN = """
select listing_id::text, max(outcome) from compliance_standing
where until_at is null group by 1 order by 1
"""
NOTICES = """
select kind, count(*), count(distinct person_id), count(distinct told.seq)
from notices_notice told join journal_seq placed on placed.seq = told.seq
where placed.act_id > %s and kind <> 'act-parked' group by kind order by kind
"""
UNSENT = """
select count(*) from notices_notice told
where not exists (select from notices_mail where notice_id = told.id)
"""
STANDINGS = "select count(*) from compliance_standing"
SEQS = "select seq, act_id from journal_seq order by seq"
ACT_IDS = "select id from journal_act order by id"
PARKED = "select count(*) from journal_parked"
Execute = Callable[[str, list[Any]], list[tuple]]


@dataclasses.dataclass(frozen=True)
class World:
    """A ballot that three chambers have voted in, a moment before time ends it."""

    code: str
    after_act: int
    changed: list[str]
    spared: list[str]
    standings: int
    told: dict[str, int]


def prepare(clock: Clock, execute: Execute) -> World:
    """Bring a proposal to its last vote; its rule will suspend two listings and spare two.

    One person follows the proposal, and one of the listings that will be suspended.
    """
    tasks = ("text-generation", "text-generation", "emotion-recognition", "translation")
    offered = {str(listings.listing(task=task).pk) for task in tasks}
    reassess()
    terms = voting.chambers()
    proposal = factory.balloting(clock)
    _follow(proposal)
    clock.advance("8 days")
    ballots_turn()
    reassess()
    for term in [term for chamber in terms.values() for term in chamber]:
        voting.marked(proposal.ballot, term, Choice.YES)
    shown = {str(listing) for listing in proposal.freeze.impact.changed}
    return World(
        code=proposal.code,
        after_act=max(act for (act,) in execute(ACT_IDS, [])),
        changed=sorted(shown),
        spared=sorted(offered - shown),
        standings=execute(STANDINGS, [])[0][0],
        told={
            "ballot-closed": sum(map(len, terms.values())),
            "proposal-concluded": 2,
            "rule-coming-followed": 1,
            "standing-changed-followed": 1,
        },
    )


def _follow(proposal: Proposal) -> None:
    follower = make.actor(make.person("Ravi Iyer"))
    proposal_follow(actor=follower, proposal=proposal)
    listing_follow(
        actor=follower, listing=Listing.objects.get(pk=proposal.freeze.impact.changed[0])
    )


def faults(world: World, execute: Execute) -> list[str]:
    """Return every promise that the chain broke, in words; none is as it must be."""
    return [
        *_law(world, execute), *_acts(world, execute), *_standings(world, execute),
        *_notices(world, execute), *_journal(execute),
    ]  # fmt: skip


def _law(world: World, execute: Execute) -> list[str]:
    found = []
    if (versions := execute(VERSIONS, [])) != [("in_force", world.code)]:
        found.append(f"not one rule in force, but {versions}")
    if (proposals := execute(PROPOSALS, [])) != [(world.code, "adopted")]:
        found.append(f"not one adopted proposal, but {proposals}")
    return found


def _acts(world: World, execute: Execute) -> list[str]:
    counts = dict(execute(ACTS, [list(ONCE), world.after_act]))
    return [
        f"{kind} stands {counts.get(kind, 0)} times" for kind in ONCE if counts.get(kind, 0) != 1
    ]


def _standings(world: World, execute: Execute) -> list[str]:
    found = []
    stand = dict(execute(OPEN, []))
    outcomes = {listing: stand.pop(listing, None) for listing in [*world.changed, *world.spared]}
    expected = dict.fromkeys([*world.changed, *world.spared], 0)
    expected |= dict.fromkeys(world.changed, 3)
    if outcomes != expected or stand:
        found.append(f"standings are {outcomes}, not {expected}")
    named = [listing for (listing,) in execute(CHANGED, [world.after_act])]
    if named != world.changed:
        found.append(f"the acts named {named}")
    rows = execute(STANDINGS, [])[0][0]
    if rows != world.standings + len(world.changed):
        found.append(f"{rows} standings were kept, where {world.standings} stood before")
    return found


def _notices(world: World, execute: Execute) -> list[str]:
    """Each act of the chain told whom it concerns once, with an e-mail for each notice."""
    rows = execute(NOTICES, [world.after_act])
    found = []
    if (told := {kind: count for kind, count, _people, _acts in rows}) != world.told:
        found.append(f"told {told}, not {world.told}")
    found += [f"{kind} was told twice" for kind, count, people, _acts in rows if count != people]
    found += [f"{kind} was told of {acts} acts" for kind, _c, _p, acts in rows if acts != 1]
    if execute(UNSENT, []) != [(0,)]:
        found.append("a notice has no e-mail")
    return found


def _journal(execute: Execute) -> list[str]:
    found = []
    rows = execute(SEQS, [])
    if [seq for seq, _act in rows] != list(range(1, len(rows) + 1)):
        found.append("seq has a gap or a double")
    if sorted(act for _seq, act in rows) != [row[0] for row in execute(ACT_IDS, [])]:
        found.append("an act was not numbered, or twice")
    if execute(PARKED, []) != [(0,)]:
        found.append("an act is still parked")
    return found
