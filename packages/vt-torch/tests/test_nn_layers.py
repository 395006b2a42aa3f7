# SPDX-License-Identifier: Apache-2.0
"""Layers give what PyTorch's give from the same weights: results, gradients, text, state and defaults."""

from __future__ import annotations

import inspect
from types import ModuleType
from typing import Any

import pytest
import torch as reference
import vt_torch
from programs import LIBRARIES, check, values

VECTORS = (3, 4, 9)
PLANES = (2, 4, 8, 6)
VOLUMES = (2, 4, 6, 5, 7)
SHAPES = {1: VECTORS, 2: PLANES, 3: VOLUMES}

# Class, arguments, shape of the input.
LAYERS: list[tuple[str, dict[str, Any], tuple[int, ...]]] = [
    *((name, {}, (3, 5)) for name in ("ELU", "CELU", "SELU", "SiLU", "Mish", "ReLU", "ReLU6", "LeakyReLU", "RReLU")),
    *((name, {}, (3, 5)) for name in ("Hardshrink", "Hardsigmoid", "Hardswish", "Hardtanh", "LogSigmoid", "PReLU")),
    *((name, {}, (3, 5)) for name in ("Sigmoid", "Softplus", "Softshrink", "Softsign", "Tanh", "Tanhshrink", "GELU")),
    *((name, {"alpha": 0.5, "inplace": True}, (3, 5)) for name in ("ELU", "CELU")),
    *(
        (name, {"inplace": True}, (3, 5))
        for name in ("SELU", "SiLU", "Mish", "ReLU", "ReLU6", "Hardsigmoid", "Hardswish", "Hardtanh", "LeakyReLU")
    ),
    ("Hardtanh", {"min_val": -0.25, "max_val": 0.5}, (3, 5)),
    ("Hardshrink", {"lambd": 0.25}, (3, 5)),
    ("Softshrink", {"lambd": 0.25}, (3, 5)),
    ("LeakyReLU", {"negative_slope": 0.3}, (3, 5)),
    ("PReLU", {"num_parameters": 4, "init": 0.5}, (2, 4, 3)),
    ("Softplus", {"beta": 2.0, "threshold": 1.0}, (3, 5)),
    ("Threshold", {"threshold": 0.1, "value": 20.0}, (3, 5)),
    ("Threshold", {"threshold": 0.1, "value": 20.0, "inplace": True}, (3, 5)),
    ("GLU", {}, (3, 6)),
    ("GLU", {"dim": 0}, (4, 3)),
    *((name, {"dim": 1}, (3, 4, 2)) for name in ("Softmax", "Softmin", "LogSoftmax")),
    ("Softmax2d", {}, (2, 3, 4, 5)),
    ("Softmax2d", {}, (3, 4, 5)),
    *(
        (f"{kind}Pad{rank}d", {"padding": padding, **more}, SHAPES[rank])
        for rank in (1, 2, 3)
        for kind, more in (
            ("Constant", {"value": 3.5}),
            ("Zero", {}),
            ("Reflection", {}),
            ("Replication", {}),
            ("Circular", {}),
        )
        for padding in (2, tuple(range(1, 2 * rank + 1))[: 2 * rank] if rank == 1 else (1, 2, 0, 1, 2, 1)[: 2 * rank])
    ),
    ("ConstantPad2d", {"padding": (-1, 2, 0, -2), "value": -1}, PLANES),
    *((f"MaxPool{r}d", {"kernel_size": 2}, SHAPES[r]) for r in (1, 2, 3)),
    *((f"MaxPool{r}d", {"kernel_size": 3, "stride": 2, "padding": 1, "ceil_mode": True}, SHAPES[r]) for r in (1, 2, 3)),
    ("MaxPool2d", {"kernel_size": (3, 2), "dilation": (1, 2), "return_indices": True}, PLANES),
    ("MaxPool1d", {"kernel_size": 2}, (4, 9)),
    *((f"AvgPool{r}d", {"kernel_size": 2}, SHAPES[r]) for r in (1, 2, 3)),
    *((f"AvgPool{r}d", {"kernel_size": 3, "stride": 2, "padding": 1}, SHAPES[r]) for r in (1, 2, 3)),
    ("AvgPool1d", {"kernel_size": 3, "padding": 1, "ceil_mode": True, "count_include_pad": False}, VECTORS),
    ("AvgPool2d", {"kernel_size": (3, 2), "divisor_override": 5}, PLANES),
    *((f"LPPool{r}d", {"norm_type": 2, "kernel_size": 2}, SHAPES[r]) for r in (1, 2, 3)),
    ("LPPool1d", {"norm_type": 3.0, "kernel_size": 3, "stride": 2, "ceil_mode": True}, (2, 3, 8)),
    *((f"AdaptiveAvgPool{r}d", {"output_size": 3}, SHAPES[r]) for r in (1, 2, 3)),
    *((f"AdaptiveMaxPool{r}d", {"output_size": 3}, SHAPES[r]) for r in (1, 2, 3)),
    ("AdaptiveAvgPool2d", {"output_size": (None, 2)}, PLANES),
    ("AdaptiveAvgPool3d", {"output_size": 1}, VOLUMES),
    ("AdaptiveMaxPool3d", {"output_size": (2, None, 3), "return_indices": True}, VOLUMES),
    *((f"BatchNorm{r}d", {}, SHAPES[r]) for r in (1, 2, 3)),
    ("BatchNorm1d", {}, (6, 4)),
    ("BatchNorm2d", {"eps": 1e-3, "momentum": None}, PLANES),
    ("BatchNorm2d", {"affine": False}, PLANES),
    ("BatchNorm2d", {"bias": False}, PLANES),
    ("BatchNorm2d", {"track_running_stats": False}, PLANES),
    *((f"InstanceNorm{r}d", {}, SHAPES[r]) for r in (1, 2, 3)),
    ("InstanceNorm1d", {"affine": True}, (4, 9)),
    ("InstanceNorm2d", {"affine": True, "track_running_stats": True, "momentum": 0.3}, PLANES),
    ("GroupNorm", {"num_groups": 2, "num_channels": 4}, PLANES),
    ("GroupNorm", {"num_groups": 4, "num_channels": 4, "affine": False, "eps": 1e-3}, VECTORS),
    ("GroupNorm", {"num_groups": 1, "num_channels": 4, "bias": False}, (3, 4)),
    *((f"Conv{r}d", {"in_channels": 4, "out_channels": 6, "kernel_size": 3}, SHAPES[r]) for r in (1, 2, 3)),
    *((f"ConvTranspose{r}d", {"in_channels": 4, "out_channels": 3, "kernel_size": 2}, SHAPES[r]) for r in (1, 2, 3)),
    *(
        ("Conv2d", {"in_channels": 4, "out_channels": 6, "kernel_size": (3, 2), "padding": padding, **more}, PLANES)
        for padding, more in (
            ((1, 2), {"stride": 2, "dilation": (1, 2), "groups": 2, "bias": False}),
            ("same", {"padding_mode": "reflect", "dilation": 2}),
            ("valid", {"padding_mode": "circular"}),
            ((2, 1), {"padding_mode": "replicate"}),
            (1, {"padding_mode": "circular", "groups": 2}),
        )
    ),
    ("Conv1d", {"in_channels": 4, "out_channels": 4, "kernel_size": 3, "groups": 4}, (4, 9)),
    (
        "ConvTranspose2d",
        {
            "in_channels": 4,
            "out_channels": 6,
            "kernel_size": 3,
            "stride": (3, 2),
            "padding": 1,
            "output_padding": 1,
            "groups": 2,
        },
        PLANES,
    ),
    ("Upsample", {"scale_factor": 2}, PLANES),
    ("Upsample", {"size": (3, 4), "mode": "bilinear", "align_corners": True}, PLANES),
    ("Upsample", {"scale_factor": (1.5,), "mode": "linear", "recompute_scale_factor": True}, VECTORS),
    ("UpsamplingNearest2d", {"scale_factor": 2}, PLANES),
    ("UpsamplingBilinear2d", {"size": 4}, PLANES),
    ("PixelShuffle", {"upscale_factor": 2}, PLANES),
    ("PixelUnshuffle", {"downscale_factor": 2}, PLANES),
    ("ChannelShuffle", {"groups": 2}, PLANES),
    ("Unfold", {"kernel_size": 2, "stride": (2, 1)}, PLANES),
    ("Fold", {"output_size": (4, 3), "kernel_size": 2}, (2, 8, 6)),
    ("LocalResponseNorm", {"size": 3}, PLANES),
    ("LocalResponseNorm", {"size": 2, "alpha": 0.1, "beta": 0.5, "k": 2.0}, VECTORS),
    ("LayerNorm", {"normalized_shape": (8, 6)}, PLANES),
    ("RMSNorm", {"normalized_shape": 6, "eps": 1e-5}, PLANES),
    ("Flatten", {"start_dim": 0, "end_dim": 1}, PLANES),
    ("Unflatten", {"dim": 1, "unflattened_size": (2, -1)}, PLANES),
    ("Linear", {"in_features": 6, "out_features": 3}, PLANES),
    ("Identity", {}, (3, 5)),
    ("Dropout", {"p": 0.0, "inplace": True}, (3, 5)),
]


