# SPDX-License-Identifier: Apache-2.0
"""Functions that distributions are carried through, with their inverses and the logarithms of their derivatives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, ClassVar

import vt_torch as torch
from vt_torch.distributions import constraints
from vt_torch.nn.functional import softplus

__all__ = [
    "AbsTransform",
    "AffineTransform",
    "ComposeTransform",
    "ExpTransform",
    "IndependentTransform",
    "PowerTransform",
    "SigmoidTransform",
    "SoftmaxTransform",
    "SoftplusTransform",
    "TanhTransform",
    "Transform",
    "identity_transform",
]


def sum_rightmost(value: Any, dims: int) -> Any:
    """Return the sums over the last `dims` dimensions."""
    return value.sum(tuple(range(-dims, 0))) if dims else value


class Transform:
    """A function of tensors: called it computes, ``inv`` is its inverse.

    Parameters
    ----------
    cache_size : int
        1 keeps the last result with what it was computed of, so that the inverse of just this result is exact.

    Attributes
    ----------
    bijective : bool
    sign : int
        1 where it grows, -1 where it falls.
    domain, codomain : Constraint
    """

    bijective: ClassVar[bool] = True
    sign: Any = 1
    domain: constraints.Constraint = constraints.real
    codomain: constraints.Constraint = constraints.real

    def __init__(self, cache_size: int = 0) -> None:
        if cache_size not in (0, 1):
            raise ValueError("cache_size must be 0 or 1")
        self._cache_size = cache_size
        self._kept: tuple[Any, Any] | None = None

    def __call__(self, x: Any) -> Any:
        """Compute the function."""
        if self._kept is not None and self._kept[0] is x:
            return self._kept[1]
        y = self._call(x)
        self._keep(x, y)
        return y

    def _inv_call(self, y: Any) -> Any:
        if self._kept is not None and self._kept[1] is y:
            return self._kept[0]
        x = self._inverse(y)
        self._keep(x, y)
        return x

    def _keep(self, x: Any, y: Any) -> None:
        if self._cache_size:
            self._kept = (x, y)

    @property
    def inv(self) -> Transform:
        """The inverse."""
        return _Inverse(self)

    @property
    def event_dim(self) -> int:
        """How many of the last dimensions of a tensor the function takes at once."""
        return self.domain.event_dim

    def _call(self, x: Any) -> Any:
        raise NotImplementedError

    def _inverse(self, y: Any) -> Any:
        raise NotImplementedError

    def log_abs_det_jacobian(self, x: Any, y: Any) -> Any:
        """Return the logarithm of the derivative's magnitude, where the function takes `x` to `y`."""
        raise NotImplementedError

    def forward_shape(self, shape: Sequence[int]) -> Any:
        """Return the shape of the function's result for an argument of `shape`."""
        return torch.Size(shape)

    inverse_shape = forward_shape

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class _Inverse(Transform):
    def __init__(self, of: Transform) -> None:
        super().__init__()
        self._of = of
        self.domain, self.codomain = of.codomain, of.domain
        self.bijective = of.bijective  # type: ignore[misc]
        self.sign = of.sign

    @property
    def inv(self) -> Transform:
        return self._of

    def __call__(self, x: Any) -> Any:
        return self._of._inv_call(x)  # pyright: ignore[reportPrivateUsage]

    def _inv_call(self, y: Any) -> Any:
        return self._of(y)

    def log_abs_det_jacobian(self, x: Any, y: Any) -> Any:
        return -self._of.log_abs_det_jacobian(y, x)

    def __repr__(self) -> str:
        return f"_InverseTransform({self._of!r})"


class ComposeTransform(Transform):
    """Functions one after the other."""

    def __init__(self, parts: Sequence[Transform], cache_size: int = 0) -> None:
        super().__init__(cache_size)
        self.parts = list(parts)
        self.bijective = all(part.bijective for part in self.parts)  # type: ignore[misc]
        self.sign = 1
        for part in self.parts:
            self.sign = self.sign * part.sign
        if self.parts:
            self.domain, self.codomain = self.parts[0].domain, self.parts[-1].codomain

    @property
    def event_dim(self) -> int:
        return max((part.event_dim for part in self.parts), default=0)

    def _call(self, x: Any) -> Any:
        for part in self.parts:
            x = part(x)
        return x

    def _inverse(self, y: Any) -> Any:
        for part in reversed(self.parts):
            y = part.inv(y)
        return y

    def log_abs_det_jacobian(self, x: Any, y: Any) -> Any:
        if not self.parts:
            return torch.zeros_like(x)
        total: Any = 0
        for part in self.parts:
            y = part(x)
            total = total + sum_rightmost(part.log_abs_det_jacobian(x, y), self.event_dim - part.event_dim)
            x = y
        return total

    def __repr__(self) -> str:
        return "ComposeTransform(\n    " + ",\n    ".join(repr(part) for part in self.parts) + "\n)"


identity_transform = ComposeTransform([])


