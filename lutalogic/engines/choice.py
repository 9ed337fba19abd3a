# SPDX-License-Identifier: Apache-2.0
"""Which engine decides: the one that is named, or the best that is installed.

No engine is loaded or started before it is asked for.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING, Final

from lutalogic.engines import REFERENCE
from lutalogic.engines.prolog import PROLOG
from lutalogic.errors import BadRequest, KanrenMissing, PrologMissing, did_you_mean

if TYPE_CHECKING:
    from lutalogic.engines import Engine

#: The engines that decide, by name; the reference engine comes first.
ENGINES: Final = (REFERENCE, "kanren")


def engine_named(name: str | None = None) -> Engine:
    """Return the engine of a name; without a name, Prolog, or kanren where Prolog is missing.

    Args:
        name: One of `ENGINES`, or None.

    Raises:
        BadRequest: There is no engine of this name.
        EngineError: The engine is not there; or without a name, the rules cannot be loaded.

    >>> engine_named("kanren").name
    'kanren'
    """
    match name:
        case None:
            return _installed()
        case "prolog":
            if missing := prolog_missing():
                raise PrologMissing(
                    f'{missing}; or decide without it by engine="kanren", at the command line '
                    "--engine kanren"
                )
            return PROLOG
        case "kanren":
            return _kanren()
    hint = did_you_mean(name, ENGINES) if isinstance(name, str) else ""
    raise BadRequest(
        f"there is no engine {name!r}{hint or '.'} The engines are {' and '.join(ENGINES)}",
        "engine",
    )


@cache
def prolog_missing() -> str:
    """Return why SWI-Prolog is missing and how it is installed; empty if it is there.

    To find that out, it is started: not before it is asked for, and once in a process. Forked
    children know what their parent found out. What else keeps Prolog from deciding is no want of
    it, and not kept: each call tells.

    Raises:
        EngineError: SWI-Prolog is there, and cannot decide.
    """
    try:
        PROLOG.check_rules()
    except PrologMissing as missing:
        return str(missing)
    return ""


def replaying_engine() -> Engine:
    """Return the engine that judges what a prover finds, once its rules are seen to be ours.

    Where Prolog is missing there is nothing to see: the relational engine has no rules but those
    of rulebase.json, of which the formulas are made too.

    Raises:
        StaleRuleBase: The rules in kb/ are others than those of rulebase.json.
        EngineError: No engine can judge.
    """
    engine = engine_named()
    if engine is PROLOG:
        PROLOG.check_rules()
    return engine


def _installed() -> Engine:
    missing = prolog_missing()
    if not missing:
        return PROLOG
    try:
        return _kanren()
    except KanrenMissing as error:
        raise PrologMissing(f"{missing}; nor can the relational engine decide: {error}") from error


@cache
def _kanren() -> Engine:
    try:
        core = importlib.import_module("kanren.core")
        from lutalogic.engines.kanren import KANREN
    except ImportError as error:
        raise KanrenMissing(
            f"the package miniKanren cannot be imported ({error}): pip install --force-reinstall "
            "miniKanren"
        ) from error
    if not hasattr(core, "lconj"):
        raise KanrenMissing(
            "the package kanren, which has the import name of miniKanren and another content, is "
            "installed over it: pip uninstall kanren, then pip install --force-reinstall miniKanren"
        )
    return KANREN
