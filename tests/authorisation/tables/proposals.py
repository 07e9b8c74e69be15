"""Proposals over the API: anyone reads what is public; authors, clerks and chairs move them."""

from collections.abc import Callable

from tests.authorisation.roles import BARRED, EVERYONE, SIGNED_IN, Role
from tests.authorisation.rows import Row, Sent, World
from tests.authorisation.tables.rules import DRAFT
from tests.authorisation.tables.sarkar import RULE

PUBLIC = {200: EVERYONE - BARRED}
AUTHOR = {Role.COMMUNITY}
CLERK = {Role.CLERK}
ANYONE_IN = SIGNED_IN | {Role.TOKEN}
REASON = {"reason": "For the record."}
FORM = RULE | {"kind": "policy", "summary": "Models without a card are suspended."}


def at(thing: str, comment: str = "") -> Callable[[World], dict]:
    """The address of a proposal, or of a comment on the one in consultation."""
    if comment:
        return lambda world: {"code": world.things[thing], "comment": world.things[comment]}
    return lambda world: {"code": world.things[thing]}


ROWS = {
    "api-proposals": Row(get=PUBLIC, post=Sent(DRAFT, {201: ANYONE_IN})),
    "api-proposal": Row(at=at("draft"), get={200: AUTHOR, 404: EVERYONE - AUTHOR - BARRED}),
    "api-proposal-revisions": Row(
        at=at("submitted"), post=Sent(DRAFT | {"summary": "Shorter."}, {201: AUTHOR})
    ),
    "api-proposal-submit": Row(at=at("draft"), post=Sent({}, {200: AUTHOR})),
    "api-proposal-consultation": Row(at=at("submitted"), post=Sent({}, {200: CLERK})),
    # Whoever may is told that the proposal is not so far.
    "api-proposal-review": Row(at=at("consulted"), post=Sent({}, {409: ANYONE_IN})),
    "api-proposal-another-review": Row(at=at("submitted"), post=Sent({}, {409: AUTHOR | CLERK})),
    "api-proposal-freeze": Row(at=at("submitted"), post=Sent({}, {409: AUTHOR | CLERK})),
    "api-proposal-ballot": Row(at=at("submitted"), post=Sent({}, {409: CLERK})),
    "api-proposal-withdrawal": Row(at=at("submitted"), post=Sent(REASON, {200: AUTHOR})),
    "api-proposal-comments": Row(
        at=at("consulted"), post=Sent({"text": "Too wide.", "clause": 1}, {200: ANYONE_IN})
    ),
    "api-proposal-follow": Row(at=at("consulted"), put={204: ANYONE_IN}, delete={204: ANYONE_IN}),
    "api-comment-removal": Row(at=at("consulted", "posted"), post=Sent(REASON, {200: CLERK})),
    "api-comment-appeal": Row(at=at("consulted", "removed"), post=Sent(REASON, {200: AUTHOR})),
    "api-comment-decision": Row(
        at=at("consulted", "appealed"),
        post=Sent(REASON | {"restore": True}, {200: {Role.CHAIR}}),
    ),
    "commons:proposals": Row(get=PUBLIC),
    "commons:proposal": Row(at=at("draft"), get={200: AUTHOR, 404: EVERYONE - AUTHOR - BARRED}),
    "commons:revision": Row(at=lambda world: at("submitted")(world) | {"number": 1}, get=PUBLIC),
    "commons:proposal_start": Row(get={200: SIGNED_IN}, post=Sent(FORM, {302: SIGNED_IN})),
    "commons:proposal_edit": Row(
        at=at("submitted"), get={200: AUTHOR}, post=Sent(FORM, {302: AUTHOR})
    ),
    "commons:proposal_submit": Row(at=at("draft"), post=Sent({}, {302: AUTHOR})),
    "commons:proposal_consult": Row(at=at("submitted"), post=Sent({}, {302: CLERK})),
    "commons:proposal_review": Row(at=at("consulted"), post=Sent({}, {409: SIGNED_IN})),
    "commons:proposal_renew": Row(at=at("submitted"), post=Sent({}, {409: AUTHOR | CLERK})),
    "commons:proposal_freeze": Row(at=at("submitted"), post=Sent({}, {409: AUTHOR | CLERK})),
    "commons:proposal_ballot": Row(at=at("submitted"), post=Sent({}, {409: CLERK})),
    "commons:proposal_withdraw": Row(at=at("submitted"), post=Sent(REASON, {302: AUTHOR})),
    "commons:proposal_follow": Row(at=at("consulted"), post=Sent({}, {302: SIGNED_IN})),
    "commons:proposal_comment": Row(
        at=at("consulted"), post=Sent({"text": "Too wide.", "clause": "1"}, {302: SIGNED_IN})
    ),
    "commons:comment_removal": Row(at=at("consulted", "posted"), post=Sent(REASON, {302: CLERK})),
    "commons:comment_appeal": Row(at=at("consulted", "removed"), post=Sent(REASON, {302: AUTHOR})),
    "commons:comment_decision": Row(
        at=at("consulted", "appealed"),
        post=Sent(REASON | {"restore": "yes"}, {302: {Role.CHAIR}}),
    ),
}
