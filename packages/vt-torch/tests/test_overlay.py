# SPDX-License-Identifier: Apache-2.0
"""The overlay's names, and PyTorch programs that run on both after changing one import."""

from __future__ import annotations

import copy
import gc
import pickle
import subprocess
import sys
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch as reference
import vt_core
import vt_torch


def linear_step(torch: ModuleType) -> list[Any]:
    weight = torch.nn.Parameter(torch.tensor([[0.5, -1.0, 2.0], [1.5, 0.25, -0.75]]))
    bias = torch.nn.Parameter(torch.zeros(2, 1))
    x = torch.arange(6, dtype=torch.float32).reshape(2, 3)
    loss = ((weight * x + bias) * (weight * x)).sum()
    loss.backward()
    with torch.no_grad():
        weight.add_(weight.grad, alpha=-0.1)
    return [loss.item(), weight.grad.tolist(), bias.grad.tolist(), weight.tolist(), weight.requires_grad]


def views_and_broadcast(torch: ModuleType) -> list[Any]:
    x = torch.arange(24).view(2, 3, 4)
    y = x.transpose(0, 2)[1:, :, 0].expand(3, 3)
    z = torch.add(y, torch.ones(3, 1), alpha=2)
    return [
        z.tolist(),
        str(z.dtype).split(".")[-1],
        z.sum(dim=1, keepdim=True).tolist(),
        list(z.stride()),
        z[0, 1].item(),
    ]


def in_place_and_out(torch: ModuleType) -> list[Any]:
    a = torch.full((2, 2), 3)
    out = torch.empty(2, 2)
    torch.mul(a, 2.5, out=out)
    a += 4
    a.mul_(2)
    a[0] = 7
    return [a.tolist(), out.tolist(), a._version]


def gradients(torch: ModuleType) -> list[Any]:
    x = torch.ones(3, requires_grad=True)
    y = (x * x).sum()
    (first,) = torch.autograd.grad(y, x, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), x)
    return [first.tolist(), second.tolist(), x.grad is None, x.is_leaf, y.is_leaf]


def positions_and_choices(torch: ModuleType) -> list[Any]:
    x = torch.tensor([[1.0, 0.0], [0.0, -2.0]])
    rows, columns = x.nonzero(as_tuple=True)
    return [
        x.where(x > 0, torch.tensor(9.0)).tolist(),
        [part.tolist() for part in torch.where(x)],
        x[rows, columns].tolist(),
        x.scatter(1, torch.tensor([[1], [0]]), 5.0, reduce="add").tolist(),
        [part.tolist() for part in torch.meshgrid(x[0], x[1], indexing="xy")],
    ]


@pytest.mark.parametrize(
    "program", [linear_step, views_and_broadcast, in_place_and_out, gradients, positions_and_choices]
)
def test_program_gives_the_same_on_both(program: Any) -> None:
    assert program(vt_torch) == program(reference)


PRINTED = [
    "ones(2, 3)",
    "tensor(1.5)",
    "empty(0, 2)",
    "tensor([1, 2])",
    "zeros(2, dtype=torch.bfloat16)",
    "arange(1200)",
]


@pytest.mark.parametrize("expression", PRINTED)
def test_prints_as_pytorch(expression: str) -> None:
    ours = repr(eval(f"torch.{expression}", {"torch": vt_torch}))
    assert ours == repr(eval(f"torch.{expression}", {"torch": reference}))


def test_every_tensor_is_the_overlays() -> None:
    x = vt_torch.ones(2)
    results = [
        x,
        x + 1,
        x.view(1, 2),
        x[0],
        vt_torch.from_numpy(np.zeros(2)),
        vt_core.ops.zeros(1),
        vt_torch.tensor([1]),
    ]
    assert all(type(t) is vt_torch.Tensor for t in results)
    assert issubclass(vt_torch.Tensor, vt_core.Tensor)


