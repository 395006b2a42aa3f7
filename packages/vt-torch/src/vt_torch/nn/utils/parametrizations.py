# SPDX-License-Identifier: Apache-2.0
"""Parametrisations of weights: by norm and direction, with a largest singular value of one, orthogonal."""

from __future__ import annotations

from typing import Any

from vt_autograd import no_grad
from vt_core import finfo, ops

from vt_torch.nn.functional import normalize
from vt_torch.nn.module import Module
from vt_torch.nn.utils.parametrize import register_parametrization

__all__ = ["orthogonal", "spectral_norm", "weight_norm"]


class _WeightNorm(Module):
    """A weight of its norms over all dimensions but one, and its direction."""

    def __init__(self, dim: int | None = 0) -> None:
        super().__init__()
        self.dim = -1 if dim is None else dim

    def forward(self, norm: Any, direction: Any) -> Any:
        """Compute the weight."""
        return ops._weight_norm(direction, norm, self.dim)  # pyright: ignore[reportPrivateUsage]

    def right_inverse(self, weight: Any) -> tuple[Any, Any]:
        """Return the norms and the direction of a weight."""
        return ops.norm_except_dim(weight, 2, self.dim), weight


def weight_norm(module: Module, name: str = "weight", dim: int | None = 0) -> Module:
    """Learn a weight's norm and direction apart: Salimans and Kingma, 2016, arXiv:1602.07868.

    Parameters
    ----------
    module : Module
        Changed in place, and returned.
    name : str
        Of the parameter, which is computed from ``parametrizations.<name>.original0``, its norms over all dimensions but `dim`,
        and ``original1``.
    dim : int or None
        The dimension that keeps its norms apart; None for a single norm.

    Raises
    ------
    ValueError
        If the module has no such parameter.
    """
    return register_parametrization(module, name, _WeightNorm(dim), unsafe=True)


class _SpectralNorm(Module):
    """A weight divided by its largest singular value, which iterations in training approach."""

    def __init__(self, weight: Any, n_power_iterations: int, dim: int, eps: float) -> None:
        super().__init__()
        if not -weight.ndim <= dim < weight.ndim:
            raise IndexError(
                f"Dimension out of range (expected to be in range of [-{weight.ndim}, {weight.ndim - 1}] but got {dim})"
            )
        if n_power_iterations <= 0:
            raise ValueError(
                f"Expected n_power_iterations to be positive, but got n_power_iterations={n_power_iterations}"
            )
        self.dim = dim % weight.ndim
        self.eps = eps
        self.n_power_iterations = n_power_iterations
        if weight.ndim > 1:
            with no_grad():
                rows, columns = self._matrix(weight).shape
                u, v = (ops.new_empty(weight.detach(), (n,)).normal_(0, 1) for n in (rows, columns))
                self.register_buffer("_u", normalize(u, dim=0, eps=eps))
                self.register_buffer("_v", normalize(v, dim=0, eps=eps))
                self._iterate(self._matrix(weight), 15)

    def _matrix(self, weight: Any) -> Any:
        return ops.movedim(weight, self.dim, 0).flatten(1)

    def _iterate(self, matrix: Any, count: int) -> None:
        u, v = self._u, self._v
        with no_grad():
            for _ in range(count):
                u.copy_(normalize(ops.mv(matrix, v), dim=0, eps=self.eps))
                v.copy_(normalize(ops.mv(matrix.t(), u), dim=0, eps=self.eps))

    def forward(self, weight: Any) -> Any:
        """Compute the weight; in training after an iteration more."""
        if weight.ndim == 1:
            return normalize(weight, dim=0, eps=self.eps)
        matrix = self._matrix(weight)
        if self.training:
            self._iterate(matrix, self.n_power_iterations)
        u, v = self._u.clone(), self._v.clone()  # the graph keeps what later iterations do not change
        return weight / ops.dot(u, ops.mv(matrix, v))

    def right_inverse(self, value: Any) -> Any:
        """Return the weight itself, which may have any norm."""
        return value


def spectral_norm(
    module: Module, name: str = "weight", n_power_iterations: int = 1, eps: float = 1e-12, dim: int | None = None
) -> Module:
    """Divide a weight by its largest singular value: Miyato et al., 2018, arXiv:1802.05957.

    Parameters
    ----------
    module : Module
        Changed in place, and returned.
    name : str
    n_power_iterations : int
        Whenever the weight is read in training.
    eps : float
        The least norm divided by.
    dim : int, optional
        The dimension of outputs: 1 for transposed convolutions, else 0.

    Raises
    ------
    ValueError
        If the module has no such parameter, or there are no iterations.
    """
    weight = getattr(module, name, None)
    if weight is None:
        raise ValueError(f"Module '{module}' has no parameter or buffer with name '{name}'")
    if dim is None:
        dim = 1 if type(module).__name__.startswith("ConvTranspose") else 0
    return register_parametrization(module, name, _SpectralNorm(weight, n_power_iterations, dim, eps))


