# SPDX-License-Identifier: Apache-2.0
"""The kernels as those of the operators: they run, decline, step aside, and agree with vt-cuda's and the CPU's."""

from collections.abc import Iterator

import numpy as np
import pytest
import vt_core
import vt_cuda
from vt_core.testing import TOLERANCES, assert_close
from vt_kernels import install
from vt_kernels._runtime.launch import LoadedKernel
from vt_kernels.install import NAME

pytestmark = pytest.mark.skipif(vt_cuda.device_count() == 0, reason="no CUDA device")

DTYPES = ("float32", "float16", "bfloat16")


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Names of our kernels in the order of their launches."""
    names: list[str] = []
    launch = LoadedKernel.launch

    def recording(self: LoadedKernel, *args: object, **kwargs: object) -> None:
        names.append(self.image.variant.name)
        launch(self, *args, **kwargs)

    monkeypatch.setattr(LoadedKernel, "launch", recording)
    install()
    yield names
    install()


def drawn(shape: tuple[int, ...], dtype: str, seed: int) -> vt_core.Tensor:
    values = np.random.default_rng(seed).standard_normal(shape).astype(np.float32)
    return vt_core.from_numpy(values).to(dtype=getattr(vt_core, dtype))


def calls(shape: tuple[int, ...], dtype: str) -> dict[str, tuple[object, ...]]:
    x, grad, weight = drawn(shape, dtype, 0), drawn(shape, dtype, 1), drawn(shape[-1:], dtype, 2)
    _, rstd = vt_core.ops.native_rms_norm(x, shape[-1:], weight, 1e-6)
    y = vt_core.ops.softmax(x, -1)
    return {
        "softmax": (x, -1),
        "softmax_backward": (grad, y, -1),
        "native_rms_norm": (x, shape[-1:], weight, 1e-6),
        "native_rms_norm_backward": (grad, x, shape[-1:], rstd, weight, 3),
    }


def run(name: str, args: tuple[object, ...], device: str) -> list[vt_core.Tensor]:
    moved = [a.to(device=device) if isinstance(a, vt_core.Tensor) else a for a in args]
    result = getattr(vt_core.ops, name)(*moved)
    return [r.to(device="cpu") for r in (result if isinstance(result, tuple) else (result,))]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(64, 128), (3, 5, 256), (100, 1024), (7, 4096)])
def test_kernels_serve_the_operators(launched: list[str], shape: tuple[int, ...], dtype: str) -> None:
    tolerance = TOLERANCES[dtype]._asdict()
    for name, args in calls(shape, dtype).items():
        launched.clear()
        ours = run(name, args, "cuda")
        assert launched, name
        vt_core.unload_plugin(NAME)
        launched.clear()
        theirs = run(name, args, "cuda")
        assert launched == []
        install()
        for a, b, c in zip(ours, theirs, run(name, args, "cpu"), strict=True):
            # A weight's gradient sums over all rows: rounding grows with their number.
            scale = {key: value * (16 if a.ndim == 1 else 2) for key, value in tolerance.items()}
            assert_close(a, c, **scale)
            assert_close(b, c, **scale)


def test_long_rows_of_half_types_are_normalised_by_vt_cuda(launched: list[str]) -> None:
    """Its kernels are faster there; softmax and float32 stay."""
    for dtype in DTYPES:
        called = calls((4, 8192), dtype)
        for name in ("native_rms_norm", "native_rms_norm_backward"):
            launched.clear()
            run(name, called[name], "cuda")
            assert bool(launched) == (dtype == "float32")


def test_other_calls_reach_the_kernels_of_vt_cuda(launched: list[str]) -> None:
    x = drawn((6, 50), "float64", 0).to(device="cuda")
    assert vt_core.ops.softmax(x, 0).shape == (6, 50)
    assert vt_core.ops.native_rms_norm(x, [50], None, 1e-6)[0].shape == (6, 50)
    assert launched == []
