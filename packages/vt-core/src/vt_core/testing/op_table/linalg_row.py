# SPDX-License-Identifier: Apache-2.0
"""What the rows of linear algebra share: matrices, systems, references for batches, and their errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from vt_core.testing.op_table.row import (
    COMPLEX,
    FLOATS,
    LAYOUTS,
    Array,
    OpRow,
    Sample,
    Samples,
    error,
    sample_values,
)

__all__ = [
    "LINE",
    "NOT_SQUARE",
    "SQUARE",
    "ZERO",
    "batched",
    "floats",
    "hermitian",
    "linalg_row",
    "matrices",
    "number_info",
    "of_each",
    "right_hand_sides",
    "solver_row",
    "with_info",
]

# An expanded matrix has equal rows.
_LAYOUTS = tuple(layout for layout in LAYOUTS if layout != "expanded")
SQUARE = ((3, 3), (2, 2, 2), (1, 1), (0, 0), (2, 0, 0), (0, 2, 2), (2, 1, 3, 3), (40, 40))


def linalg_row(name: str, samples: Samples, reference: Callable[..., Any], **kwargs: Any) -> OpRow:
    """A row of an op that needs a factorisation, with the options that most have."""
    options: dict[str, Any] = {"dtypes": FLOATS + COMPLEX, "layouts": _LAYOUTS, "differentiable": True}
    return OpRow(name, samples, reference, **(options | kwargs))


def solver_row(name: str, samples: Samples, reference: Callable[..., Any], **kwargs: Any) -> OpRow:
    """The same of an op whose factorisation cuSOLVER computes on CUDA devices."""
    return linalg_row(name, samples, reference, cuda_library="cuSOLVER", **kwargs)


def with_info(dtype: str, _: Sample) -> tuple[str, ...]:
    """Result dtypes of a matrix and what went wrong with it."""
    return dtype, "int32"


def matrices(shape: tuple[int, ...], dtype: str, seed: int = 0) -> Array:
    """Matrices of multiples of 1/4, far from singular."""
    array = sample_values(shape, "float16", seed)
    if dtype in COMPLEX:
        array = array + 1j * sample_values(shape, "float16", seed + 100)
    rows, columns = shape[-2:]
    return np.asarray(array + (2 + max(rows, columns)) * np.eye(rows, columns))


def right_hand_sides(shape: tuple[int, ...], dtype: str, seed: int = 0) -> Array:
    """Multiples of 1/4."""
    array = sample_values(shape, "float16", seed + 50)
    return np.asarray(array + 1j * sample_values(shape, "float16", seed + 150) if dtype in COMPLEX else array)


def floats(*shape: int) -> Array:
    """Elements for calls that fail."""
    return sample_values(shape, "float32")


def hermitian(array: Array) -> Array:
    """The matrices with their upper triangle made to fit the lower."""
    return np.asarray(np.tril(array, -1) + np.tril(array, -1).mT.conj() + np.eye(array.shape[-1]) * np.real(array))


def of_each(make: Callable[[Array], Array], *shapes: tuple[int, ...], **kwargs: Any) -> Samples:
    """Calls on one tensor, made of matrices of each shape."""

    def samples(dtype: str) -> Iterator[Sample]:
        for seed, shape in enumerate(shapes):
            yield Sample((make(matrices(shape, dtype, seed)),), kwargs)

    return samples


def batched(function: Callable[..., tuple[Array, ...]], ndims: tuple[int, ...], *arrays: Array) -> tuple[Array, ...]:
    """The results of a function of matrices, or vectors, for each of a batch."""
    batch = arrays[0].shape[: arrays[0].ndim - ndims[0]]
    count = int(np.prod(batch))
    flat = [array.reshape(count, *array.shape[array.ndim - n :]) for array, n in zip(arrays, ndims, strict=True)]
    if count == 0:
        ones = [np.ones(array.shape[1:], array.dtype) for array in flat]
        return tuple(np.zeros((*batch, *part.shape), part.dtype) for part in function(*ones))
    results = [function(*(array[i] for array in flat)) for i in range(count)]
    return tuple(np.stack(part).reshape(*batch, *part[0].shape) for part in zip(*results, strict=True))


def number_info(array: Array) -> Array:
    """What says of each matrix that nothing went wrong."""
    return np.zeros(array.shape[:-2], np.int32)


NOT_SQUARE = error(RuntimeError, "must be batches of square matrices, but they are 2 by 3", floats(2, 3))
LINE = error(RuntimeError, "must have at least 2 dimensions", floats(3))
ZERO = np.zeros((2, 2))
