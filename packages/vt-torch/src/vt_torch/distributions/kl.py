# SPDX-License-Identifier: Apache-2.0
"""Divergences of Kullback and Leibler between distributions, by formulas registered for pairs of types."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import vt_torch as torch
from vt_torch.distributions.continuous import Laplace, LogNormal, Normal, Uniform
from vt_torch.distributions.discrete import Bernoulli, Binomial, Categorical, Geometric, OneHotCategorical, Poisson
from vt_torch.distributions.distribution import Distribution
from vt_torch.distributions.gamma import Beta, Dirichlet, Exponential, Gamma
from vt_torch.distributions.multivariate import Independent, MultivariateNormal

__all__ = ["kl_divergence", "register_kl"]

_Formula = Callable[[Any, Any], Any]
_formulas: dict[tuple[type, type], _Formula] = {}


def register_kl(type_p: type, type_q: type) -> Callable[[_Formula], _Formula]:
    """Register the decorated function of (p, q) as the divergence between these types and what is derived from them."""

    def register(formula: _Formula) -> _Formula:
        _formulas[type_p, type_q] = formula
        return formula

    return register


def kl_divergence(p: Distribution, q: Distribution) -> Any:
    """Return the divergence of `q` from `p`, the mean under `p` of ``p.log_prob(x) - q.log_prob(x)``.

    Raises
    ------
    NotImplementedError
        If there is no formula for the pair.
    """
    for of_p in type(p).__mro__:
        for of_q in type(q).__mro__:
            formula = _formulas.get((of_p, of_q))
            if formula is not None:
                return formula(p, q)
    raise NotImplementedError(
        f"No KL(p || q) is implemented for p type {type(p).__name__} and q type {type(q).__name__}"
    )


@register_kl(Normal, Normal)
def _normal(p: Normal, q: Normal) -> Any:
    ratio = (p.scale / q.scale) ** 2
    return 0.5 * (ratio + ((p.loc - q.loc) / q.scale) ** 2 - 1 - ratio.log())


@register_kl(LogNormal, LogNormal)
def _log_normal(p: LogNormal, q: LogNormal) -> Any:
    return _normal(Normal(p.loc, p.scale, validate_args=False), Normal(q.loc, q.scale, validate_args=False))


@register_kl(Uniform, Uniform)
def _uniform(p: Uniform, q: Uniform) -> Any:
    value = torch.log((q.high - q.low) / (p.high - p.low))
    return torch.where((q.low > p.low) | (q.high < p.high), math.inf, value)


@register_kl(Laplace, Laplace)
def _laplace(p: Laplace, q: Laplace) -> Any:
    distance = (p.loc - q.loc).abs()
    ratio = p.scale / q.scale
    return -ratio.log() + distance / q.scale + ratio * torch.exp(-distance / p.scale) - 1


@register_kl(Exponential, Exponential)
def _exponential(p: Exponential, q: Exponential) -> Any:
    ratio = q.rate / p.rate
    return ratio - ratio.log() - 1


@register_kl(Gamma, Gamma)
def _gamma(p: Gamma, q: Gamma) -> Any:
    return (
        q.concentration * (p.rate / q.rate).log()
        + torch.lgamma(q.concentration)
        - torch.lgamma(p.concentration)
        + (p.concentration - q.concentration) * torch.digamma(p.concentration)
        + (q.rate - p.rate) * (p.concentration / p.rate)
    )


@register_kl(Dirichlet, Dirichlet)
def _dirichlet(p: Dirichlet, q: Dirichlet) -> Any:
    total_p = p.concentration.sum(-1)
    total_q = q.concentration.sum(-1)
    logs = torch.digamma(p.concentration) - torch.digamma(total_p).unsqueeze(-1)
    return (
        torch.lgamma(total_p)
        - torch.lgamma(total_q)
        - (torch.lgamma(p.concentration) - torch.lgamma(q.concentration)).sum(-1)
        + ((p.concentration - q.concentration) * logs).sum(-1)
    )


@register_kl(Beta, Beta)
def _beta(p: Beta, q: Beta) -> Any:
    return _dirichlet(p._parts(), q._parts())  # pyright: ignore[reportPrivateUsage]


@register_kl(Bernoulli, Bernoulli)
def _bernoulli(p: Bernoulli, q: Bernoulli) -> Any:
    # log(1 - p) is -softplus(logit), log(p) is -softplus(-logit).
    softplus = torch.nn.functional.softplus
    one = softplus(-q.logits) - softplus(-p.logits)
    zero = softplus(q.logits) - softplus(p.logits)
    return p.probs * one + (1 - p.probs) * zero


@register_kl(Binomial, Binomial)
def _binomial(p: Binomial, q: Binomial) -> Any:
    per_trial = _bernoulli(Bernoulli(p.probs, validate_args=False), Bernoulli(q.probs, validate_args=False))
    return torch.where(p.total_count > q.total_count, math.inf, p.total_count * per_trial)


@register_kl(Geometric, Geometric)
def _geometric(p: Geometric, q: Geometric) -> Any:
    return -p.entropy() - torch.log1p(-q.probs) / p.probs - q.logits


@register_kl(Poisson, Poisson)
def _poisson(p: Poisson, q: Poisson) -> Any:
    return torch.xlogy(p.rate, p.rate) - torch.xlogy(p.rate, q.rate) - (p.rate - q.rate)


@register_kl(Categorical, Categorical)
def _categorical(p: Categorical, q: Categorical) -> Any:
    terms = p.probs * (p.logits - q.logits)
    terms = torch.where((q.probs == 0).expand(terms.shape), math.inf, terms)
    return torch.where((p.probs == 0).expand(terms.shape), 0.0, terms).sum(-1)


@register_kl(OneHotCategorical, OneHotCategorical)
def _one_hot(p: OneHotCategorical, q: OneHotCategorical) -> Any:
    return _categorical(p._categorical, q._categorical)  # pyright: ignore[reportPrivateUsage]


@register_kl(MultivariateNormal, MultivariateNormal)
def _multivariate(p: MultivariateNormal, q: MultivariateNormal) -> Any:
    solve = torch.linalg.solve_triangular
    factor = solve(q.scale_tril, p.scale_tril, upper=False)
    distance = solve(q.scale_tril, (q.loc - p.loc).unsqueeze(-1), upper=False).squeeze(-1)
    logs = q._half_log_determinant() - p._half_log_determinant()  # pyright: ignore[reportPrivateUsage]
    return logs + 0.5 * ((factor**2).sum(-1).sum(-1) + (distance**2).sum(-1) - p.event_shape[0])


@register_kl(Independent, Independent)
def _independent(p: Independent, q: Independent) -> Any:
    if p.reinterpreted_batch_ndims != q.reinterpreted_batch_ndims:
        raise NotImplementedError("kl_divergence: both must take as many dimensions of their batches into a value")
    return p._summed(kl_divergence(p.base_dist, q.base_dist))  # pyright: ignore[reportPrivateUsage]
