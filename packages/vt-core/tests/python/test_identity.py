# SPDX-License-Identifier: Apache-2.0
"""Who owns whom: wrappers keep their identity, attributes and class while only the native side holds the tensor."""

from __future__ import annotations

import ctypes
import gc
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import vt_core as vt


class Marked(vt.Tensor):
    pass


@contextmanager
def held_natively(tensor: vt.Tensor) -> Iterator[list[Any]]:
    """Holds the tensor by a DLPack capsule, which owns a native reference and no Python one.

    The list receives the wrapper again when `regain` is called on it.
    """
    capsule = tensor.__dlpack__(max_version=(1, 0))
    yield [capsule]
    del capsule


def test_use_count_is_one_for_a_fresh_tensor() -> None:
    tensor = vt.tensor([1.0])
    assert tensor._use_count() == 1
    view = tensor[:]
    assert tensor._use_count() == 1
    assert view._use_count() == 1
    assert view._is_alias_of(tensor)


def test_same_object_comes_back_while_it_lives() -> None:
    tensor = vt.tensor([1.0, 2.0])
    assert tensor.fill_(3) is tensor
    assert tensor.add_(1) is tensor
    out = vt.ops.empty((2,))
    assert vt.ops.add(tensor, 1, out=out) is out


def test_light_wrapper_is_freed_and_made_anew() -> None:
    tensor = vt.tensor([1.0])
    assert not tensor._is_rich()
    assert not gc.is_tracked(tensor)


def test_attribute_makes_the_wrapper_rich() -> None:
    tensor = vt.tensor([1.0])
    tensor.note = "kept"
    assert tensor._is_rich()
    assert gc.is_tracked(tensor)
    assert tensor.note == "kept"
    assert tensor.__dict__ == {"note": "kept"}
    del tensor.note
    with pytest.raises(AttributeError, match="note"):
        tensor.note


def test_asking_for_the_dict_makes_the_wrapper_rich() -> None:
    tensor = vt.tensor([1.0])
    assert tensor.__dict__ == {}
    assert tensor._is_rich()


def test_subclass_is_rich_from_the_start() -> None:
    assert Marked([1.0])._is_rich()


@pytest.mark.parametrize("make", [vt.tensor, Marked], ids=["attribute", "subclass"])
def test_wrapper_survives_while_only_the_native_side_holds_it(make: Any) -> None:
    tensor = make([1.0, 2.0])
    tensor.note = ["kept"]
    alive = weakref.ref(tensor)
    with held_natively(tensor):
        del tensor
        gc.collect()
        survivor = alive()
        assert survivor is not None
        assert survivor.note == ["kept"]
        del survivor
    gc.collect()
    assert alive() is None


def test_weak_reference_dies_with_the_tensor() -> None:
    tensor = vt.tensor([1.0])
    alive = weakref.ref(tensor)
    assert alive() is tensor
    del tensor
    assert alive() is None


def test_cycle_through_an_attribute_is_collected() -> None:
    gc.collect()
    alive = []
    for _ in range(1000):
        tensor = vt.tensor([1.0])
        tensor.me = tensor
        alive.append(weakref.ref(tensor))
    del tensor
    gc.collect()
    assert sum(ref() is not None for ref in alive) == 0


def test_cycle_through_a_subclass_is_collected() -> None:
    class Node(vt.Tensor):
        pass

    alive = weakref.ref(Node)
    node = Node([1.0])
    node.owner = [node]
    del node, Node
    gc.collect()
    assert alive() is None


def test_cycle_held_natively_is_not_collected() -> None:
    tensor = vt.tensor([1.0])
    tensor.me = tensor
    alive = weakref.ref(tensor)
    with held_natively(tensor):
        del tensor
        gc.collect()
        assert alive() is not None
    gc.collect()
    assert alive() is None


