# SPDX-License-Identifier: Apache-2.0
"""What the functional transforms share: tuples in and out, inputs made ready, and what strict mode refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import vt_core as vt

from vt_autograd._C import grad

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Tensors",
    "as_inputs",
    "as_tuple",
    "check_outputs",
    "check_v",
    "detached",
    "fill_in_zeros",
    "gradients",
    "like",
    "scalar_output",
]

# What a transform takes and returns: one tensor, or a tuple of them.
Tensors: TypeAlias = "vt.Tensor | tuple[vt.Tensor, ...]"


def as_tuple(value: object, what: str, function: str) -> tuple[bool, tuple[vt.Tensor, ...]]:
    """Return whether `value` is a tuple, and its tensors."""
    is_tuple = isinstance(value, tuple)
    items: tuple[object, ...] = value if isinstance(value, tuple) else (value,)  # pyright: ignore[reportUnknownVariableType]
    tensors: list[vt.Tensor] = []
    for index, item in enumerate(items):
        if not isinstance(item, vt.Tensor):
            where = f"value at index {index}" if is_tuple else f"given {what}"
            raise TypeError(
                f"{function}: The {what} given to {function} must be either a Tensor or a tuple of Tensors but the {where} "
                f"has type {type(item)}."
            )
        tensors.append(item)
    return is_tuple, tuple(tensors)


def like(tensors: tuple[vt.Tensor, ...], is_tuple: bool) -> Tensors:
    """Return a tuple, or its only tensor, as the user gave it."""
    return tensors if is_tuple else tensors[0]


def as_inputs(tensors: tuple[vt.Tensor, ...], *, create_graph: bool, requires_grad: bool) -> tuple[vt.Tensor, ...]:
    """Return tensors of their own for a function to compute with, so that uses of the originals are told apart.

    With `create_graph`, what requires grad is a recorded view; anything else is detached.
    """
    return tuple(
        vt.ops.alias(x) if create_graph and x.requires_grad else x.detach().requires_grad_(requires_grad)
        for x in tensors
    )


def detached(tensors: tuple[vt.Tensor, ...], create_graph: bool) -> tuple[vt.Tensor, ...]:
    """Return results without a history that nobody has asked for."""
    return tensors if create_graph else tuple(x.detach() for x in tensors)


def check_v(
    v: object, others: tuple[vt.Tensor, ...], is_tuple: bool, function: str, create_graph: bool
) -> tuple[vt.Tensor, ...]:
    """Return the vector of a product, made ready; it must have the sizes of `others`."""
    _, vectors = as_tuple(v, "v", function)
    if len(vectors) != len(others):
        expected = f"v is a tuple of invalid length: should be {len(others)} but got {len(vectors)}."
        raise RuntimeError(f"{function}: {expected if is_tuple else 'The given v should contain a single Tensor.'}")
    for index, (vector, other) in enumerate(zip(vectors, others)):
        if vector.shape != other.shape:
            entry = f"Entry {index} in " if is_tuple else ""
            raise RuntimeError(
                f"{function}: {entry}v has invalid size: should be {tuple(other.shape)} but got {tuple(vector.shape)}."
            )
    return as_inputs(vectors, create_graph=create_graph, requires_grad=False)


def check_outputs(outputs: Sequence[vt.Tensor], function: str, strict: bool) -> None:
    """Refuse outputs that do not require grad, in strict mode."""
    for index, out in enumerate(outputs):
        if strict and not out.requires_grad:
            raise RuntimeError(
                f"{function}: Output {index} of the user-provided function does not require gradients. The outputs must be "
                "computed in a differentiable manner from the input when running in strict mode."
            )


def scalar_output(value: object, function: str, strict: bool) -> vt.Tensor:
    """Return the output of a function that must return one tensor of one element."""
    is_tuple, outputs = as_tuple(value, "outputs of the user-provided function", function)
    check_outputs(outputs, function, strict)
    if is_tuple:
        raise RuntimeError(f"{function}: The function given to {function} should return a single Tensor")
    if outputs[0].numel() != 1:
        raise RuntimeError(
            f"{function}: The Tensor returned by the function given to {function} should contain a single element"
        )
    return outputs[0]


def gradients(
    outputs: tuple[vt.Tensor | None, ...],
    inputs: tuple[vt.Tensor, ...],
    grad_outputs: Sequence[vt.Tensor | None] | None = None,
    *,
    create_graph: bool,
    retain_graph: bool | None = None,
) -> tuple[vt.Tensor | None, ...]:
    """Return gradients of the outputs that have any; None for inputs that no output depends on."""
    given = grad_outputs if grad_outputs is not None else (None,) * len(outputs)
    pairs = [(out, g) for out, g in zip(outputs, given) if out is not None and out.requires_grad]
    if not pairs:
        return (None,) * len(inputs)
    return grad(
        [out for out, _ in pairs],
        inputs,
        [g for _, g in pairs],
        retain_graph=retain_graph,
        create_graph=create_graph,
        allow_unused=True,
    )


def fill_in_zeros(
    found: tuple[vt.Tensor | None, ...],
    references: tuple[vt.Tensor, ...],
    *,
    strict: bool,
    create_graph: bool,
    independent: str,
    constant: str,
) -> tuple[vt.Tensor, ...]:
    """Return what was found, zeros where nothing was.

    In strict mode the first raises `independent`, and a result without a history that was asked for raises `constant`.
    """
    out: list[vt.Tensor] = []
    for index, (value, reference) in enumerate(zip(found, references)):
        if strict and value is None:
            raise RuntimeError(f"{independent.format(index)}. This is not allowed in strict mode.")
        if strict and create_graph and value is not None and not value.requires_grad:
            raise RuntimeError(f"{constant.format(index)}. This is not allowed in strict mode when create_graph=True.")
        out.append(vt.ops.zeros_like(reference) if value is None else value)
    return tuple(out)
