# SPDX-License-Identifier: Apache-2.0
"""no_grad, enable_grad and set_grad_enabled."""

import threading

import pytest
import vt_autograd as ag
import vt_core as vt


@pytest.fixture
def x():
    return vt.tensor([1.0]).requires_grad_()


def test_no_grad_records_nothing(x):
    with ag.no_grad():
        assert not ag.is_grad_enabled()
        y = x * 2.0
    assert ag.is_grad_enabled()
    assert not y.requires_grad
    assert y.is_leaf


def test_modes_nest_and_are_restored_after_an_exception(x):
    with ag.no_grad():
        with ag.enable_grad():
            assert (x * 2.0).requires_grad
        assert not ag.is_grad_enabled()
    with pytest.raises(KeyError), ag.no_grad():
        raise KeyError
    assert ag.is_grad_enabled()


def test_decorators(x):
    @ag.no_grad()
    def double(t):
        """Double."""
        return t * 2.0

    @ag.no_grad
    def triple(t):
        return t * 3.0

    @ag.enable_grad()
    def recorded(t):
        return t * 3.0

    assert double.__doc__ == "Double."
    assert double.__name__ == "double"
    assert not double(x).requires_grad
    assert not triple(x).requires_grad
    with ag.no_grad():
        assert recorded(x).requires_grad


def test_decorated_method(x):
    class Model:
        @ag.no_grad()
        def run(self, t):
            return t * 2.0

    assert not Model().run(x).requires_grad


def test_decorated_generator_leaves_the_caller_alone(x):
    @ag.no_grad()
    def generate():
        sent = yield x * 2.0
        assert not ag.is_grad_enabled()
        yield sent

    generator = generate()
    assert not next(generator).requires_grad
    assert ag.is_grad_enabled()
    assert generator.send("value") == "value"
    assert ag.is_grad_enabled()
    generator.close()


def test_set_grad_enabled_acts_at_once():
    ag.set_grad_enabled(False)
    assert not ag.is_grad_enabled()
    ag.set_grad_enabled(True)
    with ag.set_grad_enabled(False):
        assert not ag.is_grad_enabled()
    assert ag.is_grad_enabled()


def test_set_grad_enabled_as_decorator():
    @ag.set_grad_enabled(False)
    def mode():
        return ag.is_grad_enabled()

    assert ag.is_grad_enabled()
    assert not mode()
    assert ag.is_grad_enabled()


def test_mode_belongs_to_the_thread():
    seen = []
    with ag.no_grad():
        thread = threading.Thread(target=lambda: seen.append(ag.is_grad_enabled()))
        thread.start()
        thread.join()
    assert seen == [True]


def test_misuse_raises():
    with pytest.raises(TypeError):
        ag.no_grad(3)
    with pytest.raises(TypeError):
        ag.set_grad_enabled()
