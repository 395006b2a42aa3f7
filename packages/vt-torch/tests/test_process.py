# SPDX-License-Identifier: Apache-2.0
"""What programs ask of the process and of tensors besides operators: the same answers as PyTorch's."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
import torch as reference
import vt_torch

BOTH = pytest.mark.parametrize("torch", [vt_torch, reference], ids=["vt_torch", "torch"])


def outcome(function: Any, *args: Any) -> Any:
    try:
        return function(*args)
    except Exception as error:
        return type(error)


@pytest.mark.parametrize(
    "shapes",
    [((2, 1), (3,)), ((), (4,)), ((0,), (1,)), ((2,), (3,)), (5, (1, 5)), ((2,), (-3,)), ()],
)
def test_broadcast_shapes(shapes: Any) -> None:
    ours, theirs = outcome(vt_torch.broadcast_shapes, *shapes), outcome(reference.broadcast_shapes, *shapes)
    assert ours == theirs if isinstance(theirs, type) else tuple(ours) == tuple(theirs)


@BOTH
def test_inference_mode_records_nothing(torch: ModuleType) -> None:
    x = torch.ones(2, requires_grad=True)
    with torch.inference_mode():
        assert torch.is_inference_mode_enabled()
        assert not (x * 2).requires_grad
        with torch.inference_mode(mode=False):
            assert torch.is_grad_enabled()
    assert not torch.is_inference_mode_enabled()
    assert (x * 2).requires_grad

    @torch.inference_mode()
    def with_parentheses() -> bool:
        return (x * 2).requires_grad

    @torch.inference_mode
    def without() -> bool:
        return (x * 2).requires_grad

    assert not with_parentheses()
    assert not without()


@BOTH
def test_legacy_constructors(torch: ModuleType) -> None:
    assert torch.FloatTensor(2, 3).shape == (2, 3)
    assert torch.LongTensor([1, 2]).tolist() == [1, 2]
    assert str(torch.LongTensor([1, 2]).dtype).endswith("int64")
    assert torch.FloatTensor(torch.Size([4])).shape == (4,)
    assert isinstance(torch.zeros(1), torch.FloatTensor)
    assert not isinstance(torch.zeros(1), torch.DoubleTensor)
    assert not isinstance(3.0, torch.FloatTensor)


@BOTH
def test_storage(torch: ModuleType) -> None:
    x = torch.arange(6.0).view(2, 3)
    row = x[1]
    assert row.untyped_storage().data_ptr() == x.data_ptr() == x.untyped_storage().data_ptr()
    assert row.untyped_storage().nbytes() == 24
    assert len(row.untyped_storage()) == 24
    assert torch.is_storage(row.untyped_storage())
    assert not torch.is_storage(row)
    assert row.untyped_storage().tolist()[4:8] == [0, 0, 128, 63]


@BOTH
def test_facts(torch: ModuleType) -> None:
    x = torch.zeros(2, 3)
    assert torch.is_signed(x)
    assert not torch.is_signed(torch.zeros(1, dtype=torch.uint8))
    assert torch.is_same_size(x, x + 1)
    assert not torch.is_same_size(x, x[0])
    assert torch.is_nonzero(torch.tensor([2]))
    assert x.is_set_to(x)
    assert not x.is_set_to(x[0])
    assert x.dim_order() == (0, 1)
    assert x.t().dim_order() == (1, 0)
    assert x.to_dense() is x
    assert torch.typename(x) == "torch.FloatTensor"
    assert torch.typename(3) == "int"
    assert torch.get_device(x) == -1
    with pytest.raises(RuntimeError):
        torch.is_nonzero(x)
    for method in ("indices", "values", "coalesce", "is_coalesced"):
        with pytest.raises(RuntimeError):
            getattr(x, method)()


@BOTH
def test_elements_by_python_functions(torch: ModuleType) -> None:
    x = torch.tensor([1.0, 2.0, 3.0])
    assert x.apply_(lambda v: v * v) is x
    assert x.tolist() == [1, 4, 9]
    assert x.map_(torch.tensor([1.0, 1.0, 2.0]), lambda a, b: a - b).tolist() == [0, 3, 7]
    with pytest.raises(RuntimeError):
        torch.ones(1, requires_grad=True).apply_(lambda v: v)


@BOTH
def test_random_state(torch: ModuleType) -> None:
    torch.manual_seed(5)
    assert torch.initial_seed() == 5
    state = torch.get_rng_state()
    first = torch.rand(3).tolist()
    torch.set_rng_state(state)
    assert torch.rand(3).tolist() == first
    assert isinstance(torch.seed(), int)


@pytest.mark.thread_unsafe(reason="the switches are the process's")
@BOTH
def test_determinism_switches(torch: ModuleType) -> None:
    try:
        torch.use_deterministic_algorithms(True, warn_only=True)
        assert torch.are_deterministic_algorithms_enabled()
        assert torch.is_deterministic_algorithms_warn_only_enabled()
        torch.set_deterministic_debug_mode("error")
        assert torch.get_deterministic_debug_mode() == 2
        with pytest.raises(RuntimeError):
            torch.set_deterministic_debug_mode("loud")
    finally:
        torch.use_deterministic_algorithms(False)
    assert torch.get_deterministic_debug_mode() == 0


@pytest.mark.thread_unsafe(reason="precision is set for the process")
@BOTH
def test_precision(torch: ModuleType) -> None:
    assert torch.get_float32_matmul_precision() == "highest"
    torch.set_float32_matmul_precision("high")
    assert torch.get_float32_matmul_precision() == "high"
    assert torch.backends.cuda.matmul.allow_tf32
    torch.set_float32_matmul_precision("highest")


def test_unknown_precision_is_refused() -> None:
    with pytest.raises(RuntimeError, match="got 'low'"):
        vt_torch.set_float32_matmul_precision("low")  # PyTorch warns and goes on


def test_programs_that_ask_for_compilation_run() -> None:
    assert vt_torch.compile(len) is len
    assert vt_torch.compile(dynamic=True)(len) is len
    assert vt_torch.jit.script(len) is len
    assert not vt_torch.jit.is_scripting()
    with pytest.raises(NotImplementedError, match="no backend 'tvm'"):
        vt_torch.compile(len, backend="tvm")


@BOTH
@pytest.mark.parametrize(
    ("actual", "expected", "options", "passes"),
    [
        ([1.0, 2.0], [1.0, 2.0], {}, True),
        ([1.0, 2.0], [1.0, 2.1], {}, False),
        ([1.0, 2.0], [1.0, 2.1], {"rtol": 0.1, "atol": 0.0}, True),
        ([float("nan")], [float("nan")], {}, False),
        ([float("nan")], [float("nan")], {"equal_nan": True}, True),
        ([float("inf")], [float("inf")], {}, True),
        ([1.0], [1.0, 1.0], {}, False),
        ([1, 2], [1, 2], {}, True),
        ([1, 2], [1, 3], {}, False),
        ([1, 2], [1.0, 2.0], {}, False),
        ([1, 2], [1.0, 2.0], {"check_dtype": False}, True),
    ],
)
def test_assert_close(torch: ModuleType, actual: Any, expected: Any, options: Any, passes: bool) -> None:
    import importlib

    assert_close = importlib.import_module(f"{torch.__name__}.testing").assert_close
    pair = torch.tensor(actual), torch.tensor(expected)
    for a, b in (pair, ([pair[0]], [pair[1]]), ({"x": pair[0]}, {"x": pair[1]})):
        if passes:
            assert_close(a, b, **options)
        else:
            with pytest.raises(AssertionError):
                assert_close(a, b, **options)
    with pytest.raises(AssertionError, match="my words"):
        assert_close(torch.tensor(1), torch.tensor(2), msg="my words")
    with pytest.raises(ValueError, match="rtol"):
        assert_close(*pair, rtol=1.0)


@pytest.mark.thread_unsafe(reason="a process has one group")
def test_one_process_is_the_only_rank() -> None:
    dist = vt_torch.distributed
    assert not dist.is_initialized()
    with pytest.raises(ValueError, match="no process group"):
        dist.get_rank()
    dist.init_process_group(world_size=1, rank=0)
    try:
        assert (dist.get_rank(), dist.get_world_size()) == (0, 1)
        x = vt_torch.ones(2)
        dist.all_reduce(x)
        dist.broadcast(x, src=0)
        gathered = [vt_torch.zeros(2)]
        dist.all_gather(gathered, x)
        assert gathered[0].tolist() == [1, 1]
        with pytest.raises(RuntimeError, match="already"):
            dist.init_process_group()
    finally:
        dist.destroy_process_group()
    assert not dist.is_initialized()
    with pytest.raises(RuntimeError, match="expected rank"):
        dist.init_process_group(world_size=2, rank=1)
    with pytest.raises(ValueError, match="backend"):
        dist.init_process_group("carrier_pigeon")


@pytest.mark.thread_unsafe(reason="the switches are the process's")
@pytest.mark.parametrize("torch", [vt_torch, reference], ids=["ours", "theirs"])
def test_switches_of_attention(torch: ModuleType) -> None:
    from importlib import import_module

    attention, cuda = (import_module(f"{torch.__name__}.{name}") for name in ("nn.attention", "backends.cuda"))
    kinds = ("flash", "math", "mem_efficient", "cudnn")

    def switches() -> list[bool]:
        return [getattr(cuda, f"{kind}_sdp_enabled")() for kind in kinds]

    before = switches()
    backend = attention.SDPBackend
    with attention.sdpa_kernel([backend.MATH, backend.FLASH_ATTENTION]):
        assert switches() == [True, True, False, False]
        with attention.sdpa_kernel(backend.EFFICIENT_ATTENTION):
            assert switches() == [False, False, True, False]
    for kind in kinds:
        getattr(cuda, f"enable_{kind}_sdp")(False)
    assert not any(switches())
    for kind, value in zip(kinds, before, strict=True):
        getattr(cuda, f"enable_{kind}_sdp")(value)
    with pytest.raises(AssertionError), attention.sdpa_kernel("math"):
        pass


@pytest.mark.parametrize("torch", [vt_torch, reference], ids=["ours", "theirs"])
def test_a_tensor_is_of_no_other_kind(torch: ModuleType) -> None:
    x = torch.ones(1)
    kinds = (
        "sparse",
        "sparse_csr",
        "quantized",
        "nested",
        "mkldnn",
        "mps",
        "xpu",
        "ipu",
        "xla",
        "vulkan",
        "mtia",
        "maia",
    )
    assert not any(getattr(x, f"is_{kind}") for kind in kinds)
