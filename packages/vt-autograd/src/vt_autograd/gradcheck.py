# SPDX-License-Identifier: Apache-2.0
"""Checks of derivatives against central differences, in float64."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import vt_core as vt

from vt_autograd._C import enable_grad, grad, no_grad

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    Outputs: TypeAlias = vt.Tensor | Sequence[vt.Tensor]

__all__ = ["GradcheckError", "gradcheck", "gradgradcheck"]


class GradcheckError(RuntimeError):
    """A gradient differs from central differences."""


def gradcheck(
    func: Callable[..., Outputs],
    inputs: vt.Tensor | Sequence[vt.Tensor],
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    raise_exception: bool = True,
) -> bool:
    """Compare the gradients of `func` with central differences.

    The Jacobian is built one row per output element by `grad`, and one column per input element by evaluating `func` at
    ``x - eps`` and ``x + eps``.

    Parameters
    ----------
    func : callable
        Takes the inputs, returns a tensor or a sequence of tensors. Must be deterministic and differentiable at the inputs.
    inputs : Tensor or sequence of Tensor
        Those that require grad are checked and must be float64.
    eps : float
        Step of the differences.
    atol, rtol : float
        Entries agree when they differ by at most ``atol + rtol * abs(numeric)``.
    raise_exception : bool
        Raise at a difference; otherwise return False.

    Returns
    -------
    bool
        True when all entries agree.

    Raises
    ------
    GradcheckError
        Naming the first output, input and element that disagree, with both values.
    ValueError
        If no input requires grad, or one that does is not float64.
    NotImplementedError
        If an input or output is complex.

    Examples
    --------
    >>> import vt_core as vt
    >>> import vt_autograd as ag
    >>> x = vt.tensor([1.0, 2.0], dtype=vt.float64).requires_grad_()
    >>> ag.gradcheck(lambda x: x * x, x)
    True
    """
    arguments = (inputs,) if isinstance(inputs, vt.Tensor) else tuple(inputs)
    checked = [i for i, x in enumerate(arguments) if x.requires_grad]
    if not checked:
        raise ValueError("gradcheck: no input requires grad")
    for i in checked:
        _refuse_dtype(f"input {i}", arguments[i])
    with enable_grad():
        outputs = _as_tuple(func(*arguments))
    for j, out in enumerate(outputs):
        if out.requires_grad:
            _refuse_dtype(f"output {j}", out)
    numeric = {i: _numeric_columns(func, arguments, i, eps) for i in checked}
    for j, out in enumerate(outputs):
        for i in checked:
            analytic = _analytic_rows(out, arguments[i])
            message = _first_difference(analytic, [column[j] for column in numeric[i]], atol, rtol)
            if message is None:
                continue
            if raise_exception:
                raise GradcheckError(f"gradcheck: output {j} by input {i}: {message}")
            return False
    return True


def gradgradcheck(
    func: Callable[..., Outputs],
    inputs: vt.Tensor | Sequence[vt.Tensor],
    grad_outputs: vt.Tensor | Sequence[vt.Tensor] | None = None,
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    raise_exception: bool = True,
) -> bool:
    """Compare second derivatives with central differences of the first.

    Parameters
    ----------
    func, inputs, eps, atol, rtol, raise_exception
        As in `gradcheck`.
    grad_outputs : Tensor or sequence of Tensor, optional
        Gradients of the outputs at which to check. Default: fixed numbers of no particular pattern.

    Returns
    -------
    bool
        True when all entries agree.

    Raises
    ------
    GradcheckError, ValueError, NotImplementedError
        As in `gradcheck`.
    """
    arguments = (inputs,) if isinstance(inputs, vt.Tensor) else tuple(inputs)
    with enable_grad():
        outputs = [out for out in _as_tuple(func(*arguments)) if out.requires_grad]
    if grad_outputs is None:
        gradients = [_from_list([math.sin(1.0 + k) for k in range(_numel(o))], o).requires_grad_() for o in outputs]
    else:
        gradients = list(_as_tuple(grad_outputs))
    wanted = [i for i, x in enumerate(arguments) if x.requires_grad]

    def first_order(*values: vt.Tensor) -> tuple[vt.Tensor, ...]:
        own = values[: len(arguments)]
        with enable_grad():
            own = tuple(
                x if x.requires_grad or i not in wanted else x.detach().requires_grad_() for i, x in enumerate(own)
            )
            results = [out for out in _as_tuple(func(*own)) if out.requires_grad]
            return grad(
                results,
                [own[i] for i in wanted],
                list(values[len(arguments) :]),
                create_graph=True,
                materialize_grads=True,
            )

    return gradcheck(
        first_order, (*arguments, *gradients), eps=eps, atol=atol, rtol=rtol, raise_exception=raise_exception
    )


def _as_tuple(tensors: Outputs) -> tuple[vt.Tensor, ...]:
    return (tensors,) if isinstance(tensors, vt.Tensor) else tuple(tensors)


def _refuse_dtype(what: str, tensor: vt.Tensor) -> None:
    if tensor.dtype in (vt.complex64, vt.complex128):
        raise NotImplementedError(f"gradcheck: {what} is {tensor.dtype}; complex derivatives are not checked")
    if tensor.dtype != vt.float64:
        raise ValueError(f"gradcheck: {what} is {tensor.dtype}, expected float64; differences are too coarse otherwise")


def _numel(tensor: vt.Tensor) -> int:
    return math.prod(tensor.shape)


def _to_list(tensor: vt.Tensor) -> list[float]:
    flat = tensor.detach().reshape((-1,) if _numel(tensor) else (0,)).tolist()
    return [float(value) for value in flat]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def _from_list(values: list[float], like: vt.Tensor) -> vt.Tensor:
    return vt.tensor(values, dtype=vt.float64).reshape(tuple(like.shape))


def _numeric_columns(
    func: Callable[..., Outputs], arguments: tuple[vt.Tensor, ...], index: int, eps: float
) -> list[list[list[float]]]:
    """Return, for each element of one input, the differences of every output."""
    values = _to_list(arguments[index])

    def evaluate(k: int, step: float) -> list[list[float]]:
        moved = values.copy()
        moved[k] += step
        with no_grad():
            replaced = _from_list(moved, arguments[index])
            return [_to_list(out) for out in _as_tuple(func(*arguments[:index], replaced, *arguments[index + 1 :]))]

    columns: list[list[list[float]]] = []
    for k in range(len(values)):
        low, high = evaluate(k, -eps), evaluate(k, eps)
        columns.append([[(y - x) / (2 * eps) for x, y in zip(a, b)] for a, b in zip(low, high)])
    return columns


def _analytic_rows(output: vt.Tensor, x: vt.Tensor) -> list[list[float]]:
    """Return, for each element of the output, its gradient by every element of `x`."""
    num_outputs, num_inputs = _numel(output), _numel(x)
    if not output.requires_grad:
        return [[0.0] * num_inputs for _ in range(num_outputs)]
    rows: list[list[float]] = []
    for k in range(num_outputs):
        unit = [0.0] * num_outputs
        unit[k] = 1.0
        (gradient,) = grad(output, x, _from_list(unit, output), retain_graph=True, allow_unused=True)
        rows.append([0.0] * num_inputs if gradient is None else _to_list(gradient))
    return rows


def _first_difference(analytic: list[list[float]], columns: list[list[float]], atol: float, rtol: float) -> str | None:
    for j, row in enumerate(analytic):
        for i, value in enumerate(row):
            numeric = columns[i][j]
            if not abs(value - numeric) <= atol + rtol * abs(numeric):
                return f"element {j} by element {i}: got {value}, expected {numeric} by central differences"
    return None
