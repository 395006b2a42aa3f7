# SPDX-License-Identifier: Apache-2.0
"""Random numbers that are made by rejection or of others: their distributions, and that threads make no difference."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import vt_core as vt

COUNT = 40_000


@pytest.fixture
def threads() -> Iterator[None]:
    before = vt.get_num_threads()
    yield
    vt.set_num_threads(before)


def seeded(seed: int = 5) -> vt.Generator:
    return vt.Generator().manual_seed(seed)


def full(value: float, count: int = COUNT, dtype: Any = None) -> Any:
    return vt.full([count], value, dtype=dtype or vt.float64)


DRAWS: dict[str, Callable[[vt.Generator], Any]] = {
    "poisson": lambda g: vt.poisson(full(3.5), generator=g),
    "poisson_large": lambda g: vt.poisson(full(250.0), generator=g),
    "binomial": lambda g: vt.binomial(full(20.0), full(0.3), generator=g),
    "binomial_large": lambda g: vt.binomial(full(400.0), full(0.8), generator=g),
    "gamma": lambda g: vt.ops._standard_gamma(full(2.5), generator=g),
    "gamma_small": lambda g: vt.ops._standard_gamma(full(0.3), generator=g),
    "log_normal_": lambda g: vt.empty([COUNT], dtype=vt.float64).log_normal_(0.5, 0.25, generator=g),
    "cauchy_": lambda g: vt.empty([COUNT], dtype=vt.float64).cauchy_(1.0, 2.0, generator=g),
    "geometric_": lambda g: vt.empty([COUNT], dtype=vt.float64).geometric_(0.2, generator=g),
    "normal": lambda g: vt.ops.normal(full(1.0), full(2.0), generator=g),
}
MOMENTS = {
    "poisson": (3.5, 3.5),
    "poisson_large": (250.0, 250.0),
    "binomial": (6.0, 4.2),
    "binomial_large": (320.0, 64.0),
    "gamma": (2.5, 2.5),
    "gamma_small": (0.3, 0.3),
    "log_normal_": (math.exp(0.53125), (math.exp(0.0625) - 1) * math.exp(1.0625)),
    "geometric_": (5.0, 20.0),
    "normal": (1.0, 4.0),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_mean_and_variance(name: str) -> None:
    values = DRAWS[name](seeded()).numpy()
    mean, variance = MOMENTS[name]
    assert abs(values.mean() - mean) < 5 * math.sqrt(variance / COUNT)
    assert abs(values.var() / variance - 1) < 0.1


@pytest.mark.parametrize("name", ["poisson", "poisson_large", "binomial", "binomial_large", "geometric_"])
def test_frequencies(name: str) -> None:
    """Chi-square over the values that are expected at least thirty times."""
    values = DRAWS[name](seeded()).numpy()
    k = np.arange(0, 600, dtype=np.float64)
    log_factorial = np.array([math.lgamma(x + 1) for x in k])
    if name.startswith("poisson"):
        rate = MOMENTS[name][0]
        log_chance = k * math.log(rate) - rate - log_factorial
    elif name.startswith("binomial"):
        n, p = (20, 0.3) if name == "binomial" else (400, 0.8)
        rest = np.array([math.lgamma(max(n - x, 0) + 1) for x in k])
        log_chance = math.lgamma(n + 1) - log_factorial - rest + k * math.log(p) + (n - k) * math.log(1 - p)
        log_chance[k > n] = -np.inf
    else:
        log_chance = np.where(k > 0, (k - 1) * math.log(0.8) + math.log(0.2), -np.inf)
    expected = COUNT * np.exp(log_chance)
    often = expected > 30
    observed = np.bincount(values.astype(np.int64), minlength=600)[:600]
    statistic = float(((observed - expected) ** 2 / np.where(often, expected, 1))[often].sum())
    freedom = int(often.sum()) - 1
    assert statistic < freedom + 5 * math.sqrt(2 * freedom)


@pytest.mark.parametrize("shape", [0.2, 1.0, 7.5])
def test_gamma_numbers_follow_the_incomplete_gamma_function(shape: float) -> None:
    """Kolmogorov and Smirnov's distance; 1.95 is exceeded once in a thousand."""
    values = np.sort(vt.ops._standard_gamma(full(shape), generator=seeded()).numpy())
    chance = vt.ops.igamma(full(shape), vt.from_numpy(values)).numpy()
    steps = np.arange(COUNT + 1) / COUNT
    distance = max(np.max(steps[1:] - chance), np.max(chance - steps[:-1]))
    assert distance * math.sqrt(COUNT) < 1.95


