# SPDX-License-Identifier: Apache-2.0
"""What tests of the stack share: comparison by one tolerance table, forked bad-input cases, the simulated device."""

from __future__ import annotations

from vt_core.testing._close import TOLERANCES, Tolerance, assert_close
from vt_core.testing._forked import Outcome, run_forked

__all__ = ["TOLERANCES", "Outcome", "Tolerance", "assert_close", "run_forked"]
