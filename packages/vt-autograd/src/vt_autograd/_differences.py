# SPDX-License-Identifier: Apache-2.0
"""Jacobians in real coordinates, by central differences, by gradients and by tangents.

A complex element counts as two coordinates, its real and its imaginary part. The gradient of a real number by a complex one is,
as in PyTorch, the conjugate of the holomorphic derivative: in these coordinates it is the plain gradient, so that nothing here
knows about complex numbers but the two conversions.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeAlias

import vt_core as vt

from vt_autograd._C import grad, no_grad
from vt_autograd.forward_ad import dual_level, make_dual, unpack_dual

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "Matrix",
    "as_tensors",
    "by_gradients",
    "by_tangents",
    "coordinates",
    "describe",
    "directional",
    "from_coordinates",
    "num_coordinates",
    "numeric",
    "pattern",
    "tangents",
]

# Entry [j][i] is the derivative of coordinate j of the output by coordinate i of the input.
Matrix: TypeAlias = "list[list[float]]"


def as_tensors(result: vt.Tensor | Sequence[Any]) -> tuple[vt.Tensor, ...]:
    """Return the tensors that a function returned, alone or in a sequence."""
    return (result,) if isinstance(result, vt.Tensor) else tuple(t for t in result if isinstance(t, vt.Tensor))


def num_coordinates(tensor: vt.Tensor) -> int:
    """Return how many real numbers a tensor holds."""
    return math.prod(tensor.shape) * (2 if tensor.is_complex() else 1)


def coordinates(tensor: vt.Tensor) -> list[float]:
    """Return the real numbers that a tensor holds."""
    real = vt.ops.view_as_real(tensor.detach().resolve_conj()) if tensor.is_complex() else tensor.detach()
    flat = real.reshape((num_coordinates(tensor),)).tolist()
    return [float(value) for value in flat]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def from_coordinates(values: list[float], like: vt.Tensor) -> vt.Tensor:
    """Return a tensor of the sizes and dtype of `like` that holds `values`."""
    shape = tuple(like.shape)
    if like.is_complex():
        return vt.ops.view_as_complex(vt.tensor(values, dtype=vt.float64).reshape((*shape, 2))).to(dtype=like.dtype)
    return vt.tensor(values, dtype=vt.float64).reshape(shape).to(dtype=like.dtype)


def describe(tensor: vt.Tensor, coordinate: int) -> str:
    """Return a name of a coordinate for messages."""
    if not tensor.is_complex():
        return f"element {coordinate}"
    return f"the {('real', 'imaginary')[coordinate % 2]} part of element {coordinate // 2}"


def pattern(like: vt.Tensor, seed: float) -> vt.Tensor:
    """Return fixed numbers of no particular pattern."""
    return from_coordinates([math.sin(seed + 1.3 * k) for k in range(num_coordinates(like))], like)


def _replaced(arguments: tuple[Any, ...], index: int, value: vt.Tensor) -> tuple[Any, ...]:
    return (*arguments[:index], value, *arguments[index + 1 :])


def numeric(func: Callable[..., Any], arguments: tuple[Any, ...], index: int, eps: float) -> list[Matrix]:
    """Return the Jacobian of each output by one input, by central differences."""
    point = coordinates(arguments[index])

    def evaluate(k: int, step: float) -> list[list[float]]:
        moved = point.copy()
        moved[k] += step
        with no_grad():
            return [
                coordinates(out)
                for out in as_tensors(func(*_replaced(arguments, index, from_coordinates(moved, arguments[index]))))
            ]

    columns: list[list[list[float]]] = []
    for k in range(len(point)):
        low, high = evaluate(k, -eps), evaluate(k, eps)
        columns.append([[(y - x) / (2 * eps) for x, y in zip(a, b)] for a, b in zip(low, high)])
    return _by_output(columns)


def _by_output(columns: list[list[list[float]]]) -> list[Matrix]:
    if not columns:
        return []
    return [[[column[j][r] for column in columns] for r in range(len(columns[0][j]))] for j in range(len(columns[0]))]


def by_gradients(output: vt.Tensor, x: vt.Tensor) -> Matrix:
    """Return the Jacobian of an output by an input, one gradient per row."""
    num_rows = num_coordinates(output)
    if not output.requires_grad:
        return [[0.0] * num_coordinates(x) for _ in range(num_rows)]
    rows: Matrix = []
    for k in range(num_rows):
        unit = [0.0] * num_rows
        unit[k] = 1.0
        (gradient,) = grad(output, x, from_coordinates(unit, output), retain_graph=True, allow_unused=True)
        rows.append([0.0] * num_coordinates(x) if gradient is None else coordinates(gradient))
    return rows


def tangents(
    func: Callable[..., Any], arguments: tuple[Any, ...], directions: dict[int, vt.Tensor]
) -> list[list[float]]:
    """Return the coordinates of the tangent of each output, zeros where it has none."""
    with dual_level():
        duals = tuple(make_dual(x.detach(), directions[i]) if i in directions else x for i, x in enumerate(arguments))
        found: list[list[float]] = []
        for out in as_tensors(func(*duals)):
            tangent = unpack_dual(out).tangent
            found.append([0.0] * num_coordinates(out) if tangent is None else coordinates(tangent))
    return found


def by_tangents(func: Callable[..., Any], arguments: tuple[Any, ...], index: int) -> list[Matrix]:
    """Return the Jacobian of each output by one input, one tangent per column."""
    count = num_coordinates(arguments[index])
    columns: list[list[list[float]]] = []
    for k in range(count):
        unit = [0.0] * count
        unit[k] = 1.0
        columns.append(tangents(func, arguments, {index: from_coordinates(unit, arguments[index])}))
    return _by_output(columns)


def directional(
    func: Callable[..., Any], arguments: tuple[Any, ...], directions: dict[int, vt.Tensor], eps: float
) -> list[list[float]]:
    """Return the derivative of each output in one direction, by a central difference."""

    def evaluate(step: float) -> list[list[float]]:
        moved = [x.detach() + directions[i] * step if i in directions else x for i, x in enumerate(arguments)]
        with no_grad():
            return [coordinates(out) for out in as_tensors(func(*moved))]

    return [[(y - x) / (2 * eps) for x, y in zip(a, b)] for a, b in zip(evaluate(-eps), evaluate(eps))]
