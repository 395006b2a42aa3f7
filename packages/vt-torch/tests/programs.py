# SPDX-License-Identifier: Apache-2.0
"""What tests of programs share: results of both libraries as NumPy arrays, and weights that are the same in both."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import torch as reference
import vt_torch

LIBRARIES = (vt_torch, reference)


def values(shape: tuple[int, ...], seed: int = 0, scale: float = 1.0) -> np.ndarray:
    """Normal float32 numbers."""
    return np.asarray(np.random.default_rng(seed).standard_normal(shape) * scale, dtype=np.float32)


def fill(module: Any, torch: ModuleType) -> Any:
    """Give a module's parameters numbers that depend on their names' order alone."""
    state = module.state_dict()
    module.load_state_dict(
        {name: torch.from_numpy(values(tuple(t.shape), i, 0.3)) for i, (name, t) in enumerate(state.items())}
    )
    return module


def plain(value: Any) -> Any:
    """Tensors of either library as arrays, containers opened."""
    if isinstance(value, (vt_torch.Tensor, reference.Tensor)):
        return np.array(value.detach().float().tolist() if value.is_floating_point() else value.tolist())
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def assert_same(ours: Any, theirs: Any, tolerance: float = 2e-5) -> None:
    """Fail where two plain results differ."""
    assert type(ours) is type(theirs)
    if isinstance(ours, dict):
        assert list(ours) == list(theirs)
        for key in ours:
            assert_same(ours[key], theirs[key], tolerance)
    elif isinstance(ours, list):
        assert len(ours) == len(theirs)
        for a, b in zip(ours, theirs, strict=True):
            assert_same(a, b, tolerance)
    elif isinstance(ours, (np.ndarray, float)):
        np.testing.assert_allclose(ours, theirs, rtol=tolerance, atol=tolerance)
    else:
        assert ours == theirs


def check(program: Any, tolerance: float = 2e-5) -> None:
    """Run a program with both libraries and compare what it returns."""
    ours, theirs = (plain(program(torch)) for torch in LIBRARIES)
    assert_same(ours, theirs, tolerance)
