"""What is kept of a rule's impact, how it turned out, and what a version on trial has held."""

import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client

from apps.compliance.models import RuleImpact
from apps.compliance.selectors.foretold import foretold_of, shadow_of
from apps.compliance.selectors.impact import impact
from apps.compliance.states import Occasion
from apps.policy.engine import Mode, Outcome
from apps.policy.services import rule_end
from apps.reactions.runner import settle
from tests.factories import institutions, listings, policy

pytestmark = pytest.mark.django_db
TEXTS = 'listing.task == "text-generation"'


def page(version):
    return Client().get(f"/rules/{version.rule.code}/v{version.number}/").content.decode()


def test_the_impact_of_a_version_is_kept_when_it_enters_and_begins_and_bound_to_its_text():
    touched, _other = listings.listing(), listings.listing(task="translation")
    settle()
    version = policy.entered(policy.rule_draft(TEXTS))
    settle()

    entered, begun = RuleImpact.objects.filter(version=version).order_by("computed_at", "pk")

    assert [entered.occasion, begun.occasion] == [Occasion.ENTERED, Occasion.BEGUN]
    assert entered.text_hash == version.text_hash
    assert (entered.fires, entered.listings) == ([touched.pk], 2)
    assert entered.document["digest"] == entered.digest
    assert [row["after"] for row in entered.document["samples"]] == ["suspend"]
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleImpact.objects.filter(pk=entered.pk).update(listings=0)


def test_it_is_held_against_what_the_rule_touches_and_at_its_end_touched():
    listings.listing()
    settle()
    version = policy.entered(policy.rule_draft(TEXTS))
    settle()
    listings.listing()
    settle()

    found = foretold_of(version)
    assert (found.foretold, found.touches, found.appeared, found.vanished) == (1, 2, 1, 0)
    told = "Listings it was to touch: 1. Listings it touches: 2, of them foretold: 1."
    assert told in page(version)

    regulator = institutions.actor(institutions.regulator("*"))
    rule_end(actor=regulator, version=version, reason="Not needed.")
    settle()
    version.refresh_from_db()

    assert foretold_of(version).touches == 2
    assert "Touched while it ran" in page(version)


def test_anyone_reads_it_over_http(django_assert_num_queries):
    listings.listing()
    settle()
    version = policy.entered(policy.rule_draft(TEXTS))
    path = f"/api/v1/rules/{version.rule.code}/versions/1/impact"
    before = Client().get(path).json()
    settle()

    told = Client().get(path).json()

    assert (before["impacts"], before["compared"]) == ([], None)
    assert [row["occasion"] for row in told["impacts"]] == ["entered", "begun"]
    assert told["impacts"][0]["text_hash"] == version.text_hash
    assert told["impacts"][0]["document"]["enforced"] == [
        {"before": "allow", "after": "suspend", "listings": 1}
    ]
    assert told["compared"]["both"] == 1
    assert Client().get(path.replace("/1/", "/9/")).status_code == 404
    with django_assert_num_queries(10):
        Client().get(path)


def test_promotion_carries_what_the_version_on_trial_has_held():
    listings.listing()
    gone = listings.listing(params_b=80.0)
    settle()
    version = policy.entered(policy.rule_draft(TEXTS, mode=Mode.WARN))
    settle()
    stricter = policy.rule_draft(f"{TEXTS} && !has(listing.params_b)")

    shown = impact(stricter, follows=version.rule).document["shadow"]

    [turn] = shadow_of(version)
    assert (turn.outcome, turn.would_be, turn.listings) == (Outcome.ALLOW, Outcome.SUSPEND, 2)
    assert (shown["seen"], shown["foretold"], shown["both"]) == (2, 1, 1)
    assert shown["turns"] == [
        {
            "before": "allow",
            "after": "suspend",
            "listings": 2,
            "since_at": turn.since_at.isoformat(),
        }
    ]
    assert "shadow" not in impact(policy.rule_draft(TEXTS, mode=Mode.WARN)).document
    assert gone.name in page(version)
    assert "What it would do if it were enforced" in page(version)


RULES = """
- id: T-1
  clause: "Models that write texts are suspended."
  when: listing.task == "text-generation"
  effect: suspend
  jurisdictions: [EU]
- id: T-2
  clause: "All are prohibited."
  when: listing.downloads >= 0
  effect: prohibit
"""


def simulated(path, capsys, *options):
    call_command("rule_simulate", str(path), *options)
    said = capsys.readouterr()
    return json.loads(said.out), said.err


def test_rules_of_a_file_are_simulated(tmp_path, capsys):
    listings.listing()
    listings.listing(task="translation")
    settle()
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)

    report, progress = simulated(file, capsys, "--scenarios")

    first, second = report["rules"]
    assert (report["accepted"], first["id"], second["id"]) == (True, "T-1", "T-2")
    assert "1 of 2: T-1" in progress
    assert first["impact"]["changed"] == 1
    assert {tuple(row["jurisdictions"]) for row in first["impact"]["scenarios"]} == {("EU",)}
    assert second["impact"]["enforced"] == [{"before": "allow", "after": "prohibit", "listings": 2}]
    same = impact(policy.rule_draft(TEXTS, jurisdictions=["EU"]))
    assert first["impact"]["groups"] == same.document["groups"]
    in_eu = [row for row in first["standings"] if row["jurisdictions"] == ["EU"]]
    assert {json.dumps(row["outcomes"]) for row in in_eu} == {'{"allow": 1, "suspend": 1}'}
    assert not RuleImpact.objects.exists()


def test_a_rule_with_a_fault_is_not_simulated(tmp_path, capsys):
    file = tmp_path / "bad.yaml"
    file.write_text('- {id: T-1, clause: "All.", when: listing.taks == "a", effect: suspend}')

    with pytest.raises(SystemExit):
        call_command("rule_simulate", str(file))
    report = json.loads(capsys.readouterr().out)

    assert report["accepted"] is False
    assert report["rules"][0]["faults"][0]["key"] == "when"
    assert "impact" not in report["rules"][0]
