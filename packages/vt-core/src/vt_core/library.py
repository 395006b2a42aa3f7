# SPDX-License-Identifier: Apache-2.0
"""Extending the operators from Python."""

from __future__ import annotations

from vt_core import _C

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

__all__ = ["define_operator", "install_kernels"]


def install_kernels(name: str, device_type: str, kernels: Mapping[str, Callable[..., Any]]) -> None:
    """Let Python functions be the kernels of operators on one type of device.

    A function takes the operator's arguments in the order of its schema and returns what the schema says: a tensor, or a tuple
    of tensors and None. It runs below autograd, so nothing it calls is recorded. Where it returns ``NotImplemented`` the kernel
    that was there before runs, as it does for in-place and ``out=`` forms.

    Parameters
    ----------
    name : str
        Of the set of kernels; ``vt_core.unload_plugin(name)`` brings the former kernels back.
    device_type : str
        "cpu", "cuda", ...
    kernels : mapping of str to callable
        By operator, with its overload: "sum.dims".

    Raises
    ------
    ImportError
        If an operator does not exist or the name is taken; nothing has been installed then.
    TypeError
        If something is no function.

    Examples
    --------
    >>> import vt_core as vt
    >>> def add(a, b, alpha):
    ...     if a.numel() != 1:
    ...         return NotImplemented
    ...     return vt.tensor([a.item() + alpha * b.item() + 100])
    >>> vt.library.install_kernels("example", "cpu", {"add": add})
    >>> vt.tensor([1.0]) + vt.tensor([2.0]), vt.tensor([1.0, 1.0]) + vt.tensor([2.0, 2.0])
    (tensor([103.]), tensor([3., 3.]))
    >>> vt.unload_plugin("example")
    >>> vt.tensor([1.0]) + vt.tensor([2.0])
    tensor([3.])
    """
    from vt_core import ops

    _C.install_kernels(name, device_type, kernels)
    ops._forget()  # pyright: ignore[reportPrivateUsage]


def define_operator(name: str, schema: str, function: Callable[..., Any]) -> None:
    """Let a Python function be an operator that C callers find and call through the dispatcher.

    It is called whatever the device, with the arguments in the order of the schema, and returns what that says: a tensor or a
    number, or a tuple of them and None. What it calls is recorded by autograd, so that it needs no derivative of its own.

    Parameters
    ----------
    name : str
        Of the plugin that holds it; ``vt_core.unload_plugin(name)`` withdraws the operator.
    schema : str
        "namespace::name(Tensor x, int n=1) -> Tensor".
    function : callable

    Raises
    ------
    ImportError
        If the schema is malformed, or a name is taken; nothing has been defined then.
    TypeError
        If `function` is no function.

    Examples
    --------
    >>> import vt_core as vt
    >>> vt.library.define_operator("example", "example::power(Tensor x, int n) -> Tensor", lambda x, n: x**n)
    >>> vt._C.get_op("example::power")(vt.tensor([2.0]), 3)
    tensor([8.])
    >>> vt.unload_plugin("example")
    """
    from vt_core import ops

    _C.define_operator(name, schema, function)
    ops._forget()  # pyright: ignore[reportPrivateUsage]
