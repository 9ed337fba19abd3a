# SPDX-License-Identifier: Apache-2.0
"""What may still be: variables of finitely many values, narrowed by what holds between them.

Goals that are run backwards in a poor order search for ever. So what values are left is settled
first: each variable has a domain, a bit mask of its values; a relation takes away every value that
is in none of its rows with what is left to its other variables; and a search decides variables one
by one, and takes back what came to nothing. It ends, for there are finitely many values.
"""

from __future__ import annotations

from collections import Counter, deque
from contextlib import contextmanager
from operator import itemgetter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

#: A variable is a number; a domain is a bit mask of the values it may have.
Literal = tuple[int, int]
_Relation = tuple[
    "Callable[[list[int]], tuple[int, ...]]",
    "Mapping[tuple[int, ...], tuple[Literal, ...]]",
    tuple[int, ...],
]


class Table:
    """A relation as rows of bits, one for each variable.

    >>> table = Table([(1, 1), (2, 2), (4, 2)])
    >>> table.narrowed((7, 2))
    (6, 2)
    """

    def __init__(self, rows: Iterable[Sequence[int]]) -> None:
        self._rows = tuple(map(tuple, rows))
        self.changes: Mapping[tuple[int, ...], tuple[Literal, ...]] = _Changes(self)

    def narrowed(self, domains: tuple[int, ...]) -> tuple[int, ...]:
        """Return what is left of some domains; all are empty if no row fits them."""
        left = [row for row in self._rows if all(map(int.__and__, row, domains))]
        return tuple(map(_union, zip(*left, strict=True))) if left else (0,) * len(domains)

    def merged(self, variables: tuple[int, ...]) -> Table:
        """Return the relation of variables of which some are the same, with one place for each."""
        rows = set()
        for row in self._rows:
            bits: dict[int, int] = {}
            for variable, each in zip(variables, row, strict=True):
                bits[variable] = bits.get(variable, each) & each
            rows.add(tuple(bits.values()))
        return Table(row for row in rows if all(row))


class _Changes(dict[tuple[int, ...], "tuple[Literal, ...]"]):
    """What a table takes away, by the domains: the places that change, each with what is left.

    Each entry is made when it is first asked for; a plain dictionary answers from then on.
    """

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, domains: tuple[int, ...]) -> tuple[Literal, ...]:
        left = enumerate(self._table.narrowed(domains))
        self[domains] = tuple((place, bits) for place, bits in left if bits != domains[place])
        return self[domains]


def _reader(places: tuple[int, ...]) -> Callable[[list[int]], tuple[int, ...]]:
    """Return what reads some places of a list."""
    if len(places) == 1:
        return lambda values: (values[places[0]],)
    return itemgetter(*places)


def _union(bits: Iterable[int]) -> int:
    joined = 0
    for each in bits:
        joined |= each
    return joined


