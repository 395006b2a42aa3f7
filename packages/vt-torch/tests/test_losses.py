# SPDX-License-Identifier: Apache-2.0
"""Losses and distances of nn against PyTorch: values, gradients, reductions, deprecated arguments, refusals."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from programs import LIBRARIES, check, fill, values

REDUCTIONS = ["mean", "sum", "none"]


def leaf(torch: ModuleType, shape: tuple[int, ...], seed: int = 0) -> Any:
    return torch.from_numpy(values(shape, seed)).requires_grad_()


def fractions(torch: ModuleType, shape: tuple[int, ...], seed: int = 0) -> Any:
    return torch.from_numpy(np.random.default_rng(seed).uniform(0.1, 0.9, shape).astype(np.float32)).requires_grad_()


def signs(torch: ModuleType, shape: tuple[int, ...], seed: int = 0) -> Any:
    return torch.from_numpy((np.random.default_rng(seed).integers(0, 2, shape) * 2 - 1).astype(np.float32))


def gradients(loss: Any, *leaves: Any, twice: bool = True) -> Any:
    """The loss with first and second derivatives of the sum of its squares."""
    first = _gradients((loss * loss).sum(), leaves)
    return loss, first, _gradients(sum((g * g).sum() for g in first), leaves) if twice else None


def _gradients(total: Any, leaves: Any) -> Any:
    torch = next(library for library in LIBRARIES if isinstance(total, library.Tensor))
    grads = torch.autograd.grad(total, leaves, create_graph=True, allow_unused=True)
    return [torch.zeros_like(x) if g is None else g for g, x in zip(grads, leaves, strict=True)]


Make = Callable[[ModuleType, str], Any]

MODULES: dict[str, Make] = {
    "L1Loss": lambda t, r: gradients(t.nn.L1Loss(reduction=r)(x := leaf(t, (3, 4)), y := leaf(t, (3, 4), 1)), x, y),
    "MSELoss": lambda t, r: gradients(t.nn.MSELoss(reduction=r)(x := leaf(t, (3, 4)), y := leaf(t, (3, 4), 1)), x, y),
    "SmoothL1Loss": lambda t, r: gradients(
        t.nn.SmoothL1Loss(reduction=r, beta=0.7)(x := leaf(t, (3, 4)), y := leaf(t, (3, 4), 1)), x, y
    ),
    "HuberLoss": lambda t, r: gradients(
        t.nn.HuberLoss(reduction=r, delta=0.7)(x := leaf(t, (3, 4)), y := leaf(t, (3, 4), 1)), x, y
    ),
    "BCELoss": lambda t, r: gradients(
        t.nn.BCELoss(t.tensor([0.5, 1.0, 2.0]), reduction=r)(
            x := fractions(t, (2, 3)), t.from_numpy(np.float32([[0, 1, 0.5], [1, 0, 0.25]]))
        ),
        x,
    ),
    "BCEWithLogitsLoss": lambda t, r: gradients(
        t.nn.BCEWithLogitsLoss(t.tensor([0.5, 1.0, 2.0]), reduction=r, pos_weight=t.tensor([3.0, 1.0, 0.5]))(
            x := leaf(t, (2, 3)), y := fractions(t, (2, 3), 1)
        ),
        x,
        y,
    ),
    "KLDivLoss": lambda t, r: gradients(
        t.nn.KLDivLoss(reduction=r)(x := leaf(t, (2, 3)), y := fractions(t, (2, 3))), x, y
    ),
    "KLDivLoss of logarithms": lambda t, r: gradients(
        t.nn.KLDivLoss(reduction=r, log_target=True)(x := leaf(t, (2, 3)), y := leaf(t, (2, 3), 1)), x, y
    ),
    "PoissonNLLLoss": lambda t, r: gradients(
        t.nn.PoissonNLLLoss(full=True, reduction=r)(x := leaf(t, (2, 3)), t.tensor([[0.0, 1.0, 2.0], [3.0, 9.0, 1.0]])),
        x,
    ),
    "PoissonNLLLoss of rates": lambda t, r: gradients(
        t.nn.PoissonNLLLoss(log_input=False, reduction=r)(x := fractions(t, (2, 3)), t.tensor([[0.0, 1.0, 2.0]] * 2)), x
    ),
    "GaussianNLLLoss": lambda t, r: gradients(
        t.nn.GaussianNLLLoss(full=True, eps=0.3, reduction=r)(
            x := leaf(t, (2, 3)), y := leaf(t, (2, 3), 1), var := fractions(t, (2, 1))
        ),
        x,
        y,
        var,
    ),
    "HingeEmbeddingLoss": lambda t, r: gradients(
        t.nn.HingeEmbeddingLoss(margin=1.5, reduction=r)(x := leaf(t, (3, 4)), signs(t, (3, 4))), x
    ),
    "SoftMarginLoss": lambda t, r: gradients(
        t.nn.SoftMarginLoss(reduction=r)(x := leaf(t, (3, 4)), signs(t, (3, 4))), x
    ),
    "MarginRankingLoss": lambda t, r: gradients(
        t.nn.MarginRankingLoss(margin=0.3, reduction=r)(x := leaf(t, (4,)), y := leaf(t, (4,), 1), signs(t, (4,))), x, y
    ),
    "MultiMarginLoss": lambda t, r: gradients(
        t.nn.MultiMarginLoss(2, 0.7, t.tensor([1.0, 2.0, 0.5, 1.0]), reduction=r)(
            x := leaf(t, (3, 4)), t.tensor([0, 3, 1])
        ),
        x,
        twice=False,
    ),
    "MultiLabelMarginLoss": lambda t, r: gradients(
        t.nn.MultiLabelMarginLoss(reduction=r)(x := leaf(t, (2, 4)), t.tensor([[3, 0, -1, 1], [-1, 0, 1, 2]])),
        x,
        twice=False,
    ),
    "MultiLabelSoftMarginLoss": lambda t, r: gradients(
        t.nn.MultiLabelSoftMarginLoss(t.tensor([1.0, 2.0, 0.5]), reduction=r)(
            x := leaf(t, (2, 3)), t.tensor([[0.0, 1.0, 0.0], [1.0, 1.0, 0.0]])
        ),
        x,
    ),
    "CosineEmbeddingLoss": lambda t, r: gradients(
        t.nn.CosineEmbeddingLoss(0.1, reduction=r)(x := leaf(t, (4, 5)), y := leaf(t, (4, 5), 1), signs(t, (4,))), x, y
    ),
    "TripletMarginLoss": lambda t, r: gradients(
        t.nn.TripletMarginLoss(1.2, p=3, swap=True, reduction=r)(
            x := leaf(t, (4, 5)), y := leaf(t, (4, 5), 1), z := leaf(t, (4, 5), 2)
        ),
        x,
        y,
        z,
    ),
    "TripletMarginWithDistanceLoss": lambda t, r: gradients(
        t.nn.TripletMarginWithDistanceLoss(distance_function=lambda a, b: 1 - t.cosine_similarity(a, b), reduction=r)(
            x := leaf(t, (4, 5)), y := leaf(t, (4, 5), 1), z := leaf(t, (4, 5), 2)
        ),
        x,
        y,
        z,
    ),
    "CrossEntropyLoss of classes": lambda t, r: gradients(
        t.nn.CrossEntropyLoss(t.tensor([1.0, 2.0, 0.5]), reduction=r, label_smoothing=0.2, ignore_index=1)(
            x := leaf(t, (2, 3, 2)), t.tensor([[0, 1], [2, 2]])
        ),
        x,
    ),
    "CrossEntropyLoss of probabilities": lambda t, r: gradients(
        t.nn.CrossEntropyLoss(t.tensor([1.0, 2.0, 0.5]), reduction=r, label_smoothing=0.2)(
            x := leaf(t, (2, 3, 2)), y := fractions(t, (2, 3, 2))
        ),
        x,
        y,
    ),
    "NLLLoss": lambda t, r: gradients(
        t.nn.NLLLoss(t.tensor([1.0, 2.0, 0.5]), reduction=r, ignore_index=1)(
            x := leaf(t, (2, 3, 2)), t.tensor([[0, 1], [2, 2]])
        ),
        x,
    ),
}


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("name", MODULES)
@pytest.mark.filterwarnings("ignore:reduction. 'mean' divides")
def test_loss_has_pytorchs_value_and_derivatives(name: str, reduction: str) -> None:
    check(lambda torch: MODULES[name](torch, reduction), 2e-4)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("zero_infinity", [False, True])
def test_ctc_loss(reduction: str, zero_infinity: bool) -> None:
    def program(torch: ModuleType) -> Any:
        x = leaf(torch, (12, 3, 5))
        p = x.log_softmax(2)
        targets = torch.tensor([[1, 2, 2, 4], [3, 3, 1, 1], [1, 2, 3, 4]])
        lengths = [12, 9, 7 if zero_infinity is False else 3], [4, 2, 4]
        criterion = torch.nn.CTCLoss(reduction=reduction, zero_infinity=zero_infinity)
        loss = criterion(p, targets, *(torch.tensor(n) for n in lengths))
        flat = torch.tensor([1, 2, 2, 4, 3, 3, 1, 2, 3, 4])
        again = torch.nn.functional.ctc_loss(
            p, flat, *map(tuple, lengths), reduction=reduction, zero_infinity=zero_infinity
        )
        single = torch.nn.functional.ctc_loss(
            p[:, 0], targets[0], torch.tensor(12), torch.tensor(4), reduction=reduction
        )
        loss.sum().backward()
        return loss, again, single, x.grad

    check(program)


def test_deprecated_arguments_override_the_reduction() -> None:
    def program(torch: ModuleType) -> Any:
        F = torch.nn.functional
        x, y = leaf(torch, (2, 3)), leaf(torch, (2, 3), 1)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            results = [
                F.l1_loss(x, y, size_average, reduce, "sum")
                for size_average in (None, True, False)
                for reduce in (None, True, False)
            ]
            results.append(torch.nn.MSELoss(size_average=False)(x, y))
            results.append(F.kl_div(x, y, reduce=False))
            results.append(torch.nn.KLDivLoss(reduction="batchmean", log_target=True)(x, y))
        return results, sum("size_average and reduce args" in str(w.message) for w in caught)

    check(program)


def test_weights_of_elements() -> None:
    def program(torch: ModuleType) -> Any:
        F = torch.nn.functional
        x, y, weight = leaf(torch, (2, 3)), leaf(torch, (2, 3), 1), fractions(torch, (2, 3))
        return [
            loss(x, y, reduction=reduction, weight=weight)
            for loss in (F.l1_loss, F.mse_loss, F.huber_loss)
            for reduction in REDUCTIONS
        ]

    check(program)


@pytest.mark.parametrize("p", [0.0, 0.5, 1.0, 2.0, 3.0, float("inf")])
def test_distances(p: float) -> None:
    def program(torch: ModuleType) -> Any:
        x, y = leaf(torch, (4, 5)), leaf(torch, (30, 5), 1)
        far, pairs = torch.cdist(x, y, p), torch.nn.functional.pdist(x, p)
        near = torch.nn.PairwiseDistance(p or 1.0, keepdim=True)(x, y[:4])
        (far.sum() + pairs.sum() + near.sum()).backward()
        return far, pairs, near, x.grad, y.grad, torch.pdist(x, p)

    check(program, 1e-4)


def test_distance_of_a_vector_from_itself_has_no_gradient() -> None:
    def program(torch: ModuleType) -> Any:
        x = leaf(torch, (3, 4))
        torch.cdist(x, x.detach()).sum().backward()
        y = leaf(torch, (3, 4))
        torch.cdist(y, y.detach(), compute_mode="donot_use_mm_for_euclid_dist").sum().backward()
        return x.grad, y.grad

    check(program, 1e-4)


def test_cosine_similarity() -> None:
    def program(torch: ModuleType) -> Any:
        x, y = leaf(torch, (4, 1, 5)), leaf(torch, (3, 5), 1)
        result = torch.nn.CosineSimilarity(dim=2)(x, y)
        zero = torch.zeros(2, 3, requires_grad=True)
        torch.cosine_similarity(zero, torch.ones(2, 3)).sum().backward()
        return gradients(result, x, y), zero.grad

    check(program, 1e-4)


def test_adaptive_softmax() -> None:
    def program(torch: ModuleType) -> Any:
        net = fill(torch.nn.AdaptiveLogSoftmaxWithLoss(8, 20, [4, 10], div_value=2.0, head_bias=True), torch)
        x, target = leaf(torch, (6, 8)), torch.tensor([0, 5, 19, 11, 3, 4])
        output, loss = net(x, target)
        loss.backward()
        single = net(x[0], target[0])
        grads = {name: p.grad for name, p in net.named_parameters()}
        return output, loss, list(single), net.log_prob(x), net.predict(x), x.grad, grads

    check(program)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("out_features", [(), (2,)])
def test_linear_map_with_cross_entropy(out_features: tuple[int, ...], reduction: str) -> None:
    def program(torch: ModuleType) -> Any:
        net = torch.nn.LinearCrossEntropyLoss(
            3, 4, out_features=out_features, bias=True, reduction=reduction, label_smoothing=0.1
        )
        fill(net, torch)
        x = leaf(torch, (2, 3))
        loss = net(x, torch.tensor([[0, 3], [1, 2]] if out_features else [0, 3]))
        chances = fractions(torch, (2, 4, *out_features))
        grads = gradients(loss, x, *net.parameters())
        return repr(net), list(net.state_dict()), grads, net(x, chances)

    check(program, 1e-4)


REFUSALS: dict[str, Callable[[ModuleType], Any]] = {
    "reduction": lambda t: t.nn.functional.mse_loss(t.ones(2), t.ones(2), reduction="max"),
    "batchmean": lambda t: t.nn.functional.l1_loss(t.ones(2), t.ones(2), reduction="batchmean"),
    "bce sizes": lambda t: t.nn.functional.binary_cross_entropy(t.ones(2), t.ones(3)),
    "bce range": lambda t: t.nn.functional.binary_cross_entropy(t.ones(2) * 2, t.ones(2)),
    "bce logits sizes": lambda t: t.nn.functional.binary_cross_entropy_with_logits(t.ones(2), t.ones(3)),
    "huber delta": lambda t: t.nn.functional.huber_loss(t.ones(2), t.ones(2), delta=0.0),
    "smooth beta": lambda t: t.nn.functional.smooth_l1_loss(t.ones(2), t.ones(2), beta=-1.0),
    "gaussian negative": lambda t: t.nn.functional.gaussian_nll_loss(t.ones(2), t.ones(2), -t.ones(2)),
    "gaussian number": lambda t: t.nn.functional.gaussian_nll_loss(t.ones(2), t.ones(2), -1.0),
    "gaussian size": lambda t: t.nn.functional.gaussian_nll_loss(t.ones(2, 3), t.ones(2, 3), t.ones(3)),
    "margin p": lambda t: t.nn.MultiMarginLoss(p=3),
    "margin weight": lambda t: t.nn.MultiMarginLoss(weight=t.ones(2, 2)),
    "triplet margin": lambda t: t.nn.TripletMarginLoss(margin=0.0),
    "triplet dims": lambda t: t.nn.functional.triplet_margin_loss(t.ones(2), t.ones(2, 2), t.ones(2)),
    "ranking dims": lambda t: t.nn.functional.margin_ranking_loss(t.ones(2), t.ones(2, 2), t.ones(2)),
    "cdist columns": lambda t: t.cdist(t.ones(2, 3), t.ones(2, 4)),
    "cdist p": lambda t: t.cdist(t.ones(2, 3), t.ones(2, 3), p=-1.0),
    "probabilities": lambda t: t.nn.functional.cross_entropy(t.ones(2, 3), t.ones(2, 3).long()),
    "linear sizes": lambda t: t.nn.functional.linear_cross_entropy(t.ones(2, 3), t.ones(4, 2), t.tensor([0, 1])),
    "linear bias": lambda t: t.nn.functional.linear_cross_entropy(
        t.ones(2, 3), t.ones(4, 3), t.tensor([0, 1]), linear_bias=t.ones(3)
    ),
    "linear probabilities": lambda t: t.nn.functional.linear_cross_entropy(
        t.ones(2, 3), t.ones(4, 3), t.ones(2, 4), ignore_index=1
    ),
    "cutoffs": lambda t: t.nn.AdaptiveLogSoftmaxWithLoss(8, 20, [4, 4]),
    "no class": lambda t: t.nn.AdaptiveLogSoftmaxWithLoss(8, 20, [4])(t.ones(2, 8), t.tensor([1, 20])),
    "blank": lambda t: t.nn.functional.ctc_loss(t.ones(2, 1, 3), t.tensor([[1]]), (2,), (1,), blank=7),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refuses_what_pytorch_refuses(name: str) -> None:
    classes = []
    for torch in LIBRARIES:
        with pytest.raises(Exception) as caught:
            REFUSALS[name](torch)
        classes.append(caught.type)
    assert issubclass(classes[0], classes[1])
