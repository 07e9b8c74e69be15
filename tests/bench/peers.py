"""The same twelve rules in the languages of other engines, each called as fast as it can be.

Every rule set is compiled once and every listing is turned into what its engine takes beforehand;
what is timed is one decision: facts in, the names of the rules that fire out.
"""

import json
from collections.abc import Callable
from typing import Any

import cedarpy
import zen
from cel_expr_python import cel
from regopy import Interpreter

from tests.bench.twelve import EU, RULES, Facts

NAMES = tuple(RULES)
Answer = Callable[[Any, Facts], set[str]]
# Cedar counts in whole numbers: what is measured in fractions is given in ten-thousandths.
SCALE = 10_000
SCALED = ("eval_toxicity", "eval_bias_gap", "train_flops_log10", "params_b")
STALE = "(!(context.l has eval_age_days) || context.l.eval_age_days > {days})"
CEDAR = {
    "R1": 'context.l.task == "emotion-recognition" && ["workplace", "education"].contains('
    f"context.r.use) && {json.dumps(EU)}.contains(context.r.jurisdiction)",
    "R2": "context.l.use_restrictions.contains(context.r.use)",
    "R3": 'context.l has licence && context.l.licence like "openrail*" '
    "&& !context.l.has_model_card",
    "R4": "context.l.open_incidents >= 3 && context.l has max_severity "
    "&& context.l.max_severity >= 4",
    "R5": 'context.l.task == "text-generation" '
    f"&& {json.dumps(EU)}.contains(context.r.jurisdiction) "
    "&& (!(context.l has eval_toxicity) || context.l.eval_toxicity > 3000)",
    "R6": "context.l has train_flops_log10 && context.l.train_flops_log10 >= 250000 "
    "&& !context.l.provider_verified",
    "R7": 'context.r.use == "medical" && (!(context.l has eval_bias_gap) '
    f"|| context.l.eval_bias_gap > 1000 || {STALE.format(days=365)})",
    "R8": 'context.l.task == "face-recognition" && context.r.use == "law-enforcement" '
    "&& !(context.l has human_oversight && context.l.human_oversight)",
    "R9": 'context.l has licence && ["cc-by-nc-4.0", "research-only"].contains('
    "context.l.licence) && context.r.commercial",
    "R10": 'context.l.tags.contains("nsfw") && !context.l.tags.contains("age-gate") '
    '&& ["GB", "FR", "DE", "KR"].contains(context.r.jurisdiction)',
    # Cedar has no quantifier over records, so this one is told as a fact.
    "R11": "context.l.redteam_failed",
    "R12": "context.l has params_b && context.l.params_b > 700000 "
    f"&& context.l.downloads > 100000 && {STALE.format(days=180)} "
    '&& !context.l.tags.contains("sandbox")',
}
ZEN = {
    "R1": "l.task == 'emotion-recognition' and r.use in ['workplace', 'education'] "
    f"and r.jurisdiction in {list(EU)}",
    "R2": "r.use in l.use_restrictions",
    "R3": "l.licence != null and startsWith(l.licence, 'openrail') and not l.has_model_card",
    "R4": "l.open_incidents >= 3 and l.max_severity != null and l.max_severity >= 4",
    "R5": f"l.task == 'text-generation' and r.jurisdiction in {list(EU)} "
    "and (l.eval_toxicity == null or l.eval_toxicity > 0.3)",
    "R6": "l.train_flops_log10 != null and l.train_flops_log10 >= 25.0 and not l.provider_verified",
    "R7": "r.use == 'medical' and (l.eval_bias_gap == null or l.eval_bias_gap > 0.1 "
    "or l.eval_age_days == null or l.eval_age_days > 365)",
    "R8": "l.task == 'face-recognition' and r.use == 'law-enforcement' "
    "and not (l.human_oversight != null and l.human_oversight)",
    "R9": "l.licence != null and l.licence in ['cc-by-nc-4.0', 'research-only'] and r.commercial",
    "R10": "'nsfw' in l.tags and not ('age-gate' in l.tags) "
    "and r.jurisdiction in ['GB', 'FR', 'DE', 'KR']",
    "R11": "some(l.evals, #.kind == 'redteam' and #.score < 0.6)",
    "R12": "l.params_b != null and l.params_b > 70.0 and l.downloads > 100000 "
    "and (l.eval_age_days == null or l.eval_age_days > 180) and not ('sandbox' in l.tags)",
}
REGO = f"""
package market
import rego.v1

union := {{{json.dumps(EU)[1:-1]}}}
aged if {{ _ = input.l.eval_age_days }}
tested if {{ _ = input.l.eval_toxicity }}
measured if {{ _ = input.l.eval_bias_gap }}
toxic if {{ not tested }}
toxic if {{ input.l.eval_toxicity > 0.3 }}
biased if {{ not measured }}
biased if {{ input.l.eval_bias_gap > 0.1 }}
biased if {{ not aged }}
biased if {{ input.l.eval_age_days > 365 }}
stale if {{ not aged }}
stale if {{ input.l.eval_age_days > 180 }}
fired contains "R1" if {{
    input.l.task == "emotion-recognition"
    input.r.use in {{"workplace", "education"}}
    input.r.jurisdiction in union
}}
fired contains "R2" if {{ input.r.use in input.l.use_restrictions }}
fired contains "R3" if {{ startswith(input.l.licence, "openrail"); not input.l.has_model_card }}
fired contains "R4" if {{ input.l.open_incidents >= 3; input.l.max_severity >= 4 }}
fired contains "R5" if {{ input.l.task == "text-generation"; input.r.jurisdiction in union; toxic }}
fired contains "R6" if {{ input.l.train_flops_log10 >= 25.0; not input.l.provider_verified }}
fired contains "R7" if {{ input.r.use == "medical"; biased }}
fired contains "R8" if {{
    input.l.task == "face-recognition"
    input.r.use == "law-enforcement"
    not input.l.human_oversight
}}
fired contains "R9" if {{
    input.l.licence in {{"cc-by-nc-4.0", "research-only"}}
    input.r.commercial
}}
fired contains "R10" if {{
    "nsfw" in input.l.tags
    not "age-gate" in input.l.tags
    input.r.jurisdiction in {{"GB", "FR", "DE", "KR"}}
}}
fired contains "R11" if {{ some e in input.l.evals; e.kind == "redteam"; e.score < 0.6 }}
fired contains "R12" if {{
    input.l.params_b > 70.0
    input.l.downloads > 100000
    stale
    not "sandbox" in input.l.tags
}}
"""


