# SPDX-License-Identifier: Apache-2.0
"""GradScaler beside PyTorch's: scales, what is left out, errors, state."""

from __future__ import annotations

import math
import pickle
import warnings
from types import ModuleType
from typing import Any

import pytest
import torch as reference
import vt_torch
from programs import LIBRARIES, check

# What a program of one step multiplies a gradient with.
FACTORS = {"finite": 1.0, "inf": math.inf, "-inf": -math.inf, "NaN": math.nan}


class Setting:
    """A parameter, its optimiser and a scaler."""

    def __init__(self, torch: ModuleType, **options: Any) -> None:
        self.p = torch.nn.Parameter(torch.tensor([1.0, -2.0, 3.0]))
        self.optimizer = torch.optim.SGD([self.p], lr=0.1)
        self.scaler = torch.amp.GradScaler("cpu", **options)

    def backward(self, factor: float = 1.0) -> None:
        self.optimizer.zero_grad()
        self.scaler.scale((self.p * factor).sum()).backward()

    def step(self, factor: float = 1.0) -> Any:
        self.backward(factor)
        result = self.scaler.step(self.optimizer)
        self.scaler.update()
        return result

    def seen(self) -> Any:
        return [self.scaler.get_scale(), self.scaler.state_dict(), self.p.detach().clone()]


@pytest.mark.parametrize("factor", FACTORS.values(), ids=FACTORS.keys())
@pytest.mark.parametrize("unscaled_before", [False, True])
def test_a_step_whose_gradients_are_not_finite_is_left_out(factor: float, unscaled_before: bool) -> None:
    def program(torch: ModuleType) -> Any:
        setting = Setting(torch, init_scale=8.0, growth_interval=2)
        setting.step()
        setting.backward(factor)
        if unscaled_before:
            setting.scaler.unscale_(setting.optimizer)
        setting.scaler.step(setting.optimizer)
        seen = [setting.seen(), setting.p.grad]
        setting.scaler.update()
        return [*seen, setting.seen()]

    check(program)


def test_one_bad_element_of_one_parameter_leaves_out_the_step_of_all() -> None:
    def program(torch: ModuleType) -> Any:
        parameters = [torch.nn.Parameter(torch.ones(n)) for n in (1, 1000, 3)]
        parameters.append(torch.nn.Parameter(torch.ones(2)))  # without a gradient
        optimizer = torch.optim.SGD(parameters, lr=0.1)
        scaler = torch.amp.GradScaler("cpu", init_scale=2.0)
        scaler.scale(sum(p.sum() for p in parameters[:3])).backward()
        parameters[1].grad[777] = math.nan
        scaler.step(optimizer)
        scaler.update()
        return [p.detach().clone() for p in parameters], scaler.get_scale()

    check(program)


def test_a_scale_grows_after_an_interval_and_backs_off_at_once() -> None:
    def program(torch: ModuleType) -> Any:
        options = {"init_scale": 5.0, "growth_factor": 1.7, "backoff_factor": 0.3, "growth_interval": 3}
        setting = Setting(torch, **options)
        seen: list[Any] = []
        for step in range(14):
            setting.step(math.inf if step in (4, 11, 12) else 1.0)
            seen.append(setting.seen())
        setting.scaler.set_growth_interval(2)
        setting.scaler.set_growth_factor(3.0)
        setting.scaler.set_backoff_factor(0.1)
        for step in range(5):
            setting.step(math.nan if step == 3 else 1.0)
            seen.append(setting.seen())
        scaler = setting.scaler
        return seen, scaler.get_growth_interval(), scaler.get_growth_factor(), scaler.get_backoff_factor()

    check(program)


def test_a_scale_is_a_float32_number_and_stays_within_its_range() -> None:
    def program(torch: ModuleType) -> Any:
        setting = Setting(torch, init_scale=1.1)
        exact = [setting.scaler.get_scale()]
        setting.step()
        exact.append(setting.scaler.get_scale())
        setting.scaler.load_state_dict({**setting.scaler.state_dict(), "scale": 0.7})
        exact.append(setting.scaler.get_scale())
        high = Setting(torch, init_scale=2.0**126, growth_interval=1)
        for _ in range(4):
            high.step()
            exact += [high.scaler.get_scale(), high.scaler.state_dict()["_growth_tracker"]]
        low = Setting(torch, init_scale=2.0**-148)
        for _ in range(3):
            low.step(math.inf)
            exact.append(low.scaler.get_scale())
        return [number.hex() if isinstance(number, float) else number for number in exact]

    check(program)


