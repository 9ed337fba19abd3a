# SPDX-License-Identifier: Apache-2.0
"""The worked notebooks are kept clean, run from the first cell to the last, and say what is so."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from docs.clean_notebooks import cleaned

FOLDER = Path(__file__).parents[2] / "docs/notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
_ANSI = re.compile(r"\x1b\[[0-9;]*m")

#: What the text of each notebook says of its patients, asked of what it computed.
CLAIMS = {
    "01_first_steps": [
        "str(wellmark.outcome) == str(premera.outcome) == 'needs_information'",
        "wellmark.missing().approve.facts == ('renal_adequate',)",
        "premera.missing().approve.facts == ('creatinine_clearance_ml_min',)",
        "{str(answer.outcome) for answer in answers.values()} == {'met'}",
        "str(decide(low, 'premera_lutathera', on=DAY).outcome) == 'not_met'",
        "[flip.facts for flip in decide(low, 'premera_lutathera', on=DAY).flips()]"
        " == [('creatinine_clearance_ml_min',)]",
        "str(decide(low, 'wellmark_lutathera', on=DAY).outcome) == 'met'",
        "decide(second_dose, 'wellmark_lutathera', on='2026-08-01').deciding == ('W-8',)",
        "[str(d.outcome) for d in live.decisions] == ['met', 'met']",
    ],
    "02_what_would_it_take": [
        "str(denial.outcome) == 'not_met' and len(denial.deciding) == 7",
        "denial.flips()[0].facts == ('ki67_percent',)",
        "'w_first_line_ki67_upper' in denial.depends_on_readings",
        "str(decide(letter, 'premera_lutathera', on=DAY).outcome) == 'needs_information'",
        "str(decide(letter, 'wellmark_lutathera', on=DAY).outcome) == 'needs_information'",
        "len(elsewhere.approve.sets) == 3 and len(elsewhere.approve.always) == 5",
        "('disease_progression_on',) in elsewhere.approve.one_of[0]",
        "pending.missing().approve.facts == ('creatinine_clearance_ml_min',)",
        "pending.missing().deny.facts == ('creatinine_clearance_ml_min',)",
        "str(asked.outcome) == 'not_met' and asked.flips().doses == 3",
    ],
    "03_two_payers_and_a_change": [
        "decide(patient, 'premera_lutathera', on='2026-03-09').deciding == ('L-11',)",
        "[str(period.outcome) for period in line][1:] == ['not_met'] * 4 + ['met']",
        "change.met.relation.value == 'narrower' and [r.id for r in change.for_a] == ['L-11']",
        "str(decide(patient, 'wellmark_lutathera', on='2026-03-09').outcome) == 'met'",
        "[(t.number, t.belongs_to) for t in index.breakpoints('wellmark_lutathera')]"
        " == [(10, 'above'), (20, 'above')]",
        "str(index.outcome_at(20, 'premera_lutathera')) == 'met'",
        "str(index.outcome_at(20.1, 'premera_lutathera')) == 'needs_information'",
        "all(t.outcome is field.outcome_at(v, 'first_line', 'premera_lutathera')"
        " for row in field.tiles('premera_lutathera') for t, v in zip(row, (14, 30, None)))",
        "{str(field.outcome_at(v, 'subsequent', 'wellmark_lutathera')) for v in (5, 14, 30)}"
        " == {'not_met'}",
        "{str(d.outcome) for e in later for d in (e.before, e.after)} == {'met'}",
        "{'item 2a', 'item 2b'} == {c.criterion.id for c in later['wellmark_lutathera'].criteria}",
        "[r.id for r in payers.for_b] == ['L-2', 'L-4', 'L-5', 'L-7', 'L-8', 'L-10']",
        "[r.id for r in payers.for_a][1:] == ['W-3', 'W-4', 'W-6', 'W-7']",
    ],
    "04_readings": [
        "str(decision.outcome) == 'not_met'",
        "{n: {*v} for n, v in decision.depends_on_readings.items()}"
        " == {'w_item1': {'burden_governs_typical'}}",
        "str(decide(patient, 'wellmark_lutathera', on=DAY,"
        " readings={'w_item1': 'burden_governs_typical'}).outcome) == 'met'",
        "[(row.reading.name, row.value) for row in table.turning]"
        " == [('w_item1', 'burden_governs_typical')]",
        "readings.met.relation.value == 'narrower'",
        "len(concerned) == 3 and 'w_item1' in"
        " decide(concerned[0], 'wellmark_lutathera', on=DAY).depends_on_readings",
        "firmly.deciding == ('W-5',) and not firmly.depends_on_readings",
        "firmly.flips(to='met').doses == 4",
    ],
}


def failure(path: Path, at: int, cell: Any, told: str) -> str:
    """Return where a notebook fails: its name, the number of the cell, its code, and how."""
    plain = _ANSI.sub("", told)
    return f"{path.name}, cell {at + 1} of the notebook:\n{cell.source}\n\n{plain}"


def run(path: Path, notebook: Any, folder: Path) -> None:
    """Run all cells of a notebook in a kernel of its own, in place.

    Raises:
        AssertionError: A cell fails; the message names notebook and cell.
    """
    client = NotebookClient(
        notebook, timeout=90, kernel_name="python3", resources={"metadata": {"path": FOLDER}}
    )
    environment = os.environ | {"IPYTHONDIR": str(folder), "PYTHONWARNINGS": "default"}
    with client.setup_kernel(env=environment):
        for at, cell in enumerate(notebook.cells):
            try:
                client.execute_cell(cell, at)
            except CellExecutionError as error:
                raise AssertionError(failure(path, at, cell, str(error))) from None


def outputs(notebook: Any) -> list[tuple[int, Any]]:
    """Return what the cells of a notebook that ran put out, each with the number of its cell."""
    return [
        (at, output)
        for at, cell in enumerate(notebook.cells)
        if cell.cell_type == "code"
        for output in cell.outputs
    ]


def test_there_are_notebooks_and_claims_for_each() -> None:
    """A notebook whose text nobody holds against what it computes would soon be wrong."""
    assert NOTEBOOKS
    assert [path.stem for path in NOTEBOOKS] == sorted(CLAIMS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_clean(path: Path) -> None:
    """No outputs, no counts, no trace of a machine, in one form, so that changes can be read."""
    text = path.read_text()
    assert text == cleaned(text), "run `make clean-notebooks`"
    notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    first = notebook.cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith("<!-- SPDX-License-Identifier: Apache-2.0 -->\n# ")
    told = " ".join(c.source for c in notebook.cells if c.cell_type == "markdown").split()
    assert "medical advice" in " ".join(told)


def test_cleaning_takes_away_what_running_left(tmp_path: Path) -> None:
    """Outputs, counts and what an editor noted are gone; the cells stay, in their order."""
    path = NOTEBOOKS[0]
    notebook = json.loads(path.read_text())
    notebook["metadata"]["kernelspec"]["display_name"] = str(tmp_path)
    notebook["metadata"]["widgets"] = {"state": {}}
    for cell in notebook["cells"]:
        cell["metadata"]["collapsed"] = True
        cell["id"] = f"other-{cell['id']}"
        if cell["cell_type"] == "code":
            cell["execution_count"] = 7
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x"}]
    assert cleaned(json.dumps(notebook)) == path.read_text()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_says_what_is_so(path: Path, tmp_path: Path) -> None:
    """Each cell runs, without a warning, and what the text says of the patients is so."""
    notebook = nbformat.reads(path.read_text(), as_version=nbformat.NO_CONVERT)
    written = len(notebook.cells)
    for claim in CLAIMS[path.stem]:
        notebook.cells.append(nbformat.v4.new_code_cell(f"assert {claim}"))
    run(path, notebook, tmp_path)
    for at, output in outputs(notebook):
        assert output.output_type != "stream" or output.name != "stderr", failure(
            path, at, notebook.cells[at], output.text
        )
    shown = [at for at, out in outputs(notebook) if "text/html" in out.get("data", {})]
    assert len({at for at in shown if at < written}) >= 4


def test_a_notebook_that_fails_is_told_with_its_cell(tmp_path: Path) -> None:
    """The name of the notebook, the number of the cell, what it has and what went wrong."""
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# A mistake"),
            nbformat.v4.new_code_cell("from lutalogic import Case"),
            nbformat.v4.new_code_cell("Case(ki67=12)"),
        ]
    )
    with pytest.raises(AssertionError) as told:
        run(tmp_path / "wrong.ipynb", notebook, tmp_path)
    assert str(told.value).startswith("wrong.ipynb, cell 3 of the notebook:\nCase(ki67=12)\n")
    assert "did you mean ki67_percent?" in str(told.value)


def test_make_cleans_what_it_is_told_to_clean() -> None:
    """`make clean-notebooks`, the remedy that a failing test names, runs what cleans."""
    done = subprocess.run(
        ["make", "--dry-run", "clean-notebooks"],
        cwd=FOLDER.parents[1], capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "docs/clean_notebooks.py" in done.stdout
