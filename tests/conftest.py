# SPDX-License-Identifier: Apache-2.0
"""How long random tests search: `make test` runs the default profile, `make test-deep` the deep."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_common = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("default", _common, max_examples=100, derandomize=True)
settings.register_profile("deep", _common, max_examples=3000)
settings.load_profile(os.environ.get("LUTALOGIC_SEARCH", "default"))
