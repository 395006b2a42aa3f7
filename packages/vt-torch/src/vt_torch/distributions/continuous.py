# SPDX-License-Identifier: Apache-2.0
"""Distributions of real numbers of a place and a scale: normal, uniform, Laplace, Cauchy and those made of them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import vt_torch as torch
from vt_torch.distributions import constraints
from vt_torch.distributions.distribution import Distribution, broadcast_parameters

__all__ = ["Cauchy", "Gumbel", "HalfCauchy", "HalfNormal", "Laplace", "LogNormal", "Normal", "Uniform"]

_EULER = 0.57721566490153286060
_HALF_LOG_TWO_PI = 0.5 * math.log(2 * math.pi)


class _LocationScale(Distribution):
    """What distributions of a location and a scale share."""

    arg_constraints: ClassVar[Mapping[str, constraints.Constraint]] = {
        "loc": constraints.real,
        "scale": constraints.positive,
    }
    has_rsample = True
    _parameters = ("loc", "scale")

    def __init__(self, loc: Any, scale: Any, validate_args: bool | None = None) -> None:
        self.loc, self.scale = broadcast_parameters(loc, scale)
        super().__init__(self.loc.shape, (), validate_args)

    @property
    def support(self) -> constraints.Constraint:
        return constraints.real

    def _standardized(self, value: Any) -> Any:
        self._validate_sample(value)
        return (value - self.loc) / self.scale


class Normal(_LocationScale):
    """The normal distribution of mean `loc` and standard deviation `scale`."""

    @property
    def mean(self) -> Any:
        return self.loc

    @property
    def mode(self) -> Any:
        return self.loc

    @property
    def stddev(self) -> Any:
        return self.scale

    @property
    def variance(self) -> Any:
        return self.scale**2

    def rsample(self, sample_shape: Sequence[int] = ()) -> Any:
        shape = self._extended_shape(sample_shape)
        return self.loc + self.scale * torch.randn(shape, dtype=self.loc.dtype, device=self.loc.device)

    def log_prob(self, value: Any) -> Any:
        return -0.5 * self._standardized(value) ** 2 - self.scale.log() - _HALF_LOG_TWO_PI

    def cdf(self, value: Any) -> Any:
        return torch.special.ndtr(self._standardized(value))

    def icdf(self, value: Any) -> Any:
        return self.loc + self.scale * torch.special.ndtri(value)

    def entropy(self) -> Any:
        return 0.5 + _HALF_LOG_TWO_PI + torch.log(self.scale)


class Gumbel(_LocationScale):
    """The distribution of the largest of many numbers: of mode `loc` and scale `scale`."""

    @property
    def mean(self) -> Any:
        return self.loc + self.scale * _EULER

    @property
    def mode(self) -> Any:
        return self.loc

    @property
    def stddev(self) -> Any:
        return self.scale * (math.pi / math.sqrt(6))

    @property
    def variance(self) -> Any:
        return self.stddev**2

    def rsample(self, sample_shape: Sequence[int] = ()) -> Any:
        u = torch.rand(self._extended_shape(sample_shape), dtype=self.loc.dtype, device=self.loc.device)
        limits = torch.finfo(u.dtype)
        return self.icdf(u.clamp(min=limits.tiny, max=1 - limits.eps))

    def log_prob(self, value: Any) -> Any:
        y = -self._standardized(value)
        return y - y.exp() - self.scale.log()

    def cdf(self, value: Any) -> Any:
        return torch.exp(-torch.exp(-self._standardized(value)))

    def icdf(self, value: Any) -> Any:
        return self.loc - self.scale * torch.log(-torch.log(value))

    def entropy(self) -> Any:
        return self.scale.log() + (1 + _EULER)


class LogNormal(_LocationScale):
    """The distribution of numbers whose logarithms are normal, of mean `loc` and standard deviation `scale`."""

    def _of_logarithm(self) -> Normal:
        return Normal(self.loc, self.scale, validate_args=False)

    @property
    def support(self) -> constraints.Constraint:
        return constraints.positive

    @property
    def mean(self) -> Any:
        return torch.exp(self.loc + self.scale**2 / 2)

    @property
    def mode(self) -> Any:
        return torch.exp(self.loc - self.scale**2)

    @property
    def variance(self) -> Any:
        square = self.scale**2
        return torch.expm1(square) * torch.exp(2 * self.loc + square)

    def rsample(self, sample_shape: Sequence[int] = ()) -> Any:
        return torch.exp(self._of_logarithm().rsample(sample_shape))

    def log_prob(self, value: Any) -> Any:
        self._validate_sample(value)
        log = torch.log(value)
        return self._of_logarithm().log_prob(log) - log

    def cdf(self, value: Any) -> Any:
        self._validate_sample(value)
        return self._of_logarithm().cdf(torch.log(value))

    def icdf(self, value: Any) -> Any:
        return torch.exp(self._of_logarithm().icdf(value))

    def entropy(self) -> Any:
        return self._of_logarithm().entropy() + self.loc


class HalfNormal(Distribution):
    """The distribution of the magnitude of a normal number of mean 0 and standard deviation `scale`."""

    arg_constraints: ClassVar[Mapping[str, constraints.Constraint]] = {"scale": constraints.positive}
    has_rsample = True
    _parameters = ("scale",)

    def __init__(self, scale: Any, validate_args: bool | None = None) -> None:
        (self.scale,) = broadcast_parameters(scale)
        super().__init__(self.scale.shape, (), validate_args)

    @property
    def support(self) -> constraints.Constraint:
        return constraints.greater_than_eq(0.0)

    @property
    def mean(self) -> Any:
        return self.scale * math.sqrt(2 / math.pi)

    @property
    def mode(self) -> Any:
        return torch.zeros_like(self.scale)

    @property
    def variance(self) -> Any:
        return self.scale**2 * (1 - 2 / math.pi)

    def rsample(self, sample_shape: Sequence[int] = ()) -> Any:
        shape = self._extended_shape(sample_shape)
        return self.scale * torch.randn(shape, dtype=self.scale.dtype, device=self.scale.device).abs()

    def log_prob(self, value: Any) -> Any:
        self._validate_sample(value)
        density = -0.5 * (value / self.scale) ** 2 - self.scale.log() - _HALF_LOG_TWO_PI + math.log(2)
        return torch.where(value >= 0, density, -math.inf)

    def cdf(self, value: Any) -> Any:
        self._validate_sample(value)
        return 2 * torch.special.ndtr(value / self.scale) - 1

    def icdf(self, value: Any) -> Any:
        return self.scale * torch.special.ndtri((value + 1) / 2)

    def entropy(self) -> Any:
        return 0.5 + _HALF_LOG_TWO_PI + torch.log(self.scale) - math.log(2)


class Uniform(Distribution):
    """The even distribution on [low, high)."""

    has_rsample = True
    arg_constraints: ClassVar[Mapping[str, constraints.Constraint]] = {
        "low": constraints.real,
        "high": constraints.real,
    }
    _parameters = ("low", "high")

    def __init__(self, low: Any, high: Any, validate_args: bool | None = None) -> None:
        self.low, self.high = broadcast_parameters(low, high)
        super().__init__(self.low.shape, (), validate_args)
        if self._validate_args and not bool((self.low < self.high).all()):
            raise ValueError("Uniform is not defined when low >= high")

    @property
    def support(self) -> constraints.Constraint:
        return constraints.interval(self.low, self.high)

    @property
    def mean(self) -> Any:
        return (self.high + self.low) / 2

    @property
    def mode(self) -> Any:
        return math.nan * self.high

    @property
    def variance(self) -> Any:
        return (self.high - self.low) ** 2 / 12

    def rsample(self, sample_shape: Sequence[int] = ()) -> Any:
        shape = self._extended_shape(sample_shape)
        unit = torch.rand(shape, dtype=self.low.dtype, device=self.low.device)
        return self.low + unit * (self.high - self.low)

    def log_prob(self, value: Any) -> Any:
        self._validate_sample(value)
        inside = (self.low <= value) & (self.high > value)
        return torch.where(inside, torch.log(self.high - self.low).neg(), -math.inf)

    def cdf(self, value: Any) -> Any:
        self._validate_sample(value)
        return ((value - self.low) / (self.high - self.low)).clamp(min=0, max=1)

    def icdf(self, value: Any) -> Any:
        return self.low + value * (self.high - self.low)

    def entropy(self) -> Any:
        return torch.log(self.high - self.low)


class Laplace(_LocationScale):
    """Laplace's distribution, whose density falls exponentially on both sides of `loc`."""

    @property
    def mean(self) -> Any:
        return self.loc

    @property
    def mode(self) -> Any:
        return self.loc

    @property
    def variance(self) -> Any:
        return 2 * self.scale**2

    @property
    def stddev(self) -> Any:
        return math.sqrt(2) * self.scale

    def rsample(self, sample_shape: Sequence[int] = ()) -> Any:
        shape = self._extended_shape(sample_shape)
        size = torch.empty(shape, dtype=self.loc.dtype, device=self.loc.device).exponential_()
        return self.loc + self.scale * size * (2 * torch.empty_like(size).bernoulli_(0.5) - 1)

    def log_prob(self, value: Any) -> Any:
        return -self._standardized(value).abs() - torch.log(2 * self.scale)

    def cdf(self, value: Any) -> Any:
        z = self._standardized(value)
        return 0.5 - 0.5 * z.sign() * torch.expm1(-z.abs())

    def icdf(self, value: Any) -> Any:
        term = value - 0.5
        return self.loc - self.scale * term.sign() * torch.log1p(-2 * term.abs())

    def entropy(self) -> Any:
        return 1 + torch.log(2 * self.scale)


