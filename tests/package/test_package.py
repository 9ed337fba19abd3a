# SPDX-License-Identifier: Apache-2.0
"""The package as a whole: its surface, the order of its modules, what is generated."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import lutalogic
from lutalogic import Case, rule_base
from lutalogic.case import FACTS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "lutalogic"

#: Each module imports only from those above it.
ORDER = [
    "errors",
    "markup",
    "dates",
    "rules",
    "entries",
    "knowledge",
    "claims",
    "accepted",
    "rulebase",
    "possible",
    "readings",
    "cells",
    "lookup",
    "strict_json",
    "case_fields",
    "case",
    "units",
    "history",
    "derivation",
    "derived_times",
    "derived_values",
    "derive",
    "record",
    "engines",
    "engines.prolog",
    "trace",
    "relational",
    "engines.kanren",
    "doubles",
    "columnar_leaves",
    "engines.columnar",
    "engines.choice",
    "words",
    "statements",
    "answers",
    "reasons",
    "explain",
    "plausible",
    "other_readings",
    "conflicts",
    "ranges",
    "boxes",
    "implicants",
    "least",
    "changes",
    "plans",
    "missing",
    "flips",
    "decision",
    "decide",
    "solving",
    "symbolic_record",
    "formulas",
    "engines.symbolic",
    "witness",
    "replay",
    "proof",
    "prover",
    "proofs",
    "circumstances",
    "findings",
    "idle",
    "gaps",
    "twins",
    "examine",
    "health",
    "health_pages",
    "billing",
    "matches",
    "reference",
    "decision_lines",
    "sides",
    "plain",
    "frames",
    "questions",
    "runs",
    "effects",
    "picture_axes",
    "pictures",
    "bands",
    "sweeps",
    "sweep_maps",
    "sweep",
    "what_if",
    "timeline",
    "readings_table",
    "schema_parts",
    "what_if_schemas",
    "schema",
    "conformance",
    "conformance.vector",
    "conformance.forms",
    "conformance.verdict",
    "conformance.consistent",
    "conformance.suite",
    "conformance.leaves",
    "conformance.sites",
    "conformance.altered_tests",
    "conformance.mistakes",
    "conformance.mutants",
    "conformance.kills",
    "conformance.bit_truths",
    "conformance.parallel",
    "conformance.free_record",
    "conformance.equivalence",
    "conformance.candidates",
    "conformance.probing",
    "conformance.choosing",
    "conformance.construction",
    "conformance.expecting",
    "conformance.building",
    "conformance.channel",
    "conformance.runner",
    "conformance.diagnosis",
    "conformance.known",
    "conformance.telling_apart",
    "conformance.report",
    "conformance.conform",
    "conformance.asserting",
    "conformance.report_files",
    "pytest_plugin",
    "wishes",
    "narrowing",
    "backwards",
    "waiting",
    "distance",
    "picking",
    "concrete",
    "fulfilment",
    "seeking",
    "patients",
    "testing",
    "requirements",
    "comparison",
    "comparison_lines",
    "beside",
    "protocol",
    "conformance.asking",
    "conformance.fuzz",
    "conformance.found_files",
    "table",
    "patient_files",
    "cohort.values",
    "cohort.heading",
    "cohort.columns",
    "cohort.reasons",
    "cohort.outcomes",
    "cohort.batches",
    "cohort.spark",
    "cohort.tables",
    "cohort.json_lines",
    "cohort.sources",
    "cohort.writing",
    "cohort.files",
    "cohort.deciding",
    "cohort.distributions",
    "cohort.drawing",
    "cohort.synthetic",
    "cohort.synthetic_files",
    "cohort.revaluing",
    "cohort.counting",
    "cohort.pictures",
    "cohort.wording",
    "cohort.policy_counts",
    "cohort.answers",
    "cohort.questions",
    "cohort.effects",
    "cohort.tallies",
    "cohort.comparing",
    "reading_effects",
    "browse",
    "html_pages",
    "plans_html",
    "what_if_html",
    "comparison_html",
    "cohort.pages",
    "cohort",
    "panel_controls",
    "panel_view",
    "panel",
    "reference_pages",
    "report",
    "proof_pages",
    "comparison_pages",
    "wish_pages",
    "containment",
    "compare",
    "output",
    "batch",
    "meter",
    "cli_options",
    "cli_decide",
    "cli_cohort",
    "cli_cohort_questions",
    "cli_cohort_synthesize",
    "cli_missing",
    "cli_reference",
    "cli_browse",
    "cli_prove",
    "cli_compare",
    "cli_patients",
    "cli_what_if",
    "cli_health",
    "cli_vectors",
    "cli_conform",
    "cli_fuzz",
    "cli",
]


def test_the_public_surface_is_small_and_stated() -> None:
    """__all__ names what is public, in order, and nothing that is not there."""
    assert sorted(lutalogic.__all__) == sorted(set(lutalogic.__all__))
    for name in lutalogic.__all__:
        assert hasattr(lutalogic, name)
    public = {n for n in vars(lutalogic) if not n.startswith("_")}
    public -= {"annotations"}
    modules = {n for n in public if isinstance(vars(lutalogic)[n], type(sys))}
    assert public - modules - set(lutalogic.__all__) == set()


def test_completion_offers_what_is_public() -> None:
    """dir() lists the public names and no module."""
    assert dir(lutalogic) == sorted(lutalogic.__all__)


def test_modules_import_only_from_those_above_them() -> None:
    """The package has one order, and each module keeps it, wherever it imports."""
    found = {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        for path in PACKAGE.rglob("*.py")
    }
    assert found - {"__init__", "__main__"} == set(ORDER)
    for place, name in enumerate(ORDER):
        path = PACKAGE / (name.replace(".", "/") + ".py")
        path = path if path.exists() else PACKAGE / name / "__init__.py"
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("lutalogic"):
                module = (node.module or "").removeprefix("lutalogic").removeprefix(".")
                names = [module] if module else [alias.name for alias in node.names]
                for imported in names:
                    if imported in ORDER:
                        assert ORDER.index(imported) < place, f"{name} imports {imported}"


def test_an_import_starts_no_prolog() -> None:
    """Neither PySwip nor a terminal library is loaded before it is needed."""
    code = (
        "import sys, lutalogic; lutalogic.Case(age_years=5); lutalogic.policies(); "
        "print([m for m in ('pyswip', 'kanren', 'rich', 'click', 'z3', 'matplotlib', 'pandas', "
        "'numpy', 'ipywidgets', 'polars', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_generated_files_are_fresh(tmp_path: Path) -> None:
    """rulebase.json and case_fields.py are what the rules in kb/ generate, to the byte."""
    subprocess.run(
        ["swipl", str(ROOT / "prolog/generate.pl"), "--", str(ROOT / "kb"), str(tmp_path)],
        check=True,
        cwd=ROOT,
    )
    for name in ("rulebase.json", "case_fields.py"):
        assert (tmp_path / name).read_text() == (PACKAGE / name).read_text(), name
        assert "never edit" in (PACKAGE / name).read_text()[:4000] or name == "rulebase.json"
    assert "never edit" in json.loads((PACKAGE / "rulebase.json").read_text())["generated"]


def test_the_vocabulary_is_the_specified_one() -> None:
    """Names, types, units, ranges and values are those of the vocabulary that cases use."""
    stated = json.loads((ROOT / "tests/cases/vocabulary.json").read_text())["attributes"]
    attributes = rule_base().attributes
    assert {a["name"] for a in stated} == set(attributes) == set(FACTS)
    for entry in stated:
        attribute = attributes[entry["name"]]
        assert attribute.type == entry["type"]
        assert list(attribute.values) == entry.get("values", [])
        assert list(attribute.range) == entry.get("range", [0, 0])
        assert attribute.unit == entry.get("unit", "")
        assert attribute.group == entry["group"]
        assert attribute.meaning == entry["meaning"]


def test_every_specified_criterion_is_there() -> None:
    """The ids are those that the specification lists, for each policy."""
    ids = {name: [c.id for c in policy.criteria] for name, policy in rule_base().policies.items()}
    items = ["item 1", "item 2", "item 2a", "item 2b", "item 3", "item 4", "item 5"]
    assert ids["wellmark_lutathera"] == ["W-1", *items, *(f"W-{n}" for n in range(3, 11))]
    assert ids["premera_lutathera"] == [f"L-{n}" for n in range(1, 14)]
    assert ids["premera_pluvicto"] == [f"P-{n}" for n in range(1, 12)]
    assert ids["premera_xofigo"] == [f"X-{n}" for n in range(1, 6)]


def test_every_criterion_has_a_sentence_and_sources() -> None:
    """No criterion without a sentence, none without a place in a document."""
    base = rule_base()
    for policy in base.policies.values():
        for criterion in policy.criteria:
            assert len(criterion.sentence) > 5
            assert criterion.sources
            for source in criterion.sources:
                last = source.document.lines
                assert source.section
                assert all(1 <= a <= b <= last for a, b in source.lines)


def test_no_python_module_states_a_medical_constant() -> None:
    """What a policy asks stands in kb/ alone: no fact and no criterion is named in the package."""
    names = {*FACTS, *rule_base().readings} - {"necrosis", "metastases", "ecog", "unresectable"}
    ids = {c.id for p in rule_base().policies.values() for c in p.criteria}
    for path in PACKAGE.rglob("*.py"):
        if path.name == "case_fields.py":
            continue
        tree = ast.parse(path.read_text())
        docstrings = {
            node.body[0].value
            for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node not in docstrings:
                assert node.value not in names | ids, (path.name, node.value)


def test_every_document_line_is_in_the_ledger() -> None:
    """The ledgers of both documents cover their lines from the first to the last, once each."""
    pattern = re.compile(r"^ledger\((\w+), (\d+)-(\d+),", re.MULTILINE)
    for document in rule_base().documents.values():
        text = (ROOT / f"kb/ledger_{document.name}.pl").read_text()
        spans = [(int(a), int(b)) for name, a, b in pattern.findall(text) if name == document.name]
        covered = [line for a, b in spans for line in range(a, b + 1)]
        assert covered == list(range(1, document.lines + 1))


@pytest.mark.parametrize(
    "facts",
    [
        {"age_years": 58},
        {"ki67_percent": "<5", "disease_progression_on": ["lanreotide", "everolimus"]},
        {},
    ],
)
def test_a_case_is_a_value(facts: dict[str, object]) -> None:
    """Frozen, equal by what it states, hashable, and made again from its own facts."""
    case = Case.from_mapping(facts)
    assert Case.from_mapping(case.facts) == case
    assert hash(Case.from_mapping(case.facts)) == hash(case)
    assert Case.from_json(json.dumps(facts)) == case
    assert eval(repr(case)) == case
    with pytest.raises(AttributeError):
        case.age_years = 5  # type: ignore[misc]
    assert case.replace(age_years=30) != case or case.age_years == 30
