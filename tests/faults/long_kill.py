#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Fifty rounds of `kill -9` of a busy service."""
import pathlib
import sys

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "kit")]
import kill  # noqa: E402
from reeve import finish  # noqa: E402

kill.play(50, int(sys.argv[1]) if len(sys.argv) > 1 else None)
finish()
