# SPDX-License-Identifier: Apache-2.0
"""Backward from several threads at once."""

import threading

import vt_autograd as ag
import vt_core as vt


def run_in_threads(count, target):
    failures = []

    def guarded(number):
        try:
            target(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures


def test_two_threads_accumulate_into_one_leaf():
    w = vt.tensor([1.0] * 100, dtype=vt.float64).requires_grad_()

    def work(number):
        for _ in range(100):
            (w * float(number + 1)).sum().backward()

    run_in_threads(2, work)
    assert w.grad.tolist() == [300.0] * 100


def test_same_kept_graph_from_two_threads():
    x = vt.tensor([1.0, 2.0], dtype=vt.float64).requires_grad_()
    y = x
    for _ in range(50):
        y = y * 1.0 + x * x * 0.0
    y = y.sum()
    run_in_threads(2, lambda _: [y.backward(retain_graph=True) for _ in range(50)])
    assert x.grad.tolist() == [100.0, 100.0]


def test_freeing_backwards_race_to_one_winner():
    for _ in range(100):
        x = vt.tensor([3.0], dtype=vt.float64).requires_grad_()
        y = (x * x).sum()
        outcomes = []

        def work(_, y=y, outcomes=outcomes):
            try:
                y.backward()
                outcomes.append("done")
            except RuntimeError as error:
                outcomes.append("refused" if "second time" in str(error) else str(error))

        run_in_threads(3, work)
        assert outcomes.count("done") >= 1
        assert set(outcomes) <= {"done", "refused"}
        assert x.grad.tolist() == [6.0 * outcomes.count("done")]


def test_hooks_and_functions_take_the_lock_back():
    class Twice(ag.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2.0

        @staticmethod
        def backward(ctx, grad):
            return grad * 2.0

    w = vt.tensor([1.0], dtype=vt.float64).requires_grad_()
    calls = []
    w.register_hook(lambda g: calls.append(1))

    def work(_):
        for _ in range(50):
            Twice.apply(w).sum().backward()

    run_in_threads(4, work)
    assert len(calls) == 200
    assert w.grad.tolist() == [400.0]


def test_grad_read_while_another_thread_accumulates():
    w = vt.tensor([0.0], dtype=vt.float64).requires_grad_()
    stop = threading.Event()

    def work(number):
        if number == 0:
            for _ in range(300):
                (w * 1.0).sum().backward()
            stop.set()
        else:
            while not stop.is_set():
                gradient = w.grad
                assert gradient is None or gradient.item() >= 0.0

    run_in_threads(2, work)
    assert w.grad.tolist() == [300.0]
