# SPDX-License-Identifier: Apache-2.0
"""Operators of one's own, compared with PyTorch's library."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any, Optional

import pytest
import vt_torch
from vt_core import _C

theirs = pytest.importorskip("torch")
BOTH = pytest.mark.parametrize("torch", [vt_torch, theirs], ids=["vt_torch", "torch"])
_count = [0]


def fresh_name() -> str:
    _count[0] += 1
    return f"vt_library_tests::op{_count[0]}"


def annotated(torch: ModuleType, function: Any, **hints: Any) -> Any:
    """PyTorch reads annotations, which differ between the libraries."""
    function.__annotations__ = {
        name: torch.Tensor if hint == "Tensor" else Sequence[torch.Tensor] if hint == "Tensor[]" else hint
        for name, hint in hints.items()
    }
    return function


def make(torch: ModuleType, function: Any, hints: dict[str, Any], **options: Any) -> Any:
    options.setdefault("mutates_args", ())
    return torch.library.custom_op(fresh_name(), annotated(torch, function, **hints), **options)


def product(torch: ModuleType) -> Any:
    def f(x, y, scale=1.0):  # noqa: ANN001, ANN202
        return x * y * scale

    op = make(torch, f, {"x": "Tensor", "y": "Tensor", "scale": float, "return": "Tensor"})

    def setup_context(ctx: Any, inputs: Any, output: Any) -> None:
        x, y, ctx.scale = inputs
        ctx.save_for_backward(x, y)

    def backward(ctx: Any, g: Any) -> Any:
        x, y = ctx.saved_tensors
        return g * y * ctx.scale, g * x * ctx.scale if ctx.needs_input_grad[1] else None, None

    op.register_autograd(backward, setup_context=setup_context)
    op.register_fake(lambda x, y, scale=1.0: torch.empty_like(x))
    return op


def test_calls_and_gradients() -> None:
    results = []
    for torch in (vt_torch, theirs):
        op = product(torch)
        x = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
        y = torch.tensor([3.0, 4.0], dtype=torch.float64)
        out = op(x, y, scale=2.0)
        (g,) = torch.autograd.grad(out.sum(), x)
        z = op(y, x)
        z.sum().backward()
        results.append((out.tolist(), g.tolist(), x.grad.tolist(), out.requires_grad, op(y, y).requires_grad))
    assert results[0] == results[1]


def test_second_derivative_and_saved_tensor_hooks() -> None:
    op = product(vt_torch)
    x = vt_torch.tensor([1.0, 2.0], dtype=vt_torch.float64, requires_grad=True)
    with vt_torch.autograd.graph.saved_tensors_hooks(
        lambda t: t.tolist(), lambda v: vt_torch.tensor(v, dtype=vt_torch.float64)
    ):
        y = op(x, x)
    (g,) = vt_torch.autograd.grad(y.sum(), x, create_graph=True)
    (h,) = vt_torch.autograd.grad(g.sum(), x)
    assert (g.tolist(), h.tolist()) == ([2.0, 4.0], [2.0, 2.0])


@BOTH
def test_without_a_backward(torch: ModuleType) -> None:
    op = make(torch, lambda x: x * 2.0, {"x": "Tensor", "return": "Tensor"})
    x = torch.tensor([1.0], requires_grad=True)
    y = op(x)
    assert y.requires_grad
    with pytest.raises(RuntimeError, match="no autograd formula was registered"):
        y.sum().backward()
    with torch.no_grad():
        assert op(x).tolist() == [2.0]


@BOTH
def test_lists_and_several_results(torch: ModuleType) -> None:
    def f(xs, w):  # noqa: ANN001, ANN202
        return sum((x * w for x in xs), torch.zeros(1)), w * 2.0

    op = make(torch, f, {"xs": "Tensor[]", "w": "Tensor", "return": tuple[torch.Tensor, torch.Tensor]})

    def setup_context(ctx: Any, inputs: Any, output: Any) -> None:
        xs, w = inputs
        ctx.count = len(xs)
        ctx.save_for_backward(*xs, w)

    def backward(ctx: Any, g: Any, h: Any) -> Any:
        *xs, w = ctx.saved_tensors
        return [g * w for _ in range(ctx.count)], sum(g * x for x in xs) + 2.0 * h

    op.register_autograd(backward, setup_context=setup_context)
    a, b, w = (torch.tensor([v], requires_grad=True) for v in (1.0, 2.0, 3.0))
    total, twice = op([a, b], w)
    (total + twice).sum().backward()
    assert [t.grad.tolist() for t in (a, b, w)] == [[3.0], [3.0], [5.0]]


@BOTH
def test_kernels_by_device_and_shapes_without_elements(torch: ModuleType) -> None:
    op = make(torch, lambda x: x * 2.0, {"x": "Tensor", "return": "Tensor"}, device_types="cpu")
    op.register_kernel("cpu", lambda x: x * 3.0)
    assert op(torch.tensor([1.0])).tolist() == [3.0]
    with pytest.raises((RuntimeError, NotImplementedError), match="fake impl"):
        op(torch.empty(2, device="meta"))
    op.register_fake(lambda x: x.new_empty((7,)))
    assert tuple(op(torch.empty(2, device="meta")).shape) == (7,)


@BOTH
def test_written_arguments(torch: ModuleType) -> None:
    def f(x, y):  # noqa: ANN001, ANN202
        x.copy_(y * 2.0)

    op = make(torch, f, {"x": "Tensor", "y": "Tensor", "return": None}, mutates_args={"x"})
    x, y = torch.zeros(2), torch.ones(2)
    version = x._version
    assert op(x, y) is None
    assert x.tolist() == [2.0, 2.0]
    assert x._version > version
    with pytest.raises(RuntimeError, match="Cannot register autograd formula for non-functional operator"):
        op.register_autograd(lambda ctx: None)
    if torch is vt_torch:  # PyTorch lets it pass, and the gradient is lost
        with pytest.raises(RuntimeError, match="requires grad is being overwritten"):
            op(torch.zeros(2, requires_grad=True), y)


@BOTH
def test_results_must_not_alias(torch: ModuleType) -> None:
    for function in (lambda x: x, lambda x: x[:1]):
        op = make(torch, function, {"x": "Tensor", "return": "Tensor"})
        with pytest.raises(RuntimeError, match=r"may not alias|must not also be an input"):
            op(torch.ones(2))


@BOTH
def test_names_and_annotations(torch: ModuleType) -> None:
    def bare(x):  # noqa: ANN001, ANN202
        return x

    with pytest.raises(ValueError, match="type annotation"):
        torch.library.custom_op(fresh_name(), bare, mutates_args=())
    with pytest.raises(ValueError, match="mutates_args"):
        make(torch, lambda x: None, {"x": "Tensor", "return": None}, mutates_args={"y"})
    with pytest.raises(ValueError):
        torch.library.custom_op(
            "no_namespace", annotated(torch, bare, x="Tensor", **{"return": "Tensor"}), mutates_args=()
        )


def test_schemas() -> None:
    schemas = []
    for torch in (vt_torch, theirs):

        def f(x, n=1, names=None, *, flag=False, text="a"):  # noqa: ANN001, ANN202
            return x

        f.__annotations__ = {
            "x": torch.Tensor,
            "n": int,
            "names": Optional[list[int]],  # noqa: UP045
            "flag": bool,
            "text": str,
            "return": tuple[torch.Tensor, int],
        }
        schemas.append(torch.library.infer_schema(f, mutates_args={"x"}))
    assert schemas[0] == schemas[1]


@BOTH
def test_operator_is_in_its_namespace(torch: ModuleType) -> None:
    name = fresh_name()
    torch.library.custom_op(
        name, annotated(torch, lambda x: x * 2.0, x="Tensor", **{"return": "Tensor"}), mutates_args=()
    )
    op = getattr(torch.ops.vt_library_tests, name.split("::")[1])
    assert op(torch.tensor([1.0])).tolist() == [2.0]


def test_registering_by_name() -> None:
    torch = vt_torch
    name = fresh_name()
    torch.library.custom_op(
        name, annotated(torch, lambda x: x * 2.0, x="Tensor", **{"return": "Tensor"}), mutates_args=()
    )
    torch.library.register_kernel(name, "cpu", lambda x: x * 5.0)
    torch.library.register_fake(name, torch.empty_like)
    torch.library.register_autograd(name, lambda ctx, g: g * 5.0)
    x = torch.tensor([1.0], requires_grad=True)
    op = getattr(torch.ops.vt_library_tests, name.split("::")[1])
    op(x).sum().backward()
    assert x.grad.tolist() == [5.0]
    with pytest.raises(ValueError, match="expected an operator"):
        torch.library.register_fake("nothing::here", torch.empty_like)


def test_opcheck() -> None:
    torch = vt_torch
    x = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
    assert set(torch.library.opcheck(product(torch), (x, x.detach().clone(), 2.0)).values()) == {"SUCCESS"}

    wrong = product(torch)
    wrong.register_autograd(lambda ctx, g: (g, None, None), setup_context=None)
    with pytest.raises(torch.library.OpCheckError, match="test_aot_dispatch_dynamic"):
        torch.library.opcheck(wrong, (x, x.detach() * 3.0))

    wrong = product(torch)
    wrong.register_fake(lambda x, y, scale=1.0: x.new_empty((9,)))
    told = torch.library.opcheck(wrong, (x, x), raise_exception=False)
    assert told["test_faketensor"] != "SUCCESS"
    assert told["test_schema"] == "SUCCESS"

    writes = make(torch, lambda x: x.add_(1.0) * 1.0, {"x": "Tensor", "return": "Tensor"})
    with pytest.raises(torch.library.OpCheckError, match="not defined as mutable but was mutated"):
        torch.library.opcheck(writes, (x.detach(),), test_utils="test_schema")

    bare = make(torch, lambda x: x * 1.0, {"x": "Tensor", "return": "Tensor"})
    with pytest.raises(torch.library.OpCheckError, match="no autograd formula"):
        torch.library.opcheck(bare, (x,), test_utils=("test_autograd_registration",))
    with pytest.raises(ValueError, match="test_utils"):
        torch.library.opcheck(bare, (x,), test_utils="test_everything")


def dispatched(name: str) -> Any:
    """The operator as the dispatcher has it, called by the path that C callers take."""
    return _C.get_op(name)


def test_c_callers_find_an_operator_and_its_gradients() -> None:
    op = product(vt_torch)
    assert op.undispatched is None
    x = vt_torch.tensor([1.0, 2.0], requires_grad=True)
    y = vt_torch.tensor([3.0, 4.0])
    out = dispatched(op.qualname)(x, y, 2.0)
    out.sum().backward()
    assert out.tolist() == [6.0, 16.0]
    assert x.grad.tolist() == [6.0, 8.0]
    assert dispatched(op.qualname)(x, y).tolist() == [3.0, 8.0]  # the default is the schema's


def test_c_callers_get_numbers_several_results_and_writes() -> None:
    count = make(vt_torch, lambda x: x.numel(), {"x": "Tensor", "return": int})
    assert dispatched(count.qualname)(vt_torch.ones(2, 3)) == 6

    def both(x, *, n):  # noqa: ANN001, ANN202
        return x + n, x * n

    pair = make(vt_torch, both, {"x": "Tensor", "n": int, "return": tuple[vt_torch.Tensor, vt_torch.Tensor]})
    assert [t.item() for t in dispatched(pair.qualname)(vt_torch.tensor([3.0]), n=2)] == [5.0, 6.0]

    def fill(x):  # noqa: ANN001, ANN202
        x.fill_(7.0)

    write = make(vt_torch, fill, {"x": "Tensor", "return": None}, mutates_args=["x"])
    target = vt_torch.zeros(2)
    dispatched(write.qualname)(target)
    assert target.tolist() == [7.0, 7.0]


def test_an_operator_of_one_name_replaces_the_former() -> None:
    def once(x):  # noqa: ANN001, ANN202
        return x + 1

    def twice(x, n=2):  # noqa: ANN001, ANN202
        return x * n

    name = fresh_name()
    for function, hints in ((once, {"x": "Tensor"}), (twice, {"x": "Tensor", "n": int})):
        vt_torch.library.custom_op(
            name, annotated(vt_torch, function, **hints, **{"return": "Tensor"}), mutates_args=()
        )
    assert dispatched(name)(vt_torch.tensor([4.0]), 3).item() == 12.0


def test_what_the_dispatcher_cannot_say_is_named() -> None:
    listing = make(vt_torch, lambda x: [x + 1], {"x": "Tensor", "return": "Tensor[]"})
    assert listing.undispatched == "a result is a list"
    with pytest.raises(AttributeError, match=listing.qualname):
        dispatched(listing.qualname)


def test_errors_of_a_kernel_reach_c_callers() -> None:
    def refuses(x):  # noqa: ANN001, ANN202
        raise ValueError("not today")

    op = make(vt_torch, refuses, {"x": "Tensor", "return": "Tensor"})
    with pytest.raises(ValueError, match="not today"):
        dispatched(op.qualname)(vt_torch.ones(1))
