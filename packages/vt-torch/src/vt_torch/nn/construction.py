# SPDX-License-Identifier: Apache-2.0
"""What constructors of modules use, and the container of the first programs."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

from vt_torch.nn.module import Module

__all__ = ["Container", "factory_kwargs"]


def factory_kwargs(kwargs: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the keyword arguments with which a constructor makes its tensors.

    Parameters
    ----------
    kwargs : mapping, optional
        May have ``device``, ``dtype``, ``memory_format``, and ``factory_kwargs``, a mapping of these for a constructor that needs
        one of the names for itself.

    Raises
    ------
    TypeError
        If there is another name, or one is given twice.
    """
    if kwargs is None:
        return {}
    direct = {name: value for name, value in kwargs.items() if name != "factory_kwargs"}
    if unknown := direct.keys() - {"device", "dtype", "memory_format"}:
        raise TypeError(f"factory_kwargs: unexpected arguments: got {', '.join(sorted(unknown))}")
    inner = dict(kwargs.get("factory_kwargs", {}))
    if twice := inner.keys() & direct.keys():
        raise TypeError(f"factory_kwargs: arguments are given twice: got {', '.join(sorted(twice))}")
    return inner | direct


class Container(Module):
    """A module with the given children, for a subclass to call. Every module can have children: use `Module`."""

    def __init__(self, **kwargs: Any) -> None:
        warnings.warn("nn.Container is deprecated; subclass nn.Module instead", FutureWarning, stacklevel=2)
        super().__init__()
        for name, module in kwargs.items():
            self.add_module(name, module)
