# SPDX-License-Identifier: Apache-2.0
"""Checks of derivatives against central differences, in float64 and complex128."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import vt_core as vt

from vt_autograd._C import enable_grad, grad
from vt_autograd._differences import as_tensors, pattern
from vt_autograd._gradcheck import Check, GradcheckError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Outputs: TypeAlias = vt.Tensor | Sequence[Any]

__all__ = ["GradcheckError", "gradcheck", "gradgradcheck"]


def gradcheck(
    func: Callable[..., Outputs],
    inputs: vt.Tensor | Sequence[Any],
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    raise_exception: bool = True,
    nondet_tol: float = 0.0,
    check_undefined_grad: bool = True,
    check_grad_dtypes: bool = False,
    check_batched_grad: bool = False,
    check_batched_forward_grad: bool = False,
    check_forward_ad: bool = False,
    check_backward_ad: bool = True,
    fast_mode: bool = False,
    masked: bool | None = None,
) -> bool:
    """Compare the gradients of `func` with central differences.

    The Jacobian is built one row per output element by `grad`, and one column per input element by evaluating `func` at
    ``x - eps`` and ``x + eps``. Of a complex element the real and the imaginary part are checked apart, with gradients in
    PyTorch's convention: conjugates of holomorphic derivatives.

    Parameters
    ----------
    func : callable
        Takes the inputs, returns a tensor or a sequence of tensors. Must be deterministic and differentiable at the inputs.
    inputs : Tensor or sequence
        Tensors that require grad are checked and must be float64 or complex128.
    eps : float
        Step of the differences.
    atol, rtol : float
        Entries agree when they differ by at most ``atol + rtol * abs(numeric)``.
    raise_exception : bool
        Raise at a difference; otherwise return False.
    nondet_tol : float
        By how much the gradients of two backward passes over one graph may differ.
    check_undefined_grad : bool
        Check that outputs without a gradient, one or all of them, count as outputs with a gradient of zero.
    check_grad_dtypes : bool
        Check that gradients have the dtype of their inputs.
    check_batched_grad : bool
        Check that ``grad(..., is_grads_batched=True)`` gives what its entries give one by one.
    check_batched_forward_grad : bool
        Refused: there is no vectorising map.
    check_forward_ad : bool
        Compare tangents of dual numbers too, one column per input element.
    check_backward_ad : bool
        Compare gradients. One of the two must be asked for.
    fast_mode : bool
        Compare one product of the Jacobian with two fixed vectors instead of its entries.
    masked : bool, optional
        Accepted for PyTorch's sake: it concerns sparse tensors alone.

    Returns
    -------
    bool
        True when all entries agree.

    Raises
    ------
    GradcheckError
        Naming the first output, input and element that disagree, with both values.
    ValueError
        If no input requires grad, one that does is neither float64 nor complex128, or nothing is to be checked.
    NotImplementedError
        If `check_batched_forward_grad` is asked for.

    Examples
    --------
    >>> import vt_core as vt
    >>> import vt_autograd as ag
    >>> x = vt.tensor([1.0, 2.0], dtype=vt.float64).requires_grad_()
    >>> ag.gradcheck(lambda x: x * x, x, check_forward_ad=True)
    True
    """
    del masked
    if check_batched_forward_grad:
        raise NotImplementedError(
            "gradcheck: check_batched_forward_grad needs a vectorising map, which there is none of"
        )
    if not (check_forward_ad or check_backward_ad):
        raise ValueError("gradcheck: nothing to check: set check_forward_ad or check_backward_ad")
    arguments: tuple[Any, ...] = (inputs,) if isinstance(inputs, vt.Tensor) else tuple(inputs)
    check = Check(func, arguments, eps=eps, atol=atol, rtol=rtol)
    try:
        if check_backward_ad:
            check.gradients(fast_mode)
        if check_forward_ad:
            check.tangents(fast_mode)
        if check_backward_ad:
            check.determinism(nondet_tol)
            if check_grad_dtypes:
                check.dtypes()
            if check_undefined_grad:
                check.undefined_gradients()
            if check_batched_grad:
                check.batches()
    except GradcheckError:
        if raise_exception:
            raise
        return False
    return True


def gradgradcheck(
    func: Callable[..., Outputs],
    inputs: vt.Tensor | Sequence[Any],
    grad_outputs: vt.Tensor | Sequence[vt.Tensor] | None = None,
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    gen_non_contig_grad_outputs: bool = False,
    raise_exception: bool = True,
    nondet_tol: float = 0.0,
    check_undefined_grad: bool = True,
    check_grad_dtypes: bool = False,
    check_batched_grad: bool = False,
    check_fwd_over_rev: bool = False,
    check_rev_over_rev: bool = True,
    fast_mode: bool = False,
    masked: bool = False,
) -> bool:
    """Compare second derivatives with central differences of the first.

    Parameters
    ----------
    func, inputs, eps, atol, rtol, raise_exception, nondet_tol, check_undefined_grad, check_grad_dtypes, check_batched_grad
        As in `gradcheck`.
    grad_outputs : Tensor or sequence of Tensor, optional
        Gradients of the outputs at which to check. Default: fixed numbers of no particular pattern.
    gen_non_contig_grad_outputs : bool
        Lay the default gradients out with gaps.
    check_fwd_over_rev : bool
        Differentiate the gradients by tangents.
    check_rev_over_rev : bool
        Differentiate them by a second backward. One of the two must be asked for.
    fast_mode, masked
        As in `gradcheck`.

    Returns
    -------
    bool
        True when all entries agree.

    Raises
    ------
    GradcheckError, ValueError
        As in `gradcheck`.
    """
    arguments: tuple[Any, ...] = (inputs,) if isinstance(inputs, vt.Tensor) else tuple(inputs)
    with enable_grad():
        outputs = [out for out in as_tensors(func(*arguments)) if out.requires_grad]
    if grad_outputs is None:
        gradients = [_default_gradient(out, gen_non_contig_grad_outputs).requires_grad_() for out in outputs]
    else:
        gradients = list(as_tensors(grad_outputs))
    wanted = [i for i, x in enumerate(arguments) if isinstance(x, vt.Tensor) and x.requires_grad]

    def first_order(*values: Any) -> tuple[vt.Tensor, ...]:
        own = list(values[: len(arguments)])
        with enable_grad():
            for i in wanted:
                if not own[i].requires_grad:
                    own[i] = vt.ops.alias(own[i]).requires_grad_()  # which keeps a tangent, as detach does not
            results = [out for out in as_tensors(func(*own)) if out.requires_grad]
            return grad(
                results,
                [own[i] for i in wanted],
                list(values[len(arguments) :]),
                create_graph=True,
                materialize_grads=True,
            )

    return gradcheck(
        first_order,
        (*arguments, *gradients),
        eps=eps,
        atol=atol,
        rtol=rtol,
        raise_exception=raise_exception,
        nondet_tol=nondet_tol,
        check_undefined_grad=check_undefined_grad,
        check_grad_dtypes=check_grad_dtypes,
        check_batched_grad=check_batched_grad,
        check_forward_ad=check_fwd_over_rev,
        check_backward_ad=check_rev_over_rev,
        fast_mode=fast_mode,
        masked=masked,
    )


def _default_gradient(out: vt.Tensor, with_gaps: bool) -> vt.Tensor:
    numbers = pattern(out, 1.0)
    if not with_gaps or not out.shape:
        return numbers
    return vt.ops.stack([numbers, numbers], -1).select(-1, 0).detach()
