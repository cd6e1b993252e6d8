#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Twelve rounds of `kill -9` under load; long_kill.py plays fifty."""
import pathlib
import sys

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "kit")]
import kill  # noqa: E402
from reeve import finish  # noqa: E402

kill.play(12, int(sys.argv[1]) if len(sys.argv) > 1 else None)
finish()
