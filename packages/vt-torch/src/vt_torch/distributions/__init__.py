# SPDX-License-Identifier: Apache-2.0
"""Probability distributions: samples, densities, entropies and divergences."""

from __future__ import annotations

import sys as _sys

from vt_torch.distributions import constraints
from vt_torch.distributions.continuous import (
    Cauchy,
    HalfCauchy,
    HalfNormal,
    Laplace,
    LogNormal,
    Normal,
    Uniform,
)
from vt_torch.distributions.discrete import (
    Bernoulli,
    Binomial,
    Categorical,
    Geometric,
    OneHotCategorical,
    Poisson,
)
from vt_torch.distributions.distribution import Distribution
from vt_torch.distributions.gamma import Beta, Chi2, Dirichlet, Exponential, Gamma, StudentT
from vt_torch.distributions.kl import kl_divergence, register_kl
from vt_torch.distributions.multivariate import Independent, MultivariateNormal

__all__ = [
    "Bernoulli",
    "Beta",
    "Binomial",
    "Categorical",
    "Cauchy",
    "Chi2",
    "Dirichlet",
    "Distribution",
    "Exponential",
    "Gamma",
    "Geometric",
    "HalfCauchy",
    "HalfNormal",
    "Independent",
    "Laplace",
    "LogNormal",
    "MultivariateNormal",
    "Normal",
    "OneHotCategorical",
    "Poisson",
    "StudentT",
    "Uniform",
    "constraints",
    "kl_divergence",
    "register_kl",
]

# The files in which PyTorch keeps these classes: each name stands for this module.
for _file in (
    *("bernoulli", "beta", "binomial", "categorical", "cauchy", "chi2", "dirichlet", "exponential", "geometric"),
    *("half_cauchy", "half_normal", "independent", "laplace", "log_normal", "multivariate_normal", "normal"),
    *("one_hot_categorical", "poisson", "studentT", "uniform"),
):
    globals()[_file] = _sys.modules[f"{__name__}.{_file}"] = _sys.modules[__name__]
