"""Applying the rules in force, grants, what decisions bring, and what marketplaces say of it."""

from apps.compliance.services.acknowledging import (
    Word,
    acknowledgements_give,
    acknowledgements_turn,
)
from apps.compliance.services.asked import (
    QUESTIONS,
    AskedLog,
    Line,
    questions_erase,
    questions_forget,
    questions_write,
)
from apps.compliance.services.exemptions import ExemptionDraft, exemption_end, exemption_grant
from apps.compliance.services.impacts import impact_keep
from apps.compliance.services.measures import (
    MeasureDraft,
    incident_close,
    incident_count,
    measure_impose,
    measure_lift,
)
from apps.compliance.services.reassessing import Changes, reassess, reassess_ruled
from apps.compliance.services.sandboxes import SandboxDraft, sandbox_end, sandbox_grant
from apps.compliance.services.simulations import (
    simulation_run,
    simulation_start,
    simulations_tidy,
)
from apps.compliance.services.trying import change_try, listing_try
from apps.compliance.services.turning import standings_turn

__all__ = [
    "QUESTIONS",
    "AskedLog",
    "Changes",
    "ExemptionDraft",
    "Line",
    "MeasureDraft",
    "SandboxDraft",
    "Word",
    "acknowledgements_give",
    "acknowledgements_turn",
    "change_try",
    "exemption_end",
    "exemption_grant",
    "impact_keep",
    "incident_close",
    "incident_count",
    "listing_try",
    "measure_impose",
    "measure_lift",
    "questions_erase",
    "questions_forget",
    "questions_write",
    "reassess",
    "reassess_ruled",
    "sandbox_end",
    "sandbox_grant",
    "simulation_run",
    "simulation_start",
    "simulations_tidy",
    "standings_turn",
]