def build(torch: ModuleType, name: str, arguments: dict[str, Any]) -> Any:
    """Make a layer whose parameters hold numbers that depend on their order alone."""
    positional = (4,) if name.startswith(("BatchNorm", "InstanceNorm")) else ()
    layer = getattr(torch.nn, name)(*positional, **arguments)
    with torch.no_grad():
        for i, parameter in enumerate(layer.parameters()):
            parameter.copy_(torch.from_numpy(values(tuple(parameter.shape), i, 0.5)))
    return layer


def case_name(case: tuple[str, dict[str, Any], tuple[int, ...]]) -> str:
    return f"{case[0]}-{'-'.join(f'{k}={v}' for k, v in case[1].items())}-{len(case[2])}d"


@pytest.mark.parametrize("case", LAYERS, ids=case_name)
@pytest.mark.parametrize("training", [True, False], ids=["train", "eval"])
def test_layer_gives_the_same_on_both(case: tuple[str, dict[str, Any], tuple[int, ...]], training: bool) -> None:
    name, arguments, shape = case
    if name == "RReLU" and training:
        pytest.skip("draws its slopes")

    def program(torch: ModuleType) -> Any:
        layer = build(torch, name, arguments)
        layer.train(training)
        seen: list[Any] = [repr(layer), list(layer.state_dict())]
        for seed in (0, 1):
            leaf = torch.from_numpy(values(shape, seed)).requires_grad_()
            x = leaf * 1  # what is written in place is no leaf
            y = layer(x)
            first = y[0] if isinstance(y, tuple) else y
            weights = torch.from_numpy(values(tuple(first.shape), 2))
            (first * weights).sum().backward()
            seen += [y, x, leaf.grad]
        return seen, {n: p.grad for n, p in layer.named_parameters()}, dict(layer.state_dict())

    check(program, 5e-5)


