# SPDX-License-Identifier: Apache-2.0
"""Distributions carried through functions, mixtures, relaxed and counted categories, against PyTorch's."""

from __future__ import annotations

import math
from types import ModuleType
from typing import Any

import pytest
import torch as reference
import vt_torch

TRANSFORMS = {
    "exp": lambda d: d.ExpTransform(),
    "sigmoid": lambda d: d.SigmoidTransform(),
    "softplus": lambda d: d.SoftplusTransform(),
    "tanh": lambda d: d.TanhTransform(cache_size=1),
    "abs": lambda d: d.AbsTransform(),
    "power": lambda d: d.PowerTransform(2.0),
    "affine": lambda d: d.AffineTransform(1.0, -2.0),
    "affine of vectors": lambda d: d.AffineTransform(0.5, 3.0, event_dim=1),
    "softmax": lambda d: d.SoftmaxTransform(),
    "composed": lambda d: d.ComposeTransform([d.TanhTransform(), d.AffineTransform(0.0, 2.0), d.ExpTransform()]),
    "independent": lambda d: d.IndependentTransform(d.ExpTransform(), 1),
    "inverse": lambda d: d.ExpTransform().inv,
    "identity": lambda d: d.identity_transform,
}
WITHOUT_DERIVATIVE = ("abs", "softmax")


def tensor(torch: ModuleType, values: Any) -> Any:
    return torch.tensor(values, dtype=torch.float64)


