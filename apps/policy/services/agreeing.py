"""A draft asked of real listings twice: by the closure that decides and by PostgreSQL.

The register knows no listings. Which function brings their facts, and PostgreSQL's answers to
conditions over them, is said in `settings.RULE_ANSWERS`; it is given the conditions as SQL.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice, product
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from apps.core.clock import now
from apps.policy.engine import CompiledRule
from apps.policy.engine.goldens import EVERYWHERE, GENERAL
from apps.policy.engine.nodes import Read, Root, walk
from apps.policy.engine.proof import Ruled, texts_in
from apps.policy.errors import DraftFault
from apps.policy.models import Rule
from apps.policy.selectors import use_slugs
from apps.policy.services.drafts import RuleDraft
from apps.policy.services.proving import ruled_of

MOST_LISTINGS = 10_000
MOST_REQUESTS = 24
ALIAS = "listing"
Facts = dict[str, Any]
Answers = Callable[[Sequence[str], list[Any], int], list[tuple[str, Facts, list[bool | None]]]]


def agreement_faults(draft: RuleDraft, *, follows: Rule | None = None) -> list[DraftFault]:
    """Return the first current listing for which the two answers of a sound draft differ.

    Up to ten thousand listings are asked, the newest, for the requests that the draft tells apart.
    """
    ruled = ruled_of(draft, follows)
    requests = list(islice(_requests(ruled), MOST_REQUESTS))
    for code, facts, answers in _answered(ruled, requests):
        for req, by_database in zip(requests, answers, strict=True):
            by_closure = ruled.compiled.evaluate(facts, req, ruled.source.parameters)
            if by_closure is not by_database:
                return [_differs(code, req)]
    return []


def _answered(ruled: Ruled, requests: list[Facts]) -> list[tuple[str, Facts, list[bool | None]]]:
    conditions, values = list[str](), list[Any]()
    for req in requests:
        text, more = ruled.compiled.sql(req, ruled.source.parameters, alias=ALIAS)
        conditions.append(f"({text})")
        values += more
    answers: Answers = import_string(settings.RULE_ANSWERS)
    return answers(conditions, values, MOST_LISTINGS)


def _requests(ruled: Ruled) -> Iterable[Facts]:
    """Return the requests of a rule's scope that its expression can tell apart."""
    source, date = ruled.source, now()
    uses = _told_apart(ruled.compiled, "use", sorted(source.uses), use_slugs, GENERAL)
    places = sorted(source.jurisdictions)
    places = _told_apart(ruled.compiled, "jurisdiction", places, list, EVERYWHERE)
    commercial = [True, False] if _reads(ruled.compiled, "commercial") else [True]
    for use, place, paid in product(uses, places, commercial):
        yield {"use": use, "jurisdiction": place, "commercial": paid, "date": date}


def _told_apart(
    rule: CompiledRule, name: str, scope: list[str], known: Callable[[], list[str]], none: str
) -> list[str]:
    """Return the values to ask: those that the rule names first, then the others of its scope."""
    if not _reads(rule, name):
        return scope[:1] or [none]
    named = {text for node in walk(rule.tree) for text in texts_in(node)}
    return sorted([none, *(scope or known() or sorted(named))], key=lambda one: one not in named)


def _reads(rule: CompiledRule, name: str) -> bool:
    reads = (node for node in walk(rule.tree) if isinstance(node, Read))
    return any((read.root, read.name) == (Root.REQ, name) for read in reads)


def _differs(code: str, req: Facts) -> DraftFault:
    reason = _(
        "Of listing %(code)s, asked for use “%(use)s” in “%(place)s”, the two engines say "
        "different things."
    )
    words = {"code": code, "use": req["use"], "place": req["jurisdiction"]}
    return DraftFault(
        "expression", reason % words, _("Say it in other words, and report this; it is our fault.")
    )
