# SPDX-License-Identifier: Apache-2.0
"""Gradients on the device against those of the CPU."""

import pytest
import vt_autograd
import vt_core as vt
import vt_cuda
from program_gradients import Program, gradients
from vt_core.testing import assert_close
from vt_core.testing.op_table import sample_values

pytestmark = pytest.mark.skipif(vt_cuda.device_count() == 0, reason="no CUDA device")

# Functions of two matrices whose gradients use every kernel of the device.
PROGRAMS: dict[str, Program] = {
    "add": lambda a, b: vt.ops.add(a, b, alpha=2),
    "mul": lambda a, b: a * b,
    "broadcast": lambda a, b: a * b[0] + b[:, 0:1],
    "sum": lambda a, b: (a * b).sum(1),
    "views": lambda a, b: a.transpose(0, 1)[1:3, ::2] * b.transpose(0, 1)[1:3, ::2],
    "select": lambda a, b: a[1] * b[-1],
    "cast": lambda a, b: a.to(dtype=vt.float64) * b,
    "as_strided": lambda a, b: vt.ops.as_strided(a, [4, 3], [2, 1], 0) * vt.ops.as_strided(b, [4, 3], [1, 1], 2),
    "expand": lambda a, b: a[:, None].expand(4, 3, 5) * b[:, None],
}


def _leading(columns: vt.Tensor) -> vt.Tensor:
    """The projection on the first two columns, which their signs do not change."""
    return columns[:, :2] @ columns[:, :2].transpose(0, 1)


def _singular(a: vt.Tensor) -> vt.Tensor:
    u, s, vh = vt.ops.linalg_svd(a, False)
    return (u[:, :2] * s[:2]) @ vh[:2]


# Of a 6 by 4 matrix and one of its shape.
FACTORISATIONS: dict[str, Program] = {
    "qr": lambda a, b: _leading(vt.ops.linalg_qr(a)[0]) @ b,
    "eigh": lambda a, b: _leading(vt.ops.linalg_eigh(a.transpose(0, 1) @ a)[1]) @ b.transpose(0, 1),
    "eigvalsh": lambda a, b: vt.ops.linalg_eigvalsh(a.transpose(0, 1) @ a) * b[0],
    "eigvals": lambda a, b: vt.ops.real(vt.ops.linalg_eigvals(a.transpose(0, 1) @ b) ** 3).sum(),
    "svd": lambda a, b: _singular(a) * b,
    "svdvals": lambda a, b: vt.ops.linalg_svdvals(a) * b[0],
    "pinv": lambda a, b: vt.ops.linalg_pinv(a) @ b,
    "nuclear": lambda a, b: vt.ops.linalg_matrix_norm(a * b, "nuc"),
    "lstsq": lambda a, b: vt.ops.linalg_lstsq(a, b, driver="gels")[0],
    "residuals": lambda a, b: vt.ops.linalg_lstsq(a, b, driver="gels")[1],
    "reflectors": lambda a, b: vt.ops.linalg_householder_product(a * 0.25, b[0] * 0.25),
}


# Of a complex matrix and another one, as numbers whose parts are added.
COMPLEX: dict[str, Program] = {
    "prod": lambda a, b: vt.ops.prod(a, 1) * b[:, 0],
    "var": lambda a, b: vt.ops.var(a, 1) * b[:, 0],
    "std_mean": lambda a, b: vt.ops.std_mean(a, 0)[0] + vt.ops.std_mean(b, 0)[1],
    "norm": lambda a, b: vt.ops.linalg_vector_norm(a, 3, 1) + vt.ops.linalg_vector_norm(b, 2, 1),
    "logsumexp": lambda a, b: vt.ops.logsumexp(a, 1) + vt.ops.logsumexp(b, 1),
    "det": lambda a, b: vt.ops.linalg_det(a @ b.transpose(0, 1)),
    "solve": lambda a, b: vt.ops.linalg_solve(a @ a.transpose(0, 1) + b @ b.transpose(0, 1), a),
    "svdvals": lambda a, b: vt.ops.linalg_svdvals(a * b),
    "lstsq": lambda a, b: vt.ops.linalg_lstsq(a.transpose(0, 1), b.transpose(0, 1), driver="gels")[0],
}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_gradients_are_the_cpus(name: str, dtype: str) -> None:
    a, b = (vt.from_numpy(sample_values((4, 5), dtype, seed)).to(dtype=getattr(vt, dtype)) for seed in (1, 2))
    want = gradients(PROGRAMS[name], a, b)
    got = gradients(PROGRAMS[name], a.to(device="cuda"), b.to(device="cuda"))
    for on_device, expected in zip(got, want, strict=True):
        assert on_device.device.type == "cuda"
        assert_close(on_device.to(device="cpu"), expected)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", FACTORISATIONS)
def test_gradients_through_factorisations_are_the_cpus(name: str, dtype: str) -> None:
    a, b = (vt.from_numpy(sample_values((6, 4), dtype, seed)).to(dtype=getattr(vt, dtype)) for seed in (3, 4))
    want = gradients(FACTORISATIONS[name], a, b)
    got = gradients(FACTORISATIONS[name], a.to(device="cuda"), b.to(device="cuda"))
    for on_device, expected in zip(got, want, strict=True):
        assert on_device.device.type == "cuda"
        assert_close(
            on_device.to(device="cpu"),
            expected,
            rtol=1e-4 if dtype == "float32" else 1e-9,
            atol=1e-3 if dtype == "float32" else 1e-9,
        )


@pytest.mark.parametrize("name", COMPLEX)
def test_gradients_of_complex_numbers_are_the_cpus(name: str) -> None:
    def program(a: vt.Tensor, b: vt.Tensor) -> vt.Tensor:
        result = COMPLEX[name](a, b)
        return vt.ops.view_as_real(result) if result.dtype.is_complex else result

    a, b = (vt.from_numpy(sample_values((4, 5), "complex128", seed)) for seed in (5, 6))
    want = gradients(program, a, b)
    got = gradients(program, a.to(device="cuda"), b.to(device="cuda"))
    for on_device, expected in zip(got, want, strict=True):
        assert_close(on_device.to(device="cpu"), expected, rtol=1e-8, atol=1e-9)


def test_backward_does_not_wait() -> None:
    a = vt.ops.ones([100, 100], device="cuda").requires_grad_(True)
    vt_autograd.backward((a * a).sum())
    before = vt_cuda.counters()["host_synchronizations"]
    vt_autograd.backward((a * a).sum())
    assert vt_cuda.counters()["host_synchronizations"] == before
    assert a.grad.sum().item() == 40_000.0
