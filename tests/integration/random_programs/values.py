# SPDX-License-Identifier: Apache-2.0
"""Tensors that both libraries hold alike: how they are made, read and compared."""

from __future__ import annotations

import ctypes
import random
from collections.abc import Set
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import vt_core
import vt_torch

# Names with their weights: what programs compute with most comes first.
DTYPES = {
    "float64": 8,
    "float32": 8,
    "int64": 4,
    "float16": 2,
    "bfloat16": 2,
    "bool": 2,
    "int32": 2,
    "uint8": 1,
    "int8": 1,
    "int16": 1,
    "complex64": 1,
    "complex128": 1,
}
SIZES = (0, 1, 1, 2, 2, 2, 3, 3, 4)
RELATIVE = {"float16": 4e-3, "bfloat16": 4e-2, "float32": 2e-5, "complex64": 2e-5}
# Functions that PyTorch computes to fewer digits than float64 has, by comparison with SciPy.
ROUGH = {
    "special_airy_ai": 4e-5,
    "special_bessel_j0": 1e-6,
    "special_bessel_j1": 1e-6,
    "special_bessel_y0": 1e-6,
    "special_bessel_y1": 2e-6,
    "polygamma": 1e-8,
    "polygamma_": 1e-8,
    "special_polygamma": 1e-8,
}


@dataclass
class Twin:
    """One tensor in both libraries."""

    ours: Any
    theirs: Any

    @property
    def dtype(self) -> str:
        return str(self.theirs.dtype).removeprefix("torch.")

    def has_same_strides(self) -> bool:
        """Whether both step alike; a dimension of one element does not step."""
        sizes = self.theirs.shape
        return all(o == t or n == 1 for o, t, n in zip(self.ours.stride(), self.theirs.stride(), sizes))


def shape(rng: random.Random, max_dims: int = 4) -> tuple[int, ...]:
    return tuple(rng.choice(SIZES) for _ in range(rng.choice((0, 1, 1, 2, 2, 2, 3, 3, max_dims))))


def dtype(rng: random.Random) -> str:
    return rng.choices(list(DTYPES), list(DTYPES.values()))[0]


def elements(rng: random.Random, sizes: tuple[int, ...], name: str) -> torch.Tensor:
    """Few distinct numbers, each exact in every dtype, so that ties and zeros are met; now and then one that is not finite."""
    count = int(np.prod(sizes, dtype=np.int64))
    kind: torch.dtype = getattr(torch, name)
    low = 0 if name in ("uint8", "bool") else -8
    step = 4 if kind.is_floating_point or kind.is_complex else 1
    numbers: list[Any] = [rng.randint(low, 8) / step for _ in range(count)]
    if kind.is_complex:
        numbers = [complex(number, rng.randint(-8, 8) / 4) for number in numbers]
    if count and rng.random() < 0.04:
        numbers[rng.randrange(count)] = _extreme(rng, kind)
    return torch.tensor(numbers, dtype=torch.complex128 if kind.is_complex else None).to(kind).reshape(sizes)


def _extreme(rng: random.Random, kind: torch.dtype) -> Any:
    if kind.is_floating_point:
        return rng.choice((float("inf"), -float("inf"), float("nan"), -0.0, torch.finfo(kind).tiny))
    return 0


def to_ours(source: torch.Tensor) -> Any:
    """A contiguous copy bit for bit, through no protocol that is itself under test."""
    dense = source.detach().resolve_conj().resolve_neg().contiguous()
    result = vt_core.ops.empty(tuple(dense.shape), dtype=getattr(vt_core, str(dense.dtype).removeprefix("torch.")))
    ctypes.memmove(result.data_ptr(), dense.data_ptr(), dense.numel() * dense.element_size())
    return result


def to_theirs(source: Any) -> torch.Tensor:
    """The way back; reads through sizes and strides."""
    result = torch.empty(tuple(source.shape), dtype=getattr(torch, source.dtype.name))
    if not source.numel():
        return result
    span = 1 + sum((size - 1) * stride for size, stride in zip(source.shape, source.stride()))
    memory = torch.empty(span, dtype=result.dtype)
    ctypes.memmove(memory.data_ptr(), source.data_ptr(), span * result.element_size())
    return result.copy_(memory.as_strided(tuple(source.shape), tuple(source.stride())))


def twin(source: torch.Tensor) -> Twin:
    return Twin(to_ours(source), source.detach().resolve_conj().clone(memory_format=torch.contiguous_format))


