# SPDX-License-Identifier: Apache-2.0
"""The reduction of a loss by its name, and by the two flags that came before it."""

from __future__ import annotations

import warnings

__all__ = ["check", "legacy", "resolve"]


def legacy(size_average: bool | None, reduce: bool | None) -> str:
    """Return the reduction that the deprecated flags stand for, None being True, and warn of them."""
    name = "none" if reduce is False else "sum" if size_average is False else "mean"
    warnings.warn(
        f"size_average and reduce args will be deprecated, please use reduction='{name}' instead.", stacklevel=4
    )
    return name


def resolve(size_average: bool | None, reduce: bool | None, reduction: str) -> str:
    """Return `reduction`, unless one of the deprecated flags is given and overrides it."""
    if size_average is None and reduce is None:
        return check(reduction)
    return legacy(size_average, reduce)


def check(reduction: str) -> str:
    """Return a known reduction.

    Raises
    ------
    ValueError
        For another name.
    """
    if reduction == "elementwise_mean":
        warnings.warn("reduction='elementwise_mean' is deprecated. Please use reduction='mean' instead.", stacklevel=4)
        return "mean"
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"{reduction} is not a valid value for reduction")
    return reduction
