"""The breakdowns of an impact, held against every listing asked by itself in every scenario."""

import json
import random
from collections import Counter, defaultdict

import pytest
from django.db import connection

from apps.compliance.selectors.breakdowns import SIZES
from apps.compliance.selectors.impact import impact
from apps.compliance.selectors.known import facts_as_asked
from apps.compliance.selectors.simulating import DOCUMENTED
from apps.compliance.services import reassess
from apps.core.clock import now
from apps.core.jurisdictions import EVERYWHERE, territories
from apps.licensing.models import Licence
from apps.listings.concentration import concentration
from apps.listings.models import Listing
from apps.listings.readers import EvaluationDraft
from apps.policy.engine import Mode, Outcome, compile_ruleset
from apps.policy.selectors import ruleset, use_slugs
from apps.policy.services import ClauseDraft, DutyDraft, draft_source
from tests.factories import listings, policy

pytestmark = pytest.mark.django_db
TASKS = ["text-generation", "emotion-recognition", "translation"]
PLACES = ["IN", "FR", "DE", "US", "CH", EVERYWHERE]
LICENCES = ["apache-2.0", "bigscience-openrail-m", "cc-by-nc-4.0", ""]


def model(number, chance):
    tests = [EvaluationDraft("toxicity", 0.4, measured_date=now().date())]
    return listings.draft(
        provider=f"Maker {number % 7}",
        provider_country=["IN", "FR", ""][number % 7 % 3],
        licence_text=chance.choice(LICENCES),
        task=chance.choice(TASKS),
        languages=tuple(chance.sample(["en", "hi", "fr"], chance.randint(0, 2))),
        params_b=chance.choice([None, 1.0, 80.0]),
        human_oversight=chance.choice([None, True, False]),
        has_model_card=chance.random() < 0.5,
        evaluations=tuple(tests) if chance.random() < 0.5 else (),
    )


def register(count=40, seed=1):
    chance = random.Random(seed)
    listings.write(*[model(number, chance) for number in range(count)])


def rules():
    policy.entered(
        policy.rule_draft(
            'listing.task == "emotion-recognition" && req.use in ["workplace", "education"]',
            outcome=Outcome.PROHIBIT,
            jurisdictions=["EU"],
        )
    )
    policy.entered(
        policy.rule_draft(
            "req.use in listing.use_restrictions",
            outcome=Outcome.RESTRICT,
            jurisdictions=[],
            allowed_jurisdictions=["IN"],
        )
    )
    policy.entered(
        policy.rule_draft("!listing.has_model_card", mode=Mode.WARN, outcome=Outcome.CONDITION)
    )


DRAFT = '(has(listing.params_b) && listing.params_b > 10.0) || req.use in ["medical", "finance"]'


def drafted(**changes):
    clauses = [
        ClauseDraft(
            text="Large models", expression="has(listing.params_b) && listing.params_b > 10.0"
        ),
        ClauseDraft(text="are suspended."),
    ]
    facts = {"outcome": Outcome.SUSPEND, "jurisdictions": ["IN", "FR"], "clauses": clauses}
    return policy.rule_draft(DRAFT, **(facts | changes))


class Asked:
    """Every listing asked by closure for every use in some places, with a draft and without."""

    def __init__(self, draft):
        self.trial = draft.mode != Mode.ENFORCE
        self.rules = compile_ruleset([*ruleset().sources, draft_source(draft)])
        self.key = self.rules.sources[-1].key
        self.cells = [(use, place) for use in use_slugs() for place in PLACES]
        self.hit = defaultdict(set)
        self.rows = [self._answers(*row) for row in self._facts()]

    def _facts(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "select to_jsonb(f)::text from compliance_facts f where until_at is null"
            )
            facts = [json.loads(row) for (row,) in cursor.fetchall()]
        of = {one.current_id: one for one in Listing.objects.select_related("provider")}
        for row in facts:
            [listing] = [one for one in of.values() if str(one.current_id) == row["version_id"]]
            yield listing, row

    def _answers(self, listing, row):
        asked = facts_as_asked(row, now().date())
        before, after = {}, {}
        for use, place in self.cells:
            req = {"use": use, "jurisdiction": place, "commercial": True, "date": now()}
            fired = self.rules.decide(asked, req).fired
            after[use, place] = self._outcome(fired)
            before[use, place] = self._outcome([one for one in fired if one.key != self.key])
            if any(one.key == self.key for one in fired):
                self.hit[listing.pk].add((use, place))
        return listing, row, before, after

    def _outcome(self, fired):
        bound = [one.outcome for one in fired if self.trial or one.mode is Mode.ENFORCE]
        return max(bound, default=Outcome.ALLOW)

    def count(self, rows):
        changed = stricter = milder = 0
        for listing, _row, before, after in rows:
            changed += bool(self.hit[listing.pk])
            stricter += any(after[cell] > before[cell] for cell in before)
            milder += any(after[cell] < before[cell] for cell in before)
        return (len(rows), changed, stricter, milder)


def grouped(asked, value_of):
    groups = defaultdict(list)
    for row in asked.rows:
        for value in value_of(row):
            groups[value].append(row)
    return {value: asked.count(rows) for value, rows in groups.items()}


