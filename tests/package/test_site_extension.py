# SPDX-License-Identifier: Apache-2.0
"""The Sphinx extension, on a site of one page; the whole site is tested in tests/site."""

from __future__ import annotations

import doctest
import importlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import pytest

from docs.extension.criterion_pages import criterion_page
from docs.extension.ledger import log, warnings
from docs.extension.markdown import text
from docs.extension.names import criteria, place
from docs.extension.notebooks import as_markdown
from docs.extension.payer_pages import payers_page
from docs.extension.register_pages import ambiguity_page, vocabulary_page
from docs.extension.text_pages import history, texts_page
from docs.extension.trees import asked, dot
from docs.extension.vector_pages import mistakes_of, places_of
from docs.extension.words import status
from docs.extension.worked import differing, example
from lutalogic.rulebase import policies, rule_base
from lutalogic.trace import turning_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lutalogic.statements import Statement

ROOT = Path(__file__).parents[2]
MODULES = [path.stem for path in sorted((ROOT / "docs/extension").glob("[!_]*.py"))]
_CONF = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
extensions = ["docs.extension", "myst_parser"]
kb_write_pages = False
nitpicky = True
html_theme = "basic"
"""


def _build(folder: Path, page: str) -> tuple[int, str]:
    """Build a site of one page; return the exit status and what was said of it."""
    (folder / "conf.py").write_text(_CONF)
    (folder / "index.md").write_text(page)
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", "-q", folder, folder / "out"],
        capture_output=True, text=True, check=False, cwd=folder,
    )  # fmt: skip
    return done.returncode, done.stderr


def test_a_criterion_is_described_referred_to_and_indexed(tmp_path: Path) -> None:
    """A directive makes an anchor, a role leads there, and the index names the criterion."""
    status, said = _build(
        tmp_path,
        "# Page\n\n```{kb:criterion} item 2a\n```\n\nSee {kb:criterion}`item 2a` and "
        "{kb:source}`this <wellmark L60>`, told of at {kb:at}`wellmark L59-61`.\n",
    )
    assert (status, said) == (0, "")
    page = (tmp_path / "out/index.html").read_text()
    assert 'id="criterion-item-2a"' in page
    assert 'href="#criterion-item-2a"' in page
    assert 'href="#source-wellmark-L59"' in page
    index = (tmp_path / "out/kb-criteria.html").read_text()
    assert "index.html#criterion-item-2a" in index


def test_what_the_rule_base_has_not_is_an_error(tmp_path: Path) -> None:
    """References to nothing, and a description of nothing, fail the build, each by name."""
    status, said = _build(
        tmp_path,
        "# Page\n\n{kb:criterion}`Y-9`\n{kb:reading}`w_extend`\n{kb:source}`premera L46`\n\n"
        "```{kb:criterion} Z-9\n```\n",
    )
    assert status != 0
    for name in ("Y-9", "w_extend", "premera L46", "Z-9"):
        assert name in said


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_hold(name: str) -> None:
    """Each session in a docstring of the extension prints what it shows."""
    module = importlib.import_module(f"docs.extension.{name}")
    assert doctest.testmod(module).failed == 0


def test_a_notebook_shows_what_its_cells_come_to() -> None:
    """Text, what was printed, values as HTML, and names that go on from cell to cell."""
    cells = [
        {"cell_type": "markdown", "source": ["# Title\n", "\n", "Text."]},
        {
            "cell_type": "code",
            "source": ["from lutalogic import Case\n", "case = Case(age_years=5)"],
        },
        {"cell_type": "code", "source": ["print(case.age_years)\n", "case"]},
    ]
    shown = as_markdown(json.dumps({"cells": cells}))
    assert shown.startswith("# Title\n\n```{note}")
    assert "```text\n5\n```" in shown
    assert "5 years" in shown
    assert shown.count("{raw} html") == 1
    long = {"cell_type": "code", "source": ["[('a name', 'another name')] * 20"]}
    assert max(map(len, as_markdown(json.dumps({"cells": [long]})).splitlines())) < 100


def test_every_criterion_has_an_example_of_each_kind() -> None:
    """The tables of cases have a patient who meets it and one who fails it, as the engine says."""
    for name, (policy, _) in criteria().items():
        for truth in ("true", "false"):
            row = example(policy.name, name, truth)
            assert row is not None, (name, truth)
            assert row.criteria[name] == truth
    row = example("premera_lutathera", "L-5", "false")
    assert row is not None
    assert row.decision().criteria["L-5"] == "false"


def test_every_reading_has_a_patient_on_whom_it_differs() -> None:
    """Each other value of each reading changes the outcome or a criterion of some patient."""
    changed = 0
    for name, reading in rule_base().readings.items():
        for value in reading.values[1:]:
            found = differing(name, value)
            assert found is not None, (name, value)
            changed += found[1].outcome != found[2].outcome
    assert changed > 40


def test_every_policy_and_criterion_is_drawn() -> None:
    """Trees are made of statements in words; a policy's leads to each criterion it now asks."""
    for name in criteria():
        assert asked(name).sentence or asked(name).demand
        assert "all_of" not in dot(name)
    for policy in policies():
        drawn = dot(policy.name)
        assert drawn.count("kb://criterion/") >= 5
        assert drawn.count("{") == drawn.count("}")


