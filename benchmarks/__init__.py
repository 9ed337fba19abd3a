# SPDX-License-Identifier: Apache-2.0
"""Timings, kept out of the tests: see `make bench`."""
