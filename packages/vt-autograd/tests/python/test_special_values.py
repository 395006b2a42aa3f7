# SPDX-License-Identifier: Apache-2.0
"""Gradients of functions of one tensor at special values, against PyTorch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import vt_autograd as ag  # noqa: F401
import vt_core as vt
from vt_core.testing.special_values import FUNCTIONS, SLOPES, Function, special_values

torch = pytest.importorskip("torch")

# By dtype: relative and absolute differences.
TOLERANCES = {"float16": (4e-3, 1e-4), "bfloat16": (3e-2, 1e-4), "float32": (1e-5, 1e-6), "float64": (1e-8, 1e-8)}

# Where PyTorch has no limit or gives up accuracy: of the zeta function at poles, of a difference of infinities, where a function has
# no value.
OTHERWISE: dict[str, Callable[[float], bool]] = {
    "acosh": lambda x: x < 1 or x > 1e150,
    "digamma": lambda x: x <= 0 or x == float("inf"),
    "gelu-tanh": lambda x: abs(x) > 1e100,
    "i0": lambda x: abs(x) == float("inf"),
    "lgamma": lambda x: x <= 0,
    "sinc": lambda x: abs(x) < 0.1,
    "softsign": lambda x: abs(x) == float("inf"),
    "special_erfcx": lambda x: x > 1e15,
    "special_i1": lambda x: x != x or abs(x) > 10 or abs(x) < 1e-4,
    "special_i1e": lambda x: x != x or abs(x) < 1e-4,
    "special_log_ndtr": lambda x: x < -100,
    "special_ndtri": lambda x: abs(x) < 1e-30,
}
# Whose slope is one operator of the input, so that every dtype's is that of float64, rounded; others are composed, and overflow as
# PyTorch's.
FUSED = {function.name.removesuffix("_backward") for function in SLOPES} - {"sigmoid", "tanh"} | {"celu", "selu"}


def _theirs(function: Function) -> Callable[[Any], Any]:
    name = {"log_sigmoid": "logsigmoid"}.get(function.name, function.name).removeprefix("special_")
    owners = (torch.nn.functional, torch, torch.special)
    found: Any = next(getattr(owner, name) for owner in owners if hasattr(owner, name))
    return lambda x: found(x, *function.args, **function.kwargs)


def _their_gradient(function: Function, x: Any) -> Any:
    leaf = x.clone().requires_grad_()
    _theirs(function)(leaf).sum().backward()
    return leaf.grad


LEAF = vt.ones([1]).requires_grad_()


def _cases() -> Iterator[Any]:
    for function in FUNCTIONS:
        is_special = function.name.startswith("special_")
        if function.name == "sgn" or "modified_bessel" in function.name or not function(LEAF).requires_grad:
            continue  # flat, or without a derivative there
        for dtype in TOLERANCES:
            if not (is_special and "16" in dtype):  # which PyTorch has not
                yield pytest.param(function, dtype, id=f"{function}-{dtype}")


@pytest.mark.parametrize(("function", "dtype"), list(_cases()))
def test_gradients_are_pytorchs(function: Function, dtype: str) -> None:
    x = torch.tensor(special_values(dtype), dtype=torch.float64).to(getattr(torch, dtype))
    leaf = vt.tensor(x.tolist(), dtype=getattr(vt, dtype)).requires_grad_()
    function(leaf).sum().backward()
    wide = _their_gradient(function, x.double()).to(x.dtype).double()
    own = wide if function.name in FUSED else _their_gradient(function, x).double()
    ours = torch.tensor(leaf.grad.tolist(), dtype=torch.float64)
    relative, absolute = TOLERANCES[dtype]
    same = torch.isclose(ours, wide, rtol=relative, atol=absolute, equal_nan=True)
    same |= torch.isclose(ours, own, rtol=relative, atol=absolute, equal_nan=True)
    is_other = OTHERWISE.get(str(function), lambda _: False)
    rows = zip(x.tolist(), ours.tolist(), wide.tolist(), same.tolist(), strict=True)
    wrong = [f"{at}: got {got}, expected {want}" for at, got, want, is_same in rows if not is_same and not is_other(at)]
    assert not wrong, "; ".join(wrong)
