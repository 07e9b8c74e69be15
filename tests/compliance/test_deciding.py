import dataclasses
import datetime as dt

import pytest
from django.conf import settings

from apps.compliance.errors import UseUnknown
from apps.compliance.models import Facts
from apps.compliance.selectors.answers import Question
from apps.compliance.selectors.deciding import decide, prepare
from apps.compliance.services import (
    ExemptionDraft,
    MeasureDraft,
    exemption_grant,
    measure_impose,
)
from apps.compliance.states import MeasureSource
from apps.core.actor import SYSTEM
from apps.core.clock import now
from apps.core.jurisdictions import JurisdictionUnknown
from apps.listings.errors import ListingUnknown
from apps.listings.readers import EvaluationDraft
from apps.policy.engine import Mode, Outcome
from apps.policy.services import ClauseDraft, DutyDraft
from apps.reactions.runner import settle
from tests.factories import institutions, listings, policy

pytestmark = pytest.mark.django_db


def rule(expression='listing.task == "text-generation"', **changes):
    version = policy.entered(policy.rule_draft(expression, **changes))
    settle()
    return version


def ask(listing, **question):
    return decide(Question(model=listing.code, **question))


def test_the_answer_names_rule_version_clause_and_citation():
    listing = listings.listing()
    version = rule(
        outcome=Outcome.PROHIBIT,
        citation="Act 7, section 2",
        clauses=[
            ClauseDraft(text="A text generator", expression='listing.task == "text-generation"'),
            ClauseDraft(text="shall not be offered."),
        ],
        duties=[DutyDraft(addressee="provider", code="tell", text="Tell users.")],
    )

    decision = ask(listing, jurisdiction="IN")

    assert (decision.outcome, decision.may_be_offered) == (Outcome.PROHIBIT, False)
    assert (decision.listing, decision.version, decision.registered) == (listing.code, 1, True)
    [reason] = decision.reasons
    assert (reason.rule, reason.version) == (version.rule.code, 1)
    assert reason.clauses == ((1, "A text generator"), (2, "shall not be offered."))
    assert reason.citation == "Act 7, section 2"
    assert reason.link == f"/rules/{version.rule.code}/v1/#clause-1"
    assert [(duty.addressee, duty.code) for duty in decision.duties] == [("provider", "tell")]
    assert decision.allowed_jurisdictions == ()


def test_a_territorial_rule_says_nothing_elsewhere():
    listing = listings.listing()
    rule(jurisdictions=["IN"])

    assert ask(listing, jurisdiction="FR").outcome == Outcome.ALLOW
    assert ask(listing).outcome == Outcome.ALLOW
    assert ask(listing, jurisdiction="IN").outcome == Outcome.SUSPEND


def test_a_group_is_answered_by_its_strictest_member_and_says_where_it_is_open():
    listing = listings.listing()
    rule(jurisdictions=["FR"])

    decision = ask(listing, jurisdiction="EU")

    assert decision.outcome == Outcome.SUSPEND
    assert "FR" not in decision.allowed_jurisdictions
    assert "DE" in decision.allowed_jurisdictions
    assert len(decision.allowed_jurisdictions) == 26


def test_a_restricted_model_may_be_offered_where_the_rule_allows_it():
    listing = listings.listing(provider_country="IN")
    rule(outcome=Outcome.RESTRICT, jurisdictions=[], allowed_jurisdictions=["IN"])

    at_home, abroad = ask(listing, jurisdiction="IN"), ask(listing, jurisdiction="FR")

    assert at_home.outcome == abroad.outcome == Outcome.RESTRICT
    assert (at_home.may_be_offered, abroad.may_be_offered) == (True, False)
    assert abroad.allowed_jurisdictions == ("IN",)


def test_rules_in_warn_mode_fill_would_be_only():
    listing = listings.listing()
    rule(mode=Mode.WARN)

    decision = ask(listing, jurisdiction="IN")

    assert (decision.outcome, decision.would_be) == (Outcome.ALLOW, Outcome.SUSPEND)
    assert decision.may_be_offered
    assert [reason.mode for reason in decision.reasons] == [Mode.WARN]


def test_an_exemption_is_used_and_named():
    listing = listings.listing()
    version = rule(jurisdictions=["IN"])
    draft = ExemptionDraft(
        rule=version.rule,
        listing=listing,
        reason="A trial.",
        until_at=now() + dt.timedelta(days=10),
        jurisdictions=["IN"],
        uses=["medical"],
    )
    exemption = exemption_grant(actor=institutions.actor(institutions.regulator()), draft=draft)

    spared = ask(listing, use="medical", jurisdiction="IN")

    assert spared.outcome == Outcome.ALLOW
    assert [grant.code for grant in spared.exemptions] == [exemption.code]
    assert ask(listing, use="research", jurisdiction="IN").outcome == Outcome.SUSPEND


