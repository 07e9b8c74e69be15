"""A rule enters the register, and ends."""

import datetime as dt
from dataclasses import asdict, replace

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.codes import code
from apps.core.errors import NotPermitted
from apps.institutions.permissions import refusal
from apps.journal.services import record
from apps.policy.acts import RuleEnded, RuleEntered
from apps.policy.errors import DraftFault, KindFixed, NotAnInstrument, RuleRefused
from apps.policy.models import (
    Clause,
    Rule,
    RuleCondition,
    RuleDuty,
    RuleParameter,
    RuleVersion,
)
from apps.policy.permissions import can_enact, can_end_version, can_enter_instrument
from apps.policy.services.agreeing import agreement_faults
from apps.policy.services.changes import ruleset_change
from apps.policy.services.documents import document_of, hash_of
from apps.policy.services.drafting import draft_faults
from apps.policy.services.drafts import RuleDraft
from apps.policy.services.exemplifying import examples_write
from apps.policy.services.proving import draft_coverage
from apps.policy.states import RULE_TABLE, Ending, RuleState, StatuteKind

TEXT = (
    "title",
    "summary",
    "expression",
    "outcome",
    "allowed_jurisdictions",
    "liability_tag",
    "mode",
    "jurisdictions",
    "uses",
    "sunset_at",
    "legal_basis",
    "citation",
    "gazette_reference",
    "why_knowledge",
    "why_means",
    "why_suits",
    "why_cost",
)


@transaction.atomic
def rule_enter(*, actor: Actor, draft: RuleDraft, rule: Rule | None = None) -> RuleVersion:
    """Enter a statutory instrument, or the next version of one, on a regulator's word.

    The regulator's mandate covers every territory of the draft, and of the version it follows.
    Raises `RuleRefused` with every fault of the draft; nothing is kept of a refused one.
    """
    if rule:
        rule = _locked(rule)
        if rule.kind != StatuteKind.INSTRUMENT:
            raise NotAnInstrument
    places = [draft.jurisdictions, *_standing_places(rule)]
    if not all(can_enter_instrument(actor, codes) for codes in places):
        raise refusal(
            actor, _("A regulator whose mandate covers every territory enters this rule.")
        )
    _refuse(adoption_faults(draft, follows=rule))
    _refuse(agreement_faults(draft, follows=rule))
    return _enter(actor=actor, draft=draft, kind=StatuteKind.INSTRUMENT, rule=rule)


@transaction.atomic
def rule_enact(
    *,
    actor: Actor,
    draft: RuleDraft,
    kind: StatuteKind,
    origin_ref: str,
    rule: Rule | None = None,
) -> RuleVersion:
    """Enter a policy or a code that a procedure has adopted; only the portal itself does so.

    `origin_ref` is the reference code of what adopted it. Its examples and whether another rule
    covers it are not asked again: what was voted on is not undone by what came meanwhile.
    """
    if not can_enact(actor):
        raise NotPermitted(_("A policy or a code is enacted by the procedure that adopted it."))
    if rule:
        rule = _locked(rule)
        if rule.kind != kind:
            raise KindFixed
    _refuse([*draft_faults(draft, exemplified=False), *strange_authority(draft, rule)])
    return _enter(actor=actor, draft=draft, kind=kind, rule=rule, origin_ref=origin_ref)


@transaction.atomic
def rule_end(*, actor: Actor, version: RuleVersion, reason: str) -> RuleVersion:
    """Repeal a version of an instrument that is in force, or withdraw one that has not begun.

    It ends at this moment, and with it what would bind again after a stay. The reason is public.
    """
    held = RuleVersion.objects.select_for_update(of=("self",)).select_related("rule")
    version = held.get(pk=version.pk)
    if version.rule.kind != StatuteKind.INSTRUMENT:
        raise NotAnInstrument
    if not can_end_version(actor, version):
        raise refusal(actor, _("A regulator whose mandate covers every territory ends this rule."))
    begun = version.state == RuleState.IN_FORCE
    act = version_end(
        version, why=Ending.REPEALED if begun else Ending.WITHDRAWN, at=now(), reason=reason
    )
    for resumption in held.filter(resumes_from__trial=version, state=RuleState.SCHEDULED):
        version_end(resumption, why=Ending.WITHDRAWN, at=now(), reason=reason)
    ruleset_change()
    record(act, actor=actor)
    return version


