# SPDX-License-Identifier: Apache-2.0
"""The catalogue of errors in docs/errors.md says what the package raises, no less and no more."""

from __future__ import annotations

import ast
import re
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lutalogic import cli_options, errors
from lutalogic.errors import EngineError, InputError, LutalogicError

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/errors.md").read_text()

#: The section of what is raised outside of the tree of errors.
OUTSIDE = "What is not in the tree"
#: Sections of what is raised under a name of its own.
SECTIONS = {"UnreadableFile": "BadRequest", "LeftOpen": "What a record leaves open"}
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


def forms(node: ast.expr) -> set[str]:
    """Return the forms of a message: its text, with an ellipsis for each part that differs."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.JoinedStr(values=parts):
            return _joined(parts)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return _joined([left, right])
        case ast.IfExp(body=one, orelse=other):
            return forms(one) | forms(other)
        case _:
            return {"…"}


def _joined(parts: list[ast.expr]) -> set[str]:
    told = ("".join(texts) for texts in product(*map(forms, parts)))
    return {re.sub(r"…( ?…)+", "…", text) for text in told}


def messages(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Yield the name of each error that a module makes or raises, and its message.

    An error that is raised again, under another place, has the message that it had.
    """
    raised = {id(node.exc) for node in ast.walk(tree) if isinstance(node, ast.Raise)}
    helpers = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, (ast.Name, ast.Attribute)):
            continue
        name = ast.unparse(node.func).rpartition(".")[2]
        if name not in classes() and name not in SECTIONS and id(node) not in raised:
            continue
        told = node.args[0]
        if isinstance(told, ast.Call) and (made := helpers.get(ast.unparse(told.func))):
            for inner in ast.walk(made):  # the message is put together by a function
                if isinstance(inner, ast.Return) and inner.value is not None:
                    yield name, inner.value
        else:
            yield name, told


def raised() -> set[tuple[str, str]]:
    """Return what the package raises: the section it belongs to, and the form of its message."""
    found = set()
    for path in (ROOT / "lutalogic").rglob("*.py"):
        for name, told in messages(ast.parse(path.read_text())):
            section = name if name in classes() else SECTIONS.get(name, OUTSIDE)
            found |= {(section, text) for text in forms(told)}
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
    assert len(raised()) > 100
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
        e.kind
        for e in classes().values()
        if issubclass(e, InputError) and e is not InputError and "kind" in vars(e)
    ]
    assert len(kinds) == len(set(kinds)) == 8
    protocol = (ROOT / "docs/line-protocol.md").read_text().partition("## Errors")[2]
    for kind in kinds:
        assert f"`{kind}`" in protocol, kind


def test_the_exit_statuses_are_told() -> None:
    """Each status that the command line ends with has a row."""
    table = sections()["Exit statuses of the command line"][1]
    statuses = set(map(int, re.findall(r"^\| (\d+) \|", table, re.MULTILINE)))
    named = ("NOT_WRITTEN", "BAD_INPUT", "NO_ENGINE", "UNEXPECTED", "INTERRUPTED")
    assert statuses == {0, *(getattr(cli_options, name) for name in named)}
    deciding = statuses - {cli_options.UNEXPECTED}  # with which only `prove` and the like end
    assert deciding == set(map(int, re.findall(r"\b\d+(?= [a-z])", cli_options.EXIT_STATUS)))
