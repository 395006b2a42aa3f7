# SPDX-License-Identifier: Apache-2.0
"""Exchange with NumPy: shared memory both ways, every dtype, and clear refusals."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

import ml_dtypes
import numpy as np
import pytest
import torch
import vt_core as vt
from exchange import DTYPE_NAMES, vt_from_torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from vt_core.testing import run_forked

NATIVE = [name for name in DTYPE_NAMES if not name.startswith(("bfloat", "float8"))]
EXTENSION = ["bfloat16", "float8_e4m3fn", "float8_e5m2"]


def numpy_dtype(name: str) -> np.dtype:
    return np.dtype(getattr(ml_dtypes, name) if name in EXTENSION else name)


@pytest.mark.parametrize("name", DTYPE_NAMES)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 3), (2, 3)])
def test_round_trip_keeps_dtype_shape_and_values(name: str, shape: tuple[int, ...]) -> None:
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(numpy_dtype(name))
    tensor = vt.from_numpy(array)
    assert tensor.dtype is getattr(vt, name)
    assert tuple(tensor.shape) == shape
    back = tensor.numpy()
    assert back.dtype == array.dtype
    assert back.tobytes() == array.tobytes()


@given(
    hnp.arrays(
        st.sampled_from([np.int16, np.float32, np.complex64, np.bool_, np.uint64]),
        hnp.array_shapes(min_side=0, max_dims=4),
    ),
    st.randoms(use_true_random=False),
)
def test_views_keep_their_strides(array: np.ndarray, random) -> None:
    axes = list(range(array.ndim))
    random.shuffle(axes)
    view = array.transpose(axes)[tuple(slice(random.randint(0, 1), None, random.randint(1, 3)) for _ in axes)]
    tensor = vt.from_numpy(view)
    assert repr(tensor.tolist()) == repr(view.tolist())
    back = tensor.numpy()
    if view.size:
        told = [d for d in range(view.ndim) if view.shape[d] > 1]
        assert [tensor.stride(d) for d in told] == [view.strides[d] // view.itemsize for d in told]
        assert [back.strides[d] for d in told] == [view.strides[d] for d in told]
    np.testing.assert_array_equal(back, view)


@pytest.mark.parametrize("name", DTYPE_NAMES)
def test_memory_is_shared_both_ways(name: str) -> None:
    array = np.zeros(4, dtype=numpy_dtype(name))
    tensor = vt.from_numpy(array)
    array[1] = 1
    assert tensor.tolist() == [0, 1, 0, 0]
    tensor.fill_(1)
    assert array.tolist() == [1, 1, 1, 1]
    seen = tensor.numpy()
    seen[2] = 0
    assert array.tolist() == [1, 1, 0, 1]


def test_array_outlives_the_tensor() -> None:
    tensor = vt.tensor([1.0, 2.0, 3.0])
    array = tensor.numpy()
    del tensor
    gc.collect()
    assert array.tolist() == [1, 2, 3]


def test_tensor_keeps_the_array_alive() -> None:
    class Watched(np.ndarray):
        pass

    array = np.arange(3.0).view(Watched)
    gone = weakref.ref(array)
    tensor = vt.from_numpy(array)
    del array
    gc.collect()
    assert gone() is not None
    assert tensor.tolist() == [0, 1, 2]
    del tensor
    gc.collect()
    assert gone() is None


def test_read_only_array_gives_a_read_only_tensor() -> None:
    array = np.arange(3.0)
    array.flags.writeable = False
    tensor = vt.from_numpy(array)
    with pytest.raises(RuntimeError, match="read-only"):
        tensor.fill_(7)
    assert array.tolist() == [0, 1, 2]
    assert not tensor.numpy().flags.writeable
    assert (tensor + 1).tolist() == [1, 2, 3]
    assert vt.tensor(array).numpy().flags.writeable


def test_negative_strides_are_refused() -> None:
    for view in [np.arange(4.0)[::-1], np.ones((2, 3))[:, ::-1]]:
        with pytest.raises(ValueError, match="At least one stride in the given numpy array is negative"):
            vt.from_numpy(view)


def test_strides_of_partial_elements_are_refused() -> None:
    record = np.zeros(3, dtype=[("a", np.float32), ("b", np.int8)])
    with pytest.raises(ValueError, match="not a multiple of the element byte size"):
        vt.from_numpy(record["a"])


def test_foreign_byte_order_is_refused() -> None:
    with pytest.raises(ValueError, match="byte order"):
        vt.from_numpy(np.arange(3, dtype=">i4"))


@pytest.mark.parametrize("dtype", ["O", "U3", "S4", "M8[s]", "m8[s]", "V8", "longdouble", "clongdouble"])
def test_unsupported_dtypes_are_refused(dtype: str) -> None:
    with pytest.raises(TypeError, match=r"can't convert np\.ndarray of type"):
        vt.from_numpy(np.zeros(2, dtype=dtype))


@pytest.mark.parametrize("value", [[1.0], 1.0, None, "x", vt.Size((1,))])
def test_from_numpy_takes_arrays_only(value: object) -> None:
    with pytest.raises(TypeError, match=r"expected np\.ndarray"):
        vt.from_numpy(value)  # type: ignore[arg-type]


def test_asarray_shares_and_converts() -> None:
    tensor = vt.tensor([1, 2, 3], dtype=vt.int32)
    array = np.asarray(tensor)
    assert array.dtype == np.int32
    array[0] = 9
    assert tensor.tolist() == [9, 2, 3]
    assert np.asarray(tensor, dtype=np.float64).dtype == np.float64
    assert np.array(tensor).flags.owndata
    assert np.mean(np.asarray(tensor)) == 14 / 3


def test_asarray_copy_argument() -> None:
    tensor = vt.tensor([1.0, 2.0])
    shared = np.asarray(tensor, copy=False)
    shared[0] = 5
    assert tensor.tolist() == [5, 2]
    copied = np.array(tensor, copy=True)
    copied[0] = 7
    assert tensor.tolist() == [5, 2]
    with pytest.raises(ValueError, match="copy"):
        np.asarray(tensor, dtype=np.int8, copy=False)


def test_array_protocol_honours_its_arguments() -> None:
    tensor = vt.tensor([1.0, 2.0])
    copied = tensor.__array__(copy=True)
    copied[0] = 7
    assert tensor.tolist() == [1, 2]
    assert tensor.__array__(dtype=np.float64).dtype == np.float64
    with pytest.raises(ValueError, match="cannot avoid a copy"):
        tensor.__array__(dtype=np.float64, copy=False)


def test_meta_tensor_has_no_array() -> None:
    with pytest.raises(TypeError, match="can't convert meta device type tensor to numpy"):
        vt.ops.empty((2,), device="meta").numpy()


def test_operators_with_arrays_give_tensors() -> None:
    array, tensor = np.ones(2, dtype=np.float32), vt.tensor([1.0, 2.0])
    assert isinstance(tensor + vt.from_numpy(array), vt.Tensor)
    for result in (array + 0 + np.asarray(tensor),):
        assert isinstance(result, np.ndarray)


@pytest.mark.parametrize(
    "scalar",
    [np.float32(1.5), np.float64(2.5), np.int8(3), np.int64(-4), np.uint8(5), np.bool_(True), np.complex64(1 + 2j)],
)
def test_numpy_scalars_are_numbers(scalar: np.generic) -> None:
    tensor = vt.tensor([1.0, 2.0], dtype=vt.complex64 if isinstance(scalar, np.complexfloating) else vt.float32)
    assert (tensor + scalar).tolist() == [1.0 + scalar, 2.0 + scalar]
    assert vt.tensor(scalar).tolist() == scalar.item()
    assert vt.tensor([scalar, scalar]).tolist() == [scalar.item()] * 2


@pytest.mark.parametrize("name", NATIVE)
def test_tensor_of_an_array_keeps_its_dtype(name: str) -> None:
    array = np.ones((2, 2), dtype=name)
    tensor = vt.tensor(array)
    assert tensor.dtype is getattr(vt, name)
    array[:] = 0
    assert tensor.tolist() == [[1, 1], [1, 1]]


@pytest.mark.parametrize("name", EXTENSION)
def test_extension_dtypes_agree_with_torch_bits(name: str) -> None:
    source = torch.randn(64).to(getattr(torch, name))
    array = vt_from_torch(source).numpy()
    assert array.dtype == numpy_dtype(name)
    assert array.astype(np.float32).tolist() == source.to(torch.float32).tolist()


def test_memoryview_shares_memory() -> None:
    tensor = vt.tensor([[1.0, 2.0], [3.0, 4.0]])
    view = memoryview(tensor)
    assert view.shape == (2, 2)
    assert view.tolist() == [[1, 2], [3, 4]]
    view[0, 1] = 9
    assert tensor.tolist() == [[1, 9], [3, 4]]


@pytest.mark.parametrize("missing", ["numpy", "ml_dtypes"])
def test_missing_library_is_named(missing: str) -> None:
    code = f"""
