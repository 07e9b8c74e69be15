"""The whole loop: a report of misuse, a case, a rule that was missing, and a second decision.

Four people and a machine act in turn: someone who reports, an officer, a company and a proposer,
and a marketplace's server; beside them those whom procedure asks for.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from tests.journeys import deliberation
from tests.journeys.grounds import Ground
from tests.journeys.visitors import Visitor

PLACE = "IN"
TOLD = re.compile(r"The standing of (your listing|\d+ of your listings)")
DONE = {"apply": "applied", "lift": "lifted"}
OVERTAKEN = "/problems/acknowledgement-overtaken"
# 26 signs of Crockford's alphabet, in groups of four.
RECEIPT = re.compile(r"\b(?:[0-9A-HJKMNP-TV-Z]{4} ){6}[0-9A-HJKMNP-TV-Z]{2}\b")


@dataclass(frozen=True)
class Story:
    """What is reported, who takes part, and which rule is found missing."""

    listing: str
    task: str
    use: str
    company: str
    thing: str
    harm: str
    told: str
    title: str
    rule_title: str
    sku: str


SPEECH = Story(
    listing="kaveri/kaveri-headset",
    task="automatic-speech-recognition",
    use="workplace",
    company="owner",
    thing="The headset of our call centre",
    harm="unfair",
    told="It writes down all we say between calls, and who speaks too slowly loses pay.",
    title="Speech recognition that scores people at work",
    rule_title="Speech recognition at work waits for consent",
    sku="OS-0091",
)


@dataclass
class Loop:
    """The walk so far: the ground, the story, and what has come of it."""

    ground: Ground
    story: Story
    code: str = ""
    receipt: str = ""
    case: str = ""
    measure: str = ""

    def outcome(self, **asked: str) -> str:
        """What the decision API says of the listing in the place."""
        return self.decision(**asked).get("outcome", "")

    def decision(self, **asked: str) -> Mapping:
        return self.ground.api("decisions", model=self.code, jurisdiction=PLACE, **asked)


def walk(ground: Ground, story: Story = SPEECH) -> None:
    """Walk the loop once."""
    loop = Loop(ground, story)
    listed(loop)
    offered(loop)
    reported(loop)
    officer = case_opened(loop)
    company = answered(loop, officer)
    decided(loop, officer)
    applied(loop)
    deliberation.walk(loop)
    notified(loop, company)
    appealed(loop, company)
    applied(loop)
    reporter_reads(loop)


def listed(loop: Loop) -> None:
    """Let the company list the model by its card."""
    story, company = loop.story, loop.ground.visitor(loop.story.company)
    card = {"license": "apache-2.0", "pipeline_tag": story.task}
    company.open("/bazaar/import/")
    company.send("rows", rows=json.dumps({"id": story.listing, "metadata": card}))
    asked = {"model": story.listing, "jurisdiction": PLACE}
    known = loop.ground.wait(lambda: _assessed(loop.ground.api("decisions", **asked)))
    loop.code = known["listing"]


def _assessed(answer: Mapping) -> Mapping | None:
    return answer if answer.get("registered") else None


def offered(loop: Loop) -> None:
    """Let the marketplace offer the listing, so that decisions on it concern its server."""
    ground, story = loop.ground, loop.story
    keeper = ground.visitor("market")
    keeper.open("/bazaar/marketplaces/open-shelf/")
    keeper.send("sku", listing=loop.code, sku=story.sku)
    assert story.sku in keeper.text


def reported(loop: Loop) -> None:
    """Report without signing in; the receipt is shown once."""
    story, reporter = loop.story, loop.ground.visitor()
    reporter.open(f"/listings/{loop.code}/")
    reporter.follow("Report")
    reporter.send(
        "story",
        thing=story.thing,
        harms=[story.harm],
        story=story.told,
        jurisdiction=PLACE,
        good_faith="on",
    )
    loop.receipt = RECEIPT.search(reporter.text)[0].replace(" ", "-")
    assert "Received" in with_receipt(loop)


def with_receipt(loop: Loop) -> str:
    """What someone with the receipt reads of the report."""
    holder = loop.ground.visitor()
    holder.open("/samaj/answers/")
    holder.send("receipt", receipt=loop.receipt)
    return holder.text


def case_opened(loop: Loop) -> Visitor:
    """Make a case of the report, and give it to the officer who opened it."""
    story, officer = loop.story, loop.ground.visitor("in")
    officer.open("/sarkar/cases/")
    officer.follow(story.thing)
    assert story.told in officer.text
    officer.send("title", title=story.title, severity="3", jurisdictions=PLACE)
    loop.case = officer.page.url.strip("/").rsplit("/", 1)[1]
    officer.send("officer", officer=officer.option("officer", "Vikram Iyer"))
    return officer


def answered(loop: Loop, officer: Visitor) -> Visitor:
    """Send the allegation; the company answers it from its own page."""
    officer.send("text", text="The model is offered for scoring people at work without consent.")
    assert loop.ground.line("GET", f"/cases/{loop.case}/", {})[0] == 404

    company = loop.ground.visitor(loop.story.company)
    company.open("/bazaar/cases/")
    company.do(
        f"/cases/{loop.case}/answer/",
        stance="partly",
        statement="One customer did so against our terms.",
        confidential="The customer is named in our letter.",
    )
    stranger = loop.ground.visitor()
    stranger.open(f"/cases/{loop.case}/")
    assert "One customer did so against our terms." in stranger.text
    assert "The customer is named" not in stranger.text
    return company


def decided(loop: Loop, officer: Visitor) -> None:
    """Decide with reasons; the decision API says so at once."""
    assert loop.outcome() == "allow"
    officer.open(f"/sarkar/cases/{loop.case}/")
    officer.send(
        "facts",
        outcome="3",
        ground="licence",
        facts="Recordings of five workers show that their pay followed the scores.",
        reasons="The terms of the listing forbid to score people without their consent.",
        milder="A notice would leave the scores in use.",
        jurisdictions=PLACE,
    )
    loop.ground.wait(lambda: loop.outcome() == "suspend")
    asked = loop.decision()
    assert not asked["may_be_offered"]
    [reason] = [one for one in asked["reasons"] if one["measure"]]
    loop.measure = reason["measure"]
    stranger = loop.ground.visitor()
    stranger.open(f"/cases/{loop.case}/")
    assert "A notice would leave the scores in use." in stranger.text


def applied(loop: Loop) -> None:
    """Let the marketplace's server acknowledge what it was asked to apply or to lift."""
    visitor = loop.ground.visitor()

    def done() -> bool:
        if not _acknowledged(loop) or _owed(loop):
            return False
        visitor.open(f"/listings/{loop.code}/")
        return "Applied by 1 of 1 marketplace" in visitor.text

    loop.ground.wait(done)


