"""Drafts that begin from a template."""

import datetime as dt
from dataclasses import replace

from apps.core.clock import now
from apps.policy.models import RuleTemplate
from apps.policy.services.documents import draft_of
from apps.policy.services.drafts import RuleDraft


def template_draft(template: RuleTemplate) -> RuleDraft:
    """Return a draft as the template has it, ending by itself after the template's days.

    Who makes it and by what law is left open: a draft is not complete without it.
    """
    begun = now().replace(minute=0, second=0, microsecond=0)
    ends = begun + dt.timedelta(days=template.ends_after_days)
    return replace(draft_of(template.draft), sunset_at=ends)
