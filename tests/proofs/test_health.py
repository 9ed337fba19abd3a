# SPDX-License-Identifier: Apache-2.0
"""The health of the rule base: what is found, what is accepted, and that the searches find."""

from __future__ import annotations

import json
import re
import runpy
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from lutalogic import Case, decide, rule_base
from lutalogic.accepted import Accepted, Place
from lutalogic.cells import cells_left
from lutalogic.circumstances import Circumstances, texts
from lutalogic.cli import main
from lutalogic.cli_options import UNEXPECTED
from lutalogic.findings import TRIED, completions
from lutalogic.health import Health, health
from lutalogic.health_pages import markdown
from tests.proofs.altered import answers
from tests.proofs.brute_force import compared, small_conditions

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/health.md"


@pytest.fixture(scope="module")
def found() -> Health:
    """Return the health of the rule base, which takes some seconds to prove."""
    return health()


def test_all_that_is_found_is_accepted_and_all_that_is_accepted_is_found(found: Health) -> None:
    """No finding is unexpected, none stale, and the reference engine confirms each record."""
    assert not found.unexpected
    assert not found.stale
    assert not found.disputed
    assert found.as_listed
    assert len(found.findings) == len(rule_base().accepted)


def test_every_text_is_met_by_some_and_not_met_by_others(found: Health) -> None:
    """Each dated text has a record of each outcome, and deciding it as users do agrees."""
    texts_told = {(d.policy, d.day, d.outcome) for d in found.decides}
    assert texts_told == {
        (policy.name, text.start, outcome)
        for policy in rule_base().policies.values()
        for text in policy.texts
        for outcome in ("met", "not_met")
    }
    for each in found.decides:
        assert each.seen is not None
        decision = decide(each.seen.case, each.policy, on=each.day)
        assert decision.outcome.value == each.outcome


def test_every_gap_has_a_record_that_pends_and_whose_completions_do_not(found: Health) -> None:
    """Deciding the record and its completions as users do says so too, text by text."""
    gaps = [f for f in found.findings if f.place.form == "outcome"]
    assert {f.kind for f in gaps} == {"gap_true", "gap_false"}
    for finding in gaps:
        assert finding.seen is not None
        policy = rule_base().policies[finding.place.policy]
        on = finding.days[-1]
        assert decide(finding.seen.case, policy, on=on).outcome.value == "needs_information"
        tried = list(completions(Circumstances(policy, on), policy.root, finding.seen.case))
        assert len(tried) == finding.seen.completions > 100
        outcomes = {decide(case, policy, on=on).outcome.value for case in tried[::10]}
        assert outcomes == {"met" if finding.kind == "gap_true" else "not_met"}


def test_the_literal_list_of_item_1_is_known_to_have_a_clause_that_never_counts(
    found: Health,
) -> None:
    """Under literal_list, 2 to 10 mitoses are asked for beside fewer than 2."""
    readings = (("w_item1", "literal_list"),)
    told = [f.words for f in found.findings if f.readings == readings and f.kind == "shadowed"]
    assert told == ["mitoses: 2 to 10 per 10 HPF"]


def test_an_accepted_finding_that_is_not_found_is_stale_and_one_not_accepted_is_unexpected(
    found: Health,
) -> None:
    """What is listed is matched by place, kind and readings, all three."""
    finding = found.findings[0]
    for other in (
        replace(finding, kind="dead"),
        replace(finding, readings=()),
        replace(finding, place=Place("premera_lutathera", "criterion", "L-1")),
    ):
        for accepted in rule_base().accepted:
            assert finding.is_that(accepted) != other.is_that(accepted) or not (
                finding.is_that(accepted) or other.is_that(accepted)
            )
        assert not any(map(other.is_that, rule_base().accepted))
    assert not replace(found, findings=(replace(finding, why=""),)).as_listed


# The searches find what is wrong


_EXAMINE = """
import json
from lutalogic.examine import gaps, idle, text_decides, twins
from lutalogic.rulebase import rule_base
policy = rule_base().policies["premera_xofigo"]
print(json.dumps({
    "never": [d.outcome for d in text_decides(policy) if d.seen is None],
    "idle": [[f.place.criterion, f.place.form, f.kind] for f in idle(policy) if not f.readings],
    "gaps": [[f.words, f.kind, f.seen.confirmed] for f in gaps(policy) if not f.readings],
    "twins": [[f.place.criterion, *f.place.other] for f in twins()[0] if not f.readings],
}))
"""
_SYMPTOMS = "    symptomatic_bone_metastases,\n"
_UNALTERED: dict[str, Any] = {"never": [], "idle": [], "gaps": [], "twins": []}


def altered_xofigo(folder: Path, *changes: tuple[str, str]) -> Any:
    """Return what is found of the rules for Xofigo after some changes."""
    return answers(folder, {"premera_xofigo.pl": list(changes)}, _EXAMINE)


def test_without_a_change_nothing_is_found_of_xofigo(tmp_path: Path) -> None:
    """The rules for Xofigo, on which the tests below rest, are found whole."""
    assert altered_xofigo(tmp_path) == _UNALTERED


