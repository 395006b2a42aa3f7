# SPDX-License-Identifier: Apache-2.0
"""Products with Jacobians and Hessians of functions of tensors, and these matrices themselves.

Each transform takes a function, the point as one tensor or a tuple of them, and computes at that point. Nothing is
accumulated in the `grad` of a leaf.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import vt_core as vt

from vt_autograd._arguments import (
    Tensors,
    as_inputs,
    as_tuple,
    check_outputs,
    check_v,
    detached,
    fill_in_zeros,
    gradients,
    like,
    scalar_output,
)
from vt_autograd._C import enable_grad, is_grad_enabled, set_grad_enabled
from vt_autograd._jacobian import hessian, jacobian

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["hessian", "hvp", "jacobian", "jvp", "vhp", "vjp"]

_OUTPUTS = "outputs of the user-provided function"


def vjp(
    func: Callable[..., Tensors],
    inputs: Tensors,
    v: Tensors | None = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Tensors, Tensors]:
    """Compute the product of a vector with the Jacobian of `func`, by one backward.

    Parameters
    ----------
    func : callable
        Takes the inputs, returns a tensor or a tuple of tensors.
    inputs : Tensor or tuple of Tensor
    v : Tensor or tuple of Tensor, optional
        Of the sizes of the outputs. May be left out for a single output of one element.
    create_graph : bool
        Record the results, so that they can be differentiated.
    strict : bool
        Raise where an output does not depend on an input, instead of returning zeros.

    Returns
    -------
    tuple
        The outputs of `func`, and the product, of the sizes of `inputs`.

    Raises
    ------
    TypeError
        If an input, an output or an entry of `v` is no tensor.
    RuntimeError
        If `v` has other sizes than the outputs, or is missing; in strict mode for what does not depend on the inputs.

    Examples
    --------
    >>> import vt_core as vt
    >>> from vt_autograd.functional import vjp
    >>> vjp(lambda x: x * x, vt.tensor([1.0, 2.0]), vt.tensor([1.0, 1.0]))[1]
    tensor([2., 4.])
    """
    with enable_grad():
        is_tuple, given = as_tuple(inputs, "inputs", "vjp")
        point = as_inputs(given, create_graph=create_graph, requires_grad=True)
        is_output_tuple, outputs = as_tuple(func(*point), _OUTPUTS, "vjp")
        check_outputs(outputs, "vjp", strict)
        vectors = None
        if v is not None:
            vectors = check_v(v, outputs, is_output_tuple, "vjp", create_graph)
        elif len(outputs) != 1 or outputs[0].numel() != 1:
            raise RuntimeError(
                "vjp: The vector v can only be None if the user-provided function returns a single Tensor with a single element."
            )
    with set_grad_enabled(create_graph or is_grad_enabled()):
        found = fill_in_zeros(
            gradients(outputs, point, vectors, create_graph=create_graph),
            point,
            strict=strict,
            create_graph=create_graph,
            independent="vjp: The output of the user-provided function is independent of input {}",
            constant="vjp: The jacobian of the user-provided function is independent of input {}",
        )
    return like(detached(outputs, create_graph), is_output_tuple), like(detached(found, create_graph), is_tuple)


def _check_direction(
    v: Tensors | None, point: tuple[vt.Tensor, ...], is_tuple: bool, function: str, create_graph: bool
) -> tuple[vt.Tensor, ...] | None:
    if v is not None:
        return check_v(v, point, is_tuple, function, create_graph)
    if len(point) != 1 or point[0].numel() != 1:
        raise RuntimeError(
            f"{function}: The vector v can only be None if the input to the user-provided function is a single Tensor with a "
            "single element."
        )
    return None


def _zeros(tensors: tuple[vt.Tensor, ...]) -> tuple[vt.Tensor, ...]:
    return tuple(vt.ops.zeros_like(x).requires_grad_() for x in tensors)


def jvp(
    func: Callable[..., Tensors],
    inputs: Tensors,
    v: Tensors | None = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Tensors, Tensors]:
    """Compute the product of the Jacobian of `func` with a vector, by a backward through a backward.

    `vt_autograd.forward_ad` computes the same in one forward pass.

    Parameters
    ----------
    func, inputs, create_graph, strict
        As in `vjp`.
    v : Tensor or tuple of Tensor, optional
        Of the sizes of the inputs. May be left out for a single input of one element.

    Returns
    -------
    tuple
        The outputs of `func`, and the product, of their sizes.

    Raises
    ------
    TypeError, RuntimeError
        As in `vjp`.
    """
    with enable_grad():
        is_tuple, given = as_tuple(inputs, "inputs", "jvp")
        point = as_inputs(given, create_graph=create_graph, requires_grad=True)
        vectors = _check_direction(v, point, is_tuple, "jvp", create_graph)
        is_output_tuple, outputs = as_tuple(func(*point), _OUTPUTS, "jvp")
        check_outputs(outputs, "jvp", strict)
        # A backward is linear in the gradient, so that its value plays no part in the backward of the backward.
        cotangents = _zeros(outputs)
        by_inputs = gradients(outputs, point, cotangents, create_graph=True)
        for index, value in enumerate(by_inputs):
            if strict and value is None:
                raise RuntimeError(
                    f"jvp: The output of the user-provided function is independent of input {index}. This is not allowed in "
                    "strict mode."
                )
    with set_grad_enabled(create_graph or is_grad_enabled()):
        found = fill_in_zeros(
            gradients(by_inputs, cotangents, vectors, create_graph=create_graph),
            outputs,
            strict=strict,
            create_graph=create_graph,
            independent="jvp: The gradient with respect to the input is independent of entry {} in the grad_outputs",
            constant="jvp: The jacobian of the user-provided function is independent of input {}",
        )
    return (
        like(detached(outputs, create_graph), is_output_tuple),
        like(detached(found, create_graph), is_output_tuple),
    )


def vhp(
    func: Callable[..., Tensors],
    inputs: Tensors,
    v: Tensors | None = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Tensors, Tensors]:
    """Compute the product of a vector with the Hessian of `func`, which must return one tensor of one element.

    Parameters
    ----------
    func, inputs, create_graph, strict
        As in `vjp`.
    v : Tensor or tuple of Tensor, optional
        Of the sizes of the inputs. May be left out for a single input of one element.

    Returns
    -------
    tuple
        The output of `func`, and the product, of the sizes of `inputs`.

    Raises
    ------
    TypeError, RuntimeError
        As in `vjp`.
    """
    with enable_grad():
        is_tuple, point, vectors, output, slopes = _slopes_at(func, inputs, v, "vhp", create_graph, strict)
    with set_grad_enabled(create_graph or is_grad_enabled()):
        found = fill_in_zeros(
            gradients(slopes, point, vectors, create_graph=create_graph),
            point,
            strict=strict,
            create_graph=create_graph,
            independent="vhp: The jacobian of the user-provided function is independent of input {}",
            constant="vhp: The hessian of the user-provided function is independent of input {}",
        )
    return detached((output,), create_graph)[0], like(detached(found, create_graph), is_tuple)


def hvp(
    func: Callable[..., Tensors],
    inputs: Tensors,
    v: Tensors | None = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Tensors, Tensors]:
    """Compute the product of the Hessian of `func` with a vector.

    The Hessian of a function with continuous second derivatives is symmetric, and `vhp` gives the same faster.

    Parameters
    ----------
    func, inputs, v, create_graph, strict
        As in `vhp`.

    Returns
    -------
    tuple
        The output of `func`, and the product, of the sizes of `inputs`.

    Raises
    ------
    TypeError, RuntimeError
        As in `vjp`.
    """
    with enable_grad():
        is_tuple, point, vectors, output, slopes = _slopes_at(func, inputs, v, "hvp", create_graph, strict)
        cotangents = _zeros(point)
        twice = gradients(slopes, point, cotangents, create_graph=True)
    with set_grad_enabled(create_graph or is_grad_enabled()):
        found = fill_in_zeros(
            gradients(twice, cotangents, vectors, create_graph=create_graph),
            point,
            strict=strict,
            create_graph=create_graph,
            independent="hvp: The hessian of the user-provided function is independent of entry {} in the grad_jacobian",
            constant="hvp: The hessian of the user-provided function is independent of input {}",
        )
    return detached((output,), create_graph)[0], like(detached(found, create_graph), is_tuple)


def _slopes_at(
    func: Callable[..., Tensors], inputs: Tensors, v: Tensors | None, function: str, create_graph: bool, strict: bool
) -> tuple[bool, tuple[vt.Tensor, ...], tuple[vt.Tensor, ...] | None, vt.Tensor, tuple[vt.Tensor | None, ...]]:
    """Where a product with a Hessian begins: whether inputs are a tuple, they, the vectors, the output and its gradients."""
    is_tuple, given = as_tuple(inputs, "inputs", function)
    point = as_inputs(given, create_graph=create_graph, requires_grad=True)
    vectors = _check_direction(v, point, is_tuple, function, create_graph)
    output = scalar_output(func(*point), function, strict)
    slopes = gradients((output,), point, create_graph=True)
    _check_slopes(slopes, function, strict)
    return is_tuple, point, vectors, output, slopes


def _check_slopes(slopes: tuple[vt.Tensor | None, ...], function: str, strict: bool) -> None:
    for index, slope in enumerate(slopes):
        if strict and slope is None:
            raise RuntimeError(
                f"{function}: The output of the user-provided function is independent of input {index}. This is not allowed in "
                "strict mode."
            )
        if strict and slope is not None and not slope.requires_grad:
            raise RuntimeError(
                f"{function}: While computing the hessian, found that the jacobian of the user-provided function with respect "
                f"to input {index} is independent of the input. This is not allowed in strict mode. You should ensure that your "
                "function is twice differentiable and that the jacobian depends on the inputs (this would be violated by a "
                "linear function for example)."
            )
