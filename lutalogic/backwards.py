# SPDX-License-Identifier: Apache-2.0
"""The rules run backwards: from what a decision should be to the facts that lead to it.

The relations are those of the relational engine. Here their variables have domains: of a truth, the
truths it may still have; of a fact, the *kinds* it may still be of. Forms of a fact that have the
same truth in every condition that is asked are of one kind: nothing tells them apart.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from kanren import var

from lutalogic.cells import forms
from lutalogic.engines.kanren import joined, leaf_relation
from lutalogic.narrowing import Network, Table, solved
from lutalogic.rulebase import rule_base

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from lutalogic.relational import Facts
    from lutalogic.wishes import View, Way

Signature = tuple[int, tuple[object, ...], tuple[object, ...], str]
#: The values of a truth, each a bit of its domain; ``c`` is evidence in conflict, before its truth.
_LETTERS: Final = "tfuc-"
_TRUTHS: Final = 0b111
#: The place of the form of a fact that is not documented, among `forms`.
UNDOCUMENTED: Final = 0


@cache
def letter_bits(letters: str) -> int:
    """Return the domain that has these truths."""
    return sum(1 << _LETTERS.index(letter) for letter in set(letters))


class Problem:
    """One way in which a wish comes true, as a network.

    Attributes:
        way: What is demanded.
        kinds: The forms of each fact that bears on it, kind by kind.
        facts: The variable of each of these facts.
    """

    def __init__(
        self,
        way: Way,
        given: dict[str, int],
        *,
        avoided: Collection[tuple[View, int]] = (),
        aside: Mapping[str, int] | None = None,
    ) -> None:
        """State a problem.

        Args:
            way: What is demanded.
            given: The forms that facts must have, by their names.
            avoided: Conditions that `avoid` makes not true, if a fact that bears on it can help.
            aside: The forms of facts that do not bear on it; else they are not documented.
        """
        self.way, self.given = way, given
        self.network = Network()
        self._truths: dict[Signature, int] = {}
        self._constants: dict[int, int] = {}
        leaves = {leaf for demand in way.demands for leaf in _leaves(demand.view, demand.node)}
        nodes = rule_base().nodes
        read = {name for leaf in leaves for name in nodes[leaf].attributes}
        kept = [
            (view, node)
            for view, node in avoided
            if any(read.intersection(nodes[leaf].attributes) for leaf in _leaves(view, node))
        ]
        leaves |= {leaf for view, node in kept for leaf in _leaves(view, node)}
        every = {name for leaf in leaves for name in nodes[leaf].attributes}
        ordered = [name for name in rule_base().attributes if name in every]
        self.kinds = {name: _kinds(name, frozenset(_reading(name, leaves))) for name in ordered}
        self._known: dict[str, int] = {}
        self.facts = {
            name: self._new_fact(name, given.get(name)) for name in ordered if name in read
        }
        others = given | dict(aside or {})
        self._aside = {
            name: self._new_fact(name, others.get(name, UNDOCUMENTED))
            for name in ordered
            if name not in read
        }
        for view, node, letters in way.demands:
            self.network.narrow(self.truth(view, node), letter_bits(letters))
        self._avoided = [self.truth(view, node) for view, node in kept]

    def avoid(self) -> None:
        """Demand, further, that conditions to be avoided are not true."""
        for truth in self._avoided:
            self.network.narrow(truth, ~letter_bits("t"))

    def _new_fact(self, name: str, given: int | None) -> int:
        kinds = self.kinds[name]
        domain = (1 << len(kinds)) - 1
        if name == self.way.open:
            domain &= 1 << self.kind_of(name, UNDOCUMENTED)
        if given is not None:
            domain &= 1 << self.kind_of(name, given)
        return self.network.variable(domain)

    def known(self, name: str) -> int:
        """Return the variable of a fact as if it were known."""
        if name not in self._known:
            known = known_forms(name)
            kinds = enumerate(self.kinds[name])
            domain = sum(1 << i for i, kind in kinds if any(form in known for form in kind))
            self._known[name] = self.network.variable(domain)
        return self._known[name]

    def truth(self, view: View, node: int) -> int:
        """Return the variable of the truth of a node."""
        return self._truth(view, node) if view.started else self._constant("-")

    def _truth(self, view: View, node: int) -> int:
        key = _signature(view, node)
        if key not in self._truths:
            self._truths[key] = self._new_truth(view, node)
        return self._truths[key]

    def _new_truth(self, view: View, node: int) -> int:
        entry = rule_base().nodes[node]
        taken = dict(view.truths).get(node)
        if taken:
            return self._constant(taken)
        if not entry.parts:
            truth = self.network.variable(_TRUTHS)
            read = [
                self.known(name) if name == view.known else self._variable(name)
                for name in entry.attributes
            ]
            table = _leaf_table(node, tuple(self.kinds[name] for name in entry.attributes))
            self.network.relate(table, (*read, truth))
            return truth
        parts = [self._truth(view, part) for part in view.parts(node)]
        if not parts:
            return self._constant("-")
        if entry.kind in ("by_reading", "by_date"):
            return parts[0]
        links, between = _links(entry.kind, len(parts))
        every = letter_bits(_LETTERS)
        variables = [*parts, *(self.network.variable(every) for _ in range(between))]
        truth = self.network.variable(_TRUTHS)
        variables.append(truth)
        for table, places in links:
            self.network.relate(table, tuple([variables[place] for place in places]))
        return truth

    def _variable(self, name: str) -> int:
        return self.facts[name] if name in self.facts else self._aside[name]

    def _constant(self, letter: str) -> int:
        domain = letter_bits(letter)
        if domain not in self._constants:
            self._constants[domain] = self.network.variable(domain)
        return self._constants[domain]

    def letter(self, variable: int) -> str:
        """Return the truth of a variable that is settled."""
        return _LETTERS[self.network.domains[variable].bit_length() - 1]

    def found(self) -> dict[str, int]:
        """Return the number of the kind of each fact, where all are settled."""
        domains = self.network.domains
        return {name: domains[fact].bit_length() - 1 for name, fact in self.facts.items()}

    def kind_of(self, name: str, form: int) -> int:
        """Return the number of the kind that a form of a fact is of."""
        return next(i for i, kind in enumerate(self.kinds[name]) if form in kind)

    def any_order(self) -> dict[int, Sequence[int]]:
        """Return what to decide where no patient is preferred: truths from the top, then facts.

        A wish that cannot come true fails soonest where alternatives are decided before facts.
        """
        variables = [*reversed(self._truths.values()), *self.facts.values(), *self._known.values()]
        return {variable: bits(self.network.domains[variable]) for variable in variables}

    @contextmanager
    def holding(self, some: Mapping[str, int]) -> Iterator[bool]:
        """Take some facts to be of some kinds for a while; tell whether nothing speaks against it.

        Args:
            some: The number of the kind of each of these facts.
        """
        network = self.network
        network.settle()
        mark = network.mark()
        try:
            kept = all(network.narrow(self.facts[name], 1 << kind) for name, kind in some.items())
            yield kept and network.settle()
        finally:
            network.undo(mark)

    @contextmanager
    def with_facts(self, found: Mapping[str, int]) -> Iterator[bool]:
        """Take all facts to be of some kinds for a while; tell whether all demands are fulfilled.

        Args:
            found: The number of the kind of each fact that is not held already.
        """
        known = {v: bits(self.network.domains[v]) for v in self._known.values()}
        with self.holding(found) as held, solved(self.network, known) as any_:
            yield held and any_

    def letters(self, view: View) -> str:
        """Return the truths of a policy's nodes, where all that is asked is settled."""
        if not view.started:
            return "-" * len(view.policy.nodes)
        truths = [self._truths.get(_signature(view, node)) for node in view.policy.nodes]
        return "".join("-" if truth is None else self.letter(truth) for truth in truths)


