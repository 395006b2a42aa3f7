# SPDX-License-Identifier: Apache-2.0
"""Distributions of counts and of categories."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import vt_torch as torch
from vt_torch.distributions import constraints
from vt_torch.distributions.distribution import Distribution, broadcast, broadcast_parameters, broadcast_shapes
from vt_torch.nn.functional import binary_cross_entropy_with_logits

__all__ = ["Bernoulli", "Binomial", "Categorical", "Geometric", "Multinomial", "OneHotCategorical", "Poisson"]


class _OfChance(Distribution):
    """What distributions of one chance share, which is given as such or as a logit."""

    arg_constraints: ClassVar[Mapping[str, constraints.Constraint]] = {
        "probs": constraints.unit_interval,
        "logits": constraints.real,
    }
    _parameters = ("probs", "logits")

    def _take(self, probs: Any, logits: Any, *further: Any) -> tuple[Any, ...]:
        if (probs is None) == (logits is None):
            raise ValueError("Either `probs` or `logits` must be specified, but not both.")
        name, value = ("probs", probs) if logits is None else ("logits", logits)
        value, *rest = broadcast_parameters(value, *further)
        self.__dict__[name] = value
        return (value, *rest)

    def __getattr__(self, name: str) -> Any:
        # The one that was not given is made of the other when it is first asked for.
        if name == "probs" and "logits" in self.__dict__:
            value = torch.sigmoid(self.__dict__["logits"])
        elif name == "logits" and "probs" in self.__dict__:
            probs = self.__dict__["probs"]
            eps = torch.finfo(probs.dtype).eps
            value = torch.logit(probs.clamp(min=eps, max=1 - eps))
        else:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        self.__dict__[name] = value
        return value

    @property
    def param_shape(self) -> Any:
        """Shape of the parameter."""
        return self.logits.shape


class Bernoulli(_OfChance):
    """1 with chance `probs`, else 0; `logits` are the logarithms of the odds."""

    has_enumerate_support = True

    def __init__(self, probs: Any = None, logits: Any = None, validate_args: bool | None = None) -> None:
        (value,) = self._take(probs, logits)
        super().__init__(value.shape, (), validate_args)

    @property
    def support(self) -> constraints.Constraint:
        return constraints.boolean

    @property
    def mean(self) -> Any:
        return self.probs

    @property
    def mode(self) -> Any:
        larger = (self.probs >= 0.5).to(self.probs)
        return torch.where(self.probs == 0.5, math.nan, larger)

    @property
    def variance(self) -> Any:
        return self.probs * (1 - self.probs)

    def sample(self, sample_shape: Sequence[int] = ()) -> Any:
        with torch.no_grad():
            return torch.bernoulli(self.probs.expand(self._extended_shape(sample_shape)))

    def log_prob(self, value: Any) -> Any:
        self._validate_sample(value)
        logits, value = broadcast(self.logits, value)
        return torch.neg(binary_cross_entropy_with_logits(logits, value, reduction="none"))

    def entropy(self) -> Any:
        return binary_cross_entropy_with_logits(self.logits, self.probs, reduction="none")

    def enumerate_support(self, expand: bool = True) -> Any:
        values = torch.arange(2, dtype=self.logits.dtype, device=self.logits.device)
        values = values.view((-1, *(1,) * len(self._batch_shape)))
        return values.expand((-1, *self._batch_shape)) if expand else values


class Geometric(_OfChance):
    """How many trials of chance `probs` fail before the first that does not."""

    def __init__(self, probs: Any = None, logits: Any = None, validate_args: bool | None = None) -> None:
        (value,) = self._take(probs, logits)
        super().__init__(value.shape, (), validate_args)
        if self._validate_args and probs is not None and not bool((value > 0).all()):
            raise ValueError(f"Geometric: invalid parameter probs: got {value}, expected positive numbers")

    @property
    def support(self) -> constraints.Constraint:
        return constraints.nonnegative_integer

    @property
    def mean(self) -> Any:
        return 1.0 / self.probs - 1.0

    @property
    def mode(self) -> Any:
        return torch.zeros_like(self.probs)

    @property
    def variance(self) -> Any:
        return (1.0 / self.probs - 1.0) / self.probs

    def sample(self, sample_shape: Sequence[int] = ()) -> Any:
        with torch.no_grad():
            shape = self._extended_shape(sample_shape)
            time = torch.empty(shape, dtype=self.probs.dtype, device=self.probs.device).exponential_()
            return torch.floor(time / torch.log1p(-self.probs).neg())

    def log_prob(self, value: Any) -> Any:
        self._validate_sample(value)
        value, probs = broadcast(value, self.probs)
        return torch.special.xlog1py(value, -probs) + probs.log()

    def entropy(self) -> Any:
        return binary_cross_entropy_with_logits(self.logits, self.probs, reduction="none") / self.probs


class Binomial(_OfChance):
    """How many of `total_count` trials of chance `probs` succeed."""

    arg_constraints: ClassVar[Mapping[str, constraints.Constraint]] = {
        "total_count": constraints.nonnegative_integer,
        **_OfChance.arg_constraints,
    }
    _parameters = ("total_count", "probs", "logits")

    def __init__(
        self, total_count: Any = 1, probs: Any = None, logits: Any = None, validate_args: bool | None = None
    ) -> None:
        value, self.total_count = self._take(probs, logits, total_count)
        self.total_count = self.total_count.to(value)
        super().__init__(value.shape, (), validate_args)

    @property
    def support(self) -> constraints.Constraint:
        return constraints.integer_interval(0, self.total_count)

    @property
    def mean(self) -> Any:
        return self.total_count * self.probs

    @property
    def mode(self) -> Any:
        return ((self.total_count + 1) * self.probs).floor().clamp(max=self.total_count)

    @property
    def variance(self) -> Any:
        return self.total_count * self.probs * (1 - self.probs)

    def sample(self, sample_shape: Sequence[int] = ()) -> Any:
        with torch.no_grad():
            shape = self._extended_shape(sample_shape)
            return torch.binomial(self.total_count.expand(shape), self.probs.expand(shape))

    def log_prob(self, value: Any) -> Any:
        self._validate_sample(value)
        n = self.total_count
        log_choices = torch.lgamma(n + 1) - torch.lgamma(value + 1) - torch.lgamma(n - value + 1)
        # value log(p) + (n - value) log(1 - p) by the logit.
        return log_choices + value * self.logits - n * torch.nn.functional.softplus(self.logits)

    def entropy(self) -> Any:
        most = int(self.total_count.max().item())
        if not bool((self.total_count == most).all()):
            raise NotImplementedError("Inhomogeneous total count not supported by `entropy`.")
        log_prob = self.log_prob(self.enumerate_support(False))
        return -(torch.exp(log_prob) * log_prob).sum(0)

    def enumerate_support(self, expand: bool = True) -> Any:
        most = int(self.total_count.max().item())
        if not bool((self.total_count == most).all()):
            raise NotImplementedError("Inhomogeneous total count not supported by `enumerate_support`.")
        values = torch.arange(1 + most, dtype=self.total_count.dtype, device=self.total_count.device)
        values = values.view((-1, *(1,) * len(self._batch_shape)))
        return values.expand((-1, *self._batch_shape)) if expand else values


class Poisson(Distribution):
    """Poisson's distribution of rate `rate`."""

    arg_constraints: ClassVar[Mapping[str, constraints.Constraint]] = {"rate": constraints.greater_than_eq(0.0)}
    _parameters = ("rate",)

    def __init__(self, rate: Any, validate_args: bool | None = None) -> None:
        (self.rate,) = broadcast_parameters(rate)
        super().__init__(self.rate.shape, (), validate_args)

    @property
    def support(self) -> constraints.Constraint:
        return constraints.nonnegative_integer

    @property
    def mean(self) -> Any:
        return self.rate

    @property
    def mode(self) -> Any:
        return self.rate.floor()

    @property
    def variance(self) -> Any:
        return self.rate

    def sample(self, sample_shape: Sequence[int] = ()) -> Any:
        with torch.no_grad():
            return torch.poisson(self.rate.expand(self._extended_shape(sample_shape)))

    def log_prob(self, value: Any) -> Any:
        self._validate_sample(value)
        rate, value = broadcast(self.rate, value)
        return torch.xlogy(value, rate) - rate - torch.lgamma(value + 1)