import sys
sys.modules[{missing!r}] = None
import vt_core as vt
try:
    vt.ops.zeros((2,), dtype=vt.bfloat16).numpy()
except ImportError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert f"pip install {missing}" in done.stdout, done


class Described:
    """An object that offers nothing but ``__array_interface__``."""

    def __init__(self, array: np.ndarray, **changes: object) -> None:
        self.array = array
        self.__array_interface__ = {**array.__array_interface__, **changes}


@pytest.mark.parametrize("name", NATIVE)
def test_object_with_an_array_interface_is_copied(name: str) -> None:
    array = np.arange(12).reshape(3, 4).astype(name)[:, ::2]
    source = Described(array)
    tensor = vt.tensor(source)
    assert tensor.dtype is getattr(vt, name)
    assert tensor.tolist() == array.tolist()
    array[:] = 0
    assert tensor.tolist() != array.tolist()


@pytest.mark.parametrize(
    "changes",
    [
        {"typestr": ">f4"},
        {"typestr": "<f3"},
        {"typestr": "<U4"},
        {"typestr": "|O8"},
        {"typestr": ""},
        {"typestr": 4},
        {"typestr": "<f99999999999999999999"},
        {"shape": (-1, 3)},
        {"shape": (2**62, 2**62)},
        {"shape": (2**70,)},
        {"shape": 6},
        {"shape": (2.0, 3)},
        {"shape": None},
        {"shape": (1,) * 65},
        {"strides": (12,)},
        {"strides": ("a", 4)},
        {"strides": (2**62, 2**62)},
        {"strides": (3, 1)},
        {"data": None},
        {"data": 5},
        {"data": (0, False)},
        {"data": ("x", False)},
        {"data": (2**70, False)},
        {"data": (-8, False)},
        {"data": ()},
    ],
    ids=str,
)
def test_lying_array_interface_is_refused(changes: dict[str, object]) -> None:
    source = Described(np.zeros((2, 3), dtype=np.float32), **changes)
    outcome = run_forked(lambda: vt.tensor(source))
    assert outcome.kind == "raised", outcome
    assert {"TypeError", "ValueError", "RuntimeError", "OverflowError"} & set(outcome.classes), outcome
    assert "SystemError" not in outcome.classes, outcome
