# SPDX-License-Identifier: Apache-2.0
"""Mixed precision."""

from __future__ import annotations

import threading
from types import ModuleType
from typing import Any

import pytest
import vt_torch
from programs import LIBRARIES, check, fill, values

F = vt_torch.nn.functional


def dtypes(torch: ModuleType) -> Any:
    functional = torch.nn.functional
    x, w = torch.from_numpy(values((2, 4))), torch.from_numpy(values((3, 4), 1))
    wide = x.double()
    with torch.autocast("cpu", torch.bfloat16):
        linear = functional.linear(x, w)
        results = [
            linear,
            x @ w.T,
            linear + x[:, :3],
            functional.relu(linear),
            functional.softmax(linear, -1),
            functional.layer_norm(linear, (3,)),
            functional.cross_entropy(linear, torch.tensor([0, 1])),
            torch.cat([linear, x], 1),
            linear.sum(),
            wide @ wide.T,
            functional.conv1d(x[None], w[:, :2, None]),
            functional.conv_transpose1d(x[None], w[:2, :, None]),
            functional.conv2d(wide[None, None], wide[None, None]),
            functional.grid_sample(x[None, None].bfloat16(), torch.zeros((1, 1, 1, 2)), align_corners=True),
        ]
        with torch.autocast("cpu", enabled=False):
            results.append(functional.linear(x, w))
    results.append(functional.linear(x, w))
    return [str(r.dtype).split(".")[-1] for r in results]


def gradients(torch: ModuleType) -> Any:
    model = fill(torch.nn.Linear(4, 3), torch)
    with torch.autocast("cpu", torch.bfloat16):
        loss = torch.nn.functional.cross_entropy(model(torch.from_numpy(values((2, 4)))), torch.tensor([0, 1]))
    loss.backward()
    return str(loss.dtype), [str(p.grad.dtype) for p in model.parameters()], model.bias.grad


def test_dtypes_are_pytorchs() -> None:
    ours, theirs = dtypes(vt_torch), dtypes(LIBRARIES[1])
    assert ours == theirs


def test_gradients_are_pytorchs() -> None:
    def program(torch: ModuleType) -> Any:
        _, _, grad = gradients(torch)
        return grad

    check(program, 1e-2)
    model = fill(vt_torch.nn.Linear(4, 3), vt_torch)
    with vt_torch.autocast("cpu", vt_torch.bfloat16):
        model(vt_torch.from_numpy(values((2, 4)))).sum().backward()
    assert model.weight.grad is not None
    assert model.weight.grad.dtype == vt_torch.float32


def test_it_ends_with_the_block_and_stays_in_its_thread() -> None:
    x = vt_torch.ones(2, 2)
    seen: list[Any] = []

    def leave_by_an_error() -> None:
        with vt_torch.autocast("cpu", vt_torch.float16):
            assert vt_torch.is_autocast_enabled("cpu")
            assert (x @ x).dtype == vt_torch.float16
            thread = threading.Thread(target=lambda: seen.append((x @ x).dtype))
            thread.start()
            thread.join()
            raise LookupError

    with pytest.raises(LookupError):
        leave_by_an_error()
    assert seen == [vt_torch.float32]
    assert not vt_torch.is_autocast_enabled("cpu")
    assert (x @ x).dtype == vt_torch.float32


def test_it_decorates_functions() -> None:
    @vt_torch.autocast("cpu", vt_torch.bfloat16)
    def product(x: Any) -> Any:
        return x @ x

    assert product(vt_torch.ones(2, 2)).dtype == vt_torch.bfloat16


def test_destinations_are_left_alone() -> None:
    x, out = vt_torch.ones(2, 2), vt_torch.zeros(2, 2)
    with vt_torch.autocast("cpu", vt_torch.bfloat16):
        vt_torch.matmul(x, x, out=out)
    assert out.tolist() == [[2.0, 2.0], [2.0, 2.0]]


def test_bad_arguments_are_refused() -> None:
    with pytest.raises(RuntimeError, match="device_type"):
        vt_torch.autocast("tpu")
    with pytest.raises(TypeError, match="float64"):
        vt_torch.autocast("cpu", vt_torch.float64)


@pytest.mark.parametrize("cast_inputs", [None, "float32"])
def test_functions_of_ones_own_under_autocast(cast_inputs: str | None) -> None:
    def program(torch: ModuleType) -> Any:
        seen: list[Any] = []
        cast = None if cast_inputs is None else getattr(torch, cast_inputs)

        class Product(torch.autograd.Function):
            @staticmethod
            @torch.amp.custom_fwd(device_type="cpu", cast_inputs=cast)
            def forward(ctx: Any, x: Any, w: Any, scale: float) -> Any:
                ctx.save_for_backward(x, w)
                result = x @ w * scale
                seen.append((str(x.dtype), str(result.dtype), torch.is_autocast_enabled("cpu")))
                return result

            @staticmethod
            @torch.amp.custom_bwd(device_type="cpu")
            def backward(ctx: Any, grad: Any) -> Any:
                x, w = ctx.saved_tensors
                seen.append((str((x.T @ x).dtype), torch.is_autocast_enabled("cpu")))
                return grad.float() @ w.float().T, x.float().T @ grad.float(), None

        for enabled in (True, False):
            x, w = (torch.from_numpy(values((3, 3), seed)).requires_grad_() for seed in (0, 1))
            with torch.autocast("cpu", torch.bfloat16, enabled=enabled):
                result = Product.apply(x, w, 2.0)
            result.sum().backward()
            seen += [result, x.grad, w.grad]
        return seen

    check(program, 2e-2)
