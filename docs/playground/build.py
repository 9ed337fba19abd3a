# SPDX-License-Identifier: Apache-2.0
"""Build the playground: ``python docs/playground/build.py OUTDIR``."""

from __future__ import annotations

import sys

from making import main

if __name__ == "__main__":
    main(sys.argv[1:])
