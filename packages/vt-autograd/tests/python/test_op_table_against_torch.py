# SPDX-License-Identifier: Apache-2.0
"""Values and gradients of every row of the op table that PyTorch has by the same name, in float64 and complex128."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pytest
import vt_autograd as ag
import vt_core as vt
from vt_core.testing.op_table import OP_TABLE, OpRow, build

torch = pytest.importorskip("torch")

MAX_SAMPLES = 25
PRECISE = ("float64", "complex128")
# Where PyTorch differs, or its function of that name is another one.
OTHERWISE = {
    "_addmm_activation": "on the CPU PyTorch has gelu by erf, and no derivative",
    "_ctc_loss": "the alignments of an impossible target are infinite",
    "_linalg_det": "the factors of the transposed matrix",
    "_linalg_eigh": "vectors up to signs",
    "_linalg_slogdet": "the factors of the transposed matrix",
    "_linalg_svd": "vectors up to signs",
    "linalg_eigh": "vectors up to signs",
    "linalg_svd": "vectors up to signs",
    "soft_margin_loss": "PyTorch has no derivative by the target",
    "svd": "vectors up to signs",
    "_fft_c2c": "of a negative number of the normalisation",
    "_standard_gamma": "drawn, from a generator of another library",
    "_sample_dirichlet": "drawn, from a generator of another library",
    "addmv": "where nothing is multiplied PyTorch gives the sizes of the addend",
    "as_strided_scatter": "PyTorch gives the gradient of the elements that are replaced to self",
    "cholesky": "complex: the gradient on and above the diagonal is not made Hermitian",
    "cholesky_inverse": "PyTorch reads imaginary parts of the diagonal",
    "cholesky_solve": "PyTorch reads imaginary parts of the diagonal",
    "embedding_bag": "sizes of bags that are not asked for",
    "fractional_max_pool2d": "PyTorch's last region begins elsewhere",
    "fractional_max_pool3d": "PyTorch's last region begins elsewhere",
    "index": "a method of another meaning",
    "istft": "PyTorch takes the last sample that a window reaches otherwise",
    "ldexp": "zero times infinity",
    "linalg_cholesky": "complex: the gradient on and above the diagonal is not made Hermitian",
    "linalg_cholesky_ex": "complex: the gradient on and above the diagonal is not made Hermitian",
    "logcumsumexp": "complex: another branch of the logarithm",
    "lp_pool1d": "PyTorch does not take the size as a list",
    "max_unpool1d": "a function of other arguments",
    "max_unpool2d": "a function of other arguments",
    "max_unpool3d": "a function of other arguments",
    "native_dropout": "drawn, and of other arguments",
    "pdist": "PyTorch's derivative ends the process where there are no rows",
    "polar": "PyTorch's derivative is wrong for negative magnitudes",
    "scatter.reduce": "PyTorch has no derivative",
    "scatter.value_reduce": "PyTorch has no derivative",
    "floor_divide": "PyTorch has no derivative",
    "remainder.scalar": "PyTorch has no derivative",
    "igamma": "PyTorch has no derivative by the first argument",
    "igammac": "PyTorch has no derivative by the first argument",
    "_standard_gamma_grad": "PyTorch has no derivative",
    "view_as_complex_copy": "PyTorch has no derivative",
    "tensordot": "a function of other arguments",
}
# Taken as separate arguments there.
SPREAD = {"block_diag", "broadcast_tensors", "cartesian_prod", "chain_matmul"}
# How many rows have a function to be compared with, at least.
NUM_COMPARED = 380


def counterparts(name: str) -> list[Callable[..., Any]]:
    """PyTorch's functions of the same name."""
    for prefix, owner in (("linalg_", torch.linalg), ("special_", torch.special), ("fft_", torch.fft)):
        if name.startswith(prefix):
            found = getattr(owner, name.removeprefix(prefix), None)
            return [found] if found else []
    owners = (torch.Tensor,) if name.endswith("_") else (torch, torch.nn.functional, torch.Tensor)
    if name.endswith("_loss") and hasattr(torch.nn.functional, name):
        owners = (torch.nn.functional,)  # with the reduction as a word
    return [found for owner in owners if callable(found := getattr(owner, name, None))]


ROWS = [
    row
    for row in OP_TABLE
    if row.differentiable and row.name not in OTHERWISE and counterparts(row.name.partition(".")[0])
]


def argument_names(schema: str) -> list[str]:
    listed = schema.partition("(")[2].rpartition(") ->")[0]
    parts = [part.strip() for part in re.split(r",(?![^\[(]*[\])])", listed)]
    return [part.partition("=")[0].rpartition(" ")[2] for part in parts if part and part != "*"]


def theirs_of(value: Any) -> Any:
    """The same argument for PyTorch; tensors are leaves where ours require grad."""
    if isinstance(value, tuple):
        return tuple(theirs_of(item) for item in value)  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, vt.Tensor):
        twin = torch.tensor(value.detach().tolist(), dtype=getattr(torch, value.dtype.name)).reshape(tuple(value.shape))
        return twin.requires_grad_() if value.requires_grad else twin
    return getattr(torch, value.name) if type(value).__name__ == "dtype" else value


