# SPDX-License-Identifier: Apache-2.0
"""The catalogue of errors in docs/errors.md says what the package raises, no less and no more."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from lutalogic import cli_options, errors
from lutalogic.errors import EngineError, InputError, LutalogicError

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/errors.md").read_text()

#: The section of what is raised outside of the tree of errors.
OUTSIDE = "What is not in the tree"
_SECTION = re.compile(r"^##+ (.+?)(?: \(kind `(\w+)`\))?$", re.MULTILINE)
_ROW = re.compile(r"^\| (?:``(.+?)``|`(.+?)`) \| (.+) \|$", re.MULTILINE)


def sections() -> dict[str, tuple[str | None, str]]:
    """Return each section of the catalogue: its title to the kind it names and its text."""
    parts = _SECTION.split(PAGE)[1:]
    return {
        title: (kind, text)
        for title, kind, text in zip(parts[0::3], parts[1::3], parts[2::3], strict=True)
    }


def classes() -> dict[str, type[LutalogicError]]:
    """Return the classes of errors, by name."""
    return {
        name: value
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, LutalogicError)
    }


def form(node: ast.expr) -> str:
    """Return the form of a message: its text, with an ellipsis for each part that differs."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(map(form, parts))
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return form(left) + form(right)
        case _:
            return "…"


def raised() -> set[tuple[str, str]]:
    """Return what the package raises: the section it belongs to, and the form of its message."""
    found = set()
    for path in (ROOT / "lutalogic").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                name = ast.unparse(node.exc.func).rpartition(".")[2]
                section = "BadRequest" if name == "_Unreadable" else name
                section = section if section in classes() else OUTSIDE
                told = re.sub(r"…( ?…)+", "…", form(node.exc.args[0]))
                found.add((section, told))
    return found


def catalogued() -> set[tuple[str, str]]:
    """Return the messages of the catalogue, with the section in which they stand."""
    return {
        (title, doubled or single)
        for title, (_, text) in sections().items()
        for doubled, single, _ in _ROW.findall(text)
    }


def test_every_message_is_in_the_catalogue() -> None:
    """What the source raises has a row in the section of its class."""
    missing = sorted(raised() - catalogued())
    assert len(raised()) > 40
    assert not missing, "add a row to docs/errors.md for each of these"


def test_the_catalogue_has_no_message_that_nothing_raises() -> None:
    """A row whose message was reworded or dropped goes with it."""
    assert not sorted(catalogued() - raised()), "remove or reword these rows of docs/errors.md"


def test_every_row_tells_a_remedy() -> None:
    """No message stands there without what to do about it."""
    rows = _ROW.findall(PAGE)
    assert len(rows) >= len(catalogued())
    for doubled, single, remedy in rows:
        assert len(remedy) > 3, doubled or single


@pytest.mark.parametrize("name", sorted(set(classes()) - {"LutalogicError", "InputError"}))
def test_every_class_has_its_section(name: str) -> None:
    """With its kind, when it comes, and a session in which it does, where one can be shown."""
    kind, text = sections()[name]
    error = classes()[name]
    assert kind == (error.kind if issubclass(error, InputError) else None)
    shown = f"lutalogic.errors.{name}: " in text or re.search(r"^error: ", text, re.MULTILINE)
    assert shown or error is EngineError
    assert f"── {name}" in (errors.__doc__ or "") or error is EngineError
    assert name in PAGE.split("```")[1], "the drawing of the tree"


def test_the_kinds_are_those_of_the_line_protocol() -> None:
    """Each kind has one class, and the page on the protocol lists it."""
    kinds = [
        e.kind for e in classes().values() if issubclass(e, InputError) and e is not InputError
    ]
    assert len(kinds) == len(set(kinds)) == 8
    protocol = (ROOT / "docs/line-protocol.md").read_text().partition("## Errors")[2]
    for kind in kinds:
        assert f"`{kind}`" in protocol, kind


def test_the_exit_statuses_are_told() -> None:
    """Each status that the command line ends with has a row."""
    table = sections()["Exit statuses of the command line"][1]
    statuses = set(map(int, re.findall(r"^\| (\d+) \|", table, re.MULTILINE)))
    assert statuses == {0, 1, cli_options.BAD_INPUT, cli_options.NO_ENGINE, cli_options.INTERRUPTED}
