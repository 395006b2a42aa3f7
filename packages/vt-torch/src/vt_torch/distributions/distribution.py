# SPDX-License-Identifier: Apache-2.0
"""What all distributions have: shapes, samples, densities, and the checks of parameters and values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import vt_torch as torch
from vt_torch.distributions.constraints import Constraint

__all__ = ["Distribution", "broadcast", "broadcast_parameters", "broadcast_shapes"]


def broadcast_shapes(*shapes: Sequence[int]) -> tuple[int, ...]:
    """Return the shape that all shapes broadcast to."""
    ndim = max((len(shape) for shape in shapes), default=0)
    sizes = [1] * ndim
    for shape in shapes:
        for i, size in enumerate(shape, ndim - len(shape)):
            if size not in (1, sizes[i]) and sizes[i] != 1:
                raise RuntimeError(f"cannot broadcast the shapes {', '.join(str(tuple(each)) for each in shapes)}")
            sizes[i] = size if sizes[i] == 1 else sizes[i]
    return tuple(sizes)


def broadcast(*tensors: Any) -> tuple[Any, ...]:
    """Return the tensors expanded to their common shape."""
    shape = broadcast_shapes(*(tensor.shape for tensor in tensors))
    return tuple(tensor.expand(shape) for tensor in tensors)


def broadcast_parameters(*values: Any) -> tuple[Any, ...]:
    """Return numbers and tensors as tensors of one shape; numbers take dtype and device of the tensors among them."""
    like = next((value for value in values if isinstance(value, torch.Tensor)), None)
    options: dict[str, Any] = {} if like is None else {"dtype": like.dtype, "device": like.device}
    tensors = [value if isinstance(value, torch.Tensor) else torch.tensor(float(value), **options) for value in values]
    return broadcast(*tensors)


class Distribution:
    """A distribution, or a batch of them.

    Parameters
    ----------
    batch_shape : sequence of int
        Shape of the batch.
    event_shape : sequence of int
        Shape of one value: () for numbers.
    validate_args : bool, optional
        Whether parameters and values are checked, which waits for a device; as `set_default_validate_args` says by default.

    Raises
    ------
    ValueError
        If a parameter is outside of what `arg_constraints` says.
    """

    has_rsample: ClassVar[bool] = False
    has_enumerate_support: ClassVar[bool] = False
    arg_constraints: ClassVar[Mapping[str, Constraint]] = {}
    _parameters: ClassVar[tuple[str, ...]] = ()  # attributes that have the shape of the batch
    _validate_args: bool = True

    def __init__(
        self, batch_shape: Sequence[int] = (), event_shape: Sequence[int] = (), validate_args: bool | None = None
    ) -> None:
        self._batch_shape = torch.Size(batch_shape)
        self._event_shape = torch.Size(event_shape)
        if validate_args is not None:
            self._validate_args = validate_args
        if self._validate_args:
            self._check_parameters()

    @staticmethod
    def set_default_validate_args(value: bool) -> None:
        """Set whether distributions check their arguments where they are not told."""
        Distribution._validate_args = value

    def _check_parameters(self) -> None:
        for name, constraint in self.arg_constraints.items():
            if name not in self.__dict__:
                continue  # made of another parameter when it is asked for
            value = self.__dict__[name]
            if not bool(constraint.check(value).all()):
                raise ValueError(
                    f"{type(self).__name__}: invalid parameter {name}: got {value}, expected numbers of {constraint!r}"
                )

    @property
    def batch_shape(self) -> Any:
        """Shape of the batch."""
        return self._batch_shape

    @property
    def event_shape(self) -> Any:
        """Shape of one value."""
        return self._event_shape

    @property
    def support(self) -> Constraint:
        """The set that values lie in."""
        raise NotImplementedError

    @property
    def mean(self) -> Any:
        """The mean."""
        raise NotImplementedError

    @property
    def mode(self) -> Any:
        """The most likely value."""
        raise NotImplementedError(f"{type(self).__name__} does not implement mode")

    @property
    def variance(self) -> Any:
        """The variance."""
        raise NotImplementedError

    @property
    def stddev(self) -> Any:
        """The standard deviation."""
        return self.variance.sqrt()

    def sample(self, sample_shape: Sequence[int] = ()) -> Any:
        """Return values of shape ``sample_shape + batch_shape + event_shape``, through which no gradient flows."""
        with torch.no_grad():
            return self.rsample(sample_shape)

    def sample_n(self, n: int) -> Any:
        """Return `n` values."""
        return self.sample((n,))

    def rsample(self, sample_shape: Sequence[int] = ()) -> Any:
        """Return values whose gradients reach the parameters."""
        raise NotImplementedError(f"{type(self).__name__} has no samples with gradients")

    def log_prob(self, value: Any) -> Any:
        """Return the logarithm of the density, or of the probability, at `value`."""
        raise NotImplementedError

    def cdf(self, value: Any) -> Any:
        """Return the probability of what is not above `value`."""
        raise NotImplementedError

    def icdf(self, value: Any) -> Any:
        """Return the inverse of `cdf`."""
        raise NotImplementedError

    def entropy(self) -> Any:
        """Return the entropy in nats."""
        raise NotImplementedError

    def perplexity(self) -> Any:
        """Return e to the power of the entropy."""
        return torch.exp(self.entropy())

    def enumerate_support(self, expand: bool = True) -> Any:
        """Return all values of a discrete distribution along a new first dimension."""
        raise NotImplementedError

    def expand(self, batch_shape: Sequence[int], _instance: Any = None) -> Any:
        """Return the distribution with its batch broadcast to `batch_shape`."""
        new = type(self).__new__(type(self)) if _instance is None else _instance
        shape = tuple(batch_shape)
        for name in self._parameters:
            if name in self.__dict__:
                value = self.__dict__[name]
                new.__dict__[name] = value.expand((*shape, *value.shape[len(self._batch_shape) :]))
        Distribution.__init__(new, shape, self._event_shape, validate_args=False)
        new._validate_args = self._validate_args
        return new

    def _extended_shape(self, sample_shape: Sequence[int] = ()) -> tuple[int, ...]:
        return (*sample_shape, *self._batch_shape, *self._event_shape)

    def _validate_sample(self, value: Any) -> None:
        if not self._validate_args:
            return
        event = tuple(value.shape[len(value.shape) - len(self._event_shape) :])
        if event != tuple(self._event_shape):
            raise ValueError(
                f"{type(self).__name__}: the last sizes of a value must be {tuple(self._event_shape)}: got {event}"
            )
        try:
            constraint = self.support
        except NotImplementedError:
            return
        if not bool(constraint.check(value).all()):
            raise ValueError(f"{type(self).__name__}: invalid value: got {value}, expected values of {constraint!r}")

    def __repr__(self) -> str:
        known = [name for name in self.arg_constraints if name in self.__dict__]
        described = (
            f"{name}: {self.__dict__[name] if self.__dict__[name].numel() == 1 else self.__dict__[name].shape}"
            for name in known
        )
        return f"{type(self).__name__}({', '.join(described)})"
