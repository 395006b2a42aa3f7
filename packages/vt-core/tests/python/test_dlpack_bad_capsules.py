# SPDX-License-Identifier: Apache-2.0
"""Lying DLPack capsules: each ends in a named error, in its own process, with its memory given back once."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable
from typing import Any

import pytest
import vt_core as vt
from capsules import BFLOAT, BOOL, COMPLEX, INT, OPAQUE, UINT, Producer
from vt_core.testing import Outcome, run_forked

MAX = 2**63 - 1

REFUSED: dict[str, dict[str, Any]] = {
    "major version 2": {"version": (2, 0)},
    "major version 0": {"version": (0, 8)},
    "huge major version": {"version": (2**32 - 1, 0)},
    "ndim -1": {"ndim": -1},
    "ndim minimum": {"ndim": -(2**31)},
    "ndim 65": {"shape": (1,) * 65},
    "ndim huge": {"ndim": 2**31 - 1},
    "null shape": {"shape": None, "ndim": 2},
    "null data": {"data": 0},
    "null data, unversioned": {"data": 0, "versioned": False},
    "null data with an offset": {"data": 0, "byte_offset": 64},
    "negative size": {"shape": (2, -3)},
    "most negative size": {"shape": (-(2**63),)},
    "two negative sizes": {"shape": (-2, -3)},
    "size product wraps to zero": {"shape": (2**32, 2**32)},
    "size product wraps to small": {"shape": (2**32 + 1, 2**32)},
    "byte size overflows": {"shape": (2**62,)},
    "byte size overflows by one element": {"shape": (MAX,)},
    "negative stride": {"strides": (-3, 1)},
    "negative stride, unversioned": {"strides": (3, -1), "versioned": False},
    "stride of a one-element dimension that overflows": {"shape": (2, 2), "strides": (MAX, MAX)},
    "span overflows": {"shape": (3, 3), "strides": (2**62, 1)},
    "span overflows in bytes": {"shape": (2, 1), "strides": (2**61, 1)},
    "offset not a multiple of the element": {"byte_offset": 2},
    "offset overflows the address": {"byte_offset": 2**64 - 4},
    "data not aligned to the element": {"data": "odd"},
    "no lanes": {"lanes": 0},
    "two lanes": {"lanes": 2},
    "many lanes": {"lanes": 65535},
    "no bits": {"bits": 0},
    "four bits": {"code": INT, "bits": 4},
    "float of 8 bits": {"bits": 8},
    "float of 128 bits": {"bits": 128},
    "int of 24 bits": {"code": INT, "bits": 24},
    "int of 128 bits": {"code": INT, "bits": 128},
    "uint of 255 bits": {"code": UINT, "bits": 255},
    "bool of 1 bit": {"code": BOOL, "bits": 1},
    "bool of 32 bits": {"code": BOOL, "bits": 32},
    "bfloat of 32 bits": {"code": BFLOAT, "bits": 32},
    "complex of 32 bits": {"code": COMPLEX, "bits": 32},
    "opaque handles": {"code": OPAQUE, "bits": 64},
    "unknown code": {"code": 99},
    "last code": {"code": 255},
    "unknown device": {"device": (99, 0)},
    "device type 0": {"device": (0, 0)},
    "negative device type": {"device": (-1, 0)},
    "cpu index out of range": {"device": (1, 7)},
    "negative cpu index": {"device": (1, -1)},
    "a device that no backend serves": {"device": (8, 0)},
}


def expect_refusal(case: Callable[[], Any]) -> Outcome:
    outcome = run_forked(case)
    assert outcome.kind == "raised", outcome
    assert {"BufferError", "ValueError", "TypeError", "RuntimeError", "ImportError", "AttributeError"} & set(
        outcome.classes
    ), outcome
    assert "SystemError" not in outcome.classes, outcome
    assert outcome.message
    return outcome


@pytest.mark.parametrize("fields", REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.parametrize("with_deleter", [True, False], ids=["deleter", "no deleter"])
def test_lying_capsule_is_refused_and_given_back(fields: dict[str, Any], with_deleter: bool) -> None:
    def case() -> None:
        options = dict(fields)
        if options.get("data") == "odd":
            buffer = ctypes.create_string_buffer(256)
            options["data"] = (ctypes.addressof(buffer) + 63 & ~63) + 1
        producer = Producer(**options, deleter=with_deleter)
        try:
            tensor = vt.from_dlpack(producer)
        except Exception:
            producer.forget()
            assert producer.deleted == len(producer.asked), f"given back {producer.deleted} times"
            # The library goes on.
            assert vt.from_dlpack(Producer()).shape == (2, 3)
            raise
        raise AssertionError(f"accepted as {tuple(tensor.shape)} {tensor.dtype}")

    expect_refusal(case)


@pytest.mark.parametrize("name", [b"used_dltensor", b"used_dltensor_versioned", b"dltensor_v2", b"", b"tensor"])
def test_capsule_of_another_name_is_refused(name: bytes) -> None:
    def case() -> None:
        producer = Producer()
        producer.name = name
        vt.from_dlpack(producer)

    expect_refusal(case)


@pytest.mark.parametrize("versioned", [True, False])
def test_capsule_used_twice_is_refused(versioned: bool) -> None:
    def case() -> None:
        producer = Producer(versioned=versioned)
        capsule = producer.capsule()
        first = vt.from_dlpack(capsule)
        try:
            vt.from_dlpack(capsule)
        finally:
            del capsule
            gc.collect()
            assert producer.deleted == 0, "the memory of a living tensor was given back"
            del first
            gc.collect()
            assert producer.deleted == 1, f"given back {producer.deleted} times"

    expect_refusal(case)


class _Returning:
    def __init__(self, value: Any) -> None:
        self.value = value

    def __dlpack__(self, **options: Any) -> Any:
        if isinstance(self.value, Exception):
            raise self.value
        return self.value

    def __dlpack_device__(self) -> tuple[int, int]:
        return 1, 0


@pytest.mark.parametrize(
    "value", [None, 7, "dltensor", b"dltensor", [], object()], ids=lambda value: type(value).__name__
)
def test_producer_that_returns_no_capsule_is_refused(value: Any) -> None:
    expect_refusal(lambda: vt.from_dlpack(_Returning(value)))


def test_error_of_a_producer_comes_through() -> None:
    with pytest.raises(ValueError, match="no export today"):
        vt.from_dlpack(_Returning(ValueError("no export today")))


@pytest.mark.parametrize("value", [None, 1, 1.5, "x", [1, 2]], ids=lambda value: type(value).__name__)
def test_object_without_the_protocol_is_refused(value: Any) -> None:
    outcome = expect_refusal(lambda: vt.from_dlpack(value))
    assert "TypeError" in outcome.classes or "AttributeError" in outcome.classes


ACCEPTED: dict[str, dict[str, Any]] = {
    "newer minor version": {"version": (1, 99)},
    "unknown flags": {"flags": 1 << 40},
    "null strides": {"strides": None},
    "zero stride": {"strides": (0, 1)},
    "zero elements and null data": {"shape": (0, 3), "data": 0},
    "no dimensions": {"shape": ()},
    "no dimensions and null shape": {"shape": None, "ndim": 0},
    "byte offset of whole elements": {"byte_offset": 64},
    "unversioned": {"versioned": False},
    "complex": {"code": COMPLEX, "bits": 64},
    "bfloat": {"code": BFLOAT, "bits": 16},
    "bool": {"code": BOOL, "bits": 8},
    "strides that overlap": {"shape": (3, 3), "strides": (1, 1)},
}


@pytest.mark.parametrize("fields", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_honest_capsule_is_read_and_given_back_once(fields: dict[str, Any]) -> None:
    def case() -> None:
        producer = Producer(**fields)
        tensor = vt.from_dlpack(producer)
        assert tuple(tensor.shape) == (() if fields.get("shape", ...) is None else tuple(fields.get("shape", (2, 3))))
        tensor.tolist()
        view = tensor.detach()
        del tensor
        gc.collect()
        assert producer.deleted == 0, "given back while a view lives"
        del view
        gc.collect()
        assert producer.deleted == 1, f"given back {producer.deleted} times"

    outcome = run_forked(case)
    assert outcome.kind == "returned", outcome


def test_null_deleter_is_allowed() -> None:
    def case() -> None:
        tensor = vt.from_dlpack(Producer(deleter=False))
        del tensor
        gc.collect()

    assert run_forked(case).kind == "returned"