class Categorical(Distribution):
    """The categories 0 to n - 1 by their chances along the last dimension, which need not add up to 1.

    Parameters
    ----------
    probs : Tensor, optional
    logits : Tensor, optional
        Logarithms of chances, in place of `probs`; a number added to all of them changes nothing.
    """

    arg_constraints: ClassVar[Mapping[str, constraints.Constraint]] = {
        "probs": constraints.simplex,
        "logits": constraints.real_vector,
    }
    has_enumerate_support = True
    _parameters = ("probs", "logits")

    def __init__(self, probs: Any = None, logits: Any = None, validate_args: bool | None = None) -> None:
        if (probs is None) == (logits is None):
            raise ValueError("Either `probs` or `logits` must be specified, but not both.")
        given = probs if logits is None else logits
        if given.ndim < 1:
            raise ValueError("`probs` or `logits` parameter must be at least one-dimensional.")
        if logits is None:
            self.__dict__["probs"] = probs / probs.sum(-1, keepdim=True)
        else:
            self.__dict__["logits"] = logits - logits.logsumexp(-1, keepdim=True)
        self._num_events = given.shape[-1]
        super().__init__(given.shape[:-1], (), validate_args)

    def __getattr__(self, name: str) -> Any:
        if name == "probs" and "logits" in self.__dict__:
            value = torch.softmax(self.__dict__["logits"], -1)
        elif name == "logits" and "probs" in self.__dict__:
            probs = self.__dict__["probs"]
            eps = torch.finfo(probs.dtype).eps
            value = torch.log(probs.clamp(min=eps, max=1 - eps))
        else:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        self.__dict__[name] = value
        return value

    def expand(self, batch_shape: Sequence[int], _instance: Any = None) -> Any:
        new = super().expand(batch_shape, _instance)
        new._num_events = self._num_events
        return new

    @property
    def param_shape(self) -> Any:
        """Shape of the parameter."""
        return torch.Size((*self._batch_shape, self._num_events))

    @property
    def support(self) -> constraints.Constraint:
        return constraints.integer_interval(0, self._num_events - 1)

    @property
    def mean(self) -> Any:
        return torch.full(tuple(self._batch_shape), math.nan, dtype=self.probs.dtype, device=self.probs.device)

    @property
    def mode(self) -> Any:
        return self.probs.argmax(-1)

    @property
    def variance(self) -> Any:
        return self.mean

    def sample(self, sample_shape: Sequence[int] = ()) -> Any:
        with torch.no_grad():
            shape = self._extended_shape(sample_shape)
            rows = self.probs.detach().reshape(-1, self._num_events)
            drawn = torch.multinomial(rows, math.prod(sample_shape), True) if math.prod(shape) else None
            if drawn is None:
                return torch.empty(shape, dtype=torch.int64, device=self.probs.device)
            return drawn.t().reshape(shape)

    def log_prob(self, value: Any) -> Any:
        self._validate_sample(value)
        value = value.to(torch.int64).unsqueeze(-1)
        shape = broadcast_shapes(value.shape, (*self._batch_shape, 1))
        logits = self.logits.expand((*shape[:-1], self._num_events))
        return logits.gather(-1, value.expand(shape)).squeeze(-1)

    def entropy(self) -> Any:
        least = torch.finfo(self.logits.dtype).min
        return -(self.logits.clamp(min=least) * self.probs).sum(-1)

    def enumerate_support(self, expand: bool = True) -> Any:
        values = torch.arange(self._num_events, dtype=torch.int64, device=self.probs.device)
        values = values.view((-1, *(1,) * len(self._batch_shape)))
        return values.expand((-1, *self._batch_shape)) if expand else values