def with_leaves(value: Any, dtype: str) -> Any:
    if isinstance(value, tuple):
        return tuple(with_leaves(item, dtype) for item in value)  # pyright: ignore[reportUnknownVariableType]
    is_checked = isinstance(value, vt.Tensor) and value.dtype.name == dtype
    return value.detach().requires_grad_() if is_checked else value


def tensors_in(values: Any, kind: type) -> list[Any]:
    if isinstance(values, (tuple, list)):
        return [tensor for value in values for tensor in tensors_in(value, kind)]  # pyright: ignore[reportUnknownVariableType]
    return [values] if isinstance(values, kind) else []


def numbers(value: Any) -> list[Any]:
    """The elements in one flat list, real and imaginary parts apart."""
    flat: list[Any] = value.detach().reshape(-1).tolist()
    parts = ((number.real, number.imag) if isinstance(number, complex) else (number,) for number in flat)
    return [part for pair in parts for part in pair]


def assert_same(ours: Any, theirs: Any, what: str) -> None:
    assert tuple(ours.shape) == tuple(theirs.shape), what
    for a, b in zip(numbers(ours), numbers(theirs), strict=True):
        if math.isfinite(b):
            assert math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9), f"{what}: {a} against {b}"
        else:
            assert a == b or (math.isnan(a) and math.isnan(b)), f"{what}: {a} against {b}"


def call_theirs(row: OpRow, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """PyTorch's function by the names of our schema, which are its own mostly, or else by place."""
    if row.name in SPREAD:
        args = args[0]
    schemas = [schema for schema in row.function.schemas if schema.partition("(")[0] == row.name]
    named = dict(zip(argument_names(schemas[0]), args)) if schemas and row.name not in SPREAD else None
    failure: Exception | None = None
    for function in counterparts(row.name.partition(".")[0]):
        if named is not None:
            try:
                return function(**named, **kwargs)
            except TypeError:
                pass  # called otherwise there
        try:
            return function(*args, **kwargs)
        except Exception as error:
            failure = failure or error
    assert failure is not None
    raise failure


def writable(row: OpRow, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """A leaf cannot be written, a copy of it can."""
    return (args[0] * 1.0, *args[1:]) if row.is_in_place_only and args[0].requires_grad else args


def weighted(lib: Any, results: list[Any]) -> Any:
    """A sum in which every element, and each part of a complex one, counts otherwise."""
    total = 0.0
    for result in results:
        parts = lib.view_as_real(result) if result.dtype == lib.complex128 else result
        factors = [math.sin(1.0 + 1.7 * k) for k in range(math.prod(parts.shape))]
        total = total + (parts * lib.tensor(factors, dtype=lib.float64).reshape(tuple(parts.shape))).sum()
    return total


class Ours:
    """The names that `weighted` uses, of vt_core."""

    complex128, float64, tensor = vt.complex128, vt.float64, staticmethod(vt.tensor)
    view_as_real = staticmethod(vt.ops.view_as_real)


class Theirs:
    """The same of PyTorch."""

    complex128, float64, tensor = torch.complex128, torch.float64, staticmethod(torch.tensor)

    @staticmethod
    def view_as_real(value: Any) -> Any:
        return torch.view_as_real(value.resolve_conj())


def compare(row: OpRow, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Compare one call; False where PyTorch refuses it, or its derivative."""
    their_args, their_kwargs = theirs_of(args), {name: theirs_of(value) for name, value in kwargs.items()}
    try:
        expected = tensors_in(call_theirs(row, writable(row, their_args), their_kwargs), torch.Tensor)
    except Exception:
        return False
    results = tensors_in(row.function(*writable(row, args), **kwargs), vt.Tensor)
    pairs = list(zip(results, expected))
    assert pairs
    for i, (a, b) in enumerate(pairs):
        if i in row.checked_results and row.has_contents:
            assert_same(a, b, f"result {i}")
    differentiable = [(a, b) for a, b in pairs if a.requires_grad and b.requires_grad and a.dtype.name in PRECISE]
    if differentiable:
        try:
            weighted(Theirs, [b for _, b in differentiable]).backward()
        except (RuntimeError, IndexError):
            return False
        weighted(Ours, [a for a, _ in differentiable]).backward()
    ours = tensors_in((args, tuple(kwargs.values())), vt.Tensor)
    theirs = tensors_in((their_args, tuple(their_kwargs.values())), torch.Tensor)
    for i, (a, b) in enumerate(zip(ours, theirs, strict=True)):
        if a.requires_grad and (a.grad is not None or b.grad is not None):
            assert_same(
                vt.ops.zeros_like(a) if a.grad is None else a.grad,
                torch.zeros_like(b) + (0 if b.grad is None else b.grad),
                f"gradient of tensor {i}",
            )
    return True


def calls(row: OpRow) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    for dtype in PRECISE:
        if dtype in row.dtypes:
            for sample in islice(row.samples(dtype), MAX_SAMPLES):
                tensors, _ = build(sample, dtype)
                yield with_leaves(tensors.args, dtype), {k: with_leaves(v, dtype) for k, v in tensors.kwargs.items()}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_values_and_gradients_equal_pytorch(row: OpRow) -> None:
    assert sum(compare(row, args, kwargs) for args, kwargs in calls(row)) > 0


def test_most_rows_are_compared() -> None:
    assert len(ROWS) >= NUM_COMPARED
    assert ag.is_grad_enabled()
