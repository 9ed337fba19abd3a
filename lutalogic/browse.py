# SPDX-License-Identifier: Apache-2.0
"""Look up a name: what a criterion asks, what a reading chooses, who reads a fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from lutalogic.errors import BadRequest, did_you_mean
from lutalogic.reading_effects import NOTHING, asked_lines, changed_lines, effects, joined_by
from lutalogic.rulebase import policies, rule_base
from lutalogic.statements import below
from lutalogic.trace import facts_read, turning_days
from lutalogic.words import option_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lutalogic.reading_effects import Lines
    from lutalogic.rules import Attribute, Criterion, Policy, Reading, Source

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Page:
    """What there is to know of one name.

    Attributes:
        name: The name: of a criterion, a definition, a reading, a fact or a policy.
        kind: Which of these it is.
        title: Its sentence, question or meaning.
        where: The policy and document it belongs to; empty for what all share.
        sources: The places in the documents it rests on.
        sections: Headings, each with its lines.
    """

    name: str
    kind: str
    title: str
    where: str
    sources: tuple[Source, ...]
    sections: tuple[tuple[str, Lines], ...]

    def as_json(self) -> dict[str, Any]:
        """Return the page as a JSON value."""
        return {
            "name": self.name,
            "kind": self.kind,
            "title": self.title,
            "where": self.where,
            "sources": [str(source) for source in self.sources],
            "sections": {
                heading: ["  " * depth + line for depth, line in lines]
                for heading, lines in self.sections
            },
        }


def pages(name: str, *, day: str | None = None) -> list[Page]:
    """Return a page for everything of this name.

    Args:
        name: The id of a criterion, or the name of a definition, a reading, a fact or a policy;
            small and capital letters are alike.
        day: The day on which a criterion is asked after, YYYY-MM-DD; None for the latest text.

    Raises:
        BadRequest: Nothing is called so.

    >>> [page.title for page in pages("l-5")]
    ['No severe renal impairment: creatinine clearance at least 40 mL/min']
    """
    found = [page for page in _all(day) if page[0].lower() == name.strip().lower()]
    if not found:
        known = list(dict.fromkeys(each for each, _, _ in _all(day)))
        raise BadRequest(
            f"nothing in the rule base is called {name!r}{did_you_mean(name, known) or '.'} "
            "Policies, readings and facts are listed by the commands of these names",
            "name",
        )
    return [make(*arguments) for _, make, arguments in found]


def facts(words: Iterable[str] = (), *, policy: str | None = None) -> list[Attribute]:
    """Return the facts that a case may state, in the order of the vocabulary.

    Args:
        words: Only the facts that have each of these in their name, label, meaning, type, values
            (as they are written or said) or unit; small and capital letters are alike.
        policy: Only the facts that this policy reads.

    Raises:
        BadRequest: There is none of them.
        UnknownPolicy: There is no such policy.

    >>> [fact.name for fact in facts(["prior", "doses", "given"], policy="premera_xofigo")]
    ['prior_xofigo_doses']
    """
    base = rule_base()
    names = base.attributes if policy is None else base.policy(policy).attributes
    told = {
        a: (a.name, a.label, a.meaning, a.type, *_values_of(a), *_words_of(a), a.unit)
        for a in base.attributes.values()
        if a.name in names
    }
    return _with_words(told, words, "fact")


def readings(words: Iterable[str] = (), *, policy: str | None = None) -> list[Reading]:
    """Return the named readings, in the order of the register.

    Args:
        words: Only the readings that have each of these in their name, question, values or
            meanings; small and capital letters are alike.
        policy: Only the readings of this policy.

    Raises:
        BadRequest: There is none of them.
        UnknownPolicy: There is no such policy.

    >>> [reading.name for reading in readings(["adult"], policy="premera_xofigo")]
    ['p_xofigo_age']
    """
    base = rule_base()
    names = base.readings if policy is None else base.policy(policy).readings
    told = {
        r: (r.name, r.question, *r.values, *r.meanings)
        for r in base.readings.values()
        if r.name in names
    }
    return _with_words(told, words, "reading")


def _with_words(
    told: Mapping[_Item, Iterable[str]], words: Iterable[str], kind: str
) -> list[_Item]:
    """Return what has all of the words in what is told of it."""
    wanted = [word.casefold() for word in words]
    found = [
        each
        for each, texts in told.items()
        if all(word in " ".join(texts).casefold() for word in wanted)
    ]
    if not found:
        raise BadRequest(f"no {kind} here has all of these words: {' '.join(words)}")
    return found


def _all(day: str | None) -> Iterator[tuple[str, Any, tuple[Any, ...]]]:
    """Yield every name with the function that makes its page, and the function's arguments."""
    base = rule_base()
    for policy in policies():
        yield policy.name, _policy_page, (policy,)
        for criterion in policy.criteria:
            yield criterion.id, _criterion_page, (policy, criterion, day)
    for policy in policies():
        for node in policy.nodes:
            if node in policy.definitions and node not in policy.criteria_by_node:
                yield policy.definitions[node].name, _definition_page, (policy, node, day)
    for name in base.readings:
        yield name, _reading_page, (name,)
    for name in base.attributes:
        yield name, _fact_page, (name,)