class _OfCategories(Distribution):
    """Distributions by the parameters of a `Categorical`."""

    _categorical: Categorical

    @property
    def probs(self) -> Any:
        """Chances of the categories."""
        return self._categorical.probs

    @property
    def logits(self) -> Any:
        """Logarithms of the chances."""
        return self._categorical.logits

    @property
    def param_shape(self) -> Any:
        """Shape of the parameter."""
        return self._categorical.param_shape


class OneHotCategorical(_OfCategories):
    """`Categorical` whose values are vectors with a 1 at the category, 0 elsewhere."""

    arg_constraints: ClassVar[Mapping[str, constraints.Constraint]] = {
        "probs": constraints.simplex,
        "logits": constraints.real_vector,
    }
    has_enumerate_support = True

    def __init__(self, probs: Any = None, logits: Any = None, validate_args: bool | None = None) -> None:
        self._categorical = Categorical(probs, logits, validate_args)
        super().__init__(self._categorical.batch_shape, self._categorical.param_shape[-1:], validate_args)

    def expand(self, batch_shape: Sequence[int], _instance: Any = None) -> Any:
        new = super().expand(batch_shape, _instance)
        new._categorical = self._categorical.expand(batch_shape)
        return new

    @property
    def support(self) -> constraints.Constraint:
        return constraints.one_hot

    @property
    def mean(self) -> Any:
        return self.probs

    @property
    def mode(self) -> Any:
        return self._one_hot(self._categorical.mode)

    @property
    def variance(self) -> Any:
        return self.probs * (1 - self.probs)

    def _one_hot(self, categories: Any) -> Any:
        return torch.nn.functional.one_hot(categories, self._event_shape[0]).to(self.probs)

    def sample(self, sample_shape: Sequence[int] = ()) -> Any:
        return self._one_hot(self._categorical.sample(sample_shape))

    def log_prob(self, value: Any) -> Any:
        self._validate_sample(value)
        return self._categorical.log_prob(value.argmax(-1))

    def entropy(self) -> Any:
        return self._categorical.entropy()

    def enumerate_support(self, expand: bool = True) -> Any:
        return self._one_hot(self._categorical.enumerate_support(expand))


