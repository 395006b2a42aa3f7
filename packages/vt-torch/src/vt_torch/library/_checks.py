# SPDX-License-Identifier: Apache-2.0
"""opcheck: what is registered for an operator agrees with itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import vt_core
from vt_autograd import gradcheck
from vt_core import Tensor

from vt_torch.library._custom_op import CustomOpDef

__all__ = ["OpCheckError", "opcheck"]

_DEFAULT = ("test_schema", "test_autograd_registration", "test_faketensor", "test_aot_dispatch_dynamic")


class OpCheckError(Exception):
    """What is registered for an operator does not agree with what it does."""


def opcheck(
    op: CustomOpDef,
    args: tuple[Any, ...],
    kwargs: dict[str, Any] | None = None,
    *,
    test_utils: str | Sequence[str] = _DEFAULT,
    raise_exception: bool = True,
    atol: float | None = None,
    rtol: float | None = None,
) -> dict[str, str]:
    """Check an operator on sample arguments.

    Parameters
    ----------
    op : CustomOpDef
    args, kwargs
        A sample call.
    test_utils : str or sequence of str
        ``test_schema``: it writes the arguments that it says, and no others, and returns no views. ``test_autograd_registration``:
        it has a backward when an argument requires grad. ``test_faketensor``: its fake function tells the sizes and dtypes that
        its kernel gives. ``test_aot_dispatch_dynamic``: its gradients agree with central differences, where all tensors that
        require grad are float64; there is no compiler whose graph could be compared.
    raise_exception : bool
        Raise at the first failure; otherwise return the text of each.
    atol, rtol : float, optional
        Of the comparison of gradients.

    Returns
    -------
    dict of str to str
        "SUCCESS", or what went wrong, by test.

    Raises
    ------
    OpCheckError
        If a test fails.
    ValueError
        If a test is unknown.
    """
    names = (test_utils,) if isinstance(test_utils, str) else tuple(test_utils)
    if unknown := sorted(set(names) - set(_DEFAULT)):
        raise ValueError(f"opcheck: got test_utils {unknown}, expected some of {list(_DEFAULT)}")
    tests: dict[str, Callable[[], None]] = {
        "test_schema": lambda: _schema(op, args, kwargs or {}),
        "test_autograd_registration": lambda: _registration(op, args, kwargs or {}),
        "test_faketensor": lambda: _fake(op, args, kwargs or {}),
        "test_aot_dispatch_dynamic": lambda: _gradients(op, args, kwargs or {}, atol, rtol),
    }
    results: dict[str, str] = {}
    for name in names:
        try:
            tests[name]()
        except Exception as error:
            if raise_exception:
                raise OpCheckError(f"opcheck({op.qualname}, ...): {name} failed with {error}") from error
            results[name] = str(error)
        else:
            results[name] = "SUCCESS"
    return results


def _mapped(value: Any, change: Callable[[Tensor], Any]) -> Any:
    if isinstance(value, Tensor):
        return change(value)
    if isinstance(value, (list, tuple)):
        items = [_mapped(item, change) for item in cast("list[Any]", value)]
        return items if isinstance(value, list) else tuple(items)
    if isinstance(value, dict):
        return {key: _mapped(item, change) for key, item in cast("dict[Any, Any]", value).items()}
    return value


def _flat(value: Any) -> list[Tensor]:
    found: list[Tensor] = []
    _mapped(value, found.append)
    return found


def _apart(t: Tensor) -> Tensor:
    return t.detach().clone()


def _schema(op: CustomOpDef, args: Any, kwargs: Any) -> None:
    own_args, own_kwargs = _mapped(args, _apart), _mapped(kwargs, _apart)
    bound = op.signature.bind(*own_args, **own_kwargs)
    before = {name: _mapped(value, _apart) for name, value in bound.arguments.items()}
    op(*own_args, **own_kwargs)
    for name, value in bound.arguments.items():
        changed = any(not bool(vt_core.ops.equal(a, b)) for a, b in zip(_flat(value), _flat(before[name]), strict=True))
        if changed and name not in op.mutated:
            raise RuntimeError(f"Argument {name} is not defined as mutable but was mutated")


def _registration(op: CustomOpDef, args: Any, kwargs: Any) -> None:
    if any(t.requires_grad for t in _flat((args, kwargs))) and op.backward is None:
        raise RuntimeError(
            f"{op.qualname} has no autograd formula, yet an argument requires grad; register_autograd adds one"
        )


def _fake(op: CustomOpDef, args: Any, kwargs: Any) -> None:
    def without_elements(t: Tensor) -> Any:
        return vt_core.ops.empty_strided(tuple(t.shape), tuple(t.stride()), dtype=t.dtype, device="meta")

    fake = _flat((op(*_mapped(args, without_elements), **_mapped(kwargs, without_elements)),))
    real = _flat((op(*_mapped(args, _apart), **_mapped(kwargs, _apart)),))
    told = [(tuple(t.shape), t.dtype, t.stride()) for t in fake]
    given = [(tuple(t.shape), t.dtype, t.stride()) for t in real]
    if told != given:
        raise RuntimeError(
            f"the fake function tells results of (shape, dtype, strides) {told}, the kernel gives {given}"
        )


def _gradients(op: CustomOpDef, args: Any, kwargs: Any, atol: float | None, rtol: float | None) -> None:
    wanted = [t for t in _flat(args) if t.requires_grad]
    if op.backward is None or not wanted or any(t.dtype != vt_core.float64 for t in wanted):
        return

    def call(*values: Tensor) -> Any:
        given = iter(values)
        result = op(*_mapped(args, lambda t: next(given) if t.requires_grad else t), **kwargs)
        return [t for t in _flat((result,)) if t.dtype == vt_core.float64]

    limits: dict[str, Any] = {name: value for name, value in (("atol", atol), ("rtol", rtol)) if value is not None}
    gradcheck(call, [t.detach().requires_grad_() for t in wanted], **limits)
