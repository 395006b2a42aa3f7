# SPDX-License-Identifier: Apache-2.0
"""Products of bfloat16, which some processors multiply in pairs: sizes, layouts, threads and instruction sets."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import vt_core as vt

SIZES = [
    (1, 1, 1),
    (7, 1, 9),
    (8, 2, 16),
    (15, 3, 17),
    (29, 31, 33),
    (16, 33, 47),
    (41, 257, 70),
    (20, 513, 100),
    (70, 1027, 35),
    (600, 65, 1100),
    (100, 0, 100),
]
LAYOUTS = ["rows", "columns", "apart"]


def matrix(rows: int, columns: int, seed: int, layout: str = "rows") -> vt.Tensor:
    """A random matrix with dense rows, dense columns or neither."""
    numbers = np.random.default_rng(seed).standard_normal((rows, columns)).astype(np.float32)
    if layout == "columns":
        return vt.tensor(np.ascontiguousarray(numbers.T)).to(vt.bfloat16).transpose(0, 1)
    if layout == "apart":
        wide = vt.tensor(np.repeat(np.repeat(numbers, 2, 0), 3, 1)).to(vt.bfloat16)
        return wide[::2, ::3]
    return vt.tensor(numbers).to(vt.bfloat16)


def wide(x: vt.Tensor) -> np.ndarray[Any, np.dtype[np.float64]]:
    return x.to(vt.float64).numpy()


def assert_rounded_once(got: vt.Tensor, a: vt.Tensor, b: vt.Tensor) -> None:
    left, right = wide(a), wide(b)
    exact = left @ right
    most = 2.0**-8 * np.abs(exact) + 2.0**-20 * (np.abs(left) @ np.abs(right))
    assert got.dtype == vt.bfloat16
    assert (np.abs(wide(got) - exact) <= most).all()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("right", LAYOUTS)
@pytest.mark.parametrize("left", LAYOUTS)
def test_sums_are_rounded_once_for_every_size_and_layout(size: tuple[int, int, int], left: str, right: str) -> None:
    m, k, n = size
    a, b = matrix(m, k, 1, left), matrix(k, n, 2, right)
    assert_rounded_once(vt.mm(a, b), a, b)


def test_batches_addends_and_layers() -> None:
    a, b = matrix(19, 45, 1), matrix(45, 37, 2)
    stack = vt.stack([a, a * 2, a * -1])
    for got, left in zip(vt.bmm(stack, vt.stack([b, b, b])), stack, strict=True):
        assert_rounded_once(got, left, b)
    added = matrix(19, 37, 3)
    exact = 2 * wide(added) - 0.5 * (wide(a) @ wide(b))
    got = vt.addmm(added, a, b, beta=2, alpha=-0.5)
    np.testing.assert_allclose(wide(got), exact, rtol=2**-8, atol=1e-4)
    row = matrix(1, 37, 4)[0]
    got = vt.linear(a, b.transpose(0, 1).contiguous(), row)
    np.testing.assert_allclose(wide(got), wide(a) @ wide(b) + wide(row), rtol=2**-8, atol=1e-4)


def test_a_convolution_of_one_position() -> None:
    x = matrix(2 * 37, 25, 1).reshape(2, 37, 5, 5)
    weight = matrix(19, 37, 2)
    got = vt.conv2d(x, weight.reshape(19, 37, 1, 1))
    for image, source in zip(got, x, strict=True):
        assert_rounded_once(image.reshape(19, 25), weight, source.reshape(37, 25))


def test_infinities_and_nans_stay_where_they_are() -> None:
    a, b = matrix(20, 33, 1), matrix(33, 40, 2)
    left, right = wide(a).astype(np.float32), wide(b).astype(np.float32)
    left[3, 32] = np.inf
    right[32, 5] = np.nan
    got = wide(vt.mm(vt.tensor(left).to(vt.bfloat16), vt.tensor(right).to(vt.bfloat16)))
    kept = np.ones_like(got, bool)
    kept[3], kept[:, 5] = False, False
    assert np.isfinite(got[kept]).all()
    assert np.isnan(got[:, 5]).all()
    assert np.isinf(np.delete(got[3], 5)).all()


@pytest.mark.parametrize("size", [(300, 401, 500), (130, 2001, 70), (7, 700, 3000)], ids=str)
def test_threads_do_not_change_a_bit(size: tuple[int, int, int]) -> None:
    m, k, n = size
    a, b = matrix(m, k, 1), matrix(k, n, 2)
    before = vt.get_num_threads()
    try:
        vt.set_num_threads(1)
        alone = wide(vt.mm(a, b))
        vt.set_num_threads(7)
        assert (wide(vt.mm(a, b)) == alone).all()
    finally:
        vt.set_num_threads(before)


CODE = """
import hashlib, vt_core as vt
digest = hashlib.sha256()
for m, k, n in ((9, 33, 21), (40, 300, 70), (64, 515, 64)):
    a = (vt.arange(m * k) * 7 % 13 - 6).to(vt.bfloat16).reshape(m, k)
    b = (vt.arange(k * n) * 5 % 11 - 5).to(vt.bfloat16).reshape(k, n)
    digest.update(repr(vt.mm(a, b).tolist()).encode())
print(digest.hexdigest())
"""


def test_exact_sums_do_not_depend_on_the_instruction_set() -> None:
    def digest(**environment: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", CODE], env={**os.environ, **environment}, capture_output=True, text=True, check=True
        ).stdout

    assert digest(VT_CPU_ISA="v2") == digest(VT_CPU_ISA="") == digest()
