#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Switched off for sixty days with 5,000 deadlines; long_catchup.py has 50,000."""
import pathlib
import sys

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "kit")]
import catchup  # noqa: E402
from reeve import ASAN, finish  # noqa: E402

catchup.the_same_as_day_by_day(200)
catchup.catch_up(5000, ASAN)
finish()
