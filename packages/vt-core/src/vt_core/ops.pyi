# SPDX-License-Identifier: Apache-2.0
# ruff: noqa
# fmt: off
# Every operator of the core as a typed function; written by vt_core.stubs.
from collections.abc import Sequence
from typing import overload

from vt_core._C import Bool, DeviceLike, DtypeLike, Float, Generator, Int, Ints, MemoryFormat, Number, Op, Str, Tensor

# Operators of plugins.
def __getattr__(name: str) -> Op: ...  # pyright: ignore[reportIncompleteStub]
def __dir__() -> list[str]: ...
def _keep(namespace: dict[str, object], name: str, op: Op) -> None: ...
def _forget() -> None: ...
def _addmm_activation(self: Tensor, mat1: Tensor, mat2: Tensor, *, beta: Number = 1, alpha: Number = 1, use_gelu: Bool = False, out: Tensor | None = None) -> Tensor:
    """`addmm`, then relu or gelu by tanh, in one pass where the device has one.

    Parameters
    ----------
    self : Tensor
        Broadcastable to the product; not read when `beta` is 0.
    mat1, mat2 : Tensor
        Of sizes (m, k) and (k, n), and of the dtype of `self`, a real floating one.
    beta, alpha : Scalar
    use_gelu : bool
        Whether gelu is applied in place of relu.

    Returns
    -------
    Tensor
        Of sizes (m, n).

    Notes
    -----
    A backward of gelu makes the product anew, as what comes before the activation is not kept. Where PyTorch has gelu by erf on some
    devices and by tanh on others, this is by tanh everywhere.
    """
def _copy_within_(self: Tensor, src: Tensor) -> Tensor:
    """copy_ between tensors of one device: what a device implements of it."""
def _ctc_loss(log_probs: Tensor, targets: Tensor, input_lengths: Ints, target_lengths: Ints, blank: Int, zero_infinity: Bool) -> Tensor:
    """The losses of `ctc_loss`, one for each entry of (T, N, C) log probabilities."""
def _ctc_loss_backward(grad: Tensor, log_probs: Tensor, targets: Tensor, input_lengths: Ints, target_lengths: Ints, blank: Int, zero_infinity: Bool) -> Tensor:
    """The gradient of `_ctc_loss`, that of logits whose log_softmax `log_probs` is."""
def _embedding_bag_of(offsets: Tensor, num_indices: Int, num_bags: Int) -> Tensor:
    """The bag of each of `num_indices` indices, from where bags begin; the first of `num_bags` begins at 0."""
def _embedding_bag_places(weight: Tensor, indices: Tensor, bag_of: Tensor, num_bags: Int, padding_idx: Int) -> Tensor:
    """The row of the largest element of each column within each bag, -1 in an empty one; the row `padding_idx` is left out."""
def _fft_c2c(self: Tensor, dim: Ints, normalization: Int, forward: Bool) -> Tensor:
    """Fourier transforms of complex signals along dimensions.

    Parameters
    ----------
    self : Tensor
        complex64 or complex128.
    dim : sequence of int
    normalization : int
        0: none; 1: divide by the square root of the number of points; 2: by the number of points.
    forward : bool
        With the negative sign in the exponent.

    Raises
    ------
    NotImplementedError
        For other dtypes, or if there is nothing that computes transforms.
    """
def _fft_c2r(self: Tensor, dim: Ints, normalization: Int, last_dim_size: Int) -> Tensor:
    """Inverse Fourier transforms of n / 2 + 1 coefficients of a real signal along the last of the dimensions.

    `last_dim_size` is n. Otherwise as `_fft_c2c`; imaginary parts that a real signal's coefficients cannot have are ignored.
    """
def _fft_r2c(self: Tensor, dim: Ints, normalization: Int, onesided: Bool) -> Tensor:
    """Fourier transforms of real signals along dimensions; with n / 2 + 1 coefficients along the last of them where `onesided`.

    Otherwise as `_fft_c2c`.
    """
def _fft_transform(self: Tensor, out: Tensor, dim: Ints, normalization: Int, forward: Bool) -> None:
    """Computes a Fourier transform into `out`: what a device implements of the family.

    Parameters
    ----------
    self, out : Tensor
        Both complex and of the same sizes; or `self` real and `out` complex, with n / 2 + 1 or all n coefficients along the last of
        the dimensions; or `self` complex with n / 2 + 1 coefficients and `out` real with n.
    dim : sequence of int
        At least one, all different, not negative.
    normalization : int
        0: none; 1: divide by the square root of the number of points; 2: by the number of points.
    forward : bool
        The sign of the exponent is negative. A real `self` is transformed forwards, a real `out` comes from the inverse.
    """
def _fill_progression_(self: Tensor, start: Number, step: Number, end: Number, num_from_start: Int) -> Tensor:
    """Writes ``start + i * step`` into the first `num_from_start` elements, ``end + (i - last) * step`` into the others.

    Whole numbers are computed modulo 2**64, others in float64; `self` is contiguous. What `arange` and `linspace` fill with.
    """
def _linalg_det(self: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The determinants of matrices (..., n, n), with their LU factors and pivots."""
def _linalg_eig(self: Tensor, compute_v: Bool = True) -> tuple[Tensor, Tensor]:
    """What `linalg_eig` returns; without elements in place of eigenvectors unless `compute_v`."""
def _linalg_eigh(self: Tensor, UPLO: Str = 'L', compute_v: Bool = True) -> tuple[Tensor, Tensor]:
    """What `linalg_eigh` returns; without elements in place of eigenvectors unless `compute_v`."""
def _linalg_slogdet(self: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """What `linalg_slogdet` returns for matrices (..., n, n), with their LU factors and pivots."""
def _linalg_solve_ex(self: Tensor, B: Tensor, *, left: Bool = True, check_errors: Bool = False) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Solves A X = B as `linalg_solve_ex` does, and returns the LU factors and pivots of A as well."""
def _linalg_svd(self: Tensor, full_matrices: Bool = False, compute_uv: Bool = True, *, driver: Str | None = None) -> tuple[Tensor, Tensor, Tensor]:
    """What `linalg_svd` returns, `full_matrices` or reduced; without elements in place of vectors unless `compute_uv`."""
def _linear_relu(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """`relu` of `linear`, bit by bit, with one gradient for both.

    Parameters
    ----------
    input, weight : Tensor
    bias : Tensor, optional
        As of `linear`, of a dtype that is not complex.

    Notes
    -----
    On CUDA devices small maps are one launch, and so are their gradients.
    """
def _pivots_to_permutation(pivots: Tensor, size: Int) -> Tensor:
    """The order of rows that exchanges by `pivots`, counted from 1, leave of 0 .. size - 1: int64."""
def _sample_dirichlet(self: Tensor, generator: Generator | None = None) -> Tensor:
    """Points of Dirichlet's distribution: `_standard_gamma` of `self`, divided by their sums along the last dimension."""
def _segment_reduce(data: Tensor, reduce: Str, offsets: Tensor, axis: Int, initial: Number | None = None) -> Tensor:
    """`segment_reduce` with int64 offsets and an axis from the front."""
def _standard_gamma(self: Tensor, generator: Generator | None = None) -> Tensor:
    """Numbers of the gamma distribution of scale 1, whose shapes are the elements of `self`.

    Parameters
    ----------
    self : Tensor
        float16, bfloat16, float32 or float64; NaN results below 0.
    generator : Generator, optional
        The default one of the device of `self` when absent.

    Returns
    -------
    Tensor
        Row-major, of the sizes and dtype of `self`, above zero. The same for any number of threads. The gradient is that of a number
        which keeps its place in the distribution while the shape changes.
    """
def _standard_gamma_grad(self: Tensor, output: Tensor) -> Tensor:
    """The derivative of a number `output` that `_standard_gamma` drew by its shape, the element of `self`."""
def _unique2(self: Tensor, sorted: Bool = True, return_inverse: Bool = False, return_counts: Bool = False) -> tuple[Tensor, Tensor, Tensor]:
    """The distinct elements of `self`.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8 and complex. Each NaN is an element of its own.
    sorted : bool
        The elements are in order in either case.
    return_inverse : bool
        Give the second result, else one without elements.
    return_counts : bool
        Give the third result, else one without elements.

    Returns
    -------
    values : Tensor
        Of one dimension.
    inverse : Tensor
        int64, of the sizes of `self`: which of the values each element is.
    counts : Tensor
        int64: how often each value occurs.

    Notes
    -----
    Waits for the device, since the sizes depend on the elements.
    """
def _upsample_bicubic2d_aa(self: Tensor, output_size: Ints, align_corners: Bool, scales_h: Float | None = None, scales_w: Float | None = None) -> Tensor:
    """An image of other sizes, by the method in the name: see `nn.functional.interpolate`.

    Parameters
    ----------
    self : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64, for neighbours uint8 too.
    output_size : int[]
    scales : float, optional
        Per dimension: by which positions are computed, instead of by the sizes.

    Raises
    ------
    RuntimeError
        If a size is not positive.
    """
def _upsample_bilinear2d_aa(self: Tensor, output_size: Ints, align_corners: Bool, scales_h: Float | None = None, scales_w: Float | None = None) -> Tensor:
    """An image of other sizes, by the method in the name: see `nn.functional.interpolate`.

    Parameters
    ----------
    self : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64, for neighbours uint8 too.
    output_size : int[]
    scales : float, optional
        Per dimension: by which positions are computed, instead of by the sizes.

    Raises
    ------
    RuntimeError
        If a size is not positive.
    """
def _upsample_lanczos2d_aa(self: Tensor, output_size: Ints, align_corners: Bool, scales_h: Float | None = None, scales_w: Float | None = None) -> Tensor:
    """An image of other sizes, by the method in the name: see `nn.functional.interpolate`.

    Parameters
    ----------
    self : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64, for neighbours uint8 too.
    output_size : int[]
    scales : float, optional
        Per dimension: by which positions are computed, instead of by the sizes.

    Raises
    ------
    RuntimeError
        If a size is not positive.
    """
def _upsample_nearest_exact1d(self: Tensor, output_size: Ints, scales: Float | None = None) -> Tensor:
    """An image of other sizes, by the method in the name: see `nn.functional.interpolate`.

    Parameters
    ----------
    self : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64, for neighbours uint8 too.
    output_size : int[]
    scales : float, optional
        Per dimension: by which positions are computed, instead of by the sizes.

    Raises
    ------
    RuntimeError
        If a size is not positive.
    """
def _upsample_nearest_exact2d(self: Tensor, output_size: Ints, scales_h: Float | None = None, scales_w: Float | None = None) -> Tensor:
    """An image of other sizes, by the method in the name: see `nn.functional.interpolate`.

    Parameters
    ----------
    self : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64, for neighbours uint8 too.
    output_size : int[]
    scales : float, optional
        Per dimension: by which positions are computed, instead of by the sizes.

    Raises
    ------
    RuntimeError
        If a size is not positive.
    """
def _upsample_nearest_exact3d(self: Tensor, output_size: Ints, scales_d: Float | None = None, scales_h: Float | None = None, scales_w: Float | None = None) -> Tensor:
    """An image of other sizes, by the method in the name: see `nn.functional.interpolate`.

    Parameters
    ----------
    self : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64, for neighbours uint8 too.
    output_size : int[]
    scales : float, optional
        Per dimension: by which positions are computed, instead of by the sizes.

    Raises
    ------
    RuntimeError
        If a size is not positive.
    """
def _weight_norm(v: Tensor, g: Tensor, dim: Int = 0) -> Tensor:
    """``v * (g / norm)`` with the norm over all dimensions of `v` but `dim`, as `norm_except_dim` has it.

    References
    ----------
    Salimans and Kingma, Weight Normalization, arXiv:1602.07868.
    """
def abs(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The magnitudes of the elements of `self`.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but bool. The least signed integer is its own magnitude.

    Returns
    -------
    Tensor
        Of the dtype of `self`, of its parts' dtype where it is complex.

    Raises
    ------
    RuntimeError
        If a complex tensor is to be changed in place.
    """
def abs_(self: Tensor) -> Tensor:
    """The magnitudes of the elements of `self`.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but bool. The least signed integer is its own magnitude.

    Returns
    -------
    Tensor
        Of the dtype of `self`, of its parts' dtype where it is complex.

    Raises
    ------
    RuntimeError
        If a complex tensor is to be changed in place.
    """
def absolute(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `abs`."""
def absolute_(self: Tensor) -> Tensor:
    """Another name of `abs`."""
def acos(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The arc cosine of each element of `self`, in [0, pi]; NaN for a real one beyond [-1, 1]. Within 2 ulp. Dtypes as for `tan`."""
def acos_(self: Tensor) -> Tensor:
    """The arc cosine of each element of `self`, in [0, pi]; NaN for a real one beyond [-1, 1]. Within 2 ulp. Dtypes as for `tan`."""
def acosh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The inverse hyperbolic cosine of each element of `self`; NaN for a real one below 1. Within 4 ulp. Dtypes as for `tan`."""
def acosh_(self: Tensor) -> Tensor:
    """The inverse hyperbolic cosine of each element of `self`; NaN for a real one below 1. Within 4 ulp. Dtypes as for `tan`."""
def adamw_step_(params: Sequence[Tensor], grads: Sequence[Tensor], exp_avgs: Sequence[Tensor], exp_avg_sqs: Sequence[Tensor], max_exp_avg_sqs: Sequence[Tensor], *, lr: Number | Tensor, beta1: Float, beta2: Float, eps: Float, weight_decay: Float, step: Number | Tensor, decoupled: Bool = True, maximize: Bool = False) -> None:
    """One step of AdamW or Adam for many parameters, in place.

    With g the gradient, negated to maximise: `exp_avg` moves to g by 1 - beta1 and `exp_avg_sq` to g * g by 1 - beta2; the
    parameter, first multiplied by 1 - lr * weight_decay, loses `lr / (1 - beta1**step) * exp_avg` over
    `sqrt(exp_avg_sq) / sqrt(1 - beta2**step) + eps`. With `max_exp_avg_sqs` their largest values so far take the place of
    `exp_avg_sqs`.

    Parameters
    ----------
    params : sequence of Tensor
        float32, float64, float16 or bfloat16; the half types are computed in float32.
    grads, exp_avgs, exp_avg_sqs : sequence of Tensor
        Of the sizes and dtypes of `params`; gradients in any memory order.
    max_exp_avg_sqs : sequence of Tensor
        Likewise for AMSGrad; else empty.
    lr : Scalar or Tensor
        A tensor holds one number of float32 or float64, and is read on its device, which is that of `params`.
    beta1, beta2, eps, weight_decay : float
    step : Scalar or Tensor
        The number of this step, from 1 on.
    decoupled : bool
        False adds `weight_decay` times the parameter to the gradient instead, which is Adam.
    maximize : bool

    Raises
    ------
    ValueError
        If the lists differ in length, a beta is outside [0, 1) or `step` is below 1. Nothing is written then, as in all cases
        below.
    RuntimeError
        If sizes, dtypes or devices differ.
    NotImplementedError
        For other dtypes.

    Notes
    -----
    Enqueues on the current stream of a CUDA device; does not synchronise. Reference: Kingma and Ba, ICLR 2015; Loshchilov and
    Hutter, ICLR 2019; Reddi et al., ICLR 2018.
    """
@overload
def adaptive_avg_pool1d(input: Tensor, output_size: Ints) -> Tensor:
    """The mean of each of `output_size` windows.

    Window o has the positions from floor(o in / out) to ceil((o + 1) in / out).

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...) with the pooled dimensions last; float16, bfloat16, float32 or float64.
    output_size : int[]
        Windows in each dimension, or one number for all.
    """
@overload
def adaptive_avg_pool1d(input: Tensor, *output_size: Int) -> Tensor: ...
@overload
def adaptive_avg_pool2d(input: Tensor, output_size: Ints) -> Tensor:
    """The mean of each of `output_size` windows.

    Window o has the positions from floor(o in / out) to ceil((o + 1) in / out).

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...) with the pooled dimensions last; float16, bfloat16, float32 or float64.
    output_size : int[]
        Windows in each dimension, or one number for all.
    """
@overload
def adaptive_avg_pool2d(input: Tensor, *output_size: Int) -> Tensor: ...
@overload
def adaptive_avg_pool3d(input: Tensor, output_size: Ints) -> Tensor:
    """The mean of each of `output_size` windows.

    Window o has the positions from floor(o in / out) to ceil((o + 1) in / out).

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...) with the pooled dimensions last; float16, bfloat16, float32 or float64.
    output_size : int[]
        Windows in each dimension, or one number for all.
    """
@overload
def adaptive_avg_pool3d(input: Tensor, *output_size: Int) -> Tensor: ...
@overload
def adaptive_max_pool1d(input: Tensor, output_size: Ints) -> tuple[Tensor, Tensor]:
    """The greatest element of each of `output_size` windows, and where it stood.

    Window o has the positions from floor(o in / out) to ceil((o + 1) in / out).

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...) with the pooled dimensions last; float16, bfloat16, float32 or float64.
    output_size : int[]
        Windows in each dimension, or one number for all.

    Returns
    -------
    out : Tensor
    indices : Tensor
        int64: the element's number within the pooled dimensions, row by row.
    """
@overload
def adaptive_max_pool1d(input: Tensor, *output_size: Int) -> tuple[Tensor, Tensor]: ...
@overload
def adaptive_max_pool2d(input: Tensor, output_size: Ints) -> tuple[Tensor, Tensor]:
    """The greatest element of each of `output_size` windows, and where it stood.

    Window o has the positions from floor(o in / out) to ceil((o + 1) in / out).

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...) with the pooled dimensions last; float16, bfloat16, float32 or float64.
    output_size : int[]
        Windows in each dimension, or one number for all.

    Returns
    -------
    out : Tensor
    indices : Tensor
        int64: the element's number within the pooled dimensions, row by row.
    """
@overload
def adaptive_max_pool2d(input: Tensor, *output_size: Int) -> tuple[Tensor, Tensor]: ...
@overload
def adaptive_max_pool3d(input: Tensor, output_size: Ints) -> tuple[Tensor, Tensor]:
    """The greatest element of each of `output_size` windows, and where it stood.

    Window o has the positions from floor(o in / out) to ceil((o + 1) in / out).

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...) with the pooled dimensions last; float16, bfloat16, float32 or float64.
    output_size : int[]
        Windows in each dimension, or one number for all.

    Returns
    -------
    out : Tensor
    indices : Tensor
        int64: the element's number within the pooled dimensions, row by row.
    """
@overload
def adaptive_max_pool3d(input: Tensor, *output_size: Int) -> tuple[Tensor, Tensor]: ...
def add(self: Tensor, other: Tensor | Number, *, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
    """Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8. Boolean tensors add as logical or.
    other : Tensor or Scalar
        Broadcastable with `self`.
    alpha : Scalar
        Multiplier of `other`; 1 by default.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.

    Raises
    ------
    ShapeError
        If the shapes cannot be broadcast.
    RuntimeError
        If the in-place or out destination cannot hold the result, or overlaps an input partially.

    Notes
    -----
    Unlike PyTorch, uint16, uint32 and uint64 are supported.
    """
def add_(self: Tensor, other: Tensor | Number, *, alpha: Number = 1) -> Tensor:
    """Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8. Boolean tensors add as logical or.
    other : Tensor or Scalar
        Broadcastable with `self`.
    alpha : Scalar
        Multiplier of `other`; 1 by default.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.

    Raises
    ------
    ShapeError
        If the shapes cannot be broadcast.
    RuntimeError
        If the in-place or out destination cannot hold the result, or overlaps an input partially.

    Notes
    -----
    Unlike PyTorch, uint16, uint32 and uint64 are supported.
    """
def addbmm(self: Tensor, batch1: Tensor, batch2: Tensor, *, beta: Number = 1, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
    """Adds to `beta * self` the sum over the batch of the products `alpha * batch1 @ batch2`: of (b, n, k) and (b, k, m) a matrix (n, m).

    `self` is broadcast and not read when `beta` is 0.
    """
def addbmm_(self: Tensor, batch1: Tensor, batch2: Tensor, *, beta: Number = 1, alpha: Number = 1) -> Tensor:
    """Adds to `beta * self` the sum over the batch of the products `alpha * batch1 @ batch2`: of (b, n, k) and (b, k, m) a matrix (n, m).

    `self` is broadcast and not read when `beta` is 0.
    """
def addcdiv(self: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: Number = 1, out: Tensor | None = None) -> Tensor:
    """``self + value * tensor1 / tensor2``, with broadcasting and type promotion.

    Parameters
    ----------
    self, tensor1, tensor2 : Tensor
        Broadcastable; the common dtype is floating but float8, or complex.
    value : Scalar
        Cast to the common dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.

    Raises
    ------
    RuntimeError
        If `tensor1` and `tensor2` are both integral.
    """
def addcdiv_(self: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: Number = 1) -> Tensor:
    """``self + value * tensor1 / tensor2``, with broadcasting and type promotion.

    Parameters
    ----------
    self, tensor1, tensor2 : Tensor
        Broadcastable; the common dtype is floating but float8, or complex.
    value : Scalar
        Cast to the common dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.

    Raises
    ------
    RuntimeError
        If `tensor1` and `tensor2` are both integral.
    """
def addcmul(self: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: Number = 1, out: Tensor | None = None) -> Tensor:
    """``self + value * tensor1 * tensor2``, with broadcasting and type promotion.

    Parameters
    ----------
    self, tensor1, tensor2 : Tensor
        Broadcastable; any dtype but bool and float8.
    value : Scalar
        Cast to the common dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.
    """
def addcmul_(self: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: Number = 1) -> Tensor:
    """``self + value * tensor1 * tensor2``, with broadcasting and type promotion.

    Parameters
    ----------
    self, tensor1, tensor2 : Tensor
        Broadcastable; any dtype but bool and float8.
    value : Scalar
        Cast to the common dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.
    """
def addmm(self: Tensor, mat1: Tensor, mat2: Tensor, *, beta: Number = 1, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
    """Adds to `beta * self` the product `alpha * mat1 @ mat2`, in one pass over the result.

    Parameters
    ----------
    self : Tensor
        Broadcastable to the product; not read when `beta` is 0.
    mat1, mat2 : Tensor
        Of sizes (m, k) and (k, n), and of the dtype of `self`.
    beta, alpha : Scalar
        Factors; integers for integral dtypes.

    Returns
    -------
    Tensor
        Of sizes (m, n). Half types are computed in float32 and rounded once.

    Raises
    ------
    ShapeError
        If the matrices cannot be multiplied, or `self` cannot be broadcast to the product.
    RuntimeError
        If the dtypes differ, a factor is of a higher category, or `out` shares elements with a matrix.
    """
def addmm_(self: Tensor, mat1: Tensor, mat2: Tensor, *, beta: Number = 1, alpha: Number = 1) -> Tensor:
    """Adds to `beta * self` the product `alpha * mat1 @ mat2`, in one pass over the result.

    Parameters
    ----------
    self : Tensor
        Broadcastable to the product; not read when `beta` is 0.
    mat1, mat2 : Tensor
        Of sizes (m, k) and (k, n), and of the dtype of `self`.
    beta, alpha : Scalar
        Factors; integers for integral dtypes.

    Returns
    -------
    Tensor
        Of sizes (m, n). Half types are computed in float32 and rounded once.

    Raises
    ------
    ShapeError
        If the matrices cannot be multiplied, or `self` cannot be broadcast to the product.
    RuntimeError
        If the dtypes differ, a factor is of a higher category, or `out` shares elements with a matrix.
    """
def addmv(self: Tensor, mat: Tensor, vec: Tensor, *, beta: Number = 1, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
    """Adds to `beta * self` the product `alpha * mat @ vec` of a matrix (m, k) and a vector (k,): `addmm` on one column."""
def addmv_(self: Tensor, mat: Tensor, vec: Tensor, *, beta: Number = 1, alpha: Number = 1) -> Tensor:
    """Adds to `beta * self` the product `alpha * mat @ vec` of a matrix (m, k) and a vector (k,): `addmm` on one column."""
def addr(self: Tensor, vec1: Tensor, vec2: Tensor, *, beta: Number = 1, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
    """Adds to `beta * self` the outer product `alpha * vec1 * vec2`, promoted as `add`.

    `self` is broadcast to (n, m) for vectors of n and m elements, and not read when `beta` is 0. Factors of integers are integers.
    """
def addr_(self: Tensor, vec1: Tensor, vec2: Tensor, *, beta: Number = 1, alpha: Number = 1) -> Tensor:
    """Adds to `beta * self` the outer product `alpha * vec1 * vec2`, promoted as `add`.

    `self` is broadcast to (n, m) for vectors of n and m elements, and not read when `beta` is 0. Factors of integers are integers.
    """
def adjoint(self: Tensor) -> Tensor:
    """The conjugate of the matrices with their dimensions exchanged: a view where `self` is real.

    Raises
    ------
    RuntimeError
        If `self` has one dimension.
    """
def affine_grid_generator(theta: Tensor, size: Ints, align_corners: Bool) -> Tensor:
    """The places that an affine map sends an image's elements to: `nn.functional.affine_grid`.

    Parameters
    ----------
    theta : Tensor
        (N, 2, 3) or (N, 3, 4); a floating dtype, half types computed in float32.
    size : int[]
        Of the image, with batch and channels.
    align_corners : bool
        As in `grid_sampler`.

    Returns
    -------
    Tensor
        (N, ..., 2) or (N, ..., 3), x first.

    Raises
    ------
    RuntimeError
        If `size` has other than 4 or 5 numbers or does not fit `theta`.
    """
def alias(self: Tensor) -> Tensor:
    """Another handle on the same elements."""
def alias_copy(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """A row-major copy of what the view of this name without `_copy` shows."""
@overload
def all(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Whether no element of `self` is zero, over all elements or some dimensions.

    Returns
    -------
    Tensor
        Boolean, uint8 for uint8 as in PyTorch; true where there are no elements. NaN is not zero.
    """
@overload
def all(self: Tensor, dim: Int, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor: ...
@overload
def all(self: Tensor, dim: Ints | None = None, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor: ...
def allclose(self: Tensor, other: Tensor, rtol: Float = 1e-05, atol: Float = 1e-08, equal_nan: Bool = False) -> Bool:
    """Whether all elements are close, as `isclose` has it.

    Returns
    -------
    bool
        True for tensors without elements.

    Notes
    -----
    Waits for the device.
    """
def alpha_dropout(input: Tensor, p: Float, train: Bool) -> Tensor:
    """Dropout that keeps mean 0 and variance 1, in training: dropped elements take the lower bound of selu.

    Parameters
    ----------
    input : Tensor
        float16, bfloat16, float32 or float64.
    p : float
        In [0, 1].
    train : bool
        False returns `input` itself, as p = 0 does.

    Raises
    ------
    RuntimeError
        If `p` is outside [0, 1].

    Notes
    -----
    Reference: Klambauer et al., 2017, arXiv:1706.02515.
    """
def alpha_dropout_(input: Tensor, p: Float, train: Bool) -> Tensor:
    """Dropout that keeps mean 0 and variance 1, in training: dropped elements take the lower bound of selu.

    Parameters
    ----------
    input : Tensor
        float16, bfloat16, float32 or float64.
    p : float
        In [0, 1].
    train : bool
        False returns `input` itself, as p = 0 does.

    Raises
    ------
    RuntimeError
        If `p` is outside [0, 1].

    Notes
    -----
    Reference: Klambauer et al., 2017, arXiv:1706.02515.
    """
def amax(self: Tensor, dim: Ints = (), keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor:
    """The largest elements of `self` over some dimensions.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8 and complex.
    dim : int or sequence of int
        All dimensions when empty.
    keepdim : bool
        Keep the reduced dimensions with size one.

    Returns
    -------
    Tensor
        NaN where some element is NaN. The gradient is spread evenly over equal largest elements.

    Raises
    ------
    IndexError
        If a reduced dimension is out of range or has size zero.
    """
def amin(self: Tensor, dim: Ints = (), keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor:
    """The smallest elements of `self` over some dimensions; see `amax`."""
def aminmax(self: Tensor, *, dim: Int | None = None, keepdim: Bool = False, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The smallest and the largest element of `self`, of all or along one dimension.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8 and complex.
    dim : int, optional
    keepdim : bool
        Keep the reduced dimensions with size one.

    Returns
    -------
    min, max : Tensor
        NaN where there is one.

    Raises
    ------
    IndexError
        If the dimension is out of range or has no elements.
    RuntimeError
        If there are no elements at all.
    """
def angle(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The angles of the elements of `self` in the complex plane, in (-pi, pi].

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8.

    Returns
    -------
    Tensor
        Of the parts' dtype for complex `self`. Real numbers give 0 or pi, NaN stays; integers and bool give the default dtype.
    """
@overload
def any(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Whether any element of `self` is not zero, over all elements or some dimensions.

    Returns
    -------
    Tensor
        Boolean, uint8 for uint8 as in PyTorch; false where there are no elements. NaN is not zero.
    """
@overload
def any(self: Tensor, dim: Int, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor: ...
@overload
def any(self: Tensor, dim: Ints | None = None, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor: ...
@overload
def arange(end: Number, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """The values start, start + step, ... below `end` (above it when `step` is negative).

    Without `dtype` the result is int64 when all limits are integers, else float32. Element i is `start + i * step`,
    computed in int64 or float64 and rounded once.
    """
@overload
def arange(start: Number, end: Number, step: Number = 1, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor: ...
def arccos(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `acos`."""
def arccos_(self: Tensor) -> Tensor:
    """Another name of `acos`."""
def arccosh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `acosh`."""
def arccosh_(self: Tensor) -> Tensor:
    """Another name of `acosh`."""
def arcsin(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `asin`."""
def arcsin_(self: Tensor) -> Tensor:
    """Another name of `asin`."""
def arcsinh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `asinh`."""
def arcsinh_(self: Tensor) -> Tensor:
    """Another name of `asinh`."""
def arctan(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `atan`."""
def arctan2(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `atan2`."""
def arctan2_(self: Tensor, other: Tensor) -> Tensor:
    """Another name of `atan2`."""
def arctan_(self: Tensor) -> Tensor:
    """Another name of `atan`."""
def arctanh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `atanh`."""
def arctanh_(self: Tensor) -> Tensor:
    """Another name of `atanh`."""
def argmax(self: Tensor, dim: Int | None = None, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor:
    """The index of the largest element, of all or along one dimension.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8 and complex.
    dim : int, optional
        Without it the index counts the elements in row-major order.
    keepdim : bool
        Keep the reduced dimensions with size one.

    Returns
    -------
    Tensor
        int64; the first of equal elements, and the first NaN where there is one, on every device.

    Raises
    ------
    IndexError
        If the dimension is out of range or there are no elements.
    """
def argmin(self: Tensor, dim: Int | None = None, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor:
    """The index of the smallest element, of all or along one dimension; see `argmax`."""
@overload
def argsort(self: Tensor, dim: Int = -1, descending: Bool = False) -> Tensor:
    """Where the elements of `self` were before `sort`: its indices."""
@overload
def argsort(self: Tensor, *, stable: Bool, dim: Int = -1, descending: Bool = False) -> Tensor: ...
def argwhere(self: Tensor) -> Tensor:
    """The indices of all elements that are not zero, one row each: as `nonzero`."""
def as_strided(self: Tensor, size: Ints, stride: Ints, storage_offset: Int | None = None) -> Tensor:
    """A view of the storage of `self` by sizes and strides in elements.

    `storage_offset` counts from the start of the storage; by default it is that of `self`.

    Raises
    ------
    RuntimeError
        If the view leaves the storage or a stride is negative.
    """
def as_strided_(self: Tensor, size: Ints, stride: Ints, storage_offset: Int | None = None) -> Tensor:
    """The tensor itself with other sizes and strides, as the view of this name without `_` has them."""
def as_strided_backward(grad: Tensor, input_size: Ints, input_stride: Ints, input_offset: Int, size: Ints, stride: Ints, storage_offset: Int) -> Tensor:
    """The gradient of as_strided.

    Elements that the view saw several times gather all their gradients; elements of the input that share memory share the
    gradient evenly. Offsets count from the start of the storage.
    """
def as_strided_copy(self: Tensor, size: Ints, stride: Ints, storage_offset: Int | None = None, *, out: Tensor | None = None) -> Tensor:
    """A row-major copy of what the view of this name without `_copy` shows."""
def as_strided_scatter(self: Tensor, src: Tensor, size: Ints, stride: Ints, storage_offset: Int | None = None) -> Tensor:
    """A copy of `self` in which `src` stands where the view of this name without `_scatter` looks.

    Parameters
    ----------
    self : Tensor
    src : Tensor
        Of the sizes of the view; its dtype is converted.

    Raises
    ------
    RuntimeError
        If the sizes of `src` are not those of the view.
    """
def asin(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The arc sine of each element of `self`, in [-pi/2, pi/2]; NaN for a real one beyond [-1, 1]. Within 2.5 ulp. Dtypes as for `tan`."""
def asin_(self: Tensor) -> Tensor:
    """The arc sine of each element of `self`, in [-pi/2, pi/2]; NaN for a real one beyond [-1, 1]. Within 2.5 ulp. Dtypes as for `tan`."""
def asinh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The inverse hyperbolic sine of each element of `self`, within 4 ulp. Dtypes as for `tan`."""
def asinh_(self: Tensor) -> Tensor:
    """The inverse hyperbolic sine of each element of `self`, within 4 ulp. Dtypes as for `tan`."""
def atan(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The arc tangent of each element of `self`, in [-pi/2, pi/2]. Within 2 ulp. Dtypes as for `tan`."""
def atan2(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The angle of the point (`other`, `self`) in (-pi, pi], element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        The ordinates. Any shape; any dtype but float8 and the complex ones.
    other : Tensor
        The abscissas, broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape; integers give the default dtype.
    """
def atan2_(self: Tensor, other: Tensor) -> Tensor:
    """The angle of the point (`other`, `self`) in (-pi, pi], element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        The ordinates. Any shape; any dtype but float8 and the complex ones.
    other : Tensor
        The abscissas, broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape; integers give the default dtype.
    """
def atan_(self: Tensor) -> Tensor:
    """The arc tangent of each element of `self`, in [-pi/2, pi/2]. Within 2 ulp. Dtypes as for `tan`."""
def atanh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The inverse hyperbolic tangent of each element of `self`; NaN for a real one beyond [-1, 1]. Within 4 ulp. Dtypes as for `tan`."""
def atanh_(self: Tensor) -> Tensor:
    """The inverse hyperbolic tangent of each element of `self`; NaN for a real one beyond [-1, 1]. Within 4 ulp. Dtypes as for `tan`."""
@overload
def atleast_1d(self: Tensor) -> Tensor:
    """A view with at least one dimension; the tensor itself when it has that.

    Several tensors, or a list of them, give a tuple.
    """
@overload
def atleast_1d(tensors: Sequence[Tensor]) -> list[Tensor]: ...
@overload
def atleast_1d(*tensors: Tensor) -> list[Tensor]: ...
@overload
def atleast_2d(self: Tensor) -> Tensor:
    """A view with at least two dimensions; the tensor itself when it has those.

    A vector becomes a row. Several tensors, or a list of them, give a tuple.
    """
@overload
def atleast_2d(tensors: Sequence[Tensor]) -> list[Tensor]: ...
@overload
def atleast_2d(*tensors: Tensor) -> list[Tensor]: ...
@overload
def atleast_3d(self: Tensor) -> Tensor:
    """A view with at least three dimensions; the tensor itself when it has those.

    A vector of size n becomes (1, n, 1), a matrix gets a last dimension. Several tensors, or a list of them, give a tuple.
    """
@overload
def atleast_3d(tensors: Sequence[Tensor]) -> list[Tensor]: ...
@overload
def atleast_3d(*tensors: Tensor) -> list[Tensor]: ...
def avg_pool1d(input: Tensor, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0, ceil_mode: Bool = False, count_include_pad: Bool = True) -> Tensor:
    """The mean of each window.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...) with the pooled dimensions last; float16, bfloat16, float32, float64, or int64, whose quotients
        are truncated.
    kernel_size : int[]
        Sizes of the window; one for all dimensions or one each, as all that follows.
    stride : int[], optional
        From window to window; `kernel_size` by default.
    padding : int[]
        Zeros before and after the input; at most half of `kernel_size`.
    ceil_mode : bool
        Whether windows may begin within the input and leave it.
    count_include_pad : bool
        Whether the zeros count.
    divisor_override : int, optional
        What sums are divided by instead of the number of positions.

    Returns
    -------
    Tensor
        Of size floor((in + 2 padding - kernel_size) / stride) + 1, with ceil under `ceil_mode`.
    """
def avg_pool2d(input: Tensor, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0, ceil_mode: Bool = False, count_include_pad: Bool = True, divisor_override: Int | None = None) -> Tensor:
    """The mean of each window.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...) with the pooled dimensions last; float16, bfloat16, float32, float64, or int64, whose quotients
        are truncated.
    kernel_size : int[]
        Sizes of the window; one for all dimensions or one each, as all that follows.
    stride : int[], optional
        From window to window; `kernel_size` by default.
    padding : int[]
        Zeros before and after the input; at most half of `kernel_size`.
    ceil_mode : bool
        Whether windows may begin within the input and leave it.
    count_include_pad : bool
        Whether the zeros count.
    divisor_override : int, optional
        What sums are divided by instead of the number of positions.

    Returns
    -------
    Tensor
        Of size floor((in + 2 padding - kernel_size) / stride) + 1, with ceil under `ceil_mode`.
    """
def avg_pool3d(input: Tensor, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0, ceil_mode: Bool = False, count_include_pad: Bool = True, divisor_override: Int | None = None) -> Tensor:
    """The mean of each window.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...) with the pooled dimensions last; float16, bfloat16, float32, float64, or int64, whose quotients
        are truncated.
    kernel_size : int[]
        Sizes of the window; one for all dimensions or one each, as all that follows.
    stride : int[], optional
        From window to window; `kernel_size` by default.
    padding : int[]
        Zeros before and after the input; at most half of `kernel_size`.
    ceil_mode : bool
        Whether windows may begin within the input and leave it.
    count_include_pad : bool
        Whether the zeros count.
    divisor_override : int, optional
        What sums are divided by instead of the number of positions.

    Returns
    -------
    Tensor
        Of size floor((in + 2 padding - kernel_size) / stride) + 1, with ceil under `ceil_mode`.
    """
def baddbmm(self: Tensor, batch1: Tensor, batch2: Tensor, *, beta: Number = 1, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
    """Adds to `beta * self` the products `alpha * batch1 @ batch2` of sizes (b, m, k) and (b, k, n): `addmm` on batches."""
def baddbmm_(self: Tensor, batch1: Tensor, batch2: Tensor, *, beta: Number = 1, alpha: Number = 1) -> Tensor:
    """Adds to `beta * self` the products `alpha * batch1 @ batch2` of sizes (b, m, k) and (b, k, n): `addmm` on batches."""
def bartlett_window(window_length: Int, periodic: Bool = True, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """The Bartlett window, ``1 - |2 i / N - 1|``: a triangle.

    Parameters
    ----------
    window_length : int
    periodic : bool
        N is the length, for windows one after the other; else one less, for a symmetric window.
    dtype : dtype, optional
        Floating-point, float32 by default.
    device : device, optional
        The CPU by default.

    Raises
    ------
    RuntimeError
        If the length is negative.
    NotImplementedError
        If the dtype is not floating-point.
    """
def batch_norm(input: Tensor, weight: Tensor | None, bias: Tensor | None, running_mean: Tensor | None, running_var: Tensor | None, training: Bool, momentum: Float, eps: Float, cudnn_enabled: Bool) -> Tensor:
    """Normalises each channel by its mean and variance over the batch and all positions.

    Parameters
    ----------
    input : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64.
    weight, bias : Tensor, optional
        (C,). With a half `input` they may be float32, as the running statistics.
    running_mean, running_var : Tensor, optional
        (C,). Moved in training, used otherwise.
    training : bool
        Whether statistics are taken from the batch.
    momentum : float
        The weight of the batch in ``(1 - momentum) running + momentum statistic``, whose variance is the unbiased one.
    eps : float
        Added to the variance.
    cudnn_enabled : bool
        Taken for the sake of PyTorch's programs; means nothing.

    Returns
    -------
    Tensor
        Like `input`, contiguous. Half types are computed in float32.

    Raises
    ------
    ValueError
        If only one running statistic is given.
    RuntimeError
        If there are none without training, or sizes do not fit together.

    References
    ----------
    Ioffe and Szegedy, Batch Normalization, arXiv:1502.03167.
    """
def batch_norm_apply(input: Tensor, weight: Tensor | None, bias: Tensor | None, mean: Tensor, rstd: Tensor) -> Tensor:
    """Batch normalisation by given statistics: ``(input - mean) rstd weight + bias``.

    Parameters
    ----------
    input : Tensor
    weight, bias : Tensor, optional
        As in `batch_norm_train`.
    mean, rstd : Tensor
        (C,), in the dtype that elements are computed in.
    """
def batch_norm_backward(grad: Tensor, input: Tensor, mean: Tensor, rstd: Tensor, weight: Tensor | None, bias: Tensor | None, train: Bool, needed: Int) -> tuple[Tensor | None, Tensor | None, Tensor | None]:
    """The gradients of `batch_norm_train` and, without `train`, of `batch_norm_apply`.

    Parameters
    ----------
    grad : Tensor
        Like `input`.
    input : Tensor
    mean, rstd : Tensor
        The statistics that `input` was normalised by.
    weight, bias : Tensor, optional
    train : bool
        Whether they are statistics of `input`.
    needed : int
        Bit 0 asks for the input's gradient, 1 for the weight's, 2 for the bias's.

    Returns
    -------
    input, weight, bias : Tensor or None
        None where not needed.
    """
def batch_norm_train(input: Tensor, weight: Tensor | None, bias: Tensor | None, running_mean: Tensor | None, running_var: Tensor | None, momentum: Float, eps: Float) -> tuple[Tensor, Tensor, Tensor]:
    """Batch normalisation by the statistics of the batch, which also move the running ones.

    Parameters
    ----------
    input : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64.
    weight, bias : Tensor, optional
        (C,). With a half `input` they may be float32, as the running statistics.
    running_mean, running_var : Tensor, optional
        (C,). Written: ``(1 - momentum) running + momentum statistic``, the variance divided by one less than the count.
    momentum : float
    eps : float
        Added to the variance.

    Returns
    -------
    out : Tensor
        Like `input`, contiguous. Half types are computed in float32.
    mean, rstd : Tensor
        (C,), what the gradient reads; float32 for half types.
    """
@overload
def bernoulli(self: Tensor, *, generator: Generator | None = None) -> Tensor:
    """1 with the chance that the element of `self` says, else 0.

    Parameters
    ----------
    self : Tensor
        float16, bfloat16, float32 or float64; in [0, 1].
    generator : Generator, optional
        The default one of the device of `self` when absent.

    Returns
    -------
    Tensor
        Row-major, of the sizes and dtype of `self`.

    Raises
    ------
    RuntimeError
        If an element is outside [0, 1]. On CUDA devices, where nothing waits for elements, one below gives 0 and one above 1.
    NotImplementedError
        For other dtypes.
    """
@overload
def bernoulli(self: Tensor, p: Float, *, generator: Generator | None = None) -> Tensor: ...
@overload
def bernoulli_(self: Tensor, p: Float = 0.5, *, generator: Generator | None = None) -> Tensor:
    """Sets each element of `self` to 1 with chance `p`, else to 0.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8 and complex, of any strides.
    p : float
        In [0, 1]; rounded to a multiple of 2^-32.
    generator : Generator, optional
        The default one of the device of `self` when absent.

    Raises
    ------
    RuntimeError
        If `p` is outside [0, 1].
    NotImplementedError
        For float8 and complex dtypes.
    """
@overload
def bernoulli_(self: Tensor, p: Tensor, *, generator: Generator | None = None) -> Tensor: ...
def bilinear(input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """For every pair of rows: `input1 @ weight[o] @ input2 + bias[o]`.

    Parameters
    ----------
    input1, input2 : Tensor
        Of sizes (..., in1) and (..., in2), the same before the last.
    weight : Tensor
        Of sizes (out, in1, in2).
    bias : Tensor, optional
        Of sizes (out,).

    Returns
    -------
    Tensor
        Of sizes (..., out).
    """
def binary_cross_entropy(input: Tensor, target: Tensor, weight: Tensor | None = None, reduction: Str = 'mean') -> Tensor:
    """The cross entropy of probabilities `target` under probabilities `input`.

    ``-t log(x) - (1 - t) log(1 - x)``, where no logarithm is below -100.

    Parameters
    ----------
    input : Tensor
        From 0 to 1.
    target : Tensor
        Of the same sizes.
    weight : Tensor, optional
        A factor, broadcast with the losses.
    reduction : str
        'none', 'mean' or 'sum'.

    Raises
    ------
    ValueError
        If `target` has other sizes than `input`.
    RuntimeError
        If an element of `input` is no probability, on the CPU. On CUDA its loss is NaN.
    """
def binary_cross_entropy_with_logits(input: Tensor, target: Tensor, weight: Tensor | None = None, pos_weight: Tensor | None = None, reduction: Str = 'mean') -> Tensor:
    """The cross entropy of probabilities `target` under the logistic function of `input`.

    ``(1 - t) x + (1 + (pos_weight - 1) t) log(1 + exp(-x))``, which does not overflow.

    Parameters
    ----------
    input : Tensor
        Logits.
    target : Tensor
        Of the same sizes.
    weight : Tensor, optional
        A factor, broadcast with the losses.
    pos_weight : Tensor, optional
        A factor for the positive part, broadcast with `target`.
    reduction : str
        'none', 'mean' or 'sum'.

    Raises
    ------
    ValueError
        If `target` has other sizes than `input`.
    """
def bincount(self: Tensor, weights: Tensor | None = None, minlength: Int = 0) -> Tensor:
    """How often each number occurs among integers that are not negative.

    Parameters
    ----------
    self : Tensor
        Of one dimension; integers.
    weights : Tensor, optional
        Like `self`: what each element counts.
    minlength : int
        The least number of results.

    Returns
    -------
    Tensor
        The counts of 0, 1, ... up to the largest element: int64, with weights float64, or float32 if these are.

    Raises
    ------
    RuntimeError
        If an element is negative or the sizes do not fit.

    Notes
    -----
    Waits for the device, since the size depends on the elements.
    """
def binomial(count: Tensor, prob: Tensor, generator: Generator | None = None) -> Tensor:
    """How many of `count` independent events of chance `prob` happen, element by element.

    Parameters
    ----------
    count : Tensor
        float16, bfloat16, float32 or float64; what is not whole is rounded down.
    prob : Tensor
        Of the same dtype, broadcastable with `count`. Below 0 and above 1 it counts as that.
    generator : Generator, optional
        The default one of the device of `count` when absent.

    Returns
    -------
    Tensor
        Row-major, of the broadcast sizes and the dtype. The same for any number of threads.

    Raises
    ------
    RuntimeError
        If the dtypes differ.
    NotImplementedError
        For other dtypes.
    """
@overload
def bitwise_and(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; bool or an integer dtype. Booleans are combined logically.
    other : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype.

    Raises
    ------
    NotImplementedError
        If the common dtype is floating or complex.
    """
@overload
def bitwise_and(self: Number, other: Tensor, *, out: Tensor | None = None) -> Tensor: ...
def bitwise_and_(self: Tensor, other: Tensor | Number) -> Tensor:
    """The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; bool or an integer dtype. Booleans are combined logically.
    other : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype.

    Raises
    ------
    NotImplementedError
        If the common dtype is floating or complex.
    """
@overload
def bitwise_left_shift(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """``self << other``: the bits of each element moved to the left, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor or Scalar
        Any shape; an integer dtype. Of two operands one is a tensor.
    other : Tensor or Scalar
        By how many bits, broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype; 0 for shifts by a negative number or by the width of the dtype and more.

    Raises
    ------
    NotImplementedError
        If the common dtype is not an integer one.
    """
@overload
def bitwise_left_shift(self: Number, other: Tensor, *, out: Tensor | None = None) -> Tensor: ...
def bitwise_left_shift_(self: Tensor, other: Tensor | Number) -> Tensor:
    """``self << other``: the bits of each element moved to the left, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor or Scalar
        Any shape; an integer dtype. Of two operands one is a tensor.
    other : Tensor or Scalar
        By how many bits, broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype; 0 for shifts by a negative number or by the width of the dtype and more.

    Raises
    ------
    NotImplementedError
        If the common dtype is not an integer one.
    """
def bitwise_not(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The elements of `self` with all bits turned; for bool, logical not. Bool and integers."""
def bitwise_not_(self: Tensor) -> Tensor:
    """The elements of `self` with all bits turned; for bool, logical not. Bool and integers."""
@overload
def bitwise_or(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; bool or an integer dtype. Booleans are combined logically.
    other : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype.

    Raises
    ------
    NotImplementedError
        If the common dtype is floating or complex.
    """
@overload
def bitwise_or(self: Number, other: Tensor, *, out: Tensor | None = None) -> Tensor: ...
def bitwise_or_(self: Tensor, other: Tensor | Number) -> Tensor:
    """The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; bool or an integer dtype. Booleans are combined logically.
    other : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype.

    Raises
    ------
    NotImplementedError
        If the common dtype is floating or complex.
    """
@overload
def bitwise_right_shift(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """``self >> other``: the bits of each element moved to the right, its sign moving in; as `bitwise_left_shift` else.

    Returns
    -------
    Tensor
        0, or -1 for negative elements, for shifts by a negative number or by the width of the dtype and more.
    """
@overload
def bitwise_right_shift(self: Number, other: Tensor, *, out: Tensor | None = None) -> Tensor: ...
def bitwise_right_shift_(self: Tensor, other: Tensor | Number) -> Tensor:
    """``self >> other``: the bits of each element moved to the right, its sign moving in; as `bitwise_left_shift` else.

    Returns
    -------
    Tensor
        0, or -1 for negative elements, for shifts by a negative number or by the width of the dtype and more.
    """
@overload
def bitwise_xor(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; bool or an integer dtype. Booleans are combined logically.
    other : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype.

    Raises
    ------
    NotImplementedError
        If the common dtype is floating or complex.
    """
@overload
def bitwise_xor(self: Number, other: Tensor, *, out: Tensor | None = None) -> Tensor: ...
def bitwise_xor_(self: Tensor, other: Tensor | Number) -> Tensor:
    """The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; bool or an integer dtype. Booleans are combined logically.
    other : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype.

    Raises
    ------
    NotImplementedError
        If the common dtype is floating or complex.
    """
def blackman_window(window_length: Int, periodic: Bool = True, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """The Blackman window, ``0.42 - 0.5 cos(2 pi i / N) + 0.08 cos(4 pi i / N)``.

    Parameters
    ----------
    window_length : int
    periodic : bool
        N is the length, for windows one after the other; else one less, for a symmetric window.
    dtype : dtype, optional
        Floating-point, float32 by default.
    device : device, optional
        The CPU by default.

    Raises
    ------
    RuntimeError
        If the length is negative.
    NotImplementedError
        If the dtype is not floating-point.
    """
@overload
def block_diag(tensors: Sequence[Tensor]) -> Tensor:
    """The matrix of zeros with the tensors as blocks along its diagonal.

    Parameters
    ----------
    tensors : Tensor
        Of at most two dimensions each; vectors and numbers count as one row. The common dtype is the result's.

    Raises
    ------
    RuntimeError
        If a tensor has more dimensions.
    """
@overload
def block_diag(*tensors: Tensor) -> Tensor: ...
def bmm(self: Tensor, mat2: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Multiplies batches of matrices: `matmul` of sizes (b, m, k) and (b, k, n) alone, without broadcasting."""
@overload
def broadcast_tensors(tensors: Sequence[Tensor]) -> list[Tensor]:
    """Views of the tensors in the sizes that all of them broadcast to.

    Parameters
    ----------
    tensors : Tensor, any number

    Raises
    ------
    ShapeError
        If they do not broadcast.
    """
@overload
def broadcast_tensors(*tensors: Tensor) -> list[Tensor]: ...
@overload
def broadcast_to(self: Tensor, size: Ints) -> Tensor:
    """As `Tensor.expand`: a view in which dimensions of size 1 are repeated to the sizes given."""
@overload
def broadcast_to(self: Tensor, *size: Int) -> Tensor: ...
@overload
def bucketize(self: Tensor, boundaries: Tensor, *, out_int32: Bool = False, right: Bool = False, out: Tensor | None = None) -> Tensor:
    """The numbers of the buckets, between sorted boundaries, that values belong to.

    Parameters
    ----------
    self : Tensor or Scalar
        The values.
    boundaries : Tensor
        Of one dimension; sorted.
    out_int32 : bool
        Give int32 instead of int64.
    right : bool
        A value that equals a boundary belongs to the bucket behind it.

    Returns
    -------
    Tensor
        Of the sizes of `self`.

    Raises
    ------
    RuntimeError
        If `boundaries` has not one dimension.
    """
@overload
def bucketize(self: Number, boundaries: Tensor, *, out_int32: Bool = False, right: Bool = False, out: Tensor | None = None) -> Tensor: ...
@overload
def cartesian_prod(tensors: Sequence[Tensor]) -> Tensor:
    """All combinations of one element of each vector, one row each; the last vector runs fastest.

    Parameters
    ----------
    tensors : Tensor
        Vectors of one dtype. A single one is returned as it is.

    Raises
    ------
    RuntimeError
        If the list is empty, a tensor is no vector, or the dtypes differ.
    """
@overload
def cartesian_prod(*tensors: Tensor) -> Tensor: ...
def cat(tensors: Sequence[Tensor], dim: Int = 0, *, out: Tensor | None = None) -> Tensor:
    """The tensors one after the other along a dimension.

    Parameters
    ----------
    tensors : sequence of Tensor
        Of equal sizes but in `dim`; of one device. One-dimensional tensors without elements are left out.
    dim : int
        The dimension they are joined in; 0 by default.

    Returns
    -------
    Tensor
        Row-major, of the common dtype.

    Raises
    ------
    ValueError
        If the list is empty.
    ShapeError
        If the sizes do not fit together.
    RuntimeError
        If a tensor has no dimensions, or `out` shares elements with an input.

    Notes
    -----
    Enqueues on the current stream.
    """
def cauchy_(self: Tensor, median: Float = 0, sigma: Float = 1, *, generator: Generator | None = None) -> Tensor:
    """Fills `self` with numbers of Cauchy's distribution.

    Parameters
    ----------
    self : Tensor
        float16, bfloat16, float32 or float64, of any strides.
    median : float
        0 by default.
    sigma : float
        Half the width at half the height, 1 by default; greater than 0.
    generator : Generator, optional
        The default one of the device of `self` when absent.

    Raises
    ------
    RuntimeError
        If `sigma` is not positive.
    NotImplementedError
        For other dtypes.
    """
def cdist(x1: Tensor, x2: Tensor, p: Float = 2.0, compute_mode: Str = 'use_mm_for_euclid_dist_if_necessary') -> Tensor:
    """The p-norm of the difference of every two rows of two matrices.

    Parameters
    ----------
    x1 : Tensor
        (..., P, D).
    x2 : Tensor
        (..., R, D).
    p : float
        0 counts the coordinates that differ, infinity takes the greatest.
    compute_mode : str
        Of p = 2: 'use_mm_for_euclid_dist' by a matrix product, which loses digits of small distances;
        'donot_use_mm_for_euclid_dist' by differences; 'use_mm_for_euclid_dist_if_necessary' by a product for more than 25 rows.

    Returns
    -------
    Tensor
        (..., P, R), batch dimensions broadcast.

    Raises
    ------
    RuntimeError
        If `p` is negative.
    ShapeError
        If the columns differ.
    """
def ceil(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The smallest integers not below the elements of `self`. Integer and floating dtypes but float8; integers are copied."""
def ceil_(self: Tensor) -> Tensor:
    """The smallest integers not below the elements of `self`. Integer and floating dtypes but float8; integers are copied."""
def celu(self: Tensor, alpha: Number = 1.0) -> Tensor:
    """x for each element x of `self` above 0, else ``alpha * (e^(x / alpha) - 1)``. Floating dtypes but float8.

    Raises
    ------
    RuntimeError
        If `alpha` is 0.

    Notes
    -----
    Source: Barron, "Continuously differentiable exponential linear units", 2017.
    """
def celu_(self: Tensor, alpha: Number = 1.0) -> Tensor:
    """x for each element x of `self` above 0, else ``alpha * (e^(x / alpha) - 1)``. Floating dtypes but float8.

    Raises
    ------
    RuntimeError
        If `alpha` is 0.

    Notes
    -----
    Source: Barron, "Continuously differentiable exponential linear units", 2017.
    """
def chain_matmul(matrices: Sequence[Tensor], *, out: Tensor | None = None) -> Tensor:
    """The product of one or more matrices, in the order that needs the fewest multiplications."""
def channel_shuffle(self: Tensor, groups: Int, *, out: Tensor | None = None) -> Tensor:
    """Deals the channels of each group out to all: channel i of group g becomes channel g of group i.

    Parameters
    ----------
    self : Tensor
        (N, C, ...) with 3 dimensions or more, of any dtype.
    groups : int
        Divides C.

    References
    ----------
    Zhang et al., ShuffleNet, arXiv:1707.01083.
    """
def cholesky(self: Tensor, upper: Bool = False, *, out: Tensor | None = None) -> Tensor:
    """The Cholesky factor L of positive definite matrices with ``A = L @ L.mH``, or U with ``A = U.mH @ U``.

    See `linalg_cholesky_ex`.

    Raises
    ------
    LinAlgError
        If a matrix is not positive definite.
    """
def cholesky_inverse(self: Tensor, upper: Bool = False, *, out: Tensor | None = None) -> Tensor:
    """The inverses of positive definite matrices whose Cholesky factors are given."""
def cholesky_solve(self: Tensor, input2: Tensor, upper: Bool = False, *, out: Tensor | None = None) -> Tensor:
    """Solves A X = B for matrices A whose Cholesky factors are given.

    Parameters
    ----------
    self : Tensor
        B, of sizes (..., n, k).
    input2 : Tensor
        The factors, of sizes (..., n, n); batches are broadcast.
    upper : bool
        Whether they are upper ones.
    """
def chunk(self: Tensor, chunks: Int, dim: Int = 0) -> Sequence[Tensor]:
    """Views of at most `chunks` equal parts of a dimension, the last of which may be smaller.

    As in PyTorch there are fewer parts when the size does not allow as many of equal size.
    """
@overload
def clamp(self: Tensor, min: Number | None = None, max: Number | None = None, *, out: Tensor | None = None) -> Tensor:
    """`self` held between `min` and `max`: ``minimum(maximum(self, min), max)``.

    Parameters
    ----------
    self : Tensor
        Any shape; integers and floats but float8. Bounds of a higher category lift the result's dtype.
    min, max : Scalar, optional
        The bounds; at least one. Where `min` is above `max` the result is `max`.

    Returns
    -------
    Tensor
        NaN where `self` is. The gradient passes where `self` is within the bounds or on one.

    Raises
    ------
    RuntimeError
        If both bounds are absent, or the result's dtype cannot hold one.
    """
@overload
def clamp(self: Tensor, min: Tensor | None = None, max: Tensor | None = None, *, out: Tensor | None = None) -> Tensor: ...
@overload
def clamp_(self: Tensor, min: Number | None = None, max: Number | None = None) -> Tensor:
    """`self` held between `min` and `max`: ``minimum(maximum(self, min), max)``.

    Parameters
    ----------
    self : Tensor
        Any shape; integers and floats but float8. Bounds of a higher category lift the result's dtype.
    min, max : Scalar, optional
        The bounds; at least one. Where `min` is above `max` the result is `max`.

    Returns
    -------
    Tensor
        NaN where `self` is. The gradient passes where `self` is within the bounds or on one.

    Raises
    ------
    RuntimeError
        If both bounds are absent, or the result's dtype cannot hold one.
    """
@overload
def clamp_(self: Tensor, min: Tensor | None = None, max: Tensor | None = None) -> Tensor: ...
def clamp_each_(tensors: Sequence[Tensor], min: Number | None = None, max: Number | None = None) -> None:
    """Raises the elements of `tensors` to `min` and lowers them to `max`, in place; NaN stays.

    Parameters
    ----------
    tensors : sequence of Tensor
        float32, float64, float16 or bfloat16.
    min, max : Scalar, optional
        At least one of them.

    Raises
    ------
    ValueError
        If neither bound is given, or one is complex.
    NotImplementedError
        For other dtypes.
    """
def clamp_max(self: Tensor, max: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """`clamp` with an upper bound alone, a number or a tensor: ``minimum(self, max)``."""
def clamp_max_(self: Tensor, max: Tensor | Number) -> Tensor:
    """`clamp` with an upper bound alone, a number or a tensor: ``minimum(self, max)``."""
def clamp_min(self: Tensor, min: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """`clamp` with a lower bound alone, a number or a tensor: ``maximum(self, min)``."""
def clamp_min_(self: Tensor, min: Tensor | Number) -> Tensor:
    """`clamp` with a lower bound alone, a number or a tensor: ``maximum(self, min)``."""
@overload
def clip(self: Tensor, min: Number | None = None, max: Number | None = None, *, out: Tensor | None = None) -> Tensor:
    """Another name of `clamp`."""
@overload
def clip(self: Tensor, min: Tensor | None = None, max: Tensor | None = None, *, out: Tensor | None = None) -> Tensor: ...
@overload
def clip_(self: Tensor, min: Number | None = None, max: Number | None = None) -> Tensor:
    """Another name of `clamp`."""
@overload
def clip_(self: Tensor, min: Tensor | None = None, max: Tensor | None = None) -> Tensor: ...
def clip_by_total_norm_(tensors: Sequence[Tensor], total_norm: Tensor, max_norm: Float) -> None:
    """Multiplies `tensors` in place by min(1, max_norm / (total_norm + 1e-6)).

    Parameters
    ----------
    tensors : sequence of Tensor
        float32, float64, float16 or bfloat16.
    total_norm : Tensor
        One number of float32 or float64, as `total_norm` computes it; it stays on its device. NaN makes all elements NaN.
    max_norm : float

    Raises
    ------
    ValueError
        If `total_norm` is not one number.
    NotImplementedError
        For other dtypes.
    """
def clone(self: Tensor, *, memory_format: MemoryFormat | None = None, out: Tensor | None = None) -> Tensor:
    """A copy of `self` with elements of its own; dense, in the order of the dimensions' strides.

    Parameters
    ----------
    memory_format : memory_format, optional
        Another layout for the copy.
    """
def col2im(self: Tensor, output_size: Ints, kernel_size: Ints, dilation: Ints, padding: Ints, stride: Ints, *, out: Tensor | None = None) -> Tensor:
    """Adds columns up where their windows lie: `nn.functional.fold`, the gradient of `im2col`.

    Parameters
    ----------
    self : Tensor
        (N, C * kernel, windows) or (C * kernel, windows); a floating, complex or bool dtype. Half types are added in float32.
    output_size : int[2]
        Of the image.
    kernel_size, dilation, padding, stride : int[2]
        Of the windows, as in a convolution.

    Returns
    -------
    Tensor
        (N, C, *output_size), row-major.

    Raises
    ------
    RuntimeError
        If there are not as many columns as windows, or a number is out of range.
    """
def column_stack(tensors: Sequence[Tensor], *, out: Tensor | None = None) -> Tensor:
    """The tensors side by side, vectors and numbers as columns.

    Raises
    ------
    RuntimeError
        If the list is empty.
    ShapeError
        If the sizes do not fit together.
    """
def combinations(self: Tensor, r: Int = 2, with_replacement: Bool = False) -> Tensor:
    """All choices of `r` elements of a vector, one row each, in lexicographic order of positions.

    Parameters
    ----------
    self : Tensor
        One dimension.
    r : int
    with_replacement : bool
        An element may be chosen more than once.

    Raises
    ------
    RuntimeError
        If `self` is no vector or `r` is negative.
    """
def complex(real: Tensor, imag: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Complex numbers from their real and imaginary parts.

    Parameters
    ----------
    real, imag : Tensor
        Both float32 or both float64; broadcast together.

    Raises
    ------
    RuntimeError
        If the dtypes differ or are others, or `out` has not the complex dtype of that precision.
    """
def composed_attention(query: Tensor, key: Tensor, value: Tensor, attn_mask: Tensor | None, dropout_p: Float, is_causal: Bool, scale: Float) -> tuple[Tensor, Tensor]:
    """Attention composed of other ops, which has all derivatives and makes the matrix of all scores.

    Parameters
    ----------
    query, key, value, attn_mask, dropout_p, is_causal, scale
        As in `native_attention`.

    Returns
    -------
    out : Tensor
        (..., Hq, L, Ev)
    lse : Tensor
        (..., Hq, L): the natural logarithm of the sum of exponentials of each query's scores.
    """
def composed_recurrent_layer(gates: Tensor, h0: Tensor, c0: Tensor | None, weight: Tensor, bias: Tensor | None, projection: Tensor | None, batch_sizes: Ints, mode: Str, reverse: Bool = False) -> tuple[Tensor, Tensor, Tensor | None]:
    """`recurrent_layer` composed of other ops, step by step."""
def concat(tensors: Sequence[Tensor], dim: Int = 0, *, out: Tensor | None = None) -> Tensor:
    """Another name of `cat`."""
def concatenate(tensors: Sequence[Tensor], dim: Int = 0, *, out: Tensor | None = None) -> Tensor:
    """Another name of `cat`."""
def conj(self: Tensor) -> Tensor:
    """The complex conjugates of the elements of `self`; the tensor itself where it is real."""
def conj_physical(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The complex conjugates of the elements of `self` in memory of their own.

    Any dtype. Unlike in PyTorch, a real tensor is copied too rather than returned itself.
    """
def conj_physical_(self: Tensor) -> Tensor:
    """The complex conjugates of the elements of `self` in memory of their own.

    Any dtype. Unlike in PyTorch, a real tensor is copied too rather than returned itself.
    """
def constant_pad_nd(self: Tensor, pad: Ints, value: Number = 0) -> Tensor:
    """`self` with positions that hold `value` before and after its last dimensions.

    Parameters
    ----------
    self : Tensor
        Any dtype.
    pad : int[]
        Two numbers per dimension, last dimension first: positions to add before and after. Negative ones take elements away.
    value : Scalar

    Returns
    -------
    Tensor
        A copy, row-major.

    Raises
    ------
    RuntimeError
        If `pad` has an odd length or more than two numbers per dimension, a size would be negative, or the dtype cannot hold
        `value`.
    """
def contiguous(self: Tensor, *, memory_format: MemoryFormat | None = None) -> Tensor:
    """`self` in row-major layout: the tensor itself when it has it already, else a copy.

    Parameters
    ----------
    memory_format : memory_format
        Another layout: channels_last of four dimensions, channels_last_3d of five.

    Raises
    ------
    RuntimeError
        If the format is for another number of dimensions.
    """
@overload
def conv1d(input: Tensor, weight: Tensor, bias: Tensor | None = None, stride: Ints = 1, padding: Ints = 0, dilation: Ints = 1, groups: Int = 1) -> Tensor:
    """Each channel of the result is the sum over the input's channels of correlations with a kernel.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...); an integer, floating or complex dtype.
    weight : Tensor
        (out channels, C / groups, kernel...); the input's dtype.
    bias : Tensor, optional
        (out channels,).
    stride, dilation : int or int[]
        From position to position of the result, and of the kernel.
    padding : int, int[] or str
        Zeros on both sides; 'valid' for none, 'same' for as many as keep the size, which needs a stride of 1.
    groups : int
        Channels of the input and of the result fall into as many parts that meet each other only.

    Returns
    -------
    Tensor
        Channels last where the input or the weight is. Half types are summed in float32.

    Raises
    ------
    RuntimeError
        If sizes or dtypes do not fit together, the kernel is larger than the padded input, or a number is out of range.
    """
@overload
def conv1d(input: Tensor, weight: Tensor, bias: Tensor | None = None, stride: Ints = 1, padding: Str = 'valid', dilation: Ints = 1, groups: Int = 1) -> Tensor: ...
@overload
def conv2d(input: Tensor, weight: Tensor, bias: Tensor | None = None, stride: Ints = 1, padding: Ints = 0, dilation: Ints = 1, groups: Int = 1) -> Tensor:
    """Each channel of the result is the sum over the input's channels of correlations with a kernel.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...); an integer, floating or complex dtype.
    weight : Tensor
        (out channels, C / groups, kernel...); the input's dtype.
    bias : Tensor, optional
        (out channels,).
    stride, dilation : int or int[]
        From position to position of the result, and of the kernel.
    padding : int, int[] or str
        Zeros on both sides; 'valid' for none, 'same' for as many as keep the size, which needs a stride of 1.
    groups : int
        Channels of the input and of the result fall into as many parts that meet each other only.

    Returns
    -------
    Tensor
        Channels last where the input or the weight is. Half types are summed in float32.

    Raises
    ------
    RuntimeError
        If sizes or dtypes do not fit together, the kernel is larger than the padded input, or a number is out of range.
    """
@overload
def conv2d(input: Tensor, weight: Tensor, bias: Tensor | None = None, stride: Ints = 1, padding: Str = 'valid', dilation: Ints = 1, groups: Int = 1) -> Tensor: ...
@overload
def conv3d(input: Tensor, weight: Tensor, bias: Tensor | None = None, stride: Ints = 1, padding: Ints = 0, dilation: Ints = 1, groups: Int = 1) -> Tensor:
    """Each channel of the result is the sum over the input's channels of correlations with a kernel.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...); an integer, floating or complex dtype.
    weight : Tensor
        (out channels, C / groups, kernel...); the input's dtype.
    bias : Tensor, optional
        (out channels,).
    stride, dilation : int or int[]
        From position to position of the result, and of the kernel.
    padding : int, int[] or str
        Zeros on both sides; 'valid' for none, 'same' for as many as keep the size, which needs a stride of 1.
    groups : int
        Channels of the input and of the result fall into as many parts that meet each other only.

    Returns
    -------
    Tensor
        Channels last where the input or the weight is. Half types are summed in float32.

    Raises
    ------
    RuntimeError
        If sizes or dtypes do not fit together, the kernel is larger than the padded input, or a number is out of range.
    """
@overload
def conv3d(input: Tensor, weight: Tensor, bias: Tensor | None = None, stride: Ints = 1, padding: Str = 'valid', dilation: Ints = 1, groups: Int = 1) -> Tensor: ...
def conv_tbc(self: Tensor, weight: Tensor, bias: Tensor, pad: Int = 0) -> Tensor:
    """`conv1d` of a tensor (time, batch, channels) with a weight (kernel, channels, out channels).

    Parameters
    ----------
    self, weight, bias : Tensor
    pad : int
        Zeros on both sides.
    """
def conv_transpose1d(input: Tensor, weight: Tensor, bias: Tensor | None = None, stride: Ints = 1, padding: Ints = 0, output_padding: Ints = 0, groups: Int = 1, dilation: Ints = 1) -> Tensor:
    """Spreads each position of the input by a kernel: the gradient of a convolution for its input.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...); an integer, floating or complex dtype.
    weight : Tensor
        (C, out channels / groups, kernel...); the input's dtype.
    bias : Tensor, optional
        (out channels,).
    stride, padding, dilation : int or int[]
        Those of the convolution.
    output_padding : int or int[]
        Positions added to one side of the result, less than the stride or the dilation.
    groups : int

    Returns
    -------
    Tensor
        Channels last where the input or the weight is. Half types are summed in float32.

    Raises
    ------
    RuntimeError
        If sizes or dtypes do not fit together, nothing is left of the result, or a number is out of range.

    References
    ----------
    Dumoulin and Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285.
    """
def conv_transpose2d(input: Tensor, weight: Tensor, bias: Tensor | None = None, stride: Ints = 1, padding: Ints = 0, output_padding: Ints = 0, groups: Int = 1, dilation: Ints = 1) -> Tensor:
    """Spreads each position of the input by a kernel: the gradient of a convolution for its input.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...); an integer, floating or complex dtype.
    weight : Tensor
        (C, out channels / groups, kernel...); the input's dtype.
    bias : Tensor, optional
        (out channels,).
    stride, padding, dilation : int or int[]
        Those of the convolution.
    output_padding : int or int[]
        Positions added to one side of the result, less than the stride or the dilation.
    groups : int

    Returns
    -------
    Tensor
        Channels last where the input or the weight is. Half types are summed in float32.

    Raises
    ------
    RuntimeError
        If sizes or dtypes do not fit together, nothing is left of the result, or a number is out of range.

    References
    ----------
    Dumoulin and Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285.
    """
def conv_transpose3d(input: Tensor, weight: Tensor, bias: Tensor | None = None, stride: Ints = 1, padding: Ints = 0, output_padding: Ints = 0, groups: Int = 1, dilation: Ints = 1) -> Tensor:
    """Spreads each position of the input by a kernel: the gradient of a convolution for its input.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...); an integer, floating or complex dtype.
    weight : Tensor
        (C, out channels / groups, kernel...); the input's dtype.
    bias : Tensor, optional
        (out channels,).
    stride, padding, dilation : int or int[]
        Those of the convolution.
    output_padding : int or int[]
        Positions added to one side of the result, less than the stride or the dilation.
    groups : int

    Returns
    -------
    Tensor
        Channels last where the input or the weight is. Half types are summed in float32.

    Raises
    ------
    RuntimeError
        If sizes or dtypes do not fit together, nothing is left of the result, or a number is out of range.

    References
    ----------
    Dumoulin and Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285.
    """
def convolution(input: Tensor, weight: Tensor, bias: Tensor | None, stride: Ints, padding: Ints, dilation: Ints, transposed: Bool, output_padding: Ints, groups: Int) -> Tensor:
    """A convolution in as many dimensions as the weight has after the first two.

    As `conv1d`, `conv2d`, `conv3d` and, with `transposed`, `conv_transpose1d`, `conv_transpose2d`, `conv_transpose3d`.

    Parameters
    ----------
    input : Tensor
        (N, C, ...); an integer, floating or complex dtype.
    weight : Tensor
        (out channels, C / groups, kernel...), or (C, out channels / groups, kernel...) when transposed; the input's dtype.
    bias : Tensor, optional
        (out channels,).
    stride, padding, dilation : int[]
        One number, or one per dimension.
    transposed : bool
        Whether the input is spread by the weight, as the gradient of a convolution spreads that of its result.
    output_padding : int[]
        Positions to add to one side of the result when transposed.
    groups : int
        Channels of the input and of the result fall into as many parts that meet each other only.

    Returns
    -------
    Tensor
        Channels last where the input or the weight is. Half types are summed in float32.

    Raises
    ------
    RuntimeError
        If sizes or dtypes do not fit together, the kernel is larger than the padded input, or a number is out of range.
    """
def convolution_backward(grad_output: Tensor, input: Tensor, weight: Tensor, bias_sizes: Ints | None, stride: Ints, padding: Ints, dilation: Ints, transposed: Bool, output_padding: Ints, groups: Int, output_mask: Sequence[Bool]) -> tuple[Tensor | None, Tensor | None, Tensor | None]:
    """The gradients of `convolution` for its input, weight and bias.

    Parameters
    ----------
    grad_output : Tensor
        That of the result.
    input, weight : Tensor
    bias_sizes : int[], optional
        The sizes of the bias.
    stride, padding, dilation : int[]
    transposed : bool
    output_padding : int[]
    groups : int
        As in `convolution`.
    output_mask : bool[3]
        Which of the three are wanted; the others are None.
    """
def copy_(self: Tensor, src: Tensor, non_blocking: Bool = False) -> Tensor:
    """Copies `src` into `self`, broadcasting it and converting its dtype.

    Floats become integers by truncation, complex numbers lose their imaginary part, anything but zero becomes True.

    Parameters
    ----------
    self : Tensor
    src : Tensor
        Broadcastable to the sizes of `self`; on any device.
    non_blocking : bool
        Do not wait for a copy from or to host memory; that memory must then stay untouched until the stream has passed it.

    Notes
    -----
    Enqueues on the current streams of both devices. Bumps the version of `self`.
    """
def copysign(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """The magnitude of `self` with the sign of `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8.
    other : Tensor or Scalar
        Broadcastable with `self`. Zeros and NaN have signs too.

    Returns
    -------
    Tensor
        Of the broadcast shape; integers and bool give the default dtype.
    """
def copysign_(self: Tensor, other: Tensor | Number) -> Tensor:
    """The magnitude of `self` with the sign of `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8.
    other : Tensor or Scalar
        Broadcastable with `self`. Zeros and NaN have signs too.

    Returns
    -------
    Tensor
        Of the broadcast shape; integers and bool give the default dtype.
    """
def corrcoef(self: Tensor) -> Tensor:
    """The correlation coefficients of variables, of which every row holds the observations.

    Parameters
    ----------
    self : Tensor
        (variables, observations), or a vector for a single variable.

    Returns
    -------
    Tensor
        (variables, variables), within [-1, 1]; 0-dim for one variable.

    Raises
    ------
    RuntimeError
        If `self` has more than 2 dimensions.
    """
def cos(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The cosine of each element of `self`, in radians.

    Dtypes and accuracy as for `sin`.
    """
def cos_(self: Tensor) -> Tensor:
    """The cosine of each element of `self`, in radians.

    Dtypes and accuracy as for `sin`.
    """
def cosh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The hyperbolic cosine of each element of `self`, within 2 ulp. Dtypes as for `tan`."""
def cosh_(self: Tensor) -> Tensor:
    """The hyperbolic cosine of each element of `self`, within 2 ulp. Dtypes as for `tan`."""
def cosine_embedding_loss(input1: Tensor, input2: Tensor, target: Tensor, margin: Float = 0.0, reduction: Str = 'mean') -> Tensor:
    """Of vectors that are alike (target 1) or not (-1), with c the cosine of their angle: ``1 - c`` or ``max(0, c - margin)``.

    Parameters
    ----------
    input1, input2 : Tensor
        (D,) or (N, D).
    target : Tensor
        () or (N,).
    margin : float
    reduction : str
        'none', 'mean' or 'sum'.

    Raises
    ------
    RuntimeError
        If the numbers of dimensions do not fit.
    """
def cosine_similarity(x1: Tensor, x2: Tensor, dim: Int = 1, eps: Float = 1e-08) -> Tensor:
    """The cosine of the angle between vectors along `dim`: ``x1 . x2 / (|x1| |x2|)``.

    Parameters
    ----------
    x1, x2 : Tensor
        Broadcast with each other.
    dim : int
        Of the broadcast shape.
    eps : float
        The least length to divide by.

    Returns
    -------
    Tensor
        Of the broadcast shape without `dim`.
    """
@overload
def count_nonzero(self: Tensor, dim: Int | None = None, *, out: Tensor | None = None) -> Tensor:
    """How many elements of `self` are not zero, over all or some dimensions.

    Parameters
    ----------
    self : Tensor
    dim : int or sequence of int, optional
        The dimensions to count over; all when absent or empty.

    Returns
    -------
    Tensor
        int64. NaN is not zero.
    """
@overload
def count_nonzero(self: Tensor, dim: Ints, *, out: Tensor | None = None) -> Tensor: ...
@overload
def count_nonzero(self: Tensor, *dim: Int, out: Tensor | None = None) -> Tensor: ...
def cov(self: Tensor, *, correction: Int = 1, fweights: Tensor | None = None, aweights: Tensor | None = None) -> Tensor:
    """The covariances of variables, of which every row holds the observations.

    Parameters
    ----------
    self : Tensor
        (variables, observations), or a vector for a single variable.
    correction : int
        Subtracted from the number of observations, 1 for the unbiased estimate.
    fweights : Tensor, optional
        (observations,) integers: how often each was made.
    aweights : Tensor, optional
        (observations,) floating-point: how much each counts.

    Returns
    -------
    Tensor
        (variables, variables); 0-dim for one variable.

    Raises
    ------
    RuntimeError
        If `self` has more than 2 dimensions or weights do not fit.
    """
def cross(self: Tensor, other: Tensor, dim: Int | None = None, *, out: Tensor | None = None) -> Tensor:
    """The cross products of vectors of three elements along `dim`, by default the first dimension of size 3: see `linalg_cross`."""
def cross_entropy(input: Tensor, target: Tensor, weight: Tensor | None = None, ignore_index: Int = -100, reduction: Str = 'mean', label_smoothing: Float = 0.0) -> Tensor:
    """The cross entropy of class indices under the softmax of logits: ``log(sum(exp(x))) - x[target]`` for each row.

    Parameters
    ----------
    input : Tensor
        Logits, (C,), (N, C) or (N, C, d1, ...); float16, bfloat16, float32 or float64.
    target : Tensor
        int64 class indices, of the sizes of `input` without C; or class probabilities, of the sizes of `input`.
    weight : Tensor, optional
        (C,); a factor for each class. It has no gradient with class indices.
    ignore_index : int
        Class indices of this value do not count.
    reduction : str
        'none', 'sum', or 'mean': the sum divided by the weights of the targets that count, NaN when there is none; with class
        probabilities, by the number of rows.
    label_smoothing : float
        Part of the target that is spread over all classes, from 0 to 1.

    Returns
    -------
    Tensor
        Of the dtype of `input`, computed in float32 for half types; 0-dim unless `reduction` is 'none'.

    Raises
    ------
    IndexError
        If a target is no class. On CUDA that is reported when the device is next waited for, and the loss of its row is NaN.
    ShapeError
        If sizes do not fit together.
    """
@overload
def ctc_loss(log_probs: Tensor, targets: Tensor, input_lengths: Tensor, target_lengths: Tensor, blank: Int = 0, reduction: Str = 'mean', zero_infinity: Bool = False) -> Tensor:
    """The negative log likelihood of labels that any alignment with the times of `log_probs` may spell.

    Parameters
    ----------
    log_probs : Tensor
        (T, N, C) or (T, C): log probabilities of labels at each time.
    targets : Tensor
        int32 or int64: (N, S), or (S,) with the labels of all entries one after the other; none of them `blank`.
    input_lengths, target_lengths : Tensor
        Integers (N,): the times and the labels of each entry that count.
    blank : int
        The label that stands for none.
    reduction : str
        'none', 'sum', or 'mean': the mean over entries of the loss divided by the number of labels.
    zero_infinity : bool
        Gives zero, and no gradient, where the labels are too many for the times.

    Returns
    -------
    Tensor
        (N,), () for (T, C); 0-dim unless `reduction` is 'none'.

    Raises
    ------
    RuntimeError
        If lengths, targets or `blank` do not fit.

    Notes
    -----
    The gradient is that of logits whose log_softmax `log_probs` is. Its derivative is not implemented. Reference: Graves et al.,
    "Connectionist temporal classification", ICML 2006.
    """
@overload
def ctc_loss(log_probs: Tensor, targets: Tensor, input_lengths: Ints, target_lengths: Ints, blank: Int = 0, reduction: Str = 'mean', zero_infinity: Bool = False) -> Tensor: ...
def cummax(self: Tensor, dim: Int, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The largest elements so far along one dimension, and where they are.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8 and complex.
    dim : int

    Returns
    -------
    values : Tensor
        Row-major. A NaN prevails.
    indices : Tensor
        int64; of equal elements the last one so far.

    Raises
    ------
    IndexError
        If the dimension is out of range.
    """
def cummin(self: Tensor, dim: Int, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The smallest elements so far along one dimension, and where they are; otherwise as `cummax`."""
def cumprod(self: Tensor, dim: Int, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
    """The running products of `self` along one dimension.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8.
    dim : int
    dtype : dtype, optional
        Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

    Returns
    -------
    Tensor
        Row-major. Floating dtypes multiply in float64 and round each product once.

    Raises
    ------
    IndexError
        If the dimension is out of range.
    """
def cumprod_(self: Tensor, dim: Int, *, dtype: DtypeLike | None = None) -> Tensor:
    """The running products of `self` along one dimension.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8.
    dim : int
    dtype : dtype, optional
        Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

    Returns
    -------
    Tensor
        Row-major. Floating dtypes multiply in float64 and round each product once.

    Raises
    ------
    IndexError
        If the dimension is out of range.
    """
def cumsum(self: Tensor, dim: Int, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
    """The running sums of `self` along one dimension.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8.
    dim : int
    dtype : dtype, optional
        Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

    Returns
    -------
    Tensor
        Row-major. Floating dtypes add in float64 and round each sum once.

    Raises
    ------
    IndexError
        If the dimension is out of range.
    """
def cumsum_(self: Tensor, dim: Int, *, dtype: DtypeLike | None = None) -> Tensor:
    """The running sums of `self` along one dimension.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8.
    dim : int
    dtype : dtype, optional
        Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

    Returns
    -------
    Tensor
        Row-major. Floating dtypes add in float64 and round each sum once.

    Raises
    ------
    IndexError
        If the dimension is out of range.
    """
@overload
def cumulative_trapezoid(y: Tensor, *, dx: Number = 1, dim: Int = -1) -> Tensor:
    """The integrals from the first sample to each other one, by the trapezoidal rule.

    Parameters
    ----------
    y : Tensor
        Samples; of 1 dimension or more.
    x : Tensor, optional
        Their places: a vector, or of sizes that broadcast with those of `y`.
    dx : number
        The distance between samples when no places are given.
    dim : int

    Returns
    -------
    Tensor
        With one element fewer along `dim`.

    Raises
    ------
    RuntimeError
        If sizes do not fit together.
    """
@overload
def cumulative_trapezoid(y: Tensor, x: Tensor, *, dim: Int = -1) -> Tensor: ...
def deg2rad(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Degrees as radians. Any real dtype but float8; integers and bool give the default dtype."""
def deg2rad_(self: Tensor) -> Tensor:
    """Degrees as radians. Any real dtype but float8; integers and bool give the default dtype."""
def det(self: Tensor) -> Tensor:
    """The determinants of matrices (..., n, n): of sizes (...)."""
def detach(self: Tensor) -> Tensor:
    """The same elements, cut off from the autograd graph. Shares storage and version counter."""
def detach_copy(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """A row-major copy of what the view of this name without `_copy` shows."""
def diag(self: Tensor, diagonal: Int = 0, *, out: Tensor | None = None) -> Tensor:
    """Of a vector the matrix with it on a diagonal, of a matrix a copy of its diagonal.

    Raises
    ------
    RuntimeError
        If `self` has other than one or two dimensions.
    """
def diag_embed(self: Tensor, offset: Int = 0, dim1: Int = -2, dim2: Int = -1) -> Tensor:
    """Matrices of zeros with the last dimension of `self` on a diagonal.

    Parameters
    ----------
    offset : int
        Above the main diagonal where positive, below it where negative; the matrices grow by as much.
    dim1, dim2 : int
        Where rows and columns stand in the result.

    Raises
    ------
    RuntimeError
        If the dimensions are the same.
    """
def diagflat(self: Tensor, offset: Int = 0) -> Tensor:
    """The matrix with all elements of `self` on a diagonal."""
def diagonal(self: Tensor, offset: Int = 0, dim1: Int = 0, dim2: Int = 1) -> Tensor:
    """A view of the diagonals of two dimensions, which become the last one.

    Parameters
    ----------
    offset : int
        Above the main diagonal where positive, below it where negative.
    dim1, dim2 : int
        The rows and columns.

    Raises
    ------
    RuntimeError
        If the dimensions are the same.
    """
def diagonal_backward(grad: Tensor, input_size: Ints, offset: Int, dim1: Int, dim2: Int) -> Tensor:
    """The gradient of diagonal: zeros of `input_size` with `grad` on the diagonal."""
def diagonal_copy(self: Tensor, offset: Int = 0, dim1: Int = 0, dim2: Int = 1, *, out: Tensor | None = None) -> Tensor:
    """A row-major copy of what the view of this name without `_copy` shows."""
def diagonal_scatter(self: Tensor, src: Tensor, offset: Int = 0, dim1: Int = 0, dim2: Int = 1) -> Tensor:
    """A copy of `self` in which `src` stands where the view of this name without `_scatter` looks.

    Parameters
    ----------
    self : Tensor
    src : Tensor
        Of the sizes of the view; its dtype is converted.

    Raises
    ------
    RuntimeError
        If the sizes of `src` are not those of the view.
    """
def diff(self: Tensor, n: Int = 1, dim: Int = -1, prepend: Tensor | None = None, append: Tensor | None = None, *, out: Tensor | None = None) -> Tensor:
    """The differences of neighbours along a dimension, taken `n` times.

    Parameters
    ----------
    self : Tensor
        Of 1 dimension or more; booleans are compared.
    n : int
    dim : int
    prepend, append : Tensor, optional
        Joined to `self` along `dim` before.

    Returns
    -------
    Tensor
        With `n` elements fewer along `dim`.

    Raises
    ------
    RuntimeError
        If `self` has no dimensions, `n` is negative or the numbers of dimensions differ.
    """
def digamma(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The derivative of `lgamma` at each element of `self`.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8. Integers and bool give the default dtype.

    Returns
    -------
    Tensor
        Infinite at zeros, of the opposite sign; NaN at negative integers. Accuracy as for `lgamma`.
    """
def digamma_(self: Tensor) -> Tensor:
    """The derivative of `lgamma` at each element of `self`.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8. Integers and bool give the default dtype.

    Returns
    -------
    Tensor
        Infinite at zeros, of the opposite sign; NaN at negative integers. Accuracy as for `lgamma`.
    """
def dist(self: Tensor, other: Tensor, p: Number = 2) -> Tensor:
    """The norm of ``self - other``.

    Parameters
    ----------
    self : Tensor
        Any shape; floats but float8.
    other : Tensor
        Broadcastable with `self`.
    p : Scalar
        The order of the norm, as in `linalg_vector_norm`.

    Returns
    -------
    Tensor
        Without dimensions.
    """
def div(self: Tensor, other: Tensor | Number, *, rounding_mode: Str | None = None, out: Tensor | None = None) -> Tensor:
    """Divides `self` by `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8.
    other : Tensor or Scalar
        Broadcastable with `self`.
    rounding_mode : str, optional
        None divides exactly, integers in the default dtype. "trunc" rounds the quotient towards zero and "floor" down, both in the
        common dtype, which then is neither boolean nor complex; their gradient is zero.

    Returns
    -------
    Tensor
        Of the broadcast shape. Half types are computed in float32.

    Raises
    ------
    RuntimeError
        "ZeroDivisionError" if, with a rounding mode, an integer is divided by zero; nothing is written then. On CUDA, where it
        would take a wait to know, such a quotient has all bits set.

    Notes
    -----
    The smallest integer divided by -1 wraps. Unlike PyTorch, uint16, uint32 and uint64 are supported.
    """
def div_(self: Tensor, other: Tensor | Number, *, rounding_mode: Str | None = None) -> Tensor:
    """Divides `self` by `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8.
    other : Tensor or Scalar
        Broadcastable with `self`.
    rounding_mode : str, optional
        None divides exactly, integers in the default dtype. "trunc" rounds the quotient towards zero and "floor" down, both in the
        common dtype, which then is neither boolean nor complex; their gradient is zero.

    Returns
    -------
    Tensor
        Of the broadcast shape. Half types are computed in float32.

    Raises
    ------
    RuntimeError
        "ZeroDivisionError" if, with a rounding mode, an integer is divided by zero; nothing is written then. On CUDA, where it
        would take a wait to know, such a quotient has all bits set.

    Notes
    -----
    The smallest integer divided by -1 wraps. Unlike PyTorch, uint16, uint32 and uint64 are supported.
    """
def divide(self: Tensor, other: Tensor | Number, *, rounding_mode: Str | None = None, out: Tensor | None = None) -> Tensor:
    """Another name of `div`."""
def divide_(self: Tensor, other: Tensor | Number, *, rounding_mode: Str | None = None) -> Tensor:
    """Another name of `div`."""
def dot(self: Tensor, tensor: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The dot product of two vectors of the same length and dtype, as a 0-dim tensor. Nothing is conjugated: see `vdot`."""
def dropout(input: Tensor, p: Float, train: Bool) -> Tensor:
    """Sets elements to zero with chance `p` and multiplies the others by 1 / (1 - p), in training.

    Parameters
    ----------
    input : Tensor
        float16, bfloat16, float32 or float64.
    p : float
        In [0, 1].
    train : bool
        False returns `input` itself, as p = 0 does.

    Raises
    ------
    RuntimeError
        If `p` is outside [0, 1].
    """
def dropout_(input: Tensor, p: Float, train: Bool) -> Tensor:
    """Sets elements to zero with chance `p` and multiplies the others by 1 / (1 - p), in training.

    Parameters
    ----------
    input : Tensor
        float16, bfloat16, float32 or float64.
    p : float
        In [0, 1].
    train : bool
        False returns `input` itself, as p = 0 does.

    Raises
    ------
    RuntimeError
        If `p` is outside [0, 1].
    """
def dsplit(self: Tensor, indices_or_sections: Int | Ints) -> list[Tensor]:
    """As `tensor_split` along depth, dimension 2. A number of parts must divide the size."""
def dstack(tensors: Sequence[Tensor], *, out: Tensor | None = None) -> Tensor:
    """The tensors one behind the other: joined along dimension 2 after `atleast_3d`.

    Raises
    ------
    RuntimeError
        If the list is empty.
    ShapeError
        If the sizes do not fit together.
    """
@overload
def einsum(equation: Str, operands: Sequence[Tensor], *, path: Ints | None = None) -> Tensor:
    """Sums of products of elements, by an equation of subscripts.

    Parameters
    ----------
    equation : str
        Letters for the dimensions of every operand, operands separated by commas, then optionally "->" and the letters of the result:
        "ij,jk->ik". What is not in the result is summed over; without "->" it has the letters that stand once, in alphabetical order
        (capitals first). A letter that stands twice for one operand takes its diagonal. "..." stands for any further dimensions, which
        are broadcast and, without "->", come first.
    operands : sequence of Tensor
        Dimensions of one letter have one size or size one.
    path : sequence of int, optional
        Pairs of places in the list of operands to contract, whose product is put at the end of the list. By default the order with the
        fewest multiplications for at most eight operands, a greedy one for more.

    Returns
    -------
    Tensor
        It may be a view of a single operand.

    Raises
    ------
    RuntimeError
        If the equation is malformed or does not fit the operands.
    ValueError
        If there is no operand.
    """
@overload
def einsum(equation: Str, *operands: Tensor, path: Ints | None = None) -> Tensor: ...
def elementwise_binary_cross_entropy(input: Tensor, target: Tensor) -> Tensor:
    """``-t log(x) - (1 - t) log(1 - x)`` for each probability x and target t, no logarithm below -100."""
def elementwise_prelu(self: Tensor, weight: Tensor) -> Tensor:
    """x for each element x of `self` above 0, else x times the element of `weight` that broadcasting gives it."""
def elu(self: Tensor, alpha: Number = 1, scale: Number = 1, input_scale: Number = 1, *, out: Tensor | None = None) -> Tensor:
    """``scale * x`` for each element x of `self` above 0, else ``scale * alpha * (e^(input_scale x) - 1)``.

    Parameters
    ----------
    self : Tensor
        Any shape; floating dtypes but float8. Half types are computed in float32 and rounded once.
    alpha, scale, input_scale : Scalar

    Notes
    -----
    Source: Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by exponential linear units", 2016.
    """
def elu_(self: Tensor, alpha: Number = 1, scale: Number = 1, input_scale: Number = 1) -> Tensor:
    """``scale * x`` for each element x of `self` above 0, else ``scale * alpha * (e^(input_scale x) - 1)``.

    Parameters
    ----------
    self : Tensor
        Any shape; floating dtypes but float8. Half types are computed in float32 and rounded once.
    alpha, scale, input_scale : Scalar

    Notes
    -----
    Source: Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by exponential linear units", 2016.
    """
def elu_backward(grad: Tensor, self: Tensor, alpha: Number, scale: Number, input_scale: Number) -> Tensor:
    """The gradient of elu by its input: `grad` times scale above 0, else times alpha scale input_scale e^(input_scale x)."""
def embedding(weight: Tensor, indices: Tensor, padding_idx: Int | None = None, scale_grad_by_freq: Bool = False, sparse: Bool = False) -> Tensor:
    """Rows of a table at indices.

    Parameters
    ----------
    weight : Tensor
        The table, of sizes (rows, columns).
    indices : Tensor
        int64 or int32, of any sizes.
    padding_idx : int, optional
        A row whose gradient is zero; it may count from the end.
    scale_grad_by_freq : bool
        Divide the gradient of a row by the number of times it is taken.
    sparse : bool
        Must be False: gradients are dense.

    Returns
    -------
    Tensor
        Of the sizes of `indices` and one more dimension for the columns.

    Raises
    ------
    IndexError
        If an index is out of range. On CUDA that is reported when the device is next waited for.
    NotImplementedError
        For `sparse`.
    """
def embedding_backward(grad: Tensor, indices: Tensor, num_weights: Int, padding_idx: Int | None = None) -> Tensor:
    """The gradient of embedding by its table: row r is the sum of the rows of `grad` whose index is r.

    The rows are added in the order of the indices, half types in float32, so that the result is the same on each run.
    """
def embedding_bag(weight: Tensor, indices: Tensor, offsets: Tensor, scale_grad_by_freq: Bool = False, mode: Int = 0, sparse: Bool = False, per_sample_weights: Tensor | None = None, include_last_offset: Bool = False, padding_idx: Int | None = None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Rows of a table at indices, reduced within bags.

    Parameters
    ----------
    weight : Tensor
        The table, of sizes (rows, columns); floating.
    indices : Tensor
        int64 or int32, one-dimensional.
    offsets : Tensor
        int64 or int32: where in `indices` each bag begins; the first is 0.
    scale_grad_by_freq : bool
        Divide the gradient of a row by the number of times it is taken; not for mode 2.
    mode : int
        0 sums, 1 averages, 2 takes the largest element of each column.
    sparse : bool
        Must be False: gradients are dense.
    per_sample_weights : Tensor, optional
        A factor per index, of the dtype of `weight`; for mode 0.
    include_last_offset : bool
        The last of `offsets` is the number of indices and begins no bag.
    padding_idx : int, optional
        A row that is left out of every bag and gets no gradient; it may count from the end.

    Returns
    -------
    tuple of Tensor
        The bags, of sizes (bags, columns), zeros for an empty one; the bag of each index; the number of indices in each bag; and for
        mode 2 the row of each element of the bags, -1 in an empty one.

    Raises
    ------
    IndexError
        If an index is out of range. On CUDA that is reported when the device is next waited for.
    RuntimeError
        If sizes, dtypes, `mode` or `offsets` do not fit; of offsets on CUDA that is reported when the device is next waited for.
    NotImplementedError
        For `sparse`.

    Notes
    -----
    Rows are added in the order of the indices, half types in float32.
    """
def embedding_renorm_(self: Tensor, indices: Tensor, max_norm: Float, norm_type: Float) -> Tensor:
    """Scales down those of the rows at indices whose norm is larger than `max_norm`.

    Parameters
    ----------
    self : Tensor
        The table, of sizes (rows, columns).
    indices : Tensor
        int64 or int32, of any sizes.
    max_norm, norm_type : float
        The largest norm, and which norm.

    Raises
    ------
    IndexError
        If an index is out of range; nothing is written.
    RuntimeError
        If `self` requires grad and gradients are recorded: there is no derivative.
    """
@overload
def empty(size: Ints, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, memory_format: MemoryFormat | None = None, out: Tensor | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """A tensor whose elements are not initialised.

    Parameters
    ----------
    size : sequence of int
    dtype : dtype, optional
        float32 by default.
    device : device, optional
        The CPU by default.
    memory_format : memory_format, optional
        Row-major by default.

    Raises
    ------
    RuntimeError
        If a size is negative, or the format is for another number of dimensions.
    OverflowError
        If the byte size does not fit in 63 bits.
    """
@overload
def empty(*size: Int, dtype: DtypeLike | None = None, device: DeviceLike | None = None, memory_format: MemoryFormat | None = None, out: Tensor | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor: ...
def empty_like(self: Tensor, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, memory_format: MemoryFormat | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """Of the sizes and, where they are dense, the strides of `self`.

    dtype and device are those of `self` unless given; `memory_format` asks for another layout.
    """
def empty_permuted(size: Ints, physical_layout: Ints, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """A tensor without defined elements that is dense with its dimensions in another order.

    Parameters
    ----------
    size : sequence of int
    physical_layout : sequence of int
        The dimensions from the outermost to the innermost in memory.
    dtype : dtype, optional
        float32 by default.
    device : device, optional
        The CPU by default.

    Raises
    ------
    RuntimeError
        If `physical_layout` does not hold every dimension once.
    """
def empty_strided(size: Ints, stride: Ints, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """A tensor of the given sizes and strides (in elements), not initialised.

    Strides may make elements overlap, as those of an expanded tensor do.
    """
def eq(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Compares `self` with `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
    other : Tensor or Scalar
        Broadcastable with `self`. A number is rounded to the common dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

    Notes
    -----
    Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
    """
def eq_(self: Tensor, other: Tensor | Number) -> Tensor:
    """Compares `self` with `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
    other : Tensor or Scalar
        Broadcastable with `self`. A number is rounded to the common dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

    Notes
    -----
    Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
    """
def equal(self: Tensor, other: Tensor) -> Bool:
    """Whether both tensors have the same sizes and equal elements.

    Parameters
    ----------
    self, other : Tensor
        On one device; any shape and dtype.

    Returns
    -------
    bool
        False where a NaN is, which equals nothing; True for tensors of the same sizes without elements.

    Notes
    -----
    Waits for the device unless the sizes differ.
    """
def erf(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, for each element x of `self`, within 2 ulp. Any real dtype but float8; integers and bool give the default dtype."""
def erf_(self: Tensor) -> Tensor:
    """The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, for each element x of `self`, within 2 ulp. Any real dtype but float8; integers and bool give the default dtype."""
def erfc(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The complement ``1 - erf(x)`` of the error function of each element of `self`.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8. Integers and bool give the default dtype, half types are computed in
        float32 and rounded once.

    Returns
    -------
    Tensor
        Within 5 ulp as far as it is not subnormal, and the same bits on every instruction set and on CUDA devices.
    """
def erfc_(self: Tensor) -> Tensor:
    """The complement ``1 - erf(x)`` of the error function of each element of `self`.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8. Integers and bool give the default dtype, half types are computed in
        float32 and rounded once.

    Returns
    -------
    Tensor
        Within 5 ulp as far as it is not subnormal, and the same bits on every instruction set and on CUDA devices.
    """
def erfinv(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The number whose error function each element of `self` is, within 3 ulp; infinite at -1 and 1, NaN beyond. Dtypes as for `erfc`."""
def erfinv_(self: Tensor) -> Tensor:
    """The number whose error function each element of `self` is, within 3 ulp; infinite at -1 and 1, NaN beyond. Dtypes as for `erfc`."""
def exp(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """e to the power of each element of `self`.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8. Integers and bool give the default dtype, half types are computed in
        float32 and rounded once, complex64 is computed in complex128.

    Returns
    -------
    Tensor
        Within 1 ulp in float32 and float64, and the same bits on every instruction set and on CUDA devices. Special values are
        those of C99, Annex G where complex.
    """
def exp2(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """2 to the power of each element of `self`, exact at integers. Dtypes and accuracy as for `exp`."""
def exp2_(self: Tensor) -> Tensor:
    """2 to the power of each element of `self`, exact at integers. Dtypes and accuracy as for `exp`."""
def exp_(self: Tensor) -> Tensor:
    """e to the power of each element of `self`.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8. Integers and bool give the default dtype, half types are computed in
        float32 and rounded once, complex64 is computed in complex128.

    Returns
    -------
    Tensor
        Within 1 ulp in float32 and float64, and the same bits on every instruction set and on CUDA devices. Special values are
        those of C99, Annex G where complex.
    """
@overload
def expand(self: Tensor, size: Ints) -> Tensor:
    """A view in which dimensions of size one, and new leading ones, repeat to `size`.

    -1 keeps the size of a dimension. The repeated elements share memory: clone the result before writing to it.
    """
@overload
def expand(self: Tensor, *size: Int) -> Tensor: ...
def expand_as(self: Tensor, other: Tensor) -> Tensor:
    """A view expanded to the sizes of `other`."""
@overload
def expand_copy(self: Tensor, size: Ints, *, out: Tensor | None = None) -> Tensor:
    """A row-major copy of what the view of this name without `_copy` shows."""
@overload
def expand_copy(self: Tensor, *size: Int, out: Tensor | None = None) -> Tensor: ...
def expm1(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """e^x - 1 for each element x of `self`, accurate near 0 too. Dtypes as for `exp`."""
def expm1_(self: Tensor) -> Tensor:
    """e^x - 1 for each element x of `self`, accurate near 0 too. Dtypes as for `exp`."""
def exponential_(self: Tensor, lambd: Float = 1, *, generator: Generator | None = None) -> Tensor:
    """Fills `self` with numbers of the exponential distribution of rate `lambd`, none of them 0.

    Parameters
    ----------
    self : Tensor
        float16, bfloat16, float32 or float64, of any strides.
    lambd : float
        Greater than 0; the mean is its reciprocal.
    generator : Generator, optional
        The default one of the device of `self` when absent.

    Raises
    ------
    RuntimeError
        If `lambd` is not positive.
    NotImplementedError
        For other dtypes.
    """
def eye(n: Int, m: Int | None = None, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """Ones on the diagonal of a matrix of zeros.

    Parameters
    ----------
    n : int
        Rows.
    m : int, optional
        Columns; as many as rows by default.
    dtype : dtype, optional
        float32 by default.
    device : device, optional
        The CPU by default.

    Raises
    ------
    RuntimeError
        If a size is negative.
    """
def feature_alpha_dropout(input: Tensor, p: Float, train: Bool) -> Tensor:
    """`alpha_dropout` of whole channels of (N, C, ...)."""
def feature_alpha_dropout_(input: Tensor, p: Float, train: Bool) -> Tensor:
    """`alpha_dropout` of whole channels of (N, C, ...)."""
def feature_dropout(input: Tensor, p: Float, train: Bool) -> Tensor:
    """Sets whole channels to zero with chance `p` and multiplies the others by 1 / (1 - p), in training.

    Parameters
    ----------
    input : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64.
    p : float
        In [0, 1].
    train : bool
        False returns `input` itself, as p = 0 does.

    Raises
    ------
    RuntimeError
        If `p` is outside [0, 1], or `input` has fewer than two dimensions.

    Notes
    -----
    Reference: Tompson et al., 2014, arXiv:1411.4280.
    """
def feature_dropout_(input: Tensor, p: Float, train: Bool) -> Tensor:
    """Sets whole channels to zero with chance `p` and multiplies the others by 1 / (1 - p), in training.

    Parameters
    ----------
    input : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64.
    p : float
        In [0, 1].
    train : bool
        False returns `input` itself, as p = 0 does.

    Raises
    ------
    RuntimeError
        If `p` is outside [0, 1], or `input` has fewer than two dimensions.

    Notes
    -----
    Reference: Tompson et al., 2014, arXiv:1411.4280.
    """
def fft_fft(self: Tensor, n: Int | None = None, dim: Int = -1, norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The Fourier transform: out[k] = sum of self[j] exp(-2 pi i j k / n).

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    n : int, optional
        Points of the signal: the input is cut or filled with zeros at its end. By default as many as there are; where the result is
        real, 2 (size - 1).
    dim : int
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
def fft_fft2(self: Tensor, s: Ints | None = None, dim: Ints = (-2, -1), norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The Fourier transform: out[k] = sum of self[j] exp(-2 pi i j k / n).

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    s : sequence of int, optional
        Points in every dimension: the input is cut or filled with zeros at its end, -1 keeps its size. Where the result is real the
        last dimension has 2 (size - 1) by default.
    dim : sequence of int, optional
        All different. By default all, or the last ones where `s` is given.
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, `s` and `dim` differ in length, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
def fft_fftfreq(n: Int, d: Float = 1.0, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """The frequencies of the coefficients of `fft_fft`: 0, 1, ..., then the negative ones -n / 2, ..., -1, over n d.

    Parameters
    ----------
    n : int
        Points of the signal.
    d : float
        Time from point to point.
    dtype : dtype, optional
        Floating; float32 by default.

    Raises
    ------
    RuntimeError
        If `n` is negative or the dtype not floating.
    """
def fft_fftn(self: Tensor, s: Ints | None = None, dim: Ints | None = None, norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The Fourier transform: out[k] = sum of self[j] exp(-2 pi i j k / n).

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    s : sequence of int, optional
        Points in every dimension: the input is cut or filled with zeros at its end, -1 keeps its size. Where the result is real the
        last dimension has 2 (size - 1) by default.
    dim : sequence of int, optional
        All different. By default all, or the last ones where `s` is given.
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, `s` and `dim` differ in length, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
@overload
def fft_fftshift(self: Tensor, dim: Ints | None = None) -> Tensor:
    """Coefficients with frequency zero in the middle: negative frequencies first.

    Parameters
    ----------
    dim : sequence of int, optional
        The dimensions of coefficients; all by default.

    Raises
    ------
    RuntimeError
        If there is no dimension.
    """
@overload
def fft_fftshift(self: Tensor, *dim: Int) -> Tensor: ...
def fft_hfft(self: Tensor, n: Int | None = None, dim: Int = -1, norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The Fourier transform to real coefficients of a signal that is its own conjugate backwards, given by its first half.

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    n : int, optional
        Points of the signal: the input is cut or filled with zeros at its end. By default as many as there are; where the result is
        real, 2 (size - 1).
    dim : int
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
def fft_hfft2(self: Tensor, s: Ints | None = None, dim: Ints = (-2, -1), norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The Fourier transform to real coefficients of a signal that is its own conjugate backwards, given by its first half.

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    s : sequence of int, optional
        Points in every dimension: the input is cut or filled with zeros at its end, -1 keeps its size. Where the result is real the
        last dimension has 2 (size - 1) by default.
    dim : sequence of int, optional
        All different. By default all, or the last ones where `s` is given.
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, `s` and `dim` differ in length, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
def fft_hfftn(self: Tensor, s: Ints | None = None, dim: Ints | None = None, norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The Fourier transform to real coefficients of a signal that is its own conjugate backwards, given by its first half.

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    s : sequence of int, optional
        Points in every dimension: the input is cut or filled with zeros at its end, -1 keeps its size. Where the result is real the
        last dimension has 2 (size - 1) by default.
    dim : sequence of int, optional
        All different. By default all, or the last ones where `s` is given.
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, `s` and `dim` differ in length, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
def fft_ifft(self: Tensor, n: Int | None = None, dim: Int = -1, norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The inverse Fourier transform: out[j] = 1 / n sum of self[k] exp(2 pi i j k / n).

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    n : int, optional
        Points of the signal: the input is cut or filled with zeros at its end. By default as many as there are; where the result is
        real, 2 (size - 1).
    dim : int
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
def fft_ifft2(self: Tensor, s: Ints | None = None, dim: Ints = (-2, -1), norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The inverse Fourier transform: out[j] = 1 / n sum of self[k] exp(2 pi i j k / n).

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    s : sequence of int, optional
        Points in every dimension: the input is cut or filled with zeros at its end, -1 keeps its size. Where the result is real the
        last dimension has 2 (size - 1) by default.
    dim : sequence of int, optional
        All different. By default all, or the last ones where `s` is given.
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, `s` and `dim` differ in length, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
def fft_ifftn(self: Tensor, s: Ints | None = None, dim: Ints | None = None, norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The inverse Fourier transform: out[j] = 1 / n sum of self[k] exp(2 pi i j k / n).

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    s : sequence of int, optional
        Points in every dimension: the input is cut or filled with zeros at its end, -1 keeps its size. Where the result is real the
        last dimension has 2 (size - 1) by default.
    dim : sequence of int, optional
        All different. By default all, or the last ones where `s` is given.
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, `s` and `dim` differ in length, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
@overload
def fft_ifftshift(self: Tensor, dim: Ints | None = None) -> Tensor:
    """Undoes `fft_fftshift`: frequency zero first."""
@overload
def fft_ifftshift(self: Tensor, *dim: Int) -> Tensor: ...
def fft_ihfft(self: Tensor, n: Int | None = None, dim: Int = -1, norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The inverse Fourier transform of real coefficients: the first half of the signal, undoes `fft_hfft`.

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    n : int, optional
        Points of the signal: the input is cut or filled with zeros at its end. By default as many as there are; where the result is
        real, 2 (size - 1).
    dim : int
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
def fft_ihfft2(self: Tensor, s: Ints | None = None, dim: Ints = (-2, -1), norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The inverse Fourier transform of real coefficients: the first half of the signal, undoes `fft_hfft`.

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    s : sequence of int, optional
        Points in every dimension: the input is cut or filled with zeros at its end, -1 keeps its size. Where the result is real the
        last dimension has 2 (size - 1) by default.
    dim : sequence of int, optional
        All different. By default all, or the last ones where `s` is given.
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, `s` and `dim` differ in length, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
def fft_ihfftn(self: Tensor, s: Ints | None = None, dim: Ints | None = None, norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The inverse Fourier transform of real coefficients: the first half of the signal, undoes `fft_hfft`.

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    s : sequence of int, optional
        Points in every dimension: the input is cut or filled with zeros at its end, -1 keeps its size. Where the result is real the
        last dimension has 2 (size - 1) by default.
    dim : sequence of int, optional
        All different. By default all, or the last ones where `s` is given.
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, `s` and `dim` differ in length, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
def fft_irfft(self: Tensor, n: Int | None = None, dim: Int = -1, norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The inverse Fourier transform to a real signal, of the first n / 2 + 1 coefficients: undoes `fft_rfft`.

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    n : int, optional
        Points of the signal: the input is cut or filled with zeros at its end. By default as many as there are; where the result is
        real, 2 (size - 1).
    dim : int
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
def fft_irfft2(self: Tensor, s: Ints | None = None, dim: Ints = (-2, -1), norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The inverse Fourier transform to a real signal, of the first n / 2 + 1 coefficients: undoes `fft_rfft`.

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    s : sequence of int, optional
        Points in every dimension: the input is cut or filled with zeros at its end, -1 keeps its size. Where the result is real the
        last dimension has 2 (size - 1) by default.
    dim : sequence of int, optional
        All different. By default all, or the last ones where `s` is given.
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, `s` and `dim` differ in length, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
def fft_irfftn(self: Tensor, s: Ints | None = None, dim: Ints | None = None, norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The inverse Fourier transform to a real signal, of the first n / 2 + 1 coefficients: undoes `fft_rfft`.

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    s : sequence of int, optional
        Points in every dimension: the input is cut or filled with zeros at its end, -1 keeps its size. Where the result is real the
        last dimension has 2 (size - 1) by default.
    dim : sequence of int, optional
        All different. By default all, or the last ones where `s` is given.
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, `s` and `dim` differ in length, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
def fft_rfft(self: Tensor, n: Int | None = None, dim: Int = -1, norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The Fourier transform of a real signal: the first n / 2 + 1 coefficients, whose conjugates are the rest.

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    n : int, optional
        Points of the signal: the input is cut or filled with zeros at its end. By default as many as there are; where the result is
        real, 2 (size - 1).
    dim : int
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
def fft_rfft2(self: Tensor, s: Ints | None = None, dim: Ints = (-2, -1), norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The Fourier transform of a real signal: the first n / 2 + 1 coefficients, whose conjugates are the rest.

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    s : sequence of int, optional
        Points in every dimension: the input is cut or filled with zeros at its end, -1 keeps its size. Where the result is real the
        last dimension has 2 (size - 1) by default.
    dim : sequence of int, optional
        All different. By default all, or the last ones where `s` is given.
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, `s` and `dim` differ in length, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
def fft_rfftfreq(n: Int, d: Float = 1.0, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """The frequencies of the coefficients of `fft_rfft`: 0, 1, ..., n / 2 over n d; see `fft_fftfreq`."""
def fft_rfftn(self: Tensor, s: Ints | None = None, dim: Ints | None = None, norm: Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The Fourier transform of a real signal: the first n / 2 + 1 coefficients, whose conjugates are the rest.

    Parameters
    ----------
    self : Tensor
        float32, float64, complex64, complex128, or integers, which are computed in the default dtype.
    s : sequence of int, optional
        Points in every dimension: the input is cut or filled with zeros at its end, -1 keeps its size. Where the result is real the
        last dimension has 2 (size - 1) by default.
    dim : sequence of int, optional
        All different. By default all, or the last ones where `s` is given.
    norm : str, optional
        Which way divides by the number of points: 'backward' (default) the inverse, 'forward' the other, 'ortho' both by its root.

    Raises
    ------
    RuntimeError
        If there would be no point, the norm is unknown, `s` and `dim` differ in length, or the input is complex where it must be real.
    NotImplementedError
        For other dtypes; on the CPU if NumPy 2 is not installed.
    """
def fill_(self: Tensor, value: Number) -> Tensor:
    """Sets every element of `self` to `value`.

    Raises
    ------
    RuntimeError
        If the dtype of `self` cannot hold the value.
    """
def fill_diagonal_(self: Tensor, fill_value: Number, wrap: Bool = False) -> Tensor:
    """Sets the main diagonal to a number.

    Parameters
    ----------
    fill_value : Scalar
    wrap : bool
        Begin again below a matrix with more rows than columns, leaving out one row, as NumPy does.

    Raises
    ------
    RuntimeError
        If there are fewer than two dimensions, or more and of different sizes, or the dtype cannot hold the value.
    """
def fix(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `trunc`."""
def fix_(self: Tensor) -> Tensor:
    """Another name of `trunc`."""
def flatten(self: Tensor, start_dim: Int = 0, end_dim: Int = -1) -> Tensor:
    """The dimensions from `start_dim` to `end_dim` as one: a view where strides allow it.

    A 0-dim tensor becomes one of size 1; when nothing changes the result is `self`.
    """
@overload
def flip(self: Tensor, dims: Ints) -> Tensor:
    """A copy in which the order of indices along `dims` is reversed.

    Raises
    ------
    RuntimeError
        If a dimension is given twice.
    """
@overload
def flip(self: Tensor, *dims: Int) -> Tensor: ...
def fliplr(self: Tensor) -> Tensor:
    """A copy with the order of columns, dimension 1, reversed.

    Raises
    ------
    RuntimeError
        If there are fewer than two dimensions.
    """
def flipud(self: Tensor) -> Tensor:
    """A copy with the order of rows, dimension 0, reversed.

    Raises
    ------
    RuntimeError
        If there are no dimensions.
    """
@overload
def float_power(self: Tensor, exponent: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """`self` to the power of `exponent`, computed in float64, or complex128 for complex operands: `pow` of both cast to it.

    Parameters
    ----------
    self : Tensor or Scalar
        Any shape and dtype.
    exponent : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        float64 or complex128, of the broadcast shape.

    Raises
    ------
    RuntimeError
        If a destination is of another dtype.
    """
@overload
def float_power(self: Number, exponent: Tensor, *, out: Tensor | None = None) -> Tensor: ...
def float_power_(self: Tensor, exponent: Tensor | Number) -> Tensor:
    """`self` to the power of `exponent`, computed in float64, or complex128 for complex operands: `pow` of both cast to it.

    Parameters
    ----------
    self : Tensor or Scalar
        Any shape and dtype.
    exponent : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        float64 or complex128, of the broadcast shape.

    Raises
    ------
    RuntimeError
        If a destination is of another dtype.
    """
def floor(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The largest integers not above the elements of `self`. Integer and floating dtypes but float8; integers are copied."""
def floor_(self: Tensor) -> Tensor:
    """The largest integers not above the elements of `self`. Integer and floating dtypes but float8; integers are copied."""
def floor_divide(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Divides `self` by `other` and rounds down: ``div(self, other, rounding_mode="floor")``.

    Parameters
    ----------
    self : Tensor
        Any shape; integers and floats but float8.
    other : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype.

    Raises
    ------
    RuntimeError
        "ZeroDivisionError" for an integer divided by zero; on CUDA such a quotient has all bits set.

    Notes
    -----
    Unlike PyTorch, it has a gradient: zero.
    """
def floor_divide_(self: Tensor, other: Tensor | Number) -> Tensor:
    """Divides `self` by `other` and rounds down: ``div(self, other, rounding_mode="floor")``.

    Parameters
    ----------
    self : Tensor
        Any shape; integers and floats but float8.
    other : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype.

    Raises
    ------
    RuntimeError
        "ZeroDivisionError" for an integer divided by zero; on CUDA such a quotient has all bits set.

    Notes
    -----
    Unlike PyTorch, it has a gradient: zero.
    """
def fmax(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The larger of `self` and `other`, element by element: as `maximum`, but a number wins against NaN.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8 and the complex ones.
    other : Tensor
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype; NaN where both are. The gradient goes to `self` where both are equal.
    """
def fmin(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The smaller of `self` and `other`, element by element: as `fmax` in everything else."""
def fmod(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """The remainder of `self` divided by `other`, with the sign of `self`, as C's ``fmod``.

    Parameters
    ----------
    self : Tensor
        Any shape; integers and floats but float8.
    other : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype.

    Raises
    ------
    RuntimeError
        "ZeroDivisionError" for an integer divided by zero; on CUDA the remainder is the dividend then.
    """
def fmod_(self: Tensor, other: Tensor | Number) -> Tensor:
    """The remainder of `self` divided by `other`, with the sign of `self`, as C's ``fmod``.

    Parameters
    ----------
    self : Tensor
        Any shape; integers and floats but float8.
    other : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype.

    Raises
    ------
    RuntimeError
        "ZeroDivisionError" for an integer divided by zero; on CUDA the remainder is the dividend then.
    """
def frac(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The fractions of the elements of `self`, with their signs: x - trunc(x). Floating dtypes but float8."""
def frac_(self: Tensor) -> Tensor:
    """The fractions of the elements of `self`, with their signs: x - trunc(x). Floating dtypes but float8."""
def fractional_max_pool2d(input: Tensor, kernel_size: Ints, output_size: Ints, random_samples: Tensor) -> tuple[Tensor, Tensor]:
    """The greatest element of each window, windows at steps that vary, and where it stood.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...) with the pooled dimensions last; float16, bfloat16, float32 or float64.
    kernel_size : int[]
        Sizes of the window.
    output_size : int[]
        Windows in each dimension.
    random_samples : Tensor
        (N, C, dimensions), N = 1 without a batch, of the dtype of `input` and from [0, 1): where in its step each plane begins.
        Of two dimensions the last has its sample first, as in PyTorch.

    Returns
    -------
    out : Tensor
    indices : Tensor
        int64: the element's number within the pooled dimensions, row by row.

    References
    ----------
    Graham, Fractional Max-Pooling, arXiv:1412.6071. Half types compute where windows lie in float32.
    """
def fractional_max_pool3d(input: Tensor, kernel_size: Ints, output_size: Ints, random_samples: Tensor) -> tuple[Tensor, Tensor]:
    """The greatest element of each window, windows at steps that vary, and where it stood.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...) with the pooled dimensions last; float16, bfloat16, float32 or float64.
    kernel_size : int[]
        Sizes of the window.
    output_size : int[]
        Windows in each dimension.
    random_samples : Tensor
        (N, C, dimensions), N = 1 without a batch, of the dtype of `input` and from [0, 1): where in its step each plane begins.
        Of two dimensions the last has its sample first, as in PyTorch.

    Returns
    -------
    out : Tensor
    indices : Tensor
        int64: the element's number within the pooled dimensions, row by row.

    References
    ----------
    Graham, Fractional Max-Pooling, arXiv:1412.6071. Half types compute where windows lie in float32.
    """
def frexp(self: Tensor) -> tuple[Tensor, Tensor]:
    """Each element of `self` as ``mantissa * 2 ** exponent`` with a mantissa in [0.5, 1) beside its sign.

    Parameters
    ----------
    self : Tensor
        float16, bfloat16, float32 or float64, of any shape.

    Returns
    -------
    mantissa : Tensor
        Of the dtype of `self`; 0, infinities and NaN are their own.
    exponent : Tensor
        int32.
    """
def full(size: Ints, fill_value: Number, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """A tensor filled with `fill_value`.

    Without `dtype` the value decides: bool, int64, float32 or complex64.

    Raises
    ------
    RuntimeError
        If the dtype cannot hold the value.
    """
def full_like(self: Tensor, fill_value: Number, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, memory_format: MemoryFormat | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """Of the sizes and, where they are dense, the strides of `self`.

    dtype and device are those of `self` unless given; `memory_format` asks for another layout.
    """
def gather(self: Tensor, dim: Int, index: Tensor, *, sparse_grad: Bool = False, out: Tensor | None = None) -> Tensor:
    """Elements of `self` at an index each along one dimension.

    ``out[i][j] = self[index[i][j]][j]`` for `dim` 0 of two dimensions.

    Parameters
    ----------
    self : Tensor
    dim : int
    index : Tensor
        int64 or int32, with as many dimensions as `self` and no larger in any but `dim`.
    sparse_grad : bool
        Must be False: gradients are dense.

    Returns
    -------
    Tensor
        Of the sizes of `index`.

    Raises
    ------
    IndexError
        If an index is out of range. On CUDA that is reported when the device is next waited for.
    RuntimeError
        If the sizes do not fit together.
    NotImplementedError
        For `sparse_grad`.
    """
def gaussian_nll_loss(input: Tensor, target: Tensor, var: Tensor, full: Bool = False, eps: Float = 1e-06, reduction: Str = 'mean') -> Tensor:
    """The negative log likelihood under normal distributions: ``(log(var) + (input - target) ** 2 / var) / 2``.

    Parameters
    ----------
    input : Tensor
        Means.
    target : Tensor
        Broadcast with them.
    var : Tensor
        Variances, broadcast with both. Below `eps` they count as `eps`, without change of the gradient.
    full : bool
        Adds ``log(2 pi) / 2``.
    eps : float
    reduction : str
        'none', 'mean' or 'sum'.
    """
def gcd(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The greatest common divisor of `self` and `other`, element by element, with broadcasting.

    Parameters
    ----------
    self : Tensor
        Any shape; an integer dtype.
    other : Tensor
        Broadcastable with `self`; an integer dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype; not negative, and 0 where both are 0. Of the smallest integer and 0 it is
        that integer, whose magnitude the dtype does not hold.
    """
def gcd_(self: Tensor, other: Tensor) -> Tensor:
    """The greatest common divisor of `self` and `other`, element by element, with broadcasting.

    Parameters
    ----------
    self : Tensor
        Any shape; an integer dtype.
    other : Tensor
        Broadcastable with `self`; an integer dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype; not negative, and 0 where both are 0. Of the smallest integer and 0 it is
        that integer, whose magnitude the dtype does not hold.
    """
def ge(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Compares `self` with `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
    other : Tensor or Scalar
        Broadcastable with `self`. A number is rounded to the common dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

    Notes
    -----
    Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
    """
def ge_(self: Tensor, other: Tensor | Number) -> Tensor:
    """Compares `self` with `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
    other : Tensor or Scalar
        Broadcastable with `self`. A number is rounded to the common dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

    Notes
    -----
    Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
    """
def gelu(self: Tensor, *, approximate: Str = 'none', out: Tensor | None = None) -> Tensor:
    """x Phi(x) for each element x of `self`, Phi the integral of the standard normal distribution.

    Parameters
    ----------
    self : Tensor
        Any shape; floating dtypes but float8. Half types are computed in float32 and rounded once.
    approximate : str
        ``'none'`` computes Phi by the error function, ``'tanh'`` gives 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))).

    Raises
    ------
    RuntimeError
        If `approximate` is anything else.

    Notes
    -----
    Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.
    """
def gelu_(self: Tensor, *, approximate: Str = 'none') -> Tensor:
    """x Phi(x) for each element x of `self`, Phi the integral of the standard normal distribution.

    Parameters
    ----------
    self : Tensor
        Any shape; floating dtypes but float8. Half types are computed in float32 and rounded once.
    approximate : str
        ``'none'`` computes Phi by the error function, ``'tanh'`` gives 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))).

    Raises
    ------
    RuntimeError
        If `approximate` is anything else.

    Notes
    -----
    Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.
    """
def gelu_backward(grad: Tensor, self: Tensor, *, approximate: Str = 'none') -> Tensor:
    """The gradient of gelu by its input, in one pass."""
def geometric_(self: Tensor, p: Float, *, generator: Generator | None = None) -> Tensor:
    """Fills `self` with numbers of trials until an event of chance `p` happens, from 1 on.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8 and complex, of any strides.
    p : float
        In (0, 1).
    generator : Generator, optional
        The default one of the device of `self` when absent.

    Raises
    ------
    RuntimeError
        If `p` is outside (0, 1).
    NotImplementedError
        For float8 and complex dtypes.
    """
def geqrf(self: Tensor, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The QR factors of matrices (..., m, n), packed as LAPACK has them.

    Returns
    -------
    a : Tensor
        Of sizes (..., m, n): R on and above the diagonal, the vectors of reflectors without their leading ones below.
    tau : Tensor
        Of sizes (..., min(m, n)): the scales of the reflectors. See `linalg_householder_product`.
    """
def ger(self: Tensor, vec2: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `outer`."""
def glu(self: Tensor, dim: Int = -1, *, out: Tensor | None = None) -> Tensor:
    """``a * sigmoid(b)`` for the halves a and b of `self` along `dim`.

    Parameters
    ----------
    self : Tensor
        Of an even size along `dim`; floating dtypes but float8.
    dim : int

    Raises
    ------
    RuntimeError
        If `self` has no dimensions, or an odd size along `dim`.

    Notes
    -----
    Source: Dauphin, Fan, Auli and Grangier, "Language modeling with gated convolutional networks", 2017.
    """
def glu_backward(grad: Tensor, self: Tensor, dim: Int) -> Tensor:
    """The gradient of glu by its input: grad * s and grad * a * s * (1 - s) along `dim`, with s = sigmoid(b)."""
def greater(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Another name of `gt`."""
def greater_(self: Tensor, other: Tensor | Number) -> Tensor:
    """Another name of `gt`."""
def greater_equal(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Another name of `ge`."""
def greater_equal_(self: Tensor, other: Tensor | Number) -> Tensor:
    """Another name of `ge`."""
def grid_sampler(input: Tensor, grid: Tensor, interpolation_mode: Int, padding_mode: Int, align_corners: Bool) -> Tensor:
    """The image's values at the places of a grid: `nn.functional.grid_sample`.

    Parameters
    ----------
    input : Tensor
        (N, C, H, W) or (N, C, D, H, W); float16, bfloat16, float32 or float64.
    grid : Tensor
        (N, ..., 2) or (N, ..., 3), x first, of the input's dtype; -1 and 1 are the ends of the image.
    interpolation_mode : int
        0 linear, 1 nearest, 2 cubic, which is for images only.
    padding_mode : int
        What lies outside: 0 zeros, 1 the border, 2 reflections.
    align_corners : bool
        Whether the ends are the middles of the outermost elements; else their outer edges.

    Returns
    -------
    Tensor
        (N, C, ...) by the grid. Half types are computed in float32.

    Raises
    ------
    RuntimeError
        If sizes or dtypes do not fit together.

    References
    ----------
    Jaderberg et al., Spatial Transformer Networks, arXiv:1506.02025.
    """
def grid_sampler_2d(input: Tensor, grid: Tensor, interpolation_mode: Int, padding_mode: Int, align_corners: Bool) -> Tensor:
    """The image's values at the places of a grid: `nn.functional.grid_sample`.

    Parameters
    ----------
    input : Tensor
        (N, C, H, W) or (N, C, D, H, W); float16, bfloat16, float32 or float64.
    grid : Tensor
        (N, ..., 2) or (N, ..., 3), x first, of the input's dtype; -1 and 1 are the ends of the image.
    interpolation_mode : int
        0 linear, 1 nearest, 2 cubic, which is for images only.
    padding_mode : int
        What lies outside: 0 zeros, 1 the border, 2 reflections.
    align_corners : bool
        Whether the ends are the middles of the outermost elements; else their outer edges.

    Returns
    -------
    Tensor
        (N, C, ...) by the grid. Half types are computed in float32.

    Raises
    ------
    RuntimeError
        If sizes or dtypes do not fit together.

    References
    ----------
    Jaderberg et al., Spatial Transformer Networks, arXiv:1506.02025.
    """
def grid_sampler_3d(input: Tensor, grid: Tensor, interpolation_mode: Int, padding_mode: Int, align_corners: Bool) -> Tensor:
    """The image's values at the places of a grid: `nn.functional.grid_sample`.

    Parameters
    ----------
    input : Tensor
        (N, C, H, W) or (N, C, D, H, W); float16, bfloat16, float32 or float64.
    grid : Tensor
        (N, ..., 2) or (N, ..., 3), x first, of the input's dtype; -1 and 1 are the ends of the image.
    interpolation_mode : int
        0 linear, 1 nearest, 2 cubic, which is for images only.
    padding_mode : int
        What lies outside: 0 zeros, 1 the border, 2 reflections.
    align_corners : bool
        Whether the ends are the middles of the outermost elements; else their outer edges.

    Returns
    -------
    Tensor
        (N, C, ...) by the grid. Half types are computed in float32.

    Raises
    ------
    RuntimeError
        If sizes or dtypes do not fit together.

    References
    ----------
    Jaderberg et al., Spatial Transformer Networks, arXiv:1506.02025.
    """
def group_norm(input: Tensor, num_groups: Int, weight: Tensor | None = None, bias: Tensor | None = None, eps: Float = 1e-05, cudnn_enabled: Bool = True) -> Tensor:
    """Normalises groups of neighbouring channels by their mean and variance over all positions.

    Parameters
    ----------
    input : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64.
    num_groups : int
        Divides C.
    weight, bias : Tensor, optional
        (C,). With a half `input` they may be float32.
    eps : float
        Added to the variance.
    cudnn_enabled : bool
        Taken for the sake of PyTorch's programs; means nothing.

    Returns
    -------
    Tensor
        Like `input`, contiguous. Half types are computed in float32.

    References
    ----------
    Wu and He, Group Normalization, arXiv:1803.08494.
    """
def gt(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Compares `self` with `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
    other : Tensor or Scalar
        Broadcastable with `self`. A number is rounded to the common dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

    Notes
    -----
    Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
    """
def gt_(self: Tensor, other: Tensor | Number) -> Tensor:
    """Compares `self` with `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
    other : Tensor or Scalar
        Broadcastable with `self`. A number is rounded to the common dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

    Notes
    -----
    Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
    """
def hamming_window(window_length: Int, periodic: Bool = True, alpha: Float = 0.54, beta: Float = 0.46, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """The Hamming window, ``alpha - beta cos(2 pi i / N)``.

    Parameters
    ----------
    window_length : int
    periodic : bool
        N is the length, for windows one after the other; else one less, for a symmetric window.
    alpha, beta : float
    dtype : dtype, optional
        Floating-point, float32 by default.
    device : device, optional
        The CPU by default.

    Raises
    ------
    RuntimeError
        If the length is negative.
    NotImplementedError
        If the dtype is not floating-point.
    """
def hann_window(window_length: Int, periodic: Bool = True, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """The Hann window, ``(1 - cos(2 pi i / N)) / 2``.

    Parameters
    ----------
    window_length : int
    periodic : bool
        N is the length, for windows one after the other; else one less, for a symmetric window.
    dtype : dtype, optional
        Floating-point, float32 by default.
    device : device, optional
        The CPU by default.

    Raises
    ------
    RuntimeError
        If the length is negative.
    NotImplementedError
        If the dtype is not floating-point.
    """
def hardshrink(self: Tensor, lambd: Number = 0.5, *, out: Tensor | None = None) -> Tensor:
    """0 for each element of `self` from -lambd to lambd, which else is kept; NaN stays. Floating dtypes but float8."""
def hardsigmoid(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """``min(max(x + 3, 0), 6) / 6`` for each element x of `self`. Floating dtypes but float8.

    Source: Howard et al., "Searching for MobileNetV3", 2019.
    """
def hardsigmoid_(self: Tensor) -> Tensor:
    """``min(max(x + 3, 0), 6) / 6`` for each element x of `self`. Floating dtypes but float8.

    Source: Howard et al., "Searching for MobileNetV3", 2019.
    """
def hardsigmoid_backward(grad: Tensor, self: Tensor) -> Tensor:
    """The gradient of hardsigmoid by its input: grad / 6 between -3 and 3, else 0."""
def hardswish(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """``x * min(max(x + 3, 0), 6) / 6`` for each element x of `self`. Floating dtypes but float8.

    Source: Howard et al., "Searching for MobileNetV3", 2019.
    """
def hardswish_(self: Tensor) -> Tensor:
    """``x * min(max(x + 3, 0), 6) / 6`` for each element x of `self`. Floating dtypes but float8.

    Source: Howard et al., "Searching for MobileNetV3", 2019.
    """
def hardswish_backward(grad: Tensor, self: Tensor) -> Tensor:
    """The gradient of hardswish by its input: 0 up to -3, ``grad * (x / 3 + 1 / 2)`` below 3, `grad` from there."""
def hardtanh(self: Tensor, min_val: Number = -1, max_val: Number = 1, *, out: Tensor | None = None) -> Tensor:
    """Each element of `self` held between `min_val` and `max_val`, with a gradient of 0 on the bounds; NaN stays.

    Parameters
    ----------
    self : Tensor
        Any shape; integers and floats but float8.
    min_val, max_val : Scalar
        Rounded to the dtype, towards 0 for an integral one. Where `min_val` is above `max_val` the result is `max_val`.

    Raises
    ------
    RuntimeError
        If the dtype cannot hold a bound, or is unsigned and one is negative.
    """
def hardtanh_(self: Tensor, min_val: Number = -1, max_val: Number = 1) -> Tensor:
    """Each element of `self` held between `min_val` and `max_val`, with a gradient of 0 on the bounds; NaN stays.

    Parameters
    ----------
    self : Tensor
        Any shape; integers and floats but float8.
    min_val, max_val : Scalar
        Rounded to the dtype, towards 0 for an integral one. Where `min_val` is above `max_val` the result is `max_val`.

    Raises
    ------
    RuntimeError
        If the dtype cannot hold a bound, or is unsigned and one is negative.
    """
def hardtanh_backward(grad: Tensor, self: Tensor, min_val: Number, max_val: Number) -> Tensor:
    """The gradient of hardtanh by its input: `grad` between the bounds, 0 on and beyond them."""
def heaviside(self: Tensor, values: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The step function: 0 where `self` is below zero or NaN, 1 where it is above, `values` where it is zero.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8 and the complex ones.
    values : Tensor
        Of the same dtype, broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape; never requires grad.

    Raises
    ------
    RuntimeError
        If the dtypes differ.
    """
def heaviside_(self: Tensor, values: Tensor) -> Tensor:
    """The step function: 0 where `self` is below zero or NaN, 1 where it is above, `values` where it is zero.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8 and the complex ones.
    values : Tensor
        Of the same dtype, broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape; never requires grad.

    Raises
    ------
    RuntimeError
        If the dtypes differ.
    """
def hinge_embedding_loss(input: Tensor, target: Tensor, margin: Float = 1.0, reduction: Str = 'mean') -> Tensor:
    """Distances x of pairs that are alike (target 1) or not (-1): ``x`` or ``max(0, margin - x)``.

    Parameters
    ----------
    input : Tensor
    target : Tensor
        Broadcast with `input`; other values than 1 and -1 get the sum of both.
    margin : float
    reduction : str
        'none', 'mean' or 'sum'.
    """
def histc(self: Tensor, bins: Int = 100, min: Number = 0, max: Number = 0, *, out: Tensor | None = None) -> Tensor:
    """How many elements of `self` lie in each of `bins` equal parts of a range.

    Parameters
    ----------
    self : Tensor
        A floating dtype but float8.
    bins : int
    min, max : Scalar
        The range; that of the elements when both are equal. Elements outside are left out, and NaN.

    Returns
    -------
    Tensor
        Of one dimension and the dtype of `self`. The last part holds its upper end.

    Raises
    ------
    RuntimeError
        If `bins` is not positive or the range is not finite.
    """
@overload
def histogram(self: Tensor, bins: Tensor, *, weight: Tensor | None = None, density: Bool = False, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """How many elements of `self` lie between neighbours of `bins`.

    Parameters
    ----------
    self : Tensor
        float32 or float64.
    bins : Tensor or int
        The edges in increasing order, or the number of equal parts of the range.
    range : float[], optional
        Both ends; by default those of the elements.
    weight : Tensor, optional
        Like `self`: what each element counts.
    density : bool
        Divide by the sum and by the widths.

    Returns
    -------
    hist : Tensor
        Of one dimension and the dtype of `self`. Elements outside are left out; the last bin holds its upper edge.
    bin_edges : Tensor

    Raises
    ------
    RuntimeError
        If `bins` or `range` does not make bins, or sizes or dtypes differ.
    """
@overload
def histogram(self: Tensor, bins: Int = 100, *, range: Sequence[Float] | None = None, weight: Tensor | None = None, density: Bool = False, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]: ...
def hsplit(self: Tensor, indices_or_sections: Int | Ints) -> list[Tensor]:
    """As `tensor_split` along columns: dimension 1, or 0 of a vector. A number of parts must divide the size."""
def hstack(tensors: Sequence[Tensor], *, out: Tensor | None = None) -> Tensor:
    """The tensors side by side: joined along dimension 1, vectors and numbers along 0.

    Raises
    ------
    RuntimeError
        If the list is empty.
    ShapeError
        If the sizes do not fit together.
    """
def huber_loss(input: Tensor, target: Tensor, reduction: Str = 'mean', delta: Float = 1.0) -> Tensor:
    """The difference d of `input` and `target`: ``d ** 2 / 2`` where |d| <= `delta`, else ``delta * (|d| - delta / 2)``.

    Parameters
    ----------
    input, target : Tensor
        Broadcast with each other.
    reduction : str
        'none', 'mean' or 'sum'.
    delta : float

    Raises
    ------
    RuntimeError
        If `delta` is not positive.
    """
def hypot(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """``sqrt(self ** 2 + other ** 2)``, element by element, without overflow or underflow of the squares.

    Parameters
    ----------
    self : Tensor
        Any shape; floats but float8.
    other : Tensor
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype, within 1 ulp. Infinite where either is, even if the other is NaN.
    """
def hypot_(self: Tensor, other: Tensor) -> Tensor:
    """``sqrt(self ** 2 + other ** 2)``, element by element, without overflow or underflow of the squares.

    Parameters
    ----------
    self : Tensor
        Any shape; floats but float8.
    other : Tensor
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype, within 1 ulp. Infinite where either is, even if the other is NaN.
    """
def i0(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The modified Bessel function of the first kind of order 0 of each element of `self`, within 5 ulp. Dtypes as for `erfc`."""
def i0_(self: Tensor) -> Tensor:
    """The modified Bessel function of the first kind of order 0 of each element of `self`, within 5 ulp. Dtypes as for `erfc`."""
def igamma(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The lower incomplete gamma function, regularised: the part of ``gamma(self)`` that its integral has up to `other`.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8, not negative.
    other : Tensor
        Broadcastable with `self`, not negative.

    Returns
    -------
    Tensor
        Of the broadcast shape, in [0, 1]; NaN for negative arguments. Integers and bool give the default dtype. Computed in
        float64, to some ulp times the logarithm of what is smaller than 1. Unlike in PyTorch, there is a derivative by `self`.
    """
def igamma_(self: Tensor, other: Tensor) -> Tensor:
    """The lower incomplete gamma function, regularised: the part of ``gamma(self)`` that its integral has up to `other`.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8, not negative.
    other : Tensor
        Broadcastable with `self`, not negative.

    Returns
    -------
    Tensor
        Of the broadcast shape, in [0, 1]; NaN for negative arguments. Integers and bool give the default dtype. Computed in
        float64, to some ulp times the logarithm of what is smaller than 1. Unlike in PyTorch, there is a derivative by `self`.
    """
def igammac(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The upper incomplete gamma function, regularised: the part that `igamma` leaves. As `igamma` in everything else."""
def igammac_(self: Tensor, other: Tensor) -> Tensor:
    """The upper incomplete gamma function, regularised: the part that `igamma` leaves. As `igamma` in everything else."""
def im2col(self: Tensor, kernel_size: Ints, dilation: Ints, padding: Ints, stride: Ints, *, out: Tensor | None = None) -> Tensor:
    """What each window of an image sees, as a column: `nn.functional.unfold`.

    Parameters
    ----------
    self : Tensor
        (N, C, H, W) or (C, H, W); a floating, complex or bool dtype.
    kernel_size, dilation, padding, stride : int[2]
        Of the windows, as in a convolution.

    Returns
    -------
    Tensor
        (N, C * kernel, windows), row-major.

    Raises
    ------
    RuntimeError
        If no window fits, or a number is out of range.
    """
def imag(self: Tensor) -> Tensor:
    """A view of the imaginary parts.

    Raises
    ------
    NotImplementedError
        If `self` is not complex.
    """
def index(self: Tensor, indices: Sequence[Tensor | None]) -> Tensor:
    """The elements at tensors of indices, as ``x[i, j]`` reads them.

    Parameters
    ----------
    self : Tensor
    indices : sequence of Tensor or None
        One entry per dimension, None for all of it; integers (int64 or int32), which broadcast with each other and may count
        from the end, or masks (bool), which cover as many dimensions as they have.

    Returns
    -------
    Tensor
        A copy. The dimensions of the indices stand where the indexed ones stood, or first when those are not neighbours.

    Raises
    ------
    IndexError
        If an index is out of range. On CUDA that is reported when the device is next waited for.

    Notes
    -----
    A mask on a CUDA device is turned into indices first, which waits for the device.
    """
def index_add(self: Tensor, dim: Int, index: Tensor, source: Tensor, *, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
    """Adds `alpha * source` to the entries of one dimension at the given indices.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8.
    dim : int
    index : Tensor
        One-dimensional, int64 or int32.
    source : Tensor
        Of the dtype and sizes of `self`, with as many entries in `dim` as `index` has.
    alpha : Scalar

    Notes
    -----
    Additions to one entry happen in the order of the indices, so that results do not depend on threads.
    """
def index_add_(self: Tensor, dim: Int, index: Tensor, source: Tensor, *, alpha: Number = 1) -> Tensor:
    """Adds `alpha * source` to the entries of one dimension at the given indices.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8.
    dim : int
    index : Tensor
        One-dimensional, int64 or int32.
    source : Tensor
        Of the dtype and sizes of `self`, with as many entries in `dim` as `index` has.
    alpha : Scalar

    Notes
    -----
    Additions to one entry happen in the order of the indices, so that results do not depend on threads.
    """
def index_copy(self: Tensor, dim: Int, index: Tensor, source: Tensor, *, out: Tensor | None = None) -> Tensor:
    """A copy of `self` with entries of one dimension replaced by those of `source`.

    Parameters
    ----------
    self : Tensor
    dim : int
    index : Tensor
        One-dimensional, int64 or int32. Where an index stands twice the last entry stays.
    source : Tensor
        Of the dtype and sizes of `self`, with as many entries in `dim` as `index` has.

    Raises
    ------
    IndexError
        If an index is out of range, and nothing is written then; or if the numbers of entries and indices differ. On CUDA an index
        out of range is reported when the device is next waited for.
    RuntimeError
        If the sizes or dtypes do not fit.
    """
def index_copy_(self: Tensor, dim: Int, index: Tensor, source: Tensor) -> Tensor:
    """A copy of `self` with entries of one dimension replaced by those of `source`.

    Parameters
    ----------
    self : Tensor
    dim : int
    index : Tensor
        One-dimensional, int64 or int32. Where an index stands twice the last entry stays.
    source : Tensor
        Of the dtype and sizes of `self`, with as many entries in `dim` as `index` has.

    Raises
    ------
    IndexError
        If an index is out of range, and nothing is written then; or if the numbers of entries and indices differ. On CUDA an index
        out of range is reported when the device is next waited for.
    RuntimeError
        If the sizes or dtypes do not fit.
    """
def index_fill(self: Tensor, dim: Int, index: Tensor, value: Tensor | Number) -> Tensor:
    """A copy of `self` with a number in the entries of one dimension at the given indices.

    Parameters
    ----------
    self : Tensor
    dim : int
    index : Tensor
        One-dimensional, int64 or int32; negative indices count from the end.
    value : Tensor or Scalar
        One number, or a 0-dim tensor; cast to the dtype of `self`.

    Raises
    ------
    IndexError
        If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for.
    RuntimeError
        If `value` has dimensions, or the dtype cannot hold it.
    """
def index_fill_(self: Tensor, dim: Int, index: Tensor, value: Tensor | Number) -> Tensor:
    """A copy of `self` with a number in the entries of one dimension at the given indices.

    Parameters
    ----------
    self : Tensor
    dim : int
    index : Tensor
        One-dimensional, int64 or int32; negative indices count from the end.
    value : Tensor or Scalar
        One number, or a 0-dim tensor; cast to the dtype of `self`.

    Raises
    ------
    IndexError
        If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for.
    RuntimeError
        If `value` has dimensions, or the dtype cannot hold it.
    """
def index_put(self: Tensor, indices: Sequence[Tensor | None], values: Tensor, accumulate: Bool = False) -> Tensor:
    """Writes values to the elements at tensors of indices, as ``x[i, j] = values`` does.

    Parameters
    ----------
    self : Tensor
    indices : sequence of Tensor or None
        As in `index`.
    values : Tensor
        Of the dtype of `self`; broadcast to the sizes that `index` would give.
    accumulate : bool
        Add the values to the elements. An element that is met several times receives the values in the order of the indices;
        without `accumulate` the last one stays.

    Raises
    ------
    IndexError
        If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for, and the
        other elements are written.
    """
def index_put_(self: Tensor, indices: Sequence[Tensor | None], values: Tensor, accumulate: Bool = False) -> Tensor:
    """Writes values to the elements at tensors of indices, as ``x[i, j] = values`` does.

    Parameters
    ----------
    self : Tensor
    indices : sequence of Tensor or None
        As in `index`.
    values : Tensor
        Of the dtype of `self`; broadcast to the sizes that `index` would give.
    accumulate : bool
        Add the values to the elements. An element that is met several times receives the values in the order of the indices;
        without `accumulate` the last one stays.

    Raises
    ------
    IndexError
        If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for, and the
        other elements are written.
    """
def index_reduce(self: Tensor, dim: Int, index: Tensor, source: Tensor, reduce: Str, *, include_self: Bool = True, out: Tensor | None = None) -> Tensor:
    """A copy of `self` with entries of `source` folded into those of one dimension at the indices.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8; complex has no "amax" and "amin", bool no "mean".
    dim : int
    index : Tensor
        One-dimensional, int64 or int32.
    source : Tensor
        Of the dtype and sizes of `self`, with as many entries in `dim` as `index` has.
    reduce : str
        "prod", "mean", "amax" or "amin". Means of integers are rounded down.
    include_self : bool
        Whether the entries of `self` are folded too; otherwise those at an index are replaced.

    Raises
    ------
    IndexError
        If an index is out of range, and nothing is written then; or if the numbers of entries and indices differ. On CUDA an index
        out of range is reported when the device is next waited for.
    RuntimeError
        If the sizes, dtypes or the word do not fit.
    """
def index_reduce_(self: Tensor, dim: Int, index: Tensor, source: Tensor, reduce: Str, *, include_self: Bool = True) -> Tensor:
    """A copy of `self` with entries of `source` folded into those of one dimension at the indices.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8; complex has no "amax" and "amin", bool no "mean".
    dim : int
    index : Tensor
        One-dimensional, int64 or int32.
    source : Tensor
        Of the dtype and sizes of `self`, with as many entries in `dim` as `index` has.
    reduce : str
        "prod", "mean", "amax" or "amin". Means of integers are rounded down.
    include_self : bool
        Whether the entries of `self` are folded too; otherwise those at an index are replaced.

    Raises
    ------
    IndexError
        If an index is out of range, and nothing is written then; or if the numbers of entries and indices differ. On CUDA an index
        out of range is reported when the device is next waited for.
    RuntimeError
        If the sizes, dtypes or the word do not fit.
    """
def index_select(self: Tensor, dim: Int, index: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The entries of one dimension at the given indices.

    Parameters
    ----------
    self : Tensor
    dim : int
    index : Tensor
        One-dimensional, int64 or int32; indices do not count from the end.

    Raises
    ------
    IndexError
        If an index is out of range. On CUDA that is reported when the device is next waited for.
    """
def inner(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The dot products of the vectors along the last dimensions of both: of (..., k) and (---, k) a tensor (..., ---).

    With a 0-dim operand it is the product. Nothing is conjugated.
    """
def instance_norm(input: Tensor, weight: Tensor | None, bias: Tensor | None, running_mean: Tensor | None, running_var: Tensor | None, use_input_stats: Bool, momentum: Float, eps: Float, cudnn_enabled: Bool) -> Tensor:
    """Normalises each channel of each batch entry by its mean and variance over all positions.

    Parameters
    ----------
    input : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64.
    weight, bias : Tensor, optional
        (C,). With a half `input` they may be float32, as the running statistics.
    running_mean, running_var : Tensor, optional
        (C,). Moved by the means of the instances' statistics, or used.
    use_input_stats : bool
        Whether statistics are taken from the instances.
    momentum, eps : float
        As in `batch_norm`.
    cudnn_enabled : bool
        Taken for the sake of PyTorch's programs; means nothing.

    References
    ----------
    Ulyanov, Vedaldi and Lempitsky, Instance Normalization, arXiv:1607.08022.
    """
def inverse(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The inverses of matrices (..., n, n).

    Raises
    ------
    LinAlgError
        If a matrix is singular.
    """
def is_conj(self: Tensor) -> Bool:
    """False: no tensor waits for its conjugation or negation to be computed."""
def is_neg(self: Tensor) -> Bool:
    """False: no tensor waits for its conjugation or negation to be computed."""
def isclose(self: Tensor, other: Tensor, rtol: Float = 1e-05, atol: Float = 1e-08, equal_nan: Bool = False) -> Tensor:
    """Whether ``|self - other| <= atol + |rtol * other|``, element by element, with broadcasting.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8. Integers are compared in the default dtype.
    other : Tensor
        Of the same dtype, broadcastable with `self`.
    rtol, atol : float
        What is allowed in parts of `other` and absolutely; not negative.
    equal_nan : bool
        Whether NaN is close to NaN.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool. Infinities are close to themselves alone.

    Raises
    ------
    RuntimeError
        If the dtypes differ or a tolerance is negative.
    """
def isfinite(self: Tensor) -> Tensor:
    """Whether each element of `self`, with both parts of a complex one, is neither infinite nor NaN. Any dtype; gives bool."""
@overload
def isin(elements: Tensor, test_elements: Tensor, *, assume_unique: Bool = False, invert: Bool = False, out: Tensor | None = None) -> Tensor:
    """Whether each of `elements` is among `test_elements`.

    Parameters
    ----------
    elements : Tensor or Scalar
        Any shape and dtype but float8.
    test_elements : Tensor or Scalar
        Any shape; at least one of both is a tensor. NaN is among none.
    assume_unique : bool
        Taken for PyTorch's sake; it makes no difference.
    invert : bool
        Whether to say the opposite.

    Returns
    -------
    Tensor
        bool, of the sizes of `elements`.
    """
@overload
def isin(elements: Tensor, test_element: Number, *, assume_unique: Bool = False, invert: Bool = False, out: Tensor | None = None) -> Tensor: ...
@overload
def isin(element: Number, test_elements: Tensor, *, assume_unique: Bool = False, invert: Bool = False, out: Tensor | None = None) -> Tensor: ...
def isinf(self: Tensor) -> Tensor:
    """Whether each element of `self`, or a part of a complex one, is infinite. Any dtype; gives bool."""
def isnan(self: Tensor) -> Tensor:
    """Whether each element of `self`, or a part of a complex one, is NaN. Any dtype; gives bool."""
def isneginf(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Whether each element of `self` is minus infinity. Any real dtype but float8; gives bool."""
def isposinf(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Whether each element of `self` is infinity. Any real dtype but float8; gives bool."""
def isreal(self: Tensor) -> Tensor:
    """Whether each element of `self` has no imaginary part. Any dtype; gives bool."""
def istft(self: Tensor, n_fft: Int, hop_length: Int | None = None, win_length: Int | None = None, window: Tensor | None = None, center: Bool = True, normalized: Bool = False, onesided: Bool | None = None, length: Int | None = None, return_complex: Bool = False) -> Tensor:
    """The signal of which `stft` made the coefficients: frames are added up and divided by the windows' squares.

    Parameters
    ----------
    self : Tensor
        Complex, of sizes (batch, coefficients, frames) or (coefficients, frames).
    n_fft, hop_length, win_length, window, center, normalized, onesided
        As given to `stft`; `onesided` follows from the number of coefficients by default.
    length : int, optional
        Of the result: cut or filled with zeros.
    return_complex : bool
        For complex signals.

    Returns
    -------
    Tensor
        Of sizes (batch, length) or (length,).

    Raises
    ------
    RuntimeError
        If lengths do not fit, or the windows' squares add up to zero somewhere.
    NotImplementedError
        On the CPU, if NumPy 2 is not installed.
    """
def kaiser_window(window_length: Int, periodic: Bool = True, beta: Float = 12.0, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """The Kaiser window, ``I0(beta sqrt(1 - (2 i / N - 1)^2)) / I0(beta)``.

    Parameters
    ----------
    window_length : int
    periodic : bool
        N is the length, for windows one after the other; else one less, for a symmetric window.
    beta : float
        The larger, the narrower.
    dtype : dtype, optional
        Floating-point, float32 by default.
    device : device, optional
        The CPU by default.

    Raises
    ------
    RuntimeError
        If the length is negative.
    NotImplementedError
        If the dtype is not floating-point.
    """
def kl_div(input: Tensor, target: Tensor, reduction: Str = 'mean', *, log_target: Bool = False) -> Tensor:
    """The terms of the Kullback-Leibler divergence: ``t * (log(t) - x)``, 0 where t is.

    Parameters
    ----------
    input : Tensor
        Log-probabilities x.
    target : Tensor
        Probabilities t, or their logarithms; broadcast with `input`.
    reduction : str
        'none', 'mean' or 'sum'. The divergence is the sum; 'mean' divides it by the number of elements.
    log_target : bool
        Whether `target` has logarithms.
    """
def kron(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The Kronecker product: blocks of `other`, each times an element of `self`.

    The operand of fewer dimensions gets leading ones; the sizes of the result are the products of sizes. Promoted as `mul`.
    """
def kthvalue(self: Tensor, k: Int, dim: Int = -1, keepdim: Bool = False, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The `k` th smallest elements of `self` along one dimension, and where they are.

    Parameters
    ----------
    self : Tensor
        Any dtype but bool, float8 and complex. NaN counts as the largest number.
    k : int
        From 1, for the smallest element, to the size of the dimension.
    dim : int
    keepdim : bool
        Keep the dimension with size one.

    Returns
    -------
    values : Tensor
    indices : Tensor
        int64; the place that a stable sort would put there.

    Raises
    ------
    IndexError
        If the dimension is out of range or has no elements.
    RuntimeError
        If `k` is out of range.
    """
def l1_loss(input: Tensor, target: Tensor, reduction: Str = 'mean') -> Tensor:
    """The absolute difference of `input` and `target`.

    Parameters
    ----------
    input, target : Tensor
        Broadcast with each other.
    reduction : str
        'none', 'mean' or 'sum'.
    """
def layer_norm(input: Tensor, normalized_shape: Ints, weight: Tensor | None = None, bias: Tensor | None = None, eps: Float = 1e-05) -> Tensor:
    """Layer normalisation over the last dimensions: ``(x - mean) * rstd * weight + bias``.

    `mean` is the mean of the normalised elements and `rstd` is ``1 / sqrt(var + eps)`` with their biased variance.

    Parameters
    ----------
    input : Tensor
        float16, bfloat16, float32 or float64.
    normalized_shape : int[]
        The last sizes of `input`.
    weight, bias : Tensor, optional
        Of sizes `normalized_shape`. With a half `input` they may be float32.
    eps : float
        Added to the variance.

    Returns
    -------
    Tensor
        Like `input`, contiguous. Half types are computed in float32.

    Raises
    ------
    ShapeError
        If sizes do not fit together.

    References
    ----------
    Ba, Kiros and Hinton, Layer Normalization, arXiv:1607.06450.
    """
def lcm(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The least common multiple of `self` and `other`, element by element: as `gcd` in everything else.

    Returns
    -------
    Tensor
        0 where either is. What the dtype does not hold wraps.
    """
def lcm_(self: Tensor, other: Tensor) -> Tensor:
    """The least common multiple of `self` and `other`, element by element: as `gcd` in everything else.

    Returns
    -------
    Tensor
        0 where either is. What the dtype does not hold wraps.
    """
def ldexp(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """``self * 2 ** other``, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8.
    other : Tensor
        The exponents, broadcastable with `self`. Whole ones scale exactly, rounding where the result is subnormal.

    Returns
    -------
    Tensor
        Of the broadcast shape; integers and bool give the default dtype. It overflows only where the result does.
    """
def ldexp_(self: Tensor, other: Tensor) -> Tensor:
    """``self * 2 ** other``, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8.
    other : Tensor
        The exponents, broadcastable with `self`. Whole ones scale exactly, rounding where the result is subnormal.

    Returns
    -------
    Tensor
        Of the broadcast shape; integers and bool give the default dtype. It overflows only where the result does.
    """
def le(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Compares `self` with `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
    other : Tensor or Scalar
        Broadcastable with `self`. A number is rounded to the common dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

    Notes
    -----
    Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
    """
def le_(self: Tensor, other: Tensor | Number) -> Tensor:
    """Compares `self` with `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
    other : Tensor or Scalar
        Broadcastable with `self`. A number is rounded to the common dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

    Notes
    -----
    Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
    """
def leaky_relu(self: Tensor, negative_slope: Number = 0.01, *, out: Tensor | None = None) -> Tensor:
    """x for each element x of `self` above 0, else x times `negative_slope`. Floating dtypes but float8."""
def leaky_relu_(self: Tensor, negative_slope: Number = 0.01) -> Tensor:
    """x for each element x of `self` above 0, else x times `negative_slope`. Floating dtypes but float8."""
def leaky_relu_backward(grad: Tensor, self: Tensor, negative_slope: Number) -> Tensor:
    """The gradient of leaky_relu by its input: `grad`, times `negative_slope` where the input is 0 or less."""
def lerp(self: Tensor, end: Tensor, weight: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Linear interpolation: ``self + weight * (end - self)``, element by element.

    Parameters
    ----------
    self : Tensor
        Any shape; floating but float8, or complex.
    end : Tensor
        Of the same dtype, broadcastable with `self`.
    weight : Tensor or Scalar
        Of the same dtype unless it is one number.

    Returns
    -------
    Tensor
        Exactly `end` where the weight is 1.

    Raises
    ------
    RuntimeError
        If the dtypes differ.
    """
def lerp_(self: Tensor, end: Tensor, weight: Tensor | Number) -> Tensor:
    """Linear interpolation: ``self + weight * (end - self)``, element by element.

    Parameters
    ----------
    self : Tensor
        Any shape; floating but float8, or complex.
    end : Tensor
        Of the same dtype, broadcastable with `self`.
    weight : Tensor or Scalar
        Of the same dtype unless it is one number.

    Returns
    -------
    Tensor
        Exactly `end` where the weight is 1.

    Raises
    ------
    RuntimeError
        If the dtypes differ.
    """
def less(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Another name of `lt`."""
def less_(self: Tensor, other: Tensor | Number) -> Tensor:
    """Another name of `lt`."""
def less_equal(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Another name of `le`."""
def less_equal_(self: Tensor, other: Tensor | Number) -> Tensor:
    """Another name of `le`."""
def lgamma(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The logarithm of the magnitude of the gamma function of each element of `self`.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8. Integers and bool give the default dtype.

    Returns
    -------
    Tensor
        Infinite at 0 and negative integers. Within 5 ulp from 0 on; below, within as many of the larger of the two terms of the
        reflection ``log(pi / abs(sin(pi * x))) - lgamma(1 - x)``.
    """
def lgamma_(self: Tensor) -> Tensor:
    """The logarithm of the magnitude of the gamma function of each element of `self`.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8. Integers and bool give the default dtype.

    Returns
    -------
    Tensor
        Infinite at 0 and negative integers. Within 5 ulp from 0 on; below, within as many of the larger of the two terms of the
        reflection ``log(pi / abs(sin(pi * x))) - lgamma(1 - x)``.
    """
def linalg_cholesky(self: Tensor, *, upper: Bool = False, out: Tensor | None = None) -> Tensor:
    """The Cholesky factor L of positive definite matrices with ``A = L @ L.mH``, or U with ``A = U.mH @ U``.

    See `linalg_cholesky_ex`.

    Raises
    ------
    LinAlgError
        If a matrix is not positive definite.
    """
def linalg_cholesky_ex(self: Tensor, *, upper: Bool = False, check_errors: Bool = False, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The Cholesky factors of positive definite matrices, and where there are none.

    Parameters
    ----------
    self : Tensor
        Of sizes (..., n, n): symmetric, or Hermitian, matrices of which one triangle is read. float32, float64 or complex.
    upper : bool
        Read the upper triangle and return U with ``A = U.mH @ U``; otherwise L with ``A = L @ L.mH``.
    check_errors : bool
        Raise LinAlgError instead of returning numbers other than zero.

    Returns
    -------
    L : Tensor
    info : Tensor
        int32 of sizes (...): 0, or the order of the leading minor that is not positive.

    Raises
    ------
    NotImplementedError
        If no LAPACK library is installed.
    """
def linalg_cond(self: Tensor, p: Number | Str | None = None, *, out: Tensor | None = None) -> Tensor:
    """The condition numbers of matrices with respect to inversion.

    Parameters
    ----------
    self : Tensor
        Of sizes (..., m, n); square unless `p` is None, 2 or -2.
    p : None, float or str
        None or 2: the ratio of the largest to the least singular value; -2: its inverse. Otherwise the norm of the matrix times that
        of its inverse, with the orders of `linalg_matrix_norm`; infinite for a singular matrix.

    Returns
    -------
    Tensor
        Real, of sizes (...).
    """
def linalg_cross(self: Tensor, other: Tensor, *, dim: Int = -1, out: Tensor | None = None) -> Tensor:
    """The cross products of vectors of three elements along `dim`; other dimensions are broadcast.

    Raises
    ------
    RuntimeError
        If the numbers of dimensions differ or `dim` is not of size 3.
    """
def linalg_det(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The determinants of matrices (..., n, n): of sizes (...)."""
def linalg_diagonal(A: Tensor, *, offset: Int = 0, dim1: Int = -2, dim2: Int = -1) -> Tensor:
    """A view of the diagonals of matrices, which become the last dimension: see `diagonal`."""
def linalg_eig(self: Tensor, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The eigenvalues and eigenvectors of square matrices, as complex numbers.

    Returns
    -------
    eigenvalues : Tensor
        Of sizes (..., n), in no order.
    eigenvectors : Tensor
        Columns of length 1, of sizes (..., n, n): ``A @ V = V * eigenvalues``. Each is known up to its phase.

    Raises
    ------
    LinAlgError
        If LAPACK does not converge, or the input holds numbers that are not finite.
    NotImplementedError
        If no LAPACK library is installed.
    """
def linalg_eigh(self: Tensor, UPLO: Str = 'L', *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The eigenvalues and eigenvectors of symmetric, or Hermitian, matrices.

    Parameters
    ----------
    self : Tensor
        Of sizes (..., n, n), of which one triangle is read. float32, float64 or complex.
    UPLO : str
        Which triangle: "L" or "U".

    Returns
    -------
    eigenvalues : Tensor
        Real, of sizes (..., n), in ascending order.
    eigenvectors : Tensor
        Orthonormal columns, of sizes (..., n, n): ``A @ V = V * eigenvalues``. Each is known up to its sign, or phase.

    Raises
    ------
    LinAlgError
        If LAPACK does not converge. From numbers that are not finite come NaN.
    NotImplementedError
        If no LAPACK library is installed.
    """
def linalg_eigvals(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The eigenvalues of square matrices, as complex numbers in no order: see `linalg_eig`."""
def linalg_eigvalsh(self: Tensor, UPLO: Str = 'L', *, out: Tensor | None = None) -> Tensor:
    """The eigenvalues of symmetric, or Hermitian, matrices in ascending order: see `linalg_eigh`."""
def linalg_householder_product(self: Tensor, tau: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The first columns of the product of reflectors, as `geqrf` returns them.

    Parameters
    ----------
    self : Tensor
        Of sizes (..., m, n) with m >= n; column i holds below the diagonal the vector of reflector i.
    tau : Tensor
        Of sizes (..., k) with k <= n: their scales.

    Returns
    -------
    Tensor
        Of sizes (..., m, n).
    """
def linalg_inv(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The inverses of matrices (..., n, n).

    Raises
    ------
    LinAlgError
        If a matrix is singular.
    """
def linalg_inv_ex(self: Tensor, *, check_errors: Bool = False, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The inverses of matrices (..., n, n), and which are singular.

    Returns
    -------
    inverse : Tensor
    info : Tensor
        int32 of sizes (...): 0, or the number of the first zero on the diagonal of U of the LU factors.
    """
def linalg_ldl_factor(self: Tensor, *, hermitian: Bool = False, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The LDL factors of symmetric or Hermitian matrices, packed: see `linalg_ldl_factor_ex`.

    Raises
    ------
    LinAlgError
        If a matrix is singular.
    """
def linalg_ldl_factor_ex(self: Tensor, *, hermitian: Bool = False, check_errors: Bool = False, out: tuple[Tensor, Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor, Tensor]:
    """The LDL factors of symmetric matrices, or Hermitian ones, packed, and which are singular.

    Parameters
    ----------
    self : Tensor
        Of sizes (..., n, n), of which the lower triangle is read. float32, float64 or complex.
    hermitian : bool
        Whether complex matrices are Hermitian rather than symmetric.
    check_errors : bool
        Raise LinAlgError instead of returning numbers other than zero.

    Returns
    -------
    LD : Tensor
        Of sizes (..., n, n): D, of blocks of one or two, and L below it (Bunch and Kaufman, 1977).
    pivots : Tensor
        int32 of sizes (..., n), as LAPACK's sytrf has them.
    info : Tensor
        int32 of sizes (...): 0, or the number of the first zero of D.

    Raises
    ------
    NotImplementedError
        If no LAPACK library is installed.
    """
def linalg_ldl_solve(LD: Tensor, pivots: Tensor, B: Tensor, *, hermitian: Bool = False, out: Tensor | None = None) -> Tensor:
    """Solves A X = B for matrices whose factors `linalg_ldl_factor` returned. Batches are broadcast."""
def linalg_lstsq(self: Tensor, B: Tensor, rcond: Float | None = None, *, driver: Str | None = None, out: tuple[Tensor, Tensor, Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The X that make the sums of the squares of ``A @ X - B`` least, and of those the shortest.

    Parameters
    ----------
    self : Tensor
        A, of sizes (..., m, n). float32, float64 or complex.
    B : Tensor
        Of sizes (..., m, k), or vectors of sizes (m,) or (..., m); of the same dtype. Batches are broadcast.
    rcond : float, optional
        Singular values, or pivots, below `rcond` times the largest count as zero; by default max(m, n) times the dtype's epsilon.
    driver : str, optional
        "gels", the default on CUDA: QR factors, for matrices of full rank. "gelsy", the default on the CPU: with column pivoting.
        "gelsd", "gelss", and on CUDA "gelsy": singular values.

    Returns
    -------
    solution : Tensor
        Of sizes (..., n, k), or (..., n).
    residuals : Tensor
        The sums of squares (..., k) where m > n, the driver is not "gelsy" and all matrices have full rank; else without elements.
    rank : Tensor
        int64 of sizes (...); without elements for "gels".
    singular_values : Tensor
        Of sizes (..., min(m, n)) for "gelsd" and "gelss"; else without elements.

    Raises
    ------
    LinAlgError
        If the driver fails or the input holds numbers that are not finite.
    NotImplementedError
        If no LAPACK library is installed.
    """
def linalg_lu(self: Tensor, *, pivot: Bool = True, out: tuple[Tensor, Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor, Tensor]:
    """The factors of matrices (..., m, n) with ``A = P @ L @ U``.

    Returns
    -------
    P : Tensor
        A permutation of rows, (..., m, m); without elements where `pivot` is False, on CUDA alone.
    L : Tensor
        With ones on the diagonal and zeros above, (..., m, min(m, n)).
    U : Tensor
        With zeros below the diagonal, (..., min(m, n), n).
    """
def linalg_lu_factor(self: Tensor, *, pivot: Bool = True, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The LU factors of matrices, packed, and their pivots: see `linalg_lu_factor_ex`.

    Raises
    ------
    LinAlgError
        If a matrix is singular.
    """
def linalg_lu_factor_ex(self: Tensor, *, pivot: Bool = True, check_errors: Bool = False, out: tuple[Tensor, Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor, Tensor]:
    """The LU factors of matrices with rows exchanged, packed into one, and which are singular.

    Parameters
    ----------
    self : Tensor
        Of sizes (..., m, n). float32, float64 or complex.
    pivot : bool
        Whether rows are exchanged. False on CUDA alone.
    check_errors : bool
        Raise LinAlgError instead of returning numbers other than zero.

    Returns
    -------
    LU : Tensor
        Of sizes (..., m, n): U on and above the diagonal, L without its ones below.
    pivots : Tensor
        int32 of sizes (..., min(m, n)), counted from 1: row i was exchanged with row pivots[i], in order. See `lu_unpack`.
    info : Tensor
        int32 of sizes (...): 0, or the number of the first zero on the diagonal of U.

    Raises
    ------
    NotImplementedError
        If no LAPACK library is installed.
    """
def linalg_lu_solve(LU: Tensor, pivots: Tensor, B: Tensor, *, left: Bool = True, adjoint: Bool = False, out: Tensor | None = None) -> Tensor:
    """Solves A X = B, or X A = B, for matrices A whose factors `linalg_lu_factor` returned.

    Parameters
    ----------
    LU, pivots : Tensor
        Of sizes (..., n, n) and (..., n).
    B : Tensor
        Of sizes (..., n, k), or (..., k, n) where A stands at the right. Batches are broadcast.
    left : bool
        Whether A stands at the left of X.
    adjoint : bool
        Solve with A.mH in place of A.
    """
def linalg_matmul(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `matmul`."""
def linalg_matrix_exp(self: Tensor) -> Tensor:
    """The exponentials of matrices (..., n, n), floating or complex. Half types are computed in float32.

    Reads the norms of the matrices on the host, which waits for a device.
    """
def linalg_matrix_norm(self: Tensor, ord: Number | Str = 'fro', dim: Ints = (-2, -1), keepdim: Bool = False, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
    """Norms of matrices.

    Parameters
    ----------
    self : Tensor
        Of at least two dimensions, floating or complex.
    ord : str or float
        'fro': the root of the sum of squares. 'nuc': the sum of the singular values. 2, -2: the largest, least singular value.
        1, -1: the largest, least sum of magnitudes of a column. inf, -inf: of a row.
    dim : (int, int)
        The dimensions of rows and columns.
    keepdim : bool
        Keep them, with size 1.
    dtype : dtype, optional
        Compute in this dtype.

    Returns
    -------
    Tensor
        Real.

    Raises
    ------
    RuntimeError
        For another order.
    NotImplementedError
        If singular values are needed and no LAPACK library is installed.
    """
def linalg_matrix_power(self: Tensor, n: Int, *, out: Tensor | None = None) -> Tensor:
    """Powers of matrices (..., n, n) with an integer exponent; of the inverses where it is negative.

    Raises
    ------
    LinAlgError
        If the exponent is negative and a matrix is singular.
    """
@overload
def linalg_matrix_rank(self: Tensor, *, atol: Tensor | Number | None = None, rtol: Tensor | Number | None = None, hermitian: Bool = False, out: Tensor | None = None) -> Tensor:
    """The numbers of singular values of matrices that are larger than a tolerance.

    Parameters
    ----------
    self : Tensor
        Of sizes (..., m, n).
    atol, rtol : Tensor or float, optional
        The tolerance is the larger of `atol`, by default 0, and `rtol` times the largest singular value. By default `rtol` is
        max(m, n) times the dtype's epsilon, or 0 where a positive `atol` is given. Tensors are broadcast to (...).
    hermitian : bool
        Take the magnitudes of the eigenvalues of Hermitian matrices.

    Returns
    -------
    Tensor
        int64, of sizes (...).
    """
@overload
def linalg_matrix_rank(self: Tensor, tol: Tensor | Number, hermitian: Bool = False, *, out: Tensor | None = None) -> Tensor: ...
def linalg_multi_dot(tensors: Sequence[Tensor], *, out: Tensor | None = None) -> Tensor:
    """The product of a chain of matrices, in the order that needs the fewest multiplications.

    Parameters
    ----------
    tensors : sequence of Tensor
        At least two matrices of one dtype; the first may be a row (k,), the last a column (k,), whose dimension the result lacks.

    Raises
    ------
    RuntimeError
        If neighbours cannot be multiplied or a tensor has other dimensions.
    """
def linalg_norm(self: Tensor, ord: Number | Str | None = None, dim: Ints | None = None, keepdim: Bool = False, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
    """Norms of vectors or matrices.

    With `dim` of one dimension, or a tensor of one dimension, it is `linalg_vector_norm`; with two, `linalg_matrix_norm`. Without
    `ord` it is the root of the sum of squares over `dim`, by default over all dimensions.
    """
@overload
def linalg_pinv(self: Tensor, *, atol: Tensor | Number | None = None, rtol: Tensor | Number | None = None, hermitian: Bool = False, out: Tensor | None = None) -> Tensor:
    """The pseudo-inverses of Moore and Penrose: from singular values that are larger than a tolerance.

    Parameters and tolerance are those of `linalg_matrix_rank`. Of sizes (..., n, m). Differentiable where the rank does not change
    (Golub and Pereyra, "The Differentiation of Pseudo-Inverses", 1973).
    """
@overload
def linalg_pinv(self: Tensor, rcond: Tensor | Number, hermitian: Bool = False, *, out: Tensor | None = None) -> Tensor: ...
def linalg_qr(self: Tensor, mode: Str = 'reduced', *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The factors of matrices with ``A = Q @ R``.

    Parameters
    ----------
    self : Tensor
        Of sizes (..., m, n). float32, float64 or complex.
    mode : str
        "reduced": Q of (m, k) and R of (k, n) with k = min(m, n). "complete": Q of (m, m) and R of (m, n). "r": R of (k, n), and a Q
        without elements.

    Returns
    -------
    Q : Tensor
        Of orthonormal columns.
    R : Tensor
        Upper triangular; its diagonal is real but may be negative.

    Raises
    ------
    NotImplementedError
        If no LAPACK library is installed.
    """
def linalg_slogdet(self: Tensor, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The determinants of matrices (..., n, n) as ``sign * exp(logabsdet)``.

    Returns
    -------
    sign : Tensor
        -1, 0 or 1, or of magnitude 1 where complex.
    logabsdet : Tensor
        Real: the logarithm of the magnitude, -inf for a singular matrix.
    """
def linalg_solve(self: Tensor, B: Tensor, *, left: Bool = True, out: Tensor | None = None) -> Tensor:
    """Solves A X = B, or X A = B: see `linalg_solve_ex`.

    Raises
    ------
    LinAlgError
        If a matrix is singular.
    """
def linalg_solve_ex(self: Tensor, B: Tensor, *, left: Bool = True, check_errors: Bool = False, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """Solves A X = B, or X A = B, and tells which A are singular.

    Parameters
    ----------
    self : Tensor
        A, of sizes (..., n, n). float32, float64 or complex.
    B : Tensor
        Of the same dtype and of sizes (..., n, k), or (..., k, n) where A stands at the right; or vectors, of sizes (n,) or those of
        A without the last. Batches are broadcast.
    left : bool
        Whether A stands at the left of X.
    check_errors : bool
        Raise LinAlgError instead of returning numbers other than zero.

    Returns
    -------
    result : Tensor
        X, of the sizes of B with its batch broadcast.
    info : Tensor
        int32 of sizes (...), of A: 0, or the number of the first zero on the diagonal of U.

    Raises
    ------
    NotImplementedError
        If no LAPACK library is installed.
    """
def linalg_solve_triangular(self: Tensor, B: Tensor, *, upper: Bool, left: Bool = True, unitriangular: Bool = False, out: Tensor | None = None) -> Tensor:
    """Solves A X = B, or X A = B, for triangular matrices A.

    Parameters
    ----------
    self : Tensor
        A, of sizes (..., n, n), of which one triangle is read. float32, float64 or complex.
    B : Tensor
        Of sizes (..., n, k), or (..., k, n) where A stands at the right; of the same dtype. Batches are broadcast.
    upper : bool
        Which triangle of A is read.
    left : bool
        Whether A stands at the left of X.
    unitriangular : bool
        Take the diagonal of A for ones, without reading it.

    Returns
    -------
    Tensor
        X. Matrices are not tested: a zero on the diagonal gives infinities.

    Raises
    ------
    NotImplementedError
        If no LAPACK library is installed.
    """
def linalg_svd(self: Tensor, full_matrices: Bool = True, *, driver: Str | None = None, out: tuple[Tensor, Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor, Tensor]:
    """The singular values and vectors of matrices: ``A = U @ diag(S) @ Vh``.

    Parameters
    ----------
    self : Tensor
        Of sizes (..., m, n). float32, float64 or complex.
    full_matrices : bool
        Return U of (m, m) and Vh of (n, n); otherwise (m, k) and (k, n) with k = min(m, n).
    driver : str, optional
        Only for CUDA: "gesvdj", Jacobi's method, or "gesvd", QR iteration. By default the first, and the second where that
        does not converge. "gesvda" takes many matrices at once that are far from square, and is exact where their singular
        values are not far apart.

    Returns
    -------
    U : Tensor
        Orthonormal columns. With Vh it is known up to the signs, or phases, of pairs of vectors.
    S : Tensor
        Real, of sizes (..., k), in descending order.
    Vh : Tensor
        Orthonormal rows.

    Raises
    ------
    LinAlgError
        If the method does not converge, or the input holds numbers that are not finite.
    NotImplementedError
        If no LAPACK library is installed, or on CUDA no cuSOLVER.
    """
def linalg_svdvals(self: Tensor, *, driver: Str | None = None, out: Tensor | None = None) -> Tensor:
    """The singular values of matrices, in descending order: see `linalg_svd`."""
def linalg_tensorinv(self: Tensor, ind: Int = 2, *, out: Tensor | None = None) -> Tensor:
    """The inverse of the map that `tensordot` applies with a tensor: of the matrix whose rows are its first `ind` dimensions.

    The result has the other dimensions first.

    Raises
    ------
    RuntimeError
        If the products of the first sizes and of the others differ.
    LinAlgError
        If the matrix is singular.
    """
def linalg_tensorsolve(self: Tensor, other: Tensor, dims: Ints | None = None, *, out: Tensor | None = None) -> Tensor:
    """The tensor x with ``tensordot(self, x, x.ndim) == other``; `dims` of `self` are moved to its end before."""
def linalg_vander(x: Tensor, *, N: Int | None = None) -> Tensor:
    """Vandermonde matrices: the powers 0 .. N - 1 of the elements of `x` along a new last dimension.

    Parameters
    ----------
    x : Tensor
        Of sizes (..., n). Integers are computed in int64.
    N : int, optional
        At least 2; n by default.
    """
def linalg_vecdot(x: Tensor, y: Tensor, *, dim: Int = -1, out: Tensor | None = None) -> Tensor:
    """The dot products of vectors along `dim`, those of `x` conjugated; the other dimensions are broadcast.

    Floating or complex dtypes. `dim` must be the same dimension of both after broadcasting.
    """
def linalg_vector_norm(self: Tensor, ord: Number = 2, dim: Ints | None = None, keepdim: Bool = False, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
    """The vector norm of the elements of `self`, over all or some dimensions.

    Parameters
    ----------
    self : Tensor
        Floating point, float8 excepted.
    ord : Scalar
        The order p of ``sum(|x|**p)**(1/p)``; inf and -inf are the largest and smallest magnitude, 0 counts what is not zero.
    dim : int or sequence of int, optional
        The dimensions to reduce; all when absent or empty.
    keepdim : bool
        Keep the reduced dimensions with size one.
    dtype : dtype, optional
        Elements are cast to it first.

    Returns
    -------
    Tensor
        Gathered in float64 and rounded once; 0 where there are no elements.

    Raises
    ------
    RuntimeError
        If there are no elements and `ord` is negative or infinite, or `dtype` is narrower than that of `self`.
    """
def linear(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Applies a linear map to the last dimension: `input @ weight.T + bias`.

    Parameters
    ----------
    input : Tensor
        Of sizes (..., in).
    weight : Tensor
        Of sizes (out, in), or (in,) for an output of sizes (...,), and of the same dtype.
    bias : Tensor, optional
        Of sizes (out,), or () with a weight of one dimension, and of the same dtype.

    Returns
    -------
    Tensor
        Of sizes (..., out). The bias is added before half types are rounded.

    Raises
    ------
    ShapeError
        If the sizes do not fit together.
    RuntimeError
        If the dtypes differ.
    """
def linear_backward(input: Tensor | None, grad_output: Tensor, weight: Tensor | None, output_mask: Sequence[Bool], *, relu_output: Tensor | None = None) -> tuple[Tensor | None, Tensor | None, Tensor | None]:
    """The gradients of `linear` for its input, weight and bias.

    Parameters
    ----------
    input : Tensor, optional
        Of sizes (..., in); read for the gradient of the weight alone.
    grad_output : Tensor
        Of sizes (..., out): that of the result. A floating or complex dtype.
    weight : Tensor, optional
        Of sizes (out, in); read for the gradient of the input alone.
    output_mask : bool[3]
        Which of the three are wanted; the others are None.
    relu_output : Tensor, optional
        Of the sizes of `grad_output`, which is then the gradient of this, made by `relu` of the result: what `relu_backward` makes
        of both is taken.

    Returns
    -------
    Tensor, Tensor, Tensor
        Of the sizes of input and weight, and (out,). Half types are summed in float32.

    Raises
    ------
    ShapeError
        If the sizes do not fit together.
    RuntimeError
        If the dtypes differ.
    ValueError
        If what a wanted gradient needs is left out.

    Notes
    -----
    On CUDA devices the gradients of small maps are made by one kernel.
    """
def linspace(start: Number, end: Number, steps: Int, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """`steps` values at equal distances from `start` to `end`, both included.

    Parameters
    ----------
    start, end : Scalar
        Complex ones give a complex result.
    steps : int
        One step gives `start`.
    dtype : dtype, optional
        float32 by default, complex64 for complex ends. Of integers the ends are truncated first, and what lies between them after.
    device : device, optional
        The CPU by default.

    Raises
    ------
    RuntimeError
        If `steps` is negative, or `dtype` is real and an end is complex.
    NotImplementedError
        For bool and float8.

    Notes
    -----
    Computed in float64 from the nearer end and rounded once.
    """
def local_response_norm(input: Tensor, size: Int, alpha: Float = 0.0001, beta: Float = 0.75, k: Float = 1.0) -> Tensor:
    """Divides by ``(k + alpha mean) ** beta``, the mean of squares taken over `size` neighbouring channels.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) with 3 dimensions or more. Channels beyond the first and the last count as zeros.
    size : int
    alpha, beta, k : float

    Raises
    ------
    ValueError
        If `input` has fewer than 3 dimensions.

    References
    ----------
    Krizhevsky, Sutskever and Hinton, ImageNet Classification with Deep Convolutional Neural Networks, NIPS 2012; the mean is
    PyTorch's, theirs is a sum.
    """
def log(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The natural logarithm of each element of `self`; -inf at 0, NaN below. Dtypes and accuracy as for `exp`."""
def log10(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The logarithm to base 10 of each element of `self`, exact at powers of 10. Dtypes and accuracy as for `exp`."""
def log10_(self: Tensor) -> Tensor:
    """The logarithm to base 10 of each element of `self`, exact at powers of 10. Dtypes and accuracy as for `exp`."""
def log1p(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """log(1 + x) for each element x of `self`, accurate near 0 too. Dtypes as for `exp`."""
def log1p_(self: Tensor) -> Tensor:
    """log(1 + x) for each element x of `self`, accurate near 0 too. Dtypes as for `exp`."""
def log2(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The logarithm to base 2 of each element of `self`. Dtypes and accuracy as for `exp`."""
def log2_(self: Tensor) -> Tensor:
    """The logarithm to base 2 of each element of `self`. Dtypes and accuracy as for `exp`."""
def log_(self: Tensor) -> Tensor:
    """The natural logarithm of each element of `self`; -inf at 0, NaN below. Dtypes and accuracy as for `exp`."""
def log_normal_(self: Tensor, mean: Float = 1, std: Float = 2, *, generator: Generator | None = None) -> Tensor:
    """Fills `self` with numbers whose logarithms are normal, of mean `mean` and standard deviation `std`.

    Parameters
    ----------
    self : Tensor
        float16, bfloat16, float32 or float64, of any strides.
    mean : float
        1 by default.
    std : float
        2 by default; greater than 0.
    generator : Generator, optional
        The default one of the device of `self` when absent.

    Raises
    ------
    RuntimeError
        If `std` is not positive.
    NotImplementedError
        For other dtypes.
    """
def log_sigmoid(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """``log(1 / (1 + e^-x))`` for each element x of `self`, without overflow. Floating dtypes but float8."""
def log_sigmoid_backward(grad: Tensor, self: Tensor) -> Tensor:
    """The gradient of log_sigmoid by its input: grad * sigmoid(-x)."""
def log_softmax(self: Tensor, dim: Int, *, dtype: DtypeLike | None = None) -> Tensor:
    """The logarithm of `softmax`, computed as ``x - max - log(sum(exp(x - max)))``.

    Parameters
    ----------
    self : Tensor
        float16, bfloat16, float32 or float64; any dtype when `dtype` is one of these.
    dim : int
        The dimension along which probabilities sum to 1.
    dtype : dtype, optional
        What `self` is cast to first.

    Returns
    -------
    Tensor
        Of the sizes of `self`, contiguous.

    Raises
    ------
    IndexError
        If `dim` is out of range.
    """
def log_softmax_backward(grad: Tensor, output: Tensor, dim: Int) -> Tensor:
    """The gradient of `log_softmax`: ``grad - exp(output) * sum(grad)``.

    Parameters
    ----------
    grad : Tensor
        Like `output`.
    output : Tensor
        Result of the forward.
    dim : int
        As in the forward.
    """
def logaddexp(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """``log(exp(self) + exp(other))``, element by element, without overflow of the exponentials.

    Parameters
    ----------
    self : Tensor
        Any shape; floats but float8.
    other : Tensor
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype.
    """
def logaddexp2(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """``log2(2 ** self + 2 ** other)``: `logaddexp` to base 2."""
def logcumsumexp(self: Tensor, dim: Int, *, out: Tensor | None = None) -> Tensor:
    """The logarithms of the running sums of exponentials: ``log(cumsum(exp(self), dim))``.

    Parameters
    ----------
    self : Tensor
        A floating or complex dtype but float8.
    dim : int

    Returns
    -------
    Tensor
        Row-major; no exponential overflows on the way.

    Raises
    ------
    IndexError
        If the dimension is out of range.
    """
def logdet(self: Tensor) -> Tensor:
    """The logarithms of determinants: NaN where one is negative, -inf where it is zero."""
def logical_and(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype.
    other : Tensor
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool.
    """
def logical_and_(self: Tensor, other: Tensor) -> Tensor:
    """The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype.
    other : Tensor
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool.
    """
def logical_not(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Whether each element of `self` is zero. Any dtype; gives bool, or writes 0 and 1."""
def logical_not_(self: Tensor) -> Tensor:
    """Whether each element of `self` is zero. Any dtype; gives bool, or writes 0 and 1."""
def logical_or(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype.
    other : Tensor
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool.
    """
def logical_or_(self: Tensor, other: Tensor) -> Tensor:
    """The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype.
    other : Tensor
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool.
    """
def logical_xor(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype.
    other : Tensor
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool.
    """
def logical_xor_(self: Tensor, other: Tensor) -> Tensor:
    """The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype.
    other : Tensor
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool.
    """
def logit(self: Tensor, eps: Float | None = None, *, out: Tensor | None = None) -> Tensor:
    """``log(x / (1 - x))`` of each element x of `self`.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8. Integers and bool give the default dtype.
    eps : float, optional
        Elements are clamped to [eps, 1 - eps] first. By default they are not, and those outside [0, 1] give NaN.

    Returns
    -------
    Tensor
        Within 4 ulp.
    """
def logit_(self: Tensor, eps: Float | None = None) -> Tensor:
    """``log(x / (1 - x))`` of each element x of `self`.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8. Integers and bool give the default dtype.
    eps : float, optional
        Elements are clamped to [eps, 1 - eps] first. By default they are not, and those outside [0, 1] give NaN.

    Returns
    -------
    Tensor
        Within 4 ulp.
    """
def logspace(start: Number, end: Number, steps: Int, base: Float = 10.0, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """Powers of `base` whose exponents are equally far from each other, both ends included.

    Parameters
    ----------
    start, end : number
        The first and the last exponent.
    steps : int
        The number of powers.
    base : float
    dtype : dtype, optional
        float32 by default, complex64 for complex ends. The powers are computed in float64, or complex128.
    device : device, optional
        The CPU by default.

    Raises
    ------
    RuntimeError
        If `steps` is negative.
    """
def logsumexp(self: Tensor, dim: Ints, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor:
    """``log(sum(exp(self)))`` over some dimensions, safe from overflow.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8 and complex; integers are computed in the default dtype.
    dim : int or sequence of int
        All dimensions when empty.
    keepdim : bool
        Keep the reduced dimensions with size one.

    Returns
    -------
    Tensor
        -inf where there are no elements, or none above -inf.
    """
def lp_pool1d(input: Tensor, norm_type: Number, kernel_size: Ints, stride: Ints | None = None, ceil_mode: Bool = False) -> Tensor:
    """The power mean without its division: ``sum(x ** p) ** (1 / p)`` of each window.

    Parameters
    ----------
    input : Tensor
    norm_type : float
        p.
    kernel_size : int[]
    stride : int[], optional
    ceil_mode : bool
        As in `avg_pool2d`.
    """
def lp_pool2d(input: Tensor, norm_type: Number, kernel_size: Ints, stride: Ints | None = None, ceil_mode: Bool = False) -> Tensor:
    """The power mean without its division: ``sum(x ** p) ** (1 / p)`` of each window.

    Parameters
    ----------
    input : Tensor
    norm_type : float
        p.
    kernel_size : int[]
    stride : int[], optional
    ceil_mode : bool
        As in `avg_pool2d`.
    """
def lp_pool3d(input: Tensor, norm_type: Number, kernel_size: Ints, stride: Ints | None = None, ceil_mode: Bool = False) -> Tensor:
    """The power mean without its division: ``sum(x ** p) ** (1 / p)`` of each window.

    Parameters
    ----------
    input : Tensor
    norm_type : float
        p.
    kernel_size : int[]
    stride : int[], optional
    ceil_mode : bool
        As in `avg_pool2d`.
    """
def lt(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Compares `self` with `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
    other : Tensor or Scalar
        Broadcastable with `self`. A number is rounded to the common dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

    Notes
    -----
    Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
    """
def lt_(self: Tensor, other: Tensor | Number) -> Tensor:
    """Compares `self` with `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
    other : Tensor or Scalar
        Broadcastable with `self`. A number is rounded to the common dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

    Notes
    -----
    Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
    """
def lu_solve(self: Tensor, LU_data: Tensor, LU_pivots: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Solves A X = self for matrices A whose factors are given: see `linalg_lu_solve`."""
def lu_unpack(LU_data: Tensor, LU_pivots: Tensor, unpack_data: Bool = True, unpack_pivots: Bool = True, *, out: tuple[Tensor, Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor, Tensor]:
    """The permutation P, and the factors L and U, of what `linalg_lu_factor` returns: ``A = P @ L @ U``.

    What is not asked for by `unpack_data` (L and U) and `unpack_pivots` (P) is returned without elements.

    Raises
    ------
    RuntimeError
        If a pivot is no row.
    """
def mT(self: Tensor) -> Tensor:
    """A view with the last two dimensions exchanged."""
def margin_ranking_loss(input1: Tensor, input2: Tensor, target: Tensor, margin: Float = 0.0, reduction: Str = 'mean') -> Tensor:
    """``max(0, -target * (input1 - input2) + margin)``: `input1` should be the greater where target is 1, the lesser where -1.

    Parameters
    ----------
    input1, input2, target : Tensor
        Broadcast with each other.
    margin : float
    reduction : str
        'none', 'mean' or 'sum'.
    """
def masked_fill(self: Tensor, mask: Tensor, value: Tensor | Number) -> Tensor:
    """`self` with `value` where `mask` holds.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype, which is also the result's.
    mask : Tensor
        Broadcastable with `self`; bool.
    value : Tensor or Scalar
        One number, or a 0-dim tensor; cast to the dtype of `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape.

    Raises
    ------
    RuntimeError
        If `mask` is not boolean, `value` has dimensions, or the dtype cannot hold it.
    """
def masked_fill_(self: Tensor, mask: Tensor, value: Tensor | Number) -> Tensor:
    """`self` with `value` where `mask` holds.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype, which is also the result's.
    mask : Tensor
        Broadcastable with `self`; bool.
    value : Tensor or Scalar
        One number, or a 0-dim tensor; cast to the dtype of `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape.

    Raises
    ------
    RuntimeError
        If `mask` is not boolean, `value` has dimensions, or the dtype cannot hold it.
    """
def masked_scatter(self: Tensor, mask: Tensor, source: Tensor) -> Tensor:
    """A copy of `self` in which the elements where `mask` is true become those of `source`, in order.

    Parameters
    ----------
    self : Tensor
    mask : Tensor
        bool; broadcast with `self`.
    source : Tensor
        Of the dtype of `self`, with at least as many elements as the mask has true ones.

    Raises
    ------
    RuntimeError
        If there are too few elements, or a dtype or the sizes do not fit; nothing is written then.

    Notes
    -----
    Waits for the device, since what is written depends on the mask.
    """
def masked_scatter_(self: Tensor, mask: Tensor, source: Tensor) -> Tensor:
    """A copy of `self` in which the elements where `mask` is true become those of `source`, in order.

    Parameters
    ----------
    self : Tensor
    mask : Tensor
        bool; broadcast with `self`.
    source : Tensor
        Of the dtype of `self`, with at least as many elements as the mask has true ones.

    Raises
    ------
    RuntimeError
        If there are too few elements, or a dtype or the sizes do not fit; nothing is written then.

    Notes
    -----
    Waits for the device, since what is written depends on the mask.
    """
def masked_select(self: Tensor, mask: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The elements of `self` where `mask` is true, in row-major order, as one dimension.

    Parameters
    ----------
    self : Tensor
    mask : Tensor
        bool; broadcast with `self`.

    Raises
    ------
    ShapeError
        If the sizes cannot be broadcast.

    Notes
    -----
    On CUDA the call waits for the device, since the size of the result depends on the elements; it cannot be captured.
    """
def matmul(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Multiplies matrices: the last two dimensions of both operands, broadcasting those before.

    Parameters
    ----------
    self : Tensor
        Of sizes (..., m, k), or a row (k,). Any dtype but bool and float8; integers wrap.
    other : Tensor
        Of sizes (..., k, n), or a column (k,), and of the same dtype.

    Returns
    -------
    Tensor
        Of sizes (..., m, n), without the dimension that a one-dimensional operand lacks, and of the same dtype. Half types are
        summed in float32 and rounded once. Operands of any strides are read in place: no transposed or repeated matrix is copied.

    Raises
    ------
    ShapeError
        If the inner sizes differ, or the other dimensions cannot be broadcast.
    RuntimeError
        If the dtypes differ, or `out` shares elements with a factor.

    Notes
    -----
    Unlike PyTorch, uint16, uint32 and uint64 are supported.
    """
def matrix_H(self: Tensor) -> Tensor:
    """As `adjoint`, for one matrix."""
def matrix_exp(self: Tensor) -> Tensor:
    """The exponentials of matrices (..., n, n), floating or complex. Half types are computed in float32.

    Reads the norms of the matrices on the host, which waits for a device.
    """
def matrix_power(self: Tensor, n: Int, *, out: Tensor | None = None) -> Tensor:
    """Powers of matrices (..., n, n) with an integer exponent; of the inverses where it is negative.

    Raises
    ------
    LinAlgError
        If the exponent is negative and a matrix is singular.
    """
@overload
def max(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The largest element of `self`.

    Returns
    -------
    Tensor
        0-dim; NaN when some element is NaN. The gradient is spread evenly over equal largest elements.

    Raises
    ------
    RuntimeError
        If there are no elements.
    """
@overload
def max(self: Tensor, other: Tensor) -> Tensor: ...
@overload
def max(self: Tensor, dim: Int, keepdim: Bool = False, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]: ...
def max_pool1d(input: Tensor, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0, dilation: Ints = 1, ceil_mode: Bool = False) -> Tensor:
    """The greatest element of each window.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...) with the pooled dimensions last; uint8, int8 to int64, float16, bfloat16, float32 or float64.
    kernel_size : int[]
        Sizes of the window; one for all dimensions or one each, as all that follows.
    stride : int[], optional
        From window to window; `kernel_size` by default.
    padding : int[]
        Positions before and after the input, which hold nothing; at most half of `kernel_size`.
    dilation : int[]
        From position to position within a window.
    ceil_mode : bool
        Whether windows may begin within the input and leave it.

    Returns
    -------
    Tensor
        Of size floor((in + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1, with ceil under `ceil_mode`. NaN where a
        window holds one.

    Raises
    ------
    RuntimeError
        If no window fits, or a number is out of range.
    """
def max_pool1d_with_indices(input: Tensor, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0, dilation: Ints = 1, ceil_mode: Bool = False) -> tuple[Tensor, Tensor]:
    """The greatest element of each window, and where it stood.

    Parameters
    ----------
    input : Tensor
    kernel_size : int[]
    stride : int[], optional
    padding : int[]
    dilation : int[]
    ceil_mode : bool
        As in `max_pool2d`.

    Returns
    -------
    out : Tensor
    indices : Tensor
        int64: the element's number within the pooled dimensions, row by row. The first of equal ones, the last NaN.
    """
def max_pool2d(input: Tensor, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0, dilation: Ints = 1, ceil_mode: Bool = False) -> Tensor:
    """The greatest element of each window.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...) with the pooled dimensions last; uint8, int8 to int64, float16, bfloat16, float32 or float64.
    kernel_size : int[]
        Sizes of the window; one for all dimensions or one each, as all that follows.
    stride : int[], optional
        From window to window; `kernel_size` by default.
    padding : int[]
        Positions before and after the input, which hold nothing; at most half of `kernel_size`.
    dilation : int[]
        From position to position within a window.
    ceil_mode : bool
        Whether windows may begin within the input and leave it.

    Returns
    -------
    Tensor
        Of size floor((in + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1, with ceil under `ceil_mode`. NaN where a
        window holds one.

    Raises
    ------
    RuntimeError
        If no window fits, or a number is out of range.
    """
def max_pool2d_with_indices(input: Tensor, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0, dilation: Ints = 1, ceil_mode: Bool = False) -> tuple[Tensor, Tensor]:
    """The greatest element of each window, and where it stood.

    Parameters
    ----------
    input : Tensor
    kernel_size : int[]
    stride : int[], optional
    padding : int[]
    dilation : int[]
    ceil_mode : bool
        As in `max_pool2d`.

    Returns
    -------
    out : Tensor
    indices : Tensor
        int64: the element's number within the pooled dimensions, row by row. The first of equal ones, the last NaN.
    """
def max_pool3d(input: Tensor, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0, dilation: Ints = 1, ceil_mode: Bool = False) -> Tensor:
    """The greatest element of each window.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...) with the pooled dimensions last; uint8, int8 to int64, float16, bfloat16, float32 or float64.
    kernel_size : int[]
        Sizes of the window; one for all dimensions or one each, as all that follows.
    stride : int[], optional
        From window to window; `kernel_size` by default.
    padding : int[]
        Positions before and after the input, which hold nothing; at most half of `kernel_size`.
    dilation : int[]
        From position to position within a window.
    ceil_mode : bool
        Whether windows may begin within the input and leave it.

    Returns
    -------
    Tensor
        Of size floor((in + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1, with ceil under `ceil_mode`. NaN where a
        window holds one.

    Raises
    ------
    RuntimeError
        If no window fits, or a number is out of range.
    """
def max_pool3d_with_indices(input: Tensor, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0, dilation: Ints = 1, ceil_mode: Bool = False) -> tuple[Tensor, Tensor]:
    """The greatest element of each window, and where it stood.

    Parameters
    ----------
    input : Tensor
    kernel_size : int[]
    stride : int[], optional
    padding : int[]
    dilation : int[]
    ceil_mode : bool
        As in `max_pool2d`.

    Returns
    -------
    out : Tensor
    indices : Tensor
        int64: the element's number within the pooled dimensions, row by row. The first of equal ones, the last NaN.
    """
def max_unpool1d(input: Tensor, indices: Tensor, output_size: Ints) -> Tensor:
    """Zeros with values at the indices that pooling returned.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...); float16, bfloat16, float32 or float64.
    indices : Tensor
        int64, of the same sizes: numbers within the dimensions of the result, row by row. Of equal ones the last counts.
    output_size : int[]
        The last sizes of the result.

    Raises
    ------
    RuntimeError
        If an index is out of range, on the CPU. On CUDA the next call that waits raises an IndexError.
    """
def max_unpool2d(input: Tensor, indices: Tensor, output_size: Ints) -> Tensor:
    """Zeros with values at the indices that pooling returned.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...); float16, bfloat16, float32 or float64.
    indices : Tensor
        int64, of the same sizes: numbers within the dimensions of the result, row by row. Of equal ones the last counts.
    output_size : int[]
        The last sizes of the result.

    Raises
    ------
    RuntimeError
        If an index is out of range, on the CPU. On CUDA the next call that waits raises an IndexError.
    """
def max_unpool3d(input: Tensor, indices: Tensor, output_size: Ints) -> Tensor:
    """Zeros with values at the indices that pooling returned.

    Parameters
    ----------
    input : Tensor
        (N, C, ...) or (C, ...); float16, bfloat16, float32 or float64.
    indices : Tensor
        int64, of the same sizes: numbers within the dimensions of the result, row by row. Of equal ones the last counts.
    output_size : int[]
        The last sizes of the result.

    Raises
    ------
    RuntimeError
        If an index is out of range, on the CPU. On CUDA the next call that waits raises an IndexError.
    """
def maximum(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The larger of `self` and `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8 and the complex ones.
    other : Tensor
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype; NaN where either element is. Where both are equal, each gets half of the
        gradient.
    """
def maximum_(self: Tensor, other: Tensor) -> Tensor:
    """The larger of `self` and `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8 and the complex ones.
    other : Tensor
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype; NaN where either element is. Where both are equal, each gets half of the
        gradient.
    """
@overload
def mean(self: Tensor, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
    """The arithmetic mean of `self`, over all or some dimensions.

    Parameters
    ----------
    self : Tensor
        Floating point or complex, unless `dtype` is given.
    dim : int or sequence of int, optional
        The dimensions to average over; all when absent or empty.
    keepdim : bool
        Keep the reduced dimensions with size one.
    dtype : dtype, optional
        Floating point or complex; elements are cast to it first.

    Returns
    -------
    Tensor
        NaN where there are no elements. Summed as `sum` does, divided in float64, rounded once.

    Raises
    ------
    NotImplementedError
        For integers and bool without `dtype`.
    """
@overload
def mean(self: Tensor, dim: Ints | None, keepdim: Bool = False, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor: ...
@overload
def median(self: Tensor) -> Tensor:
    """The median of all elements of `self`: the lower one of two in the middle.

    Parameters
    ----------
    self : Tensor
        Any dtype but bool, float8 and complex.

    Returns
    -------
    Tensor
        Without dimensions; NaN where there is one, or where there are no elements.

    Raises
    ------
    RuntimeError
        If there are no elements and the dtype has no NaN.
    """
@overload
def median(self: Tensor, dim: Int, keepdim: Bool = False, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]: ...
@overload
def meshgrid(tensors: Sequence[Tensor], *, indexing: Str | None = None) -> list[Tensor]:
    """The coordinates of a grid: each vector seen over the product of all.

    Parameters
    ----------
    tensors : Tensor
        Vectors or numbers of one dtype, one per dimension of the grid.
    indexing : str, optional
        "ij", the default, lays the first vector along dimension 0; "xy" exchanges the first two dimensions.

    Returns
    -------
    tuple of Tensor
        Views of the sizes of the grid, one per vector; their elements share memory.

    Raises
    ------
    RuntimeError
        If the list is empty, a tensor has more dimensions, the dtypes differ, or `indexing` is another word.
    """
@overload
def meshgrid(*tensors: Tensor, indexing: Str | None = None) -> list[Tensor]: ...
@overload
def min(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The smallest element of `self`; see `max`."""
@overload
def min(self: Tensor, other: Tensor) -> Tensor: ...
@overload
def min(self: Tensor, dim: Int, keepdim: Bool = False, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]: ...
def minimum(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The smaller of `self` and `other`, element by element: as `maximum` in everything else."""
def minimum_(self: Tensor, other: Tensor) -> Tensor:
    """The smaller of `self` and `other`, element by element: as `maximum` in everything else."""
def mish(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """``x * tanh(log(1 + e^x))`` for each element x of `self`. Floating dtypes but float8.

    Source: Misra, "Mish: a self regularized non-monotonic neural activation function", 2019.
    """
def mish_(self: Tensor) -> Tensor:
    """``x * tanh(log(1 + e^x))`` for each element x of `self`. Floating dtypes but float8.

    Source: Misra, "Mish: a self regularized non-monotonic neural activation function", 2019.
    """
def mish_backward(grad: Tensor, self: Tensor) -> Tensor:
    """The gradient of mish by its input: grad * (t + x (1 - t^2) sigmoid(x)) with t = tanh(log(1 + e^x))."""
def mm(self: Tensor, mat2: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Multiplies two matrices: `matmul` of sizes (m, k) and (k, n) alone, without broadcasting."""
def mode(self: Tensor, dim: Int = -1, keepdim: Bool = False, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The most frequent elements of `self` along one dimension, the smallest of several, and where they are.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8 and complex.
    dim : int
    keepdim : bool
        Keep the dimension with size one.

    Returns
    -------
    values : Tensor
    indices : Tensor
        int64; the last place of each.

    Raises
    ------
    IndexError
        If the dimension is out of range or has no elements.
    """
def moveaxis(self: Tensor, source: Ints, destination: Ints) -> Tensor:
    """Another name of `movedim`."""
def movedim(self: Tensor, source: Ints, destination: Ints) -> Tensor:
    """A view in which the dimensions `source` stand at `destination`; the others keep their order."""
def mse_loss(input: Tensor, target: Tensor, reduction: Str = 'mean') -> Tensor:
    """The squared difference of `input` and `target`.

    Parameters
    ----------
    input, target : Tensor
        Broadcast with each other.
    reduction : str
        'none', 'mean' or 'sum'.
    """
def msort(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The elements of `self` in order along the first dimension."""
def mul(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Multiplies `self` by `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype. Boolean tensors multiply as logical and.
    other : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.

    Notes
    -----
    Unlike PyTorch, uint16, uint32 and uint64 are supported.
    """
def mul_(self: Tensor, other: Tensor | Number) -> Tensor:
    """Multiplies `self` by `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype. Boolean tensors multiply as logical and.
    other : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.

    Notes
    -----
    Unlike PyTorch, uint16, uint32 and uint64 are supported.
    """
def multi_margin_loss(input: Tensor, target: Tensor, p: Number = 1, margin: Float = 1.0, weight: Tensor | None = None, reduction: Str = 'mean') -> Tensor:
    """How far scores of other classes j come within `margin` of that of the class y: ``max(0, margin - x[y] + x[j]) ** p``.

    Parameters
    ----------
    input : Tensor
        Scores, (C,) or (N, C).
    target : Tensor
        int64 classes, () or (N,).
    p : Scalar
        1 or 2.
    margin : float
    weight : Tensor, optional
        (C,); a factor for each class as a target.
    reduction : str
        'none', 'mean' or 'sum' over rows; a row is the mean over all C classes.

    Raises
    ------
    ValueError
        If `p` is neither 1 nor 2.
    IndexError
        If a target is no class.
    """
def multilabel_margin_loss(input: Tensor, target: Tensor, reduction: Str = 'mean') -> Tensor:
    """How far scores of other classes j come within 1 of those of the labels y of a row: ``max(0, 1 - x[y] + x[j])``.

    Parameters
    ----------
    input : Tensor
        Scores, (C,) or (N, C).
    target : Tensor
        int64 classes, of the same sizes: the labels of a row, then -1.
    reduction : str
        'none', 'mean' or 'sum' over rows; a row is the sum divided by C.

    Raises
    ------
    IndexError
        If a label is no class.

    Notes
    -----
    It needs memory for N C C elements.
    """
def multilabel_soft_margin_loss(input: Tensor, target: Tensor, weight: Tensor | None = None, reduction: Str = 'mean') -> Tensor:
    """The mean over classes of the cross entropy of labels `target` under the logistic function of `input`.

    Parameters
    ----------
    input : Tensor
        Logits, (..., C).
    target : Tensor
        Zeros and ones, broadcast with it.
    weight : Tensor, optional
        A factor, broadcast with the losses of classes.
    reduction : str
        'none', 'mean' or 'sum', over what is left without C.
    """
def multinomial(self: Tensor, num_samples: Int, replacement: Bool = False, *, generator: Generator | None = None) -> Tensor:
    """Samples categories by their probabilities, row by row.

    Parameters
    ----------
    self : Tensor
        float16, bfloat16, float32 or float64, of sizes (categories,) or (rows, categories); at most 2^24 categories. A row need
        not add up to 1.
    num_samples : int
    replacement : bool
        Whether a category may come again; else there are at most as many samples as categories.
    generator : Generator, optional
        The default one of the device of `self` when absent.

    Returns
    -------
    Tensor
        int64, of sizes (num_samples,) or (rows, num_samples).

    Raises
    ------
    RuntimeError
        If the sizes or `num_samples` are not as above; on the CPU also if a probability is negative or not finite, or a row is
        all zeros. On CUDA devices, where nothing waits for elements, samples of such a row have no meaning, but are categories.
    NotImplementedError
        For other dtypes.
    """
def multinomial_with_replacement(self: Tensor, num_samples: Int, *, generator: Generator | None = None) -> Tensor:
    """As `multinomial` with replacement."""
def multiply(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Another name of `mul`."""
def multiply_(self: Tensor, other: Tensor | Number) -> Tensor:
    """Another name of `mul`."""
def mv(self: Tensor, vec: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Multiplies a matrix of sizes (m, k) by a vector (k,): `matmul` without broadcasting."""
def mvlgamma(self: Tensor, p: Int, *, out: Tensor | None = None) -> Tensor:
    """The logarithm of the gamma function of `p` dimensions of each element of `self`.

    That is ``p * (p - 1) / 4 * log(pi) + sum(lgamma(self - j / 2) for j in range(p))``.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but bool and float8. Integers give the default dtype.
    p : int
        At least 1.

    Raises
    ------
    RuntimeError
        If `p` is less than 1.
    """
def mvlgamma_(self: Tensor, p: Int) -> Tensor:
    """The logarithm of the gamma function of `p` dimensions of each element of `self`.

    That is ``p * (p - 1) / 4 * log(pi) + sum(lgamma(self - j / 2) for j in range(p))``.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but bool and float8. Integers give the default dtype.
    p : int
        At least 1.

    Raises
    ------
    RuntimeError
        If `p` is less than 1.
    """
def nan_to_num(self: Tensor, nan: Float | None = None, posinf: Float | None = None, neginf: Float | None = None, *, out: Tensor | None = None) -> Tensor:
    """`self` with NaN and infinities replaced by numbers.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8. Of complex numbers each part is looked at.
    nan : float, optional
        What stands for NaN; 0 by default.
    posinf, neginf : float, optional
        What stands for infinity and minus infinity; by default the greatest and the least finite number of the dtype.

    Returns
    -------
    Tensor
        Of the dtype of `self`. The gradient passes where `self` is finite.
    """
def nan_to_num_(self: Tensor, nan: Float | None = None, posinf: Float | None = None, neginf: Float | None = None) -> Tensor:
    """`self` with NaN and infinities replaced by numbers.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8. Of complex numbers each part is looked at.
    nan : float, optional
        What stands for NaN; 0 by default.
    posinf, neginf : float, optional
        What stands for infinity and minus infinity; by default the greatest and the least finite number of the dtype.

    Returns
    -------
    Tensor
        Of the dtype of `self`. The gradient passes where `self` is finite.
    """
def nanmean(self: Tensor, dim: Ints | None = None, keepdim: Bool = False, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
    """The mean of the elements of `self` that are not NaN, over all or some dimensions.

    Parameters
    ----------
    self : Tensor
        A floating dtype but float8.
    dim : int or sequence of int, optional
        The dimensions to average over; all when absent or empty.
    keepdim : bool
        Keep the reduced dimensions with size one.
    dtype : dtype, optional
        Elements are cast to it first.

    Returns
    -------
    Tensor
        NaN where every element is.
    """
@overload
def nanmedian(self: Tensor) -> Tensor:
    """The median of the elements of `self` that are no NaN; NaN if all are. Otherwise as `median`."""
@overload
def nanmedian(self: Tensor, dim: Int, keepdim: Bool = False, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]: ...
@overload
def nanquantile(self: Tensor, q: Tensor, dim: Int | None = None, keepdim: Bool = False, *, interpolation: Str = 'linear', out: Tensor | None = None) -> Tensor:
    """The quantiles of the elements of `self` that are no NaN; NaN where all are. Otherwise as `quantile`."""
@overload
def nanquantile(self: Tensor, q: Float, dim: Int | None = None, keepdim: Bool = False, *, interpolation: Str = 'linear', out: Tensor | None = None) -> Tensor: ...
def nansum(self: Tensor, dim: Ints | None = None, keepdim: Bool = False, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
    """The sum of the elements of `self` that are not NaN, over all or some dimensions.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8 and complex.
    dim : int or sequence of int, optional
        The dimensions to sum over; all when absent or empty.
    keepdim : bool
        Keep the summed dimensions with size one.
    dtype : dtype, optional
        As in `sum`.

    Returns
    -------
    Tensor
        Zero where every element is NaN.
    """
def narrow(self: Tensor, dim: Int, start: Int, length: Int) -> Tensor:
    """A view of `length` indices of a dimension from `start` on, which may count from the end.

    Raises
    ------
    IndexError
        If `start` is out of range.
    RuntimeError
        If `length` is negative or leaves the dimension.
    """
def narrow_copy(self: Tensor, dim: Int, start: Int, length: Int, *, out: Tensor | None = None) -> Tensor:
    """A row-major copy of what the view of this name without `_copy` shows."""
@overload
def native_adaptive_avg_pool(self: Tensor, output_size: Ints) -> Tensor:
    """The mean of each of as many windows as `output_size` says.

    As `adaptive_avg_pool1d`, `adaptive_avg_pool2d` and `adaptive_avg_pool3d`.
    """
@overload
def native_adaptive_avg_pool(self: Tensor, *output_size: Int) -> Tensor: ...
def native_adaptive_avg_pool_backward(grad: Tensor, input_size: Ints, output_size: Ints) -> Tensor:
    """The gradient of pooled means: each is spread evenly over its window; half types are added in float32."""
@overload
def native_adaptive_max_pool(self: Tensor, output_size: Ints) -> tuple[Tensor, Tensor]:
    """The greatest element of each of as many windows as `output_size` says, and where it stood.

    As `adaptive_max_pool1d`, `adaptive_max_pool2d` and `adaptive_max_pool3d`.
    """
@overload
def native_adaptive_max_pool(self: Tensor, *output_size: Int) -> tuple[Tensor, Tensor]: ...
def native_adaptive_max_pool_backward(grad: Tensor, indices: Tensor, input_size: Ints, output_size: Ints) -> Tensor:
    """The gradient of pooled maxima: each goes to the element at its index; half types are added in float32.

    Parameters
    ----------
    grad : Tensor
        float16, bfloat16, float32 or float64.
    indices : Tensor
        Those that the forward returned.
    input_size : int[]

    Raises
    ------
    RuntimeError
        If an index is outside of its plane, on the CPU. On CUDA one that no window reaches counts for nothing.
    """
def native_attention(query: Tensor, key: Tensor, value: Tensor, attn_mask: Tensor | None, dropout_p: Float, is_causal: Bool, scale: Float) -> tuple[Tensor, Tensor, Int, Int]:
    """Attention with what its backward reads.

    Parameters
    ----------
    query, key, value, attn_mask, dropout_p, is_causal, scale
        As in scaled_dot_product_attention, with the same batch sizes. The number of query heads is a multiple of that of key
        heads, which are those of value.

    Returns
    -------
    out : Tensor
        (..., Hq, L, Ev), laid out as (..., L, Hq, Ev).
    lse : Tensor
        (..., Hq, L): the natural logarithm of the sum of exponentials of each query's scores, -inf where it sees no key.
        float64 for float64, else float32.
    seed, offset : int
        Of the dropout; zero without. Element i of the (..., Hq, L, S) probabilities has word ``i % 4`` of Philox output
        ``offset + i // 4``, the same on every device.

    Raises
    ------
    RuntimeError
        If sizes or dtypes do not fit together, or `dropout_p` is outside [0, 1].
    NotImplementedError
        For other dtypes.
    """
def native_attention_backward(grad: Tensor, query: Tensor, key: Tensor, value: Tensor, out: Tensor, lse: Tensor, attn_mask: Tensor | None, dropout_p: Float, is_causal: Bool, scale: Float, seed: Int, offset: Int, lse_grad: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
    """The gradients of native_attention.

    Parameters
    ----------
    grad : Tensor
        Of out.
    query, key, value, out, lse, attn_mask, dropout_p, is_causal, scale, seed, offset
        The arguments and results of native_attention.
    lse_grad : Tensor, optional
        The gradient of lse.

    Returns
    -------
    query, key, value : Tensor
        The gradients, laid out as their arguments. Sums have one order, whatever the number of threads.

    Raises
    ------
    RuntimeError
        If sizes or dtypes do not fit together.
    """
def native_avg_pool(self: Tensor, kernel_size: Ints, stride: Ints | None, padding: Ints, ceil_mode: Bool, count_include_pad: Bool, divisor_override: Int | None) -> Tensor:
    """The mean of each window, in as many dimensions as `kernel_size` has numbers.

    As `avg_pool1d`, `avg_pool2d` and `avg_pool3d`, whose arguments it takes.
    """
def native_avg_pool_backward(grad: Tensor, input_size: Ints, kernel_size: Ints, stride: Ints | None, padding: Ints, ceil_mode: Bool, count_include_pad: Bool, divisor_override: Int | None) -> Tensor:
    """The gradient of pooled means: each is spread evenly over its window; half types are added in float32."""
def native_batch_norm(input: Tensor, weight: Tensor | None, bias: Tensor | None, running_mean: Tensor | None, running_var: Tensor | None, training: Bool, momentum: Float, eps: Float) -> tuple[Tensor, Tensor, Tensor]:
    """`batch_norm` with the statistics it took.

    Parameters
    ----------
    input : Tensor
    weight, bias, running_mean, running_var : Tensor, optional
    training : bool
    momentum, eps : float
        As in `batch_norm`.

    Returns
    -------
    out : Tensor
    save_mean, save_invstd : Tensor
        (C,), float32 for half types; without elements when not training.
    """
def native_channel_shuffle(self: Tensor, groups: Int, *, out: Tensor | None = None) -> Tensor:
    """Another name of `channel_shuffle`."""
def native_cross_entropy(input: Tensor, target: Tensor, weight: Tensor | None, ignore_index: Int, reduction: Str, label_smoothing: Float, with_gradient: Bool = False) -> tuple[Tensor, Tensor, Tensor, Tensor | None]:
    """`cross_entropy` with what its gradient reads.

    Parameters
    ----------
    input, target : Tensor
    weight : Tensor, optional
    ignore_index : int
    reduction : str
    label_smoothing : float
        As in `cross_entropy`.
    with_gradient : bool
        Make the gradient of a reduced loss too, where the device makes it in the same pass.

    Returns
    -------
    loss : Tensor
    lse : Tensor
        The logarithm of the sum of exponentials of each row; float32 for half types.
    total_weight : Tensor
        0-dim: the weights of the targets that count.
    gradient : Tensor or None
        Of the loss for `input`: what `native_cross_entropy_backward` makes of a gradient of one. It has no derivative.
    """
def native_cross_entropy_backward(grad: Tensor | None, input: Tensor, target: Tensor, weight: Tensor | None, lse: Tensor, total_weight: Tensor, reduction: Str, ignore_index: Int, label_smoothing: Float) -> Tensor:
    """The gradient of `native_cross_entropy`: ``(softmax - one_hot) * grad`` in one pass over the logits.

    Parameters
    ----------
    grad : Tensor, optional
        That of the loss; ones when left out.
    input, target : Tensor
    weight : Tensor, optional
    lse, total_weight : Tensor
        Results of the forward.
    reduction : str
    ignore_index : int
    label_smoothing : float

    Returns
    -------
    Tensor
        Of the sizes and dtype of `input`.
    """
def native_dropout(input: Tensor, p: Float, *, generator: Generator | None = None) -> tuple[Tensor, Tensor]:
    """Sets elements to zero with chance `p` and multiplies the others by 1 / (1 - p).

    Parameters
    ----------
    input : Tensor
        float16, bfloat16, float32 or float64.
    p : float
        In [0, 1]; 1 - p is rounded to a multiple of 2^-32. 1 gives zeros.
    generator : Generator, optional
        The default one of the device of `input` when absent.

    Returns
    -------
    out : Tensor
        Row-major, of the sizes and dtype of `input`.
    mask : Tensor
        Boolean: which elements were kept.

    Raises
    ------
    RuntimeError
        If `p` is outside [0, 1].
    NotImplementedError
        For other dtypes.

    Notes
    -----
    Element i, counted row by row, is kept by word i of Philox from the generator's offset on: the same on every device. Reference:
    Srivastava et al., "Dropout", JMLR 15 (2014).
    """
def native_dropout_backward(grad: Tensor, mask: Tensor, scale: Float) -> Tensor:
    """`grad` times `scale` where `mask` holds, else times zero."""
def native_fractional_max_pool(self: Tensor, kernel_size: Ints, output_size: Ints, random_samples: Tensor) -> tuple[Tensor, Tensor]:
    """The greatest element of each of windows that samples place, and where it stood.

    As `fractional_max_pool2d` and `fractional_max_pool3d`.
    """
def native_fractional_max_pool_backward(grad: Tensor, indices: Tensor, input_size: Ints, kernel_size: Ints, output_size: Ints, random_samples: Tensor) -> Tensor:
    """The gradient of pooled maxima: each goes to the element at its index; half types are added in float32.

    Parameters
    ----------
    grad : Tensor
        float16, bfloat16, float32 or float64.
    indices : Tensor
        Those that the forward returned.
    input_size : int[]

    Raises
    ------
    RuntimeError
        If an index is outside of its plane, on the CPU. On CUDA one that no window reaches counts for nothing.
    """
def native_group_norm(input: Tensor, weight: Tensor | None, bias: Tensor | None, N: Int, C: Int, HxW: Int, group: Int, eps: Float) -> tuple[Tensor, Tensor, Tensor]:
    """Group normalisation with the statistics that its gradient reads.

    Parameters
    ----------
    input : Tensor
        N C HxW elements, batch entry by batch entry and channel by channel; float16, bfloat16, float32 or float64.
    weight, bias : Tensor, optional
        (C,). With a half `input` they may be float32.
    N, C, HxW : int
    group : int
        Divides C.
    eps : float
        Added to the variance.

    Returns
    -------
    out : Tensor
        Like `input`, contiguous. Half types are computed in float32.
    mean, rstd : Tensor
        (N, group); float32 for half types.
    """
def native_group_norm_backward(grad: Tensor, input: Tensor, mean: Tensor, rstd: Tensor, weight: Tensor | None, bias: Tensor | None, N: Int, C: Int, HxW: Int, group: Int, needed: Int) -> tuple[Tensor | None, Tensor | None, Tensor | None]:
    """The gradients of `native_group_norm`.

    Parameters
    ----------
    grad : Tensor
        Like `input`.
    input : Tensor
    mean, rstd : Tensor
        Results of the forward.
    weight, bias : Tensor, optional
    N, C, HxW, group : int
    needed : int
        Bit 0 asks for the input's gradient, 1 for the weight's, 2 for the bias's.

    Returns
    -------
    input, weight, bias : Tensor or None
        None where not needed.
    """
def native_layer_norm(input: Tensor, normalized_shape: Ints, weight: Tensor | None, bias: Tensor | None, eps: Float) -> tuple[Tensor, Tensor, Tensor]:
    """Layer normalisation with the statistics that its gradient reads.

    Parameters
    ----------
    input : Tensor
    normalized_shape : int[]
    weight, bias : Tensor, optional
    eps : float
        As in `layer_norm`.

    Returns
    -------
    out : Tensor
        As of `layer_norm`.
    mean, rstd : Tensor
        Of the sizes of `input` with 1 in the normalised dimensions; float32 for half types.
    """
def native_layer_norm_backward(grad: Tensor, input: Tensor, normalized_shape: Ints, mean: Tensor, rstd: Tensor, weight: Tensor | None, bias: Tensor | None, needed: Int) -> tuple[Tensor | None, Tensor | None, Tensor | None]:
    """The gradients of `native_layer_norm`.

    With h = (x - mean) rstd the input's is ``rstd (g w - mean(g w) - h mean(g w h))``, the weight's the sum of ``g h`` over rows, the
    bias's that of ``g``. The sums are added in an order that depends on sizes alone.

    Parameters
    ----------
    grad : Tensor
        Like `input`.
    input : Tensor
    normalized_shape : int[]
    mean, rstd : Tensor
        Results of the forward.
    weight, bias : Tensor, optional
    needed : int
        Bit 0 asks for the input's gradient, 1 for the weight's, 2 for the bias's.

    Returns
    -------
    input, weight, bias : Tensor or None
        None where not needed.
    """
def native_max_pool(self: Tensor, kernel_size: Ints, stride: Ints | None, padding: Ints, dilation: Ints, ceil_mode: Bool, with_indices: Bool) -> tuple[Tensor, Tensor | None]:
    """The greatest element of each window, in as many dimensions as `kernel_size` has numbers.

    As `max_pool1d`, `max_pool2d` and `max_pool3d`, whose arguments it takes.

    Parameters
    ----------
    self : Tensor
    kernel_size : int[]
    stride : int[], optional
    padding, dilation : int[]
    ceil_mode : bool
    with_indices : bool
        Whether to say where each one stood, as a gradient needs to know.

    Returns
    -------
    out : Tensor
    indices : Tensor or None
        int64: the element's number in its plane.
    """
def native_max_pool_backward(grad: Tensor, indices: Tensor, input_size: Ints, kernel_size: Ints, stride: Ints | None, padding: Ints, dilation: Ints, ceil_mode: Bool) -> Tensor:
    """The gradient of pooled maxima: each goes to the element at its index; half types are added in float32.

    Parameters
    ----------
    grad : Tensor
        float16, bfloat16, float32 or float64.
    indices : Tensor
        Those that the forward returned.
    input_size : int[]

    Raises
    ------
    RuntimeError
        If an index is outside of its plane, on the CPU. On CUDA one that no window reaches counts for nothing.
    """
def native_max_unpool(self: Tensor, indices: Tensor, output_size: Ints) -> Tensor:
    """Zeros of `output_size` with the values at their indices, in as many dimensions as that has numbers.

    As `max_unpool1d`, `max_unpool2d` and `max_unpool3d`.
    """
def native_pad(self: Tensor, pad: Ints, mode: Str) -> Tensor:
    """`pad` in the modes that repeat elements.

    Parameters
    ----------
    self : Tensor
        Any dtype.
    pad : int[]
    mode : str
        'reflect', 'replicate' or 'circular', as in `pad`; 'circular' takes no negative numbers.
    """
def native_pad_backward(grad: Tensor, input_size: Ints, pad: Ints, mode: Str) -> Tensor:
    """The gradient of `native_pad`: that of all positions which repeat an element.

    Parameters
    ----------
    grad : Tensor
        float16, bfloat16, float32, float64 or complex. Half types are added in float32.
    input_size : int[]
        The sizes of the input.
    pad : int[]
    mode : str
    """
def native_recurrent_layer(gates: Tensor, h0: Tensor, c0: Tensor | None, weight: Tensor, bias: Tensor | None, projection: Tensor | None, batch_sizes: Ints, mode: Str, reverse: Bool) -> tuple[Tensor, Tensor, Tensor | None, Tensor]:
    """`recurrent_layer` with what its gradient reads; `bias` is that of a gru.

    Parameters
    ----------
    gates, h0, c0, weight, bias, projection, batch_sizes, mode, reverse
        As in `recurrent_layer`; float32 or float64.

    Returns
    -------
    out, h_n : Tensor
    c_n : Tensor or None
    workspace : Tensor
        Bytes.
    """
def native_recurrent_layer_backward(out_grad: Tensor | None, h_grad: Tensor | None, c_grad: Tensor | None, out: Tensor, workspace: Tensor, h0: Tensor, c0: Tensor | None, weight: Tensor, bias: Tensor | None, projection: Tensor | None, batch_sizes: Ints, mode: Str, reverse: Bool) -> tuple[Tensor, Tensor, Tensor | None, Tensor, Tensor | None, Tensor | None]:
    """The gradients of `native_recurrent_layer`.

    Parameters
    ----------
    out_grad, h_grad, c_grad : Tensor, optional
        Of the results; zero when absent.
    out, workspace : Tensor
        Results of the forward.
    h0, c0, weight, bias, projection, batch_sizes, mode, reverse
        Its arguments.

    Returns
    -------
    gates, h0, c0, weight, bias, projection : Tensor or None
        The gradients; None for what was not given.
    """
def native_resample(self: Tensor, output_size: Ints, mode: Str, align_corners: Bool, scales: Sequence[Float] | None, antialias: Bool) -> Tensor:
    """An image of other sizes: each dimension is resampled by itself.

    Parameters
    ----------
    self : Tensor
        (N, C, ...) with one to three dimensions more; float16, bfloat16, float32 or float64; uint8 for neighbours, and
        for sums over two dimensions, to the bits of PyTorch and Pillow.
    output_size : int[]
        One number per dimension.
    mode : str
        'nearest', 'nearest-exact', 'linear', 'cubic' or 'lanczos'.
    align_corners : bool
        Whether the middles of the outermost elements stay where they are; else their outer edges.
    scales : float[], optional
        By which positions are computed; output_size by the input's size where there is none, or 0.
    antialias : bool
        Whether as many elements count as the result is coarser than the input.

    Returns
    -------
    Tensor
        Half types are computed in float32.
    """
def native_resample_backward(grad: Tensor, input_size: Ints, mode: Str, align_corners: Bool, scales: Sequence[Float] | None, antialias: Bool) -> Tensor:
    """The gradient of `native_resample`.

    Parameters
    ----------
    grad : Tensor
        float16, bfloat16, float32 or float64.
    input_size : int[]
        Of the resampled dimensions of the input.
    mode : str
    align_corners : bool
    scales : float[], optional
    antialias : bool
    """
def native_rms_norm(input: Tensor, normalized_shape: Ints, weight: Tensor | None, eps: Float) -> tuple[Tensor, Tensor]:
    """Root-mean-square normalisation with the statistic that its gradient reads.

    Parameters
    ----------
    input : Tensor
    normalized_shape : int[]
    weight : Tensor, optional
    eps : float
        As in `rms_norm`.

    Returns
    -------
    out : Tensor
        As of `rms_norm`.
    rstd : Tensor
        Of the sizes of `input` with 1 in the normalised dimensions; float32 for half types.
    """
def native_rms_norm_backward(grad: Tensor, input: Tensor, normalized_shape: Ints, rstd: Tensor, weight: Tensor | None, needed: Int) -> tuple[Tensor | None, Tensor | None]:
    """The gradients of `native_rms_norm`.

    With h = x rstd the input's is ``rstd (g w - h mean(g w h))``, the weight's the sum of ``g h`` over rows, added in an order that
    depends on sizes alone.

    Parameters
    ----------
    grad : Tensor
        Like `input`.
    input : Tensor
    normalized_shape : int[]
    rstd : Tensor
        Result of the forward.
    weight : Tensor, optional
    needed : int
        Bit 0 asks for the input's gradient, 1 for the weight's.

    Returns
    -------
    input, weight : Tensor or None
        None where not needed.
    """
def ne(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Compares `self` with `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
    other : Tensor or Scalar
        Broadcastable with `self`. A number is rounded to the common dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

    Notes
    -----
    Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
    """
def ne_(self: Tensor, other: Tensor | Number) -> Tensor:
    """Compares `self` with `other`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape and dtype; an order (`lt`, `le`, `gt`, `ge`) has no complex ones.
    other : Tensor or Scalar
        Broadcastable with `self`. A number is rounded to the common dtype.

    Returns
    -------
    Tensor
        Of the broadcast shape; bool. NaN equals nothing. The in-place form writes 0 and 1.

    Notes
    -----
    Unlike PyTorch, uint16, uint32, uint64 and float8 can be ordered.
    """
def neg(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The elements of `self` with their sign turned; unsigned integers wrap.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but bool and float8.

    Raises
    ------
    NotImplementedError
        If `self` is bool: use `logical_not`.

    Notes
    -----
    Unlike PyTorch, uint16, uint32 and uint64 are supported.
    """
def neg_(self: Tensor) -> Tensor:
    """The elements of `self` with their sign turned; unsigned integers wrap.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but bool and float8.

    Raises
    ------
    NotImplementedError
        If `self` is bool: use `logical_not`.

    Notes
    -----
    Unlike PyTorch, uint16, uint32 and uint64 are supported.
    """
def negative(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `neg`."""
def negative_(self: Tensor) -> Tensor:
    """Another name of `neg`."""
@overload
def new_empty(self: Tensor, size: Ints, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """As the function of this name without `new_`; dtype and device are those of `self` unless given."""
@overload
def new_empty(self: Tensor, *size: Int, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor: ...
def new_empty_strided(self: Tensor, size: Ints, stride: Ints, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """As the function of this name without `new_`; dtype and device are those of `self` unless given."""
def new_full(self: Tensor, size: Ints, fill_value: Number, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """As the function of this name without `new_`; dtype and device are those of `self` unless given."""
@overload
def new_ones(self: Tensor, size: Ints, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """As the function of this name without `new_`; dtype and device are those of `self` unless given."""
@overload
def new_ones(self: Tensor, *size: Int, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor: ...
@overload
def new_zeros(self: Tensor, size: Ints, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """As the function of this name without `new_`; dtype and device are those of `self` unless given."""
@overload
def new_zeros(self: Tensor, *size: Int, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor: ...
def nextafter(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The number next to `self` in the direction of `other`, in their common dtype; `other` where both are equal.

    Parameters
    ----------
    self : Tensor
        Any shape; floats but float8.
    other : Tensor
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype; NaN where either is.
    """
def nextafter_(self: Tensor, other: Tensor) -> Tensor:
    """The number next to `self` in the direction of `other`, in their common dtype; `other` where both are equal.

    Parameters
    ----------
    self : Tensor
        Any shape; floats but float8.
    other : Tensor
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype; NaN where either is.
    """
def nll_loss(input: Tensor, target: Tensor, weight: Tensor | None = None, ignore_index: Int = -100, reduction: Str = 'mean') -> Tensor:
    """The negative log likelihood of class indices: ``-input[target]`` for each row of log probabilities.

    Parameters
    ----------
    input : Tensor
        Log probabilities, (C,), (N, C) or (N, C, d1, ...).
    target : Tensor
        int64 class indices, of the sizes of `input` without C.
    weight : Tensor, optional
        (C,); a factor for each class.
    ignore_index : int
        Targets of this value do not count.
    reduction : str
        'none', 'sum', or 'mean': the sum divided by the weights of the targets that count; NaN when there is none.

    Raises
    ------
    IndexError
        If a target is no class.
    ShapeError
        If sizes do not fit together.
    """
@overload
def nonzero(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The indices of all elements that are not zero, in row-major order.

    Parameters
    ----------
    self : Tensor

    Returns
    -------
    Tensor
        int64, one row per element and one column per dimension.

    Notes
    -----
    On CUDA the call waits for the device, since the size of the result depends on the elements; it cannot be captured.
    """
@overload
def nonzero(self: Tensor, *, as_tuple: Bool) -> Tensor | Sequence[Tensor]: ...
def nonzero_static(self: Tensor, *, size: Int, fill_value: Int = -1, out: Tensor | None = None) -> Tensor:
    """The indices of the first `size` elements that are not zero, with rows of `fill_value` behind them.

    Raises
    ------
    RuntimeError
        If `size` is negative.
    """
def norm(self: Tensor, p: Number = 2, dim: Ints | None = None, keepdim: Bool = False, *, dtype: DtypeLike | None = None) -> Tensor:
    """The vector norm of `self`: `linalg_vector_norm` with `p` for its order."""
def norm_except_dim(v: Tensor, pow: Int = 2, dim: Int = 0) -> Tensor:
    """The norm over all dimensions but one.

    Parameters
    ----------
    v : Tensor
        float16, bfloat16, float32 or float64.
    pow : int
        The order of the norm.
    dim : int
        The dimension that stays; -1 for none.

    Returns
    -------
    Tensor
        With ones for the other dimensions; 0-dim for -1.
    """
@overload
def normal(mean: Tensor, std: Tensor, *, generator: Generator | None = None) -> Tensor:
    """Normal numbers, each of its own mean and standard deviation.

    Parameters
    ----------
    mean : Tensor or float
        float16, bfloat16, float32 or float64.
    std : Tensor or float
        Not negative, of such a dtype and broadcastable with `mean`; at least one of both is a tensor, unless there is a `size`.
    size : sequence of int, optional
    generator : Generator, optional
        The default one of the device when absent.

    Returns
    -------
    Tensor
        Of the broadcast sizes, of the dtype of the first of both that is a tensor.

    Raises
    ------
    RuntimeError
        If a standard deviation is negative; in a tensor on the CPU only.
    """
@overload
def normal(mean: Tensor, std: Float = 1, *, generator: Generator | None = None) -> Tensor: ...
@overload
def normal(mean: Float, std: Tensor, *, generator: Generator | None = None) -> Tensor: ...
@overload
def normal(mean: Float, std: Float, size: Ints, *, generator: Generator | None = None, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor: ...
def normal_(self: Tensor, mean: Float = 0, std: Float = 1, *, generator: Generator | None = None) -> Tensor:
    """Fills `self` with numbers of the normal distribution of mean `mean` and standard deviation `std`.

    Box and Muller's method on the numbers that `uniform_` describes, the same bits on every device.

    Parameters
    ----------
    self : Tensor
        float16, bfloat16, float32 or float64, of any strides.
    mean : float
    std : float
        Not negative.
    generator : Generator, optional
        The default one of the device of `self` when absent.

    Raises
    ------
    RuntimeError
        If `std` is negative.
    NotImplementedError
        For other dtypes.
    """
def not_equal(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Another name of `ne`."""
def not_equal_(self: Tensor, other: Tensor | Number) -> Tensor:
    """Another name of `ne`."""
@overload
def nuclear_norm(self: Tensor, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor:
    """The sum of the singular values of a matrix, or of the matrices of two dimensions."""
@overload
def nuclear_norm(self: Tensor, dim: Ints, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor: ...
def numpy_T(self: Tensor) -> Tensor:
    """A view with all dimensions in reverse order: Tensor.T."""
def one_hot(self: Tensor, num_classes: Int = -1) -> Tensor:
    """A new last dimension that is 1 at the index of each element and 0 elsewhere.

    Parameters
    ----------
    self : Tensor
        int64 or int32.
    num_classes : int
        The size of the new dimension; by default one more than the largest element.

    Returns
    -------
    Tensor
        int64.

    Raises
    ------
    RuntimeError
        If an element is negative or not below `num_classes`.

    Notes
    -----
    On CUDA `num_classes` has to be given, and an element out of range is reported when the device is next waited for.
    """
@overload
def ones(size: Ints, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """A tensor filled with ones; float32 on the CPU by default."""
@overload
def ones(*size: Int, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor: ...
def ones_like(self: Tensor, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, memory_format: MemoryFormat | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """Of the sizes and, where they are dense, the strides of `self`.

    dtype and device are those of `self` unless given; `memory_format` asks for another layout.
    """
def orgqr(self: Tensor, input2: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The first columns of the product of reflectors, as `geqrf` returns them.

    Parameters
    ----------
    self : Tensor
        Of sizes (..., m, n) with m >= n; column i holds below the diagonal the vector of reflector i.
    tau : Tensor
        Of sizes (..., k) with k <= n: their scales.

    Returns
    -------
    Tensor
        Of sizes (..., m, n).
    """
def ormqr(self: Tensor, input2: Tensor, input3: Tensor, left: Bool = True, transpose: Bool = False, *, out: Tensor | None = None) -> Tensor:
    """The product of a matrix with the product Q of reflectors, as `geqrf` returns them, without making Q.

    Parameters
    ----------
    self, input2 : Tensor
        The reflectors (..., m, k) and their scales (..., k).
    input3 : Tensor
        Of sizes (..., m, n), or (..., n, m) where Q stands at the right.
    left : bool
        Whether Q stands at the left.
    transpose : bool
        Multiply by Q.mH in place of Q.
    """
def outer(self: Tensor, vec2: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The outer product of two vectors: `result[i, j] = self[i] * vec2[j]`, promoted as `mul`."""
def pad(input: Tensor, pad: Ints, mode: Str = 'constant', value: Float | None = None) -> Tensor:
    """Adds positions before and after the last dimensions of a tensor.

    Parameters
    ----------
    input : Tensor
        Any dtype.
    pad : int[]
        Two numbers per dimension, last dimension first: positions to add before and after. Negative ones take elements away.
    mode : str
        'constant' for `value`, in any number of dimensions. In the last 1, 2 or 3 dimensions with one or two before them:
        'reflect' for the elements next to the edge, the edge itself not repeated; 'replicate' for the edge; 'circular' for the
        elements of the other end.
    value : float, optional
        0 by default; only for 'constant'.

    Returns
    -------
    Tensor
        A copy, row-major.

    Raises
    ------
    RuntimeError
        If `pad` has an odd length or more than two numbers per dimension, nothing is left, 'reflect' reaches the size of its
        dimension or 'circular' exceeds it, another mode than 'constant' has a `value`, or the dtype cannot hold it.
    NotImplementedError
        For another mode, or another number of dimensions.
    """
def pairwise_distance(x1: Tensor, x2: Tensor, p: Float = 2.0, eps: Float = 1e-06, keepdim: Bool = False) -> Tensor:
    """The p-norm of ``x1 - x2 + eps`` along the last dimension.

    Parameters
    ----------
    x1, x2 : Tensor
        (N, D) or (D,); broadcast with each other.
    p : float
    eps : float
        Added to every coordinate, so that the norm has a gradient at zero.
    keepdim : bool

    Returns
    -------
    Tensor
        (N,), or (N, 1) with `keepdim`.
    """
def pdist(self: Tensor, p: Float = 2.0) -> Tensor:
    """The p-norm of the difference of every two rows of a matrix, each pair once.

    Parameters
    ----------
    self : Tensor
        (N, D).
    p : float

    Returns
    -------
    Tensor
        (N (N - 1) / 2,): the upper triangle of `cdist`, row by row.
    """
@overload
def permute(self: Tensor, dims: Ints) -> Tensor:
    """A view with the dimensions in the order of `dims`."""
@overload
def permute(self: Tensor, *dims: Int) -> Tensor: ...
@overload
def permute_copy(self: Tensor, dims: Ints, *, out: Tensor | None = None) -> Tensor:
    """A row-major copy of what the view of this name without `_copy` shows."""
@overload
def permute_copy(self: Tensor, *dims: Int, out: Tensor | None = None) -> Tensor: ...
def pinverse(self: Tensor, rcond: Float = 1e-15) -> Tensor:
    """The pseudo-inverses of matrices, with singular values larger than `rcond` times the largest."""
def pixel_shuffle(self: Tensor, upscale_factor: Int, *, out: Tensor | None = None) -> Tensor:
    """Moves channels into positions: (..., C r r, H, W) becomes (..., C, H r, W r).

    Parameters
    ----------
    self : Tensor
        With 3 dimensions or more, of any dtype.
    upscale_factor : int
        r.

    Raises
    ------
    RuntimeError
        If the channels are not divisible by its square.

    References
    ----------
    Shi et al., Real-Time Single Image and Video Super-Resolution, arXiv:1609.05158.
    """
def pixel_unshuffle(self: Tensor, downscale_factor: Int, *, out: Tensor | None = None) -> Tensor:
    """Moves positions into channels: (..., C, H r, W r) becomes (..., C r r, H, W).

    Parameters
    ----------
    self : Tensor
        With 3 dimensions or more, of any dtype.
    downscale_factor : int
        r.

    Raises
    ------
    RuntimeError
        If height or width are not divisible by it.
    """
def poisson(self: Tensor, generator: Generator | None = None) -> Tensor:
    """Numbers of Poisson's distribution, whose rates are the elements of `self`.

    Parameters
    ----------
    self : Tensor
        float16, bfloat16, float32 or float64; not negative.
    generator : Generator, optional
        The default one of the device of `self` when absent.

    Returns
    -------
    Tensor
        Row-major, of the sizes and dtype of `self`. The same for any number of threads.

    Raises
    ------
    RuntimeError
        If an element is negative. On CUDA, where elements are not looked at by the host, NaN results there instead.
    NotImplementedError
        For other dtypes.
    """
def poisson_nll_loss(input: Tensor, target: Tensor, log_input: Bool, full: Bool, eps: Float, reduction: Str) -> Tensor:
    """The negative log likelihood of counts under Poisson distributions, without ``log(t!)``.

    ``exp(x) - t x``, or ``x - t log(x + eps)`` for rates.

    Parameters
    ----------
    input : Tensor
        Logarithms of the rates, or the rates.
    target : Tensor
        Counts t, broadcast with `input`.
    log_input : bool
        Whether `input` has logarithms.
    full : bool
        Adds Stirling's approximation of ``log(t!)`` where t > 1.
    eps : float
        Keeps the logarithm of a rate from zero.
    reduction : str
        'none', 'mean' or 'sum'.
    """
def polar(abs: Tensor, angle: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Complex numbers from their absolute values and angles: abs * cos(angle) + i * abs * sin(angle).

    Parameters
    ----------
    abs, angle : Tensor
        Both float32 or both float64; broadcast together. Angles in radians.

    Raises
    ------
    RuntimeError
        If the dtypes differ or are others.
    """
@overload
def polygamma(n: Int, self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The derivative of order `n` of `digamma` at each element of `self`.

    Parameters
    ----------
    n : int
        0 for `digamma` itself.
    self : Tensor
        Any shape; any real dtype but float8. Integers and bool give the default dtype; all but float64 is computed
        in float64 and rounded.

    Returns
    -------
    Tensor
        Infinite at 0 and negative integers.

    Raises
    ------
    RuntimeError
        If `n` is negative.
    """
@overload
def polygamma(self: Tensor, n: Int, *, out: Tensor | None = None) -> Tensor: ...
def polygamma_(self: Tensor, n: Int) -> Tensor:
    """The derivative of order `n` of `digamma` at each element of `self`.

    Parameters
    ----------
    n : int
        0 for `digamma` itself.
    self : Tensor
        Any shape; any real dtype but float8. Integers and bool give the default dtype; all but float64 is computed
        in float64 and rounded.

    Returns
    -------
    Tensor
        Infinite at 0 and negative integers.

    Raises
    ------
    RuntimeError
        If `n` is negative.
    """
def positive(self: Tensor) -> Tensor:
    """`self`, as ``+x`` gives it. Any dtype but bool."""
@overload
def pow(self: Tensor, exponent: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """`self` to the power of `exponent`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; integers, which wrap, floats but float8, and complex dtypes.
    exponent : Tensor or Scalar
        Broadcastable with `self`. The numbers 1, 2, 3, -1, -2, 0.5 and -0.5 are products, quotients and square roots.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.

    Raises
    ------
    RuntimeError
        If integers are to be raised to a negative integer, or a number as exponent does not fit the dtype.

    Notes
    -----
    In a tensor of exponents a negative integer gives what the reciprocal truncates to: 0, but for 1 and -1.
    """
@overload
def pow(self: Number, exponent: Tensor, *, out: Tensor | None = None) -> Tensor: ...
def pow_(self: Tensor, exponent: Tensor | Number) -> Tensor:
    """`self` to the power of `exponent`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; integers, which wrap, floats but float8, and complex dtypes.
    exponent : Tensor or Scalar
        Broadcastable with `self`. The numbers 1, 2, 3, -1, -2, 0.5 and -0.5 are products, quotients and square roots.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.

    Raises
    ------
    RuntimeError
        If integers are to be raised to a negative integer, or a number as exponent does not fit the dtype.

    Notes
    -----
    In a tensor of exponents a negative integer gives what the reciprocal truncates to: 0, but for 1 and -1.
    """
def prelu(self: Tensor, weight: Tensor) -> Tensor:
    """x for each element x of `self` above 0, else x times a weight that is learned: one for all, or one per channel.

    Parameters
    ----------
    self : Tensor
        Any shape; floating dtypes but float8. Channels lie along dimension 1.
    weight : Tensor
        Of the same dtype, with at most one dimension and one element, or one per channel.

    Raises
    ------
    RuntimeError
        If the dtypes differ, or the weight has another shape.

    Notes
    -----
    Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015.
    """
@overload
def prod(self: Tensor, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
    """The product of the elements of `self`, over all or along one dimension.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8 and complex.
    dim : int
    keepdim : bool
        Keep the reduced dimension with size one.
    dtype : dtype, optional
        Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

    Returns
    -------
    Tensor
        1 where there are no elements. Floating dtypes are multiplied in float64 and rounded once.

    Notes
    -----
    The first derivative holds with zeros among the elements; the second takes the zeros as constant.
    """
@overload
def prod(self: Tensor, dim: Int, keepdim: Bool = False, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor: ...
def put(self: Tensor, index: Tensor, source: Tensor, accumulate: Bool = False) -> Tensor:
    """A copy of `self`, taken as one dimension, with elements replaced at indices.

    Parameters
    ----------
    self : Tensor
    index : Tensor
        int64 or int32 of any sizes; negative indices count from the end.
    source : Tensor
        Of the dtype of `self`, with as many elements as `index`.
    accumulate : bool
        Add to the elements instead of replacing them. Otherwise, of several values for one element, the last stays.

    Raises
    ------
    IndexError
        If an index is out of range, and nothing is written then; or if the numbers of elements differ.
    RuntimeError
        If the dtypes differ.
    """
def put_(self: Tensor, index: Tensor, source: Tensor, accumulate: Bool = False) -> Tensor:
    """A copy of `self`, taken as one dimension, with elements replaced at indices.

    Parameters
    ----------
    self : Tensor
    index : Tensor
        int64 or int32 of any sizes; negative indices count from the end.
    source : Tensor
        Of the dtype of `self`, with as many elements as `index`.
    accumulate : bool
        Add to the elements instead of replacing them. Otherwise, of several values for one element, the last stays.

    Raises
    ------
    IndexError
        If an index is out of range, and nothing is written then; or if the numbers of elements differ.
    RuntimeError
        If the dtypes differ.
    """
def qr(self: Tensor, some: Bool = True, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The factors of `linalg_qr`, reduced where `some`, otherwise complete."""
@overload
def quantile(self: Tensor, q: Tensor, dim: Int | None = None, keepdim: Bool = False, *, interpolation: Str = 'linear', out: Tensor | None = None) -> Tensor:
    """The quantiles of `self`, of all elements or along one dimension.

    Parameters
    ----------
    self : Tensor
        float32 or float64.
    q : float or Tensor
        In [0, 1]; a tensor has the dtype of `self` and at most one dimension. On CUDA its range is not checked.
    dim : int, optional
        All elements when absent.
    keepdim : bool
        Keep the reduced dimensions with size one.
    interpolation : str
        Of two neighbours: "linear", "lower", "higher", "midpoint" or "nearest".

    Returns
    -------
    Tensor
        The dimension of `q`, if it has one, comes first. NaN where there is one.

    Raises
    ------
    RuntimeError
        If `self` is empty, or `q` is out of range or of another dtype.
    IndexError
        If the dimension is out of range.
    """
@overload
def quantile(self: Tensor, q: Float, dim: Int | None = None, keepdim: Bool = False, *, interpolation: Str = 'linear', out: Tensor | None = None) -> Tensor: ...
def rad2deg(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Radians as degrees. Any real dtype but float8; integers and bool give the default dtype."""
def rad2deg_(self: Tensor) -> Tensor:
    """Radians as degrees. Any real dtype but float8; integers and bool give the default dtype."""
@overload
def rand(size: Ints, *, generator: Generator | None = None, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """Numbers drawn evenly from [0, 1), as `uniform_` draws them.

    Parameters
    ----------
    size : sequence of int
    generator : Generator, optional
        The default one of the device when absent.
    dtype : dtype, optional
        A floating dtype but float8; float32 by default.
    device : device, optional
        The CPU by default.

    Raises
    ------
    NotImplementedError
        For other dtypes.
    """
@overload
def rand(*size: Int, generator: Generator | None = None, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor: ...
def rand_like(self: Tensor, *, generator: Generator | None = None, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """As `rand`, of the sizes of `self`; dtype and device are those of `self` unless given."""
@overload
def randint(low: Int, high: Int, size: Ints, *, generator: Generator | None = None, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """Integers drawn evenly from [low, high), as `random_` draws them.

    Parameters
    ----------
    low : int
        0 by default.
    high : int
    size : sequence of int
    generator : Generator, optional
        The default one of the device when absent.
    dtype : dtype, optional
        Any dtype but float8 and complex; int64 by default.
    device : device, optional
        The CPU by default.

    Raises
    ------
    RuntimeError
        If `low` is not less than `high`, or a bound is outside the dtype.
    NotImplementedError
        For float8 and complex dtypes.
    """
@overload
def randint(high: Int, size: Ints, *, generator: Generator | None = None, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor: ...
@overload
def randint_like(self: Tensor, high: Int, *, generator: Generator | None = None, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """As `randint`, of the sizes of `self`; dtype and device are those of `self` unless given."""
@overload
def randint_like(self: Tensor, low: Int, high: Int, *, generator: Generator | None = None, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor: ...
@overload
def randn(size: Ints, *, generator: Generator | None = None, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """Standard normal numbers, as `normal_` draws them.

    Parameters
    ----------
    size : sequence of int
    generator : Generator, optional
        The default one of the device when absent.
    dtype : dtype, optional
        A floating dtype but float8; float32 by default.
    device : device, optional
        The CPU by default.

    Raises
    ------
    NotImplementedError
        For other dtypes.
    """
@overload
def randn(*size: Int, generator: Generator | None = None, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor: ...
def randn_like(self: Tensor, *, generator: Generator | None = None, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """As `randn`, of the sizes of `self`; dtype and device are those of `self` unless given."""
@overload
def random_(self: Tensor, *, generator: Generator | None = None) -> Tensor:
    """Fills `self` with integers drawn evenly from [from, to).

    Parameters
    ----------
    self : Tensor
        Any dtype but float8 and complex, of any strides.
    from : int
        0 by default.
    to : int, optional
        By default one beyond the largest integer of the dtype; of a floating dtype, the largest up to which it has them all.
    generator : Generator, optional
        The default one of the device of `self` when absent.

    Raises
    ------
    RuntimeError
        If `from` is not less than `to`, or a bound is outside the dtype.
    NotImplementedError
        For float8 and complex dtypes.

    Notes
    -----
    The integer is the high half of the product of a 64-bit random number and the number of integers (Lemire, ACM TOMACS 2019),
    so none is more likely than another by more than one part in 2^64 / (to - from).
    """
@overload
def random_(self: Tensor, to: Int, *, generator: Generator | None = None) -> Tensor: ...
@overload
def random_(self: Tensor, from_: Int, to: Int | None, *, generator: Generator | None = None) -> Tensor: ...
def randperm(n: Int, *, generator: Generator | None = None, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """The numbers 0 to n - 1 in random order.

    Parameters
    ----------
    n : int
    generator : Generator, optional
        The default one of the device when absent.
    dtype : dtype, optional
        int64 by default.
    device : device, optional
        The CPU by default.

    Raises
    ------
    RuntimeError
        If `n` is negative or the dtype does not have all the numbers.

    Notes
    -----
    Each number gets a random key of 64 bits and the keys are sorted, so that all devices give the same order.
    """
def range(start: Number, end: Number, step: Number = 1, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """Numbers from `start` to `end`, which is included where a step meets it; prefer `arange`.

    Parameters
    ----------
    start, end, step : number
    dtype : dtype, optional
        float32 by default.
    device : device, optional
        The CPU by default.

    Raises
    ------
    RuntimeError
        If `step` is 0 or leads away from `end`.
    """
def ravel(self: Tensor) -> Tensor:
    """The elements as one dimension: a view of a contiguous tensor, else a copy."""
def rdiv(self: Tensor, other: Tensor | Number) -> Tensor:
    """Divides `other` by `self`: `div` with its operands exchanged, as in ``2 / x``."""
def real(self: Tensor) -> Tensor:
    """A view of the real parts; a real tensor itself."""
def reciprocal(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """1 / x for each element x of `self`. Dtypes as for `exp`."""
def reciprocal_(self: Tensor) -> Tensor:
    """1 / x for each element x of `self`. Dtypes as for `exp`."""
def recurrent_layer(gates: Tensor, h0: Tensor, c0: Tensor | None, weight: Tensor, bias: Tensor | None, projection: Tensor | None, batch_sizes: Ints, mode: Str, reverse: Bool = False) -> tuple[Tensor, Tensor, Tensor | None]:
    """One direction of one layer of an LSTM, a GRU or a plain recurrent network, from the products of its input.

    With a row's gates in blocks of H and p = h W^T + bias, element by element:
    lstm: ``c' = s(f) c + s(i) tanh(g)``, ``h' = s(o) tanh(c')`` for the blocks i, f, g, o of gates + p; ``h'`` is then projected.
    gru: ``h' = (1 - s(z)) n + s(z) h``, ``n = tanh(a_n + s(r) p_n)`` for the blocks r, z of gates + p.
    rnn_tanh, rnn_relu: ``h' = tanh(gates + p)``, ``max(gates + p, 0)``.

    Parameters
    ----------
    gates : Tensor
        (N, 4 H), (N, 3 H) or (N, H): input rows times the input weight; the rows of all times one after the other.
    h0 : Tensor
        (B, P) with P = H without a projection.
    c0 : Tensor, optional
        (B, H); of an lstm.
    weight : Tensor
        (4 H, P), (3 H, P) or (H, P).
    bias : Tensor, optional
        One number for each row of weight.
    projection : Tensor, optional
        (P, H); of an lstm.
    batch_sizes : int[]
        How many rows each time has: the entries of the batch that are that long, B at first, never ascending.
    mode : str
        'lstm', 'gru', 'rnn_tanh' or 'rnn_relu'.
    reverse : bool
        From the last time to the first.

    Returns
    -------
    out : Tensor
        (N, P): h' of every row.
    h_n : Tensor
        (B, P): the last state of each entry.
    c_n : Tensor or None
        (B, H)

    Raises
    ------
    RuntimeError
        If sizes do not fit together.
    NotImplementedError
        For other dtypes than float16, bfloat16, float32 and float64; half types are computed in float32.
    """
def relu(self: Tensor) -> Tensor:
    """max(x, 0) for each element x of `self`; NaN stays. Integer and floating dtypes but float8."""
def relu6(self: Tensor) -> Tensor:
    """`hardtanh` with the bounds 0 and 6."""
def relu6_(self: Tensor) -> Tensor:
    """`hardtanh` with the bounds 0 and 6."""
def relu_(self: Tensor) -> Tensor:
    """max(x, 0) for each element x of `self`; NaN stays. Integer and floating dtypes but float8."""
def relu_backward(grad: Tensor, output: Tensor) -> Tensor:
    """The gradient of relu by its output: `grad` where `output` is not 0 or less, else 0."""
@overload
def remainder(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """The remainder of `self` divided by `other`, with the sign of `other`, as Python's ``%``.

    Parameters
    ----------
    self : Tensor
        Any shape; integers and floats but float8.
    other : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype.

    Raises
    ------
    RuntimeError
        "ZeroDivisionError" for an integer divided by zero; on CUDA the remainder is the dividend then.
    """
@overload
def remainder(self: Number, other: Tensor, *, out: Tensor | None = None) -> Tensor: ...
def remainder_(self: Tensor, other: Tensor | Number) -> Tensor:
    """The remainder of `self` divided by `other`, with the sign of `other`, as Python's ``%``.

    Parameters
    ----------
    self : Tensor
        Any shape; integers and floats but float8.
    other : Tensor or Scalar
        Broadcastable with `self`.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype.

    Raises
    ------
    RuntimeError
        "ZeroDivisionError" for an integer divided by zero; on CUDA the remainder is the dividend then.
    """
def renorm(self: Tensor, p: Number, dim: Int, maxnorm: Number, *, out: Tensor | None = None) -> Tensor:
    """Shortens the slices along a dimension whose p-norm exceeds a limit.

    Parameters
    ----------
    self : Tensor
        Of 2 dimensions or more.
    p : number
        The order of the norm, positive.
    dim : int
        Each of whose entries is a slice.
    maxnorm : number
        The limit.

    Raises
    ------
    RuntimeError
        If `p` is not positive, `maxnorm` is negative or `self` has fewer than 2 dimensions.
    """
def renorm_(self: Tensor, p: Number, dim: Int, maxnorm: Number) -> Tensor:
    """Shortens the slices along a dimension whose p-norm exceeds a limit.

    Parameters
    ----------
    self : Tensor
        Of 2 dimensions or more.
    p : number
        The order of the norm, positive.
    dim : int
        Each of whose entries is a slice.
    maxnorm : number
        The limit.

    Raises
    ------
    RuntimeError
        If `p` is not positive, `maxnorm` is negative or `self` has fewer than 2 dimensions.
    """
@overload
def repeat(self: Tensor, repeats: Ints) -> Tensor:
    """A copy that repeats the tensor along each dimension.

    Parameters
    ----------
    repeats : sequence of int
        One number per dimension; more numbers than dimensions add leading dimensions.
    """
@overload
def repeat(self: Tensor, *repeats: Int) -> Tensor: ...
@overload
def repeat_interleave(self: Tensor, repeats: Int, dim: Int | None = None, *, output_size: Int | None = None) -> Tensor:
    """A copy that repeats each index of a dimension `repeats` times in place.

    Without `dim` the elements are taken as one dimension. `output_size`, where given, has to be the size of the dimension in the
    result.
    """
@overload
def repeat_interleave(self: Tensor, repeats: Tensor, dim: Int | None = None, *, output_size: Int | None = None) -> Tensor: ...
@overload
def repeat_interleave(repeats: Tensor, *, output_size: Int | None = None) -> Tensor: ...
@overload
def reshape(self: Tensor, shape: Ints) -> Tensor:
    """As `view`, but copies where strides do not allow a view."""
@overload
def reshape(self: Tensor, *shape: Int) -> Tensor: ...
def reshape_as(self: Tensor, other: Tensor) -> Tensor:
    """The elements with the sizes of `other`, as `reshape` gives them."""
@overload
def resize_(self: Tensor, size: Ints, *, memory_format: MemoryFormat | None = None) -> Tensor:
    """Gives the tensor other sizes in row-major layout, keeping the elements that fit, in storage order.

    New elements are not initialised. Tensors that share the storage stay where they are if it has to grow.

    Raises
    ------
    RuntimeError
        If a size is negative, the tensor requires grad, or its memory belongs to somebody else and is too small.
    """
@overload
def resize_(self: Tensor, *size: Int, memory_format: MemoryFormat | None = None) -> Tensor: ...
def resize_as_(self: Tensor, the_template: Tensor, *, memory_format: MemoryFormat | None = None) -> Tensor:
    """Gives the tensor other sizes in row-major layout, keeping the elements that fit, in storage order.

    New elements are not initialised. Tensors that share the storage stay where they are if it has to grow.

    Raises
    ------
    RuntimeError
        If a size is negative, the tensor requires grad, or its memory belongs to somebody else and is too small.
    """
def resolve_conj(self: Tensor) -> Tensor:
    """The tensor itself: it is conjugated and negated when that is asked for, not when it is read."""
def resolve_neg(self: Tensor) -> Tensor:
    """The tensor itself: it is conjugated and negated when that is asked for, not when it is read."""
def rfloor_divide(self: Tensor, other: Tensor | Number) -> Tensor:
    """Divides `other` by `self` and rounds down: `floor_divide` with its operands exchanged, as in ``2 // x``."""
def rms_norm(input: Tensor, normalized_shape: Ints, weight: Tensor | None = None, eps: Float | None = None) -> Tensor:
    """Root-mean-square normalisation over the last dimensions: ``x * rstd * weight``.

    `rstd` is ``1 / sqrt(mean(x * x) + eps)`` over the normalised elements.

    Parameters
    ----------
    input : Tensor
        float16, bfloat16, float32 or float64.
    normalized_shape : int[]
        The last sizes of `input`.
    weight : Tensor, optional
        Of sizes `normalized_shape`. With a half `input` it may be float32.
    eps : float, optional
        Added to the mean; by default the spacing of numbers at 1 in the dtype of `input`.

    Returns
    -------
    Tensor
        Like `input`, contiguous. Half types are computed in float32.

    Raises
    ------
    ShapeError
        If sizes do not fit together.

    References
    ----------
    Zhang and Sennrich, Root Mean Square Layer Normalization, arXiv:1910.07467.
    """
def roll(self: Tensor, shifts: Ints, dims: Ints = ()) -> Tensor:
    """A copy in which elements move by `shifts` along `dims`; what leaves at one end comes in at the other.

    Without `dims` the tensor is rolled as if it had one dimension, and keeps its sizes.
    """
def rot90(self: Tensor, k: Int = 1, dims: Ints = (0, 1)) -> Tensor:
    """A copy turned `k` times by a quarter in the plane of two dimensions.

    Parameters
    ----------
    self : Tensor
        At least two dimensions.
    k : int
        Turns from the first of the dimensions to the second; negative ones turn back.
    dims : sequence of int
        The two dimensions of the plane.

    Raises
    ------
    RuntimeError
        If there are fewer dimensions, or `dims` are not two different ones.
    """
def rotary_embedding(x: Tensor, cos: Tensor, sin: Tensor, *, interleaved: Bool = False, inverse: Bool = False) -> Tensor:
    """Turns pairs of the last dimension by given angles: rotary position embedding.

    A pair (a, b) becomes ``(a cos - b sin, b cos + a sin)``.

    Parameters
    ----------
    x : Tensor
        (..., T, D) with D even, of any strides; float16, bfloat16, float32 or float64.
    cos, sin : Tensor
        (T, D / 2), or broadcast with the leading sizes of `x`. With a half `x` they may be float32.
    interleaved : bool
        Whether pairs are neighbours; otherwise they are ``x[i]`` and ``x[i + D / 2]``.
    inverse : bool
        Whether to turn back.

    Returns
    -------
    Tensor
        Like `x`. Half types are computed in float32.

    Raises
    ------
    ShapeError
        If sizes do not fit together.

    References
    ----------
    Su et al., RoFormer: Enhanced Transformer with Rotary Position Embedding, arXiv:2104.09864.
    """
@overload
def round(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The integers nearest to the elements of `self`, halves to even. Integer and floating dtypes but float8; integers are copied."""
@overload
def round(self: Tensor, *, decimals: Int, out: Tensor | None = None) -> Tensor: ...
@overload
def round_(self: Tensor) -> Tensor:
    """The integers nearest to the elements of `self`, halves to even. Integer and floating dtypes but float8; integers are copied."""
@overload
def round_(self: Tensor, *, decimals: Int) -> Tensor: ...
def row_stack(tensors: Sequence[Tensor], *, out: Tensor | None = None) -> Tensor:
    """Another name of `vstack`."""
def rpow(self: Tensor, other: Tensor | Number) -> Tensor:
    """`other` to the power of `self`: `pow` with its operands exchanged, as in ``2 ** x``."""
def rrelu(self: Tensor, lower: Number = 0.125, upper: Number = 0.3333333333333333, training: Bool = False, generator: Generator | None = None) -> Tensor:
    """x for each element x of `self` above 0, else x times a slope between `lower` and `upper`.

    Parameters
    ----------
    self : Tensor
        Any shape; floating dtypes but float8.
    lower, upper : Scalar
    training : bool
        Draws a slope for each element, uniformly; else all have the mean of the bounds.
    generator : Generator, optional
        Default: that of the device.

    Raises
    ------
    RuntimeError
        If `lower` is above `upper`, or, in training, one of them is not finite.

    Notes
    -----
    Source: Xu, Wang, Chen and Li, "Empirical evaluation of rectified activations in convolutional network", 2015.
    """
def rrelu_(self: Tensor, lower: Number = 0.125, upper: Number = 0.3333333333333333, training: Bool = False, generator: Generator | None = None) -> Tensor:
    """x for each element x of `self` above 0, else x times a slope between `lower` and `upper`.

    Parameters
    ----------
    self : Tensor
        Any shape; floating dtypes but float8.
    lower, upper : Scalar
    training : bool
        Draws a slope for each element, uniformly; else all have the mean of the bounds.
    generator : Generator, optional
        Default: that of the device.

    Raises
    ------
    RuntimeError
        If `lower` is above `upper`, or, in training, one of them is not finite.

    Notes
    -----
    Source: Xu, Wang, Chen and Li, "Empirical evaluation of rectified activations in convolutional network", 2015.
    """
def rremainder(self: Tensor, other: Tensor | Number) -> Tensor:
    """The remainder of `other` divided by `self`: `remainder` with its operands exchanged, as in ``2 % x``."""
def rsqrt(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """1 / sqrt(x) for each element x of `self`. Dtypes as for `exp`."""
def rsqrt_(self: Tensor) -> Tensor:
    """1 / sqrt(x) for each element x of `self`. Dtypes as for `exp`."""
def rsub(self: Tensor, other: Tensor | Number, *, alpha: Number = 1) -> Tensor:
    """Subtracts `alpha * self` from `other`: `sub` with its operands exchanged, as in ``2 - x``."""
def running_affine(self: Tensor, factors: Tensor, dim: Int, reverse: Bool = False) -> Tensor:
    """Linear recurrences along one dimension: ``out[i] = self[i] + factors[i] * out[i - 1]``.

    What the gradients of running products and exponential sums are made of: no division, no overflow.

    Parameters
    ----------
    self : Tensor
        A floating or complex dtype but float8.
    factors : Tensor
        Like `self`.
    dim : int
    reverse : bool
        From the other end: ``out[i] = self[i] + factors[i] * out[i + 1]``.

    Returns
    -------
    Tensor
        Row-major; computed in float64. Nothing comes before the first element, whatever its factor is.

    Raises
    ------
    RuntimeError
        If sizes or dtypes differ.
    """
def scalar_tensor(s: Number, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """A 0-dim tensor of a number; float32 by default."""
def scale_each_(tensors: Sequence[Tensor], factor: Number | Tensor) -> None:
    """Multiplies `tensors` in place by one number.

    Parameters
    ----------
    tensors : sequence of Tensor
        float32, float64, float16 or bfloat16.
    factor : Scalar or Tensor
        A tensor of one element of a floating dtype is read on its device, which is that of `tensors`.

    Raises
    ------
    ValueError
        If `factor` is not one real number.
    NotImplementedError
        For other dtypes.
    """
def scaled_dot_product_attention(query: Tensor, key: Tensor, value: Tensor, attn_mask: Tensor | None = None, dropout_p: Float = 0.0, is_causal: Bool = False, *, scale: Float | None = None, enable_gqa: Bool = False) -> Tensor:
    """Attention: ``softmax(scale * query @ key^T + attn_mask) @ value``.

    Parameters
    ----------
    query : Tensor
        (..., Hq, L, E); float32, float64, bfloat16 or float16. Two dimensions are one head.
    key : Tensor
        (..., H, S, E), of the same dtype.
    value : Tensor
        (..., H, S, Ev), of the same dtype.
    attn_mask : Tensor, optional
        Broadcastable to (..., Hq, L, S). Of booleans, True takes part; of floats (float32 or the query's dtype), it is added
        to the scores.
    dropout_p : float
        Probability with which an attention probability is zeroed; the others are scaled by ``1 / (1 - dropout_p)``.
    is_causal : bool
        Query ``i`` sees keys up to ``i``, counted from the first of both, beside `attn_mask`.
    scale : float, optional
        ``1 / sqrt(E)`` by default.
    enable_gqa : bool
        Query heads share key heads: Hq is a multiple of H.

    Returns
    -------
    Tensor
        (..., Hq, L, Ev), laid out as (..., L, Hq, Ev), so that joining the heads copies nothing. A query that sees no key
        gets zeros.

    Raises
    ------
    RuntimeError
        If sizes or dtypes do not fit together, or `dropout_p` is outside [0, 1].
    NotImplementedError
        For other dtypes.

    Notes
    -----
    Batch dimensions broadcast. No matrix of L x S elements is made: memory is that of the operands. Only where `attn_mask` requires
    grad, or the gradient is to be differentiated again, is it made, by `composed_attention`. Half types are computed in float32. On
    CUDA it enqueues on the current stream and does not synchronise. Reference: Dao et al.,
    "FlashAttention", 2022.
    """
@overload
def scatter(self: Tensor, dim: Int, index: Tensor, src: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """A copy of `self` with elements replaced at an index each along one dimension: the reverse of `gather`.

    Parameters
    ----------
    self : Tensor
    dim : int
    index : Tensor
        int64 or int32, no larger than `self` in any dimension but `dim`, and no larger than `src`.
    src : Tensor or Scalar
        Of the dtype of `self`.

    Raises
    ------
    IndexError
        If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for.
    RuntimeError
        If the sizes or dtypes do not fit together.

    Notes
    -----
    Of several values for one element the last one along `dim` stays, on every device.
    """
@overload
def scatter(self: Tensor, dim: Int, index: Tensor, value: Number, *, out: Tensor | None = None) -> Tensor: ...
@overload
def scatter(self: Tensor, dim: Int, index: Tensor, src: Tensor, *, reduce: Str, out: Tensor | None = None) -> Tensor: ...
@overload
def scatter(self: Tensor, dim: Int, index: Tensor, value: Number, *, reduce: Str, out: Tensor | None = None) -> Tensor: ...
@overload
def scatter_(self: Tensor, dim: Int, index: Tensor, src: Tensor | Number) -> Tensor:
    """A copy of `self` with elements replaced at an index each along one dimension: the reverse of `gather`.

    Parameters
    ----------
    self : Tensor
    dim : int
    index : Tensor
        int64 or int32, no larger than `self` in any dimension but `dim`, and no larger than `src`.
    src : Tensor or Scalar
        Of the dtype of `self`.

    Raises
    ------
    IndexError
        If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for.
    RuntimeError
        If the sizes or dtypes do not fit together.

    Notes
    -----
    Of several values for one element the last one along `dim` stays, on every device.
    """
@overload
def scatter_(self: Tensor, dim: Int, index: Tensor, value: Number) -> Tensor: ...
@overload
def scatter_(self: Tensor, dim: Int, index: Tensor, src: Tensor, *, reduce: Str) -> Tensor: ...
@overload
def scatter_(self: Tensor, dim: Int, index: Tensor, value: Number, *, reduce: Str) -> Tensor: ...
def scatter_add(self: Tensor, dim: Int, index: Tensor, src: Tensor, *, out: Tensor | None = None) -> Tensor:
    """A copy of `self` with the elements of `src` added at an index each along one dimension.

    Parameters, errors and order are those of `scatter`; `self` may have any dtype but float8.
    """
def scatter_add_(self: Tensor, dim: Int, index: Tensor, src: Tensor) -> Tensor:
    """A copy of `self` with the elements of `src` added at an index each along one dimension.

    Parameters, errors and order are those of `scatter`; `self` may have any dtype but float8.
    """
def scatter_reduce(self: Tensor, dim: Int, index: Tensor, src: Tensor, reduce: Str, *, include_self: Bool = True, out: Tensor | None = None) -> Tensor:
    """A copy of `self` with the elements of `src` folded into those at an index each along one dimension.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8; complex has no "amax" and "amin", bool no "mean".
    dim : int
    index : Tensor
        int64 or int32, no larger than `self` in any dimension but `dim`, and no larger than `src`.
    src : Tensor
        Of the dtype of `self`.
    reduce : str
        "sum", "prod", "mean", "amax" or "amin". Means of integers are rounded down.
    include_self : bool
        Whether the elements of `self` are folded too; otherwise those at an index are replaced.

    Raises
    ------
    IndexError
        If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for.
    RuntimeError
        If the sizes, dtypes or the word do not fit.

    Notes
    -----
    Values are folded in the order of the indices, half types in float32.
    """
def scatter_reduce_(self: Tensor, dim: Int, index: Tensor, src: Tensor, reduce: Str, *, include_self: Bool = True) -> Tensor:
    """A copy of `self` with the elements of `src` folded into those at an index each along one dimension.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8; complex has no "amax" and "amin", bool no "mean".
    dim : int
    index : Tensor
        int64 or int32, no larger than `self` in any dimension but `dim`, and no larger than `src`.
    src : Tensor
        Of the dtype of `self`.
    reduce : str
        "sum", "prod", "mean", "amax" or "amin". Means of integers are rounded down.
    include_self : bool
        Whether the elements of `self` are folded too; otherwise those at an index are replaced.

    Raises
    ------
    IndexError
        If an index is out of range; nothing is written. On CUDA that is reported when the device is next waited for.
    RuntimeError
        If the sizes, dtypes or the word do not fit.

    Notes
    -----
    Values are folded in the order of the indices, half types in float32.
    """
@overload
def searchsorted(sorted_sequence: Tensor, self: Tensor, *, out_int32: Bool = False, right: Bool = False, side: Str | None = None, sorter: Tensor | None = None, out: Tensor | None = None) -> Tensor:
    """Where values would be inserted in sorted sequences so that these stay sorted.

    Parameters
    ----------
    sorted_sequence : Tensor
        Of one dimension, or like `self` in all dimensions but the last; sorted along the last. Any dtype but bool, float8 and
        complex.
    self : Tensor or Scalar
        The values.
    out_int32 : bool
        Give int32 instead of int64.
    right : bool
        Behind equal elements instead of before them.
    side : str, optional
        "left" or "right": the same as `right`.
    sorter : Tensor, optional
        int64, like `sorted_sequence`: the places of its elements in order, which it need not be in then.

    Returns
    -------
    Tensor
        Of the sizes of `self`.

    Raises
    ------
    RuntimeError
        If sizes or dtypes do not fit together, or `sorter` names no place of the sequence. On CUDA a search that meets such an
        entry is reported as an IndexError when the device is next waited for.
    """
@overload
def searchsorted(sorted_sequence: Tensor, self: Number, *, out_int32: Bool = False, right: Bool = False, side: Str | None = None, sorter: Tensor | None = None, out: Tensor | None = None) -> Tensor: ...
def segment_reduce(data: Tensor, reduce: Str, *, lengths: Tensor | None = None, indices: Tensor | None = None, offsets: Tensor | None = None, axis: Int = 0, unsafe: Bool = False, initial: Number | None = None, out: Tensor | None = None) -> Tensor:
    """Reduces runs of neighbours along one dimension of `data`, each to one element.

    Parameters
    ----------
    data : Tensor
        A floating dtype but float8.
    reduce : str
        "sum", "mean", "max", "min" or "prod".
    lengths : Tensor, optional
        Integers: the lengths of the runs along the last dimension; the others are those of `data` before `axis`.
    indices : Tensor, optional
        Not supported.
    offsets : Tensor, optional
        In place of `lengths`: where the runs begin, and the end of the last.
    axis : int
    unsafe : bool
        Do not check that the lengths add up to the size of the dimension.
    initial : Scalar, optional
        What each reduction starts with, and gives for a run without elements.

    Returns
    -------
    Tensor
        Like `data` with as many elements along `axis` as there are runs; runs without elements give 0, NaN, -inf, inf or 1.

    Raises
    ------
    RuntimeError
        If lengths or offsets do not fit `data`. On CUDA, offsets that do not are reported as an IndexError when the device is next
        waited for, and their runs count as empty.

    Notes
    -----
    Waits for the device to check lengths, unless `unsafe`.
    """
def select(self: Tensor, dim: Int, index: Int) -> Tensor:
    """A view of the elements at one index of a dimension, without that dimension.

    Raises
    ------
    IndexError
        If the index is out of range.
    """
def select_backward(grad: Tensor, input_size: Ints, dim: Int, index: Int) -> Tensor:
    """The gradient of select: zeros of `input_size` with `grad` where the selection was."""
def select_copy(self: Tensor, dim: Int, index: Int, *, out: Tensor | None = None) -> Tensor:
    """A row-major copy of what the view of this name without `_copy` shows."""
def select_scatter(self: Tensor, src: Tensor, dim: Int, index: Int) -> Tensor:
    """A copy of `self` in which `src` stands where the view of this name without `_scatter` looks.

    Parameters
    ----------
    self : Tensor
    src : Tensor
        Of the sizes of the view; its dtype is converted.

    Raises
    ------
    RuntimeError
        If the sizes of `src` are not those of the view.
    """
def selu(self: Tensor) -> Tensor:
    """`elu` with the alpha 1.67326... and the scale 1.05070... that keep mean 0 and variance 1. Floating dtypes but float8.

    Source: Klambauer, Unterthiner, Mayr and Hochreiter, "Self-normalizing neural networks", 2017.
    """
def selu_(self: Tensor) -> Tensor:
    """`elu` with the alpha 1.67326... and the scale 1.05070... that keep mean 0 and variance 1. Floating dtypes but float8.

    Source: Klambauer, Unterthiner, Mayr and Hochreiter, "Self-normalizing neural networks", 2017.
    """
@overload
def set_(self: Tensor) -> Tensor:
    """Makes the tensor share storage, sizes and strides of another: `source`, a part of its storage, or nothing.

    Parameters
    ----------
    source : Tensor, optional
        Of the same dtype and device. Without it the tensor becomes empty.
    storage_offset : int
        First element, counted from the start of the storage.
    size, stride : sequence of int
        Of the part; row-major by default.

    Raises
    ------
    RuntimeError
        If dtypes or devices differ, the part leaves the storage, or the tensor requires grad.
    """
@overload
def set_(self: Tensor, source: Tensor) -> Tensor: ...
@overload
def set_(self: Tensor, source: Tensor, storage_offset: Int, size: Ints, stride: Ints = ()) -> Tensor: ...
def sgd_step_(params: Sequence[Tensor], grads: Sequence[Tensor], momentum_buffers: Sequence[Tensor], *, lr: Number | Tensor, momentum: Float = 0, dampening: Float = 0, weight_decay: Float = 0, nesterov: Bool = False, maximize: Bool = False, is_first_step: Bool = False) -> None:
    """One step of stochastic gradient descent for many parameters, in place.

    With g the gradient, negated to maximise, plus `weight_decay` times the parameter: the momentum buffer b becomes
    `momentum * b + (1 - dampening) * g`, in the first step g; the parameter loses `lr * b`, by Nesterov's method
    `lr * (g + momentum * b)`, without momentum `lr * g`.

    Parameters
    ----------
    params : sequence of Tensor
        float32, float64, float16 or bfloat16; the half types are computed in float32.
    grads : sequence of Tensor
        Of the sizes and dtypes of `params`, in any memory order.
    momentum_buffers : sequence of Tensor
        Likewise; empty without momentum.
    lr : Scalar or Tensor
        A tensor holds one number of float32 or float64, and is read on its device, which is that of `params`.
    momentum, dampening, weight_decay : float
    nesterov, maximize, is_first_step : bool

    Raises
    ------
    ValueError
        If the lists differ in length, or momentum, dampening and nesterov do not fit together. Nothing is written then, as in
        all cases below.
    RuntimeError
        If sizes, dtypes or devices differ.
    NotImplementedError
        For other dtypes.

    Notes
    -----
    Enqueues on the current stream of a CUDA device; does not synchronise. The formulas are PyTorch's.
    """
def sgn(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The sign of each element of `self` as `sign` has it; of a complex one z / abs(z), 0 for 0. Any dtype but float8."""
def sgn_(self: Tensor) -> Tensor:
    """The sign of each element of `self` as `sign` has it; of a complex one z / abs(z), 0 for 0. Any dtype but float8."""
def shrink_backward(grad: Tensor, self: Tensor, lambd: Number) -> Tensor:
    """The gradient of hardshrink and softshrink by their input: `grad` where it is beyond -lambd or lambd, else 0."""
def sigmoid(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """1 / (1 + e^-x) for each element x of `self`.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8. Integers and bool give the default dtype.

    Returns
    -------
    Tensor
        Within 2.5 ulp, and the same bits on every instruction set and on CUDA devices.
    """
def sigmoid_(self: Tensor) -> Tensor:
    """1 / (1 + e^-x) for each element x of `self`.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8. Integers and bool give the default dtype.

    Returns
    -------
    Tensor
        Within 2.5 ulp, and the same bits on every instruction set and on CUDA devices.
    """
def sigmoid_backward(grad: Tensor, output: Tensor) -> Tensor:
    """The gradient of sigmoid by its output: grad * output * (1 - output)."""
def sign(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """-1, 0 or 1 by the sign of each element of `self`; 0 for NaN. Any real dtype but float8."""
def sign_(self: Tensor) -> Tensor:
    """-1, 0 or 1 by the sign of each element of `self`; 0 for NaN. Any real dtype but float8."""
def signbit(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Whether each element of `self` has its sign bit set, zeros and NaN too. Any real dtype but float8; gives bool."""
def silu(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """x sigmoid(x) for each element x of `self`, also known as swish. Floating dtypes but float8.

    Source: Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units for neural network function approximation in reinforcement
    learning", Neural Networks 107, 2018.
    """
def silu_(self: Tensor) -> Tensor:
    """x sigmoid(x) for each element x of `self`, also known as swish. Floating dtypes but float8.

    Source: Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units for neural network function approximation in reinforcement
    learning", Neural Networks 107, 2018.
    """
def silu_backward(grad: Tensor, self: Tensor) -> Tensor:
    """The gradient of silu by its input: grad * s * (1 + x * (1 - s)) with s = sigmoid(x)."""
def sin(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The sine of each element of `self`, in radians.

    Dtypes as for `exp`. Within 1 ulp.
    """
def sin_(self: Tensor) -> Tensor:
    """The sine of each element of `self`, in radians.

    Dtypes as for `exp`. Within 1 ulp.
    """
def sinc(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """``sin(pi * x) / (pi * x)`` of each element of `self`, 1 at 0.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8. Integers and bool give the default dtype.

    Returns
    -------
    Tensor
        Within 2 ulp where real, so that integers other than 0 give 0; NaN at infinities.
    """
def sinc_(self: Tensor) -> Tensor:
    """``sin(pi * x) / (pi * x)`` of each element of `self`, 1 at 0.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8. Integers and bool give the default dtype.

    Returns
    -------
    Tensor
        Within 2 ulp where real, so that integers other than 0 give 0; NaN at infinities.
    """
def sinh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The hyperbolic sine of each element of `self`, within 2 ulp. Dtypes as for `tan`."""
def sinh_(self: Tensor) -> Tensor:
    """The hyperbolic sine of each element of `self`, within 2 ulp. Dtypes as for `tan`."""
def slice(self: Tensor, dim: Int = 0, start: Int | None = None, end: Int | None = None, step: Int = 1) -> Tensor:
    """A view of the elements start, start + step, ... below `end` along one dimension.

    Negative limits count from the end; limits out of range are clamped. `step` is positive.
    """
def slice_backward(grad: Tensor, input_size: Ints, dim: Int, start: Int | None, end: Int | None, step: Int) -> Tensor:
    """The gradient of slice: zeros of `input_size` with `grad` where the slice was."""
def slice_copy(self: Tensor, dim: Int = 0, start: Int | None = None, end: Int | None = None, step: Int = 1, *, out: Tensor | None = None) -> Tensor:
    """A row-major copy of what the view of this name without `_copy` shows."""
def slice_scatter(self: Tensor, src: Tensor, dim: Int = 0, start: Int | None = None, end: Int | None = None, step: Int = 1) -> Tensor:
    """A copy of `self` in which `src` stands where the view of this name without `_scatter` looks.

    Parameters
    ----------
    self : Tensor
    src : Tensor
        Of the sizes of the view; its dtype is converted.

    Raises
    ------
    RuntimeError
        If the sizes of `src` are not those of the view.
    """
def slogdet(self: Tensor, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The determinants of matrices (..., n, n) as ``sign * exp(logabsdet)``.

    Returns
    -------
    sign : Tensor
        -1, 0 or 1, or of magnitude 1 where complex.
    logabsdet : Tensor
        Real: the logarithm of the magnitude, -inf for a singular matrix.
    """
def smooth_l1_loss(input: Tensor, target: Tensor, reduction: Str = 'mean', beta: Float = 1.0) -> Tensor:
    """The difference d of `input` and `target`: ``d ** 2 / (2 * beta)`` where |d| < `beta`, else ``|d| - beta / 2``.

    Parameters
    ----------
    input, target : Tensor
        Broadcast with each other.
    reduction : str
        'none', 'mean' or 'sum'.
    beta : float
        0 gives `l1_loss`.

    Raises
    ------
    RuntimeError
        If `beta` is negative.
    """
def soft_margin_loss(input: Tensor, target: Tensor, reduction: Str = 'mean') -> Tensor:
    """``log(1 + exp(-target * input))`` for targets 1 and -1.

    Parameters
    ----------
    input, target : Tensor
        Broadcast with each other.
    reduction : str
        'none', 'mean' or 'sum'.

    Notes
    -----
    It does not overflow.
    """
def softmax(self: Tensor, dim: Int, *, dtype: DtypeLike | None = None) -> Tensor:
    """The exponentials along a dimension, divided by their sum.

    Parameters
    ----------
    self : Tensor
        float16, bfloat16, float32 or float64; any dtype when `dtype` is one of these.
    dim : int
        The dimension along which elements sum to 1.
    dtype : dtype, optional
        What `self` is cast to first.

    Returns
    -------
    Tensor
        Of the sizes of `self`, contiguous. The greatest element is subtracted first, so that nothing overflows; half types are
        computed in float32. A row of minus infinities gives NaN.

    Raises
    ------
    IndexError
        If `dim` is out of range.
    """
def softmax_backward(grad: Tensor, output: Tensor, dim: Int) -> Tensor:
    """The gradient of `softmax`: ``output * (grad - sum(grad * output))``.

    Parameters
    ----------
    grad : Tensor
        Like `output`.
    output : Tensor
        Result of the forward.
    dim : int
        As in the forward.
    """
def softmin(self: Tensor, dim: Int, *, dtype: DtypeLike | None = None) -> Tensor:
    """`softmax` of ``-self``."""
def softplus(self: Tensor, beta: Number = 1, threshold: Number = 20, *, out: Tensor | None = None) -> Tensor:
    """log(1 + e^(beta x)) / beta for each element x of `self`; x itself where beta x exceeds `threshold`.

    Parameters
    ----------
    self : Tensor
        Any shape; floating dtypes but float8.
    beta : Scalar
    threshold : Scalar
    """
def softplus_backward(grad: Tensor, self: Tensor, beta: Number, threshold: Number) -> Tensor:
    """The gradient of softplus by its input: grad * sigmoid(beta x), or `grad` where beta x exceeds `threshold`."""
def softshrink(self: Tensor, lambd: Number = 0.5, *, out: Tensor | None = None) -> Tensor:
    """Each element x of `self` moved towards 0 by `lambd`, but not past it; NaN stays. Floating dtypes but float8.

    Raises
    ------
    RuntimeError
        If `lambd` is negative.
    """
def softsign(self: Tensor) -> Tensor:
    """``x / (1 + |x|)`` for each element x of `self`. Any real dtype but bool and float8; integers give the default dtype."""
def softsign_backward(grad: Tensor, self: Tensor) -> Tensor:
    """The gradient of softsign by its input: grad / (1 + |x|)^2."""
@overload
def sort(self: Tensor, dim: Int = -1, descending: Bool = False, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The elements of `self` in order along one dimension, and where they were.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8 and complex.
    dim : int
    descending : bool
        The largest first.

    Returns
    -------
    values : Tensor
        Of the sizes of `self`, row-major. NaN counts as the largest number.
    indices : Tensor
        int64; equal elements keep their order on every device, whether `stable` is asked for or not.

    Raises
    ------
    IndexError
        If the dimension is out of range.

    Notes
    -----
    On the CPU a radix sort of keys that order as the elements do; on CUDA a bitonic network over keys and positions.
    """
@overload
def sort(self: Tensor, *, stable: Bool, dim: Int = -1, descending: Bool = False, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]: ...
def special_airy_ai(x: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Airy's function Ai of each element of `self`.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8. Dtypes as for `special_bessel_j0`.

    Returns
    -------
    Tensor
        Within 4 ulp above 1, below within as many of its amplitude. Never requires grad.
    """
def special_bessel_j0(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The Bessel function of the first kind of order 0 of each element of `self`.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8. Integers and bool give the default dtype; all but float64 is computed
        in float64 and rounded.

    Returns
    -------
    Tensor
        0 at infinities. In float64 errors are below 8e-16; far out they fall with the amplitude. Never requires grad.
    """
def special_bessel_j1(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The Bessel function of the first kind of order 1. All else as for `special_bessel_j0`."""
def special_bessel_y0(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The Bessel function of the second kind of order 0: minus infinity at 0, NaN below. All else as for `special_bessel_j0`."""
def special_bessel_y1(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The Bessel function of the second kind of order 1: minus infinity at 0, NaN below. All else as for `special_bessel_j0`."""
@overload
def special_chebyshev_polynomial_t(x: Tensor, n: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Chebyshev's polynomial of the first kind of degree `n` at `x`, with broadcasting and type promotion.

    Parameters
    ----------
    x : Tensor or Scalar
        Any shape; any real dtype but float8.
    n : Tensor or Scalar
        The degree, truncated to a whole number; 0 results from negative ones. Broadcastable with `x`; at least one of both is a
        tensor.

    Returns
    -------
    Tensor
        Of the broadcast shape; integers and bool give the default dtype. Computed in float64 and rounded. Never requires grad.
    """
@overload
def special_chebyshev_polynomial_t(x: Number, n: Tensor, *, out: Tensor | None = None) -> Tensor: ...
@overload
def special_chebyshev_polynomial_u(x: Tensor, n: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Chebyshev's polynomial of the second kind. All else as for `special_chebyshev_polynomial_t`."""
@overload
def special_chebyshev_polynomial_u(x: Number, n: Tensor, *, out: Tensor | None = None) -> Tensor: ...
@overload
def special_chebyshev_polynomial_v(x: Tensor, n: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Chebyshev's polynomial of the third kind. All else as for `special_chebyshev_polynomial_t`."""
@overload
def special_chebyshev_polynomial_v(x: Number, n: Tensor, *, out: Tensor | None = None) -> Tensor: ...
@overload
def special_chebyshev_polynomial_w(x: Tensor, n: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Chebyshev's polynomial of the fourth kind. All else as for `special_chebyshev_polynomial_t`."""
@overload
def special_chebyshev_polynomial_w(x: Number, n: Tensor, *, out: Tensor | None = None) -> Tensor: ...
def special_digamma(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `digamma`."""
def special_entr(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """``-x * log(x)`` of each element of `self`; 0 at 0 and minus infinity below. Dtypes as for `erfc`."""
def special_erf(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `erf`."""
def special_erfc(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `erfc`."""
def special_erfcx(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """``exp(x ** 2) * erfc(x)`` of each element of `self`, within 8 ulp. Dtypes as for `erfc`."""
def special_erfinv(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `erfinv`."""
def special_exp2(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `exp2`."""
def special_expit(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `sigmoid`."""
def special_expm1(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `expm1`."""
def special_gammainc(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `igamma`."""
def special_gammaincc(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `igammac`."""
def special_gammaln(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `lgamma`."""
@overload
def special_hermite_polynomial_h(x: Tensor, n: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """The physicists' polynomial of Hermite. All else as for `special_chebyshev_polynomial_t`."""
@overload
def special_hermite_polynomial_h(x: Number, n: Tensor, *, out: Tensor | None = None) -> Tensor: ...
@overload
def special_hermite_polynomial_he(x: Tensor, n: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """The probabilists' polynomial of Hermite. All else as for `special_chebyshev_polynomial_t`."""
@overload
def special_hermite_polynomial_he(x: Number, n: Tensor, *, out: Tensor | None = None) -> Tensor: ...
def special_i0(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `i0`."""
def special_i0e(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """``i0(x) * exp(-abs(x))`` of each element of `self`, within 4 ulp. Dtypes as for `erfc`."""
def special_i1(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The modified Bessel function of the first kind of order 1 of each element of `self`, within 6 ulp. Dtypes as for `erfc`."""
def special_i1e(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """``i1(x) * exp(-abs(x))`` of each element of `self`, within 4 ulp. Dtypes as for `erfc`."""
@overload
def special_laguerre_polynomial_l(x: Tensor, n: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Laguerre's polynomial. All else as for `special_chebyshev_polynomial_t`."""
@overload
def special_laguerre_polynomial_l(x: Number, n: Tensor, *, out: Tensor | None = None) -> Tensor: ...
@overload
def special_legendre_polynomial_p(x: Tensor, n: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Legendre's polynomial. All else as for `special_chebyshev_polynomial_t`."""
@overload
def special_legendre_polynomial_p(x: Number, n: Tensor, *, out: Tensor | None = None) -> Tensor: ...
def special_log1p(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `log1p`."""
def special_log_ndtr(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The logarithm of the integral of the standard normal distribution up to each element of `self`, within 6 ulp. Dtypes as for `erfc`."""
def special_log_softmax(self: Tensor, dim: Int, *, dtype: DtypeLike | None = None) -> Tensor:
    """Another name of `log_softmax`."""
def special_logit(self: Tensor, eps: Float | None = None, *, out: Tensor | None = None) -> Tensor:
    """Another name of `logit`."""
def special_logsumexp(self: Tensor, dim: Ints, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor:
    """Another name of `logsumexp`."""
def special_modified_bessel_i0(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `i0`."""
def special_modified_bessel_i1(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `special_i1`."""
def special_modified_bessel_k0(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The modified Bessel function of the second kind of order 0 of each element of `self`.

    Parameters
    ----------
    self : Tensor
        Any shape; any real dtype but float8. Integers and bool give the default dtype; all but float64 is computed
        in float64 and rounded.

    Returns
    -------
    Tensor
        Infinite at 0, NaN below. Within 6 ulp. Never requires grad.
    """
def special_modified_bessel_k1(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The modified Bessel function of the second kind of order 1. All else as for `special_modified_bessel_k0`."""
def special_multigammaln(self: Tensor, p: Int, *, out: Tensor | None = None) -> Tensor:
    """Another name of `mvlgamma`."""
def special_ndtr(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The integral of the standard normal distribution up to each element of `self`, within 6 ulp. Dtypes as for `erfc`."""
def special_ndtri(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The inverse of `special_ndtr`, within 5 ulp: infinite at 0 and 1, NaN beyond. Dtypes as for `erfc`."""
@overload
def special_polygamma(n: Int, self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `polygamma`."""
@overload
def special_polygamma(self: Tensor, n: Int, *, out: Tensor | None = None) -> Tensor: ...
def special_psi(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `digamma`."""
@overload
def special_round(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `round`."""
@overload
def special_round(self: Tensor, *, decimals: Int, out: Tensor | None = None) -> Tensor: ...
def special_scaled_modified_bessel_k0(x: Tensor, *, out: Tensor | None = None) -> Tensor:
    """``special_modified_bessel_k0(x) * exp(x)``. All else as for `special_modified_bessel_k0`."""
def special_scaled_modified_bessel_k1(x: Tensor, *, out: Tensor | None = None) -> Tensor:
    """``special_modified_bessel_k1(x) * exp(x)``. All else as for `special_modified_bessel_k0`."""
@overload
def special_shifted_chebyshev_polynomial_t(x: Tensor, n: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """``special_chebyshev_polynomial_t(2 * x - 1, n)``."""
@overload
def special_shifted_chebyshev_polynomial_t(x: Number, n: Tensor, *, out: Tensor | None = None) -> Tensor: ...
@overload
def special_shifted_chebyshev_polynomial_u(x: Tensor, n: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """``special_chebyshev_polynomial_u(2 * x - 1, n)``."""
@overload
def special_shifted_chebyshev_polynomial_u(x: Number, n: Tensor, *, out: Tensor | None = None) -> Tensor: ...
@overload
def special_shifted_chebyshev_polynomial_v(x: Tensor, n: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """``special_chebyshev_polynomial_v(2 * x - 1, n)``."""
@overload
def special_shifted_chebyshev_polynomial_v(x: Number, n: Tensor, *, out: Tensor | None = None) -> Tensor: ...
@overload
def special_shifted_chebyshev_polynomial_w(x: Tensor, n: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """``special_chebyshev_polynomial_w(2 * x - 1, n)``."""
@overload
def special_shifted_chebyshev_polynomial_w(x: Number, n: Tensor, *, out: Tensor | None = None) -> Tensor: ...
def special_sinc(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Another name of `sinc`."""
def special_softmax(self: Tensor, dim: Int, *, dtype: DtypeLike | None = None) -> Tensor:
    """Another name of `softmax`."""
def special_spherical_bessel_j0(x: Tensor, *, out: Tensor | None = None) -> Tensor:
    """``sin(x) / x`` of each element of `self`, 1 at 0 and 0 at infinities. Dtypes as for `special_bessel_j0`."""
@overload
def special_xlog1py(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """``self * log1p(other)``: as `xlogy` in everything else."""
@overload
def special_xlog1py(self: Number, other: Tensor, *, out: Tensor | None = None) -> Tensor: ...
@overload
def special_xlogy(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Another name of `xlogy`."""
@overload
def special_xlogy(self: Number, other: Tensor, *, out: Tensor | None = None) -> Tensor: ...
@overload
def special_zeta(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """The zeta function of Hurwitz, ``sum((other + k) ** -self for k in range(inf))``, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor or Scalar
        Any shape; any real dtype but float8. Below 1 there is no sum and the result is NaN; at 1 it is infinite.
    other : Tensor or Scalar
        Broadcastable with `self`; at least one of both is a tensor. At 0 and negative integers the result is infinite.

    Returns
    -------
    Tensor
        Of the broadcast shape; integers and bool give the default dtype. Computed in float64, within 6 ulp for positive `other`.
        There is no derivative by `self`.
    """
@overload
def special_zeta(self: Number, other: Tensor, *, out: Tensor | None = None) -> Tensor: ...
def split(self: Tensor, split_size: Int | Ints, dim: Int = 0) -> Sequence[Tensor]:
    """Views of consecutive parts of a dimension.

    Parameters
    ----------
    self : Tensor
    split_size : int or sequence of int
        The size of each part, the last of which may be smaller; or the sizes of all parts.
    dim : int
        The dimension to divide; 0 by default.

    Returns
    -------
    tuple of Tensor
        Sharing the elements of `self`.

    Raises
    ------
    RuntimeError
        If the sizes are negative or do not add up, or `self` has no dimensions.
    """
def split_copy(self: Tensor, split_size: Int | Ints, dim: Int = 0) -> list[Tensor]:
    """A row-major copy of what the view of this name without `_copy` shows."""
def split_with_sizes(self: Tensor, split_sizes: Ints, dim: Int = 0) -> Sequence[Tensor]:
    """As `split` with a list of sizes."""
def split_with_sizes_copy(self: Tensor, split_sizes: Ints, dim: Int = 0) -> list[Tensor]:
    """A row-major copy of what the view of this name without `_copy` shows."""
def sqrt(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The square root of each element of `self`, correctly rounded; NaN below 0. Dtypes as for `exp`."""
def sqrt_(self: Tensor) -> Tensor:
    """The square root of each element of `self`, correctly rounded; NaN below 0. Dtypes as for `exp`."""
def square(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The square of each element of `self`: any dtype but float8. Integers wrap, bool gives int64."""
def square_(self: Tensor) -> Tensor:
    """The square of each element of `self`: any dtype but float8. Integers wrap, bool gives int64."""
@overload
def squeeze(self: Tensor) -> Tensor:
    """A view without the dimensions of size one, or without those of `dim` that have size one."""
@overload
def squeeze(self: Tensor, dim: Ints) -> Tensor: ...
@overload
def squeeze(self: Tensor, *dim: Int) -> Tensor: ...
@overload
def squeeze_(self: Tensor) -> Tensor:
    """The tensor itself with other sizes and strides, as the view of this name without `_` has them."""
@overload
def squeeze_(self: Tensor, dim: Ints) -> Tensor: ...
@overload
def squeeze_(self: Tensor, *dim: Int) -> Tensor: ...
@overload
def squeeze_copy(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """A row-major copy of what the view of this name without `_copy` shows."""
@overload
def squeeze_copy(self: Tensor, dim: Ints, *, out: Tensor | None = None) -> Tensor: ...
@overload
def squeeze_copy(self: Tensor, *dim: Int, out: Tensor | None = None) -> Tensor: ...
def stack(tensors: Sequence[Tensor], dim: Int = 0, *, out: Tensor | None = None) -> Tensor:
    """The tensors side by side in a new dimension.

    Parameters
    ----------
    tensors : sequence of Tensor
        All of the same sizes.
    dim : int
        Where the new dimension stands in the result.

    Raises
    ------
    ValueError
        If the list is empty.
    ShapeError
        If the sizes differ.
    """
@overload
def std(self: Tensor, dim: Ints | None = None, *, correction: Number | None = 1, keepdim: Bool = False, out: Tensor | None = None) -> Tensor:
    """The standard deviation of the elements of `self`: the square root of `var`."""
@overload
def std(self: Tensor, *dim: Int, correction: Number | None = 1, keepdim: Bool = False, out: Tensor | None = None) -> Tensor: ...
@overload
def std(self: Tensor, dim: Ints | None, unbiased: Bool = True, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor: ...
@overload
def std(self: Tensor, unbiased: Bool) -> Tensor: ...
@overload
def std_mean(self: Tensor, dim: Ints | None = None, *, correction: Number | None = 1, keepdim: Bool = False) -> tuple[Tensor, Tensor]:
    """The standard deviation and the mean of `self` in one pass; see `std`."""
@overload
def std_mean(self: Tensor, *dim: Int, correction: Number | None = 1, keepdim: Bool = False) -> tuple[Tensor, Tensor]: ...
@overload
def std_mean(self: Tensor, dim: Ints | None, unbiased: Bool = True, keepdim: Bool = False) -> tuple[Tensor, Tensor]: ...
@overload
def std_mean(self: Tensor, unbiased: Bool) -> tuple[Tensor, Tensor]: ...
def stft(self: Tensor, n_fft: Int, hop_length: Int | None = None, win_length: Int | None = None, window: Tensor | None = None, center: Bool = True, pad_mode: Str = 'reflect', normalized: Bool = False, onesided: Bool | None = None, return_complex: Bool | None = None, align_to_window: Bool | None = None) -> Tensor:
    """The Fourier transforms of overlapping frames of a signal.

    Parameters
    ----------
    self : Tensor
        A signal (length,) or several (batch, length), floating or complex.
    n_fft : int
        Length of a frame.
    hop_length : int, optional
        From one frame to the next; n_fft / 4 by default.
    win_length : int, optional
        Length of the window, which is filled with zeros on both sides up to `n_fft`, its default.
    window : Tensor, optional
        Of `win_length` elements, by which frames are multiplied; ones by default.
    center : bool
        Pad the signal by n_fft / 2 on both sides, so that frame t is centered at t hop_length; `pad_mode` as in `pad`.
    normalized : bool
        Divide by the square root of `n_fft`.
    onesided : bool, optional
        Only the first n_fft / 2 + 1 coefficients; by default for real signals.
    return_complex : bool
        A complex result; otherwise a further dimension of real and imaginary parts. Must be given for real signals.
    align_to_window : bool, optional
        Without `center`: let the first frame begin with the window instead of the zeros beside it.

    Returns
    -------
    Tensor
        Of sizes (batch, coefficients, frames).

    Raises
    ------
    RuntimeError
        If lengths do not fit.
    NotImplementedError
        On the CPU, if NumPy 2 is not installed.
    """
def sub(self: Tensor, other: Tensor | Number, *, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
    """Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but bool and float8. Unsigned dtypes wrap.
    other : Tensor or Scalar
        Broadcastable with `self`.
    alpha : Scalar
        Multiplier of `other`; 1 by default.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.

    Raises
    ------
    NotImplementedError
        If either operand is boolean.
    ShapeError
        If the shapes cannot be broadcast.
    """
def sub_(self: Tensor, other: Tensor | Number, *, alpha: Number = 1) -> Tensor:
    """Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but bool and float8. Unsigned dtypes wrap.
    other : Tensor or Scalar
        Broadcastable with `self`.
    alpha : Scalar
        Multiplier of `other`; 1 by default.

    Returns
    -------
    Tensor
        Of the broadcast shape and the common dtype. Half types are computed in float32.

    Raises
    ------
    NotImplementedError
        If either operand is boolean.
    ShapeError
        If the shapes cannot be broadcast.
    """
def subtract(self: Tensor, other: Tensor | Number, *, alpha: Number = 1, out: Tensor | None = None) -> Tensor:
    """Another name of `sub`."""
def subtract_(self: Tensor, other: Tensor | Number, *, alpha: Number = 1) -> Tensor:
    """Another name of `sub`."""
@overload
def sum(self: Tensor, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor:
    """The sum of the elements of `self`, over all or some dimensions.

    Parameters
    ----------
    self : Tensor
    dim : int or sequence of int, optional
        The dimensions to sum over; all when absent or empty.
    keepdim : bool
        Keep the summed dimensions with size one.
    dtype : dtype, optional
        Elements are cast to it first. By default int64 for integers and bool, else that of `self`.

    Returns
    -------
    Tensor
        Half types and float32 accumulate in float32 blocks that are gathered in float64; the result does not depend on the
        number of threads.

    Raises
    ------
    IndexError
        If a dimension is out of range.
    RuntimeError
        If a dimension is given twice.
    """
@overload
def sum(self: Tensor, dim: Ints | None, keepdim: Bool = False, *, dtype: DtypeLike | None = None, out: Tensor | None = None) -> Tensor: ...
@overload
def sum_to_size(self: Tensor, size: Ints) -> Tensor:
    """Sums `self` over the dimensions along which `size` would be broadcast to it.

    The inverse of broadcasting, as gradients need it. Integers keep their dtype.
    """
@overload
def sum_to_size(self: Tensor, *size: Int) -> Tensor: ...
def svd(self: Tensor, some: Bool = True, compute_uv: Bool = True, *, out: tuple[Tensor, Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor, Tensor]:
    """The singular values and vectors of matrices: ``A = U @ diag(S) @ V.mH``, reduced where `some`.

    Without `compute_uv` U and V are zeros of (m, m) and (n, n).
    """
def swapaxes(self: Tensor, axis0: Int, axis1: Int) -> Tensor:
    """Another name of `transpose`."""
def swapaxes_(self: Tensor, axis0: Int, axis1: Int) -> Tensor:
    """Another name of `transpose_`."""
def swapdims(self: Tensor, dim0: Int, dim1: Int) -> Tensor:
    """Another name of `transpose`."""
def swapdims_(self: Tensor, dim0: Int, dim1: Int) -> Tensor:
    """Another name of `transpose_`."""
def t(self: Tensor) -> Tensor:
    """A matrix transposed; a tensor of fewer dimensions as it is."""
def t_(self: Tensor) -> Tensor:
    """The tensor itself with other sizes and strides, as the view of this name without `_` has them."""
def t_copy(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """A row-major copy of what the view of this name without `_copy` shows."""
def take(self: Tensor, index: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The elements of `self`, taken as one dimension, at indices.

    Parameters
    ----------
    self : Tensor
    index : Tensor
        int64 or int32 of any sizes, which are the result's; negative indices count from the end.

    Raises
    ------
    IndexError
        If an index is out of range. On CUDA that is reported when the device is next waited for.
    """
def take_along_dim(self: Tensor, indices: Tensor, dim: Int | None = None, *, out: Tensor | None = None) -> Tensor:
    """The elements of `self` at indices along one dimension, with broadcasting in the others.

    Parameters
    ----------
    self : Tensor
    indices : Tensor
        int64 or int32, with as many dimensions as `self`; negative indices count from the end.
    dim : int, optional
        Without it both are taken as one dimension.

    Raises
    ------
    IndexError
        If an index is out of range. On CUDA that is reported when the device is next waited for.
    RuntimeError
        If the numbers of dimensions differ or the sizes cannot be broadcast.
    """
def tan(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The tangent of each element of `self`, in radians.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8. Integers and bool give the default dtype, half types are computed in
        float32 and rounded once, complex64 is computed in complex128.

    Returns
    -------
    Tensor
        Within 2.5 ulp, and the same bits on every instruction set and on CUDA devices. Special values are
        those of C99, Annex G where complex.
    """
def tan_(self: Tensor) -> Tensor:
    """The tangent of each element of `self`, in radians.

    Parameters
    ----------
    self : Tensor
        Any shape; any dtype but float8. Integers and bool give the default dtype, half types are computed in
        float32 and rounded once, complex64 is computed in complex128.

    Returns
    -------
    Tensor
        Within 2.5 ulp, and the same bits on every instruction set and on CUDA devices. Special values are
        those of C99, Annex G where complex.
    """
def tanh(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The hyperbolic tangent of each element of `self`, within 3 ulp. Dtypes as for `exp`."""
def tanh_(self: Tensor) -> Tensor:
    """The hyperbolic tangent of each element of `self`, within 3 ulp. Dtypes as for `exp`."""
def tanh_backward(grad: Tensor, output: Tensor) -> Tensor:
    """The gradient of tanh by its output: grad * conj(1 - output**2)."""
def tanhshrink(self: Tensor) -> Tensor:
    """``x - tanh(x)`` for each element x of `self`. Any real dtype but bool and float8; integers give the default dtype."""
def tanhshrink_backward(grad: Tensor, self: Tensor) -> Tensor:
    """The gradient of tanhshrink by its input: grad * tanh(x)^2."""
@overload
def tensor_split(self: Tensor, indices_or_sections: Int | Ints, dim: Int = 0) -> list[Tensor]:
    """Views of parts of a dimension, as `numpy.array_split`.

    Parameters
    ----------
    self : Tensor
    indices_or_sections : int, sequence of int, or Tensor
        The number of parts, of which the first are one longer where the size does not divide; or the indices at which to cut, as
        limits of slices. A tensor is int64: 0-dim for a number, 1-dim for indices; reading it waits for its device.
    dim : int

    Raises
    ------
    RuntimeError
        If the number is not positive or `self` has no dimensions.
    """
@overload
def tensor_split(self: Tensor, tensor_indices_or_sections: Tensor, dim: Int = 0) -> list[Tensor]: ...
def tensordot(self: Tensor, other: Tensor, dims_self: Ints, dims_other: Ints, *, out: Tensor | None = None) -> Tensor:
    """Sums products over `dims_self` of `self` and as many `dims_other` of `other`, pair by pair.

    Parameters
    ----------
    dims_self, dims_other : sequence of int
        Dimensions of equal sizes, or of size 1.

    Returns
    -------
    Tensor
        With the other dimensions of `self`, then those of `other`.

    Raises
    ------
    RuntimeError
        If the lists differ in length or the sizes do not match.
    """
def threshold(self: Tensor, threshold: Number, value: Number, *, out: Tensor | None = None) -> Tensor:
    """Each element of `self` above `threshold`, `value` for the others; NaN stays.

    Parameters
    ----------
    self : Tensor
        Any shape; integers and floats but float8.
    threshold, value : Scalar
        Rounded to the dtype, towards 0 for an integral one.

    Raises
    ------
    RuntimeError
        If the dtype cannot hold one of them.
    """
def threshold_(self: Tensor, threshold: Number, value: Number) -> Tensor:
    """Each element of `self` above `threshold`, `value` for the others; NaN stays.

    Parameters
    ----------
    self : Tensor
        Any shape; integers and floats but float8.
    threshold, value : Scalar
        Rounded to the dtype, towards 0 for an integral one.

    Raises
    ------
    RuntimeError
        If the dtype cannot hold one of them.
    """
def threshold_backward(grad: Tensor, self: Tensor, threshold: Number) -> Tensor:
    """The gradient of threshold by its input: `grad` but where the input is `threshold` or less, which gets 0."""
@overload
def tile(self: Tensor, dims: Ints) -> Tensor:
    """As `repeat`, with 1 for each leading dimension that `dims` does not name."""
@overload
def tile(self: Tensor, *dims: Int) -> Tensor: ...
@overload
def to(self: Tensor, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, non_blocking: Bool = False, copy: Bool = False, memory_format: MemoryFormat | None = None) -> Tensor:
    """`self` with another dtype or on another device.

    Parameters
    ----------
    dtype : dtype, optional
    device : device, optional
    non_blocking : bool
        As in `copy_`.
    copy : bool
        Copy even when nothing changes; otherwise the result is then `self` itself.
    memory_format : memory_format, optional
        The layout of the result; that of `self` by default.

    Notes
    -----
    Also ``to(device, dtype=None)``, ``to(dtype)`` and ``to(other)``, which takes both from another tensor.
    """
@overload
def to(self: Tensor, device: DeviceLike | None, dtype: DtypeLike | None = None, non_blocking: Bool = False, copy: Bool = False, *, memory_format: MemoryFormat | None = None) -> Tensor: ...
@overload
def to(self: Tensor, dtype: DtypeLike, non_blocking: Bool = False, copy: Bool = False, *, memory_format: MemoryFormat | None = None) -> Tensor: ...
@overload
def to(self: Tensor, other: Tensor, non_blocking: Bool = False, copy: Bool = False, *, memory_format: MemoryFormat | None = None) -> Tensor: ...
def topk(self: Tensor, k: Int, dim: Int = -1, largest: Bool = True, sorted: Bool = True, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """The `k` largest or smallest elements of `self` along one dimension, and where they were.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8 and complex.
    k : int
    dim : int
    largest : bool
        The largest, else the smallest.
    sorted : bool
        The results are in order in either case.

    Returns
    -------
    values : Tensor
        Of the sizes of `self` with `k` along `dim`, row-major. NaN counts as the largest number.
    indices : Tensor
        int64; of equal elements the first ones are taken.

    Raises
    ------
    IndexError
        If the dimension is out of range.
    RuntimeError
        If `k` is negative or larger than the dimension.
    """
def total_norm(tensors: Sequence[Tensor], norm_type: Float = 2.0) -> Tensor:
    """The norm of all elements of `tensors` together.

    Parameters
    ----------
    tensors : sequence of Tensor
        float32, float64, float16 or bfloat16, of any sizes; on one device. None at all have norm 0.
    norm_type : float
        The order: 2 by default, infinities for the largest and smallest magnitude, 0 for the number of elements that are not 0.

    Returns
    -------
    Tensor
        0-dim; float64 when one of `tensors` is, else float32. Computed in float64.

    Raises
    ------
    ValueError
        If `norm_type` is NaN.
    NotImplementedError
        For other dtypes.
    """
def trace(self: Tensor) -> Tensor:
    """The sum of the main diagonal of a matrix; int64 for integers."""
def transpose(self: Tensor, dim0: Int, dim1: Int) -> Tensor:
    """A view with two dimensions exchanged."""
def transpose_(self: Tensor, dim0: Int, dim1: Int) -> Tensor:
    """The tensor itself with other sizes and strides, as the view of this name without `_` has them."""
def transpose_copy(self: Tensor, dim0: Int, dim1: Int, *, out: Tensor | None = None) -> Tensor:
    """A row-major copy of what the view of this name without `_copy` shows."""
@overload
def trapezoid(y: Tensor, *, dx: Number = 1, dim: Int = -1) -> Tensor:
    """Integrates along a dimension by the trapezoidal rule.

    Parameters
    ----------
    y : Tensor
        Samples; of 1 dimension or more.
    x : Tensor, optional
        Their places: a vector, or of sizes that broadcast with those of `y`.
    dx : number
        The distance between samples when no places are given.
    dim : int

    Returns
    -------
    Tensor
        Without `dim`.

    Raises
    ------
    IndexError
        If `y` has no dimensions, or `dim` is out of range.
    RuntimeError
        If sizes do not fit together, or `dx` is no real number.
    NotImplementedError
        For bool.
    """
@overload
def trapezoid(y: Tensor, x: Tensor, *, dim: Int = -1) -> Tensor: ...
@overload
def trapz(y: Tensor, *, dx: Number = 1, dim: Int = -1) -> Tensor:
    """Another name of `trapezoid`."""
@overload
def trapz(y: Tensor, x: Tensor, *, dim: Int = -1) -> Tensor: ...
def triangular_solve(self: Tensor, A: Tensor, upper: Bool = True, transpose: Bool = False, unitriangular: Bool = False, *, out: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
    """Solves A X = B for triangular matrices A, the second argument: see `linalg_solve_triangular`.

    Returns
    -------
    solution : Tensor
    cloned_coefficient : Tensor
        A copy of A.
    """
def tril(self: Tensor, diagonal: Int = 0, *, out: Tensor | None = None) -> Tensor:
    """The lower triangle of the matrices in `self`: what is above a diagonal becomes zero.

    Parameters
    ----------
    self : Tensor
        At least two dimensions, of which the last two are the matrices'; any dtype but float8.
    diagonal : int
        The last diagonal that stays: 0 the main one, 1 the one above it, -1 the one below it.

    Returns
    -------
    Tensor
        Of the same sizes and dtype, row-major.

    Raises
    ------
    RuntimeError
        If `self` has fewer than two dimensions.
    """
def tril_(self: Tensor, diagonal: Int = 0) -> Tensor:
    """The lower triangle of the matrices in `self`: what is above a diagonal becomes zero.

    Parameters
    ----------
    self : Tensor
        At least two dimensions, of which the last two are the matrices'; any dtype but float8.
    diagonal : int
        The last diagonal that stays: 0 the main one, 1 the one above it, -1 the one below it.

    Returns
    -------
    Tensor
        Of the same sizes and dtype, row-major.

    Raises
    ------
    RuntimeError
        If `self` has fewer than two dimensions.
    """
def tril_indices(row: Int, col: Int, offset: Int = 0, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """Rows and columns of the lower triangle of a matrix, in row-major order.

    Parameters
    ----------
    row, col : int
        The sizes of the matrix.
    offset : int
        The last diagonal that belongs to the triangle: 0 the main one, positive above it.
    dtype : dtype, optional
        int64, the default, or int32.
    device : device, optional
        The CPU by default.

    Returns
    -------
    Tensor
        Of sizes (2, n): rows, then columns.

    Raises
    ------
    RuntimeError
        If a size is negative.
    """
def triplet_margin_loss(anchor: Tensor, positive: Tensor, negative: Tensor, margin: Float = 1.0, p: Float = 2.0, eps: Float = 1e-06, swap: Bool = False, reduction: Str = 'mean') -> Tensor:
    """How far the anchor is from being nearer to the positive than to the negative: ``max(0, d(a, p) - d(a, n) + margin)``.

    Parameters
    ----------
    anchor, positive, negative : Tensor
        (D,) or (N, D); d is their `pairwise_distance`.
    margin : float
    p : float
        Of the norm.
    eps : float
    swap : bool
        Takes ``d(p, n)`` where it is less than ``d(a, n)``.
    reduction : str
        'none', 'mean' or 'sum'.

    Raises
    ------
    RuntimeError
        If the numbers of dimensions differ.

    Notes
    -----
    Source: Balntas, Riba, Ponsa and Mikolajczyk, "Learning local feature descriptors with triplets and shallow convolutional
    neural networks", 2016.
    """
def triu(self: Tensor, diagonal: Int = 0, *, out: Tensor | None = None) -> Tensor:
    """The upper triangle of the matrices in `self`: what is below a diagonal becomes zero. As `tril` in everything else."""
def triu_(self: Tensor, diagonal: Int = 0) -> Tensor:
    """The upper triangle of the matrices in `self`: what is below a diagonal becomes zero. As `tril` in everything else."""
def triu_indices(row: Int, col: Int, offset: Int = 0, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """Rows and columns of the upper triangle of a matrix: as `tril_indices` in everything else."""
def true_divide(self: Tensor, other: Tensor | Number, *, rounding_mode: Str | None = None, out: Tensor | None = None) -> Tensor:
    """Another name of `div`."""
def true_divide_(self: Tensor, other: Tensor | Number, *, rounding_mode: Str | None = None) -> Tensor:
    """Another name of `div`."""
def trunc(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The elements of `self` without their fractions. Integer and floating dtypes but float8; integers are copied."""
def trunc_(self: Tensor) -> Tensor:
    """The elements of `self` without their fractions. Integer and floating dtypes but float8; integers are copied."""
def type_as(self: Tensor, other: Tensor) -> Tensor:
    """`self` in the dtype and on the device of `other`, as ``to(other)``."""
def unbind(self: Tensor, dim: Int = 0) -> Sequence[Tensor]:
    """Views of the tensor at each index of a dimension, without that dimension."""
def unbind_copy(self: Tensor, dim: Int = 0) -> list[Tensor]:
    """A row-major copy of what the view of this name without `_copy` shows."""
def unflatten(self: Tensor, dim: Int, sizes: Ints) -> Tensor:
    """A view with one dimension divided into `sizes`, one of which may be -1."""
def unfold(self: Tensor, dimension: Int, size: Int, step: Int) -> Tensor:
    """A view of windows along a dimension, each in a new last dimension.

    Parameters
    ----------
    dimension : int
    size : int
        Elements of a window.
    step : int
        Distance between the first elements of neighbours. Elements of windows that overlap share memory.

    Raises
    ------
    RuntimeError
        If a window is larger than the dimension, `size` is negative or `step` is not positive.
    """
def unfold_backward(grad: Tensor, input_size: Ints, dim: Int, size: Int, step: Int) -> Tensor:
    """The gradient of Tensor.unfold: of `input_size`, each element the sum over the windows it lies in."""
def unfold_copy(self: Tensor, dimension: Int, size: Int, step: Int, *, out: Tensor | None = None) -> Tensor:
    """A row-major copy of what the view of this name without `_copy` shows."""
def uniform_(self: Tensor, from_: Float = 0, to: Float = 1, *, generator: Generator | None = None) -> Tensor:
    """Fills `self` with numbers drawn evenly from [from, to).

    Parameters
    ----------
    self : Tensor
        float16, bfloat16, float32 or float64, of any strides.
    from, to : float
        `from` must not be greater than `to`.
    generator : Generator, optional
        The default one of the device of `self` when absent. One of another device may be given: a number depends on seed,
        offset and position alone.

    Raises
    ------
    RuntimeError
        If the bounds are out of order, or they or their distance are no numbers of the dtype.
    NotImplementedError
        For other dtypes.

    Notes
    -----
    Elements have 24 random binary digits in float32, 53 in float64, 11 in float16 and 8 in bfloat16. They are Philox 4x32-10
    (Salmon et al., SC 2011) of the generator's seed, from its offset on, in row-major order of the elements: the same on every
    device and for any number of threads, and other than PyTorch's.
    """
def unique_consecutive(self: Tensor, return_inverse: Bool = False, return_counts: Bool = False, dim: Int | None = None) -> tuple[Tensor, Tensor, Tensor]:
    """The elements of `self`, or its slices along one dimension, that differ from the one before.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8 and complex.
    return_inverse, return_counts : bool
        Give the second and third result, else ones without elements.
    dim : int, optional
        The dimension of the slices; elements in row-major order when absent.

    Returns
    -------
    values, inverse, counts : Tensor
        As of `_unique2` and `unique_dim`; counts are the lengths of runs.

    Raises
    ------
    IndexError
        If the dimension is out of range.
    """
def unique_dim(self: Tensor, dim: Int, sorted: Bool = True, return_inverse: Bool = False, return_counts: Bool = False) -> tuple[Tensor, Tensor, Tensor]:
    """The distinct slices of `self` along one dimension, in lexicographic order.

    Parameters
    ----------
    self : Tensor
        Any dtype but float8 and complex.
    dim : int
    sorted : bool
        The slices are in order in either case.
    return_inverse, return_counts : bool
        Give the second and third result, else ones without elements.

    Returns
    -------
    values : Tensor
        Like `self` but for its size along `dim`.
    inverse : Tensor
        int64, of the size of the dimension: which of the slices each slice is.
    counts : Tensor
        int64: how often each slice occurs.

    Raises
    ------
    IndexError
        If the dimension is out of range.
    RuntimeError
        If slices have no elements.
    """
def unravel_index(indices: Tensor, shape: Int | Ints) -> list[Tensor]:
    """Flat positions as one index per dimension of a shape.

    Parameters
    ----------
    indices : Tensor
        Integers of any sizes.
    shape : int or sequence of int

    Returns
    -------
    tuple of Tensor
        int64, one per dimension, of the sizes of `indices`. Positions outside wrap around.

    Raises
    ------
    NotImplementedError
        If `indices` are not integers.
    ValueError
        If a size is negative.
    """
def unsafe_chunk(self: Tensor, chunks: Int, dim: Int = 0) -> list[Tensor]:
    """As the view of this name without `unsafe_`, but autograd does not know that the parts share memory.

    A part may be written in place without the others' history changing: right only when no other is used afterwards.
    """
def unsafe_split(self: Tensor, split_size: Int, dim: Int = 0) -> list[Tensor]:
    """As the view of this name without `unsafe_`, but autograd does not know that the parts share memory.

    A part may be written in place without the others' history changing: right only when no other is used afterwards.
    """
def unsafe_split_with_sizes(self: Tensor, split_sizes: Ints, dim: Int = 0) -> list[Tensor]:
    """As the view of this name without `unsafe_`, but autograd does not know that the parts share memory.

    A part may be written in place without the others' history changing: right only when no other is used afterwards.
    """
def unsqueeze(self: Tensor, dim: Int) -> Tensor:
    """A view with a new dimension of size one at `dim`."""
def unsqueeze_(self: Tensor, dim: Int) -> Tensor:
    """The tensor itself with other sizes and strides, as the view of this name without `_` has them."""
def unsqueeze_copy(self: Tensor, dim: Int, *, out: Tensor | None = None) -> Tensor:
    """A row-major copy of what the view of this name without `_copy` shows."""
def upsample_bicubic2d(self: Tensor, output_size: Ints, align_corners: Bool, scales_h: Float | None = None, scales_w: Float | None = None) -> Tensor:
    """An image of other sizes, by the method in the name: see `nn.functional.interpolate`.

    Parameters
    ----------
    self : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64, for neighbours uint8 too.
    output_size : int[]
    scales : float, optional
        Per dimension: by which positions are computed, instead of by the sizes.

    Raises
    ------
    RuntimeError
        If a size is not positive.
    """
def upsample_bilinear2d(self: Tensor, output_size: Ints, align_corners: Bool, scales_h: Float | None = None, scales_w: Float | None = None) -> Tensor:
    """An image of other sizes, by the method in the name: see `nn.functional.interpolate`.

    Parameters
    ----------
    self : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64, for neighbours uint8 too.
    output_size : int[]
    scales : float, optional
        Per dimension: by which positions are computed, instead of by the sizes.

    Raises
    ------
    RuntimeError
        If a size is not positive.
    """
def upsample_linear1d(self: Tensor, output_size: Ints, align_corners: Bool, scales: Float | None = None) -> Tensor:
    """An image of other sizes, by the method in the name: see `nn.functional.interpolate`.

    Parameters
    ----------
    self : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64, for neighbours uint8 too.
    output_size : int[]
    scales : float, optional
        Per dimension: by which positions are computed, instead of by the sizes.

    Raises
    ------
    RuntimeError
        If a size is not positive.
    """
def upsample_nearest1d(self: Tensor, output_size: Ints, scales: Float | None = None) -> Tensor:
    """An image of other sizes, by the method in the name: see `nn.functional.interpolate`.

    Parameters
    ----------
    self : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64, for neighbours uint8 too.
    output_size : int[]
    scales : float, optional
        Per dimension: by which positions are computed, instead of by the sizes.

    Raises
    ------
    RuntimeError
        If a size is not positive.
    """
def upsample_nearest2d(self: Tensor, output_size: Ints, scales_h: Float | None = None, scales_w: Float | None = None) -> Tensor:
    """An image of other sizes, by the method in the name: see `nn.functional.interpolate`.

    Parameters
    ----------
    self : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64, for neighbours uint8 too.
    output_size : int[]
    scales : float, optional
        Per dimension: by which positions are computed, instead of by the sizes.

    Raises
    ------
    RuntimeError
        If a size is not positive.
    """
def upsample_nearest3d(self: Tensor, output_size: Ints, scales_d: Float | None = None, scales_h: Float | None = None, scales_w: Float | None = None) -> Tensor:
    """An image of other sizes, by the method in the name: see `nn.functional.interpolate`.

    Parameters
    ----------
    self : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64, for neighbours uint8 too.
    output_size : int[]
    scales : float, optional
        Per dimension: by which positions are computed, instead of by the sizes.

    Raises
    ------
    RuntimeError
        If a size is not positive.
    """
def upsample_trilinear3d(self: Tensor, output_size: Ints, align_corners: Bool, scales_d: Float | None = None, scales_h: Float | None = None, scales_w: Float | None = None) -> Tensor:
    """An image of other sizes, by the method in the name: see `nn.functional.interpolate`.

    Parameters
    ----------
    self : Tensor
        (N, C, ...); float16, bfloat16, float32 or float64, for neighbours uint8 too.
    output_size : int[]
    scales : float, optional
        Per dimension: by which positions are computed, instead of by the sizes.

    Raises
    ------
    RuntimeError
        If a size is not positive.
    """
def value_selecting_backward(grad: Tensor, dim: Int, indices: Tensor, sizes: Ints, keepdim: Bool) -> Tensor:
    """The gradient of an op that selects elements along one dimension.

    Parameters
    ----------
    grad : Tensor
        Of the selected elements.
    dim : int
    indices : Tensor
        int64; where along `dim` each was taken from. No place twice.
    sizes : sequence of int
        Of what was selected from.
    keepdim : bool
        Whether `grad` and `indices` have the dimension.

    Returns
    -------
    Tensor
        `grad` at the indices, zero elsewhere. On CUDA an index out of range writes nothing.

    Raises
    ------
    IndexError
        On the CPU, if an index is out of range.
    """
def vander(x: Tensor, N: Int | None = None, increasing: Bool = False) -> Tensor:
    """The powers of the elements of a vector as columns.

    Parameters
    ----------
    x : Tensor
        1-dim.
    N : int, optional
        The number of columns; as many as there are elements by default.
    increasing : bool
        Whether the powers rise from 0 to N - 1 or, by default, fall.

    Raises
    ------
    RuntimeError
        If `x` is not a vector or `N` is negative.
    """
@overload
def var(self: Tensor, dim: Ints | None = None, *, correction: Number | None = 1, keepdim: Bool = False, out: Tensor | None = None) -> Tensor:
    """The variance of the elements of `self`, over all or some dimensions.

    Parameters
    ----------
    self : Tensor
        Floating point, float8 excepted.
    dim : int or sequence of int, optional
        The dimensions to reduce; all when absent or empty.
    correction : Scalar, optional
        Subtracted from the number of elements in the divisor; 1 by default.
    keepdim : bool
        Keep the reduced dimensions with size one.

    Returns
    -------
    Tensor
        The sum of squared distances from the mean over ``max(0, n - correction)``: NaN for one element and a correction of 1.

    Notes
    -----
    Blocks are taken in two passes and merged in float64 (Chan, Golub and LeVeque, 1979).
    """
@overload
def var(self: Tensor, *dim: Int, correction: Number | None = 1, keepdim: Bool = False, out: Tensor | None = None) -> Tensor: ...
@overload
def var(self: Tensor, dim: Ints | None, unbiased: Bool = True, keepdim: Bool = False, *, out: Tensor | None = None) -> Tensor: ...
@overload
def var(self: Tensor, unbiased: Bool) -> Tensor: ...
@overload
def var_mean(self: Tensor, dim: Ints | None = None, *, correction: Number | None = 1, keepdim: Bool = False) -> tuple[Tensor, Tensor]:
    """The variance and the mean of `self` in one pass; see `var`."""
@overload
def var_mean(self: Tensor, *dim: Int, correction: Number | None = 1, keepdim: Bool = False) -> tuple[Tensor, Tensor]: ...
@overload
def var_mean(self: Tensor, dim: Ints | None, unbiased: Bool = True, keepdim: Bool = False) -> tuple[Tensor, Tensor]: ...
@overload
def var_mean(self: Tensor, unbiased: Bool) -> tuple[Tensor, Tensor]: ...
def vdot(self: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """The dot product of two vectors, the first of them conjugated, as a 0-dim tensor."""
@overload
def view(self: Tensor, size: Ints) -> Tensor:
    """The same elements with other sizes.

    Parameters
    ----------
    self : Tensor
    size : sequence of int
        One entry may be -1 and is inferred.

    Raises
    ------
    ShapeError
        If the sizes do not hold the elements of `self`.
    RuntimeError
        If the strides of `self` do not allow it without a copy; use `reshape`.
    """
@overload
def view(self: Tensor, *size: Int) -> Tensor: ...
@overload
def view(self: Tensor, dtype: DtypeLike) -> Tensor: ...
def view_as(self: Tensor, other: Tensor) -> Tensor:
    """A view with the sizes of `other`."""
def view_as_complex(self: Tensor) -> Tensor:
    """A view of pairs of real numbers, the last dimension of size 2 and stride 1, as complex ones.

    Raises
    ------
    NotImplementedError
        If `self` is not float32 or float64.
    RuntimeError
        If its layout has no pairs: other strides and the storage offset must be even.
    """
def view_as_complex_copy(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """A row-major copy of what the view of this name without `_copy` shows."""
def view_as_real(self: Tensor) -> Tensor:
    """A view of complex numbers as pairs of real ones in a new last dimension.

    Raises
    ------
    NotImplementedError
        If `self` is not complex.
    """
def view_as_real_copy(self: Tensor, *, out: Tensor | None = None) -> Tensor:
    """A row-major copy of what the view of this name without `_copy` shows."""
@overload
def view_copy(self: Tensor, size: Ints, *, out: Tensor | None = None) -> Tensor:
    """A row-major copy of what the view of this name without `_copy` shows."""
@overload
def view_copy(self: Tensor, *size: Int, out: Tensor | None = None) -> Tensor: ...
@overload
def view_copy(self: Tensor, dtype: DtypeLike, *, out: Tensor | None = None) -> Tensor: ...
def vsplit(self: Tensor, indices_or_sections: Int | Ints) -> list[Tensor]:
    """As `tensor_split` along rows, dimension 0. A number of parts must divide the size."""
def vstack(tensors: Sequence[Tensor], *, out: Tensor | None = None) -> Tensor:
    """The tensors on top of each other: joined along dimension 0, vectors as rows.

    Raises
    ------
    RuntimeError
        If the list is empty.
    ShapeError
        If the sizes do not fit together.
    """
@overload
def where(condition: Tensor, self: Tensor | Number, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """`self` where `condition` holds and `other` elsewhere, with broadcasting and type promotion.

    Parameters
    ----------
    condition : Tensor
        Any shape; bool, or uint8 of which anything but zero holds.
    self : Tensor or Scalar
        Broadcastable with `condition`.
    other : Tensor or Scalar
        Broadcastable with `condition`; its dtype and that of `self` give the result's.

    Returns
    -------
    Tensor
        Of the broadcast shape. No gradient flows to an element that was not chosen, even where its own would be NaN.

    Raises
    ------
    RuntimeError
        If `condition` is of another dtype.
    """
@overload
def where(condition: Tensor) -> list[Tensor]: ...
@overload
def xlogy(self: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """``self * log(other)``, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor or Scalar
        Any shape; any real dtype but float8.
    other : Tensor or Scalar
        Broadcastable with `self`; at least one of both is a tensor.

    Returns
    -------
    Tensor
        Of the broadcast shape; integers and bool give the default dtype. 0 where `self` is, unless `other` is NaN.
    """
@overload
def xlogy(self: Number, other: Tensor, *, out: Tensor | None = None) -> Tensor: ...
def xlogy_(self: Tensor, other: Tensor | Number) -> Tensor:
    """``self * log(other)``, element by element, with broadcasting and type promotion.

    Parameters
    ----------
    self : Tensor or Scalar
        Any shape; any real dtype but float8.
    other : Tensor or Scalar
        Broadcastable with `self`; at least one of both is a tensor.

    Returns
    -------
    Tensor
        Of the broadcast shape; integers and bool give the default dtype. 0 where `self` is, unless `other` is NaN.
    """
def zero_(self: Tensor) -> Tensor:
    """Sets every element of `self` to zero."""
def zero_each_(tensors: Sequence[Tensor]) -> None:
    """Sets every element of `tensors` to zero."""
@overload
def zeros(size: Ints, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """A tensor filled with zeros; float32 on the CPU by default."""
@overload
def zeros(*size: Int, dtype: DtypeLike | None = None, device: DeviceLike | None = None, out: Tensor | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor: ...
def zeros_like(self: Tensor, *, dtype: DtypeLike | None = None, device: DeviceLike | None = None, memory_format: MemoryFormat | None = None, requires_grad: Bool = False, pin_memory: Bool = False) -> Tensor:
    """Of the sizes and, where they are dense, the strides of `self`.

    dtype and device are those of `self` unless given; `memory_format` asks for another layout.
    """