class Network:
    """Variables, and the tables and exclusions that hold between them.

    Narrowing is taken back by `undo`, to where a `mark` was set. Settle before a mark: what waits
    to be settled is forgotten with what was narrowed since.
    """

    def __init__(self) -> None:
        self.domains: list[int] = []
        # Of a relation: how to read the domains of its variables, what they change to, and these.
        self._tables: list[_Relation] = []
        self._exclusions: list[tuple[Literal, ...]] = []
        self._of_variable: list[list[int]] = []
        # An exclusion is looked at when one of two of its literals is settled that may yet fail.
        self._watched: list[tuple[int, int]] = []
        self._watching: list[set[int]] = []
        self._trail: list[Literal] = []
        self._waiting: deque[int] = deque()
        self._unsettled: set[int] = set()
        self._empty = 0  # how many variables have no value left

    def variable(self, domain: int) -> int:
        """Return a new variable."""
        self.domains.append(domain)
        self._of_variable.append([])
        self._watching.append(set())
        return len(self.domains) - 1

    def relate(self, table: Table, variables: tuple[int, ...]) -> None:
        """Add that variables are a row of a table."""
        if len(set(variables)) < len(variables):
            table, variables = table.merged(variables), tuple(dict.fromkeys(variables))
        number = len(self._tables)
        self._tables.append((_reader(variables), table.changes, variables))
        for variable in variables:
            self._of_variable[variable].append(number)
        self._wait(number)

    def exclude(self, literals: Iterable[Literal]) -> None:
        """Add that not every one of some variables has one of the values beside it."""
        number = len(self._exclusions)
        self._exclusions.append(tuple(literals))
        self._watched.append((0, 0))
        self._wait(~number)

    def _wait(self, number: int) -> None:
        if number not in self._unsettled:
            self._unsettled.add(number)
            self._waiting.append(number)

    def narrow(self, variable: int, domain: int) -> bool:
        """Leave a variable only values of a domain; tell whether any is left."""
        before = self.domains[variable]
        left = before & domain
        if left != before:
            self._trail.append((variable, before))
            self.domains[variable] = left
            self._empty += not left
            unsettled, waiting = self._unsettled, self._waiting
            for number in self._of_variable[variable]:
                if number not in unsettled:
                    unsettled.add(number)
                    waiting.append(number)
            for number in self._watching[variable]:
                self._wait(~number)
        return left != 0

    def settle(self) -> bool:
        """Narrow all that follows; tell whether every variable keeps a value."""
        if self._empty:
            return False
        waiting, unsettled = self._waiting, self._unsettled
        domains, tables = self.domains, self._tables
        while waiting:
            number = waiting.popleft()
            if number < 0:
                unsettled.discard(number)
                kept = self._settle_exclusion(~number)
            else:
                read, changes, variables = tables[number]
                kept = True
                for place, left in changes[read(domains)]:
                    kept = kept and self.narrow(variables[place], left)
                unsettled.discard(number)  # not before: what it took away leaves it no more to do
            if not kept:
                waiting.clear()
                unsettled.clear()
                return False
        return True

    def _settle_exclusion(self, number: int) -> bool:
        """Narrow the last literal that may fail; tell whether there is one."""
        domains, literals, free = self.domains, self._exclusions[number], []
        for place, (variable, values) in enumerate(literals):
            if domains[variable] & ~values:
                free.append(place)
                if len(free) == 2:
                    self._watch(number, (free[0], free[1]))
                    return True
        if not free:  # the network has no solution, and must show it
            self._empty += not literals
            return bool(literals) and self.narrow(literals[0][0], ~literals[0][1])
        [last] = free
        # The other that is watched was settled last, and will be open again first.
        one, other = self._watched[number]
        self._watch(number, (last, one if one != last else other))
        variable, values = literals[last]
        return self.narrow(variable, ~values)

    def _watch(self, number: int, places: tuple[int, int]) -> None:
        literals = self._exclusions[number]
        for place in self._watched[number]:
            self._watching[literals[place][0]].discard(number)
        self._watched[number] = places
        for place in places:
            self._watching[literals[place][0]].add(number)

    def mark(self) -> int:
        """Return the place to which `undo` takes back."""
        return len(self._trail)

    def undo(self, mark: int) -> None:
        """Take back all narrowing since a mark."""
        while len(self._trail) > mark:
            variable, before = self._trail.pop()
            self._empty -= not self.domains[variable]
            self.domains[variable] = before
        self._waiting.clear()
        self._unsettled.clear()


#: After so many failures a search starts anew, with what failed first; then after ever more.
_PATIENCE: Final = 32


@contextmanager
def solved(
    network: Network,
    preferences: Mapping[int, Sequence[int]],
    *,
    stuck: Mapping[int, Sequence[int]] | None = None,
    bound: Callable[[], bool] | None = None,
    effort: int | None = None,
) -> Iterator[bool]:
    """Give each variable one value, so that all that holds between them holds, for a while.

    Tells whether that can be. What follows from the network alone stays narrowed; all else is taken
    back in the end.

    Args:
        network: The variables.
        preferences: Those to decide, in the order in which to decide them, each with its values, as
            bits, the best first. Those at which the search failed most come before.
        stuck: Another order, for when that one leads nowhere for long; None for the same.
        bound: Narrows the network further, whenever it is settled; tells whether it can be met.
        effort: After how many failures to give up, as if there were none; None for never.
    """
    settled = network.settle()
    root = network.mark()
    try:
        orders = (preferences, stuck or preferences)
        yield settled and (bound is None or bound()) and _solve(network, orders, bound, effort)
    finally:
        network.undo(root)


def _solve(
    network: Network,
    orders: tuple[Mapping[int, Sequence[int]], Mapping[int, Sequence[int]]],
    bound: Callable[[], bool] | None,
    effort: int | None,
) -> bool:
    """Search depth first, and start anew where choices that do not matter seem to stand first."""
    weights = Counter[int]()
    preferences, stuck = orders
    start, patience, spent = network.mark(), _PATIENCE, 0
    while effort is None or spent < effort:
        failures = 0
        decided: list[tuple[int, int, int]] = []  # mark, variable, value
        settled = True
        while failures < patience:
            if settled:
                variable = _next(network, preferences, weights)
                if variable is None:
                    return True
                left = network.domains[variable]
                value = next(bit for bit in preferences[variable] if bit & left)
                decided.append((network.mark(), variable, value))
                settled = network.narrow(variable, value)
            else:
                if not decided:
                    return False
                failures += 1
                mark, variable, value = decided.pop()
                network.undo(mark)
                weights[variable] += 1
                settled = network.narrow(variable, ~value)
            settled = settled and network.settle() and (bound is None or bound())
        network.undo(start)
        spent += failures
        patience += patience // 2
        preferences = stuck
    return False


def _next(
    network: Network, preferences: Mapping[int, Sequence[int]], weights: Mapping[int, int]
) -> int | None:
    """Return the variable to decide: where the search failed most, else the first that is open."""
    domains, found, most = network.domains, None, 0
    for variable in preferences:
        domain = domains[variable]
        if domain & (domain - 1):  # more than one value is left
            weight = weights.get(variable, 0)
            if weight > most or found is None:
                found, most = variable, weight
    return found
