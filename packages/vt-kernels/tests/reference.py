# SPDX-License-Identifier: Apache-2.0
"""Softmax in float64 and the tolerance of each dtype, for the interpreter's tests and the GPU's alike."""

import numpy as np

# Relative and absolute: an ulp of the stored type, plus float32's error in exp and the sum. The absolute part covers
# results that are subnormal in the stored type, and float32 results that no row's sum can notice.
TOLERANCES = {"float32": (1e-5, 1e-12), "float16": (1e-3, 6e-8), "bfloat16": (4e-3, 1e-12)}
# Triton's interpreter cuts a float32 off to bfloat16 where a device rounds it: twice the error.
INTERPRETER_TOLERANCES = TOLERANCES | {"bfloat16": (8e-3, 1e-12)}


def softmax_f64(x: np.ndarray) -> np.ndarray:
    """Softmax over the last axis; NaN where PyTorch gives NaN."""
    x = x.astype(np.float64)
    if x.size == 0:
        return x
    with np.errstate(invalid="ignore"):
        e = np.exp(x - x.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)


def assert_close(
    actual: np.ndarray, expected: np.ndarray, dtype: str, tolerances: dict[str, tuple[float, float]] = TOLERANCES
) -> None:
    """Compare values of a dtype with float64 ones; NaN must meet NaN."""
    rtol, atol = tolerances[dtype]
    np.testing.assert_allclose(actual, expected, rtol=rtol, atol=atol)
