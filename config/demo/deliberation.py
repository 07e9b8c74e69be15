"""Proposals of the demonstration, each brought to another state, with reviews and ballots."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from apps.core.actor import Actor
from apps.policy.services import RuleDraft
from apps.policy.states import StatuteKind
from apps.proposals.models import Proposal
from apps.proposals.services import (
    ballot_call,
    comment_post,
    comment_remove,
    consultation_open,
    proposal_start,
    proposal_submit,
    proposal_withdraw,
    removal_appeal,
    text_freeze,
)
from apps.reviews.models import Assignment
from apps.reviews.services import assignment_accept, reviewer_ask, round_end, verdict_give
from apps.reviews.states import VerdictKind
from apps.voting.models import Ballot
from apps.voting.services import recusal_declare, vote_cast
from apps.voting.states import Choice, Interest
from config.demo.law import draft
from config.demo.people import Cast

FILE = Path(__file__).with_name("proposals.json")
MADE = "Adopted by the three chambers (invented for this demonstration)"
FIRST = ("card", "finance", "pictures")
SECOND = ("clinic", "toxicity")
REVIEWED = "oversight"
VERDICTS = {
    "card": ("chair-sarkar", VerdictKind.READY, "The clauses say what the expression does."),
    "finance": ("chair-bazaar", VerdictKind.WITH_NITS, "Fit for the vote, though a year is short."),
    "pictures": ("teller", VerdictKind.READY, "Plain, and it binds nobody against their will."),
    "clinic": ("gb", VerdictKind.WITH_NITS, "Ready. A clinic may ask who counts as qualified."),
    "toxicity": ("chair-sarkar", VerdictKind.READY, "It asks for a figure, and sets no bar."),
}
Y, N, A = Choice.YES, Choice.NO, Choice.ABSTAIN
VOTES: dict[str, dict[str, Choice]] = {
    "card": {
        "chair-samaj": Y,
        "samaj": Y,
        "teller": A,
        "chair-sarkar": Y,
        "sarkar": Y,
        "chair-bazaar": Y,
        "bazaar": Y,
        "market": N,
    },
    "finance": {
        "chair-samaj": Y,
        "samaj": Y,
        "teller": Y,
        "chair-sarkar": Y,
        "gb": A,
        "chair-bazaar": N,
        "bazaar": N,
        "market": Y,
    },
    "pictures": {"samaj": Y, "teller": N, "bazaar": Y, "market": Y},
    "clinic": {"chair-samaj": Y, "teller": Y, "bazaar": N},
}
VOICES = (
    ("samaj", 1, "A gap says little where the groups are small: ask for their sizes too."),
    ("in", None, "Our office would need to know who measured, not only what."),
    ("staff", 2, "One tenth of what? Name the measure, or small makers cannot comply."),
    ("chair-samaj", None, "हिन्दी में नोटिस भी दिखाया जाए, ताकि आवेदक उसे समझ सकें।"),
)
RUDE = "Whoever wrote this never hired anybody. Buy my course instead: example.com/hire"
UNFAIR = "The link was an example, not an advertisement."


def propose(cast: Cast, *names: str) -> None:
    """Let authors write and submit proposals."""
    for name in names:
        proposal = write(cast, name)
        proposal_submit(actor=_author(cast, name), proposal=proposal)


def write(cast: Cast, name: str, origin_ref: str = "") -> Proposal:
    """Let an author begin a proposal, which nobody else sees yet."""
    return proposal_start(
        actor=_author(cast, name),
        kind=StatuteKind(_row(name)["kind"]),
        draft=_draft(name),
        origin_ref=origin_ref,
    )


def submit(cast: Cast, name: str) -> None:
    """Let the author of a draft submit it."""
    proposal_submit(actor=_author(cast, name), proposal=titled(name))


def consult(cast: Cast, *names: str) -> None:
    """Let the clerk open consultations."""
    for name in names:
        consultation_open(actor=cast.actor("clerk"), proposal=titled(name))


def ask(cast: Cast, *names: str) -> None:
    """Let the clerk ask the reviewers; the consultations have just ended."""
    for name in names:
        _asked(cast, name, VERDICTS[name][0])


def review(cast: Cast, *names: str) -> None:
    """Let the reviewers answer, the clerk close the rounds, and the authors freeze their texts."""
    for name in names:
        reviewer, kind, reasons = VERDICTS[name]
        _answered(cast, name, reviewer, kind, reasons)
        round_end(actor=cast.actor("clerk"), review_round=_round(name))
        text_freeze(actor=_author(cast, name), proposal=titled(name))


def begin_review(cast: Cast) -> None:
    """Ask three people about one proposal: one of them has only been asked."""
    for reviewer in ("chair-bazaar", "bazaar", "sarkar"):
        _asked(cast, REVIEWED, reviewer)
    reasons = "Clause 1 reads well. Say what counts as being on record."
    _answered(cast, REVIEWED, "chair-bazaar", VerdictKind.WITH_NITS, reasons)
    accepted = Assignment.objects.get(round=_round(REVIEWED), reviewer=cast.users["sarkar"])
    assignment_accept(actor=cast.actor("sarkar"), assignment=accepted)


def call(cast: Cast, *names: str) -> None:
    """Let the clerk call the chambers."""
    for name in names:
        ballot_call(actor=cast.actor("clerk"), proposal=titled(name))


def vote(cast: Cast, *names: str) -> None:
    """Let seats vote, and one step aside."""
    for name in names:
        ballot = _ballot(name)
        for key, choice in VOTES[name].items():
            vote_cast(actor=cast.actor(key), ballot=ballot, choice=choice)
    if "card" in names:
        recusal_declare(
            actor=cast.actor("gb"),
            ballot=_ballot("card"),
            interest=Interest.OWN_CASE,
            reason="My office decides on such offers (invented).",
        )


def withdraw(cast: Cast) -> None:
    """Let an author take a proposal back."""
    proposal_withdraw(
        actor=_author(cast, "downloads"),
        proposal=titled("downloads"),
        reason="The comments showed that it would hide the models of small languages.",
    )


def voices(cast: Cast) -> None:
    """Let people comment; the clerk removes an advertisement, and its author appeals."""
    proposal, clerk = titled("hiring"), cast.actor("clerk")
    for key, clause, text in VOICES:
        comment_post(actor=cast.actor(key), proposal=proposal, text=text, clause=clause)
    rude = comment_post(actor=cast.actor("fjord"), proposal=proposal, text=RUDE)
    reason = "An advertisement, and an attack on a person: house rules 2 and 4."
    removed = comment_remove(actor=clerk, comment=rude, reason=reason)
    removal_appeal(actor=cast.actor("fjord"), comment=removed, reason=UNFAIR)


def titled(name: str) -> Proposal:
    """Return the proposal of a name in the file."""
    rows = Proposal.objects.select_related("author", "round", "ballot")
    return rows.get(title=_row(name)["title"])


@cache
def _rows() -> dict[str, dict[str, Any]]:
    rows = json.loads(FILE.read_text("utf-8"))["proposals"]
    return {row["name"]: row for row in rows}


def _row(name: str) -> dict[str, Any]:
    return _rows()[name]


def _draft(name: str) -> RuleDraft:
    return draft(_row(name) | {"authority": MADE, "legal_basis": "Charter of the portal"})


def _author(cast: Cast, name: str) -> Actor:
    return cast.actor(_row(name)["author"])


def _asked(cast: Cast, name: str, reviewer: str) -> Assignment:
    address = cast.users[reviewer].email
    return reviewer_ask(actor=cast.actor("clerk"), review_round=_round(name), reviewer=address)


def _answered(cast: Cast, name: str, reviewer: str, kind: VerdictKind, reasons: str) -> None:
    task = Assignment.objects.get(round=_round(name), reviewer=cast.users[reviewer])
    verdict_give(actor=cast.actor(reviewer), assignment=task, kind=kind, reasons=reasons)


def _round(name: str) -> Any:
    return titled(name).round


def _ballot(name: str) -> Ballot:
    return titled(name).ballot  # type: ignore[return-value]  # Only asked once it is called.
