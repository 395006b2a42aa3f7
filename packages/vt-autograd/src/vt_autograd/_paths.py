# SPDX-License-Identifier: Apache-2.0
"""Where the native parts of the package lie."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

__all__ = ["library_path"]


def library_path() -> Path:
    """Return the path of the plugin library, beside the extension module (an editable install keeps both elsewhere)."""
    spec = find_spec("vt_autograd._C")
    if spec is None or spec.origin is None:
        raise ImportError("vt_autograd: the extension module vt_autograd._C is missing; reinstall vt-autograd")
    return Path(spec.origin).parent / "lib" / "libvt_autograd.so"
