# SPDX-License-Identifier: Apache-2.0
"""Trivial rule bases, and what their conditions mean, stated a third time.

A condition is a tuple of its kind and its parts. Its leaves are slots: each request says of each
slot whether it is always true, false or unknown, a conflict of evidence, or not in force.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: A kind, then its parts: conditions, or the number of a slot, or the limits of a test.
Condition = tuple[Any, ...]

SLOTS: Final = 4
#: What a slot may be: true, false, unknown, a conflict, not in force.
LEAVES: Final = "tfuc-"
_OPPOSITE: Final = {"t": "f", "f": "t", "u": "u", "-": "-"}
_WRAPPERS: Final = ("plain", "supports", "rules_out")
#: Sets of the same options in another order, so that their cells are ordered otherwise.
_BAGS: Final = {"bag": ("apple", "stone", "other"), "bag_of_others": ("other", "apple", "stone")}
#: The first text, and the second, from which on the second case of by_date is in force.
_FIRST, _SECOND = "2020-01-01", "2024-01-01"


class Asked(NamedTuple):
    """What a request gives: the leaf in each slot, which case is taken, and the span of a number.

    Attributes:
        leaves: One of `LEAVES` for each slot.
        side: Which case the reading of `by_reading` takes: 0 or 1.
        day: The day of the request, on which `by_date` turns.
        number: The lowest and highest whole number that may be; None if nothing is known.
        bag: The members of the sets; None if nothing is known.
    """

    leaves: str
    side: int = 0
    day: str = "2020-01-01"
    number: tuple[int, int] | None = None
    bag: tuple[str, ...] | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """Return the facts that make the leaves."""
        known = {f"x{i}": leaf == "t" for i, leaf in enumerate(self.leaves) if leaf in "tf"}
        span = self.number
        number = {} if span is None else {"number": f"{span[0]}-{span[1]}"}
        bags = {} if self.bag is None else {name: list(self.bag) for name in _BAGS}
        return {"yes": True, "no": False} | known | number | bags

    @property
    def readings(self) -> dict[str, str]:
        """Return the readings that make the leaves, and take a case."""
        taken = {"c": "torn", "-": "dropped"}
        slots = {f"slot{i}": taken.get(leaf, "stated") for i, leaf in enumerate(self.leaves)}
        return slots | {"side": ("first", "second")[self.side]}


# What conditions mean


def truth(condition: Condition, asked: Asked, known: dict[Condition, str]) -> str:
    """Return t, f, u or - (not in force), as the specification has it.

    Args:
        condition: The condition.
        asked: The request.
        known: The truths of conditions found before for this request, to be added to.
    """
    if asked.day < _FIRST:
        return "-"
    if condition not in known:
        known[condition] = _truth(condition, asked, known)
    return known[condition]


def _truth(condition: Condition, asked: Asked, known: dict[Condition, str]) -> str:
    kind, *parts = condition
    if kind == "slot":
        leaf = asked.leaves[parts[0]]
        return "u" if leaf == "c" else leaf
    if kind == "undetermined":
        return "u"
    if kind in ("at_most", "at_least", "within"):
        return _number_truth(kind, parts, asked.number)
    if kind == "has_fruit":
        return _fruit_truth(asked.bag)
    if kind == "by_reading":
        return truth(parts[asked.side], asked, known)
    if kind == "by_date":
        return truth(parts[asked.day >= _SECOND], asked, known)
    truths = [truth(part, asked, known) for part in parts]
    if kind in ("not", "supports", "rules_out"):
        return _of_one(kind, truths[0])
    in_force = [each for each in truths if each != "-"]
    return _of_many(kind, in_force) if in_force else "-"


def _of_one(kind: str, part: str) -> str:
    if part == "-":
        return "-"
    if kind == "not":
        return _OPPOSITE[part]
    if part != "t":
        return "u"  # a source that is silent
    return "t" if kind == "supports" else "f"


def _of_many(kind: str, parts: list[str]) -> str:
    some_true, some_false = "t" in parts, "f" in parts
    if kind == "all_of":
        return "f" if some_false else "u" if "u" in parts else "t"
    if kind == "any_of":
        return "t" if some_true else "u" if "u" in parts else "f"
    if some_true and not some_false:
        return "t"
    return "f" if some_false and not some_true else "u"


def _number_truth(kind: str, limits: Sequence[int], span: tuple[int, int] | None) -> str:
    low, high = span or (0, 10)
    passes = {
        number <= limits[0]
        if kind == "at_most"
        else number >= limits[0]
        if kind == "at_least"
        else limits[0] <= number <= limits[1]
        for number in range(low, high + 1)
    }
    return "u" if len(passes) == 2 else "t" if passes == {True} else "f"


def _fruit_truth(bag: tuple[str, ...] | None) -> str:
    """Return whether a bag has a fruit, of which others than apples may be meant by `other`."""
    if bag is None:
        return "u"
    return "t" if "apple" in bag else "u" if "other" in bag else "f"


# Conditions one and two levels deep


def slot(number: int) -> Condition:
    """Return the condition that is the leaf in a slot."""
    return ("slot", number)


def sources(parts: Sequence[Condition]) -> Iterator[Condition]:
    """Yield evidence of some parts, each a plain source, one that supports or that rules out."""
    for wrappers in product(_WRAPPERS, repeat=len(parts)):
        yield (
            "evidence",
            *(p if w == "plain" else (w, p) for w, p in zip(wrappers, parts, strict=True)),
        )


def of_one(part: Condition) -> list[Condition]:
    """Return each combination of one part."""
    return [("all_of", part), ("any_of", part), ("not", part), *sources([part])]


def of_two(one: Condition, other: Condition) -> list[Condition]:
    """Return each combination of two parts that takes both."""
    return [("all_of", one, other), ("any_of", one, other), *sources([one, other])]


def choices(one: Condition, other: Condition) -> list[Condition]:
    """Return each combination of two parts that takes one of them."""
    return [("by_reading", one, other), ("by_date", one, other)]


def first_level(a: int, b: int) -> list[Condition]:
    """Return each combination of the leaves of two slots, and a leaf itself."""
    one, other = slot(a), slot(b)
    return [one, ("undetermined",), *of_one(one), *of_two(one, other)]


def representatives(a: int, b: int) -> list[Condition]:
    """Return combinations of the leaves of two slots, one of each kind."""
    one, other = slot(a), slot(b)
    return [
        one,
        ("not", one),
        ("all_of", one, other),
        ("any_of", one, other),
        ("evidence", one, other),
        ("evidence", ("supports", one), ("rules_out", other)),
    ]


def one_deep() -> list[Condition]:
    """Return every combination of leaves: of one, of two, of three sources; and tests of facts."""
    one, two, three = map(slot, range(3))
    return [
        *first_level(0, 1),
        *choices(one, two),
        *sources([one, two, three]),
        ("evidence", one, two, three, slot(3)),
        ("at_most", 4),
        ("at_least", 4),
        ("within", 3, 5),
        *(("has_fruit", bag) for bag in _BAGS),
    ]


def of_three(parts: Iterable[Sequence[str]]) -> list[Condition]:
    """Return evidence of three combinations of one leaf each, of some kinds."""
    return [
        condition
        for kinds in parts
        for condition in sources([_single(kind, i) for i, kind in enumerate(kinds)])
    ]


def _single(kind: str, number: int) -> Condition:
    source = ("evidence", ("rules_out", slot(number)))
    return {"leaf": slot(number), "not": ("not", slot(number)), "source": source}[kind]


def of_two_deep(firsts: Sequence[Condition], seconds: Sequence[Condition]) -> list[Condition]:
    """Return each combination of two parts of each first with each second."""
    return [c for pair in product(firsts, seconds) for c in of_two(*pair)]


def choices_deep() -> list[Condition]:
    """Return the combinations two levels deep in which by_reading or by_date stands somewhere."""
    firsts = [*representatives(0, 1), *choices(slot(0), slot(1))]
    seconds = [*representatives(2, 3), *choices(slot(2), slot(3))]
    kinds = ("by_reading", "by_date")
    return [
        *(c for pair in product(firsts, seconds) for c in choices(*pair)),
        *(
            c
            for one, other in product(firsts, seconds)
            if one[0] in kinds or other[0] in kinds
            for c in of_two(one, other)
        ),
        *(c for part in choices(slot(0), slot(1)) for c in of_one(part)),
        *(
            c
            for source in _chosen_sources()
            for c in (("evidence", source), ("evidence", source, slot(2)))
        ),
    ]


def _chosen_sources() -> Iterator[Condition]:
    """Yield choices whose cases are sources of evidence."""
    for _, one, other in sources([slot(0), slot(1)]):
        yield from choices(one, other)


def refused() -> list[str]:
    """Return conditions, written in the rule language, that it refuses, each for its own shape."""
    one = _written(slot(0))
    places = [
        "{}", "all_of([ {} ])", "any_of([ {} ])", "not({})", "evidence([ supports({}) ])",
        "evidence([ rules_out({}) ])",
    ]  # fmt: skip
    cases = [
        f"by_reading(side, [ case(first, {{}}), case(second, {one}) ])",
        f"by_date([ from({_FIRST}, {{}}), from({_SECOND}, {one}) ])",
    ]
    return [
        *(place.format(f"{op}({one})") for op in _WRAPPERS[1:] for place in [*places, *cases]),
        *(place.format("nothing") for place in [*places, "evidence([ {} ])"]),
        *(f"{op}([])" for op in ("all_of", "any_of", "evidence", "by_date")),
    ]


# Rule bases


def rules(policies: Mapping[str, Sequence[Condition | str]]) -> str:
    """Return a rule base in the rule language, of policies whose criteria are some conditions."""
    text = [_HEAD]
    for i in range(SLOTS):
        text.append(f'attribute(x{i}, leaf, boolean, "True or false, if it is documented").')
        text.append(
            f'reading(slot{i}, "What is in the slot?", [ value(stated, "What is stated"), '
            'value(torn, "A conflict"), value(dropped, "Nothing") ], [ handbook("A", [1]) ]).'
        )
    for name, conditions in policies.items():
        ids = [f"c{number}" for number in range(len(conditions))]
        used = ", ".join(f"criterion({each})" for each in ids)
        # That every slot, reading and fact is used by every policy, whatever its conditions.
        leaves = ", ".join(_written(slot(number)) for number in range(SLOTS))
        side = "by_reading(side, [ case(first, yes), case(second, number =< 4) ])"
        bags = ", ".join(_written(("has_fruit", bag)) for bag in _BAGS)
        text.append(f'policy({name}, handbook, "A drug").')
        text.append(f"applies_to({name}, all_of([ {leaves}, {side}, {bags} ])).")
        text.append(f'in_force_from({name}, 2020-01-01, "nothing is printed of the time before").')
        text += [
            f'text({name}, {day}, printed, "a text", [ handbook("A", [1]) ]).'
            for day in (_FIRST, _SECOND)
        ]
        text.append(f"met_when({name}, all_of([ {used} ])).")
        for each, condition in zip(ids, conditions, strict=True):
            written = condition if isinstance(condition, str) else _written(condition)
            text.append(f'criterion({name}, {each}, "C", {written}, [ handbook("A", [1]) ]).')
    return "\n".join(text) + "\n"


_HEAD: Final = """% SPDX-License-Identifier: Apache-2.0
:- module(rules, []).
:- use_module('../prolog/operators').
document(handbook, "A payer", "1", "A handbook", "2026-01-01", "2026-01-01", 10).
attribute(prior_doses, request, integer(0..40, "doses"), "Doses given before").
attribute(number, leaf, integer(0..10, "doses"), "A number").
attribute(yes, leaf, boolean, "Always documented true").
attribute(no, leaf, boolean, "Always documented false").
attribute(bag, leaf, set_of([ apple, stone, other ]), "A set").
attribute(bag_of_others, leaf, set_of([ other, apple, stone ]), "A set").
class(fruit, [bag, bag_of_others], [ apple ]).
catch_all(other).
unit("doses", []).
reading(side, "Which case?", [ value(first, "The first"), value(second, "The second") ],
    [ handbook("A", [1]) ]).
"""


def _written(condition: Condition) -> str:
    """Return a condition in the rule language."""
    kind, *parts = condition
    match kind:
        case "slot":
            return (
                f"by_reading(slot{parts[0]}, [ case(stated, x{parts[0]}), "
                "case(torn, evidence([ yes, no ])), case(dropped, nothing) ])"
            )
        case "has_fruit":
            return f"{parts[0]} includes [ open(fruit) ]"
        case "undetermined":
            return 'undetermined("always")'
        case "at_most":
            return f"number =< {parts[0]}"
        case "at_least":
            return f"number >= {parts[0]}"
        case "within":
            return f"number in {parts[0]}..{parts[1]}"
    one, *others = map(_written, parts)
    match kind:
        case "by_reading":
            return f"by_reading(side, [ case(first, {one}), case(second, {others[0]}) ])"
        case "by_date":
            return f"by_date([ from(2020-01-01, {one}), from({_SECOND}, {others[0]}) ])"
        case "not" | "supports" | "rules_out":
            return f"{kind}({one})"
    return f"{kind}([ {', '.join([one, *others])} ])"
