# SPDX-License-Identifier: Apache-2.0
"""Functions of nn.functional that modules do not reach: in-place forms, indices, chosen dimensions, draws."""

from __future__ import annotations

import warnings
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch as reference
import vt_torch
from programs import LIBRARIES, check, values

IN_PLACE = ["relu", "elu", "celu", "selu", "leaky_relu", "hardtanh", "rrelu"]


@pytest.mark.parametrize("name", IN_PLACE)
def test_form_with_an_underscore_writes_its_argument(name: str) -> None:
    def program(torch: ModuleType) -> Any:
        x = torch.from_numpy(values((3, 4)))
        y = getattr(torch.nn.functional, f"{name}_")(x)
        return y is x, x

    check(program)


@pytest.mark.parametrize("name", [*IN_PLACE, "relu6", "silu", "mish", "hardsigmoid", "hardswish"])
@pytest.mark.parametrize("inplace", [False, True])
def test_argument_inplace_writes_its_argument(name: str, inplace: bool) -> None:
    def program(torch: ModuleType) -> Any:
        x = torch.from_numpy(values((3, 4)))
        y = getattr(torch.nn.functional, name)(x, inplace=inplace)
        return (y is x) == inplace, x, y

    check(program)


def test_functions_that_are_operators() -> None:
    def program(torch: ModuleType) -> Any:
        F = torch.nn.functional
        x = torch.from_numpy(values((2, 4, 6)))
        weight = torch.from_numpy(values((3, 6, 6), 4))
        return (
            F.logsigmoid(x),
            F.hardshrink(x, lambd=0.3),
            F.softshrink(x, 0.3),
            F.softsign(x),
            F.tanhshrink(x),
            F.prelu(x, torch.tensor([0.1, 0.2, 0.3, 0.4])),
            F.glu(x, dim=1),
            F.threshold(x, 0.0, -5.0),
            F.threshold_(x.clone(), 0.0, -5.0),
            F.pad(x, (1, 2), mode="reflect"),
            F.pad(x, (1, 2, 0, 1), value=2.0),
            F.bilinear(x, x, weight, torch.ones(3)),
            F.avg_pool1d(x, kernel_size=2),
            F.adaptive_avg_pool1d(x, output_size=2),
            F.lp_pool1d(x.abs(), 2.0, kernel_size=2),
            F.local_response_norm(x, size=2),
        )

    check(program)


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_pooling_returns_indices_when_asked(rank: int) -> None:
    def program(torch: ModuleType) -> Any:
        F = torch.nn.functional
        x = torch.from_numpy(values((2, 3, 7, 6, 5)[: rank + 2], 1))
        most, adaptive = getattr(F, f"max_pool{rank}d"), getattr(F, f"adaptive_max_pool{rank}d")
        return (
            most(x, 2),
            most(x, 3, 1, 1, 1, False, True),
            most(x, kernel_size=2, return_indices=True),
            getattr(F, f"max_pool{rank}d_with_indices")(x, 2),
            adaptive(x, 2),
            adaptive(x, 2, True),
            getattr(F, f"adaptive_max_pool{rank}d_with_indices")(x, 2),
        )

    check(program)


def test_normalisations_over_given_statistics() -> None:
    def program(torch: ModuleType) -> Any:
        F = torch.nn.functional
        x = torch.from_numpy(values((2, 4, 5)))
        mean, var = torch.from_numpy(values((4,), 1)), torch.from_numpy(values((4,), 2)).square()
        weight, bias = torch.from_numpy(values((4,), 3)), torch.from_numpy(values((4,), 4))
        by_running = F.batch_norm(x, mean, var, weight, bias)
        by_batch = F.batch_norm(x, mean, var, training=True, momentum=0.5)
        return (
            by_running,
            by_batch,
            mean,
            var,
            F.instance_norm(x, weight=weight, bias=bias),
            F.instance_norm(x, mean, var, use_input_stats=False),
            F.group_norm(x, 2, weight, bias, 1e-3),
        )

    check(program)


@pytest.mark.parametrize("name", ["softmax", "softmin", "log_softmax"])
@pytest.mark.parametrize("shape", [(4,), (2, 3), (2, 3, 4), (2, 3, 2, 2)])
def test_dimension_that_is_not_given_is_chosen_with_a_warning(name: str, shape: tuple[int, ...]) -> None:
    def program(torch: ModuleType) -> Any:
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            y = getattr(torch.nn.functional, name)(torch.from_numpy(values(shape)))
        return y, len(seen)

    check(program)


def test_softmin_computes_in_the_dtype_asked_for() -> None:
    def program(torch: ModuleType) -> Any:
        y = torch.nn.functional.softmin(torch.from_numpy(values((3, 4))), 1, dtype=torch.float64)
        return str(y.dtype)[-7:], y

    check(program)


def test_hardtanh_refuses_bounds_out_of_order() -> None:
    for torch in LIBRARIES:
        with pytest.raises(ValueError, match="min_val"):
            torch.nn.functional.hardtanh(torch.zeros(1), 1.0, -1.0)


class TestGumbelSoftmax:
    def test_draws_categories_by_their_probability(self) -> None:
        vt_torch.manual_seed(0)
        probabilities = vt_torch.tensor([0.1, 0.6, 0.3])
        drawn = vt_torch.nn.functional.gumbel_softmax(probabilities.log().expand(20000, 3), hard=True)
        assert set(np.unique(drawn.numpy().round(6))) == {0.0, 1.0}
        np.testing.assert_allclose(drawn.mean(0).numpy(), probabilities.numpy(), atol=0.02)

    def test_a_soft_draw_sums_to_one_and_has_a_gradient(self) -> None:
        for hard in (False, True):
            logits = vt_torch.from_numpy(values((4, 5))).requires_grad_()
            drawn = vt_torch.nn.functional.gumbel_softmax(logits, tau=0.7, hard=hard, dim=0)
            np.testing.assert_allclose(drawn.detach().sum(0).numpy(), np.ones(5), rtol=1e-5)
            (drawn * vt_torch.arange(4).unsqueeze(1)).sum().backward()
            assert logits.grad.abs().sum().item() > 0


def test_documented_names_exist_and_are_pytorchs() -> None:
    functions = vt_torch.nn.functional
    assert sorted(functions.__all__) == sorted(set(functions.__all__))
    for name in functions.__all__:
        assert callable(getattr(functions, name))
        assert hasattr(reference.nn.functional, name) or name == "rotary_embedding"
    with pytest.raises(AttributeError, match="no_such_function"):
        functions.no_such_function
