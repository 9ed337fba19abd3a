# SPDX-License-Identifier: Apache-2.0
"""Two policies, encoded by hand for other engines: what `lutalogic.cohort` is measured against."""