def said(shown, by):
    return {
        row["group"]: (row["listings"], row["changed"], row["stricter"], row["milder"])
        for row in shown.document["groups"][by]
    }


@pytest.mark.parametrize("mode", [Mode.ENFORCE, Mode.WARN])
def test_every_breakdown_is_what_asking_each_listing_gives(mode):
    register()
    rules()
    reassess()
    draft = drafted(mode=mode)

    shown = impact(draft)

    asked = Asked(draft)
    sizes = Counter(listing.provider_id for listing, *_ in asked.rows)
    families = dict(Licence.objects.values_list("id", "family"))
    ways = {
        "size": lambda row: [size_of(sizes[row[0].provider_id])],
        "country": lambda row: [row[0].provider.country],
        "language": lambda row: row[1]["languages"] or [""],
        "licence": lambda row: [families.get(row[1]["licence"], "")],
        "documented": lambda row: [sum(row[1][name] is not None for name in DOCUMENTED)],
    }
    for by, way in ways.items():
        assert said(shown, by) == grouped(asked, way), by
    pairs = Counter((max(before.values()), max(after.values())) for *_, before, after in asked.rows)
    assert (shown.would_be if asked.trial else shown.enforced) == pairs
    assert set(shown.changed) == {listing for listing, cells in asked.hit.items() if cells}
    assert scenarios(shown) == counted_scenarios(asked)
    assert shown.document["concentration"]["after"] == concentrated(asked)


def size_of(listings_of_it):
    [name] = [
        name
        for name, (least, most) in SIZES.items()
        if least <= listings_of_it <= (most or listings_of_it)
    ]
    return name


def scenarios(shown):
    """What is said of each use in each place, groups of places taken apart."""
    said_of = {}
    for row in shown.document["scenarios"]:
        for code in row["jurisdictions"]:
            for place in territories(code, now().date()) if code != EVERYWHERE else [EVERYWHERE]:
                if place in PLACES:
                    said_of[row["use"], place] = (row["changed"], row["stricter"])
    return said_of


def counted_scenarios(asked):
    counts = defaultdict(lambda: (0, 0))
    for listing, _row, before, after in asked.rows:
        for cell in asked.hit[listing.pk]:
            changed, stricter = counts[cell]
            counts[cell] = (changed + 1, stricter + (after[cell] > before[cell]))
    return counts


def concentrated(asked):
    left = Counter(
        str(listing.provider_id)
        for listing, _row, _before, after in asked.rows
        if max(after.values()) < Outcome.SUSPEND
    )
    found = concentration(left)
    return {
        "listings": found.total,
        "owners": found.participants,
        "hhi": found.hhi,
        "largest_four": found.cr4,
    }


def test_duties_are_counted_before_and_after():
    register(8)
    duty = DutyDraft(addressee="provider", code="tell", text="Tell.", due_amount=1, due_unit="days")
    policy.entered(policy.rule_draft('listing.task == "translation"', duties=[duty]))
    reassess()
    owed = Listing.objects.filter(current__task="translation").count()

    shown = impact(policy.rule_draft("listing.downloads >= 0", duties=[duty], jurisdictions=[]))

    assert shown.document["duties"] == [{"code": "tell", "before": owed, "after": 8}]


def test_samples_name_the_clause_that_holds():
    large = listings.listing(params_b=80.0)
    listings.listing(params_b=1.0)
    reassess()

    shown = impact(drafted(uses=["medical"], jurisdictions=["IN"]))

    by_code = {row["code"]: row for row in shown.document["samples"]}
    assert (by_code[large.code]["clauses"], len(by_code)) == ([1, 2], 2)
    assert [row["clauses"] for code, row in by_code.items() if code != large.code] == [[2]]
    assert {(row["before"], row["after"]) for row in by_code.values()} == {("allow", "suspend")}


def test_a_rule_that_punishes_disclosure_is_flagged():
    listings.write(*[listings.draft(params_b=80.0, human_oversight=True) for _ in range(8)])
    listings.write(*[listings.draft() for _ in range(8)])
    reassess()

    punishing = impact(policy.rule_draft("has(listing.params_b) && listing.params_b > 10.0"))
    demanding = impact(policy.rule_draft("!has(listing.params_b)"))

    assert punishing.document["disclosure"] == {
        "from": 3,
        "better": {"listings": 8, "stricter": 8},
        "others": {"listings": 8, "stricter": 0},
        "flagged": True,
    }
    assert demanding.document["disclosure"]["flagged"] is False


def test_the_hardest_hit_come_first_and_small_groups_are_marked():
    listings.write(*[listings.draft(provider_country="IN", provider="A") for _ in range(12)])
    listings.write(
        *[listings.draft(provider_country="FR", provider="B", params_b=80.0) for _ in range(4)]
    )
    reassess()

    shown = impact(policy.rule_draft("has(listing.params_b) && listing.params_b > 10.0"))

    [country] = [row for row in shown.document["hardest"] if row["by"] == "country"]
    assert (country["group"], country["times"], country["small"]) == ("FR", 400, True)
    assert (country["changed"], country["listings"]) == (4, 4)