def _acknowledged(loop: Loop) -> bool:
    """Acknowledge what is owed, if anything is; say no where a later change overtook it.

    The decision API knows a measure at once, what marketplaces owe follows by a reaction: a server
    that reads in between is told to read again.
    """
    owed = _owed(loop)
    if owed is None:
        return False
    words = [{"id": owed["id"], "kind": kind} for kind in ("seen", DONE[owed["demand"]])]
    status, answer = loop.ground.said("POST", "acknowledgements", {"acknowledgements": words})
    assert status in {200, 201} or answer["type"] == OVERTAKEN, answer
    return status in {200, 201}


def _owed(loop: Loop) -> Mapping | None:
    rows = loop.ground.machine("GET", "acknowledgements?limit=1000")["acknowledgements"]
    return next((row for row in rows if row["listing"] == loop.code), None)


def notified(loop: Loop, company: Visitor) -> None:
    """Read in the company's inbox that its listing stands otherwise since the rule began."""

    def told() -> bool:
        company.open("/me/inbox/?show=all")
        return bool(TOLD.search(company.text))

    assert loop.ground.wait(told)


def appealed(loop: Loop, company: Visitor) -> None:
    """Appeal; someone who never touched the case puts another decision in its place."""
    company.open("/bazaar/cases/")
    company.do(f"/cases/{loop.case}/appeal/", text="We have ended the contract with the customer.")
    other = loop.ground.visitor("registry")
    other.open("/sarkar/cases/")
    other.follow(loop.story.title)
    other.send(
        "new-facts",
        **{
            "change": "1",
            "new-outcome": "0",
            "new-ground": "none",
            "new-facts": "The contract has ended; nobody is scored any more.",
            "new-reasons": "What the decision was to stop has stopped.",
        },
    )
    loop.ground.wait(lambda: loop.outcome() == "allow")
    assert loop.outcome(use=loop.story.use) == "suspend"  # by the rule, which stands


def reporter_reads(loop: Loop) -> None:
    """Read with the receipt how it came out."""
    text = with_receipt(loop)
    assert "What the decision was to stop has stopped." in text
