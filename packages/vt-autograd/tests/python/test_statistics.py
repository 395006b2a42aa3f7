# SPDX-License-Identifier: Apache-2.0
"""Counting nodes, and pictures of graphs."""

import gc
import weakref
from xml.etree import ElementTree

import pytest
import vt_autograd as ag
import vt_core as vt


def leaf(values):
    return vt.tensor(values, dtype=vt.float64).requires_grad_()


def test_counts_nodes_bytes_and_time():
    x = leaf([1.0, 2.0, 3.0])
    with ag.statistics() as counted:
        y = (x * x).exp().sum()
        y.backward()
    assert {name: (kind.recorded, kind.run) for name, kind in counted.kinds.items()} == {
        "MulBackward0": (1, 1),
        "ExpBackward0": (1, 1),
        "SumBackward0": (1, 1),
    }
    assert counted.kinds["MulBackward0"].saved_bytes == 48
    assert counted.kinds["ExpBackward0"].saved_bytes == 24
    assert counted.saved_bytes == 72
    assert counted.elapsed_ns > 0
    assert all(kind.elapsed_ns > 0 for kind in counted.kinds.values())
    table = str(counted).splitlines()
    assert len(table) == 4
    assert table[0].split()[0] == "node"


def test_counts_only_within_the_block():
    x = leaf([1.0])
    y = x * x
    with ag.statistics() as counted:
        y.sum()
    y.sum().backward()
    assert (counted.num_recorded, counted.num_run) == (1, 0)


def test_blocks_nest():
    x = leaf([1.0])
    with ag.statistics() as outer:
        y = x * x
        with ag.statistics() as inner:
            y = y * x
        y.sum().backward()
    assert (outer.num_recorded, outer.num_run) == (3, 3)
    assert (inner.num_recorded, inner.num_run) == (1, 0)


def test_statistics_are_let_go():
    counted = ag.statistics()
    with counted:
        leaf([1.0]) * 2.0
    gone = weakref.ref(counted)
    del counted
    gc.collect()
    assert gone() is None


class Double(ag.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * 2.0

    @staticmethod
    def backward(ctx, g):
        return g * 2.0


def graph():
    x = leaf([[1.0, 2.0], [3.0, 4.0]])
    h = Double.apply(x) * x
    return (h.exp() + h).sum()


def test_plot_writes_svg(tmp_path):
    path = ag.plot(graph(), tmp_path / "graph.svg")
    root = ElementTree.parse(path).getroot()
    space = {"s": "http://www.w3.org/2000/svg"}
    texts = [t.text for t in root.iterfind(".//s:text", space)]
    for name in ("SumBackward0", "AddBackward0", "ExpBackward0", "MulBackward0", "DoubleBackward", "AccumulateGrad"):
        assert texts.count(name) == 1
    assert "float64 [2, 2]" in texts
    assert "saves 32 B" in texts  # of exp, and of the Function
    assert "saves 64 B" in texts  # of the product
    boxes = root.findall(".//s:rect", space)
    assert len(boxes) == 6
    assert len(root.findall("s:path", space)) == 7
    places = {(b.get("x"), b.get("y")) for b in boxes}
    assert len(places) == 6
    for box in boxes:
        assert 0 <= float(box.get("x")) <= float(root.get("width")) - float(box.get("width"))
        assert 0 <= float(box.get("y")) <= float(root.get("height")) - float(box.get("height"))


def test_plot_writes_html(tmp_path):
    text = ag.plot([graph(), graph()], tmp_path / "graph.html").read_text()
    assert text.startswith("<!DOCTYPE html>")
    assert "12 nodes" in text
    assert text.count("<rect") == 12


def test_gradients_flow_downwards():
    from vt_autograd._layers import draw

    edges = [(0, 1), (0, 2), (1, 3), (2, 3), (0, 3), (3, 4)]
    drawing = draw(5, edges)
    layers = [layer for _, layer in drawing.places]
    assert layers == [0, 1, 1, 2, 3]
    for (source, target), way in zip(edges, drawing.ways, strict=True):
        assert [layer for _, layer in way] == list(range(layers[source], layers[target] + 1))


def test_plot_of_a_leaf_and_of_a_deep_graph(tmp_path):
    ag.plot(leaf([1.0]), tmp_path / "leaf.svg")
    x = leaf([1.0])
    for _ in range(1500):
        x = x * 2.0
    ag.plot(x, tmp_path / "deep.svg")


def test_plot_refuses(tmp_path):
    x = leaf([1.0])
    with pytest.raises(ValueError, match=r"expected '\.svg' or '\.html'"):
        ag.plot(x, tmp_path / "graph.png")
    with pytest.raises(RuntimeError, match="does not require gradients"):
        ag.plot(vt.tensor([1.0]), tmp_path / "graph.svg")
    with pytest.raises(ValueError, match="more than 2 nodes"):
        ag.plot((x * 2.0) * 3.0, tmp_path / "graph.svg", max_nodes=2)
    assert not list(tmp_path.iterdir())


def test_names_stay_what_they_are_whatever_is_imported():
    import importlib
    import pkgutil

    for module in pkgutil.iter_modules(ag.__path__):
        importlib.import_module(f"vt_autograd.{module.name}")
    assert all(callable(getattr(ag, name)) for name in ("gradcheck", "inference_mode", "plot", "statistics"))