def test_finalizer_runs_once() -> None:
    seen = []

    class Loud(vt.Tensor):
        def __del__(self) -> None:
            seen.append(self.tolist())

    loud = Loud([1.0])
    with held_natively(loud):
        del loud
        gc.collect()
        assert seen == []
    gc.collect()
    assert seen == [[1.0]]


def test_memory_is_returned() -> None:
    import resource

    for _ in range(3):
        vt.ops.zeros((1 << 20,)).fill_(1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(200):
        vt.ops.zeros((1 << 20,)).fill_(1)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 32 * 1024


def test_second_class_cannot_be_registered() -> None:
    from vt_core.testing import run_forked

    def case() -> str:
        first = vt._C._make_tensor_class("Tensor", "overlay_one")
        vt._C._register_tensor_class(first)
        vt._C._register_tensor_class(first)
        assert type(vt.tensor([1.0])) is first
        assert isinstance(vt.tensor([1.0]), vt.Tensor)
        second = vt._C._make_tensor_class("Tensor", "overlay_two")
        try:
            vt._C._register_tensor_class(second)
        except RuntimeError as error:
            return str(error)
        return "accepted"

    outcome = run_forked(case)
    assert outcome.kind == "returned", outcome
    assert "overlay_one" in outcome.value
    assert "overlay_two" in outcome.value


def test_tensors_made_before_registration_keep_their_class() -> None:
    from vt_core.testing import run_forked

    def case() -> None:
        before = vt.tensor([1.0])
        overlay = vt._C._make_tensor_class("Tensor", "overlay")
        overlay.doubled = lambda self: self + self
        vt._C._register_tensor_class(overlay)
        after = vt.tensor([2.0])
        assert type(before) is vt.Tensor
        assert type(after) is overlay
        assert type(before + after) is overlay
        assert after.doubled().tolist() == [4.0]
        assert repr(after) == "tensor([2.])"
        after.note = 1
        capsule = after.__dlpack__(max_version=(1, 0))
        del after
        gc.collect()
        del capsule

    outcome = run_forked(case)
    assert outcome.kind == "returned", outcome


def test_wrappers_hold_and_drop_from_many_threads() -> None:
    tensor = vt.tensor([1.0])
    tensor.note = "kept"
    start = threading.Barrier(8)

    def work() -> None:
        start.wait()
        for _ in range(500):
            capsule = tensor.__dlpack__(max_version=(1, 0))
            del capsule

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tensor._use_count() == 1
    assert tensor.note == "kept"


def test_tensor_of_a_dead_thread_is_usable() -> None:
    made: list[vt.Tensor] = []
    thread = threading.Thread(target=lambda: made.append(vt.ops.ones((3,)) + 1))
    thread.start()
    thread.join()
    assert made[0].tolist() == [2, 2, 2]
    del made[0]


def test_reference_counts_of_arguments_are_left_alone() -> None:
    import sys

    a, b = vt.tensor([1.0]), vt.tensor([2.0])
    counts = [sys.getrefcount(a), sys.getrefcount(b), sys.getrefcount(vt.float32), sys.getrefcount(vt.Tensor)]
    for _ in range(100):
        a + b
        a.add(b, alpha=2)
        vt.ops.add(a, 1.5)
        a.dtype, a.shape, a.device
        for bad in (lambda: a + "x", lambda: vt.ops.add(a), lambda: a.view(7)):
            with pytest.raises((TypeError, RuntimeError)):
                bad()
    gc.collect()
    after = [sys.getrefcount(a), sys.getrefcount(b), sys.getrefcount(vt.float32), sys.getrefcount(vt.Tensor)]
    assert after[:2] == counts[:2]
    assert abs(after[2] - counts[2]) < 5
    # Each free wrapper of the class may hold one reference on it.
    assert abs(after[3] - counts[3]) < 80


def test_data_pointer_is_real_memory() -> None:
    tensor = vt.tensor([1, 2, 3], dtype=vt.int32)
    assert (ctypes.c_int32 * 3).from_address(tensor.data_ptr())[:] == [1, 2, 3]
    assert tensor.data_ptr() % 64 == 0
