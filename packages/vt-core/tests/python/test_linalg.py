# SPDX-License-Identifier: Apache-2.0
"""Linear algebra beyond its rows of the op table: vectors by what they must satisfy, and where the factorisations come from."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading

import numpy as np
import pytest
import torch
import vt_core as vt
from vt_core.testing import assert_close, run_forked

DTYPES = ("float32", "float64", "complex64", "complex128")
SHAPES = ((4, 4), (5, 3), (3, 5), (2, 3, 3), (2, 2, 4, 2))


def random_matrices(shape: tuple[int, ...], dtype: str) -> np.ndarray:
    array = np.random.default_rng(sum(shape)).standard_normal((*shape, 2))
    return (array[..., 0] + 1j * array[..., 1] if dtype.startswith("c") else array[..., 0]).astype(dtype)


def array(t: vt.Tensor) -> np.ndarray:
    return np.array(t.tolist()).reshape(tuple(t.shape))


def near(actual: np.ndarray, expected: np.ndarray, dtype: str) -> None:
    single = dtype in ("float32", "complex64")
    assert_close(actual, expected, rtol=0.0, atol=2e-5 if single else 1e-12, check_dtype=False)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_singular_vectors_make_the_matrix(shape: tuple[int, ...], dtype: str) -> None:
    a = random_matrices(shape, dtype)
    for full in (False, True):
        u, s, vh = (array(part) for part in vt.ops.linalg_svd(vt.from_numpy(a), full))
        near(u.mT.conj() @ u, np.broadcast_to(np.eye(u.shape[-1]), (*shape[:-2], u.shape[-1], u.shape[-1])), dtype)
        near(vh @ vh.mT.conj(), np.broadcast_to(np.eye(vh.shape[-2]), (*shape[:-2], vh.shape[-2], vh.shape[-2])), dtype)
        k = s.shape[-1]
        near(u[..., :k] * s[..., None, :] @ vh[..., :k, :], a, dtype)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("uplo", ["L", "U"])
def test_eigenvectors_of_hermitian_matrices_make_them(uplo: str, dtype: str) -> None:
    a = random_matrices((2, 4, 4), dtype)
    values, v = (array(part) for part in vt.ops.linalg_eigh(vt.from_numpy(a), uplo))
    triangle = np.tril(a, -1) if uplo == "L" else np.triu(a, 1)
    hermitian = triangle + triangle.mT.conj() + np.eye(4) * a.real
    near(v.mT.conj() @ v, np.broadcast_to(np.eye(4), (2, 4, 4)), dtype)
    near(v * values[..., None, :] @ v.mT.conj(), hermitian, dtype)


@pytest.mark.parametrize("dtype", DTYPES)
def test_eigenvectors_satisfy_their_equation(dtype: str) -> None:
    a = random_matrices((3, 5, 5), dtype)
    values, v = (array(part) for part in vt.ops.linalg_eig(vt.from_numpy(a)))
    near(a @ v, v * values[..., None, :], dtype)
    near(np.linalg.norm(v, axis=-2), np.ones((3, 5)), dtype)
    assert_close(
        np.sort_complex(array(vt.ops.linalg_eigvals(vt.from_numpy(a)))),
        np.sort_complex(values),
        rtol=1e-4,
        atol=1e-4,
        check_dtype=False,
    )


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_results_are_laid_out_as_in_pytorch(shape: tuple[int, ...]) -> None:
    a = random_matrices(shape, "float64")
    ours, theirs = vt.from_numpy(a), torch.from_numpy(a)
    pairs = [
        (vt.ops.linalg_qr(ours), torch.linalg.qr(theirs)),
        (vt.ops.linalg_svd(ours), torch.linalg.svd(theirs)),
        (vt.ops.linalg_lu_factor(ours), torch.linalg.lu_factor(theirs)),
    ]
    if shape[-1] == shape[-2]:
        pairs += [
            (
                (vt.ops.linalg_cholesky(ours @ vt.ops.transpose(ours, -2, -1)),),
                (torch.linalg.cholesky(theirs @ theirs.mT),),
            ),
            (vt.ops.linalg_eigh(ours), torch.linalg.eigh(theirs)),
        ]
    for mine, expected in pairs:
        for part, one in zip(mine, expected, strict=True):
            assert tuple(part.stride()) == one.stride()


@pytest.mark.parametrize("n", range(1, 11))
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_small_systems_are_solved_as_numpy_does(n: int, dtype: str) -> None:
    a = random_matrices((20, n, n), dtype)
    b = random_matrices((20, n, 3), dtype)
    x, y = vt.from_numpy(a), vt.from_numpy(b)
    scale = 1e-3 if dtype == "float32" else 1e-9
    assert np.allclose(array(vt.ops.linalg_solve(x, y)), np.linalg.solve(a, b), rtol=scale, atol=scale)
    assert np.allclose(array(vt.ops.linalg_inv(x)), np.linalg.inv(a), rtol=scale, atol=scale)
    assert np.allclose(array(vt.ops.linalg_det(x)), np.linalg.det(a), rtol=scale, atol=scale)


def test_small_singular_matrices_are_named() -> None:
    a = vt.from_numpy(np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [1.0, 0.0, 1.0]]))
    with pytest.raises(RuntimeError, match="diagonal element 3 is zero"):
        vt.ops.linalg_inv(a)
    assert vt.ops.linalg_det(a).item() == 0


def test_pivots_that_are_no_rows_are_refused() -> None:
    a = vt.from_numpy(np.eye(3))
    with pytest.raises(RuntimeError, match="pivots must be between 1 and 3: got 4"):
        vt.ops.linalg_lu_solve(a, vt.tensor([1, 4, 3], dtype=vt.int32), a)


def test_determinants_of_large_matrices_are_found_by_their_logarithm() -> None:
    a = random_matrices((200, 200), "float64") * 100
    sign, log = vt.ops.linalg_slogdet(vt.from_numpy(a))
    expected = np.linalg.slogdet(a)
    assert sign.item() == expected[0]
    assert_close(log, np.asarray(expected[1]), rtol=1e-12, atol=0.0)


def test_sizes_that_lapack_cannot_take_are_refused() -> None:
    wide = vt.ops.zeros((1,)).expand((1, 2**31))
    with pytest.raises(OverflowError, match="LAPACK takes at most 2147483647"):
        vt.ops.geqrf(wide)


def test_complete_solution_of_numbers_that_are_not_finite() -> None:
    nan = vt.ops.full((2, 2), float("nan"))
    values, vectors = vt.ops.linalg_eigh(nan)
    assert np.isnan(array(values)).all()
    assert np.isnan(array(vectors)).all()
    with pytest.raises(vt.LinAlgError, match="not finite"):
        vt.ops.linalg_svd(vt.ops.full((2, 2), float("inf")))


def test_what_the_cpu_chooses_for_itself() -> None:
    with pytest.raises(RuntimeError, match="only supported on CUDA"):
        vt.ops.linalg_svd(vt.ops.ones((2, 2)), driver="gesvd")
    with pytest.raises(RuntimeError, match="without pivoting is not implemented on the CPU"):
        vt.ops.linalg_lu(vt.ops.ones((2, 2)), pivot=False)
    a, b = (vt.from_numpy(random_matrices((4, 2), "float64") + shift) for shift in (0.0, 1.0))
    for result, expected in zip(vt.ops.linalg_lstsq(a, b), vt.ops.linalg_lstsq(a, b, driver="gelsy"), strict=True):
        assert result.tolist() == expected.tolist()


def test_lin_alg_error_is_a_runtime_error() -> None:
    assert issubclass(vt.LinAlgError, RuntimeError)


def test_products_without_operands_are_refused() -> None:
    with pytest.raises(RuntimeError, match="expected one or more"):
        vt.ops.chain_matmul(())


def python(code: str, **environment: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_the_library_is_opened_when_it_is_first_needed() -> None:
    code = """
