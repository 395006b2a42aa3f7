# SPDX-License-Identifier: Apache-2.0
"""vmap: a function of one entry as a function of a batch, whose entries are computed one after the other."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, cast

import vt_core as vt

from vt_torch.func._tree import flatten, rebuild

__all__ = ["vmap"]


def vmap(
    func: Callable[..., Any],
    in_dims: Any = 0,
    out_dims: Any = 0,
    randomness: str = "error",
    *,
    chunk_size: int | None = None,
) -> Callable[..., Any]:
    """Return a function that maps `func` over a dimension of its arguments.

    Parameters
    ----------
    func : callable
        Takes tensors, or trees of them, without the dimension that is mapped over; returns tensors or a tree of them.
    in_dims : int or tuple
        Which dimension of each positional argument is mapped over; None gives the same to every entry. May be a tree like the
        arguments. Keyword arguments are the same for every entry.
    out_dims : int or tuple
        Where each result has the new dimension; None for a result that is the same for every entry.
    randomness : {"error", "different", "same"}
        Whether every entry draws the same random numbers, by setting the state of the CPU's default generator.
    chunk_size : int, optional
        Taken for compatibility: no more than one entry is computed at a time.

    Returns
    -------
    callable
        Its results are stacked. It composes with the other transforms, and gradients flow through it.

    Raises
    ------
    ValueError
        When called, if there is nothing to map over, sizes differ, or dimensions do not fit the arguments or results.
    RuntimeError
        If `randomness` is unknown.

    Notes
    -----
    Unlike in PyTorch, `func` sees plain tensors: it may branch on their elements, call ``item``, and draw random numbers where
    `randomness` is "error", since what another thread draws meanwhile cannot be told from it. An operator is called once for each
    entry; where it takes a batch itself, that is faster.

    Examples
    --------
    >>> import vt_torch as torch
    >>> torch.vmap(torch.dot)(torch.ones(3, 2), torch.ones(3, 2))
    tensor([2., 2., 2.])
    """
    if randomness not in ("error", "different", "same"):
        raise RuntimeError(f"Only allowed values for randomness are 'error', 'different', or 'same'. Got {randomness}")
    if chunk_size is not None and chunk_size <= 0:
        raise ValueError(f"vmap: chunk_size should be None or greater than 0. (got {chunk_size})")
    if not isinstance(in_dims, (int, tuple)):
        raise ValueError(
            "vmap: expected `in_dims` to be int or a (potentially nested) tuple matching the structure of inputs, got: "
            f"{type(in_dims)}."
        )

    @functools.wraps(func)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        leaves = flatten(args)
        if not leaves:
            raise ValueError("vmap: got no inputs. Maybe you forgot to add inputs, or the function has none.")
        dims = _spread(in_dims, args, "in_dims", "inputs")
        size = _size_of(leaves, dims)
        entries = _entries(leaves, dims, max(size, 1), is_empty=size == 0)
        streams = _Streams(leaves) if randomness == "same" else None
        results: list[Any] = []
        for entry in entries:
            if streams is not None:
                streams.take_back()
            results.append(func(*rebuild(args, entry), **kwargs))
        return _joined(results, out_dims, size)

    return wrapper


class _Streams:
    """Where the default random streams of the CPU and of the devices of some tensors stood."""

    def __init__(self, leaves: list[Any]) -> None:
        places = {
            "cpu",
            *(str(leaf.device) for leaf in leaves if isinstance(leaf, vt.Tensor) and leaf.device.type != "meta"),
        }
        self._streams = [vt.default_generator(place) for place in sorted(places)]
        self._before = [stream.get_state() for stream in self._streams]

    def take_back(self) -> None:
        for stream, state in zip(self._streams, self._before, strict=True):
            stream.set_state(state)


def _spread(dims: Any, tree: Any, name: str, of: str) -> list[int | None]:
    """Return a dimension for each leaf of a tree, from one for all or a tree of them."""
    if dims is None or isinstance(dims, int):
        return [dims] * len(flatten(tree))
    if isinstance(dims, (tuple, list)) and isinstance(tree, (tuple, list)):
        parts, items = cast("list[Any]", dims), cast("list[Any]", tree)
        if len(parts) == len(items):
            return [dim for part, item in zip(parts, items, strict=True) for dim in _spread(part, item, name, of)]
    elif isinstance(dims, dict) and isinstance(tree, dict):
        by_key, members = cast("dict[Any, Any]", dims), cast("dict[Any, Any]", tree)
        if by_key.keys() == members.keys():
            return [dim for key, item in members.items() for dim in _spread(by_key[key], item, name, of)]
    raise ValueError(f"vmap: {name} is not compatible with the structure of `{of}`: got {dims!r}")


def _size_of(leaves: list[Any], dims: list[int | None]) -> int:
    """Return the size of the mapped dimension, which all leaves that are mapped over have."""
    sizes: set[int] = set()
    for leaf, dim in zip(leaves, dims, strict=True):
        if dim is None:
            continue
        if not isinstance(leaf, vt.Tensor):
            raise ValueError(
                f"vmap: Got in_dim={dim} for an input but the input is of type {type(leaf)}. We cannot vmap over non-Tensor "
                "arguments, please use None as the respective in_dim"
            )
        if not -leaf.ndim <= dim < leaf.ndim:
            raise ValueError(
                f"vmap: Got in_dim={dim} for some input, but that input is a Tensor of dimensionality {leaf.ndim} so expected "
                f"in_dim to satisfy -{leaf.ndim} <= in_dim < {leaf.ndim}."
            )
        sizes.add(leaf.shape[dim])
    if not sizes:
        raise ValueError("vmap: at least one input has to be mapped over; every in_dim is None")
    if len(sizes) > 1:
        raise ValueError(
            f"vmap: Expected all tensors to have the same size in the mapped dimension, got sizes {sorted(sizes)} for the mapped "
            "dimension"
        )
    return sizes.pop()


def _entries(leaves: list[Any], dims: list[int | None], count: int, is_empty: bool) -> Iterator[Iterator[Any]]:
    """Yield the leaves of each entry; of an empty batch those of one entry of zeros, for its results' shapes."""
    for i in range(count):
        yield iter([leaf if dim is None else _entry(leaf, dim, i, is_empty) for leaf, dim in zip(leaves, dims)])


def _entry(tensor: vt.Tensor, dim: int, index: int, is_empty: bool) -> vt.Tensor:
    return tensor.sum(dim).to(tensor.dtype) if is_empty else tensor.select(dim, index)


def _joined(results: list[Any], out_dims: Any, size: int) -> Any:
    """Return the results of all entries stacked, each where `out_dims` says."""
    columns = [flatten(result) for result in results]
    for leaf in columns[0]:
        if not isinstance(leaf, vt.Tensor):
            raise ValueError(f"vmap: the function must only return Tensors, got type {type(leaf)}.")
    dims = _spread(out_dims, results[0], "out_dims", "outputs")
    stacked: list[Any] = []
    for i, dim in enumerate(dims):
        if dim is None:
            stacked.append(columns[0][i])
            continue
        whole = vt.ops.stack([column[i] for column in columns], dim)
        stacked.append(whole if size else whole.narrow(dim, 0, 0))
    return rebuild(results[0], iter(stacked))
