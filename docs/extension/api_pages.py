# SPDX-License-Identifier: Apache-2.0
"""The reference of the program: Python by its docstrings, the commands, Prolog by PlDoc."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
from pathlib import Path
from typing import Any, Final

import click

import lutalogic
from docs.extension.markdown import joined, table, text
from lutalogic import errors
from lutalogic.cli import main as commands

#: Code, and a word that is explained where it stands so.
_MARKED: Final = re.compile(r"(`[^`]+`|\*\w[\w ]*\*)")
_GROUPS: Final = (
    ("Functions", "function"),
    ("Values", "class"),
    ("Errors", "exception"),
)


def python_page() -> str:
    """Return the reference of every public name of the package."""
    parts = [
        "# Python",
        "What `lutalogic` offers. All else is internal and may change. Values are frozen; an "
        "outcome or a truth is compared, never taken for a yes or no.",
    ]
    for title, kind in _GROUPS:
        names = [n for n in lutalogic.__all__ if not n.startswith("_") and _kind(n) == kind]
        parts.append(f"## {title}")
        names += [n for n in _errors() if kind == "exception" and n not in names]
        parts += [_autodoc(name, kind) for name in names]
    return joined(*parts)


def _errors() -> list[str]:
    """Return the names of all errors, those first that others are kinds of."""
    return [name for name, value in vars(errors).items() if inspect.isclass(value)
            and issubclass(value, errors.LutalogicError)]  # fmt: skip


def _kind(name: str) -> str:
    value = getattr(lutalogic, name)
    if not inspect.isclass(value):
        return "function"
    return "exception" if issubclass(value, Exception) else "class"


def _autodoc(name: str, kind: str) -> str:
    where = f"lutalogic.{name}" if hasattr(lutalogic, name) else f"lutalogic.errors.{name}"
    members = {
        "function": "",
        "class": "\n   :members:",
        "exception": "\n   :show-inheritance:",
    }[kind]
    return f"```{{eval-rst}}\n.. auto{kind}:: {where}{members}\n```"


def command_page() -> str:
    """Return what every command says of itself."""
    parts = [
        "# Commands",
        "What `lutalogic COMMAND -h` prints. Exit statuses are listed among the "
        "[errors](../errors.md).",
    ]
    for name, command in sorted(commands.commands.items()):
        context = click.Context(command, info_name=f"lutalogic {name}", max_content_width=88)
        context.terminal_width = 88
        parts += [f"## {name}", f"```text\n{command.get_help(context)}\n```"]
    return joined(*parts)


def module_pages() -> dict[str, str]:
    """Return a page for each Prolog module, and one that lists them."""
    script = Path(__file__).with_name("modules.pl")
    command = ["swipl", "-f", "none", "--on-error=status", str(script)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, list[dict[str, Any]]] = {}
    for line in done.stdout.splitlines():
        entry = json.loads(line)
        found.setdefault(entry["module"], []).append(entry)
    pages = {}
    rows = []
    for module, entries in sorted(found.items()):
        [head] = [e for e in entries if e["kind"] == "module"]
        predicates = sorted((e for e in entries if e["kind"] == "predicate"), key=_line)
        title, _, comment = head["comment"].partition("<module>")[2].strip().partition("\n")
        pages[module] = joined(
            f"# {text(module)}: {_prose(title)}",
            f"`prolog/{head['file']}`",
            _wiki(comment.removesuffix("*/")),
            *(_predicate(each) for each in predicates),
        )
        exported = ", ".join(f"`{each['name']}`" for each in predicates)
        rows.append((f"[{text(module)}]({module}.md)", _prose(title), exported))
    listed = table(["Module", "What", "Predicates"], rows, name="Prolog modules")
    toctree = "\n".join(pages)
    pages["index"] = joined(
        "# Prolog",
        "The modules in `prolog/`, from their own comments, which SWI-Prolog's documentation "
        "system reads. The rules themselves are facts in the "
        "[rule language](../../rule-language.md).",
        listed,
        f"```{{toctree}}\n:hidden:\n\n{toctree}\n```",
    )
    return pages


def _line(entry: dict[str, Any]) -> int:
    return int(entry["line"])


def _predicate(entry: dict[str, Any]) -> str:
    lines = [line.removeprefix("%") for line in entry["comment"].splitlines()]
    modes = [line.removeprefix("!").strip() for line in lines if line.startswith("!")]
    rest = "\n".join(line.removeprefix("   ") for line in lines if not line.startswith("!"))
    code = "\n".join(modes)
    return f"## `{entry['name']}`\n\n```prolog\n{code}\n```\n\n{_wiki(rest)}"


def _wiki(comment: str) -> str:
    """Return a comment as Markdown: paragraphs as text, what is indented as it stands."""
    told = []
    for paragraph in re.split(r"\n\s*\n", comment.strip("\n")):
        if not paragraph.strip():
            continue
        lines = paragraph.splitlines()
        if all(line.lstrip().startswith("|") for line in lines):
            told.append(_cells(lines))
        elif all(line.startswith("  ") for line in lines):
            block = "\n".join(line.rstrip() for line in lines)
            told.append(f"```text\n{block}\n```")
        else:
            told.append(_prose(paragraph))
    return "\n\n".join(told)


def _cells(lines: list[str]) -> str:
    """Return a table of two columns as a list; a row without a first cell goes on with the last."""
    rows: list[list[str]] = []
    for line in lines:
        first, second = (cell.strip() for cell in line.strip().strip("|").rsplit("|", 1))
        if first:
            rows.append([first, second])
        else:
            rows[-1][1] += f" {second}"
    return "\n".join(f"* `{first}`: {_prose(second)}" for first, second in rows)


def _prose(told: str) -> str:
    """Return text with its code and its emphasis kept."""
    parts = _MARKED.split(" ".join(told.split()))
    return "".join(p if _MARKED.fullmatch(p) else text_in(p) for p in parts)


def text_in(part: str) -> str:
    """Return text that stands within a line, with the spaces around it."""
    before, after = part[:1].isspace(), part[-1:].isspace()
    return " " * before + text(part) + " " * (after and bool(part.strip()))
