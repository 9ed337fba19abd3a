# SPDX-License-Identifier: Apache-2.0
"""A report as a file for others: JUnit XML for build servers, and one HTML page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from lutalogic import strict_json
from lutalogic.conformance.report import (
    beyond_lines,
    complaint_line,
    fault_lines,
    mixed_lines,
    needs_lines,
    reading_lines,
    suspect_lines,
    told,
)
from lutalogic.conformance.vector import LEVELS
from lutalogic.markup import bullets, chip, element, fold, heading, joined, page, table, titled
from lutalogic.words import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lutalogic.conformance.report import Report
    from lutalogic.conformance.verdict import Verdict
    from lutalogic.markup import Markup

#: What XML 1.0 cannot hold, however it is written.
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(report: Report) -> str:
    """Return a report as JUnit XML: a test suite for each policy, a test case for each vector."""
    root = ElementTree.Element("testsuites", name=_plain(report.about))
    policies = [each.vector.policy for each in report.verdicts]
    policies += [vector.policy for vector in report.not_asked]
    mixed = {each.vector.id for each in report.reading.contradicting}
    for policy in dict.fromkeys(policies):
        verdicts = [each for each in report.verdicts if each.vector.policy == policy]
        left = [vector for vector in report.not_asked if vector.policy == policy]
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=policy,
            tests=str(len(verdicts) + len(left)),
            failures=str(
                sum(bool(v.differences) and not v.unanswered for v in verdicts)
                + sum(v.vector.id in mixed for v in verdicts)
            ),
            errors=str(sum(v.unanswered for v in verdicts)),
            skipped=str(len(left)),
        )
        for verdict in verdicts:
            _case(suite, verdict, mixed=verdict.vector.id in mixed)
        for vector in left:
            case = ElementTree.SubElement(suite, "testcase", classname=policy, name=vector.id)
            ElementTree.SubElement(case, "skipped", message="the run was given up before it")
    noted = [*fault_lines(report), *suspect_lines(report), *map(complaint_line, report.complaints)]
    if noted:
        ElementTree.SubElement(root, "system-out").text = _plain("\n".join(noted))
    ElementTree.indent(root)
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{ElementTree.tostring(root, 'unicode')}\n"


def _case(suite: ElementTree.Element, verdict: Verdict, *, mixed: bool) -> None:
    vector = verdict.vector
    name = f"{vector.policy}.L{vector.level}"
    case = ElementTree.SubElement(suite, "testcase", classname=name, name=vector.id)
    if verdict.differences:
        kind = "error" if verdict.unanswered else "failure"
        lines = [*told(verdict), *_catches(verdict)]
        message = _plain(str(verdict.differences[0]))
        failure = ElementTree.SubElement(case, kind, message=message, type=LEVELS[verdict.held + 1])
        failure.text = _plain("\n".join(lines))
    elif mixed:
        message = "right only if a text is read otherwise than by the other answers"
        ElementTree.SubElement(case, "failure", message=message, type="readings")


def html_page(report: Report) -> str:
    """Return a report as one HTML page, which needs nothing besides."""
    viewport = element("meta", name="viewport", content="width=device-width, initial-scale=1")
    title = element("title", report.headline)
    head = element("head", element("meta", charset="utf-8"), viewport, title)
    body = element("body", page(*_parts(report)), style="font-family:sans-serif;margin:2em")
    return f"<!DOCTYPE html>\n{element('html', head, body, lang='en')}\n"


def _parts(report: Report) -> list[Markup]:
    holds = report.holds >= report.level
    about = (f"{report.about}", f"rule base {report.digest}", f"{report.seconds:.1f} s")
    parts = [heading(report.headline, *about, kind="true" if holds else "false")]
    levels = [
        (
            f"{level} {LEVELS[level]}",
            _mark(report.right_at(level) == report.asked),
            f"{report.right_at(level):,}",
            f"{report.asked - report.right_at(level):,}",
        )
        for level in range(report.level + 1)
    ]
    parts.append(table(("level", "holds", "right", "wrong or missing"), levels))
    parts += _listed("How its answers are written: mend this first", fault_lines(report))
    parts += _listed("Your failures are those of", suspect_lines(report))
    unexplained = report.diagnosis.unexplained
    parts += _listed("What it does not answer", needs_lines(report))
    parts += _listed("Explained by no mistake of the suite", unexplained)
    rows = [
        (
            f"{each.policy}, {each.id}",
            _mark(not each.wrong),
            str(each.right),
            str(each.wrong.total()),
            "; ".join(each.ways),
        )
        for each in report.criteria
    ]
    if rows:
        heads = ("criterion", "holds", "right", "wrong", "how")
        parts.append(titled("Criteria", table(heads, rows)))
    parts += _listed("Right under other readings of the text", reading_lines(report))
    parts += _listed(
        "Right only if a text is read otherwise than by the other answers", mixed_lines(report)
    )
    parts += _listed("What these vectors cannot show", beyond_lines(report))
    parts += _listed("How it speaks", [complaint_line(each) for each in report.complaints])
    if report.wrong:
        parts.append(titled("Wrong answers", *(_wrong(each) for each in report.wrong)))
    left = [vector.id for vector in report.not_asked]
    parts += _listed("Not asked, for the run was given up", left)
    parts.append(element("p", DISCLAIMER))
    return parts


def _wrong(verdict: Verdict) -> Markup:
    asked = strict_json.dumps(dict(verdict.vector.request), indent=1)
    request = element("pre", asked, style="white-space:pre-wrap")
    parts = [bullets([*told(verdict), *_catches(verdict)]), fold("request", request)]
    return fold(f"{verdict.vector.id}: {verdict.differences[0]}", joined(parts))


def _catches(verdict: Verdict) -> list[str]:
    """Return the mistakes that a vector catches in the criteria that were answered wrongly."""
    return [
        f"catches: {each.mistake}"
        for each in verdict.vector.catches
        if not verdict.criteria or each.criterion in verdict.criteria
    ]


def _listed(title: str, lines: Sequence[str]) -> list[Markup]:
    return [titled(title, bullets(lines))] if lines else []


def _mark(holds: bool) -> Markup:
    return chip("yes" if holds else "no", "true" if holds else "false")


def _plain(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