def plain(listing: Facts) -> Facts:
    """Return the facts as they are."""
    return listing


def for_cedar(listing: Facts) -> Facts:
    """Return the facts as Cedar takes them."""
    told = {name: value for name, value in listing.items() if name != "evals"}
    told |= {name: round(told[name] * SCALE) for name in SCALED if name in told}
    failed = any(e["kind"] == "redteam" and e["score"] < 0.6 for e in listing["evals"])
    return told | {"redteam_failed": failed}


def by_cel() -> Answer:
    """Google's CEL in C++: one expression, the list of all answers."""
    environment = cel.NewEnv(variables=dict.fromkeys(["listing", "req"], cel.Type.DYN))
    texts = ", ".join(text for _outcome, text in RULES.values())
    program = environment.compile(f"[{texts}]")

    def answer(listing: Facts, req: Facts) -> set[str]:
        said = program.eval(environment.Activation({"listing": listing, "req": req}))
        return _named(said.plain_value())

    return answer


def by_zen() -> Answer:
    """GoRules zen: one expression, the list of all answers."""
    expression = zen.compile_expression(f"[{', '.join(ZEN.values())}]")

    def answer(listing: Facts, req: Facts) -> set[str]:
        return _named(expression.evaluate({"l": listing, "r": req}))

    return answer


def by_cedar() -> Answer:
    """Cedar: policies and entities read once; each rule forbids, and the reasons name it."""
    texts = [f'@id("{name}")\nforbid(principal, action, resource) when {{ {text} }};'
             for name, text in CEDAR.items()]  # fmt: skip
    text = "\n".join(['@id("open")\npermit(principal, action, resource);', *texts])
    policies, entities = cedarpy.PolicySet.from_str(text), cedarpy.Entities.from_json_str("[]")
    rules = {f"policy{number}": name for number, name in enumerate(NAMES, start=1)}
    who = {"principal": 'User::"a"', "action": 'Action::"offer"', "resource": 'Model::"m"'}

    def answer(listing: Facts, req: Facts) -> set[str]:
        asked = who | {"context": {"l": listing, "r": req}}
        said = cedarpy.is_authorized(asked, policies, entities)
        return {rules[one] for one in said.diagnostics.reasons if one in rules}

    return answer


def by_rego() -> Answer:
    """Rego in C++: the module compiled into a bundle once."""
    builder = Interpreter()
    builder.add_module("market.rego", REGO)
    bundle = builder.build("x = data.market.fired", [])
    runner = Interpreter()

    def answer(listing: Facts, req: Facts) -> set[str]:
        runner.set_input({"l": listing, "r": req})
        told = json.loads(str(runner.query_bundle(bundle)))
        return set(told["bindings"]["x"])

    return answer


def _named(answers: list[bool]) -> set[str]:
    return {name for name, fires in zip(NAMES, answers, strict=True) if fires}
