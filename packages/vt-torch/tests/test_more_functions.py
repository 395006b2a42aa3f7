# SPDX-License-Identifier: Apache-2.0
"""Functions that programs use seldom: hashes, histograms of points, fake quantisation, sizes, storages with a dtype."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pytest
from programs import LIBRARIES, check, values

BOTH = pytest.mark.parametrize("torch", LIBRARIES)
DTYPES = ("bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64")


class TestHash:
    @pytest.mark.parametrize("dtype", DTYPES)
    def test_every_dtype(self, dtype: str) -> None:
        def program(torch: ModuleType) -> Any:
            x = torch.from_numpy(np.abs(values((2, 5, 3), scale=9))).to(getattr(torch, dtype))
            seen = [torch.hash_tensor(x), x.hash_tensor(1), torch.hash_tensor(x, (0, -1), keepdim=True)]
            return [[str(h.dtype).split(".")[-1], tuple(h.shape), h.reshape(-1).tolist()] for h in seen]

        check(program, 0)

    def test_other_layouts(self) -> None:
        def program(torch: ModuleType) -> Any:
            x = torch.from_numpy(values((3, 4)))
            seen = [torch.hash_tensor(x.t()[1:], 0), torch.hash_tensor(x[0, 0]), torch.hash_tensor(x[:0], 1)]
            return [[tuple(h.shape), h.reshape(-1).tolist()] for h in (*seen, torch.hash_tensor(-x, [], keepdim=True))]

        check(program, 0)

    @BOTH
    def test_refusals(self, torch: ModuleType) -> None:
        x = torch.zeros(0, 3)
        for error, call in (
            (RuntimeError, lambda: torch.hash_tensor(x)),
            (IndexError, lambda: torch.hash_tensor(x, 0)),
            (IndexError, lambda: torch.hash_tensor(x, 2)),
            (RuntimeError, lambda: torch.hash_tensor(torch.ones(2), mode=1)),
            (NotImplementedError, lambda: torch.hash_tensor(torch.ones(2, dtype=torch.complex64))),
        ):
            with pytest.raises(error):
                call()


class TestHistogramOfPoints:
    @pytest.mark.parametrize(
        "options",
        [
            {"bins": 3},
            {"bins": [2, 4]},
            {"bins": [2, 4], "density": True},
            {"bins": 5, "range": [-1.0, 1.0, 0.0, 2.0]},
            {"bins": [[-1.0, 0.0, 0.25, 2.0], [-2.0, 0.5, 1.0]], "density": True},
            {"bins": 4, "weight": True},
            {"bins": 4, "weight": True, "density": True},
        ],
    )
    def test_counts(self, options: dict[str, Any]) -> None:
        def program(torch: ModuleType) -> Any:
            given = dict(options)
            if isinstance(given["bins"], list) and isinstance(given["bins"][0], list):
                given["bins"] = [torch.tensor(edges) for edges in given["bins"]]
            if "weight" in given:
                given["weight"] = torch.from_numpy(np.abs(values((7, 11), 3)))
            hist, edges = torch.histogramdd(torch.from_numpy(values((7, 11, 2))), **given)
            return hist, list(edges)

        check(program)

    def test_edges_belong_to_bins_as_in_pytorch(self) -> None:
        def program(torch: ModuleType) -> Any:
            x = torch.arange(6.0, dtype=torch.float64).view(3, 2)
            one, empty = torch.histogramdd(torch.ones(2, 3, 1), 2), torch.histogramdd(torch.ones(0, 2), 2)
            return [torch.histogramdd(x, 2).hist, *one.bin_edges, one.hist, *empty.bin_edges, empty.hist]

        check(program)

    @BOTH
    def test_refusals(self, torch: ModuleType) -> None:
        x = torch.ones(3, 2)
        for error, call in (
            (RuntimeError, lambda: torch.histogramdd(x, [2])),
            (RuntimeError, lambda: torch.histogramdd(x, [2, 0])),
            (RuntimeError, lambda: torch.histogramdd(x, 2, range=[0.0, 1.0])),
            (RuntimeError, lambda: torch.histogramdd(x, 2, range=[0.0, 1.0, 2.0, 1.0])),
            (RuntimeError, lambda: torch.histogramdd(x, 2, weight=torch.ones(2))),
            (RuntimeError, lambda: torch.histogramdd(x / 0, 2)),
            (NotImplementedError, lambda: torch.histogramdd(x.int(), 2)),
            (IndexError, lambda: torch.histogramdd(x[0, 0], 2)),
        ):
            with pytest.raises(error):
                call()


class TestFakeQuantisation:
    @pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
    @pytest.mark.parametrize("as_tensors", [False, True])
    def test_per_tensor(self, dtype: str, as_tensors: bool) -> None:
        def program(torch: ModuleType) -> Any:
            x = torch.from_numpy(values((4, 6), scale=3)).to(getattr(torch, dtype)).requires_grad_()
            scale, zero = 0.1, 3
            if as_tensors:
                scale, zero = torch.tensor([scale]), torch.tensor([zero], dtype=torch.int32)
            y = torch.fake_quantize_per_tensor_affine(x, scale, zero, -8, 20)
            (y * y).sum().backward()
            return y, x.grad, str(y.dtype).split(".")[-1]

        check(program)

    @pytest.mark.parametrize("dtype", ["int32", "float32"])
    def test_per_channel(self, dtype: str) -> None:
        def program(torch: ModuleType) -> Any:
            x = torch.from_numpy(values((4, 3, 2), scale=3)).requires_grad_()
            zero = torch.tensor([0, 3, -4] if dtype == "int32" else [0.5, 30.0, -4.0], dtype=getattr(torch, dtype))
            y = torch.fake_quantize_per_channel_affine(x, torch.tensor([0.1, 0.3, 1.0]), zero, 1, -8, 20)
            y.sum().backward()
            return y, x.grad

        check(program)

    def test_what_is_no_number(self) -> None:
        def program(torch: ModuleType) -> Any:
            x = torch.tensor([float("nan"), float("inf"), -float("inf"), 1e30], requires_grad=True)
            y = torch.fake_quantize_per_tensor_affine(x, 0.5, 1, 0, 5)
            y.sum().backward()
            return y, x.grad

        check(program)

    @BOTH
    def test_refusals(self, torch: ModuleType) -> None:
        x, scale, zero = torch.ones(2, 3), torch.ones(2), torch.zeros(2, dtype=torch.int32)
        whole, channels = torch.fake_quantize_per_tensor_affine, torch.fake_quantize_per_channel_affine
        for error, call in (
            (RuntimeError, lambda: whole(x, 0.5, 1, 6, 5)),
            (RuntimeError, lambda: whole(x, 0.5, 9, 0, 5)),
            (NotImplementedError, lambda: whole(x.int(), 0.5, 1, 0, 5)),
            (RuntimeError, lambda: channels(x, scale, zero.long(), 0, 0, 5)),
            (RuntimeError, lambda: channels(x, scale, zero, 1, 0, 5)),
            (RuntimeError, lambda: channels(x, scale, zero + 7, 0, 0, 5)),
            (IndexError, lambda: channels(x, scale, zero, 4, 0, 5)),
            (RuntimeError, lambda: channels(x, scale, zero, -2, 0, 5)),
        ):
            with pytest.raises(error):
                call()


@BOTH
def test_arithmetic_of_sizes(torch: ModuleType) -> None:
    assert [torch.sym_int(2.7), torch.sym_int(-2.7), torch.sym_fresh_size(3)] == [2, -2, 3]
    for function, given, expected in (
        (torch.sym_float, (2,), 2.0),
        (torch.sym_max, (1, 2), 2),
        (torch.sym_max, (3, 2.0), 3.0),
        (torch.sym_min, (1, 2.0), 1.0),
        (torch.sym_min, (np.int64(4), 3), 3),
        (torch.sym_not, (0,), True),
        (torch.sym_ite, (True, 1, 2), 1),
        (torch.sym_sum, ([1, 2, 3],), 6),
        (torch.sym_sum, (1, 2, 3.5), 6.5),
        (torch.sym_sqrt, (4,), 2.0),
    ):
        assert function(*given) == expected
        assert type(function(*given)) is type(expected)
    assert torch.sym_constrain_range(3, min=1, max=5) is None
    assert torch.sym_constrain_range_for_size(3, max=5) is None
    for error, call in (
        (AssertionError, lambda: torch.sym_max("a", 2)),
        (AssertionError, lambda: torch.sym_ite(1, 1, 2)),
        (AssertionError, lambda: torch.sym_ite(True, 1, 2.0)),
        (ValueError, lambda: torch.sym_sqrt(-1)),
        (RuntimeError, lambda: torch.sym_constrain_range(3, min=1, max=2)),
        (RuntimeError, lambda: torch.sym_constrain_range(3, min=4, max=2)),
        (RuntimeError, lambda: torch.sym_constrain_range_for_size(1, max=2)),
    ):
        with pytest.raises(error):
            call()


@pytest.mark.parametrize("kind", ["BFloat16", "Bool", "Byte", "Char", "ComplexDouble", "ComplexFloat", "Double",
                                  "Float", "Half", "Int", "Long", "Short"])  # fmt: skip
@BOTH
def test_storages_of_a_dtype(torch: ModuleType, kind: str) -> None:
    cls = getattr(torch, f"{kind}Storage")
    made = cls([1, 0, 1])
    assert made.tolist() == [1, 0, 1]
    assert (made.size(), len(cls(4)), len(cls()), made.dtype == cls.dtype) == (3, 4, 0, True)
    assert isinstance(made, cls)
    assert isinstance(made, torch.TypedStorage)
    other = torch.ByteStorage if kind == "Char" else torch.CharStorage
    assert not isinstance(made, other)
    x = torch.ones(2, 2, dtype=cls.dtype)
    assert x.storage_type() is cls
    assert isinstance(x.storage(), cls)
    x.storage()[1] = 0
    assert x.tolist() == [[1, 0], [1, 1]]
    copy = x.storage().clone()
    assert copy.element_size() == cls.dtype.itemsize
    assert x.storage().fill_(0).tolist() == [0, 0, 0, 0]
    assert x.storage().copy_(copy).tolist() == [1, 0, 1, 1]
    assert x.storage().untyped().nbytes() == 4 * cls.dtype.itemsize


@BOTH
def test_default_storage(torch: ModuleType) -> None:
    assert torch.Storage is torch.FloatStorage
    with pytest.raises(RuntimeError):
        torch.FloatStorage(2, 3)


def test_views_and_products() -> None:
    def program(torch: ModuleType) -> Any:
        x = torch.from_numpy(values((3, 4)))
        part = x[:, 1:3]
        whole = part.slice_inverse(x, 1, 1, 3)
        y = (torch.ones(2, requires_grad=True) * 2)[:]
        z = torch.ones(2, requires_grad=True) * 2
        kept = torch.detach_(z)
        return [
            *(whole, whole.data_ptr() == x.data_ptr(), torch.slice_inverse(x[1:], x, 0, 1), y.requires_grad),
            *(kept is z, z.requires_grad, torch.spmm(x, x.t()), torch.dsmm(x, x.t())),
            *(x.sparse_dim(), x.dense_dim(), x[0, 0].dense_dim()),
            *(torch.dequantize(x) is x, str(x.double().dequantize().dtype).split(".")[-1], torch.dequantize(x.int())),
            *(torch.is_vulkan_available(), torch.is_autocast_xla_enabled(), torch.is_autocast_ipu_enabled()),
        ]

    check(program)


@BOTH
def test_the_whole_of_a_copy_is_refused(torch: ModuleType) -> None:
    x = torch.ones(3, 4)
    with pytest.raises(RuntimeError):
        torch.slice_inverse(x[:, 1:3].clone(), x, 1, 1, 3)


@pytest.mark.parametrize("shape", [(5, 3), (2, 3, 4), (2, 3, 2, 2)])
def test_statistics_of_batch_normalisation(shape: tuple[int, ...]) -> None:
    def program(torch: ModuleType) -> Any:
        x = torch.from_numpy(values(shape))
        mean, var = torch.zeros(3), torch.ones(3)
        found = torch.batch_norm_update_stats(x, mean, var, 0.1)
        return list(found), mean, var, list(torch.batch_norm_update_stats(x, None, None, 0.1))

    check(program)