def version_end(
    version: RuleVersion, *, why: Ending, at: dt.datetime, reason: str = ""
) -> RuleEnded:
    """Close a locked version; return the act for the caller to record."""
    RULE_TABLE.move(version, RuleState.ENDED)
    version.ended_at = at
    version.save(update_fields=["state", "ended_at"])
    return RuleEnded(
        subject=version.rule_id,
        version=version.pk,
        code=version.rule.code,
        number=version.number,
        ended_at=at,
        why=why.value,
        reason=reason,
    )


def text_hash(draft: RuleDraft, effective_at: dt.datetime) -> str:
    """Return SHA-256 of the whole text as canonical JSON, its beginning included."""
    return hash_of(document_of(replace(draft, effective_at=effective_at)))


def _enter(
    *, actor: Actor, draft: RuleDraft, kind: StatuteKind, rule: Rule | None, origin_ref: str = ""
) -> RuleVersion:
    rule = rule or _new_rule(kind, draft)
    begins = max(draft.effective_at or now(), now())
    version = version_write(rule=rule, draft=draft, begins=begins, origin_ref=origin_ref)
    ruleset_change()
    record(
        RuleEntered(
            subject=rule.pk,
            version=version.pk,
            code=rule.code,
            number=version.number,
            text_hash=version.text_hash,
            effective_at=begins,
            sunset_at=draft.sunset_at,
        ),
        actor=actor,
    )
    return version


def version_write(
    *,
    rule: Rule,
    draft: RuleDraft,
    begins: dt.datetime,
    state: RuleState = RuleState.SCHEDULED,
    origin_ref: str = "",
) -> RuleVersion:
    """Write the next version of a locked rule with its parts; the caller records the act."""
    version = RuleVersion.objects.create(
        rule=rule,
        number=rule.versions.count() + 1,
        effective_at=begins,
        state=state,
        origin_ref=origin_ref,
        text_hash=text_hash(draft, begins),
        **{name: getattr(draft, name) for name in TEXT},
    )
    _write_parts(version, draft)
    return version


def _refuse(faults: list[DraftFault]) -> None:
    if faults:
        raise RuleRefused(faults)


def adoption_faults(draft: RuleDraft, *, follows: Rule | None = None) -> list[DraftFault]:
    """Return why a draft cannot become a rule beside those that stand, or the next of one."""
    faults = [*draft_faults(draft), *strange_authority(draft, follows)]
    return faults or draft_coverage(draft, follows=follows)


def strange_authority(draft: RuleDraft, rule: Rule | None) -> list[DraftFault]:
    """Return the fault of a new version that someone else would have made."""
    if rule is None or draft.authority == rule.authority:
        return []
    reason = _("The rule was made by “%(name)s”, and so is its next version.")
    return [DraftFault("authority", reason % {"name": rule.authority})]


def _new_rule(kind: StatuteKind, draft: RuleDraft) -> Rule:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('policy_rule_number')")
        number = cursor.fetchone()[0]
    return Rule.objects.create(
        number=number,
        code=code("R", number),
        kind=kind,
        title=draft.title,
        authority=draft.authority,
    )


def _write_parts(version: RuleVersion, draft: RuleDraft) -> None:
    Clause.objects.bulk_create(
        Clause(version=version, number=number, **asdict(clause))
        for number, clause in enumerate(draft.clauses, start=1)
    )
    RuleCondition.objects.bulk_create(
        RuleCondition(version=version, **asdict(condition)) for condition in draft.conditions
    )
    RuleDuty.objects.bulk_create(RuleDuty(version=version, **asdict(d)) for d in draft.duties)
    RuleParameter.objects.bulk_create(
        RuleParameter(version=version, **asdict(parameter)) for parameter in draft.parameters
    )
    examples_write(version, draft.examples)


def _locked(rule: Rule) -> Rule:
    return Rule.objects.select_for_update().get(pk=rule.pk)


def _standing_places(rule: Rule | None) -> list[list[str]]:
    """Return the territories of the versions that a new one would follow."""
    if rule is None:
        return []
    standing = rule.versions.exclude(state=RuleState.ENDED)
    return list(standing.values_list("jurisdictions", flat=True))
