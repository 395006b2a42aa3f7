# SPDX-License-Identifier: Apache-2.0
"""Tensors that belong to a model: Parameter, which is learned, Buffer, which is not, and those whose sizes come later."""

from __future__ import annotations

from typing import Any, NoReturn

import vt_core

from vt_torch._tensor import Tensor

__all__ = ["Buffer", "Parameter", "UninitializedBuffer", "UninitializedParameter", "is_lazy"]


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


class Buffer(Tensor):
    """A tensor that moves with a module but is not learned: assigned to an attribute, it is a buffer.

    Parameters
    ----------
    data : Tensor, optional
        Whose storage the buffer shares; an empty tensor by default.
    persistent : bool
        Whether the state dict has it.
    """

    persistent: bool

    def __new__(cls, data: Tensor | None = None, *, persistent: bool = True) -> Buffer:
        if data is None:
            data = vt_core.ops.empty(0)
        made = Tensor._make_subclass(cls, data.detach(), data.requires_grad)
        made.persistent = persistent
        return made


class _Uninitialized(Tensor):
    """A tensor whose sizes are not known yet."""

    cls_to_become: type[Tensor]

    def materialize(self, shape: Any, device: Any = None, dtype: Any = None) -> None:
        """Become an ordinary one of the given sizes, without defined elements."""
        data = self.data
        device, dtype = device or data.device, dtype or data.dtype
        self.data = vt_core.ops.empty(tuple(shape), device=device, dtype=dtype)
        self.__class__ = self.cls_to_become  # pyright: ignore[reportAttributeAccessIssue]

    @property
    def shape(self) -> NoReturn:
        """Raise, since there is none yet."""
        raise RuntimeError(
            "Can't access the shape of an uninitialized parameter or buffer. This error usually happens in "
            "`load_state_dict` when trying to load an uninitialized parameter into an initialized one. Call `forward` to "
            "initialize the parameters before accessing their attributes."
        )

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        if id(self) not in memo:
            kind: Any = type(self)
            memo[id(self)] = kind(self.requires_grad, self.data.device, self.data.dtype)
        return memo[id(self)]


class UninitializedParameter(_Uninitialized, Parameter):
    """A parameter whose sizes are not known yet; `materialize` gives them.

    Parameters
    ----------
    requires_grad : bool
    device, dtype : optional
        Of the parameter to come.
    """

    cls_to_become = Parameter

    def __new__(cls, requires_grad: bool = True, device: Any = None, dtype: Any = None) -> UninitializedParameter:
        return Tensor._make_subclass(cls, vt_core.ops.empty(0, device=device, dtype=dtype), requires_grad)


class UninitializedBuffer(_Uninitialized):
    """A buffer whose sizes are not known yet; `materialize` gives them."""

    cls_to_become = Tensor
    persistent: bool

    def __new__(
        cls, requires_grad: bool = False, device: Any = None, dtype: Any = None, persistent: bool = True
    ) -> UninitializedBuffer:
        made = Tensor._make_subclass(cls, vt_core.ops.empty(0, device=device, dtype=dtype), requires_grad)
        made.persistent = persistent
        return made


def is_lazy(param: object) -> bool:
    """Return whether a parameter or buffer has no sizes yet."""
    return isinstance(param, _Uninitialized)
