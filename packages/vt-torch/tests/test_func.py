# SPDX-License-Identifier: Apache-2.0
"""Transforms of functions against PyTorch's: values, structures, nesting, histories and refusals."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import Any

import pytest
import vt_torch as torch
from vt_torch import func

reference = pytest.importorskip("torch")

# PyTorch's levels are of the process: one thread at a time may be in them.
THEIR_LEVELS = threading.Lock()

X = [1.0, 2.0, 0.5]
Y = [0.3, -1.0, 2.0]


def assert_same(a: Any, b: Any) -> None:
    if isinstance(b, (tuple, list)):
        assert type(a) is type(b)
        assert len(a) == len(b)
        for x, y in zip(a, b):
            assert_same(x, y)
    elif isinstance(b, dict):
        assert list(a) == list(b)
        for key in b:
            assert_same(a[key], b[key])
    elif isinstance(b, reference.Tensor):
        assert tuple(a.shape) == tuple(b.shape)
        assert a.requires_grad == b.requires_grad
        assert a.detach().reshape(-1).tolist() == pytest.approx(b.detach().reshape(-1).tolist())
    else:
        assert a == b


def model(lib: Any, scale: float = 1.0) -> Any:
    """Two layers with one weight, and a buffer."""
    net = lib.nn.Sequential(lib.nn.Linear(3, 3), lib.nn.BatchNorm1d(3), lib.nn.Linear(3, 3)).double().eval()
    net[2].weight = net[0].weight
    with lib.no_grad():
        for i, p in enumerate(net.parameters()):
            p.copy_(lib.linspace(-1, 1, p.numel(), dtype=lib.float64).reshape(p.shape) * scale * (i + 1))
    return net


def per_sample(lib: Any, x: Any, y: Any) -> Any:
    net = model(lib)
    rows = lib.stack([x, y])

    def loss(params: Any, row: Any) -> Any:
        return lib.func.functional_call(net, params, (row[None],)).square().sum()

    params = {name: p.detach() for name, p in net.named_parameters()}
    return lib.func.vmap(lib.func.grad(loss), in_dims=(None, 0))(params, rows)


def ensemble(lib: Any, x: Any, y: Any) -> Any:
    nets = [model(lib, scale) for scale in (0.5, 1.0)]
    params, buffers = lib.func.stack_module_state(nets)
    call = lambda p, b, row: lib.func.functional_call(nets[0], (p, b), (row[None],))  # noqa: E731
    return params, buffers, lib.func.vmap(call, in_dims=(0, 0, None))(params, buffers, x)


def number(lib: Any, value: float) -> Any:
    return lib.tensor(value, dtype=lib.float64)


# From a library and its vectors x and y to a result.
PROGRAMS = {
    "grad": lambda lib, x, y: lib.func.grad(lambda x: (x.exp() * x.sum()).sum())(x),
    "grad by the second": lambda lib, x, y: lib.func.grad(lambda x, y: (x * y * y).sum(), argnums=1)(x, y),
    "grad by both": lambda lib, x, y: lib.func.grad(lambda x, y: (x * y * y).sum(), argnums=(0, -1))(x, y),
    "grad of a tree": lambda lib, x, y: lib.func.grad(lambda d: (d["a"] * d["b"][0]).sum())({"a": x, "b": [y, x]}),
    "grad of a constant": lambda lib, x, y: lib.func.grad(lambda x: y.sum())(x),
    "vmap": lambda lib, x, y: lib.func.vmap(lambda a, b: a * b.sin())(x, y),
    "vmap over other dimensions": lambda lib, x, y: lib.vmap(
        lambda a, d, k: ({"sum": a.sum() + k}, a * d["b"]), in_dims=(1, {"b": None}), out_dims=(0, -1)
    )(x.outer(y), {"b": y}, k=x),
    "vmap of vmap": lambda lib, x, y: lib.vmap(lib.vmap(lambda a, b: a * b, (0, None)), (None, 0))(x, y),
    "vmap of nothing": lambda lib, x, y: lib.vmap(lambda a: (a, a.sum()))(x.outer(y)[:0]),
    "vmap with a result for all": lambda lib, x, y: lib.vmap(lambda a: (a, y), out_dims=(0, None))(x),
    "vmap of a Jacobian": lambda lib, x, y: lib.vmap(lib.func.jacrev(lambda a: a**2))(x.outer(y)),
    "gradients of samples": per_sample,
    "an ensemble": ensemble,
    "a call with other parameters": lambda lib, x, y: lib.func.functional_call(
        model(lib), {"0.weight": x.outer(y), "unknown": x}, x[None]
    ),
    "a call with untied parameters": lambda lib, x, y: lib.func.functional_call(
        model(lib), {"0.weight": x.outer(y)}, (), {"input": x[None]}, tie_weights=False
    ),
    "grad_and_value": lambda lib, x, y: lib.func.grad_and_value(lambda x: (x * y).sum())(x),
    "aux": lambda lib, x, y: lib.func.grad(lambda x: ((x * x).sum(), {"twice": x * 2.0}), has_aux=True)(x),
    "aux and value": lambda lib, x, y: lib.func.grad_and_value(lambda x: ((x * x).sum(), [x]), has_aux=True)(x),
    "grad of grad": lambda lib, x, y: lib.func.grad(lib.func.grad(lambda x: x**3))(number(lib, 2.0)),
    "no confusion of perturbations": lambda lib, x, y: lib.func.grad(
        lambda a: a * lib.func.grad(lambda b: a + b)(number(lib, 1.0))
    )(number(lib, 3.0)),
    "vjp": lambda lib, x, y: lib.func.vjp(lambda x, y: x * y.sin(), x, y)[1](y),
    "vjp of a tree": lambda lib, x, y: lib.func.vjp(lambda x: {"p": x * y, "q": (x.sum(),)}, x)[1](
        {"p": y, "q": (number(lib, 2.0),)}
    ),
    "vjp with aux": lambda lib, x, y: lib.func.vjp(lambda x: (x * y, x.sum()), x, has_aux=True)[::2],
    "jvp": lambda lib, x, y: lib.func.jvp(lambda x, y: x * y.sin(), (x, y), (y, x)),
    "jvp with aux": lambda lib, x, y: lib.func.jvp(lambda x: (x * y, x.sum()), (x,), (y,), has_aux=True),
    "jvp of jvp": lambda lib, x, y: lib.func.jvp(lambda x: lib.func.jvp(lambda x: x**3, (x,), (y,))[1], (x,), (y,)),
    "jvp of grad": lambda lib, x, y: lib.func.jvp(lib.func.grad(lambda x: (x**3).sum()), (x,), (y,)),
    "grad of jvp": lambda lib, x, y: lib.func.grad(lambda x: lib.func.jvp(lambda x: x**3, (x,), (y,))[1].sum())(x),
    "jacrev": lambda lib, x, y: lib.func.jacrev(lambda x, y: (x * y, x.sum()), argnums=(0, 1))(x, y),
    "jacfwd": lambda lib, x, y: lib.func.jacfwd(lambda x, y: (x * y, x.sum()), argnums=(0, 1))(x, y),
    "jacrev with aux": lambda lib, x, y: lib.func.jacrev(lambda x: (x * x, x.sum()), has_aux=True)(x),
    "jacfwd of a tree": lambda lib, x, y: lib.func.jacfwd(lambda d: {"out": d["a"] * y})({"a": x}),
    "hessian": lambda lib, x, y: lib.func.hessian(lambda x: (x.exp() * x.sum()).sum())(x),
    "hessian by both": lambda lib, x, y: lib.func.hessian(lambda x, y: (x * y * y).sum(), argnums=(0, 1))(x, y),
    "jacfwd of jacfwd": lambda lib, x, y: lib.func.jacfwd(lib.func.jacfwd(lambda x: (x**3).sum()))(x),
    "jacrev of jacfwd": lambda lib, x, y: lib.func.jacrev(lib.func.jacfwd(lambda x: x**3))(x),
}


@pytest.mark.parametrize("leaf", [False, True], ids=["plain", "leaf"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_transforms_equal_pytorch(name: str, leaf: bool) -> None:
    def run(lib: Any) -> Any:
        x, y = (lib.tensor(values, dtype=lib.float64, requires_grad=leaf) for values in (X, Y))
        return PROGRAMS[name](lib, x, y)

    with THEIR_LEVELS:
        expected = run(reference)
    assert_same(run(torch), expected)


def test_gradients_reach_what_the_function_captures() -> None:
    weight = torch.tensor(Y, requires_grad=True)
    found = func.grad(lambda x: (weight * x * x).sum())(torch.tensor(X))
    assert found.requires_grad
    found.sum().backward()
    assert weight.grad.tolist() == [2.0 * x for x in X]


def test_results_under_no_grad_are_not_recorded() -> None:
    x = torch.tensor(X, requires_grad=True)
    with torch.no_grad():
        assert not func.grad(lambda x: (x * x).sum())(x).requires_grad
        assert not func.vjp(lambda x: x * x, x)[0].requires_grad
    assert x.grad is None


def test_a_transform_inside_a_dual_level_keeps_tangents() -> None:
    x, v = torch.tensor(X), torch.tensor(Y)
    forward = torch.autograd.forward_ad
    with forward.dual_level():
        found = forward.unpack_dual(func.grad(lambda x: (x**3).sum())(forward.make_dual(x, v))).tangent
    assert found.tolist() == pytest.approx([6 * a * b for a, b in zip(X, Y)])


def test_refusals() -> None:
    x = torch.tensor(X)
    with pytest.raises(RuntimeError, match="scalar tensor, got tensor with 1 dims"):
        func.grad(lambda x: x)(x)
    with pytest.raises(RuntimeError, match="return a tensor, got"):
        func.grad(lambda x: 1.0)(x)
    with pytest.raises(RuntimeError, match="should be a tuple"):
        func.grad(lambda x: x.sum(), has_aux=True)(x)
    with pytest.raises(RuntimeError, match="got argnum=1, but only 1 positional inputs"):
        func.grad(lambda x: x.sum(), argnums=1)(x)
    with pytest.raises(RuntimeError, match="expected only Tensors, got <class 'int'>"):
        func.grad(lambda x: x.sum())(1)
    with pytest.raises(RuntimeError, match="pytree structure"):
        func.vjp(lambda x: x, x)[1]((x, x))
    with pytest.raises(RuntimeError, match="non-empty tuple"):
        func.jvp(lambda x: x, x, (x,))
    with pytest.raises(RuntimeError, match="same python structure"):
        func.jvp(lambda x: x, (x,), (x, x))
    with pytest.raises(RuntimeError, match="independent of the inputs"):
        func.jvp(lambda x: torch.ones(2), (x,), (x,), strict=True)


# From a library to a call that it refuses.
REFUSED = {
    "vmap of a number": lambda lib: lib.vmap(lambda a: a)(3),
    "vmap of nothing at all": lambda lib: lib.vmap(lambda: 1)(),
    "vmap of a 0-dim tensor": lambda lib: lib.vmap(lambda a: a)(lib.tensor(1.0)),
    "vmap over a dimension out of range": lambda lib: lib.vmap(lambda a: a, in_dims=5)(lib.ones(2)),
    "vmap with in_dims of another structure": lambda lib: lib.vmap(lambda a: a, in_dims=(0, 0))(lib.ones(2)),
    "vmap with in_dims of no structure": lambda lib: lib.vmap(lambda a: a, in_dims="a")(lib.ones(2)),
    "vmap over no dimension": lambda lib: lib.vmap(lambda a: a, in_dims=(None,))(lib.ones(2)),
    "vmap with out_dims of another structure": lambda lib: lib.vmap(lambda a: a, out_dims=(0, 1))(lib.ones(2)),
    "vmap into a dimension out of range": lambda lib: lib.vmap(lambda a: a, out_dims=5)(lib.ones(2)),
    "vmap of unequal sizes": lambda lib: lib.vmap(lambda a, b: a)(lib.ones(2), lib.ones(3)),
    "vmap to a number": lambda lib: lib.vmap(lambda a: 3)(lib.ones(2)),
    "vmap in chunks of nothing": lambda lib: lib.vmap(lambda a: a, chunk_size=0)(lib.ones(2)),
    "vmap with unknown randomness": lambda lib: lib.vmap(lambda a: a, randomness="some")(lib.ones(2)),
    "a call with unknown names": lambda lib: lib.func.functional_call(
        lib.nn.ReLU(), {"a": lib.ones(1)}, lib.ones(1), strict=True
    ),
    "a call with missing names": lambda lib: lib.func.functional_call(model(lib), {}, lib.ones(1, 3), strict=True),
    "a call with a name twice": lambda lib: lib.func.functional_call(
        model(lib), ({"0.bias": lib.ones(3)}, {"0.bias": lib.ones(3)}), lib.ones(1, 3)
    ),
    "a call with a name below no module": lambda lib: lib.func.functional_call(
        model(lib), {"7.bias": lib.ones(3)}, lib.ones(1, 3)
    ),
    "a call with a number": lambda lib: lib.func.functional_call(model(lib), {"0.bias": 3}, lib.ones(1, 3)),
    "a call with no dict": lambda lib: lib.func.functional_call(model(lib), 3, lib.ones(1, 3)),
    "the states of no module": lambda lib: lib.func.stack_module_state([]),
    "the states of two classes": lambda lib: lib.func.stack_module_state([lib.nn.ReLU(), lib.nn.Tanh()]),
    "the states of two modes": lambda lib: lib.func.stack_module_state([lib.nn.ReLU(), lib.nn.ReLU().eval()]),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_what_pytorch_refuses_is_refused(case: Any) -> None:
    with THEIR_LEVELS, pytest.raises(Exception) as theirs:
        case(reference)
    with pytest.raises(theirs.type):
        case(torch)


@pytest.mark.thread_unsafe(reason="the default generator is the process's")
@pytest.mark.parametrize("lib", [torch, reference], ids=["ours", "theirs"])
def test_random_numbers_of_a_vmap(lib: Any) -> None:
    with THEIR_LEVELS:
        same, different = (
            lib.vmap(lambda a, lib=lib: lib.rand(4), randomness=kind)(lib.ones(2)) for kind in ("same", "different")
        )
    assert same[0].tolist() == same[1].tolist()
    assert different[0].tolist() != different[1].tolist()


RANDOM_ON_A_DEVICE = """
import vt_torch as torch

x = torch.ones(2, device="cpu:1")
same, different = (torch.vmap(lambda a: torch.rand_like(a.expand(4)), randomness=kind)(x) for kind in ("same", "different"))
assert same[0].tolist() == same[1].tolist()
assert different[0].tolist() != different[1].tolist()
"""


def test_random_numbers_of_a_vmap_on_another_device() -> None:
    env = os.environ | {"VT_CPU_DEVICES": "2"}
    done = subprocess.run(
        [sys.executable, "-c", RANDOM_ON_A_DEVICE], env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_failing_call_leaves_the_module_as_it_was() -> None:
    net = model(torch)
    before = net[0].weight
    with pytest.raises(RuntimeError):
        func.functional_call(net, {"0.weight": torch.ones(7, 7)}, torch.ones(1, 3, dtype=torch.float64))
    assert net[0].weight is before
    assert net[2].weight is before


def test_pytorchs_names_of_autograd() -> None:
    assert torch.autograd.functional.jacobian(lambda x: x * x, torch.tensor([3.0])).tolist() == [[6.0]]
    assert torch.autograd.forward_ad.enter_dual_level() == 0
    torch.autograd.forward_ad.exit_dual_level()
