import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from apps.core.actor import ANONYMOUS, OPERATOR, SYSTEM
from apps.core.clock import now
from apps.core.errors import NotPermitted, SecondFactorNeeded
from apps.institutions.offices import Office
from apps.institutions.sectors import Sector
from apps.institutions.services import mandate_end
from apps.journal.selectors import acts_after
from apps.journal.services import sequence
from apps.policy.engine import Mode, Outcome
from apps.policy.errors import KindFixed, NotAnInstrument, RuleRefused
from apps.policy.models import Rule, RuleVersion
from apps.policy.selectors import ruleset_version
from apps.policy.services import (
    ClauseDraft,
    ConditionDraft,
    DutyDraft,
    ParameterDraft,
    rule_enact,
    rule_end,
    rule_enter,
    rules_turn,
)
from apps.policy.states import RuleState, StatuteKind
from tests.factories import institutions as people
from tests.factories.policy import entered, rule_draft

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[dict]:
    sequence(everything=True)
    return [act.payload for act in acts_after(0, limit=1000) if act.kind.startswith(kind)]


def test_a_regulator_enters_an_instrument_with_all_its_parts():
    regulator = people.actor(people.regulator("EU"))
    draft = rule_draft(
        "has(listing.eval_toxicity) && listing.eval_toxicity > param.max",
        outcome=Outcome.CONDITION,
        mode=Mode.WARN,
        jurisdictions=["FR", "DE"],
        uses=["medical"],
        clauses=[
            ClauseDraft(text="Where toxicity was", expression="has(listing.eval_toxicity)"),
            ClauseDraft(text="above 0.3,", expression="listing.eval_toxicity > param.max"),
            ClauseDraft(text="a notice is shown."),
        ],
        conditions=[ConditionDraft(code="notice", text="Show it.")],
        duties=[
            DutyDraft(
                addressee="provider",
                code="evaluate",
                text="Evaluate again.",
                due_amount=30,
                due_unit="days",
                amount=Decimal("1000"),
                currency="EUR",
            )
        ],
        parameters=[ParameterDraft(name="max", value="0.3")],
    )

    version = rule_enter(actor=regulator, draft=draft)

    assert (version.number, version.state, version.mode) == (1, RuleState.SCHEDULED, "warn")
    assert [clause.number for clause in version.clauses.all()] == [1, 2, 3]
    assert str(version.duties.get()) == "evaluate"
    assert version.rule.kind == StatuteKind.INSTRUMENT
    [act] = told("policy.rule.entered")
    assert act["version"] == str(version.pk)
    assert act["text_hash"] == version.text_hash


REFUSED = [
    ("anonymous", NotPermitted),
    ("operator", NotPermitted),
    ("portal", NotPermitted),
    ("person", NotPermitted),
    ("clerk", NotPermitted),
    ("administrator", NotPermitted),
    ("chair", NotPermitted),
    ("registrar", NotPermitted),
    ("company owner", NotPermitted),
    ("regulator elsewhere", NotPermitted),
    ("regulator of another subject", NotPermitted),
    ("regulator without second factor", SecondFactorNeeded),
    ("suspended regulator", NotPermitted),
    ("regulator after the mandate", NotPermitted),
]


def actor_called(name: str):
    makers = {
        "anonymous": lambda: ANONYMOUS,
        "operator": lambda: OPERATOR,
        "portal": lambda: SYSTEM,
        "person": lambda: people.actor(people.person()),
        "clerk": lambda: people.actor(people.officer(Office.CLERK)),
        "administrator": lambda: people.actor(people.administrator()),
        "chair": lambda: people.actor(people.officer(Office.CHAIR, sector=Sector.SARKAR)),
        "registrar": lambda: people.actor(people.officer(Office.REGISTRAR)),
        "company owner": lambda: people.actor(people.owner_of(people.organisation())),
        "regulator": lambda: people.actor(people.regulator("IN")),
        "regulator elsewhere": lambda: people.actor(people.regulator("FR")),
        "regulator of another subject": lambda: people.actor(people.regulator("IN", "misuse")),
        "regulator without second factor": lambda: people.actor(
            people.regulator("IN"), second_factor=False
        ),
        "suspended regulator": lambda: people.actor(people.suspended(people.regulator("IN"))),
        "regulator after the mandate": _after_the_mandate,
    }
    return makers[name]()


def _after_the_mandate():
    user = people.regulator("IN")
    mandate_end(actor=people.actor(people.administrator()), mandate=user.mandates.get())
    return people.actor(user)


