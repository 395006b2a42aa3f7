# SPDX-License-Identifier: Apache-2.0
"""Parts of modules beyond layers: dropout, shuffles, lazy modules, containers of parameters, starting values."""

from __future__ import annotations

import copy
import inspect
from types import ModuleType
from typing import Any

import pytest
import torch as reference
import vt_torch
from programs import LIBRARIES, check, values

DROPOUTS = ("Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout")
SHAPES = {"Dropout1d": (40, 50, 3), "Dropout2d": (40, 50, 2, 2), "Dropout3d": (40, 50, 1, 2, 2)}


class TestDropout:
    @pytest.mark.parametrize("name", DROPOUTS)
    def test_is_the_identity_where_nothing_is_dropped(self, name: str) -> None:
        def program(torch: ModuleType) -> Any:
            x = torch.from_numpy(values(SHAPES.get(name, (4, 5)))).requires_grad_()
            layer = getattr(torch.nn, name)()
            everything = getattr(torch.nn, name)(1.0)
            y = everything(x)
            y.sum().backward()
            return repr(layer), layer.eval()(x) is x, getattr(torch.nn, name)(0.0)(x), y, x.grad

        check(program)

    @pytest.mark.parametrize("name", ["Dropout1d", "Dropout2d", "Dropout3d", "FeatureAlphaDropout"])
    def test_drops_whole_channels(self, name: str) -> None:
        vt_torch.manual_seed(0)
        x = vt_torch.ones(*SHAPES.get(name, (40, 50, 3)), requires_grad=True)
        y = getattr(vt_torch.nn, name)(0.3)(x)
        channels = y.flatten(2)
        assert bool((channels == channels[..., :1]).all())
        kept = (channels[..., 0] > 0.9).float().mean().item()
        assert kept == pytest.approx(0.7, abs=0.04)
        y.sum().backward()
        assert len(set(x.grad.flatten().tolist())) == 2

    @pytest.mark.parametrize("name", ["AlphaDropout", "FeatureAlphaDropout"])
    def test_alpha_keeps_mean_and_variance(self, name: str) -> None:
        vt_torch.manual_seed(1)
        x = vt_torch.randn(300, 400)
        y = getattr(vt_torch.nn, name)(0.4)(x)
        assert y.mean().item() == pytest.approx(0, abs=0.02)
        assert y.var().item() == pytest.approx(1, abs=0.03)

    def test_in_place_writes_the_argument(self) -> None:
        for name in DROPOUTS[:4]:  # AlphaDropout ignores it, as in PyTorch
            x = vt_torch.ones(*SHAPES.get(name, (4, 5)))
            y = getattr(vt_torch.nn, name)(0.5, inplace=True)(x)
            assert y is x
            assert x.tolist() != vt_torch.ones_like(x).tolist()

    @pytest.mark.parametrize("torch", LIBRARIES)
    def test_refuses_what_is_no_probability_and_no_channel(self, torch: ModuleType) -> None:
        for name in DROPOUTS:
            with pytest.raises(ValueError, match="between 0 and 1"):
                getattr(torch.nn, name)(1.5)
        with pytest.raises(RuntimeError):
            torch.nn.functional.dropout1d(torch.zeros(3))
        with pytest.raises(RuntimeError):
            torch.nn.functional.dropout2d(torch.zeros(3))


def test_shuffles_give_the_same_on_both() -> None:
    def program(torch: ModuleType) -> Any:
        x = torch.from_numpy(values((2, 8, 4, 6)))
        layers = torch.nn.PixelShuffle(2), torch.nn.PixelUnshuffle(2), torch.nn.ChannelShuffle(4)
        return [(repr(layer), layer(x)) for layer in layers]

    check(program)


