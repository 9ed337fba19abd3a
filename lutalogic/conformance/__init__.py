# SPDX-License-Identifier: Apache-2.0
"""The oracle: vectors that judge any implementation, and what it is likely to have got wrong."""