def test_cauchy_numbers_have_their_quartiles() -> None:
    low, median, high = np.quantile(DRAWS["cauchy_"](seeded()).numpy(), [0.25, 0.5, 0.75])
    assert abs(median - 1) < 0.06
    assert abs(low + 1) < 0.1
    assert abs(high - 3) < 0.1


@pytest.mark.parametrize("name", DRAWS)
def test_numbers_do_not_depend_on_threads(name: str, threads: None) -> None:
    vt.set_num_threads(1)
    alone = DRAWS[name](seeded()).tolist()
    vt.set_num_threads(4)
    assert DRAWS[name](seeded()).tolist() == alone


def test_numbers_do_not_depend_on_the_instruction_set() -> None:
    code = """
import hashlib, vt_core as vt
g = vt.Generator().manual_seed(3)
rate = vt.linspace(0.01, 40, 997, dtype=vt.float32)
digest = hashlib.sha256()
for x in (vt.poisson(rate, generator=g), vt.binomial(rate, rate / 40, generator=g), vt.ops._standard_gamma(rate, generator=g)):
    digest.update(repr(x.tolist()).encode())
print(digest.hexdigest())
"""

    def digest(environment: dict[str, str]) -> str:
        return subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, text=True, check=True
        ).stdout

    assert digest({"VT_CPU_ISA": "v2"}) == digest({})


def test_calls_go_on_where_the_last_one_ended() -> None:
    generator = seeded()
    first = vt.poisson(full(4.0, 8), generator=generator).tolist()
    assert vt.poisson(full(4.0, 8), generator=generator).tolist() != first
    generator.manual_seed(5)
    assert vt.poisson(full(4.0, 8), generator=generator).tolist() == first


def test_binomial_at_its_ends() -> None:
    count = vt.tensor([10.0, 10.0, 0.0, math.nan, 10.0, -3.0])
    p = vt.tensor([0.0, 1.0, 0.5, 0.5, math.nan, 0.5])
    values = vt.binomial(count, p).tolist()
    assert values[:3] == [0.0, 10.0, 0.0]
    assert math.isnan(values[3])
    assert math.isnan(values[4])
    assert values[5] == 0.0


def test_standard_gamma_grad_is_the_slope_at_a_fixed_chance() -> None:
    shape = vt.tensor([0.3, 1.0, 2.5, 9.0], dtype=vt.float64)
    number = vt.tensor([0.2, 0.7, 4.0, 7.0], dtype=vt.float64)
    step = 1e-6
    rise = (vt.ops.igamma(shape + step, number) - vt.ops.igamma(shape - step, number)) / (2 * step)
    density = vt.ops.exp(vt.ops.xlogy(shape - 1, number) - number - vt.ops.lgamma(shape))
    expected = (-rise / density).tolist()
    np.testing.assert_allclose(vt.ops._standard_gamma_grad(shape, number).tolist(), expected, rtol=1e-7)


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: vt.poisson(vt.tensor([1.0, -1.0])), "poisson: the rates must not be negative"),
        (
            lambda: vt.binomial(vt.ones([2]), vt.ones([2], dtype=vt.float64)),
            "binomial: count and prob must have one dtype",
        ),
        (lambda: vt.empty([2]).log_normal_(0.0, 0.0), "log_normal_: std must be greater than 0: got 0"),
        (lambda: vt.empty([2]).cauchy_(0.0, -1.0), "cauchy_: sigma must be greater than 0: got -1"),
        (lambda: vt.empty([2]).geometric_(1.0), r"geometric_: p must be in \(0, 1\): got 1"),
        (lambda: vt.ops.normal(0.0, -1.0, [2]), "normal: std must not be negative: got -1"),
        (lambda: vt.ops.normal(0.0, vt.tensor([-1.0])), "normal: all elements of std must not be negative"),
    ],
)
def test_refuses_parameters(call: Callable[[], Any], match: str) -> None:
    state = vt.get_rng_state().tolist()
    with pytest.raises(RuntimeError, match=match):
        call()
    assert vt.get_rng_state().tolist() == state
