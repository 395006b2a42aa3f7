# SPDX-License-Identifier: Apache-2.0
"""Sets that parameters and values of distributions lie in."""

from __future__ import annotations

from typing import Any

import vt_torch as torch

__all__ = [
    "Constraint",
    "boolean",
    "greater_than",
    "greater_than_eq",
    "integer_interval",
    "interval",
    "lower_cholesky",
    "multinomial",
    "nonnegative_integer",
    "one_hot",
    "positive",
    "positive_definite",
    "real",
    "real_vector",
    "simplex",
    "unit_interval",
]


class Constraint:
    """A set of numbers, or of vectors or matrices where `event_dim` is 1 or 2.

    Attributes
    ----------
    is_discrete : bool
    event_dim : int
        How many of the last dimensions of a tensor one element takes.
    """

    is_discrete = False
    event_dim = 0

    def check(self, value: Any) -> Any:
        """Return a bool tensor that says of each element whether it is in the set."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return type(self).__name__.removeprefix("_")


class _Real(Constraint):
    def check(self, value: Any) -> Any:
        return value == value


class _Boolean(Constraint):
    is_discrete = True

    def check(self, value: Any) -> Any:
        return (value == 0) | (value == 1)


class _Interval(Constraint):
    def __init__(self, low: Any, high: Any) -> None:
        self.lower_bound = low
        self.upper_bound = high

    def check(self, value: Any) -> Any:
        return (value >= self.lower_bound) & (value <= self.upper_bound)

    def __repr__(self) -> str:
        return f"Interval(lower_bound={self.lower_bound}, upper_bound={self.upper_bound})"


class _IntegerInterval(_Interval):
    is_discrete = True

    def check(self, value: Any) -> Any:
        return (value % 1 == 0) & super().check(value)

    def __repr__(self) -> str:
        return f"IntegerInterval(lower_bound={self.lower_bound}, upper_bound={self.upper_bound})"


class _NonnegativeInteger(Constraint):
    is_discrete = True

    def check(self, value: Any) -> Any:
        return (value % 1 == 0) & (value >= 0)


class _GreaterThan(Constraint):
    def __init__(self, low: Any) -> None:
        self.lower_bound = low

    def check(self, value: Any) -> Any:
        return value > self.lower_bound

    def __repr__(self) -> str:
        return f"GreaterThan(lower_bound={self.lower_bound})"


class _GreaterThanEq(_GreaterThan):
    def check(self, value: Any) -> Any:
        return value >= self.lower_bound

    def __repr__(self) -> str:
        return f"GreaterThanEq(lower_bound={self.lower_bound})"


class _Multinomial(Constraint):
    event_dim = 1
    is_discrete = True

    def __init__(self, total_count: int) -> None:
        self.total_count = total_count

    def check(self, value: Any) -> Any:
        return (value >= 0).all(-1) & (value % 1 == 0).all(-1) & (value.sum(-1) == self.total_count)


class _RealVector(Constraint):
    event_dim = 1

    def check(self, value: Any) -> Any:
        return (value == value).all(-1)


class _Simplex(Constraint):
    event_dim = 1

    def check(self, value: Any) -> Any:
        return (value >= 0).all(-1) & ((value.sum(-1) - 1).abs() < 1e-6)


class _OneHot(Constraint):
    event_dim = 1
    is_discrete = True

    def check(self, value: Any) -> Any:
        return ((value == 0) | (value == 1)).all(-1) & (value.sum(-1) == 1)


class _LowerCholesky(Constraint):
    event_dim = 2

    def check(self, value: Any) -> Any:
        is_lower = (torch.tril(value) == value).all(-1).all(-1)
        return is_lower & torch.gt(torch.diagonal(value, dim1=-2, dim2=-1), 0).all(-1)


class _PositiveDefinite(Constraint):
    event_dim = 2

    def check(self, value: Any) -> Any:
        is_symmetric = torch.isclose(value, value.transpose(-2, -1), atol=1e-6).all(-2).all(-1)
        return is_symmetric & (torch.linalg.cholesky_ex(value)[1] == 0)


real = _Real()
boolean = _Boolean()
unit_interval = _Interval(0.0, 1.0)
positive = _GreaterThan(0.0)
nonnegative_integer = _NonnegativeInteger()
real_vector = _RealVector()
simplex = _Simplex()
one_hot = _OneHot()
lower_cholesky = _LowerCholesky()
positive_definite = _PositiveDefinite()
interval = _Interval
integer_interval = _IntegerInterval
greater_than = _GreaterThan
greater_than_eq = _GreaterThanEq
multinomial = _Multinomial
