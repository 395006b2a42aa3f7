# SPDX-License-Identifier: Apache-2.0
"""inference_mode: nothing is recorded, no view is tracked, and what is made is marked for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vt_autograd import _C
from vt_autograd._decorate import decorate_with

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["inference_mode"]

_native: Any = _C


class inference_mode:  # noqa: N801
    """Nothing is recorded within the ``with`` block or the decorated function, in the calling thread.

    Unlike `no_grad`, tensors made inside are inference tensors, and so are views of them: ``is_inference()`` is True. They count no
    writes, must not be written outside of the mode, and cannot be saved for a backward; ``clone()`` outside of it makes an
    ordinary tensor. Tensors from outside stay ordinary ones.

    Parameters
    ----------
    mode : bool
        False ends the mode for the block and records again, within another block too. A function is decorated.

    Examples
    --------
    >>> import vt_core as vt
    >>> import vt_autograd as ag
    >>> x = vt.tensor([1.0]).requires_grad_()
    >>> with ag.inference_mode():
    ...     y = x * 2.0
    >>> y.requires_grad, y.is_inference()
    (False, True)
    """

    def __new__(cls, mode: Any = True) -> Any:
        if callable(mode):  # a decorator without parentheses
            return cls()(mode)
        return super().__new__(cls)

    def __init__(self, mode: bool = True) -> None:
        self.mode = bool(mode)
        self._before: list[tuple[bool, bool]] = []

    def __enter__(self) -> None:
        recorded = _C.is_grad_enabled()
        self._before.append((_native._set_inference_mode(self.mode), recorded))

    def __exit__(self, *exception: object) -> None:
        inference, recorded = self._before.pop()
        _native._set_inference_mode(inference)
        _C.set_grad_enabled(recorded)

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return decorate_with(lambda: inference_mode(self.mode), function)