def leaf(rng: random.Random, source: torch.Tensor, requires_grad: bool) -> tuple[Twin, Twin]:
    """A leaf, and the elements of `source` over it: the leaf itself, its transpose, or every other of its elements."""
    layout = rng.choice(("plain", "plain", "transposed", "sliced")) if source.ndim else "plain"
    base = source.detach()
    if layout == "transposed":
        base = base.permute(_reversed(base))
    elif layout == "sliced":
        base = torch.stack((base, base), -1).flatten(-2)
    root = twin(base)
    if requires_grad and (base.is_floating_point() or base.is_complex()):
        root.ours.requires_grad_()
        root.theirs.requires_grad_()
    if layout == "transposed":
        return root, Twin(root.ours.permute(_reversed(base)), root.theirs.permute(_reversed(base)))
    if layout == "sliced":
        return root, Twin(root.ours[..., 1::2], root.theirs[..., 1::2])
    return root, root


def _reversed(tensor: torch.Tensor) -> tuple[int, ...]:
    return tuple(range(tensor.ndim))[::-1]


def synchronise(value: Twin) -> None:
    """Let ours hold the very bits of theirs, so that what differs later does not come from rounding here.

    Not where there is a graph, which may find its elements again by comparing.
    """
    if value.theirs.requires_grad or value.theirs.is_conj() or value.theirs.is_neg():
        return
    if not value.has_same_strides() or not value.theirs.numel():
        return
    span = 1 + sum((size - 1) * stride for size, stride in zip(value.theirs.shape, value.theirs.stride()))
    ctypes.memmove(value.ours.data_ptr(), value.theirs.data_ptr(), span * value.theirs.element_size())


def difference(ours: Any, theirs: Any, scale: float = 1.0, kinds: Set[str] = frozenset()) -> str | None:
    """What distinguishes two results, or None.

    `scale` is the magnitude of what they were computed from, `kinds` its dtypes and the operators that computed it.
    """
    if isinstance(theirs, torch.Tensor):
        if not isinstance(ours, vt_torch.Tensor):
            return f"kind: got {type(ours).__name__}, expected a tensor"
        return _tensor_difference(ours, theirs, scale, kinds)
    if isinstance(theirs, (tuple, list)):
        if not isinstance(ours, (tuple, list)) or len(ours) != len(theirs):
            return f"kind: got {ours}, expected {theirs}"
        pairs = enumerate(zip(ours, theirs))
        return next((f"[{i}] {found}" for i, (o, t) in pairs if (found := difference(o, t, scale, kinds))), None)
    if isinstance(theirs, (torch.dtype, torch.device)):
        return None if str(ours).rpartition(".")[2] == str(theirs).rpartition(".")[2] else f"value: {ours}, {theirs}"
    if isinstance(theirs, float) and isinstance(ours, float):
        return None if ours == theirs or (ours != ours and theirs != theirs) else f"value: {ours}, expected {theirs}"
    return None if ours == theirs and type(ours) is type(theirs) else f"value: got {ours!r}, expected {theirs!r}"


def _tensor_difference(ours: Any, theirs: torch.Tensor, scale: float, kinds: Set[str]) -> str | None:
    name = str(theirs.dtype).removeprefix("torch.")
    if ours.dtype.name != name:
        return f"dtype: got {ours.dtype.name}, expected {name}"
    if tuple(ours.shape) != tuple(theirs.shape):
        return f"shape: got {tuple(ours.shape)}, expected {tuple(theirs.shape)}"
    if ours.requires_grad != theirs.requires_grad:
        return f"requires_grad: got {ours.requires_grad}"
    got, want = to_theirs(ours), theirs.detach()
    if torch.equal(got, want):
        return None
    if not (want.is_floating_point() or want.is_complex()):
        return f"value: got {got.tolist()}, expected {want.tolist()}"
    wide = torch.complex128 if want.is_complex() else torch.float64
    got, want = got.to(wide), want.to(wide)
    finite = want.abs()[want.isfinite()]
    largest = max(scale, float(finite.max()) if finite.numel() else 0.0)
    relative = max((RELATIVE | ROUGH).get(kind, 1e-10) for kind in {name, *kinds})
    if torch.allclose(got, want, rtol=0.0, atol=relative * largest, equal_nan=True):
        return None
    return f"value: got {got.tolist()}, expected {want.tolist()} ({name})"
