# SPDX-License-Identifier: Apache-2.0
"""What needs Node and the built playground, for `make test-docs` alone, which names its folder."""

from __future__ import annotations

import os

collect_ignore = [] if "LUTALOGIC_PLAYGROUND" in os.environ else ["test_wasm.py", "test_page.py"]
