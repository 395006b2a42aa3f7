// SPDX-License-Identifier: Apache-2.0
// Types of the operators in libvt_core, written by scripts/declare_ops.mjs from their schemas.
import type { CallOptions } from "./calls.js";
import type { DType, Scalar } from "./dtype.js";
import type { Generator } from "./generator.js";
import type { Tensor } from "./tensor.js";

/** A list of integers; a single one stands for a list of it. */
export type Integers = readonly (number | bigint)[] | Int32Array | number | bigint;

/** Operators as functions. A plugin's are there too once it is loaded; declare them by merging into this interface. */
export interface Operators {
  /** `_addmm_activation(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1, bool use_gelu=False) -> Tensor` — `addmm`, then relu or gelu by tanh, in one pass where the device has one. */
  _addmmActivation(self: Tensor, mat1: Tensor, mat2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined; useGelu?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `_ctc_loss(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank, bool zero_infinity) -> Tensor` — The losses of `ctc_loss`, one for each entry of (T, N, C) log probabilities. */
  _ctcLoss(logProbs: Tensor, targets: Tensor, inputLengths: Integers, targetLengths: Integers, blank: number | bigint, zeroInfinity: boolean, options?: CallOptions): Promise<Tensor>;
  /** `_ctc_loss_backward(Tensor grad, Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank, bool zero_infinity) -> Tensor` — The gradient of `_ctc_loss`, that of logits whose log_softmax `log_probs` is. */
  _ctcLossBackward(grad: Tensor, logProbs: Tensor, targets: Tensor, inputLengths: Integers, targetLengths: Integers, blank: number | bigint, zeroInfinity: boolean, options?: CallOptions): Promise<Tensor>;
  /** `_linear_relu(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor` — `relu` of `linear`, bit by bit, with one gradient for both. */
  _linearRelu(input: Tensor, weight: Tensor, options?: CallOptions & { bias?: Tensor | null | undefined }): Promise<Tensor>;
  _linearRelu(input: Tensor, weight: Tensor, bias: Tensor | null, options?: CallOptions): Promise<Tensor>;
  /** `_sample_dirichlet(Tensor self, Generator? generator=None) -> Tensor` — Points of Dirichlet's distribution: `_standard_gamma` of `self`, divided by their sums along the last dimension. */
  _sampleDirichlet(self: Tensor, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  _sampleDirichlet(self: Tensor, generator: Generator | null, options?: CallOptions): Promise<Tensor>;
  /** `_segment_reduce(Tensor data, str reduce, Tensor offsets, int axis, Scalar? initial=None) -> Tensor` — `segment_reduce` with int64 offsets and an axis from the front. */
  _segmentReduce(data: Tensor, reduce: string, offsets: Tensor, axis: number | bigint, options?: CallOptions & { initial?: Scalar | null | undefined }): Promise<Tensor>;
  _segmentReduce(data: Tensor, reduce: string, offsets: Tensor, axis: number | bigint, initial: Scalar | null, options?: CallOptions): Promise<Tensor>;
  /** `_standard_gamma(Tensor self, Generator? generator=None) -> Tensor` — Numbers of the gamma distribution of scale 1, whose shapes are the elements of `self`. */
  _standardGamma(self: Tensor, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  _standardGamma(self: Tensor, generator: Generator | null, options?: CallOptions): Promise<Tensor>;
  /** `_standard_gamma_grad(Tensor self, Tensor output) -> Tensor` — The derivative of a number `output` that `_standard_gamma` drew by its shape, the element of `self`. */
  _standardGammaGrad(self: Tensor, output: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `_unique2(Tensor self, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor values, Tensor inverse, Tensor counts)` — The distinct elements of `self`. */
  _unique2(self: Tensor, options?: CallOptions & { sorted?: boolean | undefined; returnInverse?: boolean | undefined; returnCounts?: boolean | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  _unique2(self: Tensor, sorted: boolean, options?: CallOptions & { returnInverse?: boolean | undefined; returnCounts?: boolean | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  _unique2(self: Tensor, sorted: boolean, returnInverse: boolean, options?: CallOptions & { returnCounts?: boolean | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  _unique2(self: Tensor, sorted: boolean, returnInverse: boolean, returnCounts: boolean, options?: CallOptions): Promise<[Tensor, Tensor, Tensor]>;
  /** `_upsample_bicubic2d_aa(Tensor self, int[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor` — An image of other sizes, by the method in the name: see `nn.functional.interpolate`. */
  _upsampleBicubic2dAa(self: Tensor, outputSize: Integers, alignCorners: boolean, options?: CallOptions & { scalesH?: number | null | undefined; scalesW?: number | null | undefined }): Promise<Tensor>;
  _upsampleBicubic2dAa(self: Tensor, outputSize: Integers, alignCorners: boolean, scalesH: number | null, options?: CallOptions & { scalesW?: number | null | undefined }): Promise<Tensor>;
  _upsampleBicubic2dAa(self: Tensor, outputSize: Integers, alignCorners: boolean, scalesH: number | null, scalesW: number | null, options?: CallOptions): Promise<Tensor>;
  /** `_upsample_bilinear2d_aa(Tensor self, int[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor` — An image of other sizes, by the method in the name: see `nn.functional.interpolate`. */
  _upsampleBilinear2dAa(self: Tensor, outputSize: Integers, alignCorners: boolean, options?: CallOptions & { scalesH?: number | null | undefined; scalesW?: number | null | undefined }): Promise<Tensor>;
  _upsampleBilinear2dAa(self: Tensor, outputSize: Integers, alignCorners: boolean, scalesH: number | null, options?: CallOptions & { scalesW?: number | null | undefined }): Promise<Tensor>;
  _upsampleBilinear2dAa(self: Tensor, outputSize: Integers, alignCorners: boolean, scalesH: number | null, scalesW: number | null, options?: CallOptions): Promise<Tensor>;
  /** `_upsample_lanczos2d_aa(Tensor self, int[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor` — An image of other sizes, by the method in the name: see `nn.functional.interpolate`. */
  _upsampleLanczos2dAa(self: Tensor, outputSize: Integers, alignCorners: boolean, options?: CallOptions & { scalesH?: number | null | undefined; scalesW?: number | null | undefined }): Promise<Tensor>;
  _upsampleLanczos2dAa(self: Tensor, outputSize: Integers, alignCorners: boolean, scalesH: number | null, options?: CallOptions & { scalesW?: number | null | undefined }): Promise<Tensor>;
  _upsampleLanczos2dAa(self: Tensor, outputSize: Integers, alignCorners: boolean, scalesH: number | null, scalesW: number | null, options?: CallOptions): Promise<Tensor>;
  /** `_upsample_nearest_exact1d(Tensor self, int[1] output_size, float? scales=None) -> Tensor` — An image of other sizes, by the method in the name: see `nn.functional.interpolate`. */
  _upsampleNearestExact1d(self: Tensor, outputSize: Integers, options?: CallOptions & { scales?: number | null | undefined }): Promise<Tensor>;
  _upsampleNearestExact1d(self: Tensor, outputSize: Integers, scales: number | null, options?: CallOptions): Promise<Tensor>;
  /** `_upsample_nearest_exact2d(Tensor self, int[2] output_size, float? scales_h=None, float? scales_w=None) -> Tensor` — An image of other sizes, by the method in the name: see `nn.functional.interpolate`. */
  _upsampleNearestExact2d(self: Tensor, outputSize: Integers, options?: CallOptions & { scalesH?: number | null | undefined; scalesW?: number | null | undefined }): Promise<Tensor>;
  _upsampleNearestExact2d(self: Tensor, outputSize: Integers, scalesH: number | null, options?: CallOptions & { scalesW?: number | null | undefined }): Promise<Tensor>;
  _upsampleNearestExact2d(self: Tensor, outputSize: Integers, scalesH: number | null, scalesW: number | null, options?: CallOptions): Promise<Tensor>;
  /** `_upsample_nearest_exact3d(Tensor self, int[3] output_size, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor` — An image of other sizes, by the method in the name: see `nn.functional.interpolate`. */
  _upsampleNearestExact3d(self: Tensor, outputSize: Integers, options?: CallOptions & { scalesD?: number | null | undefined; scalesH?: number | null | undefined; scalesW?: number | null | undefined }): Promise<Tensor>;
  _upsampleNearestExact3d(self: Tensor, outputSize: Integers, scalesD: number | null, options?: CallOptions & { scalesH?: number | null | undefined; scalesW?: number | null | undefined }): Promise<Tensor>;
  _upsampleNearestExact3d(self: Tensor, outputSize: Integers, scalesD: number | null, scalesH: number | null, options?: CallOptions & { scalesW?: number | null | undefined }): Promise<Tensor>;
  _upsampleNearestExact3d(self: Tensor, outputSize: Integers, scalesD: number | null, scalesH: number | null, scalesW: number | null, options?: CallOptions): Promise<Tensor>;
  /** `_weight_norm(Tensor v, Tensor g, int dim=0) -> Tensor` — ``v * (g / norm)`` with the norm over all dimensions of `v` but `dim`, as `norm_except_dim` has it. */
  _weightNorm(v: Tensor, g: Tensor, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor>;
  _weightNorm(v: Tensor, g: Tensor, dim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `abs(Tensor self) -> Tensor` — The magnitudes of the elements of `self`. */
  abs(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `abs(Tensor self) -> Tensor` — The magnitudes of the elements of `self`. */
  abs_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `absolute(Tensor self) -> Tensor` — Another name of `abs`. */
  absolute(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `absolute(Tensor self) -> Tensor` — Another name of `abs`. */
  absolute_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `acos(Tensor self) -> Tensor` — The arc cosine of each element of `self`, in [0, pi]; NaN for a real one beyond [-1, 1]. Within 2 ulp. Dtypes as for `tan`. */
  acos(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `acos(Tensor self) -> Tensor` — The arc cosine of each element of `self`, in [0, pi]; NaN for a real one beyond [-1, 1]. Within 2 ulp. Dtypes as for `tan`. */
  acos_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `acosh(Tensor self) -> Tensor` — The inverse hyperbolic cosine of each element of `self`; NaN for a real one below 1. Within 4 ulp. Dtypes as for `tan`. */
  acosh(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `acosh(Tensor self) -> Tensor` — The inverse hyperbolic cosine of each element of `self`; NaN for a real one below 1. Within 4 ulp. Dtypes as for `tan`. */
  acosh_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `adamw_step_(Tensor(a!)[] params, Tensor[] grads, Tensor(b!)[] exp_avgs, Tensor(c!)[] exp_avg_sqs, Tensor(d!)[] max_exp_avg_sqs, *, Scalar|Tensor lr, float beta1, float beta2, float eps, float weight_decay, Scalar|Tensor step, bool decoupled=True, bool maximize=False) -> ()` — One step of AdamW or Adam for many parameters, in place. */
  adamwStep_(params: readonly Tensor[], grads: readonly Tensor[], expAvgs: readonly Tensor[], expAvgSqs: readonly Tensor[], maxExpAvgSqs: readonly Tensor[], options: CallOptions & { lr: Tensor | Scalar; beta1: number; beta2: number; eps: number; weightDecay: number; step: Tensor | Scalar; decoupled?: boolean | undefined; maximize?: boolean | undefined }): Promise<undefined>;
  /** `adaptive_avg_pool1d(Tensor input, int[] output_size) -> Tensor` — The mean of each of `output_size` windows. */
  adaptiveAvgPool1d(input: Tensor, outputSize: Integers, options?: CallOptions): Promise<Tensor>;
  /** `adaptive_avg_pool2d(Tensor input, int[] output_size) -> Tensor` — The mean of each of `output_size` windows. */
  adaptiveAvgPool2d(input: Tensor, outputSize: Integers, options?: CallOptions): Promise<Tensor>;
  /** `adaptive_avg_pool3d(Tensor input, int[] output_size) -> Tensor` — The mean of each of `output_size` windows. */
  adaptiveAvgPool3d(input: Tensor, outputSize: Integers, options?: CallOptions): Promise<Tensor>;
  /** `adaptive_max_pool1d(Tensor input, int[] output_size) -> (Tensor out, Tensor indices)` — The greatest element of each of `output_size` windows, and where it stood. */
  adaptiveMaxPool1d(input: Tensor, outputSize: Integers, options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `adaptive_max_pool2d(Tensor input, int[] output_size) -> (Tensor out, Tensor indices)` — The greatest element of each of `output_size` windows, and where it stood. */
  adaptiveMaxPool2d(input: Tensor, outputSize: Integers, options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `adaptive_max_pool3d(Tensor input, int[] output_size) -> (Tensor out, Tensor indices)` — The greatest element of each of `output_size` windows, and where it stood. */
  adaptiveMaxPool3d(input: Tensor, outputSize: Integers, options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion. */
  add(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion. */
  add_(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the sum over the batch of the products `alpha * batch1 @ batch2`: of (b, n, k) and (b, k, m) a matrix (n, m). */
  addbmm(self: Tensor, batch1: Tensor, batch2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the sum over the batch of the products `alpha * batch1 @ batch2`: of (b, n, k) and (b, k, m) a matrix (n, m). */
  addbmm_(self: Tensor, batch1: Tensor, batch2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` — ``self + value * tensor1 / tensor2``, with broadcasting and type promotion. */
  addcdiv(self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: CallOptions & { value?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` — ``self + value * tensor1 / tensor2``, with broadcasting and type promotion. */
  addcdiv_(self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: CallOptions & { value?: Scalar | undefined }): Promise<Tensor>;
  /** `addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` — ``self + value * tensor1 * tensor2``, with broadcasting and type promotion. */
  addcmul(self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: CallOptions & { value?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` — ``self + value * tensor1 * tensor2``, with broadcasting and type promotion. */
  addcmul_(self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: CallOptions & { value?: Scalar | undefined }): Promise<Tensor>;
  /** `addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the product `alpha * mat1 @ mat2`, in one pass over the result. */
  addmm(self: Tensor, mat1: Tensor, mat2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the product `alpha * mat1 @ mat2`, in one pass over the result. */
  addmm_(self: Tensor, mat1: Tensor, mat2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the product `alpha * mat @ vec` of a matrix (m, k) and a vector (k,): `addmm` on one column. */
  addmv(self: Tensor, mat: Tensor, vec: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the product `alpha * mat @ vec` of a matrix (m, k) and a vector (k,): `addmm` on one column. */
  addmv_(self: Tensor, mat: Tensor, vec: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the outer product `alpha * vec1 * vec2`, promoted as `add`. */
  addr(self: Tensor, vec1: Tensor, vec2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the outer product `alpha * vec1 * vec2`, promoted as `add`. */
  addr_(self: Tensor, vec1: Tensor, vec2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `adjoint(Tensor self) -> Tensor` — The conjugate of the matrices with their dimensions exchanged: a view where `self` is real. */
  adjoint(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `affine_grid_generator(Tensor theta, int[] size, bool align_corners) -> Tensor` — The places that an affine map sends an image's elements to: `nn.functional.affine_grid`. */
  affineGridGenerator(theta: Tensor, size: Integers, alignCorners: boolean, options?: CallOptions): Promise<Tensor>;
  /** `alias_copy(Tensor self) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  aliasCopy(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `all(Tensor self) -> Tensor` — Whether no element of `self` is zero, over all elements or some dimensions. */
  all(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor` — Whether no element of `self` is zero, over all elements or some dimensions. */
  all(self: Tensor, dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  all(self: Tensor, dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `all.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor` — Whether no element of `self` is zero, over all elements or some dimensions. */
  all(self: Tensor, options?: CallOptions & { dim?: Integers | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  all(self: Tensor, dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  all(self: Tensor, dim: Integers | null, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `allclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> bool` — Whether all elements are close, as `isclose` has it. */
  allclose(self: Tensor, other: Tensor, options?: CallOptions & { rtol?: number | undefined; atol?: number | undefined; equalNan?: boolean | undefined }): Promise<boolean>;
  allclose(self: Tensor, other: Tensor, rtol: number, options?: CallOptions & { atol?: number | undefined; equalNan?: boolean | undefined }): Promise<boolean>;
  allclose(self: Tensor, other: Tensor, rtol: number, atol: number, options?: CallOptions & { equalNan?: boolean | undefined }): Promise<boolean>;
  allclose(self: Tensor, other: Tensor, rtol: number, atol: number, equalNan: boolean, options?: CallOptions): Promise<boolean>;
  /** `alpha_dropout(Tensor input, float p, bool train) -> Tensor` — Dropout that keeps mean 0 and variance 1, in training: dropped elements take the lower bound of selu. */
  alphaDropout(input: Tensor, p: number, train: boolean, options?: CallOptions): Promise<Tensor>;
  /** `alpha_dropout(Tensor input, float p, bool train) -> Tensor` — Dropout that keeps mean 0 and variance 1, in training: dropped elements take the lower bound of selu. */
  alphaDropout_(input: Tensor, p: number, train: boolean, options?: CallOptions): Promise<Tensor>;
  /** `amax(Tensor self, int[] dim=[], bool keepdim=False) -> Tensor` — The largest elements of `self` over some dimensions. */
  amax(self: Tensor, options?: CallOptions & { dim?: Integers | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  amax(self: Tensor, dim: Integers, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  amax(self: Tensor, dim: Integers, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `amin(Tensor self, int[] dim=[], bool keepdim=False) -> Tensor` — The smallest elements of `self` over some dimensions; see `amax`. */
  amin(self: Tensor, options?: CallOptions & { dim?: Integers | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  amin(self: Tensor, dim: Integers, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  amin(self: Tensor, dim: Integers, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)` — The smallest and the largest element of `self`, of all or along one dimension. */
  aminmax(self: Tensor, options?: CallOptions & { dim?: number | bigint | null | undefined; keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `angle(Tensor self) -> Tensor` — The angles of the elements of `self` in the complex plane, in (-pi, pi]. */
  angle(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `any(Tensor self) -> Tensor` — Whether any element of `self` is not zero, over all elements or some dimensions. */
  any(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor` — Whether any element of `self` is not zero, over all elements or some dimensions. */
  any(self: Tensor, dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  any(self: Tensor, dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `any.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor` — Whether any element of `self` is not zero, over all elements or some dimensions. */
  any(self: Tensor, options?: CallOptions & { dim?: Integers | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  any(self: Tensor, dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  any(self: Tensor, dim: Integers | null, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `arange(Scalar end, *, dtype? dtype=None, device? device=None) -> Tensor` — The values start, start + step, ... below `end` (above it when `step` is negative). */
  arange(end: Scalar, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `arange.start(Scalar start, Scalar end, Scalar step=1, *, dtype? dtype=None, device? device=None) -> Tensor` — The values start, start + step, ... below `end` (above it when `step` is negative). */
  arange(start: Scalar, end: Scalar, options?: CallOptions & { step?: Scalar | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  arange(start: Scalar, end: Scalar, step: Scalar, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `arccos(Tensor self) -> Tensor` — Another name of `acos`. */
  arccos(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `arccos(Tensor self) -> Tensor` — Another name of `acos`. */
  arccos_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `arccosh(Tensor self) -> Tensor` — Another name of `acosh`. */
  arccosh(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `arccosh(Tensor self) -> Tensor` — Another name of `acosh`. */
  arccosh_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `arcsin(Tensor self) -> Tensor` — Another name of `asin`. */
  arcsin(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `arcsin(Tensor self) -> Tensor` — Another name of `asin`. */
  arcsin_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `arcsinh(Tensor self) -> Tensor` — Another name of `asinh`. */
  arcsinh(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `arcsinh(Tensor self) -> Tensor` — Another name of `asinh`. */
  arcsinh_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `arctan(Tensor self) -> Tensor` — Another name of `atan`. */
  arctan(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `arctan2(Tensor self, Tensor other) -> Tensor` — Another name of `atan2`. */
  arctan2(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `arctan2(Tensor self, Tensor other) -> Tensor` — Another name of `atan2`. */
  arctan2_(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `arctan(Tensor self) -> Tensor` — Another name of `atan`. */
  arctan_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `arctanh(Tensor self) -> Tensor` — Another name of `atanh`. */
  arctanh(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `arctanh(Tensor self) -> Tensor` — Another name of `atanh`. */
  arctanh_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor` — The index of the largest element, of all or along one dimension. */
  argmax(self: Tensor, options?: CallOptions & { dim?: number | bigint | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  argmax(self: Tensor, dim: number | bigint | null, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  argmax(self: Tensor, dim: number | bigint | null, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor` — The index of the smallest element, of all or along one dimension; see `argmax`. */
  argmin(self: Tensor, options?: CallOptions & { dim?: number | bigint | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  argmin(self: Tensor, dim: number | bigint | null, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  argmin(self: Tensor, dim: number | bigint | null, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor` — Where the elements of `self` were before `sort`: its indices. */
  argsort(self: Tensor, options?: CallOptions & { dim?: number | bigint | undefined; descending?: boolean | undefined }): Promise<Tensor>;
  argsort(self: Tensor, dim: number | bigint, options?: CallOptions & { descending?: boolean | undefined }): Promise<Tensor>;
  argsort(self: Tensor, dim: number | bigint, descending: boolean, options?: CallOptions): Promise<Tensor>;
  /** `argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor` — Where the elements of `self` were before `sort`: its indices. */
  argsort(self: Tensor, options: CallOptions & { stable: boolean; dim?: number | bigint | undefined; descending?: boolean | undefined }): Promise<Tensor>;
  /** `argwhere(Tensor self) -> Tensor` — The indices of all elements that are not zero, one row each: as `nonzero`. */
  argwhere(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `as_strided(Tensor(a) self, int[] size, int[] stride, int? storage_offset=None) -> Tensor(a)` — A view of the storage of `self` by sizes and strides in elements. */
  asStrided(self: Tensor, size: Integers, stride: Integers, options?: CallOptions & { storageOffset?: number | bigint | null | undefined }): Promise<Tensor>;
  asStrided(self: Tensor, size: Integers, stride: Integers, storageOffset: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `as_strided_(Tensor self, int[] size, int[] stride, int? storage_offset=None) -> Tensor` — The tensor itself with other sizes and strides, as the view of this name without `_` has them. */
  asStrided_(self: Tensor, size: Integers, stride: Integers, options?: CallOptions & { storageOffset?: number | bigint | null | undefined }): Promise<Tensor>;
  asStrided_(self: Tensor, size: Integers, stride: Integers, storageOffset: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `as_strided_copy(Tensor self, int[] size, int[] stride, int? storage_offset=None) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  asStridedCopy(self: Tensor, size: Integers, stride: Integers, options?: CallOptions & { storageOffset?: number | bigint | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  asStridedCopy(self: Tensor, size: Integers, stride: Integers, storageOffset: number | bigint | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `as_strided_scatter(Tensor self, Tensor src, int[] size, int[] stride, int? storage_offset=None) -> Tensor` — A copy of `self` in which `src` stands where the view of this name without `_scatter` looks. */
  asStridedScatter(self: Tensor, src: Tensor, size: Integers, stride: Integers, options?: CallOptions & { storageOffset?: number | bigint | null | undefined }): Promise<Tensor>;
  asStridedScatter(self: Tensor, src: Tensor, size: Integers, stride: Integers, storageOffset: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `asin(Tensor self) -> Tensor` — The arc sine of each element of `self`, in [-pi/2, pi/2]; NaN for a real one beyond [-1, 1]. Within 2.5 ulp. Dtypes as for `tan`. */
  asin(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `asin(Tensor self) -> Tensor` — The arc sine of each element of `self`, in [-pi/2, pi/2]; NaN for a real one beyond [-1, 1]. Within 2.5 ulp. Dtypes as for `tan`. */
  asin_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `asinh(Tensor self) -> Tensor` — The inverse hyperbolic sine of each element of `self`, within 4 ulp. Dtypes as for `tan`. */
  asinh(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `asinh(Tensor self) -> Tensor` — The inverse hyperbolic sine of each element of `self`, within 4 ulp. Dtypes as for `tan`. */
  asinh_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `atan(Tensor self) -> Tensor` — The arc tangent of each element of `self`, in [-pi/2, pi/2]. Within 2 ulp. Dtypes as for `tan`. */
  atan(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `atan2(Tensor self, Tensor other) -> Tensor` — The angle of the point (`other`, `self`) in (-pi, pi], element by element, with broadcasting and type promotion. */
  atan2(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `atan2(Tensor self, Tensor other) -> Tensor` — The angle of the point (`other`, `self`) in (-pi, pi], element by element, with broadcasting and type promotion. */
  atan2_(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `atan(Tensor self) -> Tensor` — The arc tangent of each element of `self`, in [-pi/2, pi/2]. Within 2 ulp. Dtypes as for `tan`. */
  atan_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `atanh(Tensor self) -> Tensor` — The inverse hyperbolic tangent of each element of `self`; NaN for a real one beyond [-1, 1]. Within 4 ulp. Dtypes as for `tan`. */
  atanh(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `atanh(Tensor self) -> Tensor` — The inverse hyperbolic tangent of each element of `self`; NaN for a real one beyond [-1, 1]. Within 4 ulp. Dtypes as for `tan`. */
  atanh_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `atleast_1d(Tensor self) -> Tensor` — A view with at least one dimension; the tensor itself when it has that. */
  atleast1d(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `atleast_1d.Sequence(Tensor[*] tensors) -> Tensor[]` — A view with at least one dimension; the tensor itself when it has that. */
  atleast1d(tensors: readonly Tensor[], options?: CallOptions): Promise<Tensor[]>;
  /** `atleast_2d(Tensor self) -> Tensor` — A view with at least two dimensions; the tensor itself when it has those. */
  atleast2d(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `atleast_2d.Sequence(Tensor[*] tensors) -> Tensor[]` — A view with at least two dimensions; the tensor itself when it has those. */
  atleast2d(tensors: readonly Tensor[], options?: CallOptions): Promise<Tensor[]>;
  /** `atleast_3d(Tensor self) -> Tensor` — A view with at least three dimensions; the tensor itself when it has those. */
  atleast3d(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `atleast_3d.Sequence(Tensor[*] tensors) -> Tensor[]` — A view with at least three dimensions; the tensor itself when it has those. */
  atleast3d(tensors: readonly Tensor[], options?: CallOptions): Promise<Tensor[]>;
  /** `avg_pool1d(Tensor input, int[] kernel_size, int[]? stride=None, int[] padding=0, bool ceil_mode=False, bool count_include_pad=True) -> Tensor` — The mean of each window. */
  avgPool1d(input: Tensor, kernelSize: Integers, options?: CallOptions & { stride?: Integers | null | undefined; padding?: Integers | undefined; ceilMode?: boolean | undefined; countIncludePad?: boolean | undefined }): Promise<Tensor>;
  avgPool1d(input: Tensor, kernelSize: Integers, stride: Integers | null, options?: CallOptions & { padding?: Integers | undefined; ceilMode?: boolean | undefined; countIncludePad?: boolean | undefined }): Promise<Tensor>;
  avgPool1d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, options?: CallOptions & { ceilMode?: boolean | undefined; countIncludePad?: boolean | undefined }): Promise<Tensor>;
  avgPool1d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, ceilMode: boolean, options?: CallOptions & { countIncludePad?: boolean | undefined }): Promise<Tensor>;
  avgPool1d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, ceilMode: boolean, countIncludePad: boolean, options?: CallOptions): Promise<Tensor>;
  /** `avg_pool2d(Tensor input, int[] kernel_size, int[]? stride=None, int[] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor` — The mean of each window. */
  avgPool2d(input: Tensor, kernelSize: Integers, options?: CallOptions & { stride?: Integers | null | undefined; padding?: Integers | undefined; ceilMode?: boolean | undefined; countIncludePad?: boolean | undefined; divisorOverride?: number | bigint | null | undefined }): Promise<Tensor>;
  avgPool2d(input: Tensor, kernelSize: Integers, stride: Integers | null, options?: CallOptions & { padding?: Integers | undefined; ceilMode?: boolean | undefined; countIncludePad?: boolean | undefined; divisorOverride?: number | bigint | null | undefined }): Promise<Tensor>;
  avgPool2d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, options?: CallOptions & { ceilMode?: boolean | undefined; countIncludePad?: boolean | undefined; divisorOverride?: number | bigint | null | undefined }): Promise<Tensor>;
  avgPool2d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, ceilMode: boolean, options?: CallOptions & { countIncludePad?: boolean | undefined; divisorOverride?: number | bigint | null | undefined }): Promise<Tensor>;
  avgPool2d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, ceilMode: boolean, countIncludePad: boolean, options?: CallOptions & { divisorOverride?: number | bigint | null | undefined }): Promise<Tensor>;
  avgPool2d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, ceilMode: boolean, countIncludePad: boolean, divisorOverride: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `avg_pool3d(Tensor input, int[] kernel_size, int[]? stride=None, int[] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor` — The mean of each window. */
  avgPool3d(input: Tensor, kernelSize: Integers, options?: CallOptions & { stride?: Integers | null | undefined; padding?: Integers | undefined; ceilMode?: boolean | undefined; countIncludePad?: boolean | undefined; divisorOverride?: number | bigint | null | undefined }): Promise<Tensor>;
  avgPool3d(input: Tensor, kernelSize: Integers, stride: Integers | null, options?: CallOptions & { padding?: Integers | undefined; ceilMode?: boolean | undefined; countIncludePad?: boolean | undefined; divisorOverride?: number | bigint | null | undefined }): Promise<Tensor>;
  avgPool3d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, options?: CallOptions & { ceilMode?: boolean | undefined; countIncludePad?: boolean | undefined; divisorOverride?: number | bigint | null | undefined }): Promise<Tensor>;
  avgPool3d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, ceilMode: boolean, options?: CallOptions & { countIncludePad?: boolean | undefined; divisorOverride?: number | bigint | null | undefined }): Promise<Tensor>;
  avgPool3d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, ceilMode: boolean, countIncludePad: boolean, options?: CallOptions & { divisorOverride?: number | bigint | null | undefined }): Promise<Tensor>;
  avgPool3d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, ceilMode: boolean, countIncludePad: boolean, divisorOverride: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the products `alpha * batch1 @ batch2` of sizes (b, m, k) and (b, k, n): `addmm` on batches. */
  baddbmm(self: Tensor, batch1: Tensor, batch2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the products `alpha * batch1 @ batch2` of sizes (b, m, k) and (b, k, n): `addmm` on batches. */
  baddbmm_(self: Tensor, batch1: Tensor, batch2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `bartlett_window(int window_length, bool periodic=True, *, dtype? dtype=None, device? device=None) -> Tensor` — The Bartlett window, ``1 - |2 i / N - 1|``: a triangle. */
  bartlettWindow(windowLength: number | bigint, options?: CallOptions & { periodic?: boolean | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  bartlettWindow(windowLength: number | bigint, periodic: boolean, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps, bool cudnn_enabled) -> Tensor` — Normalises each channel by its mean and variance over the batch and all positions. */
  batchNorm(input: Tensor, weight: Tensor | null, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, training: boolean, momentum: number, eps: number, cudnnEnabled: boolean, options?: CallOptions): Promise<Tensor>;
  /** `batch_norm_apply(Tensor input, Tensor? weight, Tensor? bias, Tensor mean, Tensor rstd) -> Tensor` — Batch normalisation by given statistics: ``(input - mean) rstd weight + bias``. */
  batchNormApply(input: Tensor, weight: Tensor | null, bias: Tensor | null, mean: Tensor, rstd: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `batch_norm_backward(Tensor grad, Tensor input, Tensor mean, Tensor rstd, Tensor? weight, Tensor? bias, bool train, int needed) -> (Tensor? input, Tensor? weight, Tensor? bias)` — The gradients of `batch_norm_train` and, without `train`, of `batch_norm_apply`. */
  batchNormBackward(grad: Tensor, input: Tensor, mean: Tensor, rstd: Tensor, weight: Tensor | null, bias: Tensor | null, train: boolean, needed: number | bigint, options?: CallOptions): Promise<[Tensor | null, Tensor | null, Tensor | null]>;
  /** `batch_norm_train(Tensor input, Tensor? weight, Tensor? bias, Tensor(a!)? running_mean, Tensor(b!)? running_var, float momentum, float eps) -> (Tensor out, Tensor mean, Tensor rstd)` — Batch normalisation by the statistics of the batch, which also move the running ones. */
  batchNormTrain(input: Tensor, weight: Tensor | null, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, momentum: number, eps: number, options?: CallOptions): Promise<[Tensor, Tensor, Tensor]>;
  /** `bernoulli(Tensor self, *, Generator? generator=None) -> Tensor` — 1 with the chance that the element of `self` says, else 0. */
  bernoulli(self: Tensor, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `bernoulli.p(Tensor self, float p, *, Generator? generator=None) -> Tensor` — 1 with chance `p`, else 0, of the sizes and dtype of `self`, whose elements do not matter. */
  bernoulli(self: Tensor, p: number, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None) -> Tensor` — For every pair of rows: `input1 @ weight[o] @ input2 + bias[o]`. */
  bilinear(input1: Tensor, input2: Tensor, weight: Tensor, options?: CallOptions & { bias?: Tensor | null | undefined }): Promise<Tensor>;
  bilinear(input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor | null, options?: CallOptions): Promise<Tensor>;
  /** `binary_cross_entropy(Tensor input, Tensor target, Tensor? weight=None, str reduction='mean') -> Tensor` — The cross entropy of probabilities `target` under probabilities `input`. */
  binaryCrossEntropy(input: Tensor, target: Tensor, options?: CallOptions & { weight?: Tensor | null | undefined; reduction?: string | undefined }): Promise<Tensor>;
  binaryCrossEntropy(input: Tensor, target: Tensor, weight: Tensor | null, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  binaryCrossEntropy(input: Tensor, target: Tensor, weight: Tensor | null, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight=None, Tensor? pos_weight=None, str reduction='mean') -> Tensor` — The cross entropy of probabilities `target` under the logistic function of `input`. */
  binaryCrossEntropyWithLogits(input: Tensor, target: Tensor, options?: CallOptions & { weight?: Tensor | null | undefined; posWeight?: Tensor | null | undefined; reduction?: string | undefined }): Promise<Tensor>;
  binaryCrossEntropyWithLogits(input: Tensor, target: Tensor, weight: Tensor | null, options?: CallOptions & { posWeight?: Tensor | null | undefined; reduction?: string | undefined }): Promise<Tensor>;
  binaryCrossEntropyWithLogits(input: Tensor, target: Tensor, weight: Tensor | null, posWeight: Tensor | null, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  binaryCrossEntropyWithLogits(input: Tensor, target: Tensor, weight: Tensor | null, posWeight: Tensor | null, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `bincount(Tensor self, Tensor? weights=None, int minlength=0) -> Tensor` — How often each number occurs among integers that are not negative. */
  bincount(self: Tensor, options?: CallOptions & { weights?: Tensor | null | undefined; minlength?: number | bigint | undefined }): Promise<Tensor>;
  bincount(self: Tensor, weights: Tensor | null, options?: CallOptions & { minlength?: number | bigint | undefined }): Promise<Tensor>;
  bincount(self: Tensor, weights: Tensor | null, minlength: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `binomial(Tensor count, Tensor prob, Generator? generator=None) -> Tensor` — How many of `count` independent events of chance `prob` happen, element by element. */
  binomial(count: Tensor, prob: Tensor, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  binomial(count: Tensor, prob: Tensor, generator: Generator | null, options?: CallOptions): Promise<Tensor>;
  /** `bitwise_and(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseAnd(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_and.scalar(Scalar self, Tensor other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseAnd(self: Scalar, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_and(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseAnd_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `bitwise_left_shift(Tensor self, Tensor|Scalar other) -> Tensor` — ``self << other``: the bits of each element moved to the left, with broadcasting and type promotion. */
  bitwiseLeftShift(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_left_shift.scalar(Scalar self, Tensor other) -> Tensor` — ``self << other``: the bits of each element moved to the left, with broadcasting and type promotion. */
  bitwiseLeftShift(self: Scalar, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_left_shift(Tensor self, Tensor|Scalar other) -> Tensor` — ``self << other``: the bits of each element moved to the left, with broadcasting and type promotion. */
  bitwiseLeftShift_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `bitwise_not(Tensor self) -> Tensor` — The elements of `self` with all bits turned; for bool, logical not. Bool and integers. */
  bitwiseNot(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_not(Tensor self) -> Tensor` — The elements of `self` with all bits turned; for bool, logical not. Bool and integers. */
  bitwiseNot_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `bitwise_or(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseOr(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_or.scalar(Scalar self, Tensor other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseOr(self: Scalar, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_or(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseOr_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `bitwise_right_shift(Tensor self, Tensor|Scalar other) -> Tensor` — ``self >> other``: the bits of each element moved to the right, its sign moving in; as `bitwise_left_shift` else. */
  bitwiseRightShift(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_right_shift.scalar(Scalar self, Tensor other) -> Tensor` — ``self >> other``: the bits of each element moved to the right, its sign moving in; as `bitwise_left_shift` else. */
  bitwiseRightShift(self: Scalar, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_right_shift(Tensor self, Tensor|Scalar other) -> Tensor` — ``self >> other``: the bits of each element moved to the right, its sign moving in; as `bitwise_left_shift` else. */
  bitwiseRightShift_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `bitwise_xor(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseXor(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_xor.scalar(Scalar self, Tensor other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseXor(self: Scalar, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_xor(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseXor_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `blackman_window(int window_length, bool periodic=True, *, dtype? dtype=None, device? device=None) -> Tensor` — The Blackman window, ``0.42 - 0.5 cos(2 pi i / N) + 0.08 cos(4 pi i / N)``. */
  blackmanWindow(windowLength: number | bigint, options?: CallOptions & { periodic?: boolean | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  blackmanWindow(windowLength: number | bigint, periodic: boolean, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `block_diag(Tensor[*] tensors) -> Tensor` — The matrix of zeros with the tensors as blocks along its diagonal. */
  blockDiag(tensors: readonly Tensor[], options?: CallOptions): Promise<Tensor>;
  /** `bmm(Tensor self, Tensor mat2) -> Tensor` — Multiplies batches of matrices: `matmul` of sizes (b, m, k) and (b, k, n) alone, without broadcasting. */
  bmm(self: Tensor, mat2: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `broadcast_tensors(Tensor[*] tensors) -> Tensor[]` — Views of the tensors in the sizes that all of them broadcast to. */
  broadcastTensors(tensors: readonly Tensor[], options?: CallOptions): Promise<Tensor[]>;
  /** `broadcast_to(Tensor self, int[] size) -> Tensor` — As `Tensor.expand`: a view in which dimensions of size 1 are repeated to the sizes given. */
  broadcastTo(self: Tensor, size: Integers, options?: CallOptions): Promise<Tensor>;
  /** `bucketize(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor` — The numbers of the buckets, between sorted boundaries, that values belong to. */
  bucketize(self: Tensor, boundaries: Tensor, options?: CallOptions & { outInt32?: boolean | undefined; right?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `bucketize.scalar(Scalar self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor` — The numbers of the buckets, between sorted boundaries, that values belong to. */
  bucketize(self: Scalar, boundaries: Tensor, options?: CallOptions & { outInt32?: boolean | undefined; right?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `cartesian_prod(Tensor[*] tensors) -> Tensor` — All combinations of one element of each vector, one row each; the last vector runs fastest. */
  cartesianProd(tensors: readonly Tensor[], options?: CallOptions): Promise<Tensor>;
  /** `cat(Tensor[] tensors, int dim=0) -> Tensor` — The tensors one after the other along a dimension. */
  cat(tensors: readonly Tensor[], options?: CallOptions & { dim?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  cat(tensors: readonly Tensor[], dim: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `cdist(Tensor x1, Tensor x2, float p=2.0, str compute_mode='use_mm_for_euclid_dist_if_necessary') -> Tensor` — The p-norm of the difference of every two rows of two matrices. */
  cdist(x1: Tensor, x2: Tensor, options?: CallOptions & { p?: number | undefined; computeMode?: string | undefined }): Promise<Tensor>;
  cdist(x1: Tensor, x2: Tensor, p: number, options?: CallOptions & { computeMode?: string | undefined }): Promise<Tensor>;
  cdist(x1: Tensor, x2: Tensor, p: number, computeMode: string, options?: CallOptions): Promise<Tensor>;
  /** `ceil(Tensor self) -> Tensor` — The smallest integers not below the elements of `self`. Integer and floating dtypes but float8; integers are copied. */
  ceil(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ceil(Tensor self) -> Tensor` — The smallest integers not below the elements of `self`. Integer and floating dtypes but float8; integers are copied. */
  ceil_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `celu(Tensor self, Scalar alpha=1.0) -> Tensor` — x for each element x of `self` above 0, else ``alpha * (e^(x / alpha) - 1)``. Floating dtypes but float8. */
  celu(self: Tensor, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  celu(self: Tensor, alpha: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `celu(Tensor self, Scalar alpha=1.0) -> Tensor` — x for each element x of `self` above 0, else ``alpha * (e^(x / alpha) - 1)``. Floating dtypes but float8. */
  celu_(self: Tensor, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  celu_(self: Tensor, alpha: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `chain_matmul(Tensor[] matrices) -> Tensor` — The product of one or more matrices, in the order that needs the fewest multiplications. */
  chainMatmul(matrices: readonly Tensor[], options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `channel_shuffle(Tensor self, int groups) -> Tensor` — Deals the channels of each group out to all: channel i of group g becomes channel g of group i. */
  channelShuffle(self: Tensor, groups: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `cholesky(Tensor self, bool upper=False) -> Tensor` — The Cholesky factor L of positive definite matrices with ``A = L @ L.mH``, or U with ``A = U.mH @ U``. */
  cholesky(self: Tensor, options?: CallOptions & { upper?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  cholesky(self: Tensor, upper: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `cholesky_inverse(Tensor self, bool upper=False) -> Tensor` — The inverses of positive definite matrices whose Cholesky factors are given. */
  choleskyInverse(self: Tensor, options?: CallOptions & { upper?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  choleskyInverse(self: Tensor, upper: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `cholesky_solve(Tensor self, Tensor input2, bool upper=False) -> Tensor` — Solves A X = B for matrices A whose Cholesky factors are given. */
  choleskySolve(self: Tensor, input2: Tensor, options?: CallOptions & { upper?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  choleskySolve(self: Tensor, input2: Tensor, upper: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `chunk(Tensor(a) self, int chunks, int dim=0) -> Tensor(a)[]` — Views of at most `chunks` equal parts of a dimension, the last of which may be smaller. */
  chunk(self: Tensor, chunks: number | bigint, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  chunk(self: Tensor, chunks: number | bigint, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor` — `self` held between `min` and `max`: ``minimum(maximum(self, min), max)``. */
  clamp(self: Tensor, options?: CallOptions & { min?: Scalar | null | undefined; max?: Scalar | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  clamp(self: Tensor, min: Scalar | null, options?: CallOptions & { max?: Scalar | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  clamp(self: Tensor, min: Scalar | null, max: Scalar | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `clamp.tensors(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor` — As `clamp` by numbers, with bounds that are tensors, broadcast and promoted with `self`. */
  clamp(self: Tensor, options?: CallOptions & { min?: Tensor | null | undefined; max?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  clamp(self: Tensor, min: Tensor | null, options?: CallOptions & { max?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  clamp(self: Tensor, min: Tensor | null, max: Tensor | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor` — `self` held between `min` and `max`: ``minimum(maximum(self, min), max)``. */
  clamp_(self: Tensor, options?: CallOptions & { min?: Scalar | null | undefined; max?: Scalar | null | undefined }): Promise<Tensor>;
  clamp_(self: Tensor, min: Scalar | null, options?: CallOptions & { max?: Scalar | null | undefined }): Promise<Tensor>;
  clamp_(self: Tensor, min: Scalar | null, max: Scalar | null, options?: CallOptions): Promise<Tensor>;
  /** `clamp.tensors(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor` — As `clamp` by numbers, with bounds that are tensors, broadcast and promoted with `self`. */
  clamp_(self: Tensor, options?: CallOptions & { min?: Tensor | null | undefined; max?: Tensor | null | undefined }): Promise<Tensor>;
  clamp_(self: Tensor, min: Tensor | null, options?: CallOptions & { max?: Tensor | null | undefined }): Promise<Tensor>;
  clamp_(self: Tensor, min: Tensor | null, max: Tensor | null, options?: CallOptions): Promise<Tensor>;
  /** `clamp_each_(Tensor(a!)[] tensors, Scalar? min=None, Scalar? max=None) -> ()` — Raises the elements of `tensors` to `min` and lowers them to `max`, in place; NaN stays. */
  clampEach_(tensors: readonly Tensor[], options?: CallOptions & { min?: Scalar | null | undefined; max?: Scalar | null | undefined }): Promise<undefined>;
  clampEach_(tensors: readonly Tensor[], min: Scalar | null, options?: CallOptions & { max?: Scalar | null | undefined }): Promise<undefined>;
  clampEach_(tensors: readonly Tensor[], min: Scalar | null, max: Scalar | null, options?: CallOptions): Promise<undefined>;
  /** `clamp_max(Tensor self, Tensor|Scalar max) -> Tensor` — `clamp` with an upper bound alone, a number or a tensor: ``minimum(self, max)``. */
  clampMax(self: Tensor, max: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `clamp_max(Tensor self, Tensor|Scalar max) -> Tensor` — `clamp` with an upper bound alone, a number or a tensor: ``minimum(self, max)``. */
  clampMax_(self: Tensor, max: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `clamp_min(Tensor self, Tensor|Scalar min) -> Tensor` — `clamp` with a lower bound alone, a number or a tensor: ``maximum(self, min)``. */
  clampMin(self: Tensor, min: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `clamp_min(Tensor self, Tensor|Scalar min) -> Tensor` — `clamp` with a lower bound alone, a number or a tensor: ``maximum(self, min)``. */
  clampMin_(self: Tensor, min: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `clip(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor` — Another name of `clamp`. */
  clip(self: Tensor, options?: CallOptions & { min?: Scalar | null | undefined; max?: Scalar | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  clip(self: Tensor, min: Scalar | null, options?: CallOptions & { max?: Scalar | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  clip(self: Tensor, min: Scalar | null, max: Scalar | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `clip.tensors(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor` — Another name of `clamp`. */
  clip(self: Tensor, options?: CallOptions & { min?: Tensor | null | undefined; max?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  clip(self: Tensor, min: Tensor | null, options?: CallOptions & { max?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  clip(self: Tensor, min: Tensor | null, max: Tensor | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `clip(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor` — Another name of `clamp`. */
  clip_(self: Tensor, options?: CallOptions & { min?: Scalar | null | undefined; max?: Scalar | null | undefined }): Promise<Tensor>;
  clip_(self: Tensor, min: Scalar | null, options?: CallOptions & { max?: Scalar | null | undefined }): Promise<Tensor>;
  clip_(self: Tensor, min: Scalar | null, max: Scalar | null, options?: CallOptions): Promise<Tensor>;
  /** `clip.tensors(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor` — Another name of `clamp`. */
  clip_(self: Tensor, options?: CallOptions & { min?: Tensor | null | undefined; max?: Tensor | null | undefined }): Promise<Tensor>;
  clip_(self: Tensor, min: Tensor | null, options?: CallOptions & { max?: Tensor | null | undefined }): Promise<Tensor>;
  clip_(self: Tensor, min: Tensor | null, max: Tensor | null, options?: CallOptions): Promise<Tensor>;
  /** `clip_by_total_norm_(Tensor(a!)[] tensors, Tensor total_norm, float max_norm) -> ()` — Multiplies `tensors` in place by min(1, max_norm / (total_norm + 1e-6)). */
  clipByTotalNorm_(tensors: readonly Tensor[], totalNorm: Tensor, maxNorm: number, options?: CallOptions): Promise<undefined>;
  /** `clone(Tensor self, *, memory_format? memory_format=None) -> Tensor` — A copy of `self` with elements of its own; dense, in the order of the dimensions' strides. */
  clone(self: Tensor, options?: CallOptions & { memoryFormat?: number | bigint | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `col2im(Tensor self, int[2] output_size, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor` — Adds columns up where their windows lie: `nn.functional.fold`, the gradient of `im2col`. */
  col2im(self: Tensor, outputSize: Integers, kernelSize: Integers, dilation: Integers, padding: Integers, stride: Integers, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `column_stack(Tensor[] tensors) -> Tensor` — The tensors side by side, vectors and numbers as columns. */
  columnStack(tensors: readonly Tensor[], options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `combinations(Tensor self, int r=2, bool with_replacement=False) -> Tensor` — All choices of `r` elements of a vector, one row each, in lexicographic order of positions. */
  combinations(self: Tensor, options?: CallOptions & { r?: number | bigint | undefined; withReplacement?: boolean | undefined }): Promise<Tensor>;
  combinations(self: Tensor, r: number | bigint, options?: CallOptions & { withReplacement?: boolean | undefined }): Promise<Tensor>;
  combinations(self: Tensor, r: number | bigint, withReplacement: boolean, options?: CallOptions): Promise<Tensor>;
  /** `complex(Tensor real, Tensor imag) -> Tensor` — Complex numbers from their real and imaginary parts. */
  complex(real: Tensor, imag: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `composed_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask, float dropout_p, bool is_causal, float scale) -> (Tensor out, Tensor lse)` — Attention composed of other ops, which has all derivatives and makes the matrix of all scores. */
  composedAttention(query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null, dropoutP: number, isCausal: boolean, scale: number, options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `composed_recurrent_layer(Tensor gates, Tensor h0, Tensor? c0, Tensor weight, Tensor? bias, Tensor? projection, int[] batch_sizes, str mode, bool reverse=False) -> (Tensor out, Tensor h_n, Tensor? c_n)` — `recurrent_layer` composed of other ops, step by step. */
  composedRecurrentLayer(gates: Tensor, h0: Tensor, c0: Tensor | null, weight: Tensor, bias: Tensor | null, projection: Tensor | null, batchSizes: Integers, mode: string, options?: CallOptions & { reverse?: boolean | undefined }): Promise<[Tensor, Tensor, Tensor | null]>;
  composedRecurrentLayer(gates: Tensor, h0: Tensor, c0: Tensor | null, weight: Tensor, bias: Tensor | null, projection: Tensor | null, batchSizes: Integers, mode: string, reverse: boolean, options?: CallOptions): Promise<[Tensor, Tensor, Tensor | null]>;
  /** `concat(Tensor[] tensors, int dim=0) -> Tensor` — Another name of `cat`. */
  concat(tensors: readonly Tensor[], options?: CallOptions & { dim?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  concat(tensors: readonly Tensor[], dim: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `concatenate(Tensor[] tensors, int dim=0) -> Tensor` — Another name of `cat`. */
  concatenate(tensors: readonly Tensor[], options?: CallOptions & { dim?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  concatenate(tensors: readonly Tensor[], dim: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `conj(Tensor(a) self) -> Tensor(a)` — The complex conjugates of the elements of `self`; the tensor itself where it is real. */
  conj(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `conj_physical(Tensor self) -> Tensor` — The complex conjugates of the elements of `self` in memory of their own. */
  conjPhysical(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `conj_physical(Tensor self) -> Tensor` — The complex conjugates of the elements of `self` in memory of their own. */
  conjPhysical_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `constant_pad_nd(Tensor self, int[] pad, Scalar value=0) -> Tensor` — `self` with positions that hold `value` before and after its last dimensions. */
  constantPadNd(self: Tensor, pad: Integers, options?: CallOptions & { value?: Scalar | undefined }): Promise<Tensor>;
  constantPadNd(self: Tensor, pad: Integers, value: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `conv1d(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=1, int[1] padding=0, int[1] dilation=1, int groups=1) -> Tensor` — Each channel of the result is the sum over the input's channels of correlations with a kernel. */
  conv1d(input: Tensor, weight: Tensor, options?: CallOptions & { bias?: Tensor | null | undefined; stride?: Integers | undefined; padding?: Integers | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv1d(input: Tensor, weight: Tensor, bias: Tensor | null, options?: CallOptions & { stride?: Integers | undefined; padding?: Integers | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv1d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, options?: CallOptions & { padding?: Integers | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv1d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, options?: CallOptions & { dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv1d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, dilation: Integers, options?: CallOptions & { groups?: number | bigint | undefined }): Promise<Tensor>;
  conv1d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, dilation: Integers, groups: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `conv1d.padding(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=1, str padding='valid', int[1] dilation=1, int groups=1) -> Tensor` — Each channel of the result is the sum over the input's channels of correlations with a kernel. */
  conv1d(input: Tensor, weight: Tensor, options?: CallOptions & { bias?: Tensor | null | undefined; stride?: Integers | undefined; padding?: string | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv1d(input: Tensor, weight: Tensor, bias: Tensor | null, options?: CallOptions & { stride?: Integers | undefined; padding?: string | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv1d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, options?: CallOptions & { padding?: string | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv1d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: string, options?: CallOptions & { dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv1d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: string, dilation: Integers, options?: CallOptions & { groups?: number | bigint | undefined }): Promise<Tensor>;
  conv1d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: string, dilation: Integers, groups: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `conv2d(Tensor input, Tensor weight, Tensor? bias=None, int[2] stride=1, int[2] padding=0, int[2] dilation=1, int groups=1) -> Tensor` — Each channel of the result is the sum over the input's channels of correlations with a kernel. */
  conv2d(input: Tensor, weight: Tensor, options?: CallOptions & { bias?: Tensor | null | undefined; stride?: Integers | undefined; padding?: Integers | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv2d(input: Tensor, weight: Tensor, bias: Tensor | null, options?: CallOptions & { stride?: Integers | undefined; padding?: Integers | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv2d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, options?: CallOptions & { padding?: Integers | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv2d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, options?: CallOptions & { dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv2d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, dilation: Integers, options?: CallOptions & { groups?: number | bigint | undefined }): Promise<Tensor>;
  conv2d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, dilation: Integers, groups: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `conv2d.padding(Tensor input, Tensor weight, Tensor? bias=None, int[2] stride=1, str padding='valid', int[2] dilation=1, int groups=1) -> Tensor` — Each channel of the result is the sum over the input's channels of correlations with a kernel. */
  conv2d(input: Tensor, weight: Tensor, options?: CallOptions & { bias?: Tensor | null | undefined; stride?: Integers | undefined; padding?: string | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv2d(input: Tensor, weight: Tensor, bias: Tensor | null, options?: CallOptions & { stride?: Integers | undefined; padding?: string | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv2d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, options?: CallOptions & { padding?: string | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv2d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: string, options?: CallOptions & { dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv2d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: string, dilation: Integers, options?: CallOptions & { groups?: number | bigint | undefined }): Promise<Tensor>;
  conv2d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: string, dilation: Integers, groups: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `conv3d(Tensor input, Tensor weight, Tensor? bias=None, int[3] stride=1, int[3] padding=0, int[3] dilation=1, int groups=1) -> Tensor` — Each channel of the result is the sum over the input's channels of correlations with a kernel. */
  conv3d(input: Tensor, weight: Tensor, options?: CallOptions & { bias?: Tensor | null | undefined; stride?: Integers | undefined; padding?: Integers | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv3d(input: Tensor, weight: Tensor, bias: Tensor | null, options?: CallOptions & { stride?: Integers | undefined; padding?: Integers | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv3d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, options?: CallOptions & { padding?: Integers | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv3d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, options?: CallOptions & { dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv3d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, dilation: Integers, options?: CallOptions & { groups?: number | bigint | undefined }): Promise<Tensor>;
  conv3d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, dilation: Integers, groups: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `conv3d.padding(Tensor input, Tensor weight, Tensor? bias=None, int[3] stride=1, str padding='valid', int[3] dilation=1, int groups=1) -> Tensor` — Each channel of the result is the sum over the input's channels of correlations with a kernel. */
  conv3d(input: Tensor, weight: Tensor, options?: CallOptions & { bias?: Tensor | null | undefined; stride?: Integers | undefined; padding?: string | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv3d(input: Tensor, weight: Tensor, bias: Tensor | null, options?: CallOptions & { stride?: Integers | undefined; padding?: string | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv3d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, options?: CallOptions & { padding?: string | undefined; dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv3d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: string, options?: CallOptions & { dilation?: Integers | undefined; groups?: number | bigint | undefined }): Promise<Tensor>;
  conv3d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: string, dilation: Integers, options?: CallOptions & { groups?: number | bigint | undefined }): Promise<Tensor>;
  conv3d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: string, dilation: Integers, groups: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `conv_tbc(Tensor self, Tensor weight, Tensor bias, int pad=0) -> Tensor` — `conv1d` of a tensor (time, batch, channels) with a weight (kernel, channels, out channels). */
  convTbc(self: Tensor, weight: Tensor, bias: Tensor, options?: CallOptions & { pad?: number | bigint | undefined }): Promise<Tensor>;
  convTbc(self: Tensor, weight: Tensor, bias: Tensor, pad: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `conv_transpose1d(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=1, int[1] padding=0, int[1] output_padding=0, int groups=1, int[1] dilation=1) -> Tensor` — Spreads each position of the input by a kernel: the gradient of a convolution for its input. */
  convTranspose1d(input: Tensor, weight: Tensor, options?: CallOptions & { bias?: Tensor | null | undefined; stride?: Integers | undefined; padding?: Integers | undefined; outputPadding?: Integers | undefined; groups?: number | bigint | undefined; dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose1d(input: Tensor, weight: Tensor, bias: Tensor | null, options?: CallOptions & { stride?: Integers | undefined; padding?: Integers | undefined; outputPadding?: Integers | undefined; groups?: number | bigint | undefined; dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose1d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, options?: CallOptions & { padding?: Integers | undefined; outputPadding?: Integers | undefined; groups?: number | bigint | undefined; dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose1d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, options?: CallOptions & { outputPadding?: Integers | undefined; groups?: number | bigint | undefined; dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose1d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, outputPadding: Integers, options?: CallOptions & { groups?: number | bigint | undefined; dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose1d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, outputPadding: Integers, groups: number | bigint, options?: CallOptions & { dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose1d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, outputPadding: Integers, groups: number | bigint, dilation: Integers, options?: CallOptions): Promise<Tensor>;
  /** `conv_transpose2d(Tensor input, Tensor weight, Tensor? bias=None, int[2] stride=1, int[2] padding=0, int[2] output_padding=0, int groups=1, int[2] dilation=1) -> Tensor` — Spreads each position of the input by a kernel: the gradient of a convolution for its input. */
  convTranspose2d(input: Tensor, weight: Tensor, options?: CallOptions & { bias?: Tensor | null | undefined; stride?: Integers | undefined; padding?: Integers | undefined; outputPadding?: Integers | undefined; groups?: number | bigint | undefined; dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose2d(input: Tensor, weight: Tensor, bias: Tensor | null, options?: CallOptions & { stride?: Integers | undefined; padding?: Integers | undefined; outputPadding?: Integers | undefined; groups?: number | bigint | undefined; dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose2d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, options?: CallOptions & { padding?: Integers | undefined; outputPadding?: Integers | undefined; groups?: number | bigint | undefined; dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose2d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, options?: CallOptions & { outputPadding?: Integers | undefined; groups?: number | bigint | undefined; dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose2d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, outputPadding: Integers, options?: CallOptions & { groups?: number | bigint | undefined; dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose2d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, outputPadding: Integers, groups: number | bigint, options?: CallOptions & { dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose2d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, outputPadding: Integers, groups: number | bigint, dilation: Integers, options?: CallOptions): Promise<Tensor>;
  /** `conv_transpose3d(Tensor input, Tensor weight, Tensor? bias=None, int[3] stride=1, int[3] padding=0, int[3] output_padding=0, int groups=1, int[3] dilation=1) -> Tensor` — Spreads each position of the input by a kernel: the gradient of a convolution for its input. */
  convTranspose3d(input: Tensor, weight: Tensor, options?: CallOptions & { bias?: Tensor | null | undefined; stride?: Integers | undefined; padding?: Integers | undefined; outputPadding?: Integers | undefined; groups?: number | bigint | undefined; dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose3d(input: Tensor, weight: Tensor, bias: Tensor | null, options?: CallOptions & { stride?: Integers | undefined; padding?: Integers | undefined; outputPadding?: Integers | undefined; groups?: number | bigint | undefined; dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose3d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, options?: CallOptions & { padding?: Integers | undefined; outputPadding?: Integers | undefined; groups?: number | bigint | undefined; dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose3d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, options?: CallOptions & { outputPadding?: Integers | undefined; groups?: number | bigint | undefined; dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose3d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, outputPadding: Integers, options?: CallOptions & { groups?: number | bigint | undefined; dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose3d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, outputPadding: Integers, groups: number | bigint, options?: CallOptions & { dilation?: Integers | undefined }): Promise<Tensor>;
  convTranspose3d(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, outputPadding: Integers, groups: number | bigint, dilation: Integers, options?: CallOptions): Promise<Tensor>;
  /** `convolution(Tensor input, Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] dilation, bool transposed, int[] output_padding, int groups) -> Tensor` — A convolution in as many dimensions as the weight has after the first two. */
  convolution(input: Tensor, weight: Tensor, bias: Tensor | null, stride: Integers, padding: Integers, dilation: Integers, transposed: boolean, outputPadding: Integers, groups: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `convolution_backward(Tensor grad_output, Tensor input, Tensor weight, int[]? bias_sizes, int[] stride, int[] padding, int[] dilation, bool transposed, int[] output_padding, int groups, bool[3] output_mask) -> (Tensor? input_grad, Tensor? weight_grad, Tensor? bias_grad)` — The gradients of `convolution` for its input, weight and bias. */
  convolutionBackward(gradOutput: Tensor, input: Tensor, weight: Tensor, biasSizes: Integers | null, stride: Integers, padding: Integers, dilation: Integers, transposed: boolean, outputPadding: Integers, groups: number | bigint, outputMask: readonly boolean[], options?: CallOptions): Promise<[Tensor | null, Tensor | null, Tensor | null]>;
  /** `copysign(Tensor self, Tensor|Scalar other) -> Tensor` — The magnitude of `self` with the sign of `other`, element by element, with broadcasting and type promotion. */
  copysign(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `copysign(Tensor self, Tensor|Scalar other) -> Tensor` — The magnitude of `self` with the sign of `other`, element by element, with broadcasting and type promotion. */
  copysign_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `corrcoef(Tensor self) -> Tensor` — The correlation coefficients of variables, of which every row holds the observations. */
  corrcoef(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `cos(Tensor self) -> Tensor` — The cosine of each element of `self`, in radians. */
  cos(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `cos(Tensor self) -> Tensor` — The cosine of each element of `self`, in radians. */
  cos_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `cosh(Tensor self) -> Tensor` — The hyperbolic cosine of each element of `self`, within 2 ulp. Dtypes as for `tan`. */
  cosh(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `cosh(Tensor self) -> Tensor` — The hyperbolic cosine of each element of `self`, within 2 ulp. Dtypes as for `tan`. */
  cosh_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, float margin=0.0, str reduction='mean') -> Tensor` — Of vectors that are alike (target 1) or not (-1), with c the cosine of their angle: ``1 - c`` or ``max(0, c - margin)``. */
  cosineEmbeddingLoss(input1: Tensor, input2: Tensor, target: Tensor, options?: CallOptions & { margin?: number | undefined; reduction?: string | undefined }): Promise<Tensor>;
  cosineEmbeddingLoss(input1: Tensor, input2: Tensor, target: Tensor, margin: number, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  cosineEmbeddingLoss(input1: Tensor, input2: Tensor, target: Tensor, margin: number, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor` — The cosine of the angle between vectors along `dim`: ``x1 . x2 / (|x1| |x2|)``. */
  cosineSimilarity(x1: Tensor, x2: Tensor, options?: CallOptions & { dim?: number | bigint | undefined; eps?: number | undefined }): Promise<Tensor>;
  cosineSimilarity(x1: Tensor, x2: Tensor, dim: number | bigint, options?: CallOptions & { eps?: number | undefined }): Promise<Tensor>;
  cosineSimilarity(x1: Tensor, x2: Tensor, dim: number | bigint, eps: number, options?: CallOptions): Promise<Tensor>;
  /** `count_nonzero(Tensor self, int? dim=None) -> Tensor` — How many elements of `self` are not zero, over all or some dimensions. */
  countNonzero(self: Tensor, options?: CallOptions & { dim?: number | bigint | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  countNonzero(self: Tensor, dim: number | bigint | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `count_nonzero.dims(Tensor self, int[] dim) -> Tensor` — How many elements of `self` are not zero, over all or some dimensions. */
  countNonzero(self: Tensor, dim: Integers, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `cov(Tensor self, *, int correction=1, Tensor? fweights=None, Tensor? aweights=None) -> Tensor` — The covariances of variables, of which every row holds the observations. */
  cov(self: Tensor, options?: CallOptions & { correction?: number | bigint | undefined; fweights?: Tensor | null | undefined; aweights?: Tensor | null | undefined }): Promise<Tensor>;
  /** `cross(Tensor self, Tensor other, int? dim=None) -> Tensor` — The cross products of vectors of three elements along `dim`, by default the first dimension of size 3: see `linalg_cross`. */
  cross(self: Tensor, other: Tensor, options?: CallOptions & { dim?: number | bigint | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  cross(self: Tensor, other: Tensor, dim: number | bigint | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `cross_entropy(Tensor input, Tensor target, Tensor? weight=None, int ignore_index=-100, str reduction='mean', float label_smoothing=0.0) -> Tensor` — The cross entropy of class indices under the softmax of logits: ``log(sum(exp(x))) - x[target]`` for each row. */
  crossEntropy(input: Tensor, target: Tensor, options?: CallOptions & { weight?: Tensor | null | undefined; ignoreIndex?: number | bigint | undefined; reduction?: string | undefined; labelSmoothing?: number | undefined }): Promise<Tensor>;
  crossEntropy(input: Tensor, target: Tensor, weight: Tensor | null, options?: CallOptions & { ignoreIndex?: number | bigint | undefined; reduction?: string | undefined; labelSmoothing?: number | undefined }): Promise<Tensor>;
  crossEntropy(input: Tensor, target: Tensor, weight: Tensor | null, ignoreIndex: number | bigint, options?: CallOptions & { reduction?: string | undefined; labelSmoothing?: number | undefined }): Promise<Tensor>;
  crossEntropy(input: Tensor, target: Tensor, weight: Tensor | null, ignoreIndex: number | bigint, reduction: string, options?: CallOptions & { labelSmoothing?: number | undefined }): Promise<Tensor>;
  crossEntropy(input: Tensor, target: Tensor, weight: Tensor | null, ignoreIndex: number | bigint, reduction: string, labelSmoothing: number, options?: CallOptions): Promise<Tensor>;
  /** `ctc_loss(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, int blank=0, str reduction='mean', bool zero_infinity=False) -> Tensor` — The negative log likelihood of labels that any alignment with the times of `log_probs` may spell. */
  ctcLoss(logProbs: Tensor, targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, options?: CallOptions & { blank?: number | bigint | undefined; reduction?: string | undefined; zeroInfinity?: boolean | undefined }): Promise<Tensor>;
  ctcLoss(logProbs: Tensor, targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, blank: number | bigint, options?: CallOptions & { reduction?: string | undefined; zeroInfinity?: boolean | undefined }): Promise<Tensor>;
  ctcLoss(logProbs: Tensor, targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, blank: number | bigint, reduction: string, options?: CallOptions & { zeroInfinity?: boolean | undefined }): Promise<Tensor>;
  ctcLoss(logProbs: Tensor, targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, blank: number | bigint, reduction: string, zeroInfinity: boolean, options?: CallOptions): Promise<Tensor>;
  /** `ctc_loss.lists(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank=0, str reduction='mean', bool zero_infinity=False) -> Tensor` — The negative log likelihood of labels that any alignment with the times of `log_probs` may spell. */
  ctcLoss(logProbs: Tensor, targets: Tensor, inputLengths: Integers, targetLengths: Integers, options?: CallOptions & { blank?: number | bigint | undefined; reduction?: string | undefined; zeroInfinity?: boolean | undefined }): Promise<Tensor>;
  ctcLoss(logProbs: Tensor, targets: Tensor, inputLengths: Integers, targetLengths: Integers, blank: number | bigint, options?: CallOptions & { reduction?: string | undefined; zeroInfinity?: boolean | undefined }): Promise<Tensor>;
  ctcLoss(logProbs: Tensor, targets: Tensor, inputLengths: Integers, targetLengths: Integers, blank: number | bigint, reduction: string, options?: CallOptions & { zeroInfinity?: boolean | undefined }): Promise<Tensor>;
  ctcLoss(logProbs: Tensor, targets: Tensor, inputLengths: Integers, targetLengths: Integers, blank: number | bigint, reduction: string, zeroInfinity: boolean, options?: CallOptions): Promise<Tensor>;
  /** `cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)` — The largest elements so far along one dimension, and where they are. */
  cummax(self: Tensor, dim: number | bigint, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)` — The smallest elements so far along one dimension, and where they are; otherwise as `cummax`. */
  cummin(self: Tensor, dim: number | bigint, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `cumprod(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The running products of `self` along one dimension. */
  cumprod(self: Tensor, dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `cumprod(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The running products of `self` along one dimension. */
  cumprod_(self: Tensor, dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `cumsum(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The running sums of `self` along one dimension. */
  cumsum(self: Tensor, dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `cumsum(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The running sums of `self` along one dimension. */
  cumsum_(self: Tensor, dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `cumulative_trapezoid(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor` — The integrals from the first sample to each other one, by the trapezoidal rule. */
  cumulativeTrapezoid(y: Tensor, options?: CallOptions & { dx?: Scalar | undefined; dim?: number | bigint | undefined }): Promise<Tensor>;
  /** `cumulative_trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor` — The integrals from the first sample to each other one, by the trapezoidal rule. */
  cumulativeTrapezoid(y: Tensor, x: Tensor, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor>;
  /** `deg2rad(Tensor self) -> Tensor` — Degrees as radians. Any real dtype but float8; integers and bool give the default dtype. */
  deg2rad(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `deg2rad(Tensor self) -> Tensor` — Degrees as radians. Any real dtype but float8; integers and bool give the default dtype. */
  deg2rad_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `det(Tensor self) -> Tensor` — The determinants of matrices (..., n, n): of sizes (...). */
  det(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `detach_copy(Tensor self) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  detachCopy(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `diag(Tensor self, int diagonal=0) -> Tensor` — Of a vector the matrix with it on a diagonal, of a matrix a copy of its diagonal. */
  diag(self: Tensor, options?: CallOptions & { diagonal?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  diag(self: Tensor, diagonal: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor` — Matrices of zeros with the last dimension of `self` on a diagonal. */
  diagEmbed(self: Tensor, options?: CallOptions & { offset?: number | bigint | undefined; dim1?: number | bigint | undefined; dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagEmbed(self: Tensor, offset: number | bigint, options?: CallOptions & { dim1?: number | bigint | undefined; dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagEmbed(self: Tensor, offset: number | bigint, dim1: number | bigint, options?: CallOptions & { dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagEmbed(self: Tensor, offset: number | bigint, dim1: number | bigint, dim2: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `diagflat(Tensor self, int offset=0) -> Tensor` — The matrix with all elements of `self` on a diagonal. */
  diagflat(self: Tensor, options?: CallOptions & { offset?: number | bigint | undefined }): Promise<Tensor>;
  diagflat(self: Tensor, offset: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)` — A view of the diagonals of two dimensions, which become the last one. */
  diagonal(self: Tensor, options?: CallOptions & { offset?: number | bigint | undefined; dim1?: number | bigint | undefined; dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagonal(self: Tensor, offset: number | bigint, options?: CallOptions & { dim1?: number | bigint | undefined; dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagonal(self: Tensor, offset: number | bigint, dim1: number | bigint, options?: CallOptions & { dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagonal(self: Tensor, offset: number | bigint, dim1: number | bigint, dim2: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `diagonal_copy(Tensor self, int offset=0, int dim1=0, int dim2=1) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  diagonalCopy(self: Tensor, options?: CallOptions & { offset?: number | bigint | undefined; dim1?: number | bigint | undefined; dim2?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  diagonalCopy(self: Tensor, offset: number | bigint, options?: CallOptions & { dim1?: number | bigint | undefined; dim2?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  diagonalCopy(self: Tensor, offset: number | bigint, dim1: number | bigint, options?: CallOptions & { dim2?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  diagonalCopy(self: Tensor, offset: number | bigint, dim1: number | bigint, dim2: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `diagonal_scatter(Tensor self, Tensor src, int offset=0, int dim1=0, int dim2=1) -> Tensor` — A copy of `self` in which `src` stands where the view of this name without `_scatter` looks. */
  diagonalScatter(self: Tensor, src: Tensor, options?: CallOptions & { offset?: number | bigint | undefined; dim1?: number | bigint | undefined; dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagonalScatter(self: Tensor, src: Tensor, offset: number | bigint, options?: CallOptions & { dim1?: number | bigint | undefined; dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagonalScatter(self: Tensor, src: Tensor, offset: number | bigint, dim1: number | bigint, options?: CallOptions & { dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagonalScatter(self: Tensor, src: Tensor, offset: number | bigint, dim1: number | bigint, dim2: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor` — The differences of neighbours along a dimension, taken `n` times. */
  diff(self: Tensor, options?: CallOptions & { n?: number | bigint | undefined; dim?: number | bigint | undefined; prepend?: Tensor | null | undefined; append?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  diff(self: Tensor, n: number | bigint, options?: CallOptions & { dim?: number | bigint | undefined; prepend?: Tensor | null | undefined; append?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  diff(self: Tensor, n: number | bigint, dim: number | bigint, options?: CallOptions & { prepend?: Tensor | null | undefined; append?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  diff(self: Tensor, n: number | bigint, dim: number | bigint, prepend: Tensor | null, options?: CallOptions & { append?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  diff(self: Tensor, n: number | bigint, dim: number | bigint, prepend: Tensor | null, append: Tensor | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `digamma(Tensor self) -> Tensor` — The derivative of `lgamma` at each element of `self`. */
  digamma(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `digamma(Tensor self) -> Tensor` — The derivative of `lgamma` at each element of `self`. */
  digamma_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `dist(Tensor self, Tensor other, Scalar p=2) -> Tensor` — The norm of ``self - other``. */
  dist(self: Tensor, other: Tensor, options?: CallOptions & { p?: Scalar | undefined }): Promise<Tensor>;
  dist(self: Tensor, other: Tensor, p: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `div(Tensor self, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor` — Divides `self` by `other`, element by element, with broadcasting and type promotion. */
  div(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { roundingMode?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `div(Tensor self, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor` — Divides `self` by `other`, element by element, with broadcasting and type promotion. */
  div_(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { roundingMode?: string | null | undefined }): Promise<Tensor>;
  /** `divide(Tensor self, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor` — Another name of `div`. */
  divide(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { roundingMode?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `divide(Tensor self, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor` — Another name of `div`. */
  divide_(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { roundingMode?: string | null | undefined }): Promise<Tensor>;
  /** `dot(Tensor self, Tensor tensor) -> Tensor` — The dot product of two vectors of the same length and dtype, as a 0-dim tensor. Nothing is conjugated: see `vdot`. */
  dot(self: Tensor, tensor: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `dropout(Tensor input, float p, bool train) -> Tensor` — Sets elements to zero with chance `p` and multiplies the others by 1 / (1 - p), in training. */
  dropout(input: Tensor, p: number, train: boolean, options?: CallOptions): Promise<Tensor>;
  /** `dropout(Tensor input, float p, bool train) -> Tensor` — Sets elements to zero with chance `p` and multiplies the others by 1 / (1 - p), in training. */
  dropout_(input: Tensor, p: number, train: boolean, options?: CallOptions): Promise<Tensor>;
  /** `dsplit(Tensor self, int|int[] indices_or_sections) -> Tensor[]` — As `tensor_split` along depth, dimension 2. A number of parts must divide the size. */
  dsplit(self: Tensor, indicesOrSections: Integers, options?: CallOptions): Promise<Tensor[]>;
  /** `dstack(Tensor[] tensors) -> Tensor` — The tensors one behind the other: joined along dimension 2 after `atleast_3d`. */
  dstack(tensors: readonly Tensor[], options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `einsum(str equation, Tensor[*] operands, *, int[]? path=None) -> Tensor` — Sums of products of elements, by an equation of subscripts. */
  einsum(equation: string, operands: readonly Tensor[], options?: CallOptions & { path?: Integers | null | undefined }): Promise<Tensor>;
  /** `elementwise_binary_cross_entropy(Tensor input, Tensor target) -> Tensor` — ``-t log(x) - (1 - t) log(1 - x)`` for each probability x and target t, no logarithm below -100. */
  elementwiseBinaryCrossEntropy(input: Tensor, target: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `elementwise_prelu(Tensor self, Tensor weight) -> Tensor` — x for each element x of `self` above 0, else x times the element of `weight` that broadcasting gives it. */
  elementwisePrelu(self: Tensor, weight: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor` — ``scale * x`` for each element x of `self` above 0, else ``scale * alpha * (e^(input_scale x) - 1)``. */
  elu(self: Tensor, options?: CallOptions & { alpha?: Scalar | undefined; scale?: Scalar | undefined; inputScale?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  elu(self: Tensor, alpha: Scalar, options?: CallOptions & { scale?: Scalar | undefined; inputScale?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  elu(self: Tensor, alpha: Scalar, scale: Scalar, options?: CallOptions & { inputScale?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  elu(self: Tensor, alpha: Scalar, scale: Scalar, inputScale: Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor` — ``scale * x`` for each element x of `self` above 0, else ``scale * alpha * (e^(input_scale x) - 1)``. */
  elu_(self: Tensor, options?: CallOptions & { alpha?: Scalar | undefined; scale?: Scalar | undefined; inputScale?: Scalar | undefined }): Promise<Tensor>;
  elu_(self: Tensor, alpha: Scalar, options?: CallOptions & { scale?: Scalar | undefined; inputScale?: Scalar | undefined }): Promise<Tensor>;
  elu_(self: Tensor, alpha: Scalar, scale: Scalar, options?: CallOptions & { inputScale?: Scalar | undefined }): Promise<Tensor>;
  elu_(self: Tensor, alpha: Scalar, scale: Scalar, inputScale: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `elu_backward(Tensor grad, Tensor self, Scalar alpha, Scalar scale, Scalar input_scale) -> Tensor` — The gradient of elu by its input: `grad` times scale above 0, else times alpha scale input_scale e^(input_scale x). */
  eluBackward(grad: Tensor, self: Tensor, alpha: Scalar, scale: Scalar, inputScale: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `embedding(Tensor weight, Tensor indices, int? padding_idx=None, bool scale_grad_by_freq=False, bool sparse=False) -> Tensor` — Rows of a table at indices. */
  embedding(weight: Tensor, indices: Tensor, options?: CallOptions & { paddingIdx?: number | bigint | null | undefined; scaleGradByFreq?: boolean | undefined; sparse?: boolean | undefined }): Promise<Tensor>;
  embedding(weight: Tensor, indices: Tensor, paddingIdx: number | bigint | null, options?: CallOptions & { scaleGradByFreq?: boolean | undefined; sparse?: boolean | undefined }): Promise<Tensor>;
  embedding(weight: Tensor, indices: Tensor, paddingIdx: number | bigint | null, scaleGradByFreq: boolean, options?: CallOptions & { sparse?: boolean | undefined }): Promise<Tensor>;
  embedding(weight: Tensor, indices: Tensor, paddingIdx: number | bigint | null, scaleGradByFreq: boolean, sparse: boolean, options?: CallOptions): Promise<Tensor>;
  /** `embedding_backward(Tensor grad, Tensor indices, int num_weights, int? padding_idx=None) -> Tensor` — The gradient of embedding by its table: row r is the sum of the rows of `grad` whose index is r. */
  embeddingBackward(grad: Tensor, indices: Tensor, numWeights: number | bigint, options?: CallOptions & { paddingIdx?: number | bigint | null | undefined }): Promise<Tensor>;
  embeddingBackward(grad: Tensor, indices: Tensor, numWeights: number | bigint, paddingIdx: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `embedding_bag(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq=False, int mode=0, bool sparse=False, Tensor? per_sample_weights=None, bool include_last_offset=False, int? padding_idx=None) -> (Tensor, Tensor, Tensor, Tensor)` — Rows of a table at indices, reduced within bags. */
  embeddingBag(weight: Tensor, indices: Tensor, offsets: Tensor, options?: CallOptions & { scaleGradByFreq?: boolean | undefined; mode?: number | bigint | undefined; sparse?: boolean | undefined; perSampleWeights?: Tensor | null | undefined; includeLastOffset?: boolean | undefined; paddingIdx?: number | bigint | null | undefined }): Promise<[Tensor, Tensor, Tensor, Tensor]>;
  embeddingBag(weight: Tensor, indices: Tensor, offsets: Tensor, scaleGradByFreq: boolean, options?: CallOptions & { mode?: number | bigint | undefined; sparse?: boolean | undefined; perSampleWeights?: Tensor | null | undefined; includeLastOffset?: boolean | undefined; paddingIdx?: number | bigint | null | undefined }): Promise<[Tensor, Tensor, Tensor, Tensor]>;
  embeddingBag(weight: Tensor, indices: Tensor, offsets: Tensor, scaleGradByFreq: boolean, mode: number | bigint, options?: CallOptions & { sparse?: boolean | undefined; perSampleWeights?: Tensor | null | undefined; includeLastOffset?: boolean | undefined; paddingIdx?: number | bigint | null | undefined }): Promise<[Tensor, Tensor, Tensor, Tensor]>;
  embeddingBag(weight: Tensor, indices: Tensor, offsets: Tensor, scaleGradByFreq: boolean, mode: number | bigint, sparse: boolean, options?: CallOptions & { perSampleWeights?: Tensor | null | undefined; includeLastOffset?: boolean | undefined; paddingIdx?: number | bigint | null | undefined }): Promise<[Tensor, Tensor, Tensor, Tensor]>;
  embeddingBag(weight: Tensor, indices: Tensor, offsets: Tensor, scaleGradByFreq: boolean, mode: number | bigint, sparse: boolean, perSampleWeights: Tensor | null, options?: CallOptions & { includeLastOffset?: boolean | undefined; paddingIdx?: number | bigint | null | undefined }): Promise<[Tensor, Tensor, Tensor, Tensor]>;
  embeddingBag(weight: Tensor, indices: Tensor, offsets: Tensor, scaleGradByFreq: boolean, mode: number | bigint, sparse: boolean, perSampleWeights: Tensor | null, includeLastOffset: boolean, options?: CallOptions & { paddingIdx?: number | bigint | null | undefined }): Promise<[Tensor, Tensor, Tensor, Tensor]>;
  embeddingBag(weight: Tensor, indices: Tensor, offsets: Tensor, scaleGradByFreq: boolean, mode: number | bigint, sparse: boolean, perSampleWeights: Tensor | null, includeLastOffset: boolean, paddingIdx: number | bigint | null, options?: CallOptions): Promise<[Tensor, Tensor, Tensor, Tensor]>;
  /** `embedding_renorm_(Tensor self, Tensor indices, float max_norm, float norm_type) -> Tensor` — Scales down those of the rows at indices whose norm is larger than `max_norm`. */
  embeddingRenorm_(self: Tensor, indices: Tensor, maxNorm: number, normType: number, options?: CallOptions): Promise<Tensor>;
  /** `empty(int[] size, *, dtype? dtype=None, device? device=None, memory_format? memory_format=None) -> Tensor` — A tensor whose elements are not initialised. */
  empty(size: Integers, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; memoryFormat?: number | bigint | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `empty_like(Tensor self, *, dtype? dtype=None, device? device=None, memory_format? memory_format=None) -> Tensor` — Of the sizes and, where they are dense, the strides of `self`. */
  emptyLike(self: Tensor, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; memoryFormat?: number | bigint | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `empty_permuted(int[] size, int[] physical_layout, *, dtype? dtype=None, device? device=None) -> Tensor` — A tensor without defined elements that is dense with its dimensions in another order. */
  emptyPermuted(size: Integers, physicalLayout: Integers, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `empty_strided(int[] size, int[] stride, *, dtype? dtype=None, device? device=None) -> Tensor` — A tensor of the given sizes and strides (in elements), not initialised. */
  emptyStrided(size: Integers, stride: Integers, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `eq(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  eq(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `eq(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  eq_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `equal(Tensor self, Tensor other) -> bool` — Whether both tensors have the same sizes and equal elements. */
  equal(self: Tensor, other: Tensor, options?: CallOptions): Promise<boolean>;
  /** `erf(Tensor self) -> Tensor` — The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, for each element x of `self`, within 2 ulp. Any real dtype but float8; integers and bool give the default dtype. */
  erf(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `erf(Tensor self) -> Tensor` — The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, for each element x of `self`, within 2 ulp. Any real dtype but float8; integers and bool give the default dtype. */
  erf_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `erfc(Tensor self) -> Tensor` — The complement ``1 - erf(x)`` of the error function of each element of `self`. */
  erfc(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `erfc(Tensor self) -> Tensor` — The complement ``1 - erf(x)`` of the error function of each element of `self`. */
  erfc_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `erfinv(Tensor self) -> Tensor` — The number whose error function each element of `self` is, within 3 ulp; infinite at -1 and 1, NaN beyond. Dtypes as for `erfc`. */
  erfinv(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `erfinv(Tensor self) -> Tensor` — The number whose error function each element of `self` is, within 3 ulp; infinite at -1 and 1, NaN beyond. Dtypes as for `erfc`. */
  erfinv_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `exp(Tensor self) -> Tensor` — e to the power of each element of `self`. */
  exp(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `exp2(Tensor self) -> Tensor` — 2 to the power of each element of `self`, exact at integers. Dtypes and accuracy as for `exp`. */
  exp2(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `exp2(Tensor self) -> Tensor` — 2 to the power of each element of `self`, exact at integers. Dtypes and accuracy as for `exp`. */
  exp2_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `exp(Tensor self) -> Tensor` — e to the power of each element of `self`. */
  exp_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `expand_copy(Tensor self, int[] size) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  expandCopy(self: Tensor, size: Integers, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `expm1(Tensor self) -> Tensor` — e^x - 1 for each element x of `self`, accurate near 0 too. Dtypes as for `exp`. */
  expm1(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `expm1(Tensor self) -> Tensor` — e^x - 1 for each element x of `self`, accurate near 0 too. Dtypes as for `exp`. */
  expm1_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `eye(int n, int? m=None, *, dtype? dtype=None, device? device=None) -> Tensor` — Ones on the diagonal of a matrix of zeros. */
  eye(n: number | bigint, options?: CallOptions & { m?: number | bigint | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  eye(n: number | bigint, m: number | bigint | null, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `feature_alpha_dropout(Tensor input, float p, bool train) -> Tensor` — `alpha_dropout` of whole channels of (N, C, ...). */
  featureAlphaDropout(input: Tensor, p: number, train: boolean, options?: CallOptions): Promise<Tensor>;
  /** `feature_alpha_dropout(Tensor input, float p, bool train) -> Tensor` — `alpha_dropout` of whole channels of (N, C, ...). */
  featureAlphaDropout_(input: Tensor, p: number, train: boolean, options?: CallOptions): Promise<Tensor>;
  /** `feature_dropout(Tensor input, float p, bool train) -> Tensor` — Sets whole channels to zero with chance `p` and multiplies the others by 1 / (1 - p), in training. */
  featureDropout(input: Tensor, p: number, train: boolean, options?: CallOptions): Promise<Tensor>;
  /** `feature_dropout(Tensor input, float p, bool train) -> Tensor` — Sets whole channels to zero with chance `p` and multiplies the others by 1 / (1 - p), in training. */
  featureDropout_(input: Tensor, p: number, train: boolean, options?: CallOptions): Promise<Tensor>;
  /** `fft_fft(Tensor self, int? n=None, int dim=-1, str? norm=None) -> Tensor` — The Fourier transform: out[k] = sum of self[j] exp(-2 pi i j k / n). */
  fftFft(self: Tensor, options?: CallOptions & { n?: number | bigint | null | undefined; dim?: number | bigint | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftFft(self: Tensor, n: number | bigint | null, options?: CallOptions & { dim?: number | bigint | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftFft(self: Tensor, n: number | bigint | null, dim: number | bigint, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftFft(self: Tensor, n: number | bigint | null, dim: number | bigint, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_fft2(Tensor self, int[]? s=None, int[] dim=[-2,-1], str? norm=None) -> Tensor` — The Fourier transform: out[k] = sum of self[j] exp(-2 pi i j k / n). */
  fftFft2(self: Tensor, options?: CallOptions & { s?: Integers | null | undefined; dim?: Integers | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftFft2(self: Tensor, s: Integers | null, options?: CallOptions & { dim?: Integers | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftFft2(self: Tensor, s: Integers | null, dim: Integers, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftFft2(self: Tensor, s: Integers | null, dim: Integers, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_fftfreq(int n, float d=1.0, *, dtype? dtype=None, device? device=None) -> Tensor` — The frequencies of the coefficients of `fft_fft`: 0, 1, ..., then the negative ones -n / 2, ..., -1, over n d. */
  fftFftfreq(n: number | bigint, options?: CallOptions & { d?: number | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftFftfreq(n: number | bigint, d: number, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_fftn(Tensor self, int[]? s=None, int[]? dim=None, str? norm=None) -> Tensor` — The Fourier transform: out[k] = sum of self[j] exp(-2 pi i j k / n). */
  fftFftn(self: Tensor, options?: CallOptions & { s?: Integers | null | undefined; dim?: Integers | null | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftFftn(self: Tensor, s: Integers | null, options?: CallOptions & { dim?: Integers | null | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftFftn(self: Tensor, s: Integers | null, dim: Integers | null, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftFftn(self: Tensor, s: Integers | null, dim: Integers | null, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_fftshift(Tensor self, int[]? dim=None) -> Tensor` — Coefficients with frequency zero in the middle: negative frequencies first. */
  fftFftshift(self: Tensor, options?: CallOptions & { dim?: Integers | null | undefined }): Promise<Tensor>;
  fftFftshift(self: Tensor, dim: Integers | null, options?: CallOptions): Promise<Tensor>;
  /** `fft_hfft(Tensor self, int? n=None, int dim=-1, str? norm=None) -> Tensor` — The Fourier transform to real coefficients of a signal that is its own conjugate backwards, given by its first half. */
  fftHfft(self: Tensor, options?: CallOptions & { n?: number | bigint | null | undefined; dim?: number | bigint | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftHfft(self: Tensor, n: number | bigint | null, options?: CallOptions & { dim?: number | bigint | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftHfft(self: Tensor, n: number | bigint | null, dim: number | bigint, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftHfft(self: Tensor, n: number | bigint | null, dim: number | bigint, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_hfft2(Tensor self, int[]? s=None, int[] dim=[-2,-1], str? norm=None) -> Tensor` — The Fourier transform to real coefficients of a signal that is its own conjugate backwards, given by its first half. */
  fftHfft2(self: Tensor, options?: CallOptions & { s?: Integers | null | undefined; dim?: Integers | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftHfft2(self: Tensor, s: Integers | null, options?: CallOptions & { dim?: Integers | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftHfft2(self: Tensor, s: Integers | null, dim: Integers, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftHfft2(self: Tensor, s: Integers | null, dim: Integers, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_hfftn(Tensor self, int[]? s=None, int[]? dim=None, str? norm=None) -> Tensor` — The Fourier transform to real coefficients of a signal that is its own conjugate backwards, given by its first half. */
  fftHfftn(self: Tensor, options?: CallOptions & { s?: Integers | null | undefined; dim?: Integers | null | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftHfftn(self: Tensor, s: Integers | null, options?: CallOptions & { dim?: Integers | null | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftHfftn(self: Tensor, s: Integers | null, dim: Integers | null, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftHfftn(self: Tensor, s: Integers | null, dim: Integers | null, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_ifft(Tensor self, int? n=None, int dim=-1, str? norm=None) -> Tensor` — The inverse Fourier transform: out[j] = 1 / n sum of self[k] exp(2 pi i j k / n). */
  fftIfft(self: Tensor, options?: CallOptions & { n?: number | bigint | null | undefined; dim?: number | bigint | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIfft(self: Tensor, n: number | bigint | null, options?: CallOptions & { dim?: number | bigint | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIfft(self: Tensor, n: number | bigint | null, dim: number | bigint, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIfft(self: Tensor, n: number | bigint | null, dim: number | bigint, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_ifft2(Tensor self, int[]? s=None, int[] dim=[-2,-1], str? norm=None) -> Tensor` — The inverse Fourier transform: out[j] = 1 / n sum of self[k] exp(2 pi i j k / n). */
  fftIfft2(self: Tensor, options?: CallOptions & { s?: Integers | null | undefined; dim?: Integers | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIfft2(self: Tensor, s: Integers | null, options?: CallOptions & { dim?: Integers | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIfft2(self: Tensor, s: Integers | null, dim: Integers, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIfft2(self: Tensor, s: Integers | null, dim: Integers, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_ifftn(Tensor self, int[]? s=None, int[]? dim=None, str? norm=None) -> Tensor` — The inverse Fourier transform: out[j] = 1 / n sum of self[k] exp(2 pi i j k / n). */
  fftIfftn(self: Tensor, options?: CallOptions & { s?: Integers | null | undefined; dim?: Integers | null | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIfftn(self: Tensor, s: Integers | null, options?: CallOptions & { dim?: Integers | null | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIfftn(self: Tensor, s: Integers | null, dim: Integers | null, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIfftn(self: Tensor, s: Integers | null, dim: Integers | null, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_ifftshift(Tensor self, int[]? dim=None) -> Tensor` — Undoes `fft_fftshift`: frequency zero first. */
  fftIfftshift(self: Tensor, options?: CallOptions & { dim?: Integers | null | undefined }): Promise<Tensor>;
  fftIfftshift(self: Tensor, dim: Integers | null, options?: CallOptions): Promise<Tensor>;
  /** `fft_ihfft(Tensor self, int? n=None, int dim=-1, str? norm=None) -> Tensor` — The inverse Fourier transform of real coefficients: the first half of the signal, undoes `fft_hfft`. */
  fftIhfft(self: Tensor, options?: CallOptions & { n?: number | bigint | null | undefined; dim?: number | bigint | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIhfft(self: Tensor, n: number | bigint | null, options?: CallOptions & { dim?: number | bigint | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIhfft(self: Tensor, n: number | bigint | null, dim: number | bigint, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIhfft(self: Tensor, n: number | bigint | null, dim: number | bigint, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_ihfft2(Tensor self, int[]? s=None, int[] dim=[-2,-1], str? norm=None) -> Tensor` — The inverse Fourier transform of real coefficients: the first half of the signal, undoes `fft_hfft`. */
  fftIhfft2(self: Tensor, options?: CallOptions & { s?: Integers | null | undefined; dim?: Integers | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIhfft2(self: Tensor, s: Integers | null, options?: CallOptions & { dim?: Integers | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIhfft2(self: Tensor, s: Integers | null, dim: Integers, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIhfft2(self: Tensor, s: Integers | null, dim: Integers, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_ihfftn(Tensor self, int[]? s=None, int[]? dim=None, str? norm=None) -> Tensor` — The inverse Fourier transform of real coefficients: the first half of the signal, undoes `fft_hfft`. */
  fftIhfftn(self: Tensor, options?: CallOptions & { s?: Integers | null | undefined; dim?: Integers | null | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIhfftn(self: Tensor, s: Integers | null, options?: CallOptions & { dim?: Integers | null | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIhfftn(self: Tensor, s: Integers | null, dim: Integers | null, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIhfftn(self: Tensor, s: Integers | null, dim: Integers | null, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_irfft(Tensor self, int? n=None, int dim=-1, str? norm=None) -> Tensor` — The inverse Fourier transform to a real signal, of the first n / 2 + 1 coefficients: undoes `fft_rfft`. */
  fftIrfft(self: Tensor, options?: CallOptions & { n?: number | bigint | null | undefined; dim?: number | bigint | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIrfft(self: Tensor, n: number | bigint | null, options?: CallOptions & { dim?: number | bigint | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIrfft(self: Tensor, n: number | bigint | null, dim: number | bigint, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIrfft(self: Tensor, n: number | bigint | null, dim: number | bigint, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_irfft2(Tensor self, int[]? s=None, int[] dim=[-2,-1], str? norm=None) -> Tensor` — The inverse Fourier transform to a real signal, of the first n / 2 + 1 coefficients: undoes `fft_rfft`. */
  fftIrfft2(self: Tensor, options?: CallOptions & { s?: Integers | null | undefined; dim?: Integers | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIrfft2(self: Tensor, s: Integers | null, options?: CallOptions & { dim?: Integers | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIrfft2(self: Tensor, s: Integers | null, dim: Integers, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIrfft2(self: Tensor, s: Integers | null, dim: Integers, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_irfftn(Tensor self, int[]? s=None, int[]? dim=None, str? norm=None) -> Tensor` — The inverse Fourier transform to a real signal, of the first n / 2 + 1 coefficients: undoes `fft_rfft`. */
  fftIrfftn(self: Tensor, options?: CallOptions & { s?: Integers | null | undefined; dim?: Integers | null | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIrfftn(self: Tensor, s: Integers | null, options?: CallOptions & { dim?: Integers | null | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIrfftn(self: Tensor, s: Integers | null, dim: Integers | null, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftIrfftn(self: Tensor, s: Integers | null, dim: Integers | null, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_rfft(Tensor self, int? n=None, int dim=-1, str? norm=None) -> Tensor` — The Fourier transform of a real signal: the first n / 2 + 1 coefficients, whose conjugates are the rest. */
  fftRfft(self: Tensor, options?: CallOptions & { n?: number | bigint | null | undefined; dim?: number | bigint | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftRfft(self: Tensor, n: number | bigint | null, options?: CallOptions & { dim?: number | bigint | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftRfft(self: Tensor, n: number | bigint | null, dim: number | bigint, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftRfft(self: Tensor, n: number | bigint | null, dim: number | bigint, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_rfft2(Tensor self, int[]? s=None, int[] dim=[-2,-1], str? norm=None) -> Tensor` — The Fourier transform of a real signal: the first n / 2 + 1 coefficients, whose conjugates are the rest. */
  fftRfft2(self: Tensor, options?: CallOptions & { s?: Integers | null | undefined; dim?: Integers | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftRfft2(self: Tensor, s: Integers | null, options?: CallOptions & { dim?: Integers | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftRfft2(self: Tensor, s: Integers | null, dim: Integers, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftRfft2(self: Tensor, s: Integers | null, dim: Integers, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_rfftfreq(int n, float d=1.0, *, dtype? dtype=None, device? device=None) -> Tensor` — The frequencies of the coefficients of `fft_rfft`: 0, 1, ..., n / 2 over n d; see `fft_fftfreq`. */
  fftRfftfreq(n: number | bigint, options?: CallOptions & { d?: number | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftRfftfreq(n: number | bigint, d: number, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `fft_rfftn(Tensor self, int[]? s=None, int[]? dim=None, str? norm=None) -> Tensor` — The Fourier transform of a real signal: the first n / 2 + 1 coefficients, whose conjugates are the rest. */
  fftRfftn(self: Tensor, options?: CallOptions & { s?: Integers | null | undefined; dim?: Integers | null | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftRfftn(self: Tensor, s: Integers | null, options?: CallOptions & { dim?: Integers | null | undefined; norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftRfftn(self: Tensor, s: Integers | null, dim: Integers | null, options?: CallOptions & { norm?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  fftRfftn(self: Tensor, s: Integers | null, dim: Integers | null, norm: string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fix(Tensor self) -> Tensor` — Another name of `trunc`. */
  fix(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fix(Tensor self) -> Tensor` — Another name of `trunc`. */
  fix_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `flatten(Tensor self, int start_dim=0, int end_dim=-1) -> Tensor` — The dimensions from `start_dim` to `end_dim` as one: a view where strides allow it. */
  flatten(self: Tensor, options?: CallOptions & { startDim?: number | bigint | undefined; endDim?: number | bigint | undefined }): Promise<Tensor>;
  flatten(self: Tensor, startDim: number | bigint, options?: CallOptions & { endDim?: number | bigint | undefined }): Promise<Tensor>;
  flatten(self: Tensor, startDim: number | bigint, endDim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `flip(Tensor self, int[] dims) -> Tensor` — A copy in which the order of indices along `dims` is reversed. */
  flip(self: Tensor, dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `fliplr(Tensor self) -> Tensor` — A copy with the order of columns, dimension 1, reversed. */
  fliplr(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `flipud(Tensor self) -> Tensor` — A copy with the order of rows, dimension 0, reversed. */
  flipud(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `float_power(Tensor self, Tensor|Scalar exponent) -> Tensor` — `self` to the power of `exponent`, computed in float64, or complex128 for complex operands: `pow` of both cast to it. */
  floatPower(self: Tensor, exponent: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `float_power.scalar(Scalar self, Tensor exponent) -> Tensor` — `self` to the power of `exponent`, computed in float64, or complex128 for complex operands: `pow` of both cast to it. */
  floatPower(self: Scalar, exponent: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `float_power(Tensor self, Tensor|Scalar exponent) -> Tensor` — `self` to the power of `exponent`, computed in float64, or complex128 for complex operands: `pow` of both cast to it. */
  floatPower_(self: Tensor, exponent: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `floor(Tensor self) -> Tensor` — The largest integers not above the elements of `self`. Integer and floating dtypes but float8; integers are copied. */
  floor(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `floor(Tensor self) -> Tensor` — The largest integers not above the elements of `self`. Integer and floating dtypes but float8; integers are copied. */
  floor_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `floor_divide(Tensor self, Tensor|Scalar other) -> Tensor` — Divides `self` by `other` and rounds down: ``div(self, other, rounding_mode="floor")``. */
  floorDivide(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `floor_divide(Tensor self, Tensor|Scalar other) -> Tensor` — Divides `self` by `other` and rounds down: ``div(self, other, rounding_mode="floor")``. */
  floorDivide_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `fmax(Tensor self, Tensor other) -> Tensor` — The larger of `self` and `other`, element by element: as `maximum`, but a number wins against NaN. */
  fmax(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fmin(Tensor self, Tensor other) -> Tensor` — The smaller of `self` and `other`, element by element: as `fmax` in everything else. */
  fmin(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fmod(Tensor self, Tensor|Scalar other) -> Tensor` — The remainder of `self` divided by `other`, with the sign of `self`, as C's ``fmod``. */
  fmod(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fmod(Tensor self, Tensor|Scalar other) -> Tensor` — The remainder of `self` divided by `other`, with the sign of `self`, as C's ``fmod``. */
  fmod_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `frac(Tensor self) -> Tensor` — The fractions of the elements of `self`, with their signs: x - trunc(x). Floating dtypes but float8. */
  frac(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `frac(Tensor self) -> Tensor` — The fractions of the elements of `self`, with their signs: x - trunc(x). Floating dtypes but float8. */
  frac_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `fractional_max_pool2d(Tensor input, int[] kernel_size, int[] output_size, Tensor random_samples) -> (Tensor out, Tensor indices)` — The greatest element of each window, windows at steps that vary, and where it stood. */
  fractionalMaxPool2d(input: Tensor, kernelSize: Integers, outputSize: Integers, randomSamples: Tensor, options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `fractional_max_pool3d(Tensor input, int[] kernel_size, int[] output_size, Tensor random_samples) -> (Tensor out, Tensor indices)` — The greatest element of each window, windows at steps that vary, and where it stood. */
  fractionalMaxPool3d(input: Tensor, kernelSize: Integers, outputSize: Integers, randomSamples: Tensor, options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `frexp(Tensor self) -> (Tensor mantissa, Tensor exponent)` — Each element of `self` as ``mantissa * 2 ** exponent`` with a mantissa in [0.5, 1) beside its sign. */
  frexp(self: Tensor, options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `full(int[] size, Scalar fill_value, *, dtype? dtype=None, device? device=None) -> Tensor` — A tensor filled with `fill_value`. */
  full(size: Integers, fillValue: Scalar, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `full_like(Tensor self, Scalar fill_value, *, dtype? dtype=None, device? device=None, memory_format? memory_format=None) -> Tensor` — Of the sizes and, where they are dense, the strides of `self`. */
  fullLike(self: Tensor, fillValue: Scalar, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; memoryFormat?: number | bigint | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor` — Elements of `self` at an index each along one dimension. */
  gather(self: Tensor, dim: number | bigint, index: Tensor, options?: CallOptions & { sparseGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `gaussian_nll_loss(Tensor input, Tensor target, Tensor var, bool full=False, float eps=1e-06, str reduction='mean') -> Tensor` — The negative log likelihood under normal distributions: ``(log(var) + (input - target) ** 2 / var) / 2``. */
  gaussianNllLoss(input: Tensor, target: Tensor, var_: Tensor, options?: CallOptions & { full?: boolean | undefined; eps?: number | undefined; reduction?: string | undefined }): Promise<Tensor>;
  gaussianNllLoss(input: Tensor, target: Tensor, var_: Tensor, full: boolean, options?: CallOptions & { eps?: number | undefined; reduction?: string | undefined }): Promise<Tensor>;
  gaussianNllLoss(input: Tensor, target: Tensor, var_: Tensor, full: boolean, eps: number, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  gaussianNllLoss(input: Tensor, target: Tensor, var_: Tensor, full: boolean, eps: number, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `gcd(Tensor self, Tensor other) -> Tensor` — The greatest common divisor of `self` and `other`, element by element, with broadcasting. */
  gcd(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `gcd(Tensor self, Tensor other) -> Tensor` — The greatest common divisor of `self` and `other`, element by element, with broadcasting. */
  gcd_(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `ge(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  ge(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ge(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  ge_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `gelu(Tensor self, *, str approximate='none') -> Tensor` — x Phi(x) for each element x of `self`, Phi the integral of the standard normal distribution. */
  gelu(self: Tensor, options?: CallOptions & { approximate?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `gelu(Tensor self, *, str approximate='none') -> Tensor` — x Phi(x) for each element x of `self`, Phi the integral of the standard normal distribution. */
  gelu_(self: Tensor, options?: CallOptions & { approximate?: string | undefined }): Promise<Tensor>;
  /** `gelu_backward(Tensor grad, Tensor self, *, str approximate='none') -> Tensor` — The gradient of gelu by its input, in one pass. */
  geluBackward(grad: Tensor, self: Tensor, options?: CallOptions & { approximate?: string | undefined }): Promise<Tensor>;
  /** `geqrf(Tensor self) -> (Tensor a, Tensor tau)` — The QR factors of matrices (..., m, n), packed as LAPACK has them. */
  geqrf(self: Tensor, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `ger(Tensor self, Tensor vec2) -> Tensor` — Another name of `outer`. */
  ger(self: Tensor, vec2: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `glu(Tensor self, int dim=-1) -> Tensor` — ``a * sigmoid(b)`` for the halves a and b of `self` along `dim`. */
  glu(self: Tensor, options?: CallOptions & { dim?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  glu(self: Tensor, dim: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `glu_backward(Tensor grad, Tensor self, int dim) -> Tensor` — The gradient of glu by its input: grad * s and grad * a * s * (1 - s) along `dim`, with s = sigmoid(b). */
  gluBackward(grad: Tensor, self: Tensor, dim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `greater(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `gt`. */
  greater(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `greater(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `gt`. */
  greater_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `greater_equal(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `ge`. */
  greaterEqual(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `greater_equal(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `ge`. */
  greaterEqual_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `grid_sampler(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor` — The image's values at the places of a grid: `nn.functional.grid_sample`. */
  gridSampler(input: Tensor, grid: Tensor, interpolationMode: number | bigint, paddingMode: number | bigint, alignCorners: boolean, options?: CallOptions): Promise<Tensor>;
  /** `grid_sampler_2d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor` — The image's values at the places of a grid: `nn.functional.grid_sample`. */
  gridSampler2d(input: Tensor, grid: Tensor, interpolationMode: number | bigint, paddingMode: number | bigint, alignCorners: boolean, options?: CallOptions): Promise<Tensor>;
  /** `grid_sampler_3d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor` — The image's values at the places of a grid: `nn.functional.grid_sample`. */
  gridSampler3d(input: Tensor, grid: Tensor, interpolationMode: number | bigint, paddingMode: number | bigint, alignCorners: boolean, options?: CallOptions): Promise<Tensor>;
  /** `group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enabled=True) -> Tensor` — Normalises groups of neighbouring channels by their mean and variance over all positions. */
  groupNorm(input: Tensor, numGroups: number | bigint, options?: CallOptions & { weight?: Tensor | null | undefined; bias?: Tensor | null | undefined; eps?: number | undefined; cudnnEnabled?: boolean | undefined }): Promise<Tensor>;
  groupNorm(input: Tensor, numGroups: number | bigint, weight: Tensor | null, options?: CallOptions & { bias?: Tensor | null | undefined; eps?: number | undefined; cudnnEnabled?: boolean | undefined }): Promise<Tensor>;
  groupNorm(input: Tensor, numGroups: number | bigint, weight: Tensor | null, bias: Tensor | null, options?: CallOptions & { eps?: number | undefined; cudnnEnabled?: boolean | undefined }): Promise<Tensor>;
  groupNorm(input: Tensor, numGroups: number | bigint, weight: Tensor | null, bias: Tensor | null, eps: number, options?: CallOptions & { cudnnEnabled?: boolean | undefined }): Promise<Tensor>;
  groupNorm(input: Tensor, numGroups: number | bigint, weight: Tensor | null, bias: Tensor | null, eps: number, cudnnEnabled: boolean, options?: CallOptions): Promise<Tensor>;
  /** `gt(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  gt(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `gt(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  gt_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `hamming_window(int window_length, bool periodic=True, float alpha=0.54, float beta=0.46, *, dtype? dtype=None, device? device=None) -> Tensor` — The Hamming window, ``alpha - beta cos(2 pi i / N)``. */
  hammingWindow(windowLength: number | bigint, options?: CallOptions & { periodic?: boolean | undefined; alpha?: number | undefined; beta?: number | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  hammingWindow(windowLength: number | bigint, periodic: boolean, options?: CallOptions & { alpha?: number | undefined; beta?: number | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  hammingWindow(windowLength: number | bigint, periodic: boolean, alpha: number, options?: CallOptions & { beta?: number | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  hammingWindow(windowLength: number | bigint, periodic: boolean, alpha: number, beta: number, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `hann_window(int window_length, bool periodic=True, *, dtype? dtype=None, device? device=None) -> Tensor` — The Hann window, ``(1 - cos(2 pi i / N)) / 2``. */
  hannWindow(windowLength: number | bigint, options?: CallOptions & { periodic?: boolean | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  hannWindow(windowLength: number | bigint, periodic: boolean, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor` — 0 for each element of `self` from -lambd to lambd, which else is kept; NaN stays. Floating dtypes but float8. */
  hardshrink(self: Tensor, options?: CallOptions & { lambd?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  hardshrink(self: Tensor, lambd: Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `hardsigmoid(Tensor self) -> Tensor` — ``min(max(x + 3, 0), 6) / 6`` for each element x of `self`. Floating dtypes but float8. */
  hardsigmoid(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `hardsigmoid(Tensor self) -> Tensor` — ``min(max(x + 3, 0), 6) / 6`` for each element x of `self`. Floating dtypes but float8. */
  hardsigmoid_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `hardsigmoid_backward(Tensor grad, Tensor self) -> Tensor` — The gradient of hardsigmoid by its input: grad / 6 between -3 and 3, else 0. */
  hardsigmoidBackward(grad: Tensor, self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `hardswish(Tensor self) -> Tensor` — ``x * min(max(x + 3, 0), 6) / 6`` for each element x of `self`. Floating dtypes but float8. */
  hardswish(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `hardswish(Tensor self) -> Tensor` — ``x * min(max(x + 3, 0), 6) / 6`` for each element x of `self`. Floating dtypes but float8. */
  hardswish_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `hardswish_backward(Tensor grad, Tensor self) -> Tensor` — The gradient of hardswish by its input: 0 up to -3, ``grad * (x / 3 + 1 / 2)`` below 3, `grad` from there. */
  hardswishBackward(grad: Tensor, self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor` — Each element of `self` held between `min_val` and `max_val`, with a gradient of 0 on the bounds; NaN stays. */
  hardtanh(self: Tensor, options?: CallOptions & { minVal?: Scalar | undefined; maxVal?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  hardtanh(self: Tensor, minVal: Scalar, options?: CallOptions & { maxVal?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  hardtanh(self: Tensor, minVal: Scalar, maxVal: Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor` — Each element of `self` held between `min_val` and `max_val`, with a gradient of 0 on the bounds; NaN stays. */
  hardtanh_(self: Tensor, options?: CallOptions & { minVal?: Scalar | undefined; maxVal?: Scalar | undefined }): Promise<Tensor>;
  hardtanh_(self: Tensor, minVal: Scalar, options?: CallOptions & { maxVal?: Scalar | undefined }): Promise<Tensor>;
  hardtanh_(self: Tensor, minVal: Scalar, maxVal: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `hardtanh_backward(Tensor grad, Tensor self, Scalar min_val, Scalar max_val) -> Tensor` — The gradient of hardtanh by its input: `grad` between the bounds, 0 on and beyond them. */
  hardtanhBackward(grad: Tensor, self: Tensor, minVal: Scalar, maxVal: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `heaviside(Tensor self, Tensor values) -> Tensor` — The step function: 0 where `self` is below zero or NaN, 1 where it is above, `values` where it is zero. */
  heaviside(self: Tensor, values: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `heaviside(Tensor self, Tensor values) -> Tensor` — The step function: 0 where `self` is below zero or NaN, 1 where it is above, `values` where it is zero. */
  heaviside_(self: Tensor, values: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `hinge_embedding_loss(Tensor input, Tensor target, float margin=1.0, str reduction='mean') -> Tensor` — Distances x of pairs that are alike (target 1) or not (-1): ``x`` or ``max(0, margin - x)``. */
  hingeEmbeddingLoss(input: Tensor, target: Tensor, options?: CallOptions & { margin?: number | undefined; reduction?: string | undefined }): Promise<Tensor>;
  hingeEmbeddingLoss(input: Tensor, target: Tensor, margin: number, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  hingeEmbeddingLoss(input: Tensor, target: Tensor, margin: number, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `histc(Tensor self, int bins=100, Scalar min=0, Scalar max=0) -> Tensor` — How many elements of `self` lie in each of `bins` equal parts of a range. */
  histc(self: Tensor, options?: CallOptions & { bins?: number | bigint | undefined; min?: Scalar | undefined; max?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  histc(self: Tensor, bins: number | bigint, options?: CallOptions & { min?: Scalar | undefined; max?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  histc(self: Tensor, bins: number | bigint, min: Scalar, options?: CallOptions & { max?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  histc(self: Tensor, bins: number | bigint, min: Scalar, max: Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `histogram(Tensor self, Tensor bins, *, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges)` — How many elements of `self` lie between neighbours of `bins`. */
  histogram(self: Tensor, bins: Tensor, options?: CallOptions & { weight?: Tensor | null | undefined; density?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `histogram.count(Tensor self, int bins=100, *, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges)` — How many elements of `self` lie between neighbours of `bins`. */
  histogram(self: Tensor, options?: CallOptions & { bins?: number | bigint | undefined; range?: readonly number[] | null | undefined; weight?: Tensor | null | undefined; density?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  histogram(self: Tensor, bins: number | bigint, options?: CallOptions & { range?: readonly number[] | null | undefined; weight?: Tensor | null | undefined; density?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `hsplit(Tensor self, int|int[] indices_or_sections) -> Tensor[]` — As `tensor_split` along columns: dimension 1, or 0 of a vector. A number of parts must divide the size. */
  hsplit(self: Tensor, indicesOrSections: Integers, options?: CallOptions): Promise<Tensor[]>;
  /** `hstack(Tensor[] tensors) -> Tensor` — The tensors side by side: joined along dimension 1, vectors and numbers along 0. */
  hstack(tensors: readonly Tensor[], options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `huber_loss(Tensor input, Tensor target, str reduction='mean', float delta=1.0) -> Tensor` — The difference d of `input` and `target`: ``d ** 2 / 2`` where |d| <= `delta`, else ``delta * (|d| - delta / 2)``. */
  huberLoss(input: Tensor, target: Tensor, options?: CallOptions & { reduction?: string | undefined; delta?: number | undefined }): Promise<Tensor>;
  huberLoss(input: Tensor, target: Tensor, reduction: string, options?: CallOptions & { delta?: number | undefined }): Promise<Tensor>;
  huberLoss(input: Tensor, target: Tensor, reduction: string, delta: number, options?: CallOptions): Promise<Tensor>;
  /** `hypot(Tensor self, Tensor other) -> Tensor` — ``sqrt(self ** 2 + other ** 2)``, element by element, without overflow or underflow of the squares. */
  hypot(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `hypot(Tensor self, Tensor other) -> Tensor` — ``sqrt(self ** 2 + other ** 2)``, element by element, without overflow or underflow of the squares. */
  hypot_(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `i0(Tensor self) -> Tensor` — The modified Bessel function of the first kind of order 0 of each element of `self`, within 5 ulp. Dtypes as for `erfc`. */
  i0(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `i0(Tensor self) -> Tensor` — The modified Bessel function of the first kind of order 0 of each element of `self`, within 5 ulp. Dtypes as for `erfc`. */
  i0_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `igamma(Tensor self, Tensor other) -> Tensor` — The lower incomplete gamma function, regularised: the part of ``gamma(self)`` that its integral has up to `other`. */
  igamma(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `igamma(Tensor self, Tensor other) -> Tensor` — The lower incomplete gamma function, regularised: the part of ``gamma(self)`` that its integral has up to `other`. */
  igamma_(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `igammac(Tensor self, Tensor other) -> Tensor` — The upper incomplete gamma function, regularised: the part that `igamma` leaves. As `igamma` in everything else. */
  igammac(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `igammac(Tensor self, Tensor other) -> Tensor` — The upper incomplete gamma function, regularised: the part that `igamma` leaves. As `igamma` in everything else. */
  igammac_(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `im2col(Tensor self, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor` — What each window of an image sees, as a column: `nn.functional.unfold`. */
  im2col(self: Tensor, kernelSize: Integers, dilation: Integers, padding: Integers, stride: Integers, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `imag(Tensor self) -> Tensor` — A view of the imaginary parts. */
  imag(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `index(Tensor self, Tensor?[] indices) -> Tensor` — The elements at tensors of indices, as ``x[i, j]`` reads them. */
  index(self: Tensor, indices: readonly (Tensor | null)[], options?: CallOptions): Promise<Tensor>;
  /** `index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor` — Adds `alpha * source` to the entries of one dimension at the given indices. */
  indexAdd(self: Tensor, dim: number | bigint, index: Tensor, source: Tensor, options?: CallOptions & { alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor` — Adds `alpha * source` to the entries of one dimension at the given indices. */
  indexAdd_(self: Tensor, dim: number | bigint, index: Tensor, source: Tensor, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor` — A copy of `self` with entries of one dimension replaced by those of `source`. */
  indexCopy(self: Tensor, dim: number | bigint, index: Tensor, source: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor` — A copy of `self` with entries of one dimension replaced by those of `source`. */
  indexCopy_(self: Tensor, dim: number | bigint, index: Tensor, source: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `index_fill(Tensor self, int dim, Tensor index, Tensor|Scalar value) -> Tensor` — A copy of `self` with a number in the entries of one dimension at the given indices. */
  indexFill(self: Tensor, dim: number | bigint, index: Tensor, value: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `index_fill(Tensor self, int dim, Tensor index, Tensor|Scalar value) -> Tensor` — A copy of `self` with a number in the entries of one dimension at the given indices. */
  indexFill_(self: Tensor, dim: number | bigint, index: Tensor, value: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor` — Writes values to the elements at tensors of indices, as ``x[i, j] = values`` does. */
  indexPut(self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, options?: CallOptions & { accumulate?: boolean | undefined }): Promise<Tensor>;
  indexPut(self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, accumulate: boolean, options?: CallOptions): Promise<Tensor>;
  /** `index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor` — Writes values to the elements at tensors of indices, as ``x[i, j] = values`` does. */
  indexPut_(self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, options?: CallOptions & { accumulate?: boolean | undefined }): Promise<Tensor>;
  indexPut_(self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, accumulate: boolean, options?: CallOptions): Promise<Tensor>;
  /** `index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor` — A copy of `self` with entries of `source` folded into those of one dimension at the indices. */
  indexReduce(self: Tensor, dim: number | bigint, index: Tensor, source: Tensor, reduce: string, options?: CallOptions & { includeSelf?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor` — A copy of `self` with entries of `source` folded into those of one dimension at the indices. */
  indexReduce_(self: Tensor, dim: number | bigint, index: Tensor, source: Tensor, reduce: string, options?: CallOptions & { includeSelf?: boolean | undefined }): Promise<Tensor>;
  /** `index_select(Tensor self, int dim, Tensor index) -> Tensor` — The entries of one dimension at the given indices. */
  indexSelect(self: Tensor, dim: number | bigint, index: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `inner(Tensor self, Tensor other) -> Tensor` — The dot products of the vectors along the last dimensions of both: of (..., k) and (---, k) a tensor (..., ---). */
  inner(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `instance_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool use_input_stats, float momentum, float eps, bool cudnn_enabled) -> Tensor` — Normalises each channel of each batch entry by its mean and variance over all positions. */
  instanceNorm(input: Tensor, weight: Tensor | null, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, useInputStats: boolean, momentum: number, eps: number, cudnnEnabled: boolean, options?: CallOptions): Promise<Tensor>;
  /** `inverse(Tensor self) -> Tensor` — The inverses of matrices (..., n, n). */
  inverse(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `is_conj(Tensor self) -> bool` — False: no tensor waits for its conjugation or negation to be computed. */
  isConj(self: Tensor, options?: CallOptions): Promise<boolean>;
  /** `is_neg(Tensor self) -> bool` — False: no tensor waits for its conjugation or negation to be computed. */
  isNeg(self: Tensor, options?: CallOptions): Promise<boolean>;
  /** `isclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> Tensor` — Whether ``|self - other| <= atol + |rtol * other|``, element by element, with broadcasting. */
  isclose(self: Tensor, other: Tensor, options?: CallOptions & { rtol?: number | undefined; atol?: number | undefined; equalNan?: boolean | undefined }): Promise<Tensor>;
  isclose(self: Tensor, other: Tensor, rtol: number, options?: CallOptions & { atol?: number | undefined; equalNan?: boolean | undefined }): Promise<Tensor>;
  isclose(self: Tensor, other: Tensor, rtol: number, atol: number, options?: CallOptions & { equalNan?: boolean | undefined }): Promise<Tensor>;
  isclose(self: Tensor, other: Tensor, rtol: number, atol: number, equalNan: boolean, options?: CallOptions): Promise<Tensor>;
  /** `isfinite(Tensor self) -> Tensor` — Whether each element of `self`, with both parts of a complex one, is neither infinite nor NaN. Any dtype; gives bool. */
  isfinite(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `isin(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor` — Whether each of `elements` is among `test_elements`. */
  isin(elements: Tensor, testElements: Tensor, options?: CallOptions & { assumeUnique?: boolean | undefined; invert?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `isin.Tensor_Scalar(Tensor elements, Scalar test_element, *, bool assume_unique=False, bool invert=False) -> Tensor` — Whether each of `elements` is among `test_elements`. */
  isin(elements: Tensor, testElement: Scalar, options?: CallOptions & { assumeUnique?: boolean | undefined; invert?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `isin.Scalar_Tensor(Scalar element, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor` — Whether each of `elements` is among `test_elements`. */
  isin(element: Scalar, testElements: Tensor, options?: CallOptions & { assumeUnique?: boolean | undefined; invert?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `isinf(Tensor self) -> Tensor` — Whether each element of `self`, or a part of a complex one, is infinite. Any dtype; gives bool. */
  isinf(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `isnan(Tensor self) -> Tensor` — Whether each element of `self`, or a part of a complex one, is NaN. Any dtype; gives bool. */
  isnan(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `isneginf(Tensor self) -> Tensor` — Whether each element of `self` is minus infinity. Any real dtype but float8; gives bool. */
  isneginf(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `isposinf(Tensor self) -> Tensor` — Whether each element of `self` is infinity. Any real dtype but float8; gives bool. */
  isposinf(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `isreal(Tensor self) -> Tensor` — Whether each element of `self` has no imaginary part. Any dtype; gives bool. */
  isreal(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `istft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool center=True, bool normalized=False, bool? onesided=None, int? length=None, bool return_complex=False) -> Tensor` — The signal of which `stft` made the coefficients: frames are added up and divided by the windows' squares. */
  istft(self: Tensor, nFft: number | bigint, options?: CallOptions & { hopLength?: number | bigint | null | undefined; winLength?: number | bigint | null | undefined; window?: Tensor | null | undefined; center?: boolean | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; length?: number | bigint | null | undefined; returnComplex?: boolean | undefined }): Promise<Tensor>;
  istft(self: Tensor, nFft: number | bigint, hopLength: number | bigint | null, options?: CallOptions & { winLength?: number | bigint | null | undefined; window?: Tensor | null | undefined; center?: boolean | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; length?: number | bigint | null | undefined; returnComplex?: boolean | undefined }): Promise<Tensor>;
  istft(self: Tensor, nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, options?: CallOptions & { window?: Tensor | null | undefined; center?: boolean | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; length?: number | bigint | null | undefined; returnComplex?: boolean | undefined }): Promise<Tensor>;
  istft(self: Tensor, nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, options?: CallOptions & { center?: boolean | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; length?: number | bigint | null | undefined; returnComplex?: boolean | undefined }): Promise<Tensor>;
  istft(self: Tensor, nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, options?: CallOptions & { normalized?: boolean | undefined; onesided?: boolean | null | undefined; length?: number | bigint | null | undefined; returnComplex?: boolean | undefined }): Promise<Tensor>;
  istft(self: Tensor, nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, normalized: boolean, options?: CallOptions & { onesided?: boolean | null | undefined; length?: number | bigint | null | undefined; returnComplex?: boolean | undefined }): Promise<Tensor>;
  istft(self: Tensor, nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, normalized: boolean, onesided: boolean | null, options?: CallOptions & { length?: number | bigint | null | undefined; returnComplex?: boolean | undefined }): Promise<Tensor>;
  istft(self: Tensor, nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, normalized: boolean, onesided: boolean | null, length: number | bigint | null, options?: CallOptions & { returnComplex?: boolean | undefined }): Promise<Tensor>;
  istft(self: Tensor, nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, normalized: boolean, onesided: boolean | null, length: number | bigint | null, returnComplex: boolean, options?: CallOptions): Promise<Tensor>;
  /** `kaiser_window(int window_length, bool periodic=True, float beta=12.0, *, dtype? dtype=None, device? device=None) -> Tensor` — The Kaiser window, ``I0(beta sqrt(1 - (2 i / N - 1)^2)) / I0(beta)``. */
  kaiserWindow(windowLength: number | bigint, options?: CallOptions & { periodic?: boolean | undefined; beta?: number | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  kaiserWindow(windowLength: number | bigint, periodic: boolean, options?: CallOptions & { beta?: number | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  kaiserWindow(windowLength: number | bigint, periodic: boolean, beta: number, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `kl_div(Tensor input, Tensor target, str reduction='mean', *, bool log_target=False) -> Tensor` — The terms of the Kullback-Leibler divergence: ``t * (log(t) - x)``, 0 where t is. */
  klDiv(input: Tensor, target: Tensor, options?: CallOptions & { reduction?: string | undefined; logTarget?: boolean | undefined }): Promise<Tensor>;
  klDiv(input: Tensor, target: Tensor, reduction: string, options?: CallOptions & { logTarget?: boolean | undefined }): Promise<Tensor>;
  /** `kron(Tensor self, Tensor other) -> Tensor` — The Kronecker product: blocks of `other`, each times an element of `self`. */
  kron(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `kthvalue(Tensor self, int k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)` — The `k` th smallest elements of `self` along one dimension, and where they are. */
  kthvalue(self: Tensor, k: number | bigint, options?: CallOptions & { dim?: number | bigint | undefined; keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  kthvalue(self: Tensor, k: number | bigint, dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  kthvalue(self: Tensor, k: number | bigint, dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `l1_loss(Tensor input, Tensor target, str reduction='mean') -> Tensor` — The absolute difference of `input` and `target`. */
  l1Loss(input: Tensor, target: Tensor, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  l1Loss(input: Tensor, target: Tensor, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `layer_norm(Tensor input, int[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1e-05) -> Tensor` — Layer normalisation over the last dimensions: ``(x - mean) * rstd * weight + bias``. */
  layerNorm(input: Tensor, normalizedShape: Integers, options?: CallOptions & { weight?: Tensor | null | undefined; bias?: Tensor | null | undefined; eps?: number | undefined }): Promise<Tensor>;
  layerNorm(input: Tensor, normalizedShape: Integers, weight: Tensor | null, options?: CallOptions & { bias?: Tensor | null | undefined; eps?: number | undefined }): Promise<Tensor>;
  layerNorm(input: Tensor, normalizedShape: Integers, weight: Tensor | null, bias: Tensor | null, options?: CallOptions & { eps?: number | undefined }): Promise<Tensor>;
  layerNorm(input: Tensor, normalizedShape: Integers, weight: Tensor | null, bias: Tensor | null, eps: number, options?: CallOptions): Promise<Tensor>;
  /** `lcm(Tensor self, Tensor other) -> Tensor` — The least common multiple of `self` and `other`, element by element: as `gcd` in everything else. */
  lcm(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `lcm(Tensor self, Tensor other) -> Tensor` — The least common multiple of `self` and `other`, element by element: as `gcd` in everything else. */
  lcm_(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `ldexp(Tensor self, Tensor other) -> Tensor` — ``self * 2 ** other``, element by element, with broadcasting and type promotion. */
  ldexp(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ldexp(Tensor self, Tensor other) -> Tensor` — ``self * 2 ** other``, element by element, with broadcasting and type promotion. */
  ldexp_(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `le(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  le(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `le(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  le_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor` — x for each element x of `self` above 0, else x times `negative_slope`. Floating dtypes but float8. */
  leakyRelu(self: Tensor, options?: CallOptions & { negativeSlope?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  leakyRelu(self: Tensor, negativeSlope: Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor` — x for each element x of `self` above 0, else x times `negative_slope`. Floating dtypes but float8. */
  leakyRelu_(self: Tensor, options?: CallOptions & { negativeSlope?: Scalar | undefined }): Promise<Tensor>;
  leakyRelu_(self: Tensor, negativeSlope: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `leaky_relu_backward(Tensor grad, Tensor self, Scalar negative_slope) -> Tensor` — The gradient of leaky_relu by its input: `grad`, times `negative_slope` where the input is 0 or less. */
  leakyReluBackward(grad: Tensor, self: Tensor, negativeSlope: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `lerp(Tensor self, Tensor end, Tensor|Scalar weight) -> Tensor` — Linear interpolation: ``self + weight * (end - self)``, element by element. */
  lerp(self: Tensor, end: Tensor, weight: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `lerp(Tensor self, Tensor end, Tensor|Scalar weight) -> Tensor` — Linear interpolation: ``self + weight * (end - self)``, element by element. */
  lerp_(self: Tensor, end: Tensor, weight: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `less(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `lt`. */
  less(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `less(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `lt`. */
  less_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `less_equal(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `le`. */
  lessEqual(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `less_equal(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `le`. */
  lessEqual_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `lgamma(Tensor self) -> Tensor` — The logarithm of the magnitude of the gamma function of each element of `self`. */
  lgamma(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `lgamma(Tensor self) -> Tensor` — The logarithm of the magnitude of the gamma function of each element of `self`. */
  lgamma_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `linalg_cholesky(Tensor self, *, bool upper=False) -> Tensor` — The Cholesky factor L of positive definite matrices with ``A = L @ L.mH``, or U with ``A = U.mH @ U``. */
  linalgCholesky(self: Tensor, options?: CallOptions & { upper?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_cholesky_ex(Tensor self, *, bool upper=False, bool check_errors=False) -> (Tensor L, Tensor info)` — The Cholesky factors of positive definite matrices, and where there are none. */
  linalgCholeskyEx(self: Tensor, options?: CallOptions & { upper?: boolean | undefined; checkErrors?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `linalg_cond(Tensor self, Scalar|str? p=None) -> Tensor` — The condition numbers of matrices with respect to inversion. */
  linalgCond(self: Tensor, options?: CallOptions & { p?: Scalar | string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgCond(self: Tensor, p: Scalar | string | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_cross(Tensor self, Tensor other, *, int dim=-1) -> Tensor` — The cross products of vectors of three elements along `dim`; other dimensions are broadcast. */
  linalgCross(self: Tensor, other: Tensor, options?: CallOptions & { dim?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_det(Tensor self) -> Tensor` — The determinants of matrices (..., n, n): of sizes (...). */
  linalgDet(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_diagonal(Tensor A, *, int offset=0, int dim1=-2, int dim2=-1) -> Tensor` — A view of the diagonals of matrices, which become the last dimension: see `diagonal`. */
  linalgDiagonal(A: Tensor, options?: CallOptions & { offset?: number | bigint | undefined; dim1?: number | bigint | undefined; dim2?: number | bigint | undefined }): Promise<Tensor>;
  /** `linalg_eig(Tensor self) -> (Tensor eigenvalues, Tensor eigenvectors)` — The eigenvalues and eigenvectors of square matrices, as complex numbers. */
  linalgEig(self: Tensor, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `linalg_eigh(Tensor self, str UPLO='L') -> (Tensor eigenvalues, Tensor eigenvectors)` — The eigenvalues and eigenvectors of symmetric, or Hermitian, matrices. */
  linalgEigh(self: Tensor, options?: CallOptions & { UPLO?: string | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  linalgEigh(self: Tensor, UPLO: string, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `linalg_eigvals(Tensor self) -> Tensor` — The eigenvalues of square matrices, as complex numbers in no order: see `linalg_eig`. */
  linalgEigvals(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_eigvalsh(Tensor self, str UPLO='L') -> Tensor` — The eigenvalues of symmetric, or Hermitian, matrices in ascending order: see `linalg_eigh`. */
  linalgEigvalsh(self: Tensor, options?: CallOptions & { UPLO?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgEigvalsh(self: Tensor, UPLO: string, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_householder_product(Tensor self, Tensor tau) -> Tensor` — The first columns of the product of reflectors, as `geqrf` returns them. */
  linalgHouseholderProduct(self: Tensor, tau: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_inv(Tensor self) -> Tensor` — The inverses of matrices (..., n, n). */
  linalgInv(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_inv_ex(Tensor self, *, bool check_errors=False) -> (Tensor inverse, Tensor info)` — The inverses of matrices (..., n, n), and which are singular. */
  linalgInvEx(self: Tensor, options?: CallOptions & { checkErrors?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `linalg_ldl_factor(Tensor self, *, bool hermitian=False) -> (Tensor LD, Tensor pivots)` — The LDL factors of symmetric or Hermitian matrices, packed: see `linalg_ldl_factor_ex`. */
  linalgLdlFactor(self: Tensor, options?: CallOptions & { hermitian?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `linalg_ldl_factor_ex(Tensor self, *, bool hermitian=False, bool check_errors=False) -> (Tensor LD, Tensor pivots, Tensor info)` — The LDL factors of symmetric matrices, or Hermitian ones, packed, and which are singular. */
  linalgLdlFactorEx(self: Tensor, options?: CallOptions & { hermitian?: boolean | undefined; checkErrors?: boolean | undefined; out?: readonly [Tensor, Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  /** `linalg_ldl_solve(Tensor LD, Tensor pivots, Tensor B, *, bool hermitian=False) -> Tensor` — Solves A X = B for matrices whose factors `linalg_ldl_factor` returned. Batches are broadcast. */
  linalgLdlSolve(LD: Tensor, pivots: Tensor, B: Tensor, options?: CallOptions & { hermitian?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_lstsq(Tensor self, Tensor B, float? rcond=None, *, str? driver=None) -> (Tensor solution, Tensor residuals, Tensor rank, Tensor singular_values)` — The X that make the sums of the squares of ``A @ X - B`` least, and of those the shortest. */
  linalgLstsq(self: Tensor, B: Tensor, options?: CallOptions & { rcond?: number | null | undefined; driver?: string | null | undefined; out?: readonly [Tensor, Tensor, Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor, Tensor, Tensor]>;
  linalgLstsq(self: Tensor, B: Tensor, rcond: number | null, options?: CallOptions & { driver?: string | null | undefined; out?: readonly [Tensor, Tensor, Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor, Tensor, Tensor]>;
  /** `linalg_lu(Tensor self, *, bool pivot=True) -> (Tensor P, Tensor L, Tensor U)` — The factors of matrices (..., m, n) with ``A = P @ L @ U``. */
  linalgLu(self: Tensor, options?: CallOptions & { pivot?: boolean | undefined; out?: readonly [Tensor, Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  /** `linalg_lu_factor(Tensor self, *, bool pivot=True) -> (Tensor LU, Tensor pivots)` — The LU factors of matrices, packed, and their pivots: see `linalg_lu_factor_ex`. */
  linalgLuFactor(self: Tensor, options?: CallOptions & { pivot?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `linalg_lu_factor_ex(Tensor self, *, bool pivot=True, bool check_errors=False) -> (Tensor LU, Tensor pivots, Tensor info)` — The LU factors of matrices with rows exchanged, packed into one, and which are singular. */
  linalgLuFactorEx(self: Tensor, options?: CallOptions & { pivot?: boolean | undefined; checkErrors?: boolean | undefined; out?: readonly [Tensor, Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  /** `linalg_lu_solve(Tensor LU, Tensor pivots, Tensor B, *, bool left=True, bool adjoint=False) -> Tensor` — Solves A X = B, or X A = B, for matrices A whose factors `linalg_lu_factor` returned. */
  linalgLuSolve(LU: Tensor, pivots: Tensor, B: Tensor, options?: CallOptions & { left?: boolean | undefined; adjoint?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_matmul(Tensor self, Tensor other) -> Tensor` — Another name of `matmul`. */
  linalgMatmul(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_matrix_exp(Tensor self) -> Tensor` — The exponentials of matrices (..., n, n), floating or complex. Half types are computed in float32. */
  linalgMatrixExp(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `linalg_matrix_norm(Tensor self, Scalar|str ord='fro', int[] dim=[-2,-1], bool keepdim=False, *, dtype? dtype=None) -> Tensor` — Norms of matrices. */
  linalgMatrixNorm(self: Tensor, options?: CallOptions & { ord?: Scalar | string | undefined; dim?: Integers | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgMatrixNorm(self: Tensor, ord: Scalar | string, options?: CallOptions & { dim?: Integers | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgMatrixNorm(self: Tensor, ord: Scalar | string, dim: Integers, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgMatrixNorm(self: Tensor, ord: Scalar | string, dim: Integers, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_matrix_power(Tensor self, int n) -> Tensor` — Powers of matrices (..., n, n) with an integer exponent; of the inverses where it is negative. */
  linalgMatrixPower(self: Tensor, n: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_matrix_rank(Tensor self, *, Tensor|Scalar? atol=None, Tensor|Scalar? rtol=None, bool hermitian=False) -> Tensor` — The numbers of singular values of matrices that are larger than a tolerance. */
  linalgMatrixRank(self: Tensor, options?: CallOptions & { atol?: Tensor | Scalar | null | undefined; rtol?: Tensor | Scalar | null | undefined; hermitian?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_matrix_rank.tol(Tensor self, Tensor|Scalar tol, bool hermitian=False) -> Tensor` — The numbers of singular values of matrices that are larger than `tol`: see `linalg_matrix_rank`. */
  linalgMatrixRank(self: Tensor, tol: Tensor | Scalar, options?: CallOptions & { hermitian?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgMatrixRank(self: Tensor, tol: Tensor | Scalar, hermitian: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_multi_dot(Tensor[] tensors) -> Tensor` — The product of a chain of matrices, in the order that needs the fewest multiplications. */
  linalgMultiDot(tensors: readonly Tensor[], options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_norm(Tensor self, Scalar|str? ord=None, int[]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — Norms of vectors or matrices. */
  linalgNorm(self: Tensor, options?: CallOptions & { ord?: Scalar | string | null | undefined; dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgNorm(self: Tensor, ord: Scalar | string | null, options?: CallOptions & { dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgNorm(self: Tensor, ord: Scalar | string | null, dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgNorm(self: Tensor, ord: Scalar | string | null, dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_pinv(Tensor self, *, Tensor|Scalar? atol=None, Tensor|Scalar? rtol=None, bool hermitian=False) -> Tensor` — The pseudo-inverses of Moore and Penrose: from singular values that are larger than a tolerance. */
  linalgPinv(self: Tensor, options?: CallOptions & { atol?: Tensor | Scalar | null | undefined; rtol?: Tensor | Scalar | null | undefined; hermitian?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_pinv.rcond(Tensor self, Tensor|Scalar rcond, bool hermitian=False) -> Tensor` — The pseudo-inverses of matrices, with singular values larger than `rcond` times the largest: see `linalg_pinv`. */
  linalgPinv(self: Tensor, rcond: Tensor | Scalar, options?: CallOptions & { hermitian?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgPinv(self: Tensor, rcond: Tensor | Scalar, hermitian: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_qr(Tensor self, str mode='reduced') -> (Tensor Q, Tensor R)` — The factors of matrices with ``A = Q @ R``. */
  linalgQr(self: Tensor, options?: CallOptions & { mode?: string | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  linalgQr(self: Tensor, mode: string, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `linalg_slogdet(Tensor self) -> (Tensor sign, Tensor logabsdet)` — The determinants of matrices (..., n, n) as ``sign * exp(logabsdet)``. */
  linalgSlogdet(self: Tensor, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `linalg_solve(Tensor self, Tensor B, *, bool left=True) -> Tensor` — Solves A X = B, or X A = B: see `linalg_solve_ex`. */
  linalgSolve(self: Tensor, B: Tensor, options?: CallOptions & { left?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_solve_ex(Tensor self, Tensor B, *, bool left=True, bool check_errors=False) -> (Tensor result, Tensor info)` — Solves A X = B, or X A = B, and tells which A are singular. */
  linalgSolveEx(self: Tensor, B: Tensor, options?: CallOptions & { left?: boolean | undefined; checkErrors?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `linalg_solve_triangular(Tensor self, Tensor B, *, bool upper, bool left=True, bool unitriangular=False) -> Tensor` — Solves A X = B, or X A = B, for triangular matrices A. */
  linalgSolveTriangular(self: Tensor, B: Tensor, options: CallOptions & { upper: boolean; left?: boolean | undefined; unitriangular?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_svd(Tensor self, bool full_matrices=True, *, str? driver=None) -> (Tensor U, Tensor S, Tensor Vh)` — The singular values and vectors of matrices: ``A = U @ diag(S) @ Vh``. */
  linalgSvd(self: Tensor, options?: CallOptions & { fullMatrices?: boolean | undefined; driver?: string | null | undefined; out?: readonly [Tensor, Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  linalgSvd(self: Tensor, fullMatrices: boolean, options?: CallOptions & { driver?: string | null | undefined; out?: readonly [Tensor, Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  /** `linalg_svdvals(Tensor self, *, str? driver=None) -> Tensor` — The singular values of matrices, in descending order: see `linalg_svd`. */
  linalgSvdvals(self: Tensor, options?: CallOptions & { driver?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_tensorinv(Tensor self, int ind=2) -> Tensor` — The inverse of the map that `tensordot` applies with a tensor: of the matrix whose rows are its first `ind` dimensions. */
  linalgTensorinv(self: Tensor, options?: CallOptions & { ind?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgTensorinv(self: Tensor, ind: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_tensorsolve(Tensor self, Tensor other, int[]? dims=None) -> Tensor` — The tensor x with ``tensordot(self, x, x.ndim) == other``; `dims` of `self` are moved to its end before. */
  linalgTensorsolve(self: Tensor, other: Tensor, options?: CallOptions & { dims?: Integers | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgTensorsolve(self: Tensor, other: Tensor, dims: Integers | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_vander(Tensor x, *, int? N=None) -> Tensor` — Vandermonde matrices: the powers 0 .. N - 1 of the elements of `x` along a new last dimension. */
  linalgVander(x: Tensor, options?: CallOptions & { N?: number | bigint | null | undefined }): Promise<Tensor>;
  /** `linalg_vecdot(Tensor x, Tensor y, *, int dim=-1) -> Tensor` — The dot products of vectors along `dim`, those of `x` conjugated; the other dimensions are broadcast. */
  linalgVecdot(x: Tensor, y: Tensor, options?: CallOptions & { dim?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `linalg_vector_norm(Tensor self, Scalar ord=2, int[]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The vector norm of the elements of `self`, over all or some dimensions. */
  linalgVectorNorm(self: Tensor, options?: CallOptions & { ord?: Scalar | undefined; dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgVectorNorm(self: Tensor, ord: Scalar, options?: CallOptions & { dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgVectorNorm(self: Tensor, ord: Scalar, dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgVectorNorm(self: Tensor, ord: Scalar, dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor` — Applies a linear map to the last dimension: `input @ weight.T + bias`. */
  linear(input: Tensor, weight: Tensor, options?: CallOptions & { bias?: Tensor | null | undefined }): Promise<Tensor>;
  linear(input: Tensor, weight: Tensor, bias: Tensor | null, options?: CallOptions): Promise<Tensor>;
  /** `linear_backward(Tensor? input, Tensor grad_output, Tensor? weight, bool[3] output_mask, *, Tensor? relu_output=None) -> (Tensor? input_grad, Tensor? weight_grad, Tensor? bias_grad)` — The gradients of `linear` for its input, weight and bias. */
  linearBackward(input: Tensor | null, gradOutput: Tensor, weight: Tensor | null, outputMask: readonly boolean[], options?: CallOptions & { reluOutput?: Tensor | null | undefined }): Promise<[Tensor | null, Tensor | null, Tensor | null]>;
  /** `linspace(Scalar start, Scalar end, int steps, *, dtype? dtype=None, device? device=None) -> Tensor` — `steps` values at equal distances from `start` to `end`, both included. */
  linspace(start: Scalar, end: Scalar, steps: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `local_response_norm(Tensor input, int size, float alpha=0.0001, float beta=0.75, float k=1.0) -> Tensor` — Divides by ``(k + alpha mean) ** beta``, the mean of squares taken over `size` neighbouring channels. */
  localResponseNorm(input: Tensor, size: number | bigint, options?: CallOptions & { alpha?: number | undefined; beta?: number | undefined; k?: number | undefined }): Promise<Tensor>;
  localResponseNorm(input: Tensor, size: number | bigint, alpha: number, options?: CallOptions & { beta?: number | undefined; k?: number | undefined }): Promise<Tensor>;
  localResponseNorm(input: Tensor, size: number | bigint, alpha: number, beta: number, options?: CallOptions & { k?: number | undefined }): Promise<Tensor>;
  localResponseNorm(input: Tensor, size: number | bigint, alpha: number, beta: number, k: number, options?: CallOptions): Promise<Tensor>;
  /** `log(Tensor self) -> Tensor` — The natural logarithm of each element of `self`; -inf at 0, NaN below. Dtypes and accuracy as for `exp`. */
  log(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `log10(Tensor self) -> Tensor` — The logarithm to base 10 of each element of `self`, exact at powers of 10. Dtypes and accuracy as for `exp`. */
  log10(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `log10(Tensor self) -> Tensor` — The logarithm to base 10 of each element of `self`, exact at powers of 10. Dtypes and accuracy as for `exp`. */
  log10_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `log1p(Tensor self) -> Tensor` — log(1 + x) for each element x of `self`, accurate near 0 too. Dtypes as for `exp`. */
  log1p(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `log1p(Tensor self) -> Tensor` — log(1 + x) for each element x of `self`, accurate near 0 too. Dtypes as for `exp`. */
  log1p_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `log2(Tensor self) -> Tensor` — The logarithm to base 2 of each element of `self`. Dtypes and accuracy as for `exp`. */
  log2(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `log2(Tensor self) -> Tensor` — The logarithm to base 2 of each element of `self`. Dtypes and accuracy as for `exp`. */
  log2_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `log(Tensor self) -> Tensor` — The natural logarithm of each element of `self`; -inf at 0, NaN below. Dtypes and accuracy as for `exp`. */
  log_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `log_sigmoid(Tensor self) -> Tensor` — ``log(1 / (1 + e^-x))`` for each element x of `self`, without overflow. Floating dtypes but float8. */
  logSigmoid(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `log_sigmoid_backward(Tensor grad, Tensor self) -> Tensor` — The gradient of log_sigmoid by its input: grad * sigmoid(-x). */
  logSigmoidBackward(grad: Tensor, self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `log_softmax(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The logarithm of `softmax`, computed as ``x - max - log(sum(exp(x - max)))``. */
  logSoftmax(self: Tensor, dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `log_softmax_backward(Tensor grad, Tensor output, int dim) -> Tensor` — The gradient of `log_softmax`: ``grad - exp(output) * sum(grad)``. */
  logSoftmaxBackward(grad: Tensor, output: Tensor, dim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `logaddexp(Tensor self, Tensor other) -> Tensor` — ``log(exp(self) + exp(other))``, element by element, without overflow of the exponentials. */
  logaddexp(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `logaddexp2(Tensor self, Tensor other) -> Tensor` — ``log2(2 ** self + 2 ** other)``: `logaddexp` to base 2. */
  logaddexp2(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `logcumsumexp(Tensor self, int dim) -> Tensor` — The logarithms of the running sums of exponentials: ``log(cumsum(exp(self), dim))``. */
  logcumsumexp(self: Tensor, dim: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `logdet(Tensor self) -> Tensor` — The logarithms of determinants: NaN where one is negative, -inf where it is zero. */
  logdet(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `logical_and(Tensor self, Tensor other) -> Tensor` — The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true. */
  logicalAnd(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `logical_and(Tensor self, Tensor other) -> Tensor` — The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true. */
  logicalAnd_(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `logical_not(Tensor self) -> Tensor` — Whether each element of `self` is zero. Any dtype; gives bool, or writes 0 and 1. */
  logicalNot(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `logical_not(Tensor self) -> Tensor` — Whether each element of `self` is zero. Any dtype; gives bool, or writes 0 and 1. */
  logicalNot_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `logical_or(Tensor self, Tensor other) -> Tensor` — The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true. */
  logicalOr(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `logical_or(Tensor self, Tensor other) -> Tensor` — The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true. */
  logicalOr_(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `logical_xor(Tensor self, Tensor other) -> Tensor` — The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true. */
  logicalXor(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `logical_xor(Tensor self, Tensor other) -> Tensor` — The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true. */
  logicalXor_(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `logit(Tensor self, float? eps=None) -> Tensor` — ``log(x / (1 - x))`` of each element x of `self`. */
  logit(self: Tensor, options?: CallOptions & { eps?: number | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  logit(self: Tensor, eps: number | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `logit(Tensor self, float? eps=None) -> Tensor` — ``log(x / (1 - x))`` of each element x of `self`. */
  logit_(self: Tensor, options?: CallOptions & { eps?: number | null | undefined }): Promise<Tensor>;
  logit_(self: Tensor, eps: number | null, options?: CallOptions): Promise<Tensor>;
  /** `logspace(Scalar start, Scalar end, int steps, float base=10.0, *, dtype? dtype=None, device? device=None) -> Tensor` — Powers of `base` whose exponents are equally far from each other, both ends included. */
  logspace(start: Scalar, end: Scalar, steps: number | bigint, options?: CallOptions & { base?: number | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  logspace(start: Scalar, end: Scalar, steps: number | bigint, base: number, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `logsumexp(Tensor self, int[] dim, bool keepdim=False) -> Tensor` — ``log(sum(exp(self)))`` over some dimensions, safe from overflow. */
  logsumexp(self: Tensor, dim: Integers, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  logsumexp(self: Tensor, dim: Integers, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `lp_pool1d(Tensor input, Scalar norm_type, int[] kernel_size, int[]? stride=None, bool ceil_mode=False) -> Tensor` — The power mean without its division: ``sum(x ** p) ** (1 / p)`` of each window. */
  lpPool1d(input: Tensor, normType: Scalar, kernelSize: Integers, options?: CallOptions & { stride?: Integers | null | undefined; ceilMode?: boolean | undefined }): Promise<Tensor>;
  lpPool1d(input: Tensor, normType: Scalar, kernelSize: Integers, stride: Integers | null, options?: CallOptions & { ceilMode?: boolean | undefined }): Promise<Tensor>;
  lpPool1d(input: Tensor, normType: Scalar, kernelSize: Integers, stride: Integers | null, ceilMode: boolean, options?: CallOptions): Promise<Tensor>;
  /** `lp_pool2d(Tensor input, Scalar norm_type, int[] kernel_size, int[]? stride=None, bool ceil_mode=False) -> Tensor` — The power mean without its division: ``sum(x ** p) ** (1 / p)`` of each window. */
  lpPool2d(input: Tensor, normType: Scalar, kernelSize: Integers, options?: CallOptions & { stride?: Integers | null | undefined; ceilMode?: boolean | undefined }): Promise<Tensor>;
  lpPool2d(input: Tensor, normType: Scalar, kernelSize: Integers, stride: Integers | null, options?: CallOptions & { ceilMode?: boolean | undefined }): Promise<Tensor>;
  lpPool2d(input: Tensor, normType: Scalar, kernelSize: Integers, stride: Integers | null, ceilMode: boolean, options?: CallOptions): Promise<Tensor>;
  /** `lp_pool3d(Tensor input, Scalar norm_type, int[] kernel_size, int[]? stride=None, bool ceil_mode=False) -> Tensor` — The power mean without its division: ``sum(x ** p) ** (1 / p)`` of each window. */
  lpPool3d(input: Tensor, normType: Scalar, kernelSize: Integers, options?: CallOptions & { stride?: Integers | null | undefined; ceilMode?: boolean | undefined }): Promise<Tensor>;
  lpPool3d(input: Tensor, normType: Scalar, kernelSize: Integers, stride: Integers | null, options?: CallOptions & { ceilMode?: boolean | undefined }): Promise<Tensor>;
  lpPool3d(input: Tensor, normType: Scalar, kernelSize: Integers, stride: Integers | null, ceilMode: boolean, options?: CallOptions): Promise<Tensor>;
  /** `lt(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  lt(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `lt(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  lt_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `lu_solve(Tensor self, Tensor LU_data, Tensor LU_pivots) -> Tensor` — Solves A X = self for matrices A whose factors are given: see `linalg_lu_solve`. */
  luSolve(self: Tensor, LUData: Tensor, LUPivots: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `lu_unpack(Tensor LU_data, Tensor LU_pivots, bool unpack_data=True, bool unpack_pivots=True) -> (Tensor P, Tensor L, Tensor U)` — The permutation P, and the factors L and U, of what `linalg_lu_factor` returns: ``A = P @ L @ U``. */
  luUnpack(LUData: Tensor, LUPivots: Tensor, options?: CallOptions & { unpackData?: boolean | undefined; unpackPivots?: boolean | undefined; out?: readonly [Tensor, Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  luUnpack(LUData: Tensor, LUPivots: Tensor, unpackData: boolean, options?: CallOptions & { unpackPivots?: boolean | undefined; out?: readonly [Tensor, Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  luUnpack(LUData: Tensor, LUPivots: Tensor, unpackData: boolean, unpackPivots: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  /** `mT(Tensor self) -> Tensor` — A view with the last two dimensions exchanged. */
  mT(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, float margin=0.0, str reduction='mean') -> Tensor` — ``max(0, -target * (input1 - input2) + margin)``: `input1` should be the greater where target is 1, the lesser where -1. */
  marginRankingLoss(input1: Tensor, input2: Tensor, target: Tensor, options?: CallOptions & { margin?: number | undefined; reduction?: string | undefined }): Promise<Tensor>;
  marginRankingLoss(input1: Tensor, input2: Tensor, target: Tensor, margin: number, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  marginRankingLoss(input1: Tensor, input2: Tensor, target: Tensor, margin: number, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `masked_fill(Tensor self, Tensor mask, Tensor|Scalar value) -> Tensor` — `self` with `value` where `mask` holds. */
  maskedFill(self: Tensor, mask: Tensor, value: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `masked_fill(Tensor self, Tensor mask, Tensor|Scalar value) -> Tensor` — `self` with `value` where `mask` holds. */
  maskedFill_(self: Tensor, mask: Tensor, value: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor` — A copy of `self` in which the elements where `mask` is true become those of `source`, in order. */
  maskedScatter(self: Tensor, mask: Tensor, source: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor` — A copy of `self` in which the elements where `mask` is true become those of `source`, in order. */
  maskedScatter_(self: Tensor, mask: Tensor, source: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `masked_select(Tensor self, Tensor mask) -> Tensor` — The elements of `self` where `mask` is true, in row-major order, as one dimension. */
  maskedSelect(self: Tensor, mask: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `matmul(Tensor self, Tensor other) -> Tensor` — Multiplies matrices: the last two dimensions of both operands, broadcasting those before. */
  matmul(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `matrix_exp(Tensor self) -> Tensor` — The exponentials of matrices (..., n, n), floating or complex. Half types are computed in float32. */
  matrixExp(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `matrix_power(Tensor self, int n) -> Tensor` — Powers of matrices (..., n, n) with an integer exponent; of the inverses where it is negative. */
  matrixPower(self: Tensor, n: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `max(Tensor self) -> Tensor` — The largest element of `self`. */
  max(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `max.other(Tensor self, Tensor other) -> Tensor` — The larger of two tensors, element by element: `maximum`. */
  max(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` — The largest elements of `self` along one dimension, and where they are. */
  max(self: Tensor, dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  max(self: Tensor, dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `max_pool1d(Tensor input, int[] kernel_size, int[]? stride=None, int[] padding=0, int[] dilation=1, bool ceil_mode=False) -> Tensor` — The greatest element of each window. */
  maxPool1d(input: Tensor, kernelSize: Integers, options?: CallOptions & { stride?: Integers | null | undefined; padding?: Integers | undefined; dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<Tensor>;
  maxPool1d(input: Tensor, kernelSize: Integers, stride: Integers | null, options?: CallOptions & { padding?: Integers | undefined; dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<Tensor>;
  maxPool1d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, options?: CallOptions & { dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<Tensor>;
  maxPool1d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, dilation: Integers, options?: CallOptions & { ceilMode?: boolean | undefined }): Promise<Tensor>;
  maxPool1d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, dilation: Integers, ceilMode: boolean, options?: CallOptions): Promise<Tensor>;
  /** `max_pool1d_with_indices(Tensor input, int[] kernel_size, int[]? stride=None, int[] padding=0, int[] dilation=1, bool ceil_mode=False) -> (Tensor out, Tensor indices)` — The greatest element of each window, and where it stood. */
  maxPool1dWithIndices(input: Tensor, kernelSize: Integers, options?: CallOptions & { stride?: Integers | null | undefined; padding?: Integers | undefined; dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  maxPool1dWithIndices(input: Tensor, kernelSize: Integers, stride: Integers | null, options?: CallOptions & { padding?: Integers | undefined; dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  maxPool1dWithIndices(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, options?: CallOptions & { dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  maxPool1dWithIndices(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, dilation: Integers, options?: CallOptions & { ceilMode?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  maxPool1dWithIndices(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, dilation: Integers, ceilMode: boolean, options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `max_pool2d(Tensor input, int[] kernel_size, int[]? stride=None, int[] padding=0, int[] dilation=1, bool ceil_mode=False) -> Tensor` — The greatest element of each window. */
  maxPool2d(input: Tensor, kernelSize: Integers, options?: CallOptions & { stride?: Integers | null | undefined; padding?: Integers | undefined; dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<Tensor>;
  maxPool2d(input: Tensor, kernelSize: Integers, stride: Integers | null, options?: CallOptions & { padding?: Integers | undefined; dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<Tensor>;
  maxPool2d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, options?: CallOptions & { dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<Tensor>;
  maxPool2d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, dilation: Integers, options?: CallOptions & { ceilMode?: boolean | undefined }): Promise<Tensor>;
  maxPool2d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, dilation: Integers, ceilMode: boolean, options?: CallOptions): Promise<Tensor>;
  /** `max_pool2d_with_indices(Tensor input, int[] kernel_size, int[]? stride=None, int[] padding=0, int[] dilation=1, bool ceil_mode=False) -> (Tensor out, Tensor indices)` — The greatest element of each window, and where it stood. */
  maxPool2dWithIndices(input: Tensor, kernelSize: Integers, options?: CallOptions & { stride?: Integers | null | undefined; padding?: Integers | undefined; dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  maxPool2dWithIndices(input: Tensor, kernelSize: Integers, stride: Integers | null, options?: CallOptions & { padding?: Integers | undefined; dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  maxPool2dWithIndices(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, options?: CallOptions & { dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  maxPool2dWithIndices(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, dilation: Integers, options?: CallOptions & { ceilMode?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  maxPool2dWithIndices(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, dilation: Integers, ceilMode: boolean, options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `max_pool3d(Tensor input, int[] kernel_size, int[]? stride=None, int[] padding=0, int[] dilation=1, bool ceil_mode=False) -> Tensor` — The greatest element of each window. */
  maxPool3d(input: Tensor, kernelSize: Integers, options?: CallOptions & { stride?: Integers | null | undefined; padding?: Integers | undefined; dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<Tensor>;
  maxPool3d(input: Tensor, kernelSize: Integers, stride: Integers | null, options?: CallOptions & { padding?: Integers | undefined; dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<Tensor>;
  maxPool3d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, options?: CallOptions & { dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<Tensor>;
  maxPool3d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, dilation: Integers, options?: CallOptions & { ceilMode?: boolean | undefined }): Promise<Tensor>;
  maxPool3d(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, dilation: Integers, ceilMode: boolean, options?: CallOptions): Promise<Tensor>;
  /** `max_pool3d_with_indices(Tensor input, int[] kernel_size, int[]? stride=None, int[] padding=0, int[] dilation=1, bool ceil_mode=False) -> (Tensor out, Tensor indices)` — The greatest element of each window, and where it stood. */
  maxPool3dWithIndices(input: Tensor, kernelSize: Integers, options?: CallOptions & { stride?: Integers | null | undefined; padding?: Integers | undefined; dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  maxPool3dWithIndices(input: Tensor, kernelSize: Integers, stride: Integers | null, options?: CallOptions & { padding?: Integers | undefined; dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  maxPool3dWithIndices(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, options?: CallOptions & { dilation?: Integers | undefined; ceilMode?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  maxPool3dWithIndices(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, dilation: Integers, options?: CallOptions & { ceilMode?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  maxPool3dWithIndices(input: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, dilation: Integers, ceilMode: boolean, options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `max_unpool1d(Tensor input, Tensor indices, int[] output_size) -> Tensor` — Zeros with values at the indices that pooling returned. */
  maxUnpool1d(input: Tensor, indices: Tensor, outputSize: Integers, options?: CallOptions): Promise<Tensor>;
  /** `max_unpool2d(Tensor input, Tensor indices, int[] output_size) -> Tensor` — Zeros with values at the indices that pooling returned. */
  maxUnpool2d(input: Tensor, indices: Tensor, outputSize: Integers, options?: CallOptions): Promise<Tensor>;
  /** `max_unpool3d(Tensor input, Tensor indices, int[] output_size) -> Tensor` — Zeros with values at the indices that pooling returned. */
  maxUnpool3d(input: Tensor, indices: Tensor, outputSize: Integers, options?: CallOptions): Promise<Tensor>;
  /** `maximum(Tensor self, Tensor other) -> Tensor` — The larger of `self` and `other`, element by element, with broadcasting and type promotion. */
  maximum(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `maximum(Tensor self, Tensor other) -> Tensor` — The larger of `self` and `other`, element by element, with broadcasting and type promotion. */
  maximum_(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `mean(Tensor self, *, dtype? dtype=None) -> Tensor` — The arithmetic mean of `self`, over all or some dimensions. */
  mean(self: Tensor, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `mean.dims(Tensor self, int[]? dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The arithmetic mean of `self`, over all or some dimensions. */
  mean(self: Tensor, dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  mean(self: Tensor, dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `median(Tensor self) -> Tensor` — The median of all elements of `self`: the lower one of two in the middle. */
  median(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` — The medians of `self` along one dimension, the lower of two in the middle, and where they are. */
  median(self: Tensor, dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  median(self: Tensor, dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `meshgrid(Tensor[*] tensors, *, str? indexing=None) -> Tensor[]` — The coordinates of a grid: each vector seen over the product of all. */
  meshgrid(tensors: readonly Tensor[], options?: CallOptions & { indexing?: string | null | undefined }): Promise<Tensor[]>;
  /** `min(Tensor self) -> Tensor` — The smallest element of `self`; see `max`. */
  min(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `min.other(Tensor self, Tensor other) -> Tensor` — The smaller of two tensors, element by element: `minimum`. */
  min(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` — The smallest elements of `self` along one dimension, and where they are; see `max.dim`. */
  min(self: Tensor, dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  min(self: Tensor, dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `minimum(Tensor self, Tensor other) -> Tensor` — The smaller of `self` and `other`, element by element: as `maximum` in everything else. */
  minimum(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `minimum(Tensor self, Tensor other) -> Tensor` — The smaller of `self` and `other`, element by element: as `maximum` in everything else. */
  minimum_(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `mish(Tensor self) -> Tensor` — ``x * tanh(log(1 + e^x))`` for each element x of `self`. Floating dtypes but float8. */
  mish(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `mish(Tensor self) -> Tensor` — ``x * tanh(log(1 + e^x))`` for each element x of `self`. Floating dtypes but float8. */
  mish_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `mish_backward(Tensor grad, Tensor self) -> Tensor` — The gradient of mish by its input: grad * (t + x (1 - t^2) sigmoid(x)) with t = tanh(log(1 + e^x)). */
  mishBackward(grad: Tensor, self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `mm(Tensor self, Tensor mat2) -> Tensor` — Multiplies two matrices: `matmul` of sizes (m, k) and (k, n) alone, without broadcasting. */
  mm(self: Tensor, mat2: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `mode(Tensor self, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)` — The most frequent elements of `self` along one dimension, the smallest of several, and where they are. */
  mode(self: Tensor, options?: CallOptions & { dim?: number | bigint | undefined; keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  mode(self: Tensor, dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  mode(self: Tensor, dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `moveaxis(Tensor self, int[] source, int[] destination) -> Tensor` — Another name of `movedim`. */
  moveaxis(self: Tensor, source: Integers, destination: Integers, options?: CallOptions): Promise<Tensor>;
  /** `movedim(Tensor self, int[] source, int[] destination) -> Tensor` — A view in which the dimensions `source` stand at `destination`; the others keep their order. */
  movedim(self: Tensor, source: Integers, destination: Integers, options?: CallOptions): Promise<Tensor>;
  /** `mse_loss(Tensor input, Tensor target, str reduction='mean') -> Tensor` — The squared difference of `input` and `target`. */
  mseLoss(input: Tensor, target: Tensor, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  mseLoss(input: Tensor, target: Tensor, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `msort(Tensor self) -> Tensor` — The elements of `self` in order along the first dimension. */
  msort(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `mul(Tensor self, Tensor|Scalar other) -> Tensor` — Multiplies `self` by `other`, element by element, with broadcasting and type promotion. */
  mul(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `mul(Tensor self, Tensor|Scalar other) -> Tensor` — Multiplies `self` by `other`, element by element, with broadcasting and type promotion. */
  mul_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `multi_margin_loss(Tensor input, Tensor target, Scalar p=1, float margin=1.0, Tensor? weight=None, str reduction='mean') -> Tensor` — How far scores of other classes j come within `margin` of that of the class y: ``max(0, margin - x[y] + x[j]) ** p``. */
  multiMarginLoss(input: Tensor, target: Tensor, options?: CallOptions & { p?: Scalar | undefined; margin?: number | undefined; weight?: Tensor | null | undefined; reduction?: string | undefined }): Promise<Tensor>;
  multiMarginLoss(input: Tensor, target: Tensor, p: Scalar, options?: CallOptions & { margin?: number | undefined; weight?: Tensor | null | undefined; reduction?: string | undefined }): Promise<Tensor>;
  multiMarginLoss(input: Tensor, target: Tensor, p: Scalar, margin: number, options?: CallOptions & { weight?: Tensor | null | undefined; reduction?: string | undefined }): Promise<Tensor>;
  multiMarginLoss(input: Tensor, target: Tensor, p: Scalar, margin: number, weight: Tensor | null, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  multiMarginLoss(input: Tensor, target: Tensor, p: Scalar, margin: number, weight: Tensor | null, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `multilabel_margin_loss(Tensor input, Tensor target, str reduction='mean') -> Tensor` — How far scores of other classes j come within 1 of those of the labels y of a row: ``max(0, 1 - x[y] + x[j])``. */
  multilabelMarginLoss(input: Tensor, target: Tensor, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  multilabelMarginLoss(input: Tensor, target: Tensor, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `multilabel_soft_margin_loss(Tensor input, Tensor target, Tensor? weight=None, str reduction='mean') -> Tensor` — The mean over classes of the cross entropy of labels `target` under the logistic function of `input`. */
  multilabelSoftMarginLoss(input: Tensor, target: Tensor, options?: CallOptions & { weight?: Tensor | null | undefined; reduction?: string | undefined }): Promise<Tensor>;
  multilabelSoftMarginLoss(input: Tensor, target: Tensor, weight: Tensor | null, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  multilabelSoftMarginLoss(input: Tensor, target: Tensor, weight: Tensor | null, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `multinomial(Tensor self, int num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor` — Samples categories by their probabilities, row by row. */
  multinomial(self: Tensor, numSamples: number | bigint, options?: CallOptions & { replacement?: boolean | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  multinomial(self: Tensor, numSamples: number | bigint, replacement: boolean, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `multinomial_with_replacement(Tensor self, int num_samples, *, Generator? generator=None) -> Tensor` — As `multinomial` with replacement. */
  multinomialWithReplacement(self: Tensor, numSamples: number | bigint, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `multiply(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `mul`. */
  multiply(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `multiply(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `mul`. */
  multiply_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `mv(Tensor self, Tensor vec) -> Tensor` — Multiplies a matrix of sizes (m, k) by a vector (k,): `matmul` without broadcasting. */
  mv(self: Tensor, vec: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `mvlgamma(Tensor self, int p) -> Tensor` — The logarithm of the gamma function of `p` dimensions of each element of `self`. */
  mvlgamma(self: Tensor, p: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `mvlgamma(Tensor self, int p) -> Tensor` — The logarithm of the gamma function of `p` dimensions of each element of `self`. */
  mvlgamma_(self: Tensor, p: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor` — `self` with NaN and infinities replaced by numbers. */
  nanToNum(self: Tensor, options?: CallOptions & { nan?: number | null | undefined; posinf?: number | null | undefined; neginf?: number | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanToNum(self: Tensor, nan: number | null, options?: CallOptions & { posinf?: number | null | undefined; neginf?: number | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanToNum(self: Tensor, nan: number | null, posinf: number | null, options?: CallOptions & { neginf?: number | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanToNum(self: Tensor, nan: number | null, posinf: number | null, neginf: number | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor` — `self` with NaN and infinities replaced by numbers. */
  nanToNum_(self: Tensor, options?: CallOptions & { nan?: number | null | undefined; posinf?: number | null | undefined; neginf?: number | null | undefined }): Promise<Tensor>;
  nanToNum_(self: Tensor, nan: number | null, options?: CallOptions & { posinf?: number | null | undefined; neginf?: number | null | undefined }): Promise<Tensor>;
  nanToNum_(self: Tensor, nan: number | null, posinf: number | null, options?: CallOptions & { neginf?: number | null | undefined }): Promise<Tensor>;
  nanToNum_(self: Tensor, nan: number | null, posinf: number | null, neginf: number | null, options?: CallOptions): Promise<Tensor>;
  /** `nanmean(Tensor self, int[]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The mean of the elements of `self` that are not NaN, over all or some dimensions. */
  nanmean(self: Tensor, options?: CallOptions & { dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanmean(self: Tensor, dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanmean(self: Tensor, dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `nanmedian(Tensor self) -> Tensor` — The median of the elements of `self` that are no NaN; NaN if all are. Otherwise as `median`. */
  nanmedian(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `nanmedian.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` — The median of the elements of `self` that are no NaN; NaN if all are. Otherwise as `median`. */
  nanmedian(self: Tensor, dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  nanmedian(self: Tensor, dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `nanquantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor` — The quantiles of the elements of `self` that are no NaN; NaN where all are. Otherwise as `quantile`. */
  nanquantile(self: Tensor, q: Tensor, options?: CallOptions & { dim?: number | bigint | null | undefined; keepdim?: boolean | undefined; interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanquantile(self: Tensor, q: Tensor, dim: number | bigint | null, options?: CallOptions & { keepdim?: boolean | undefined; interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanquantile(self: Tensor, q: Tensor, dim: number | bigint | null, keepdim: boolean, options?: CallOptions & { interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `nanquantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor` — The quantiles of the elements of `self` that are no NaN; NaN where all are. Otherwise as `quantile`. */
  nanquantile(self: Tensor, q: number, options?: CallOptions & { dim?: number | bigint | null | undefined; keepdim?: boolean | undefined; interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanquantile(self: Tensor, q: number, dim: number | bigint | null, options?: CallOptions & { keepdim?: boolean | undefined; interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanquantile(self: Tensor, q: number, dim: number | bigint | null, keepdim: boolean, options?: CallOptions & { interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `nansum(Tensor self, int[]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The sum of the elements of `self` that are not NaN, over all or some dimensions. */
  nansum(self: Tensor, options?: CallOptions & { dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nansum(self: Tensor, dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nansum(self: Tensor, dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `narrow(Tensor self, int dim, int start, int length) -> Tensor` — A view of `length` indices of a dimension from `start` on, which may count from the end. */
  narrow(self: Tensor, dim: number | bigint, start: number | bigint, length: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `narrow_copy(Tensor self, int dim, int start, int length) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  narrowCopy(self: Tensor, dim: number | bigint, start: number | bigint, length: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `native_adaptive_avg_pool(Tensor self, int[] output_size) -> Tensor` — The mean of each of as many windows as `output_size` says. */
  nativeAdaptiveAvgPool(self: Tensor, outputSize: Integers, options?: CallOptions): Promise<Tensor>;
  /** `native_adaptive_avg_pool_backward(Tensor grad, int[] input_size, int[] output_size) -> Tensor` — The gradient of pooled means: each is spread evenly over its window; half types are added in float32. */
  nativeAdaptiveAvgPoolBackward(grad: Tensor, inputSize: Integers, outputSize: Integers, options?: CallOptions): Promise<Tensor>;
  /** `native_adaptive_max_pool(Tensor self, int[] output_size) -> (Tensor out, Tensor indices)` — The greatest element of each of as many windows as `output_size` says, and where it stood. */
  nativeAdaptiveMaxPool(self: Tensor, outputSize: Integers, options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `native_adaptive_max_pool_backward(Tensor grad, Tensor indices, int[] input_size, int[] output_size) -> Tensor` — The gradient of pooled maxima: each goes to the element at its index; half types are added in float32. */
  nativeAdaptiveMaxPoolBackward(grad: Tensor, indices: Tensor, inputSize: Integers, outputSize: Integers, options?: CallOptions): Promise<Tensor>;
  /** `native_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask, float dropout_p, bool is_causal, float scale) -> (Tensor out, Tensor lse, int seed, int offset)` — Attention with what its backward reads. */
  nativeAttention(query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null, dropoutP: number, isCausal: boolean, scale: number, options?: CallOptions): Promise<[Tensor, Tensor, number | bigint, number | bigint]>;
  /** `native_attention_backward(Tensor grad, Tensor query, Tensor key, Tensor value, Tensor out, Tensor lse, Tensor? attn_mask, float dropout_p, bool is_causal, float scale, int seed, int offset, Tensor? lse_grad=None) -> (Tensor query, Tensor key, Tensor value)` — The gradients of native_attention. */
  nativeAttentionBackward(grad: Tensor, query: Tensor, key: Tensor, value: Tensor, out: Tensor, lse: Tensor, attnMask: Tensor | null, dropoutP: number, isCausal: boolean, scale: number, seed: number | bigint, offset: number | bigint, options?: CallOptions & { lseGrad?: Tensor | null | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  nativeAttentionBackward(grad: Tensor, query: Tensor, key: Tensor, value: Tensor, out: Tensor, lse: Tensor, attnMask: Tensor | null, dropoutP: number, isCausal: boolean, scale: number, seed: number | bigint, offset: number | bigint, lseGrad: Tensor | null, options?: CallOptions): Promise<[Tensor, Tensor, Tensor]>;
  /** `native_avg_pool(Tensor self, int[] kernel_size, int[]? stride, int[] padding, bool ceil_mode, bool count_include_pad, int? divisor_override) -> Tensor` — The mean of each window, in as many dimensions as `kernel_size` has numbers. */
  nativeAvgPool(self: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, ceilMode: boolean, countIncludePad: boolean, divisorOverride: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `native_avg_pool_backward(Tensor grad, int[] input_size, int[] kernel_size, int[]? stride, int[] padding, bool ceil_mode, bool count_include_pad, int? divisor_override) -> Tensor` — The gradient of pooled means: each is spread evenly over its window; half types are added in float32. */
  nativeAvgPoolBackward(grad: Tensor, inputSize: Integers, kernelSize: Integers, stride: Integers | null, padding: Integers, ceilMode: boolean, countIncludePad: boolean, divisorOverride: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `native_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps) -> (Tensor out, Tensor save_mean, Tensor save_invstd)` — `batch_norm` with the statistics it took. */
  nativeBatchNorm(input: Tensor, weight: Tensor | null, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, training: boolean, momentum: number, eps: number, options?: CallOptions): Promise<[Tensor, Tensor, Tensor]>;
  /** `native_channel_shuffle(Tensor self, int groups) -> Tensor` — Another name of `channel_shuffle`. */
  nativeChannelShuffle(self: Tensor, groups: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `native_cross_entropy(Tensor input, Tensor target, Tensor? weight, int ignore_index, str reduction, float label_smoothing, bool with_gradient=False) -> (Tensor loss, Tensor lse, Tensor total_weight, Tensor? gradient)` — `cross_entropy` with what its gradient reads. */
  nativeCrossEntropy(input: Tensor, target: Tensor, weight: Tensor | null, ignoreIndex: number | bigint, reduction: string, labelSmoothing: number, options?: CallOptions & { withGradient?: boolean | undefined }): Promise<[Tensor, Tensor, Tensor, Tensor | null]>;
  nativeCrossEntropy(input: Tensor, target: Tensor, weight: Tensor | null, ignoreIndex: number | bigint, reduction: string, labelSmoothing: number, withGradient: boolean, options?: CallOptions): Promise<[Tensor, Tensor, Tensor, Tensor | null]>;
  /** `native_cross_entropy_backward(Tensor? grad, Tensor input, Tensor target, Tensor? weight, Tensor lse, Tensor total_weight, str reduction, int ignore_index, float label_smoothing) -> Tensor` — The gradient of `native_cross_entropy`: ``(softmax - one_hot) * grad`` in one pass over the logits. */
  nativeCrossEntropyBackward(grad: Tensor | null, input: Tensor, target: Tensor, weight: Tensor | null, lse: Tensor, totalWeight: Tensor, reduction: string, ignoreIndex: number | bigint, labelSmoothing: number, options?: CallOptions): Promise<Tensor>;
  /** `native_dropout(Tensor input, float p, *, Generator? generator=None) -> (Tensor out, Tensor mask)` — Sets elements to zero with chance `p` and multiplies the others by 1 / (1 - p). */
  nativeDropout(input: Tensor, p: number, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<[Tensor, Tensor]>;
  /** `native_dropout_backward(Tensor grad, Tensor mask, float scale) -> Tensor` — `grad` times `scale` where `mask` holds, else times zero. */
  nativeDropoutBackward(grad: Tensor, mask: Tensor, scale: number, options?: CallOptions): Promise<Tensor>;
  /** `native_fractional_max_pool(Tensor self, int[] kernel_size, int[] output_size, Tensor random_samples) -> (Tensor out, Tensor indices)` — The greatest element of each of windows that samples place, and where it stood. */
  nativeFractionalMaxPool(self: Tensor, kernelSize: Integers, outputSize: Integers, randomSamples: Tensor, options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `native_fractional_max_pool_backward(Tensor grad, Tensor indices, int[] input_size, int[] kernel_size, int[] output_size, Tensor random_samples) -> Tensor` — The gradient of pooled maxima: each goes to the element at its index; half types are added in float32. */
  nativeFractionalMaxPoolBackward(grad: Tensor, indices: Tensor, inputSize: Integers, kernelSize: Integers, outputSize: Integers, randomSamples: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `native_group_norm(Tensor input, Tensor? weight, Tensor? bias, int N, int C, int HxW, int group, float eps) -> (Tensor out, Tensor mean, Tensor rstd)` — Group normalisation with the statistics that its gradient reads. */
  nativeGroupNorm(input: Tensor, weight: Tensor | null, bias: Tensor | null, N: number | bigint, C: number | bigint, HxW: number | bigint, group: number | bigint, eps: number, options?: CallOptions): Promise<[Tensor, Tensor, Tensor]>;
  /** `native_group_norm_backward(Tensor grad, Tensor input, Tensor mean, Tensor rstd, Tensor? weight, Tensor? bias, int N, int C, int HxW, int group, int needed) -> (Tensor? input, Tensor? weight, Tensor? bias)` — The gradients of `native_group_norm`. */
  nativeGroupNormBackward(grad: Tensor, input: Tensor, mean: Tensor, rstd: Tensor, weight: Tensor | null, bias: Tensor | null, N: number | bigint, C: number | bigint, HxW: number | bigint, group: number | bigint, needed: number | bigint, options?: CallOptions): Promise<[Tensor | null, Tensor | null, Tensor | null]>;
  /** `native_layer_norm(Tensor input, int[] normalized_shape, Tensor? weight, Tensor? bias, float eps) -> (Tensor out, Tensor mean, Tensor rstd)` — Layer normalisation with the statistics that its gradient reads. */
  nativeLayerNorm(input: Tensor, normalizedShape: Integers, weight: Tensor | null, bias: Tensor | null, eps: number, options?: CallOptions): Promise<[Tensor, Tensor, Tensor]>;
  /** `native_layer_norm_backward(Tensor grad, Tensor input, int[] normalized_shape, Tensor mean, Tensor rstd, Tensor? weight, Tensor? bias, int needed) -> (Tensor? input, Tensor? weight, Tensor? bias)` — The gradients of `native_layer_norm`. */
  nativeLayerNormBackward(grad: Tensor, input: Tensor, normalizedShape: Integers, mean: Tensor, rstd: Tensor, weight: Tensor | null, bias: Tensor | null, needed: number | bigint, options?: CallOptions): Promise<[Tensor | null, Tensor | null, Tensor | null]>;
  /** `native_max_pool(Tensor self, int[] kernel_size, int[]? stride, int[] padding, int[] dilation, bool ceil_mode, bool with_indices) -> (Tensor out, Tensor? indices)` — The greatest element of each window, in as many dimensions as `kernel_size` has numbers. */
  nativeMaxPool(self: Tensor, kernelSize: Integers, stride: Integers | null, padding: Integers, dilation: Integers, ceilMode: boolean, withIndices: boolean, options?: CallOptions): Promise<[Tensor, Tensor | null]>;
  /** `native_max_pool_backward(Tensor grad, Tensor indices, int[] input_size, int[] kernel_size, int[]? stride, int[] padding, int[] dilation, bool ceil_mode) -> Tensor` — The gradient of pooled maxima: each goes to the element at its index; half types are added in float32. */
  nativeMaxPoolBackward(grad: Tensor, indices: Tensor, inputSize: Integers, kernelSize: Integers, stride: Integers | null, padding: Integers, dilation: Integers, ceilMode: boolean, options?: CallOptions): Promise<Tensor>;
  /** `native_max_unpool(Tensor self, Tensor indices, int[] output_size) -> Tensor` — Zeros of `output_size` with the values at their indices, in as many dimensions as that has numbers. */
  nativeMaxUnpool(self: Tensor, indices: Tensor, outputSize: Integers, options?: CallOptions): Promise<Tensor>;
  /** `native_pad(Tensor self, int[] pad, str mode) -> Tensor` — `pad` in the modes that repeat elements. */
  nativePad(self: Tensor, pad: Integers, mode: string, options?: CallOptions): Promise<Tensor>;
  /** `native_pad_backward(Tensor grad, int[] input_size, int[] pad, str mode) -> Tensor` — The gradient of `native_pad`: that of all positions which repeat an element. */
  nativePadBackward(grad: Tensor, inputSize: Integers, pad: Integers, mode: string, options?: CallOptions): Promise<Tensor>;
  /** `native_recurrent_layer(Tensor gates, Tensor h0, Tensor? c0, Tensor weight, Tensor? bias, Tensor? projection, int[] batch_sizes, str mode, bool reverse) -> (Tensor out, Tensor h_n, Tensor? c_n, Tensor workspace)` — `recurrent_layer` with what its gradient reads; `bias` is that of a gru. */
  nativeRecurrentLayer(gates: Tensor, h0: Tensor, c0: Tensor | null, weight: Tensor, bias: Tensor | null, projection: Tensor | null, batchSizes: Integers, mode: string, reverse: boolean, options?: CallOptions): Promise<[Tensor, Tensor, Tensor | null, Tensor]>;
  /** `native_recurrent_layer_backward(Tensor? out_grad, Tensor? h_grad, Tensor? c_grad, Tensor out, Tensor workspace, Tensor h0, Tensor? c0, Tensor weight, Tensor? bias, Tensor? projection, int[] batch_sizes, str mode, bool reverse) -> (Tensor gates, Tensor h0, Tensor? c0, Tensor weight, Tensor? bias, Tensor? projection)` — The gradients of `native_recurrent_layer`. */
  nativeRecurrentLayerBackward(outGrad: Tensor | null, hGrad: Tensor | null, cGrad: Tensor | null, out: Tensor, workspace: Tensor, h0: Tensor, c0: Tensor | null, weight: Tensor, bias: Tensor | null, projection: Tensor | null, batchSizes: Integers, mode: string, reverse: boolean, options?: CallOptions): Promise<[Tensor, Tensor, Tensor | null, Tensor, Tensor | null, Tensor | null]>;
  /** `native_resample(Tensor self, int[] output_size, str mode, bool align_corners, float[]? scales, bool antialias) -> Tensor` — An image of other sizes: each dimension is resampled by itself. */
  nativeResample(self: Tensor, outputSize: Integers, mode: string, alignCorners: boolean, scales: readonly number[] | null, antialias: boolean, options?: CallOptions): Promise<Tensor>;
  /** `native_resample_backward(Tensor grad, int[] input_size, str mode, bool align_corners, float[]? scales, bool antialias) -> Tensor` — The gradient of `native_resample`. */
  nativeResampleBackward(grad: Tensor, inputSize: Integers, mode: string, alignCorners: boolean, scales: readonly number[] | null, antialias: boolean, options?: CallOptions): Promise<Tensor>;
  /** `native_rms_norm(Tensor input, int[] normalized_shape, Tensor? weight, float eps) -> (Tensor out, Tensor rstd)` — Root-mean-square normalisation with the statistic that its gradient reads. */
  nativeRmsNorm(input: Tensor, normalizedShape: Integers, weight: Tensor | null, eps: number, options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `native_rms_norm_backward(Tensor grad, Tensor input, int[] normalized_shape, Tensor rstd, Tensor? weight, int needed) -> (Tensor? input, Tensor? weight)` — The gradients of `native_rms_norm`. */
  nativeRmsNormBackward(grad: Tensor, input: Tensor, normalizedShape: Integers, rstd: Tensor, weight: Tensor | null, needed: number | bigint, options?: CallOptions): Promise<[Tensor | null, Tensor | null]>;
  /** `ne(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  ne(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ne(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  ne_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `neg(Tensor self) -> Tensor` — The elements of `self` with their sign turned; unsigned integers wrap. */
  neg(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `neg(Tensor self) -> Tensor` — The elements of `self` with their sign turned; unsigned integers wrap. */
  neg_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `negative(Tensor self) -> Tensor` — Another name of `neg`. */
  negative(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `negative(Tensor self) -> Tensor` — Another name of `neg`. */
  negative_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `nextafter(Tensor self, Tensor other) -> Tensor` — The number next to `self` in the direction of `other`, in their common dtype; `other` where both are equal. */
  nextafter(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `nextafter(Tensor self, Tensor other) -> Tensor` — The number next to `self` in the direction of `other`, in their common dtype; `other` where both are equal. */
  nextafter_(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `nll_loss(Tensor input, Tensor target, Tensor? weight=None, int ignore_index=-100, str reduction='mean') -> Tensor` — The negative log likelihood of class indices: ``-input[target]`` for each row of log probabilities. */
  nllLoss(input: Tensor, target: Tensor, options?: CallOptions & { weight?: Tensor | null | undefined; ignoreIndex?: number | bigint | undefined; reduction?: string | undefined }): Promise<Tensor>;
  nllLoss(input: Tensor, target: Tensor, weight: Tensor | null, options?: CallOptions & { ignoreIndex?: number | bigint | undefined; reduction?: string | undefined }): Promise<Tensor>;
  nllLoss(input: Tensor, target: Tensor, weight: Tensor | null, ignoreIndex: number | bigint, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  nllLoss(input: Tensor, target: Tensor, weight: Tensor | null, ignoreIndex: number | bigint, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `nonzero(Tensor self) -> Tensor` — The indices of all elements that are not zero, in row-major order. */
  nonzero(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `nonzero.as_tuple(Tensor self, *, bool as_tuple) -> Tensor|Tensor[]` — As `nonzero`; with `as_tuple` one tensor of indices per dimension, which can index `self`. */
  nonzero(self: Tensor, options: CallOptions & { asTuple: boolean }): Promise<Tensor | Tensor[]>;
  /** `nonzero_static(Tensor self, *, int size, int fill_value=-1) -> Tensor` — The indices of the first `size` elements that are not zero, with rows of `fill_value` behind them. */
  nonzeroStatic(self: Tensor, options: CallOptions & { size: number | bigint; fillValue?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `norm(Tensor self, Scalar p=2, int[]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The vector norm of `self`: `linalg_vector_norm` with `p` for its order. */
  norm(self: Tensor, options?: CallOptions & { p?: Scalar | undefined; dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined }): Promise<Tensor>;
  norm(self: Tensor, p: Scalar, options?: CallOptions & { dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined }): Promise<Tensor>;
  norm(self: Tensor, p: Scalar, dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined }): Promise<Tensor>;
  norm(self: Tensor, p: Scalar, dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `norm_except_dim(Tensor v, int pow=2, int dim=0) -> Tensor` — The norm over all dimensions but one. */
  normExceptDim(v: Tensor, options?: CallOptions & { pow?: number | bigint | undefined; dim?: number | bigint | undefined }): Promise<Tensor>;
  normExceptDim(v: Tensor, pow: number | bigint, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor>;
  normExceptDim(v: Tensor, pow: number | bigint, dim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `normal(Tensor mean, Tensor std, *, Generator? generator=None) -> Tensor` — Normal numbers, each of its own mean and standard deviation. */
  normal(mean: Tensor, std: Tensor, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `normal.Tensor_float(Tensor mean, float std=1, *, Generator? generator=None) -> Tensor` — Normal numbers, each of its own mean and standard deviation. */
  normal(mean: Tensor, options?: CallOptions & { std?: number | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  normal(mean: Tensor, std: number, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `normal.float_Tensor(float mean, Tensor std, *, Generator? generator=None) -> Tensor` — Normal numbers, each of its own mean and standard deviation. */
  normal(mean: number, std: Tensor, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `normal.float_float(float mean, float std, int[] size, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor` — Normal numbers, each of its own mean and standard deviation. */
  normal(mean: number, std: number, size: Integers, options?: CallOptions & { generator?: Generator | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `not_equal(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `ne`. */
  notEqual(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `not_equal(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `ne`. */
  notEqual_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `nuclear_norm(Tensor self, bool keepdim=False) -> Tensor` — The sum of the singular values of a matrix, or of the matrices of two dimensions. */
  nuclearNorm(self: Tensor, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nuclearNorm(self: Tensor, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `nuclear_norm.dim(Tensor self, int[] dim, bool keepdim=False) -> Tensor` — The sum of the singular values of a matrix, or of the matrices of two dimensions. */
  nuclearNorm(self: Tensor, dim: Integers, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nuclearNorm(self: Tensor, dim: Integers, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `one_hot(Tensor self, int num_classes=-1) -> Tensor` — A new last dimension that is 1 at the index of each element and 0 elsewhere. */
  oneHot(self: Tensor, options?: CallOptions & { numClasses?: number | bigint | undefined }): Promise<Tensor>;
  oneHot(self: Tensor, numClasses: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `ones(int[] size, *, dtype? dtype=None, device? device=None) -> Tensor` — A tensor filled with ones; float32 on the CPU by default. */
  ones(size: Integers, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `ones_like(Tensor self, *, dtype? dtype=None, device? device=None, memory_format? memory_format=None) -> Tensor` — Of the sizes and, where they are dense, the strides of `self`. */
  onesLike(self: Tensor, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; memoryFormat?: number | bigint | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `orgqr(Tensor self, Tensor input2) -> Tensor` — The first columns of the product of reflectors, as `geqrf` returns them. */
  orgqr(self: Tensor, input2: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ormqr(Tensor self, Tensor input2, Tensor input3, bool left=True, bool transpose=False) -> Tensor` — The product of a matrix with the product Q of reflectors, as `geqrf` returns them, without making Q. */
  ormqr(self: Tensor, input2: Tensor, input3: Tensor, options?: CallOptions & { left?: boolean | undefined; transpose?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  ormqr(self: Tensor, input2: Tensor, input3: Tensor, left: boolean, options?: CallOptions & { transpose?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  ormqr(self: Tensor, input2: Tensor, input3: Tensor, left: boolean, transpose: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `outer(Tensor self, Tensor vec2) -> Tensor` — The outer product of two vectors: `result[i, j] = self[i] * vec2[j]`, promoted as `mul`. */
  outer(self: Tensor, vec2: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `pad(Tensor input, int[] pad, str mode='constant', float? value=None) -> Tensor` — Adds positions before and after the last dimensions of a tensor. */
  pad(input: Tensor, pad: Integers, options?: CallOptions & { mode?: string | undefined; value?: number | null | undefined }): Promise<Tensor>;
  pad(input: Tensor, pad: Integers, mode: string, options?: CallOptions & { value?: number | null | undefined }): Promise<Tensor>;
  pad(input: Tensor, pad: Integers, mode: string, value: number | null, options?: CallOptions): Promise<Tensor>;
  /** `pairwise_distance(Tensor x1, Tensor x2, float p=2.0, float eps=1e-06, bool keepdim=False) -> Tensor` — The p-norm of ``x1 - x2 + eps`` along the last dimension. */
  pairwiseDistance(x1: Tensor, x2: Tensor, options?: CallOptions & { p?: number | undefined; eps?: number | undefined; keepdim?: boolean | undefined }): Promise<Tensor>;
  pairwiseDistance(x1: Tensor, x2: Tensor, p: number, options?: CallOptions & { eps?: number | undefined; keepdim?: boolean | undefined }): Promise<Tensor>;
  pairwiseDistance(x1: Tensor, x2: Tensor, p: number, eps: number, options?: CallOptions & { keepdim?: boolean | undefined }): Promise<Tensor>;
  pairwiseDistance(x1: Tensor, x2: Tensor, p: number, eps: number, keepdim: boolean, options?: CallOptions): Promise<Tensor>;
  /** `pdist(Tensor self, float p=2.0) -> Tensor` — The p-norm of the difference of every two rows of a matrix, each pair once. */
  pdist(self: Tensor, options?: CallOptions & { p?: number | undefined }): Promise<Tensor>;
  pdist(self: Tensor, p: number, options?: CallOptions): Promise<Tensor>;
  /** `permute(Tensor(a) self, int[] dims) -> Tensor(a)` — A view with the dimensions in the order of `dims`. */
  permute(self: Tensor, dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `permute_copy(Tensor self, int[] dims) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  permuteCopy(self: Tensor, dims: Integers, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `pinverse(Tensor self, float rcond=1e-15) -> Tensor` — The pseudo-inverses of matrices, with singular values larger than `rcond` times the largest. */
  pinverse(self: Tensor, options?: CallOptions & { rcond?: number | undefined }): Promise<Tensor>;
  pinverse(self: Tensor, rcond: number, options?: CallOptions): Promise<Tensor>;
  /** `pixel_shuffle(Tensor self, int upscale_factor) -> Tensor` — Moves channels into positions: (..., C r r, H, W) becomes (..., C, H r, W r). */
  pixelShuffle(self: Tensor, upscaleFactor: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `pixel_unshuffle(Tensor self, int downscale_factor) -> Tensor` — Moves positions into channels: (..., C, H r, W r) becomes (..., C r r, H, W). */
  pixelUnshuffle(self: Tensor, downscaleFactor: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `poisson(Tensor self, Generator? generator=None) -> Tensor` — Numbers of Poisson's distribution, whose rates are the elements of `self`. */
  poisson(self: Tensor, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  poisson(self: Tensor, generator: Generator | null, options?: CallOptions): Promise<Tensor>;
  /** `poisson_nll_loss(Tensor input, Tensor target, bool log_input, bool full, float eps, str reduction) -> Tensor` — The negative log likelihood of counts under Poisson distributions, without ``log(t!)``. */
  poissonNllLoss(input: Tensor, target: Tensor, logInput: boolean, full: boolean, eps: number, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `polar(Tensor abs, Tensor angle) -> Tensor` — Complex numbers from their absolute values and angles: abs * cos(angle) + i * abs * sin(angle). */
  polar(abs: Tensor, angle: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `polygamma(int n, Tensor self) -> Tensor` — The derivative of order `n` of `digamma` at each element of `self`. */
  polygamma(n: number | bigint, self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `positive(Tensor(a) self) -> Tensor(a)` — `self`, as ``+x`` gives it. Any dtype but bool. */
  positive(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `pow(Tensor self, Tensor|Scalar exponent) -> Tensor` — `self` to the power of `exponent`, element by element, with broadcasting and type promotion. */
  pow(self: Tensor, exponent: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `pow.scalar(Scalar self, Tensor exponent) -> Tensor` — `self` to the power of `exponent`, element by element, with broadcasting and type promotion. */
  pow(self: Scalar, exponent: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `pow(Tensor self, Tensor|Scalar exponent) -> Tensor` — `self` to the power of `exponent`, element by element, with broadcasting and type promotion. */
  pow_(self: Tensor, exponent: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `prelu(Tensor self, Tensor weight) -> Tensor` — x for each element x of `self` above 0, else x times a weight that is learned: one for all, or one per channel. */
  prelu(self: Tensor, weight: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `prod(Tensor self, *, dtype? dtype=None) -> Tensor` — The product of the elements of `self`, over all or along one dimension. */
  prod(self: Tensor, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `prod.dim(Tensor self, int dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The product of the elements of `self`, over all or along one dimension. */
  prod(self: Tensor, dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  prod(self: Tensor, dim: number | bigint, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor` — A copy of `self`, taken as one dimension, with elements replaced at indices. */
  put(self: Tensor, index: Tensor, source: Tensor, options?: CallOptions & { accumulate?: boolean | undefined }): Promise<Tensor>;
  put(self: Tensor, index: Tensor, source: Tensor, accumulate: boolean, options?: CallOptions): Promise<Tensor>;
  /** `put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor` — A copy of `self`, taken as one dimension, with elements replaced at indices. */
  put_(self: Tensor, index: Tensor, source: Tensor, options?: CallOptions & { accumulate?: boolean | undefined }): Promise<Tensor>;
  put_(self: Tensor, index: Tensor, source: Tensor, accumulate: boolean, options?: CallOptions): Promise<Tensor>;
  /** `qr(Tensor self, bool some=True) -> (Tensor Q, Tensor R)` — The factors of `linalg_qr`, reduced where `some`, otherwise complete. */
  qr(self: Tensor, options?: CallOptions & { some?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  qr(self: Tensor, some: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `quantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor` — The quantiles of `self`, of all elements or along one dimension. */
  quantile(self: Tensor, q: Tensor, options?: CallOptions & { dim?: number | bigint | null | undefined; keepdim?: boolean | undefined; interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  quantile(self: Tensor, q: Tensor, dim: number | bigint | null, options?: CallOptions & { keepdim?: boolean | undefined; interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  quantile(self: Tensor, q: Tensor, dim: number | bigint | null, keepdim: boolean, options?: CallOptions & { interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `quantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor` — The quantiles of `self`, of all elements or along one dimension. */
  quantile(self: Tensor, q: number, options?: CallOptions & { dim?: number | bigint | null | undefined; keepdim?: boolean | undefined; interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  quantile(self: Tensor, q: number, dim: number | bigint | null, options?: CallOptions & { keepdim?: boolean | undefined; interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  quantile(self: Tensor, q: number, dim: number | bigint | null, keepdim: boolean, options?: CallOptions & { interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `rad2deg(Tensor self) -> Tensor` — Radians as degrees. Any real dtype but float8; integers and bool give the default dtype. */
  rad2deg(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `rad2deg(Tensor self) -> Tensor` — Radians as degrees. Any real dtype but float8; integers and bool give the default dtype. */
  rad2deg_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `rand(int[] size, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor` — Numbers drawn evenly from [0, 1), as `uniform_` draws them. */
  rand(size: Integers, options?: CallOptions & { generator?: Generator | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `rand_like(Tensor self, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor` — As `rand`, of the sizes of `self`; dtype and device are those of `self` unless given. */
  randLike(self: Tensor, options?: CallOptions & { generator?: Generator | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `randint(int low, int high, int[] size, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor` — Integers drawn evenly from [low, high), as `random_` draws them. */
  randint(low: number | bigint, high: number | bigint, size: Integers, options?: CallOptions & { generator?: Generator | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `randint.high(int high, int[] size, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor` — Integers drawn evenly from [low, high), as `random_` draws them. */
  randint(high: number | bigint, size: Integers, options?: CallOptions & { generator?: Generator | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `randint_like(Tensor self, int high, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor` — As `randint`, of the sizes of `self`; dtype and device are those of `self` unless given. */
  randintLike(self: Tensor, high: number | bigint, options?: CallOptions & { generator?: Generator | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `randint_like.low_dtype(Tensor self, int low, int high, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor` — As `randint`, of the sizes of `self`; dtype and device are those of `self` unless given. */
  randintLike(self: Tensor, low: number | bigint, high: number | bigint, options?: CallOptions & { generator?: Generator | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `randn(int[] size, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor` — Standard normal numbers, as `normal_` draws them. */
  randn(size: Integers, options?: CallOptions & { generator?: Generator | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `randn_like(Tensor self, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor` — As `randn`, of the sizes of `self`; dtype and device are those of `self` unless given. */
  randnLike(self: Tensor, options?: CallOptions & { generator?: Generator | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `randperm(int n, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor` — The numbers 0 to n - 1 in random order. */
  randperm(n: number | bigint, options?: CallOptions & { generator?: Generator | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `range(Scalar start, Scalar end, Scalar step=1, *, dtype? dtype=None, device? device=None) -> Tensor` — Numbers from `start` to `end`, which is included where a step meets it; prefer `arange`. */
  range(start: Scalar, end: Scalar, options?: CallOptions & { step?: Scalar | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  range(start: Scalar, end: Scalar, step: Scalar, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `ravel(Tensor self) -> Tensor` — The elements as one dimension: a view of a contiguous tensor, else a copy. */
  ravel(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `rdiv(Tensor self, Tensor|Scalar other) -> Tensor` — Divides `other` by `self`: `div` with its operands exchanged, as in ``2 / x``. */
  rdiv(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `real(Tensor self) -> Tensor` — A view of the real parts; a real tensor itself. */
  real(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `reciprocal(Tensor self) -> Tensor` — 1 / x for each element x of `self`. Dtypes as for `exp`. */
  reciprocal(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `reciprocal(Tensor self) -> Tensor` — 1 / x for each element x of `self`. Dtypes as for `exp`. */
  reciprocal_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `recurrent_layer(Tensor gates, Tensor h0, Tensor? c0, Tensor weight, Tensor? bias, Tensor? projection, int[] batch_sizes, str mode, bool reverse=False) -> (Tensor out, Tensor h_n, Tensor? c_n)` — One direction of one layer of an LSTM, a GRU or a plain recurrent network, from the products of its input. */
  recurrentLayer(gates: Tensor, h0: Tensor, c0: Tensor | null, weight: Tensor, bias: Tensor | null, projection: Tensor | null, batchSizes: Integers, mode: string, options?: CallOptions & { reverse?: boolean | undefined }): Promise<[Tensor, Tensor, Tensor | null]>;
  recurrentLayer(gates: Tensor, h0: Tensor, c0: Tensor | null, weight: Tensor, bias: Tensor | null, projection: Tensor | null, batchSizes: Integers, mode: string, reverse: boolean, options?: CallOptions): Promise<[Tensor, Tensor, Tensor | null]>;
  /** `relu(Tensor self) -> Tensor` — max(x, 0) for each element x of `self`; NaN stays. Integer and floating dtypes but float8. */
  relu(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `relu6(Tensor self) -> Tensor` — `hardtanh` with the bounds 0 and 6. */
  relu6(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `relu6(Tensor self) -> Tensor` — `hardtanh` with the bounds 0 and 6. */
  relu6_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `relu(Tensor self) -> Tensor` — max(x, 0) for each element x of `self`; NaN stays. Integer and floating dtypes but float8. */
  relu_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `relu_backward(Tensor grad, Tensor output) -> Tensor` — The gradient of relu by its output: `grad` where `output` is not 0 or less, else 0. */
  reluBackward(grad: Tensor, output: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `remainder(Tensor self, Tensor|Scalar other) -> Tensor` — The remainder of `self` divided by `other`, with the sign of `other`, as Python's ``%``. */
  remainder(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `remainder.scalar(Scalar self, Tensor other) -> Tensor` — The remainder of `self` divided by `other`, with the sign of `other`, as Python's ``%``. */
  remainder(self: Scalar, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `remainder(Tensor self, Tensor|Scalar other) -> Tensor` — The remainder of `self` divided by `other`, with the sign of `other`, as Python's ``%``. */
  remainder_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `renorm(Tensor self, Scalar p, int dim, Scalar maxnorm) -> Tensor` — Shortens the slices along a dimension whose p-norm exceeds a limit. */
  renorm(self: Tensor, p: Scalar, dim: number | bigint, maxnorm: Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `renorm(Tensor self, Scalar p, int dim, Scalar maxnorm) -> Tensor` — Shortens the slices along a dimension whose p-norm exceeds a limit. */
  renorm_(self: Tensor, p: Scalar, dim: number | bigint, maxnorm: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `repeat_interleave(Tensor self, int repeats, int? dim=None, *, int? output_size=None) -> Tensor` — A copy that repeats each index of a dimension `repeats` times in place. */
  repeatInterleave(self: Tensor, repeats: number | bigint, options?: CallOptions & { dim?: number | bigint | null | undefined; outputSize?: number | bigint | null | undefined }): Promise<Tensor>;
  repeatInterleave(self: Tensor, repeats: number | bigint, dim: number | bigint | null, options?: CallOptions & { outputSize?: number | bigint | null | undefined }): Promise<Tensor>;
  /** `repeat_interleave.self_Tensor(Tensor self, Tensor repeats, int? dim=None, *, int? output_size=None) -> Tensor` — A copy that repeats each index of a dimension in place, as often as `repeats` says for it. */
  repeatInterleave(self: Tensor, repeats: Tensor, options?: CallOptions & { dim?: number | bigint | null | undefined; outputSize?: number | bigint | null | undefined }): Promise<Tensor>;
  repeatInterleave(self: Tensor, repeats: Tensor, dim: number | bigint | null, options?: CallOptions & { outputSize?: number | bigint | null | undefined }): Promise<Tensor>;
  /** `repeat_interleave.Tensor(Tensor repeats, *, int? output_size=None) -> Tensor` — Each index of `repeats` as often as the number that stands there says, in the dtype of `repeats`. */
  repeatInterleave(repeats: Tensor, options?: CallOptions & { outputSize?: number | bigint | null | undefined }): Promise<Tensor>;
  /** `reshape(Tensor(a) self, int[] shape) -> Tensor(a)` — As `view`, but copies where strides do not allow a view. */
  reshape(self: Tensor, shape: Integers, options?: CallOptions): Promise<Tensor>;
  /** `resize_as_(Tensor self, Tensor the_template, *, memory_format? memory_format=None) -> Tensor` — Gives the tensor other sizes in row-major layout, keeping the elements that fit, in storage order. */
  resizeAs_(self: Tensor, theTemplate: Tensor, options?: CallOptions & { memoryFormat?: number | bigint | null | undefined }): Promise<Tensor>;
  /** `resolve_conj(Tensor self) -> Tensor` — The tensor itself: it is conjugated and negated when that is asked for, not when it is read. */
  resolveConj(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `resolve_neg(Tensor self) -> Tensor` — The tensor itself: it is conjugated and negated when that is asked for, not when it is read. */
  resolveNeg(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `rfloor_divide(Tensor self, Tensor|Scalar other) -> Tensor` — Divides `other` by `self` and rounds down: `floor_divide` with its operands exchanged, as in ``2 // x``. */
  rfloorDivide(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `rms_norm(Tensor input, int[] normalized_shape, Tensor? weight=None, float? eps=None) -> Tensor` — Root-mean-square normalisation over the last dimensions: ``x * rstd * weight``. */
  rmsNorm(input: Tensor, normalizedShape: Integers, options?: CallOptions & { weight?: Tensor | null | undefined; eps?: number | null | undefined }): Promise<Tensor>;
  rmsNorm(input: Tensor, normalizedShape: Integers, weight: Tensor | null, options?: CallOptions & { eps?: number | null | undefined }): Promise<Tensor>;
  rmsNorm(input: Tensor, normalizedShape: Integers, weight: Tensor | null, eps: number | null, options?: CallOptions): Promise<Tensor>;
  /** `roll(Tensor self, int[] shifts, int[] dims=[]) -> Tensor` — A copy in which elements move by `shifts` along `dims`; what leaves at one end comes in at the other. */
  roll(self: Tensor, shifts: Integers, options?: CallOptions & { dims?: Integers | undefined }): Promise<Tensor>;
  roll(self: Tensor, shifts: Integers, dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `rot90(Tensor self, int k=1, int[] dims=[0, 1]) -> Tensor` — A copy turned `k` times by a quarter in the plane of two dimensions. */
  rot90(self: Tensor, options?: CallOptions & { k?: number | bigint | undefined; dims?: Integers | undefined }): Promise<Tensor>;
  rot90(self: Tensor, k: number | bigint, options?: CallOptions & { dims?: Integers | undefined }): Promise<Tensor>;
  rot90(self: Tensor, k: number | bigint, dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `rotary_embedding(Tensor x, Tensor cos, Tensor sin, *, bool interleaved=False, bool inverse=False) -> Tensor` — Turns pairs of the last dimension by given angles: rotary position embedding. */
  rotaryEmbedding(x: Tensor, cos: Tensor, sin: Tensor, options?: CallOptions & { interleaved?: boolean | undefined; inverse?: boolean | undefined }): Promise<Tensor>;
  /** `round(Tensor self) -> Tensor` — The integers nearest to the elements of `self`, halves to even. Integer and floating dtypes but float8; integers are copied. */
  round(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `round.decimals(Tensor self, *, int decimals) -> Tensor` — The multiples of ``10 ** -decimals`` nearest to the elements of `self`, halves to even. */
  round(self: Tensor, options: CallOptions & { decimals: number | bigint; out?: Tensor | undefined }): Promise<Tensor>;
  /** `round(Tensor self) -> Tensor` — The integers nearest to the elements of `self`, halves to even. Integer and floating dtypes but float8; integers are copied. */
  round_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `round.decimals(Tensor self, *, int decimals) -> Tensor` — The multiples of ``10 ** -decimals`` nearest to the elements of `self`, halves to even. */
  round_(self: Tensor, options: CallOptions & { decimals: number | bigint }): Promise<Tensor>;
  /** `row_stack(Tensor[] tensors) -> Tensor` — Another name of `vstack`. */
  rowStack(tensors: readonly Tensor[], options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `rpow(Tensor self, Tensor|Scalar other) -> Tensor` — `other` to the power of `self`: `pow` with its operands exchanged, as in ``2 ** x``. */
  rpow(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `rrelu(Tensor self, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, Generator? generator=None) -> Tensor` — x for each element x of `self` above 0, else x times a slope between `lower` and `upper`. */
  rrelu(self: Tensor, options?: CallOptions & { lower?: Scalar | undefined; upper?: Scalar | undefined; training?: boolean | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  rrelu(self: Tensor, lower: Scalar, options?: CallOptions & { upper?: Scalar | undefined; training?: boolean | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  rrelu(self: Tensor, lower: Scalar, upper: Scalar, options?: CallOptions & { training?: boolean | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  rrelu(self: Tensor, lower: Scalar, upper: Scalar, training: boolean, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  rrelu(self: Tensor, lower: Scalar, upper: Scalar, training: boolean, generator: Generator | null, options?: CallOptions): Promise<Tensor>;
  /** `rrelu(Tensor self, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, Generator? generator=None) -> Tensor` — x for each element x of `self` above 0, else x times a slope between `lower` and `upper`. */
  rrelu_(self: Tensor, options?: CallOptions & { lower?: Scalar | undefined; upper?: Scalar | undefined; training?: boolean | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  rrelu_(self: Tensor, lower: Scalar, options?: CallOptions & { upper?: Scalar | undefined; training?: boolean | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  rrelu_(self: Tensor, lower: Scalar, upper: Scalar, options?: CallOptions & { training?: boolean | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  rrelu_(self: Tensor, lower: Scalar, upper: Scalar, training: boolean, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  rrelu_(self: Tensor, lower: Scalar, upper: Scalar, training: boolean, generator: Generator | null, options?: CallOptions): Promise<Tensor>;
  /** `rremainder(Tensor self, Tensor|Scalar other) -> Tensor` — The remainder of `other` divided by `self`: `remainder` with its operands exchanged, as in ``2 % x``. */
  rremainder(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `rsqrt(Tensor self) -> Tensor` — 1 / sqrt(x) for each element x of `self`. Dtypes as for `exp`. */
  rsqrt(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `rsqrt(Tensor self) -> Tensor` — 1 / sqrt(x) for each element x of `self`. Dtypes as for `exp`. */
  rsqrt_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `rsub(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Subtracts `alpha * self` from `other`: `sub` with its operands exchanged, as in ``2 - x``. */
  rsub(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `running_affine(Tensor self, Tensor factors, int dim, bool reverse=False) -> Tensor` — Linear recurrences along one dimension: ``out[i] = self[i] + factors[i] * out[i - 1]``. */
  runningAffine(self: Tensor, factors: Tensor, dim: number | bigint, options?: CallOptions & { reverse?: boolean | undefined }): Promise<Tensor>;
  runningAffine(self: Tensor, factors: Tensor, dim: number | bigint, reverse: boolean, options?: CallOptions): Promise<Tensor>;
  /** `scalar_tensor(Scalar s, *, dtype? dtype=None, device? device=None) -> Tensor` — A 0-dim tensor of a number; float32 by default. */
  scalarTensor(s: Scalar, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `scale_each_(Tensor(a!)[] tensors, Scalar|Tensor factor) -> ()` — Multiplies `tensors` in place by one number. */
  scaleEach_(tensors: readonly Tensor[], factor: Tensor | Scalar, options?: CallOptions): Promise<undefined>;
  /** `scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0.0, bool is_causal=False, *, float? scale=None, bool enable_gqa=False) -> Tensor` — Attention: ``softmax(scale * query @ key^T + attn_mask) @ value``. */
  scaledDotProductAttention(query: Tensor, key: Tensor, value: Tensor, options?: CallOptions & { attnMask?: Tensor | null | undefined; dropoutP?: number | undefined; isCausal?: boolean | undefined; scale?: number | null | undefined; enableGqa?: boolean | undefined }): Promise<Tensor>;
  scaledDotProductAttention(query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null, options?: CallOptions & { dropoutP?: number | undefined; isCausal?: boolean | undefined; scale?: number | null | undefined; enableGqa?: boolean | undefined }): Promise<Tensor>;
  scaledDotProductAttention(query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null, dropoutP: number, options?: CallOptions & { isCausal?: boolean | undefined; scale?: number | null | undefined; enableGqa?: boolean | undefined }): Promise<Tensor>;
  scaledDotProductAttention(query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null, dropoutP: number, isCausal: boolean, options?: CallOptions & { scale?: number | null | undefined; enableGqa?: boolean | undefined }): Promise<Tensor>;
  /** `scatter(Tensor self, int dim, Tensor index, Tensor|Scalar src) -> Tensor` — A copy of `self` with elements replaced at an index each along one dimension: the reverse of `gather`. */
  scatter(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor` — A copy of `self` with one number at an index each along one dimension: `scatter`. */
  scatter(self: Tensor, dim: number | bigint, index: Tensor, value: Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor` — A copy of `self` with values added or multiplied at an index each along one dimension. */
  scatter(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor, options: CallOptions & { reduce: string; out?: Tensor | undefined }): Promise<Tensor>;
  /** `scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor` — A copy of `self` with values added or multiplied at an index each along one dimension. */
  scatter(self: Tensor, dim: number | bigint, index: Tensor, value: Scalar, options: CallOptions & { reduce: string; out?: Tensor | undefined }): Promise<Tensor>;
  /** `scatter(Tensor self, int dim, Tensor index, Tensor|Scalar src) -> Tensor` — A copy of `self` with elements replaced at an index each along one dimension: the reverse of `gather`. */
  scatter_(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor` — A copy of `self` with one number at an index each along one dimension: `scatter`. */
  scatter_(self: Tensor, dim: number | bigint, index: Tensor, value: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor` — A copy of `self` with values added or multiplied at an index each along one dimension. */
  scatter_(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor, options: CallOptions & { reduce: string }): Promise<Tensor>;
  /** `scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor` — A copy of `self` with values added or multiplied at an index each along one dimension. */
  scatter_(self: Tensor, dim: number | bigint, index: Tensor, value: Scalar, options: CallOptions & { reduce: string }): Promise<Tensor>;
  /** `scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` — A copy of `self` with the elements of `src` added at an index each along one dimension. */
  scatterAdd(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` — A copy of `self` with the elements of `src` added at an index each along one dimension. */
  scatterAdd_(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `scatter_reduce(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor` — A copy of `self` with the elements of `src` folded into those at an index each along one dimension. */
  scatterReduce(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor, reduce: string, options?: CallOptions & { includeSelf?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `scatter_reduce(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor` — A copy of `self` with the elements of `src` folded into those at an index each along one dimension. */
  scatterReduce_(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor, reduce: string, options?: CallOptions & { includeSelf?: boolean | undefined }): Promise<Tensor>;
  /** `searchsorted(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor` — Where values would be inserted in sorted sequences so that these stay sorted. */
  searchsorted(sortedSequence: Tensor, self: Tensor, options?: CallOptions & { outInt32?: boolean | undefined; right?: boolean | undefined; side?: string | null | undefined; sorter?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `searchsorted.scalar(Tensor sorted_sequence, Scalar self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor` — Where values would be inserted in sorted sequences so that these stay sorted. */
  searchsorted(sortedSequence: Tensor, self: Scalar, options?: CallOptions & { outInt32?: boolean | undefined; right?: boolean | undefined; side?: string | null | undefined; sorter?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `segment_reduce(Tensor data, str reduce, *, Tensor? lengths=None, Tensor? indices=None, Tensor? offsets=None, int axis=0, bool unsafe=False, Scalar? initial=None) -> Tensor` — Reduces runs of neighbours along one dimension of `data`, each to one element. */
  segmentReduce(data: Tensor, reduce: string, options?: CallOptions & { lengths?: Tensor | null | undefined; indices?: Tensor | null | undefined; offsets?: Tensor | null | undefined; axis?: number | bigint | undefined; unsafe?: boolean | undefined; initial?: Scalar | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `select(Tensor(a) self, int dim, int index) -> Tensor(a)` — A view of the elements at one index of a dimension, without that dimension. */
  select(self: Tensor, dim: number | bigint, index: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `select_copy(Tensor self, int dim, int index) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  selectCopy(self: Tensor, dim: number | bigint, index: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `select_scatter(Tensor self, Tensor src, int dim, int index) -> Tensor` — A copy of `self` in which `src` stands where the view of this name without `_scatter` looks. */
  selectScatter(self: Tensor, src: Tensor, dim: number | bigint, index: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `selu(Tensor self) -> Tensor` — `elu` with the alpha 1.67326... and the scale 1.05070... that keep mean 0 and variance 1. Floating dtypes but float8. */
  selu(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `selu(Tensor self) -> Tensor` — `elu` with the alpha 1.67326... and the scale 1.05070... that keep mean 0 and variance 1. Floating dtypes but float8. */
  selu_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `sgd_step_(Tensor(a!)[] params, Tensor[] grads, Tensor(b!)[] momentum_buffers, *, Scalar|Tensor lr, float momentum=0, float dampening=0, float weight_decay=0, bool nesterov=False, bool maximize=False, bool is_first_step=False) -> ()` — One step of stochastic gradient descent for many parameters, in place. */
  sgdStep_(params: readonly Tensor[], grads: readonly Tensor[], momentumBuffers: readonly Tensor[], options: CallOptions & { lr: Tensor | Scalar; momentum?: number | undefined; dampening?: number | undefined; weightDecay?: number | undefined; nesterov?: boolean | undefined; maximize?: boolean | undefined; isFirstStep?: boolean | undefined }): Promise<undefined>;
  /** `sgn(Tensor self) -> Tensor` — The sign of each element of `self` as `sign` has it; of a complex one z / abs(z), 0 for 0. Any dtype but float8. */
  sgn(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sgn(Tensor self) -> Tensor` — The sign of each element of `self` as `sign` has it; of a complex one z / abs(z), 0 for 0. Any dtype but float8. */
  sgn_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `shrink_backward(Tensor grad, Tensor self, Scalar lambd) -> Tensor` — The gradient of hardshrink and softshrink by their input: `grad` where it is beyond -lambd or lambd, else 0. */
  shrinkBackward(grad: Tensor, self: Tensor, lambd: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `sigmoid(Tensor self) -> Tensor` — 1 / (1 + e^-x) for each element x of `self`. */
  sigmoid(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sigmoid(Tensor self) -> Tensor` — 1 / (1 + e^-x) for each element x of `self`. */
  sigmoid_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `sigmoid_backward(Tensor grad, Tensor output) -> Tensor` — The gradient of sigmoid by its output: grad * output * (1 - output). */
  sigmoidBackward(grad: Tensor, output: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `sign(Tensor self) -> Tensor` — -1, 0 or 1 by the sign of each element of `self`; 0 for NaN. Any real dtype but float8. */
  sign(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sign(Tensor self) -> Tensor` — -1, 0 or 1 by the sign of each element of `self`; 0 for NaN. Any real dtype but float8. */
  sign_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `signbit(Tensor self) -> Tensor` — Whether each element of `self` has its sign bit set, zeros and NaN too. Any real dtype but float8; gives bool. */
  signbit(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `silu(Tensor self) -> Tensor` — x sigmoid(x) for each element x of `self`, also known as swish. Floating dtypes but float8. */
  silu(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `silu(Tensor self) -> Tensor` — x sigmoid(x) for each element x of `self`, also known as swish. Floating dtypes but float8. */
  silu_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `silu_backward(Tensor grad, Tensor self) -> Tensor` — The gradient of silu by its input: grad * s * (1 + x * (1 - s)) with s = sigmoid(x). */
  siluBackward(grad: Tensor, self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `sin(Tensor self) -> Tensor` — The sine of each element of `self`, in radians. */
  sin(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sin(Tensor self) -> Tensor` — The sine of each element of `self`, in radians. */
  sin_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `sinc(Tensor self) -> Tensor` — ``sin(pi * x) / (pi * x)`` of each element of `self`, 1 at 0. */
  sinc(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sinc(Tensor self) -> Tensor` — ``sin(pi * x) / (pi * x)`` of each element of `self`, 1 at 0. */
  sinc_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `sinh(Tensor self) -> Tensor` — The hyperbolic sine of each element of `self`, within 2 ulp. Dtypes as for `tan`. */
  sinh(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sinh(Tensor self) -> Tensor` — The hyperbolic sine of each element of `self`, within 2 ulp. Dtypes as for `tan`. */
  sinh_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `slice_copy(Tensor self, int dim=0, int? start=None, int? end=None, int step=1) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  sliceCopy(self: Tensor, options?: CallOptions & { dim?: number | bigint | undefined; start?: number | bigint | null | undefined; end?: number | bigint | null | undefined; step?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  sliceCopy(self: Tensor, dim: number | bigint, options?: CallOptions & { start?: number | bigint | null | undefined; end?: number | bigint | null | undefined; step?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  sliceCopy(self: Tensor, dim: number | bigint, start: number | bigint | null, options?: CallOptions & { end?: number | bigint | null | undefined; step?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  sliceCopy(self: Tensor, dim: number | bigint, start: number | bigint | null, end: number | bigint | null, options?: CallOptions & { step?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  sliceCopy(self: Tensor, dim: number | bigint, start: number | bigint | null, end: number | bigint | null, step: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `slice_scatter(Tensor self, Tensor src, int dim=0, int? start=None, int? end=None, int step=1) -> Tensor` — A copy of `self` in which `src` stands where the view of this name without `_scatter` looks. */
  sliceScatter(self: Tensor, src: Tensor, options?: CallOptions & { dim?: number | bigint | undefined; start?: number | bigint | null | undefined; end?: number | bigint | null | undefined; step?: number | bigint | undefined }): Promise<Tensor>;
  sliceScatter(self: Tensor, src: Tensor, dim: number | bigint, options?: CallOptions & { start?: number | bigint | null | undefined; end?: number | bigint | null | undefined; step?: number | bigint | undefined }): Promise<Tensor>;
  sliceScatter(self: Tensor, src: Tensor, dim: number | bigint, start: number | bigint | null, options?: CallOptions & { end?: number | bigint | null | undefined; step?: number | bigint | undefined }): Promise<Tensor>;
  sliceScatter(self: Tensor, src: Tensor, dim: number | bigint, start: number | bigint | null, end: number | bigint | null, options?: CallOptions & { step?: number | bigint | undefined }): Promise<Tensor>;
  sliceScatter(self: Tensor, src: Tensor, dim: number | bigint, start: number | bigint | null, end: number | bigint | null, step: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `slogdet(Tensor self) -> (Tensor sign, Tensor logabsdet)` — The determinants of matrices (..., n, n) as ``sign * exp(logabsdet)``. */
  slogdet(self: Tensor, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `smooth_l1_loss(Tensor input, Tensor target, str reduction='mean', float beta=1.0) -> Tensor` — The difference d of `input` and `target`: ``d ** 2 / (2 * beta)`` where |d| < `beta`, else ``|d| - beta / 2``. */
  smoothL1Loss(input: Tensor, target: Tensor, options?: CallOptions & { reduction?: string | undefined; beta?: number | undefined }): Promise<Tensor>;
  smoothL1Loss(input: Tensor, target: Tensor, reduction: string, options?: CallOptions & { beta?: number | undefined }): Promise<Tensor>;
  smoothL1Loss(input: Tensor, target: Tensor, reduction: string, beta: number, options?: CallOptions): Promise<Tensor>;
  /** `soft_margin_loss(Tensor input, Tensor target, str reduction='mean') -> Tensor` — ``log(1 + exp(-target * input))`` for targets 1 and -1. */
  softMarginLoss(input: Tensor, target: Tensor, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  softMarginLoss(input: Tensor, target: Tensor, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `softmax(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The exponentials along a dimension, divided by their sum. */
  softmax(self: Tensor, dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `softmax_backward(Tensor grad, Tensor output, int dim) -> Tensor` — The gradient of `softmax`: ``output * (grad - sum(grad * output))``. */
  softmaxBackward(grad: Tensor, output: Tensor, dim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `softmin(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — `softmax` of ``-self``. */
  softmin(self: Tensor, dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor` — log(1 + e^(beta x)) / beta for each element x of `self`; x itself where beta x exceeds `threshold`. */
  softplus(self: Tensor, options?: CallOptions & { beta?: Scalar | undefined; threshold?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  softplus(self: Tensor, beta: Scalar, options?: CallOptions & { threshold?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  softplus(self: Tensor, beta: Scalar, threshold: Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `softplus_backward(Tensor grad, Tensor self, Scalar beta, Scalar threshold) -> Tensor` — The gradient of softplus by its input: grad * sigmoid(beta x), or `grad` where beta x exceeds `threshold`. */
  softplusBackward(grad: Tensor, self: Tensor, beta: Scalar, threshold: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `softshrink(Tensor self, Scalar lambd=0.5) -> Tensor` — Each element x of `self` moved towards 0 by `lambd`, but not past it; NaN stays. Floating dtypes but float8. */
  softshrink(self: Tensor, options?: CallOptions & { lambd?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  softshrink(self: Tensor, lambd: Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `softsign(Tensor self) -> Tensor` — ``x / (1 + |x|)`` for each element x of `self`. Any real dtype but bool and float8; integers give the default dtype. */
  softsign(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `softsign_backward(Tensor grad, Tensor self) -> Tensor` — The gradient of softsign by its input: grad / (1 + |x|)^2. */
  softsignBackward(grad: Tensor, self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)` — The elements of `self` in order along one dimension, and where they were. */
  sort(self: Tensor, options?: CallOptions & { dim?: number | bigint | undefined; descending?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  sort(self: Tensor, dim: number | bigint, options?: CallOptions & { descending?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  sort(self: Tensor, dim: number | bigint, descending: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `sort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)` — The elements of `self` in order along one dimension, and where they were. */
  sort(self: Tensor, options: CallOptions & { stable: boolean; dim?: number | bigint | undefined; descending?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `special_airy_ai(Tensor x) -> Tensor` — Airy's function Ai of each element of `self`. */
  specialAiryAi(x: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_bessel_j0(Tensor self) -> Tensor` — The Bessel function of the first kind of order 0 of each element of `self`. */
  specialBesselJ0(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_bessel_j1(Tensor self) -> Tensor` — The Bessel function of the first kind of order 1. All else as for `special_bessel_j0`. */
  specialBesselJ1(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_bessel_y0(Tensor self) -> Tensor` — The Bessel function of the second kind of order 0: minus infinity at 0, NaN below. All else as for `special_bessel_j0`. */
  specialBesselY0(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_bessel_y1(Tensor self) -> Tensor` — The Bessel function of the second kind of order 1: minus infinity at 0, NaN below. All else as for `special_bessel_j0`. */
  specialBesselY1(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_chebyshev_polynomial_t(Tensor x, Tensor|Scalar n) -> Tensor` — Chebyshev's polynomial of the first kind of degree `n` at `x`, with broadcasting and type promotion. */
  specialChebyshevPolynomialT(x: Tensor, n: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_chebyshev_polynomial_t.x_scalar(Scalar x, Tensor n) -> Tensor` — Chebyshev's polynomial of the first kind of degree `n` at `x`, with broadcasting and type promotion. */
  specialChebyshevPolynomialT(x: Scalar, n: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_chebyshev_polynomial_u(Tensor x, Tensor|Scalar n) -> Tensor` — Chebyshev's polynomial of the second kind. All else as for `special_chebyshev_polynomial_t`. */
  specialChebyshevPolynomialU(x: Tensor, n: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_chebyshev_polynomial_u.x_scalar(Scalar x, Tensor n) -> Tensor` — Chebyshev's polynomial of the second kind. All else as for `special_chebyshev_polynomial_t`. */
  specialChebyshevPolynomialU(x: Scalar, n: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_chebyshev_polynomial_v(Tensor x, Tensor|Scalar n) -> Tensor` — Chebyshev's polynomial of the third kind. All else as for `special_chebyshev_polynomial_t`. */
  specialChebyshevPolynomialV(x: Tensor, n: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_chebyshev_polynomial_v.x_scalar(Scalar x, Tensor n) -> Tensor` — Chebyshev's polynomial of the third kind. All else as for `special_chebyshev_polynomial_t`. */
  specialChebyshevPolynomialV(x: Scalar, n: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_chebyshev_polynomial_w(Tensor x, Tensor|Scalar n) -> Tensor` — Chebyshev's polynomial of the fourth kind. All else as for `special_chebyshev_polynomial_t`. */
  specialChebyshevPolynomialW(x: Tensor, n: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_chebyshev_polynomial_w.x_scalar(Scalar x, Tensor n) -> Tensor` — Chebyshev's polynomial of the fourth kind. All else as for `special_chebyshev_polynomial_t`. */
  specialChebyshevPolynomialW(x: Scalar, n: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_digamma(Tensor self) -> Tensor` — Another name of `digamma`. */
  specialDigamma(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_entr(Tensor self) -> Tensor` — ``-x * log(x)`` of each element of `self`; 0 at 0 and minus infinity below. Dtypes as for `erfc`. */
  specialEntr(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_erf(Tensor self) -> Tensor` — Another name of `erf`. */
  specialErf(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_erfc(Tensor self) -> Tensor` — Another name of `erfc`. */
  specialErfc(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_erfcx(Tensor self) -> Tensor` — ``exp(x ** 2) * erfc(x)`` of each element of `self`, within 8 ulp. Dtypes as for `erfc`. */
  specialErfcx(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_erfinv(Tensor self) -> Tensor` — Another name of `erfinv`. */
  specialErfinv(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_exp2(Tensor self) -> Tensor` — Another name of `exp2`. */
  specialExp2(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_expit(Tensor self) -> Tensor` — Another name of `sigmoid`. */
  specialExpit(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_expm1(Tensor self) -> Tensor` — Another name of `expm1`. */
  specialExpm1(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_gammainc(Tensor self, Tensor other) -> Tensor` — Another name of `igamma`. */
  specialGammainc(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_gammaincc(Tensor self, Tensor other) -> Tensor` — Another name of `igammac`. */
  specialGammaincc(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_gammaln(Tensor self) -> Tensor` — Another name of `lgamma`. */
  specialGammaln(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_hermite_polynomial_h(Tensor x, Tensor|Scalar n) -> Tensor` — The physicists' polynomial of Hermite. All else as for `special_chebyshev_polynomial_t`. */
  specialHermitePolynomialH(x: Tensor, n: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_hermite_polynomial_h.x_scalar(Scalar x, Tensor n) -> Tensor` — The physicists' polynomial of Hermite. All else as for `special_chebyshev_polynomial_t`. */
  specialHermitePolynomialH(x: Scalar, n: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_hermite_polynomial_he(Tensor x, Tensor|Scalar n) -> Tensor` — The probabilists' polynomial of Hermite. All else as for `special_chebyshev_polynomial_t`. */
  specialHermitePolynomialHe(x: Tensor, n: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_hermite_polynomial_he.x_scalar(Scalar x, Tensor n) -> Tensor` — The probabilists' polynomial of Hermite. All else as for `special_chebyshev_polynomial_t`. */
  specialHermitePolynomialHe(x: Scalar, n: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_i0(Tensor self) -> Tensor` — Another name of `i0`. */
  specialI0(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_i0e(Tensor self) -> Tensor` — ``i0(x) * exp(-abs(x))`` of each element of `self`, within 4 ulp. Dtypes as for `erfc`. */
  specialI0e(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_i1(Tensor self) -> Tensor` — The modified Bessel function of the first kind of order 1 of each element of `self`, within 6 ulp. Dtypes as for `erfc`. */
  specialI1(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_i1e(Tensor self) -> Tensor` — ``i1(x) * exp(-abs(x))`` of each element of `self`, within 4 ulp. Dtypes as for `erfc`. */
  specialI1e(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_laguerre_polynomial_l(Tensor x, Tensor|Scalar n) -> Tensor` — Laguerre's polynomial. All else as for `special_chebyshev_polynomial_t`. */
  specialLaguerrePolynomialL(x: Tensor, n: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_laguerre_polynomial_l.x_scalar(Scalar x, Tensor n) -> Tensor` — Laguerre's polynomial. All else as for `special_chebyshev_polynomial_t`. */
  specialLaguerrePolynomialL(x: Scalar, n: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_legendre_polynomial_p(Tensor x, Tensor|Scalar n) -> Tensor` — Legendre's polynomial. All else as for `special_chebyshev_polynomial_t`. */
  specialLegendrePolynomialP(x: Tensor, n: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_legendre_polynomial_p.x_scalar(Scalar x, Tensor n) -> Tensor` — Legendre's polynomial. All else as for `special_chebyshev_polynomial_t`. */
  specialLegendrePolynomialP(x: Scalar, n: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_log1p(Tensor self) -> Tensor` — Another name of `log1p`. */
  specialLog1p(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_log_ndtr(Tensor self) -> Tensor` — The logarithm of the integral of the standard normal distribution up to each element of `self`, within 6 ulp. Dtypes as for `erfc`. */
  specialLogNdtr(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_log_softmax(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — Another name of `log_softmax`. */
  specialLogSoftmax(self: Tensor, dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `special_logit(Tensor self, float? eps=None) -> Tensor` — Another name of `logit`. */
  specialLogit(self: Tensor, options?: CallOptions & { eps?: number | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  specialLogit(self: Tensor, eps: number | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_logsumexp(Tensor self, int[] dim, bool keepdim=False) -> Tensor` — Another name of `logsumexp`. */
  specialLogsumexp(self: Tensor, dim: Integers, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  specialLogsumexp(self: Tensor, dim: Integers, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_modified_bessel_i0(Tensor self) -> Tensor` — Another name of `i0`. */
  specialModifiedBesselI0(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_modified_bessel_i1(Tensor self) -> Tensor` — Another name of `special_i1`. */
  specialModifiedBesselI1(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_modified_bessel_k0(Tensor self) -> Tensor` — The modified Bessel function of the second kind of order 0 of each element of `self`. */
  specialModifiedBesselK0(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_modified_bessel_k1(Tensor self) -> Tensor` — The modified Bessel function of the second kind of order 1. All else as for `special_modified_bessel_k0`. */
  specialModifiedBesselK1(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_multigammaln(Tensor self, int p) -> Tensor` — Another name of `mvlgamma`. */
  specialMultigammaln(self: Tensor, p: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_ndtr(Tensor self) -> Tensor` — The integral of the standard normal distribution up to each element of `self`, within 6 ulp. Dtypes as for `erfc`. */
  specialNdtr(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_ndtri(Tensor self) -> Tensor` — The inverse of `special_ndtr`, within 5 ulp: infinite at 0 and 1, NaN beyond. Dtypes as for `erfc`. */
  specialNdtri(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_polygamma(int n, Tensor self) -> Tensor` — Another name of `polygamma`. */
  specialPolygamma(n: number | bigint, self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_psi(Tensor self) -> Tensor` — Another name of `digamma`. */
  specialPsi(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_round(Tensor self) -> Tensor` — Another name of `round`. */
  specialRound(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_round.decimals(Tensor self, *, int decimals) -> Tensor` — Another name of `round`. */
  specialRound(self: Tensor, options: CallOptions & { decimals: number | bigint; out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_scaled_modified_bessel_k0(Tensor x) -> Tensor` — ``special_modified_bessel_k0(x) * exp(x)``. All else as for `special_modified_bessel_k0`. */
  specialScaledModifiedBesselK0(x: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_scaled_modified_bessel_k1(Tensor x) -> Tensor` — ``special_modified_bessel_k1(x) * exp(x)``. All else as for `special_modified_bessel_k0`. */
  specialScaledModifiedBesselK1(x: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_shifted_chebyshev_polynomial_t(Tensor x, Tensor|Scalar n) -> Tensor` — ``special_chebyshev_polynomial_t(2 * x - 1, n)``. */
  specialShiftedChebyshevPolynomialT(x: Tensor, n: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_shifted_chebyshev_polynomial_t.x_scalar(Scalar x, Tensor n) -> Tensor` — ``special_chebyshev_polynomial_t(2 * x - 1, n)``. */
  specialShiftedChebyshevPolynomialT(x: Scalar, n: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_shifted_chebyshev_polynomial_u(Tensor x, Tensor|Scalar n) -> Tensor` — ``special_chebyshev_polynomial_u(2 * x - 1, n)``. */
  specialShiftedChebyshevPolynomialU(x: Tensor, n: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_shifted_chebyshev_polynomial_u.x_scalar(Scalar x, Tensor n) -> Tensor` — ``special_chebyshev_polynomial_u(2 * x - 1, n)``. */
  specialShiftedChebyshevPolynomialU(x: Scalar, n: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_shifted_chebyshev_polynomial_v(Tensor x, Tensor|Scalar n) -> Tensor` — ``special_chebyshev_polynomial_v(2 * x - 1, n)``. */
  specialShiftedChebyshevPolynomialV(x: Tensor, n: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_shifted_chebyshev_polynomial_v.x_scalar(Scalar x, Tensor n) -> Tensor` — ``special_chebyshev_polynomial_v(2 * x - 1, n)``. */
  specialShiftedChebyshevPolynomialV(x: Scalar, n: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_shifted_chebyshev_polynomial_w(Tensor x, Tensor|Scalar n) -> Tensor` — ``special_chebyshev_polynomial_w(2 * x - 1, n)``. */
  specialShiftedChebyshevPolynomialW(x: Tensor, n: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_shifted_chebyshev_polynomial_w.x_scalar(Scalar x, Tensor n) -> Tensor` — ``special_chebyshev_polynomial_w(2 * x - 1, n)``. */
  specialShiftedChebyshevPolynomialW(x: Scalar, n: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_sinc(Tensor self) -> Tensor` — Another name of `sinc`. */
  specialSinc(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_softmax(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — Another name of `softmax`. */
  specialSoftmax(self: Tensor, dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `special_spherical_bessel_j0(Tensor x) -> Tensor` — ``sin(x) / x`` of each element of `self`, 1 at 0 and 0 at infinities. Dtypes as for `special_bessel_j0`. */
  specialSphericalBesselJ0(x: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_xlog1py(Tensor self, Tensor|Scalar other) -> Tensor` — ``self * log1p(other)``: as `xlogy` in everything else. */
  specialXlog1py(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_xlog1py.self_scalar(Scalar self, Tensor other) -> Tensor` — ``self * log1p(other)``: as `xlogy` in everything else. */
  specialXlog1py(self: Scalar, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_xlogy(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `xlogy`. */
  specialXlogy(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_xlogy.Scalar_Self(Scalar self, Tensor other) -> Tensor` — Another name of `xlogy`. */
  specialXlogy(self: Scalar, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_zeta(Tensor self, Tensor|Scalar other) -> Tensor` — The zeta function of Hurwitz, ``sum((other + k) ** -self for k in range(inf))``, with broadcasting and type promotion. */
  specialZeta(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `special_zeta.self_scalar(Scalar self, Tensor other) -> Tensor` — The zeta function of Hurwitz, ``sum((other + k) ** -self for k in range(inf))``, with broadcasting and type promotion. */
  specialZeta(self: Scalar, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `split(Tensor(a) self, int|int[] split_size, int dim=0) -> Tensor(a)[]` — Views of consecutive parts of a dimension. */
  split(self: Tensor, splitSize: Integers, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  split(self: Tensor, splitSize: Integers, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `split_copy(Tensor self, int|int[] split_size, int dim=0) -> Tensor[]` — A row-major copy of what the view of this name without `_copy` shows. */
  splitCopy(self: Tensor, splitSize: Integers, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  splitCopy(self: Tensor, splitSize: Integers, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `split_with_sizes(Tensor(a) self, int[] split_sizes, int dim=0) -> Tensor(a)[]` — As `split` with a list of sizes. */
  splitWithSizes(self: Tensor, splitSizes: Integers, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  splitWithSizes(self: Tensor, splitSizes: Integers, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `split_with_sizes_copy(Tensor self, int[] split_sizes, int dim=0) -> Tensor[]` — A row-major copy of what the view of this name without `_copy` shows. */
  splitWithSizesCopy(self: Tensor, splitSizes: Integers, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  splitWithSizesCopy(self: Tensor, splitSizes: Integers, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `sqrt(Tensor self) -> Tensor` — The square root of each element of `self`, correctly rounded; NaN below 0. Dtypes as for `exp`. */
  sqrt(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sqrt(Tensor self) -> Tensor` — The square root of each element of `self`, correctly rounded; NaN below 0. Dtypes as for `exp`. */
  sqrt_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `square(Tensor self) -> Tensor` — The square of each element of `self`: any dtype but float8. Integers wrap, bool gives int64. */
  square(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `square(Tensor self) -> Tensor` — The square of each element of `self`: any dtype but float8. Integers wrap, bool gives int64. */
  square_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `squeeze(Tensor(a) self) -> Tensor(a)` — A view without the dimensions of size one, or without those of `dim` that have size one. */
  squeeze(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `squeeze.dim(Tensor(a) self, int[] dim) -> Tensor(a)` — A view without the dimensions of size one, or without those of `dim` that have size one. */
  squeeze(self: Tensor, dim: Integers, options?: CallOptions): Promise<Tensor>;
  /** `squeeze_copy(Tensor self) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  squeezeCopy(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `squeeze_copy.dim(Tensor self, int[] dim) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  squeezeCopy(self: Tensor, dim: Integers, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `stack(Tensor[] tensors, int dim=0) -> Tensor` — The tensors side by side in a new dimension. */
  stack(tensors: readonly Tensor[], options?: CallOptions & { dim?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  stack(tensors: readonly Tensor[], dim: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `std(Tensor self, int[]? dim=None, *, Scalar? correction=1, bool keepdim=False) -> Tensor` — The standard deviation of the elements of `self`: the square root of `var`. */
  std(self: Tensor, options?: CallOptions & { dim?: Integers | null | undefined; correction?: Scalar | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  std(self: Tensor, dim: Integers | null, options?: CallOptions & { correction?: Scalar | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `std.dim(Tensor self, int[]? dim, bool unbiased=True, bool keepdim=False) -> Tensor` — The same with Bessel's correction asked for by a bool. */
  std(self: Tensor, dim: Integers | null, options?: CallOptions & { unbiased?: boolean | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  std(self: Tensor, dim: Integers | null, unbiased: boolean, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  std(self: Tensor, dim: Integers | null, unbiased: boolean, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `std.unbiased(Tensor self, bool unbiased) -> Tensor` — The same with Bessel's correction asked for by a bool. */
  std(self: Tensor, unbiased: boolean, options?: CallOptions): Promise<Tensor>;
  /** `std_mean(Tensor self, int[]? dim=None, *, Scalar? correction=1, bool keepdim=False) -> (Tensor std, Tensor mean)` — The standard deviation and the mean of `self` in one pass; see `std`. */
  stdMean(self: Tensor, options?: CallOptions & { dim?: Integers | null | undefined; correction?: Scalar | null | undefined; keepdim?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  stdMean(self: Tensor, dim: Integers | null, options?: CallOptions & { correction?: Scalar | null | undefined; keepdim?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  /** `std_mean.dim(Tensor self, int[]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor std, Tensor mean)` — The same with Bessel's correction asked for by a bool. */
  stdMean(self: Tensor, dim: Integers | null, options?: CallOptions & { unbiased?: boolean | undefined; keepdim?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  stdMean(self: Tensor, dim: Integers | null, unbiased: boolean, options?: CallOptions & { keepdim?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  stdMean(self: Tensor, dim: Integers | null, unbiased: boolean, keepdim: boolean, options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `std_mean.unbiased(Tensor self, bool unbiased) -> (Tensor std, Tensor mean)` — The same with Bessel's correction asked for by a bool. */
  stdMean(self: Tensor, unbiased: boolean, options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `stft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool center=True, str pad_mode='reflect', bool normalized=False, bool? onesided=None, bool? return_complex=None, bool? align_to_window=None) -> Tensor` — The Fourier transforms of overlapping frames of a signal. */
  stft(self: Tensor, nFft: number | bigint, options?: CallOptions & { hopLength?: number | bigint | null | undefined; winLength?: number | bigint | null | undefined; window?: Tensor | null | undefined; center?: boolean | undefined; padMode?: string | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; returnComplex?: boolean | null | undefined; alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(self: Tensor, nFft: number | bigint, hopLength: number | bigint | null, options?: CallOptions & { winLength?: number | bigint | null | undefined; window?: Tensor | null | undefined; center?: boolean | undefined; padMode?: string | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; returnComplex?: boolean | null | undefined; alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(self: Tensor, nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, options?: CallOptions & { window?: Tensor | null | undefined; center?: boolean | undefined; padMode?: string | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; returnComplex?: boolean | null | undefined; alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(self: Tensor, nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, options?: CallOptions & { center?: boolean | undefined; padMode?: string | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; returnComplex?: boolean | null | undefined; alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(self: Tensor, nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, options?: CallOptions & { padMode?: string | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; returnComplex?: boolean | null | undefined; alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(self: Tensor, nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, padMode: string, options?: CallOptions & { normalized?: boolean | undefined; onesided?: boolean | null | undefined; returnComplex?: boolean | null | undefined; alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(self: Tensor, nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, padMode: string, normalized: boolean, options?: CallOptions & { onesided?: boolean | null | undefined; returnComplex?: boolean | null | undefined; alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(self: Tensor, nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, padMode: string, normalized: boolean, onesided: boolean | null, options?: CallOptions & { returnComplex?: boolean | null | undefined; alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(self: Tensor, nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, padMode: string, normalized: boolean, onesided: boolean | null, returnComplex: boolean | null, options?: CallOptions & { alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(self: Tensor, nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, padMode: string, normalized: boolean, onesided: boolean | null, returnComplex: boolean | null, alignToWindow: boolean | null, options?: CallOptions): Promise<Tensor>;
  /** `sub(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion. */
  sub(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `sub(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion. */
  sub_(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `subtract(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Another name of `sub`. */
  subtract(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `subtract(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Another name of `sub`. */
  subtract_(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `sum(Tensor self, *, dtype? dtype=None) -> Tensor` — The sum of the elements of `self`, over all or some dimensions. */
  sum(self: Tensor, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `sum.dims(Tensor self, int[]? dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The sum of the elements of `self`, over all or some dimensions. */
  sum(self: Tensor, dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  sum(self: Tensor, dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `svd(Tensor self, bool some=True, bool compute_uv=True) -> (Tensor U, Tensor S, Tensor V)` — The singular values and vectors of matrices: ``A = U @ diag(S) @ V.mH``, reduced where `some`. */
  svd(self: Tensor, options?: CallOptions & { some?: boolean | undefined; computeUv?: boolean | undefined; out?: readonly [Tensor, Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  svd(self: Tensor, some: boolean, options?: CallOptions & { computeUv?: boolean | undefined; out?: readonly [Tensor, Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  svd(self: Tensor, some: boolean, computeUv: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  /** `swapaxes(Tensor(a) self, int axis0, int axis1) -> Tensor(a)` — Another name of `transpose`. */
  swapaxes(self: Tensor, axis0: number | bigint, axis1: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `swapdims(Tensor(a) self, int dim0, int dim1) -> Tensor(a)` — Another name of `transpose`. */
  swapdims(self: Tensor, dim0: number | bigint, dim1: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `t(Tensor self) -> Tensor` — A matrix transposed; a tensor of fewer dimensions as it is. */
  t(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `t_copy(Tensor self) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  tCopy(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `take(Tensor self, Tensor index) -> Tensor` — The elements of `self`, taken as one dimension, at indices. */
  take(self: Tensor, index: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor` — The elements of `self` at indices along one dimension, with broadcasting in the others. */
  takeAlongDim(self: Tensor, indices: Tensor, options?: CallOptions & { dim?: number | bigint | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  takeAlongDim(self: Tensor, indices: Tensor, dim: number | bigint | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `tan(Tensor self) -> Tensor` — The tangent of each element of `self`, in radians. */
  tan(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `tan(Tensor self) -> Tensor` — The tangent of each element of `self`, in radians. */
  tan_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `tanh(Tensor self) -> Tensor` — The hyperbolic tangent of each element of `self`, within 3 ulp. Dtypes as for `exp`. */
  tanh(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `tanh(Tensor self) -> Tensor` — The hyperbolic tangent of each element of `self`, within 3 ulp. Dtypes as for `exp`. */
  tanh_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `tanh_backward(Tensor grad, Tensor output) -> Tensor` — The gradient of tanh by its output: grad * conj(1 - output**2). */
  tanhBackward(grad: Tensor, output: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `tanhshrink(Tensor self) -> Tensor` — ``x - tanh(x)`` for each element x of `self`. Any real dtype but bool and float8; integers give the default dtype. */
  tanhshrink(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `tanhshrink_backward(Tensor grad, Tensor self) -> Tensor` — The gradient of tanhshrink by its input: grad * tanh(x)^2. */
  tanhshrinkBackward(grad: Tensor, self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `tensor_split(Tensor self, int|int[] indices_or_sections, int dim=0) -> Tensor[]` — Views of parts of a dimension, as `numpy.array_split`. */
  tensorSplit(self: Tensor, indicesOrSections: Integers, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  tensorSplit(self: Tensor, indicesOrSections: Integers, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `tensor_split.tensor(Tensor self, Tensor tensor_indices_or_sections, int dim=0) -> Tensor[]` — Views of parts of a dimension, as `numpy.array_split`. */
  tensorSplit(self: Tensor, tensorIndicesOrSections: Tensor, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  tensorSplit(self: Tensor, tensorIndicesOrSections: Tensor, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `tensordot(Tensor self, Tensor other, int[] dims_self, int[] dims_other) -> Tensor` — Sums products over `dims_self` of `self` and as many `dims_other` of `other`, pair by pair. */
  tensordot(self: Tensor, other: Tensor, dimsSelf: Integers, dimsOther: Integers, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `threshold(Tensor self, Scalar threshold, Scalar value) -> Tensor` — Each element of `self` above `threshold`, `value` for the others; NaN stays. */
  threshold(self: Tensor, threshold: Scalar, value: Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `threshold(Tensor self, Scalar threshold, Scalar value) -> Tensor` — Each element of `self` above `threshold`, `value` for the others; NaN stays. */
  threshold_(self: Tensor, threshold: Scalar, value: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `threshold_backward(Tensor grad, Tensor self, Scalar threshold) -> Tensor` — The gradient of threshold by its input: `grad` but where the input is `threshold` or less, which gets 0. */
  thresholdBackward(grad: Tensor, self: Tensor, threshold: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `tile(Tensor self, int[] dims) -> Tensor` — As `repeat`, with 1 for each leading dimension that `dims` does not name. */
  tile(self: Tensor, dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `topk(Tensor self, int k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)` — The `k` largest or smallest elements of `self` along one dimension, and where they were. */
  topk(self: Tensor, k: number | bigint, options?: CallOptions & { dim?: number | bigint | undefined; largest?: boolean | undefined; sorted?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  topk(self: Tensor, k: number | bigint, dim: number | bigint, options?: CallOptions & { largest?: boolean | undefined; sorted?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  topk(self: Tensor, k: number | bigint, dim: number | bigint, largest: boolean, options?: CallOptions & { sorted?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  topk(self: Tensor, k: number | bigint, dim: number | bigint, largest: boolean, sorted: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `total_norm(Tensor[] tensors, float norm_type=2.0) -> Tensor` — The norm of all elements of `tensors` together. */
  totalNorm(tensors: readonly Tensor[], options?: CallOptions & { normType?: number | undefined }): Promise<Tensor>;
  totalNorm(tensors: readonly Tensor[], normType: number, options?: CallOptions): Promise<Tensor>;
  /** `trace(Tensor self) -> Tensor` — The sum of the main diagonal of a matrix; int64 for integers. */
  trace(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `transpose(Tensor(a) self, int dim0, int dim1) -> Tensor(a)` — A view with two dimensions exchanged. */
  transpose(self: Tensor, dim0: number | bigint, dim1: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `transpose_copy(Tensor self, int dim0, int dim1) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  transposeCopy(self: Tensor, dim0: number | bigint, dim1: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `trapezoid(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor` — Integrates along a dimension by the trapezoidal rule. */
  trapezoid(y: Tensor, options?: CallOptions & { dx?: Scalar | undefined; dim?: number | bigint | undefined }): Promise<Tensor>;
  /** `trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor` — Integrates along a dimension by the trapezoidal rule. */
  trapezoid(y: Tensor, x: Tensor, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor>;
  /** `trapz(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor` — Another name of `trapezoid`. */
  trapz(y: Tensor, options?: CallOptions & { dx?: Scalar | undefined; dim?: number | bigint | undefined }): Promise<Tensor>;
  /** `trapz.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor` — Another name of `trapezoid`. */
  trapz(y: Tensor, x: Tensor, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor>;
  /** `triangular_solve(Tensor self, Tensor A, bool upper=True, bool transpose=False, bool unitriangular=False) -> (Tensor solution, Tensor cloned_coefficient)` — Solves A X = B for triangular matrices A, the second argument: see `linalg_solve_triangular`. */
  triangularSolve(self: Tensor, A: Tensor, options?: CallOptions & { upper?: boolean | undefined; transpose?: boolean | undefined; unitriangular?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  triangularSolve(self: Tensor, A: Tensor, upper: boolean, options?: CallOptions & { transpose?: boolean | undefined; unitriangular?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  triangularSolve(self: Tensor, A: Tensor, upper: boolean, transpose: boolean, options?: CallOptions & { unitriangular?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  triangularSolve(self: Tensor, A: Tensor, upper: boolean, transpose: boolean, unitriangular: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `tril(Tensor self, int diagonal=0) -> Tensor` — The lower triangle of the matrices in `self`: what is above a diagonal becomes zero. */
  tril(self: Tensor, options?: CallOptions & { diagonal?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  tril(self: Tensor, diagonal: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `tril(Tensor self, int diagonal=0) -> Tensor` — The lower triangle of the matrices in `self`: what is above a diagonal becomes zero. */
  tril_(self: Tensor, options?: CallOptions & { diagonal?: number | bigint | undefined }): Promise<Tensor>;
  tril_(self: Tensor, diagonal: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `tril_indices(int row, int col, int offset=0, *, dtype? dtype=None, device? device=None) -> Tensor` — Rows and columns of the lower triangle of a matrix, in row-major order. */
  trilIndices(row: number | bigint, col: number | bigint, options?: CallOptions & { offset?: number | bigint | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  trilIndices(row: number | bigint, col: number | bigint, offset: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, float margin=1.0, float p=2.0, float eps=1e-06, bool swap=False, str reduction='mean') -> Tensor` — How far the anchor is from being nearer to the positive than to the negative: ``max(0, d(a, p) - d(a, n) + margin)``. */
  tripletMarginLoss(anchor: Tensor, positive: Tensor, negative: Tensor, options?: CallOptions & { margin?: number | undefined; p?: number | undefined; eps?: number | undefined; swap?: boolean | undefined; reduction?: string | undefined }): Promise<Tensor>;
  tripletMarginLoss(anchor: Tensor, positive: Tensor, negative: Tensor, margin: number, options?: CallOptions & { p?: number | undefined; eps?: number | undefined; swap?: boolean | undefined; reduction?: string | undefined }): Promise<Tensor>;
  tripletMarginLoss(anchor: Tensor, positive: Tensor, negative: Tensor, margin: number, p: number, options?: CallOptions & { eps?: number | undefined; swap?: boolean | undefined; reduction?: string | undefined }): Promise<Tensor>;
  tripletMarginLoss(anchor: Tensor, positive: Tensor, negative: Tensor, margin: number, p: number, eps: number, options?: CallOptions & { swap?: boolean | undefined; reduction?: string | undefined }): Promise<Tensor>;
  tripletMarginLoss(anchor: Tensor, positive: Tensor, negative: Tensor, margin: number, p: number, eps: number, swap: boolean, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  tripletMarginLoss(anchor: Tensor, positive: Tensor, negative: Tensor, margin: number, p: number, eps: number, swap: boolean, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `triu(Tensor self, int diagonal=0) -> Tensor` — The upper triangle of the matrices in `self`: what is below a diagonal becomes zero. As `tril` in everything else. */
  triu(self: Tensor, options?: CallOptions & { diagonal?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  triu(self: Tensor, diagonal: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `triu(Tensor self, int diagonal=0) -> Tensor` — The upper triangle of the matrices in `self`: what is below a diagonal becomes zero. As `tril` in everything else. */
  triu_(self: Tensor, options?: CallOptions & { diagonal?: number | bigint | undefined }): Promise<Tensor>;
  triu_(self: Tensor, diagonal: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `triu_indices(int row, int col, int offset=0, *, dtype? dtype=None, device? device=None) -> Tensor` — Rows and columns of the upper triangle of a matrix: as `tril_indices` in everything else. */
  triuIndices(row: number | bigint, col: number | bigint, options?: CallOptions & { offset?: number | bigint | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  triuIndices(row: number | bigint, col: number | bigint, offset: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `true_divide(Tensor self, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor` — Another name of `div`. */
  trueDivide(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { roundingMode?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `true_divide(Tensor self, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor` — Another name of `div`. */
  trueDivide_(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { roundingMode?: string | null | undefined }): Promise<Tensor>;
  /** `trunc(Tensor self) -> Tensor` — The elements of `self` without their fractions. Integer and floating dtypes but float8; integers are copied. */
  trunc(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `trunc(Tensor self) -> Tensor` — The elements of `self` without their fractions. Integer and floating dtypes but float8; integers are copied. */
  trunc_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `unbind(Tensor(a) self, int dim=0) -> Tensor(a)[]` — Views of the tensor at each index of a dimension, without that dimension. */
  unbind(self: Tensor, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  unbind(self: Tensor, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `unbind_copy(Tensor self, int dim=0) -> Tensor[]` — A row-major copy of what the view of this name without `_copy` shows. */
  unbindCopy(self: Tensor, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  unbindCopy(self: Tensor, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `unflatten(Tensor self, int dim, int[] sizes) -> Tensor` — A view with one dimension divided into `sizes`, one of which may be -1. */
  unflatten(self: Tensor, dim: number | bigint, sizes: Integers, options?: CallOptions): Promise<Tensor>;
  /** `unfold_copy(Tensor self, int dimension, int size, int step) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  unfoldCopy(self: Tensor, dimension: number | bigint, size: number | bigint, step: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `unique_consecutive(Tensor self, bool return_inverse=False, bool return_counts=False, int? dim=None) -> (Tensor values, Tensor inverse, Tensor counts)` — The elements of `self`, or its slices along one dimension, that differ from the one before. */
  uniqueConsecutive(self: Tensor, options?: CallOptions & { returnInverse?: boolean | undefined; returnCounts?: boolean | undefined; dim?: number | bigint | null | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  uniqueConsecutive(self: Tensor, returnInverse: boolean, options?: CallOptions & { returnCounts?: boolean | undefined; dim?: number | bigint | null | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  uniqueConsecutive(self: Tensor, returnInverse: boolean, returnCounts: boolean, options?: CallOptions & { dim?: number | bigint | null | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  uniqueConsecutive(self: Tensor, returnInverse: boolean, returnCounts: boolean, dim: number | bigint | null, options?: CallOptions): Promise<[Tensor, Tensor, Tensor]>;
  /** `unique_dim(Tensor self, int dim, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor values, Tensor inverse, Tensor counts)` — The distinct slices of `self` along one dimension, in lexicographic order. */
  uniqueDim(self: Tensor, dim: number | bigint, options?: CallOptions & { sorted?: boolean | undefined; returnInverse?: boolean | undefined; returnCounts?: boolean | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  uniqueDim(self: Tensor, dim: number | bigint, sorted: boolean, options?: CallOptions & { returnInverse?: boolean | undefined; returnCounts?: boolean | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  uniqueDim(self: Tensor, dim: number | bigint, sorted: boolean, returnInverse: boolean, options?: CallOptions & { returnCounts?: boolean | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  uniqueDim(self: Tensor, dim: number | bigint, sorted: boolean, returnInverse: boolean, returnCounts: boolean, options?: CallOptions): Promise<[Tensor, Tensor, Tensor]>;
  /** `unravel_index(Tensor indices, int|int[] shape) -> Tensor[]` — Flat positions as one index per dimension of a shape. */
  unravelIndex(indices: Tensor, shape: Integers, options?: CallOptions): Promise<Tensor[]>;
  /** `unsafe_chunk(Tensor self, int chunks, int dim=0) -> Tensor[]` — As the view of this name without `unsafe_`, but autograd does not know that the parts share memory. */
  unsafeChunk(self: Tensor, chunks: number | bigint, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  unsafeChunk(self: Tensor, chunks: number | bigint, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `unsafe_split(Tensor self, int split_size, int dim=0) -> Tensor[]` — As the view of this name without `unsafe_`, but autograd does not know that the parts share memory. */
  unsafeSplit(self: Tensor, splitSize: number | bigint, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  unsafeSplit(self: Tensor, splitSize: number | bigint, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `unsafe_split_with_sizes(Tensor self, int[] split_sizes, int dim=0) -> Tensor[]` — As the view of this name without `unsafe_`, but autograd does not know that the parts share memory. */
  unsafeSplitWithSizes(self: Tensor, splitSizes: Integers, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  unsafeSplitWithSizes(self: Tensor, splitSizes: Integers, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `unsqueeze(Tensor(a) self, int dim) -> Tensor(a)` — A view with a new dimension of size one at `dim`. */
  unsqueeze(self: Tensor, dim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `unsqueeze_copy(Tensor self, int dim) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  unsqueezeCopy(self: Tensor, dim: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `upsample_bicubic2d(Tensor self, int[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor` — An image of other sizes, by the method in the name: see `nn.functional.interpolate`. */
  upsampleBicubic2d(self: Tensor, outputSize: Integers, alignCorners: boolean, options?: CallOptions & { scalesH?: number | null | undefined; scalesW?: number | null | undefined }): Promise<Tensor>;
  upsampleBicubic2d(self: Tensor, outputSize: Integers, alignCorners: boolean, scalesH: number | null, options?: CallOptions & { scalesW?: number | null | undefined }): Promise<Tensor>;
  upsampleBicubic2d(self: Tensor, outputSize: Integers, alignCorners: boolean, scalesH: number | null, scalesW: number | null, options?: CallOptions): Promise<Tensor>;
  /** `upsample_bilinear2d(Tensor self, int[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor` — An image of other sizes, by the method in the name: see `nn.functional.interpolate`. */
  upsampleBilinear2d(self: Tensor, outputSize: Integers, alignCorners: boolean, options?: CallOptions & { scalesH?: number | null | undefined; scalesW?: number | null | undefined }): Promise<Tensor>;
  upsampleBilinear2d(self: Tensor, outputSize: Integers, alignCorners: boolean, scalesH: number | null, options?: CallOptions & { scalesW?: number | null | undefined }): Promise<Tensor>;
  upsampleBilinear2d(self: Tensor, outputSize: Integers, alignCorners: boolean, scalesH: number | null, scalesW: number | null, options?: CallOptions): Promise<Tensor>;
  /** `upsample_linear1d(Tensor self, int[1] output_size, bool align_corners, float? scales=None) -> Tensor` — An image of other sizes, by the method in the name: see `nn.functional.interpolate`. */
  upsampleLinear1d(self: Tensor, outputSize: Integers, alignCorners: boolean, options?: CallOptions & { scales?: number | null | undefined }): Promise<Tensor>;
  upsampleLinear1d(self: Tensor, outputSize: Integers, alignCorners: boolean, scales: number | null, options?: CallOptions): Promise<Tensor>;
  /** `upsample_nearest1d(Tensor self, int[1] output_size, float? scales=None) -> Tensor` — An image of other sizes, by the method in the name: see `nn.functional.interpolate`. */
  upsampleNearest1d(self: Tensor, outputSize: Integers, options?: CallOptions & { scales?: number | null | undefined }): Promise<Tensor>;
  upsampleNearest1d(self: Tensor, outputSize: Integers, scales: number | null, options?: CallOptions): Promise<Tensor>;
  /** `upsample_nearest2d(Tensor self, int[2] output_size, float? scales_h=None, float? scales_w=None) -> Tensor` — An image of other sizes, by the method in the name: see `nn.functional.interpolate`. */
  upsampleNearest2d(self: Tensor, outputSize: Integers, options?: CallOptions & { scalesH?: number | null | undefined; scalesW?: number | null | undefined }): Promise<Tensor>;
  upsampleNearest2d(self: Tensor, outputSize: Integers, scalesH: number | null, options?: CallOptions & { scalesW?: number | null | undefined }): Promise<Tensor>;
  upsampleNearest2d(self: Tensor, outputSize: Integers, scalesH: number | null, scalesW: number | null, options?: CallOptions): Promise<Tensor>;
  /** `upsample_nearest3d(Tensor self, int[3] output_size, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor` — An image of other sizes, by the method in the name: see `nn.functional.interpolate`. */
  upsampleNearest3d(self: Tensor, outputSize: Integers, options?: CallOptions & { scalesD?: number | null | undefined; scalesH?: number | null | undefined; scalesW?: number | null | undefined }): Promise<Tensor>;
  upsampleNearest3d(self: Tensor, outputSize: Integers, scalesD: number | null, options?: CallOptions & { scalesH?: number | null | undefined; scalesW?: number | null | undefined }): Promise<Tensor>;
  upsampleNearest3d(self: Tensor, outputSize: Integers, scalesD: number | null, scalesH: number | null, options?: CallOptions & { scalesW?: number | null | undefined }): Promise<Tensor>;
  upsampleNearest3d(self: Tensor, outputSize: Integers, scalesD: number | null, scalesH: number | null, scalesW: number | null, options?: CallOptions): Promise<Tensor>;
  /** `upsample_trilinear3d(Tensor self, int[3] output_size, bool align_corners, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor` — An image of other sizes, by the method in the name: see `nn.functional.interpolate`. */
  upsampleTrilinear3d(self: Tensor, outputSize: Integers, alignCorners: boolean, options?: CallOptions & { scalesD?: number | null | undefined; scalesH?: number | null | undefined; scalesW?: number | null | undefined }): Promise<Tensor>;
  upsampleTrilinear3d(self: Tensor, outputSize: Integers, alignCorners: boolean, scalesD: number | null, options?: CallOptions & { scalesH?: number | null | undefined; scalesW?: number | null | undefined }): Promise<Tensor>;
  upsampleTrilinear3d(self: Tensor, outputSize: Integers, alignCorners: boolean, scalesD: number | null, scalesH: number | null, options?: CallOptions & { scalesW?: number | null | undefined }): Promise<Tensor>;
  upsampleTrilinear3d(self: Tensor, outputSize: Integers, alignCorners: boolean, scalesD: number | null, scalesH: number | null, scalesW: number | null, options?: CallOptions): Promise<Tensor>;
  /** `value_selecting_backward(Tensor grad, int dim, Tensor indices, int[] sizes, bool keepdim) -> Tensor` — The gradient of an op that selects elements along one dimension. */
  valueSelectingBackward(grad: Tensor, dim: number | bigint, indices: Tensor, sizes: Integers, keepdim: boolean, options?: CallOptions): Promise<Tensor>;
  /** `vander(Tensor x, int? N=None, bool increasing=False) -> Tensor` — The powers of the elements of a vector as columns. */
  vander(x: Tensor, options?: CallOptions & { N?: number | bigint | null | undefined; increasing?: boolean | undefined }): Promise<Tensor>;
  vander(x: Tensor, N: number | bigint | null, options?: CallOptions & { increasing?: boolean | undefined }): Promise<Tensor>;
  vander(x: Tensor, N: number | bigint | null, increasing: boolean, options?: CallOptions): Promise<Tensor>;
  /** `var(Tensor self, int[]? dim=None, *, Scalar? correction=1, bool keepdim=False) -> Tensor` — The variance of the elements of `self`, over all or some dimensions. */
  var(self: Tensor, options?: CallOptions & { dim?: Integers | null | undefined; correction?: Scalar | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  var(self: Tensor, dim: Integers | null, options?: CallOptions & { correction?: Scalar | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `var.dim(Tensor self, int[]? dim, bool unbiased=True, bool keepdim=False) -> Tensor` — The same with Bessel's correction asked for by a bool. */
  var(self: Tensor, dim: Integers | null, options?: CallOptions & { unbiased?: boolean | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  var(self: Tensor, dim: Integers | null, unbiased: boolean, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  var(self: Tensor, dim: Integers | null, unbiased: boolean, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `var.unbiased(Tensor self, bool unbiased) -> Tensor` — The same with Bessel's correction asked for by a bool. */
  var(self: Tensor, unbiased: boolean, options?: CallOptions): Promise<Tensor>;
  /** `var_mean(Tensor self, int[]? dim=None, *, Scalar? correction=1, bool keepdim=False) -> (Tensor var, Tensor mean)` — The variance and the mean of `self` in one pass; see `var`. */
  varMean(self: Tensor, options?: CallOptions & { dim?: Integers | null | undefined; correction?: Scalar | null | undefined; keepdim?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  varMean(self: Tensor, dim: Integers | null, options?: CallOptions & { correction?: Scalar | null | undefined; keepdim?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  /** `var_mean.dim(Tensor self, int[]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor var, Tensor mean)` — The same with Bessel's correction asked for by a bool. */
  varMean(self: Tensor, dim: Integers | null, options?: CallOptions & { unbiased?: boolean | undefined; keepdim?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  varMean(self: Tensor, dim: Integers | null, unbiased: boolean, options?: CallOptions & { keepdim?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  varMean(self: Tensor, dim: Integers | null, unbiased: boolean, keepdim: boolean, options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `var_mean.unbiased(Tensor self, bool unbiased) -> (Tensor var, Tensor mean)` — The same with Bessel's correction asked for by a bool. */
  varMean(self: Tensor, unbiased: boolean, options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `vdot(Tensor self, Tensor other) -> Tensor` — The dot product of two vectors, the first of them conjugated, as a 0-dim tensor. */
  vdot(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `view_as_complex(Tensor(a) self) -> Tensor(a)` — A view of pairs of real numbers, the last dimension of size 2 and stride 1, as complex ones. */
  viewAsComplex(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `view_as_complex_copy(Tensor self) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  viewAsComplexCopy(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `view_as_real(Tensor(a) self) -> Tensor(a)` — A view of complex numbers as pairs of real ones in a new last dimension. */
  viewAsReal(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `view_as_real_copy(Tensor self) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  viewAsRealCopy(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `view_copy(Tensor self, int[] size) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  viewCopy(self: Tensor, size: Integers, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `view_copy.dtype(Tensor self, dtype dtype) -> Tensor` — A row-major copy of what the view of this name without `_copy` shows. */
  viewCopy(self: Tensor, dtype: DType, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `vsplit(Tensor self, int|int[] indices_or_sections) -> Tensor[]` — As `tensor_split` along rows, dimension 0. A number of parts must divide the size. */
  vsplit(self: Tensor, indicesOrSections: Integers, options?: CallOptions): Promise<Tensor[]>;
  /** `vstack(Tensor[] tensors) -> Tensor` — The tensors on top of each other: joined along dimension 0, vectors as rows. */
  vstack(tensors: readonly Tensor[], options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `where(Tensor condition, Tensor|Scalar self, Tensor|Scalar other) -> Tensor` — `self` where `condition` holds and `other` elsewhere, with broadcasting and type promotion. */
  where(condition: Tensor, self: Tensor | Scalar, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `where.condition(Tensor condition) -> Tensor[]` — The indices of all elements that are not zero: one tensor per dimension. */
  where(condition: Tensor, options?: CallOptions): Promise<Tensor[]>;
  /** `xlogy(Tensor self, Tensor|Scalar other) -> Tensor` — ``self * log(other)``, element by element, with broadcasting and type promotion. */
  xlogy(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `xlogy.Scalar_Self(Scalar self, Tensor other) -> Tensor` — ``self * log(other)``, element by element, with broadcasting and type promotion. */
  xlogy(self: Scalar, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `xlogy(Tensor self, Tensor|Scalar other) -> Tensor` — ``self * log(other)``, element by element, with broadcasting and type promotion. */
  xlogy_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `zero_each_(Tensor(a!)[] tensors) -> ()` — Sets every element of `tensors` to zero. */
  zeroEach_(tensors: readonly Tensor[], options?: CallOptions): Promise<undefined>;
  /** `zeros(int[] size, *, dtype? dtype=None, device? device=None) -> Tensor` — A tensor filled with zeros; float32 on the CPU by default. */
  zeros(size: Integers, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `zeros_like(Tensor self, *, dtype? dtype=None, device? device=None, memory_format? memory_format=None) -> Tensor` — Of the sizes and, where they are dense, the strides of `self`. */
  zerosLike(self: Tensor, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; memoryFormat?: number | bigint | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
}

/** Operators as methods of a tensor, which is their first argument. */
export interface TensorOperators {
  /** `abs(Tensor self) -> Tensor` — The magnitudes of the elements of `self`. */
  abs(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `abs(Tensor self) -> Tensor` — The magnitudes of the elements of `self`. */
  abs_(options?: CallOptions): Promise<Tensor>;
  /** `absolute(Tensor self) -> Tensor` — Another name of `abs`. */
  absolute(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `absolute(Tensor self) -> Tensor` — Another name of `abs`. */
  absolute_(options?: CallOptions): Promise<Tensor>;
  /** `acos(Tensor self) -> Tensor` — The arc cosine of each element of `self`, in [0, pi]; NaN for a real one beyond [-1, 1]. Within 2 ulp. Dtypes as for `tan`. */
  acos(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `acos(Tensor self) -> Tensor` — The arc cosine of each element of `self`, in [0, pi]; NaN for a real one beyond [-1, 1]. Within 2 ulp. Dtypes as for `tan`. */
  acos_(options?: CallOptions): Promise<Tensor>;
  /** `acosh(Tensor self) -> Tensor` — The inverse hyperbolic cosine of each element of `self`; NaN for a real one below 1. Within 4 ulp. Dtypes as for `tan`. */
  acosh(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `acosh(Tensor self) -> Tensor` — The inverse hyperbolic cosine of each element of `self`; NaN for a real one below 1. Within 4 ulp. Dtypes as for `tan`. */
  acosh_(options?: CallOptions): Promise<Tensor>;
  /** `add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion. */
  add(other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion. */
  add_(other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the sum over the batch of the products `alpha * batch1 @ batch2`: of (b, n, k) and (b, k, m) a matrix (n, m). */
  addbmm(batch1: Tensor, batch2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the sum over the batch of the products `alpha * batch1 @ batch2`: of (b, n, k) and (b, k, m) a matrix (n, m). */
  addbmm_(batch1: Tensor, batch2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` — ``self + value * tensor1 / tensor2``, with broadcasting and type promotion. */
  addcdiv(tensor1: Tensor, tensor2: Tensor, options?: CallOptions & { value?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` — ``self + value * tensor1 / tensor2``, with broadcasting and type promotion. */
  addcdiv_(tensor1: Tensor, tensor2: Tensor, options?: CallOptions & { value?: Scalar | undefined }): Promise<Tensor>;
  /** `addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` — ``self + value * tensor1 * tensor2``, with broadcasting and type promotion. */
  addcmul(tensor1: Tensor, tensor2: Tensor, options?: CallOptions & { value?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` — ``self + value * tensor1 * tensor2``, with broadcasting and type promotion. */
  addcmul_(tensor1: Tensor, tensor2: Tensor, options?: CallOptions & { value?: Scalar | undefined }): Promise<Tensor>;
  /** `addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the product `alpha * mat1 @ mat2`, in one pass over the result. */
  addmm(mat1: Tensor, mat2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the product `alpha * mat1 @ mat2`, in one pass over the result. */
  addmm_(mat1: Tensor, mat2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the product `alpha * mat @ vec` of a matrix (m, k) and a vector (k,): `addmm` on one column. */
  addmv(mat: Tensor, vec: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the product `alpha * mat @ vec` of a matrix (m, k) and a vector (k,): `addmm` on one column. */
  addmv_(mat: Tensor, vec: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the outer product `alpha * vec1 * vec2`, promoted as `add`. */
  addr(vec1: Tensor, vec2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the outer product `alpha * vec1 * vec2`, promoted as `add`. */
  addr_(vec1: Tensor, vec2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `adjoint(Tensor self) -> Tensor` — The conjugate of the matrices with their dimensions exchanged: a view where `self` is real. */
  adjoint(options?: CallOptions): Promise<Tensor>;
  /** `all(Tensor self) -> Tensor` — Whether no element of `self` is zero, over all elements or some dimensions. */
  all(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor` — Whether no element of `self` is zero, over all elements or some dimensions. */
  all(dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  all(dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `all.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor` — Whether no element of `self` is zero, over all elements or some dimensions. */
  all(options?: CallOptions & { dim?: Integers | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  all(dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  all(dim: Integers | null, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `allclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> bool` — Whether all elements are close, as `isclose` has it. */
  allclose(other: Tensor, options?: CallOptions & { rtol?: number | undefined; atol?: number | undefined; equalNan?: boolean | undefined }): Promise<boolean>;
  allclose(other: Tensor, rtol: number, options?: CallOptions & { atol?: number | undefined; equalNan?: boolean | undefined }): Promise<boolean>;
  allclose(other: Tensor, rtol: number, atol: number, options?: CallOptions & { equalNan?: boolean | undefined }): Promise<boolean>;
  allclose(other: Tensor, rtol: number, atol: number, equalNan: boolean, options?: CallOptions): Promise<boolean>;
  /** `amax(Tensor self, int[] dim=[], bool keepdim=False) -> Tensor` — The largest elements of `self` over some dimensions. */
  amax(options?: CallOptions & { dim?: Integers | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  amax(dim: Integers, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  amax(dim: Integers, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `amin(Tensor self, int[] dim=[], bool keepdim=False) -> Tensor` — The smallest elements of `self` over some dimensions; see `amax`. */
  amin(options?: CallOptions & { dim?: Integers | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  amin(dim: Integers, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  amin(dim: Integers, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)` — The smallest and the largest element of `self`, of all or along one dimension. */
  aminmax(options?: CallOptions & { dim?: number | bigint | null | undefined; keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `angle(Tensor self) -> Tensor` — The angles of the elements of `self` in the complex plane, in (-pi, pi]. */
  angle(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `any(Tensor self) -> Tensor` — Whether any element of `self` is not zero, over all elements or some dimensions. */
  any(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor` — Whether any element of `self` is not zero, over all elements or some dimensions. */
  any(dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  any(dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `any.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor` — Whether any element of `self` is not zero, over all elements or some dimensions. */
  any(options?: CallOptions & { dim?: Integers | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  any(dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  any(dim: Integers | null, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `arccos(Tensor self) -> Tensor` — Another name of `acos`. */
  arccos(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `arccos(Tensor self) -> Tensor` — Another name of `acos`. */
  arccos_(options?: CallOptions): Promise<Tensor>;
  /** `arccosh(Tensor self) -> Tensor` — Another name of `acosh`. */
  arccosh(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `arccosh(Tensor self) -> Tensor` — Another name of `acosh`. */
  arccosh_(options?: CallOptions): Promise<Tensor>;
  /** `arcsin(Tensor self) -> Tensor` — Another name of `asin`. */
  arcsin(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `arcsin(Tensor self) -> Tensor` — Another name of `asin`. */
  arcsin_(options?: CallOptions): Promise<Tensor>;
  /** `arcsinh(Tensor self) -> Tensor` — Another name of `asinh`. */
  arcsinh(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `arcsinh(Tensor self) -> Tensor` — Another name of `asinh`. */
  arcsinh_(options?: CallOptions): Promise<Tensor>;
  /** `arctan(Tensor self) -> Tensor` — Another name of `atan`. */
  arctan(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `arctan2(Tensor self, Tensor other) -> Tensor` — Another name of `atan2`. */
  arctan2(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `arctan2(Tensor self, Tensor other) -> Tensor` — Another name of `atan2`. */
  arctan2_(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `arctan(Tensor self) -> Tensor` — Another name of `atan`. */
  arctan_(options?: CallOptions): Promise<Tensor>;
  /** `arctanh(Tensor self) -> Tensor` — Another name of `atanh`. */
  arctanh(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `arctanh(Tensor self) -> Tensor` — Another name of `atanh`. */
  arctanh_(options?: CallOptions): Promise<Tensor>;
  /** `argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor` — The index of the largest element, of all or along one dimension. */
  argmax(options?: CallOptions & { dim?: number | bigint | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  argmax(dim: number | bigint | null, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  argmax(dim: number | bigint | null, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor` — The index of the smallest element, of all or along one dimension; see `argmax`. */
  argmin(options?: CallOptions & { dim?: number | bigint | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  argmin(dim: number | bigint | null, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  argmin(dim: number | bigint | null, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor` — Where the elements of `self` were before `sort`: its indices. */
  argsort(options?: CallOptions & { dim?: number | bigint | undefined; descending?: boolean | undefined }): Promise<Tensor>;
  argsort(dim: number | bigint, options?: CallOptions & { descending?: boolean | undefined }): Promise<Tensor>;
  argsort(dim: number | bigint, descending: boolean, options?: CallOptions): Promise<Tensor>;
  /** `argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor` — Where the elements of `self` were before `sort`: its indices. */
  argsort(options: CallOptions & { stable: boolean; dim?: number | bigint | undefined; descending?: boolean | undefined }): Promise<Tensor>;
  /** `argwhere(Tensor self) -> Tensor` — The indices of all elements that are not zero, one row each: as `nonzero`. */
  argwhere(options?: CallOptions): Promise<Tensor>;
  /** `as_strided(Tensor(a) self, int[] size, int[] stride, int? storage_offset=None) -> Tensor(a)` — A view of the storage of `self` by sizes and strides in elements. */
  asStrided(size: Integers, stride: Integers, options?: CallOptions & { storageOffset?: number | bigint | null | undefined }): Promise<Tensor>;
  asStrided(size: Integers, stride: Integers, storageOffset: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `as_strided_(Tensor self, int[] size, int[] stride, int? storage_offset=None) -> Tensor` — The tensor itself with other sizes and strides, as the view of this name without `_` has them. */
  asStrided_(size: Integers, stride: Integers, options?: CallOptions & { storageOffset?: number | bigint | null | undefined }): Promise<Tensor>;
  asStrided_(size: Integers, stride: Integers, storageOffset: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `as_strided_scatter(Tensor self, Tensor src, int[] size, int[] stride, int? storage_offset=None) -> Tensor` — A copy of `self` in which `src` stands where the view of this name without `_scatter` looks. */
  asStridedScatter(src: Tensor, size: Integers, stride: Integers, options?: CallOptions & { storageOffset?: number | bigint | null | undefined }): Promise<Tensor>;
  asStridedScatter(src: Tensor, size: Integers, stride: Integers, storageOffset: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `asin(Tensor self) -> Tensor` — The arc sine of each element of `self`, in [-pi/2, pi/2]; NaN for a real one beyond [-1, 1]. Within 2.5 ulp. Dtypes as for `tan`. */
  asin(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `asin(Tensor self) -> Tensor` — The arc sine of each element of `self`, in [-pi/2, pi/2]; NaN for a real one beyond [-1, 1]. Within 2.5 ulp. Dtypes as for `tan`. */
  asin_(options?: CallOptions): Promise<Tensor>;
  /** `asinh(Tensor self) -> Tensor` — The inverse hyperbolic sine of each element of `self`, within 4 ulp. Dtypes as for `tan`. */
  asinh(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `asinh(Tensor self) -> Tensor` — The inverse hyperbolic sine of each element of `self`, within 4 ulp. Dtypes as for `tan`. */
  asinh_(options?: CallOptions): Promise<Tensor>;
  /** `atan(Tensor self) -> Tensor` — The arc tangent of each element of `self`, in [-pi/2, pi/2]. Within 2 ulp. Dtypes as for `tan`. */
  atan(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `atan2(Tensor self, Tensor other) -> Tensor` — The angle of the point (`other`, `self`) in (-pi, pi], element by element, with broadcasting and type promotion. */
  atan2(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `atan2(Tensor self, Tensor other) -> Tensor` — The angle of the point (`other`, `self`) in (-pi, pi], element by element, with broadcasting and type promotion. */
  atan2_(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `atan(Tensor self) -> Tensor` — The arc tangent of each element of `self`, in [-pi/2, pi/2]. Within 2 ulp. Dtypes as for `tan`. */
  atan_(options?: CallOptions): Promise<Tensor>;
  /** `atanh(Tensor self) -> Tensor` — The inverse hyperbolic tangent of each element of `self`; NaN for a real one beyond [-1, 1]. Within 4 ulp. Dtypes as for `tan`. */
  atanh(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `atanh(Tensor self) -> Tensor` — The inverse hyperbolic tangent of each element of `self`; NaN for a real one beyond [-1, 1]. Within 4 ulp. Dtypes as for `tan`. */
  atanh_(options?: CallOptions): Promise<Tensor>;
  /** `baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the products `alpha * batch1 @ batch2` of sizes (b, m, k) and (b, k, n): `addmm` on batches. */
  baddbmm(batch1: Tensor, batch2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the products `alpha * batch1 @ batch2` of sizes (b, m, k) and (b, k, n): `addmm` on batches. */
  baddbmm_(batch1: Tensor, batch2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `bernoulli(Tensor self, *, Generator? generator=None) -> Tensor` — 1 with the chance that the element of `self` says, else 0. */
  bernoulli(options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `bernoulli.p(Tensor self, float p, *, Generator? generator=None) -> Tensor` — 1 with chance `p`, else 0, of the sizes and dtype of `self`, whose elements do not matter. */
  bernoulli(p: number, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `bernoulli_(Tensor self, float p=0.5, *, Generator? generator=None) -> Tensor` — Sets each element of `self` to 1 with chance `p`, else to 0. */
  bernoulli_(options?: CallOptions & { p?: number | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  bernoulli_(p: number, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `bernoulli_.Tensor(Tensor self, Tensor p, *, Generator? generator=None) -> Tensor` — Sets each element of `self` to 1 with the chance that `p` says, else to 0. */
  bernoulli_(p: Tensor, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `bincount(Tensor self, Tensor? weights=None, int minlength=0) -> Tensor` — How often each number occurs among integers that are not negative. */
  bincount(options?: CallOptions & { weights?: Tensor | null | undefined; minlength?: number | bigint | undefined }): Promise<Tensor>;
  bincount(weights: Tensor | null, options?: CallOptions & { minlength?: number | bigint | undefined }): Promise<Tensor>;
  bincount(weights: Tensor | null, minlength: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `bitwise_and(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseAnd(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_and(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseAnd_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `bitwise_left_shift(Tensor self, Tensor|Scalar other) -> Tensor` — ``self << other``: the bits of each element moved to the left, with broadcasting and type promotion. */
  bitwiseLeftShift(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_left_shift(Tensor self, Tensor|Scalar other) -> Tensor` — ``self << other``: the bits of each element moved to the left, with broadcasting and type promotion. */
  bitwiseLeftShift_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `bitwise_not(Tensor self) -> Tensor` — The elements of `self` with all bits turned; for bool, logical not. Bool and integers. */
  bitwiseNot(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_not(Tensor self) -> Tensor` — The elements of `self` with all bits turned; for bool, logical not. Bool and integers. */
  bitwiseNot_(options?: CallOptions): Promise<Tensor>;
  /** `bitwise_or(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseOr(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_or(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseOr_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `bitwise_right_shift(Tensor self, Tensor|Scalar other) -> Tensor` — ``self >> other``: the bits of each element moved to the right, its sign moving in; as `bitwise_left_shift` else. */
  bitwiseRightShift(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_right_shift(Tensor self, Tensor|Scalar other) -> Tensor` — ``self >> other``: the bits of each element moved to the right, its sign moving in; as `bitwise_left_shift` else. */
  bitwiseRightShift_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `bitwise_xor(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseXor(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_xor(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseXor_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `bmm(Tensor self, Tensor mat2) -> Tensor` — Multiplies batches of matrices: `matmul` of sizes (b, m, k) and (b, k, n) alone, without broadcasting. */
  bmm(mat2: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `broadcast_to(Tensor self, int[] size) -> Tensor` — As `Tensor.expand`: a view in which dimensions of size 1 are repeated to the sizes given. */
  broadcastTo(size: Integers, options?: CallOptions): Promise<Tensor>;
  /** `cauchy_(Tensor self, float median=0, float sigma=1, *, Generator? generator=None) -> Tensor` — Fills `self` with numbers of Cauchy's distribution. */
  cauchy_(options?: CallOptions & { median?: number | undefined; sigma?: number | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  cauchy_(median: number, options?: CallOptions & { sigma?: number | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  cauchy_(median: number, sigma: number, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `ceil(Tensor self) -> Tensor` — The smallest integers not below the elements of `self`. Integer and floating dtypes but float8; integers are copied. */
  ceil(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ceil(Tensor self) -> Tensor` — The smallest integers not below the elements of `self`. Integer and floating dtypes but float8; integers are copied. */
  ceil_(options?: CallOptions): Promise<Tensor>;
  /** `cholesky(Tensor self, bool upper=False) -> Tensor` — The Cholesky factor L of positive definite matrices with ``A = L @ L.mH``, or U with ``A = U.mH @ U``. */
  cholesky(options?: CallOptions & { upper?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  cholesky(upper: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `cholesky_inverse(Tensor self, bool upper=False) -> Tensor` — The inverses of positive definite matrices whose Cholesky factors are given. */
  choleskyInverse(options?: CallOptions & { upper?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  choleskyInverse(upper: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `cholesky_solve(Tensor self, Tensor input2, bool upper=False) -> Tensor` — Solves A X = B for matrices A whose Cholesky factors are given. */
  choleskySolve(input2: Tensor, options?: CallOptions & { upper?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  choleskySolve(input2: Tensor, upper: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `chunk(Tensor(a) self, int chunks, int dim=0) -> Tensor(a)[]` — Views of at most `chunks` equal parts of a dimension, the last of which may be smaller. */
  chunk(chunks: number | bigint, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  chunk(chunks: number | bigint, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor` — `self` held between `min` and `max`: ``minimum(maximum(self, min), max)``. */
  clamp(options?: CallOptions & { min?: Scalar | null | undefined; max?: Scalar | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  clamp(min: Scalar | null, options?: CallOptions & { max?: Scalar | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  clamp(min: Scalar | null, max: Scalar | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `clamp.tensors(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor` — As `clamp` by numbers, with bounds that are tensors, broadcast and promoted with `self`. */
  clamp(options?: CallOptions & { min?: Tensor | null | undefined; max?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  clamp(min: Tensor | null, options?: CallOptions & { max?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  clamp(min: Tensor | null, max: Tensor | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor` — `self` held between `min` and `max`: ``minimum(maximum(self, min), max)``. */
  clamp_(options?: CallOptions & { min?: Scalar | null | undefined; max?: Scalar | null | undefined }): Promise<Tensor>;
  clamp_(min: Scalar | null, options?: CallOptions & { max?: Scalar | null | undefined }): Promise<Tensor>;
  clamp_(min: Scalar | null, max: Scalar | null, options?: CallOptions): Promise<Tensor>;
  /** `clamp.tensors(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor` — As `clamp` by numbers, with bounds that are tensors, broadcast and promoted with `self`. */
  clamp_(options?: CallOptions & { min?: Tensor | null | undefined; max?: Tensor | null | undefined }): Promise<Tensor>;
  clamp_(min: Tensor | null, options?: CallOptions & { max?: Tensor | null | undefined }): Promise<Tensor>;
  clamp_(min: Tensor | null, max: Tensor | null, options?: CallOptions): Promise<Tensor>;
  /** `clamp_max(Tensor self, Tensor|Scalar max) -> Tensor` — `clamp` with an upper bound alone, a number or a tensor: ``minimum(self, max)``. */
  clampMax(max: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `clamp_max(Tensor self, Tensor|Scalar max) -> Tensor` — `clamp` with an upper bound alone, a number or a tensor: ``minimum(self, max)``. */
  clampMax_(max: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `clamp_min(Tensor self, Tensor|Scalar min) -> Tensor` — `clamp` with a lower bound alone, a number or a tensor: ``maximum(self, min)``. */
  clampMin(min: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `clamp_min(Tensor self, Tensor|Scalar min) -> Tensor` — `clamp` with a lower bound alone, a number or a tensor: ``maximum(self, min)``. */
  clampMin_(min: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `clip(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor` — Another name of `clamp`. */
  clip(options?: CallOptions & { min?: Scalar | null | undefined; max?: Scalar | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  clip(min: Scalar | null, options?: CallOptions & { max?: Scalar | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  clip(min: Scalar | null, max: Scalar | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `clip.tensors(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor` — Another name of `clamp`. */
  clip(options?: CallOptions & { min?: Tensor | null | undefined; max?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  clip(min: Tensor | null, options?: CallOptions & { max?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  clip(min: Tensor | null, max: Tensor | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `clip(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor` — Another name of `clamp`. */
  clip_(options?: CallOptions & { min?: Scalar | null | undefined; max?: Scalar | null | undefined }): Promise<Tensor>;
  clip_(min: Scalar | null, options?: CallOptions & { max?: Scalar | null | undefined }): Promise<Tensor>;
  clip_(min: Scalar | null, max: Scalar | null, options?: CallOptions): Promise<Tensor>;
  /** `clip.tensors(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor` — Another name of `clamp`. */
  clip_(options?: CallOptions & { min?: Tensor | null | undefined; max?: Tensor | null | undefined }): Promise<Tensor>;
  clip_(min: Tensor | null, options?: CallOptions & { max?: Tensor | null | undefined }): Promise<Tensor>;
  clip_(min: Tensor | null, max: Tensor | null, options?: CallOptions): Promise<Tensor>;
  /** `clone(Tensor self, *, memory_format? memory_format=None) -> Tensor` — A copy of `self` with elements of its own; dense, in the order of the dimensions' strides. */
  clone(options?: CallOptions & { memoryFormat?: number | bigint | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `conj(Tensor(a) self) -> Tensor(a)` — The complex conjugates of the elements of `self`; the tensor itself where it is real. */
  conj(options?: CallOptions): Promise<Tensor>;
  /** `conj_physical(Tensor self) -> Tensor` — The complex conjugates of the elements of `self` in memory of their own. */
  conjPhysical(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `conj_physical(Tensor self) -> Tensor` — The complex conjugates of the elements of `self` in memory of their own. */
  conjPhysical_(options?: CallOptions): Promise<Tensor>;
  /** `contiguous(Tensor(a) self, *, memory_format? memory_format=None) -> Tensor(a)` — `self` in row-major layout: the tensor itself when it has it already, else a copy. */
  contiguous(options?: CallOptions & { memoryFormat?: number | bigint | null | undefined }): Promise<Tensor>;
  /** `copy_(Tensor self, Tensor src, bool non_blocking=False) -> Tensor` — Copies `src` into `self`, broadcasting it and converting its dtype. */
  copy_(src: Tensor, options?: CallOptions & { nonBlocking?: boolean | undefined }): Promise<Tensor>;
  copy_(src: Tensor, nonBlocking: boolean, options?: CallOptions): Promise<Tensor>;
  /** `copysign(Tensor self, Tensor|Scalar other) -> Tensor` — The magnitude of `self` with the sign of `other`, element by element, with broadcasting and type promotion. */
  copysign(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `copysign(Tensor self, Tensor|Scalar other) -> Tensor` — The magnitude of `self` with the sign of `other`, element by element, with broadcasting and type promotion. */
  copysign_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `corrcoef(Tensor self) -> Tensor` — The correlation coefficients of variables, of which every row holds the observations. */
  corrcoef(options?: CallOptions): Promise<Tensor>;
  /** `cos(Tensor self) -> Tensor` — The cosine of each element of `self`, in radians. */
  cos(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `cos(Tensor self) -> Tensor` — The cosine of each element of `self`, in radians. */
  cos_(options?: CallOptions): Promise<Tensor>;
  /** `cosh(Tensor self) -> Tensor` — The hyperbolic cosine of each element of `self`, within 2 ulp. Dtypes as for `tan`. */
  cosh(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `cosh(Tensor self) -> Tensor` — The hyperbolic cosine of each element of `self`, within 2 ulp. Dtypes as for `tan`. */
  cosh_(options?: CallOptions): Promise<Tensor>;
  /** `count_nonzero(Tensor self, int? dim=None) -> Tensor` — How many elements of `self` are not zero, over all or some dimensions. */
  countNonzero(options?: CallOptions & { dim?: number | bigint | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  countNonzero(dim: number | bigint | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `count_nonzero.dims(Tensor self, int[] dim) -> Tensor` — How many elements of `self` are not zero, over all or some dimensions. */
  countNonzero(dim: Integers, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `cov(Tensor self, *, int correction=1, Tensor? fweights=None, Tensor? aweights=None) -> Tensor` — The covariances of variables, of which every row holds the observations. */
  cov(options?: CallOptions & { correction?: number | bigint | undefined; fweights?: Tensor | null | undefined; aweights?: Tensor | null | undefined }): Promise<Tensor>;
  /** `cross(Tensor self, Tensor other, int? dim=None) -> Tensor` — The cross products of vectors of three elements along `dim`, by default the first dimension of size 3: see `linalg_cross`. */
  cross(other: Tensor, options?: CallOptions & { dim?: number | bigint | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  cross(other: Tensor, dim: number | bigint | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)` — The largest elements so far along one dimension, and where they are. */
  cummax(dim: number | bigint, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)` — The smallest elements so far along one dimension, and where they are; otherwise as `cummax`. */
  cummin(dim: number | bigint, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `cumprod(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The running products of `self` along one dimension. */
  cumprod(dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `cumprod(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The running products of `self` along one dimension. */
  cumprod_(dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `cumsum(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The running sums of `self` along one dimension. */
  cumsum(dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `cumsum(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The running sums of `self` along one dimension. */
  cumsum_(dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `deg2rad(Tensor self) -> Tensor` — Degrees as radians. Any real dtype but float8; integers and bool give the default dtype. */
  deg2rad(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `deg2rad(Tensor self) -> Tensor` — Degrees as radians. Any real dtype but float8; integers and bool give the default dtype. */
  deg2rad_(options?: CallOptions): Promise<Tensor>;
  /** `det(Tensor self) -> Tensor` — The determinants of matrices (..., n, n): of sizes (...). */
  det(options?: CallOptions): Promise<Tensor>;
  /** `detach(Tensor(a) self) -> Tensor(a)` — The same elements, cut off from the autograd graph. Shares storage and version counter. */
  detach(options?: CallOptions): Promise<Tensor>;
  /** `diag(Tensor self, int diagonal=0) -> Tensor` — Of a vector the matrix with it on a diagonal, of a matrix a copy of its diagonal. */
  diag(options?: CallOptions & { diagonal?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  diag(diagonal: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor` — Matrices of zeros with the last dimension of `self` on a diagonal. */
  diagEmbed(options?: CallOptions & { offset?: number | bigint | undefined; dim1?: number | bigint | undefined; dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagEmbed(offset: number | bigint, options?: CallOptions & { dim1?: number | bigint | undefined; dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagEmbed(offset: number | bigint, dim1: number | bigint, options?: CallOptions & { dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagEmbed(offset: number | bigint, dim1: number | bigint, dim2: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `diagflat(Tensor self, int offset=0) -> Tensor` — The matrix with all elements of `self` on a diagonal. */
  diagflat(options?: CallOptions & { offset?: number | bigint | undefined }): Promise<Tensor>;
  diagflat(offset: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)` — A view of the diagonals of two dimensions, which become the last one. */
  diagonal(options?: CallOptions & { offset?: number | bigint | undefined; dim1?: number | bigint | undefined; dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagonal(offset: number | bigint, options?: CallOptions & { dim1?: number | bigint | undefined; dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagonal(offset: number | bigint, dim1: number | bigint, options?: CallOptions & { dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagonal(offset: number | bigint, dim1: number | bigint, dim2: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `diagonal_scatter(Tensor self, Tensor src, int offset=0, int dim1=0, int dim2=1) -> Tensor` — A copy of `self` in which `src` stands where the view of this name without `_scatter` looks. */
  diagonalScatter(src: Tensor, options?: CallOptions & { offset?: number | bigint | undefined; dim1?: number | bigint | undefined; dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagonalScatter(src: Tensor, offset: number | bigint, options?: CallOptions & { dim1?: number | bigint | undefined; dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagonalScatter(src: Tensor, offset: number | bigint, dim1: number | bigint, options?: CallOptions & { dim2?: number | bigint | undefined }): Promise<Tensor>;
  diagonalScatter(src: Tensor, offset: number | bigint, dim1: number | bigint, dim2: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor` — The differences of neighbours along a dimension, taken `n` times. */
  diff(options?: CallOptions & { n?: number | bigint | undefined; dim?: number | bigint | undefined; prepend?: Tensor | null | undefined; append?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  diff(n: number | bigint, options?: CallOptions & { dim?: number | bigint | undefined; prepend?: Tensor | null | undefined; append?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  diff(n: number | bigint, dim: number | bigint, options?: CallOptions & { prepend?: Tensor | null | undefined; append?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  diff(n: number | bigint, dim: number | bigint, prepend: Tensor | null, options?: CallOptions & { append?: Tensor | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  diff(n: number | bigint, dim: number | bigint, prepend: Tensor | null, append: Tensor | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `digamma(Tensor self) -> Tensor` — The derivative of `lgamma` at each element of `self`. */
  digamma(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `digamma(Tensor self) -> Tensor` — The derivative of `lgamma` at each element of `self`. */
  digamma_(options?: CallOptions): Promise<Tensor>;
  /** `dist(Tensor self, Tensor other, Scalar p=2) -> Tensor` — The norm of ``self - other``. */
  dist(other: Tensor, options?: CallOptions & { p?: Scalar | undefined }): Promise<Tensor>;
  dist(other: Tensor, p: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `div(Tensor self, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor` — Divides `self` by `other`, element by element, with broadcasting and type promotion. */
  div(other: Tensor | Scalar, options?: CallOptions & { roundingMode?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `div(Tensor self, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor` — Divides `self` by `other`, element by element, with broadcasting and type promotion. */
  div_(other: Tensor | Scalar, options?: CallOptions & { roundingMode?: string | null | undefined }): Promise<Tensor>;
  /** `divide(Tensor self, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor` — Another name of `div`. */
  divide(other: Tensor | Scalar, options?: CallOptions & { roundingMode?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `divide(Tensor self, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor` — Another name of `div`. */
  divide_(other: Tensor | Scalar, options?: CallOptions & { roundingMode?: string | null | undefined }): Promise<Tensor>;
  /** `dot(Tensor self, Tensor tensor) -> Tensor` — The dot product of two vectors of the same length and dtype, as a 0-dim tensor. Nothing is conjugated: see `vdot`. */
  dot(tensor: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `dsplit(Tensor self, int|int[] indices_or_sections) -> Tensor[]` — As `tensor_split` along depth, dimension 2. A number of parts must divide the size. */
  dsplit(indicesOrSections: Integers, options?: CallOptions): Promise<Tensor[]>;
  /** `eq(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  eq(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `eq(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  eq_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `equal(Tensor self, Tensor other) -> bool` — Whether both tensors have the same sizes and equal elements. */
  equal(other: Tensor, options?: CallOptions): Promise<boolean>;
  /** `erf(Tensor self) -> Tensor` — The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, for each element x of `self`, within 2 ulp. Any real dtype but float8; integers and bool give the default dtype. */
  erf(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `erf(Tensor self) -> Tensor` — The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, for each element x of `self`, within 2 ulp. Any real dtype but float8; integers and bool give the default dtype. */
  erf_(options?: CallOptions): Promise<Tensor>;
  /** `erfc(Tensor self) -> Tensor` — The complement ``1 - erf(x)`` of the error function of each element of `self`. */
  erfc(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `erfc(Tensor self) -> Tensor` — The complement ``1 - erf(x)`` of the error function of each element of `self`. */
  erfc_(options?: CallOptions): Promise<Tensor>;
  /** `erfinv(Tensor self) -> Tensor` — The number whose error function each element of `self` is, within 3 ulp; infinite at -1 and 1, NaN beyond. Dtypes as for `erfc`. */
  erfinv(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `erfinv(Tensor self) -> Tensor` — The number whose error function each element of `self` is, within 3 ulp; infinite at -1 and 1, NaN beyond. Dtypes as for `erfc`. */
  erfinv_(options?: CallOptions): Promise<Tensor>;
  /** `exp(Tensor self) -> Tensor` — e to the power of each element of `self`. */
  exp(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `exp2(Tensor self) -> Tensor` — 2 to the power of each element of `self`, exact at integers. Dtypes and accuracy as for `exp`. */
  exp2(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `exp2(Tensor self) -> Tensor` — 2 to the power of each element of `self`, exact at integers. Dtypes and accuracy as for `exp`. */
  exp2_(options?: CallOptions): Promise<Tensor>;
  /** `exp(Tensor self) -> Tensor` — e to the power of each element of `self`. */
  exp_(options?: CallOptions): Promise<Tensor>;
  /** `expand(Tensor(a) self, int[] size) -> Tensor(a)` — A view in which dimensions of size one, and new leading ones, repeat to `size`. */
  expand(size: Integers, options?: CallOptions): Promise<Tensor>;
  /** `expand_as(Tensor self, Tensor other) -> Tensor` — A view expanded to the sizes of `other`. */
  expandAs(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `expm1(Tensor self) -> Tensor` — e^x - 1 for each element x of `self`, accurate near 0 too. Dtypes as for `exp`. */
  expm1(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `expm1(Tensor self) -> Tensor` — e^x - 1 for each element x of `self`, accurate near 0 too. Dtypes as for `exp`. */
  expm1_(options?: CallOptions): Promise<Tensor>;
  /** `exponential_(Tensor self, float lambd=1, *, Generator? generator=None) -> Tensor` — Fills `self` with numbers of the exponential distribution of rate `lambd`, none of them 0. */
  exponential_(options?: CallOptions & { lambd?: number | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  exponential_(lambd: number, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `fill_(Tensor self, Scalar value) -> Tensor` — Sets every element of `self` to `value`. */
  fill_(value: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `fill_diagonal_(Tensor self, Scalar fill_value, bool wrap=False) -> Tensor` — Sets the main diagonal to a number. */
  fillDiagonal_(fillValue: Scalar, options?: CallOptions & { wrap?: boolean | undefined }): Promise<Tensor>;
  fillDiagonal_(fillValue: Scalar, wrap: boolean, options?: CallOptions): Promise<Tensor>;
  /** `fix(Tensor self) -> Tensor` — Another name of `trunc`. */
  fix(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fix(Tensor self) -> Tensor` — Another name of `trunc`. */
  fix_(options?: CallOptions): Promise<Tensor>;
  /** `flatten(Tensor self, int start_dim=0, int end_dim=-1) -> Tensor` — The dimensions from `start_dim` to `end_dim` as one: a view where strides allow it. */
  flatten(options?: CallOptions & { startDim?: number | bigint | undefined; endDim?: number | bigint | undefined }): Promise<Tensor>;
  flatten(startDim: number | bigint, options?: CallOptions & { endDim?: number | bigint | undefined }): Promise<Tensor>;
  flatten(startDim: number | bigint, endDim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `flip(Tensor self, int[] dims) -> Tensor` — A copy in which the order of indices along `dims` is reversed. */
  flip(dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `fliplr(Tensor self) -> Tensor` — A copy with the order of columns, dimension 1, reversed. */
  fliplr(options?: CallOptions): Promise<Tensor>;
  /** `flipud(Tensor self) -> Tensor` — A copy with the order of rows, dimension 0, reversed. */
  flipud(options?: CallOptions): Promise<Tensor>;
  /** `float_power(Tensor self, Tensor|Scalar exponent) -> Tensor` — `self` to the power of `exponent`, computed in float64, or complex128 for complex operands: `pow` of both cast to it. */
  floatPower(exponent: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `float_power(Tensor self, Tensor|Scalar exponent) -> Tensor` — `self` to the power of `exponent`, computed in float64, or complex128 for complex operands: `pow` of both cast to it. */
  floatPower_(exponent: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `floor(Tensor self) -> Tensor` — The largest integers not above the elements of `self`. Integer and floating dtypes but float8; integers are copied. */
  floor(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `floor(Tensor self) -> Tensor` — The largest integers not above the elements of `self`. Integer and floating dtypes but float8; integers are copied. */
  floor_(options?: CallOptions): Promise<Tensor>;
  /** `floor_divide(Tensor self, Tensor|Scalar other) -> Tensor` — Divides `self` by `other` and rounds down: ``div(self, other, rounding_mode="floor")``. */
  floorDivide(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `floor_divide(Tensor self, Tensor|Scalar other) -> Tensor` — Divides `self` by `other` and rounds down: ``div(self, other, rounding_mode="floor")``. */
  floorDivide_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `fmax(Tensor self, Tensor other) -> Tensor` — The larger of `self` and `other`, element by element: as `maximum`, but a number wins against NaN. */
  fmax(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fmin(Tensor self, Tensor other) -> Tensor` — The smaller of `self` and `other`, element by element: as `fmax` in everything else. */
  fmin(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fmod(Tensor self, Tensor|Scalar other) -> Tensor` — The remainder of `self` divided by `other`, with the sign of `self`, as C's ``fmod``. */
  fmod(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `fmod(Tensor self, Tensor|Scalar other) -> Tensor` — The remainder of `self` divided by `other`, with the sign of `self`, as C's ``fmod``. */
  fmod_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `frac(Tensor self) -> Tensor` — The fractions of the elements of `self`, with their signs: x - trunc(x). Floating dtypes but float8. */
  frac(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `frac(Tensor self) -> Tensor` — The fractions of the elements of `self`, with their signs: x - trunc(x). Floating dtypes but float8. */
  frac_(options?: CallOptions): Promise<Tensor>;
  /** `frexp(Tensor self) -> (Tensor mantissa, Tensor exponent)` — Each element of `self` as ``mantissa * 2 ** exponent`` with a mantissa in [0.5, 1) beside its sign. */
  frexp(options?: CallOptions): Promise<[Tensor, Tensor]>;
  /** `gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor` — Elements of `self` at an index each along one dimension. */
  gather(dim: number | bigint, index: Tensor, options?: CallOptions & { sparseGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `gcd(Tensor self, Tensor other) -> Tensor` — The greatest common divisor of `self` and `other`, element by element, with broadcasting. */
  gcd(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `gcd(Tensor self, Tensor other) -> Tensor` — The greatest common divisor of `self` and `other`, element by element, with broadcasting. */
  gcd_(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `ge(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  ge(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ge(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  ge_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `geometric_(Tensor self, float p, *, Generator? generator=None) -> Tensor` — Fills `self` with numbers of trials until an event of chance `p` happens, from 1 on. */
  geometric_(p: number, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `geqrf(Tensor self) -> (Tensor a, Tensor tau)` — The QR factors of matrices (..., m, n), packed as LAPACK has them. */
  geqrf(options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `ger(Tensor self, Tensor vec2) -> Tensor` — Another name of `outer`. */
  ger(vec2: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `greater(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `gt`. */
  greater(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `greater(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `gt`. */
  greater_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `greater_equal(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `ge`. */
  greaterEqual(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `greater_equal(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `ge`. */
  greaterEqual_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `gt(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  gt(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `gt(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  gt_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor` — 0 for each element of `self` from -lambd to lambd, which else is kept; NaN stays. Floating dtypes but float8. */
  hardshrink(options?: CallOptions & { lambd?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  hardshrink(lambd: Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `heaviside(Tensor self, Tensor values) -> Tensor` — The step function: 0 where `self` is below zero or NaN, 1 where it is above, `values` where it is zero. */
  heaviside(values: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `heaviside(Tensor self, Tensor values) -> Tensor` — The step function: 0 where `self` is below zero or NaN, 1 where it is above, `values` where it is zero. */
  heaviside_(values: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `histc(Tensor self, int bins=100, Scalar min=0, Scalar max=0) -> Tensor` — How many elements of `self` lie in each of `bins` equal parts of a range. */
  histc(options?: CallOptions & { bins?: number | bigint | undefined; min?: Scalar | undefined; max?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  histc(bins: number | bigint, options?: CallOptions & { min?: Scalar | undefined; max?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  histc(bins: number | bigint, min: Scalar, options?: CallOptions & { max?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  histc(bins: number | bigint, min: Scalar, max: Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `histogram(Tensor self, Tensor bins, *, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges)` — How many elements of `self` lie between neighbours of `bins`. */
  histogram(bins: Tensor, options?: CallOptions & { weight?: Tensor | null | undefined; density?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `histogram.count(Tensor self, int bins=100, *, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges)` — How many elements of `self` lie between neighbours of `bins`. */
  histogram(options?: CallOptions & { bins?: number | bigint | undefined; range?: readonly number[] | null | undefined; weight?: Tensor | null | undefined; density?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  histogram(bins: number | bigint, options?: CallOptions & { range?: readonly number[] | null | undefined; weight?: Tensor | null | undefined; density?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `hsplit(Tensor self, int|int[] indices_or_sections) -> Tensor[]` — As `tensor_split` along columns: dimension 1, or 0 of a vector. A number of parts must divide the size. */
  hsplit(indicesOrSections: Integers, options?: CallOptions): Promise<Tensor[]>;
  /** `hypot(Tensor self, Tensor other) -> Tensor` — ``sqrt(self ** 2 + other ** 2)``, element by element, without overflow or underflow of the squares. */
  hypot(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `hypot(Tensor self, Tensor other) -> Tensor` — ``sqrt(self ** 2 + other ** 2)``, element by element, without overflow or underflow of the squares. */
  hypot_(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `i0(Tensor self) -> Tensor` — The modified Bessel function of the first kind of order 0 of each element of `self`, within 5 ulp. Dtypes as for `erfc`. */
  i0(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `i0(Tensor self) -> Tensor` — The modified Bessel function of the first kind of order 0 of each element of `self`, within 5 ulp. Dtypes as for `erfc`. */
  i0_(options?: CallOptions): Promise<Tensor>;
  /** `igamma(Tensor self, Tensor other) -> Tensor` — The lower incomplete gamma function, regularised: the part of ``gamma(self)`` that its integral has up to `other`. */
  igamma(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `igamma(Tensor self, Tensor other) -> Tensor` — The lower incomplete gamma function, regularised: the part of ``gamma(self)`` that its integral has up to `other`. */
  igamma_(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `igammac(Tensor self, Tensor other) -> Tensor` — The upper incomplete gamma function, regularised: the part that `igamma` leaves. As `igamma` in everything else. */
  igammac(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `igammac(Tensor self, Tensor other) -> Tensor` — The upper incomplete gamma function, regularised: the part that `igamma` leaves. As `igamma` in everything else. */
  igammac_(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor` — Adds `alpha * source` to the entries of one dimension at the given indices. */
  indexAdd(dim: number | bigint, index: Tensor, source: Tensor, options?: CallOptions & { alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor` — Adds `alpha * source` to the entries of one dimension at the given indices. */
  indexAdd_(dim: number | bigint, index: Tensor, source: Tensor, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor` — A copy of `self` with entries of one dimension replaced by those of `source`. */
  indexCopy(dim: number | bigint, index: Tensor, source: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor` — A copy of `self` with entries of one dimension replaced by those of `source`. */
  indexCopy_(dim: number | bigint, index: Tensor, source: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `index_fill(Tensor self, int dim, Tensor index, Tensor|Scalar value) -> Tensor` — A copy of `self` with a number in the entries of one dimension at the given indices. */
  indexFill(dim: number | bigint, index: Tensor, value: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `index_fill(Tensor self, int dim, Tensor index, Tensor|Scalar value) -> Tensor` — A copy of `self` with a number in the entries of one dimension at the given indices. */
  indexFill_(dim: number | bigint, index: Tensor, value: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor` — Writes values to the elements at tensors of indices, as ``x[i, j] = values`` does. */
  indexPut(indices: readonly (Tensor | null)[], values: Tensor, options?: CallOptions & { accumulate?: boolean | undefined }): Promise<Tensor>;
  indexPut(indices: readonly (Tensor | null)[], values: Tensor, accumulate: boolean, options?: CallOptions): Promise<Tensor>;
  /** `index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor` — Writes values to the elements at tensors of indices, as ``x[i, j] = values`` does. */
  indexPut_(indices: readonly (Tensor | null)[], values: Tensor, options?: CallOptions & { accumulate?: boolean | undefined }): Promise<Tensor>;
  indexPut_(indices: readonly (Tensor | null)[], values: Tensor, accumulate: boolean, options?: CallOptions): Promise<Tensor>;
  /** `index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor` — A copy of `self` with entries of `source` folded into those of one dimension at the indices. */
  indexReduce(dim: number | bigint, index: Tensor, source: Tensor, reduce: string, options?: CallOptions & { includeSelf?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor` — A copy of `self` with entries of `source` folded into those of one dimension at the indices. */
  indexReduce_(dim: number | bigint, index: Tensor, source: Tensor, reduce: string, options?: CallOptions & { includeSelf?: boolean | undefined }): Promise<Tensor>;
  /** `index_select(Tensor self, int dim, Tensor index) -> Tensor` — The entries of one dimension at the given indices. */
  indexSelect(dim: number | bigint, index: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `inner(Tensor self, Tensor other) -> Tensor` — The dot products of the vectors along the last dimensions of both: of (..., k) and (---, k) a tensor (..., ---). */
  inner(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `inverse(Tensor self) -> Tensor` — The inverses of matrices (..., n, n). */
  inverse(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `is_conj(Tensor self) -> bool` — False: no tensor waits for its conjugation or negation to be computed. */
  isConj(options?: CallOptions): Promise<boolean>;
  /** `is_neg(Tensor self) -> bool` — False: no tensor waits for its conjugation or negation to be computed. */
  isNeg(options?: CallOptions): Promise<boolean>;
  /** `isclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> Tensor` — Whether ``|self - other| <= atol + |rtol * other|``, element by element, with broadcasting. */
  isclose(other: Tensor, options?: CallOptions & { rtol?: number | undefined; atol?: number | undefined; equalNan?: boolean | undefined }): Promise<Tensor>;
  isclose(other: Tensor, rtol: number, options?: CallOptions & { atol?: number | undefined; equalNan?: boolean | undefined }): Promise<Tensor>;
  isclose(other: Tensor, rtol: number, atol: number, options?: CallOptions & { equalNan?: boolean | undefined }): Promise<Tensor>;
  isclose(other: Tensor, rtol: number, atol: number, equalNan: boolean, options?: CallOptions): Promise<Tensor>;
  /** `isfinite(Tensor self) -> Tensor` — Whether each element of `self`, with both parts of a complex one, is neither infinite nor NaN. Any dtype; gives bool. */
  isfinite(options?: CallOptions): Promise<Tensor>;
  /** `isinf(Tensor self) -> Tensor` — Whether each element of `self`, or a part of a complex one, is infinite. Any dtype; gives bool. */
  isinf(options?: CallOptions): Promise<Tensor>;
  /** `isnan(Tensor self) -> Tensor` — Whether each element of `self`, or a part of a complex one, is NaN. Any dtype; gives bool. */
  isnan(options?: CallOptions): Promise<Tensor>;
  /** `isneginf(Tensor self) -> Tensor` — Whether each element of `self` is minus infinity. Any real dtype but float8; gives bool. */
  isneginf(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `isposinf(Tensor self) -> Tensor` — Whether each element of `self` is infinity. Any real dtype but float8; gives bool. */
  isposinf(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `isreal(Tensor self) -> Tensor` — Whether each element of `self` has no imaginary part. Any dtype; gives bool. */
  isreal(options?: CallOptions): Promise<Tensor>;
  /** `istft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool center=True, bool normalized=False, bool? onesided=None, int? length=None, bool return_complex=False) -> Tensor` — The signal of which `stft` made the coefficients: frames are added up and divided by the windows' squares. */
  istft(nFft: number | bigint, options?: CallOptions & { hopLength?: number | bigint | null | undefined; winLength?: number | bigint | null | undefined; window?: Tensor | null | undefined; center?: boolean | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; length?: number | bigint | null | undefined; returnComplex?: boolean | undefined }): Promise<Tensor>;
  istft(nFft: number | bigint, hopLength: number | bigint | null, options?: CallOptions & { winLength?: number | bigint | null | undefined; window?: Tensor | null | undefined; center?: boolean | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; length?: number | bigint | null | undefined; returnComplex?: boolean | undefined }): Promise<Tensor>;
  istft(nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, options?: CallOptions & { window?: Tensor | null | undefined; center?: boolean | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; length?: number | bigint | null | undefined; returnComplex?: boolean | undefined }): Promise<Tensor>;
  istft(nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, options?: CallOptions & { center?: boolean | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; length?: number | bigint | null | undefined; returnComplex?: boolean | undefined }): Promise<Tensor>;
  istft(nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, options?: CallOptions & { normalized?: boolean | undefined; onesided?: boolean | null | undefined; length?: number | bigint | null | undefined; returnComplex?: boolean | undefined }): Promise<Tensor>;
  istft(nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, normalized: boolean, options?: CallOptions & { onesided?: boolean | null | undefined; length?: number | bigint | null | undefined; returnComplex?: boolean | undefined }): Promise<Tensor>;
  istft(nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, normalized: boolean, onesided: boolean | null, options?: CallOptions & { length?: number | bigint | null | undefined; returnComplex?: boolean | undefined }): Promise<Tensor>;
  istft(nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, normalized: boolean, onesided: boolean | null, length: number | bigint | null, options?: CallOptions & { returnComplex?: boolean | undefined }): Promise<Tensor>;
  istft(nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, normalized: boolean, onesided: boolean | null, length: number | bigint | null, returnComplex: boolean, options?: CallOptions): Promise<Tensor>;
  /** `kron(Tensor self, Tensor other) -> Tensor` — The Kronecker product: blocks of `other`, each times an element of `self`. */
  kron(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `kthvalue(Tensor self, int k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)` — The `k` th smallest elements of `self` along one dimension, and where they are. */
  kthvalue(k: number | bigint, options?: CallOptions & { dim?: number | bigint | undefined; keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  kthvalue(k: number | bigint, dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  kthvalue(k: number | bigint, dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `lcm(Tensor self, Tensor other) -> Tensor` — The least common multiple of `self` and `other`, element by element: as `gcd` in everything else. */
  lcm(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `lcm(Tensor self, Tensor other) -> Tensor` — The least common multiple of `self` and `other`, element by element: as `gcd` in everything else. */
  lcm_(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `ldexp(Tensor self, Tensor other) -> Tensor` — ``self * 2 ** other``, element by element, with broadcasting and type promotion. */
  ldexp(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ldexp(Tensor self, Tensor other) -> Tensor` — ``self * 2 ** other``, element by element, with broadcasting and type promotion. */
  ldexp_(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `le(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  le(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `le(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  le_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `lerp(Tensor self, Tensor end, Tensor|Scalar weight) -> Tensor` — Linear interpolation: ``self + weight * (end - self)``, element by element. */
  lerp(end: Tensor, weight: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `lerp(Tensor self, Tensor end, Tensor|Scalar weight) -> Tensor` — Linear interpolation: ``self + weight * (end - self)``, element by element. */
  lerp_(end: Tensor, weight: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `less(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `lt`. */
  less(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `less(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `lt`. */
  less_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `less_equal(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `le`. */
  lessEqual(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `less_equal(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `le`. */
  lessEqual_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `lgamma(Tensor self) -> Tensor` — The logarithm of the magnitude of the gamma function of each element of `self`. */
  lgamma(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `lgamma(Tensor self) -> Tensor` — The logarithm of the magnitude of the gamma function of each element of `self`. */
  lgamma_(options?: CallOptions): Promise<Tensor>;
  /** `log(Tensor self) -> Tensor` — The natural logarithm of each element of `self`; -inf at 0, NaN below. Dtypes and accuracy as for `exp`. */
  log(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `log10(Tensor self) -> Tensor` — The logarithm to base 10 of each element of `self`, exact at powers of 10. Dtypes and accuracy as for `exp`. */
  log10(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `log10(Tensor self) -> Tensor` — The logarithm to base 10 of each element of `self`, exact at powers of 10. Dtypes and accuracy as for `exp`. */
  log10_(options?: CallOptions): Promise<Tensor>;
  /** `log1p(Tensor self) -> Tensor` — log(1 + x) for each element x of `self`, accurate near 0 too. Dtypes as for `exp`. */
  log1p(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `log1p(Tensor self) -> Tensor` — log(1 + x) for each element x of `self`, accurate near 0 too. Dtypes as for `exp`. */
  log1p_(options?: CallOptions): Promise<Tensor>;
  /** `log2(Tensor self) -> Tensor` — The logarithm to base 2 of each element of `self`. Dtypes and accuracy as for `exp`. */
  log2(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `log2(Tensor self) -> Tensor` — The logarithm to base 2 of each element of `self`. Dtypes and accuracy as for `exp`. */
  log2_(options?: CallOptions): Promise<Tensor>;
  /** `log(Tensor self) -> Tensor` — The natural logarithm of each element of `self`; -inf at 0, NaN below. Dtypes and accuracy as for `exp`. */
  log_(options?: CallOptions): Promise<Tensor>;
  /** `log_normal_(Tensor self, float mean=1, float std=2, *, Generator? generator=None) -> Tensor` — Fills `self` with numbers whose logarithms are normal, of mean `mean` and standard deviation `std`. */
  logNormal_(options?: CallOptions & { mean?: number | undefined; std?: number | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  logNormal_(mean: number, options?: CallOptions & { std?: number | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  logNormal_(mean: number, std: number, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `log_softmax(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The logarithm of `softmax`, computed as ``x - max - log(sum(exp(x - max)))``. */
  logSoftmax(dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `logaddexp(Tensor self, Tensor other) -> Tensor` — ``log(exp(self) + exp(other))``, element by element, without overflow of the exponentials. */
  logaddexp(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `logaddexp2(Tensor self, Tensor other) -> Tensor` — ``log2(2 ** self + 2 ** other)``: `logaddexp` to base 2. */
  logaddexp2(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `logcumsumexp(Tensor self, int dim) -> Tensor` — The logarithms of the running sums of exponentials: ``log(cumsum(exp(self), dim))``. */
  logcumsumexp(dim: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `logdet(Tensor self) -> Tensor` — The logarithms of determinants: NaN where one is negative, -inf where it is zero. */
  logdet(options?: CallOptions): Promise<Tensor>;
  /** `logical_and(Tensor self, Tensor other) -> Tensor` — The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true. */
  logicalAnd(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `logical_and(Tensor self, Tensor other) -> Tensor` — The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true. */
  logicalAnd_(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `logical_not(Tensor self) -> Tensor` — Whether each element of `self` is zero. Any dtype; gives bool, or writes 0 and 1. */
  logicalNot(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `logical_not(Tensor self) -> Tensor` — Whether each element of `self` is zero. Any dtype; gives bool, or writes 0 and 1. */
  logicalNot_(options?: CallOptions): Promise<Tensor>;
  /** `logical_or(Tensor self, Tensor other) -> Tensor` — The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true. */
  logicalOr(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `logical_or(Tensor self, Tensor other) -> Tensor` — The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true. */
  logicalOr_(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `logical_xor(Tensor self, Tensor other) -> Tensor` — The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true. */
  logicalXor(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `logical_xor(Tensor self, Tensor other) -> Tensor` — The logical operator on `self` and `other`, element by element, with broadcasting; what is not zero is true. */
  logicalXor_(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `logit(Tensor self, float? eps=None) -> Tensor` — ``log(x / (1 - x))`` of each element x of `self`. */
  logit(options?: CallOptions & { eps?: number | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  logit(eps: number | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `logit(Tensor self, float? eps=None) -> Tensor` — ``log(x / (1 - x))`` of each element x of `self`. */
  logit_(options?: CallOptions & { eps?: number | null | undefined }): Promise<Tensor>;
  logit_(eps: number | null, options?: CallOptions): Promise<Tensor>;
  /** `logsumexp(Tensor self, int[] dim, bool keepdim=False) -> Tensor` — ``log(sum(exp(self)))`` over some dimensions, safe from overflow. */
  logsumexp(dim: Integers, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  logsumexp(dim: Integers, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `lt(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  lt(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `lt(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  lt_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `lu_solve(Tensor self, Tensor LU_data, Tensor LU_pivots) -> Tensor` — Solves A X = self for matrices A whose factors are given: see `linalg_lu_solve`. */
  luSolve(LUData: Tensor, LUPivots: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `masked_fill(Tensor self, Tensor mask, Tensor|Scalar value) -> Tensor` — `self` with `value` where `mask` holds. */
  maskedFill(mask: Tensor, value: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `masked_fill(Tensor self, Tensor mask, Tensor|Scalar value) -> Tensor` — `self` with `value` where `mask` holds. */
  maskedFill_(mask: Tensor, value: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor` — A copy of `self` in which the elements where `mask` is true become those of `source`, in order. */
  maskedScatter(mask: Tensor, source: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor` — A copy of `self` in which the elements where `mask` is true become those of `source`, in order. */
  maskedScatter_(mask: Tensor, source: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `masked_select(Tensor self, Tensor mask) -> Tensor` — The elements of `self` where `mask` is true, in row-major order, as one dimension. */
  maskedSelect(mask: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `matmul(Tensor self, Tensor other) -> Tensor` — Multiplies matrices: the last two dimensions of both operands, broadcasting those before. */
  matmul(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `matrix_exp(Tensor self) -> Tensor` — The exponentials of matrices (..., n, n), floating or complex. Half types are computed in float32. */
  matrixExp(options?: CallOptions): Promise<Tensor>;
  /** `matrix_power(Tensor self, int n) -> Tensor` — Powers of matrices (..., n, n) with an integer exponent; of the inverses where it is negative. */
  matrixPower(n: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `max(Tensor self) -> Tensor` — The largest element of `self`. */
  max(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `max.other(Tensor self, Tensor other) -> Tensor` — The larger of two tensors, element by element: `maximum`. */
  max(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` — The largest elements of `self` along one dimension, and where they are. */
  max(dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  max(dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `maximum(Tensor self, Tensor other) -> Tensor` — The larger of `self` and `other`, element by element, with broadcasting and type promotion. */
  maximum(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `maximum(Tensor self, Tensor other) -> Tensor` — The larger of `self` and `other`, element by element, with broadcasting and type promotion. */
  maximum_(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `mean(Tensor self, *, dtype? dtype=None) -> Tensor` — The arithmetic mean of `self`, over all or some dimensions. */
  mean(options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `mean.dims(Tensor self, int[]? dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The arithmetic mean of `self`, over all or some dimensions. */
  mean(dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  mean(dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `median(Tensor self) -> Tensor` — The median of all elements of `self`: the lower one of two in the middle. */
  median(options?: CallOptions): Promise<Tensor>;
  /** `median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` — The medians of `self` along one dimension, the lower of two in the middle, and where they are. */
  median(dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  median(dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `min(Tensor self) -> Tensor` — The smallest element of `self`; see `max`. */
  min(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `min.other(Tensor self, Tensor other) -> Tensor` — The smaller of two tensors, element by element: `minimum`. */
  min(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` — The smallest elements of `self` along one dimension, and where they are; see `max.dim`. */
  min(dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  min(dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `minimum(Tensor self, Tensor other) -> Tensor` — The smaller of `self` and `other`, element by element: as `maximum` in everything else. */
  minimum(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `minimum(Tensor self, Tensor other) -> Tensor` — The smaller of `self` and `other`, element by element: as `maximum` in everything else. */
  minimum_(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `mm(Tensor self, Tensor mat2) -> Tensor` — Multiplies two matrices: `matmul` of sizes (m, k) and (k, n) alone, without broadcasting. */
  mm(mat2: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `mode(Tensor self, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)` — The most frequent elements of `self` along one dimension, the smallest of several, and where they are. */
  mode(options?: CallOptions & { dim?: number | bigint | undefined; keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  mode(dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  mode(dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `moveaxis(Tensor self, int[] source, int[] destination) -> Tensor` — Another name of `movedim`. */
  moveaxis(source: Integers, destination: Integers, options?: CallOptions): Promise<Tensor>;
  /** `movedim(Tensor self, int[] source, int[] destination) -> Tensor` — A view in which the dimensions `source` stand at `destination`; the others keep their order. */
  movedim(source: Integers, destination: Integers, options?: CallOptions): Promise<Tensor>;
  /** `msort(Tensor self) -> Tensor` — The elements of `self` in order along the first dimension. */
  msort(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `mul(Tensor self, Tensor|Scalar other) -> Tensor` — Multiplies `self` by `other`, element by element, with broadcasting and type promotion. */
  mul(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `mul(Tensor self, Tensor|Scalar other) -> Tensor` — Multiplies `self` by `other`, element by element, with broadcasting and type promotion. */
  mul_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `multinomial(Tensor self, int num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor` — Samples categories by their probabilities, row by row. */
  multinomial(numSamples: number | bigint, options?: CallOptions & { replacement?: boolean | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  multinomial(numSamples: number | bigint, replacement: boolean, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `multiply(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `mul`. */
  multiply(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `multiply(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `mul`. */
  multiply_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `mv(Tensor self, Tensor vec) -> Tensor` — Multiplies a matrix of sizes (m, k) by a vector (k,): `matmul` without broadcasting. */
  mv(vec: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `mvlgamma(Tensor self, int p) -> Tensor` — The logarithm of the gamma function of `p` dimensions of each element of `self`. */
  mvlgamma(p: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `mvlgamma(Tensor self, int p) -> Tensor` — The logarithm of the gamma function of `p` dimensions of each element of `self`. */
  mvlgamma_(p: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor` — `self` with NaN and infinities replaced by numbers. */
  nanToNum(options?: CallOptions & { nan?: number | null | undefined; posinf?: number | null | undefined; neginf?: number | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanToNum(nan: number | null, options?: CallOptions & { posinf?: number | null | undefined; neginf?: number | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanToNum(nan: number | null, posinf: number | null, options?: CallOptions & { neginf?: number | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanToNum(nan: number | null, posinf: number | null, neginf: number | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor` — `self` with NaN and infinities replaced by numbers. */
  nanToNum_(options?: CallOptions & { nan?: number | null | undefined; posinf?: number | null | undefined; neginf?: number | null | undefined }): Promise<Tensor>;
  nanToNum_(nan: number | null, options?: CallOptions & { posinf?: number | null | undefined; neginf?: number | null | undefined }): Promise<Tensor>;
  nanToNum_(nan: number | null, posinf: number | null, options?: CallOptions & { neginf?: number | null | undefined }): Promise<Tensor>;
  nanToNum_(nan: number | null, posinf: number | null, neginf: number | null, options?: CallOptions): Promise<Tensor>;
  /** `nanmean(Tensor self, int[]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The mean of the elements of `self` that are not NaN, over all or some dimensions. */
  nanmean(options?: CallOptions & { dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanmean(dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanmean(dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `nanmedian(Tensor self) -> Tensor` — The median of the elements of `self` that are no NaN; NaN if all are. Otherwise as `median`. */
  nanmedian(options?: CallOptions): Promise<Tensor>;
  /** `nanmedian.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` — The median of the elements of `self` that are no NaN; NaN if all are. Otherwise as `median`. */
  nanmedian(dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  nanmedian(dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `nanquantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor` — The quantiles of the elements of `self` that are no NaN; NaN where all are. Otherwise as `quantile`. */
  nanquantile(q: Tensor, options?: CallOptions & { dim?: number | bigint | null | undefined; keepdim?: boolean | undefined; interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanquantile(q: Tensor, dim: number | bigint | null, options?: CallOptions & { keepdim?: boolean | undefined; interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanquantile(q: Tensor, dim: number | bigint | null, keepdim: boolean, options?: CallOptions & { interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `nanquantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor` — The quantiles of the elements of `self` that are no NaN; NaN where all are. Otherwise as `quantile`. */
  nanquantile(q: number, options?: CallOptions & { dim?: number | bigint | null | undefined; keepdim?: boolean | undefined; interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanquantile(q: number, dim: number | bigint | null, options?: CallOptions & { keepdim?: boolean | undefined; interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nanquantile(q: number, dim: number | bigint | null, keepdim: boolean, options?: CallOptions & { interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `nansum(Tensor self, int[]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The sum of the elements of `self` that are not NaN, over all or some dimensions. */
  nansum(options?: CallOptions & { dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nansum(dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  nansum(dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `narrow(Tensor self, int dim, int start, int length) -> Tensor` — A view of `length` indices of a dimension from `start` on, which may count from the end. */
  narrow(dim: number | bigint, start: number | bigint, length: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `ne(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  ne(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ne(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  ne_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `neg(Tensor self) -> Tensor` — The elements of `self` with their sign turned; unsigned integers wrap. */
  neg(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `neg(Tensor self) -> Tensor` — The elements of `self` with their sign turned; unsigned integers wrap. */
  neg_(options?: CallOptions): Promise<Tensor>;
  /** `negative(Tensor self) -> Tensor` — Another name of `neg`. */
  negative(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `negative(Tensor self) -> Tensor` — Another name of `neg`. */
  negative_(options?: CallOptions): Promise<Tensor>;
  /** `new_empty(Tensor self, int[] size, *, dtype? dtype=None, device? device=None) -> Tensor` — As the function of this name without `new_`; dtype and device are those of `self` unless given. */
  newEmpty(size: Integers, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `new_empty_strided(Tensor self, int[] size, int[] stride, *, dtype? dtype=None, device? device=None) -> Tensor` — As the function of this name without `new_`; dtype and device are those of `self` unless given. */
  newEmptyStrided(size: Integers, stride: Integers, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `new_full(Tensor self, int[] size, Scalar fill_value, *, dtype? dtype=None, device? device=None) -> Tensor` — As the function of this name without `new_`; dtype and device are those of `self` unless given. */
  newFull(size: Integers, fillValue: Scalar, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `new_ones(Tensor self, int[] size, *, dtype? dtype=None, device? device=None) -> Tensor` — As the function of this name without `new_`; dtype and device are those of `self` unless given. */
  newOnes(size: Integers, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `new_zeros(Tensor self, int[] size, *, dtype? dtype=None, device? device=None) -> Tensor` — As the function of this name without `new_`; dtype and device are those of `self` unless given. */
  newZeros(size: Integers, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `nextafter(Tensor self, Tensor other) -> Tensor` — The number next to `self` in the direction of `other`, in their common dtype; `other` where both are equal. */
  nextafter(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `nextafter(Tensor self, Tensor other) -> Tensor` — The number next to `self` in the direction of `other`, in their common dtype; `other` where both are equal. */
  nextafter_(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `nonzero(Tensor self) -> Tensor` — The indices of all elements that are not zero, in row-major order. */
  nonzero(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `nonzero.as_tuple(Tensor self, *, bool as_tuple) -> Tensor|Tensor[]` — As `nonzero`; with `as_tuple` one tensor of indices per dimension, which can index `self`. */
  nonzero(options: CallOptions & { asTuple: boolean }): Promise<Tensor | Tensor[]>;
  /** `nonzero_static(Tensor self, *, int size, int fill_value=-1) -> Tensor` — The indices of the first `size` elements that are not zero, with rows of `fill_value` behind them. */
  nonzeroStatic(options: CallOptions & { size: number | bigint; fillValue?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `norm(Tensor self, Scalar p=2, int[]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The vector norm of `self`: `linalg_vector_norm` with `p` for its order. */
  norm(options?: CallOptions & { p?: Scalar | undefined; dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined }): Promise<Tensor>;
  norm(p: Scalar, options?: CallOptions & { dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined }): Promise<Tensor>;
  norm(p: Scalar, dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined }): Promise<Tensor>;
  norm(p: Scalar, dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `normal_(Tensor self, float mean=0, float std=1, *, Generator? generator=None) -> Tensor` — Fills `self` with numbers of the normal distribution of mean `mean` and standard deviation `std`. */
  normal_(options?: CallOptions & { mean?: number | undefined; std?: number | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  normal_(mean: number, options?: CallOptions & { std?: number | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  normal_(mean: number, std: number, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `not_equal(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `ne`. */
  notEqual(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `not_equal(Tensor self, Tensor|Scalar other) -> Tensor` — Another name of `ne`. */
  notEqual_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `orgqr(Tensor self, Tensor input2) -> Tensor` — The first columns of the product of reflectors, as `geqrf` returns them. */
  orgqr(input2: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ormqr(Tensor self, Tensor input2, Tensor input3, bool left=True, bool transpose=False) -> Tensor` — The product of a matrix with the product Q of reflectors, as `geqrf` returns them, without making Q. */
  ormqr(input2: Tensor, input3: Tensor, options?: CallOptions & { left?: boolean | undefined; transpose?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  ormqr(input2: Tensor, input3: Tensor, left: boolean, options?: CallOptions & { transpose?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  ormqr(input2: Tensor, input3: Tensor, left: boolean, transpose: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `outer(Tensor self, Tensor vec2) -> Tensor` — The outer product of two vectors: `result[i, j] = self[i] * vec2[j]`, promoted as `mul`. */
  outer(vec2: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `permute(Tensor(a) self, int[] dims) -> Tensor(a)` — A view with the dimensions in the order of `dims`. */
  permute(dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `pinverse(Tensor self, float rcond=1e-15) -> Tensor` — The pseudo-inverses of matrices, with singular values larger than `rcond` times the largest. */
  pinverse(options?: CallOptions & { rcond?: number | undefined }): Promise<Tensor>;
  pinverse(rcond: number, options?: CallOptions): Promise<Tensor>;
  /** `polygamma(int n, Tensor self) -> Tensor` — The derivative of order `n` of `digamma` at each element of `self`. */
  polygamma(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `polygamma.of(Tensor self, int n) -> Tensor` — The derivative of order `n` of `digamma` at each element of `self`. */
  polygamma(n: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `polygamma.of(Tensor self, int n) -> Tensor` — The derivative of order `n` of `digamma` at each element of `self`. */
  polygamma_(n: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `positive(Tensor(a) self) -> Tensor(a)` — `self`, as ``+x`` gives it. Any dtype but bool. */
  positive(options?: CallOptions): Promise<Tensor>;
  /** `pow(Tensor self, Tensor|Scalar exponent) -> Tensor` — `self` to the power of `exponent`, element by element, with broadcasting and type promotion. */
  pow(exponent: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `pow(Tensor self, Tensor|Scalar exponent) -> Tensor` — `self` to the power of `exponent`, element by element, with broadcasting and type promotion. */
  pow_(exponent: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `prelu(Tensor self, Tensor weight) -> Tensor` — x for each element x of `self` above 0, else x times a weight that is learned: one for all, or one per channel. */
  prelu(weight: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `prod(Tensor self, *, dtype? dtype=None) -> Tensor` — The product of the elements of `self`, over all or along one dimension. */
  prod(options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `prod.dim(Tensor self, int dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The product of the elements of `self`, over all or along one dimension. */
  prod(dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  prod(dim: number | bigint, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor` — A copy of `self`, taken as one dimension, with elements replaced at indices. */
  put(index: Tensor, source: Tensor, options?: CallOptions & { accumulate?: boolean | undefined }): Promise<Tensor>;
  put(index: Tensor, source: Tensor, accumulate: boolean, options?: CallOptions): Promise<Tensor>;
  /** `put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor` — A copy of `self`, taken as one dimension, with elements replaced at indices. */
  put_(index: Tensor, source: Tensor, options?: CallOptions & { accumulate?: boolean | undefined }): Promise<Tensor>;
  put_(index: Tensor, source: Tensor, accumulate: boolean, options?: CallOptions): Promise<Tensor>;
  /** `qr(Tensor self, bool some=True) -> (Tensor Q, Tensor R)` — The factors of `linalg_qr`, reduced where `some`, otherwise complete. */
  qr(options?: CallOptions & { some?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  qr(some: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `quantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor` — The quantiles of `self`, of all elements or along one dimension. */
  quantile(q: Tensor, options?: CallOptions & { dim?: number | bigint | null | undefined; keepdim?: boolean | undefined; interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  quantile(q: Tensor, dim: number | bigint | null, options?: CallOptions & { keepdim?: boolean | undefined; interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  quantile(q: Tensor, dim: number | bigint | null, keepdim: boolean, options?: CallOptions & { interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `quantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor` — The quantiles of `self`, of all elements or along one dimension. */
  quantile(q: number, options?: CallOptions & { dim?: number | bigint | null | undefined; keepdim?: boolean | undefined; interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  quantile(q: number, dim: number | bigint | null, options?: CallOptions & { keepdim?: boolean | undefined; interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  quantile(q: number, dim: number | bigint | null, keepdim: boolean, options?: CallOptions & { interpolation?: string | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `rad2deg(Tensor self) -> Tensor` — Radians as degrees. Any real dtype but float8; integers and bool give the default dtype. */
  rad2deg(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `rad2deg(Tensor self) -> Tensor` — Radians as degrees. Any real dtype but float8; integers and bool give the default dtype. */
  rad2deg_(options?: CallOptions): Promise<Tensor>;
  /** `random_(Tensor self, *, Generator? generator=None) -> Tensor` — Fills `self` with integers drawn evenly from [from, to). */
  random_(options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `random_.to(Tensor self, int to, *, Generator? generator=None) -> Tensor` — Fills `self` with integers drawn evenly from [from, to). */
  random_(to: number | bigint, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `random_.from(Tensor self, int from, int? to, *, Generator? generator=None) -> Tensor` — Fills `self` with integers drawn evenly from [from, to). */
  random_(from: number | bigint, to: number | bigint | null, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `ravel(Tensor self) -> Tensor` — The elements as one dimension: a view of a contiguous tensor, else a copy. */
  ravel(options?: CallOptions): Promise<Tensor>;
  /** `reciprocal(Tensor self) -> Tensor` — 1 / x for each element x of `self`. Dtypes as for `exp`. */
  reciprocal(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `reciprocal(Tensor self) -> Tensor` — 1 / x for each element x of `self`. Dtypes as for `exp`. */
  reciprocal_(options?: CallOptions): Promise<Tensor>;
  /** `relu(Tensor self) -> Tensor` — max(x, 0) for each element x of `self`; NaN stays. Integer and floating dtypes but float8. */
  relu(options?: CallOptions): Promise<Tensor>;
  /** `relu(Tensor self) -> Tensor` — max(x, 0) for each element x of `self`; NaN stays. Integer and floating dtypes but float8. */
  relu_(options?: CallOptions): Promise<Tensor>;
  /** `remainder(Tensor self, Tensor|Scalar other) -> Tensor` — The remainder of `self` divided by `other`, with the sign of `other`, as Python's ``%``. */
  remainder(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `remainder(Tensor self, Tensor|Scalar other) -> Tensor` — The remainder of `self` divided by `other`, with the sign of `other`, as Python's ``%``. */
  remainder_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `renorm(Tensor self, Scalar p, int dim, Scalar maxnorm) -> Tensor` — Shortens the slices along a dimension whose p-norm exceeds a limit. */
  renorm(p: Scalar, dim: number | bigint, maxnorm: Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `renorm(Tensor self, Scalar p, int dim, Scalar maxnorm) -> Tensor` — Shortens the slices along a dimension whose p-norm exceeds a limit. */
  renorm_(p: Scalar, dim: number | bigint, maxnorm: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `repeat(Tensor self, int[] repeats) -> Tensor` — A copy that repeats the tensor along each dimension. */
  repeat(repeats: Integers, options?: CallOptions): Promise<Tensor>;
  /** `repeat_interleave(Tensor self, int repeats, int? dim=None, *, int? output_size=None) -> Tensor` — A copy that repeats each index of a dimension `repeats` times in place. */
  repeatInterleave(repeats: number | bigint, options?: CallOptions & { dim?: number | bigint | null | undefined; outputSize?: number | bigint | null | undefined }): Promise<Tensor>;
  repeatInterleave(repeats: number | bigint, dim: number | bigint | null, options?: CallOptions & { outputSize?: number | bigint | null | undefined }): Promise<Tensor>;
  /** `repeat_interleave.self_Tensor(Tensor self, Tensor repeats, int? dim=None, *, int? output_size=None) -> Tensor` — A copy that repeats each index of a dimension in place, as often as `repeats` says for it. */
  repeatInterleave(repeats: Tensor, options?: CallOptions & { dim?: number | bigint | null | undefined; outputSize?: number | bigint | null | undefined }): Promise<Tensor>;
  repeatInterleave(repeats: Tensor, dim: number | bigint | null, options?: CallOptions & { outputSize?: number | bigint | null | undefined }): Promise<Tensor>;
  /** `reshape(Tensor(a) self, int[] shape) -> Tensor(a)` — As `view`, but copies where strides do not allow a view. */
  reshape(shape: Integers, options?: CallOptions): Promise<Tensor>;
  /** `reshape_as(Tensor self, Tensor other) -> Tensor` — The elements with the sizes of `other`, as `reshape` gives them. */
  reshapeAs(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `resize_(Tensor self, int[] size, *, memory_format? memory_format=None) -> Tensor` — Gives the tensor other sizes in row-major layout, keeping the elements that fit, in storage order. */
  resize_(size: Integers, options?: CallOptions & { memoryFormat?: number | bigint | null | undefined }): Promise<Tensor>;
  /** `resize_as_(Tensor self, Tensor the_template, *, memory_format? memory_format=None) -> Tensor` — Gives the tensor other sizes in row-major layout, keeping the elements that fit, in storage order. */
  resizeAs_(theTemplate: Tensor, options?: CallOptions & { memoryFormat?: number | bigint | null | undefined }): Promise<Tensor>;
  /** `resolve_conj(Tensor self) -> Tensor` — The tensor itself: it is conjugated and negated when that is asked for, not when it is read. */
  resolveConj(options?: CallOptions): Promise<Tensor>;
  /** `resolve_neg(Tensor self) -> Tensor` — The tensor itself: it is conjugated and negated when that is asked for, not when it is read. */
  resolveNeg(options?: CallOptions): Promise<Tensor>;
  /** `roll(Tensor self, int[] shifts, int[] dims=[]) -> Tensor` — A copy in which elements move by `shifts` along `dims`; what leaves at one end comes in at the other. */
  roll(shifts: Integers, options?: CallOptions & { dims?: Integers | undefined }): Promise<Tensor>;
  roll(shifts: Integers, dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `rot90(Tensor self, int k=1, int[] dims=[0, 1]) -> Tensor` — A copy turned `k` times by a quarter in the plane of two dimensions. */
  rot90(options?: CallOptions & { k?: number | bigint | undefined; dims?: Integers | undefined }): Promise<Tensor>;
  rot90(k: number | bigint, options?: CallOptions & { dims?: Integers | undefined }): Promise<Tensor>;
  rot90(k: number | bigint, dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `round(Tensor self) -> Tensor` — The integers nearest to the elements of `self`, halves to even. Integer and floating dtypes but float8; integers are copied. */
  round(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `round.decimals(Tensor self, *, int decimals) -> Tensor` — The multiples of ``10 ** -decimals`` nearest to the elements of `self`, halves to even. */
  round(options: CallOptions & { decimals: number | bigint; out?: Tensor | undefined }): Promise<Tensor>;
  /** `round(Tensor self) -> Tensor` — The integers nearest to the elements of `self`, halves to even. Integer and floating dtypes but float8; integers are copied. */
  round_(options?: CallOptions): Promise<Tensor>;
  /** `round.decimals(Tensor self, *, int decimals) -> Tensor` — The multiples of ``10 ** -decimals`` nearest to the elements of `self`, halves to even. */
  round_(options: CallOptions & { decimals: number | bigint }): Promise<Tensor>;
  /** `rsqrt(Tensor self) -> Tensor` — 1 / sqrt(x) for each element x of `self`. Dtypes as for `exp`. */
  rsqrt(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `rsqrt(Tensor self) -> Tensor` — 1 / sqrt(x) for each element x of `self`. Dtypes as for `exp`. */
  rsqrt_(options?: CallOptions): Promise<Tensor>;
  /** `scatter(Tensor self, int dim, Tensor index, Tensor|Scalar src) -> Tensor` — A copy of `self` with elements replaced at an index each along one dimension: the reverse of `gather`. */
  scatter(dim: number | bigint, index: Tensor, src: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor` — A copy of `self` with one number at an index each along one dimension: `scatter`. */
  scatter(dim: number | bigint, index: Tensor, value: Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor` — A copy of `self` with values added or multiplied at an index each along one dimension. */
  scatter(dim: number | bigint, index: Tensor, src: Tensor, options: CallOptions & { reduce: string; out?: Tensor | undefined }): Promise<Tensor>;
  /** `scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor` — A copy of `self` with values added or multiplied at an index each along one dimension. */
  scatter(dim: number | bigint, index: Tensor, value: Scalar, options: CallOptions & { reduce: string; out?: Tensor | undefined }): Promise<Tensor>;
  /** `scatter(Tensor self, int dim, Tensor index, Tensor|Scalar src) -> Tensor` — A copy of `self` with elements replaced at an index each along one dimension: the reverse of `gather`. */
  scatter_(dim: number | bigint, index: Tensor, src: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor` — A copy of `self` with one number at an index each along one dimension: `scatter`. */
  scatter_(dim: number | bigint, index: Tensor, value: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor` — A copy of `self` with values added or multiplied at an index each along one dimension. */
  scatter_(dim: number | bigint, index: Tensor, src: Tensor, options: CallOptions & { reduce: string }): Promise<Tensor>;
  /** `scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor` — A copy of `self` with values added or multiplied at an index each along one dimension. */
  scatter_(dim: number | bigint, index: Tensor, value: Scalar, options: CallOptions & { reduce: string }): Promise<Tensor>;
  /** `scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` — A copy of `self` with the elements of `src` added at an index each along one dimension. */
  scatterAdd(dim: number | bigint, index: Tensor, src: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` — A copy of `self` with the elements of `src` added at an index each along one dimension. */
  scatterAdd_(dim: number | bigint, index: Tensor, src: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `scatter_reduce(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor` — A copy of `self` with the elements of `src` folded into those at an index each along one dimension. */
  scatterReduce(dim: number | bigint, index: Tensor, src: Tensor, reduce: string, options?: CallOptions & { includeSelf?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `scatter_reduce(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor` — A copy of `self` with the elements of `src` folded into those at an index each along one dimension. */
  scatterReduce_(dim: number | bigint, index: Tensor, src: Tensor, reduce: string, options?: CallOptions & { includeSelf?: boolean | undefined }): Promise<Tensor>;
  /** `select(Tensor(a) self, int dim, int index) -> Tensor(a)` — A view of the elements at one index of a dimension, without that dimension. */
  select(dim: number | bigint, index: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `select_scatter(Tensor self, Tensor src, int dim, int index) -> Tensor` — A copy of `self` in which `src` stands where the view of this name without `_scatter` looks. */
  selectScatter(src: Tensor, dim: number | bigint, index: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `set_(Tensor self) -> Tensor` — Makes the tensor share storage, sizes and strides of another: `source`, a part of its storage, or nothing. */
  set_(options?: CallOptions): Promise<Tensor>;
  /** `set_.source(Tensor self, Tensor source) -> Tensor` — Makes the tensor share storage, sizes and strides of another: `source`, a part of its storage, or nothing. */
  set_(source: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `set_.part(Tensor self, Tensor source, int storage_offset, int[] size, int[] stride=[]) -> Tensor` — Makes the tensor share storage, sizes and strides of another: `source`, a part of its storage, or nothing. */
  set_(source: Tensor, storageOffset: number | bigint, size: Integers, options?: CallOptions & { stride?: Integers | undefined }): Promise<Tensor>;
  set_(source: Tensor, storageOffset: number | bigint, size: Integers, stride: Integers, options?: CallOptions): Promise<Tensor>;
  /** `sgn(Tensor self) -> Tensor` — The sign of each element of `self` as `sign` has it; of a complex one z / abs(z), 0 for 0. Any dtype but float8. */
  sgn(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sgn(Tensor self) -> Tensor` — The sign of each element of `self` as `sign` has it; of a complex one z / abs(z), 0 for 0. Any dtype but float8. */
  sgn_(options?: CallOptions): Promise<Tensor>;
  /** `sigmoid(Tensor self) -> Tensor` — 1 / (1 + e^-x) for each element x of `self`. */
  sigmoid(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sigmoid(Tensor self) -> Tensor` — 1 / (1 + e^-x) for each element x of `self`. */
  sigmoid_(options?: CallOptions): Promise<Tensor>;
  /** `sign(Tensor self) -> Tensor` — -1, 0 or 1 by the sign of each element of `self`; 0 for NaN. Any real dtype but float8. */
  sign(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sign(Tensor self) -> Tensor` — -1, 0 or 1 by the sign of each element of `self`; 0 for NaN. Any real dtype but float8. */
  sign_(options?: CallOptions): Promise<Tensor>;
  /** `signbit(Tensor self) -> Tensor` — Whether each element of `self` has its sign bit set, zeros and NaN too. Any real dtype but float8; gives bool. */
  signbit(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sin(Tensor self) -> Tensor` — The sine of each element of `self`, in radians. */
  sin(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sin(Tensor self) -> Tensor` — The sine of each element of `self`, in radians. */
  sin_(options?: CallOptions): Promise<Tensor>;
  /** `sinc(Tensor self) -> Tensor` — ``sin(pi * x) / (pi * x)`` of each element of `self`, 1 at 0. */
  sinc(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sinc(Tensor self) -> Tensor` — ``sin(pi * x) / (pi * x)`` of each element of `self`, 1 at 0. */
  sinc_(options?: CallOptions): Promise<Tensor>;
  /** `sinh(Tensor self) -> Tensor` — The hyperbolic sine of each element of `self`, within 2 ulp. Dtypes as for `tan`. */
  sinh(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sinh(Tensor self) -> Tensor` — The hyperbolic sine of each element of `self`, within 2 ulp. Dtypes as for `tan`. */
  sinh_(options?: CallOptions): Promise<Tensor>;
  /** `slice_scatter(Tensor self, Tensor src, int dim=0, int? start=None, int? end=None, int step=1) -> Tensor` — A copy of `self` in which `src` stands where the view of this name without `_scatter` looks. */
  sliceScatter(src: Tensor, options?: CallOptions & { dim?: number | bigint | undefined; start?: number | bigint | null | undefined; end?: number | bigint | null | undefined; step?: number | bigint | undefined }): Promise<Tensor>;
  sliceScatter(src: Tensor, dim: number | bigint, options?: CallOptions & { start?: number | bigint | null | undefined; end?: number | bigint | null | undefined; step?: number | bigint | undefined }): Promise<Tensor>;
  sliceScatter(src: Tensor, dim: number | bigint, start: number | bigint | null, options?: CallOptions & { end?: number | bigint | null | undefined; step?: number | bigint | undefined }): Promise<Tensor>;
  sliceScatter(src: Tensor, dim: number | bigint, start: number | bigint | null, end: number | bigint | null, options?: CallOptions & { step?: number | bigint | undefined }): Promise<Tensor>;
  sliceScatter(src: Tensor, dim: number | bigint, start: number | bigint | null, end: number | bigint | null, step: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `slogdet(Tensor self) -> (Tensor sign, Tensor logabsdet)` — The determinants of matrices (..., n, n) as ``sign * exp(logabsdet)``. */
  slogdet(options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `softmax(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The exponentials along a dimension, divided by their sum. */
  softmax(dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)` — The elements of `self` in order along one dimension, and where they were. */
  sort(options?: CallOptions & { dim?: number | bigint | undefined; descending?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  sort(dim: number | bigint, options?: CallOptions & { descending?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  sort(dim: number | bigint, descending: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `sort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)` — The elements of `self` in order along one dimension, and where they were. */
  sort(options: CallOptions & { stable: boolean; dim?: number | bigint | undefined; descending?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `split(Tensor(a) self, int|int[] split_size, int dim=0) -> Tensor(a)[]` — Views of consecutive parts of a dimension. */
  split(splitSize: Integers, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  split(splitSize: Integers, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `split_with_sizes(Tensor(a) self, int[] split_sizes, int dim=0) -> Tensor(a)[]` — As `split` with a list of sizes. */
  splitWithSizes(splitSizes: Integers, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  splitWithSizes(splitSizes: Integers, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `sqrt(Tensor self) -> Tensor` — The square root of each element of `self`, correctly rounded; NaN below 0. Dtypes as for `exp`. */
  sqrt(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sqrt(Tensor self) -> Tensor` — The square root of each element of `self`, correctly rounded; NaN below 0. Dtypes as for `exp`. */
  sqrt_(options?: CallOptions): Promise<Tensor>;
  /** `square(Tensor self) -> Tensor` — The square of each element of `self`: any dtype but float8. Integers wrap, bool gives int64. */
  square(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `square(Tensor self) -> Tensor` — The square of each element of `self`: any dtype but float8. Integers wrap, bool gives int64. */
  square_(options?: CallOptions): Promise<Tensor>;
  /** `squeeze(Tensor(a) self) -> Tensor(a)` — A view without the dimensions of size one, or without those of `dim` that have size one. */
  squeeze(options?: CallOptions): Promise<Tensor>;
  /** `squeeze.dim(Tensor(a) self, int[] dim) -> Tensor(a)` — A view without the dimensions of size one, or without those of `dim` that have size one. */
  squeeze(dim: Integers, options?: CallOptions): Promise<Tensor>;
  /** `squeeze_(Tensor self) -> Tensor` — The tensor itself with other sizes and strides, as the view of this name without `_` has them. */
  squeeze_(options?: CallOptions): Promise<Tensor>;
  /** `squeeze_.dim(Tensor self, int[] dim) -> Tensor` — The tensor itself with other sizes and strides, as the view of this name without `_` has them. */
  squeeze_(dim: Integers, options?: CallOptions): Promise<Tensor>;
  /** `std(Tensor self, int[]? dim=None, *, Scalar? correction=1, bool keepdim=False) -> Tensor` — The standard deviation of the elements of `self`: the square root of `var`. */
  std(options?: CallOptions & { dim?: Integers | null | undefined; correction?: Scalar | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  std(dim: Integers | null, options?: CallOptions & { correction?: Scalar | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `std.dim(Tensor self, int[]? dim, bool unbiased=True, bool keepdim=False) -> Tensor` — The same with Bessel's correction asked for by a bool. */
  std(dim: Integers | null, options?: CallOptions & { unbiased?: boolean | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  std(dim: Integers | null, unbiased: boolean, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  std(dim: Integers | null, unbiased: boolean, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `std.unbiased(Tensor self, bool unbiased) -> Tensor` — The same with Bessel's correction asked for by a bool. */
  std(unbiased: boolean, options?: CallOptions): Promise<Tensor>;
  /** `stft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool center=True, str pad_mode='reflect', bool normalized=False, bool? onesided=None, bool? return_complex=None, bool? align_to_window=None) -> Tensor` — The Fourier transforms of overlapping frames of a signal. */
  stft(nFft: number | bigint, options?: CallOptions & { hopLength?: number | bigint | null | undefined; winLength?: number | bigint | null | undefined; window?: Tensor | null | undefined; center?: boolean | undefined; padMode?: string | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; returnComplex?: boolean | null | undefined; alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(nFft: number | bigint, hopLength: number | bigint | null, options?: CallOptions & { winLength?: number | bigint | null | undefined; window?: Tensor | null | undefined; center?: boolean | undefined; padMode?: string | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; returnComplex?: boolean | null | undefined; alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, options?: CallOptions & { window?: Tensor | null | undefined; center?: boolean | undefined; padMode?: string | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; returnComplex?: boolean | null | undefined; alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, options?: CallOptions & { center?: boolean | undefined; padMode?: string | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; returnComplex?: boolean | null | undefined; alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, options?: CallOptions & { padMode?: string | undefined; normalized?: boolean | undefined; onesided?: boolean | null | undefined; returnComplex?: boolean | null | undefined; alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, padMode: string, options?: CallOptions & { normalized?: boolean | undefined; onesided?: boolean | null | undefined; returnComplex?: boolean | null | undefined; alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, padMode: string, normalized: boolean, options?: CallOptions & { onesided?: boolean | null | undefined; returnComplex?: boolean | null | undefined; alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, padMode: string, normalized: boolean, onesided: boolean | null, options?: CallOptions & { returnComplex?: boolean | null | undefined; alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, padMode: string, normalized: boolean, onesided: boolean | null, returnComplex: boolean | null, options?: CallOptions & { alignToWindow?: boolean | null | undefined }): Promise<Tensor>;
  stft(nFft: number | bigint, hopLength: number | bigint | null, winLength: number | bigint | null, window: Tensor | null, center: boolean, padMode: string, normalized: boolean, onesided: boolean | null, returnComplex: boolean | null, alignToWindow: boolean | null, options?: CallOptions): Promise<Tensor>;
  /** `sub(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion. */
  sub(other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `sub(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion. */
  sub_(other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `subtract(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Another name of `sub`. */
  subtract(other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `subtract(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Another name of `sub`. */
  subtract_(other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `sum(Tensor self, *, dtype? dtype=None) -> Tensor` — The sum of the elements of `self`, over all or some dimensions. */
  sum(options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `sum.dims(Tensor self, int[]? dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The sum of the elements of `self`, over all or some dimensions. */
  sum(dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  sum(dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `sum_to_size(Tensor self, int[] size) -> Tensor` — Sums `self` over the dimensions along which `size` would be broadcast to it. */
  sumToSize(size: Integers, options?: CallOptions): Promise<Tensor>;
  /** `svd(Tensor self, bool some=True, bool compute_uv=True) -> (Tensor U, Tensor S, Tensor V)` — The singular values and vectors of matrices: ``A = U @ diag(S) @ V.mH``, reduced where `some`. */
  svd(options?: CallOptions & { some?: boolean | undefined; computeUv?: boolean | undefined; out?: readonly [Tensor, Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  svd(some: boolean, options?: CallOptions & { computeUv?: boolean | undefined; out?: readonly [Tensor, Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  svd(some: boolean, computeUv: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  /** `swapaxes(Tensor(a) self, int axis0, int axis1) -> Tensor(a)` — Another name of `transpose`. */
  swapaxes(axis0: number | bigint, axis1: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `swapaxes_(Tensor self, int axis0, int axis1) -> Tensor` — Another name of `transpose_`. */
  swapaxes_(axis0: number | bigint, axis1: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `swapdims(Tensor(a) self, int dim0, int dim1) -> Tensor(a)` — Another name of `transpose`. */
  swapdims(dim0: number | bigint, dim1: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `swapdims_(Tensor self, int dim0, int dim1) -> Tensor` — Another name of `transpose_`. */
  swapdims_(dim0: number | bigint, dim1: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `t(Tensor self) -> Tensor` — A matrix transposed; a tensor of fewer dimensions as it is. */
  t(options?: CallOptions): Promise<Tensor>;
  /** `t_(Tensor self) -> Tensor` — The tensor itself with other sizes and strides, as the view of this name without `_` has them. */
  t_(options?: CallOptions): Promise<Tensor>;
  /** `take(Tensor self, Tensor index) -> Tensor` — The elements of `self`, taken as one dimension, at indices. */
  take(index: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor` — The elements of `self` at indices along one dimension, with broadcasting in the others. */
  takeAlongDim(indices: Tensor, options?: CallOptions & { dim?: number | bigint | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  takeAlongDim(indices: Tensor, dim: number | bigint | null, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `tan(Tensor self) -> Tensor` — The tangent of each element of `self`, in radians. */
  tan(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `tan(Tensor self) -> Tensor` — The tangent of each element of `self`, in radians. */
  tan_(options?: CallOptions): Promise<Tensor>;
  /** `tanh(Tensor self) -> Tensor` — The hyperbolic tangent of each element of `self`, within 3 ulp. Dtypes as for `exp`. */
  tanh(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `tanh(Tensor self) -> Tensor` — The hyperbolic tangent of each element of `self`, within 3 ulp. Dtypes as for `exp`. */
  tanh_(options?: CallOptions): Promise<Tensor>;
  /** `tensor_split(Tensor self, int|int[] indices_or_sections, int dim=0) -> Tensor[]` — Views of parts of a dimension, as `numpy.array_split`. */
  tensorSplit(indicesOrSections: Integers, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  tensorSplit(indicesOrSections: Integers, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `tensor_split.tensor(Tensor self, Tensor tensor_indices_or_sections, int dim=0) -> Tensor[]` — Views of parts of a dimension, as `numpy.array_split`. */
  tensorSplit(tensorIndicesOrSections: Tensor, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  tensorSplit(tensorIndicesOrSections: Tensor, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `tile(Tensor self, int[] dims) -> Tensor` — As `repeat`, with 1 for each leading dimension that `dims` does not name. */
  tile(dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `to(Tensor(a) self, *, dtype? dtype=None, device? device=None, bool non_blocking=False, bool copy=False, memory_format? memory_format=None) -> Tensor(a)` — `self` with another dtype or on another device. */
  to(options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; nonBlocking?: boolean | undefined; copy?: boolean | undefined; memoryFormat?: number | bigint | null | undefined }): Promise<Tensor>;
  /** `to.device(Tensor(a) self, device? device, dtype? dtype=None, bool non_blocking=False, bool copy=False, *, memory_format? memory_format=None) -> Tensor(a)` — `self` with another dtype or on another device. */
  to(device: string | null, options?: CallOptions & { dtype?: DType | null | undefined; nonBlocking?: boolean | undefined; copy?: boolean | undefined; memoryFormat?: number | bigint | null | undefined }): Promise<Tensor>;
  to(device: string | null, dtype: DType | null, options?: CallOptions & { nonBlocking?: boolean | undefined; copy?: boolean | undefined; memoryFormat?: number | bigint | null | undefined }): Promise<Tensor>;
  to(device: string | null, dtype: DType | null, nonBlocking: boolean, options?: CallOptions & { copy?: boolean | undefined; memoryFormat?: number | bigint | null | undefined }): Promise<Tensor>;
  to(device: string | null, dtype: DType | null, nonBlocking: boolean, copy: boolean, options?: CallOptions & { memoryFormat?: number | bigint | null | undefined }): Promise<Tensor>;
  /** `to.dtype(Tensor(a) self, dtype dtype, bool non_blocking=False, bool copy=False, *, memory_format? memory_format=None) -> Tensor(a)` — `self` with another dtype or on another device. */
  to(dtype: DType, options?: CallOptions & { nonBlocking?: boolean | undefined; copy?: boolean | undefined; memoryFormat?: number | bigint | null | undefined }): Promise<Tensor>;
  to(dtype: DType, nonBlocking: boolean, options?: CallOptions & { copy?: boolean | undefined; memoryFormat?: number | bigint | null | undefined }): Promise<Tensor>;
  to(dtype: DType, nonBlocking: boolean, copy: boolean, options?: CallOptions & { memoryFormat?: number | bigint | null | undefined }): Promise<Tensor>;
  /** `to.other(Tensor(a) self, Tensor other, bool non_blocking=False, bool copy=False, *, memory_format? memory_format=None) -> Tensor(a)` — `self` with another dtype or on another device. */
  to(other: Tensor, options?: CallOptions & { nonBlocking?: boolean | undefined; copy?: boolean | undefined; memoryFormat?: number | bigint | null | undefined }): Promise<Tensor>;
  to(other: Tensor, nonBlocking: boolean, options?: CallOptions & { copy?: boolean | undefined; memoryFormat?: number | bigint | null | undefined }): Promise<Tensor>;
  to(other: Tensor, nonBlocking: boolean, copy: boolean, options?: CallOptions & { memoryFormat?: number | bigint | null | undefined }): Promise<Tensor>;
  /** `topk(Tensor self, int k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)` — The `k` largest or smallest elements of `self` along one dimension, and where they were. */
  topk(k: number | bigint, options?: CallOptions & { dim?: number | bigint | undefined; largest?: boolean | undefined; sorted?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  topk(k: number | bigint, dim: number | bigint, options?: CallOptions & { largest?: boolean | undefined; sorted?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  topk(k: number | bigint, dim: number | bigint, largest: boolean, options?: CallOptions & { sorted?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  topk(k: number | bigint, dim: number | bigint, largest: boolean, sorted: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `trace(Tensor self) -> Tensor` — The sum of the main diagonal of a matrix; int64 for integers. */
  trace(options?: CallOptions): Promise<Tensor>;
  /** `transpose(Tensor(a) self, int dim0, int dim1) -> Tensor(a)` — A view with two dimensions exchanged. */
  transpose(dim0: number | bigint, dim1: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `transpose_(Tensor self, int dim0, int dim1) -> Tensor` — The tensor itself with other sizes and strides, as the view of this name without `_` has them. */
  transpose_(dim0: number | bigint, dim1: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `triangular_solve(Tensor self, Tensor A, bool upper=True, bool transpose=False, bool unitriangular=False) -> (Tensor solution, Tensor cloned_coefficient)` — Solves A X = B for triangular matrices A, the second argument: see `linalg_solve_triangular`. */
  triangularSolve(A: Tensor, options?: CallOptions & { upper?: boolean | undefined; transpose?: boolean | undefined; unitriangular?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  triangularSolve(A: Tensor, upper: boolean, options?: CallOptions & { transpose?: boolean | undefined; unitriangular?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  triangularSolve(A: Tensor, upper: boolean, transpose: boolean, options?: CallOptions & { unitriangular?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  triangularSolve(A: Tensor, upper: boolean, transpose: boolean, unitriangular: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `tril(Tensor self, int diagonal=0) -> Tensor` — The lower triangle of the matrices in `self`: what is above a diagonal becomes zero. */
  tril(options?: CallOptions & { diagonal?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  tril(diagonal: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `tril(Tensor self, int diagonal=0) -> Tensor` — The lower triangle of the matrices in `self`: what is above a diagonal becomes zero. */
  tril_(options?: CallOptions & { diagonal?: number | bigint | undefined }): Promise<Tensor>;
  tril_(diagonal: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `triu(Tensor self, int diagonal=0) -> Tensor` — The upper triangle of the matrices in `self`: what is below a diagonal becomes zero. As `tril` in everything else. */
  triu(options?: CallOptions & { diagonal?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  triu(diagonal: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `triu(Tensor self, int diagonal=0) -> Tensor` — The upper triangle of the matrices in `self`: what is below a diagonal becomes zero. As `tril` in everything else. */
  triu_(options?: CallOptions & { diagonal?: number | bigint | undefined }): Promise<Tensor>;
  triu_(diagonal: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `true_divide(Tensor self, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor` — Another name of `div`. */
  trueDivide(other: Tensor | Scalar, options?: CallOptions & { roundingMode?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `true_divide(Tensor self, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor` — Another name of `div`. */
  trueDivide_(other: Tensor | Scalar, options?: CallOptions & { roundingMode?: string | null | undefined }): Promise<Tensor>;
  /** `trunc(Tensor self) -> Tensor` — The elements of `self` without their fractions. Integer and floating dtypes but float8; integers are copied. */
  trunc(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `trunc(Tensor self) -> Tensor` — The elements of `self` without their fractions. Integer and floating dtypes but float8; integers are copied. */
  trunc_(options?: CallOptions): Promise<Tensor>;
  /** `type_as(Tensor self, Tensor other) -> Tensor` — `self` in the dtype and on the device of `other`, as ``to(other)``. */
  typeAs(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `unbind(Tensor(a) self, int dim=0) -> Tensor(a)[]` — Views of the tensor at each index of a dimension, without that dimension. */
  unbind(options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  unbind(dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `unflatten(Tensor self, int dim, int[] sizes) -> Tensor` — A view with one dimension divided into `sizes`, one of which may be -1. */
  unflatten(dim: number | bigint, sizes: Integers, options?: CallOptions): Promise<Tensor>;
  /** `unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a)` — A view of windows along a dimension, each in a new last dimension. */
  unfold(dimension: number | bigint, size: number | bigint, step: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `uniform_(Tensor self, float from=0, float to=1, *, Generator? generator=None) -> Tensor` — Fills `self` with numbers drawn evenly from [from, to). */
  uniform_(options?: CallOptions & { from?: number | undefined; to?: number | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  uniform_(from: number, options?: CallOptions & { to?: number | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  uniform_(from: number, to: number, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `unsafe_chunk(Tensor self, int chunks, int dim=0) -> Tensor[]` — As the view of this name without `unsafe_`, but autograd does not know that the parts share memory. */
  unsafeChunk(chunks: number | bigint, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  unsafeChunk(chunks: number | bigint, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `unsafe_split(Tensor self, int split_size, int dim=0) -> Tensor[]` — As the view of this name without `unsafe_`, but autograd does not know that the parts share memory. */
  unsafeSplit(splitSize: number | bigint, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  unsafeSplit(splitSize: number | bigint, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `unsafe_split_with_sizes(Tensor self, int[] split_sizes, int dim=0) -> Tensor[]` — As the view of this name without `unsafe_`, but autograd does not know that the parts share memory. */
  unsafeSplitWithSizes(splitSizes: Integers, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  unsafeSplitWithSizes(splitSizes: Integers, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `unsqueeze(Tensor(a) self, int dim) -> Tensor(a)` — A view with a new dimension of size one at `dim`. */
  unsqueeze(dim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `unsqueeze_(Tensor self, int dim) -> Tensor` — The tensor itself with other sizes and strides, as the view of this name without `_` has them. */
  unsqueeze_(dim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `var(Tensor self, int[]? dim=None, *, Scalar? correction=1, bool keepdim=False) -> Tensor` — The variance of the elements of `self`, over all or some dimensions. */
  var(options?: CallOptions & { dim?: Integers | null | undefined; correction?: Scalar | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  var(dim: Integers | null, options?: CallOptions & { correction?: Scalar | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `var.dim(Tensor self, int[]? dim, bool unbiased=True, bool keepdim=False) -> Tensor` — The same with Bessel's correction asked for by a bool. */
  var(dim: Integers | null, options?: CallOptions & { unbiased?: boolean | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  var(dim: Integers | null, unbiased: boolean, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  var(dim: Integers | null, unbiased: boolean, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `var.unbiased(Tensor self, bool unbiased) -> Tensor` — The same with Bessel's correction asked for by a bool. */
  var(unbiased: boolean, options?: CallOptions): Promise<Tensor>;
  /** `vdot(Tensor self, Tensor other) -> Tensor` — The dot product of two vectors, the first of them conjugated, as a 0-dim tensor. */
  vdot(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `view(Tensor(a) self, int[] size) -> Tensor(a)` — The same elements with other sizes. */
  view(size: Integers, options?: CallOptions): Promise<Tensor>;
  /** `view.dtype(Tensor(a) self, dtype dtype) -> Tensor(a)` — The same bytes read as another dtype. */
  view(dtype: DType, options?: CallOptions): Promise<Tensor>;
  /** `view_as(Tensor self, Tensor other) -> Tensor` — A view with the sizes of `other`. */
  viewAs(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `vsplit(Tensor self, int|int[] indices_or_sections) -> Tensor[]` — As `tensor_split` along rows, dimension 0. A number of parts must divide the size. */
  vsplit(indicesOrSections: Integers, options?: CallOptions): Promise<Tensor[]>;
  /** `xlogy(Tensor self, Tensor|Scalar other) -> Tensor` — ``self * log(other)``, element by element, with broadcasting and type promotion. */
  xlogy(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `xlogy(Tensor self, Tensor|Scalar other) -> Tensor` — ``self * log(other)``, element by element, with broadcasting and type promotion. */
  xlogy_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `zero_(Tensor self) -> Tensor` — Sets every element of `self` to zero. */
  zero_(options?: CallOptions): Promise<Tensor>;
}
