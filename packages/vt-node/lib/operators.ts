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
  /** `abs(Tensor self) -> Tensor` — The magnitudes of the elements of `self`. */
  abs(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `abs(Tensor self) -> Tensor` — The magnitudes of the elements of `self`. */
  abs_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `adamw_step_(Tensor(a!)[] params, Tensor[] grads, Tensor(b!)[] exp_avgs, Tensor(c!)[] exp_avg_sqs, Tensor(d!)[] max_exp_avg_sqs, *, float lr, float beta1, float beta2, float eps, float weight_decay, float step, bool decoupled=True, bool maximize=False) -> ()` — One step of AdamW or Adam for many parameters, in place. */
  adamwStep_(params: readonly Tensor[], grads: readonly Tensor[], expAvgs: readonly Tensor[], expAvgSqs: readonly Tensor[], maxExpAvgSqs: readonly Tensor[], options: CallOptions & { lr: number; beta1: number; beta2: number; eps: number; weightDecay: number; step: number; decoupled?: boolean | undefined; maximize?: boolean | undefined }): Promise<undefined>;
  /** `add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion. */
  add(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion. */
  add_(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
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
  /** `all(Tensor self) -> Tensor` — Whether no element of `self` is zero, over all elements or along one dimension. */
  all(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor` — Whether no element of `self` is zero, over all elements or along one dimension. */
  all(self: Tensor, dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  all(self: Tensor, dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `amax(Tensor self, int[] dim=[], bool keepdim=False) -> Tensor` — The largest elements of `self` over some dimensions. */
  amax(self: Tensor, options?: CallOptions & { dim?: Integers | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  amax(self: Tensor, dim: Integers, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  amax(self: Tensor, dim: Integers, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `amin(Tensor self, int[] dim=[], bool keepdim=False) -> Tensor` — The smallest elements of `self` over some dimensions; see `amax`. */
  amin(self: Tensor, options?: CallOptions & { dim?: Integers | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  amin(self: Tensor, dim: Integers, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  amin(self: Tensor, dim: Integers, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `any(Tensor self) -> Tensor` — Whether any element of `self` is not zero, over all elements or along one dimension. */
  any(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor` — Whether any element of `self` is not zero, over all elements or along one dimension. */
  any(self: Tensor, dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  any(self: Tensor, dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `arange(Scalar end, *, dtype? dtype=None, device? device=None) -> Tensor` — The values start, start + step, ... below `end` (above it when `step` is negative). */
  arange(end: Scalar, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `arange.start(Scalar start, Scalar end, Scalar step=1, *, dtype? dtype=None, device? device=None) -> Tensor` — The values start, start + step, ... below `end` (above it when `step` is negative). */
  arange(start: Scalar, end: Scalar, options?: CallOptions & { step?: Scalar | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  arange(start: Scalar, end: Scalar, step: Scalar, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
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
  /** `as_strided(Tensor(a) self, int[] size, int[] stride, int? storage_offset=None) -> Tensor(a)` — A view of the storage of `self` by sizes and strides in elements. */
  asStrided(self: Tensor, size: Integers, stride: Integers, options?: CallOptions & { storageOffset?: number | bigint | null | undefined }): Promise<Tensor>;
  asStrided(self: Tensor, size: Integers, stride: Integers, storageOffset: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `atan2(Tensor self, Tensor other) -> Tensor` — The angle of the point (`other`, `self`) in (-pi, pi], element by element, with broadcasting and type promotion. */
  atan2(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `atan2(Tensor self, Tensor other) -> Tensor` — The angle of the point (`other`, `self`) in (-pi, pi], element by element, with broadcasting and type promotion. */
  atan2_(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the products `alpha * batch1 @ batch2` of sizes (b, m, k) and (b, k, n): `addmm` on batches. */
  baddbmm(self: Tensor, batch1: Tensor, batch2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `bernoulli(Tensor self, *, Generator? generator=None) -> Tensor` — 1 with the chance that the element of `self` says, else 0. */
  bernoulli(self: Tensor, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight=None, Tensor? pos_weight=None, str reduction='mean') -> Tensor` — The cross entropy of probabilities `target` under the logistic function of `input`. */
  binaryCrossEntropyWithLogits(input: Tensor, target: Tensor, options?: CallOptions & { weight?: Tensor | null | undefined; posWeight?: Tensor | null | undefined; reduction?: string | undefined }): Promise<Tensor>;
  binaryCrossEntropyWithLogits(input: Tensor, target: Tensor, weight: Tensor | null, options?: CallOptions & { posWeight?: Tensor | null | undefined; reduction?: string | undefined }): Promise<Tensor>;
  binaryCrossEntropyWithLogits(input: Tensor, target: Tensor, weight: Tensor | null, posWeight: Tensor | null, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  binaryCrossEntropyWithLogits(input: Tensor, target: Tensor, weight: Tensor | null, posWeight: Tensor | null, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `bitwise_and(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseAnd(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_and(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseAnd_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `bitwise_not(Tensor self) -> Tensor` — The elements of `self` with all bits turned; for bool, logical not. Bool and integers. */
  bitwiseNot(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_not(Tensor self) -> Tensor` — The elements of `self` with all bits turned; for bool, logical not. Bool and integers. */
  bitwiseNot_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `bitwise_or(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseOr(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_or(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseOr_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `bitwise_xor(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseXor(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_xor(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseXor_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `bmm(Tensor self, Tensor mat2) -> Tensor` — Multiplies batches of matrices: `matmul` of sizes (b, m, k) and (b, k, n) alone, without broadcasting. */
  bmm(self: Tensor, mat2: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `cat(Tensor[] tensors, int dim=0) -> Tensor` — The tensors one after the other along a dimension. */
  cat(tensors: readonly Tensor[], options?: CallOptions & { dim?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  cat(tensors: readonly Tensor[], dim: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ceil(Tensor self) -> Tensor` — The smallest integers not below the elements of `self`. Integer and floating dtypes but float8; integers are copied. */
  ceil(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ceil(Tensor self) -> Tensor` — The smallest integers not below the elements of `self`. Integer and floating dtypes but float8; integers are copied. */
  ceil_(self: Tensor, options?: CallOptions): Promise<Tensor>;
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
  /** `clip_by_total_norm_(Tensor(a!)[] tensors, Tensor total_norm, float max_norm) -> ()` — Multiplies `tensors` in place by min(1, max_norm / (total_norm + 1e-6)). */
  clipByTotalNorm_(tensors: readonly Tensor[], totalNorm: Tensor, maxNorm: number, options?: CallOptions): Promise<undefined>;
  /** `clone(Tensor self) -> Tensor` — A copy of `self` with elements of its own; dense, in the order of the dimensions' strides. */
  clone(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `concat(Tensor[] tensors, int dim=0) -> Tensor` — Another name of `cat`. */
  concat(tensors: readonly Tensor[], options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor>;
  concat(tensors: readonly Tensor[], dim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `conj(Tensor(a) self) -> Tensor(a)` — The complex conjugates of the elements of `self`; the tensor itself where it is real. */
  conj(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `cos(Tensor self) -> Tensor` — The cosine of each element of `self`, in radians. */
  cos(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `cos(Tensor self) -> Tensor` — The cosine of each element of `self`, in radians. */
  cos_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `cross_entropy(Tensor input, Tensor target, Tensor? weight=None, int ignore_index=-100, str reduction='mean', float label_smoothing=0.0) -> Tensor` — The cross entropy of class indices under the softmax of logits: ``log(sum(exp(x))) - x[target]`` for each row. */
  crossEntropy(input: Tensor, target: Tensor, options?: CallOptions & { weight?: Tensor | null | undefined; ignoreIndex?: number | bigint | undefined; reduction?: string | undefined; labelSmoothing?: number | undefined }): Promise<Tensor>;
  crossEntropy(input: Tensor, target: Tensor, weight: Tensor | null, options?: CallOptions & { ignoreIndex?: number | bigint | undefined; reduction?: string | undefined; labelSmoothing?: number | undefined }): Promise<Tensor>;
  crossEntropy(input: Tensor, target: Tensor, weight: Tensor | null, ignoreIndex: number | bigint, options?: CallOptions & { reduction?: string | undefined; labelSmoothing?: number | undefined }): Promise<Tensor>;
  crossEntropy(input: Tensor, target: Tensor, weight: Tensor | null, ignoreIndex: number | bigint, reduction: string, options?: CallOptions & { labelSmoothing?: number | undefined }): Promise<Tensor>;
  crossEntropy(input: Tensor, target: Tensor, weight: Tensor | null, ignoreIndex: number | bigint, reduction: string, labelSmoothing: number, options?: CallOptions): Promise<Tensor>;
  /** `cumsum(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The running sums of `self` along one dimension. */
  cumsum(self: Tensor, dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `cumsum(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The running sums of `self` along one dimension. */
  cumsum_(self: Tensor, dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `div(Tensor self, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor` — Divides `self` by `other`, element by element, with broadcasting and type promotion. */
  div(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { roundingMode?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `div(Tensor self, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor` — Divides `self` by `other`, element by element, with broadcasting and type promotion. */
  div_(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { roundingMode?: string | null | undefined }): Promise<Tensor>;
  /** `dot(Tensor self, Tensor tensor) -> Tensor` — The dot product of two vectors of the same length and dtype, as a 0-dim tensor. */
  dot(self: Tensor, tensor: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `dropout(Tensor input, float p, bool train) -> Tensor` — Sets elements to zero with chance `p` and multiplies the others by 1 / (1 - p), in training. */
  dropout(input: Tensor, p: number, train: boolean, options?: CallOptions): Promise<Tensor>;
  /** `embedding(Tensor weight, Tensor indices, int? padding_idx=None) -> Tensor` — Rows of a table at indices. */
  embedding(weight: Tensor, indices: Tensor, options?: CallOptions & { paddingIdx?: number | bigint | null | undefined }): Promise<Tensor>;
  embedding(weight: Tensor, indices: Tensor, paddingIdx: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `embedding_backward(Tensor grad, Tensor indices, int num_weights, int? padding_idx=None) -> Tensor` — The gradient of embedding by its table: row r is the sum of the rows of `grad` whose index is r. */
  embeddingBackward(grad: Tensor, indices: Tensor, numWeights: number | bigint, options?: CallOptions & { paddingIdx?: number | bigint | null | undefined }): Promise<Tensor>;
  embeddingBackward(grad: Tensor, indices: Tensor, numWeights: number | bigint, paddingIdx: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `empty(int[] size, *, dtype? dtype=None, device? device=None) -> Tensor` — A tensor whose elements are not initialised. */
  empty(size: Integers, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `empty_like(Tensor self, *, dtype? dtype=None, device? device=None) -> Tensor` — Of the sizes and, where they are dense, the strides of `self`. */
  emptyLike(self: Tensor, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `empty_strided(int[] size, int[] stride, *, dtype? dtype=None, device? device=None) -> Tensor` — A tensor of the given sizes and strides (in elements), not initialised. */
  emptyStrided(size: Integers, stride: Integers, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `eq(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  eq(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `eq(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  eq_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `erf(Tensor self) -> Tensor` — The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, for each element x of `self`, within 2 ulp. Dtypes as for `exp`. */
  erf(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `erf(Tensor self) -> Tensor` — The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, for each element x of `self`, within 2 ulp. Dtypes as for `exp`. */
  erf_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `exp(Tensor self) -> Tensor` — e to the power of each element of `self`. */
  exp(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `exp(Tensor self) -> Tensor` — e to the power of each element of `self`. */
  exp_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `expm1(Tensor self) -> Tensor` — e^x - 1 for each element x of `self`, accurate near 0 too. Dtypes as for `exp`. */
  expm1(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `expm1(Tensor self) -> Tensor` — e^x - 1 for each element x of `self`, accurate near 0 too. Dtypes as for `exp`. */
  expm1_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `eye(int n, int? m=None, *, dtype? dtype=None, device? device=None) -> Tensor` — Ones on the diagonal of a matrix of zeros. */
  eye(n: number | bigint, options?: CallOptions & { m?: number | bigint | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  eye(n: number | bigint, m: number | bigint | null, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `flatten(Tensor self, int start_dim=0, int end_dim=-1) -> Tensor` — The dimensions from `start_dim` to `end_dim` as one: a view where strides allow it. */
  flatten(self: Tensor, options?: CallOptions & { startDim?: number | bigint | undefined; endDim?: number | bigint | undefined }): Promise<Tensor>;
  flatten(self: Tensor, startDim: number | bigint, options?: CallOptions & { endDim?: number | bigint | undefined }): Promise<Tensor>;
  flatten(self: Tensor, startDim: number | bigint, endDim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `flip(Tensor self, int[] dims) -> Tensor` — A copy in which the order of indices along `dims` is reversed. */
  flip(self: Tensor, dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `floor(Tensor self) -> Tensor` — The largest integers not above the elements of `self`. Integer and floating dtypes but float8; integers are copied. */
  floor(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `floor(Tensor self) -> Tensor` — The largest integers not above the elements of `self`. Integer and floating dtypes but float8; integers are copied. */
  floor_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `floor_divide(Tensor self, Tensor|Scalar other) -> Tensor` — Divides `self` by `other` and rounds down: ``div(self, other, rounding_mode="floor")``. */
  floorDivide(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `floor_divide(Tensor self, Tensor|Scalar other) -> Tensor` — Divides `self` by `other` and rounds down: ``div(self, other, rounding_mode="floor")``. */
  floorDivide_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `full(int[] size, Scalar fill_value, *, dtype? dtype=None, device? device=None) -> Tensor` — A tensor filled with `fill_value`. */
  full(size: Integers, fillValue: Scalar, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `full_like(Tensor self, Scalar fill_value, *, dtype? dtype=None, device? device=None) -> Tensor` — Of the sizes and, where they are dense, the strides of `self`. */
  fullLike(self: Tensor, fillValue: Scalar, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `gather(Tensor self, int dim, Tensor index) -> Tensor` — Elements of `self` at an index each along one dimension. */
  gather(self: Tensor, dim: number | bigint, index: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ge(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  ge(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ge(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  ge_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `gelu(Tensor self, *, str approximate='none') -> Tensor` — x Phi(x) for each element x of `self`, Phi the integral of the standard normal distribution. */
  gelu(self: Tensor, options?: CallOptions & { approximate?: string | undefined }): Promise<Tensor>;
  /** `gelu_backward(Tensor grad, Tensor self, *, str approximate='none') -> Tensor` — The gradient of gelu by its input, in one pass. */
  geluBackward(grad: Tensor, self: Tensor, options?: CallOptions & { approximate?: string | undefined }): Promise<Tensor>;
  /** `gt(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  gt(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `gt(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  gt_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `index(Tensor self, Tensor?[] indices) -> Tensor` — The elements at tensors of indices, as ``x[i, j]`` reads them. */
  index(self: Tensor, indices: readonly (Tensor | null)[], options?: CallOptions): Promise<Tensor>;
  /** `index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor` — Adds `alpha * source` to the entries of one dimension at the given indices. */
  indexAdd(self: Tensor, dim: number | bigint, index: Tensor, source: Tensor, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor` — Adds `alpha * source` to the entries of one dimension at the given indices. */
  indexAdd_(self: Tensor, dim: number | bigint, index: Tensor, source: Tensor, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor` — Writes values to the elements at tensors of indices, as ``x[i, j] = values`` does. */
  indexPut(self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, options?: CallOptions & { accumulate?: boolean | undefined }): Promise<Tensor>;
  indexPut(self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, accumulate: boolean, options?: CallOptions): Promise<Tensor>;
  /** `index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor` — Writes values to the elements at tensors of indices, as ``x[i, j] = values`` does. */
  indexPut_(self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, options?: CallOptions & { accumulate?: boolean | undefined }): Promise<Tensor>;
  indexPut_(self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, accumulate: boolean, options?: CallOptions): Promise<Tensor>;
  /** `index_select(Tensor self, int dim, Tensor index) -> Tensor` — The entries of one dimension at the given indices. */
  indexSelect(self: Tensor, dim: number | bigint, index: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `isfinite(Tensor self) -> Tensor` — Whether each element of `self`, with both parts of a complex one, is neither infinite nor NaN. Any dtype; gives bool. */
  isfinite(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `isinf(Tensor self) -> Tensor` — Whether each element of `self`, or a part of a complex one, is infinite. Any dtype; gives bool. */
  isinf(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `isnan(Tensor self) -> Tensor` — Whether each element of `self`, or a part of a complex one, is NaN. Any dtype; gives bool. */
  isnan(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `l1_loss(Tensor input, Tensor target, str reduction='mean') -> Tensor` — The absolute difference of `input` and `target`. */
  l1Loss(input: Tensor, target: Tensor, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  l1Loss(input: Tensor, target: Tensor, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `layer_norm(Tensor input, int[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1e-05) -> Tensor` — Layer normalisation over the last dimensions: ``(x - mean) * rstd * weight + bias``. */
  layerNorm(input: Tensor, normalizedShape: Integers, options?: CallOptions & { weight?: Tensor | null | undefined; bias?: Tensor | null | undefined; eps?: number | undefined }): Promise<Tensor>;
  layerNorm(input: Tensor, normalizedShape: Integers, weight: Tensor | null, options?: CallOptions & { bias?: Tensor | null | undefined; eps?: number | undefined }): Promise<Tensor>;
  layerNorm(input: Tensor, normalizedShape: Integers, weight: Tensor | null, bias: Tensor | null, options?: CallOptions & { eps?: number | undefined }): Promise<Tensor>;
  layerNorm(input: Tensor, normalizedShape: Integers, weight: Tensor | null, bias: Tensor | null, eps: number, options?: CallOptions): Promise<Tensor>;
  /** `le(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  le(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `le(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  le_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor` — x for each element x of `self` above 0, else x times `negative_slope`. Floating dtypes but float8. */
  leakyRelu(self: Tensor, options?: CallOptions & { negativeSlope?: Scalar | undefined }): Promise<Tensor>;
  leakyRelu(self: Tensor, negativeSlope: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor` — x for each element x of `self` above 0, else x times `negative_slope`. Floating dtypes but float8. */
  leakyRelu_(self: Tensor, options?: CallOptions & { negativeSlope?: Scalar | undefined }): Promise<Tensor>;
  leakyRelu_(self: Tensor, negativeSlope: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `leaky_relu_backward(Tensor grad, Tensor self, Scalar negative_slope) -> Tensor` — The gradient of leaky_relu by its input: `grad`, times `negative_slope` where the input is 0 or less. */
  leakyReluBackward(grad: Tensor, self: Tensor, negativeSlope: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `lerp(Tensor self, Tensor end, Tensor|Scalar weight) -> Tensor` — Linear interpolation: ``self + weight * (end - self)``, element by element. */
  lerp(self: Tensor, end: Tensor, weight: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `lerp(Tensor self, Tensor end, Tensor|Scalar weight) -> Tensor` — Linear interpolation: ``self + weight * (end - self)``, element by element. */
  lerp_(self: Tensor, end: Tensor, weight: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `linalg_vector_norm(Tensor self, Scalar ord=2, int[]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The vector norm of the elements of `self`, over all or some dimensions. */
  linalgVectorNorm(self: Tensor, options?: CallOptions & { ord?: Scalar | undefined; dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgVectorNorm(self: Tensor, ord: Scalar, options?: CallOptions & { dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgVectorNorm(self: Tensor, ord: Scalar, dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  linalgVectorNorm(self: Tensor, ord: Scalar, dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor` — Applies a linear map to the last dimension: `input @ weight.T + bias`. */
  linear(input: Tensor, weight: Tensor, options?: CallOptions & { bias?: Tensor | null | undefined }): Promise<Tensor>;
  linear(input: Tensor, weight: Tensor, bias: Tensor | null, options?: CallOptions): Promise<Tensor>;
  /** `linspace(Scalar start, Scalar end, int steps, *, dtype? dtype=None, device? device=None) -> Tensor` — `steps` values at equal distances from `start` to `end`, both included. */
  linspace(start: Scalar, end: Scalar, steps: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `log(Tensor self) -> Tensor` — The natural logarithm of each element of `self`; -inf at 0, NaN below. Dtypes and accuracy as for `exp`. */
  log(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
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
  /** `log_softmax(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The logarithm of `softmax`, computed as ``x - max - log(sum(exp(x - max)))``. */
  logSoftmax(self: Tensor, dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `log_softmax_backward(Tensor grad, Tensor output, int dim) -> Tensor` — The gradient of `log_softmax`: ``grad - exp(output) * sum(grad)``. */
  logSoftmaxBackward(grad: Tensor, output: Tensor, dim: number | bigint, options?: CallOptions): Promise<Tensor>;
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
  /** `logsumexp(Tensor self, int[] dim, bool keepdim=False) -> Tensor` — ``log(sum(exp(self)))`` over some dimensions, safe from overflow. */
  logsumexp(self: Tensor, dim: Integers, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  logsumexp(self: Tensor, dim: Integers, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `lt(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  lt(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `lt(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  lt_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `mT(Tensor self) -> Tensor` — A view with the last two dimensions exchanged. */
  mT(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `masked_fill(Tensor self, Tensor mask, Tensor|Scalar value) -> Tensor` — `self` with `value` where `mask` holds. */
  maskedFill(self: Tensor, mask: Tensor, value: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `masked_fill(Tensor self, Tensor mask, Tensor|Scalar value) -> Tensor` — `self` with `value` where `mask` holds. */
  maskedFill_(self: Tensor, mask: Tensor, value: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `masked_select(Tensor self, Tensor mask) -> Tensor` — The elements of `self` where `mask` is true, in row-major order, as one dimension. */
  maskedSelect(self: Tensor, mask: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `matmul(Tensor self, Tensor other) -> Tensor` — Multiplies matrices: the last two dimensions of both operands, broadcasting those before. */
  matmul(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `max(Tensor self) -> Tensor` — The largest element of `self`. */
  max(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` — The largest elements of `self` along one dimension, and where they are. */
  max(self: Tensor, dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  max(self: Tensor, dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `max.other(Tensor self, Tensor other) -> Tensor` — The larger of two tensors, element by element: `maximum`. */
  max(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `maximum(Tensor self, Tensor other) -> Tensor` — The larger of `self` and `other`, element by element, with broadcasting and type promotion. */
  maximum(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `maximum(Tensor self, Tensor other) -> Tensor` — The larger of `self` and `other`, element by element, with broadcasting and type promotion. */
  maximum_(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `mean(Tensor self, *, dtype? dtype=None) -> Tensor` — The arithmetic mean of `self`, over all or some dimensions. */
  mean(self: Tensor, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `mean.dims(Tensor self, int[]? dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The arithmetic mean of `self`, over all or some dimensions. */
  mean(self: Tensor, dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  mean(self: Tensor, dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `min(Tensor self) -> Tensor` — The smallest element of `self`; see `max`. */
  min(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` — The smallest elements of `self` along one dimension, and where they are; see `max.dim`. */
  min(self: Tensor, dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  min(self: Tensor, dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `min.other(Tensor self, Tensor other) -> Tensor` — The smaller of two tensors, element by element: `minimum`. */
  min(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `minimum(Tensor self, Tensor other) -> Tensor` — The smaller of `self` and `other`, element by element: as `maximum` in everything else. */
  minimum(self: Tensor, other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `minimum(Tensor self, Tensor other) -> Tensor` — The smaller of `self` and `other`, element by element: as `maximum` in everything else. */
  minimum_(self: Tensor, other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `mm(Tensor self, Tensor mat2) -> Tensor` — Multiplies two matrices: `matmul` of sizes (m, k) and (k, n) alone, without broadcasting. */
  mm(self: Tensor, mat2: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `movedim(Tensor self, int[] source, int[] destination) -> Tensor` — A view in which the dimensions `source` stand at `destination`; the others keep their order. */
  movedim(self: Tensor, source: Integers, destination: Integers, options?: CallOptions): Promise<Tensor>;
  /** `mse_loss(Tensor input, Tensor target, str reduction='mean') -> Tensor` — The squared difference of `input` and `target`. */
  mseLoss(input: Tensor, target: Tensor, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  mseLoss(input: Tensor, target: Tensor, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `mul(Tensor self, Tensor|Scalar other) -> Tensor` — Multiplies `self` by `other`, element by element, with broadcasting and type promotion. */
  mul(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `mul(Tensor self, Tensor|Scalar other) -> Tensor` — Multiplies `self` by `other`, element by element, with broadcasting and type promotion. */
  mul_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `multinomial(Tensor self, int num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor` — Samples categories by their probabilities, row by row. */
  multinomial(self: Tensor, numSamples: number | bigint, options?: CallOptions & { replacement?: boolean | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  multinomial(self: Tensor, numSamples: number | bigint, replacement: boolean, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `multinomial_with_replacement(Tensor self, int num_samples, *, Generator? generator=None) -> Tensor` — As `multinomial` with replacement. */
  multinomialWithReplacement(self: Tensor, numSamples: number | bigint, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `mv(Tensor self, Tensor vec) -> Tensor` — Multiplies a matrix of sizes (m, k) by a vector (k,): `matmul` without broadcasting. */
  mv(self: Tensor, vec: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `narrow(Tensor self, int dim, int start, int length) -> Tensor` — A view of `length` indices of a dimension from `start` on, which may count from the end. */
  narrow(self: Tensor, dim: number | bigint, start: number | bigint, length: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `native_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask, float dropout_p, bool is_causal, float scale) -> (Tensor out, Tensor lse, int seed, int offset)` — Attention with what its backward reads. */
  nativeAttention(query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null, dropoutP: number, isCausal: boolean, scale: number, options?: CallOptions): Promise<[Tensor, Tensor, number | bigint, number | bigint]>;
  /** `native_attention_backward(Tensor grad, Tensor query, Tensor key, Tensor value, Tensor out, Tensor lse, Tensor? attn_mask, float dropout_p, bool is_causal, float scale, int seed, int offset, Tensor? lse_grad=None) -> (Tensor query, Tensor key, Tensor value)` — The gradients of native_attention. */
  nativeAttentionBackward(grad: Tensor, query: Tensor, key: Tensor, value: Tensor, out: Tensor, lse: Tensor, attnMask: Tensor | null, dropoutP: number, isCausal: boolean, scale: number, seed: number | bigint, offset: number | bigint, options?: CallOptions & { lseGrad?: Tensor | null | undefined }): Promise<[Tensor, Tensor, Tensor]>;
  nativeAttentionBackward(grad: Tensor, query: Tensor, key: Tensor, value: Tensor, out: Tensor, lse: Tensor, attnMask: Tensor | null, dropoutP: number, isCausal: boolean, scale: number, seed: number | bigint, offset: number | bigint, lseGrad: Tensor | null, options?: CallOptions): Promise<[Tensor, Tensor, Tensor]>;
  /** `native_cross_entropy(Tensor input, Tensor target, Tensor? weight, int ignore_index, str reduction, float label_smoothing) -> (Tensor loss, Tensor lse, Tensor total_weight)` — `cross_entropy` with what its gradient reads. */
  nativeCrossEntropy(input: Tensor, target: Tensor, weight: Tensor | null, ignoreIndex: number | bigint, reduction: string, labelSmoothing: number, options?: CallOptions): Promise<[Tensor, Tensor, Tensor]>;
  /** `native_cross_entropy_backward(Tensor grad, Tensor input, Tensor target, Tensor? weight, Tensor lse, Tensor total_weight, str reduction, int ignore_index, float label_smoothing) -> Tensor` — The gradient of `native_cross_entropy`: ``(softmax - one_hot) * grad`` in one pass over the logits. */
  nativeCrossEntropyBackward(grad: Tensor, input: Tensor, target: Tensor, weight: Tensor | null, lse: Tensor, totalWeight: Tensor, reduction: string, ignoreIndex: number | bigint, labelSmoothing: number, options?: CallOptions): Promise<Tensor>;
  /** `native_dropout(Tensor input, float p, *, Generator? generator=None) -> (Tensor out, Tensor mask)` — Sets elements to zero with chance `p` and multiplies the others by 1 / (1 - p). */
  nativeDropout(input: Tensor, p: number, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<[Tensor, Tensor]>;
  /** `native_dropout_backward(Tensor grad, Tensor mask, float scale) -> Tensor` — `grad` times `scale` where `mask` holds, else times zero. */
  nativeDropoutBackward(grad: Tensor, mask: Tensor, scale: number, options?: CallOptions): Promise<Tensor>;
  /** `native_layer_norm(Tensor input, int[] normalized_shape, Tensor? weight, Tensor? bias, float eps) -> (Tensor out, Tensor mean, Tensor rstd)` — Layer normalisation with the statistics that its gradient reads. */
  nativeLayerNorm(input: Tensor, normalizedShape: Integers, weight: Tensor | null, bias: Tensor | null, eps: number, options?: CallOptions): Promise<[Tensor, Tensor, Tensor]>;
  /** `native_layer_norm_backward(Tensor grad, Tensor input, int[] normalized_shape, Tensor mean, Tensor rstd, Tensor? weight, Tensor? bias, int needed) -> (Tensor? input, Tensor? weight, Tensor? bias)` — The gradients of `native_layer_norm`. */
  nativeLayerNormBackward(grad: Tensor, input: Tensor, normalizedShape: Integers, mean: Tensor, rstd: Tensor, weight: Tensor | null, bias: Tensor | null, needed: number | bigint, options?: CallOptions): Promise<[Tensor | null, Tensor | null, Tensor | null]>;
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
  /** `nll_loss(Tensor input, Tensor target, Tensor? weight=None, int ignore_index=-100, str reduction='mean') -> Tensor` — The negative log likelihood of class indices: ``-input[target]`` for each row of log probabilities. */
  nllLoss(input: Tensor, target: Tensor, options?: CallOptions & { weight?: Tensor | null | undefined; ignoreIndex?: number | bigint | undefined; reduction?: string | undefined }): Promise<Tensor>;
  nllLoss(input: Tensor, target: Tensor, weight: Tensor | null, options?: CallOptions & { ignoreIndex?: number | bigint | undefined; reduction?: string | undefined }): Promise<Tensor>;
  nllLoss(input: Tensor, target: Tensor, weight: Tensor | null, ignoreIndex: number | bigint, options?: CallOptions & { reduction?: string | undefined }): Promise<Tensor>;
  nllLoss(input: Tensor, target: Tensor, weight: Tensor | null, ignoreIndex: number | bigint, reduction: string, options?: CallOptions): Promise<Tensor>;
  /** `nonzero(Tensor self) -> Tensor` — The indices of all elements that are not zero, in row-major order. */
  nonzero(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `norm(Tensor self, Scalar p=2, int[]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The vector norm of `self`: `linalg_vector_norm` with `p` for its order. */
  norm(self: Tensor, options?: CallOptions & { p?: Scalar | undefined; dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined }): Promise<Tensor>;
  norm(self: Tensor, p: Scalar, options?: CallOptions & { dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined }): Promise<Tensor>;
  norm(self: Tensor, p: Scalar, dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined }): Promise<Tensor>;
  norm(self: Tensor, p: Scalar, dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `one_hot(Tensor self, int num_classes=-1) -> Tensor` — A new last dimension that is 1 at the index of each element and 0 elsewhere. */
  oneHot(self: Tensor, options?: CallOptions & { numClasses?: number | bigint | undefined }): Promise<Tensor>;
  oneHot(self: Tensor, numClasses: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `ones(int[] size, *, dtype? dtype=None, device? device=None) -> Tensor` — A tensor filled with ones; float32 on the CPU by default. */
  ones(size: Integers, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `ones_like(Tensor self, *, dtype? dtype=None, device? device=None) -> Tensor` — Of the sizes and, where they are dense, the strides of `self`. */
  onesLike(self: Tensor, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `outer(Tensor self, Tensor vec2) -> Tensor` — The outer product of two vectors: `result[i, j] = self[i] * vec2[j]`, promoted as `mul`. */
  outer(self: Tensor, vec2: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `permute(Tensor(a) self, int[] dims) -> Tensor(a)` — A view with the dimensions in the order of `dims`. */
  permute(self: Tensor, dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `positive(Tensor(a) self) -> Tensor(a)` — `self`, as ``+x`` gives it. Any dtype but bool. */
  positive(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `pow(Tensor self, Tensor|Scalar exponent) -> Tensor` — `self` to the power of `exponent`, element by element, with broadcasting and type promotion. */
  pow(self: Tensor, exponent: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `pow(Tensor self, Tensor|Scalar exponent) -> Tensor` — `self` to the power of `exponent`, element by element, with broadcasting and type promotion. */
  pow_(self: Tensor, exponent: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `prod(Tensor self, *, dtype? dtype=None) -> Tensor` — The product of the elements of `self`, over all or along one dimension. */
  prod(self: Tensor, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `prod.dim(Tensor self, int dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The product of the elements of `self`, over all or along one dimension. */
  prod(self: Tensor, dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  prod(self: Tensor, dim: number | bigint, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `rand(int[] size, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor` — Numbers drawn evenly from [0, 1), as `uniform_` draws them. */
  rand(size: Integers, options?: CallOptions & { generator?: Generator | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `rand_like(Tensor self, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor` — As `rand`, of the sizes of `self`; dtype and device are those of `self` unless given. */
  randLike(self: Tensor, options?: CallOptions & { generator?: Generator | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `randint(int low, int high, int[] size, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor` — Integers drawn evenly from [low, high), as `random_` draws them. */
  randint(low: number | bigint, high: number | bigint, size: Integers, options?: CallOptions & { generator?: Generator | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `randint.high(int high, int[] size, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor` — Integers drawn evenly from [low, high), as `random_` draws them. */
  randint(high: number | bigint, size: Integers, options?: CallOptions & { generator?: Generator | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `randn(int[] size, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor` — Standard normal numbers, as `normal_` draws them. */
  randn(size: Integers, options?: CallOptions & { generator?: Generator | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `randn_like(Tensor self, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor` — As `randn`, of the sizes of `self`; dtype and device are those of `self` unless given. */
  randnLike(self: Tensor, options?: CallOptions & { generator?: Generator | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `randperm(int n, *, Generator? generator=None, dtype? dtype=None, device? device=None) -> Tensor` — The numbers 0 to n - 1 in random order. */
  randperm(n: number | bigint, options?: CallOptions & { generator?: Generator | null | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
  /** `rdiv(Tensor self, Tensor|Scalar other) -> Tensor` — Divides `other` by `self`: `div` with its operands exchanged, as in ``2 / x``. */
  rdiv(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `reciprocal(Tensor self) -> Tensor` — 1 / x for each element x of `self`. Dtypes as for `exp`, and complex ones. */
  reciprocal(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `reciprocal(Tensor self) -> Tensor` — 1 / x for each element x of `self`. Dtypes as for `exp`, and complex ones. */
  reciprocal_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `relu(Tensor self) -> Tensor` — max(x, 0) for each element x of `self`; NaN stays. Integer and floating dtypes but float8. */
  relu(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `relu(Tensor self) -> Tensor` — max(x, 0) for each element x of `self`; NaN stays. Integer and floating dtypes but float8. */
  relu_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `relu_backward(Tensor grad, Tensor output) -> Tensor` — The gradient of relu by its output: `grad` where `output` is not 0 or less, else 0. */
  reluBackward(grad: Tensor, output: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `remainder(Tensor self, Tensor|Scalar other) -> Tensor` — The remainder of `self` divided by `other`, with the sign of `other`, as Python's ``%``. */
  remainder(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `remainder(Tensor self, Tensor|Scalar other) -> Tensor` — The remainder of `self` divided by `other`, with the sign of `other`, as Python's ``%``. */
  remainder_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `repeat_interleave(Tensor self, int repeats, int? dim=None) -> Tensor` — A copy that repeats each index of a dimension `repeats` times in place. */
  repeatInterleave(self: Tensor, repeats: number | bigint, options?: CallOptions & { dim?: number | bigint | null | undefined }): Promise<Tensor>;
  repeatInterleave(self: Tensor, repeats: number | bigint, dim: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `reshape(Tensor(a) self, int[] shape) -> Tensor(a)` — As `view`, but copies where strides do not allow a view. */
  reshape(self: Tensor, shape: Integers, options?: CallOptions): Promise<Tensor>;
  /** `rfloor_divide(Tensor self, Tensor|Scalar other) -> Tensor` — Divides `other` by `self` and rounds down: `floor_divide` with its operands exchanged, as in ``2 // x``. */
  rfloorDivide(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `rms_norm(Tensor input, int[] normalized_shape, Tensor? weight=None, float? eps=None) -> Tensor` — Root-mean-square normalisation over the last dimensions: ``x * rstd * weight``. */
  rmsNorm(input: Tensor, normalizedShape: Integers, options?: CallOptions & { weight?: Tensor | null | undefined; eps?: number | null | undefined }): Promise<Tensor>;
  rmsNorm(input: Tensor, normalizedShape: Integers, weight: Tensor | null, options?: CallOptions & { eps?: number | null | undefined }): Promise<Tensor>;
  rmsNorm(input: Tensor, normalizedShape: Integers, weight: Tensor | null, eps: number | null, options?: CallOptions): Promise<Tensor>;
  /** `roll(Tensor self, int[] shifts, int[] dims=[]) -> Tensor` — A copy in which elements move by `shifts` along `dims`; what leaves at one end comes in at the other. */
  roll(self: Tensor, shifts: Integers, options?: CallOptions & { dims?: Integers | undefined }): Promise<Tensor>;
  roll(self: Tensor, shifts: Integers, dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `rotary_embedding(Tensor x, Tensor cos, Tensor sin, *, bool interleaved=False, bool inverse=False) -> Tensor` — Turns pairs of the last dimension by given angles: rotary position embedding. */
  rotaryEmbedding(x: Tensor, cos: Tensor, sin: Tensor, options?: CallOptions & { interleaved?: boolean | undefined; inverse?: boolean | undefined }): Promise<Tensor>;
  /** `round(Tensor self) -> Tensor` — The integers nearest to the elements of `self`, halves to even. Integer and floating dtypes but float8; integers are copied. */
  round(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `round(Tensor self) -> Tensor` — The integers nearest to the elements of `self`, halves to even. Integer and floating dtypes but float8; integers are copied. */
  round_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `rpow(Tensor self, Tensor|Scalar other) -> Tensor` — `other` to the power of `self`: `pow` with its operands exchanged, as in ``2 ** x``. */
  rpow(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `rremainder(Tensor self, Tensor|Scalar other) -> Tensor` — The remainder of `other` divided by `self`: `remainder` with its operands exchanged, as in ``2 % x``. */
  rremainder(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `rsqrt(Tensor self) -> Tensor` — 1 / sqrt(x) for each element x of `self`. Dtypes as for `exp`. */
  rsqrt(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `rsqrt(Tensor self) -> Tensor` — 1 / sqrt(x) for each element x of `self`. Dtypes as for `exp`. */
  rsqrt_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `rsub(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Subtracts `alpha * self` from `other`: `sub` with its operands exchanged, as in ``2 - x``. */
  rsub(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `scale_each_(Tensor(a!)[] tensors, Scalar|Tensor factor) -> ()` — Multiplies `tensors` in place by one number. */
  scaleEach_(tensors: readonly Tensor[], factor: Tensor | Scalar, options?: CallOptions): Promise<undefined>;
  /** `scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0.0, bool is_causal=False, *, float? scale=None, bool enable_gqa=False) -> Tensor` — Attention: ``softmax(scale * query @ key^T + attn_mask) @ value``. */
  scaledDotProductAttention(query: Tensor, key: Tensor, value: Tensor, options?: CallOptions & { attnMask?: Tensor | null | undefined; dropoutP?: number | undefined; isCausal?: boolean | undefined; scale?: number | null | undefined; enableGqa?: boolean | undefined }): Promise<Tensor>;
  scaledDotProductAttention(query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null, options?: CallOptions & { dropoutP?: number | undefined; isCausal?: boolean | undefined; scale?: number | null | undefined; enableGqa?: boolean | undefined }): Promise<Tensor>;
  scaledDotProductAttention(query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null, dropoutP: number, options?: CallOptions & { isCausal?: boolean | undefined; scale?: number | null | undefined; enableGqa?: boolean | undefined }): Promise<Tensor>;
  scaledDotProductAttention(query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null, dropoutP: number, isCausal: boolean, options?: CallOptions & { scale?: number | null | undefined; enableGqa?: boolean | undefined }): Promise<Tensor>;
  /** `scatter(Tensor self, int dim, Tensor index, Tensor|Scalar src) -> Tensor` — A copy of `self` with elements replaced at an index each along one dimension: the reverse of `gather`. */
  scatter(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `scatter(Tensor self, int dim, Tensor index, Tensor|Scalar src) -> Tensor` — A copy of `self` with elements replaced at an index each along one dimension: the reverse of `gather`. */
  scatter_(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` — A copy of `self` with the elements of `src` added at an index each along one dimension. */
  scatterAdd(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` — A copy of `self` with the elements of `src` added at an index each along one dimension. */
  scatterAdd_(self: Tensor, dim: number | bigint, index: Tensor, src: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `select(Tensor(a) self, int dim, int index) -> Tensor(a)` — A view of the elements at one index of a dimension, without that dimension. */
  select(self: Tensor, dim: number | bigint, index: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `sgd_step_(Tensor(a!)[] params, Tensor[] grads, Tensor(b!)[] momentum_buffers, *, float lr, float momentum=0, float dampening=0, float weight_decay=0, bool nesterov=False, bool maximize=False, bool is_first_step=False) -> ()` — One step of stochastic gradient descent for many parameters, in place. */
  sgdStep_(params: readonly Tensor[], grads: readonly Tensor[], momentumBuffers: readonly Tensor[], options: CallOptions & { lr: number; momentum?: number | undefined; dampening?: number | undefined; weightDecay?: number | undefined; nesterov?: boolean | undefined; maximize?: boolean | undefined; isFirstStep?: boolean | undefined }): Promise<undefined>;
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
  /** `silu(Tensor self) -> Tensor` — x sigmoid(x) for each element x of `self`, also known as swish. Floating dtypes but float8. */
  silu(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `silu(Tensor self) -> Tensor` — x sigmoid(x) for each element x of `self`, also known as swish. Floating dtypes but float8. */
  silu_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `silu_backward(Tensor grad, Tensor self) -> Tensor` — The gradient of silu by its input: grad * s * (1 + x * (1 - s)) with s = sigmoid(x). */
  siluBackward(grad: Tensor, self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `sin(Tensor self) -> Tensor` — The sine of each element of `self`, in radians. */
  sin(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sin(Tensor self) -> Tensor` — The sine of each element of `self`, in radians. */
  sin_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `softmax(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The exponentials along a dimension, divided by their sum. */
  softmax(self: Tensor, dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `softmax_backward(Tensor grad, Tensor output, int dim) -> Tensor` — The gradient of `softmax`: ``output * (grad - sum(grad * output))``. */
  softmaxBackward(grad: Tensor, output: Tensor, dim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor` — log(1 + e^(beta x)) / beta for each element x of `self`; x itself where beta x exceeds `threshold`. */
  softplus(self: Tensor, options?: CallOptions & { beta?: Scalar | undefined; threshold?: Scalar | undefined }): Promise<Tensor>;
  softplus(self: Tensor, beta: Scalar, options?: CallOptions & { threshold?: Scalar | undefined }): Promise<Tensor>;
  softplus(self: Tensor, beta: Scalar, threshold: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `softplus_backward(Tensor grad, Tensor self, Scalar beta, Scalar threshold) -> Tensor` — The gradient of softplus by its input: grad * sigmoid(beta x), or `grad` where beta x exceeds `threshold`. */
  softplusBackward(grad: Tensor, self: Tensor, beta: Scalar, threshold: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)` — The elements of `self` in order along one dimension, and where they were. */
  sort(self: Tensor, options?: CallOptions & { dim?: number | bigint | undefined; descending?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  sort(self: Tensor, dim: number | bigint, options?: CallOptions & { descending?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  sort(self: Tensor, dim: number | bigint, descending: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `sort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)` — The elements of `self` in order along one dimension, and where they were. */
  sort(self: Tensor, options: CallOptions & { stable: boolean; dim?: number | bigint | undefined; descending?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `split(Tensor(a) self, int|int[] split_size, int dim=0) -> Tensor(a)[]` — Views of consecutive parts of a dimension. */
  split(self: Tensor, splitSize: Integers, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  split(self: Tensor, splitSize: Integers, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `sqrt(Tensor self) -> Tensor` — The square root of each element of `self`, correctly rounded; NaN below 0. Dtypes as for `exp`. */
  sqrt(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sqrt(Tensor self) -> Tensor` — The square root of each element of `self`, correctly rounded; NaN below 0. Dtypes as for `exp`. */
  sqrt_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `square(Tensor self) -> Tensor` — The square of each element of `self`: any dtype but bool and float8. Integers wrap. */
  square(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `square(Tensor self) -> Tensor` — The square of each element of `self`: any dtype but bool and float8. Integers wrap. */
  square_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `squeeze(Tensor(a) self) -> Tensor(a)` — A view without the dimensions of size one, or without those of `dim` that have size one. */
  squeeze(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `squeeze.dim(Tensor(a) self, int[] dim) -> Tensor(a)` — A view without the dimensions of size one, or without those of `dim` that have size one. */
  squeeze(self: Tensor, dim: Integers, options?: CallOptions): Promise<Tensor>;
  /** `stack(Tensor[] tensors, int dim=0) -> Tensor` — The tensors side by side in a new dimension. */
  stack(tensors: readonly Tensor[], options?: CallOptions & { dim?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  stack(tensors: readonly Tensor[], dim: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `std(Tensor self, int[]? dim=None, *, Scalar? correction=1, bool keepdim=False) -> Tensor` — The standard deviation of the elements of `self`: the square root of `var`. */
  std(self: Tensor, options?: CallOptions & { dim?: Integers | null | undefined; correction?: Scalar | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  std(self: Tensor, dim: Integers | null, options?: CallOptions & { correction?: Scalar | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `std_mean(Tensor self, int[]? dim=None, *, Scalar? correction=1, bool keepdim=False) -> (Tensor std, Tensor mean)` — The standard deviation and the mean of `self` in one pass; see `std`. */
  stdMean(self: Tensor, options?: CallOptions & { dim?: Integers | null | undefined; correction?: Scalar | null | undefined; keepdim?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  stdMean(self: Tensor, dim: Integers | null, options?: CallOptions & { correction?: Scalar | null | undefined; keepdim?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  /** `sub(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion. */
  sub(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `sub(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion. */
  sub_(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `sum(Tensor self, *, dtype? dtype=None) -> Tensor` — The sum of the elements of `self`, over all or some dimensions. */
  sum(self: Tensor, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `sum.dims(Tensor self, int[]? dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The sum of the elements of `self`, over all or some dimensions. */
  sum(self: Tensor, dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  sum(self: Tensor, dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `t(Tensor self) -> Tensor` — A matrix transposed; a tensor of fewer dimensions as it is. */
  t(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `tanh(Tensor self) -> Tensor` — The hyperbolic tangent of each element of `self`, within 3 ulp. Dtypes as for `exp`. */
  tanh(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `tanh(Tensor self) -> Tensor` — The hyperbolic tangent of each element of `self`, within 3 ulp. Dtypes as for `exp`. */
  tanh_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `tanh_backward(Tensor grad, Tensor output) -> Tensor` — The gradient of tanh by its output: grad * (1 - output**2). */
  tanhBackward(grad: Tensor, output: Tensor, options?: CallOptions): Promise<Tensor>;
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
  /** `transpose(Tensor(a) self, int dim0, int dim1) -> Tensor(a)` — A view with two dimensions exchanged. */
  transpose(self: Tensor, dim0: number | bigint, dim1: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `tril(Tensor self, int diagonal=0) -> Tensor` — The lower triangle of the matrices in `self`: what is above a diagonal becomes zero. */
  tril(self: Tensor, options?: CallOptions & { diagonal?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  tril(self: Tensor, diagonal: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `tril(Tensor self, int diagonal=0) -> Tensor` — The lower triangle of the matrices in `self`: what is above a diagonal becomes zero. */
  tril_(self: Tensor, options?: CallOptions & { diagonal?: number | bigint | undefined }): Promise<Tensor>;
  tril_(self: Tensor, diagonal: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `triu(Tensor self, int diagonal=0) -> Tensor` — The upper triangle of the matrices in `self`: what is below a diagonal becomes zero. As `tril` in everything else. */
  triu(self: Tensor, options?: CallOptions & { diagonal?: number | bigint | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  triu(self: Tensor, diagonal: number | bigint, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `triu(Tensor self, int diagonal=0) -> Tensor` — The upper triangle of the matrices in `self`: what is below a diagonal becomes zero. As `tril` in everything else. */
  triu_(self: Tensor, options?: CallOptions & { diagonal?: number | bigint | undefined }): Promise<Tensor>;
  triu_(self: Tensor, diagonal: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `trunc(Tensor self) -> Tensor` — The elements of `self` without their fractions. Integer and floating dtypes but float8; integers are copied. */
  trunc(self: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `trunc(Tensor self) -> Tensor` — The elements of `self` without their fractions. Integer and floating dtypes but float8; integers are copied. */
  trunc_(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `unbind(Tensor(a) self, int dim=0) -> Tensor(a)[]` — Views of the tensor at each index of a dimension, without that dimension. */
  unbind(self: Tensor, options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  unbind(self: Tensor, dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `unflatten(Tensor self, int dim, int[] sizes) -> Tensor` — A view with one dimension divided into `sizes`, one of which may be -1. */
  unflatten(self: Tensor, dim: number | bigint, sizes: Integers, options?: CallOptions): Promise<Tensor>;
  /** `unsqueeze(Tensor(a) self, int dim) -> Tensor(a)` — A view with a new dimension of size one at `dim`. */
  unsqueeze(self: Tensor, dim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `value_selecting_backward(Tensor grad, int dim, Tensor indices, int[] sizes, bool keepdim) -> Tensor` — The gradient of an op that selects elements along one dimension. */
  valueSelectingBackward(grad: Tensor, dim: number | bigint, indices: Tensor, sizes: Integers, keepdim: boolean, options?: CallOptions): Promise<Tensor>;
  /** `var(Tensor self, int[]? dim=None, *, Scalar? correction=1, bool keepdim=False) -> Tensor` — The variance of the elements of `self`, over all or some dimensions. */
  var(self: Tensor, options?: CallOptions & { dim?: Integers | null | undefined; correction?: Scalar | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  var(self: Tensor, dim: Integers | null, options?: CallOptions & { correction?: Scalar | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `var_mean(Tensor self, int[]? dim=None, *, Scalar? correction=1, bool keepdim=False) -> (Tensor var, Tensor mean)` — The variance and the mean of `self` in one pass; see `var`. */
  varMean(self: Tensor, options?: CallOptions & { dim?: Integers | null | undefined; correction?: Scalar | null | undefined; keepdim?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  varMean(self: Tensor, dim: Integers | null, options?: CallOptions & { correction?: Scalar | null | undefined; keepdim?: boolean | undefined }): Promise<[Tensor, Tensor]>;
  /** `where(Tensor condition, Tensor|Scalar self, Tensor|Scalar other) -> Tensor` — `self` where `condition` holds and `other` elsewhere, with broadcasting and type promotion. */
  where(condition: Tensor, self: Tensor | Scalar, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `zero_each_(Tensor(a!)[] tensors) -> ()` — Sets every element of `tensors` to zero. */
  zeroEach_(tensors: readonly Tensor[], options?: CallOptions): Promise<undefined>;
  /** `zeros(int[] size, *, dtype? dtype=None, device? device=None) -> Tensor` — A tensor filled with zeros; float32 on the CPU by default. */
  zeros(size: Integers, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `zeros_like(Tensor self, *, dtype? dtype=None, device? device=None) -> Tensor` — Of the sizes and, where they are dense, the strides of `self`. */
  zerosLike(self: Tensor, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; requiresGrad?: boolean | undefined }): Promise<Tensor>;
}

/** Operators as methods of a tensor, which is their first argument. */
export interface TensorOperators {
  /** `abs(Tensor self) -> Tensor` — The magnitudes of the elements of `self`. */
  abs(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `abs(Tensor self) -> Tensor` — The magnitudes of the elements of `self`. */
  abs_(options?: CallOptions): Promise<Tensor>;
  /** `add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion. */
  add(other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion. */
  add_(other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
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
  /** `all(Tensor self) -> Tensor` — Whether no element of `self` is zero, over all elements or along one dimension. */
  all(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor` — Whether no element of `self` is zero, over all elements or along one dimension. */
  all(dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  all(dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `amax(Tensor self, int[] dim=[], bool keepdim=False) -> Tensor` — The largest elements of `self` over some dimensions. */
  amax(options?: CallOptions & { dim?: Integers | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  amax(dim: Integers, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  amax(dim: Integers, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `amin(Tensor self, int[] dim=[], bool keepdim=False) -> Tensor` — The smallest elements of `self` over some dimensions; see `amax`. */
  amin(options?: CallOptions & { dim?: Integers | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  amin(dim: Integers, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  amin(dim: Integers, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `any(Tensor self) -> Tensor` — Whether any element of `self` is not zero, over all elements or along one dimension. */
  any(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor` — Whether any element of `self` is not zero, over all elements or along one dimension. */
  any(dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  any(dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
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
  /** `as_strided(Tensor(a) self, int[] size, int[] stride, int? storage_offset=None) -> Tensor(a)` — A view of the storage of `self` by sizes and strides in elements. */
  asStrided(size: Integers, stride: Integers, options?: CallOptions & { storageOffset?: number | bigint | null | undefined }): Promise<Tensor>;
  asStrided(size: Integers, stride: Integers, storageOffset: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `atan2(Tensor self, Tensor other) -> Tensor` — The angle of the point (`other`, `self`) in (-pi, pi], element by element, with broadcasting and type promotion. */
  atan2(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `atan2(Tensor self, Tensor other) -> Tensor` — The angle of the point (`other`, `self`) in (-pi, pi], element by element, with broadcasting and type promotion. */
  atan2_(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` — Adds to `beta * self` the products `alpha * batch1 @ batch2` of sizes (b, m, k) and (b, k, n): `addmm` on batches. */
  baddbmm(batch1: Tensor, batch2: Tensor, options?: CallOptions & { beta?: Scalar | undefined; alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `bernoulli(Tensor self, *, Generator? generator=None) -> Tensor` — 1 with the chance that the element of `self` says, else 0. */
  bernoulli(options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `bernoulli_(Tensor self, float p=0.5, *, Generator? generator=None) -> Tensor` — Sets each element of `self` to 1 with chance `p`, else to 0. */
  bernoulli_(options?: CallOptions & { p?: number | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  bernoulli_(p: number, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `bitwise_and(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseAnd(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_and(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseAnd_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `bitwise_not(Tensor self) -> Tensor` — The elements of `self` with all bits turned; for bool, logical not. Bool and integers. */
  bitwiseNot(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_not(Tensor self) -> Tensor` — The elements of `self` with all bits turned; for bool, logical not. Bool and integers. */
  bitwiseNot_(options?: CallOptions): Promise<Tensor>;
  /** `bitwise_or(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseOr(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_or(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseOr_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `bitwise_xor(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseXor(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `bitwise_xor(Tensor self, Tensor|Scalar other) -> Tensor` — The operator on the bits of `self` and `other`, element by element, with broadcasting and type promotion. */
  bitwiseXor_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `bmm(Tensor self, Tensor mat2) -> Tensor` — Multiplies batches of matrices: `matmul` of sizes (b, m, k) and (b, k, n) alone, without broadcasting. */
  bmm(mat2: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ceil(Tensor self) -> Tensor` — The smallest integers not below the elements of `self`. Integer and floating dtypes but float8; integers are copied. */
  ceil(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ceil(Tensor self) -> Tensor` — The smallest integers not below the elements of `self`. Integer and floating dtypes but float8; integers are copied. */
  ceil_(options?: CallOptions): Promise<Tensor>;
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
  /** `clone(Tensor self) -> Tensor` — A copy of `self` with elements of its own; dense, in the order of the dimensions' strides. */
  clone(options?: CallOptions): Promise<Tensor>;
  /** `conj(Tensor(a) self) -> Tensor(a)` — The complex conjugates of the elements of `self`; the tensor itself where it is real. */
  conj(options?: CallOptions): Promise<Tensor>;
  /** `contiguous(Tensor(a) self) -> Tensor(a)` — `self` in row-major layout: the tensor itself when it has it already, else a copy. */
  contiguous(options?: CallOptions): Promise<Tensor>;
  /** `copy_(Tensor self, Tensor src, bool non_blocking=False) -> Tensor` — Copies `src` into `self`, broadcasting it and converting its dtype. */
  copy_(src: Tensor, options?: CallOptions & { nonBlocking?: boolean | undefined }): Promise<Tensor>;
  copy_(src: Tensor, nonBlocking: boolean, options?: CallOptions): Promise<Tensor>;
  /** `cos(Tensor self) -> Tensor` — The cosine of each element of `self`, in radians. */
  cos(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `cos(Tensor self) -> Tensor` — The cosine of each element of `self`, in radians. */
  cos_(options?: CallOptions): Promise<Tensor>;
  /** `cumsum(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The running sums of `self` along one dimension. */
  cumsum(dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `cumsum(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The running sums of `self` along one dimension. */
  cumsum_(dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `detach(Tensor(a) self) -> Tensor(a)` — The same elements, cut off from the autograd graph. Shares storage and version counter. */
  detach(options?: CallOptions): Promise<Tensor>;
  /** `div(Tensor self, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor` — Divides `self` by `other`, element by element, with broadcasting and type promotion. */
  div(other: Tensor | Scalar, options?: CallOptions & { roundingMode?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `div(Tensor self, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor` — Divides `self` by `other`, element by element, with broadcasting and type promotion. */
  div_(other: Tensor | Scalar, options?: CallOptions & { roundingMode?: string | null | undefined }): Promise<Tensor>;
  /** `dot(Tensor self, Tensor tensor) -> Tensor` — The dot product of two vectors of the same length and dtype, as a 0-dim tensor. */
  dot(tensor: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `eq(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  eq(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `eq(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  eq_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `erf(Tensor self) -> Tensor` — The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, for each element x of `self`, within 2 ulp. Dtypes as for `exp`. */
  erf(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `erf(Tensor self) -> Tensor` — The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x, for each element x of `self`, within 2 ulp. Dtypes as for `exp`. */
  erf_(options?: CallOptions): Promise<Tensor>;
  /** `exp(Tensor self) -> Tensor` — e to the power of each element of `self`. */
  exp(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
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
  /** `flatten(Tensor self, int start_dim=0, int end_dim=-1) -> Tensor` — The dimensions from `start_dim` to `end_dim` as one: a view where strides allow it. */
  flatten(options?: CallOptions & { startDim?: number | bigint | undefined; endDim?: number | bigint | undefined }): Promise<Tensor>;
  flatten(startDim: number | bigint, options?: CallOptions & { endDim?: number | bigint | undefined }): Promise<Tensor>;
  flatten(startDim: number | bigint, endDim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `flip(Tensor self, int[] dims) -> Tensor` — A copy in which the order of indices along `dims` is reversed. */
  flip(dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `floor(Tensor self) -> Tensor` — The largest integers not above the elements of `self`. Integer and floating dtypes but float8; integers are copied. */
  floor(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `floor(Tensor self) -> Tensor` — The largest integers not above the elements of `self`. Integer and floating dtypes but float8; integers are copied. */
  floor_(options?: CallOptions): Promise<Tensor>;
  /** `floor_divide(Tensor self, Tensor|Scalar other) -> Tensor` — Divides `self` by `other` and rounds down: ``div(self, other, rounding_mode="floor")``. */
  floorDivide(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `floor_divide(Tensor self, Tensor|Scalar other) -> Tensor` — Divides `self` by `other` and rounds down: ``div(self, other, rounding_mode="floor")``. */
  floorDivide_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `gather(Tensor self, int dim, Tensor index) -> Tensor` — Elements of `self` at an index each along one dimension. */
  gather(dim: number | bigint, index: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ge(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  ge(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `ge(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  ge_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `gt(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  gt(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `gt(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  gt_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor` — Adds `alpha * source` to the entries of one dimension at the given indices. */
  indexAdd(dim: number | bigint, index: Tensor, source: Tensor, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor` — Adds `alpha * source` to the entries of one dimension at the given indices. */
  indexAdd_(dim: number | bigint, index: Tensor, source: Tensor, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor` — Writes values to the elements at tensors of indices, as ``x[i, j] = values`` does. */
  indexPut(indices: readonly (Tensor | null)[], values: Tensor, options?: CallOptions & { accumulate?: boolean | undefined }): Promise<Tensor>;
  indexPut(indices: readonly (Tensor | null)[], values: Tensor, accumulate: boolean, options?: CallOptions): Promise<Tensor>;
  /** `index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor` — Writes values to the elements at tensors of indices, as ``x[i, j] = values`` does. */
  indexPut_(indices: readonly (Tensor | null)[], values: Tensor, options?: CallOptions & { accumulate?: boolean | undefined }): Promise<Tensor>;
  indexPut_(indices: readonly (Tensor | null)[], values: Tensor, accumulate: boolean, options?: CallOptions): Promise<Tensor>;
  /** `index_select(Tensor self, int dim, Tensor index) -> Tensor` — The entries of one dimension at the given indices. */
  indexSelect(dim: number | bigint, index: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `isfinite(Tensor self) -> Tensor` — Whether each element of `self`, with both parts of a complex one, is neither infinite nor NaN. Any dtype; gives bool. */
  isfinite(options?: CallOptions): Promise<Tensor>;
  /** `isinf(Tensor self) -> Tensor` — Whether each element of `self`, or a part of a complex one, is infinite. Any dtype; gives bool. */
  isinf(options?: CallOptions): Promise<Tensor>;
  /** `isnan(Tensor self) -> Tensor` — Whether each element of `self`, or a part of a complex one, is NaN. Any dtype; gives bool. */
  isnan(options?: CallOptions): Promise<Tensor>;
  /** `le(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  le(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `le(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  le_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `lerp(Tensor self, Tensor end, Tensor|Scalar weight) -> Tensor` — Linear interpolation: ``self + weight * (end - self)``, element by element. */
  lerp(end: Tensor, weight: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `lerp(Tensor self, Tensor end, Tensor|Scalar weight) -> Tensor` — Linear interpolation: ``self + weight * (end - self)``, element by element. */
  lerp_(end: Tensor, weight: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `log(Tensor self) -> Tensor` — The natural logarithm of each element of `self`; -inf at 0, NaN below. Dtypes and accuracy as for `exp`. */
  log(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
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
  /** `log_softmax(Tensor self, int dim, *, dtype? dtype=None) -> Tensor` — The logarithm of `softmax`, computed as ``x - max - log(sum(exp(x - max)))``. */
  logSoftmax(dim: number | bigint, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
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
  /** `logsumexp(Tensor self, int[] dim, bool keepdim=False) -> Tensor` — ``log(sum(exp(self)))`` over some dimensions, safe from overflow. */
  logsumexp(dim: Integers, options?: CallOptions & { keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  logsumexp(dim: Integers, keepdim: boolean, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `lt(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  lt(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `lt(Tensor self, Tensor|Scalar other) -> Tensor` — Compares `self` with `other`, element by element, with broadcasting and type promotion. */
  lt_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `masked_fill(Tensor self, Tensor mask, Tensor|Scalar value) -> Tensor` — `self` with `value` where `mask` holds. */
  maskedFill(mask: Tensor, value: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `masked_fill(Tensor self, Tensor mask, Tensor|Scalar value) -> Tensor` — `self` with `value` where `mask` holds. */
  maskedFill_(mask: Tensor, value: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `masked_select(Tensor self, Tensor mask) -> Tensor` — The elements of `self` where `mask` is true, in row-major order, as one dimension. */
  maskedSelect(mask: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `matmul(Tensor self, Tensor other) -> Tensor` — Multiplies matrices: the last two dimensions of both operands, broadcasting those before. */
  matmul(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `max(Tensor self) -> Tensor` — The largest element of `self`. */
  max(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` — The largest elements of `self` along one dimension, and where they are. */
  max(dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  max(dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `max.other(Tensor self, Tensor other) -> Tensor` — The larger of two tensors, element by element: `maximum`. */
  max(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `maximum(Tensor self, Tensor other) -> Tensor` — The larger of `self` and `other`, element by element, with broadcasting and type promotion. */
  maximum(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `maximum(Tensor self, Tensor other) -> Tensor` — The larger of `self` and `other`, element by element, with broadcasting and type promotion. */
  maximum_(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `mean(Tensor self, *, dtype? dtype=None) -> Tensor` — The arithmetic mean of `self`, over all or some dimensions. */
  mean(options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `mean.dims(Tensor self, int[]? dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The arithmetic mean of `self`, over all or some dimensions. */
  mean(dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  mean(dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `min(Tensor self) -> Tensor` — The smallest element of `self`; see `max`. */
  min(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)` — The smallest elements of `self` along one dimension, and where they are; see `max.dim`. */
  min(dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  min(dim: number | bigint, keepdim: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `min.other(Tensor self, Tensor other) -> Tensor` — The smaller of two tensors, element by element: `minimum`. */
  min(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `minimum(Tensor self, Tensor other) -> Tensor` — The smaller of `self` and `other`, element by element: as `maximum` in everything else. */
  minimum(other: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `minimum(Tensor self, Tensor other) -> Tensor` — The smaller of `self` and `other`, element by element: as `maximum` in everything else. */
  minimum_(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `mm(Tensor self, Tensor mat2) -> Tensor` — Multiplies two matrices: `matmul` of sizes (m, k) and (k, n) alone, without broadcasting. */
  mm(mat2: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `movedim(Tensor self, int[] source, int[] destination) -> Tensor` — A view in which the dimensions `source` stand at `destination`; the others keep their order. */
  movedim(source: Integers, destination: Integers, options?: CallOptions): Promise<Tensor>;
  /** `mul(Tensor self, Tensor|Scalar other) -> Tensor` — Multiplies `self` by `other`, element by element, with broadcasting and type promotion. */
  mul(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `mul(Tensor self, Tensor|Scalar other) -> Tensor` — Multiplies `self` by `other`, element by element, with broadcasting and type promotion. */
  mul_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `multinomial(Tensor self, int num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor` — Samples categories by their probabilities, row by row. */
  multinomial(numSamples: number | bigint, options?: CallOptions & { replacement?: boolean | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  multinomial(numSamples: number | bigint, replacement: boolean, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `mv(Tensor self, Tensor vec) -> Tensor` — Multiplies a matrix of sizes (m, k) by a vector (k,): `matmul` without broadcasting. */
  mv(vec: Tensor, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
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
  /** `nonzero(Tensor self) -> Tensor` — The indices of all elements that are not zero, in row-major order. */
  nonzero(options?: CallOptions): Promise<Tensor>;
  /** `norm(Tensor self, Scalar p=2, int[]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The vector norm of `self`: `linalg_vector_norm` with `p` for its order. */
  norm(options?: CallOptions & { p?: Scalar | undefined; dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined }): Promise<Tensor>;
  norm(p: Scalar, options?: CallOptions & { dim?: Integers | null | undefined; keepdim?: boolean | undefined; dtype?: DType | null | undefined }): Promise<Tensor>;
  norm(p: Scalar, dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined }): Promise<Tensor>;
  norm(p: Scalar, dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined }): Promise<Tensor>;
  /** `normal_(Tensor self, float mean=0, float std=1, *, Generator? generator=None) -> Tensor` — Fills `self` with numbers of the normal distribution of mean `mean` and standard deviation `std`. */
  normal_(options?: CallOptions & { mean?: number | undefined; std?: number | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  normal_(mean: number, options?: CallOptions & { std?: number | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  normal_(mean: number, std: number, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `outer(Tensor self, Tensor vec2) -> Tensor` — The outer product of two vectors: `result[i, j] = self[i] * vec2[j]`, promoted as `mul`. */
  outer(vec2: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `permute(Tensor(a) self, int[] dims) -> Tensor(a)` — A view with the dimensions in the order of `dims`. */
  permute(dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `positive(Tensor(a) self) -> Tensor(a)` — `self`, as ``+x`` gives it. Any dtype but bool. */
  positive(options?: CallOptions): Promise<Tensor>;
  /** `pow(Tensor self, Tensor|Scalar exponent) -> Tensor` — `self` to the power of `exponent`, element by element, with broadcasting and type promotion. */
  pow(exponent: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `pow(Tensor self, Tensor|Scalar exponent) -> Tensor` — `self` to the power of `exponent`, element by element, with broadcasting and type promotion. */
  pow_(exponent: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `prod(Tensor self, *, dtype? dtype=None) -> Tensor` — The product of the elements of `self`, over all or along one dimension. */
  prod(options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `prod.dim(Tensor self, int dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The product of the elements of `self`, over all or along one dimension. */
  prod(dim: number | bigint, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  prod(dim: number | bigint, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `random_(Tensor self, *, Generator? generator=None) -> Tensor` — Fills `self` with integers drawn evenly from [from, to). */
  random_(options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `random_.to(Tensor self, int to, *, Generator? generator=None) -> Tensor` — Fills `self` with integers drawn evenly from [from, to). */
  random_(to: number | bigint, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `random_.from(Tensor self, int from, int? to, *, Generator? generator=None) -> Tensor` — Fills `self` with integers drawn evenly from [from, to). */
  random_(from: number | bigint, to: number | bigint | null, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `reciprocal(Tensor self) -> Tensor` — 1 / x for each element x of `self`. Dtypes as for `exp`, and complex ones. */
  reciprocal(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `reciprocal(Tensor self) -> Tensor` — 1 / x for each element x of `self`. Dtypes as for `exp`, and complex ones. */
  reciprocal_(options?: CallOptions): Promise<Tensor>;
  /** `relu(Tensor self) -> Tensor` — max(x, 0) for each element x of `self`; NaN stays. Integer and floating dtypes but float8. */
  relu(options?: CallOptions): Promise<Tensor>;
  /** `relu(Tensor self) -> Tensor` — max(x, 0) for each element x of `self`; NaN stays. Integer and floating dtypes but float8. */
  relu_(options?: CallOptions): Promise<Tensor>;
  /** `remainder(Tensor self, Tensor|Scalar other) -> Tensor` — The remainder of `self` divided by `other`, with the sign of `other`, as Python's ``%``. */
  remainder(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `remainder(Tensor self, Tensor|Scalar other) -> Tensor` — The remainder of `self` divided by `other`, with the sign of `other`, as Python's ``%``. */
  remainder_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `repeat(Tensor self, int[] repeats) -> Tensor` — A copy that repeats the tensor along each dimension. */
  repeat(repeats: Integers, options?: CallOptions): Promise<Tensor>;
  /** `repeat_interleave(Tensor self, int repeats, int? dim=None) -> Tensor` — A copy that repeats each index of a dimension `repeats` times in place. */
  repeatInterleave(repeats: number | bigint, options?: CallOptions & { dim?: number | bigint | null | undefined }): Promise<Tensor>;
  repeatInterleave(repeats: number | bigint, dim: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `reshape(Tensor(a) self, int[] shape) -> Tensor(a)` — As `view`, but copies where strides do not allow a view. */
  reshape(shape: Integers, options?: CallOptions): Promise<Tensor>;
  /** `reshape_as(Tensor self, Tensor other) -> Tensor` — The elements with the sizes of `other`, as `reshape` gives them. */
  reshapeAs(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `roll(Tensor self, int[] shifts, int[] dims=[]) -> Tensor` — A copy in which elements move by `shifts` along `dims`; what leaves at one end comes in at the other. */
  roll(shifts: Integers, options?: CallOptions & { dims?: Integers | undefined }): Promise<Tensor>;
  roll(shifts: Integers, dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `round(Tensor self) -> Tensor` — The integers nearest to the elements of `self`, halves to even. Integer and floating dtypes but float8; integers are copied. */
  round(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `round(Tensor self) -> Tensor` — The integers nearest to the elements of `self`, halves to even. Integer and floating dtypes but float8; integers are copied. */
  round_(options?: CallOptions): Promise<Tensor>;
  /** `rsqrt(Tensor self) -> Tensor` — 1 / sqrt(x) for each element x of `self`. Dtypes as for `exp`. */
  rsqrt(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `rsqrt(Tensor self) -> Tensor` — 1 / sqrt(x) for each element x of `self`. Dtypes as for `exp`. */
  rsqrt_(options?: CallOptions): Promise<Tensor>;
  /** `scatter(Tensor self, int dim, Tensor index, Tensor|Scalar src) -> Tensor` — A copy of `self` with elements replaced at an index each along one dimension: the reverse of `gather`. */
  scatter(dim: number | bigint, index: Tensor, src: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `scatter(Tensor self, int dim, Tensor index, Tensor|Scalar src) -> Tensor` — A copy of `self` with elements replaced at an index each along one dimension: the reverse of `gather`. */
  scatter_(dim: number | bigint, index: Tensor, src: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` — A copy of `self` with the elements of `src` added at an index each along one dimension. */
  scatterAdd(dim: number | bigint, index: Tensor, src: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` — A copy of `self` with the elements of `src` added at an index each along one dimension. */
  scatterAdd_(dim: number | bigint, index: Tensor, src: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `select(Tensor(a) self, int dim, int index) -> Tensor(a)` — A view of the elements at one index of a dimension, without that dimension. */
  select(dim: number | bigint, index: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `sigmoid(Tensor self) -> Tensor` — 1 / (1 + e^-x) for each element x of `self`. */
  sigmoid(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sigmoid(Tensor self) -> Tensor` — 1 / (1 + e^-x) for each element x of `self`. */
  sigmoid_(options?: CallOptions): Promise<Tensor>;
  /** `sign(Tensor self) -> Tensor` — -1, 0 or 1 by the sign of each element of `self`; 0 for NaN. Any real dtype but float8. */
  sign(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sign(Tensor self) -> Tensor` — -1, 0 or 1 by the sign of each element of `self`; 0 for NaN. Any real dtype but float8. */
  sign_(options?: CallOptions): Promise<Tensor>;
  /** `sin(Tensor self) -> Tensor` — The sine of each element of `self`, in radians. */
  sin(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sin(Tensor self) -> Tensor` — The sine of each element of `self`, in radians. */
  sin_(options?: CallOptions): Promise<Tensor>;
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
  /** `sqrt(Tensor self) -> Tensor` — The square root of each element of `self`, correctly rounded; NaN below 0. Dtypes as for `exp`. */
  sqrt(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `sqrt(Tensor self) -> Tensor` — The square root of each element of `self`, correctly rounded; NaN below 0. Dtypes as for `exp`. */
  sqrt_(options?: CallOptions): Promise<Tensor>;
  /** `square(Tensor self) -> Tensor` — The square of each element of `self`: any dtype but bool and float8. Integers wrap. */
  square(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `square(Tensor self) -> Tensor` — The square of each element of `self`: any dtype but bool and float8. Integers wrap. */
  square_(options?: CallOptions): Promise<Tensor>;
  /** `squeeze(Tensor(a) self) -> Tensor(a)` — A view without the dimensions of size one, or without those of `dim` that have size one. */
  squeeze(options?: CallOptions): Promise<Tensor>;
  /** `squeeze.dim(Tensor(a) self, int[] dim) -> Tensor(a)` — A view without the dimensions of size one, or without those of `dim` that have size one. */
  squeeze(dim: Integers, options?: CallOptions): Promise<Tensor>;
  /** `std(Tensor self, int[]? dim=None, *, Scalar? correction=1, bool keepdim=False) -> Tensor` — The standard deviation of the elements of `self`: the square root of `var`. */
  std(options?: CallOptions & { dim?: Integers | null | undefined; correction?: Scalar | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  std(dim: Integers | null, options?: CallOptions & { correction?: Scalar | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `sub(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion. */
  sub(other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `sub(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion. */
  sub_(other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `sum(Tensor self, *, dtype? dtype=None) -> Tensor` — The sum of the elements of `self`, over all or some dimensions. */
  sum(options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `sum.dims(Tensor self, int[]? dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The sum of the elements of `self`, over all or some dimensions. */
  sum(dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  sum(dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `sum_to_size(Tensor self, int[] size) -> Tensor` — Sums `self` over the dimensions along which `size` would be broadcast to it. */
  sumToSize(size: Integers, options?: CallOptions): Promise<Tensor>;
  /** `t(Tensor self) -> Tensor` — A matrix transposed; a tensor of fewer dimensions as it is. */
  t(options?: CallOptions): Promise<Tensor>;
  /** `tanh(Tensor self) -> Tensor` — The hyperbolic tangent of each element of `self`, within 3 ulp. Dtypes as for `exp`. */
  tanh(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `tanh(Tensor self) -> Tensor` — The hyperbolic tangent of each element of `self`, within 3 ulp. Dtypes as for `exp`. */
  tanh_(options?: CallOptions): Promise<Tensor>;
  /** `tile(Tensor self, int[] dims) -> Tensor` — As `repeat`, with 1 for each leading dimension that `dims` does not name. */
  tile(dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `to(Tensor(a) self, *, dtype? dtype=None, device? device=None, bool non_blocking=False, bool copy=False) -> Tensor(a)` — `self` with another dtype or on another device. */
  to(options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; nonBlocking?: boolean | undefined; copy?: boolean | undefined }): Promise<Tensor>;
  /** `to.device(Tensor(a) self, device? device, dtype? dtype=None, bool non_blocking=False, bool copy=False) -> Tensor(a)` — `self` with another dtype or on another device. */
  to(device: string | null, options?: CallOptions & { dtype?: DType | null | undefined; nonBlocking?: boolean | undefined; copy?: boolean | undefined }): Promise<Tensor>;
  to(device: string | null, dtype: DType | null, options?: CallOptions & { nonBlocking?: boolean | undefined; copy?: boolean | undefined }): Promise<Tensor>;
  to(device: string | null, dtype: DType | null, nonBlocking: boolean, options?: CallOptions & { copy?: boolean | undefined }): Promise<Tensor>;
  to(device: string | null, dtype: DType | null, nonBlocking: boolean, copy: boolean, options?: CallOptions): Promise<Tensor>;
  /** `to.dtype(Tensor(a) self, dtype dtype, bool non_blocking=False, bool copy=False) -> Tensor(a)` — `self` with another dtype or on another device. */
  to(dtype: DType, options?: CallOptions & { nonBlocking?: boolean | undefined; copy?: boolean | undefined }): Promise<Tensor>;
  to(dtype: DType, nonBlocking: boolean, options?: CallOptions & { copy?: boolean | undefined }): Promise<Tensor>;
  to(dtype: DType, nonBlocking: boolean, copy: boolean, options?: CallOptions): Promise<Tensor>;
  /** `to.other(Tensor(a) self, Tensor other, bool non_blocking=False, bool copy=False) -> Tensor(a)` — `self` with another dtype or on another device. */
  to(other: Tensor, options?: CallOptions & { nonBlocking?: boolean | undefined; copy?: boolean | undefined }): Promise<Tensor>;
  to(other: Tensor, nonBlocking: boolean, options?: CallOptions & { copy?: boolean | undefined }): Promise<Tensor>;
  to(other: Tensor, nonBlocking: boolean, copy: boolean, options?: CallOptions): Promise<Tensor>;
  /** `topk(Tensor self, int k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)` — The `k` largest or smallest elements of `self` along one dimension, and where they were. */
  topk(k: number | bigint, options?: CallOptions & { dim?: number | bigint | undefined; largest?: boolean | undefined; sorted?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  topk(k: number | bigint, dim: number | bigint, options?: CallOptions & { largest?: boolean | undefined; sorted?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  topk(k: number | bigint, dim: number | bigint, largest: boolean, options?: CallOptions & { sorted?: boolean | undefined; out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  topk(k: number | bigint, dim: number | bigint, largest: boolean, sorted: boolean, options?: CallOptions & { out?: readonly [Tensor, Tensor] | undefined }): Promise<[Tensor, Tensor]>;
  /** `transpose(Tensor(a) self, int dim0, int dim1) -> Tensor(a)` — A view with two dimensions exchanged. */
  transpose(dim0: number | bigint, dim1: number | bigint, options?: CallOptions): Promise<Tensor>;
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
  /** `trunc(Tensor self) -> Tensor` — The elements of `self` without their fractions. Integer and floating dtypes but float8; integers are copied. */
  trunc(options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `trunc(Tensor self) -> Tensor` — The elements of `self` without their fractions. Integer and floating dtypes but float8; integers are copied. */
  trunc_(options?: CallOptions): Promise<Tensor>;
  /** `unbind(Tensor(a) self, int dim=0) -> Tensor(a)[]` — Views of the tensor at each index of a dimension, without that dimension. */
  unbind(options?: CallOptions & { dim?: number | bigint | undefined }): Promise<Tensor[]>;
  unbind(dim: number | bigint, options?: CallOptions): Promise<Tensor[]>;
  /** `unflatten(Tensor self, int dim, int[] sizes) -> Tensor` — A view with one dimension divided into `sizes`, one of which may be -1. */
  unflatten(dim: number | bigint, sizes: Integers, options?: CallOptions): Promise<Tensor>;
  /** `uniform_(Tensor self, float from=0, float to=1, *, Generator? generator=None) -> Tensor` — Fills `self` with numbers drawn evenly from [from, to). */
  uniform_(options?: CallOptions & { from?: number | undefined; to?: number | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  uniform_(from: number, options?: CallOptions & { to?: number | undefined; generator?: Generator | null | undefined }): Promise<Tensor>;
  uniform_(from: number, to: number, options?: CallOptions & { generator?: Generator | null | undefined }): Promise<Tensor>;
  /** `unsqueeze(Tensor(a) self, int dim) -> Tensor(a)` — A view with a new dimension of size one at `dim`. */
  unsqueeze(dim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `var(Tensor self, int[]? dim=None, *, Scalar? correction=1, bool keepdim=False) -> Tensor` — The variance of the elements of `self`, over all or some dimensions. */
  var(options?: CallOptions & { dim?: Integers | null | undefined; correction?: Scalar | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  var(dim: Integers | null, options?: CallOptions & { correction?: Scalar | null | undefined; keepdim?: boolean | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `view(Tensor(a) self, int[] size) -> Tensor(a)` — The same elements with other sizes. */
  view(size: Integers, options?: CallOptions): Promise<Tensor>;
  /** `view_as(Tensor self, Tensor other) -> Tensor` — A view with the sizes of `other`. */
  viewAs(other: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `zero_(Tensor self) -> Tensor` — Sets every element of `self` to zero. */
  zero_(options?: CallOptions): Promise<Tensor>;
}
