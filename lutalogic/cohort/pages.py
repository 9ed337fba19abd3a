# SPDX-License-Identifier: Apache-2.0
"""What a cohort answers, as a notebook shows it, and as a report of one HTML file."""

from __future__ import annotations

from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lutalogic.answers import Outcome
from lutalogic.cohort.answers import Answers
from lutalogic.cohort.effects import Effect, Pair
from lutalogic.cohort.wording import percent
from lutalogic.errors import BadRequest, PicturesMissing
from lutalogic.html_pages import KINDS
from lutalogic.markup import (
    Markup,
    bullets,
    chip,
    element,
    fold,
    heading,
    html,
    joined,
    page,
    small,
    table,
    titled,
)
from lutalogic.rulebase import rule_base
from lutalogic.words import DISCLAIMER

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Mapping

    from lutalogic.cohort.policy_counts import PolicyCounts

_CRITERIA: Final = ("Criterion", "Denies", "alone", "Pends", "alone", "Asks")
_FACTS: Final = ("Fact", "Open", "Could meet", "Could deny", "Decides", "surely")
_ALONE: Final = (
    "A criterion holds rows back alone if they would be met were it true and all else as it is."
)
_RELEASES: Final = (
    "Of the rows that pend and leave the fact open: how many some value of it would make met or "
    "not met, decide either way, and decide whatever the value."
)
#: A picture shows so many bars.
_BARS: Final = 12
_STYLE: Final = (
    "body{font-family:system-ui,sans-serif;margin:2em auto;max-width:62em;padding:0 1em;"
    "color:#1a1a1a;background:#fff}h1{font-size:1.5em}h2{font-size:1.2em;margin-top:2em}"
    "td{font-variant-numeric:tabular-nums}svg{max-width:100%;height:auto}figure{margin:1em 0}"
    "@media print{body{margin:0}details{display:block}}"
)


@html.register(Answers)
def _answers_html(found: Answers) -> Markup:
    """Return what policies say of a cohort, a section for each."""
    parts: list[str] = [heading("A cohort", found.title)]
    for each in found.policies:
        parts.append(titled(f"{_title(each)}:"))
        parts += _policy(each)
    parts += [_cross(found, a, b) for a, b in found.pairs]
    return page(*parts, small(DISCLAIMER))


@html.register(Effect)
def _effect_html(found: Effect) -> Markup:
    """Return what a change does to a cohort."""
    return page(heading("A change, and a cohort", found.title), *_effect(found), small(DISCLAIMER))


def _title(each: PolicyCounts) -> str:
    return each.policy.title[:1].upper() + each.policy.title[1:]


def _policy(each: PolicyCounts) -> Iterator[str]:
    rows = [
        (_chip(outcome), f"{many:,}", percent(each.shares[outcome]))
        for outcome, many in each.outcomes.items()
    ]
    yield table(("Outcome", "Rows", "Share"), rows, caption="Outcomes")
    if each.holding:
        sentences = {c.id: c.sentence for c in each.policy.criteria}
        held = [
            (
                c.id,
                *(f"{n:,}" for n in (c.denies, c.denies_alone, c.pends, c.pends_alone)),
                sentences[c.id],
            )
            for c in each.holding
        ]
        caption = "Criteria that hold rows back"
        yield fold(caption, table(_CRITERIA, held, caption=caption), small(_ALONE), opened=True)
    if each.releasing:
        told = [
            (
                f.label,
                *(
                    f"{n:,}"
                    for n in (f.open, f.could_meet, f.could_deny, f.releases, f.always_releases)
                ),
            )
            for f in each.releasing
        ]
        caption = "What documenting one fact would decide"
        stuck = f" {each.stuck:,} rows need more than one fact, or none would do."
        shown = table(_FACTS, told, caption=caption, bold=False)
        yield fold(caption, shown, small(_RELEASES + stuck), opened=True)


def _cross(found: Answers, a: str, b: str) -> Markup:
    titles = [rule_base().policies[name].title for name in (a, b)]
    return _crossed(found.cross(a, b), f"{titles[0]} (down), {titles[1]} (across)")


def _crossed(counts: Mapping[Pair, int], caption: str) -> Markup:
    rows = [(x.words, *(f"{counts[x, y]:,}" for y in Outcome)) for x in Outcome]
    return table(("", *(y.words for y in Outcome)), rows, caption=caption)


