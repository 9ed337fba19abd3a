# SPDX-License-Identifier: Apache-2.0
"""The built site, which `make docs` writes: its links lead somewhere, and it loads nothing else.

`make test-docs` builds it first; `make test` goes without.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

import lutalogic
from docs.extension.names import criteria, criterion_page
from lutalogic.rulebase import policies, rule_base
from tests.site.html import SITE, Page, read

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    not (SITE / "index.html").exists(), reason="the site is not built: make docs"
)
_WORDS = "no medical advice and no payer's determination"


@cache
def pages() -> dict[Path, Page]:
    """Return every page of the site but the playground, whose tests are its own."""
    return {
        file: read(file)
        for file in sorted(SITE.rglob("*.html"))
        if "playground" not in file.relative_to(SITE).parts
    }


def test_the_site_has_a_page_for_every_criterion() -> None:
    """Criteria, policies and what is told of them all have pages."""
    assert len(pages()) > 100
    for name in criteria():
        assert SITE / f"{criterion_page(name)}.html" in pages(), name


def test_every_link_leads_somewhere() -> None:
    """Each link within the site leads to a file that is there, and to an anchor that it has."""
    seen = 0
    for file, page in pages().items():
        for link in page.links:
            address = urlsplit(link)
            if address.scheme or address.netloc:
                continue
            seen += 1
            to = (file.parent / unquote(address.path)).resolve() if address.path else file
            assert to.exists(), f"{file.relative_to(SITE)} links to {link}"
            if address.fragment and to in pages():
                anchors = pages()[to].ids
                assert unquote(address.fragment) in anchors, f"{file.relative_to(SITE)}: {link}"
    assert seen > 10_000


def test_a_browser_loads_nothing_from_elsewhere() -> None:
    """Whatever a page needs lies in the site: it opens from a disk, without any network."""
    for file, page in pages().items():
        for address in page.loaded:
            parts = urlsplit(address)
            assert parts.scheme in ("", "data"), f"{file.relative_to(SITE)} loads {address}"
            assert not parts.netloc, f"{file.relative_to(SITE)} loads {address}"
    for sheet in SITE.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.search(r"(?:url\(|@import)\s*['\"]?\s*(?:https?:)?//", text), sheet


def test_no_anchor_stands_twice_on_a_page() -> None:
    """An address leads to one place."""
    for file, page in pages().items():
        twice = {anchor for anchor in page.ids if page.ids.count(anchor) > 1}
        assert not twice, (file.relative_to(SITE), sorted(twice)[:5])


def test_every_page_says_what_it_is_not() -> None:
    """The words stand on every page, and in the text of the first."""
    for file, page in pages().items():
        assert _WORDS in page.text.replace("\u2019", "'"), file.relative_to(SITE)
    assert pages()[SITE / "index.html"].text.replace("\u2019", "'").count(_WORDS) >= 2


def test_every_page_has_one_title_and_no_level_is_left_out() -> None:
    """Headings go down one level at a time."""
    for file, page in pages().items():
        if file.name == "search.html":  # what it shows, a script writes
            continue
        levels = [level for level, _ in page.headings]
        assert levels.count(1) == 1, file.relative_to(SITE)
        for above, level in itertools.pairwise(levels):
            assert level <= above + 1, (file.relative_to(SITE), page.headings)


@pytest.mark.parametrize("name", criteria())
def test_source_tests_and_theorems_are_one_click_away(name: str) -> None:
    """A criterion's page links to the ledger line of each source, to its cases and theorems."""
    policy, criterion = criteria()[name]
    file = SITE / f"{criterion_page(name)}.html"
    links = pages()[file].links
    for source in criterion.sources:
        ledger = f"ledger-{source.document.name}.html#"
        assert any(ledger in link for link in links), source
    titles = {told.strip("¶ \n") for level, told in pages()[file].headings if level == 2}
    assert {
        "What it asks", "Source", "History", "Readings", "A patient who meets it",
        "A patient who fails it", "Theorems", "Tests and vectors",
    } <= {re.sub(r"[^\w ]", "", each).strip() for each in titles}  # fmt: skip
    assert any("cases.html#" in link for link in links)
    assert any("vectors.html#" in link for link in links)
    assert any("theorems.html#" in link for link in links), policy.name


