# SPDX-License-Identifier: Apache-2.0
"""Products of vectors with Jacobians, from either side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import vt_core as vt
from vt_autograd.forward_ad import dual_level, make_dual, unpack_dual

from vt_torch.func._transform import Transform, check_tensors, gradients, has_level, split_aux
from vt_torch.func._tree import rebuild, same_structure

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["jvp", "vjp"]


def vjp(func: Callable[..., Any], *primals: Any, has_aux: bool = False) -> tuple[Any, ...]:
    """Return the value of `func`, and a function that multiplies vectors by its Jacobian.

    Parameters
    ----------
    func : callable
        Takes and returns tensors, or trees of them; with `has_aux` a tuple of that and anything else.
    *primals : Tensor or tree of Tensor
    has_aux : bool
        Whether `func` returns something beside its value, which is handed back.

    Returns
    -------
    tuple
        ``(output, vjp_fn)``, or ``(output, vjp_fn, aux)``. ``vjp_fn`` takes cotangents of the structure of the output, and
        returns a tuple of products, one per argument. It may be called any number of times.

    Raises
    ------
    RuntimeError
        If an argument or the output holds something that is no tensor; from ``vjp_fn``, if cotangents are built otherwise than
        the output.

    Examples
    --------
    >>> import vt_torch as torch
    >>> output, product = torch.func.vjp(torch.sin, torch.tensor([0.0, 1.0]))
    >>> product(torch.ones(2))
    (tensor([1.0000, 0.5403]),)
    """
    with Transform() as transform:
        points = [transform.input(x) for x in check_tensors(primals, "vjp: primals")]
        output, aux = split_aux(func(*rebuild(primals, iter(points))), has_aux, "vjp")
        outputs = check_tensors(output, "vjp: the output of the function")
        shown = transform.result((output, aux))

    def vjp_fn(cotangents: Any, retain_graph: bool = True, create_graph: bool | None = None) -> tuple[Any, ...]:
        del retain_graph, create_graph  # the graph is kept, and the product recorded where that can be of use
        if not same_structure(output, cotangents):
            raise RuntimeError(
                "vjp_fn: Expected pytree structure of cotangents to be the same as pytree structure of outputs"
            )
        with transform:
            found = gradients(outputs, points, check_tensors(cotangents, "vjp_fn: cotangents"))
            return transform.result(rebuild(primals, iter(found)))

    return (shown[0], vjp_fn, shown[1]) if has_aux else (shown[0], vjp_fn)


def jvp(
    func: Callable[..., Any],
    primals: tuple[Any, ...],
    tangents: tuple[Any, ...],
    *,
    strict: bool = False,
    has_aux: bool = False,
) -> tuple[Any, ...]:
    """Return the value of `func` and the product of its Jacobian with a vector.

    Within another product of this kind the vector is multiplied by a backward through a backward, as dual levels do not nest.

    Parameters
    ----------
    func : callable
        As in `vjp`.
    primals, tangents : tuple
        The arguments of `func`, and a vector of the same structure.
    strict : bool
        Raise where an output does not depend on the arguments.
    has_aux : bool
        As in `vjp`.

    Returns
    -------
    tuple
        ``(output, product)``, or ``(output, product, aux)``.

    Raises
    ------
    RuntimeError
        If `primals` and `tangents` are no tuples of one structure, or hold something that is no tensor; in strict mode.
    """
    if not isinstance(primals, tuple) or not primals:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise RuntimeError("jvp: Expected primals to be a non-empty tuple: it should be valid to call f(*primals).")
    if not same_structure(primals, tangents):
        raise RuntimeError("jvp: Expected primals and tangents to have the same python structure")
    points, vectors = check_tensors(primals, "jvp: primals"), check_tensors(tangents, "jvp: tangents")
    compute = _by_reverse if has_level() else _by_duals
    with Transform() as transform:
        output, found, aux = compute(func, primals, points, vectors, has_aux, transform)
        if strict and any(value is None for value in found):
            raise RuntimeError(
                "jvp: The output of f is independent of the inputs: got no tangent for it, which strict=True does not allow"
            )
        leaves = check_tensors(output, "jvp: the output of the function")
        product = [vt.ops.zeros_like(out) if value is None else value for out, value in zip(leaves, found)]
        result = transform.result((output, rebuild(output, iter(product)), aux))
    return result if has_aux else result[:2]


def _by_duals(
    func: Callable[..., Any],
    primals: tuple[Any, ...],
    points: list[vt.Tensor],
    vectors: list[vt.Tensor],
    has_aux: bool,
    transform: Transform,
) -> tuple[Any, list[vt.Tensor | None], Any]:
    del transform
    with dual_level():
        duals = [make_dual(x, v) for x, v in zip(points, vectors)]
        output, aux = split_aux(func(*rebuild(primals, iter(duals))), has_aux, "jvp")
        parts = [unpack_dual(out) for out in check_tensors(output, "jvp: the output of the function")]
    return rebuild(output, iter([part.primal for part in parts])), [part.tangent for part in parts], aux


def _by_reverse(
    func: Callable[..., Any],
    primals: tuple[Any, ...],
    points: list[vt.Tensor],
    vectors: list[vt.Tensor],
    has_aux: bool,
    transform: Transform,
) -> tuple[Any, list[vt.Tensor | None], Any]:
    own = [transform.input(x) for x in points]
    output, aux = split_aux(func(*rebuild(primals, iter(own))), has_aux, "jvp")
    outputs = check_tensors(output, "jvp: the output of the function")
    weights = [transform.input(vt.ops.zeros_like(out.detach())) for out in outputs]
    by_points = gradients(outputs, own, weights)
    found: list[vt.Tensor | None] = list(gradients(by_points, weights, vectors))
    return output, [value if out.requires_grad else None for out, value in zip(outputs, found)], aux
