# SPDX-License-Identifier: Apache-2.0
"""One scenario told to both libraries: what it returns, numbers and names and errors, must be the same."""

from __future__ import annotations

import warnings
from types import SimpleNamespace
from typing import Any

import pytest
import vt_autograd as ag
import vt_autograd.function
import vt_core as vt

torch = pytest.importorskip("torch")


def _numbers(t: Any) -> Any:
    return None if t is None else t.detach().tolist()


def _leaf_of(lib: Any) -> Any:
    return lambda values: lib.tensor(values, dtype=lib.float64).requires_grad_()


def _library(lib: Any, autograd: Any, tensor_class: type, **more: Any) -> SimpleNamespace:
    return SimpleNamespace(
        lib=lib,
        leaf=_leaf_of(lib),
        tensor=lambda values: lib.tensor(values, dtype=lib.float64),
        numbers=_numbers,
        Tensor=tensor_class,
        backward=autograd.backward,
        grad=autograd.grad,
        graph=autograd.graph,
        Function=autograd.Function,
        no_grad=autograd.no_grad,
        enable_grad=autograd.enable_grad,
        inference_mode=autograd.inference_mode,
        detect_anomaly=autograd.detect_anomaly,
        set_detect_anomaly=autograd.set_detect_anomaly,
        **more,
    )


OURS = _library(
    vt,
    ag,
    vt.Tensor,
    once_differentiable=vt_autograd.function.once_differentiable,
    is_inference_mode_enabled=ag.is_inference_mode_enabled,
    is_grad_enabled=ag.is_grad_enabled,
)
THEIRS = _library(
    torch,
    torch.autograd,
    torch.Tensor,
    once_differentiable=torch.autograd.function.once_differentiable,
    is_inference_mode_enabled=torch.is_inference_mode_enabled,
    is_grad_enabled=torch.is_grad_enabled,
)


def same(scenario: Any) -> Any:
    """Run a scenario with each library and compare what it returns; return ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = scenario(THEIRS)
    ours = scenario(OURS)
    assert ours == expected
    return ours


def fails(scenario: Any, kind: Any, fragment: str, theirs: str | None = None) -> None:
    """A scenario must raise in both libraries, with a text that has `fragment` (PyTorch's may say `theirs`)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(kind, match=theirs or fragment):
            scenario(THEIRS)
    with pytest.raises(kind, match=fragment):
        scenario(OURS)
