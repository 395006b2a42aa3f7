# SPDX-License-Identifier: Apache-2.0
"""Optimisers, schedules and clipping: the same steps as PyTorch's."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
import torch as reference
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
    "decoupled": lambda torch, p: torch.optim.Adam(p, lr=0.1, weight_decay=0.2, decoupled_weight_decay=True),
    "adagrad": lambda torch, p: torch.optim.Adagrad(p, lr=0.1),
    "adagrad_decay": lambda torch, p: torch.optim.Adagrad(p, lr=0.1, lr_decay=0.1, weight_decay=0.1, eps=0.01),
    "adagrad_start": lambda torch, p: torch.optim.Adagrad(p, lr=0.1, initial_accumulator_value=0.5, maximize=True),
    "adadelta": lambda torch, p: torch.optim.Adadelta(p),
    "adadelta_decay": lambda torch, p: torch.optim.Adadelta(p, lr=0.5, rho=0.8, weight_decay=0.1, maximize=True),
    "rmsprop": lambda torch, p: torch.optim.RMSprop(p, lr=0.1),
    "rmsprop_all": lambda torch, p: torch.optim.RMSprop(p, lr=0.1, momentum=0.9, centered=True, weight_decay=0.1),
    "adamax": lambda torch, p: torch.optim.Adamax(p, lr=0.1),
    "adamax_decay": lambda torch, p: torch.optim.Adamax(p, lr=0.1, betas=(0.8, 0.9), weight_decay=0.1, maximize=True),
    "nadam": lambda torch, p: torch.optim.NAdam(p, lr=0.1, weight_decay=0.1),
    "nadamw": lambda torch, p: torch.optim.NAdam(p, lr=0.1, weight_decay=0.1, decoupled_weight_decay=True),
    "radam": lambda torch, p: torch.optim.RAdam(p, lr=0.1, betas=(0.9, 0.99), weight_decay=0.1),
    "radamw": lambda torch, p: torch.optim.RAdam(p, lr=0.1, weight_decay=0.1, decoupled_weight_decay=True),
    "asgd": lambda torch, p: torch.optim.ASGD(p, lr=0.1, t0=2, weight_decay=0.1),
    "rprop": lambda torch, p: torch.optim.Rprop(p, lr=0.1, step_sizes=(0.01, 0.2)),
    "adafactor": lambda torch, p: torch.optim.Adafactor(p, lr=0.1),
    "adafactor_all": lambda torch, p: torch.optim.Adafactor(p, lr=0.5, eps=(1e-4, 0.1), d=2.0, weight_decay=0.1),
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
        optimizer = make(torch, params)
        steps(torch, optimizer, params, 8)
        state = optimizer.state_dict()["state"]
        return params, [sorted(k for k, v in state.get(i, {}).items() if v is not None) for i in range(3)]

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


def rates(module: ModuleType) -> Any:
    return module.optim.lr_scheduler


SCHEDULES = {
    "step": lambda torch, o: rates(torch).StepLR(o, 2, gamma=0.5),
    "multi_step": lambda torch, o: rates(torch).MultiStepLR(o, [2, 5, 5], gamma=0.5),
    "constant": lambda torch, o: rates(torch).ConstantLR(o, factor=0.5, total_iters=4),
    "linear": lambda torch, o: rates(torch).LinearLR(o, total_iters=4),
    "linear_down": lambda torch, o: rates(torch).LinearLR(o, 1.0, 0.0, total_iters=4),
    "exponential": lambda torch, o: rates(torch).ExponentialLR(o, 0.9),
    "polynomial": lambda torch, o: rates(torch).PolynomialLR(o, 5, power=2.0),
    "lambda": lambda torch, o: rates(torch).LambdaLR(o, lambda step: 1 / (1 + step)),
    "multiplicative": lambda torch, o: rates(torch).MultiplicativeLR(o, lambda step: 1 / (1 + step)),
    "cosine": lambda torch, o: rates(torch).CosineAnnealingLR(o, 5, eta_min=0.01),
    "restarts": lambda torch, o: rates(torch).CosineAnnealingWarmRestarts(o, 2, 2, eta_min=0.01),
    "cyclic": lambda torch, o: rates(torch).CyclicLR(o, 0.1, 0.5, 3, 2),
    "cyclic_half": lambda torch, o: rates(torch).CyclicLR(o, 0.1, 0.5, 2, mode="triangular2", cycle_momentum=False),
    "cyclic_exp": lambda torch, o: rates(torch).CyclicLR(o, 0.1, 0.5, 2, mode="exp_range", gamma=0.9),
    "one_cycle": lambda torch, o: rates(torch).OneCycleLR(o, 0.5, total_steps=14),
    "one_cycle_3": lambda torch, o: rates(torch).OneCycleLR(
        o, 0.5, epochs=7, steps_per_epoch=2, three_phase=True, anneal_strategy="linear"
    ),
    "sequence": lambda torch, o: rates(torch).SequentialLR(
        o,
        [
            rates(torch).ConstantLR(o, factor=0.1, total_iters=2),
            rates(torch).ExponentialLR(o, gamma=0.9),
            rates(torch).CosineAnnealingLR(o, 5),
        ],
        [3, 6],
    ),
    "chain": lambda torch, o: rates(torch).ChainedScheduler(
        [
            rates(torch).LinearLR(o, total_iters=4),
            rates(torch).ExponentialLR(o, 0.9),
            rates(torch).CosineAnnealingLR(o, 4, eta_min=0.02),
            rates(torch).StepLR(o, 3),
        ]
    ),
}


@pytest.mark.parametrize("make", SCHEDULES.values(), ids=SCHEDULES.keys())
def test_schedules_are_pytorchs(make: Any) -> None:
    def program(torch: ModuleType) -> Any:
        params = parameters(torch)
        optimizer = torch.optim.SGD([{"params": params[:1]}, {"params": params[1:], "lr": 0.8}], lr=0.4, momentum=0.5)
        schedule = make(torch, optimizer)
        seen = []
        for step in range(12):
            seen.append((schedule.get_last_lr(), [group["momentum"] for group in optimizer.param_groups]))
            steps(torch, optimizer, params, 1, step)
            schedule.step()
        return seen

    check(program)


@pytest.mark.parametrize("make", SCHEDULES.values(), ids=SCHEDULES.keys())
def test_schedules_go_on_from_their_state(make: Any) -> None:
    def optimizer() -> Any:
        return vt_torch.optim.SGD(parameters(vt_torch), lr=0.4, momentum=0.5)

    def run(schedule: Any, count: int) -> list[Any]:
        seen = []
        for _ in range(count):
            schedule.step()
            seen.append(schedule.get_last_lr())
        return seen

    whole = run(make(vt_torch, optimizer()), 9)
    first = make(vt_torch, o := optimizer())
    run(first, 4)
    other = optimizer()
    second = make(vt_torch, other)
    other.load_state_dict(o.state_dict())
    second.load_state_dict(first.state_dict())
    assert run(second, 5) == whole[4:]


@pytest.mark.parametrize("mode", ["min", "max"])
@pytest.mark.parametrize("threshold_mode", ["rel", "abs"])
def test_plateaus_are_pytorchs(mode: str, threshold_mode: str) -> None:
    measures = [1.0, 0.9, 0.95, 0.95, 0.94, 1.2, 1.3, 1.2, 1.1, 0.5, 0.6, -0.4, -0.5, -0.5, -0.5, -0.6, 0.0, 0.0]

    def program(torch: ModuleType) -> Any:
        optimizer = torch.optim.SGD(parameters(torch), lr=0.4)
        schedule = rates(torch).ReduceLROnPlateau(
            optimizer, mode, 0.5, patience=1, threshold=0.05, threshold_mode=threshold_mode, cooldown=1, min_lr=0.01
        )
        seen = []
        for measure in measures:
            schedule.step(torch.tensor(measure))
            seen.append((schedule.get_last_lr(), schedule.num_bad_epochs, schedule.best))
        return seen

    check(program)


@pytest.mark.parametrize("torch", LIBRARIES)
def test_bad_schedules_are_refused(torch: ModuleType) -> None:
    optimizer = torch.optim.SGD(parameters(torch), lr=0.4)
    adagrad = torch.optim.Adagrad(parameters(torch))
    schedules = rates(torch)
    refused: list[Any] = [
        lambda: schedules.OneCycleLR(optimizer, 0.1),
        lambda: schedules.OneCycleLR(optimizer, 0.1, total_steps=0),
        lambda: schedules.OneCycleLR(adagrad, 0.1, total_steps=5),
        lambda: schedules.OneCycleLR(optimizer, 0.1, total_steps=5, anneal_strategy="tan"),
        lambda: schedules.CyclicLR(adagrad, 0.1, 0.2),
        lambda: schedules.CyclicLR(optimizer, 0.1, 0.2, mode="square"),
        lambda: schedules.CosineAnnealingWarmRestarts(optimizer, 0),
        lambda: schedules.LambdaLR(optimizer, [lambda _: 1.0] * 2),
        lambda: schedules.ConstantLR(optimizer, 2.0),
        lambda: schedules.LinearLR(optimizer, 0.0),
        lambda: schedules.ReduceLROnPlateau(optimizer, factor=1.0),
        lambda: schedules.ReduceLROnPlateau(optimizer, "middle"),
        lambda: schedules.SequentialLR(optimizer, [], []),
        lambda: schedules.SequentialLR(optimizer, [schedules.ExponentialLR(optimizer, 0.9)], [1]),
        lambda: schedules.ChainedScheduler([schedules.ReduceLROnPlateau(optimizer)]),
        lambda: schedules.ChainedScheduler([schedules.StepLR(optimizer, 1), schedules.StepLR(adagrad, 1)]),
    ]
    for make in refused:
        with pytest.raises(ValueError):
            make()
    with pytest.raises(TypeError, match="not an Optimizer"):
        schedules.StepLR(3, 1)
    with pytest.raises(KeyError, match="initial_lr"):
        schedules.StepLR(torch.optim.SGD(parameters(torch), lr=0.1), 1, last_epoch=3)


def minimised(torch: ModuleType, **options: Any) -> Any:
    """A valley that turns, from a place where a plain step would leave it."""
    x = torch.nn.Parameter(torch.tensor([-1.2, 1.0, 0.5, -0.5], dtype=torch.float64))
    optimizer = torch.optim.LBFGS([x], **options)
    seen: list[float] = []

    def closure() -> Any:
        optimizer.zero_grad()
        loss = (100 * (x[1::2] - x[::2] ** 2) ** 2 + (1 - x[::2]) ** 2).sum()
        loss.backward()
        seen.append(loss.item())
        return loss

    losses = [optimizer.step(closure).item() for _ in range(3)]
    return losses, seen, x.tolist()


@pytest.mark.parametrize(
    "options",
    [
        {"lr": 1e-3, "max_iter": 8},
        {"line_search_fn": "strong_wolfe", "max_iter": 3},  # later line searches turn on last digits
        {"line_search_fn": "strong_wolfe", "history_size": 2, "max_iter": 7},
        {"lr": 0.1, "line_search_fn": "strong_wolfe", "max_eval": 9},
    ],
)
def test_lbfgs_goes_pytorchs_way(options: dict[str, Any]) -> None:
    check(lambda torch: minimised(torch, **options), 1e-4)


def test_lbfgs_finds_the_bottom() -> None:
    assert minimised(vt_torch, max_iter=60, line_search_fn="strong_wolfe")[2] == pytest.approx([1.0] * 4, abs=1e-4)


def test_muon_steps_like_pytorchs_within_half_precision() -> None:
    def program(torch: ModuleType) -> Any:
        params = [torch.nn.Parameter(torch.from_numpy(values(shape, i))) for i, shape in enumerate(((3, 5), (6, 2)))]
        steps(torch, torch.optim.Muon(params, lr=0.1, adjust_lr_fn="match_rms_adamw"), params[:1], 3)
        steps(torch, torch.optim.Muon(params, lr=0.1), params, 3)
        return params

    check(program, 0.03)


@pytest.mark.parametrize("torch", LIBRARIES)
def test_bad_options_of_optimizers_are_refused(torch: ModuleType) -> None:
    params = parameters(torch)
    optim = torch.optim
    refused: list[Any] = [
        lambda: optim.Adagrad(params, lr_decay=-1),
        lambda: optim.Adadelta(params, rho=2.0),
        lambda: optim.RMSprop(params, alpha=-1),
        lambda: optim.Adamax(params, betas=(1.0, 0.9)),
        lambda: optim.NAdam(params, momentum_decay=-1),
        lambda: optim.RAdam(params, eps=-1),
        lambda: optim.ASGD(params, weight_decay=-1),
        lambda: optim.Rprop(params, etas=(1.5, 2.0)),
        lambda: optim.Adafactor(params, d=0.5),
        lambda: optim.Adafactor(params, beta2_decay=0.5),
        lambda: optim.Muon(params),
        lambda: optim.LBFGS([{"params": params[:1]}, {"params": params[1:]}]),
    ]
    for make in refused:
        with pytest.raises(ValueError):
            make()


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


def hooks_of_steps(torch: ModuleType) -> Any:
    params = parameters(torch)
    optimizer = torch.optim.SGD(params, lr=0.1)
    calls: list[Any] = []
    first = optimizer.register_step_pre_hook(lambda _o, args, kwargs: calls.append(("before", len(args), kwargs)))
    optimizer.register_step_post_hook(lambda *_: calls.append("after"))
    steps(torch, optimizer, params, 1)
    first.remove()
    optimizer.step(lambda: calls.append("closure"))
    optimizer.register_state_dict_pre_hook(lambda _o: calls.append("collect"))
    optimizer.register_state_dict_post_hook(lambda _o, state: {**state, "more": 1})
    state = optimizer.state_dict()
    optimizer.register_load_state_dict_pre_hook(lambda _o, state: calls.append(sorted(state)))
    optimizer.register_load_state_dict_post_hook(lambda _o: calls.append("loaded"))
    optimizer.load_state_dict(state)
    return calls, params


def hooks_of_a_class_of_ones_own(torch: ModuleType) -> Any:
    class Doubled(torch.optim.SGD):
        def step(self, closure: Any = None) -> Any:
            super().step(closure)
            return super().step(closure)

    params = parameters(torch)
    optimizer = Doubled(params, lr=0.1)
    calls: list[str] = []
    optimizer.register_step_post_hook(lambda *_: calls.append("after"))
    steps(torch, optimizer, params, 2)
    return set(calls), params


def averages(torch: ModuleType) -> Any:
    swa = torch.optim.swa_utils
    kinds: Any = (
        {},
        {"avg_fn": swa.get_swa_avg_fn()},
        {"avg_fn": swa.get_ema_avg_fn(0.9)},
        {"multi_avg_fn": swa.get_ema_multi_avg_fn(0.8), "use_buffers": True},
    )
    results: list[Any] = []
    for options in kinds:
        net = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
        averaged = swa.AveragedModel(net, **options)
        for step in range(3):
            with torch.no_grad():
                for i, p in enumerate(net.parameters()):
                    p.copy_(torch.from_numpy(values(tuple(p.shape), 10 * step + i)))
                net[1].running_mean.fill_(step)
            averaged.update_parameters(net)
        data = [(torch.from_numpy(values((4, 3), i)), i) for i in range(3)]
        before = averaged.module[1].running_mean.clone()
        swa.update_bn(data, averaged)
        averaged.eval()
        results.append((before, averaged.state_dict(), averaged(data[0][0])))
    return results


def annealed(torch: ModuleType) -> Any:
    rates: list[Any] = []
    for options in ({}, {"anneal_strategy": "linear", "anneal_epochs": 3}, {"anneal_epochs": 0}):
        optimizer = torch.optim.SGD(parameters(torch), lr=0.5)
        schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9)
        swa = torch.optim.swa_utils.SWALR(optimizer, swa_lr=0.05, **options)
        for step in range(8):
            optimizer.step()
            (schedule if step < 2 else swa).step()
            rates.append(optimizer.param_groups[0]["lr"])
    return rates


@pytest.mark.parametrize("program", [hooks_of_steps, hooks_of_a_class_of_ones_own, averages, annealed])
def test_hooks_and_averages_are_pytorchs(program: Any) -> None:
    check(program)


@pytest.mark.parametrize("torch", LIBRARIES)
def test_averages_refuse_bad_options(torch: ModuleType) -> None:
    swa = torch.optim.swa_utils
    with pytest.raises(ValueError, match=r"\[0,1\]"):
        swa.get_ema_avg_fn(1.5)
    with pytest.raises(AssertionError, match="Only one"):
        swa.AveragedModel(torch.nn.ReLU(), avg_fn=swa.get_swa_avg_fn(), multi_avg_fn=swa.get_swa_multi_avg_fn())
    with pytest.raises(ValueError, match="cos"):
        swa.SWALR(torch.optim.SGD(parameters(torch), lr=0.5), 0.1, anneal_strategy="poly")


@pytest.mark.parametrize(
    "name", ["SGD", "Adam", "AdamW", "Adagrad", "Adadelta", "Adamax", "RMSprop", "RAdam", "Rprop", "ASGD"]
)
def test_groups_have_pytorchs_options(name: str) -> None:
    def outcome(torch: ModuleType) -> Any:
        parameters = [torch.nn.Parameter(torch.ones(size)) for size in (1, 2)]
        optimizer = getattr(torch.optim, name)(
            [{"params": parameters[:1], "lr": 0.5}, {"params": parameters[1:]}], lr=0.25
        )
        groups = optimizer.state_dict()["param_groups"]
        return repr(optimizer), [sorted(group) for group in groups], [list(group)[-1] for group in groups]

    assert outcome(vt_torch) == outcome(reference)
