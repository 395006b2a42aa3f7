# SPDX-License-Identifier: Apache-2.0
"""Examples in docstrings do what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import vt_torch


def test_examples() -> None:
    modules = [vt_torch.__name__, *(m.name for m in pkgutil.walk_packages(vt_torch.__path__, "vt_torch."))]
    results = [doctest.testmod(importlib.import_module(name)) for name in modules]
    assert sum(result.attempted for result in results) > 20
    assert not [name for name, result in zip(modules, results, strict=True) if result.failed]
