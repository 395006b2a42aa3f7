# SPDX-License-Identifier: Apache-2.0
"""assert_close: equality up to rounding, with PyTorch's arguments, tolerances and rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeGuard

import vt_core
from vt_core import ops

__all__ = ["assert_close"]

# rtol and atol by dtype; other dtypes must be equal.
_TOLERANCES: dict[vt_core.dtype, tuple[float, float]] = {
    vt_core.float16: (1e-3, 1e-5),
    vt_core.bfloat16: (1.6e-2, 1e-5),
    vt_core.float32: (1.3e-6, 1e-5),
    vt_core.float64: (1e-7, 1e-7),
    vt_core.complex64: (1.3e-6, 1e-5),
    vt_core.complex128: (1e-7, 1e-7),
}


def assert_close(
    actual: Any,
    expected: Any,
    *,
    allow_subclasses: bool = True,
    rtol: float | None = None,
    atol: float | None = None,
    equal_nan: bool = False,
    check_device: bool = True,
    check_dtype: bool = True,
    check_layout: bool = True,  # noqa: ARG001
    check_stride: bool = False,
    msg: str | Callable[[str], str] | None = None,
) -> None:
    """Assert that `actual` is `expected` up to ``atol + rtol * |expected|``.

    Parameters
    ----------
    actual, expected : Tensor, number, or sequences or mappings of such
        Compared part by part. What is no tensor is made one, where it can be.
    allow_subclasses : bool
        False requires both to be of one type.
    rtol, atol : float, optional
        Given together; by default by dtype, the larger of both sides'.
    equal_nan : bool
        Whether NaN equals NaN.
    check_device, check_dtype, check_stride : bool
        What must agree besides the shape. With `check_dtype` off both are promoted first.
    check_layout : bool
        Every tensor is strided.
    msg : str or callable, optional
        The message, or a function from the one made to the one raised.

    Raises
    ------
    AssertionError
        Naming the place and the worst element.
    ValueError
        If only one of `rtol` and `atol` is given.
    """
    if (rtol is None) != (atol is None):
        raise ValueError(f"assert_close: rtol and atol go together: got rtol={rtol}, atol={atol}")

    def fail(text: str) -> None:
        raise AssertionError(msg(text) if callable(msg) else msg or text)

    def compare(a: Any, b: Any, place: str) -> None:
        if _is_mapping(a) and _is_mapping(b):
            if a.keys() != b.keys():
                fail(f"The keys{place} differ: got {sorted(a)}, expected {sorted(b)}")
            for key in a:
                compare(a[key], b[key], f"{place}[{key!r}]")
            return
        if _is_sequence(a) and _is_sequence(b):
            if len(a) != len(b):
                fail(f"The lengths{place} differ: got {len(a)}, expected {len(b)}")
            for i, (x, y) in enumerate(zip(a, b, strict=True)):
                compare(x, y, f"{place}[{i}]")
            return
        if not allow_subclasses and type(a) is not type(b):
            fail(f"The types{place} differ: got {type(a).__name__}, expected {type(b).__name__}")
        x, y = _tensor(a), _tensor(b)
        if x.shape != y.shape:
            fail(f"The shapes{place} differ: got {tuple(x.shape)}, expected {tuple(y.shape)}")
        if check_device and x.device != y.device:
            fail(f"The devices{place} differ: got {x.device}, expected {y.device}")
        if check_dtype and x.dtype != y.dtype:
            fail(f"The dtypes{place} differ: got {x.dtype}, expected {y.dtype}")
        if check_stride and x.stride() != y.stride():
            fail(f"The strides{place} differ: got {tuple(x.stride())}, expected {tuple(y.stride())}")
        if rtol is None or atol is None:
            limits = [_TOLERANCES.get(t.dtype, (0.0, 0.0)) for t in (x, y)]
            tolerance = max(r for r, _ in limits), max(t for _, t in limits)
        else:
            tolerance = rtol, atol
        _compare(x, y, tolerance, equal_nan, place, fail)

    compare(actual, expected, "")


def _is_mapping(value: Any) -> TypeGuard[Mapping[Any, Any]]:
    return isinstance(value, Mapping)


def _is_sequence(value: Any) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _tensor(value: Any) -> Any:
    return value.detach() if isinstance(value, vt_core.Tensor) else vt_core.as_tensor(value)


def _compare(x: Any, y: Any, tolerance: tuple[float, float], equal_nan: bool, place: str, fail: Any) -> None:
    rtol, atol = tolerance
    x, y = x.to("cpu"), y.to("cpu")
    common = vt_core.promote_types(x.dtype, y.dtype)
    exact = not (common.is_floating_point or common.is_complex)
    if exact and rtol == 0 and atol == 0:
        wrong = ops.ne(x, y)
    else:
        wide = vt_core.complex128 if common.is_complex else vt_core.float64
        x, y = x.to(wide), y.to(wide)
        near = ops.le(ops.abs(ops.sub(x, y)), ops.add(ops.mul(ops.abs(y), rtol), atol))
        near = ops.logical_and(near, ops.isfinite(y))
        same = ops.logical_or(near, ops.eq(x, y))
        if equal_nan:
            same = ops.logical_or(same, ops.logical_and(ops.isnan(x), ops.isnan(y)))
        wrong = ops.logical_not(same)
    count = int(ops.sum(wrong).item())
    if count == 0:
        return
    if x.ndim == 0:
        fail(f"Scalars{place} are not close: got {x.item()}, expected {y.item()} (rtol={rtol}, atol={atol})")
        return
    rows = zip(
        ops.reshape(wrong, [-1]).tolist(), ops.reshape(x, [-1]).tolist(), ops.reshape(y, [-1]).tolist(), strict=True
    )
    distance, where = max((_distance(a, b), i) for i, (bad, a, b) in enumerate(rows) if bad)
    place_of: list[int] = []
    for size in reversed(x.shape):
        where, index = divmod(where, size)
        place_of.insert(0, index)
    at = tuple(place_of)
    fail(
        f"Tensors{place} are not close: {count} of {x.numel()} elements differ (rtol={rtol}, atol={atol}); "
        f"the largest difference is {distance} at {at}: got {x[at].item()}, expected {y[at].item()}"
    )


def _distance(a: Any, b: Any) -> float:
    distance = abs(a - b)
    return distance if distance == distance else float("inf")  # NaN is as far as can be
