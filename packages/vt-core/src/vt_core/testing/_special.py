# SPDX-License-Identifier: Apache-2.0
"""Special functions of arrays in float64, by other means than the kernels use: sums, quadrature and the standard library."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

__all__ = [
    "airy_ai",
    "bessel_j",
    "bessel_k",
    "bessel_y0",
    "bessel_y1",
    "digamma",
    "erfc",
    "erfcx",
    "erfinv",
    "gammainc",
    "i0",
    "i1",
    "lgamma",
    "log_ndtr",
    "ndtr",
    "ndtri",
    "polygamma",
    "zeta",
]


def _each(function: Any) -> Any:
    return np.vectorize(function, otypes=[np.float64])


def _lgamma(x: float) -> float:
    return math.inf if x <= 0 and x == math.floor(x) else math.lgamma(x)


lgamma = _each(_lgamma)
erfc = _each(math.erfc)


def ndtr(x: Array) -> Any:
    return np.asarray(erfc(-x / math.sqrt(2))) / 2


def log_ndtr(x: Array) -> Any:
    """For arguments above -30."""
    lower: Array = np.asarray(ndtr(x))
    upper: Array = np.asarray(ndtr(-x))
    return np.where(x > 3, np.log1p(-upper), np.log(lower))


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


def _turns() -> tuple[Array, Array]:
    t = (np.arange(400) + 0.5) * (2 * np.pi / 400)
    return t, np.sin(t)


def bessel_j(order: int, x: Array) -> Any:
    """The mean of cos(order t - x sin t) over a turn; for arguments of a magnitude below 100."""
    t, sine = _turns()
    return np.mean(np.cos(order * t - np.asarray(x, np.float64)[..., None] * sine), axis=-1)


def _on_positive(value: Any, x: Array, at_zero: float) -> Any:
    return np.where(x > 0, value, np.where(x == 0, at_zero, np.nan))


def bessel_y0(x: Array) -> Any:
    """By Neumann's series, for arguments below 20."""
    a = np.where(x > 0, x, 1.0)
    tail = sum((-1) ** k / k * bessel_j(2 * k, a) for k in range(1, 40))
    value = 2 / np.pi * (np.log(a / 2) + np.euler_gamma) * bessel_j(0, a) - 4 / np.pi * tail
    return _on_positive(value, x, -np.inf)


def bessel_y1(x: Array) -> Any:
    """The derivative of that series, turned."""
    a = np.where(x > 0, x, 1.0)
    tail = sum((-1) ** k / k * (bessel_j(2 * k - 1, a) - bessel_j(2 * k + 1, a)) for k in range(1, 40))
    log = np.log(a / 2) + np.euler_gamma
    value = 2 / np.pi * (log * bessel_j(1, a) - bessel_j(0, a) / a + tail)
    return _on_positive(value, x, -np.inf)


def bessel_k(order: int, x: Array) -> Any:
    """The integral of e^(-x cosh t) cosh(order t) over t > 0, by the trapezoidal rule; for arguments above 1e-3."""
    a = np.where(x > 0, x, 1.0)[..., None]
    t = np.arange(-400, 401) * 0.03
    value = 0.015 * np.sum(np.exp(-a * np.cosh(t)) * np.cosh(order * t), axis=-1)
    return _on_positive(value, x, np.inf)


def airy_ai(x: Array) -> Any:
    """By its power series, for arguments of a magnitude below 10."""
    cube = np.asarray(x, np.float64) ** 3
    even = np.ones_like(cube)
    odd = np.array(x, np.float64)
    total = 3 ** (-2 / 3) / math.gamma(2 / 3) * even - 3 ** (-1 / 3) / math.gamma(1 / 3) * odd
    for k in range(1, 60):
        even = even * cube / ((3 * k - 1) * 3 * k)
        odd = odd * cube / (3 * k * (3 * k + 1))
        total = total + 3 ** (-2 / 3) / math.gamma(2 / 3) * even - 3 ** (-1 / 3) / math.gamma(1 / 3) * odd
    return total


def gammainc(a: Array, x: Array) -> Any:
    """The lower incomplete gamma function by its power series, for arguments below 50."""
    a, x = np.broadcast_arrays(np.asarray(a, np.float64), np.asarray(x, np.float64))
    term = np.exp(a * np.log(x) - x - lgamma(a + 1))
    total = term
    for n in range(1, 250):
        term = term * x / (a + n)
        total = total + term
    limits = np.where(a == 0, np.where(x > 0, 1.0, np.nan), 0.0)
    return np.where((a > 0) & (x > 0), total, limits)
