# SPDX-License-Identifier: Apache-2.0
"""Comparison of numbers under the stack's one table of tolerances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["TOLERANCES", "Tolerance", "assert_close"]


class Tolerance(NamedTuple):
    """The permitted difference: ``atol + rtol * |expected|``."""

    rtol: float
    atol: float


# By dtype name; a dtype that is not listed must match exactly.
TOLERANCES: dict[str, Tolerance] = {
    "float8_e5m2": Tolerance(2.5e-1, 1e-5),
    "float8_e4m3fn": Tolerance(1.25e-1, 2e-3),
    "bfloat16": Tolerance(1.6e-2, 1e-5),
    "float16": Tolerance(1e-3, 1e-5),
    "float32": Tolerance(1.3e-6, 1e-5),
    "complex64": Tolerance(1.3e-6, 1e-5),
    "float64": Tolerance(1e-7, 1e-7),
    "complex128": Tolerance(1e-7, 1e-7),
}

_EXACT = Tolerance(0.0, 0.0)


def assert_close(
    actual: Any,
    expected: Any,
    *,
    rtol: float | None = None,
    atol: float | None = None,
    check_dtype: bool = True,
) -> None:
    """Assert that two tensors, arrays or numbers are equal up to rounding.

    NaN equals NaN, infinities must agree in sign, and the sign of zero is ignored. Devices may differ. NumPy is needed.

    Parameters
    ----------
    actual, expected : Tensor, array or number
        Anything with ``shape``, ``dtype`` and ``tolist()``, or a Python number or nested sequence.
    rtol, atol : float, optional
        Tolerances, given together. Default: the looser entry of `TOLERANCES` for the two dtypes.
    check_dtype : bool, optional
        Also require equal dtype names when both sides have one. Default True.

    Raises
    ------
    AssertionError
        Naming the kind of mismatch, how many elements differ and the worst of them.
    ValueError
        If only one of `rtol` and `atol` is given.
    """
    if (rtol is None) != (atol is None):
        raise ValueError(f"assert_close: tolerances go together: got rtol={rtol}, atol={atol}; give both or neither")
    actual_dtype, expected_dtype = _dtype_name(actual), _dtype_name(expected)
    if check_dtype and actual_dtype and expected_dtype and actual_dtype != expected_dtype:
        raise AssertionError(f"assert_close: dtypes differ: got {actual_dtype}, expected {expected_dtype}")
    got, want = _as_array(actual), _as_array(expected)
    if got.shape != want.shape:
        raise AssertionError(f"assert_close: shapes differ: got {got.shape}, expected {want.shape}")
    if rtol is not None and atol is not None:
        tolerance = Tolerance(rtol, atol)
    else:
        names = (actual_dtype or got.dtype.name, expected_dtype or want.dtype.name)
        tolerance = max(TOLERANCES.get(name, _EXACT) for name in names)
    _compare(got, want, tolerance)


def _dtype_name(value: Any) -> str:
    return str(getattr(value, "dtype", "")).rpartition(".")[2]


def _as_array(value: Any) -> NDArray[Any]:
    import numpy as np

    if isinstance(value, np.ndarray):
        array: NDArray[Any] = value  # pyright: ignore[reportUnknownVariableType]
        # Extension dtypes (bfloat16, float8) have no arithmetic of their own worth trusting here.
        return array.astype(np.float64) if array.dtype.kind == "V" else array
    if hasattr(value, "tolist"):
        name = _dtype_name(value)
        if name.startswith(("float", "bfloat")):
            target: Any = np.float64
        elif name.startswith("complex"):
            target = np.complex128
        else:
            target = name or None
        return np.array(value.tolist(), dtype=target).reshape(tuple(value.shape))
    return np.asarray(value)


def _compare(got: NDArray[Any], want: NDArray[Any], tolerance: Tolerance) -> None:
    import numpy as np

    if got.dtype.kind in "biu" and want.dtype.kind in "biu":
        _report(got != want, got, want, "exact equality")
        return
    kind = np.complex128 if "c" in (got.dtype.kind, want.dtype.kind) else np.float64
    got, want = got.astype(kind), want.astype(kind)
    with np.errstate(invalid="ignore", over="ignore"):
        near = np.abs(got - want) <= tolerance.atol + tolerance.rtol * np.abs(want)
    near &= np.isfinite(want)
    same = (got == want) | (np.isnan(got) & np.isnan(want))
    _report(~(near | same), got, want, f"rtol={tolerance.rtol}, atol={tolerance.atol}")


def _report(wrong: NDArray[np.bool_], got: NDArray[Any], want: NDArray[Any], rule: str) -> None:
    import numpy as np

    count = int(np.count_nonzero(wrong))
    if count == 0:
        return
    with np.errstate(invalid="ignore", over="ignore"):
        distance = np.where(wrong, np.abs(got.astype(np.complex128) - want.astype(np.complex128)), -1.0)
    distance = np.where(wrong & ~np.isfinite(distance), np.inf, distance)
    worst = tuple(int(i) for i in np.unravel_index(int(np.argmax(distance)), distance.shape))
    raise AssertionError(
        f"assert_close: {count} of {got.size} elements differ ({rule}): "
        f"worst at {worst}: got {got[worst]}, expected {want[worst]}"
    )
