# SPDX-License-Identifier: Apache-2.0
"""Functions and settings of the module that are Python over operators, against PyTorch's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch as reference
import vt_torch
from programs import LIBRARIES, check, values


@pytest.fixture
def default_dtype() -> Iterator[None]:
    yield
    for torch in LIBRARIES:
        torch.set_default_dtype(torch.float32)


class TestDefaultDtype:
    def test_is_that_of_what_is_made_without_one(self, default_dtype: None) -> None:
        def program(torch: ModuleType) -> Any:
            seen: list[str] = []
            for name in ("float64", "float16", "bfloat16", "float32"):
                torch.set_default_dtype(getattr(torch, name))
                made = [
                    torch.zeros(2), torch.ones(2), torch.empty(2), torch.full((2,), 1.5), torch.full((2,), 1),
                    torch.eye(2), torch.linspace(0, 1, 3), torch.arange(2), torch.arange(2.0), torch.rand(2),
                    torch.tensor(1.5), torch.tensor([1, 2]), torch.tensor([]), torch.as_tensor([0.5]),
                    torch.scalar_tensor(2), torch.hann_window(4), torch.nn.Linear(2, 3).weight, torch.empty_strided((1,), (1,)),
                ]  # fmt: skip
                seen += [str(t.dtype).split(".")[-1] for t in made]
                seen += [repr(torch.full((2,), 0.5)), repr(torch.zeros(0)), str(torch.finfo().dtype)]
                seen.append(str(torch.get_default_dtype()).split(".")[-1])
            torch.set_default_dtype(torch.float64)
            seen += [str(torch.tensor(1j).dtype).split(".")[-1], str(torch.full((1,), 1j).dtype).split(".")[-1]]
            torch.set_default_tensor_type("torch.FloatTensor")
            return [*seen, str(torch.zeros(1).dtype).split(".")[-1]]

        check(program)

    @pytest.mark.parametrize("torch", LIBRARIES)
    def test_is_floating(self, torch: ModuleType, default_dtype: None) -> None:
        with pytest.raises(TypeError):
            torch.set_default_dtype(torch.int64)
        with pytest.raises(TypeError):
            torch.set_default_tensor_type(torch.LongTensor)
        assert torch.zeros(1).dtype == torch.float32


def test_gradient_along_dimensions() -> None:
    def program(torch: ModuleType) -> Any:
        x = torch.from_numpy(values((4, 5, 3))).requires_grad_()
        places = [torch.tensor([0.0, 1.0, 3.0, 3.5]), torch.tensor([0.0, 0.5, 2.0, 4.0, 5.0])]
        seen: list[Any] = []
        for options in (
            {},
            {"spacing": 0.5},
            {"dim": 1, "edge_order": 2},
            {"dim": (0, -1), "spacing": [2.0, 0.25], "edge_order": 2},
            {"dim": (0, 1), "spacing": places},
            {"dim": (0, 1), "spacing": places, "edge_order": 2},
        ):
            slopes = torch.gradient(x, **options)
            seen.append(slopes)
        sum((s * s).sum() for s in seen[-1]).backward()
        return seen, x.grad

    check(program, 1e-4)


@pytest.mark.parametrize("torch", LIBRARIES)
def test_gradient_refuses_too_few_samples(torch: ModuleType) -> None:
    for options in ({"edge_order": 3}, {"spacing": [1.0, 2.0]}, {"edge_order": 2}):
        with pytest.raises(RuntimeError):
            torch.gradient(torch.zeros(2), **options)


def test_low_rank_factorisations_give_the_matrix_back() -> None:
    vt_torch.manual_seed(0)
    for shape in ((7, 5), (5, 7), (2, 6, 4)):
        a = vt_torch.randn(*shape[:-1], 2) @ vt_torch.randn(*shape[:-2], 2, shape[-1])
        u, s, v = vt_torch.svd_lowrank(a, q=3)
        assert (u.shape, s.shape, v.shape) == ((*shape[:-1], 3), (*shape[:-2], 3), (*shape[:-2], shape[-1], 3))
        assert ((u * s.unsqueeze(-2)) @ v.mT - a).abs().max().item() < 1e-5
    x = vt_torch.from_numpy(values((9, 3))) @ vt_torch.from_numpy(values((3, 6), 1))
    s = vt_torch.pca_lowrank(x, 3)[1]
    theirs = reference.pca_lowrank(reference.from_numpy(np.array(x.tolist(), np.float32)), 3)[1]
    np.testing.assert_allclose(s.tolist(), theirs.tolist(), rtol=1e-4)


def test_small_functions() -> None:
    def program(torch: ModuleType) -> Any:
        x = torch.from_numpy(values((3, 4)))
        a = torch.from_numpy(values((4, 4), 2))
        return [
            torch.fill(x, 2.5),
            torch.frobenius_norm(x, 1),
            torch.frobenius_norm(x, [0, 1], True),
            torch.lu(a),
            a.lu(get_infos=True),
            torch.from_dlpack(torch.to_dlpack(x)),
            torch.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * 2), (torch.tensor(0), x))[1],
            x.narrow_copy(1, 1, 2),
            x.new(2, 3).shape == (2, 3),
            x.new([1, 2]),
            x.is_signed(),
            x.is_pinned(),
            x.is_shared(),
        ]

    check(program)


def test_cond_calls_one_function() -> None:
    x = vt_torch.ones(2, requires_grad=True)
    y = vt_torch.cond(x.sum() > 1, lambda t: t * 2, lambda t: t * 3, (x,))
    y.sum().backward()
    assert x.grad.tolist() == [2.0, 2.0]


def test_files_as_tensors(tmp_path: Path) -> None:
    for torch in LIBRARIES:
        path = tmp_path / f"{torch.__name__}.bin"
        shared = torch.from_file(str(path), shared=True, size=3, dtype=torch.float32)
        shared.copy_(torch.tensor([1.0, 2.0, 3.0]))
        own = torch.from_file(str(path), size=2)
        own.zero_()
        assert shared.tolist() == [1.0, 2.0, 3.0]
        del shared
        assert np.fromfile(path, np.float32).tolist() == [1.0, 2.0, 3.0]
        with pytest.raises(RuntimeError):
            torch.from_file(str(path), shared=False, size=9)


def test_autocast_by_functions() -> None:
    def program(torch: ModuleType) -> Any:
        seen = [torch.is_autocast_cpu_enabled(), str(torch.get_autocast_cpu_dtype()).split(".")[-1]]
        torch.set_autocast_cpu_dtype(torch.float16)
        torch.set_autocast_enabled("cpu", True)
        seen += [torch.is_autocast_enabled("cpu"), str(torch.get_autocast_dtype("cpu")).split(".")[-1]]
        torch.set_autocast_cpu_enabled(False)
        torch.set_autocast_dtype("cpu", torch.bfloat16)
        seen += [
            torch.autocast_increment_nesting(),
            torch.autocast_decrement_nesting(),
            torch.is_autocast_cache_enabled(),
        ]
        torch.set_autocast_cache_enabled(False)
        seen.append(torch.is_autocast_cache_enabled())
        torch.set_autocast_cache_enabled(True)
        torch.clear_autocast_cache()
        return seen

    check(program)


def test_scaled_gradients() -> None:
    def program(torch: ModuleType) -> Any:
        p = torch.nn.Parameter(torch.ones(3))
        optimizer = torch.optim.SGD([p], lr=0.1)
        scaler = torch.amp.GradScaler("cpu", init_scale=8.0, growth_interval=2)
        seen: list[Any] = []
        for step, factor in enumerate((1.0, 2.0, float("inf"), 1.0, 1.0, 1.0)):
            optimizer.zero_grad()
            loss = scaler.scale((p * factor).sum())
            loss.backward()
            if step % 2:
                scaler.unscale_(optimizer)
            scaler.step(optimizer)
            scaler.update()
            seen += [scaler.get_scale(), p.detach().clone()]
        state = scaler.state_dict()
        other = torch.amp.GradScaler("cpu")
        other.load_state_dict(state)
        off = torch.amp.GradScaler("cpu", enabled=False)
        return seen, state, other.get_scale(), off.get_scale(), off.state_dict(), float(off.scale(torch.ones(1))[0])

    check(program)


@pytest.mark.parametrize("torch", LIBRARIES)
def test_a_scaler_refuses_steps_out_of_turn(torch: ModuleType) -> None:
    p = torch.nn.Parameter(torch.ones(3))
    optimizer = torch.optim.SGD([p], lr=0.1)
    scaler = torch.amp.GradScaler("cpu")
    scaler.scale(p.sum()).backward()
    scaler.unscale_(optimizer)
    with pytest.raises(RuntimeError, match="already been called"):
        scaler.unscale_(optimizer)
    scaler.step(optimizer)
    with pytest.raises(RuntimeError, match="after step"):
        scaler.unscale_(optimizer)
    with pytest.raises(RuntimeError, match="already been called"):
        scaler.step(optimizer)
    with pytest.raises(AssertionError):
        torch.amp.GradScaler("cpu", growth_factor=0.5)


class TestUtils:
    def test_fusion(self) -> None:
        def program(torch: ModuleType) -> Any:
            seen: list[Any] = []
            for make, norm, shape in (
                (lambda: torch.nn.Conv2d(2, 3, 3), torch.nn.BatchNorm2d(3), (2, 2, 5, 5)),
                (lambda: torch.nn.ConvTranspose2d(2, 3, 3, bias=False), torch.nn.BatchNorm2d(3), (2, 2, 5, 5)),
                (lambda: torch.nn.Linear(4, 3), torch.nn.BatchNorm1d(3), (2, 4)),
            ):
                layer = make()
                norm.running_mean.copy_(torch.tensor([0.5, -1.0, 2.0]))
                norm.running_var.copy_(torch.tensor([2.0, 0.5, 1.0]))
                with torch.no_grad():
                    for i, p in enumerate(layer.parameters()):
                        p.copy_(torch.from_numpy(values(tuple(p.shape), i)))
                layer.eval(), norm.eval()
                x = torch.from_numpy(values(shape))
                utils = torch.nn.utils
                if len(shape) == 2:
                    fused = utils.fuse_linear_bn_eval(layer, norm)
                else:
                    fused = utils.fuse_conv_bn_eval(layer, norm, isinstance(layer, torch.nn.ConvTranspose2d))
                seen += [fused.weight, fused.bias, (fused(x) - norm(layer(x))).abs().max().item() < 1e-5]
            return seen

        check(program)

    def test_spectral_norm(self) -> None:
        def program(torch: ModuleType) -> Any:
            seen: list[Any] = []
            for make, shape in (
                (lambda: torch.nn.Linear(4, 3), (2, 4)),
                (lambda: torch.nn.ConvTranspose2d(2, 3, 2), (1, 2, 3, 3)),
            ):
                layer = torch.nn.utils.spectral_norm(make(), n_power_iterations=2)
                state = layer.state_dict()
                seen.append(list(state))
                layer.load_state_dict(
                    {n: torch.from_numpy(values(tuple(t.shape), i)) for i, (n, t) in enumerate(state.items())}
                )
                x = torch.from_numpy(values(shape))
                for _ in range(2):
                    layer(x).sum().backward()
                seen += [layer(x), layer.weight_orig.grad, layer.eval()(x), dict(layer.state_dict())]
                torch.nn.utils.remove_spectral_norm(layer)
                seen += [layer(x), list(layer.state_dict())]
            return seen

        check(program, 1e-4)

    def test_clipping_by_a_norm_and_formats(self) -> None:
        def program(torch: ModuleType) -> Any:
            p = torch.nn.Parameter(torch.ones(3))
            p.grad = torch.tensor([3.0, 4.0, 0.0])
            torch.nn.utils.clip_grads_with_norm_([p], 1.0, torch.tensor(5.0))
            conv = torch.nn.utils.convert_conv2d_weight_memory_format(torch.nn.Conv2d(2, 3, 3), torch.channels_last)
            made = torch.nn.utils.skip_init(torch.nn.Linear, 2, 3)
            return p.grad, conv.weight.stride(), tuple(made.weight.shape), str(made.weight.device)

        check(program)

    def test_old_names_warn(self) -> None:
        p = vt_torch.nn.Parameter(vt_torch.ones(1))
        p.grad = vt_torch.ones(1)
        with pytest.warns(FutureWarning, match="clip_grad_norm_"):
            vt_torch.nn.utils.clip_grad_norm(p, 0.5)

    @pytest.mark.parametrize("torch", LIBRARIES)
    def test_refusals(self, torch: ModuleType) -> None:
        layer = torch.nn.Linear(2, 2)
        with pytest.raises(ValueError, match="not found"):
            torch.nn.utils.remove_spectral_norm(layer)
        with pytest.raises(ValueError, match="positive"):
            torch.nn.utils.spectral_norm(layer, n_power_iterations=0)
        torch.nn.utils.spectral_norm(layer)
        with pytest.raises(RuntimeError, match="two spectral_norm hooks"):
            torch.nn.utils.spectral_norm(layer)
        with pytest.raises(RuntimeError):
            torch.nn.utils.skip_init(torch.nn.Identity)
        with pytest.raises(AssertionError):
            torch.nn.utils.fuse_linear_bn_eval(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))


def test_normalisation_over_processes() -> None:
    net = vt_torch.nn.Sequential(vt_torch.nn.Linear(3, 3), vt_torch.nn.BatchNorm1d(3))
    x = vt_torch.from_numpy(values((4, 3)))
    before = net.eval()(x).tolist()
    synced = vt_torch.nn.SyncBatchNorm.convert_sync_batchnorm(net)
    assert type(synced[1]) is vt_torch.nn.SyncBatchNorm
    assert synced(x).tolist() == before
    assert synced.train()(x).shape == (4, 3)
    with pytest.raises(ValueError, match="2D"):
        synced[1](vt_torch.ones(3))


NORMS = {
    "all": lambda torch, x: torch.norm(x),
    "fro": lambda torch, x: torch.norm(x, p="fro", dim=(1, 2)),
    "fro of rows": lambda torch, x: x.norm("fro", dim=1, keepdim=True),
    "none": lambda torch, x: x.norm(None, 1),
    "nuc": lambda torch, x: torch.norm(x, "nuc", dim=(1, 2)),
    "nuc of all": lambda torch, x: x[0].norm("nuc"),
    "one": lambda torch, x: torch.norm(input=x, p=1, dim=[0, 1]),
    "inf": lambda torch, x: x.norm(p=float("inf"), dim=2),
    "in float64": lambda torch, x: x.norm(dtype=torch.float64),
    "out": lambda torch, x: torch.norm(x, 3, 0, out=torch.empty(0)),
    "unknown": lambda torch, x: torch.norm(x[0], "foo"),
    "nuc of a vector": lambda torch, x: torch.norm(x[0, 0], "nuc"),
    "fro of three": lambda torch, x: torch.norm(x, "fro", dim=(0, 1, 2)),
}


@pytest.mark.parametrize("name", NORMS)
def test_norms_by_name(name: str) -> None:
    def program(torch: ModuleType) -> Any:
        try:
            return NORMS[name](torch, torch.from_numpy(values((2, 3, 4))))
        except RuntimeError:
            return RuntimeError

    check(program)


def test_split_by_pytorchs_names() -> None:
    def program(torch: ModuleType) -> Any:
        x = torch.from_numpy(values((5, 2)))
        parts = torch.split(tensor=x, split_size_or_sections=2, dim=0)
        return parts, isinstance(parts, tuple), torch.split(x, split_size_or_sections=[1, 4]), torch.split(x, 1, -1)

    check(program)