@pytest.mark.parametrize(
    "name", sorted({case[0] for case in LAYERS} | {"Bilinear", "FractionalMaxPool2d", "Softmax2d"})
)
def test_constructor_has_the_same_arguments_and_defaults(name: str) -> None:
    def arguments(torch: ModuleType) -> list[Any]:
        parameters = inspect.signature(getattr(torch.nn, name)).parameters.values()
        return [(p.name, p.default) for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]

    assert arguments(vt_torch) == arguments(reference)


def test_bilinear_gives_the_same_on_both() -> None:
    def program(torch: ModuleType) -> Any:
        layer = build(torch, "Bilinear", {"in1_features": 3, "in2_features": 4, "out_features": 2})
        a, b = (torch.from_numpy(values((5, n), n)).requires_grad_() for n in (3, 4))
        y = layer(a, b)
        y.sum().backward()
        return repr(layer), y, a.grad, b.grad, {n: p.grad for n, p in layer.named_parameters()}

    check(program)


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_unpooling_puts_elements_back(rank: int) -> None:
    def program(torch: ModuleType) -> Any:
        pool = getattr(torch.nn, f"MaxPool{rank}d")(2, return_indices=True)
        unpool = getattr(torch.nn, f"MaxUnpool{rank}d")(2)
        x = torch.from_numpy(values((2, 4, *(9, 6, 4)[:rank]), 3)).requires_grad_()
        pooled, indices = pool(x)
        least = unpool(pooled, indices)
        whole = unpool(pooled, indices, output_size=x.shape)
        (whole * whole).sum().backward()
        return repr(unpool), indices, least, whole, x.grad

    check(program)