def test_everything_of_the_rule_base_has_one_place() -> None:
    """No two things share an anchor."""
    base = rule_base()
    places = [place("criterion", name) for name in criteria()]
    places += [place("attribute", name) for name in base.attributes]
    places += [place("reading", name) for name in base.readings]
    places += [place("theorem", each.name) for each in base.claims]
    assert None not in places
    assert len(set(places)) == len(places)


def test_a_policy_is_drawn_whole() -> None:
    """No box but a criterion's, which leads to its page, is drawn without what it holds."""
    boxes = 0
    for policy in policies():
        made = asked(policy.name)
        drawn = dot(policy.name)
        for each in _to_be_drawn(made):
            boxes += 1
            told = " ".join(wrap(each.demand if each.attributes else each.sentence, 44)).lower()
            assert told in _labels(drawn), (policy.name, told)
    assert boxes > 30


def _to_be_drawn(made: Statement) -> Iterator[Statement]:
    """Yield what stands below a policy outside its criteria."""
    for part in made.parts:
        if not part.criterion:
            yield part
            yield from _to_be_drawn(part)


def _labels(drawn: str) -> str:
    return " ".join(drawn.replace(r"\l", " ").split()).lower()


def test_no_text_of_a_day_before_the_printed_one_is_called_printed() -> None:
    """A document prints the wording of the day it took effect; of earlier texts it is said so."""
    earlier = 0
    for policy in policies():
        day = policy.document.effective
        for entry in policy.texts:
            if day.startswith("20") and entry.start < day:
                earlier += 1
                assert status(entry) == "reconstructed from the change log"
            else:
                assert status(entry) == "printed"
    assert earlier >= 7


def test_dated_texts_tell_of_every_entry_of_the_change_log() -> None:
    """Days on which no rule changed are listed as such, and what is to be looked up by hand."""
    page = texts_page()
    written = (ROOT / "kb/documents.pl").read_text()
    days = re.findall(r"unchanged_by\(premera, (\S+),", written)
    assert len(days) == 8
    for day in [*days, *(entry.start for p in policies() for entry in p.texts)]:
        assert f"\n| {day} | " in page, day
    for day in set(days) - {"2025-05-01"}:
        [row] = [line for line in page.splitlines() if line.startswith(f"| {day} | ")]
        assert "No rule changed." in row, row
    for entry in log("premera"):
        assert page.count(text(entry.warning)) >= 2, entry.day
    assert sum(bool(entry.warning) for entry in log("premera")) == 2


def test_a_criterion_tells_of_what_the_change_log_leaves_open() -> None:
    """L-3 says that the list of tracers was shorter, and all say that their wording is assumed."""
    policy = rule_base().policies["premera_lutathera"]
    assert [entry.first for entry in warnings(policy, "L-3")] == [598, 600]
    told = history(policy, "L-3")
    assert "check the tracer by hand" in told
    assert "consult the archived text" in told
    assert "tracer" not in history(policy, "L-5")
    assert "consult the archived text" in history(policy, "L-5")
    assert "archived" not in history(policy, "L-8"), "it was not asked then"
    assert "archived" not in history(rule_base().policies["premera_xofigo"], "X-1")


def test_history_has_the_condition_before_and_after() -> None:
    """What went on being asked is shown in both texts, and nothing as abolished that was not."""
    policies_by_name = rule_base().policies
    for policy, name, fact, new in (
        ("premera_lutathera", "L-7", "karnofsky", "ecog"),
        ("premera_pluvicto", "P-5", "prior_taxane", "appropriate_to_delay_taxane"),
    ):
        told = history(policies_by_name[policy], name)
        assert "no longer" not in told
        _, first, later = told.split("**From ")
        assert f"`{fact}`" in first
        assert f"`{new}`" not in first
        assert f"`{fact}`" in later
        assert f"`{new}`" in later
    assert "no longer asked" in history(policies_by_name["premera_lutathera"], "L-11")
    assert "not asked" in history(policies_by_name["premera_lutathera"], "L-8")
    for each in policies():
        assert set(turning_days(each)) <= {*(t.start for t in each.texts), *each.starts}


