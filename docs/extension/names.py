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
        target: Its name.

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
            policy, _, file = target.partition("/")
            return f"{RULES}/{policy}/cases", f"cases-{slug(file)}"
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
        case "cases":
            return target.partition("/")[2].replace("_", " ")
        case _:
            return target
