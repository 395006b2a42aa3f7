# SPDX-License-Identifier: Apache-2.0
"""Probability distributions: samples, densities, entropies and divergences."""

from __future__ import annotations

import sys as _sys

from vt_torch.distributions import constraints, transforms
from vt_torch.distributions.continuous import (
    Cauchy,
    Gumbel,
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
    Multinomial,
    OneHotCategorical,
    Poisson,
)
from vt_torch.distributions.distribution import Distribution
from vt_torch.distributions.gamma import Beta, Chi2, Dirichlet, Exponential, Gamma, StudentT
from vt_torch.distributions.kl import kl_divergence, register_kl
from vt_torch.distributions.multivariate import Independent, MultivariateNormal
from vt_torch.distributions.transformed import (
    MixtureSameFamily,
    RelaxedBernoulli,
    RelaxedOneHotCategorical,
    TransformedDistribution,
)
from vt_torch.distributions.transforms import (
    AbsTransform,
    AffineTransform,
    ComposeTransform,
    ExpTransform,
    IndependentTransform,
    PowerTransform,
    SigmoidTransform,
    SoftmaxTransform,
    SoftplusTransform,
    TanhTransform,
    Transform,
    identity_transform,
)

__all__ = [
    "AbsTransform",
    "AffineTransform",
    "Bernoulli",
    "Beta",
    "Binomial",
    "Categorical",
    "Cauchy",
    "Chi2",
    "ComposeTransform",
    "Dirichlet",
    "Distribution",
    "ExpTransform",
    "Exponential",
    "Gamma",
    "Geometric",
    "Gumbel",
    "HalfCauchy",
    "HalfNormal",
    "Independent",
    "IndependentTransform",
    "Laplace",
    "LogNormal",
    "MixtureSameFamily",
    "Multinomial",
    "MultivariateNormal",
    "Normal",
    "OneHotCategorical",
    "Poisson",
    "PowerTransform",
    "RelaxedBernoulli",
    "RelaxedOneHotCategorical",
    "SigmoidTransform",
    "SoftmaxTransform",
    "SoftplusTransform",
    "StudentT",
    "TanhTransform",
    "Transform",
    "TransformedDistribution",
    "Uniform",
    "constraints",
    "identity_transform",
    "kl_divergence",
    "register_kl",
    "transforms",
]

# The files in which PyTorch keeps these classes: each name stands for this module.
for _file in (
    *("bernoulli", "beta", "binomial", "categorical", "cauchy", "chi2", "dirichlet", "exponential", "geometric"),
    *("gumbel", "mixture_same_family", "multinomial", "relaxed_bernoulli", "relaxed_categorical"),
    *(
        "transformed_distribution",
        "half_cauchy",
        "half_normal",
        "independent",
        "laplace",
        "log_normal",
        "multivariate_normal",
        "normal",
    ),
    *("one_hot_categorical", "poisson", "studentT", "uniform"),
):
    globals()[_file] = _sys.modules[f"{__name__}.{_file}"] = _sys.modules[__name__]