def _effect(found: Effect) -> Iterator[str]:
    yield bullets([f"before: {found.before.words}", f"after: {found.after.words}"])
    yield _crossed(found.counts, "Outcomes before (down) and after (across)")
    if found.criteria:
        sentences = {c.id: c.sentence for c in found.before.policy.criteria}
        rows = [(name, f"{n:,}", sentences[name]) for name, n in found.criteria.items()]
        caption = "Criteria whose truth changed, of the rows that come out otherwise"
        yield table(("Criterion", "Rows", "Asks"), rows, caption=caption)
    for pair, many in found.changes.items():
        told = [
            joined([each.name, ": ", each.why, fold("what it states", bullets(_facts(each.facts)))])
            for each in found.witnesses.get(pair, ())
        ]
        change = joined([_chip(pair[0]), " to ", _chip(pair[1]), f": {many:,} rows"])
        yield fold(change, bullets(told), opened=True)


def _facts(facts: Mapping[str, Any]) -> Iterator[str]:
    for name, value in facts.items():
        told = ("; ".join(value) or "none") if isinstance(value, list) else str(value)
        yield f"{name}: {told}"


def _chip(outcome: Outcome) -> Markup:
    return chip(outcome.words, KINDS[outcome])


#   A file


def report(found: Answers | Effect, path: str | os.PathLike[str], *, replace: bool = False) -> Path:
    """Write what a cohort answers as one HTML file that needs nothing from elsewhere.

    It has tables, and pictures where matplotlib is installed, each said in words besides; and it
    says that it is no medical advice and no payer's determination.

    Args:
        found: What `ask` or `compare` returned.
        path: The file.
        replace: Whether it may replace a file.

    Returns:
        The path of the file.

    Raises:
        BadRequest: The file is there already, or cannot be written.

    >>> import tempfile
    >>> from lutalogic import cohort
    >>> answers = cohort.ask(cohort.synthesize(10), "premera_xofigo", on="2026-06-01")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     text = report(answers, Path(folder) / "report.html").read_text(encoding="utf-8")
    >>> "no medical advice" in text
    True
    """
    if not isinstance(found, (Answers, Effect)):
        raise BadRequest("must be what cohort.ask or cohort.compare returned", "found")
    place = Path(path)
    if place.exists() and not replace:
        raise BadRequest(
            "the file is there already; name another, or ask for it to be replaced", str(place)
        )
    try:
        place.write_text(report_html(found), encoding="utf-8")
    except OSError as error:
        raise BadRequest(f"cannot be written: {error.strerror}", str(place)) from None
    return place


def report_html(found: Answers | Effect) -> str:
    """Return a report as the text of an HTML file."""
    title = "A cohort" if isinstance(found, Answers) else "A change, and a cohort"
    parts: list[str] = [element("h1", title), element("p", found.title), small(DISCLAIMER)]
    parts += _answer_parts(found) if isinstance(found, Answers) else _effect_parts(found)
    parts.append(small(f"Rule base {rule_base().digest[:12]}. {DISCLAIMER}"))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{joined(parts)}\n</main>\n</body>\n</html>\n"
    )


def _answer_parts(found: Answers) -> Iterator[str]:
    yield element("h2", "Outcome by policy")
    yield _drawn(found.plot, "Shares of the outcomes by policy; the tables below give the numbers")
    for each in found.policies:
        yield element("h2", _title(each))
        yield from _policy(each)
        if each.holding:
            yield _drawn(
                partial(_held_picture, each), f"{_title(each)}: rows that criteria hold back"
            )
        if each.releasing:
            yield _drawn(
                partial(_released_picture, each), f"{_title(each)}: rows that one fact decides"
            )
    if found.pairs:
        yield element("h2", "Two policies on one drug")
    for a, b in found.pairs:
        yield _cross(found, a, b)


def _effect_parts(found: Effect) -> Iterator[str]:
    yield element("h2", "What becomes of each outcome")
    yield _drawn(found.plot, "Outcomes after, for each outcome before; the table has the numbers")
    yield from _effect(found)


def _held_picture(each: PolicyCounts) -> Any:
    from lutalogic.cohort.pictures import counts_picture

    rows = [(c.id, c.held, c.denies_alone + c.pends_alone) for c in each.holding[:_BARS]]
    title = f"{_title(each)}: criteria that hold rows back"
    return counts_picture(rows, title, heads=("denies or pends", "alone"), axis="rows")


def _released_picture(each: PolicyCounts) -> Any:
    from lutalogic.cohort.pictures import counts_picture

    rows = [(f.label, f.releases, f.always_releases) for f in each.releasing[:_BARS]]
    title = f"{_title(each)}: what one more fact would decide"
    return counts_picture(rows, title, heads=("could decide", "surely"), axis="pending rows")


def _drawn(plot: Callable[[], Any], told: str) -> Markup:
    """Return a picture within the page, with what it shows in words; none without matplotlib."""
    try:
        from lutalogic.cohort.pictures import svg

        drawn = svg(plot(), salt=told)
    except PicturesMissing:
        return Markup("")
    label = f'<svg role="img" aria-label="{escape(told)}"'
    shown = Markup(drawn.replace("<svg", label, 1))
    return element("figure", shown, element("figcaption", told))
