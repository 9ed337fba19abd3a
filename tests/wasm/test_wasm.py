# SPDX-License-Identifier: Apache-2.0
"""SWI-Prolog in WebAssembly gives the answers of the SWI-Prolog of this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lutalogic import rule_base
from tests.wasm.asked import ROOT, query
from tests.wasm.test_native import everything, native_answers

sys.path.insert(0, str(ROOT / "docs/playground"))
from saving import saved_state  # type: ignore[import-not-found]

PLAYGROUND = Path(os.environ["LUTALOGIC_PLAYGROUND"]).resolve()
BUNDLES = sorted(ROOT.glob("build/npm/swipl-wasm-*/package/dist/swipl/swipl-bundle.js"))


@cache
def wasm_answers(mode: str, lines: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return what WebAssembly answers to lines of JSON, from the sources or the built state."""
    places = [str(BUNDLES[0]), str(ROOT)] if mode == "sources" else [str(PLAYGROUND)]
    done = subprocess.run(
        ["node", str(ROOT / "tests/wasm/answer_lines.cjs"), mode, *places],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("mode", ["sources", "state"])
def test_both_prologs_answer_every_request_alike(mode: str) -> None:
    """Criterion by criterion, in what an outcome rests on and in what it waits for."""
    asked, native = everything()
    lines = tuple(json.dumps({"queries": [query(each.decided())]}) for each in asked)
    answers = wasm_answers(mode, lines)
    for each, answer, expected in zip(asked, answers, native, strict=True):
        assert answer["answers"] == [expected], each.place
        decision = each.decided()
        letters, places = answer["answers"][0]["letters"], decision.policy.criterion_positions
        truths = {"t": "true", "f": "false", "u": "unknown"}
        found = {name: truths[letters[place]] for name, place in places if letters[place] != "-"}
        assert found == {name: truth.value for name, truth in decision.criteria.items()}, each.place
    assert len(asked) > 2000


def test_what_is_hardly_right_is_the_same_in_both() -> None:
    """The rules on plausibility, which stand beside every decision of the page, agree too."""
    rules = rule_base().plausibility
    lines = []
    for each in everything()[0]:
        asked = query(each.decided())
        known = dict(zip(each.decided().policy.attributes, asked["facts"], strict=True))
        facts = [known.get(name) for name in rules.attributes]
        told = {"policy": rules.index, "on": 20000101, "readings": [], "facts": facts}
        lines.append(json.dumps({"queries": [told]}))
    answers = wasm_answers("state", tuple(lines))
    assert answers == native_answers(lines)
    assert any("t" in answer["answers"][0]["letters"] for answer in answers)


@pytest.mark.parametrize("mode", ["sources", "state"])
def test_what_is_no_request_is_refused_alike(mode: str) -> None:
    """Texts that are no JSON, no request, or Prolog get an error and do no harm."""
    lines = [
        "", "{", "halt.", ":- halt.", "[]", '{"queries": 1}', '{"queries": [{}]}',
        '{"queries": [{"policy": "halt", "on": 1, "readings": [], "facts": []}]}',
        '{"queries": [{"policy": 9, "on": 1, "readings": [], "facts": []}]}',
        f'{{"queries": [{", ".join(["{}"] * 501)}]}}',
    ]  # fmt: skip
    answers = wasm_answers(mode, (*lines, '{"queries": []}'))
    assert [answer["error"] for answer in answers[:-1]] == ["json"] * 4 + ["request"] * 6
    assert answers[-1] == {"answers": []}


def test_the_state_is_the_same_whenever_and_wherever_it_is_saved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No time of day and no time zone is in it: the same rules make the same bytes."""
    first = saved_state(BUNDLES[0])
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.sleep(2)  # the archive in it would have the time to two seconds
    assert saved_state(BUNDLES[0]) == first
