# SPDX-License-Identifier: Apache-2.0
"""Parameter: a leaf tensor that belongs to a model."""

from __future__ import annotations

from typing import Any

import vt_core

from vt_torch._tensor import Tensor


class Parameter(Tensor):
    """A tensor that is to be learned: a leaf that requires grad, known by its class.

    Parameters
    ----------
    data : Tensor, optional
        Whose storage the parameter shares; an empty tensor by default.
    requires_grad : bool
        Whether gradients accumulate in it.

    Examples
    --------
    >>> import vt_torch as torch
    >>> weight = torch.nn.Parameter(torch.ones(2))
    >>> (weight * 3).sum().backward()
    >>> weight.grad
    tensor([3., 3.])
    """

    def __new__(cls, data: Tensor | None = None, requires_grad: bool = True) -> Parameter:
        if data is None:
            data = vt_core.ops.empty(0)
        return Tensor._make_subclass(cls, data.detach(), requires_grad)

    def __repr__(self) -> str:
        return f"Parameter containing:\n{super().__repr__()}"

    def __deepcopy__(self, memo: dict[int, Any]) -> Parameter:
        if id(self) not in memo:
            copied = type(self)(self.detach().clone(), self.requires_grad)
            memo[id(self)] = copied
            if self.grad is not None:
                copied.grad = self.grad.detach().clone()
        return memo[id(self)]


class UninitializedParameter(Parameter):
    """A parameter whose size is not known yet; `materialize` makes it an ordinary one.

    Parameters
    ----------
    requires_grad : bool
    device, dtype : optional
        Of the elements to come.
    """

    def __new__(cls, requires_grad: bool = True, device: Any = None, dtype: Any = None) -> UninitializedParameter:
        data = vt_core.ops.empty(0, device=device, dtype=dtype)
        return Tensor._make_subclass(cls, data, requires_grad)

    def materialize(self, shape: tuple[int, ...], device: Any = None, dtype: Any = None) -> None:
        """Take on a size, with elements that are not defined, and become a `Parameter`."""
        self.data = vt_core.ops.empty(shape, device=device or self.device, dtype=dtype or self.dtype)
        self.__class__ = Parameter  # pyright: ignore[reportAttributeAccessIssue]

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __deepcopy__(self, memo: dict[int, Any]) -> Parameter:
        if id(self) not in memo:
            memo[id(self)] = type(self)(self.requires_grad, self.device, self.dtype)
        return memo[id(self)]