def test_a_criterion_that_is_never_false_is_found(tmp_path: Path) -> None:
    """X-3 or its opposite: vacuous, and a gap, for it is true whichever of the two holds."""
    either = "any_of([ symptomatic_bone_metastases, not(symptomatic_bone_metastases) ])"
    told = altered_xofigo(tmp_path, (_SYMPTOMS, f"    {either},\n"))
    assert ["X-3", "criterion", "vacuous"] in told["idle"]
    assert told["gaps"] == [["X-3: Bone metastases that cause symptoms (in X-3)", "gap_true", True],
                            ["the outcome of Xofigo at Premera", "gap_true", True]]  # fmt: skip
    assert not told["never"]


def test_a_criterion_that_is_never_true_is_found(tmp_path: Path) -> None:
    """X-3 and its opposite: dead, so that no request is ever met, and all could be told so."""
    both = "all_of([ symptomatic_bone_metastases, not(symptomatic_bone_metastases) ])"
    told = altered_xofigo(tmp_path, (_SYMPTOMS, f"    {both},\n"))
    assert ["X-3", "criterion", "dead"] in told["idle"]
    assert told["never"] == ["met", "met"]  # in neither text
    assert [kind for _, kind, _ in told["gaps"]] == ["gap_false", "gap_false"]


def test_a_criterion_that_is_another_in_other_words_is_found(tmp_path: Path) -> None:
    """X-2 once more, its parts the other way round: of one truth, and neither needed."""
    told = altered_xofigo(
        tmp_path,
        ("criterion('X-5') ])).", "criterion('X-5'),\n             criterion('X-6') ]))."),
        (
            "criterion(premera_xofigo, 'X-3',",
            "criterion(premera_xofigo, 'X-6', \"Again\",\n"
            "    all_of([ castration_resistant, tumor_type = prostate_cancer ]),\n"
            '    [ premera("Medical necessity, Xofigo", [53]) ]).\n'
            "criterion(premera_xofigo, 'X-3',",
        ),
    )
    assert told["twins"] == [["X-2", "premera_xofigo", "X-6"]]
    assert [f for f in told["idle"] if f[0] in ("X-2", "X-6")] == [
        ["X-2", "criterion", "redundant"],
        ["X-6", "criterion", "redundant"],
    ]


def test_a_clause_that_another_implies_is_found(tmp_path: Path) -> None:
    """X-2 with two tumors ruled out that are no prostate cancer, for which it asks already."""
    told = altered_xofigo(
        tmp_path,
        (
            "             castration_resistant ]),\n",
            "             castration_resistant,\n"
            "             not(tumor_type in [other, bronchopulmonary_net]) ]),\n",
        ),
    )
    assert told["idle"] == [["X-2", "clause", "redundant"]]


_ITEM_1 = """
import json
from lutalogic.circumstances import texts
from lutalogic.gaps import DECIDED, GapSearch, may_arise
from lutalogic.rulebase import rule_base
policy = rule_base().policies["wellmark_lutathera"]
(text,) = texts(policy)
search = GapSearch(policy, text.day)
node = next(c.node for c in policy.criteria if c.id == "item 1")
print(json.dumps([
    [truth, dict(case.facts)]
    for each in text.below(node) for truth in DECIDED
    if may_arise(text, each, truth) and (case := search.gap(text, each, truth)) is not None
]))
"""


@pytest.mark.parametrize("closed", [False, True])
def test_a_gap_that_is_closed_is_found_no_more(tmp_path: Path, closed: bool) -> None:
    """Item 1 with a clause that takes typical and atypical tumors together has no gap."""
    typical = "                                 any_of([ typical_carcinoid,\n"
    together = (
        "                                          all_of([ mitoses_per_10_hpf =< 10,\n"
        "                                                   necrosis = none ]),\n"
    )
    changes = [(typical, typical + together)] if closed else []
    told = answers(tmp_path, {"wellmark_lutathera.pl": changes}, _ITEM_1)
    gap = ["true", {"mitoses_per_10_hpf": "1-3", "necrosis": "none"}]
    assert told == ([] if closed else [gap])


# The search for gaps, against trying every record


def test_the_search_for_gaps_agrees_with_trying_every_record() -> None:
    """Of all conditions of at most three facts: whether a gap arises, and how small it is."""
    conditions, gaps = compared(small_conditions())
    assert conditions > 60
    assert gaps


