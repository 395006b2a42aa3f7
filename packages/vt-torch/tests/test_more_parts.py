# SPDX-License-Identifier: Apache-2.0
"""Parts that programs use seldom: grouped products, streams and events of the CPU, layouts, swapped optimisers."""

from __future__ import annotations

import copy
import pickle
from types import ModuleType
from typing import Any

import pytest
import vt_torch
from programs import LIBRARIES, check, values

BOTH = pytest.mark.parametrize("torch", LIBRARIES)


class TestGroupedProducts:
    # PyTorch wants rows of 16 bytes.
    @pytest.mark.parametrize(
        ("a", "b", "ends"),
        [
            ((12, 8), (3, 8, 16), [2, 2, 12]),
            ((2, 4, 8), (8, 16), [4, 16]),
            ((8, 16), (16, 8), [4, 4, 16]),
            ((2, 4, 8), (2, 8, 8), None),
        ],
    )
    @pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
    def test_values_and_gradients(self, a: Any, b: Any, ends: list[int] | None, dtype: str) -> None:
        def program(torch: ModuleType) -> Any:
            x, y = (torch.from_numpy(values(s, i)).to(getattr(torch, dtype)) for i, s in enumerate((a, b)))
            x.requires_grad_(), y.requires_grad_()
            offs = None if ends is None else torch.tensor(ends, dtype=torch.int32)
            product = torch.nn.functional.grouped_mm(x, y, offs=offs)
            if dtype == "bfloat16":
                return product, str(product.dtype).split(".")[-1]
            (product * product).sum().backward()
            return product, x.grad, y.grad

        check(program, 2e-2 if dtype == "bfloat16" else 1e-4)

    def test_what_is_behind_the_last_group_is_zero(self) -> None:
        ends = vt_torch.tensor([1, 3], dtype=vt_torch.int32)
        grouped_mm = vt_torch.nn.functional.grouped_mm
        assert grouped_mm(vt_torch.ones(4, 2), vt_torch.ones(2, 2, 1), offs=ends).tolist() == [[2], [2], [2], [0]]
        assert grouped_mm(vt_torch.ones(2, 1, 2), vt_torch.ones(2, 4), offs=ends).tolist() == [[2, 2, 2, 0]]
        for wrong in ([3, 1], [1, 9]):
            with pytest.raises(RuntimeError, match="ascending"):
                grouped_mm(
                    vt_torch.ones(4, 2), vt_torch.ones(2, 2, 1), offs=vt_torch.tensor(wrong, dtype=vt_torch.int32)
                )

    @BOTH
    def test_refusals(self, torch: ModuleType) -> None:
        f = torch.nn.functional.grouped_mm
        a, b, ends = torch.ones(4, 8), torch.ones(2, 8, 8), torch.tensor([1, 4], dtype=torch.int32)
        for call in (
            lambda: f(a, b),
            lambda: f(b, b, offs=ends),
            lambda: f(a[0], b, offs=ends),
            lambda: f(a, b, offs=ends.long()),
            lambda: f(a, b, offs=ends.view(1, 2)),
            lambda: f(a, b[:1], offs=ends),
            lambda: f(b, b[:1]),
            lambda: f(a, b[:, :4], offs=ends),
            lambda: f(a.double(), b.double(), offs=ends),
            lambda: f(a, b.bfloat16(), offs=ends),
            lambda: f(a, b, offs=ends, bias=torch.ones(8)),
            lambda: f(a, b, offs=ends, out_dtype=torch.bfloat16),
        ):
            with pytest.raises(RuntimeError):
                call()


@BOTH
def test_layout(torch: ModuleType) -> None:
    x = torch.ones(2)
    assert x.layout is torch.strided
    assert isinstance(torch.strided, torch.layout)
    assert pickle.loads(pickle.dumps(torch.strided)) is torch.strided
    assert repr(torch.strided) == "torch.strided"
    with pytest.raises(TypeError):
        torch.layout()


