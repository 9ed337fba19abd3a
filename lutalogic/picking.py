# SPDX-License-Identifier: Apache-2.0
"""Which of all patients that fulfil a wish to show: different ones, or those nearest to one.

Facts are numbers of kinds here, as `backwards.Problem` has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from lutalogic.backwards import UNDOCUMENTED, known_forms, letter_bits
from lutalogic.narrowing import solved
from lutalogic.rulebase import rule_base
from lutalogic.trace import Trace

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping, Sequence
    from random import Random

    from lutalogic.backwards import Problem
    from lutalogic.narrowing import Literal as Bits
    from lutalogic.wishes import Demand

    Kinds = dict[str, int]
    Apart = Literal["effects", "changes", "facts"]
    Used = Counter[tuple[object, ...]]

_TRUTHS: Final = ("t", "u", "f")


def first(problem: Problem, order: Mapping[int, Sequence[int]]) -> tuple[Kinds, list[Bits]] | None:
    """Return the first patient in an order of preference, and the truths demanded; None if none is.

    Args:
        problem: What patients must fulfil.
        order: The variables to decide, each with its values, the best first.
    """
    with solved(problem.network, order, stuck=problem.any_order() | dict(order)) as found:
        if not found:
            return None
        demanded = [problem.truth(d.view, d.node) for d in problem.way.demands]
        return problem.found(), [(truth, problem.network.domains[truth]) for truth in demanded]


def diverse(problem: Problem, random: Random, used: Used) -> Iterator[Kinds]:
    """Yield patients who differ in what matters: in criteria, or in facts on which these rest.

    Each is looked for with another criterion in the focus, all others true as far as can be, and
    with the kinds of facts that were used least. Then what changes no criterion is taken away.

    Args:
        problem: What patients must fulfil.
        random: Settles what is all the same.
        used: How often criteria and kinds of facts were used; it is kept up to date.
    """
    while found := first(problem, _order(problem, random, used)):
        whole, truths = found
        facts = _needed(problem, whole, truths, random)
        used.update(facts.items())
        yield facts
        stated = {n: kind for n, kind in facts.items() if kind != problem.kind_of(n, UNDOCUMENTED)}
        problem.network.exclude([*((problem.facts[n], 1 << k) for n, k in stated.items()), *truths])


def _order(problem: Problem, random: Random, used: Used) -> dict[int, Sequence[int]]:
    """Return what to decide first, and how: criteria, then facts."""
    criteria = [d for d in plain(problem) if d.node != d.view.policy.root]
    random.shuffle(criteria)
    order: dict[int, Sequence[int]] = {}
    if criteria:
        focus = min(criteria, key=lambda d: used[_focus(problem, d)])
        used[_focus(problem, focus)] += 1
        criteria.remove(focus)
        letter = _wanted(problem, focus)
        order[problem.truth(focus.view, focus.node)] = _letters(letter)
    for demand in criteria:
        if _wanted(problem, demand) != "t":  # what is met has true criteria enough
            order[problem.truth(demand.view, demand.node)] = _letters("t")
    names = list(problem.facts)
    random.shuffle(names)
    for name in names:
        order[problem.facts[name]] = _kinds(problem, name, random, used)
    return order | {v: some for v, some in problem.any_order().items() if v not in order}


def _wanted(problem: Problem, criterion: Demand) -> str:
    """Return the truth of a criterion that goes with the outcome that is wished."""
    root = problem.truth(criterion.view, criterion.view.policy.root)
    open_truths = [t for t in _TRUTHS if problem.network.domains[root] & letter_bits(t)]
    return open_truths[0] if len(open_truths) == 1 else "u"


def _focus(problem: Problem, criterion: Demand) -> tuple[object, ...]:
    return criterion.view.policy.name, criterion.node, _wanted(problem, criterion)


def _letters(best: str) -> list[int]:
    return [letter_bits(letter) for letter in (best, *_TRUTHS, "-")]


def _kinds(problem: Problem, name: str, random: Random, used: Used) -> list[int]:
    """Return the kinds of a fact: those with a known value first, the least used first."""
    known = known_forms(name)
    ranked = [
        (not any(form in known for form in kind), used[name, number], random.random(), 1 << number)
        for number, kind in enumerate(problem.kinds[name])
    ]
    return [bit for *_, bit in sorted(ranked)]


def _needed(problem: Problem, facts: Kinds, truths: list[Bits], random: Random) -> Kinds:
    """Return facts without those that can go, while all that is demanded keeps its truth."""
    fixed = {*problem.given, problem.way.open}
    nothing = {name: problem.kind_of(name, UNDOCUMENTED) for name in facts if name not in fixed}
    names = [name for name, kind in nothing.items() if facts[name] != kind]
    random.shuffle(names)

    def same(rest: Kinds) -> bool:
        with problem.with_facts(rest) as held:
            domains = problem.network.domains
            return held and all(domains[truth] == domain for truth, domain in truths)

    def kept(some: Sequence[str]) -> Kinds:
        """Return some facts without those that can go one by one, where all others are held."""
        if len(some) == 1:
            without = {name: nothing[name] for name in some}
            return without if same(without) else {name: facts[name] for name in some}
        half = len(some) // 2
        with problem.holding({name: facts[name] for name in some[half:]}):
            left = kept(some[:half])
        with problem.holding(left):
            return left | kept(some[half:])

    idle = set(names) - _reasons(problem, facts)  # as a rule all of these can go at once
    if same(fewer := facts | {name: nothing[name] for name in idle}):
        facts, names = fewer, [name for name in names if name not in idle]
    before = 0
    while (
        names and len(names) != before
    ):  # what evidence speaks against may be idle once that is gone
        before = len(names)
        with problem.holding({name: kind for name, kind in facts.items() if name not in names}):
            facts = facts | kept(names)
        names = [name for name in names if facts[name] != nothing[name]]
    return facts


def _reasons(problem: Problem, facts: Kinds) -> set[str]:
    """Return the facts on which what is demanded rests."""
    nodes = rule_base().nodes
    read: set[str] = set()
    with problem.with_facts(facts):
        for view, node, _ in plain(problem):
            trace = Trace(view.policy, view.choices, view.day, problem.letters(view))
            read.update(name for n in trace.reasons(node) for name in nodes[n].attributes)
    return read


def plain(problem: Problem) -> list[Demand]:
    """Return what is demanded of a request as it is."""
    return [d for d in problem.way.demands if not (d.view.truths or d.view.known)]


def nearest(
    problem: Problem,
    near: Kinds,
    distance: int | None,
    *,
    apart: Apart,
    effort: int | None = None,
) -> Iterator[Kinds]:
    """Yield patients of whom just so many facts are of other kinds than those of a given one.

    So ask for small distances first. None is like another, as `exclude` has it.

    Args:
        problem: What patients must fulfil.
        near: The number of the kind of each fact of the given patient.
        distance: How many facts differ; None if it does not matter, but the fewer the better.
        apart: In what patients must differ from one another.
        effort: After how many failures to give up; None to go on until there are no others.
    """
    network = problem.network
    same = [(problem.facts[name], 1 << kind) for name, kind in near.items()]

    def bound() -> bool:
        changed = sum(not network.domains[fact] & kind for fact, kind in same)
        assert distance is not None
        if changed > distance:
            return False
        if changed == distance:
            kept = [network.narrow(f, kind) for f, kind in same if network.domains[f] & kind]
            return all(kept) and network.settle()
        return True

    order: dict[int, Sequence[int]] = {
        problem.facts[name]: _by_nearness(problem, name, kind) for name, kind in near.items()
    }
    order |= {v: some for v, some in problem.any_order().items() if v not in order}
    while True:
        limit = None if distance is None else bound
        with solved(network, order, bound=limit, effort=effort) as possible:
            found = problem.found() if possible else None
        if found is None:
            return
        yield found
        exclude(problem, found, near, apart)


def exclude(problem: Problem, found: Kinds, near: Kinds, apart: Apart) -> None:
    """Leave out, from now on, patients who are like one that was found.

    Args:
        problem: What patients must fulfil.
        found: The patient.
        near: The given one.
        apart: What makes two patients alike: ``effects``, the same facts changed, perhaps more, and
            to the same effect on the criteria; ``changes``, the same changes, perhaps more;
            ``facts``, the same facts throughout.
    """
    changed = {name: kind for name, kind in found.items() if kind != near[name]}
    if apart == "facts" or not changed:
        literals = {name: 1 << kind for name, kind in found.items()}
    elif apart == "changes":
        literals = {name: 1 << kind for name, kind in changed.items()}
    else:
        literals = {name: _alike(problem, found, name) for name in changed}
    problem.network.exclude((problem.facts[name], kinds) for name, kinds in literals.items())


def _alike(problem: Problem, found: Kinds, name: str) -> int:
    """Return the kinds of a fact that have the same effect on all criteria, as bits."""
    domains = problem.network.domains
    demanded = [problem.truth(d.view, d.node) for d in problem.way.demands]
    with problem.with_facts(found):
        truths = [(truth, domains[truth]) for truth in demanded]
    kinds = 1 << found[name]
    with problem.holding({other: kind for other, kind in found.items() if other != name}):
        for kind in range(len(problem.kinds[name])):
            with problem.with_facts({name: kind}) as held:
                if held and all(domains[truth] == domain for truth, domain in truths):
                    kinds |= 1 << kind
    return kinds


def _by_nearness(problem: Problem, name: str, near: int) -> list[int]:
    """Return the kinds of a fact: first a given patient's, then documented ones, then none."""
    kinds = problem.kinds[name]
    at = min(kinds[near])

    def rank(number: int) -> tuple[bool, bool, bool, int]:
        forms = kinds[number]
        known = any(form in known_forms(name) for form in forms)
        return number != near, UNDOCUMENTED in forms, not known, abs(min(forms) - at)

    return [1 << number for number in sorted(range(len(kinds)), key=rank)]
