# SPDX-License-Identifier: Apache-2.0
"""What tests of the stack share: comparison by one tolerance table, and bad-input cases in processes of their own.

The simulated device is in `vt_core.testing.simulated`.
"""

from __future__ import annotations

from vt_core.testing._close import TOLERANCES, Tolerance, assert_close
from vt_core.testing._forked import Outcome, run_forked

__all__ = ["TOLERANCES", "Outcome", "Tolerance", "assert_close", "run_forked"]
