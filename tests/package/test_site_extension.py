# SPDX-License-Identifier: Apache-2.0
"""The Sphinx extension, on a site of one page; the whole site is tested in tests/site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx.application import Sphinx
from sphinx.errors import SphinxError

from docs.extension.markdown import text
from docs.extension.names import criteria, place
from docs.extension.trees import asked, dot
from docs.extension.worked import differing, example
from lutalogic.rulebase import policies, rule_base

if TYPE_CHECKING:
    from pathlib import Path

_CONF = """
extensions = ["docs.extension", "myst_parser"]
kb_write_pages = False
exclude_patterns = []
"""


def _build(folder: Path, page: str) -> str:
    """Build a site of one page and return what is written; a warning is an error."""
    (folder / "conf.py").write_text(_CONF)
    (folder / "index.md").write_text(page)
    app = Sphinx(
        folder, folder, folder / "out", folder / "trees", "html", status=None,
        warningiserror=True, exception_on_warning=True,
        confoverrides={"nitpicky": True, "html_theme": "basic"},
    )  # fmt: skip
    app.build()
    return (folder / "out/index.html").read_text()


@pytest.mark.filterwarnings("ignore")
def test_a_criterion_is_described_referred_to_and_indexed(tmp_path: Path) -> None:
    """A directive makes an anchor, a role leads there, and the index names the criterion."""
    page = _build(
        tmp_path,
        "# Page\n\n```{kb:criterion} item 2a\n```\n\nSee {kb:criterion}`item 2a` and "
        "{kb:source}`this <wellmark L60>`, told of at {kb:at}`wellmark L59-61`.\n",
    )
    assert 'id="criterion-item-2a"' in page
    assert 'href="#criterion-item-2a"' in page
    assert 'href="#source-wellmark-L59"' in page
    index = (tmp_path / "out/kb-criteria.html").read_text()
    assert "index.html#criterion-item-2a" in index


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "page",
    ["{kb:criterion}`Z-9`", "{kb:reading}`w_extend`", "```{kb:criterion} Z-9\n```"],
)
def test_what_the_rule_base_has_not_is_an_error(tmp_path: Path, page: str) -> None:
    """A reference to nothing, or a description of nothing, ends the build."""
    with pytest.raises((SphinxError, Exception), match=r"Z-9|w_extend"):
        _build(tmp_path, f"# Page\n\n{page}\n")


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
