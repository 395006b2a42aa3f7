# SPDX-License-Identifier: Apache-2.0
"""Anomaly mode: the warning names the line of the forward, compared with PyTorch."""

import warnings

import pytest
import vt_autograd as ag
from twin import OURS, THEIRS, fails, same

pytestmark = pytest.mark.thread_unsafe(reason="in PyTorch the mode is the process's")


def failing_function(t):
    class Fails(t.Function):
        @staticmethod
        def forward(ctx, x):
            return x.clone()

        @staticmethod
        def backward(ctx, g):
            raise ValueError("no backward today")

    return Fails


def warnings_of(run):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with pytest.raises((RuntimeError, ValueError)) as error:
            run()
    return [str(w.message) for w in caught], error.value


@pytest.mark.parametrize("t", [OURS, THEIRS], ids=["ours", "theirs"])
def test_failing_backward_names_the_forward_line(t):
    function = failing_function(t)

    def run():
        with t.detect_anomaly():
            x = t.leaf([1.0])
            y = function.apply(x)  # this line
            y.sum().backward()

    messages, error = warnings_of(run)
    assert isinstance(error, ValueError)
    assert "no backward today" in str(error)
    assert "Anomaly Detection has been enabled" in messages[0]
    assert "Error detected in FailsBackward. Traceback of forward call that caused the error" in messages[1]
    assert "y = function.apply(x)  # this line" in messages[1]


@pytest.mark.parametrize("t", [OURS, THEIRS], ids=["ours", "theirs"])
def test_nan_names_the_operator_and_the_line(t):
    def run():
        with t.detect_anomaly():
            x = t.leaf([0.0])
            y = x.sqrt() * 0.0  # infinity times zero
            y.sum().backward()

    messages, error = warnings_of(run)
    assert str(error) == "Function 'SqrtBackward0' returned nan values in its 0th output."
    assert "Error detected in SqrtBackward0" in messages[1]
    assert "infinity times zero" in messages[1]


def test_nan_is_let_through_when_not_looked_for():
    def scenario(t):
        with t.detect_anomaly(check_nan=False):
            x = t.leaf([0.0])
            (x.sqrt() * 0.0).sum().backward()
        return [v != v for v in t.numbers(x.grad)]

    same(scenario)


@pytest.mark.parametrize("t", [OURS, THEIRS], ids=["ours", "theirs"])
def test_forward_before_the_mode_is_said_to_be_unknown(t):
    x = t.leaf([1.0])
    y = failing_function(t).apply(x)

    def run():
        with t.detect_anomaly():
            y.sum().backward()

    messages, _ = warnings_of(run)
    assert "No forward pass information available" in messages[1]


@pytest.mark.parametrize("t", [OURS, THEIRS], ids=["ours", "theirs"])
def test_node_of_a_backward_names_what_induced_it(t):
    fails = failing_function(t)

    class Outer(t.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 1.0

        @staticmethod
        def backward(ctx, g):
            return fails.apply(g)  # within the backward

    def run():
        with t.detect_anomaly():
            x = t.leaf([1.0, 2.0])
            y = Outer.apply(x)  # the forward
            (g,) = t.grad(y, x, t.leaf([1.0, 1.0]), create_graph=True)
            g.sum().backward()

    messages, error = warnings_of(run)
    assert "no backward today" in str(error)
    assert "within the backward" in messages[1]
    assert "Previous calculation was induced by OuterBackward" in messages[2]
    assert "Traceback of forward call that induced the previous calculation" in messages[2]
    assert "y = Outer.apply(x)  # the forward" in messages[2]


def test_set_detect_anomaly():
    def scenario(t):
        lib = ag if t is OURS else t.lib
        states = []
        t.set_detect_anomaly(True)
        states.append((lib.is_anomaly_enabled(), lib.is_anomaly_check_nan_enabled()))
        with t.set_detect_anomaly(True, check_nan=False):
            states.append((lib.is_anomaly_enabled(), lib.is_anomaly_check_nan_enabled()))
        states.append((lib.is_anomaly_enabled(), lib.is_anomaly_check_nan_enabled()))
        t.set_detect_anomaly(False)
        states.append((lib.is_anomaly_enabled(), lib.is_anomaly_check_nan_enabled()))
        return states

    same(scenario)


def test_set_anomaly_enabled():
    from vt_autograd import anomaly_mode

    def scenario(t):
        lib = anomaly_mode if t is OURS else t.lib
        lib.set_anomaly_enabled(True, False)
        states = [(lib.is_anomaly_enabled(), lib.is_anomaly_check_nan_enabled())]
        lib.set_anomaly_enabled(False)
        return [*states, (lib.is_anomaly_enabled(), lib.is_anomaly_check_nan_enabled())]

    same(scenario)


def test_off_leaves_no_metadata():
    y = OURS.leaf([1.0]) * 2.0
    assert y.grad_fn.metadata == {}


def test_error_of_the_backward_is_the_one_raised():
    def scenario(t):
        with t.detect_anomaly():
            x = t.leaf([1.0]).clone()
            y = x * x
            with t.no_grad():
                x.mul_(2.0)
            y.sum().backward()

    fails(scenario, RuntimeError, "modified by an inplace operation")


def test_warning_turned_error_does_not_hide_the_failure(capfd):
    function = failing_function(OURS)
    with ag.set_detect_anomaly(True), warnings.catch_warnings():
        warnings.simplefilter("error")
        y = function.apply(OURS.leaf([1.0]))
        with pytest.raises(ValueError, match="no backward today"):
            y.sum().backward()
