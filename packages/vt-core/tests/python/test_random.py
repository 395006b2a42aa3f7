# SPDX-License-Identifier: Apache-2.0
"""Random numbers beyond the op table: streams and seeds, independence of layout, threads and machine, distributions."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest
import vt_core as vt

DRAWS = {
    "uniform_": (-1.0, 2.0),
    "normal_": (0.5, 2.0),
    "exponential_": (2.0,),
    "bernoulli_": (0.25,),
    "random_": (5, 200),
}


@pytest.fixture
def threads() -> Iterator[None]:
    before = vt.get_num_threads()
    yield
    vt.set_num_threads(before)


def drawn(name: str, size: list[int], seed: int = 1, dtype: vt.dtype = vt.float32) -> vt.Tensor:
    generator = vt.Generator().manual_seed(seed)
    return getattr(vt.empty(size, dtype=dtype), name)(*DRAWS[name], generator=generator)


def test_manual_seed_restarts_the_stream() -> None:
    vt.manual_seed(5)
    first = vt.rand(3).tolist()
    assert vt.rand(3).tolist() != first
    vt.manual_seed(5)
    assert vt.rand(3).tolist() == first


def test_manual_seed_reaches_devices_that_are_used_later() -> None:
    code = (
        "import vt_core as vt; vt.manual_seed(9); g = vt.default_generator('cpu:1'); print(g.get_state()); "
        "vt.rand(8, device='cpu:1'); vt.manual_seed(4); print(g.get_state())"
    )
    environment = {**os.environ, "VT_CPU_DEVICES": "2"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["(9, 0)", "(4, 0)"]


def test_seed_draws_another_stream() -> None:
    assert vt.seed() != vt.seed()
    assert vt.initial_seed() == vt.default_generator("cpu").initial_seed()


def test_rng_state_round_trip() -> None:
    state = vt.get_rng_state()
    first = vt.randn(5).tolist()
    vt.set_rng_state(state)
    assert vt.randn(5).tolist() == first
    with pytest.raises(TypeError, match="uint8 tensor"):
        vt.set_rng_state(vt.zeros(16))
    with pytest.raises(ValueError, match="expected 16"):
        vt.set_rng_state(vt.zeros(15, dtype=vt.uint8))


@pytest.mark.parametrize(
    ("name", "dtype", "outputs"),
    [("uniform_", vt.float32, 3), ("uniform_", vt.float64, 5), ("bernoulli_", vt.float64, 3), ("random_", vt.int32, 5)],
)
def test_a_call_takes_the_outputs_it_needs(name: str, dtype: vt.dtype, outputs: int) -> None:
    generator = vt.Generator().manual_seed(2)
    getattr(vt.empty([9], dtype=dtype), name)(*DRAWS[name], generator=generator)
    assert generator.get_state() == (2, outputs)


def test_a_refused_call_takes_none() -> None:
    generator = vt.Generator()
    before = generator.get_state()
    with pytest.raises(RuntimeError, match="several elements"):
        vt.zeros(1).expand(3).uniform_(generator=generator)
    with pytest.raises(NotImplementedError, match="uniform_: not implemented for int64"):
        vt.zeros(3, dtype=vt.int64).uniform_(generator=generator)
    assert generator.get_state() == before


@pytest.mark.parametrize("name", DRAWS)
@pytest.mark.parametrize("dtype", [vt.float32, vt.float64, vt.bfloat16], ids=str)
def test_numbers_do_not_depend_on_threads(name: str, dtype: vt.dtype, threads: None) -> None:
    size = [100_003]
    vt.set_num_threads(1)
    alone = drawn(name, size, dtype=dtype)
    vt.set_num_threads(4)
    together = drawn(name, size, dtype=dtype)
    assert alone.tolist() == together.tolist()


@pytest.mark.parametrize("name", DRAWS)
def test_numbers_do_not_depend_on_strides(name: str) -> None:
    expected = drawn(name, [6, 50]).tolist()
    arguments = DRAWS[name]
    for strided in (vt.empty([50, 6]).t() if hasattr(vt.Tensor, "t") else vt.ops.permute(vt.empty([50, 6]), [1, 0]),):
        getattr(strided, name)(*arguments, generator=vt.Generator().manual_seed(1))
        assert strided.tolist() == expected
    sliced = vt.empty([6, 100])[:, ::2]
    getattr(sliced, name)(*arguments, generator=vt.Generator().manual_seed(1))
    assert sliced.tolist() == expected


@pytest.mark.parametrize("level", ["v2", "v3"])
def test_numbers_do_not_depend_on_the_instruction_set(level: str) -> None:
    code = f"""
import hashlib, vt_core as vt
DRAWS = {DRAWS!r}
digest = hashlib.sha256()
for name, arguments in DRAWS.items():
    for dtype in (vt.float32, vt.float64, vt.bfloat16):
        x = getattr(vt.empty([5001], dtype=dtype), name)(*arguments, generator=vt.Generator().manual_seed(11))
        digest.update(repr(x.tolist()).encode())
