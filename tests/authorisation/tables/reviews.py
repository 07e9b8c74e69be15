"""Review rounds: anyone reads, who was asked answers, a clerk asks and closes."""

from collections.abc import Callable

from tests.authorisation.roles import BARRED, EVERYONE, Role, World
from tests.authorisation.rows import Row, Sent

PUBLIC = {200: EVERYONE - BARRED}
REVIEWER = {Role.REVIEWER}
CLERK = {Role.CLERK}
ASKING = {"reviewer": "samaj-1"}
VERDICT = {"kind": "ready", "reasons": "It is clear."}
DECLINED = {"reason": "I have no time."}


def at(thing: str) -> Callable[[World], dict]:
    """The address of a round."""
    return lambda world: {"review_round": world.things[thing]}


def asked(world: World) -> dict:
    """The address of the reviewer's assignment; for others it does not exist."""
    return {"assignment": world.things["assignment"]}


ROWS = {
    "commons:reviews": Row(get=PUBLIC),
    "commons:review": Row(at=at("round"), get=PUBLIC),
    "commons:review_ask": Row(at=at("round"), post=Sent({"seat": "samaj-1"}, {302: CLERK})),
    "commons:review_close": Row(at=at("reviewed"), post=Sent({}, {302: CLERK})),
    "commons:review_accept": Row(at=asked, post=Sent({}, {302: REVIEWER})),
    "commons:review_decline": Row(at=asked, post=Sent(DECLINED, {302: REVIEWER})),
    "commons:review_verdict": Row(at=asked, post=Sent(VERDICT, {302: REVIEWER})),
    "api-reviews": Row(get=PUBLIC),
    "api-review": Row(at=at("round"), get=PUBLIC),
    "api-review-assignments": Row(at=at("round"), post=Sent(ASKING, {201: CLERK})),
    "api-review-close": Row(at=at("reviewed"), post=Sent({}, {200: CLERK})),
    "api-assignment-acceptance": Row(at=asked, post=Sent({}, {200: REVIEWER})),
    "api-assignment-refusal": Row(at=asked, post=Sent(DECLINED, {200: REVIEWER})),
    "api-assignment-verdict": Row(at=asked, post=Sent(VERDICT, {201: REVIEWER})),
}