class Multinomial(_OfCategories):
    """How often each category comes in `total_count` draws.

    Parameters
    ----------
    total_count : int
    probs, logits : Tensor, optional
        As those of `Categorical`.
    """

    def __init__(
        self, total_count: int = 1, probs: Any = None, logits: Any = None, validate_args: bool | None = None
    ) -> None:
        if not isinstance(total_count, int):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise NotImplementedError("inhomogeneous total_count is not supported")
        self.total_count = total_count
        self._categorical = Categorical(probs, logits, validate_args)
        self._given = "probs" if logits is None else "logits"
        super().__init__(self._categorical.batch_shape, self._categorical.param_shape[-1:], validate_args)

    @property
    def support(self) -> constraints.Constraint:
        return constraints.multinomial(self.total_count)

    @property
    def mean(self) -> Any:
        return self.probs * self.total_count

    @property
    def variance(self) -> Any:
        return self.total_count * self.probs * (1 - self.probs)

    def expand(self, batch_shape: Sequence[int], _instance: Any = None) -> Any:
        new = type(self).__new__(type(self)) if _instance is None else _instance
        new.__dict__.update(self.__dict__)
        new._categorical = self._categorical.expand(batch_shape)
        new._batch_shape = torch.Size(batch_shape)
        return new

    def sample(self, sample_shape: Sequence[int] = ()) -> Any:
        with torch.no_grad():
            drawn = self._categorical.sample((self.total_count, *sample_shape))
            counts = torch.zeros(self._extended_shape(sample_shape), dtype=self.probs.dtype, device=self.probs.device)
            places = drawn.movedim(0, -1)
            return counts.scatter_add_(-1, places, torch.ones_like(places, dtype=counts.dtype))

    def log_prob(self, value: Any) -> Any:
        self._validate_sample(value)
        logits, value = broadcast(self.logits, value)
        weighted = torch.where((value == 0) & (logits == -math.inf), 0.0, logits) * value
        return torch.lgamma(value.sum(-1) + 1) - torch.lgamma(value + 1).sum(-1) + weighted.sum(-1)

    def entropy(self) -> Any:
        n = torch.tensor(self.total_count, dtype=self.probs.dtype, device=self.probs.device)
        counts = torch.arange(1, self.total_count + 1, dtype=self.probs.dtype, device=self.probs.device)
        counts = counts.reshape((-1, *(1,) * self.probs.ndim))
        chances = Binomial(self.total_count, self.probs).log_prob(counts).exp()
        return n * self._categorical.entropy() - torch.lgamma(n + 1) + (chances * torch.lgamma(counts + 1)).sum((0, -1))

    def __repr__(self) -> str:
        return f"Multinomial({self._given}: {self.param_shape})"
