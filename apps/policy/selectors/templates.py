"""Rules that a draft can begin from, as they are valid today."""

from django.db.models import Q, QuerySet

from apps.core.clock import today
from apps.policy.errors import TemplateUnknown
from apps.policy.models import RuleTemplate


def rule_templates() -> QuerySet[RuleTemplate]:
    """Return the templates valid today, in their order."""
    day = today()
    valid = Q(valid_until__isnull=True) | Q(valid_until__gt=day)
    return RuleTemplate.objects.filter(valid, valid_from__lte=day)


def rule_template(slug: str) -> RuleTemplate:
    """Return one that is valid today; raise `TemplateUnknown`."""
    found = rule_templates().filter(slug=slug).first()
    if found is None:
        raise TemplateUnknown(field="template")
    return found
