# SPDX-License-Identifier: Apache-2.0
"""Every row of the op table on the device, in all dtypes, layouts and forms, against the CPU."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import vt_core as vt
import vt_cuda
from on_cuda import LIBRARIES, is_served, to_cuda
from vt_core.testing import TOLERANCES, assert_close
from vt_core.testing.op_table import OP_TABLE, OpRow, Sample, build

ROWS = [row for row in OP_TABLE if is_served(row)]
MISSING = [row for row in OP_TABLE if not is_served(row)]


def _cases() -> Iterator[Any]:
    for row in ROWS:
        for dtype in row.dtypes:
            for layout in row.layouts:
                if not (row.is_in_place_only and row.writes_elements and layout == "expanded"):
                    yield pytest.param(row, dtype, layout, id=f"{row.name}-{dtype}-{layout}")


def _form_cases(form: str) -> Iterator[Any]:
    for row in ROWS:
        if form in row.flags:
            for dtype in row.dtypes:
                yield pytest.param(row, dtype, id=f"{row.name}-{dtype}")


def _on_device(row: OpRow, sample: Sample) -> Sample:
    """The sample with its tensors on the device, and generators that stand where its own do; makers get `device`."""

    def move(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(move(item) for item in value)
        if isinstance(value, vt.Generator):
            return vt.Generator("cuda").set_state(value.get_state())
        return to_cuda(value) if isinstance(value, vt.Tensor) else value

    args = move(sample.args)
    has_tensors = any(isinstance(a, vt.Tensor) for arg in args for a in (arg if isinstance(arg, tuple) else (arg,)))
    kwargs = {name: move(value) for name, value in sample.kwargs.items()}
    takes_device = any("device" in schema for schema in getattr(vt.ops, row.name.partition(".")[0]).schemas)
    return Sample(args, kwargs if has_tensors or not takes_device else {**kwargs, "device": "cuda"})


def _check(row: OpRow, result: Any, expected: Any) -> None:
    if isinstance(expected, tuple):
        for i, (part, one) in enumerate(zip(result, expected, strict=True)):
            if one is None:
                assert part is None
            elif i in row.checked_results:
                _check_one(row, part, one)
    else:
        _check_one(row, result, expected)


def _check_one(row: OpRow, result: vt.Tensor | bool, expected: vt.Tensor | bool) -> None:
    if isinstance(expected, bool) or isinstance(result, bool):
        assert result is expected
        return
    assert result.device.type == "cuda"
    assert result.dtype == expected.dtype
    assert tuple(result.shape) == tuple(expected.shape)
    if row.has_contents:
        rule: dict[str, Any] = {}
        if expected.dtype.name in row.device_atol:
            rule = {"rtol": TOLERANCES[expected.dtype.name].rtol, "atol": row.device_atol[expected.dtype.name]}
        assert_close(result.to(device="cpu"), expected, **rule)


@pytest.mark.parametrize(("row", "dtype", "layout"), list(_cases()))
def test_matches_the_cpu(row: OpRow, dtype: str, layout: str) -> None:
    for sample in row.samples(dtype):
        tensors, _ = build(sample, dtype, layout)
        on_device = _on_device(row, tensors)
        expected = row.outcome(row.function(*tensors.args, **tensors.kwargs), tensors.args)
        result = row.outcome(row.function(*on_device.args, **on_device.kwargs), on_device.args)
        _check(row, result, expected)
        if isinstance(expected, (tuple, bool)):
            continue
        if not row.is_view and expected.numel() > 1 and row.has_contents and not row.name.startswith("as_strided"):
            assert _strides(result) == _strides(expected)


def _strides(tensor: vt.Tensor) -> list[int]:
    """Of dimensions with more than one entry: those of the others reach nothing."""
    return [stride for size, stride in zip(tensor.shape, tensor.stride(), strict=True) if size > 1]


@pytest.mark.parametrize(("row", "dtype"), list(_form_cases("inplace")))
def test_in_place_form(row: OpRow, dtype: str) -> None:
    form = getattr(vt.ops, f"{row.name.partition('.')[0]}_")
    for layout in ("contiguous", "transposed", "sliced"):
        for sample in row.samples(dtype):
            tensors, _ = build(sample, dtype, layout)
            on_device = _on_device(row, tensors)
            out_of_place = row.function(*tensors.args, **tensors.kwargs)
            if isinstance(out_of_place, tuple):
                continue
            if out_of_place.dtype.name != dtype or out_of_place.shape != tensors.args[0].shape:
                continue
            destination = on_device.args[0]
            assert form(*on_device.args, **on_device.kwargs) is destination
            _check(row, destination, out_of_place)


@pytest.mark.parametrize(("row", "dtype"), list(_form_cases("out")))
def test_out_form(row: OpRow, dtype: str) -> None:
    for sample in row.samples(dtype):
        tensors, _ = build(sample, dtype)
        on_device = _on_device(row, tensors)
        expected = row.function(*tensors.args, **tensors.kwargs)
        if isinstance(expected, tuple):
            outs = tuple(vt.ops.empty([0], dtype=one.dtype, device="cuda") for one in expected)
            row.function(*on_device.args, **on_device.kwargs, out=outs)
            _check(row, outs, expected)
            continue
        for shape in (tuple(expected.shape), (7, 5)):
            out = vt.ops.empty(list(shape), dtype=expected.dtype, device="cuda")
            assert row.function(*on_device.args, **on_device.kwargs, out=out) is out
            _check(row, out, expected)


@pytest.mark.parametrize("row", [row for row in ROWS if row.errors], ids=lambda row: row.name)
def test_errors(row: OpRow) -> None:
    for case in row.errors:
        if case.is_of_elements:
            continue
        tensors, _ = build(case.sample, case.dtype)
        on_device = _on_device(row, tensors)
        with pytest.raises(case.error, match=case.match):
            _call_and_wait(row, on_device)


def _call_and_wait(row: OpRow, sample: Sample) -> None:
    """An index out of range is reported to whoever waits next."""
    row.function(*sample.args, **sample.kwargs)
    vt_cuda.synchronize()


@pytest.mark.parametrize("row", [row for row in OP_TABLE if row.name in ("add", "mul")], ids=lambda row: row.name)
def test_float8_add_is_refused_by_name(row: OpRow) -> None:
    x = vt.ops.ones([3], dtype=vt.float8_e4m3fn, device="cuda")
    if row.name == "mul":
        assert (x * x).to(device="cpu", dtype=vt.float32).tolist() == [1.0, 1.0, 1.0]
        return
    with pytest.raises(NotImplementedError, match=r"add: not implemented for float8_e4m3fn on cuda"):
        x + x


@pytest.mark.parametrize("row", MISSING, ids=lambda row: row.name)
def test_what_is_missing_is_refused_by_name(row: OpRow) -> None:
    num_refused = 0
    for dtype in row.dtypes:
        for sample in row.samples(dtype):
            tensors = build(sample, dtype)[0]
            on_device = _on_device(row, tensors)
            result: Any = None
            refusal = ""
            try:
                result = row.function(*on_device.args, **on_device.kwargs)
            except NotImplementedError as error:
                refusal = str(error)
            if not refusal:
                _check(row, result, row.function(*tensors.args, **tensors.kwargs))
                continue
            assert "not implemented on cuda" in refusal or "no kernel for device type 'cuda'" in refusal
            assert not row.cuda_library or f"pip install {LIBRARIES[row.cuda_library][1]}" in refusal
            num_refused += 1
    assert num_refused > 0