def test_no_raw_term_of_a_rule_is_shown_to_a_clinician() -> None:
    """No page of a criterion has a condition as Prolog writes it."""
    terms = re.compile(r"\b(?:all_of|any_of|rules_out|by_reading|supports)\(")
    for name in criteria():
        page = pages()[SITE / f"{criterion_page(name)}.html"]
        assert not terms.search(page.text), name


def test_registers_name_everything_of_their_kind() -> None:
    """Vocabulary, readings and theorems are whole, each with an anchor of its own."""
    base = rule_base()
    for file, prefix, names in (
        ("vocabulary", "attribute", list(base.attributes)),
        ("ambiguities", "reading", list(base.readings)),
        ("theorems", "theorem", [each.name for each in base.claims]),
    ):
        anchors = pages()[SITE / f"rules/{file}.html"].ids
        for name in names:
            assert f"{prefix}-{re.sub('[^A-Za-z0-9]+', '-', name)}" in anchors, name


def test_the_indices_stand_in_the_sidebar_of_every_page() -> None:
    """Criteria, attributes and sources by index are one click away from anywhere."""
    for file, page in pages().items():
        for index in ("kb-criteria", "kb-attributes", "kb-sources"):
            assert any(f"{index}.html" in link for link in page.links) or file.stem == index, file


def test_theorems_named_elsewhere_lead_to_their_proofs() -> None:
    """The page of verified properties links each theorem that it names."""
    links = pages()[SITE / "verified-properties.html"].links
    for theorem in rule_base().claims:
        anchor = f"rules/theorems.html#theorem-{theorem.name.replace('_', '-')}"
        assert anchor in links, theorem.name


def test_evidence_leads_to_the_glossary() -> None:
    """Where conditions join as evidence, the word leads to what it means."""
    links = pages()[SITE / "rules/premera_lutathera/L-7.html"].links
    assert "../../glossary.html#term-evidence" in links


def test_the_first_page_leads_to_the_playground_and_to_dated_texts() -> None:
    """The table of readers names both."""
    links = pages()[SITE / "index.html"].links
    assert {"playground.html", "rules/texts.html"} <= set(links)


def test_registers_say_first_what_a_thing_is_and_then_its_name() -> None:
    """Readings and facts are headed by their words; their names follow."""
    base = rule_base()
    page = pages()[SITE / "rules/ambiguities.html"]
    titles = {told.strip("\uf0c1#¶ \n") for level, told in page.headings if level == 3}
    for reading in base.readings.values():
        assert reading.question.replace("'", "\u2019") in titles, reading.name
    told = pages()[SITE / "rules/vocabulary.html"].text
    for attribute in base.attributes.values():
        assert re.search(rf"{re.escape(attribute.label)}\s*attribute\s*{attribute.name}\b", told), (
            attribute.name
        )


def test_the_ledger_pages_cover_their_documents() -> None:
    """Each document has a page with a row for each entry of its ledger."""
    for document in rule_base().documents.values():
        page = pages()[SITE / f"rules/ledger-{document.name}.html"]
        rows = [each for each in page.ids if each.startswith(f"source-{document.name}-L")]
        assert len(rows) > 100


def test_policies_are_drawn_with_links_to_their_criteria() -> None:
    """The picture of a policy is in the page, and its boxes lead to the criteria in force."""
    for policy in policies():
        written = (SITE / f"rules/{policy.name}/index.html").read_text(encoding="utf-8")
        drawing = written[written.index('<svg class="kb-tree"') :]
        drawing = drawing[: drawing.index("</svg>")]
        assert drawing.count("href=") >= 5
        assert "kb://" not in drawing


def test_the_python_reference_has_every_public_name() -> None:
    """Whatever __all__ names is described."""
    anchors = pages()[SITE / "api/python.html"].ids
    for name in lutalogic.__all__:
        assert name == "__version__" or f"lutalogic.{name}" in anchors, name