def test_outputs_of_all_kinds_are_scaled() -> None:
    def program(torch: ModuleType) -> Any:
        scaler = torch.amp.GradScaler("cpu", init_scale=2.0**16)
        x = torch.tensor([0.5, -2.0])
        seen: list[Any] = []
        for dtype in (torch.float16, torch.bfloat16, torch.float32, torch.float64):
            for output in (x.to(dtype), x.to(dtype)[0]):
                scaled = scaler.scale(output)
                seen += [scaled.float(), str(scaled.dtype).split(".")[-1]]
        several = [scaler.scale(t) for t in ([x, x[0]], (x, [x[1]]), (t for t in (x, x[1])))]
        seen += [isinstance(several[0], list), isinstance(several[1], tuple), isinstance(several[2], (list, tuple))]
        return seen, several[0], several[1], list(several[2])

    check(program)


@pytest.mark.parametrize("torch", LIBRARIES)
def test_what_is_no_tensor_is_not_scaled(torch: ModuleType) -> None:
    with pytest.raises(ValueError, match="outputs must be a Tensor or an iterable of Tensors"):
        torch.amp.GradScaler("cpu").scale(1.0)


def test_gradients_in_bfloat16_are_unscaled_and_clipped_in_between() -> None:
    def program(torch: ModuleType) -> Any:
        p = torch.nn.Parameter(torch.tensor([1.0, -2.0, 3.0], dtype=torch.bfloat16))
        q = torch.nn.Parameter(torch.tensor([0.5], dtype=torch.float64))
        optimizer = torch.optim.SGD([p, q], lr=0.1)
        scaler = torch.amp.GradScaler("cpu", init_scale=3.0)
        scaler.scale((p.double() ** 2).sum() * q.sum()).backward()
        scaler.unscale_(optimizer)
        seen = [p.grad.clone(), q.grad.clone(), torch.nn.utils.clip_grad_value_([p, q], 1.5)]
        scaler.step(optimizer)
        scaler.update()
        return seen, p.detach(), q.detach(), scaler.get_scale()

    check(program)


def test_several_optimisers_share_a_scale_and_step_on_their_own() -> None:
    def program(torch: ModuleType) -> Any:
        p, q = (torch.nn.Parameter(torch.ones(2)) for _ in range(2))
        optimizers = [torch.optim.SGD([p], lr=0.1), torch.optim.SGD([q], lr=0.1)]
        scaler = torch.amp.GradScaler("cpu", init_scale=8.0, growth_interval=1)
        seen: list[Any] = []
        for factor in (1.0, math.inf, 1.0):
            for optimizer in optimizers:
                optimizer.zero_grad()
            for loss in scaler.scale([p.sum(), (q * factor).sum()]):
                loss.backward()
            for optimizer in optimizers:
                scaler.step(optimizer)
            scaler.update()
            seen += [scaler.get_scale(), p.detach().clone(), q.detach().clone()]
        return seen

    check(program)


def test_a_step_returns_what_the_optimiser_returns_and_takes_its_arguments() -> None:
    def program(torch: ModuleType) -> Any:
        class Asking(torch.optim.SGD):
            def step(self, word: str, *, number: int) -> str:  # type: ignore[override]
                super().step()
                return f"{word} {number}"

        p = torch.nn.Parameter(torch.ones(2))
        optimizer = Asking([p], lr=0.1)
        scaler = torch.amp.GradScaler("cpu")
        seen: list[Any] = []
        for factor in (1.0, math.inf):
            optimizer.zero_grad()
            scaler.scale((p * factor).sum()).backward()
            seen.append(scaler.step(optimizer, "a word and", number=3))
            scaler.update()
        return seen, p.detach()

    check(program)


