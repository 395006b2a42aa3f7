# SPDX-License-Identifier: Apache-2.0
"""Distributions against PyTorch's: densities, moments, entropies, divergences; samples by their moments."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch
import vt_torch as vt

D = vt.distributions
T = torch.distributions

P = [[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]]
# Name, arguments of two distributions of the type, and values.
CASES: list[tuple[str, dict[str, Any], dict[str, Any], Any]] = [
    ("Normal", {"loc": [0.5, -1.0], "scale": [2.0, 0.5]}, {"loc": [0.0, 1.0], "scale": [1.0, 3.0]}, [0.3, -2.0]),
    ("LogNormal", {"loc": [0.5, -1.0], "scale": [0.7, 0.5]}, {"loc": [0.0, 1.0], "scale": [1.0, 3.0]}, [0.3, 2.0]),
    ("HalfNormal", {"scale": [2.0, 0.5]}, {}, [0.3, 2.0]),
    ("Uniform", {"low": [0.0, -1.0], "high": [1.0, 3.0]}, {"low": [-1.0, 0.0], "high": [1.0, 4.0]}, [0.3, 2.0]),
    ("Laplace", {"loc": [0.5, -1.0], "scale": [2.0, 0.5]}, {"loc": [0.0, 1.0], "scale": [1.0, 3.0]}, [0.3, -2.0]),
    ("Cauchy", {"loc": [0.5, -1.0], "scale": [2.0, 0.5]}, {}, [0.3, -2.0]),
    ("HalfCauchy", {"scale": [2.0, 0.5]}, {}, [0.3, 2.0]),
    ("Exponential", {"rate": [2.0, 0.5]}, {"rate": [1.0, 3.0]}, [0.3, 2.0]),
    (
        "Gamma",
        {"concentration": [2.0, 0.5], "rate": [1.5, 3.0]},
        {"concentration": [1.0, 4.0], "rate": [1.0, 2.0]},
        [0.3, 2.0],
    ),
    ("Chi2", {"df": [2.0, 5.0]}, {}, [0.3, 2.0]),
    ("StudentT", {"df": [3.0, 5.0], "loc": [0.5, -1.0], "scale": [2.0, 0.5]}, {}, [0.3, 2.0]),
    (
        "Beta",
        {"concentration1": [2.0, 0.5], "concentration0": [1.5, 3.0]},
        {"concentration1": [1.0, 4.0], "concentration0": [1.0, 2.0]},
        [0.3, 0.9],
    ),
    ("Dirichlet", {"concentration": [[2.0, 1.5, 3.0], [0.6, 1.0, 4.0]]}, {"concentration": [[1.0] * 3] * 2}, P),
    ("Bernoulli", {"probs": [0.3, 0.9]}, {"probs": [0.5, 0.6]}, [1.0, 0.0]),
    ("Bernoulli", {"logits": [0.3, -2.0]}, {"logits": [1.0, 0.6]}, [1.0, 0.0]),
    ("Binomial", {"total_count": 5, "probs": [0.3, 0.9]}, {"total_count": 5, "probs": [0.5, 0.6]}, [2.0, 5.0]),
    ("Geometric", {"probs": [0.3, 0.9]}, {"probs": [0.5, 0.6]}, [2.0, 0.0]),
    ("Poisson", {"rate": [0.3, 9.0]}, {"rate": [1.0, 3.0]}, [2.0, 7.0]),
    ("Categorical", {"probs": P}, {"probs": P[::-1]}, [2, 0]),
    ("Categorical", {"logits": [[0.5, 1.0, -1.0], [0.0, 0.0, 2.0]]}, {"logits": P}, [2, 0]),
    ("OneHotCategorical", {"probs": P}, {"probs": P[::-1]}, [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]),
    (
        "MultivariateNormal",
        {"loc": [0.5, -1.0], "covariance_matrix": [[2.0, 0.5], [0.5, 1.0]]},
        {"loc": [0.0, 0.0], "covariance_matrix": [[1.0, 0.0], [0.0, 3.0]]},
        [0.3, 0.2],
    ),
]
IDS = [f"{name}-{next(iter(arguments))}" for name, arguments, _, _ in CASES]
ARGUMENTS = ("name", "arguments", "others", "value")
WITHOUT_CDF = ("Poisson", "StudentT", "Beta", "Dirichlet", "MultivariateNormal")  # in PyTorch, as all that are discrete
cases = pytest.mark.parametrize(ARGUMENTS, CASES, ids=IDS)


def of(module: Any, value: Any) -> Any:
    if isinstance(value, int):
        return value
    tensor = module.tensor(value)
    return tensor if tensor.dtype == module.int64 else tensor.to(module.float64)


def made(module: Any, name: str, arguments: dict[str, Any]) -> Any:
    return getattr(module.distributions, name)(**{key: of(module, value) for key, value in arguments.items()})


def same(actual: Any, expected: torch.Tensor) -> None:
    assert tuple(actual.shape) == tuple(expected.shape)
    torch.testing.assert_close(
        torch.tensor(actual.tolist(), dtype=torch.float64), expected.double(), rtol=1e-6, atol=1e-9, equal_nan=True
    )


@cases
def test_densities_moments_and_entropies(name: str, arguments: Any, others: Any, value: Any) -> None:
    ours, theirs = made(vt, name, arguments), made(torch, name, arguments)
    assert tuple(ours.batch_shape) == tuple(theirs.batch_shape)
    assert tuple(ours.event_shape) == tuple(theirs.event_shape)
    same(ours.log_prob(of(vt, value)), theirs.log_prob(of(torch, value)))
    for what in ("mean", "variance", "stddev", "mode"):
        try:
            expected = getattr(theirs, what)
        except NotImplementedError:
            continue
        same(getattr(ours, what), expected)
    try:
        expected = theirs.entropy()
    except NotImplementedError:
        return
    same(ours.entropy(), expected)
    same(ours.perplexity(), theirs.perplexity())


@pytest.mark.parametrize(
    ARGUMENTS, [case for case in CASES if case[0] not in WITHOUT_CDF and not case[1].keys() & {"probs", "logits"}]
)
def test_distribution_functions(name: str, arguments: Any, others: Any, value: Any) -> None:
    ours, theirs = made(vt, name, arguments), made(torch, name, arguments)
    expected = theirs.cdf(of(torch, value))
    same(ours.cdf(of(vt, value)), expected)
    try:
        expected = theirs.icdf(torch.tensor([0.2, 0.7], dtype=torch.float64))
    except NotImplementedError:
        return
    same(ours.icdf(of(vt, [0.2, 0.7])), expected)


@pytest.mark.parametrize(ARGUMENTS, [case for case in CASES if case[2]])
def test_divergences(name: str, arguments: Any, others: Any, value: Any) -> None:
    ours = D.kl_divergence(made(vt, name, arguments), made(vt, name, others))
    same(ours, T.kl_divergence(made(torch, name, arguments), made(torch, name, others)))


@cases
def test_samples_have_the_moments(name: str, arguments: Any, others: Any, value: Any) -> None:
    vt.manual_seed(0)
    ours = made(vt, name, arguments)
    count = 4000
    samples = torch.tensor(ours.sample((count,)).tolist(), dtype=torch.float64)
    assert tuple(samples.shape) == (count, *ours.batch_shape, *ours.event_shape)
    if name in ("Cauchy", "HalfCauchy", "Categorical"):
        return
    mean = torch.tensor(ours.mean.tolist(), dtype=torch.float64)
    variance = torch.tensor(ours.variance.tolist(), dtype=torch.float64)
    assert bool(((samples.mean(0) - mean).abs() < 6 * (variance / count).sqrt() + 1e-9).all())


@cases
def test_gradients_of_log_prob(name: str, arguments: Any, others: Any, value: Any) -> None:
    gradients = []
    for module in (vt, torch):
        leaves = {k: of(module, v) for k, v in arguments.items()}
        taken = [v.requires_grad_() for v in leaves.values() if not isinstance(v, int)]
        distribution = getattr(module.distributions, name)(**leaves)
        distribution.log_prob(of(module, value)).sum().backward()
        gradients.append([leaf.grad for leaf in taken])
    for ours, theirs in zip(*gradients, strict=True):
        assert (ours is None) == (theirs is None)
        if theirs is not None:
            same(ours, theirs)


@pytest.mark.parametrize("name", ["Normal", "Gamma", "Beta", "Dirichlet", "Laplace", "StudentT", "MultivariateNormal"])
def test_samples_with_gradients(name: str) -> None:
    arguments = next(case[1] for case in CASES if case[0] == name)
    leaves = {k: of(vt, v).requires_grad_() for k, v in arguments.items()}
    vt.manual_seed(0)
    weights = vt.arange(1, 3, dtype=vt.float64)
    getattr(D, name)(**leaves).rsample((7,)).select(-1, 0).sum().mul(weights.sum()).backward()
    for leaf in leaves.values():
        assert leaf.grad is not None
        assert all(math.isfinite(g) for g in leaf.grad.flatten().tolist())


def test_categories_come_as_often_as_their_chances() -> None:
    vt.manual_seed(1)
    samples = torch.tensor(D.Categorical(vt.tensor(P)).sample((20000,)).tolist())
    for row in range(2):
        shares = torch.bincount(samples[:, row], minlength=3) / 20000
        assert (shares - torch.tensor(P[row])).abs().max() < 0.02


def test_independent_sums_over_what_it_takes() -> None:
    loc = [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]
    ours = D.Independent(D.Normal(of(vt, loc), 1.0), 1)
    theirs = T.Independent(T.Normal(of(torch, loc), 1.0), 1)
    assert (tuple(ours.batch_shape), tuple(ours.event_shape)) == ((2,), (3,))
    same(ours.log_prob(of(vt, loc) * 0.5), theirs.log_prob(of(torch, loc) * 0.5))
    same(ours.entropy(), theirs.entropy())


@cases
def test_expand(name: str, arguments: Any, others: Any, value: Any) -> None:
    ours, theirs = made(vt, name, arguments), made(torch, name, arguments)
    shape = (3, *theirs.batch_shape)
    assert tuple(ours.expand(shape).batch_shape) == shape
    same(ours.expand(shape).log_prob(of(vt, value)), theirs.expand(shape).log_prob(of(torch, value)))


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: D.Normal(0.0, -1.0), "Normal: invalid parameter scale"),
        (lambda: D.Uniform(1.0, 0.0), "Uniform is not defined when low >= high"),
        (lambda: D.Bernoulli(), "Either `probs` or `logits`"),
        (lambda: D.Bernoulli(1.5), "Bernoulli: invalid parameter probs"),
        (lambda: D.Poisson(vt.tensor([1.0])).log_prob(vt.tensor([0.5])), "Poisson: invalid value"),
        (lambda: D.Categorical(vt.ones(3)).log_prob(vt.tensor([5])), "Categorical: invalid value"),
        (lambda: D.Dirichlet(vt.ones(3)).log_prob(vt.ones(2)), "the last sizes of a value must be"),
    ],
)
def test_refuses_what_is_outside(call: Any, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        call()


def test_checks_can_be_turned_off() -> None:
    assert math.isnan(D.Normal(0.0, -1.0, validate_args=False).log_prob(vt.tensor(0.0)).item())