class Cauchy(_LocationScale):
    """Cauchy's distribution of median `loc` and half width `scale`, which has no mean."""

    @property
    def mean(self) -> Any:
        return torch.full_like(self.loc, math.nan)

    @property
    def mode(self) -> Any:
        return self.loc

    @property
    def variance(self) -> Any:
        return torch.full_like(self.loc, math.inf)

    def rsample(self, sample_shape: Sequence[int] = ()) -> Any:
        shape = self._extended_shape(sample_shape)
        return self.loc + self.scale * torch.empty(shape, dtype=self.loc.dtype, device=self.loc.device).cauchy_()

    def log_prob(self, value: Any) -> Any:
        return -math.log(math.pi) - self.scale.log() - torch.log1p(self._standardized(value) ** 2)

    def cdf(self, value: Any) -> Any:
        return torch.atan(self._standardized(value)) / math.pi + 0.5

    def icdf(self, value: Any) -> Any:
        return torch.tan(math.pi * (value - 0.5)) * self.scale + self.loc

    def entropy(self) -> Any:
        return math.log(4 * math.pi) + self.scale.log()


class HalfCauchy(Distribution):
    """The distribution of the magnitude of a Cauchy number of median 0 and half width `scale`."""

    arg_constraints: ClassVar[Mapping[str, constraints.Constraint]] = {"scale": constraints.positive}
    has_rsample = True
    _parameters = ("scale",)

    def __init__(self, scale: Any, validate_args: bool | None = None) -> None:
        (self.scale,) = broadcast_parameters(scale)
        super().__init__(self.scale.shape, (), validate_args)

    @property
    def support(self) -> constraints.Constraint:
        return constraints.greater_than_eq(0.0)

    @property
    def mean(self) -> Any:
        return torch.full_like(self.scale, math.inf)

    @property
    def mode(self) -> Any:
        return torch.zeros_like(self.scale)

    @property
    def variance(self) -> Any:
        return torch.full_like(self.scale, math.inf)

    def rsample(self, sample_shape: Sequence[int] = ()) -> Any:
        shape = self._extended_shape(sample_shape)
        return self.scale * torch.empty(shape, dtype=self.scale.dtype, device=self.scale.device).cauchy_().abs()

    def log_prob(self, value: Any) -> Any:
        self._validate_sample(value)
        density = math.log(2 / math.pi) - self.scale.log() - torch.log1p((value / self.scale) ** 2)
        return torch.where(value >= 0, density, -math.inf)

    def cdf(self, value: Any) -> Any:
        self._validate_sample(value)
        return 2 / math.pi * torch.atan(value / self.scale)

    def icdf(self, value: Any) -> Any:
        return self.scale * torch.tan(math.pi / 2 * value)

    def entropy(self) -> Any:
        return math.log(2 * math.pi) + self.scale.log()
