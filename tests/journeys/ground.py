"""The first walk: a company lists models, a regulator brings a rule into force."""

import json
from pathlib import Path
from typing import Any

from tests.factories.policy import example_rows, rule_draft
from tests.journeys.grounds import Ground
from tests.journeys.visitors import Visitor

CARDS = (Path(__file__).parent / "cards.jsonl").read_text("utf-8")
PICTURES, FORECASTS = "chilled_remix", ("chronos-t5-small", "timesfm-1.0-200m")
RULE = {
    "title": "Forecasts of demand wait for their evaluation",
    "authority": "Ministry of Models",
    "legal_basis": "Model Markets Act, section 7",
    "citation": "Forecasting Order 2026, article 2",
    "outcome": "3",
    "mode": "enforce",
    "jurisdictions": "IN",
    "expression": 'listing.task == "time-series-forecasting"',
    "clauses-0-text": "A model that forecasts time series is suspended.",
} | example_rows(rule_draft('listing.task == "time-series-forecasting"'))


def walk(ground: Ground) -> None:
    """Walk from the import to the changed decision, and look at every step."""
    company = ground.visitor("owner")
    codes = cards_imported(ground, company)
    use = standing_cited(ground, company, codes[PICTURES])
    licence_changed(ground, company, codes[PICTURES], use)
    rule_brought_in(ground, codes)


def cards_imported(ground: Ground, company: Visitor) -> dict[str, str]:
    """Import real cards by the page; return the codes of the listings by their names."""
    company.open("/bazaar/import/")
    company.send("rows", rows=CARDS)
    run = company.page.url
    ground.wait(lambda: "Finished" in company.open(run).html)

    listed = ground.wait(lambda: _listed(ground))
    assert set(listed) == {PICTURES, *FORECASTS}
    return listed


def _listed(ground: Ground) -> dict[str, str]:
    """Return the codes of all cards once each has its facts."""
    names = [json.loads(line)["id"] for line in CARDS.splitlines()]
    asked = {name: ground.api("decisions", model=name, jurisdiction="IN") for name in names}
    known = {
        name.split("/")[1]: answer["listing"]
        for name, answer in asked.items()
        if answer.get("registered")
    }
    return known if len(known) == len(names) else {}


def standing_cited(ground: Ground, company: Visitor, code: str) -> str:
    """See a standing with a citation on both pages; return a use that the licence forbids."""
    forbidden = ground.wait(lambda: _forbidden_uses(ground, code))
    asked = ground.api("decisions", model=code, use=forbidden[0], jurisdiction="IN")
    assert asked["outcome"] == "prohibit"
    assert asked["reasons"]

    for page in (f"/listings/{code}/", f"/bazaar/listings/{code}/"):
        company.open(page)
        assert "Prohibited" in company.text
        assert any(link.startswith("/rules/R-") for link in company.links)
    return forbidden[0]


def _forbidden_uses(ground: Ground, code: str) -> list[str]:
    standings = ground.api(f"listings/{code}/standings")["standings"]
    return [use for one in standings if one["outcome"] == "prohibit" for use in one["uses"]]


def licence_changed(ground: Ground, company: Visitor, code: str, use: str) -> None:
    """Change the licence by the form; the new version is judged anew."""
    company.open(f"/bazaar/listings/{code}/")
    company.send("licence_text", licence_text="apache-2.0")
    assert "Version 2" in company.text

    def judged() -> Any:
        asked = ground.api("decisions", model=code, use=use, jurisdiction="IN")
        return asked if asked.get("version") == 2 else None

    assert ground.wait(judged)["outcome"] == "allow"
    ground.wait(lambda: ground.api(f"listings/{code}/standings")["standings"])
    assert _forbidden_uses(ground, code) == []
    company.open(f"/listings/{code}/")
    assert "Prohibited" not in company.text


def rule_brought_in(ground: Ground, codes: dict[str, str]) -> None:
    """Bring a rule into force by the form; exactly the forecasting models change."""
    touched = {codes[name] for name in FORECASTS}
    before = {code: _outcome(ground, code) for code in codes.values()}
    assert before == dict.fromkeys(codes.values(), "allow")
    begun = ground.api("standings", after=0, limit=1)["position"]

    regulator = ground.visitor("in")
    regulator.open("/sarkar/rules/enter/")
    regulator.send("expression", press="enter", **RULE)
    assert regulator.page.url.startswith("/rules/R-"), regulator.text

    ground.wait(lambda: _changed_since(ground, begun) >= touched)
    assert _changed_since(ground, begun) == touched
    assert {code for code in codes.values() if _outcome(ground, code) == "suspend"} == touched
    asked = ground.api("decisions", model=codes[FORECASTS[0]], jurisdiction="IN")
    assert not asked["may_be_offered"]
    code = regulator.page.url.split("/")[2]
    assert [(reason["rule"], reason["citation"]) for reason in asked["reasons"]] == [
        (code, RULE["citation"])
    ]


def _outcome(ground: Ground, code: str) -> str:
    return ground.api("decisions", model=code, jurisdiction="IN").get("outcome", "")


def _changed_since(ground: Ground, seq: int) -> set[str]:
    feed = ground.api("standings", after=seq, limit=20)
    return {row["listing"] for change in feed["changes"] for row in change["listings"]}
