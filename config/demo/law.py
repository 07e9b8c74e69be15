"""The rules of the demonstration, their second versions, and what is granted beside them."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from apps.compliance.services import (
    ExemptionDraft,
    SandboxDraft,
    exemption_grant,
    sandbox_grant,
)
from apps.core.clock import now
from apps.listings.models import Listing
from apps.policy.engine import Mode, Outcome
from apps.policy.models import Rule, RuleVersion
from apps.policy.services import (
    ClauseDraft,
    ConditionDraft,
    DutyDraft,
    ExampleDraft,
    ParameterDraft,
    RuleDraft,
    rule_enter,
)
from config.demo.people import Cast

FILE = Path(__file__).with_name("rules.json")
REGULATORS = {"world": "registry", "eu": "eu", "in": "in", "gb": "gb"}


def rules() -> list[dict[str, Any]]:
    """Return the rules as they are written in the file."""
    return json.loads(FILE.read_text("utf-8"))["rules"]


def enter(cast: Cast, chapter: int) -> None:
    """Let regulators enter the rules of one chapter; they begin at once."""
    for row in rules():
        if row["chapter"] == chapter:
            rule_enter(actor=cast.actor(REGULATORS[row["regulator"]]), draft=draft(row))


def tighten(cast: Cast) -> None:
    """Enter a second version of one rule, in warn mode after advise."""
    [row] = [row for row in rules() if row["name"] == "toxicity"]
    rule = rule_titled(row["title"])
    again = replace(
        draft(row),
        mode=Mode.WARN,
        summary="Half a year of advice is over: from now on the rule warns.",
    )
    rule_enter(actor=cast.actor("eu"), draft=again, rule=rule)


def schedule(cast: Cast) -> None:
    """Enter a next version of one rule that begins in a week: it is in force for nobody yet."""
    [row] = [row for row in rules() if row["name"] == "red-team"]
    later = replace(draft(row), mode=Mode.WARN, effective_at=now() + dt.timedelta(days=8))
    rule_enter(actor=cast.actor("gb"), draft=later, rule=rule_titled(row["title"]))


def grants(cast: Cast) -> None:
    """Open a trial, exempt one listing in it and one outside, and set a measure."""
    trial = sandbox_grant(
        actor=cast.actor("in"),
        draft=SandboxDraft(
            name="Hospital language trial",
            jurisdictions=["IN"],
            uses=["medical"],
            cohort_cap=3,
            exit_plan="Two clinics, doctors review each answer; all offers end with the trial.",
            legal_basis="Invented for this demonstration",
            until_at=now() + dt.timedelta(days=180),
        ),
    )
    exemption_grant(
        actor=cast.actor("in"),
        draft=ExemptionDraft(
            rule=rule_titled(title_of("medical")),
            listing=_listing("kaveri/kaveri-clinic"),
            sandbox=trial,
            reason="It takes part in the hospital language trial.",
            until_at=trial.until_at,
            jurisdictions=[],
            uses=[],
        ),
    )
    exemption_grant(
        actor=cast.actor("eu"),
        draft=ExemptionDraft(
            rule=rule_titled(title_of("marking")),
            listing=_listing("fjord/fjord-vision"),
            reason="A museum tests another way of marking; visitors are told at the door.",
            until_at=now() + dt.timedelta(days=120),
            jurisdictions=["DE"],
            uses=["creative"],
        ),
    )


def draft(row: dict[str, Any]) -> RuleDraft:
    """Return one rule of the file as a regulator would write it."""
    sunset = row.get("sunset")
    return RuleDraft(
        title=row["title"],
        summary=row["summary"],
        authority=row["authority"],
        expression=row["expression"],
        outcome=Outcome.of(row["outcome"]),
        mode=Mode(row["mode"]),
        jurisdictions=row["jurisdictions"],
        uses=row["uses"],
        allowed_jurisdictions=row.get("allowed_jurisdictions", []),
        sunset_at=dt.datetime.fromisoformat(sunset).replace(tzinfo=dt.UTC) if sunset else None,
        legal_basis=row["legal_basis"],
        citation=row["citation"],
        clauses=[ClauseDraft(text=text, expression=part) for text, part in row["clauses"]],
        conditions=[
            ConditionDraft(code=code, text=text) for code, text in row.get("conditions", [])
        ],
        duties=[
            DutyDraft(addressee=who, code=code, text=text, due_amount=amount, due_unit=unit)
            for who, code, text, amount, unit in row.get("duties", [])
        ],
        parameters=[
            ParameterDraft(name=name, value=value, unit=unit)
            for name, value, unit in row.get("parameters", [])
        ],
        examples=[
            ExampleDraft(fires=fires, facts="\n".join(facts), note=note)
            for fires, facts, note in row["examples"]
        ],
    )


def rule_titled(title: str) -> Rule:
    """Return the rule of a title."""
    return RuleVersion.objects.select_related("rule").get(title=title, number=1).rule


def title_of(name: str) -> str:
    """Return the title of a rule by its name in the file."""
    return next(row["title"] for row in rules() if row["name"] == name)


def _listing(external_id: str) -> Listing:
    return Listing.objects.get(source="demo", external_id=external_id)
