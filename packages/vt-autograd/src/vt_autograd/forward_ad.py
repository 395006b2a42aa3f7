# SPDX-License-Identifier: Apache-2.0
"""Forward-mode differentiation with dual numbers.

A dual number is a tensor with a tangent. Operations on dual numbers give dual numbers whose tangents are the derivatives of
the results in the direction of the tangents that went in: one run of a function gives its value and a Jacobian-vector product.
Tangents may require grad, and so may the tensors that carry them, so either mode differentiates the other.
"""

from __future__ import annotations

from contextlib import ContextDecorator
from typing import TYPE_CHECKING, NamedTuple

from vt_autograd import _C

if TYPE_CHECKING:
    from vt_core import Tensor

__all__ = ["UnpackedDualTensor", "dual_level", "enter_dual_level", "exit_dual_level", "make_dual", "unpack_dual"]


class UnpackedDualTensor(NamedTuple):
    """What a dual number consists of."""

    primal: Tensor
    tangent: Tensor | None


def enter_dual_level() -> int:
    """Open a dual level for the calling thread.

    Returns
    -------
    int
        The level, 0: levels do not nest.

    Raises
    ------
    RuntimeError
        If the thread has one open.
    """
    _C._enter_dual_level()  # pyright: ignore[reportPrivateUsage]
    return 0


def exit_dual_level(*, level: int | None = None) -> None:
    """Close the calling thread's dual level, which takes away every tangent made in it.

    Parameters
    ----------
    level : int, optional
        The level to close, which must be the open one.

    Raises
    ------
    RuntimeError
        If no level is open, or another than `level`.
    """
    if level is not None and level != _current_level():
        raise RuntimeError(
            "exit_dual_level: Trying to exit a forward AD level that was not the last one that was created. This is not "
            f"supported: got level {level}, expected {_current_level()}"
        )
    _C._exit_dual_level()  # pyright: ignore[reportPrivateUsage]


def make_dual(tensor: Tensor, tangent: Tensor, *, level: int | None = None) -> Tensor:
    """Return a dual number: a view of `tensor` that carries `tangent`.

    The view is recorded, so gradients flow through it to `tensor`. The tangent is kept as it is where its strides are those of
    `tensor`, so an in-place operation on the dual number writes to it; otherwise it is copied, and recorded.

    Parameters
    ----------
    tensor : Tensor
        Of a floating point or complex dtype, without a tangent.
    tangent : Tensor
        Of the sizes, dtype and device of `tensor`, without a tangent of its own.
    level : int, optional
        The open level.

    Raises
    ------
    RuntimeError
        If no level is open, the two do not fit, or one of them has a tangent.
    ValueError
        If one is neither floating point nor complex.

    Examples
    --------
    >>> import vt_core as vt
    >>> from vt_autograd import forward_ad as fwAD
    >>> with fwAD.dual_level():
    ...     x = fwAD.make_dual(vt.tensor([1.0, 2.0]), vt.tensor([1.0, 0.0]))
    ...     fwAD.unpack_dual((x * x).sum()).tangent
    tensor(2.)
    """
    if (_current_level() if level is None else level) < 0:
        raise RuntimeError(
            "make_dual: Trying to create a dual Tensor for forward AD but no level exists, make sure to "
            "enter_dual_level() first."
        )
    for what, given in (("primal", tensor), ("tangent", tangent)):
        if not (given.is_floating_point() or given.is_complex()):
            raise ValueError(f"make_dual: Expected {what} to be floating point or complex, but got: {given.dtype}")
    return _C._make_dual(tensor, tangent)  # pyright: ignore[reportPrivateUsage]


def unpack_dual(tensor: Tensor, *, level: int | None = None) -> UnpackedDualTensor:
    """Return the value and the tangent of a dual number.

    Parameters
    ----------
    tensor : Tensor
        A dual number, or any other tensor.
    level : int, optional
        The open level.

    Returns
    -------
    UnpackedDualTensor
        ``primal``, a recorded view of `tensor` without a tangent, and ``tangent``, which is None where there is none. Outside
        of a level `tensor` itself and None.
    """
    if (_current_level() if level is None else level) < 0:
        return UnpackedDualTensor(tensor, None)
    return UnpackedDualTensor(*_C._unpack_dual(tensor))  # pyright: ignore[reportPrivateUsage]


class dual_level(ContextDecorator):  # noqa: N801
    """A dual level for the length of a block, or of a function that it decorates.

    Examples
    --------
    >>> import vt_core as vt
    >>> from vt_autograd import forward_ad as fwAD
    >>> with fwAD.dual_level():
    ...     y = fwAD.make_dual(vt.ones((2,)), vt.ones((2,))).exp()
    >>> fwAD.unpack_dual(y).tangent is None
    True
    """

    def __enter__(self) -> int:
        return enter_dual_level()

    def __exit__(self, *exception: object) -> None:
        exit_dual_level()


def _current_level() -> int:
    return 0 if _C._has_dual_level() else -1  # pyright: ignore[reportPrivateUsage]
