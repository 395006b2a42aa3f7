# SPDX-License-Identifier: Apache-2.0
"""How tables of bad calls are checked: each in a process of its own, by class, by text, by what is left unchanged."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import vt_core as vt
from vt_core.testing import run_forked

ops = vt.ops


# Where PyTorch's class depends on the operator.
RUNTIME_OR_INDEX = (RuntimeError, IndexError)
RUNTIME_OR_VALUE = (RuntimeError, ValueError)


@dataclass(frozen=True)
class Bad:
    """A call that must be refused.

    Attributes
    ----------
    call : callable
        Takes what `make` returns.
    error : type, or tuple of types
        The class that it raises, or a base of it.
    fragments : tuple of str
        What the text of the error has to name: the operator and the value at fault.
    make : callable, optional
        The operands; default a float32 tensor of sizes (2, 3).
    """

    call: Callable[..., Any]
    error: type[Exception] | tuple[type[Exception], ...]
    fragments: tuple[str, ...]
    make: Callable[[], tuple[Any, ...]] = lambda: (ops.arange(6.0).reshape(2, 3),)


def bits(tensor: vt.Tensor) -> bytes:
    """The bytes of a contiguous CPU tensor."""
    return ctypes.string_at(tensor.data_ptr(), tensor.numel() * tensor.element_size()) if tensor.numel() else b""


def state(operands: tuple[Any, ...]) -> list[Any]:
    """All that a refused call has to leave as it was."""
    tensors = [value for value in operands if isinstance(value, vt.Tensor)]
    return [
        (t.dtype, tuple(t.shape), t.stride(), t._version, b"" if t.is_meta else bits(t.contiguous())) for t in tensors
    ]


def check(bad: Bad) -> None:
    """Run the call twice in a process of its own, so that damage done by the first shows."""

    def run() -> None:
        operands = bad.make()
        before = state(operands)
        texts: list[str] = []
        for _ in range(2):
            try:
                bad.call(*operands)
            except bad.error as error:
                texts.append(str(error))
            assert state(operands) == before, "an operand was changed"
        assert len(texts) == 2, "accepted"
        assert (ops.ones((2,)) + 1).tolist() == [2, 2]
        missing = [fragment for fragment in bad.fragments if fragment not in texts[0]]
        assert not missing, f"{texts[0]!r} does not name {missing}"

    outcome = run_forked(run)
    assert outcome.kind == "returned", outcome