@lru_cache(maxsize=10_000)
def bits(domain: int) -> tuple[int, ...]:
    """Return the values of a domain, each as a bit.

    >>> bits(0b1010)
    (2, 8)
    """
    return tuple(1 << place for place in range(domain.bit_length()) if domain >> place & 1)


@cache
def known_forms(name: str) -> frozenset[int]:
    """Return the forms of a fact that leave it one cell."""
    numbered = enumerate(forms(rule_base().attributes[name]))
    return frozenset(i for i, form in numbered if form.documented and len(form.cells) == 1)


def _reading(name: str, leaves: Collection[int]) -> Iterator[int]:
    return (leaf for leaf in leaves if name in rule_base().nodes[leaf].attributes)


@cache
def _leaves(view: View, node: int) -> frozenset[int]:
    """Return the conditions without parts that are in force below a node."""
    if not view.started:
        return frozenset()
    return frozenset(n for n in view.below(node) if not rule_base().nodes[n].parts)


@lru_cache(maxsize=100_000)
def _signature(view: View, node: int) -> Signature:
    """Return what makes a node what it is in a view; views that agree in it share the node."""
    nodes, below = rule_base().nodes, view.below(node)
    selected = [(n, view.parts(n)) for n in below if nodes[n].kind in ("by_reading", "by_date")]
    taken = [pair for pair in view.truths if pair[0] in below]
    read = any(view.known in nodes[n].attributes for n in below)
    return node, tuple(sorted(selected)), tuple(taken), view.known if read else ""