def test_a_model_that_is_not_known_gets_the_default():
    decision = decide(Question(model="nobody/nothing"))

    assert (decision.registered, decision.may_be_offered) == (False, False)
    assert decision.outcome == Outcome.of(settings.UNREGISTERED_OUTCOME)
    [reason] = decision.reasons
    assert (reason.outcome, reason.mode, reason.rule) == (decision.outcome, Mode.ENFORCE, "")
    assert (reason.citation, reason.link) == ("UNREGISTERED_OUTCOME", "/charter/#unregistered")
    assert str(reason.text).startswith("No listing of the register answers to this name.")


def test_the_same_weights_under_another_name_inherit_a_suspension(settings):
    settings.UNREGISTERED_OUTCOME = "allow"
    digest = "sha256:" + "b" * 64
    listing = listings.listing(weight_digest=digest)
    settle()
    draft = MeasureDraft(
        listing=listing,
        outcome=Outcome.SUSPEND,
        source=MeasureSource.COURT,
        reference="O 12/26",
        reason="By order.",
        jurisdictions=[],
        uses=[],
    )
    measure_impose(actor=SYSTEM, draft=draft)

    decision = decide(Question(model="someone/else", digest=digest))

    assert (decision.registered, decision.outcome) == (False, Outcome.SUSPEND)
    by_order, default = decision.reasons
    assert (by_order.reference, default.citation) == ("O 12/26", "UNREGISTERED_OUTCOME")


def test_an_earlier_version_is_answered_by_its_own_facts():
    listings.listing(external_id="m", licence_text="cc-by-nc-4.0")
    listing = listings.listing(external_id="m", licence_text="apache-2.0")
    rule('has(listing.licence) && listing.licence == "cc-by-nc-4.0"', jurisdictions=[])

    assert ask(listing).outcome == Outcome.ALLOW
    assert ask(listing, version=1).outcome == Outcome.SUSPEND
    with pytest.raises(ListingUnknown, match="has no version 3"):
        ask(listing, version=3)


def test_a_use_or_place_that_is_not_known_is_refused():
    listing = listings.listing()

    with pytest.raises(UseUnknown) as refused:
        ask(listing, use="gardening")
    with pytest.raises(JurisdictionUnknown):
        ask(listing, jurisdiction="XX")

    assert "medical" in str(refused.value.reason)


def test_a_version_of_a_moment_ago_is_answered_as_it_will_be_when_its_facts_are_kept():
    tested = EvaluationDraft("toxicity", 0.4, "a", dt.date(2026, 1, 1), "x")
    rule("has(listing.eval_toxicity) && listing.eval_toxicity > 0.3")
    rule('"medical" in listing.use_restrictions', outcome=Outcome.PROHIBIT, jurisdictions=[])
    listing = listings.listing(
        licence_text="bigscience-openrail-m", evaluations=(tested,), tags=["legal"]
    )

    at_once = ask(listing, jurisdiction="IN")
    assert not Facts.objects.exists()
    settle()
    later = ask(listing, jurisdiction="IN")

    assert (at_once.facts_version, later.facts_version) == (None, Facts.objects.get().pk)
    assert at_once.outcome is Outcome.PROHIBIT
    assert [reason.outcome for reason in at_once.reasons] == [Outcome.PROHIBIT, Outcome.SUSPEND]
    same = {"facts_version": None, "decided_at": at_once.decided_at}
    assert dataclasses.replace(later, **same) == at_once


def test_the_etag_of_facts_that_are_not_kept_yet_follows_them():
    first = prepare(Question(model=listings.listing(task="text-generation").code))
    other = prepare(Question(model=listings.listing(task="text-to-image").code))
    both = [dataclasses.replace(one, question=first.question) for one in (first, other)]

    assert both[0].etag != both[1].etag


def test_the_etag_changes_with_what_the_answer_rests_on():
    listing = listings.listing()
    settle()
    question = Question(model=listing.code, jurisdiction="IN")
    first = prepare(question).etag

    assert prepare(question).etag == first
    rule()

    assert prepare(question).etag != first


@pytest.mark.parametrize("rows", [1, 4])
def test_a_decision_is_one_read(rows, django_assert_num_queries):
    for row in range(rows):
        rule(f'listing.task == "text-generation" || listing.downloads == {row + 1}')
    found = [listings.listing() for _row in range(rows)]
    settle()
    ask(found[0], jurisdiction="IN")

    with django_assert_num_queries(1):
        decision = ask(found[-1], jurisdiction="IN")

    assert len(decision.reasons) == rows


def test_a_use_without_profit_is_asked_for_by_saying_so():
    listing = listings.listing()
    rule("req.commercial", jurisdictions=[])

    assert ask(listing).outcome == Outcome.SUSPEND
    assert ask(listing, commercial=False).outcome == Outcome.ALLOW
