# SPDX-License-Identifier: Apache-2.0
"""The Sphinx extension, on a site of one page; the whole site is tested in tests/site."""

from __future__ import annotations

import doctest
import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from docs.extension.markdown import text
from docs.extension.names import criteria, place
from docs.extension.notebooks import as_markdown
from docs.extension.trees import asked, dot
from docs.extension.worked import differing, example
from lutalogic.rulebase import policies, rule_base

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


def test_text_is_shown_as_it_stands() -> None:
    """Nothing in a sentence of the rule base is taken for Markdown or HTML."""
    assert text("a_b <i> *x* [y](z) `c` | $") == r"a\_b \<i\> \*x\* \[y\](z) \`c\` \| \$"
