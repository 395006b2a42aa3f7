# SPDX-License-Identifier: Apache-2.0
"""Puts the repository's root on the path, so that the tools are imported as the sessions import them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