# From a library to what a constructor of old programs gives, or refuses.
CONSTRUCTED = {
    "sizes": lambda torch: torch.Tensor(2, 3).shape,
    "a size": lambda torch: torch.Tensor(3).shape,
    "a Size": lambda torch: torch.Tensor(torch.Size([2, 3])).shape,
    "nothing": lambda torch: torch.Tensor(),
    "ints": lambda torch: torch.Tensor([1, 2]),
    "a tuple": lambda torch: torch.Tensor((2, 3)),
    "bools": lambda torch: torch.Tensor([True]),
    "an array of ints": lambda torch: torch.Tensor(np.arange(3)),
    "a tensor of ints": lambda torch: torch.Tensor(torch.arange(3)),
    "a fraction": lambda torch: torch.Tensor(1.5),
    "text": lambda torch: torch.Tensor("a"),
    "a typed tensor of nothing": lambda torch: torch.LongTensor(),
    "a typed tensor": lambda torch: torch.LongTensor([1.7, 2]),
    "a cast to a type": lambda torch: torch.ones(2).type(torch.LongTensor),
    "reversed": lambda torch: reversed(torch.tensor([[1, 2], [3, 4]])),
}


@pytest.mark.parametrize("case", CONSTRUCTED.values(), ids=CONSTRUCTED.keys())
def test_the_old_constructors(case: Any) -> None:
    def outcome(torch: ModuleType) -> Any:
        try:
            return repr(case(torch))
        except TypeError:
            return TypeError

    assert outcome(vt_torch) == outcome(reference)


def test_a_subclass_is_constructed_by_its_own_init() -> None:
    class Named(vt_torch.Tensor):
        def __init__(self, data: Any, name: str = "x") -> None:
            self.name = name

    named = Named([1, 2])
    assert type(named) is Named
    assert (named.name, named.tolist()) == ("x", [1.0, 2.0])


@pytest.mark.parametrize(
    "function",
    [np.sqrt, lambda x: np.float32(2) * x, lambda x: x + np.ones(2), np.isnan, lambda x: np.maximum(x, 1.5), np.cumsum],
    ids=["sqrt", "a number times it", "it and an array", "isnan", "maximum", "cumsum"],
)
@pytest.mark.filterwarnings("ignore:__array_wrap__:DeprecationWarning")
def test_functions_of_numpy_give_tensors(function: Any) -> None:
    ours, theirs = (function(torch.tensor([1.0, 4.0])) for torch in (vt_torch, reference))
    assert type(ours) is vt_torch.Tensor
    assert (repr(ours), type(theirs)) == (repr(theirs), reference.Tensor)


@pytest.mark.parametrize(
    "show",
    [
        lambda torch: torch.ones(2, 3).shape,
        lambda torch: (torch.float32, torch.channels_last, torch.strided),
        lambda torch: torch.max(torch.tensor([[1.0, 2.0]]), 0),
        lambda torch: torch.linalg.slogdet(torch.eye(2)),
    ],
    ids=["Size", "constants", "named results", "named results of linalg"],
)
def test_reprs_are_pytorchs(show: Any) -> None:
    assert repr(show(vt_torch)) == repr(show(reference))


