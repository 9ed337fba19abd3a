# SPDX-License-Identifier: Apache-2.0
"""The parts that the playground is built from: checked, complete, and with nothing from outside."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

import pytest

from lutalogic import rule_base
from tests.wasm.asked import ROOT

sys.path.insert(0, str(ROOT / "docs/playground"))
import npm_package  # type: ignore[import-not-found]
from joining import joined, literal  # type: ignore[import-not-found]
from page_data import page_data, script  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from pathlib import Path

PAGE = ROOT / "docs/playground/page"


def test_a_package_with_other_bytes_is_refused_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive that has not the checksum is not used, nor kept."""
    monkeypatch.setattr(npm_package, "CACHE", tmp_path)
    archive = npm_package.SWIPL_WASM.archive
    archive.write_bytes(b"something else")
    with pytest.raises(SystemExit, match="is not the archive"):
        npm_package.unpacked(npm_package.SWIPL_WASM)
    assert not archive.exists()


def test_without_npm_the_build_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the package is not kept yet and there is no npm, the message names the remedy."""
    monkeypatch.setattr(npm_package, "CACHE", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match="apt-get install nodejs npm"):
        npm_package.unpacked(npm_package.SWIPL_WASM)


def test_modules_are_joined_in_the_order_in_which_they_need_each_other(tmp_path: Path) -> None:
    """What a module imports stands above it, once."""
    (tmp_path / "a.js").write_text(
        "import { b } from './b.js';\nimport { c } from './c.js';\nb(c);\n"
    )
    (tmp_path / "b.js").write_text(
        "import {\n  c,\n} from './c.js';\nexport function b() { return c; }\n"
    )
    (tmp_path / "c.js").write_text("export const c = 1;\n")
    text = joined(tmp_path, "a")
    assert re.findall(r"^// (\w)\.js$", text, re.MULTILINE) == ["c", "b", "a"]
    assert "import" not in text
    assert "export" not in text


@pytest.mark.parametrize(
    ("modules", "words"),
    [
        (
            {"a": "import { b } from './b.js';\nconst x = 1;\n", "b": "let x = 2;\n"},
            "both declare x",
        ),
        (
            {"a": "import { b } from './b.js';\n", "b": "import { a } from './a.js';\n"},
            "in a circle",
        ),
        ({"a": "export default 1;\n"}, "cannot be joined"),
        ({"a": "import * as b from './b.js';\n", "b": ""}, "cannot be joined"),
        ({"a": "import b from 'elsewhere';\n"}, "cannot be joined"),
    ],
)
def test_modules_that_cannot_be_joined_safely_are_refused(
    tmp_path: Path, modules: dict[str, str], words: str
) -> None:
    """Two declarations of one name, a circle, and any other form of import or export."""
    for name, text in modules.items():
        (tmp_path / f"{name}.js").write_text(text)
    with pytest.raises(SystemExit, match=words):
        joined(tmp_path, "a")


def test_the_page_is_joined_of_all_its_modules() -> None:
    """No module lies idle; the worker and what starts the page are scripts of their own."""
    told = set(re.findall(r"^// (\w+)\.js$", joined(PAGE, "main"), re.MULTILINE))
    assert told | {"worker", "start"} == {path.stem for path in PAGE.glob("*.js")}


def test_a_literal_is_the_text() -> None:
    """Quotes, backslashes, ends of lines and zeros are escaped, and nothing else."""
    text = 'a"b\\c\nd\re\tf\u00e9\0' + "1"
    assert json.loads(literal(text).replace("\\x00", "\\u0000"), strict=False) == text


def test_every_fact_that_a_policy_reads_has_a_place_in_the_form() -> None:
    """Its group has a heading, and its supplier a sentence."""
    data = page_data([])
    read = {name for policy in rule_base().policies.values() for name in policy.attributes}
    asked = {each["name"]: each for each in data["attributes"] if each["asked"]}
    assert set(asked) == read
    for each in asked.values():
        assert each["group"] in data["groups"], each["name"]
        assert each["supplier"] in data["suppliers"], each["name"]


def test_the_words_of_the_page_hold_no_truth() -> None:
    """Neither the cells in which a condition is true nor its limits as numbers are on the page."""
    nodes = page_data([])["nodes"].values()
    kept = {"kind", "parts", "why", "reading", "dates", "attributes", "needs", "trivial"}
    assert {key for node in nodes for key in node} <= kept
    assert script({"a": "</x>"}) == '{"a":"</x>"}'


def test_no_option_of_a_set_is_called_none() -> None:
    """In a link, `none` stands for a set that is documented to be empty."""
    sets = [each for each in rule_base().attributes.values() if each.type == "set"]
    assert sets
    assert not [each.name for each in sets if "none" in each.values or "some" in each.values]


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    """No file of it names an address, and its policy lets it connect to none."""
    for path in [*PAGE.glob("*.js"), *PAGE.glob("*.css"), *PAGE.glob("*.html")]:
        assert not re.search(r"https?:|//cdn|@import|innerHTML|eval\(", path.read_text()), path.name
    html = (PAGE / "index.html").read_text()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    told = dict(part.split(" ", 1) for part in policy[1].split("; "))
    assert told["default-src"] == told["connect-src"] == told["form-action"] == "'none'"
    assert told["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert 'id="disclaimer"' in html
