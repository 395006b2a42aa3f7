# SPDX-License-Identifier: Apache-2.0
"""Other names of operators: every alias has its target's schemas, forms and results."""

from __future__ import annotations

import re
from typing import Any

import pytest
import vt_core as vt
from vt_core.testing.op_table import OP_TABLE, OpRow, build


def _flags(name: str) -> tuple[tuple[str, ...], ...]:
    return getattr(vt.ops, name).flags


def _target(alias: str) -> str:
    found = re.search(r"Another name of `(\w+)`\.", getattr(vt.ops, alias).__doc__)
    assert found, alias
    return found[1]


ALIASES = [name for name in dir(vt.ops) if "alias" in _flags(name)[0] and not name.endswith("_")]
RENAMED = {"swapaxes": {"dim0": "axis0", "dim1": "axis1"}}
# Forms that the names of torch.special and torch.linalg leave out.
METHOD_FORMS = {"method", "inplace"}


def _rows(alias: str) -> list[OpRow]:
    target = _target(alias)
    return [row for row in OP_TABLE if row.name.partition(".")[0] == target]


def _bits(result: Any) -> Any:
    """What of a result must be equal: dtype, sizes and elements, of which repr tells -0 from 0 and shows NaN as itself."""
    if isinstance(result, (tuple, list)):
        return [_bits(part) for part in result]
    return result.dtype, tuple(result.shape), repr(result.tolist())


def test_there_are_aliases() -> None:
    assert {"absolute", "clip", "concatenate", "special_expit", "swapaxes", "true_divide"} <= set(ALIASES)


@pytest.mark.parametrize("alias", ALIASES)
def test_schemas_and_flags_are_the_targets(alias: str) -> None:
    target = _target(alias)
    expected = []
    for schema in getattr(vt.ops, target).schemas:
        text = alias + schema.removeprefix(target)
        for old, new in RENAMED.get(alias, {}).items():
            text = re.sub(rf"\b{old}\b", new, text)
        expected.append(text)
    assert list(getattr(vt.ops, alias).schemas) == expected
    for mine, theirs in zip(_flags(alias), _flags(target), strict=True):
        left_out = METHOD_FORMS if alias.startswith(("special_", "linalg_")) else set()
        assert set(mine) == (set(theirs) - left_out) | {"alias"}
    for name in (alias, f"{alias}_"):
        writes = "inplace" in _flags(alias)[0] or f"{target}_" in dir(vt.ops)
        is_offered = "method" in _flags(alias)[0] and (name == alias or writes)
        assert hasattr(vt.Tensor, name) == is_offered


@pytest.mark.parametrize("alias", ALIASES)
def test_results_are_the_targets(alias: str) -> None:
    rows = _rows(alias)
    assert rows
    for row in rows:
        assert "random" not in row.flags
        for dtype in row.dtypes:
            for sample in row.samples(dtype):
                tensors, _ = build(sample, dtype)
                expected = _bits(row.function(*tensors.args, **tensors.kwargs))
                assert _bits(getattr(vt.ops, alias)(*tensors.args, **tensors.kwargs)) == expected
                if "method" in row.flags and not alias.startswith(("special_", "linalg_")):
                    assert _bits(getattr(tensors.args[0], alias)(*tensors.args[1:], **tensors.kwargs)) == expected


@pytest.mark.parametrize("alias", [name for name in ALIASES if "out" in _flags(name)[0]])
def test_destinations_are_written_once(alias: str) -> None:
    row = _rows(alias)[0]
    sample = next(row.samples("float32"))
    tensors, _ = build(sample, "float32")
    expected = row.function(*tensors.args, **tensors.kwargs)
    out = vt.ops.empty_like(expected)
    assert getattr(vt.ops, alias)(*tensors.args, **tensors.kwargs, out=out) is out
    assert out._version == 1
    assert _bits(out) == _bits(expected)
    if "inplace" in _flags(alias)[0] and expected.dtype == vt.float32 and expected.shape == tensors.args[0].shape:
        written = tensors.args[0].clone()
        assert getattr(vt.ops, f"{alias}_")(written, *tensors.args[1:], **tensors.kwargs) is written
        assert written._version == 1
        assert _bits(written) == _bits(expected)


@pytest.mark.parametrize("alias", ALIASES)
def test_meta_tensors_have_the_targets_sizes(alias: str) -> None:
    for row in _rows(alias):
        tensors, _ = build(next(row.samples("float32")), "float32", device="meta")
        expected = row.function(*tensors.args, **tensors.kwargs)
        result = getattr(vt.ops, alias)(*tensors.args, **tensors.kwargs)
        assert (result.device, result.dtype, result.shape) == (expected.device, expected.dtype, expected.shape)


def test_errors_are_the_targets() -> None:
    with pytest.raises(RuntimeError, match="at least one"):
        vt.ones(2).clip()
    with pytest.raises(TypeError, match=r"swapaxes\(\): got an unexpected keyword argument 'dim0'"):
        vt.ones(2, 2).swapaxes(dim0=0, axis1=1)
    assert tuple(vt.ones(2, 3).swapaxes(axis0=0, axis1=1).shape) == (3, 2)
