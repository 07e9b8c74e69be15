"""Reading a draft: every fault with its place, its reason and what to write instead."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from apps.core.clock import now
from apps.core.jurisdictions import EVERYWHERE, jurisdictions
from apps.policy.engine import (
    HOME,
    CompiledRule,
    Outcome,
    RuleError,
    Vocabulary,
    compile_part,
    compile_rule,
    types_of,
    value_of,
)
from apps.policy.engine.limits import LAST_MOMENT
from apps.policy.engine.naming import nearest
from apps.policy.engine.nodes import Read, Root, walk
from apps.policy.engine.values import Value
from apps.policy.errors import DraftFault
from apps.policy.selectors import use_slugs, vocabulary
from apps.policy.services.drafts import ParameterDraft, RuleDraft
from apps.policy.services.exemplifying import example_faults
from apps.policy.services.proving import draft_ruled, draft_vacuity
from apps.policy.states import Addressee, DueUnit, LiabilityTag


@dataclass(slots=True)
class ExpressionReading:
    """What is known of an expression once it is read: the compiled rule, or its faults."""

    rule: CompiledRule | None = None
    faults: list[DraftFault] = field(default_factory=list)


def expression_read(source: str, known: Vocabulary, name: str = "expression") -> ExpressionReading:
    """Compile an expression and refuse reads that a missing fact would leave without answer."""
    try:
        rule = compile_rule(source, known)
    except RuleError as error:
        return ExpressionReading(faults=[DraftFault.of(name, error)])
    return ExpressionReading(rule, [DraftFault.of(name, error) for error in rule.unguarded()])


def draft_faults(draft: RuleDraft, *, exemplified: bool = True) -> list[DraftFault]:
    """Return every fault of a draft; with none it can be entered.

    Unless it is `exemplified`, its golden examples are not asked.
    """
    faults = [*_wording(draft), *_scope(draft), *_time(draft), *_effect(draft), *_duties(draft)]
    reading = reading_of(
        draft.expression, draft.parameters, [clause.expression for clause in draft.clauses]
    )
    faults += reading.faults
    if reading.rule and not faults:
        ruled = draft_ruled(draft, reading.rule)
        faults = draft_vacuity(ruled)
        if exemplified and not faults:
            faults = example_faults(draft.examples, ruled)
    return faults


def scope_faults(draft: RuleDraft) -> list[DraftFault]:
    """Return the faults of where and when a draft would hold."""
    return [*_scope(draft), *_time(draft)]


def reading_of(
    expression: str, parameters: list[ParameterDraft], clauses: list[str]
) -> ExpressionReading:
    """Read an expression with its parameters and the parts that clauses mark."""
    values, faults = _parameters(parameters)
    if faults:
        return ExpressionReading(faults=faults)
    known = vocabulary().with_parameters(types_of(values))
    reading = expression_read(expression, known)
    if reading.rule is not None:
        reading.faults += _unread(parameters, reading.rule)
        reading.faults += _clauses(clauses, reading.rule, known)
    return reading


def _wording(draft: RuleDraft) -> Iterator[DraftFault]:
    for name in ("title", "authority", "legal_basis"):
        if not getattr(draft, name).strip():
            yield DraftFault(name, _("This is empty."), _("Write it in words."))
    if not draft.clauses:
        yield DraftFault("clauses", _("The rule has no clause."), _("Write what it says."))
    for number, clause in enumerate(draft.clauses, start=1):
        if not clause.text.strip():
            yield DraftFault(f"clauses.{number}.text", _("The clause is empty."))


def _scope(draft: RuleDraft) -> Iterator[DraftFault]:
    places = [EVERYWHERE, *jurisdictions()]
    yield from _strange("jurisdictions", draft.jurisdictions, places)
    yield from _strange("allowed_jurisdictions", draft.allowed_jurisdictions, [HOME, *places])
    day = (draft.effective_at or now()).date()
    yield from _strange("uses", draft.uses, use_slugs(day))


def _strange(name: str, words: Iterable[str], known: list[str]) -> Iterator[DraftFault]:
    for word in words:
        if word not in known:
            near = nearest(word, known)
            yield DraftFault(
                name,
                _("“%(word)s” is not known.") % {"word": word},
                _("Did you mean %(near)s?") % {"near": near} if near else "",
            )


def _time(draft: RuleDraft) -> Iterator[DraftFault]:
    present = now()
    begins = draft.effective_at or present
    if begins < present - dt.timedelta(minutes=1):
        yield DraftFault(
            "effective_at",
            _("A rule does not reach back."),
            _("Let it begin now or later."),
        )
    for name, moment in (("effective_at", begins), ("sunset_at", draft.sunset_at)):
        if moment and moment >= LAST_MOMENT:
            yield DraftFault(name, _("This moment is too far away."))
    if draft.sunset_at and draft.sunset_at <= begins:
        yield DraftFault("sunset_at", _("The rule would end before it begins."))


def _effect(draft: RuleDraft) -> Iterator[DraftFault]:
    if draft.outcome is Outcome.CONDITION and not draft.conditions:
        yield DraftFault("conditions", _("The rule names no condition."), _("Add at least one."))
    if draft.outcome is Outcome.RESTRICT and not draft.allowed_jurisdictions:
        yield DraftFault(
            "allowed_jurisdictions",
            _("The rule restricts, but does not say to where."),
            _("Name the territories, or %(home)s for the provider’s own.") % {"home": HOME},
        )
    if draft.liability_tag and draft.liability_tag not in LiabilityTag.values:
        yield DraftFault("liability_tag", _("There is no such tag."))
    yield from _twice("conditions", [condition.code for condition in draft.conditions])


def _duties(draft: RuleDraft) -> Iterator[DraftFault]:
    yield from _twice("duties", [duty.code for duty in draft.duties])
    for number, duty in enumerate(draft.duties, start=1):
        place = f"duties.{number}"
        if duty.addressee not in Addressee.values:
            yield DraftFault(f"{place}.addressee", _("Nobody is called so."))
        if (duty.due_amount is None) != (duty.due_unit not in DueUnit.values):
            yield DraftFault(f"{place}.due_amount", _("Time needs a number and a unit."))
        if (duty.amount is None) != (not duty.currency):
            yield DraftFault(f"{place}.amount", _("An amount needs a currency."))


def _twice(name: str, words: list[str]) -> Iterator[DraftFault]:
    for word in sorted({word for word in words if words.count(word) > 1}):
        yield DraftFault(name, _("“%(word)s” stands twice.") % {"word": word})


def _parameters(
    parameters: list[ParameterDraft],
) -> tuple[dict[str, Value], list[DraftFault]]:
    values: dict[str, Value] = {}
    faults = list(_twice("parameters", [parameter.name for parameter in parameters]))
    for number, parameter in enumerate(parameters, start=1):
        if not parameter.name.isidentifier():
            faults.append(
                DraftFault(f"parameters.{number}.name", _("A name has letters, figures and _."))
            )
        try:
            values[parameter.name] = value_of(parameter.value)
        except RuleError as error:
            faults.append(DraftFault.of(f"parameters.{number}.value", error))
    return values, faults


def _unread(parameters: list[ParameterDraft], rule: CompiledRule) -> Iterator[DraftFault]:
    reads = {
        node.name for node in walk(rule.tree) if isinstance(node, Read) and node.root is Root.PARAM
    }
    for number, parameter in enumerate(parameters, start=1):
        if parameter.name not in reads:
            yield DraftFault(
                f"parameters.{number}.name",
                _("The expression does not read this parameter."),
                _("Read it as param.%(name)s, or leave it out.") % {"name": parameter.name},
            )


def _clauses(clauses: list[str], rule: CompiledRule, known: Vocabulary) -> Iterator[DraftFault]:
    """Return the clauses whose expression is no part of the rule's."""
    for number, expression in enumerate(clauses, start=1):
        place = f"clauses.{number}.expression"
        if not expression.strip():
            continue
        try:
            part = compile_part(expression, known)
        except RuleError as error:
            yield DraftFault.of(place, error)
            continue
        if not rule.holds_part(part):
            yield DraftFault(
                place,
                _("The rule’s expression has no such part."),
                _("Copy a part that && or || joins, or the whole expression."),
            )