@pytest.mark.parametrize("torch", LIBRARIES)
class TestErrors:
    def test_unscaling_twice_or_after_a_step(self, torch: ModuleType) -> None:
        setting = Setting(torch)
        setting.backward()
        setting.scaler.unscale_(setting.optimizer)
        with pytest.raises(RuntimeError, match="already been called on this optimizer since the last update"):
            setting.scaler.unscale_(setting.optimizer)
        setting.scaler.step(setting.optimizer)
        with pytest.raises(RuntimeError, match="being called after step"):
            setting.scaler.unscale_(setting.optimizer)
        setting.scaler.update()
        setting.backward()
        setting.scaler.unscale_(setting.optimizer)

    def test_stepping_twice_or_with_a_closure(self, torch: ModuleType) -> None:
        setting = Setting(torch)
        setting.backward()
        setting.scaler.step(setting.optimizer)
        with pytest.raises(RuntimeError, match="already been called since the last update"):
            setting.scaler.step(setting.optimizer)
        with pytest.raises(RuntimeError, match="Closure use is not currently supported"):
            setting.scaler.step(setting.optimizer, closure=lambda: None)

    @pytest.mark.parametrize("name", ["unscale_", "step", "update"])
    def test_nothing_has_been_scaled(self, torch: ModuleType, name: str) -> None:
        setting = Setting(torch)
        setting.p.sum().backward()
        with pytest.raises(AssertionError, match=f"Attempted {name} but"):
            getattr(setting.scaler, name)(*([] if name == "update" else [setting.optimizer]))

    def test_no_gradients_to_look_at(self, torch: ModuleType) -> None:
        setting = Setting(torch)
        setting.scaler.scale(setting.p.sum())
        with pytest.raises(AssertionError, match="No inf checks were recorded for this optimizer"):
            setting.scaler.step(setting.optimizer)
        with pytest.raises(AssertionError, match="No inf checks were recorded prior to update"):
            setting.scaler.update()

    def test_gradients_in_float16(self, torch: ModuleType) -> None:
        p = torch.nn.Parameter(torch.ones(2, dtype=torch.float16))
        optimizer = torch.optim.SGD([p], lr=0.1)
        scaler = torch.amp.GradScaler("cpu", init_scale=2.0)
        scaler.scale(p.sum()).backward()
        for method in (scaler.unscale_, scaler.step):
            with pytest.raises(ValueError, match="Attempting to unscale FP16 gradients"):
                method(optimizer)

    def test_factors_that_do_not_let_the_scale_move(self, torch: ModuleType) -> None:
        for options in ({"growth_factor": 1.0}, {"backoff_factor": 1.0}):
            with pytest.raises(AssertionError, match="factor must be"):
                torch.amp.GradScaler("cpu", **options)
            assert not torch.amp.GradScaler("cpu", enabled=False, **options).is_enabled()

    def test_a_new_scale_of_several_elements_or_with_a_gradient(self, torch: ModuleType) -> None:
        setting = Setting(torch)
        setting.step()
        for new_scale in (torch.ones(2), torch.ones(1, requires_grad=True)):
            with pytest.raises(AssertionError, match="new_scale should be a float or a 1-element"):
                setting.scaler.update(new_scale)

    def test_a_state_that_is_empty(self, torch: ModuleType) -> None:
        with pytest.raises(RuntimeError, match="The source state dict is empty"):
            torch.amp.GradScaler("cpu").load_state_dict({})

    def test_pickling_within_an_iteration(self, torch: ModuleType) -> None:
        setting = Setting(torch)
        setting.backward()
        setting.scaler.unscale_(setting.optimizer)
        with pytest.raises(AssertionError, match="may only be pickled"):
            pickle.dumps(setting.scaler)


def test_a_given_scale_is_taken() -> None:
    def program(torch: ModuleType) -> Any:
        setting = Setting(torch, init_scale=8.0, growth_interval=3)
        setting.step()
        seen: list[Any] = []
        for new_scale in (4.0, torch.tensor(0.3), 16.0):
            setting.backward()
            setting.scaler.step(setting.optimizer)
            setting.scaler.update(new_scale)
            seen.append(setting.seen())
        setting.step()
        return seen, setting.seen()

    check(program)


def test_states_go_from_one_scaler_to_another_and_to_the_other_library() -> None:
    options = {"init_scale": 8.0, "growth_factor": 3.0, "backoff_factor": 0.25, "growth_interval": 4}

    def program(torch: ModuleType, source: ModuleType) -> Any:
        setting = Setting(source, **options)
        for factor in (1.0, math.inf, 1.0, 1.0):
            setting.step(factor)
        taken = Setting(torch)
        taken.scaler.load_state_dict(setting.scaler.state_dict())
        seen = [taken.scaler.state_dict()]
        copied = Setting(torch)
        copied.scaler = pickle.loads(pickle.dumps(taken.scaler))
        for _ in range(3):
            for each in (taken, copied):
                each.step()
                seen.append(each.scaler.state_dict())
        return seen

    theirs = program(reference, reference)
    assert program(vt_torch, vt_torch) == theirs
    assert program(vt_torch, reference) == program(reference, vt_torch) == theirs


def test_one_that_is_not_enabled_does_nothing() -> None:
    def program(torch: ModuleType) -> Any:
        setting = Setting(torch, enabled=False)
        setting.step()
        setting.step(math.inf)
        setting.scaler.unscale_(setting.optimizer)
        setting.scaler.load_state_dict({})
        output = torch.ones(2)
        return setting.seen(), setting.scaler.is_enabled(), setting.scaler.scale(output) is output

    check(program)


@pytest.mark.parametrize("torch", LIBRARIES)
def test_one_for_cuda_without_a_device_warns_and_does_nothing(
    torch: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.warns(UserWarning, match="GradScaler"):
        scaler = torch.amp.GradScaler()
    assert (scaler.is_enabled(), scaler.get_scale(), scaler.state_dict()) == (False, 1.0, {})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        torch.amp.GradScaler(enabled=False)
