# SPDX-License-Identifier: Apache-2.0
"""Layered drawing of a directed acyclic graph: a layer for each node, and an order within the layers.

After Sugiyama, Tagawa and Toda, Methods for Visual Understanding of Hierarchical System Structures, 1981: longest-path layers,
points on edges that span several layers, and sweeps that order each layer by the mean place of its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Drawing", "draw"]

_SWEEPS = 8


@dataclass(frozen=True)
class Drawing:
    """Places of nodes and the way of each edge.

    Attributes
    ----------
    places : list of (float, int)
        Of each node: its place within the layer, in widths of a node from the left, and its layer from the top.
    ways : list of list of (float, int)
        Of each edge: the places it passes, both ends included.
    width : float
        Of the widest layer.
    depth : int
        Number of layers.
    """

    places: list[tuple[float, int]]
    ways: list[list[tuple[float, int]]]
    width: float
    depth: int


def draw(num_nodes: int, edges: Sequence[tuple[int, int]]) -> Drawing:
    """Lay out nodes 0 to `num_nodes` - 1; each edge leads to a lower layer. The graph must have no cycle."""
    layer = _longest_paths(num_nodes, edges)
    chains: list[list[int]] = []
    for source, target in edges:
        chain = [source]
        for between in range(layer[source] + 1, layer[target]):
            layer.append(between)
            chain.append(len(layer) - 1)
        chains.append([*chain, target])
    above: list[list[int]] = [[] for _ in layer]
    below: list[list[int]] = [[] for _ in layer]
    for chain in chains:
        for a, b in pairwise(chain):
            below[a].append(b)
            above[b].append(a)
    depth = max(layer, default=-1) + 1
    rows: list[list[int]] = [[] for _ in range(depth)]
    for node, row in enumerate(layer):
        rows[row].append(node)
    width = float(max((len(row) for row in rows), default=0))
    place = [0.0] * len(layer)
    for row in rows:
        _spread(row, place, width)
    for sweep in range(_SWEEPS):
        neighbours = above if sweep % 2 == 0 else below
        for row in rows if sweep % 2 == 0 else reversed(rows):
            row.sort(key=lambda node: _mean(node, neighbours[node], place))
            _spread(row, place, width)
    return Drawing(
        [(place[node], layer[node]) for node in range(num_nodes)],
        [[(place[node], layer[node]) for node in chain] for chain in chains],
        width,
        depth,
    )


def _longest_paths(num_nodes: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """Return for each node the length of the longest way to it."""
    targets: list[list[int]] = [[] for _ in range(num_nodes)]
    waiting = [0] * num_nodes
    for source, target in edges:
        targets[source].append(target)
        waiting[target] += 1
    layer = [0] * num_nodes
    ready = [node for node in range(num_nodes) if not waiting[node]]
    while ready:
        node = ready.pop()
        for target in targets[node]:
            layer[target] = max(layer[target], layer[node] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return layer


def _mean(node: int, neighbours: list[int], place: list[float]) -> float:
    return sum(place[n] for n in neighbours) / len(neighbours) if neighbours else place[node]


def _spread(row: list[int], place: list[float], width: float) -> None:
    """Put a layer's nodes in their order, centred."""
    for index, node in enumerate(row):
        place[node] = (width - len(row)) / 2 + index
