# SPDX-License-Identifier: Apache-2.0
"""Jacobians row by row or column by column, and Hessians as Jacobians of gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import vt_core as vt

from vt_autograd._arguments import Tensors, as_inputs, as_tuple, check_outputs, detached, gradients, scalar_output
from vt_autograd._C import enable_grad
from vt_autograd.forward_ad import dual_level, make_dual, unpack_dual

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Blocks", "hessian", "jacobian"]

# One block per output and input, tuples where those were tuples.
Blocks: TypeAlias = "vt.Tensor | tuple[vt.Tensor, ...] | tuple[tuple[vt.Tensor, ...], ...]"

_STRATEGIES = ("forward-mode", "reverse-mode")


def jacobian(
    func: Callable[..., Tensors],
    inputs: Tensors,
    create_graph: bool = False,
    strict: bool = False,
    vectorize: bool = False,
    strategy: str = "reverse-mode",
) -> Any:
    """Compute the Jacobian of `func`.

    Parameters
    ----------
    func : callable
        Takes the inputs, returns a tensor or a tuple of tensors.
    inputs : Tensor or tuple of Tensor
    create_graph : bool
        Record the Jacobian, so that it can be differentiated.
    strict : bool
        Raise where an output does not depend on an input, instead of returning zeros. In reverse mode only.
    vectorize : bool
        Accepted, and gives the same: rows and columns are computed one after the other.
    strategy : str
        "reverse-mode" runs a backward per element of the outputs, "forward-mode" the function per element of the inputs.

    Returns
    -------
    Tensor, tuple of Tensor, or tuple of tuple of Tensor
        The derivative of output i by input j has the sizes of the output, then those of the input. It is indexed ``[i][j]``,
        without the index of what is no tuple.

    Raises
    ------
    TypeError
        If an input or an output is no tensor.
    ValueError
        If `strategy` is neither of the two.
    RuntimeError
        In strict mode, for what does not depend on the inputs; and for strict mode with "forward-mode" or `vectorize`.

    Examples
    --------
    >>> import vt_core as vt
    >>> from vt_autograd.functional import jacobian
    >>> jacobian(lambda x: x * x, vt.tensor([1.0, 2.0]))
    tensor([[2., 0.],
            [0., 4.]])
    """
    if strategy not in _STRATEGIES:
        raise ValueError(f"jacobian: Expected strategy to be either 'forward-mode' or 'reverse-mode', got {strategy!r}")
    if strict and (vectorize or strategy == "forward-mode"):
        option = "vectorize=True" if vectorize else "strategy='forward-mode'"
        raise RuntimeError(f"jacobian: strict=True and {option} are not supported together; set strict=False")
    is_tuple, given = as_tuple(inputs, "inputs", "jacobian")
    if strategy == "forward-mode":
        is_output_tuple, blocks = _by_columns(func, given, create_graph)
    else:
        is_output_tuple, blocks = _by_rows(func, given, create_graph, strict)
    rows = tuple(detached(row, create_graph) for row in blocks)
    if not is_tuple:
        return tuple(row[0] for row in rows) if is_output_tuple else rows[0][0]
    return rows if is_output_tuple else rows[0]


def hessian(
    func: Callable[..., vt.Tensor],
    inputs: Tensors,
    create_graph: bool = False,
    strict: bool = False,
    vectorize: bool = False,
    outer_jacobian_strategy: str = "reverse-mode",
) -> Any:
    """Compute the Hessian of `func`, which must return one tensor of one element.

    Parameters
    ----------
    func, inputs, create_graph, strict, vectorize
        As in `jacobian`.
    outer_jacobian_strategy : str
        How the gradient is differentiated: "reverse-mode" or "forward-mode". The gradient itself is computed in reverse mode.

    Returns
    -------
    Tensor or tuple of tuple of Tensor
        The block ``[i][j]`` of second derivatives by inputs i and j has the sizes of the first, then of the second.

    Raises
    ------
    TypeError, ValueError, RuntimeError
        As in `jacobian`; RuntimeError as well if `func` returns anything but one tensor of one element.
    """
    is_tuple, given = as_tuple(inputs, "inputs", "hessian")
    if outer_jacobian_strategy not in _STRATEGIES:
        raise ValueError(
            f"hessian: Expected strategy to be either 'forward-mode' or 'reverse-mode', got {outer_jacobian_strategy!r}"
        )

    def output(*point: vt.Tensor) -> vt.Tensor:
        return scalar_output(func(*point), "hessian", strict).reshape(())

    def gradient(*point: vt.Tensor) -> tuple[vt.Tensor, ...]:
        # What does not require grad would be detached, and with it the tangents would go.
        recorded = tuple(x if x.requires_grad else x.requires_grad_() for x in point)
        slopes: tuple[vt.Tensor, ...] = jacobian(output, recorded, create_graph=True)
        for index, slope in enumerate(slopes):
            if strict and not slope.requires_grad:
                raise RuntimeError(
                    "hessian: While computing the hessian, found that the jacobian of the user-provided function with respect "
                    f"to input {index} is independent of the input. This is not allowed in strict mode. You should ensure that "
                    "your function is twice differentiable and that the jacobian depends on the inputs (this would be violated "
                    "by a linear function for example)."
                )
        return slopes

    blocks = jacobian(gradient, given, create_graph, strict, vectorize, outer_jacobian_strategy)
    return blocks if is_tuple else blocks[0][0]


def _by_rows(
    func: Callable[..., Tensors], given: tuple[vt.Tensor, ...], create_graph: bool, strict: bool
) -> tuple[bool, list[tuple[vt.Tensor, ...]]]:
    with enable_grad():
        point = as_inputs(given, create_graph=create_graph, requires_grad=True)
        is_tuple, outputs = as_tuple(func(*point), "outputs of the user-provided function", "jacobian")
        check_outputs(outputs, "jacobian", strict)
        blocks: list[tuple[vt.Tensor, ...]] = []
        for i, out in enumerate(outputs):
            rows: list[list[vt.Tensor]] = [[] for _ in point]
            for unit in _units(out):
                found = gradients((out,), point, (unit,), create_graph=create_graph, retain_graph=True)
                for j, (value, x) in enumerate(zip(found, point)):
                    _check_entry(value, i, j, strict, create_graph)
                    rows[j].append(vt.ops.zeros_like(x) if value is None else value)
            blocks.append(tuple(_block(list_, out, x) for list_, x in zip(rows, point)))
    return is_tuple, blocks


def _check_entry(value: vt.Tensor | None, output: int, index: int, strict: bool, create_graph: bool) -> None:
    if strict and value is None:
        raise RuntimeError(
            f"jacobian: Output {output} of the user-provided function is independent of input {index}. This is not allowed in "
            "strict mode."
        )
    if strict and create_graph and value is not None and not value.requires_grad:
        raise RuntimeError(
            f"jacobian: The jacobian of the user-provided function is independent of input {index}. This is not allowed in "
            "strict mode when create_graph=True."
        )


def _by_columns(
    func: Callable[..., Tensors], given: tuple[vt.Tensor, ...], create_graph: bool
) -> tuple[bool, list[tuple[vt.Tensor, ...]]]:
    point = as_inputs(given, create_graph=create_graph, requires_grad=False)
    is_tuple, outputs = as_tuple(func(*point), "outputs of the user-provided function", "jacobian")
    columns: list[list[list[vt.Tensor]]] = [[[] for _ in point] for _ in outputs]
    for j, x in enumerate(point):
        for unit in _units(x):
            with dual_level():
                dual = (*point[:j], make_dual(x, unit), *point[j + 1 :])
                _, duals = as_tuple(func(*dual), "outputs of the user-provided function", "jacobian")
                for i, out in enumerate(duals):
                    value = unpack_dual(out).tangent
                    columns[i][j].append(vt.ops.zeros_like(outputs[i]) if value is None else value)
    return is_tuple, [
        tuple(_transposed_block(columns[i][j], out, x) for j, x in enumerate(point)) for i, out in enumerate(outputs)
    ]


def _units(x: vt.Tensor) -> list[vt.Tensor]:
    """Return, for each element, a tensor like `x` that is one there and zero elsewhere."""
    count = x.numel()
    units = vt.ops.eye(count, dtype=x.dtype, device=x.device).reshape((count, *x.shape))
    return [units[k] for k in range(count)]


def _block(rows: list[vt.Tensor], out: vt.Tensor, x: vt.Tensor) -> vt.Tensor:
    shape = (*out.shape, *x.shape)
    if not rows:
        return vt.ops.zeros(shape, dtype=x.dtype, device=x.device)
    return vt.ops.stack(rows).reshape(shape)


def _transposed_block(columns: list[vt.Tensor], out: vt.Tensor, x: vt.Tensor) -> vt.Tensor:
    shape = (*out.shape, *x.shape)
    if not columns:
        return vt.ops.zeros(shape, dtype=out.dtype, device=x.device)
    return vt.ops.stack(columns, -1).reshape(shape)
