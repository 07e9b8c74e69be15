"""Ballots: anyone reads, seats of the roll vote and step aside."""

from tests.authorisation.roles import BARRED, EVERYONE, Role, World
from tests.authorisation.rows import Row, Sent

PUBLIC = {200: EVERYONE - BARRED}
SEATS = frozenset({Role.SEAT_SAMAJ, Role.SEAT_SARKAR, Role.SEAT_BAZAAR})
ASIDE = {"interest": "own-case", "reason": "The matter grew out of my case."}


def ballot(world: World) -> dict:
    return {"code": world.things["ballot"]}


ROWS = {
    "commons:ballots": Row(get=PUBLIC),
    "commons:ballot": Row(at=ballot, get=PUBLIC),
    "commons:ballot_vote": Row(at=ballot, post=Sent({"choice": "yes"}, {302: SEATS})),
    "commons:ballot_step_aside": Row(at=ballot, post=Sent(ASIDE, {302: SEATS})),
    "api-ballots": Row(get=PUBLIC),
    "api-ballot": Row(at=ballot, get=PUBLIC),
    "api-ballot-recount": Row(at=ballot, get={409: EVERYONE - BARRED}),
    "api-ballot-votes": Row(at=ballot, post=Sent({"choice": "yes"}, {201: SEATS})),
    "api-ballot-recusals": Row(at=ballot, post=Sent(ASIDE, {201: SEATS})),
}
