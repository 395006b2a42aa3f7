# SPDX-License-Identifier: Apache-2.0
"""What a transform in progress knows: which leaves are its own, and whether another one runs around it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, cast

import vt_core as vt
from vt_autograd import _C, enable_grad, grad, is_grad_enabled

from vt_torch.func._tree import flatten, rebuild

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Transform", "check_tensors", "gradients", "has_level", "select", "split_aux", "with_arguments"]

# A node of the recorded graph, of an operator or of a function.
_Graph = Any


class _Running(threading.local):
    own: set[_Graph] | None = None  # the leaves that the transforms in progress have made


_running = _Running()


def has_level() -> bool:
    """Return whether the calling thread computes with dual numbers already, whose levels do not nest."""
    return _C._has_dual_level()  # pyright: ignore[reportPrivateUsage]


class Transform:
    """The scope of one transform: everything in it is recorded.

    Results of the outermost transform keep a history only where they depend on something that the user made require grad:
    the leaves that transforms made for themselves do not count.
    """

    def __init__(self) -> None:
        self._recording = is_grad_enabled()
        self._is_nested = _running.own is not None
        self._own: set[_Graph] = set() if _running.own is None else _running.own

    def __enter__(self) -> Transform:
        self._enable = enable_grad()
        self._enable.__enter__()
        self._around = _running.own
        _running.own = self._own
        return self

    def __exit__(self, *exception: object) -> None:
        _running.own = self._around
        self._enable.__exit__(*exception)

    def input(self, x: vt.Tensor) -> vt.Tensor:
        """Return `x` as the function is to see it: apart from other uses of it, requiring grad, with its tangent."""
        view = vt.ops.alias(x)
        if view.requires_grad:
            return view
        leaf = view.requires_grad_()
        self._own.add(_node_of(leaf))
        return leaf

    def result(self, tree: Any) -> Any:
        """Return results for the caller."""
        if self._is_nested or has_level():
            return tree  # detached it would lose what an outer transform computes with
        return rebuild(tree, iter([self._released(leaf) for leaf in flatten(tree)]))

    def _released(self, value: Any) -> Any:
        if not isinstance(value, vt.Tensor) or not value.requires_grad:
            return value
        if self._recording and _depends_on_others(value, self._own):
            return value
        return value.detach()


def _node_of(tensor: vt.Tensor) -> _Graph:
    """The node of a tensor that requires grad; of a leaf, its accumulator."""
    node: _Graph = tensor.grad_fn
    if node is not None:
        return node
    recorded: _Graph = vt.ops.alias(tensor).grad_fn
    return recorded.next_functions[0][0]


def _depends_on_others(tensor: vt.Tensor, own: set[_Graph]) -> bool:
    stack: list[_Graph] = [_node_of(tensor)]
    seen: set[_Graph] = set(stack)
    while stack:
        node = stack.pop()
        if not node.next_functions and node not in own and node.name() == "AccumulateGrad":
            return True
        for following, _ in node.next_functions:
            if following is not None and following not in seen:
                seen.add(following)
                stack.append(following)
    return False


def gradients(
    outputs: Sequence[vt.Tensor], points: Sequence[vt.Tensor], weights: Sequence[vt.Tensor | None]
) -> list[vt.Tensor]:
    """Return recorded gradients, zeros where there is no way from an output to a point."""
    pairs = [(out, w) for out, w in zip(outputs, weights) if out.requires_grad]
    if not pairs:
        return [vt.ops.zeros_like(x) for x in points]
    found = grad(
        [out for out, _ in pairs], list(points), [w for _, w in pairs], create_graph=True, materialize_grads=True
    )
    return list(found)


def select(args: tuple[Any, ...], argnums: int | tuple[int, ...], name: str) -> Any:
    """Return the arguments that are differentiated: one, or a tuple."""

    def one(index: int) -> Any:
        if not -len(args) <= index < len(args):
            raise RuntimeError(f"{name}: got argnum={index}, but only {len(args)} positional inputs")
        return args[index]

    return one(argnums) if isinstance(argnums, int) else tuple(one(index) for index in argnums)


def with_arguments(args: tuple[Any, ...], argnums: int | tuple[int, ...], chosen: Any) -> tuple[Any, ...]:
    """Return the arguments with those that are differentiated replaced."""
    changed = list(args)
    for index, value in [(argnums, chosen)] if isinstance(argnums, int) else zip(argnums, chosen):
        changed[index] = value
    return tuple(changed)


def check_tensors(tree: Any, what: str) -> list[vt.Tensor]:
    """Return the leaves of a tree, which must all be tensors."""
    leaves = flatten(tree)
    for leaf in leaves:
        if not isinstance(leaf, vt.Tensor):
            raise RuntimeError(f"{what}: expected only Tensors, got {type(leaf)}")
    return leaves


def split_aux(output: Any, has_aux: bool, name: str) -> tuple[Any, Any]:
    """Return what a function returned, and what it returned beside that."""
    if not has_aux:
        return output, None
    if not isinstance(output, tuple) or len(cast("tuple[Any, ...]", output)) != 2:
        raise RuntimeError(f"{name}: output of the function should be a tuple: (output, aux) if has_aux is True")
    pair = cast("tuple[Any, Any]", output)
    return pair[0], pair[1]
