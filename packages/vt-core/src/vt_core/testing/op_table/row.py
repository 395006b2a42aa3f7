# SPDX-License-Identifier: Apache-2.0
"""What a row of the op table is, and how its samples become tensors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard

import numpy as np
from numpy.typing import NDArray

import vt_core as vt

__all__ = [
    "ALL_DTYPES",
    "ARITHMETIC",
    "BOOL",
    "COMPLEX",
    "FLOAT8",
    "FLOATS",
    "HALVES",
    "INTEGERS",
    "LAYOUTS",
    "SHAPES",
    "Array",
    "DTypeName",
    "ErrorCase",
    "OpRow",
    "Sample",
    "Samples",
    "Typed",
    "build",
    "calls",
    "calls_on",
    "error",
    "is_array",
    "lay_out",
    "of_each_shape",
    "reference_arguments",
    "real_of",
    "sample_values",
    "unchanged",
]

Array = NDArray[Any]

BOOL = ("bool",)
INTEGERS = ("uint8", "int8", "int16", "int32", "int64", "uint16", "uint32", "uint64")
FLOAT8 = ("float8_e4m3fn", "float8_e5m2")
HALVES = ("float16", "bfloat16")
FLOATS = ("float32", "float64")
COMPLEX = ("complex64", "complex128")
_REAL = {"complex64": "float32", "complex128": "float64"}
ALL_DTYPES = BOOL + INTEGERS + FLOAT8 + HALVES + FLOATS + COMPLEX
ARITHMETIC = BOOL + INTEGERS + HALVES + FLOATS + COMPLEX

# How tensors of the same elements may lie in memory; "expanded" repeats the first entry of the first dimension.
LAYOUTS = ("contiguous", "transposed", "sliced", "expanded")


@dataclass(frozen=True)
class DTypeName:
    """A dtype among the arguments of a sample; with no name, the dtype under test."""

    name: str | None = None


@dataclass(frozen=True)
class Typed:
    """A tensor of a dtype of its own among the arguments of a sample: indices, masks, targets."""

    array: Array
    dtype: str


@dataclass(frozen=True)
class Sample:
    """One call. Arrays stand for tensors of the dtype under test."""

    args: tuple[Any, ...]
    kwargs: Mapping[str, Any] = field(default_factory=dict[str, Any])


# From a dtype name to the calls to make with it.
Samples = Callable[[str], Iterator[Sample]]


@dataclass(frozen=True)
class ErrorCase:
    """A call that must raise `error` with a message that the regular expression `match` finds something in.

    A fault of elements, which nobody waits for a device to see, is found on the CPU alone.
    """

    sample: Sample
    error: type[Exception]
    match: str
    dtype: str = "float32"
    is_of_elements: bool = False


@dataclass(frozen=True)
class OpRow:
    """All that tests know of one operator.

    Attributes
    ----------
    name : str
        With its overload, as in a schema: "sum.dims".
    samples : callable
        From a dtype name to the calls to make with it.
    reference : callable
        The same call on arrays: float64 or complex128 for floating and complex dtypes, the dtype itself for integers.
    dtypes : tuple of str
        What the operator accepts; every other dtype must raise.
    result_dtype : callable, optional
        From the dtype under test and a sample to the dtype of the result, or a tuple of them where the operator has several
        results, in which the reference returns a tuple too. Default: the dtype under test.
    layouts : tuple of str
        Those the reference is valid for.
    differentiable : bool
        Whether it has a derivative, of its own or through the operators it is composed of.
    twice_differentiable : bool
        Whether its derivative has one; otherwise asking for it must raise NotImplementedError.
    checked_results : tuple of int
        Of an operator with several results, those that are compared; others only have to have the right shape.
    written : tuple of int
        Positions of the arguments that an operator without results writes; the reference returns a tuple of what their
        tensors hold afterwards.
    writes_elements : bool
        False for in-place forms that only change sizes and strides, so that elements may share memory.
    has_contents : bool
        False when the elements of the result are not defined.
    to_domain : callable, optional
        From any tensor, by operators, to one that the first argument may be: a symmetric matrix. Derivatives are taken through it.
    cuda_library : str
        NVIDIA's library that computes it on CUDA devices, without which every call that needs it there must raise
        NotImplementedError.
    device_atol : mapping of str to float
        By dtype, the absolute difference that a device may have from the CPU where it rounds what the CPU keeps exact.
    is_view : bool
        The result shares memory with the first argument in every sample.
    errors : tuple of ErrorCase
    """

    name: str
    samples: Samples
    reference: Callable[..., Any]
    dtypes: tuple[str, ...] = ALL_DTYPES
    result_dtype: Callable[[str, Sample], str | tuple[str, ...]] | None = None
    layouts: tuple[str, ...] = LAYOUTS
    differentiable: bool = False
    twice_differentiable: bool = True
    checked_results: tuple[int, ...] = tuple(range(16))
    written: tuple[int, ...] = ()
    writes_elements: bool = True
    has_contents: bool = True
    to_domain: Callable[[Any], Any] | None = None
    cuda_library: str = ""
    device_atol: Mapping[str, float] = field(default_factory=dict[str, float])
    is_view: bool = False
    errors: tuple[ErrorCase, ...] = ()

    @property
    def function(self) -> Any:
        """The operator, callable on tensors."""
        return getattr(vt.ops, self.name.partition(".")[0])

    @property
    def flags(self) -> tuple[str, ...]:
        """Flags of this overload, as the operator lists them."""
        schemas = [schema.partition("(")[0] for schema in self.function.schemas]
        return self.function.flags[schemas.index(self.name)]

    @property
    def is_in_place_only(self) -> bool:
        """Whether the operator has only the form that writes its first argument."""
        return self.name.partition(".")[0].endswith("_")

    def outcome(self, result: Any, args: tuple[Any, ...]) -> Any:
        """What a call on `args` that returned `result` is judged by: the result, or the tensors it wrote."""
        if not self.written:
            return result
        assert result is None
        lists = [args[i] if isinstance(args[i], tuple) else (args[i],) for i in self.written]
        return tuple(tensor for each in lists for tensor in each)

    def expected_dtype(self, dtype: str, sample: Sample) -> str | tuple[str, ...]:
        """Name of the dtype of the result, or a tuple of names for several."""
        return self.result_dtype(dtype, sample) if self.result_dtype else dtype


def real_of(dtype: str) -> str:
    """Return the dtype of the parts of complex numbers, and any other itself."""
    return _REAL.get(dtype, dtype)


def sample_values(shape: tuple[int, ...], dtype: str, seed: int = 0) -> Array:
    """Elements that `dtype` holds exactly, as float64, complex128, bool or the integer dtype itself."""
    generator = np.random.default_rng(seed)
    if dtype == "bool":
        return generator.integers(0, 2, shape).astype(np.bool_)
    if dtype in INTEGERS:
        low = 0 if dtype.startswith("u") else -9
        return generator.integers(low, 10, shape).astype(dtype)
    if dtype in COMPLEX:
        part = np.float32 if dtype == "complex64" else np.float64
        pair = generator.standard_normal((2, *shape)).astype(part)
        return np.asarray(pair[0] + 1j * pair[1]).astype(np.complex128)
    if dtype in FLOATS:
        return generator.standard_normal(shape).astype(dtype).astype(np.float64)
    return np.asarray(generator.integers(-7, 8, shape) / 4, dtype=np.float64)


def lay_out(array: Array, dtype: str, layout: str) -> tuple[Array, Any]:
    """A CPU tensor of the elements of `array` in the given layout, and the elements it really has."""
    if layout == "expanded" and array.ndim > 0 and array.shape[0] > 0:
        return np.broadcast_to(array[:1], array.shape), _dense(array[:1], dtype).expand(array.shape)
    if layout == "transposed" and array.ndim > 1:
        return array, vt.ops.permute(_dense(array.T, dtype), list(range(array.ndim))[::-1])
    if layout == "sliced" and array.ndim > 0:
        last = array.ndim - 1
        wide = np.zeros((*array.shape[:last], 2 * array.shape[last] + 1), dtype=array.dtype)
        wide[..., 1::2] = array
        return array, vt.ops.slice(_dense(wide, dtype), last, 1, None, 2)
    return array, _dense(array, dtype)


def _dense(array: Array, dtype: str) -> Any:
    exact = {"uint8": np.uint8, "complex64": np.complex64}.get(dtype)
    source = np.ascontiguousarray(array if exact is None else array.astype(exact)).reshape(array.shape)
    return vt.from_numpy(source.copy()).to(dtype=getattr(vt, dtype))


def is_array(value: Any) -> TypeGuard[Array]:
    """Whether an argument of a sample stands for a tensor of the dtype under test."""
    return isinstance(value, np.ndarray)


def _map(value: Any, convert: Callable[[Any], Any]) -> Any:
    if isinstance(value, tuple):
        return tuple(_map(item, convert) for item in value)  # pyright: ignore[reportUnknownVariableType]
    return convert(value)


def build(sample: Sample, dtype: str, layout: str = "contiguous", device: Any = None) -> tuple[Sample, Sample]:
    """The sample with tensors for arrays and dtype objects for names, and the sample for the reference.

    Parameters
    ----------
    sample : Sample
    dtype : str
        The dtype under test.
    layout : str
        One of `LAYOUTS`, for all tensors.
    device : device, optional
        Where the tensors go; the CPU by default.
    """
    elements: list[Array] = []

    def convert(value: Any) -> Any:
        if isinstance(value, Typed):
            tensor = _dense(value.array, value.dtype)
            return tensor if device is None else tensor.to(device=device)
        if is_array(value):
            array, tensor = lay_out(value, dtype, layout)
            elements.append(array)
            return tensor if device is None else tensor.to(device=device)
        if isinstance(value, DTypeName):
            return getattr(vt, value.name or dtype)
        return value

    def keep(value: Any) -> Any:
        if isinstance(value, Typed):
            return value.array
        if is_array(value):
            return elements.pop(0)
        return value.name or dtype if isinstance(value, DTypeName) else value

    tensors = Sample(_map(sample.args, convert), {k: _map(v, convert) for k, v in sample.kwargs.items()})
    return tensors, Sample(_map(sample.args, keep), {k: _map(v, keep) for k, v in sample.kwargs.items()})


def reference_arguments(sample: Sample) -> Sample:
    """The sample with copies of its arrays, for references that write."""
    return Sample(_map(sample.args, lambda v: v.copy() if is_array(v) else v), dict(sample.kwargs))


# Sizes that samples on one tensor go through.
SHAPES = ((), (3,), (2, 3), (0, 3), (4, 1, 5), (2, 3, 2, 2, 2), (300,))


def of_each_shape(*args: Any, **kwargs: Any) -> Samples:
    """Calls whose first argument is a tensor of each shape."""

    def samples(dtype: str) -> Iterator[Sample]:
        for seed, shape in enumerate(SHAPES):
            yield Sample((sample_values(shape, dtype, seed), *args), kwargs)

    return samples


def calls_on(shape: tuple[int, ...], *calls: tuple[Any, ...]) -> Samples:
    """Calls on one tensor of `shape` with each list of further arguments."""

    def samples(dtype: str) -> Iterator[Sample]:
        for seed, further in enumerate(calls):
            yield Sample((sample_values(shape, dtype, seed), *further))

    return samples


def calls(*samples: Sample) -> Samples:
    """The same calls for every dtype."""
    return lambda _: iter(samples)


def error(error: type[Exception], match: str, *args: Any, **kwargs: Any) -> ErrorCase:
    """A failing call on float32."""
    return ErrorCase(Sample(args, kwargs), error, match)


def error_of_elements(error: type[Exception], match: str, *args: Any, **kwargs: Any) -> ErrorCase:
    """A call on float32 that fails on the CPU for the elements it is given."""
    return ErrorCase(Sample(args, kwargs), error, match, is_of_elements=True)


def unchanged(x: Array) -> Array:
    """The reference of operators that keep every element."""
    return x
