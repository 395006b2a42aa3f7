# SPDX-License-Identifier: Apache-2.0
"""Distributions made of others: carried through functions, mixed, and relaxed to values between categories."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import vt_torch as torch
from vt_torch.distributions import constraints
from vt_torch.distributions.discrete import Categorical
from vt_torch.distributions.distribution import Distribution, broadcast_parameters
from vt_torch.distributions.multivariate import Independent
from vt_torch.distributions.transforms import ExpTransform, SigmoidTransform, Transform, sum_rightmost
from vt_torch.nn.functional import softplus

__all__ = ["MixtureSameFamily", "RelaxedBernoulli", "RelaxedOneHotCategorical", "TransformedDistribution"]


class TransformedDistribution(Distribution):
    """The values of a distribution carried through functions.

    Parameters
    ----------
    base_distribution : Distribution
    transforms : Transform or list of Transform
        Called in order.
    """

    def __init__(self, base_distribution: Distribution, transforms: Any, validate_args: bool | None = None) -> None:
        given = [transforms] if isinstance(transforms, Transform) else transforms
        if not isinstance(given, list) or not all(isinstance(t, Transform) for t in given):  # pyright: ignore[reportUnknownVariableType]
            raise ValueError(f"transforms must be a Transform or list, but was {transforms}")
        self.transforms: list[Transform] = given
        taken = max((t.event_dim for t in self.transforms), default=0)
        event_dim = len(base_distribution.event_shape)
        if taken > event_dim:
            base_distribution = Independent(base_distribution, taken - event_dim)
        self.base_dist = base_distribution
        super().__init__(base_distribution.batch_shape, base_distribution.event_shape, validate_args)

    @property
    def has_rsample(self) -> bool:  # type: ignore[override]
        """Whether samples have gradients."""
        return self.base_dist.has_rsample

    @property
    def support(self) -> constraints.Constraint:
        return self.transforms[-1].codomain if self.transforms else self.base_dist.support

    def expand(self, batch_shape: Sequence[int], _instance: Any = None) -> Any:
        new = type(self).__new__(type(self)) if _instance is None else _instance
        new.__dict__.update(self.__dict__)
        new.base_dist = self.base_dist.expand(batch_shape)
        new._batch_shape = torch.Size(batch_shape)
        return new

    def sample(self, sample_shape: Sequence[int] = ()) -> Any:
        with torch.no_grad():
            return self._carried(self.base_dist.sample(sample_shape))

    def rsample(self, sample_shape: Sequence[int] = ()) -> Any:
        return self._carried(self.base_dist.rsample(sample_shape))

    def _carried(self, x: Any) -> Any:
        for transform in self.transforms:
            x = transform(x)
        return x

    def log_prob(self, value: Any) -> Any:
        self._validate_sample(value)
        event_dim = len(self._event_shape)
        total: Any = 0.0
        for transform in reversed(self.transforms):
            x = transform.inv(value)
            total = total - sum_rightmost(transform.log_abs_det_jacobian(x, value), event_dim - transform.event_dim)
            value = x
        return total + self.base_dist.log_prob(value)

    def _sign(self) -> Any:
        sign: Any = 1
        for transform in self.transforms:
            sign = sign * transform.sign
        return sign

    def _turned(self, probability: Any) -> Any:
        """Return a probability of what is below as one of what is above, where the functions together fall."""
        sign = self._sign()
        return probability if isinstance(sign, int) and sign == 1 else sign * (probability - 0.5) + 0.5

    def cdf(self, value: Any) -> Any:
        self._validate_sample(value)
        for transform in reversed(self.transforms):
            value = transform.inv(value)
        return self._turned(self.base_dist.cdf(value))

    def icdf(self, value: Any) -> Any:
        return self._carried(self.base_dist.icdf(self._turned(value)))


class MixtureSameFamily(Distribution):
    """One of several distributions of a type, by its chance.

    Parameters
    ----------
    mixture_distribution : Categorical
        The chances.
    component_distribution : Distribution
        Whose batch has the distributions along its last dimension.

    Raises
    ------
    ValueError
        If the distributions do not fit together.
    """

    def __init__(
        self, mixture_distribution: Categorical, component_distribution: Distribution, validate_args: bool | None = None
    ) -> None:
        if not isinstance(mixture_distribution, Categorical):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValueError(" The Mixture distribution needs to be an  instance of torch.distributions.Categorical")
        if not isinstance(component_distribution, Distribution):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValueError("The Component distribution need to be an instance of torch.distributions.Distribution")
        batch = tuple(component_distribution.batch_shape)
        count = mixture_distribution.param_shape[-1]
        if not batch or count != batch[-1]:
            raise ValueError(
                f"`mixture_distribution component` ({count}) does not equal `component_distribution.batch_shape[-1]` "
                f"({batch[-1] if batch else None})"
            )
        for a, b in zip(reversed(tuple(mixture_distribution.batch_shape)), reversed(batch[:-1]), strict=False):
            if a != 1 and b != 1 and a != b:
                raise ValueError(
                    f"`mixture_distribution.batch_shape` ({tuple(mixture_distribution.batch_shape)}) is not compatible with "
                    f"`component_distribution.batch_shape`({batch})"
                )
        self._mixture_distribution = mixture_distribution
        self._component_distribution = component_distribution
        super().__init__(batch[:-1], component_distribution.event_shape, validate_args)

    @property
    def mixture_distribution(self) -> Categorical:
        """The chances."""
        return self._mixture_distribution

    @property
    def component_distribution(self) -> Distribution:
        """The distributions that are mixed."""
        return self._component_distribution

    @property
    def support(self) -> constraints.Constraint:
        return self._component_distribution.support

    def _chances(self) -> Any:
        probs = self._mixture_distribution.probs
        return probs.reshape((*probs.shape, *(1,) * len(self._event_shape)))

    def _weighted(self, values: Any) -> Any:
        return torch.sum(self._chances() * values, -1 - len(self._event_shape))

    @property
    def mean(self) -> Any:
        return self._weighted(self._component_distribution.mean)

    @property
    def variance(self) -> Any:
        inner = self._weighted(self._component_distribution.variance)
        distance = self._component_distribution.mean - self.mean.unsqueeze(-1 - len(self._event_shape))
        return inner + self._weighted(distance.square())

    def expand(self, batch_shape: Sequence[int], _instance: Any = None) -> Any:
        new = type(self).__new__(type(self)) if _instance is None else _instance
        new.__dict__.update(self.__dict__)
        new._component_distribution = self._component_distribution.expand(
            (*batch_shape, self._component_distribution.batch_shape[-1])
        )
        new._mixture_distribution = self._mixture_distribution.expand(batch_shape)
        new._batch_shape = torch.Size(batch_shape)
        return new

    def _padded(self, value: Any) -> Any:
        return value.unsqueeze(-1 - len(self._event_shape))

    def cdf(self, value: Any) -> Any:
        return torch.sum(self._component_distribution.cdf(self._padded(value)) * self._mixture_distribution.probs, -1)

    def log_prob(self, value: Any) -> Any:
        self._validate_sample(value)
        logs = self._component_distribution.log_prob(self._padded(value))
        return torch.logsumexp(logs + torch.log_softmax(self._mixture_distribution.logits, -1), -1)

    def sample(self, sample_shape: Sequence[int] = ()) -> Any:
        with torch.no_grad():
            event = tuple(self._event_shape)
            chosen = self._mixture_distribution.expand(self._batch_shape).sample(sample_shape)
            values = self._component_distribution.sample(sample_shape)
            places = chosen.reshape((*chosen.shape, 1, *(1,) * len(event))).expand((*chosen.shape, 1, *event))
            return torch.gather(values, len(chosen.shape), places).squeeze(len(chosen.shape))


class _Relaxed(Distribution):
    """What relaxed distributions share: logits, and a temperature."""

    has_rsample = True
    _parameters = ("logits",)
    temperature: Any
    logits: Any

    def expand(self, batch_shape: Sequence[int], _instance: Any = None) -> Any:
        new = super().expand(batch_shape, _instance)
        new.temperature = self.temperature
        return new


class _LogitRelaxedBernoulli(_Relaxed):
    """The logarithms of the odds of a relaxed Bernoulli distribution."""

    def __init__(self, temperature: Any, probs: Any, logits: Any, validate_args: bool | None) -> None:
        if (probs is None) == (logits is None):
            raise ValueError("Either `probs` or `logits` must be specified, but not both.")
        self.temperature = temperature
        (given,) = broadcast_parameters(probs if logits is None else logits)
        eps = torch.finfo(given.dtype).eps
        self.logits = torch.logit(given.clamp(min=eps, max=1 - eps)) if logits is None else given
        super().__init__(self.logits.shape, (), validate_args)

    @property
    def support(self) -> constraints.Constraint:
        return constraints.real

    def rsample(self, sample_shape: Sequence[int] = ()) -> Any:
        u = torch.rand(self._extended_shape(sample_shape), dtype=self.logits.dtype, device=self.logits.device)
        limits = torch.finfo(u.dtype)
        return (torch.logit(u.clamp(min=limits.tiny, max=1 - limits.eps)) + self.logits) / self.temperature

    def log_prob(self, value: Any) -> Any:
        difference = self.logits - value * self.temperature
        return torch.as_tensor(self.temperature).log() + difference - 2 * softplus(difference)


class _ExpRelaxedCategorical(_Relaxed):
    """The logarithms of the values of a relaxed one-hot distribution."""

    def __init__(self, temperature: Any, probs: Any, logits: Any, validate_args: bool | None) -> None:
        self.temperature = temperature
        self.logits = Categorical(probs, logits).logits
        super().__init__(self.logits.shape[:-1], self.logits.shape[-1:], validate_args)

    @property
    def support(self) -> constraints.Constraint:
        return constraints.real_vector

    def rsample(self, sample_shape: Sequence[int] = ()) -> Any:
        u = torch.rand(self._extended_shape(sample_shape), dtype=self.logits.dtype, device=self.logits.device)
        limits = torch.finfo(u.dtype)
        gumbels = -(-u.clamp(min=limits.tiny, max=1 - limits.eps).log()).log()
        return torch.log_softmax((self.logits + gumbels) / self.temperature, -1)

    def log_prob(self, value: Any) -> Any:
        count = self.logits.shape[-1]
        score = torch.log_softmax(self.logits - value * self.temperature, -1).sum(-1)
        return score + math.lgamma(count) + (count - 1) * torch.as_tensor(self.temperature).log()


class RelaxedBernoulli(TransformedDistribution):
    """Values between 0 and 1, next to a Bernoulli distribution's at low temperatures: Maddison et al., 2016, arXiv:1611.00712."""

    def __init__(
        self, temperature: Any, probs: Any = None, logits: Any = None, validate_args: bool | None = None
    ) -> None:
        super().__init__(_LogitRelaxedBernoulli(temperature, probs, logits, validate_args), SigmoidTransform())

    @property
    def temperature(self) -> Any:
        """How far values may be from 0 and 1."""
        return self.base_dist.temperature  # type: ignore[attr-defined]

    @property
    def logits(self) -> Any:
        """Logarithms of the odds."""
        return self.base_dist.logits  # type: ignore[attr-defined]

    @property
    def probs(self) -> Any:
        """Chances of 1."""
        return torch.sigmoid(self.logits)


class RelaxedOneHotCategorical(TransformedDistribution):
    """Points of the simplex, next to its corners at low temperatures: Jang et al., 2016, arXiv:1611.01144."""

    def __init__(
        self, temperature: Any, probs: Any = None, logits: Any = None, validate_args: bool | None = None
    ) -> None:
        super().__init__(_ExpRelaxedCategorical(temperature, probs, logits, validate_args), ExpTransform())

    @property
    def support(self) -> constraints.Constraint:
        return constraints.simplex

    @property
    def temperature(self) -> Any:
        """How far values may be from the corners."""
        return self.base_dist.temperature  # type: ignore[attr-defined]

    @property
    def logits(self) -> Any:
        """Logarithms of the chances."""
        return self.base_dist.logits  # type: ignore[attr-defined]

    @property
    def probs(self) -> Any:
        """Chances of the corners."""
        return torch.softmax(self.logits, -1)
