# SPDX-License-Identifier: Apache-2.0
"""Optimisers, schedules and clipping: the same steps as PyTorch's."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
import vt_torch
from programs import LIBRARIES, check, values

OPTIMIZERS = {
    "sgd": lambda torch, p: torch.optim.SGD(p, lr=0.1),
    "sgd_momentum": lambda torch, p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.01),
    "sgd_nesterov": lambda torch, p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
    "sgd_dampening": lambda torch, p: torch.optim.SGD(p, lr=0.1, momentum=0.5, dampening=0.3, maximize=True),
    "adam": lambda torch, p: torch.optim.Adam(p, lr=0.1, weight_decay=0.1),
    "adamw": lambda torch, p: torch.optim.AdamW(p, lr=0.1),
    "amsgrad": lambda torch, p: torch.optim.AdamW(p, lr=0.1, betas=(0.8, 0.95), amsgrad=True),
}


def parameters(torch: ModuleType) -> list[Any]:
    return [torch.nn.Parameter(torch.from_numpy(values(shape, i))) for i, shape in enumerate(((3, 4), (4,), ()))]


def steps(torch: ModuleType, optimizer: Any, params: list[Any], count: int, first: int = 0) -> None:
    for step in range(first, first + count):
        for i, p in enumerate(params):
            p.grad = torch.from_numpy(values(tuple(p.shape), 100 + 10 * step + i))
        optimizer.step()


@pytest.mark.parametrize("make", OPTIMIZERS.values(), ids=OPTIMIZERS.keys())
def test_steps_are_pytorchs(make: Any) -> None:
    def program(torch: ModuleType) -> Any:
        params = parameters(torch)
        steps(torch, make(torch, params), params, 6)
        return params

    check(program, 1e-5)


@pytest.mark.parametrize("make", OPTIMIZERS.values(), ids=OPTIMIZERS.keys())
def test_state_dict_resumes_bit_for_bit(make: Any) -> None:
    whole, halves = parameters(vt_torch), parameters(vt_torch)
    steps(vt_torch, make(vt_torch, whole), whole, 6)
    first = make(vt_torch, halves)
    steps(vt_torch, first, halves, 3)
    second = make(vt_torch, halves)
    second.load_state_dict(first.state_dict())
    steps(vt_torch, second, halves, 3, first=3)
    assert [p.tolist() for p in halves] == [p.tolist() for p in whole]


def test_groups_have_their_own_options() -> None:
    def program(torch: ModuleType) -> Any:
        params = parameters(torch)
        groups = [{"params": params[:1], "lr": 0.5}, {"params": params[1:], "weight_decay": 0.0}]
        optimizer = torch.optim.AdamW(groups, lr=0.1, weight_decay=0.2)
        steps(torch, optimizer, params, 2)
        optimizer.add_param_group({"params": [torch.nn.Parameter(torch.ones(1))]})
        keys = ("lr", "weight_decay")
        return params, [{k: g[k] for k in keys} for g in optimizer.param_groups], len(optimizer.state_dict()["state"])

    check(program, 1e-5)


def test_parameters_without_gradient_stay() -> None:
    params = parameters(vt_torch)
    optimizer = vt_torch.optim.SGD(params, lr=1.0, momentum=0.9)
    params[0].grad = vt_torch.ones(3, 4)
    before = params[1].tolist()
    optimizer.step()
    assert params[1].tolist() == before
    params[1].grad = vt_torch.ones(4)
    optimizer.step()
    assert params[1].tolist() == pytest.approx([x - 1 for x in before])
    optimizer.zero_grad()
    assert params[0].grad is None


SCHEDULES = {
    "step": lambda torch, o: torch.optim.lr_scheduler.StepLR(o, 2, gamma=0.5),
    "cosine": lambda torch, o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 5, eta_min=0.01),
    "lambda": lambda torch, o: torch.optim.lr_scheduler.LambdaLR(o, lambda step: 1 / (1 + step)),
    "linear": lambda torch, o: torch.optim.lr_scheduler.LinearLR(o, total_iters=4),
}


@pytest.mark.parametrize("make", SCHEDULES.values(), ids=SCHEDULES.keys())
def test_schedules_are_pytorchs(make: Any) -> None:
    def program(torch: ModuleType) -> Any:
        params = parameters(torch)
        optimizer = torch.optim.SGD(params, lr=0.4)
        schedule = make(torch, optimizer)
        rates = []
        for step in range(5):
            rates.append(schedule.get_last_lr()[0])
            steps(torch, optimizer, params, 1, step)
            schedule.step()
        return rates

    check(program)


@pytest.mark.parametrize("norm_type", [2.0, 1.0, float("inf")])
@pytest.mark.parametrize("max_norm", [0.5, 1e6])
def test_clip_grad_norm_is_pytorchs(norm_type: float, max_norm: float) -> None:
    def program(torch: ModuleType) -> Any:
        params = parameters(torch)
        for i, p in enumerate(params[:2]):
            p.grad = torch.from_numpy(values(tuple(p.shape), i))
        return torch.nn.utils.clip_grad_norm_(params, max_norm, norm_type), [p.grad for p in params[:2]]

    check(program)


def test_clip_grad_value_is_pytorchs() -> None:
    def program(torch: ModuleType) -> Any:
        params = parameters(torch)
        for i, p in enumerate(params):
            p.grad = torch.from_numpy(values(tuple(p.shape), i))
        torch.nn.utils.clip_grad_value_(params, 0.3)
        return [p.grad for p in params]

    check(program)


def test_a_norm_that_is_not_finite_can_be_an_error() -> None:
    p = vt_torch.nn.Parameter(vt_torch.ones(2))
    p.grad = vt_torch.tensor([1.0, float("inf")])
    with pytest.raises(RuntimeError, match="non-finite"):
        vt_torch.nn.utils.clip_grad_norm_([p], 1.0, error_if_nonfinite=True)


@pytest.mark.parametrize("torch", LIBRARIES)
def test_bad_arguments_are_refused(torch: ModuleType) -> None:
    p = torch.nn.Parameter(torch.ones(1))
    with pytest.raises(ValueError, match="empty parameter list"):
        torch.optim.SGD([], lr=0.1)
    with pytest.raises(ValueError, match="learning rate"):
        torch.optim.SGD([p], lr=-1.0)
    with pytest.raises(ValueError, match="more than one parameter group"):
        torch.optim.SGD([{"params": [p]}, {"params": [p]}], lr=0.1)
    with pytest.raises(ValueError, match="non-leaf"):
        torch.optim.SGD([p * 2], lr=0.1)
    with pytest.raises(ValueError, match="beta"):
        torch.optim.AdamW([p], betas=(1.0, 0.9))