@BOTH
def test_the_queue_of_the_cpu(torch: ModuleType) -> None:
    stream, event = torch.Stream("cpu"), torch.Event("cpu")
    assert isinstance(stream, torch.Stream)
    assert isinstance(event, torch.Event)
    assert not isinstance(event, torch.Stream)
    assert (stream.device, event.device) == (torch.device("cpu"), torch.device("cpu"))
    assert (stream.device_index, stream.stream_id, event.event_id) == (-1, 0, 0)
    assert stream == torch.Stream(device="cpu", priority=1)
    assert hash(stream) == hash(torch.Stream("cpu"))
    assert stream != event
    assert stream.query()
    assert event.query()
    assert stream.synchronize() is event.synchronize() is event.wait() is stream.wait_event(event) is None
    with stream as entered:
        assert entered is stream
    for call in (event.record, stream.record_event, lambda: stream.wait_stream(torch.Stream("cpu"))):
        with pytest.raises(RuntimeError, match="support events"):
            call()
    for timed in (False, True):
        pair = [torch.Event("cpu", enable_timing=timed) for _ in range(2)]
        with pytest.raises(ValueError, match="recorded" if timed else "enable_timing"):
            pair[0].elapsed_time(pair[1])


@BOTH
def test_arguments_of_constructors(torch: ModuleType) -> None:
    kwargs = torch.nn.factory_kwargs
    assert kwargs(None) == {}
    given = {"dtype": 1, "factory_kwargs": {"device": 3}}
    assert kwargs(given) == {"dtype": 1, "device": 3}
    assert given == {"dtype": 1, "factory_kwargs": {"device": 3}}
    for wrong in ({"dtype": 1, "factory_kwargs": {"dtype": 3}}, {"bias": True}):
        with pytest.raises(TypeError):
            kwargs(wrong)


@BOTH
def test_container(torch: ModuleType) -> None:
    with pytest.warns(FutureWarning, match="deprecated"):
        made = torch.nn.Container(first=torch.nn.Linear(2, 3), second=torch.nn.ReLU())
    assert [name for name, _ in made.named_children()] == ["first", "second"]
    assert len(list(made.parameters())) == 2


@BOTH
def test_nothing_is_overridden(torch: ModuleType) -> None:
    x = torch.ones(2)
    functions = torch.nn.functional
    assert functions.has_torch_function((x, 1)) is False
    assert functions.has_torch_function_unary(x) is False
    assert functions.has_torch_function_variadic(x, x) is False


class TestSwappedOptimiser:
    @pytest.mark.parametrize("kind", ["SGD", "Adam"])
    def test_steps_go_to_what_is_swapped_in(self, kind: str) -> None:
        def program(torch: ModuleType) -> Any:
            mine = [torch.nn.Parameter(torch.ones(2)), torch.nn.Parameter(torch.ones(3))]
            options = {"lr": 0.1, **({"momentum": 0.9} if kind == "SGD" else {})}
            optimizer = getattr(torch.optim, kind)([{"params": mine[:1]}, {"params": mine[1:], "lr": 0.5}], **options)

            def step(parameters: list[Any]) -> None:
                for p in parameters:
                    p.grad = torch.full_like(p, 2.0)
                optimizer.step()

            step(mine)
            state = copy.deepcopy(optimizer.state_dict())
            state["param_groups"][0]["lr"] = 1.0
            other = {"a": torch.nn.Parameter(torch.zeros(2)), "b": torch.nn.Parameter(torch.zeros(3))}
            with torch.optim.swap_in_optimizer_params_and_state(optimizer, other, state):
                step(list(other.values()))
                inside = optimizer.param_groups[0]["lr"]
            seen = [
                *other.values(),
                *(t for kept in state["state"].values() for k, t in kept.items() if k != "step"),
                inside,
            ]
            step(mine)
            return [s for s in seen if s is not None], mine, [group["lr"] for group in optimizer.param_groups]

        check(program)

    @BOTH
    def test_refusals(self, torch: ModuleType) -> None:
        p = torch.nn.Parameter(torch.ones(2))
        optimizer = torch.optim.SGD([p], lr=0.1, momentum=0.9)
        swap = torch.optim.swap_in_optimizer_params_and_state

        def enter(parameters: Any, state: Any) -> None:
            with swap(optimizer, parameters, state):
                raise AssertionError

        with pytest.raises(RuntimeError, match="state"):
            enter({"p": p}, optimizer.state_dict())
        p.grad = torch.ones(2)
        optimizer.step()
        good = optimizer.state_dict()
        for parameters, state in (
            ({}, good),
            ({"p": p}, {**good, "param_groups": []}),
            ({"p": p}, {**good, "state": {7: {}}}),
        ):
            with pytest.raises(RuntimeError, match=r"swap_in_optimizer_params_and_state|swapin_optim_state"):
                enter(parameters, state)
        with pytest.raises(KeyError), swap(optimizer, {"p": p}, good):
            raise KeyError
        assert optimizer.param_groups[0]["params"][0] is p