class IndependentTransform(Transform):
    """A function whose last dimensions are taken as one value, so that derivatives add up over them."""

    def __init__(self, base_transform: Transform, reinterpreted_batch_ndims: int, cache_size: int = 0) -> None:
        super().__init__(cache_size)
        self.base_transform = base_transform
        self.reinterpreted_batch_ndims = reinterpreted_batch_ndims
        self.bijective = base_transform.bijective  # type: ignore[misc]
        self.sign = base_transform.sign
        self.domain, self.codomain = base_transform.domain, base_transform.codomain

    @property
    def event_dim(self) -> int:
        return self.base_transform.event_dim + self.reinterpreted_batch_ndims

    def _call(self, x: Any) -> Any:
        return self.base_transform(x)

    def _inverse(self, y: Any) -> Any:
        return self.base_transform.inv(y)

    def log_abs_det_jacobian(self, x: Any, y: Any) -> Any:
        return sum_rightmost(self.base_transform.log_abs_det_jacobian(x, y), self.reinterpreted_batch_ndims)


class ExpTransform(Transform):
    """e to the power of x."""

    codomain = constraints.positive

    def _call(self, x: Any) -> Any:
        return x.exp()

    def _inverse(self, y: Any) -> Any:
        return y.log()

    def log_abs_det_jacobian(self, x: Any, y: Any) -> Any:  # noqa: ARG002
        return x


class PowerTransform(Transform):
    """Positive numbers to a power."""

    domain = constraints.positive
    codomain = constraints.positive

    def __init__(self, exponent: Any, cache_size: int = 0) -> None:
        super().__init__(cache_size)
        self.exponent = torch.as_tensor(exponent)
        self.sign = self.exponent.sign()

    def _call(self, x: Any) -> Any:
        return x.pow(self.exponent)

    def _inverse(self, y: Any) -> Any:
        return y.pow(1 / self.exponent)

    def log_abs_det_jacobian(self, x: Any, y: Any) -> Any:
        return (self.exponent * y / x).abs().log()


class SigmoidTransform(Transform):
    """1 / (1 + exp(-x))."""

    codomain = constraints.unit_interval

    def _call(self, x: Any) -> Any:
        limits = torch.finfo(x.dtype)
        return torch.sigmoid(x).clamp(min=limits.tiny, max=1.0 - limits.eps)

    def _inverse(self, y: Any) -> Any:
        limits = torch.finfo(y.dtype)
        return torch.logit(y.clamp(min=limits.tiny, max=1.0 - limits.eps))

    def log_abs_det_jacobian(self, x: Any, y: Any) -> Any:  # noqa: ARG002
        return -softplus(-x) - softplus(x)


class SoftplusTransform(Transform):
    """log(1 + exp(x))."""

    codomain = constraints.positive

    def _call(self, x: Any) -> Any:
        return softplus(x)

    def _inverse(self, y: Any) -> Any:
        return (-y).expm1().neg().log() + y

    def log_abs_det_jacobian(self, x: Any, y: Any) -> Any:  # noqa: ARG002
        return -softplus(-x)


class TanhTransform(Transform):
    """tanh(x): more exact than a sigmoid scaled and moved."""

    codomain = constraints.interval(-1.0, 1.0)

    def _call(self, x: Any) -> Any:
        return x.tanh()

    def _inverse(self, y: Any) -> Any:
        return torch.atanh(y)

    def log_abs_det_jacobian(self, x: Any, y: Any) -> Any:  # noqa: ARG002
        return 2.0 * (math.log(2.0) - x - softplus(-2.0 * x))


class AbsTransform(Transform):
    """The magnitude; its inverse is the number itself."""

    bijective = False
    codomain = constraints.positive

    def _call(self, x: Any) -> Any:
        return x.abs()

    def _inverse(self, y: Any) -> Any:
        return y


class AffineTransform(Transform):
    """loc + scale * x.

    Parameters
    ----------
    loc, scale : Tensor or float
    event_dim : int
        How many of the last dimensions are one value.
    """

    def __init__(self, loc: Any, scale: Any, event_dim: int = 0, cache_size: int = 0) -> None:
        super().__init__(cache_size)
        self.loc = loc
        self.scale = scale
        self._event_dim = event_dim

    @property
    def event_dim(self) -> int:
        return self._event_dim

    @property
    def sign(self) -> Any:  # type: ignore[override]
        """1 where it grows, -1 where it falls."""
        if isinstance(self.scale, torch.Tensor):
            return self.scale.sign()
        return (self.scale > 0) - (self.scale < 0)

    def _call(self, x: Any) -> Any:
        return self.loc + self.scale * x

    def _inverse(self, y: Any) -> Any:
        return (y - self.loc) / self.scale

    def log_abs_det_jacobian(self, x: Any, y: Any) -> Any:  # noqa: ARG002
        scale = self.scale if isinstance(self.scale, torch.Tensor) else torch.full_like(x, float(self.scale))
        logs = scale.abs().log()
        return sum_rightmost(logs.expand(torch.broadcast_shapes(x.shape, logs.shape)), self._event_dim)


class SoftmaxTransform(Transform):
    """The softmax along the last dimension; of its inverses, the logarithm."""

    bijective = False
    domain = constraints.real_vector
    codomain = constraints.simplex

    def _call(self, x: Any) -> Any:
        return x.softmax(-1)

    def _inverse(self, y: Any) -> Any:
        return y.log()
