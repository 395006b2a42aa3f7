# SPDX-License-Identifier: Apache-2.0
"""Gradients of linear algebra equal PyTorch's, of complex matrices too, by functions that do not depend on free phases."""

from __future__ import annotations

import numpy as np
import pytest
import vt_autograd  # noqa: F401
import vt_core as vt

torch = pytest.importorskip("torch")


def matrices(shape, dtype, seed=0):
    rng = np.random.default_rng(seed)
    array = rng.standard_normal(shape)
    if dtype == "complex128":
        array = array + 1j * rng.standard_normal(shape)
    return array + 2 * np.eye(*shape[-2:])


class Torch:
    """PyTorch's linear algebra by vt_core's names."""

    def __getattr__(self, name):
        return getattr(torch.linalg, name.removeprefix("linalg_"), None) or getattr(torch, name)


OPS = {"vt": vt.ops, "torch": Torch()}


def adjoint(ops, x):
    return ops.conj(ops.transpose(x, -2, -1)) if ops is vt.ops else x.mH


def square(ops, x):
    """The sum of the squares of the magnitudes."""
    return (x * (ops.conj(x) if ops is vt.ops else x.conj())).sum() if "complex" in str(x.dtype) else (x * x).sum()


def entry(x):
    return x[..., 0, 0].sum()


def of_eigenvectors(ops, a):
    values, v = ops.linalg_eigh(a + adjoint(ops, a))
    return (values * values * values).sum() + square(
        ops, (v * values.unsqueeze(-2) * values.unsqueeze(-2)) @ adjoint(ops, v)
    )


def of_general_eigenvectors(ops, a):
    values, v = ops.linalg_eig(a)
    inverse = ops.linalg_inv(v)
    return square(ops, values) + square(ops, (v * (values * values).unsqueeze(-2)) @ inverse)


def of_singular_vectors(ops, a):
    u, s, vh = ops.linalg_svd(a, False)
    return (s * s * s).sum() + square(ops, u @ vh)


def of_qr(ops, a):
    q, r = ops.linalg_qr(a)
    return square(ops, q @ ops.triu(r) @ ops.tril(adjoint(ops, r))) + square(ops, ops.tril(q @ adjoint(ops, q)))


def of_lu(ops, a):
    _, lower, upper = ops.linalg_lu(a)
    return square(ops, lower) + square(ops, upper @ adjoint(ops, upper))


def of_lu_solve(ops, a, b):
    lu, pivots = ops.linalg_lu_factor(a)
    first = ops.linalg_lu_solve(lu, pivots, b, adjoint=True)
    second = ops.linalg_lu_solve(lu, pivots, adjoint(ops, b), left=False)
    return square(ops, first) + square(ops, second)