class TestLazy:
    @pytest.mark.parametrize(
        ("name", "arguments", "shape"),
        [
            ("LazyLinear", {"out_features": 3}, (2, 5)),
            ("LazyLinear", {"out_features": 3, "bias": False}, (2, 5)),
            *((f"LazyBatchNorm{r}d", {}, (2, 4, 3, 3, 3)[: 2 + r]) for r in (1, 2, 3)),
            *((f"LazyInstanceNorm{r}d", {"affine": True}, (2, 4, 3, 3, 3)[: 2 + r]) for r in (1, 2, 3)),
            ("LazyBatchNorm1d", {"affine": False, "track_running_stats": False}, (3, 4)),
        ],
    )
    def test_takes_its_sizes_from_the_first_input(
        self, name: str, arguments: dict[str, Any], shape: tuple[int, ...]
    ) -> None:
        def program(torch: ModuleType) -> Any:
            layer = getattr(torch.nn, name)(**arguments)
            before = type(layer).__name__, layer.has_uninitialized_params(), list(layer.state_dict())
            other = getattr(torch.nn, name)(**arguments)
            y = layer(torch.from_numpy(values(shape)))
            state = {n: tuple(t.shape) for n, t in layer.state_dict().items()}
            other.load_state_dict(layer.state_dict())
            loaded = {n: tuple(t.shape) for n, t in other.state_dict().items()}
            after = type(layer).__name__, repr(layer), state, loaded, tuple(y.shape)
            return before, after, [type(p).__name__ for p in layer.parameters()]

        check(program)

    @pytest.mark.parametrize("torch", LIBRARIES)
    def test_has_no_shape_before(self, torch: ModuleType) -> None:
        layer = torch.nn.LazyLinear(3)
        with pytest.raises(RuntimeError, match="uninitialized"):
            layer.weight.shape
        with pytest.raises(RuntimeError):
            torch.nn.Linear(2, 3).load_state_dict(layer.state_dict())

    def test_a_loaded_state_gives_the_sizes(self) -> None:
        for made, lazy, x in (
            (vt_torch.nn.Linear(4, 3), vt_torch.nn.LazyLinear(3), vt_torch.randn(2, 4)),
            (vt_torch.nn.BatchNorm1d(4), vt_torch.nn.LazyBatchNorm1d(), vt_torch.randn(2, 4)),
        ):
            lazy.load_state_dict(made.state_dict())
            assert lazy(x).tolist() == made(x).tolist()
            assert repr(lazy) == repr(made)

    def test_is_copied_before_it_has_sizes(self) -> None:
        layer = vt_torch.nn.LazyLinear(3)
        other = copy.deepcopy(layer)
        layer(vt_torch.zeros(2, 4))
        assert other.has_uninitialized_params()
        assert other(vt_torch.zeros(2, 5)).shape == (2, 3)

    def test_moves_before_it_has_sizes(self) -> None:
        layer = vt_torch.nn.LazyLinear(3).double()
        layer(vt_torch.zeros(2, 4, dtype=vt_torch.float64))
        assert layer.weight.dtype == vt_torch.float64


class TestParameters:
    def test_lists_of_parameters(self) -> None:
        def program(torch: ModuleType) -> Any:
            params = torch.nn.ParameterList([torch.zeros(2, 3), torch.nn.Parameter(torch.ones(4)), 5])
            params += [torch.ones(1)]
            params[0] = torch.ones(2)
            part = params[1:]
            seen = [len(params), repr(params), list(params.state_dict()), len(part), params[-1]]
            return seen, [type(p).__name__ for p in params], [p.requires_grad for p in params.parameters()]

        check(program)

    def test_dicts_of_parameters(self) -> None:
        def program(torch: ModuleType) -> Any:
            params = torch.nn.ParameterDict({"a": torch.zeros(2), "b": torch.nn.Parameter(torch.ones(3)), "n": 7})
            params["c"] = torch.ones(1)
            params.update([("d", torch.zeros(4))])
            both = params | torch.nn.ParameterDict({"a": torch.ones(5)})
            seen: list[Any] = [list(params), len(params), "a" in params, "z" in params, params.get("z", 3)]
            seen += [repr(params), list(params.state_dict()), params.pop("d"), list(params.keys()), params.popitem()[0]]
            seen += [tuple(both["a"].shape), list(both), list(reversed(params)), params.setdefault("e", torch.zeros(1))]
            del params["a"]
            copied = params.copy()
            params.clear()
            return seen, list(copied), len(params), list(copied.fromkeys(["x", "y"], 1).items())

        check(program)

    def test_names_of_methods_are_names_too(self) -> None:
        params = vt_torch.nn.ParameterDict({"pop": vt_torch.zeros(2), "keys": vt_torch.ones(1)})
        assert params["keys"].tolist() == [1.0]
        assert params.pop("pop").tolist() == [0.0, 0.0]
        assert list(params.keys()) == ["keys"]
        with pytest.raises(KeyError):
            params["pop"]

    def test_a_buffer_is_registered_by_assignment(self) -> None:
        def program(torch: ModuleType) -> Any:
            module = torch.nn.Module()
            module.kept = torch.nn.Buffer(torch.ones(2))
            module.left = torch.nn.Buffer(torch.ones(3), persistent=False)
            module.kept = torch.zeros(2)
            return (
                [n for n, _ in module.named_buffers()],
                list(module.state_dict()),
                module.kept,
                len(list(module.parameters())),
            )

        check(program)


