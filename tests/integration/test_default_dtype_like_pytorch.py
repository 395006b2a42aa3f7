# SPDX-License-Identifier: Apache-2.0
"""The default dtype reaches makers of tensors, Python's numbers and what is computed from integers, as in PyTorch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch
import vt_torch
from random_programs.values import difference

LIBRARIES = (torch, vt_torch)


def ints(t: Any) -> Any:
    return t.tensor([[3, -2, 7], [300, 0, 5]])


def positive(t: Any) -> Any:
    return t.tensor([[3, 2, 7], [300, 1, 5]])


def floats(t: Any, dtype: str = "float32") -> Any:
    return t.tensor([0.5, -2.0, 1.25], dtype=getattr(t, dtype))


# By what they show; each runs with either library as `t`.
MADE: dict[str, Callable[[Any], Any]] = {
    "zeros": lambda t: t.zeros(2),
    "ones": lambda t: t.ones(2),
    "eye": lambda t: t.eye(2),
    "full of a float": lambda t: t.full((2,), 2.5),
    "full of an integer": lambda t: t.full((2,), 2),
    "full of a complex number": lambda t: t.full((2,), 1j),
    "tensor of floats": lambda t: t.tensor([1.5, 2]),
    "tensor of integers": lambda t: t.tensor([1, 2]),
    "tensor of nothing": lambda t: t.tensor([]),
    "as_tensor": lambda t: t.as_tensor([0.5]),
    "scalar_tensor": lambda t: t.scalar_tensor(2),
    "arange of floats": lambda t: t.arange(0.0, 2.0, 0.25),
    "arange of integers": lambda t: t.arange(3),
    "range": lambda t: t.range(0, 2, 0.5),
    "linspace": lambda t: t.linspace(0, 1, 5),
    "logspace": lambda t: t.logspace(0, 2, 3),
    "hann_window": lambda t: t.hann_window(4),
    "fftfreq": lambda t: t.fft.fftfreq(5),
    "a layer": lambda t: [p.detach() * 0 for p in t.nn.Linear(2, 3).parameters()],
    "an embedding": lambda t: t.nn.Embedding(3, 2)(t.tensor([0])).detach() * 0,
    "a normalisation": lambda t: t.nn.BatchNorm1d(3).running_var,
    "finfo": lambda t: str(t.finfo().dtype),
    "new_tensor": lambda t: floats(t).new_tensor([1.5]),
    "bincount": lambda t: t.bincount(t.tensor([0, 1, 1]), t.tensor([0.5, 0.5, 1.0])),
    "one_hot": lambda t: t.nn.functional.one_hot(t.tensor([0, 1])),
}
RANDOM: dict[str, Callable[[Any], Any]] = {
    "rand": lambda t: t.rand(2),
    "randn": lambda t: t.randn(2),
    "normal": lambda t: t.normal(0.0, 1.0, (2,)),
    "normal around integers": lambda t: t.normal(t.zeros(2), 2.0),
    "randint": lambda t: t.randint(5, (2,)),
    "randperm": lambda t: t.randperm(3),
    "rand_like": lambda t: t.rand_like(t.zeros(2)),
    "empty": lambda t: t.empty(2),
    "a distribution": lambda t: t.distributions.Normal(0.0, 1.0).sample(),
    "dropout": lambda t: t.nn.functional.dropout(t.ones(3)),
}
# Of integers or bool.
COMPUTED: dict[str, Callable[[Any], Any]] = {
    "integers and a float": lambda t: ints(t) + 2.5,
    "integers and a complex number": lambda t: ints(t) * 1j,
    "integers and an integer": lambda t: ints(t) + 2,
    "bool and a float": lambda t: (ints(t) > 0) * 0.5,
    "a float less integers": lambda t: 0.5 - ints(t),
    "floats and a float": lambda t: floats(t, "float16") + 2.5,
    "floats and a complex number": lambda t: floats(t) + 2j,
    "a product in place": lambda t: ints(t).mul_(2),
    "division": lambda t: ints(t) / 4,
    "division of tensors": lambda t: positive(t) / positive(t).flip(0),
    "division by a float": lambda t: ints(t) / 0.3,
    "a number divided": lambda t: 2 / positive(t),
    "floor division by a float": lambda t: ints(t) // 2.5,
    "floor division": lambda t: ints(t) // 2,
    "remainder of a float": lambda t: ints(t) % 2.5,
    "fmod": lambda t: t.fmod(ints(t), 2.5),
    "powers": lambda t: positive(t) ** 0.5,
    "powers of a number": lambda t: 2.5 ** t.tensor([1, 2]),
    "integral powers": lambda t: positive(t) ** 2,
    "float_power": lambda t: t.float_power(positive(t), 2),
    "sqrt": lambda t: positive(t).sqrt(),
    "exp": lambda t: t.tensor([1, 2, 300]).exp(),
    "log": lambda t: positive(t).log(),
    "sin of what bfloat16 rounds": lambda t: t.tensor([257, 1001, 70001]).sin(),
    "sigmoid": lambda t: ints(t).sigmoid(),
    "sigmoid of bool": lambda t: (ints(t) > 0).sigmoid(),
    "reciprocal": lambda t: positive(t).reciprocal(),
    "rsqrt": lambda t: positive(t).rsqrt(),
    "erf": lambda t: ints(t).erf(),
    "lgamma": lambda t: t.tensor([3, 2, 5]).lgamma(),
    "deg2rad": lambda t: ints(t).deg2rad(),
    "sinc": lambda t: ints(t).sinc(),
    "angle": lambda t: ints(t).angle(),
    "abs": lambda t: ints(t).abs(),
    "logit": lambda t: t.logit(t.tensor([0, 1])),
    "atan2": lambda t: t.atan2(ints(t), positive(t)),
    "copysign": lambda t: t.copysign(ints(t), -1.0),
    "xlogy": lambda t: t.xlogy(ints(t), positive(t)),
    "xlogy of a number": lambda t: t.xlogy(ints(t), 2),
    "entr": lambda t: t.special.entr(positive(t)),
    "polygamma": lambda t: t.polygamma(1, positive(t)),
    "ldexp": lambda t: t.ldexp(ints(t), t.tensor([1, 2, 3])),
    "softsign": lambda t: t.nn.functional.softsign(ints(t)),
    "tanhshrink": lambda t: t.nn.functional.tanhshrink(ints(t)),
    "where of two floats": lambda t: t.where(ints(t) > 0, 1.5, 2.0),
    "where of integers and a float": lambda t: t.where(ints(t) > 0, ints(t), 2.5),
    "where of a complex number": lambda t: t.where(ints(t) > 0, 1j, 2.0),
    "clamp": lambda t: ints(t).clamp(0.5, 4.5),
    "comparison with a float": lambda t: t.tensor([16777217, 2**53 + 1, 257]) == 16777216.0,
    "less than a float": lambda t: ints(t) < 2.5,
    "isclose": lambda t: t.isclose(t.tensor([2**24, 300]), t.tensor([2**24 + 1, 301]), rtol=0.0, atol=0.5),
    "logsumexp": lambda t: t.logsumexp(t.tensor([[3, 2], [1, 5]]), 1),
    "mean in a dtype": lambda t: ints(t).mean(dtype=t.float32),
    "sum": lambda t: ints(t).sum(),
    "cov": lambda t: t.cov(ints(t)),
    "cov with weights": lambda t: t.cov(ints(t), aweights=t.tensor([0.5, 1.0, 2.0], dtype=t.float32)),
    "corrcoef": lambda t: t.corrcoef(t.tensor([[3, -2, 7], [30, 0, 5]])),
    "trapezoid": lambda t: t.trapezoid(t.tensor([1, 2, 4]), dx=0.5),
    "searchsorted": lambda t: t.searchsorted(t.tensor([1, 257, 400]), 256.5),
    "bucketize": lambda t: t.bucketize(2.5, t.tensor([1, 2, 3])),
    "isin": lambda t: t.isin(ints(t), 3),
    "addition into a destination": lambda t: t.add(ints(t), 2.5, out=t.zeros(0)),
    "lerp": lambda t: t.lerp(t.zeros(2), t.ones(2), 0.25),
    "add of a factor": lambda t: t.add(t.ones(2), ints(t)[0, :2], alpha=0.5),
    "addcmul": lambda t: t.addcmul(t.ones(2), t.tensor([1, 2]), t.tensor([3, 4]), value=0.5),
    "a sum of kinds": lambda t: t.cat([t.zeros(1), t.tensor([1])]),
    "stack of integers and floats": lambda t: t.stack([t.tensor(1), t.tensor(0.5)]),
    "number and integers": lambda t: t.tensor(0.5) + ints(t),
    "masked_fill": lambda t: floats(t).masked_fill(floats(t) > 0, 1.5),
    "softmax in a dtype": lambda t: t.softmax(t.tensor([1, 2]), 0, dtype=t.float32),
    "a loss of labels": lambda t: t.nn.functional.mse_loss(t.zeros(3), t.tensor([1, 2, 3])),
    "result_type of a float": lambda t: t.result_type(ints(t), 2.5),
    "result_type of a complex number": lambda t: t.result_type(ints(t), 2j),
    "result_type of halves and a complex number": lambda t: t.result_type(floats(t, "float64"), 2j),
    "result_type of bool": lambda t: t.result_type(ints(t), True),
    "can_cast": lambda t: t.can_cast(t.float64, t.float32),
    "gradients of integers' quotients": lambda t: gradient(t),
}
# What PyTorch has not in half types.
WIDE: dict[str, Callable[[Any], Any]] = {
    "tensor of complex numbers": lambda t: t.tensor([1j, 2.0]),
    "linspace of complex numbers": lambda t: t.linspace(0, 1j, 3),
    "zeta": lambda t: t.special.zeta(t.tensor([2, 3]), 2),
}
# Refused in half types.
TRANSFORMS: dict[str, Callable[[Any], Any]] = {
    "fft": lambda t: t.fft.fft(t.tensor([1, 2, 3, 4])),
    "rfft": lambda t: t.fft.rfft(t.tensor([1, 2, 3, 4])),
    "irfft": lambda t: t.fft.irfft(t.tensor([1, 2, 3])),
    "ifft2": lambda t: t.fft.ifft2(ints(t)),
}
# What of integers is refused, whatever the default is.
REFUSED: dict[str, Callable[[Any], Any]] = {
    "mean": lambda t: ints(t).mean(),
    "std": lambda t: ints(t).std(),
    "softmax": lambda t: t.softmax(ints(t), 0),
    "an in-place quotient": lambda t: ints(t).div_(2),
    "an in-place sum with a float": lambda t: ints(t).add_(2.5),
    "frac": lambda t: ints(t).frac(),
    "a square root into integers": lambda t: t.sqrt(ints(t), out=ints(t)),
}


def gradient(t: Any) -> Any:
    x = t.tensor([0.5, 2.0], requires_grad=True)
    (x * t.tensor([3, 4]) / 4 + 1.5).sum().backward()
    return x.grad


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    yield
    for t in LIBRARIES:
        t.set_default_dtype(t.float32)


def set_default(name: str) -> None:
    for t in LIBRARIES:
        t.set_default_dtype(getattr(t, name))


CASES = {**MADE, **COMPUTED}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", ["float64", "float32", "bfloat16", "float16"])
def test_result_is_that_of_pytorch(name: str, case: str) -> None:
    set_default(name)
    expected, got = CASES[case](torch), CASES[case](vt_torch)
    # There is no 32-bit complex dtype.
    if expected is torch.complex32:
        expected = torch.complex64
    elif getattr(expected, "dtype", None) is torch.complex32:
        expected = expected.to(torch.complex64)
    assert difference(got, expected, kinds={name, case} - {"float64"}) is None


@pytest.mark.parametrize("case", WIDE)
def test_result_in_float64_is_that_of_pytorch(case: str) -> None:
    set_default("float64")
    assert difference(WIDE[case](vt_torch), WIDE[case](torch)) is None


@pytest.mark.parametrize("case", RANDOM)
@pytest.mark.parametrize("name", ["float64", "bfloat16"])
def test_dtype_is_that_of_pytorch(name: str, case: str) -> None:
    set_default(name)
    assert str(RANDOM[case](torch).dtype).rpartition(".")[2] == RANDOM[case](vt_torch).dtype.name


@pytest.mark.parametrize("case", TRANSFORMS)
def test_integers_are_transformed_in_the_default_dtype(case: str) -> None:
    set_default("float64")
    assert difference(TRANSFORMS[case](vt_torch), TRANSFORMS[case](torch)) is None
    set_default("bfloat16")
    for t in LIBRARIES:
        with pytest.raises((RuntimeError, NotImplementedError)):
            TRANSFORMS[case](t)


@pytest.mark.parametrize("case", REFUSED)
def test_integers_are_refused_as_in_pytorch(case: str) -> None:
    set_default("float64")
    for t in LIBRARIES:
        with pytest.raises((RuntimeError, NotImplementedError, TypeError)):
            REFUSED[case](t)
