# SPDX-License-Identifier: Apache-2.0
"""Sequences of different lengths: padded to one tensor, or packed without padding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Self

import vt_core
from vt_core import ops

from vt_torch._tensor import Tensor

__all__ = [
    "PackedSequence",
    "invert_permutation",
    "pack_padded_sequence",
    "pack_sequence",
    "pad_packed_sequence",
    "pad_sequence",
    "unpack_sequence",
    "unpad_sequence",
]


class _Fields(NamedTuple):
    data: Tensor
    batch_sizes: Tensor
    sorted_indices: Tensor | None
    unsorted_indices: Tensor | None


class PackedSequence(_Fields):
    """Sequences without padding: the rows of all first times, then those of all second ones, longest sequence first.

    Attributes
    ----------
    data : Tensor
        ``(sum of lengths, *)``.
    batch_sizes : Tensor
        int64 on the CPU: how many sequences are that long, for each time.
    sorted_indices, unsorted_indices : Tensor or None
        From the order of the caller to that by length, and back.
    """

    def __new__(
        cls,
        data: Any,
        batch_sizes: Tensor | None = None,
        sorted_indices: Tensor | None = None,
        unsorted_indices: Tensor | None = None,
    ) -> Self:
        """Join the parts; they come from `pack_padded_sequence`."""
        if batch_sizes is None:
            data, batch_sizes = data
        assert batch_sizes is not None
        if batch_sizes.device.type != "cpu":
            raise ValueError(
                "batch_sizes should always be on CPU. Instances of PackedSequence should never be created manually. They "
                "should be instantiated by functions like pack_sequence and pack_padded_sequences in nn.utils.rnn."
            )
        if unsorted_indices is None:
            unsorted_indices = invert_permutation(sorted_indices)
        return super().__new__(cls, data, batch_sizes, sorted_indices, unsorted_indices)

    def to(self, *args: Any, **kwargs: Any) -> Self:
        """Return the sequences with the data and the indices on another device, the data in another dtype."""
        data = self.data.to(*args, **kwargs)
        if data is self.data:
            return self
        orders = (None if t is None else t.to(data.device) for t in (self.sorted_indices, self.unsorted_indices))
        return type(self)(data, self.batch_sizes, *orders)

    def cuda(self, *args: Any, **kwargs: Any) -> Self:
        """Return the sequences on a CUDA device."""
        return self.to(*args, **kwargs) if args or "device" in kwargs else self.to(device="cuda", **kwargs)

    def cpu(self) -> Self:
        """Return the sequences on the CPU."""
        return self.to("cpu")

    def double(self) -> Self:
        """Return the sequences in float64."""
        return self.to(dtype=vt_core.float64)

    def float(self) -> Self:
        """Return the sequences in float32."""
        return self.to(dtype=vt_core.float32)

    def half(self) -> Self:
        """Return the sequences in float16."""
        return self.to(dtype=vt_core.float16)

    def long(self) -> Self:
        """Return the sequences in int64."""
        return self.to(dtype=vt_core.int64)

    def int(self) -> Self:
        """Return the sequences in int32."""
        return self.to(dtype=vt_core.int32)

    def short(self) -> Self:
        """Return the sequences in int16."""
        return self.to(dtype=vt_core.int16)

    def char(self) -> Self:
        """Return the sequences in int8."""
        return self.to(dtype=vt_core.int8)

    def byte(self) -> Self:
        """Return the sequences in uint8."""
        return self.to(dtype=vt_core.uint8)

    @property
    def is_cuda(self) -> bool:
        """Whether the data is on a CUDA device."""
        return self.data.device.type == "cuda"


def invert_permutation(permutation: Tensor | None) -> Tensor | None:
    """Return the permutation that undoes another."""
    if permutation is None:
        return None
    places = ops.arange(permutation.numel(), device=permutation.device)
    return ops.scatter(ops.empty_like(permutation), 0, permutation, places)


def pack_padded_sequence(
    input: Tensor, lengths: Tensor | Sequence[int], batch_first: bool = False, enforce_sorted: bool = True
) -> PackedSequence:
    """Leave out the padding of sequences ``(T, B, *)``, or ``(B, T, *)`` under `batch_first`.

    Parameters
    ----------
    lengths : Tensor or sequence of int
        ``(B,)``, on the CPU.
    enforce_sorted : bool
        The sequences have to be sorted by length already, longest first; otherwise they are sorted here.

    Raises
    ------
    RuntimeError
        If the lengths do not ascend as told, are not positive, or are not one for each sequence.
    """
    sizes = lengths if isinstance(lengths, Tensor) else vt_core.as_tensor(list(lengths), dtype=vt_core.int64)
    sizes = sizes.to(dtype=vt_core.int64)
    order = None
    if not enforce_sorted:
        sizes, order = ops.sort(sizes, 0, True)
        order = order.to(input.device)
        input = input.index_select(0 if batch_first else 1, order)
    if batch_first:
        input = input.transpose(0, 1)
    counts = _batch_sizes(input, sizes.tolist())
    num_times, batch = len(counts), input.shape[1]
    input = input[:num_times].reshape((num_times * batch, *input.shape[2:]))
    if counts[-1] != batch:
        places = [t * batch + b for t, count in enumerate(counts) for b in range(count)]
        input = input.index_select(0, vt_core.tensor(places, dtype=vt_core.int64, device=input.device))
    return PackedSequence(input, vt_core.tensor(counts, dtype=vt_core.int64), order, None)


def _batch_sizes(input: Tensor, lengths: list[int]) -> list[int]:
    """How many sequences there are at each time, their lengths checked."""
    if len(lengths) != input.shape[1]:
        raise RuntimeError(
            f"Expected `len(lengths)` to be equal to batch_size, but got {len(lengths)} (batch_size={input.shape[1]})"
        )
    if not lengths or min(lengths) <= 0:
        raise RuntimeError(
            "Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0"
        )
    if sorted(lengths, reverse=True) != lengths:
        raise RuntimeError(
            "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass "
            "`enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this requirement."
        )
    if lengths[0] > input.shape[0]:
        raise RuntimeError(f"Expected lengths of at most {input.shape[0]}, the size of the input, but got {lengths[0]}")
    return [sum(length > t for length in lengths) for t in range(lengths[0])]


def pad_packed_sequence(
    sequence: PackedSequence,
    batch_first: bool = False,
    padding_value: float = 0.0,
    total_length: int | None = None,
) -> tuple[Tensor, Tensor]:
    """Undo `pack_padded_sequence`: the padded sequences ``(T, B, *)`` and their lengths ``(B,)``.

    Parameters
    ----------
    total_length : int, optional
        T, when more than the longest sequence has.

    Raises
    ------
    ValueError
        If `total_length` is too small.
    """
    counts: list[int] = sequence.batch_sizes.tolist()
    num_times, batch = len(counts), counts[0]
    if total_length is not None:
        if total_length < num_times:
            raise ValueError(
                "Expected total_length to be at least the length of the longest sequence in input, but got "
                f"total_length={total_length} and max sequence length being {num_times}"
            )
        num_times = total_length
    data = sequence.data
    if num_times != len(counts) or counts[-1] != batch:
        padding = ops.full((1, *data.shape[1:]), padding_value, dtype=data.dtype, device=data.device)
        places, start = [data.shape[0]] * (num_times * batch), 0
        for t, count in enumerate(counts):
            places[t * batch : t * batch + count] = range(start, start + count)
            start += count
        where = vt_core.tensor(places, dtype=vt_core.int64, device=data.device)
        data = ops.cat([data, padding]).index_select(0, where)
    padded = data.reshape((num_times, batch, *data.shape[1:]))
    lengths = vt_core.tensor([sum(count > b for count in counts) for b in range(batch)], dtype=vt_core.int64)
    if batch_first:
        padded = padded.transpose(0, 1)
    if sequence.unsorted_indices is not None:
        padded = padded.index_select(0 if batch_first else 1, sequence.unsorted_indices)
        lengths = lengths.index_select(0, sequence.unsorted_indices.to("cpu"))
    return padded, lengths


def pad_sequence(
    sequences: Any,
    batch_first: bool = False,
    padding_value: float = 0.0,
    padding_side: str = "right",
) -> Tensor:
    """Stack sequences ``(T_i, *)`` to ``(T, B, *)``, or ``(B, T, *)``, the shorter ones filled up.

    Parameters
    ----------
    sequences : iterable of Tensor
    padding_side : {"right", "left"}
    """
    if not isinstance(sequences, Iterable):
        raise RuntimeError(
            f"pad_sequence: Expected iterable for input sequences, but got arg of type: {type(sequences)}"
        )
    if padding_side not in ("left", "right"):
        raise RuntimeError(f"padding_side should be either 'left' or 'right', but got '{padding_side}'")
    parts: list[Tensor] = list(sequences)  # pyright: ignore[reportUnknownArgumentType]
    if not parts:
        raise RuntimeError("received an empty list of sequences")
    longest = max(part.shape[0] for part in parts)
    padded: list[Tensor] = []
    for part in parts:
        lack = longest - part.shape[0]
        sides = (0, lack) if padding_side == "right" else (lack, 0)
        padded.append(ops.constant_pad_nd(part, [0, 0] * (part.dim() - 1) + list(sides), padding_value))
    return ops.stack(padded, 0 if batch_first else 1)


def unpad_sequence(padded_sequences: Tensor, lengths: Tensor, batch_first: bool = False) -> list[Tensor]:
    """Undo `pad_sequence`: the sequences, each as long as it was."""
    rows = padded_sequences if batch_first else padded_sequences.transpose(0, 1)
    return [row[:length] for row, length in zip(rows.unbind(0), lengths.tolist(), strict=True)]


def pack_sequence(sequences: Sequence[Tensor], enforce_sorted: bool = True) -> PackedSequence:
    """Pack sequences ``(T_i, *)``; arguments as in `pack_padded_sequence`."""
    lengths = [sequence.shape[0] for sequence in sequences]
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)


def unpack_sequence(packed_sequences: PackedSequence) -> list[Tensor]:
    """Undo `pack_sequence`."""
    padded, lengths = pad_packed_sequence(packed_sequences, batch_first=True)
    return unpad_sequence(padded, lengths, batch_first=True)
