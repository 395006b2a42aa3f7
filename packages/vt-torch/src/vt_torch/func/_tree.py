# SPDX-License-Identifier: Apache-2.0
"""Tuples, lists and dictionaries of tensors, taken apart and put together again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["flatten", "rebuild", "same_structure"]


def flatten(tree: Any) -> list[Any]:
    """Return what is in a tree, in order; anything but a tuple, a list or a dictionary is a leaf."""
    if isinstance(tree, (tuple, list)):
        return [leaf for item in cast("list[Any]", tree) for leaf in flatten(item)]
    if isinstance(tree, dict):
        return [leaf for item in cast("dict[Any, Any]", tree).values() for leaf in flatten(item)]
    return [tree]


def rebuild(tree: Any, leaves: Iterator[Any]) -> Any:
    """Return a tree of the same structure with the next of `leaves` in each place."""
    if isinstance(tree, dict):
        return {key: rebuild(item, leaves) for key, item in cast("dict[Any, Any]", tree).items()}
    if isinstance(tree, (tuple, list)):
        made = [rebuild(item, leaves) for item in cast("list[Any]", tree)]
        if isinstance(tree, list):
            return made
        make = cast("Callable[..., Any] | None", getattr(cast("object", tree), "_make", None))  # of a named tuple
        return make(made) if make else tuple(made)
    return next(leaves)


def same_structure(first: Any, second: Any) -> bool:
    """Return whether two trees differ in their leaves alone."""
    if isinstance(first, dict) and isinstance(second, dict):
        ours, theirs = cast("dict[Any, Any]", first), cast("dict[Any, Any]", second)
        return list(ours) == list(theirs) and all(same_structure(ours[key], theirs[key]) for key in ours)
    if isinstance(first, (tuple, list)) and isinstance(second, (tuple, list)):
        left, right = cast("list[Any]", first), cast("list[Any]", second)
        return len(left) == len(right) and all(map(same_structure, left, right))
    return not isinstance(first, (dict, tuple, list)) and not isinstance(second, (dict, tuple, list))