ONE_MATRIX = {
    "cholesky": (lambda ops, a: square(ops, ops.linalg_cholesky(a @ adjoint(ops, a))), (3, 3)),
    "cholesky_upper": (lambda ops, a: square(ops, ops.linalg_cholesky(a @ adjoint(ops, a), upper=True) @ a), (2, 3, 3)),
    "inv": (lambda ops, a: square(ops, ops.linalg_inv(a)), (2, 3, 3)),
    "lu": (of_lu, (3, 3)),
    "lu_tall": (of_lu, (4, 2)),
    "lu_wide": (of_lu, (2, 4)),
    "qr": (of_qr, (3, 3)),
    "qr_tall": (of_qr, (2, 4, 2)),
    "qr_wide": (of_qr, (2, 4)),
    "eigh": (of_eigenvectors, (3, 3)),
    "eigvalsh": (lambda ops, a: square(ops, ops.linalg_eigvalsh(a + adjoint(ops, a))), (2, 3, 3)),
    "eig": (of_general_eigenvectors, (3, 3)),
    "eigvals": (lambda ops, a: square(ops, ops.linalg_eigvals(a)), (2, 3, 3)),
    "svd": (of_singular_vectors, (3, 3)),
    "svd_tall": (of_singular_vectors, (4, 2)),
    "svd_wide": (of_singular_vectors, (2, 2, 4)),
    "svdvals": (lambda ops, a: square(ops, ops.linalg_svdvals(a)), (3, 2)),
    "pinv_tall": (lambda ops, a: square(ops, ops.linalg_pinv(a)), (4, 2)),
    "pinv_wide": (lambda ops, a: square(ops, ops.linalg_pinv(a)), (2, 4)),
    "matrix_power": (lambda ops, a: square(ops, ops.matrix_power(a, -3)), (3, 3)),
    "multi_dot": (lambda ops, a: square(ops, ops.linalg_multi_dot([a, a, a])), (3, 3)),
    "kron": (lambda ops, a: square(ops, ops.kron(a, a) @ ops.kron(a, a)), (2, 2)),
}
TWO_MATRICES = {
    "solve": (lambda ops, a, b: square(ops, ops.linalg_solve(a, b)), (3, 3), (3, 2)),
    "solve_right": (lambda ops, a, b: square(ops, ops.linalg_solve(a, b, left=False)), (2, 3, 3), (4, 3)),
    "solve_vectors": (lambda ops, a, b: square(ops, ops.linalg_solve(a, b)), (2, 3, 3), (2, 3)),
    "solve_triangular": (
        lambda ops, a, b: square(ops, ops.linalg_solve_triangular(a, b, upper=True)),
        (3, 3),
        (2, 3, 2),
    ),
    "lu_solve": (of_lu_solve, (3, 3), (3, 2)),
    "lstsq": (lambda ops, a, b: square(ops, ops.linalg_lstsq(a, b)[0]), (4, 2), (4, 2)),
    "matmul": (lambda ops, a, b: square(ops, a @ b), (2, 3, 3), (3, 2)),
    "addmm": (lambda ops, a, b: square(ops, ops.addmm(b, a, b, beta=0.5, alpha=2)), (3, 3), (3, 2)),
}


def gradients(name, function, arrays):
    ops = OPS[name]
    if name == "vt":
        leaves = [vt.from_numpy(array.copy()).requires_grad_() for array in arrays]
    else:
        leaves = [torch.from_numpy(array.copy()).requires_grad_() for array in arrays]
    total = function(ops, *leaves)
    total = (ops.real(total) if name == "torch" else total) if "complex" in str(total.dtype) else total
    if "complex" in str(total.dtype):
        total.backward(vt.ops.ones_like(total.detach()))
    else:
        total.backward()
    return [np.array(leaf.grad.tolist()) for leaf in leaves]


@pytest.mark.parametrize("dtype", ["float64", "complex128"])
@pytest.mark.parametrize("name", ONE_MATRIX)
def test_gradient_of_one_matrix(name: str, dtype: str) -> None:
    function, shape = ONE_MATRIX[name]
    arrays = [matrices(shape, dtype)]
    for ours, theirs in zip(gradients("vt", function, arrays), gradients("torch", function, arrays), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("dtype", ["float64", "complex128"])
@pytest.mark.parametrize("name", TWO_MATRICES)
def test_gradients_of_two_matrices(name: str, dtype: str) -> None:
    function, *shapes = TWO_MATRICES[name]
    arrays = [matrices(shapes[0], dtype), matrices((*shapes[1], 1) if len(shapes[1]) == 1 else shapes[1], dtype, 1)]
    for ours, theirs in zip(gradients("vt", function, arrays), gradients("torch", function, arrays), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-8, atol=1e-8)


def test_gradient_of_the_determinant_of_a_singular_matrix_is_its_adjugate() -> None:
    a = vt.tensor([[1.0, 2.0], [2.0, 4.0]], dtype=vt.float64).requires_grad_()
    vt.ops.linalg_det(a).backward()
    np.testing.assert_allclose(a.grad.tolist(), [[4.0, -2.0], [-2.0, 1.0]], rtol=1e-12)


def test_derivatives_that_need_what_was_not_computed_are_refused() -> None:
    a = vt.from_numpy(matrices((3, 2), "float64")).requires_grad_()
    _, r = vt.ops.linalg_qr(a, "r")
    with pytest.raises(NotImplementedError, match="mode='r'"):
        r.sum().backward()
    q, _ = vt.ops.linalg_qr(a, "complete")
    with pytest.raises(NotImplementedError, match="mode='complete'"):
        q.sum().backward()
    _, values, _ = vt.ops._linalg_svd(a, False, False)
    with pytest.raises(NotImplementedError, match="needs the vectors"):
        values.sum().backward()
