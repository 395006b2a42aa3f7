# SPDX-License-Identifier: Apache-2.0
"""A picture of a graph: nodes with the shapes of their results and the bytes that they save, as SVG or HTML."""

from __future__ import annotations

import html
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import vt_core as vt

from vt_autograd._layers import Drawing, draw
from vt_autograd.graph import get_gradient_edge

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

__all__ = ["plot"]

_WIDTH, _HEIGHT, _GAP_X, _GAP_Y = 190, 58, 20, 34  # of a box and between boxes, in pixels
_COLOURS = {"leaf": "#d7ead3", "function": "#fbe7c6", "root": "#d6e4f5", "op": "#f4f4f4"}

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>body {{ margin: 0; font: 14px sans-serif; }} h1 {{ font-size: 16px; margin: 8px; }} main {{ overflow: auto; }}</style>
</head>
<body>
<h1>{title}</h1>
<main>
{svg}
</main>
</body>
</html>
"""


class _Box:
    """One node as it is drawn."""

    def __init__(self, node: Any, is_root: bool) -> None:
        self.name: str = node.name()
        shapes = [r for r in node._results if r is not None]
        self.shape = ", ".join(f"{str(dtype).split('.')[-1]} {list(shape)}" for shape, dtype, _ in shapes)
        self.saved = _saved_bytes(node)
        self.kind = (
            "leaf"
            if self.name == "AccumulateGrad"
            else "function"
            if not hasattr(node, "_saved_bytes")
            else "root"
            if is_root
            else "op"
        )


def plot(tensors: vt.Tensor | Sequence[vt.Tensor], path: str | os.PathLike[str], *, max_nodes: int = 2000) -> Path:
    """Write a picture of the graph that led to tensors.

    Each box is a node: the name of its derivative, dtype and shape of its results, and the bytes that it saves for the backward.
    Leaves are green, `Function` nodes yellow, the given tensors blue; gradients flow downwards.

    Parameters
    ----------
    tensors : Tensor or sequence of Tensor
        Each must require grad.
    path : path
        Ends in ``.svg`` or ``.html``.
    max_nodes : int
        Refuse larger graphs, which nobody could read.

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    ValueError
        If the path ends otherwise, or the graph is too large.
    RuntimeError
        If a tensor does not require grad.
    """
    target = Path(path)
    if target.suffix not in (".svg", ".html"):
        raise ValueError(f"plot: got a path that ends in {target.suffix!r}, expected '.svg' or '.html'")
    roots = [get_gradient_edge(t)[0] for t in ((tensors,) if isinstance(tensors, vt.Tensor) else tensors)]
    boxes, edges = _collect(roots, max_nodes)
    picture = _svg(boxes, draw(len(boxes), edges))
    if target.suffix == ".html":
        total = sum(box.saved for box in boxes)
        picture = _PAGE.format(title=f"{len(boxes)} nodes, {_size(total)} saved", svg=picture)
    target.write_text(picture, encoding="utf-8")
    return target


def _collect(roots: list[Any], max_nodes: int) -> tuple[list[_Box], list[tuple[int, int]]]:
    numbers: dict[Any, int] = {}
    boxes: list[_Box] = []
    edges: list[tuple[int, int]] = []
    waiting: list[Any] = []

    def number(node: Any) -> int:
        if node not in numbers:
            if len(boxes) == max_nodes:
                raise ValueError(
                    f"plot: the graph has more than {max_nodes} nodes; raise max_nodes to draw it all the same"
                )
            numbers[node] = len(boxes)
            boxes.append(_Box(node, node in roots))
            waiting.append(node)
        return numbers[node]

    for root in roots:
        number(root)
    while waiting:
        node = waiting.pop()
        edges += [(numbers[node], number(following)) for following, _ in node.next_functions if following is not None]
    return boxes, edges


def _saved_bytes(node: Any) -> int:
    if hasattr(node, "_saved_bytes"):
        return int(node._saved_bytes)
    try:
        return sum(t.nbytes for t in node.saved_tensors if t is not None)
    except RuntimeError:  # freed by a backward
        return 0


def _size(count: float) -> str:
    for unit in ("B", "KiB", "MiB", "GiB"):
        if count < 1024 or unit == "GiB":
            break
        count /= 1024
    return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"


def _svg(boxes: list[_Box], drawing: Drawing) -> str:
    def middle(place: tuple[float, int]) -> tuple[float, float]:
        return (place[0] + 0.5) * (_WIDTH + _GAP_X), place[1] * (_HEIGHT + _GAP_Y) + _GAP_Y / 2 + _HEIGHT / 2

    width = drawing.width * (_WIDTH + _GAP_X)
    height = drawing.depth * (_HEIGHT + _GAP_Y)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="sans-serif" font-size="12">',
        '<defs><marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 L8 4 L0 8 z" fill="#555"/></marker></defs>',
    ]
    for way in drawing.ways:
        points = [middle(place) for place in way]
        points[0] = (points[0][0], points[0][1] + _HEIGHT / 2)
        points[-1] = (points[-1][0], points[-1][1] - _HEIGHT / 2)
        path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
        for (x0, y0), (x1, y1) in pairwise(points):
            half = (y0 + y1) / 2
            path += f" C{x0:.1f} {half:.1f} {x1:.1f} {half:.1f} {x1:.1f} {y1:.1f}"
        parts.append(f'<path d="{path}" fill="none" stroke="#555" marker-end="url(#end)"/>')
    for box, place in zip(boxes, drawing.places, strict=True):
        parts.append(_drawn_box(box, *middle(place)))
    return "\n".join([*parts, "</svg>"])


def _drawn_box(box: _Box, x: float, y: float) -> str:
    lines = [(box.name, "bold"), (box.shape, "normal"), (f"saves {_size(box.saved)}" if box.saved else "", "normal")]
    text = "".join(
        f'<text x="{x:.1f}" y="{y - 12 + 16 * i:.1f}" text-anchor="middle" font-weight="{weight}">{html.escape(_short(line))}</text>'
        for i, (line, weight) in enumerate(lines)
        if line
    )
    return (
        f"<g><title>{html.escape(f'{box.name}: {box.shape}')}</title>"
        f'<rect x="{x - _WIDTH / 2:.1f}" y="{y - _HEIGHT / 2:.1f}" width="{_WIDTH}" height="{_HEIGHT}" rx="6" '
        f'fill="{_COLOURS[box.kind]}" stroke="#888"/>{text}</g>'
    )


def _short(line: str) -> str:
    return line if len(line) <= 28 else line[:27] + "…"
