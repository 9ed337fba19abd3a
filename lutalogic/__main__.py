# SPDX-License-Identifier: Apache-2.0
"""``python -m lutalogic`` is the command line."""

from lutalogic.cli import run

run()
