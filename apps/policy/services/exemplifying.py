"""Golden examples of a draft: read, held against it, offered to begin from, and kept."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from apps.core.clock import today
from apps.policy.engine import RuleError, RuleSource, compile_rule, types_of
from apps.policy.engine.goldens import Golden, facts_kept, facts_read, facts_written, golden_faults
from apps.policy.engine.proof import Ruled
from apps.policy.engine.suggesting import suggestions
from apps.policy.errors import DraftFault
from apps.policy.models import RuleExample, RuleVersion
from apps.policy.selectors import source_of, vocabulary
from apps.policy.selectors.registers import SHOWN
from apps.policy.services.drafts import ExampleDraft
from apps.policy.states import RuleState

MOST = 40


def example_faults(examples: Sequence[ExampleDraft], ruled: Ruled) -> list[DraftFault]:
    """Return the examples that cannot be read or that the rule answers otherwise, and the lack."""
    if len(examples) > MOST:
        return [
            DraftFault("examples", _("More than %(most)s examples are not read.") % {"most": MOST})
        ]
    goldens, faults = _read(examples)
    if faults:
        return faults
    return [_fault(number, error) for number, error in golden_faults(ruled, goldens)]


def examples_offered(ruled: Ruled) -> list[ExampleDraft]:
    """Return examples that the solver finds for a rule; whether they are right is to be said."""
    return [
        ExampleDraft(facts=facts_written(one.listing, one.req), fires=one.fires)
        for one in suggestions(ruled, vocabulary())
    ]


def examples_write(version: RuleVersion, examples: Sequence[ExampleDraft]) -> None:
    """Keep the examples of a draft with its version, as they were written."""
    goldens = [Golden(*facts_kept(one.facts), one.fires, one.note) for one in examples]
    RuleExample.objects.bulk_create(
        RuleExample(
            version=version,
            number=number,
            listing=one.listing,
            req=one.req,
            fires=one.fires,
            note=one.note,
        )
        for number, one in enumerate(goldens, start=1)
    )


def versions_asked_again() -> Iterator[tuple[RuleVersion, list[DraftFault]]]:
    """Return every version in force or to come with what its examples no longer say.

    A version of before examples were asked for has none, and no fault by that.
    """
    day = today()
    rows = RuleVersion.objects.exclude(state=RuleState.ENDED).select_related("rule")
    for version in rows.prefetch_related(*SHOWN).order_by("rule__number", "number"):
        yield version, _asked_again(version, source_of(version, day))


def _asked_again(version: RuleVersion, source: RuleSource) -> list[DraftFault]:
    types = types_of(source.parameters)
    try:
        compiled = compile_rule(source.expression, vocabulary().with_parameters(types))
    except RuleError as error:
        return [DraftFault.of("expression", error)]
    examples = [
        ExampleDraft(facts=one.facts, fires=one.fires, note=one.note)
        for one in version.examples.all()
    ]
    goldens, faults = _read(examples)
    found = golden_faults(Ruled(source, compiled), goldens, wanted=False)
    return faults or [_fault(number, error) for number, error in found]


def _read(examples: Sequence[ExampleDraft]) -> tuple[list[Golden], list[DraftFault]]:
    known, goldens, faults = vocabulary(), list[Golden](), list[DraftFault]()
    for number, one in enumerate(examples, start=1):
        try:
            goldens.append(Golden(*facts_read(one.facts, known), one.fires, one.note))
        except RuleError as error:
            faults.append(DraftFault.of(f"examples.{number}.facts", error))
    return goldens, faults


def _fault(number: int, error: RuleError) -> DraftFault:
    """Return a fault without a line: it is of the whole example, or of all of them."""
    field = f"examples.{number}.facts" if number else "examples"
    return DraftFault(field, error.reason, error.remedy)
