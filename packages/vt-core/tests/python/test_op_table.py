# SPDX-License-Identifier: Apache-2.0
"""Every operator of core by its row of the op table: dtypes, layouts and forms against NumPy, errors, coverage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import vt_core as vt
from vt_core.testing import TOLERANCES, assert_close
from vt_core.testing.op_table import ALL_DTYPES, OP_TABLE, OpRow, Sample, build, reference_arguments

ROWS = {row.name: row for row in OP_TABLE}


def _cases() -> Iterator[Any]:
    for row in OP_TABLE:
        for dtype in row.dtypes:
            for layout in row.layouts:
                yield pytest.param(row, dtype, layout, id=f"{row.name}-{dtype}-{layout}")


def _dtype_cases(form: str) -> Iterator[Any]:
    for row in OP_TABLE:
        if form in row.flags:
            for dtype in row.dtypes:
                yield pytest.param(row, dtype, id=f"{row.name}-{dtype}")


def _expected(row: OpRow, dtype: str, sample: Sample, reference: Sample) -> tuple[Any, Any]:
    copies = reference_arguments(reference)
    with np.errstate(all="ignore"):
        expected = row.reference(*copies.args, **copies.kwargs)
    return expected if isinstance(expected, tuple) else np.asarray(expected), row.expected_dtype(dtype, sample)


def _check(row: OpRow, result: Any, expected: Any, dtype: Any) -> None:
    if not isinstance(expected, tuple):
        return _check_one(row, result, expected, dtype)
    dtypes = (dtype,) * len(expected) if isinstance(dtype, str) else dtype
    assert isinstance(result, tuple)
    for i, (part, one, name) in enumerate(zip(result, expected, dtypes, strict=True)):
        if one is None:
            assert part is None
        elif i in row.checked_results:
            _check_one(row, part, np.asarray(one), name)
    return None


def _check_one(row: OpRow, result: vt.Tensor | bool, expected: Any, dtype: str) -> None:
    if isinstance(result, bool):
        assert (result, dtype) == (bool(expected), "bool")
        return
    assert result.dtype.name == dtype
    assert tuple(result.shape) == expected.shape
    if row.has_contents:
        if result.dtype.is_floating_point or result.dtype.is_complex:
            assert_close(result, expected, check_dtype=False, **TOLERANCES[dtype]._asdict())
        else:
            assert_close(result, expected.astype(dtype), check_dtype=False)


@pytest.mark.parametrize(("row", "dtype", "layout"), list(_cases()))
def test_matches_numpy(row: OpRow, dtype: str, layout: str) -> None:
    if row.is_in_place_only and row.writes_elements and layout == "expanded":
        pytest.skip("an expanded tensor cannot be written: test_refuses_to_write_expanded")
    for sample in row.samples(dtype):
        tensors, reference = build(sample, dtype, layout)
        expected, result_dtype = _expected(row, dtype, sample, reference)
        result = row.outcome(row.function(*tensors.args, **tensors.kwargs), tensors.args)
        _check(row, result, expected, result_dtype)
        if row.is_view:
            assert result._is_alias_of(tensors.args[0])
        if row.is_in_place_only and not row.written:
            assert result is tensors.args[0]


@pytest.mark.parametrize(("row", "dtype"), list(_dtype_cases("inplace")))
def test_in_place_form(row: OpRow, dtype: str) -> None:
    form = getattr(vt.ops, f"{row.name.partition('.')[0]}_")
    for layout in ("contiguous", "transposed", "sliced"):
        for sample in row.samples(dtype):
            tensors, reference = build(sample, dtype, layout)
            expected, result_dtype = _expected(row, dtype, sample, reference)
            destination = tensors.args[0]
            if isinstance(expected, tuple) or result_dtype != dtype or expected.shape != tuple(destination.shape):
                continue
            version = destination._version
            assert form(*tensors.args, **tensors.kwargs) is destination
            assert destination._version == version + 1
            _check(row, destination, expected, dtype)


@pytest.mark.parametrize(("row", "dtype"), list(_dtype_cases("out")))
def test_out_form(row: OpRow, dtype: str) -> None:
    for sample in row.samples(dtype):
        tensors, reference = build(sample, dtype)
        expected, result_dtype = _expected(row, dtype, sample, reference)
        if isinstance(expected, tuple):
            outs = tuple(
                vt.ops.empty((0,), dtype=getattr(vt, name))
                for name in ((result_dtype,) * len(expected) if isinstance(result_dtype, str) else result_dtype)
            )
            row.function(*tensors.args, **tensors.kwargs, out=outs)
            _check(row, outs, expected, result_dtype)
            continue
        right_size = vt.ops.empty(expected.shape, dtype=getattr(vt, result_dtype))
        wrong_size = vt.ops.empty((0,), dtype=getattr(vt, result_dtype))
        strided = vt.ops.empty((*expected.shape, 2), dtype=getattr(vt, result_dtype)).select(expected.ndim, 1)
        for out in (right_size, wrong_size, strided):
            version = out._version
            assert row.function(*tensors.args, **tensors.kwargs, out=out) is out
            assert out._version == version + 1
            _check(row, out, expected, result_dtype)


@pytest.mark.parametrize(
    "row",
    [row for row in OP_TABLE if row.is_in_place_only and row.writes_elements and not row.written],
    ids=lambda row: row.name,
)
def test_refuses_to_write_expanded(row: OpRow) -> None:
    sample = next(s for s in row.samples("float32") if s.args[0].ndim > 0)
    further = build(Sample(sample.args[1:], sample.kwargs), "float32")[0]
    expanded = vt.ops.zeros((1, *sample.args[0].shape)).expand((2, *sample.args[0].shape))
    with pytest.raises(RuntimeError, match="several elements at one address"):
        row.function(expanded, *further.args, **further.kwargs)


@pytest.mark.parametrize("row", OP_TABLE, ids=lambda row: row.name)
def test_refuses_other_dtypes(row: OpRow) -> None:
    for dtype in set(ALL_DTYPES) - set(row.dtypes):
        tensors, _ = build(next(iter(row.samples("float32"))), dtype)
        with pytest.raises(NotImplementedError, match=dtype):
            row.function(*tensors.args, **tensors.kwargs)


@pytest.mark.parametrize(
    ("row", "case"),
    [pytest.param(row, case, id=f"{row.name}-{i}") for row in OP_TABLE for i, case in enumerate(row.errors)],
)
def test_errors(row: OpRow, case: Any) -> None:
    tensors, _ = build(case.sample, case.dtype)
    before = [arg._version for arg in tensors.args if isinstance(arg, vt.Tensor)]
    with pytest.raises(case.error, match=case.match):
        row.function(*tensors.args, **tensors.kwargs)
    assert [arg._version for arg in tensors.args if isinstance(arg, vt.Tensor)] == before


def test_every_operator_has_a_row() -> None:
    ops = (getattr(vt.ops, name) for name in dir(vt.ops))
    defined = {schema.partition("(")[0] for op in ops if "alias" not in op.flags[0] for schema in op.schemas}
    assert defined == set(ROWS)
