"""What an empty form can begin from."""

from collections.abc import Mapping

from apps.policy.selectors import rule_template
from apps.policy.services import RuleDraft, template_draft


def begun(asked: Mapping[str, str]) -> RuleDraft | None:
    """Return the draft of the template that an address names; raise `TemplateUnknown`."""
    slug = asked.get("template", "")
    return template_draft(rule_template(slug)) if slug else None