def test_a_member_that_is_replaced_keeps_its_place() -> None:
    def program(torch: ModuleType) -> Any:
        module = torch.nn.Linear(2, 3)
        module.weight = torch.nn.Parameter(torch.ones(3, 2))
        pair = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Linear(3, 4))
        pair[0] = torch.nn.Identity()
        return list(module.state_dict()), repr(pair)

    check(program)


class TestInit:
    def test_dirac_and_orthogonal_weights(self) -> None:
        def program(torch: ModuleType) -> Any:
            seen: list[Any] = []
            for shape, groups in (((4, 3, 3), 1), ((4, 2, 3, 3), 2), ((2, 5, 1, 2, 3), 1)):
                seen.append(torch.nn.init.dirac_(torch.ones(*shape), groups))
            for shape in ((3, 5), (5, 3), (4, 2, 3)):
                w = torch.nn.init.orthogonal_(torch.empty(*shape), gain=2.0).reshape(shape[0], -1)
                gram = w @ w.t() if w.shape[0] <= w.shape[1] else w.t() @ w
                seen.append(gram)
            return seen

        check(program, 1e-5)

    def test_sparse_columns(self) -> None:
        vt_torch.manual_seed(0)
        w = vt_torch.nn.init.sparse_(vt_torch.empty(10, 4), 0.35, std=2.0)
        assert (w == 0).sum(0).tolist() == [4] * 4
        assert w.std().item() > 0.5

    def test_old_names_warn(self) -> None:
        with pytest.warns(FutureWarning, match="constant_"):
            assert vt_torch.nn.init.constant(vt_torch.empty(2), 3.0).tolist() == [3.0, 3.0]

    @pytest.mark.parametrize("torch", LIBRARIES)
    def test_what_cannot_be_is_refused(self, torch: ModuleType) -> None:
        init = torch.nn.init
        refused: list[Any] = [
            lambda: init.dirac_(torch.empty(2, 2)),
            lambda: init.dirac_(torch.empty(3, 2, 2), groups=2),
            lambda: init.orthogonal_(torch.empty(2)),
            lambda: init.sparse_(torch.empty(2), 0.5),
        ]
        for make in refused:
            with pytest.raises(ValueError):
                make()


@pytest.mark.parametrize(
    "name", [*DROPOUTS, "LazyLinear", "LazyBatchNorm2d", "LazyInstanceNorm1d", "PixelShuffle", "ChannelShuffle"]
)
def test_constructor_has_the_same_arguments(name: str) -> None:
    def arguments(torch: ModuleType) -> list[Any]:
        parameters = inspect.signature(getattr(torch.nn, name)).parameters.values()
        return [(p.name, p.default) for p in parameters]

    assert arguments(vt_torch) == arguments(reference)


def test_lists_of_modules_are_added_and_repeated() -> None:
    def program(torch: ModuleType) -> Any:
        nn = torch.nn
        first, second = nn.Sequential(nn.Linear(1, 2), nn.ReLU()), nn.Sequential(nn.Tanh())
        joined = first + second
        first += second
        listed = nn.ModuleList([nn.ReLU()]) + nn.ModuleList([nn.Tanh()])
        repeated = second * 3
        popped = joined.pop(0)
        results = [joined, first, listed, repeated, 2 * second, popped, first.pop(-1), listed.pop(1)]
        return [repr(result) for result in results], repeated[0] is repeated[2], len(second)

    check(program)


@pytest.mark.parametrize("torch", LIBRARIES)
def test_what_cannot_be_added_to_a_list_of_modules(torch: ModuleType) -> None:
    modules = torch.nn.Sequential(torch.nn.ReLU())
    with pytest.raises(TypeError):
        modules * 1.5
    for bad in (lambda: modules + 3, lambda: modules * 0):
        with pytest.raises(ValueError, match=r"add operator|Non-positive"):
            bad()


@pytest.mark.parametrize("torch", LIBRARIES)
def test_what_loading_says(torch: ModuleType) -> None:
    layer = torch.nn.Linear(1, 1)
    state = layer.state_dict()
    assert repr(layer.load_state_dict(state)) == "<All keys matched successfully>"
    del state["bias"]
    assert str(layer.load_state_dict(state, strict=False)).endswith("(missing_keys=['bias'], unexpected_keys=[])")