class _Orthogonal(Module):
    """A matrix with orthogonal columns, or rows where these are fewer, relative to a base where there is one."""

    base: Any

    def __init__(self, orthogonal_map: str, use_trivialization: bool) -> None:
        super().__init__()
        self.orthogonal_map = orthogonal_map
        self.use_trivialization = use_trivialization
        self.register_buffer("base", None)

    def forward(self, x: Any) -> Any:
        """Compute the matrix."""
        rows, columns = x.shape[-2:]
        is_wide = rows < columns
        if is_wide:
            x, rows, columns = x.mT, columns, rows
        q = self._reflections(x) if self.orthogonal_map == "householder" else self._rotation(x, rows, columns)
        if self.base is not None:
            q = self.base @ q
        return q.mT if is_wide else q

    def _rotation(self, x: Any, rows: int, columns: int) -> Any:
        x = x.tril()
        if rows != columns:
            x = ops.cat([x, ops.new_zeros(x, (*x.shape[:-1], rows - columns))], -1)
        skew = x - x.mH
        if self.orthogonal_map == "matrix_exp":
            return ops.matrix_exp(skew)[..., :columns]
        identity = ops.eye(rows, dtype=x.dtype, device=x.device)
        return ops.linalg_solve(identity - skew / 2, identity + skew / 2)[..., :columns]

    @staticmethod
    def _reflections(x: Any) -> Any:
        below = x.tril(-1)
        tau = 2.0 / (1.0 + (below * below.conj()).sum(-2))
        return ops.linalg_householder_product(below, tau) * x.diagonal(0, -2, -1).sgn().unsqueeze(-2)

    def right_inverse(self, weight: Any) -> Any:
        """Return what computes to the orthogonal matrix next to `weight`, which becomes the base where one is wanted."""
        is_wide = weight.shape[-2] < weight.shape[-1]
        q = weight.mT if is_wide else weight
        rows, columns = q.shape[-2:]
        if not self.use_trivialization:
            if self.orthogonal_map != "householder":
                raise NotImplementedError(
                    "It is not possible to assign to the matrix exponential or the Cayley parametrizations when "
                    "use_trivialization=False."
                )
            factors, tau = ops.geqrf(q)
            diagonal = factors.diagonal(0, -2, -1)
            diagonal.copy_(ops.where(ops.eq(tau, 0), -diagonal.sgn(), diagonal.sgn()))
            return factors.mT if is_wide else factors
        if rows != columns:
            q = ops.cat([q, ops.new_empty(q, (*q.shape[:-1], rows - columns)).normal_(0, 1)], -1)
        self.base = _orthogonal_next_to(q)
        inverse = ops.zeros_like(weight)
        inverse.diagonal(0, -2, -1).fill_(-1.0)
        return inverse


def _orthogonal_next_to(matrix: Any) -> Any:
    """Return the orthogonal factor of a matrix, the matrix itself if it is orthogonal."""
    eps = 10 * matrix.shape[-1] * finfo(matrix.dtype).eps
    gram = matrix.mH @ matrix
    if bool((gram - ops.eye(matrix.shape[-1], dtype=matrix.dtype, device=matrix.device)).abs().max() < eps):
        return matrix.clone()
    factors, tau = ops.geqrf(matrix)
    return ops.linalg_householder_product(factors, tau) * factors.diagonal(0, -2, -1).sgn().unsqueeze(-2)


def orthogonal(
    module: Module,
    name: str = "weight",
    orthogonal_map: str | None = None,
    *,
    use_trivialization: bool = True,
) -> Module:
    """Keep a weight orthogonal, or unitary if it is complex.

    Parameters
    ----------
    module : Module
        Changed in place, and returned.
    name : str
    orthogonal_map : {"matrix_exp", "cayley", "householder"}, optional
        How the weight is computed: by a matrix exponential for square ones, otherwise by Householder reflections.
    use_trivialization : bool
        Compute it relative to the weight that is assigned: Lezcano Casado, 2019, arXiv:1909.09501.

    Raises
    ------
    ValueError
        If the module has no such weight, it has less than two dimensions, or the map is none of these.
    """
    weight = getattr(module, name, None)
    if weight is None:
        raise ValueError(f"Module '{module}' has no parameter or buffer with name '{name}'")
    if weight.ndim < 2:
        raise ValueError(f"Expected a matrix or batch of matrices. Got a tensor of {weight.ndim} dimensions.")
    if orthogonal_map is None:
        is_square = weight.shape[-2] == weight.shape[-1]
        orthogonal_map = "matrix_exp" if is_square or weight.dtype.is_complex else "householder"
    if orthogonal_map not in ("matrix_exp", "cayley", "householder"):
        raise ValueError(
            f'orthogonal_map has to be one of "matrix_exp", "cayley", "householder". Got: {orthogonal_map}'
        )
    if orthogonal_map == "householder" and weight.dtype.is_complex:
        raise ValueError("The householder parametrization does not support complex tensors.")
    return register_parametrization(module, name, _Orthogonal(orthogonal_map, use_trivialization), unsafe=True)
