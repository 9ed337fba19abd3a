# SPDX-License-Identifier: Apache-2.0
"""The state of SWI-Prolog in WebAssembly that has read the rules, the same for the same rules."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from npm_package import ROOT

from lutalogic import rule_base


def saved_state(bundle: Path) -> bytes:
    """Return the state of SWI-Prolog in WebAssembly that has read kb/ and prolog/.

    Raises:
        SystemExit: There is no Node, or the rules cannot be read.
    """
    node = shutil.which("node")
    if node is None:
        raise SystemExit(
            "the playground needs node, which is not installed; "
            "on Debian, as root: apt-get install nodejs npm"
        )
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder) / "state"
        done = subprocess.run(
            [node, str(Path(__file__).with_name("save_state.cjs")), bundle, ROOT, state],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"the rules could not be saved for the browser:\n{done.stderr}")
        if done.stdout.strip() != rule_base().digest:
            raise SystemExit(
                "lutalogic/rulebase.json does not belong to the rules in kb/: run `make rulebase`"
            )
        return state.read_bytes()
