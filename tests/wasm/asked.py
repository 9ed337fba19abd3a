# SPDX-License-Identifier: Apache-2.0
"""The requests on which every way to run the rules must agree, and how the page asks them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

from lutalogic import decide, policies, rule_base
from lutalogic.patient_files import Patient
from lutalogic.possible import Members, Never, Number, Option, Span
from tests.kb.test_cases import bases, request, rows
from tests.strategies import DAYS

if TYPE_CHECKING:
    from fractions import Fraction

    from lutalogic import Decision
    from lutalogic.possible import Possible
    from lutalogic.rules import Attribute

ROOT: Final = Path(__file__).parents[2]
#: How many requests are drawn at random, and from what.
DRAWN: Final = 400
_SEED: Final = 20260601


@dataclass(frozen=True)
class Asked:
    """A request, with where it comes from."""

    place: str
    policy: str
    on: str
    facts: dict[str, Any]
    readings: dict[str, str]

    def decided(self) -> Decision:
        """Return the decision of the package."""
        return decide(self.facts, self.policy, on=self.on, readings=self.readings)


def sample_cases() -> list[Asked]:
    """Return the sample cases that come with the specification."""
    found = []
    for name in ("cases", "cases_more"):
        for line in (ROOT / f"tests/cases/{name}.jsonl").read_text().splitlines():
            case = json.loads(line)
            found.append(
                Asked(case["id"], case["policy"], case["on"], case["facts"],
                      case.get("readings") or {})
            )  # fmt: skip
    return found


def case_tables() -> list[Asked]:
    """Return the rows of the case tables of every policy."""
    return [
        Asked(place, **request(policy.name, row))
        for policy in policies()
        for place, row in rows(policy.name).items()
    ]


def worked_patients() -> list[Asked]:
    """Return the worked patients, under every policy that they name or that speaks to them."""
    from lutalogic import policies_for
    from tests.package.test_examples import FOLDER

    found = []
    for path in sorted(FOLDER.glob("*.json")):
        data = json.loads(path.read_text())
        for number, row in enumerate(data if isinstance(data, list) else [data]):
            on = row["on"]
            case = Patient(path.stem, row["facts"], record=row.get("record")).case(on=on)
            named = row.get("policy") or [policy.name for policy in policies_for(case)]
            found += [
                Asked(f"{path.stem}:{number}", policy, on, case.facts, {})
                for policy in ([named] if isinstance(named, str) else named)
            ]
    return found


def drawn_requests(count: int = DRAWN) -> list[Asked]:
    """Return requests drawn at random, the same in every run, near to patients who meet and far."""
    random = Random(_SEED)
    found = []
    for number in range(count):
        policy = random.choice(policies())
        facts = dict(random.choice(list(bases(policy.name).values()))) if number % 4 else {}
        changed = [n for n in policy.attributes if not facts or random.random() < 0.1]
        for name in changed:
            value = _drawn(random, rule_base().attributes[name])
            facts.pop(name, None)
            if value is not None:
                facts[name] = value
        readings = {
            name: random.choice(rule_base().readings[name].values)
            for name in policy.readings
            if random.random() < 0.2
        }
        on = random.choice(["2026-06-01", *DAYS])
        found.append(Asked(f"drawn {number}", policy.name, on, facts, readings))
    return found


def _drawn(random: Random, attribute: Attribute) -> Any:
    if random.random() < 0.3:
        return None
    match attribute.type:
        case "boolean":
            return random.random() < 0.5
        case "enum":
            return random.choice(attribute.values)
        case "set":
            return random.sample(attribute.values, random.randint(0, 3))
    low, high = attribute.range
    cells = [cell for cell in attribute.cells if isinstance(cell, (int, float))]
    near = [n + d for n in cells for d in (-1, 0, 1) if low <= n + d <= high] or [low, high]
    first, second = sorted(random.choice(near) for _ in range(2))
    if attribute.type == "elapsed" and random.random() < 0.2:
        return "never"
    return random.choice(
        [first, second, f"{first}-{second}" if first >= 0 else first, f">={first}"]
    )


def query(decision: Decision, *, reasons: bool = True) -> dict[str, Any]:
    """Return the query that the page makes of what a decision was asked."""
    asked = decision.request
    known = asked.case.possible
    return {
        "policy": asked.policy.index,
        "on": asked.day,
        "readings": list(asked.choices),
        "facts": [json_fact(known.get(name)) for name in asked.policy.attributes],
        **({"reasons": True} if reasons else {}),
    }


def json_fact(known: Possible | None) -> Any:
    """Return what is known of a fact as the page tells it to Prolog."""
    match known:
        case None:
            return None
        case Option(index):
            return index
        case Members(mask):
            return mask
        case Never():
            return "never"
        case Number(number):
            return _ratio(number)
        case Span():
            return {
                "low": _ratio(known.low),
                "low_open": known.low_open,
                "high": _ratio(known.high),
                "high_open": known.high_open,
            }


def _ratio(number: Fraction) -> list[int]:
    return [number.numerator, number.denominator]