@cache
def _kinds(name: str, leaves: frozenset[int]) -> tuple[tuple[int, ...], ...]:
    """Return the forms of a fact, those together that no one of some conditions tells apart."""
    signatures = [_signatures(leaf, name) for leaf in sorted(leaves)]
    found: dict[tuple[object, ...], list[int]] = {}
    for form in range(len(forms(rule_base().attributes[name]))):
        found.setdefault(tuple([s[form] for s in signatures]), []).append(form)
    return tuple(map(tuple, found.values()))


@cache
def _signatures(leaf: int, name: str) -> tuple[frozenset[tuple[object, ...]], ...]:
    """Return, for each form of a fact, what else stands in the rows of a condition that have it."""
    place = rule_base().nodes[leaf].attributes.index(name)
    found: list[set[tuple[object, ...]]] = [set() for _ in forms(rule_base().attributes[name])]
    for row in leaf_relation(leaf).rows:
        found[row[place]].add(row[:place] + row[place + 1 :])
    return tuple(map(frozenset, found))


@lru_cache(maxsize=10_000)
def _leaf_table(leaf: int, kinds: tuple[tuple[tuple[int, ...], ...], ...]) -> Table:
    """Return the relation of a condition as bits: the kinds of its facts, and its truth."""
    bits = [{form: 1 << i for i, kind in enumerate(each) for form in kind} for each in kinds]
    return Table(
        {
            (*(bit[form] for bit, form in zip(bits, row[:-1], strict=True)), letter_bits(row[-1]))
            for row in leaf_relation(leaf).rows
        }
    )


@cache
def _links(kind: str, count: int) -> tuple[list[tuple[Table, tuple[int, ...]]], int]:
    """Return the relations by which a truth follows from parts, and how many stand between.

    Each with the places of its terms: the parts, then what stands between, then the truth.
    """
    parts, truth = [var() for _ in range(count)], var()
    relations = joined(kind, parts, truth)
    terms = list(dict.fromkeys([*parts, *(term for _, some in relations for term in some)]))
    terms.remove(truth)
    terms.append(truth)
    places = {term: place for place, term in enumerate(terms)}
    links = [(_letter_table(r), tuple([places[term] for term in some])) for r, some in relations]
    return links, len(terms) - count - 1


@cache
def _letter_table(relation: Facts) -> Table:
    """Return a relation of truths as bits."""
    return Table([[letter_bits(str(letter)) for letter in row] for row in relation.rows])