@pytest.mark.parametrize("rank", [2, 3])
def test_fractional_pooling_with_given_samples(rank: int) -> None:
    def program(torch: ModuleType) -> Any:
        samples = torch.from_numpy(abs(values((2, 4, rank), 5, 0.3)) % 1)
        seen: list[Any] = []
        for size in ({"output_size": 3}, {"output_ratio": 0.5}):
            layer = getattr(torch.nn, f"FractionalMaxPool{rank}d")(
                2, **size, return_indices=True, _random_samples=samples
            )
            x = torch.from_numpy(values(SHAPES[rank], 3)).requires_grad_()
            y, indices = layer(x)
            y.sum().backward()
            seen += [repr(layer), list(layer.state_dict()), y, indices, x.grad]
        return seen

    check(program)


def test_fractional_pooling_draws_its_windows() -> None:
    x = vt_torch.arange(400, dtype=vt_torch.float32).reshape(1, 1, 20, 20)
    layer = vt_torch.nn.FractionalMaxPool2d(2, output_ratio=0.6)
    drawn = [layer(x) for _ in range(8)]
    assert {tuple(y.shape) for y in drawn} == {(1, 1, 12, 12)}
    assert len({tuple(y.flatten().tolist()) for y in drawn}) > 1


def test_rrelu_draws_slopes_within_its_bounds() -> None:
    x = vt_torch.full((1000,), -1.0)
    slopes = -vt_torch.nn.RReLU(0.25, 0.5)(x)
    assert 0.25 <= slopes.min().item() < slopes.max().item() <= 0.5


# Constructor, input's shape (None: the constructor fails), what is raised.
REFUSED: list[tuple[Any, tuple[int, ...] | None, type[Exception]]] = [
    (lambda nn: nn.BatchNorm1d(4), (2, 4, 3, 3), ValueError),
    (lambda nn: nn.BatchNorm2d(4), (2, 4, 3), ValueError),
    (lambda nn: nn.BatchNorm3d(4), (2, 4, 3, 3), ValueError),
    (lambda nn: nn.BatchNorm1d(4), (1, 4), ValueError),
    (lambda nn: nn.BatchNorm1d(4), (2, 3), RuntimeError),
    (lambda nn: nn.InstanceNorm1d(4, affine=True), (2, 3, 5), ValueError),
    (lambda nn: nn.InstanceNorm2d(4), (2, 4), ValueError),
    (lambda nn: nn.InstanceNorm1d(4), (2, 4, 1), ValueError),
    (lambda nn: nn.GroupNorm(3, 4), None, ValueError),
    (lambda nn: nn.GroupNorm(2, 4), (4,), RuntimeError),
    (lambda nn: nn.GroupNorm(4, 4), (1, 4), ValueError),
    (lambda nn: nn.Softmax2d(), (2, 3), ValueError),
    (lambda nn: nn.Hardtanh(1.0, 0.0), None, AssertionError),
    (lambda nn: nn.Unflatten(1, "ab"), None, TypeError),
    (lambda nn: nn.Bilinear(0, 2, 3), None, ValueError),
    (lambda nn: nn.FractionalMaxPool2d(2), None, ValueError),
    (lambda nn: nn.FractionalMaxPool2d(2, output_size=2, output_ratio=0.5), None, ValueError),
    (lambda nn: nn.FractionalMaxPool3d(2, output_ratio=1.5), None, ValueError),
    (lambda nn: nn.AdaptiveAvgPool2d((2, 2)), (3, 3), ValueError),
    (lambda nn: nn.MaxPool2d(0), (1, 1, 4, 4), RuntimeError),
    (lambda nn: nn.MaxPool1d(2, padding=2), (1, 1, 4), RuntimeError),
    (lambda nn: nn.ReflectionPad1d(9), (1, 2, 4), RuntimeError),
    (lambda nn: nn.ConstantPad1d((1, 2, 3), 0.0), (1, 2, 4), RuntimeError),
]


