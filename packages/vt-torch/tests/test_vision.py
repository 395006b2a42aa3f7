# SPDX-License-Identifier: Apache-2.0
"""Resampling, grid sampling and windows as columns give what PyTorch's give: results, gradients, errors."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from programs import LIBRARIES, check, values

SHAPES = {1: (2, 3, 9), 2: (2, 3, 7, 6), 3: (1, 2, 4, 5, 3)}
MODES = {
    1: ("nearest", "nearest-exact", "linear", "area"),
    2: ("nearest", "nearest-exact", "bilinear", "bicubic", "area"),
    3: ("nearest", "nearest-exact", "trilinear", "area"),
}


def with_gradient(torch: ModuleType, function: Any, *arrays: Any) -> list[Any]:
    leaves = [torch.from_numpy(a).requires_grad_() for a in arrays]
    y = function(*leaves)
    (y * torch.from_numpy(values(tuple(y.shape), 9))).sum().backward()
    return [y, *(leaf.grad for leaf in leaves)]


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize(
    "target",
    [{"size": 5}, {"scale_factor": 2}, {"scale_factor": 1.7}, {"scale_factor": 0.6}, {"size": 1}],
    ids=str,
)
def test_interpolate_gives_the_same_on_both(rank: int, target: dict[str, Any]) -> None:
    def program(torch: ModuleType) -> Any:
        seen: list[Any] = []
        for mode in MODES[rank]:
            for corners in (None,) if mode in ("nearest", "nearest-exact", "area") else (False, True):
                for recompute in (False, True) if "scale_factor" in target else (None,):
                    seen += with_gradient(
                        torch,
                        lambda x, mode=mode, corners=corners, recompute=recompute: torch.nn.functional.interpolate(
                            x, **target, mode=mode, align_corners=corners, recompute_scale_factor=recompute
                        ),
                        values(SHAPES[rank], 1),
                    )
        return seen

    check(program)


@pytest.mark.parametrize("mode", ["bilinear", "bicubic", "lanczos"])
def test_antialiased_interpolation_gives_the_same_on_both(mode: str) -> None:
    def program(torch: ModuleType) -> Any:
        seen: list[Any] = []
        for size in ((3, 4), (11, 2), (20, 17)):
            for corners in (None, False) if mode == "lanczos" else (False, True):
                seen += with_gradient(
                    torch,
                    lambda x, size=size, corners=corners: torch.nn.functional.interpolate(
                        x, size, mode=mode, align_corners=corners, antialias=True
                    ),
                    values((2, 3, 13, 9), 2),
                )
        return seen

    check(program)


@pytest.mark.parametrize("arguments", [{"mode": "nearest"}, {"mode": "nearest-exact"}])
def test_interpolation_keeps_bytes(arguments: dict[str, Any]) -> None:
    def program(torch: ModuleType) -> Any:
        x = torch.arange(48).reshape(1, 2, 4, 6).to(torch.uint8)
        return torch.nn.functional.interpolate(x, scale_factor=1.5, **arguments)

    check(program)


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"size": 3, "scale_factor": 2},
        {"scale_factor": 2, "align_corners": True},
        {"scale_factor": 2, "mode": "cubic"},
        {"scale_factor": 2, "mode": "linear"},
        {"size": (3, 3, 3)},
        {"scale_factor": (2, 2, 2)},
        {"size": 3, "recompute_scale_factor": True},
        {"size": 3, "antialias": True},
        {"size": 3, "mode": "lanczos"},
        {"size": 3, "mode": "lanczos", "antialias": True, "align_corners": True},
        {"size": 0},
        {"scale_factor": 0.01},
    ],
    ids=str,
)
def test_interpolate_refuses_what_pytorch_refuses(arguments: dict[str, Any]) -> None:
    raised: list[type[Exception]] = []
    for library in LIBRARIES:
        with pytest.raises((ValueError, RuntimeError)) as error:
            library.nn.functional.interpolate(library.zeros((1, 2, 4, 4)), **arguments)
        raised.append(error.type)
    assert issubclass(*raised)


@pytest.mark.parametrize("mode", ["bilinear", "nearest", "bicubic"])
@pytest.mark.parametrize("padding", ["zeros", "border", "reflection"])
@pytest.mark.parametrize("corners", [True, False])
def test_grid_sample_gives_the_same_on_both(mode: str, padding: str, corners: bool) -> None:
    def program(torch: ModuleType) -> Any:
        seen: list[Any] = []
        for rank in (2,) if mode == "bicubic" else (2, 3):
            grid = values((SHAPES[rank][0], *(3, 4, 2)[:rank], rank), 3, 0.8)
            seen += with_gradient(
                torch,
                lambda x, g: torch.nn.functional.grid_sample(x, g, mode, padding, corners),
                values(SHAPES[rank], 4),
                grid,
            )
        return seen

    check(program, 1e-4)


@pytest.mark.parametrize("padding", ["zeros", "border", "reflection"])
@pytest.mark.parametrize("corners", [True, False])
def test_grid_of_the_image_itself_has_pytorchs_gradients(padding: str, corners: bool) -> None:
    def program(torch: ModuleType) -> Any:
        theta = torch.from_numpy(values((2, 2, 3), 5, 0.0))
        theta[:, 0, 0] = 1.0
        theta[:, 1, 1] = 1.0
        theta.requires_grad_()
        grid = torch.nn.functional.affine_grid(theta, [2, 3, 5, 3], align_corners=corners)
        x = torch.from_numpy(values((2, 3, 5, 3), 6)).requires_grad_()
        y = torch.nn.functional.grid_sample(x, grid, padding_mode=padding, align_corners=corners)
        (y * torch.from_numpy(values(tuple(y.shape), 7))).sum().backward()
        return grid, y, x.grad

    check(program, 1e-4)


def test_affine_grid_gives_the_same_on_both() -> None:
    def program(torch: ModuleType) -> Any:
        seen: list[Any] = []
        for size in ([2, 1, 4, 3], [2, 1, 3, 1, 2]):
            for corners in (False, True):
                rank = len(size) - 2
                seen += with_gradient(
                    torch,
                    lambda t, size=size, corners=corners: torch.nn.functional.affine_grid(t, size, corners),
                    values((2, rank, rank + 1), 8),
                )
        return seen

    check(program)


@pytest.mark.parametrize(
    "call",
    [
        lambda torch, x: torch.nn.functional.affine_grid(x[0, 0], [2, 3, 4, 5], False),
        lambda torch, x: torch.nn.functional.affine_grid(x[0], [2, 3, 4], False),
        lambda torch, x: torch.nn.functional.affine_grid(torch.zeros((2, 2, 3)), [2, 3, 0, 5], False),
        lambda torch, x: torch.nn.functional.affine_grid(torch.zeros((2, 2, 3)).long(), [2, 3, 4, 5], False),
        lambda torch, x: torch.nn.functional.grid_sample(x, torch.zeros((2, 3, 3, 2)), mode="cubic"),
        lambda torch, x: torch.nn.functional.grid_sample(x, torch.zeros((2, 3, 3, 2)), padding_mode="mirror"),
    ],
)
def test_grids_refuse_what_pytorch_refuses(call: Any) -> None:
    raised: list[type[Exception]] = []
    for library in LIBRARIES:
        with pytest.raises((ValueError, NotImplementedError)) as error:
            call(library, library.zeros((2, 2, 4, 4)))
        raised.append(error.type)
    assert issubclass(*raised)


def test_windows_as_columns_and_back() -> None:
    def program(torch: ModuleType) -> Any:
        seen: list[Any] = []
        for window in ({"kernel_size": 2}, {"kernel_size": (3, 2), "dilation": (1, 2), "padding": 1, "stride": (2, 1)}):
            seen += with_gradient(
                torch, lambda x, window=window: torch.nn.functional.unfold(x, **window), values((2, 3, 6, 5))
            )
            columns = torch.nn.functional.unfold(torch.from_numpy(values((2, 3, 6, 5))), **window).tolist()
            shape = (len(columns), len(columns[0]), len(columns[0][0]))
            seen += with_gradient(
                torch, lambda c, window=window: torch.nn.functional.fold(c, (6, 5), **window), values(shape, 1)
            )
        return seen

    check(program)
