# SPDX-License-Identifier: Apache-2.0
"""The array API standard 2024.12 (https://data-apis.org/array-api/2024.12) on tensors, with its extensions linalg and fft.

``x.__array_namespace__()`` of every tensor is this module. Its functions have the standard's meaning where PyTorch's differs; the
operators and methods of tensors, and the functions of `vt_core.ops`, keep PyTorch's:

- promotion: 0-dim arrays count like all others, dtypes of different kinds do not mix, uint16, uint32 and uint64 promote with
  each other and with wider signed integers;
- `sum`, `prod`, `cumulative_sum`, `cumulative_prod` of unsigned integers are of uint64;
- `std` and `var` divide by the number of elements (``correction=0``);
- `sort` returns elements alone, `argsort` is stable, `nonzero` returns a tuple, `max` and `min` take several axes;
- `unique_all` and its kin take every NaN for itself;
- `clip` and `where` take numbers and arrays alike, `astype` and `can_cast` refuse to leave the complex numbers;
- `solve` takes only one dimension for a vector;
- the attribute ``x.size`` stays PyTorch's method: ``math.prod(x.shape)`` and ``x.numel()`` are the standard's.

Beyond the standard float16, bfloat16 and float8 keep working where the operators take them, and functions of floating-point
numbers take integers, in the default dtype.
"""

from __future__ import annotations

from math import e, inf, nan, pi

from vt_core._C import (
    bool,  # noqa: A004
    complex64,
    complex128,
    float32,
    float64,
    int8,
    int16,
    int32,
    int64,
    uint8,
    uint16,
    uint32,
    uint64,
)
from vt_core.array_api import fft, linalg
from vt_core.array_api._creation import (
    arange,
    asarray,
    empty,
    empty_like,
    eye,
    from_dlpack,
    full,
    full_like,
    linspace,
    meshgrid,
    ones,
    ones_like,
    tril,
    triu,
    zeros,
    zeros_like,
)
from vt_core.array_api._dtypes import astype, can_cast, finfo, iinfo, isdtype, result_type
from vt_core.array_api._elementwise import (
    abs,  # noqa: A004
    acos,
    acosh,
    add,
    asin,
    asinh,
    atan,
    atan2,
    atanh,
    bitwise_and,
    bitwise_invert,
    bitwise_left_shift,
    bitwise_or,
    bitwise_right_shift,
    bitwise_xor,
    ceil,
    clip,
    conj,
    copysign,
    cos,
    cosh,
    divide,
    equal,
    exp,
    expm1,
    floor,
    floor_divide,
    greater,
    greater_equal,
    hypot,
    imag,
    isfinite,
    isinf,
    isnan,
    less,
    less_equal,
    log,
    log1p,
    log2,
    log10,
    logaddexp,
    logical_and,
    logical_not,
    logical_or,
    logical_xor,
    maximum,
    minimum,
    multiply,
    negative,
    nextafter,
    not_equal,
    positive,
    pow,  # noqa: A004
    real,
    reciprocal,
    remainder,
    round,  # noqa: A004
    sign,
    signbit,
    sin,
    sinh,
    sqrt,
    square,
    subtract,
    tan,
    tanh,
    trunc,
)
from vt_core.array_api._info import __array_namespace_info__
from vt_core.array_api._manipulation import (
    broadcast_arrays,
    broadcast_to,
    concat,
    expand_dims,
    flip,
    moveaxis,
    permute_dims,
    repeat,
    reshape,
    roll,
    squeeze,
    stack,
    take,
    take_along_axis,
    tile,
    unstack,
)
from vt_core.array_api._products import matmul, matrix_transpose, tensordot, vecdot
from vt_core.array_api._searching import argmax, argmin, nonzero, searchsorted, where
from vt_core.array_api._sorting import argsort, sort, unique_all, unique_counts, unique_inverse, unique_values
from vt_core.array_api._statistics import (
    all,  # noqa: A004
    any,  # noqa: A004
    count_nonzero,
    cumulative_prod,
    cumulative_sum,
    diff,
    max,  # noqa: A004
    mean,
    min,  # noqa: A004
    prod,
    std,
    sum,  # noqa: A004
    var,
)

newaxis = None

__array_api_version__ = "2024.12"

__all__ = [
    "__array_api_version__",
    "__array_namespace_info__",
    # Extensions
    "fft",
    "linalg",
    # Constants
    "e",
    "inf",
    "nan",
    "newaxis",
    "pi",
    # Dtypes
    "bool",
    "complex128",
    "complex64",
    "float32",
    "float64",
    "int16",
    "int32",
    "int64",
    "int8",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    # Making arrays
    "arange",
    "asarray",
    "empty",
    "empty_like",
    "eye",
    "from_dlpack",
    "full",
    "full_like",
    "linspace",
    "meshgrid",
    "ones",
    "ones_like",
    "tril",
    "triu",
    "zeros",
    "zeros_like",
    # Facts and casts of dtypes
    "astype",
    "can_cast",
    "finfo",
    "iinfo",
    "isdtype",
    "result_type",
    # Functions of elements
    "abs",
    "acos",
    "acosh",
    "add",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "bitwise_and",
    "bitwise_invert",
    "bitwise_left_shift",
    "bitwise_or",
    "bitwise_right_shift",
    "bitwise_xor",
    "ceil",
    "clip",
    "conj",
    "copysign",
    "cos",
    "cosh",
    "divide",
    "equal",
    "exp",
    "expm1",
    "floor",
    "floor_divide",
    "greater",
    "greater_equal",
    "hypot",
    "imag",
    "isfinite",
    "isinf",
    "isnan",
    "less",
    "less_equal",
    "log",
    "log10",
    "log1p",
    "log2",
    "logaddexp",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "maximum",
    "minimum",
    "multiply",
    "negative",
    "nextafter",
    "not_equal",
    "positive",
    "pow",
    "real",
    "reciprocal",
    "remainder",
    "round",
    "sign",
    "signbit",
    "sin",
    "sinh",
    "sqrt",
    "square",
    "subtract",
    "tan",
    "tanh",
    "trunc",
    # Shapes and order
    "broadcast_arrays",
    "broadcast_to",
    "concat",
    "expand_dims",
    "flip",
    "moveaxis",
    "permute_dims",
    "repeat",
    "reshape",
    "roll",
    "squeeze",
    "stack",
    "take",
    "take_along_axis",
    "tile",
    "unstack",
    # Products
    "matmul",
    "matrix_transpose",
    "tensordot",
    "vecdot",
    # Positions
    "argmax",
    "argmin",
    "nonzero",
    "searchsorted",
    "where",
    # Sorting and sets
    "argsort",
    "sort",
    "unique_all",
    "unique_counts",
    "unique_inverse",
    "unique_values",
    # Reductions
    "all",
    "any",
    "count_nonzero",
    "cumulative_prod",
    "cumulative_sum",
    "diff",
    "max",
    "mean",
    "min",
    "prod",
    "std",
    "sum",
    "var",
]
