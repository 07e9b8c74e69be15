"""The second half of the loop: from a case that shows what is missing to a rule that runs."""

import datetime as dt
from typing import TYPE_CHECKING

from tests.factories.policy import example_rows, rule_draft
from tests.journeys.grounds import Ground
from tests.journeys.visitors import Visitor

if TYPE_CHECKING:
    from tests.journeys.loop import Loop

CONSULTATION, NOTICE, OPEN = "31 days", "8 days", "7 days"
SEATS = {"samaj": "yes", "sarkar": "yes", "bazaar": "yes", "market": "abstain"}
REVIEWER = "gb@demo.example"


def walk(loop: "Loop") -> str:
    """Bring the missing rule into force; return its code."""
    author = proposed(loop)
    proposal = author.page.url.strip("/").rsplit("/", 1)[1]
    clerk = consulted(loop.ground, proposal, author)
    reviewed(loop.ground, proposal, clerk)
    shown = frozen(loop, proposal, author)
    voted(loop.ground, proposal, clerk)
    return in_force(loop, proposal, shown)


def proposed(loop: "Loop") -> Visitor:
    """Start from the public page of the case, and write the text."""
    story, author = loop.story, loop.ground.visitor("member")
    author.open(f"/cases/{loop.case}/")
    author.follow("Where a rule is missing")
    author.send(
        "expression",
        press="keep",
        justification="Nothing forbids to score people at work by their voices.",
        title=story.rule_title,
        authority="The three chambers of Sangam",
        legal_basis="Charter, clause 4",
        summary="Suspends such models for this use until consent is shown.",
        outcome="3",
        mode="enforce",
        uses=[story.use],
        expression=f'listing.task == "{story.task}"',
        **{"clauses-0-text": "A model of this kind is suspended for this use."},
        **example_rows(
            rule_draft(f'listing.task == "{story.task}"', uses=[story.use], jurisdictions=[])
        ),
    )
    assert loop.case in author.text
    return author


def consulted(ground: Ground, proposal: str, author: Visitor) -> Visitor:
    """Submit it, open the consultation, and let someone comment on a clause."""
    author.do("/submit/")
    assert state(ground, proposal) == "submitted"
    clerk = ground.visitor("clerk")
    clerk.open(f"/proposals/{proposal}/")
    clerk.do("/consultation/")

    neighbour = ground.visitor("samaj")
    neighbour.open(f"/proposals/{proposal}/")
    neighbour.do("/comments/", text="Say how consent is shown.", clause="1")
    assert "Say how consent is shown." in neighbour.text
    return clerk


def reviewed(ground: Ground, proposal: str, clerk: Visitor) -> None:
    """Let the consultation end by the clock; a reviewer finds the text ready."""
    ground.advance(CONSULTATION)
    found = ground.wait(lambda: told(ground, proposal)["review"])
    clerk.open(f"/reviews/{found}/")
    clerk.do("/ask/", reviewer=REVIEWER)

    reviewer = ground.visitor(REVIEWER.split("@", maxsplit=1)[0])
    reviewer.open("/reviews/")
    reviewer.open(f"/reviews/{found}/")
    reviewer.do("/accept/")
    reviewer.do("/verdict/", kind="ready", reasons="The text and the expression say the same.")
    clerk.open(f"/reviews/{found}/")
    clerk.do("/close/")


def frozen(loop: "Loop", proposal: str, author: Visitor) -> set[str]:
    """Freeze the text; return the listings that it would change, as everyone is shown them."""
    author.open(f"/proposals/{proposal}/")
    author.do("/freeze/")
    impacts = told(loop.ground, proposal)["revisions"][-1]["impacts"]
    [impact] = [one for one in impacts if one["occasion"] == "frozen"]
    asked = [loop.ground.api("decisions", model=one) for one in impact["changed"]]
    shown = {answer["listing"] for answer in asked}
    assert loop.code in shown
    return shown


def voted(ground: Ground, proposal: str, clerk: Visitor) -> None:
    """Call the ballot; seats of three chambers vote, and the clock ends it."""
    clerk.open(f"/proposals/{proposal}/")
    clerk.do("/ballot/")
    ballot = told(ground, proposal)["ballot"]
    ground.advance(NOTICE)
    ground.wait(lambda: ground.api(f"ballots/{ballot}")["state"] == "open")
    for person, choice in SEATS.items():
        seat = ground.visitor(person)
        seat.open(f"/ballots/{ballot}/")
        seat.do("/vote/", choice=choice)
        assert "Your seat said" in seat.text
    ground.advance(OPEN)
    ground.wait(lambda: state(ground, proposal) == "adopted")
    visitor = ground.visitor()
    visitor.open(f"/ballots/{ballot}/")
    assert "Every chamber that decides carried it." in visitor.text


def in_force(loop: "Loop", proposal: str, shown: set[str]) -> str:
    """Let the standstill pass; exactly the listings that were shown change. Return the rule."""
    ground = loop.ground
    rule = told(ground, proposal)["rule"]
    [version] = ground.api(f"rules/{rule}")["versions"]
    begins = dt.datetime.fromisoformat(version["effective_at"])
    left = begins - ground.advance("0 seconds")
    ground.advance(f"{left.total_seconds() / 60 - 20:.0f} minutes")
    settled = _position(ground)
    assert loop.outcome(use=loop.story.use) == "suspend"  # by the decision, not yet by the rule

    ground.advance("30 minutes")
    ground.wait(lambda: _changed(ground, settled) >= shown)
    assert _changed(ground, settled) == shown
    for code in shown:
        asked = ground.api("decisions", model=code, use=loop.story.use)
        assert asked["outcome"] in {"suspend", "prohibit"}
        assert rule in {reason["rule"] for reason in asked["reasons"]}
    return rule


def told(ground: Ground, proposal: str) -> dict:
    """The proposal as the API tells it."""
    return ground.api(f"proposals/{proposal}")


def state(ground: Ground, proposal: str) -> str:
    """Where the proposal is."""
    return told(ground, proposal)["state"]


def _position(ground: Ground) -> int:
    """The end of the feed once time's own changes have come to rest."""

    def at_rest() -> int | None:
        before = ground.api("standings", after=0, limit=1)["position"]
        ground.rest()
        after = ground.api("standings", after=0, limit=1)["position"]
        return after if before == after else None

    return ground.wait(at_rest)


def _changed(ground: Ground, seq: int) -> set[str]:
    feed = ground.api("standings", after=seq, limit=20)
    return {row["listing"] for change in feed["changes"] for row in change["listings"]}
