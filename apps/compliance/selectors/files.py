"""What a rule of a file would change: it need not be a draft of anybody."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from apps.compliance.scenarios import EVERYWHERE, named
from apps.compliance.selectors.impact import Impact, impact_of_source
from apps.compliance.selectors.law import groups_on, law_of
from apps.compliance.selectors.outcomes import outcomes_by_scenario
from apps.core.clock import now
from apps.policy.engine import Outcome, RuleSource, compile_ruleset
from apps.policy.engine.sources import rule_source
from apps.policy.models import Rule
from apps.policy.selectors import ruleset
from apps.policy.selectors.registers import places_meant

NO_VERSION = uuid.UUID(int=0)


def source_of_document(document: Mapping[str, Any], follows: Rule | None = None) -> RuleSource:
    """Return a sound entry of a rule file as if it were in force, dates left out."""
    source = rule_source(document)
    return replace(
        source,
        id=follows.code if follows else f"draft {source.id}",
        key=str(NO_VERSION),
        jurisdictions=places_meant(sorted(source.jurisdictions), now().date()),
        since=None,
        until=None,
    )


def impact_of_document(document: Mapping[str, Any], follows: Rule | None = None) -> Impact:
    """Return what a sound entry of a rule file would change if it were in force now."""
    return impact_of_source(source_of_document(document, follows), follows)


def standings_by_scenario(source: RuleSource, follows: Rule | None = None) -> list[dict[str, Any]]:
    """Return how all listings would stand in every use and place, by outcome, with a rule."""
    sources = [one for one in ruleset().sources if not follows or one.id != follows.code]
    law = law_of(compile_ruleset([*sources, source]), now())
    known, width = groups_on(law.moment.date()), len(law.grid.uses)
    return [
        {
            "use": law.grid.uses[cell % width],
            "jurisdictions": [EVERYWHERE]
            if cell < width
            else named(law.grid.classes[cell // width], known),
            "outcomes": {outcome.slug: counted[outcome] for outcome in Outcome if counted[outcome]},
        }
        for cell, counted in enumerate(outcomes_by_scenario(law))
    ]