#: Conditions with gaps of all kinds, and some that seem to have one.
_MADE = """
    any_of([
        any_of([ mitoses_per_10_hpf < 2, mitoses_per_10_hpf >= 2 ]),
        all_of([ mitoses_per_10_hpf < 2, mitoses_per_10_hpf in 2..10 ]),
        not(all_of([ mitoses_per_10_hpf =< 10, mitoses_per_10_hpf > 10, castration_resistant ])),
        any_of([ all_of([ request_type = initial, castration_resistant ]),
                 all_of([ request_type = continuation, castration_resistant ]) ]),
        all_of([ any_of([ request_type = initial, prior_taxane ]),
                 any_of([ request_type = continuation, castration_resistant ]) ]),
        evidence([ supports(mitoses_per_10_hpf < 2), supports(mitoses_per_10_hpf >= 2) ]),
        evidence([ mitoses_per_10_hpf < 2, mitoses_per_10_hpf >= 2 ]),
        evidence([ castration_resistant, prior_taxane ]),
        evidence([ rules_out(request_type = initial), rules_out(request_type = continuation),
                   rules_out(castration_resistant) ]),
        any_of([ documented(prior_taxane), castration_resistant ]),
        all_of([ not(documented(prior_taxane)), castration_resistant ]),
        any_of([ prior_lutathera_doses + requested_doses =< 4, prior_lutathera_doses >= 3 ]),
        any_of([ all_of([ request_type = initial, undetermined("open") ]),
                 request_type = continuation ]),
        any_of([ all_of([ request_type = initial, undetermined("open") ]),
                 request_type = initial, request_type = continuation ])
    ]),
"""


def test_it_agrees_on_conditions_that_were_made_to_have_gaps(tmp_path: Path) -> None:
    """Of made conditions with every operator: whether a gap arises, and how small it is."""
    code = (
        "import json; from brute_force import compared, small_conditions; "
        "print(json.dumps(compared(small_conditions('premera_xofigo'))))"
    )
    shutil.copy(ROOT / "tests/proofs/brute_force.py", tmp_path)
    conditions, gaps = answers(tmp_path, {"premera_xofigo.pl": [(_SYMPTOMS, _MADE)]}, code)
    assert conditions > 20
    assert gaps >= 8


def test_completions_are_all_where_they_are_few_and_spread_where_they_are_many() -> None:
    """Each completes the record; of many, every cell of every fact is met with."""
    policy = rule_base().policies["premera_xofigo"]
    *_, text = texts(policy)
    few = Case(age_years=40, tumor_type="prostate_cancer")
    node = next(c.node for c in policy.criteria if c.id == "X-2")
    tried = list(completions(text, node, few))
    assert len(tried) == len(set(tried)) == 2
    many = list(completions(text, policy.root, few))
    assert TRIED / 2 < len(set(many)) <= TRIED
    for name in text.facts(policy.root):
        attribute = rule_base().attributes[name]
        left = cells_left(attribute, few.possible.get(name))
        met = {cells_left(attribute, case.possible[name])[0] for case in many}
        assert met == set(left), name


# Page, command and values


def test_the_page_says_what_is_found(found: Health) -> None:
    """The generated part of docs/health.md is what `lutalogic health --markdown` prints."""
    pages = runpy.run_path(str(ROOT / "docs/generate.py"))["findings"](found)
    assert pages == {PAGE: PAGE.read_text()}, "docs/health.md is stale: run `make verified`"
    assert markdown(found).strip() in PAGE.read_text()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, found: Health) -> Any:
    """Let the command have what was found already, or what a test says."""

    def told(health: Health = found) -> None:
        monkeypatch.setattr(sys.modules["lutalogic.health"], "health", lambda **_: health)

    return told


def test_the_command_ends_with_0_if_all_is_accepted_and_else_with_4(
    quick: Any, found: Health
) -> None:
    """Each of an unexpected finding and a stale one ends so, and is told."""
    quick()
    done = CliRunner().invoke(main, ["health"], standalone_mode=False)
    assert done.return_value == 0
    assert "All 28 findings are accepted, and none is missing." in done.output
    stale = Accepted(Place("premera_xofigo", "criterion", "X-1"), "dead", (), "For some reason.")
    quick(replace(found, stale=(stale,)))
    done = CliRunner().invoke(main, ["health"], standalone_mode=False)
    assert done.return_value == UNEXPECTED
    assert "Accepted but not found: remove from kb/findings.pl: 1" in done.output
    finding = replace(found.findings[0], why="")
    quick(replace(found, findings=(finding, *found.findings[1:])))
    done = CliRunner().invoke(main, ["health"], standalone_mode=False)
    assert done.return_value == UNEXPECTED
    assert "Not accepted: put right, or accept in kb/findings.pl: 1" in done.output
    quick(replace(found, decides=(replace(found.decides[0], seen=None), *found.decides[1:])))
    done = CliRunner().invoke(main, ["health"], standalone_mode=False)
    assert done.return_value == UNEXPECTED
    assert "no record is met" in done.output


def test_json_has_what_the_page_has(quick: Any, found: Health) -> None:
    """Every finding with its place, kind, readings, texts, record and reason."""
    quick()
    done = CliRunner().invoke(main, ["health", "--json"], standalone_mode=False)
    told = json.loads(done.output)
    assert list(told) == ["as_listed", "texts", "findings", "shared", "stale", "ms"]
    assert told["as_listed"] is True
    assert len(told["findings"]) == len(found.findings)
    for each in told["findings"]:
        assert all([each["accepted"], each["texts"], each["place"]])
        assert (each["record"] is not None) == each["kind"].startswith("gap")
        if each["record"]:
            assert each["record"]["confirmed"]
    documented = set(re.findall(r"^\| `(\w+)` \|", PAGE.read_text(), re.MULTILINE))
    assert {*told, *told["findings"][0], *told["texts"][0]} <= documented
