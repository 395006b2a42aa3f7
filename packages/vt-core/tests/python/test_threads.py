# SPDX-License-Identifier: Apache-2.0
"""Many threads at once, forks after use, and a quiet end of the process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest
import vt_core as vt
from vt_core.testing import run_forked


def in_threads(work: Callable[[int], None], count: int = 8) -> None:
    start = threading.Barrier(count)
    failures: list[BaseException] = []

    def run(number: int) -> None:
        start.wait()
        try:
            work(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures


def test_threads_compute_independently() -> None:
    def work(number: int) -> None:
        x = vt.ops.full((1000,), number, dtype=vt.int64)
        for step in range(200):
            x = x + 1
            assert x[step].item() == number + step + 1
        assert x.sum().item() == 1000 * (number + 200)

    in_threads(work)


def test_threads_share_a_large_operand() -> None:
    shared = vt.ops.ones((1 << 20,))

    def work(number: int) -> None:
        for _ in range(5):
            assert (shared + number).sum().item() == (1 << 20) * (number + 1)

    in_threads(work, 4)


def test_threads_make_and_drop_one_wrapper() -> None:
    holder = [vt.ops.arange(3)]

    def work(number: int) -> None:
        for _ in range(500):
            assert holder[0].tolist() == [0, 1, 2]
            view = holder[0][1:]
            view.note = number
            assert view.note == number

    in_threads(work)


def test_threads_print_and_set_options() -> None:
    x = vt.ops.arange(2000.0)

    def work(number: int) -> None:
        for _ in range(50):
            assert repr(x).startswith("tensor([")

    in_threads(work)


def test_threads_raise_their_own_errors() -> None:
    def work(number: int) -> None:
        for _ in range(200):
            with pytest.raises(RuntimeError, match=str(number + 10)):
                vt.ops.ones((2, 3)) + vt.ops.ones((number + 10,))

    in_threads(work)


def test_threads_look_operators_up_while_they_are_forgotten() -> None:
    def work(number: int) -> None:
        for _ in range(300):
            if number == 0:
                vt.ops._forget()
            assert vt.ops.add(1.0 * vt.ops.ones((1,)), 1).item() == 2

    in_threads(work)


def test_forked_child_computes_after_the_parent_did() -> None:
    x = vt.ops.ones((1 << 20,))
    assert (x + x).sum().item() == 1 << 21
    for _ in range(10):
        outcome = run_forked(lambda: (x + x).sum().item())
        assert outcome.kind == "returned", outcome
        assert float(outcome.value) == 1 << 21


def test_fork_from_a_busy_process() -> None:
    stop = threading.Event()

    def busy() -> None:
        y = vt.ops.ones((1 << 18,))
        while not stop.is_set():
            y = y + 0

    threads = [threading.Thread(target=busy) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(20):
            outcome = run_forked(lambda: (vt.ops.ones((1 << 18,)) + 1).sum().item())
            assert outcome.kind == "returned", outcome
            assert float(outcome.value) == 1 << 19
    finally:
        stop.set()
        for thread in threads:
            thread.join()


QUIET_ENDS = {
    "live tensors": "x = vt.ops.ones((1 << 20,)); y = x + x; keep = [x, y]",
    "live views and attributes": "x = vt.ops.ones((4,)); x.me = x; x.view = x[1:]; x.view.base = x",
    "live subclass": "class T(vt.Tensor): pass\nx = T([1.0]); x.note = [x]",
    "live capsule": "c = vt.ops.ones((4,)).__dlpack__(max_version=(1, 0))",
    "live array": "import numpy as np; a = vt.ops.ones((4,)).numpy(); t = vt.from_numpy(np.ones(3))",
    "live thread": (
        "import threading\n"
        "def work():\n    while True: vt.ops.ones((1000,)) + 1\n"
        "threading.Thread(target=work, daemon=True).start()"
    ),
    "tensor used at exit": "import atexit; x = vt.ops.ones((4,)); atexit.register(lambda: (x + x).tolist())",
    "tensor in __del__": "class D:\n    def __del__(self): vt.ops.ones((4,)) + 1\nd = D()",
    "tensor in a global cycle": "l = [vt.ops.ones((4,))]; l.append(l); l[0].l = l",
}


@pytest.mark.parametrize("code", QUIET_ENDS.values(), ids=QUIET_ENDS.keys())
def test_process_ends_quietly(code: str) -> None:
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", f"import vt_core as vt\n{code}"], capture_output=True, text=True)
        assert (done.returncode, done.stderr, done.stdout) == (0, "", "")


def test_interrupt_ends_a_loop() -> None:
    code = (
        "import os, signal, threading, vt_core as vt\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a job in the background inherits it ignored
        "threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "try:\n    while True:\n        vt.ops.ones((1 << 20,)) + 1\n"
        "except KeyboardInterrupt: print('stopped')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30)
    assert done.stdout == "stopped\n", done


def test_thread_count_can_be_set() -> None:
    before = vt.get_num_threads()
    try:
        vt.set_num_threads(3)
        assert vt.get_num_threads() == 3
        assert (vt.ops.ones((1 << 20,)) + 1).sum().item() == 1 << 21
    finally:
        vt.set_num_threads(before)
    for bad in [0, -1, 2**40]:
        with pytest.raises((ValueError, OverflowError)):
            vt.set_num_threads(bad)
    with pytest.raises(TypeError):
        vt.set_num_threads("2")  # type: ignore[arg-type]


@pytest.mark.parametrize("devices", ["2", "8"])
def test_logical_cpu_devices(devices: str) -> None:
    code = (
        "import vt_core as vt\n"
        "x = vt.ops.ones((2,), device='cpu:1')\n"
        "print(x)\n"
        "print((x + x).device, x.to(device='cpu').device)\n"
        "try: x + vt.ops.ones((2,))\n"
        "except vt.DeviceError as error: print(error)\n"
    )
    environment = {**os.environ, "VT_CPU_DEVICES": devices}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    lines = done.stdout.splitlines()
    assert lines[0] == "tensor([1., 1.], device='cpu:1')"
    assert lines[1] == "cpu:1 cpu"
    assert "add" in lines[2]
    assert "cpu:1" in lines[2]
