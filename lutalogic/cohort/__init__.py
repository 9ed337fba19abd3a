# SPDX-License-Identifier: Apache-2.0
"""Cohorts: tables of millions of patients, decided by the columnar engine.

Needs the extra ``lutalogic[cohort]``.
"""
