# SPDX-License-Identifier: Apache-2.0
"""Python functions as kernels."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import vt_core as vt
from vt_core.library import install_kernels


@pytest.fixture
def installed() -> Iterator[Any]:
    names: list[str] = []

    def install(kernels: dict[str, Any]) -> None:
        name = f"test{len(names)}"
        install_kernels(name, "cpu", kernels)
        names.append(name)

    yield install
    for name in names:
        vt.unload_plugin(name)


def test_a_function_is_the_kernel_until_it_is_withdrawn() -> None:
    calls: list[tuple[Any, ...]] = []

    def mul(a: vt.Tensor, b: Any) -> vt.Tensor:
        calls.append((a.tolist(), b))
        return a + 1

    install_kernels("once", "cpu", {"mul": mul})
    assert (vt.tensor([1, 2]) * 3).tolist() == [2, 3]
    assert calls == [([1, 2], 3)]
    vt.unload_plugin("once")
    assert (vt.tensor([1, 2]) * 3).tolist() == [3, 6]


def test_declining_reaches_the_kernel_below(installed: Any) -> None:
    installed({"add": lambda *_: NotImplemented})
    installed({"add": lambda a, _b, _alpha: a if a.numel() == 1 else NotImplemented})
    assert (vt.tensor([1]) + vt.tensor([5])).tolist() == [1]
    assert (vt.tensor([1, 2]) + vt.tensor([5, 5])).tolist() == [6, 7]


def test_destinations_reach_the_kernel_below(installed: Any) -> None:
    installed({"add": lambda *_: pytest.fail("called for a destination")})
    x = vt.tensor([1.0])
    x += 1
    assert x.tolist() == [2.0]
    assert vt.ops.add(x, x, out=vt.ops.empty(1)).tolist() == [4.0]


def test_what_it_raises_is_what_the_caller_sees(installed: Any) -> None:
    def broken(*_: Any) -> Any:
        raise LookupError("no such thing")

    installed({"mul": broken})
    with pytest.raises(LookupError, match="no such thing"):
        vt.tensor([1.0]) * 2
    assert (vt.tensor([1.0]) + 2).tolist() == [3.0]


def test_wrong_results_are_errors(installed: Any) -> None:
    installed({"mul": lambda *_: "text"})
    with pytest.raises(TypeError, match="mul: the kernel returned str"):
        vt.tensor([1.0]) * 2


def test_it_serves_other_threads(installed: Any) -> None:
    installed({"mul": lambda a, _b: a + 1})
    results: list[Any] = []
    threads = [threading.Thread(target=lambda: results.append((vt.ones(40000) * 5)[0].item())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [2.0] * 4


def test_bad_requests_install_nothing() -> None:
    with pytest.raises(ImportError, match="no op is called 'no_such_op'"):
        install_kernels("bad", "cpu", {"mul": lambda a, _b: a, "no_such_op": lambda a: a})
    assert (vt.tensor([2]) * 3).tolist() == [6]
    with pytest.raises(TypeError, match="must be a function"):
        install_kernels("bad", "cpu", {"mul": 3})
    install_kernels("good", "cpu", {"mul": lambda *_: NotImplemented})
    with pytest.raises(ImportError, match="loaded already"):
        install_kernels("good", "cpu", {"add": lambda *_: NotImplemented})
    vt.unload_plugin("good")
