# SPDX-License-Identifier: Apache-2.0
"""A pytest plugin that runs every test function on several threads at once, with the same arguments.

    pytest -p each_on_threads --threads 8 ...

Tests whose fixtures belong to the process, as captured output does, run once, as do those that say so by a word in their
source: they fork, count what the process has, or set what holds for all of it. Each thread must leave its modes as it found
them.
"""

import inspect
import threading
from collections.abc import Callable
from typing import Any

import pytest
import vt_autograd
import vt_core

# Fixtures of pytest that change or watch the process.
PROCESS_FIXTURES = {"capfd", "capsys", "monkeypatch", "recwarn", "tmp_path", "tmp_path_factory"}
# In the source of tests that do: warnings are caught for the process, and PyTorch, beside which some tests run ours, has one
# context of the process that allows writes to saved tensors.
PROCESS_WORDS = (
    "allow_mutation_on_saved_tensors",
    "fork",
    "subprocess",
    "warns(",
    "simplefilter",
    "/proc/",
    "gc.",
    "manual_seed",
    "set_default_dtype",
    "set_num_threads",
    "weakref",
    "signal.",
    "threading",
    "library.",
    "hypothesis",
    "given(",
    "getrefcount",
)


def modes() -> tuple[Any, ...]:
    """What a thread has of its own."""
    return (
        vt_autograd.is_grad_enabled(),
        vt_autograd.is_inference_mode_enabled(),
        vt_core.is_autocast_enabled("cpu") if hasattr(vt_core, "is_autocast_enabled") else None,
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--threads", type=int, default=8)


def belongs_to_process(item: pytest.Function) -> bool:
    if PROCESS_FIXTURES & set(item.fixturenames) or item.get_closest_marker("hypothesis"):
        return True
    source = inspect.getsource(item.function)
    return any(word in source for word in PROCESS_WORDS)


def run_on_threads(count: int, call: Callable[[], Any]) -> list[BaseException]:
    """What the threads raised."""
    gate = threading.Barrier(count)
    raised: list[BaseException] = []

    def work() -> None:
        before = modes()
        gate.wait()
        try:
            call()
            assert modes() == before, f"the thread is left with {modes()}, and began with {before}"
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    if belongs_to_process(pyfuncitem):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    raised = run_on_threads(pyfuncitem.config.getoption("--threads"), lambda: pyfuncitem.obj(**arguments))
    # A skip is no failure, but a failure beside one is.
    raised.sort(key=lambda error: isinstance(error, pytest.skip.Exception))
    if raised:
        raise raised[0]
    return True