import vt_core as vt
def is_open():
    with open("/proc/self/maps") as maps:
        return "openblas" in maps.read()
x = vt.ops.eye(3)
assert (x @ x).sum().item() == 3 and not is_open()
vt.ops.linalg_inv(x)
assert is_open()
"""
    python(code)


@pytest.mark.parametrize(
    "remove", ["", "import sys; sys.path[:] = [p for p in sys.path if 'site-packages' not in p]\n"]
)
def test_without_a_library_the_error_names_the_remedy(remove: str) -> None:
    code = f"""
import vt_core as vt
vt._C.set_package_folders(())
for call in (
    lambda x: vt.ops.linalg_inv(x), lambda x: vt.ops.linalg_svd(x), lambda x: vt.ops.linalg_eigvalsh(x),
    lambda x: vt.ops.linalg_cholesky(x), lambda x: vt.ops.linalg_lstsq(x, x), lambda x: vt.ops.linalg_qr(x),
):
    try:
        call(vt.ops.eye(2))
    except NotImplementedError as error:
        assert "pip install 'vt-core[linalg]'" in str(error), error
    else:
        raise AssertionError("no error")
assert vt._C.lapack_description().startswith("none: ")
{remove}
"""
    python(code)


def test_a_library_that_is_named_but_missing_is_not_replaced_by_another() -> None:
    code = """
import vt_core as vt
try:
    vt.ops.linalg_inv(vt.ops.eye(2))
except NotImplementedError as error:
    assert "VT_LAPACK_LIBRARY" in str(error) and "/no/such/library.so" in str(error), error
else:
    raise AssertionError("no error")
"""
    python(code, VT_LAPACK_LIBRARY="/no/such/library.so")


def test_a_library_can_be_named() -> None:
    path = vt._C.lapack_description()
    code = """
import vt_core as vt
vt._C.set_package_folders(())
assert vt.ops.linalg_inv(vt.ops.eye(2)).sum().item() == 2
print(vt._C.lapack_description())
"""
    assert python(code, VT_LAPACK_LIBRARY=path).strip() == path
    assert vt.settings()["VT_LAPACK_LIBRARY"] is None or "VT_LAPACK_LIBRARY" in os.environ


def test_the_library_computes_on_the_calling_thread() -> None:
    vt.ops.linalg_inv(vt.ops.eye(2))
    library = ctypes.CDLL(vt._C.lapack_description())
    assert library.scipy_openblas_get_num_threads() == 1


def test_factorisations_work_in_a_forked_child() -> None:
    a = vt.from_numpy(random_matrices((8, 64, 64), "float64"))
    before = vt.ops.linalg_svdvals(a).sum().item()
    outcome = run_forked(lambda: vt.ops.linalg_svdvals(a).sum().item() == before, timeout_s=60)
    assert (outcome.kind, outcome.value) == ("returned", "True"), outcome


def test_threads_factorise_side_by_side() -> None:
    a = vt.from_numpy(random_matrices((4, 48, 48), "float64"))
    expected = vt.ops.linalg_inv(a).tolist()
    wrong: list[int] = []

    def work(number: int) -> None:
        wrong.extend(number for _ in range(5) if vt.ops.linalg_inv(a).tolist() != expected)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