def same(ours: Any, theirs: Any) -> None:
    assert tuple(ours.shape) == tuple(theirs.shape)
    assert ours.flatten().tolist() == pytest.approx(theirs.flatten().tolist(), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("name", TRANSFORMS)
def test_functions_inverses_and_derivatives(name: str) -> None:
    ours, theirs = (TRANSFORMS[name](torch.distributions) for torch in (vt_torch, reference))
    x, their_x = (tensor(torch, [[0.3, 1.2], [0.7, 2.0]]) for torch in (vt_torch, reference))
    y, their_y = ours(x), theirs(their_x)
    same(y, their_y)
    same(ours.inv(y * 1), theirs.inv(their_y * 1))
    assert repr(ours.inv.inv) == repr(ours)
    assert ours.bijective == theirs.bijective
    if name not in WITHOUT_DERIVATIVE:
        assert float(ours.sign) == float(theirs.sign)
        same(ours.log_abs_det_jacobian(x, y), theirs.log_abs_det_jacobian(their_x, their_y))
        same(ours.inv.log_abs_det_jacobian(y, x), theirs.inv.log_abs_det_jacobian(their_y, their_x))


def test_a_kept_result_has_an_exact_inverse() -> None:
    tanh = vt_torch.distributions.TanhTransform(cache_size=1)
    x = tensor(vt_torch, [30.0])
    assert tanh.inv(tanh(x)) is x
    assert math.isinf(tanh.inv(tanh(x) * 1).item())


# From a module of distributions, its tensors and options of a test to a distribution.
MADE = {
    "squashed": lambda d, t: d.TransformedDistribution(
        d.Normal(t([0.5, -1.0]), t([1.0, 2.0])), [d.TanhTransform(), d.AffineTransform(t(1.0), t(-0.5))]
    ),
    "vectors": lambda d, t: d.TransformedDistribution(
        d.Independent(d.Normal(t([[0.5, -1.0]]), 1.0), 1), d.AffineTransform(1.0, 2.0, event_dim=1)
    ),
    "numbers taken as vectors": lambda d, t: d.TransformedDistribution(
        d.Normal(t([0.5, -1.0]), 1.0), d.IndependentTransform(d.ExpTransform(), 1)
    ),
    "gumbel": lambda d, t: d.Gumbel(t([0.5, -1.0]), t([1.0, 2.0])),
    "mixture": lambda d, t: d.MixtureSameFamily(
        d.Categorical(t([0.3, 0.7])), d.Normal(t([[0.0, 1.0], [2.0, 3.0]]), t([1.0, 0.5]))
    ),
    "mixture of vectors": lambda d, t: d.MixtureSameFamily(
        d.Categorical(t([0.3, 0.7])), d.Independent(d.Normal(t([[0.0, 1.0], [2.0, 3.0]]), 1.0), 1)
    ),
    "relaxed bernoulli": lambda d, t: d.RelaxedBernoulli(t(0.7), logits=t([0.5, -1.0])),
    "relaxed bernoulli by chance": lambda d, t: d.RelaxedBernoulli(t(0.7), probs=t([0.4, 0.9])),
    "relaxed categorical": lambda d, t: d.RelaxedOneHotCategorical(t(0.7), probs=t([0.2, 0.5, 0.3])),
    "multinomial": lambda d, t: d.Multinomial(5, probs=t([[0.2, 0.8], [0.5, 0.5]])),
    "multinomial by logits": lambda d, t: d.Multinomial(3, logits=t([0.2, -0.8, -math.inf])),
}
VALUES = {
    "squashed": [0.9, 1.2],
    "numbers taken as vectors": [0.9, 1.2],
    "relaxed bernoulli": [0.9, 0.2],
    "relaxed bernoulli by chance": [0.9, 0.2],
    "relaxed categorical": [0.25, 0.5, 0.25],
    "multinomial": [2.0, 3.0],
    "multinomial by logits": [2.0, 1.0, 0.0],
}
WITH_MOMENTS = ("gumbel", "mixture", "mixture of vectors", "multinomial")
WITH_CDF = ("squashed", "gumbel", "mixture")


@pytest.mark.parametrize("name", MADE)
def test_densities_moments_and_shapes(name: str) -> None:
    ours, theirs = (
        MADE[name](torch.distributions, lambda values, torch=torch: tensor(torch, values))
        for torch in (vt_torch, reference)
    )
    value = VALUES.get(name, [0.9, 2.2])
    assert tuple(ours.batch_shape) == tuple(theirs.batch_shape)
    assert tuple(ours.event_shape) == tuple(theirs.event_shape)
    same(ours.log_prob(tensor(vt_torch, value)), theirs.log_prob(tensor(reference, value)))
    shape = (3, *theirs.batch_shape)
    same(ours.expand(shape).log_prob(tensor(vt_torch, value)), theirs.expand(shape).log_prob(tensor(reference, value)))
    if name in WITH_MOMENTS:
        same(ours.mean, theirs.mean)
        same(ours.variance, theirs.variance)
    if name in WITH_CDF:
        same(ours.cdf(tensor(vt_torch, value)), theirs.cdf(tensor(reference, value)))
    if name in ("gumbel", "multinomial"):
        same(ours.entropy(), theirs.entropy())
    if name in ("gumbel", "squashed"):
        same(ours.icdf(tensor(vt_torch, [0.2, 0.7])), theirs.icdf(tensor(reference, [0.2, 0.7])))
    vt_torch.manual_seed(0)
    samples = ours.sample((4000,))
    assert tuple(samples.shape) == (4000, *theirs.batch_shape, *theirs.event_shape)
    same(ours.log_prob(samples[:5]), theirs.log_prob(tensor(reference, samples[:5].tolist())))
    if name in WITH_MOMENTS:
        distance = (samples.mean(0) - ours.mean).abs()
        assert bool((distance < 6 * (ours.variance / 4000).sqrt()).all())
    if not name.startswith("m"):
        assert ours.has_rsample


def test_gradients_of_samples_and_densities() -> None:
    d = vt_torch.distributions
    loc = vt_torch.zeros(2, requires_grad=True)
    policy = d.TransformedDistribution(d.Normal(loc, 1.0), [d.TanhTransform(cache_size=1)])
    action = policy.rsample()
    (action.sum() - policy.log_prob(action).sum()).backward()
    assert loc.grad is not None
    assert bool(loc.grad.isfinite().all())


@pytest.mark.parametrize("torch", [vt_torch, reference], ids=["ours", "theirs"])
def test_refusals(torch: ModuleType) -> None:
    d = torch.distributions
    normal = d.Normal(torch.zeros(2), 1.0)
    for bad in (
        lambda: d.TransformedDistribution(normal, 3),
        lambda: d.MixtureSameFamily(normal, normal),
        lambda: d.MixtureSameFamily(d.Categorical(torch.ones(3)), normal),
        lambda: d.RelaxedBernoulli(torch.tensor(1.0)),
        lambda: d.ExpTransform(cache_size=2),
        lambda: d.Multinomial(2, torch.ones(2), validate_args=True).log_prob(torch.tensor([1.0, 3.0])),
        lambda: d.TransformedDistribution(normal, d.ExpTransform(), True).log_prob(torch.tensor([-1.0, 1.0])),
    ):
        with pytest.raises(ValueError):
            bad()