def _criterion_page(policy: Policy, criterion: Criterion, day: str | None) -> Page:
    sections = _conditions(policy, criterion.node, day)
    joins = [name for name, joined in joined_by(policy).items() if criterion.id in joined]
    sections += tuple(_when_asked(rule_base().readings[name]) for name in joins)
    return Page(
        criterion.id, "criterion", criterion.sentence, _where(policy), criterion.sources, sections
    )


def _when_asked(reading: Reading) -> tuple[str, Lines]:
    """Return the values of a reading by which a criterion is asked, or joins with others."""
    values = zip(reading.values, reading.meanings, strict=True)
    lines = [f"{value}: {means}" for value, means in values]
    return f"When it binds is read too. {reading.question} [{reading.name}]", (
        (0, f"{lines[0]} (default)"),
        *((0, line) for line in lines[1:]),
    )


def _definition_page(policy: Policy, node: int, day: str | None) -> Page:
    entry = policy.definitions[node]
    sources = tuple(s for s in entry.sources if s.document is policy.document)
    sections = _conditions(policy, node, day)
    return Page(entry.name, "definition", entry.sentence, _where(policy), sources, sections)


def _conditions(policy: Policy, node: int, day: str | None) -> tuple[tuple[str, Lines], ...]:
    """Return what a node asks: by default, read otherwise, over time, and of which facts."""
    base = rule_base()
    on = day or policy.texts[-1].start
    default = (0,) * len(policy.readings)
    if on < policy.start(default):
        return ((f"On {on}", ((0, f"no text is on record. {policy.before}."),)),)
    sections = [(f"Asks, on {on}", asked_lines(policy, node, default, on) or NOTHING)]
    sections += [(effect.heading, effect.lines) for effect in effects(policy, node, on)]
    texts: list[tuple[str, Lines]] = []
    for begin in turning_days(policy):
        if begin >= policy.start(default):
            lines = asked_lines(policy, node, default, begin)
            if not texts or lines != texts[-1][1]:
                texts.append((begin, lines))
    if len(texts) > 1:
        (first, lines), *later = texts
        sections.append((f"From {first}", lines or NOTHING))
        for begin, changed in later:
            sections.append((f"From {begin}", changed_lines(lines, changed)))
            lines = changed
    facts = [f"{name}: {base.attributes[name].meaning}" for name in facts_read(node)]
    return (*sections, ("Reads", _plain(facts)))


def _reading_page(name: str) -> Page:
    base = rule_base()
    reading = base.readings[name]
    meanings = [
        f"{value}: {meaning}{' (default)' if value == reading.default else ''}"
        for value, meaning in zip(reading.values, reading.meanings, strict=True)
    ]
    touched = [
        f"{criterion.id} ({policy.title}): {criterion.sentence}"
        for policy in policies()
        for criterion in policy.criteria
        if any(base.nodes[n].reading == name for n in below(criterion.node))
    ]
    touched += [
        f"{policy.title}: {_binding(joined_by(policy)[name])}"
        for policy in policies()
        if name in joined_by(policy)
    ]
    touched += [
        f"{policy.title}: when its text begins"
        for policy in policies()
        if name == policy.start_reading
    ]
    sections = (("Values", _plain(meanings)), ("Read in", _plain(touched)))
    return Page(name, "reading", reading.question, "", reading.sources, sections)


def _binding(names: tuple[str, ...]) -> str:
    told = "binds" if len(names) == 1 else "bind, and how they join"
    return f"when {', '.join(names)} {told}"


def _values_of(attribute: Attribute) -> list[str]:
    return ["true", "false"] if attribute.type == "boolean" else list(attribute.values)


def _words_of(attribute: Attribute) -> tuple[str, ...]:
    return option_words(attribute) if _values_of(attribute) else ()


def _fact_page(name: str) -> Page:
    attribute = rule_base().attributes[name]
    low, high = attribute.range
    never = ', or "never"' if attribute.type == "elapsed" else ""
    values = _values_of(attribute)
    if attribute.range != (0, 0):
        values = [f"{attribute.type}, {low} to {high} {attribute.unit}".rstrip() + never]
    readers = [
        f"{criterion.id} ({policy.title}): {criterion.sentence}"
        for policy in policies()
        for criterion in policy.criteria
        if name in facts_read(criterion.node)
    ]
    sections = (("Values", _plain(values)), ("Read by", _plain(readers or ["no criterion"])))
    return Page(name, "fact", attribute.meaning, "", (), sections)


def _policy_page(policy: Policy) -> Page:
    texts = [f"{text.start} ({text.status}): {text.change}" for text in policy.texts]
    sections = (
        ("Texts", _plain([*texts, f"before: {policy.before}"])),
        ("Criteria", _plain(f"{c.id}  {c.sentence}" for c in policy.criteria)),
        ("Advice, which decides nothing", _plain(policy.advice)),
        ("Readings", _plain(policy.readings)),
    )
    return Page(policy.name, "policy", policy.title, policy.document.citation, (), sections)


def _where(policy: Policy) -> str:
    return f"{policy.title} ({policy.name}); {policy.document.citation}"


def _plain(lines: Iterable[str]) -> Lines:
    return tuple((0, line) for line in lines)
