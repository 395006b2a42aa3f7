# SPDX-License-Identifier: Apache-2.0
"""The normal distribution of vectors, and batches of independent numbers taken as one value."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import vt_torch as torch
from vt_torch.distributions import constraints
from vt_torch.distributions.distribution import Distribution, broadcast_shapes

__all__ = ["Independent", "MultivariateNormal"]


class MultivariateNormal(Distribution):
    """The normal distribution of vectors of mean `loc`.

    Parameters
    ----------
    loc : Tensor
        (..., n)
    covariance_matrix, precision_matrix, scale_tril : Tensor, optional
        (..., n, n); one of them: the covariances, their inverse, or the lower triangular factor of the covariances.
    """

    arg_constraints: ClassVar[Mapping[str, constraints.Constraint]] = {
        "loc": constraints.real_vector,
        "covariance_matrix": constraints.positive_definite,
        "precision_matrix": constraints.positive_definite,
        "scale_tril": constraints.lower_cholesky,
    }
    has_rsample = True
    _parameters = ("loc", "scale_tril")

    def __init__(
        self,
        loc: Any,
        covariance_matrix: Any = None,
        precision_matrix: Any = None,
        scale_tril: Any = None,
        validate_args: bool | None = None,
    ) -> None:
        given = [matrix for matrix in (covariance_matrix, precision_matrix, scale_tril) if matrix is not None]
        if len(given) != 1:
            raise ValueError("Exactly one of covariance_matrix or precision_matrix or scale_tril may be specified.")
        if loc.ndim < 1 or given[0].ndim < 2:
            raise ValueError("MultivariateNormal: loc must have at least one dimension, the matrix at least two")
        batch = broadcast_shapes(given[0].shape[:-2], loc.shape[:-1])
        n = loc.shape[-1]
        self.loc = loc.expand((*batch, n))
        if scale_tril is not None:
            self.scale_tril = scale_tril.expand((*batch, n, n))
        elif covariance_matrix is not None:
            self.scale_tril = torch.linalg.cholesky(covariance_matrix).expand((*batch, n, n))
        else:
            inverse = torch.linalg.inv(precision_matrix)
            self.scale_tril = torch.linalg.cholesky((inverse + inverse.transpose(-2, -1)) / 2).expand((*batch, n, n))
        super().__init__(batch, (n,), validate_args)

    @property
    def support(self) -> constraints.Constraint:
        return constraints.real_vector

    @property
    def covariance_matrix(self) -> Any:
        """The covariances."""
        return self.scale_tril @ self.scale_tril.transpose(-2, -1)

    @property
    def precision_matrix(self) -> Any:
        """Their inverse."""
        return torch.linalg.inv(self.covariance_matrix)

    @property
    def mean(self) -> Any:
        return self.loc

    @property
    def mode(self) -> Any:
        return self.loc

    @property
    def variance(self) -> Any:
        return (self.scale_tril**2).sum(-1)

    def rsample(self, sample_shape: Sequence[int] = ()) -> Any:
        normal = torch.randn(self._extended_shape(sample_shape), dtype=self.loc.dtype, device=self.loc.device)
        return self.loc + (self.scale_tril @ normal.unsqueeze(-1)).squeeze(-1)

    def _half_log_determinant(self) -> Any:
        return torch.diagonal(self.scale_tril, dim1=-2, dim2=-1).log().sum(-1)

    def log_prob(self, value: Any) -> Any:
        self._validate_sample(value)
        distance = (value - self.loc).unsqueeze(-1)
        standardized = torch.linalg.solve_triangular(self.scale_tril, distance, upper=False).squeeze(-1)
        n = self._event_shape[0]
        return -0.5 * (n * math.log(2 * math.pi) + (standardized**2).sum(-1)) - self._half_log_determinant()

    def entropy(self) -> Any:
        n = self._event_shape[0]
        return 0.5 * n * (1.0 + math.log(2 * math.pi)) + self._half_log_determinant()


class Independent(Distribution):
    """The last dimensions of a batch of distributions taken as part of one value.

    Parameters
    ----------
    base_distribution : Distribution
    reinterpreted_batch_ndims : int
        How many dimensions of its batch become dimensions of a value.
    """

    def __init__(
        self, base_distribution: Distribution, reinterpreted_batch_ndims: int, validate_args: bool | None = None
    ) -> None:
        batch = tuple(base_distribution.batch_shape)
        if reinterpreted_batch_ndims > len(batch):
            raise ValueError(
                f"Independent: reinterpreted_batch_ndims must be at most {len(batch)}, the dimensions of the batch: got "
                f"{reinterpreted_batch_ndims}"
            )
        self.base_dist = base_distribution
        self.reinterpreted_batch_ndims = reinterpreted_batch_ndims
        kept = len(batch) - reinterpreted_batch_ndims
        super().__init__(batch[:kept], (*batch[kept:], *base_distribution.event_shape), validate_args)

    @property
    def has_rsample(self) -> bool:  # type: ignore[override]
        """Whether samples have gradients."""
        return self.base_dist.has_rsample

    @property
    def mean(self) -> Any:
        return self.base_dist.mean

    @property
    def mode(self) -> Any:
        return self.base_dist.mode

    @property
    def variance(self) -> Any:
        return self.base_dist.variance

    def expand(self, batch_shape: Sequence[int], _instance: Any = None) -> Any:
        inner = tuple(self._event_shape)[: self.reinterpreted_batch_ndims]
        return Independent(self.base_dist.expand((*batch_shape, *inner)), self.reinterpreted_batch_ndims)

    def sample(self, sample_shape: Sequence[int] = ()) -> Any:
        return self.base_dist.sample(sample_shape)

    def rsample(self, sample_shape: Sequence[int] = ()) -> Any:
        return self.base_dist.rsample(sample_shape)

    def _summed(self, value: Any) -> Any:
        dims = tuple(range(-self.reinterpreted_batch_ndims, 0))
        return value.sum(dims) if dims else value

    def log_prob(self, value: Any) -> Any:
        return self._summed(self.base_dist.log_prob(value))

    def entropy(self) -> Any:
        return self._summed(self.base_dist.entropy())

    def __repr__(self) -> str:
        return f"Independent({self.base_dist!r}, {self.reinterpreted_batch_ndims})"
