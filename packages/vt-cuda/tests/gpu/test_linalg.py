# SPDX-License-Identifier: Apache-2.0
"""Factorisations of sizes and batches that the op table does not reach: by what they must satisfy, and against the CPU."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import vt_core as vt
import vt_cuda
from on_cuda import LIBRARIES
from vt_core.testing import assert_close

ops = vt.ops


def _has_solver() -> bool:
    if vt_cuda.device_count() == 0:
        return True
    try:
        LIBRARIES["cuSOLVER"][0]()
    except NotImplementedError:
        return False
    return True


needs_solver = pytest.mark.skipif(not _has_solver(), reason="no cuSOLVER")

DTYPES = ("float32", "float64", "complex64", "complex128")
# Single and batched, square and not, beyond what small batches are computed at once for, and of no matrices.
SHAPES = ((4, 4), (70, 40), (40, 70), (3, 5, 3), (2, 2, 3, 5), (2, 40, 36), (2, 130, 3), (6, 1, 1))
SQUARE = ((4, 4), (70, 70), (3, 5, 5), (2, 2, 3, 3), (2, 40, 40), (6, 1, 1))


def random(shape: tuple[int, ...], dtype: str, seed: int = 0) -> np.ndarray:
    parts = np.random.default_rng(sum(shape) + seed).standard_normal((2, *shape))
    return (parts[0] + 1j * parts[1] if dtype.startswith("c") else parts[0]).astype(dtype)


def on_device(array: np.ndarray) -> vt.Tensor:
    return vt.from_numpy(array).to(device="cuda")


def arrays(*tensors: vt.Tensor) -> list[np.ndarray]:
    return [np.array(t.tolist(), dtype=t.dtype.name).reshape(tuple(t.shape)) for t in tensors]


def adjoint(a: np.ndarray) -> np.ndarray:
    return a.swapaxes(-1, -2).conj()


def near(actual: Any, expected: Any) -> None:
    single = np.result_type(actual).name in ("float32", "complex64")
    assert_close(actual, expected, rtol=0.0, atol=2e-4 if single else 1e-11, check_dtype=False)


def orthonormal(columns: np.ndarray) -> None:
    product = adjoint(columns) @ columns
    near(product, np.broadcast_to(np.eye(columns.shape[-1], dtype=columns.dtype), product.shape))


@pytest.mark.parametrize("scale", [1e-200, 1e200])
@pytest.mark.parametrize("dtype", ["float64", "complex128"])
def test_qr_factors_of_extreme_numbers(dtype: str, scale: float) -> None:
    a = random((3, 5, 4), dtype)
    q, r = arrays(*ops.linalg_qr(on_device(a * scale)))
    orthonormal(q)
    near(q @ (r / scale), a)


@needs_solver
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_qr_factors_make_the_matrix(shape: tuple[int, ...], dtype: str) -> None:
    a = random(shape, dtype)
    for mode in ("reduced", "complete"):
        q, r = arrays(*ops.linalg_qr(on_device(a), mode))
        orthonormal(q)
        near(np.tril(r, -1), np.zeros_like(r))
        near(q @ r, a)
    k = min(shape[-2:])
    near(arrays(ops.linalg_qr(on_device(a), "r")[1])[0], r[..., :k, :])


@needs_solver
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_reflectors_make_q(shape: tuple[int, ...], dtype: str) -> None:
    if shape[-2] < shape[-1]:
        return
    a, tau = ops.geqrf(on_device(random(shape, dtype)))
    product = arrays(ops.linalg_householder_product(a, tau))[0]
    near(product, arrays(ops.linalg_qr(on_device(random(shape, dtype)))[0])[0])


@needs_solver
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("driver", [None, "gesvd", "gesvdj", "gesvda"])
def test_singular_vectors_make_the_matrix(driver: str | None, shape: tuple[int, ...], dtype: str) -> None:
    a = random(shape, dtype)
    k = min(shape[-2:])
    for full in (False,) if driver == "gesvda" else (True, False):
        u, s, vh = arrays(*ops.linalg_svd(on_device(a), full, driver=driver))
        assert u.shape[-1] == (shape[-2] if full else k)
        assert vh.shape[-2] == (shape[-1] if full else k)
        orthonormal(u)
        orthonormal(adjoint(vh))
        near(u[..., :k] * s[..., None, :] @ vh[..., :k, :], a)
    near(s, np.linalg.svd(a, compute_uv=False).astype(s.dtype))
    near(arrays(ops.linalg_svdvals(on_device(a), driver=driver))[0], s)


@needs_solver
@pytest.mark.parametrize("shape", [(3, 3), (5, 3), (2, 3, 5)], ids=str)
def test_singular_values_are_found_where_the_method_of_jacobi_does_not_converge(shape: tuple[int, ...]) -> None:
    """On the emulated device it never does for matrices with this element."""
    a = random(shape, "float64")
    a[..., 0, 0] = 4096
    u, s, vh = arrays(*ops.linalg_svd(on_device(a), False))
    near(u * s[..., None, :] @ vh, a)


@needs_solver
def test_drivers_of_singular_values_are_told_by_name() -> None:
    x = ops.ones([2, 2], device="cuda")
    with pytest.raises(RuntimeError, match="unknown driver: got 'x'"):
        ops.linalg_svd(x, driver="x")
    with pytest.raises(RuntimeError, match="'gesvda' has reduced factors alone"):
        ops.linalg_svd(x[:1], driver="gesvda")


@needs_solver
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", SQUARE, ids=str)
@pytest.mark.parametrize("uplo", ["L", "U"])
def test_eigenvectors_of_hermitian_matrices_make_them(uplo: str, shape: tuple[int, ...], dtype: str) -> None:
    a = random(shape, dtype)
    values, v = arrays(*ops.linalg_eigh(on_device(a), uplo))
    triangle = np.tril(a, -1) if uplo == "L" else np.triu(a, 1)
    hermitian = triangle + adjoint(triangle) + np.eye(shape[-1]) * a.real
    orthonormal(v)
    near(v * values[..., None, :] @ adjoint(v), hermitian.astype(dtype))
    assert (np.diff(values) >= 0).all()
    near(arrays(ops.linalg_eigvalsh(on_device(a), uplo))[0], values)


@needs_solver
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", SQUARE, ids=str)
def test_eigenvectors_satisfy_their_equation(shape: tuple[int, ...], dtype: str) -> None:
    a = random(shape, dtype)
    values, v = arrays(*ops.linalg_eig(on_device(a)))
    near(np.linalg.norm(v, axis=-2), np.ones(v.shape[:-2] + v.shape[-1:], values.real.dtype))
    near(a @ v, v * values[..., None, :])
    near(np.sort_complex(arrays(ops.linalg_eigvals(on_device(a)))[0]), np.sort_complex(values))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_lu_factors_without_exchanged_rows(shape: tuple[int, ...], dtype: str) -> None:
    a = random(shape, dtype) + 9 * np.eye(*shape[-2:], dtype=dtype)
    p, lower, upper = ops.linalg_lu(on_device(a), pivot=False)
    assert p.numel() == 0
    near(np.matmul(*arrays(lower, upper)), a)
    pivots = ops.linalg_lu_factor(on_device(a), pivot=False)[1]
    assert (np.array(pivots.tolist()) == np.arange(1, min(shape[-2:]) + 1)).all()


@pytest.mark.parametrize("hermitian", [False, True])
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [*SQUARE, (300, 300)], ids=str)
def test_ldl_factors_solve_systems(shape: tuple[int, ...], dtype: str, hermitian: bool) -> None:
    a = random(shape, dtype)
    a = a + (adjoint(a) if hermitian else a.swapaxes(-1, -2))
    a[..., 0, 0] = 0  # the first pivot is not on the diagonal
    if shape[-1] == 1:
        a[:] = 2
    b = random((*shape[:-1], 35), dtype, 1)
    ld, pivots, info = ops.linalg_ldl_factor_ex(on_device(a), hermitian=hermitian)
    assert not info.any()
    want, want_pivots, _ = ops.linalg_ldl_factor_ex(vt.from_numpy(a), hermitian=hermitian)
    assert pivots.tolist() == want_pivots.tolist()
    assert (np.array(want_pivots.tolist()) < 0).any() == (shape[-1] > 1)
    scale = np.abs(arrays(want)[0]).max()
    near(arrays(ld)[0] / scale, arrays(want)[0] / scale)
    x = arrays(ops.linalg_ldl_solve(ld, pivots, on_device(b), hermitian=hermitian))[0]
    if shape[-1] < 300 or dtype in ("float64", "complex128"):
        near((a @ x - b).astype(dtype) / np.abs(x).max(), np.zeros_like(b))


def test_ldl_factors_tell_singular_matrices() -> None:
    a = np.stack([np.eye(3), np.diag([1.0, 0.0, 1.0])])
    assert ops.linalg_ldl_factor_ex(on_device(a))[2].tolist() == [0, 2]
    with pytest.raises(vt.LinAlgError, match=r"\(Batch element 1\): D\[2,2\] is zero"):
        ops.linalg_ldl_factor(on_device(a))


def test_pivots_out_of_range_are_reported() -> None:
    ld = ops.eye(3, device="cuda")
    pivots = vt.tensor([1, 7, 3], dtype=vt.int32).to(device="cuda")
    with pytest.raises(IndexError, match="pivots: index 7 is out of bounds"):
        ops.linalg_ldl_solve(ld, pivots, ops.ones([3, 1], device="cuda")).tolist()


@needs_solver
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("driver", [None, "gels", "gelsy", "gelsd", "gelss"])
@pytest.mark.parametrize("shape", [(5, 3), (3, 5), (4, 4), (2, 50, 40)], ids=str)
def test_least_squares_are_those_of_the_pseudo_inverse(shape: tuple[int, ...], driver: str | None, dtype: str) -> None:
    a = random(shape, dtype)
    b = random((*shape[:-1], 2), dtype, 1)
    x, residuals, rank, values = ops.linalg_lstsq(on_device(a), on_device(b), driver=driver)
    expected = np.linalg.pinv(a) @ b
    near(arrays(x)[0], expected)
    k = min(shape[-2:])
    if driver in (None, "gels"):
        assert rank.numel() == values.numel() == 0
    else:
        assert (np.array(rank.tolist()) == k).all()
        assert values.numel() == (0 if driver == "gelsy" else np.prod(shape[:-2], dtype=int) * k)
    if shape[-2] > shape[-1] and driver != "gelsy":
        near(arrays(residuals)[0], (np.abs(a @ expected - b) ** 2).sum(-2))
    else:
        assert residuals.numel() == 0


@needs_solver
def test_least_squares_of_less_than_full_rank() -> None:
    a = np.ones((4, 2))
    with pytest.raises(vt.LinAlgError, match="does not have full rank"):
        ops.linalg_lstsq(on_device(np.zeros((4, 2))), on_device(np.ones((4, 1))))
    x, residuals, rank, _ = ops.linalg_lstsq(on_device(a), on_device(np.ones((4, 1))), driver="gelsd")
    near(arrays(x)[0], np.full((2, 1), 0.5))
    assert rank.item() == 1
    assert residuals.numel() == 0


@needs_solver
def test_numbers_that_are_not_finite() -> None:
    a = np.stack([np.eye(3), np.full((3, 3), np.nan), 2 * np.eye(3)])
    values, vectors = arrays(*ops.linalg_eigh(on_device(a)))
    assert np.isnan(values[1]).all()
    assert np.isnan(vectors[1]).all()
    near(values[::2], np.array([[1.0] * 3, [2.0] * 3]))
    for call in (ops.linalg_svd, ops.linalg_eig, lambda x: ops.linalg_lstsq(x, x), ops.linalg_pinv):
        with pytest.raises(vt.LinAlgError, match=r"\(Batch element 1\): the input holds numbers that are not finite"):
            call(on_device(a))


FACTORISATIONS: dict[str, Callable[[vt.Tensor], object]] = {
    "geqrf": ops.geqrf,
    "linalg_qr": ops.linalg_qr,
    "linalg_eigh": ops.linalg_eigh,
    "linalg_eig": ops.linalg_eig,
    "linalg_svd": ops.linalg_svd,
}


@needs_solver
@pytest.mark.parametrize("name", FACTORISATIONS)
def test_what_cannot_be_captured_is_refused_by_name(name: str) -> None:
    x = ops.eye(40, device="cuda")
    FACTORISATIONS[name](x)
    graph = vt_cuda.CUDAGraph()
    with pytest.raises(RuntimeError, match=f"{name}: .*cannot be captured"), vt_cuda.graph(graph):
        FACTORISATIONS[name](x)
    FACTORISATIONS[name](x)


def test_factors_of_small_matrices_are_captured() -> None:
    a, b = random((5, 3), "float64"), random((5, 3), "float64", 1)
    x = on_device(a)
    ops.linalg_qr(x)
    graph = vt_cuda.CUDAGraph()
    with vt_cuda.graph(graph):
        q, r = ops.linalg_qr(x)
    x.copy_(on_device(b))
    graph.replay()
    near(np.matmul(*arrays(q, r)), b)


@needs_solver
@pytest.mark.parametrize("name", ["linalg_eigh", "linalg_eig", "linalg_svd"])
def test_waits_for_the_outcome_are_told(name: str) -> None:
    x = ops.eye(3, device="cuda")
    vt_cuda.set_sync_debug_mode("error")
    try:
        with pytest.raises(RuntimeError, match=f"{name}: the host waits for the device"):
            FACTORISATIONS[name](x)
        ops.linalg_qr(x)
    finally:
        vt_cuda.set_sync_debug_mode("default")


@needs_solver
def test_streams_factorise_side_by_side() -> None:
    a = random((60, 60), "float64")
    streams = [vt_cuda.Stream() for _ in range(3)]
    x = on_device(a)
    vt_cuda.synchronize()
    results: list[Any] = []
    for _ in range(2):
        for stream in streams:
            with vt_cuda.stream(stream):
                results.append(ops.linalg_qr(x))
    vt_cuda.synchronize()
    for q, r in results:
        near(arrays(q)[0] @ arrays(r)[0], a)
