# SPDX-License-Identifier: Apache-2.0
"""Where each thing of the rule base stands on the site."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from docs.extension.markdown import slug
from lutalogic.rulebase import policies, rule_base

if TYPE_CHECKING:
    from lutalogic.rules import Criterion, Policy

#: The folder of the generated pages about the rules, below docs/.
RULES: Final = "rules"
#: The folder of the generated pages about the program.
API: Final = "api"


@cache
def criteria() -> dict[str, tuple[Policy, Criterion]]:
    """Return every criterion by its id, which no two policies share."""
    return {c.id: (policy, c) for policy in policies() for c in policy.criteria}


@cache
def outside(policy: Policy) -> tuple[str, ...]:
    """Return the facts that a policy reads outside its criteria, where it says how they join.

    >>> "initial_criteria_met" in outside(rule_base().policies["wellmark_lutathera"])
    True
    """
    base = rule_base()
    found: set[str] = set()
    waiting = [policy.root]
    while waiting:
        node = base.nodes[waiting.pop()]
        found.update(node.attributes)
        waiting += [p for p in node.parts if p is not None and p not in policy.criteria_by_node]
    return tuple(name for name in base.attributes if name in found)


def policy_page(name: str) -> str:
    """Return the page of a policy."""
    return f"{RULES}/{name}/index"


def criterion_page(name: str) -> str:
    """Return the page of a criterion.

    >>> criterion_page("item 2a")
    'rules/wellmark_lutathera/item-2a'
    """
    return f"{RULES}/{criteria()[name][0].name}/{slug(name)}"


def place(kind: str, target: str) -> tuple[str, str] | None:
    """Return page and anchor of what a reference names; None if there is no such thing.

    Args:
        kind: criterion, policy, attribute, reading, theorem, cases or vector.
        target: Its name; of cases, a policy and a table, ``/`` between, or a row of it after ``:``.

    >>> place("reading", "w_extent")
    ('rules/ambiguities', 'reading-w-extent')
    >>> place("criterion", "Z-9") is None
    True
    """
    base = rule_base()
    match kind:
        case "criterion" if target in criteria():
            return criterion_page(target), f"criterion-{slug(target)}"
        case "policy" if target in base.policies:
            return policy_page(target), f"policy-{slug(target)}"
        case "attribute" if target in base.attributes:
            return f"{RULES}/vocabulary", f"attribute-{slug(target)}"
        case "reading" if target in base.readings:
            return f"{RULES}/ambiguities", f"reading-{slug(target)}"
        case "theorem" if any(target == each.name for each in base.claims):
            return f"{RULES}/theorems", f"theorem-{slug(target)}"
        case "cases":
            policy, _, row = target.partition("/")
            return f"{RULES}/{policy}/cases", f"cases-{slug(row.replace(':', '-'))}"
        case "vector":
            policy, _, number = target.partition("/")
            return f"{RULES}/{policy}/vectors", f"vector-{number}"
    return None


def shown(kind: str, target: str) -> str:
    """Return how a reference calls what it names, if it does not say."""
    base = rule_base()
    match kind:
        case "attribute":
            return base.attributes[target].label
        case "policy":
            return base.policies[target].title
        case "reading":
            return base.readings[target].question
        case "theorem":
            return next(each.sentence for each in base.claims if each.name == target)
        case "cases":
            return target.partition("/")[2].replace("_", " ")
        case _:
            return target


def listed(kind: str, target: str) -> str:
    """Return how the search lists it: by its name, which is looked for, and in words.

    The search takes what stands before a dot for a module, and shows marks of HTML as they are
    escaped: words with dots or such marks are left out.

    >>> listed("attribute", "age_years")
    'age_years: age'
    """
    words = "" if kind in ("criterion", "source") else shown(kind, target).replace("'", "\u2019")
    return f"{target}: {words}" if words and not set('.<>&"') & set(words) else target
