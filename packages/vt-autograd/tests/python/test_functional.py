# SPDX-License-Identifier: Apache-2.0
"""Products with Jacobians and Hessians against PyTorch's: values, shapes of tuples, histories and what is refused."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import vt_autograd as ag
import vt_core as vt
from vt_autograd import functional

torch = pytest.importorskip("torch")

# PyTorch's level of dual numbers is of the process: one thread at a time may be in it.
THEIR_LEVEL = threading.Lock()


def ours(*values: Any, dtype: str = "float64") -> vt.Tensor:
    return vt.tensor(list(values), dtype=getattr(vt, dtype))


def theirs(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(theirs(item) for item in value)
    if isinstance(value, vt.Tensor):
        twin = torch.tensor(value.detach().tolist(), dtype=getattr(torch, value.dtype.name)).reshape(tuple(value.shape))
        return twin.requires_grad_() if value.requires_grad else twin
    return value


def assert_same(a: Any, b: Any) -> None:
    b = tuple(b) if isinstance(b, list) else b  # PyTorch's columns come in lists
    assert isinstance(a, tuple) == isinstance(b, tuple)
    if isinstance(a, tuple):
        assert len(a) == len(b)
        for x, y in zip(a, b):
            assert_same(x, y)
        return
    assert tuple(a.shape) == tuple(b.shape)
    assert a.requires_grad == b.requires_grad
    assert a.detach().reshape(-1).tolist() == pytest.approx(b.detach().resolve_conj().reshape(-1).tolist())


X = ours(1.0, 2.0, 0.5)
Y = ours(0.3, -1.0, 2.0)
FUNCTIONS = {
    "one to one": (lambda x: x.exp() * x.sum(), (X,), (Y,), (Y,)),
    "two to one": (lambda x, y: x * y * y, (X, Y), (Y, X), (X,)),
    "one to two": (lambda x: (x * x, x.sum()), (X,), (Y,), (X, vt.tensor(2.0, dtype=vt.float64))),
    "two to two": (lambda x, y: (x * y, y.sin()), (X, Y), (Y, X), (Y, X)),
    "an input that plays no part": (lambda x, y: x * x, (X, Y), (Y, X), (Y,)),
    "a constant": (lambda x: (x * x).detach(), (X,), (Y,), (Y,)),
    "scalars": (lambda x: x**3, (vt.tensor(2.0, dtype=vt.float64),), None, None),
}
SCALAR = {
    "one": (lambda x: (x.exp() * x.sum()).sum(), (X,), (Y,)),
    "two": (lambda x, y: (x * y * y).sum() + x.prod(), (X, Y), (Y, X)),
    "linear": (lambda x: x.sum(), (X,), (Y,)),
    "an input that plays no part": (lambda x, y: (x * x * x).sum(), (X, Y), (Y, X)),
    "one element": (lambda x: x**3, (vt.tensor([2.0], dtype=vt.float64),), None),
}


def bare(tensors: tuple[vt.Tensor, ...] | None) -> Any:
    """A single tensor as itself, as users give it."""
    return tensors[0] if tensors is not None and len(tensors) == 1 else tensors


def with_history(tensors: tuple[vt.Tensor, ...]) -> tuple[vt.Tensor, ...]:
    return tuple(x.detach().requires_grad_() for x in tensors)


@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize("case", FUNCTIONS)
def test_products_with_the_jacobian(case: str, create_graph: bool) -> None:
    function, inputs, directions, weights = FUNCTIONS[case]
    inputs = with_history(inputs) if create_graph else inputs
    for name, v in (("vjp", weights), ("jvp", directions)):
        found = getattr(functional, name)(function, bare(inputs), bare(v), create_graph=create_graph)
        expected = getattr(torch.autograd.functional, name)(
            function, theirs(bare(inputs)), theirs(bare(v)), create_graph=create_graph
        )
        assert_same(found, expected)


@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize("case", SCALAR)
def test_products_with_the_hessian(case: str, create_graph: bool) -> None:
    function, inputs, v = SCALAR[case]
    inputs = with_history(inputs) if create_graph else inputs
    for name in ("vhp", "hvp"):
        found = getattr(functional, name)(function, bare(inputs), bare(v), create_graph=create_graph)
        expected = getattr(torch.autograd.functional, name)(
            function, theirs(bare(inputs)), theirs(bare(v)), create_graph=create_graph
        )
        assert_same(found, expected)


@pytest.mark.parametrize(
    "options", [{}, {"vectorize": True}, {"create_graph": True}, {"strategy": "forward-mode"}], ids=str
)
@pytest.mark.parametrize("case", FUNCTIONS)
def test_jacobians(case: str, options: dict[str, Any]) -> None:
    function, inputs, _, _ = FUNCTIONS[case]
    inputs = with_history(inputs) if "create_graph" in options else inputs
    found = functional.jacobian(function, bare(inputs), **options)
    if "strategy" in options:
        options = {**options, "vectorize": True}  # PyTorch computes columns only together
    with THEIR_LEVEL:
        expected = torch.autograd.functional.jacobian(function, theirs(bare(inputs)), **options)
    assert_same(found, expected)


@pytest.mark.parametrize(
    "options",
    [{}, {"vectorize": True}, {"create_graph": True}, {"outer_jacobian_strategy": "forward-mode"}],
    ids=str,
)
@pytest.mark.parametrize("case", SCALAR)
def test_hessians(case: str, options: dict[str, Any]) -> None:
    function, inputs, _ = SCALAR[case]
    inputs = with_history(inputs) if "create_graph" in options else inputs
    found = functional.hessian(function, bare(inputs), **options)
    if "outer_jacobian_strategy" in options:
        options = {"vectorize": True}  # PyTorch's fails where nothing depends on the point twice
    assert_same(found, torch.autograd.functional.hessian(function, theirs(bare(inputs)), **options))


def test_jacobians_of_complex_functions_are_gradients_row_by_row() -> None:
    z = ours(1.0 + 2.0j, -0.5j, dtype="complex128")
    for strategy in ("reverse-mode", "forward-mode"):
        found = functional.jacobian(lambda z: z * z, z, strategy=strategy)
        with THEIR_LEVEL:
            expected = torch.autograd.functional.jacobian(lambda z: z * z, theirs(z), strategy=strategy, vectorize=True)
        assert_same(found, expected)


def test_a_recorded_jacobian_can_be_differentiated_in_either_mode() -> None:
    x = X.detach().requires_grad_()
    for strategy in ("reverse-mode", "forward-mode"):
        jacobian = functional.jacobian(lambda x: x**3, x, create_graph=True, strategy=strategy)
        (gradient,) = ag.grad(jacobian.sum(), x)
        assert gradient.tolist() == pytest.approx([6.0, 12.0, 3.0])


def test_what_the_function_captures_is_told_apart_from_its_input() -> None:
    x = X.detach().requires_grad_()
    _, found = functional.vjp(lambda y: y * x, x, Y)
    assert found.tolist() == pytest.approx((Y * X).tolist())
    assert x.grad is None


def test_a_function_of_nothing_has_an_empty_jacobian() -> None:
    x = vt.ones((0, 2), dtype=vt.float64)
    for strategy in ("reverse-mode", "forward-mode"):
        assert tuple(functional.jacobian(lambda x: x * 2.0, x, strategy=strategy).shape) == (0, 2, 0, 2)


STRICT = {
    "a constant": lambda x, y: (x * y).detach(),
    "an input that plays no part": lambda x, y: (x * x).sum(),
    "linear": lambda x, y: (x + y).sum(),
}


@pytest.mark.parametrize("name", ["vjp", "jvp", "vhp", "hvp", "jacobian", "hessian"])
@pytest.mark.parametrize("case", STRICT)
@pytest.mark.parametrize("create_graph", [False, True])
def test_strict_mode_refuses_what_pytorch_refuses(name: str, case: str, create_graph: bool) -> None:
    def outcome(module: Any, inputs: Any) -> str | None:
        arguments = () if name in ("jacobian", "hessian") else (None if name == "vjp" else inputs,)
        if name == "vjp" and case == "a constant":
            arguments = (inputs[0],)
        try:
            getattr(module, name)(STRICT[case], inputs, *arguments, create_graph=create_graph, strict=True)
        except RuntimeError as error:
            return str(error).removeprefix(f"{name}: ").partition(" ")[0]
        return None

    inputs = with_history((X, Y))
    assert outcome(functional, inputs) == outcome(torch.autograd.functional, theirs(inputs))


def test_refusals_name_what_is_wrong() -> None:
    with pytest.raises(
        TypeError, match=r"vjp: The inputs given to vjp must be either a Tensor or a tuple of Tensors but the"
    ):
        functional.vjp(lambda x: x, [X])
    with pytest.raises(TypeError, match="value at index 1 has type <class 'int'>"):
        functional.jacobian(lambda x, y: x, (X, 1))
    with pytest.raises(TypeError, match="outputs of the user-provided function given to jvp"):
        functional.jvp(lambda x: 1.0, X, Y)
    with pytest.raises(RuntimeError, match="v is a tuple of invalid length: should be 2 but got 1"):
        functional.jvp(lambda x, y: x, (X, Y), (X,))
    with pytest.raises(RuntimeError, match="v has invalid size"):
        functional.vjp(lambda x: x.sum(), X, X)
    with pytest.raises(RuntimeError, match="should contain a single Tensor"):
        functional.hvp(lambda x: x.sum(), X, (X, Y))
    for name in ("vjp", "jvp"):
        with pytest.raises(RuntimeError, match="v can only be None"):
            getattr(functional, name)(lambda x: x, X)
    with pytest.raises(RuntimeError, match="hessian should return a single Tensor"):
        functional.hessian(lambda x: (x.sum(), x.sum()), X)
    with pytest.raises(RuntimeError, match="should contain a single element"):
        functional.vhp(lambda x: x, X, X)
    with pytest.raises(ValueError, match="'forward-mode' or 'reverse-mode', got 'sideways'"):
        functional.jacobian(lambda x: x, X, strategy="sideways")
    for options in ({"vectorize": True}, {"strategy": "forward-mode"}):
        with pytest.raises(RuntimeError, match="strict=True"):
            functional.jacobian(lambda x: x, X, strict=True, **options)
