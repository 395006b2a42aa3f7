# SPDX-License-Identifier: Apache-2.0
"""Rows of the reductions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

import numpy as np

from vt_core.testing.op_table.row import (
    BOOL,
    COMPLEX,
    FLOAT8,
    FLOATS,
    HALVES,
    INTEGERS,
    Array,
    DTypeName,
    ErrorCase,
    OpRow,
    Sample,
    calls_on,
    error,
    of_each_shape,
    real_of,
    sample_values,
)

_REDUCED = (
    ((3,), 0),
    ((2, 3), 1),
    ((2, 3), (0, 1)),
    ((4, 1, 5), (-1, 0)),
    ((2, 3, 2, 2, 2), (1, 3)),
    ((0, 3), 0),
    ((0, 3), 1),
    ((40, 70), 0),
    ((40, 70), 1),
    ((3, 300), 1),
    ((2, 3), None),
    ((), 0),
)


def _sums(dtype: str) -> Iterator[Sample]:
    yield from of_each_shape()(dtype)
    x = sample_values((2, 3), dtype)
    if dtype in FLOATS + HALVES:
        yield Sample((x,), {"dtype": DTypeName("float64")})
    if dtype in INTEGERS:
        yield Sample((x,), {"dtype": DTypeName("int32")})
        yield Sample((x,), {"dtype": DTypeName("float32")})


def _dim_sums(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate(_REDUCED):
        for keepdim in (False, True):
            yield Sample((sample_values(shape, dtype, seed), dim, keepdim))
    yield Sample((sample_values((2, 3), dtype), 0, False), {"dtype": DTypeName("complex128")})


def _sum(x: Array, dim: Any = None, keepdim: bool = False, *, dtype: str | None = None) -> Any:
    kind: Any = dtype or (np.int64 if x.dtype.kind in "biu" else x.dtype)
    if x.ndim == 0:
        return x.astype(kind)
    return np.asarray(x.astype(kind).sum(axis=dim, keepdims=keepdim, dtype=kind))


def _sum_dtype(dtype: str, sample: Sample) -> str:
    if "dtype" in sample.kwargs:
        return sample.kwargs["dtype"].name
    return "int64" if dtype in BOOL + INTEGERS else dtype


def _sum_to_size(x: Array, size: list[int]) -> Array:
    lead = x.ndim - len(size)
    axes = tuple(d for d in range(x.ndim) if d < lead or (size[d - lead] == 1 and x.shape[d] != 1))
    kept = None if x.dtype.kind in "biu" else x.dtype
    return x.sum(axis=axes, keepdims=True, dtype=kept).reshape(size) if axes else x


def _sum_to_size_dtype(dtype: str, sample: Sample) -> str:
    x, size = sample.args
    return dtype if list(x.shape) == size else _sum_dtype(dtype, Sample((x,)))


REAL = HALVES + FLOATS
ORDERED = BOOL + INTEGERS + REAL
# Equal elements have no derivative of their order, nor of their spread.
UNREPEATED = ("contiguous", "transposed", "sliced")

# Reductions that have a result for no elements.
_OVER_DIMS = (
    ((3,), 0),
    ((2, 3), (0, 1)),
    ((4, 1, 5), (-1, 0)),
    ((2, 3, 2, 2, 2), (1, 3)),
    ((0, 3), 0),
    ((0, 3), 1),
    ((40, 70), 0),
    ((3, 700), 1),
    ((300, 3), 0),
    ((2, 3), None),
    ((), 0),
)


def _means(dtype: str) -> Iterator[Sample]:
    yield from of_each_shape()(dtype)
    yield Sample((sample_values((2, 3), dtype),), {"dtype": DTypeName("complex128" if dtype in COMPLEX else "float64")})


def _dim_means(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate(_REDUCED):
        yield Sample((sample_values(shape, dtype, seed), dim, seed % 2 == 0))


def _axes(x: Array, dim: Any) -> tuple[int, ...]:
    if dim is None or dim == () or x.ndim == 0:
        return tuple(range(x.ndim))
    dims = cast("tuple[int, ...]", dim if isinstance(dim, tuple) else (dim,))
    return tuple(d % x.ndim for d in dims)


def _count(x: Array, dim: Any) -> int:
    return int(np.prod([x.shape[d] for d in _axes(x, dim)]))


def _mean(x: Array, dim: Any = None, keepdim: bool = False, *, dtype: str | None = None) -> Any:
    return np.divide(_sum(x, dim, keepdim, dtype=dtype), np.float64(_count(x, dim)))


def _norm_dtype(dtype: str, sample: Sample) -> str:
    return real_of(_named_dtype(dtype, sample))


def _named_dtype(dtype: str, sample: Sample) -> str:
    return sample.kwargs["dtype"].name if "dtype" in sample.kwargs else dtype


def _prods(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((), (3,), (2, 3), (0, 3), (4, 1, 5))):
        yield Sample((sample_values(shape, dtype, seed),))
    if dtype in INTEGERS:
        yield Sample((sample_values((2, 3), dtype),), {"dtype": DTypeName("int32")})
        yield Sample((sample_values((2, 3), dtype),), {"dtype": DTypeName("float32")})


def _dim_prods(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate((((3,), 0), ((2, 3), -1), ((4, 1, 5), 0), ((0, 3), 0), ((4, 70), 0), ((), 0))):
        yield Sample((sample_values(shape, dtype, seed), dim, seed % 2 == 0))


def _prod(x: Array, dim: Any = None, keepdim: bool = False, *, dtype: str | None = None) -> Any:
    kind: Any = dtype or (np.int64 if x.dtype.kind in "biu" else x.dtype)
    return np.asarray(x.astype(kind).prod(axis=_axes(x, dim), keepdims=keepdim, dtype=kind))


def _tests(dtype: str) -> Iterator[Sample]:
    yield from of_each_shape()(dtype)
    yield Sample((np.zeros_like(sample_values((5, 70), dtype)),))
    yield Sample((np.ones_like(sample_values((5, 70), dtype)),))


def _dim_tests(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate((((3,), 0), ((2, 3), -1), ((4, 1, 5), 0), ((0, 3), 0), ((4, 70), 0), ((), 0))):
        yield Sample((sample_values(shape, dtype, seed), dim, seed % 2 == 0))


def _any(x: Array, dim: Any = None, keepdim: bool = False) -> Any:
    return np.asarray((x != 0).any(axis=_axes(x, dim), keepdims=keepdim))


def _all(x: Array, dim: Any = None, keepdim: bool = False) -> Any:
    return np.asarray((x != 0).all(axis=_axes(x, dim), keepdims=keepdim))


def _dims_tests(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate((((2, 3), (0, 1)), ((4, 1, 5), (0, -1)), ((2, 3), ()), ((0, 3), (0,)))):
        yield Sample((sample_values(shape, dtype, seed), dim, seed % 2 == 0))
    yield Sample((sample_values((2, 3), dtype), None, True))


def _over_named(test: Any) -> Callable[..., Array]:
    """No dimensions where an empty list names none."""

    def reference(x: Array, dim: Any = None, keepdim: bool = False) -> Array:
        return np.asarray(x != 0) if dim == () else test(x, dim, keepdim)

    return reference


_any_of = _over_named(_any)
_all_of = _over_named(_all)


def _test_dtype(dtype: str, _: Sample) -> str:
    return "uint8" if dtype == "uint8" else "bool"


def _extremes(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((), (3,), (2, 3), (4, 1, 5), (300,), (50, 70))):
        yield Sample((sample_values(shape, dtype, seed),))


def _dim_extremes(dtype: str) -> Iterator[Sample]:
    shapes = (
        ((3,), 0),
        ((2, 3), -1),
        ((4, 1, 5), 0),
        ((4, 0), 0),
        ((40, 70), 0),
        ((3, 1500), 1),
        ((300, 3), 0),
        ((), -1),
    )
    for seed, (shape, dim) in enumerate(shapes):
        yield Sample((sample_values(shape, dtype, seed), dim, seed % 2 == 0))


def _dims_extremes(dtype: str) -> Iterator[Sample]:
    yield Sample((sample_values((2, 3), dtype),))
    for seed, (shape, dim) in enumerate(
        (((2, 3), (0, 1)), ((2, 3, 2, 2, 2), (1, 3)), ((4, 0), 0), ((40, 70), -1), ((), 0))
    ):
        yield Sample((sample_values(shape, dtype, seed), dim, seed % 2 == 0))


def _extreme(pick: Any, place: Any = None) -> Any:
    def reference(x: Array, dim: Any = None, keepdim: bool = False) -> Any:
        values = np.asarray(pick(x, axis=_axes(x, dim), keepdims=keepdim))
        if place is None:
            return values
        indices = place(x, axis=dim, keepdims=keepdim) if x.ndim else np.int64(0)
        return values, np.asarray(indices)

    return reference


def _arg_extremes(dtype: str) -> Iterator[Sample]:
    yield from _extremes(dtype)
    yield from _dim_extremes(dtype)
    yield Sample((sample_values((3, 4), dtype), None, True))


def _place(pick: Callable[..., Any]) -> Callable[..., Array]:
    def reference(x: Array, dim: Any = None, keepdim: bool = False) -> Array:
        return np.asarray(pick(x, axis=dim, keepdims=keepdim) if x.ndim else np.int64(0))

    return reference


def _always_int64(_: str, __: Sample) -> str:
    return "int64"


def _value_and_int64(dtype: str, _: Sample) -> tuple[str, str]:
    return dtype, "int64"


def _spreads(dtype: str) -> Iterator[Sample]:
    yield Sample((sample_values((2, 3), dtype),))
    for seed, (shape, dim) in enumerate(_OVER_DIMS):
        yield Sample(
            (sample_values(shape, dtype, seed), dim), {"correction": (1, 0, 2)[seed % 3], "keepdim": seed % 2 == 0}
        )


def _differentiable_spreads(dtype: str) -> Iterator[Sample]:
    """The standard deviation has no derivative where it is zero, as over dimensions that are expanded."""
    yield Sample((sample_values((2, 3), dtype), 1))
    yield Sample((sample_values((3, 2, 4), dtype), (1, 2)), {"correction": 0, "keepdim": True})
    yield Sample((sample_values((70, 9), dtype),))


def _var(x: Array, dim: Any = None, *, correction: float = 1, keepdim: bool = False) -> Any:
    axes = _axes(x, dim)
    mean = np.divide(x.sum(axis=axes, keepdims=True), np.float64(_count(x, dim)))
    squares = np.asarray((np.abs(x - mean) ** 2).sum(axis=axes, keepdims=keepdim))
    return np.divide(squares, np.float64(max(0, _count(x, dim) - correction)))


def _part_dtype(dtype: str, _: Sample) -> str:
    return {"complex64": "float32", "complex128": "float64"}.get(dtype, dtype)


def _part_and_own_dtype(dtype: str, sample: Sample) -> tuple[str, str]:
    return _part_dtype(dtype, sample), dtype


def _std(x: Array, dim: Any = None, *, correction: float = 1, keepdim: bool = False) -> Any:
    return np.sqrt(_var(x, dim, correction=correction, keepdim=keepdim))


def _with_mean(spread: Any) -> Any:
    def reference(x: Array, dim: Any = None, *, correction: float = 1, keepdim: bool = False) -> Any:
        return spread(x, dim, correction=correction, keepdim=keepdim), np.asarray(_mean(x, dim, keepdim))

    return reference


def _norms(dtype: str) -> Iterator[Sample]:
    yield Sample((sample_values((2, 3), dtype),))
    for seed, order in enumerate((0, 1, 2, 3, 2.5, 0.5, -1, float("inf"), float("-inf"))):
        x = sample_values((3, 5), dtype, seed)
        x = np.where(x == 0, np.asarray(1.5, x.dtype), x)
        yield Sample((x, order, seed % 2, seed % 3 == 0))
    yield Sample((sample_values((0, 3), dtype), 2, 0))
    yield Sample((sample_values((3, 700), dtype), 2, 1))
    yield Sample((sample_values((), dtype), 1, None))
    yield Sample((sample_values((2, 3), dtype),), {"dtype": DTypeName("complex128" if dtype in COMPLEX else "float64")})


def _norm(x: Array, order: float = 2, dim: Any = None, keepdim: bool = False, **_: str) -> Any:
    size, axes = np.abs(x), _axes(x, dim)
    if order == 0:
        return np.asarray((size != 0).sum(axis=axes, keepdims=keepdim)).astype(np.float64)
    if np.isinf(order):
        return np.asarray((np.max if order > 0 else np.min)(size, axis=axes, keepdims=keepdim))
    return np.asarray((size**order).sum(axis=axes, keepdims=keepdim)) ** (1 / order)


def _exponentials(dtype: str) -> Iterator[Sample]:
    for seed, (shape, dim) in enumerate(_OVER_DIMS):
        if dim is not None:
            yield Sample((sample_values(shape, dtype, seed), dim, seed % 2 == 0))
    yield Sample((sample_values((4, 5), dtype) * np.asarray(8).astype(sample_values((1,), dtype).dtype), 1))


def _logsumexp(x: Array, dim: Any, keepdim: bool = False) -> Any:
    wide = np.asarray(x, dtype=np.complex128 if x.dtype.kind == "c" else np.float64)
    return np.asarray(np.log(np.exp(wide).sum(axis=_axes(x, dim), keepdims=keepdim)))


def _float_dtype(dtype: str, _: Sample) -> str:
    return "float32" if dtype in BOOL + INTEGERS else dtype


def _pairs(dtype: str) -> Iterator[Sample]:
    for seed, shape in enumerate(((3,), (2, 3), (4, 1, 5))):
        yield Sample((sample_values(shape, dtype, seed), sample_values(shape, dtype, seed + 50)))


_A = sample_values((2, 3), "float32")
_EMPTY = np.zeros((2, 0), np.float32)
_NO_ELEMENTS = (error(RuntimeError, "Expected reduction dim to be specified", _EMPTY),)
_NO_DIMENSION = (
    error(IndexError, "Expected reduction dim 1 to have non-zero size", _EMPTY, 1),
    error(IndexError, "out of range", _A, 2),
)
_NOT_INTEGERS = (ErrorCase(Sample((np.arange(3),)), RuntimeError, "floating point", "int64"),)

ROWS = (
    OpRow("sum", _sums, _sum, result_dtype=_sum_dtype, differentiable=True),
    OpRow(
        "sum.dims",
        _dim_sums,
        _sum,
        result_dtype=_sum_dtype,
        differentiable=True,
        errors=(
            error(IndexError, "out of range", _A, 2),
            error(RuntimeError, "appears twice", _A, (0, -2)),
        ),
    ),
    OpRow(
        "sum_to_size",
        calls_on((2, 3, 4), ([3, 4],), ([1, 4],), ([2, 1, 4],), ([1, 1, 1],), ([],), ([2, 3, 4],)),
        _sum_to_size,
        result_dtype=_sum_to_size_dtype,
        differentiable=True,
        errors=(error(RuntimeError, "sum_to_size", _A, [4]),),
    ),
    OpRow(
        "mean",
        _means,
        _mean,
        dtypes=FLOAT8 + REAL + COMPLEX,
        result_dtype=_named_dtype,
        differentiable=True,
        errors=_NOT_INTEGERS,
    ),
    OpRow(
        "mean.dims", _dim_means, _mean, dtypes=FLOAT8 + REAL + COMPLEX, differentiable=True, errors=_NO_DIMENSION[1:]
    ),
    OpRow(
        "prod",
        _prods,
        _prod,
        dtypes=ORDERED + COMPLEX,
        result_dtype=_sum_dtype,
        differentiable=True,
    ),
    OpRow(
        "prod.dim",
        _dim_prods,
        _prod,
        dtypes=ORDERED + COMPLEX,
        result_dtype=_sum_dtype,
        differentiable=True,
    ),
    OpRow("any", _tests, _any, result_dtype=_test_dtype),
    OpRow("any.dim", _dim_tests, _any, result_dtype=_test_dtype),
    OpRow("any.dims", _dims_tests, _any_of, result_dtype=_test_dtype),
    OpRow("all", _tests, _all, result_dtype=_test_dtype),
    OpRow("all.dim", _dim_tests, _all, result_dtype=_test_dtype),
    OpRow("all.dims", _dims_tests, _all_of, result_dtype=_test_dtype),
    *(
        row
        for name, pick, place in (("max", np.max, np.argmax), ("min", np.min, np.argmin))
        for row in (
            OpRow(
                name,
                _extremes,
                _extreme(pick),
                dtypes=ORDERED,
                differentiable=True,
                layouts=UNREPEATED,
                errors=_NO_ELEMENTS,
            ),
            OpRow(
                f"{name}.dim",
                _dim_extremes,
                _extreme(pick, place),
                dtypes=ORDERED,
                result_dtype=_value_and_int64,
                differentiable=True,
                layouts=UNREPEATED,
                errors=_NO_DIMENSION,
            ),
            OpRow(
                f"a{name}",
                _dims_extremes,
                _extreme(pick),
                dtypes=ORDERED,
                differentiable=True,
                layouts=UNREPEATED,
                errors=(*_NO_ELEMENTS, *_NO_DIMENSION),
            ),
            OpRow(
                f"arg{name}",
                _arg_extremes,
                _place(place),
                dtypes=ORDERED,
                result_dtype=_always_int64,
                errors=(error(IndexError, "Expected reduction dim to be specified", _EMPTY), *_NO_DIMENSION),
            ),
        )
    ),
    OpRow(
        "var",
        _spreads,
        _var,
        dtypes=REAL + COMPLEX,
        result_dtype=_part_dtype,
        differentiable=True,
        errors=_NOT_INTEGERS,
    ),
    OpRow(
        "std",
        lambda dtype: _differentiable_spreads(dtype) if dtype == "float64" else _spreads(dtype),
        _std,
        dtypes=REAL + COMPLEX,
        result_dtype=_part_dtype,
        differentiable=True,
        layouts=UNREPEATED,
        errors=_NOT_INTEGERS,
    ),
    OpRow(
        "var_mean",
        _spreads,
        _with_mean(_var),
        dtypes=REAL + COMPLEX,
        result_dtype=_part_and_own_dtype,
        differentiable=True,
        errors=_NOT_INTEGERS,
    ),
    OpRow(
        "std_mean",
        _differentiable_spreads,
        _with_mean(_std),
        dtypes=REAL + COMPLEX,
        result_dtype=_part_and_own_dtype,
        differentiable=True,
        layouts=UNREPEATED,
        errors=_NOT_INTEGERS,
    ),
    OpRow(
        "linalg_vector_norm",
        _norms,
        _norm,
        dtypes=REAL + COMPLEX,
        result_dtype=_norm_dtype,
        differentiable=True,
        layouts=UNREPEATED,
        errors=(
            ErrorCase(Sample((_A,), {"dtype": DTypeName("float64")}), RuntimeError, "must be complex", "complex64"),
            error(RuntimeError, "no norm of this order", _EMPTY, float("inf")),
            error(RuntimeError, "no norm of this order", _EMPTY, -1),
            ErrorCase(Sample((_A,), {"dtype": DTypeName("float32")}), RuntimeError, "must fit into dtype", "float64"),
        ),
    ),
    OpRow(
        "norm",
        _norms,
        _norm,
        dtypes=REAL + COMPLEX,
        result_dtype=_norm_dtype,
        layouts=UNREPEATED,
        differentiable=True,
    ),
    OpRow(
        "logsumexp",
        _exponentials,
        _logsumexp,
        dtypes=ORDERED + COMPLEX,
        result_dtype=_float_dtype,
        differentiable=True,
    ),
    OpRow("max.other", _pairs, np.maximum, dtypes=ORDERED, differentiable=True),
    OpRow("min.other", _pairs, np.minimum, dtypes=ORDERED, differentiable=True),
)