@pytest.mark.parametrize("torch", LIBRARIES)
@pytest.mark.parametrize(("make", "shape", "error"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_wrong_is_refused_alike(
    torch: ModuleType, make: Any, shape: tuple[int, ...] | None, error: type[Exception]
) -> None:
    with pytest.raises(error):
        make(torch.nn)(*(() if shape is None else (torch.zeros(shape),)))


def test_unpooling_to_a_size_that_cannot_be_is_refused() -> None:
    for torch in LIBRARIES:
        pooled, indices = torch.nn.MaxPool1d(2, return_indices=True)(torch.zeros(1, 1, 8))
        for size in ((12,), (1, 1, 6), (1, 8)):
            with pytest.raises(ValueError, match="output_size"):
                torch.nn.MaxUnpool1d(2)(pooled, indices, output_size=size)


def test_statistics_can_be_forgotten_and_moved() -> None:
    def program(torch: ModuleType) -> Any:
        layer = torch.nn.BatchNorm1d(2)
        layer(torch.from_numpy(values((8, 2))) + 3)
        before = {name: t.clone() for name, t in layer.state_dict().items()}
        other = torch.nn.BatchNorm1d(2)
        other.load_state_dict(before)
        other.double()
        layer.reset_running_stats()
        return before, dict(layer.state_dict()), dict(other.state_dict()), str(other.num_batches_tracked.dtype)[-5:]

    check(program)


class TestWeightNorm:
    def test_gives_the_same_on_both(self) -> None:
        def program(torch: ModuleType) -> Any:
            seen: list[Any] = []
            for dim in (0, 1, None):
                layer = build(torch, "Linear", {"in_features": 4, "out_features": 3})
                assert torch.nn.utils.weight_norm(layer, dim=dim) is layer
                y = layer(torch.from_numpy(values((2, 4))))
                y.sum().backward()
                seen += [y, {n: (p, p.grad) for n, p in layer.named_parameters()}, list(layer.state_dict())]
                with torch.no_grad():
                    layer.weight_g.mul_(2)
                torch.nn.utils.remove_weight_norm(layer)
                seen += [layer(torch.from_numpy(values((2, 4)))), dict(layer.state_dict()), layer.weight.requires_grad]
            return seen

        check(program)

    @pytest.mark.parametrize("torch", LIBRARIES)
    def test_refuses_what_is_not_there_and_what_is_done(self, torch: ModuleType) -> None:
        layer = torch.nn.Linear(2, 2)
        with pytest.raises(ValueError, match="not found"):
            torch.nn.utils.remove_weight_norm(layer)
        torch.nn.utils.weight_norm(layer)
        with pytest.raises(RuntimeError, match="two weight_norm hooks"):
            torch.nn.utils.weight_norm(layer)
        with pytest.raises(AttributeError):
            torch.nn.utils.weight_norm(layer, "nothing")


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_transposed_convolution_takes_the_size_it_shall_give(rank: int) -> None:
    def program(torch: ModuleType) -> Any:
        layer = build(
            torch, f"ConvTranspose{rank}d", {"in_channels": 4, "out_channels": 2, "kernel_size": 3, "stride": 3}
        )
        x = torch.from_numpy(values((2, 4, *(5, 4, 3)[:rank]), 3))
        least = layer(x).shape[2:]
        wanted = [size + i for i, size in enumerate(least)]
        return layer(x, output_size=wanted), layer(x[0], [2, *wanted]).shape

    check(program)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("Conv2d", {"groups": 3}),
        ("Conv2d", {"groups": 0}),
        ("Conv2d", {"padding": "full"}),
        ("Conv2d", {"padding": "same", "stride": 2}),
        ("Conv2d", {"padding_mode": "mirror"}),
        ("ConvTranspose2d", {"padding_mode": "reflect"}),
    ],
)
def test_convolution_refuses_options(name: str, arguments: dict[str, Any]) -> None:
    for library in LIBRARIES:
        with pytest.raises(ValueError):
            getattr(library.nn, name)(4, 6, 3, **arguments)


def test_transposed_convolution_refuses_sizes() -> None:
    for library in LIBRARIES:
        layer = library.nn.ConvTranspose2d(4, 6, 3, stride=2)
        x = library.zeros((1, 4, 5, 5))
        for size in ([11, 18], [11], [10, 11]):
            with pytest.raises(ValueError, match="output"):
                layer(x, output_size=size)