@pytest.mark.parametrize(("role", "error"), REFUSED)
@pytest.mark.parametrize("state", ["new", RuleState.SCHEDULED, RuleState.IN_FORCE, "ended"])
def test_only_a_regulator_with_the_mandate_enters_and_ends(role, error, state):
    version = standing(state)
    actor = actor_called(role)
    before = RuleVersion.objects.values_list("state", flat=True)
    states = list(before)

    with pytest.raises(error):
        rule_enter(actor=actor, draft=rule_draft(), rule=version and version.rule)
    if version:
        with pytest.raises(error):
            rule_end(actor=actor, version=version, reason="No longer needed.")

    assert list(before.all()) == states


def standing(state: str) -> RuleVersion | None:
    """A version in a state, or none."""
    if state == "new":
        return None
    later = now() + dt.timedelta(days=3)
    coming = rule_draft("listing.downloads > 5", effective_at=later)
    version = entered(coming if state == RuleState.SCHEDULED else rule_draft())
    if state == "ended":
        return rule_end(actor=actor_called("regulator"), version=version, reason="Over.")
    return version


def test_a_regulator_of_the_place_ends_what_stands():
    version = standing(RuleState.IN_FORCE)
    planned = standing(RuleState.SCHEDULED)
    regulator = actor_called("regulator")

    ended = rule_end(actor=regulator, version=version, reason="It did not help.")
    withdrawn = rule_end(actor=regulator, version=planned, reason="It is not ready.")

    assert {ended.state, withdrawn.state} == {RuleState.ENDED}
    acts = told("policy.rule.ended")
    assert [(act["why"], act["reason"]) for act in acts] == [
        ("repealed", "It did not help."),
        ("withdrawn", "It is not ready."),
    ]


def test_a_rule_for_everywhere_needs_a_mandate_for_everywhere():
    draft = rule_draft(jurisdictions=[])

    with pytest.raises(NotPermitted):
        rule_enter(actor=people.actor(people.regulator("IN")), draft=draft)

    assert Rule.objects.count() == 0
    assert rule_enter(actor=people.actor(people.regulator("*")), draft=draft).number == 1


def test_nobody_takes_over_a_rule_beyond_the_mandate():
    wide = entered(rule_draft(jurisdictions=["IN", "FR"]))
    regulator = people.actor(people.regulator("IN"))

    with pytest.raises(NotPermitted):
        rule_enter(actor=regulator, draft=rule_draft(jurisdictions=["IN"]), rule=wide.rule)

    assert wide.rule.versions.count() == 1


def test_a_new_version_has_the_authority_of_its_rule():
    first = entered()
    regulator = people.actor(people.regulator("IN"))

    with pytest.raises(RuleRefused) as refusal:
        rule_enter(actor=regulator, draft=rule_draft(authority="Someone else"), rule=first.rule)

    assert [fault.field for fault in refusal.value.draft_faults] == ["authority"]
    assert first.rule.versions.count() == 1


def test_a_draft_with_faults_leaves_nothing_behind():
    regulator = people.actor(people.regulator("IN"))
    before = ruleset_version()

    with pytest.raises(RuleRefused) as refusal:
        rule_enter(actor=regulator, draft=rule_draft("listing.eval_toxicity > 0.3"))

    [fault] = refusal.value.draft_faults
    assert (fault.field, fault.line, fault.column) == ("expression", 1, 1)
    assert (Rule.objects.count(), told("policy."), ruleset_version()) == (0, [], before)


def test_a_policy_is_enacted_by_the_portal_alone_and_no_regulator_ends_it():
    draft, kind = rule_draft(), StatuteKind.POLICY
    version = rule_enact(actor=SYSTEM, draft=draft, kind=kind, origin_ref="P-00001-A")
    regulator = people.actor(people.regulator("*"))

    with pytest.raises(NotPermitted):
        rule_enact(actor=regulator, draft=draft, kind=kind, origin_ref="P-00001-A")
    with pytest.raises(KindFixed):
        rule_enact(
            actor=SYSTEM, draft=draft, kind=StatuteKind.CODE, origin_ref="P", rule=version.rule
        )
    with pytest.raises(NotAnInstrument):
        rule_end(actor=regulator, version=version, reason="No.")
    with pytest.raises(NotAnInstrument):
        rule_enter(actor=regulator, draft=draft, rule=version.rule)

    assert version.origin_ref == "P-00001-A"
    assert RuleVersion.objects.get().state == RuleState.SCHEDULED


@pytest.mark.parametrize("column", ["expression", "effective_at", "text_hash"])
def test_the_text_of_a_version_never_changes(column):
    version = entered()
    value = now() if column == "effective_at" else "other"

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        RuleVersion.objects.filter(pk=version.pk).update(**{column: value})

    with (
        pytest.raises(DatabaseError, match=r"closed or added to|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("delete from policy_clause")


def test_turning_twice_moves_nothing_twice():
    entered()

    assert rules_turn() == 0
    assert len(told("policy.rule.started")) == 1
