# SPDX-License-Identifier: Apache-2.0
"""Calls by the rows of the op table: arguments that are right for operators whose shapes hang together."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from itertools import islice
from typing import Any

import numpy as np
import torch
from vt_core.testing.op_table import OP_TABLE, Sample, build
from vt_core.testing.op_table.row import Typed

from random_programs import operators
from random_programs.arguments import Call
from random_programs.values import DTYPES, Twin, to_theirs

MAX_ELEMENTS = 400


@cache
def _rows() -> operators.Ring[tuple[Any, operators.Operator]]:
    by_name = {operator.name: operator for operator in operators.operators()}
    return operators.Ring({row.name: (row, by_name[row.name]) for row in OP_TABLE if row.name in by_name})


@cache
def _samples(name: str, dtype: str) -> list[Sample]:
    """The small ones of a row."""
    row = next(row for row in OP_TABLE if row.name == name)
    return [sample for sample in islice(row.samples(dtype), 60) if _num_elements(sample) <= MAX_ELEMENTS]


def _num_elements(sample: Sample) -> int:
    total = 0
    for value in (*sample.args, *sample.kwargs.values()):
        for item in value if isinstance(value, tuple) else (value,):
            array = item.array if isinstance(item, Typed) else item
            total += array.size if isinstance(array, np.ndarray) else 0
    return total


def draw(rng: random.Random, as_twin: Callable[[torch.Tensor], Twin]) -> tuple[str, Any, Any, Call]:
    """A row, one of its dtypes and one of its samples."""
    while True:
        row, operator = _rows().draw(rng)
        dtypes = [name for name in DTYPES if name in row.dtypes]
        if not dtypes:
            continue
        dtype = rng.choices(dtypes, [DTYPES[name] for name in dtypes])[0]
        samples = _samples(row.name, dtype)
        if not samples:
            continue
        tensors, _ = build(rng.choice(samples), dtype)
        call = Call()
        for argument, value in zip(operator.arguments, tensors.args):
            call.add(argument, _converted(value, as_twin))
        named = {argument.name: argument for argument in operator.arguments}
        for name, value in tensors.kwargs.items():
            call.add(named[name], _converted(value, as_twin))
        return operator.name, operator.ours, operator.theirs, call


def _converted(value: Any, as_twin: Callable[[torch.Tensor], Twin]) -> Any:
    if isinstance(value, tuple):
        return tuple(_converted(item, as_twin) for item in value)
    if hasattr(value, "data_ptr"):
        return as_twin(to_theirs(value))
    if type(value).__name__ == "dtype":
        return getattr(torch, value.name)
    return value
