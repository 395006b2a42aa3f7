# SPDX-License-Identifier: Apache-2.0
"""Gradients through the kernels of vt-kernels against those of the CPU."""

import pytest
import vt_core as vt
import vt_cuda
import vt_kernels
from program_gradients import gradients
from vt_core.testing import assert_close
from vt_core.testing.op_table import sample_values

pytestmark = pytest.mark.skipif(vt_cuda.device_count() == 0, reason="no CUDA device")


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_kernels_of_vt_kernels_take_leaves_that_require_grad(dtype: str) -> None:
    vt_kernels.install()
    a, b = (vt.from_numpy(sample_values((6, 128), "float32", seed)).to(dtype=getattr(vt, dtype)) for seed in (1, 2))
    for program in (
        lambda a, b: vt.ops.softmax(a, -1) * b,
        lambda a, b: vt.ops.rms_norm(a, [128], b[0], 1e-6) * b,
    ):
        want = gradients(program, a, b)
        got = gradients(program, a.to(device="cuda"), b.to(device="cuda"))
        for on_device, expected in zip(got, want, strict=True):
            assert_close(on_device.to(device="cpu"), expected)