# From a library to a call that PyTorch refuses.
REFUSED = {
    "int of two elements": lambda torch: int(torch.ones(2)),
    "float of two elements": lambda torch: float(torch.ones(2)),
    "complex of two elements": lambda torch: complex(torch.ones(2)),
    "an index of text": lambda torch: torch.ones(2)["a"],
    "a stack of nothing": lambda torch: torch.stack([]),
    "a tensor of None": lambda torch: torch.tensor(None),
    "a tensor of an object": lambda torch: torch.tensor([object()]),
    "a tensor of text": lambda torch: torch.tensor("a"),
    "a tensor of texts": lambda torch: torch.tensor(["a"]),
    "an unknown device": lambda torch: torch.ones(2).to("gpu"),
    "a Size of fractions": lambda torch: torch.Size([1.5]),
    "targets of another number": lambda torch: torch.nn.functional.cross_entropy(
        torch.ones(3, 2), torch.tensor([0, 1])
    ),
    "shapes that do not broadcast": lambda torch: torch.ones(3) + torch.ones(2),
    "integers rounded to decimals": lambda torch: torch.round(torch.tensor([15]), decimals=-1),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_bad_input_gets_the_class_of_error_of_pytorch(case: Any) -> None:
    with pytest.raises(Exception) as theirs:
        case(reference)
    with pytest.raises(theirs.type):
        case(vt_torch)


@pytest.mark.parametrize("torch", [vt_torch, reference], ids=["ours", "theirs"])
def test_a_device_is_a_context(torch: ModuleType) -> None:
    with torch.device("cpu") as device:
        assert torch.ones(1).device == device


def test_a_second_overlay_is_refused() -> None:
    other = vt_core._C._make_tensor_class("Other", "somewhere")
    with pytest.raises(RuntimeError, match="registered"):
        vt_core._C._register_tensor_class(other)
    assert type(vt_torch.ones(1)) is vt_torch.Tensor


def test_every_operator_is_a_function_of_the_module() -> None:
    # Where PyTorch takes arguments that a schema cannot say, a function of Python is in between.
    adapted = {"chain_matmul", "einsum", "norm", "split", "tensordot", "unique_consecutive"}
    for name in set(vt_core._C.op_names()) - adapted:
        if not name.startswith("_") and not name.endswith("_"):
            assert getattr(vt_torch, name) is getattr(vt_core.ops, name)
    with pytest.raises(AttributeError, match="no_such_op"):
        vt_torch.no_such_op


def test_documented_names_exist() -> None:
    for name in vt_torch.__all__:
        assert getattr(vt_torch, name) is not None


class TestParameter:
    def test_is_a_leaf_that_requires_grad_and_shares_storage(self) -> None:
        data = vt_torch.ones(2)
        parameter = vt_torch.nn.Parameter(data)
        data.add_(1)
        assert parameter.requires_grad
        assert parameter.is_leaf
        assert isinstance(parameter, vt_torch.Tensor)
        assert parameter.tolist() == [2.0, 2.0]
        assert type(parameter + 1) is vt_torch.Tensor
        assert not vt_torch.nn.Parameter(data, requires_grad=False).requires_grad

    def test_survives_while_only_native_code_holds_it(self) -> None:
        seen: list[vt_torch.Tensor] = []

        class Double(vt_torch.autograd.Function):
            @staticmethod
            def forward(ctx: Any, x: vt_torch.Tensor) -> vt_torch.Tensor:
                ctx.save_for_backward(x)
                return x * 2

            @staticmethod
            def backward(ctx: Any, grad: vt_torch.Tensor) -> vt_torch.Tensor:
                seen.extend(ctx.saved_tensors)
                return grad * 2

        parameter = vt_torch.nn.Parameter(vt_torch.ones(2))
        parameter.note = "kept"  # type: ignore[attr-defined]
        out = Double.apply(parameter)
        del parameter
        gc.collect()
        out.sum().backward()
        (kept,) = seen
        assert type(kept) is vt_torch.nn.Parameter
        assert kept.note == "kept"  # type: ignore[attr-defined]
        assert kept.grad.tolist() == [2.0, 2.0]  # type: ignore[union-attr]

    def test_copies_and_pickles(self) -> None:
        parameter = vt_torch.nn.Parameter(vt_torch.ones(2))
        parameter.sum().backward()
        for other in (copy.deepcopy(parameter), pickle.loads(pickle.dumps(parameter))):
            assert type(other) is vt_torch.nn.Parameter
            assert other.requires_grad
            assert other.tolist() == [1.0, 1.0]
        assert copy.deepcopy(parameter).grad.tolist() == [1.0, 1.0]  # type: ignore[union-attr]

    def test_prints_as_pytorch(self) -> None:
        assert repr(vt_torch.nn.Parameter(vt_torch.ones(2))) == repr(reference.nn.Parameter(reference.ones(2)))


def test_import_loads_little_and_no_optional_library() -> None:
    program = (
        "import sys, vt_torch; print(len(sys.modules)); assert not {'torch', 'numpy', 'triton'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) <= 200


def test_cuda_without_a_device_says_so() -> None:
    assert vt_torch.cuda.device_count() >= 0
    assert vt_torch.cuda.is_available() == (vt_torch.cuda.device_count() > 0)


@pytest.mark.parametrize("view", [lambda x: x[1:], lambda x: x.view(5), lambda x: x.t(), lambda x: x[::2]])
def test_views_are_arrays_and_exchanged_without_a_copy(view: Any) -> None:
    x = vt_torch.arange(5.0)
    for read in (vt_torch.Tensor.numpy, np.asarray, np.from_dlpack, reference.from_dlpack):
        shared = read(view(x))
        shared[0] += 10
        assert view(x)[0].item() == float(shared[0])
    x.requires_grad_()
    for refuse in (vt_torch.Tensor.numpy, reference.from_dlpack):
        with pytest.raises((RuntimeError, BufferError), match="requires grad"):
            refuse(view(x))