print(digest.hexdigest())
"""

    def digest(environment: dict[str, str]) -> str:
        return subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, text=True, check=True
        ).stdout

    assert digest({"VT_CPU_ISA": level}) == digest({})


def moments(values: np.ndarray) -> tuple[float, float]:
    return float(values.mean()), float(values.var())


@pytest.mark.parametrize("dtype", [vt.float32, vt.float64, vt.bfloat16, vt.float16], ids=str)
@pytest.mark.parametrize(
    ("name", "mean", "variance"),
    [
        ("uniform_", 0.5, 9 / 12),
        ("normal_", 0.5, 4.0),
        ("exponential_", 0.5, 0.25),
        ("bernoulli_", 0.25, 0.1875),
    ],
)
def test_moments(name: str, mean: float, variance: float, dtype: vt.dtype) -> None:
    values = drawn(name, [200_000], dtype=dtype).to(dtype=vt.float64).numpy()
    assert moments(values) == (pytest.approx(mean, abs=0.02), pytest.approx(variance, rel=0.03))


def test_normal_numbers_fill_their_distribution() -> None:
    values = np.sort(vt.randn(100_000, generator=vt.Generator().manual_seed(3)).numpy())
    from math import erf, sqrt

    expected = np.array([0.5 * (1 + erf(v / sqrt(2))) for v in values[::100]])
    assert np.abs(expected - np.arange(0, 100_000, 100) / 100_000).max() < 0.01
    assert values[-1] > 4


def test_integers_fill_their_range_evenly() -> None:
    drawn_integers = vt.randint(-3, 4, [70_000], generator=vt.Generator().manual_seed(3)).numpy()
    counts = np.bincount(drawn_integers + 3)
    assert counts.size == 7
    assert np.abs(counts - 10_000).max() < 500
    wide = vt.randint(-(2**62), 2**62, [1000], generator=vt.Generator()).numpy()
    assert wide.min() < -(2**61)
    assert wide.max() > 2**61


@pytest.mark.parametrize("dtype", [vt.float32, vt.float16, vt.bfloat16, vt.float64], ids=str)
def test_uniform_numbers_stay_below_the_upper_bound(dtype: vt.dtype) -> None:
    assert vt.rand(300_000, dtype=dtype).to(dtype=vt.float64).numpy().max() < 1
    narrow = vt.empty([50_000], dtype=dtype).uniform_(1.0, 1.0078125).to(dtype=vt.float64).numpy()
    assert narrow.min() >= 1
    assert narrow.max() < 1.0078125


def test_meta_tensors_take_no_numbers() -> None:
    before = vt.default_generator("cpu").get_state()
    assert tuple(vt.randn(2, 3, device="meta").shape) == (2, 3)
    assert vt.default_generator("cpu").get_state() == before


def test_an_argument_named_by_a_keyword_shows_in_the_signature() -> None:
    assert list(inspect.signature(vt.ops.uniform_).parameters) == ["self", "from_", "to", "generator"]


@pytest.mark.parametrize("n", [2, 48, 49, 1023, 1024, 65_537, 300_000])
def test_randperm_is_the_order_of_random_keys(n: int) -> None:
    order = vt.randperm(n, generator=vt.Generator().manual_seed(5)).numpy()
    keys = vt.empty(n, dtype=vt.int64).random_(-(2**63), None, generator=vt.Generator().manual_seed(5)).numpy()
    assert (order == np.argsort(keys, kind="stable")).all()
    # Among 300,000 keys some have the same upper half.
    assert n < 300_000 or len(np.unique(keys >> 32)) < n


@pytest.mark.parametrize("n", [0, 1, 17, 5000])
def test_randperm_has_each_number_once(n: int) -> None:
    order = vt.randperm(n, generator=vt.Generator().manual_seed(4)).tolist()
    assert sorted(order) == list(range(n))
    assert n < 17 or order != list(range(n))


def test_multinomial_follows_its_weights() -> None:
    weights = vt.tensor([[1.0, 0.0, 3.0], [0.0, 5.0, 0.0]])
    samples = vt.ops.multinomial(weights, 40_000, True, generator=vt.Generator().manual_seed(4)).numpy()
    assert (samples[1] == 1).all()
    shares = np.bincount(samples[0], minlength=3) / 40_000
    assert shares == pytest.approx([0.25, 0, 0.75], abs=0.01)


def test_multinomial_without_replacement_draws_no_category_twice() -> None:
    weights = vt.rand(50, 20, generator=vt.Generator().manual_seed(4)) + 0.1
    samples = vt.ops.multinomial(weights, 20, generator=vt.Generator()).numpy()
    assert (np.sort(samples, axis=1) == np.arange(20)).all()


@pytest.mark.parametrize("replacement", [False, True])
@pytest.mark.parametrize("bad", [-1.0, float("nan"), float("inf")])
def test_multinomial_refuses_what_is_no_weight(bad: float, replacement: bool) -> None:
    with pytest.raises(RuntimeError, match=r"finite and not negative: got .* for category 1"):
        vt.ops.multinomial(vt.tensor([1.0, bad, 1.0]), 2, replacement)
    with pytest.raises(RuntimeError, match="must not all be zero"):
        vt.ops.multinomial(vt.zeros(3), 2, replacement)


@pytest.mark.parametrize("bad", [-0.1, 1.1, float("nan")])
def test_bernoulli_refuses_what_is_no_probability(bad: float) -> None:
    generator = vt.Generator()
    before = generator.get_state()
    with pytest.raises(RuntimeError, match=r"must be in \[0, 1\]"):
        vt.ops.bernoulli(vt.tensor([0.5, bad]), generator=generator)
    assert generator.get_state() == before


def test_dropout_keeps_the_mean() -> None:
    vt.manual_seed(8)
    out, mask = vt.ops.native_dropout(vt.ones(100_000), 0.3)
    kept = mask.numpy()
    assert kept.mean() == pytest.approx(0.7, abs=0.01)
    assert set(np.unique(out.numpy()[kept])) == {np.float32(1 / 0.7)}
    assert (out.numpy()[~kept] == 0).all()
    x = vt.ones(3)
    assert vt.ops.dropout(x, 0.5, False) is x
    assert vt.ops.dropout(x, 1.0, True).tolist() == [0.0, 0.0, 0.0]