def test_a_text_that_changes_nothing_by_default_names_the_reading_under_which_it_does() -> None:
    """Pluvicto's text of 2026-04-01 changes P-5 where the duplicate line is taken to bind."""
    page = texts_page()
    _, _, after = page.partition("(text-premera-pluvicto-2026-04-01)=")
    told = after[: after.index("\n## ")]
    assert "no criterion asks anything else" in told
    assert "{kb:reading}`p_taxane_2025`" in told
    assert "{kb:criterion}`P-5`" in told


def test_facts_that_only_the_joining_of_criteria_reads_say_so() -> None:
    """Who reads a fact is told: criteria, policies beside them, or nobody of these."""
    page = vocabulary_page()
    _, _, after = page.partition("```{kb:attribute} initial_criteria_met\n")
    told = after[: after.index("```{kb:attribute}")]
    assert "no criterion" not in told
    for policy in ("wellmark_lutathera", "premera_lutathera", "premera_pluvicto"):
        assert f"{{kb:policy}}`{policy}`" in told
    unread = {name for p in policies() for name in p.attributes}
    assert page.count("no criterion of any policy") == len(rule_base().attributes) - len(unread)


def test_readings_are_told_in_words() -> None:
    """Heads of tables, worked patients and mistakes say what a value means before its name."""
    assert "| `" not in ambiguity_page()
    page = criterion_page("P-5")
    chosen = re.sub(r'<code class="kb-id">.*?</code>|\{kb:id\}`[^`]*`', "", page)
    for name, reading in rule_base().readings.items():
        for value in reading.values:
            assert f"{name} = {value}" not in chosen
            assert f"{name}={value}" not in chosen
            assert f"{name} read as" not in chosen
    assert "ambiguities.html#reading-p-label-dosing" in page


def test_mistakes_are_told_apart_and_counted_once() -> None:
    """No two rows of a table of mistakes are the same, and their number is told in one way."""
    shown = 0
    for name, (policy, _) in criteria().items():
        found, places = mistakes_of(policy.name, name), places_of(policy.name, name)
        rows = {(each.mistake, places[each.mutant]) for each in found}
        assert len(rows) == len(found), name
        shown += len(found)
    assert shown > 2500
    page = criterion_page("P-5")
    assert "22 of the 23 mistakes" in page
    assert "All 23 mistakes" in page


def test_a_reading_under_which_nothing_is_asked_says_so() -> None:
    """Where the alternative drops a criterion, that is said in a sentence."""
    page = criterion_page("P-7")
    assert "then P-7 is not asked" in page
    assert "* nothing" not in page


def test_payers_are_called_by_their_names() -> None:
    """Side by side nobody is called A or B, the verdict stands once, marks before the tables."""
    page = payers_page()
    assert not re.search(r"\b(?:by|at|What|to) [AB]\b|\b[AB](?:,|:| asks| meets)", page)
    assert page.count("overlap: each meets requests") == 1
    assert page.index("can by itself deny") < page.index("Premera asks, and a request")
    assert "Met by Wellmark, not met by Premera" in page


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")
def test_the_search_ranks_what_is_called_as_one_asked_for_first() -> None:
    """A title or object that begins with the id asked for outranks all others."""
    script = (ROOT / "docs/extension/scorer.js").read_text()
    code = (
        f"const location = {{search: '?q=L-5'}};\n{script}\n"
        "const titles = ['L-5: No severe renal impairment', 'L-5', 'Ledger of Premera', 'L-50'];\n"
        "console.log(JSON.stringify(titles.map((t) => Scorer.score(['d', t, '', '', 20]))));"
    )
    done = subprocess.run(["node", "-e", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [120, 120, 20, 20]


def test_the_glossary_is_in_order_and_has_what_pages_speak_of() -> None:
    """Terms stand in the order of the alphabet; those that pages use are told."""
    written = (ROOT / "docs/glossary.md").read_text().partition("```{glossary}\n")[2]
    terms = [line for line in written.splitlines() if re.match(r"[A-Za-z]", line)]
    assert terms == sorted(terms, key=str.lower)
    assert {
        "open case", "plausibility", "worked patient", "CTCAE", "HPF", "shadowed", "evidence",
    } <= set(terms)  # fmt: skip


def test_text_is_shown_as_it_stands() -> None:
    """Nothing in a sentence of the rule base is taken for Markdown or HTML."""
    assert text("a_b <i> *x* [y](z) `c` | $") == r"a\_b \<i\> \*x\* \[y\](z) \`c\` \| \$"
