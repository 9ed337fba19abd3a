# SPDX-License-Identifier: Apache-2.0
"""Three-valued truth as relations of miniKanren: what the relational engine is made of.

A *truth* is ``t`` (true), ``f`` (false), ``u`` (unknown) or ``-`` (not in force). A relation is a
set of facts, written out below: Kleene's strong logic, the join of evidence, and the agreement of
the values that a fact may still have. Each can be asked in any direction: which truth follows from
some parts, or which parts lead to a truth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kanren import conde, eq, lall, var
from unification import isvar, unify
from unification.utils import transitive_get as walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    State = dict[Any, Any]
    Goal = Callable[[State], Iterator[State]]

#: So many goals make a link of a chain; streams nest as deep as links are long and many.
_LINK: Final = 16


class Facts:
    """A relation that is a set of facts, looked up by the terms that are known.

    kanren's own `Relation` looks up by what is known when a goal is made. The goals of a policy are
    made once for all patients, so these look up by what is known when the goal is run.

    >>> from kanren import run, var
    >>> part, whole = var(), var()
    >>> run(0, whole, BOTH("t", "u", whole))
    ('u',)
    >>> sorted(run(0, part, BOTH("u", part, "u")))
    ['-', 't', 'u']
    """

    def __init__(self, rows: Iterable[Sequence[object]]) -> None:
        self.rows: tuple[tuple[Any, ...], ...] = tuple(tuple(row) for row in rows)
        self._matching: dict[tuple[object, ...], list[tuple[object, ...]]] = {}

    def __call__(self, *terms: object) -> Goal:
        """Return the goal that these terms are one of the facts."""

        def goal(state: State) -> Iterator[State]:
            known = tuple([walk(term, state) for term in terms])
            asked = tuple([_OPEN if isvar(term) else term for term in known])
            rows = self._matching.get(asked)
            if rows is None:
                rows = self._matching[asked] = [row for row in self.rows if _fits(asked, row)]
            if asked.count(_OPEN) == 1:  # by far the most frequent, and there is naught to unify
                place = asked.index(_OPEN)
                for row in rows:
                    yield {**state, known[place]: row[place]}
                return
            for row in rows:
                found = unify(known, row, state)
                if found is not False:
                    yield found

        return goal


_OPEN: Final = object()


def _fits(asked: Sequence[object], row: Sequence[object]) -> bool:
    return all(a is _OPEN or a == b for a, b in zip(asked, row, strict=True))


def _facts(text: str) -> Facts:
    """Return the relation whose facts are the words of a text, a letter for each term."""
    return Facts(text.split())


_NOT_IN_FORCE: Final = " t-t f-f u-u -tt -ff -uu ---"  # any two go without what is not in force

#: Two conditions, and whether both hold.
BOTH: Final = _facts("ttt tff tuu ftf fff fuf utu uff uuu" + _NOT_IN_FORCE)
#: Two conditions, and whether either holds.
EITHER: Final = _facts("ttt tft tut ftt fff fuu utt ufu uuu" + _NOT_IN_FORCE)
#: A condition, and whether it does not hold.
OPPOSITE: Final = _facts("tf ft uu --")
#: A condition, and what it says as a source that can only speak for something.
SPEAKS_FOR: Final = _facts("tt fu uu --")
#: A condition, and what it says as a source that can only speak against something.
SPEAKS_AGAINST: Final = _facts("tf fu uu --")
#: What some sources said (``c``: both for and against), what one more says, and what all said.
HEARD: Final = _facts("ttt tfc tut ftc fff fuf utt uff uuu ctc cfc cuc c-c" + _NOT_IN_FORCE)
#: What all sources said, and the truth of the matter.
JOINED: Final = _facts("tt ff uu cu --")
#: A truth, and the same truth.
SAME: Final = _facts("tt ff uu cc --")
#: Which sides of a test a value may lie on, passing (t) and failing (f), and the test's truth.
SIDES: Final = Facts([("t", "t"), ("f", "f"), ("tf", "u")])
#: Whether a condition holds of some values, of some more, and of all: unknown if they differ.
AGREE: Final = _facts("ttt tfu tuu ftu fff fuu utu ufu uuu")


def chain(goals: Sequence[Goal]) -> Goal:
    """Return the conjunction of goals, nested so that long ones need no deep nesting of calls."""
    while len(goals) > 1:
        goals = [lall(*goals[i : i + _LINK]) for i in range(0, len(goals), _LINK)]
    return goals[0]


def folded(
    relation: Facts, parts: Sequence[object], whole: object
) -> list[tuple[Facts, tuple[object, ...]]]:
    """Return a relation with its terms, again and again, that lead from parts to a whole.

    >>> from kanren import run, var
    >>> whole = var()
    >>> steps = folded(EITHER, "fut", whole)
    >>> run(0, whole, *(relation(*terms) for relation, terms in steps))
    ('t',)
    """
    first, *others = parts
    if not others:
        return [(SAME, (first, whole))]
    steps: list[tuple[Facts, tuple[object, ...]]] = []
    for place, part in enumerate(others, 1):
        after = whole if place == len(others) else var()
        steps.append((relation, (first, part, after)))
        first = after
    return steps


def cases(term: object, branches: Mapping[Any, Goal]) -> Goal:
    """Return the goal that a term has one of some values, and the goal of that value holds.

    It is a `conde` that tries only one branch where the term is known.

    >>> from kanren import eq, run, var
    >>> term, answer = var(), var()
    >>> goal = cases(term, {1: eq(answer, "one"), 2: eq(answer, "two")})
    >>> run(0, answer, eq(term, 2), goal), run(0, term, eq(answer, "one"), goal)
    (('two',), (1,))
    """
    any_of_them = conde(*([eq(term, value), goal] for value, goal in branches.items()))

    def goal(state: State) -> Iterator[State]:
        known = walk(term, state)
        if isvar(known):
            yield from any_of_them(state)
        elif known in branches:
            yield from branches[known](state)

    return goal
