# SPDX-License-Identifier: Apache-2.0
"""Special functions of arrays in float64, by other means than the kernels use: sums, quadrature and the standard library."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

__all__ = ["digamma", "erfc", "erfcx", "erfinv", "i0", "i1", "lgamma", "log_ndtr", "ndtr", "ndtri", "polygamma", "zeta"]


def _each(function: Any) -> Any:
    return np.vectorize(function, otypes=[np.float64])


def _lgamma(x: float) -> float:
    return math.inf if x <= 0 and x == math.floor(x) else math.lgamma(x)


lgamma = _each(_lgamma)
erfc = _each(math.erfc)


def ndtr(x: Array) -> Any:
    return erfc(-x / math.sqrt(2)) / 2


def log_ndtr(x: Array) -> Any:
    """For arguments above -30."""
    return np.where(x > 3, np.log1p(-ndtr(-x)), np.log(ndtr(x)))


def _ndtri(p: float) -> float:
    if p in (0, 1):
        return math.copysign(math.inf, p - 0.5)
    return NormalDist().inv_cdf(p) if 0 < p < 1 else math.nan


ndtri = _each(_ndtri)


def erfinv(x: Array) -> Any:
    return ndtri((x + 1) / 2) / math.sqrt(2)


def erfcx(x: Array) -> Any:
    """For arguments of a magnitude below 5."""
    return np.exp(x * x) * erfc(x)


def zeta(s: Any, q: Array) -> Any:
    """The sum of (q + k)^-s over k >= 0, by fifty terms and an integral of the rest."""
    q = np.asarray(q, np.float64)
    head = sum((q + k) ** -np.asarray(s, np.float64) for k in range(50))
    a = q + 50
    rest = a ** (1 - s) / (s - 1) + a**-s / 2 + s * a ** (-s - 1) / 12 - s * (s + 1) * (s + 2) * a ** (-s - 3) / 720
    return head + rest


def polygamma(n: int, x: Array) -> Any:
    return (-1) ** (n + 1) * math.factorial(n) * zeta(n + 1, x) if n else digamma(x)


def digamma(x: Array) -> Any:
    """For arguments from -12 on."""
    a = np.asarray(x, np.float64) + 30
    far = np.log(a) - 1 / (2 * a) - 1 / (12 * a**2) + 1 / (120 * a**4) - 1 / (252 * a**6)
    value = far - sum(1 / (x + k) for k in range(30))
    at_pole = np.where(x == 0, -np.copysign(np.inf, x), np.nan)
    return np.where((x <= 0) & (x == np.floor(x)), at_pole, value)


def _bessel(x: Array, order: int) -> Any:
    """The mean of e^(x cos t) cos(order t) over a turn, which the trapezoidal rule has exactly but for rounding."""
    t = (np.arange(200) + 0.5) * (2 * np.pi / 200)
    return np.mean(np.exp(np.asarray(x)[..., None] * np.cos(t)) * np.cos(order * t), axis=-1)


def i0(x: Array) -> Any:
    return _bessel(x, 0)


def i1(x: Array) -> Any:
    return _bessel(x, 1)
