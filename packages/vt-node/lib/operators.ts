// SPDX-License-Identifier: Apache-2.0
// Types of the operators in libvt_core, written by scripts/declare_ops.mjs from their schemas.
import type { CallOptions } from "./calls.js";
import type { DType, Scalar } from "./dtype.js";
import type { Tensor } from "./tensor.js";

/** A list of integers; a single one stands for a list of it. */
export type Integers = readonly (number | bigint)[] | Int32Array | number | bigint;

/** Operators as functions. A plugin's are there too once it is loaded; declare them by merging into this interface. */
export interface Operators {
  /** `add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion. */
  add(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion. */
  add_(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `arange(Scalar end, *, dtype? dtype=None, device? device=None) -> Tensor` — The values start, start + step, ... below `end` (above it when `step` is negative). */
  arange(end: Scalar, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `arange.start(Scalar start, Scalar end, Scalar step=1, *, dtype? dtype=None, device? device=None) -> Tensor` — The values start, start + step, ... below `end` (above it when `step` is negative). */
  arange(start: Scalar, end: Scalar, options?: CallOptions & { step?: Scalar | undefined; dtype?: DType | null | undefined; device?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  arange(start: Scalar, end: Scalar, step: Scalar, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `as_strided(Tensor(a) self, int[] size, int[] stride, int? storage_offset=None) -> Tensor(a)` — A view of the storage of `self` by sizes and strides in elements. */
  asStrided(self: Tensor, size: Integers, stride: Integers, options?: CallOptions & { storageOffset?: number | bigint | null | undefined }): Promise<Tensor>;
  asStrided(self: Tensor, size: Integers, stride: Integers, storageOffset: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `clone(Tensor self) -> Tensor` — A copy of `self` with elements of its own; dense, in the order of the dimensions' strides. */
  clone(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `empty(int[] size, *, dtype? dtype=None, device? device=None) -> Tensor` — A tensor whose elements are not initialised. */
  empty(size: Integers, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `empty_like(Tensor self, *, dtype? dtype=None, device? device=None) -> Tensor` — Of the sizes and, where they are dense, the strides of `self`. */
  emptyLike(self: Tensor, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined }): Promise<Tensor>;
  /** `empty_strided(int[] size, int[] stride, *, dtype? dtype=None, device? device=None) -> Tensor` — A tensor of the given sizes and strides (in elements), not initialised. */
  emptyStrided(size: Integers, stride: Integers, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined }): Promise<Tensor>;
  /** `full(int[] size, Scalar fill_value, *, dtype? dtype=None, device? device=None) -> Tensor` — A tensor filled with `fill_value`. */
  full(size: Integers, fillValue: Scalar, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `full_like(Tensor self, Scalar fill_value, *, dtype? dtype=None, device? device=None) -> Tensor` — Of the sizes and, where they are dense, the strides of `self`. */
  fullLike(self: Tensor, fillValue: Scalar, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined }): Promise<Tensor>;
  /** `mul(Tensor self, Tensor|Scalar other) -> Tensor` — Multiplies `self` by `other`, element by element, with broadcasting and type promotion. */
  mul(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `mul(Tensor self, Tensor|Scalar other) -> Tensor` — Multiplies `self` by `other`, element by element, with broadcasting and type promotion. */
  mul_(self: Tensor, other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `ones(int[] size, *, dtype? dtype=None, device? device=None) -> Tensor` — A tensor filled with ones; float32 on the CPU by default. */
  ones(size: Integers, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `ones_like(Tensor self, *, dtype? dtype=None, device? device=None) -> Tensor` — Of the sizes and, where they are dense, the strides of `self`. */
  onesLike(self: Tensor, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined }): Promise<Tensor>;
  /** `permute(Tensor(a) self, int[] dims) -> Tensor(a)` — A view with the dimensions in the order of `dims`. */
  permute(self: Tensor, dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `reshape(Tensor(a) self, int[] shape) -> Tensor(a)` — As `view`, but copies where strides do not allow a view. */
  reshape(self: Tensor, shape: Integers, options?: CallOptions): Promise<Tensor>;
  /** `rsub(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Subtracts `alpha * self` from `other`: `sub` with its operands exchanged, as in ``2 - x``. */
  rsub(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `select(Tensor(a) self, int dim, int index) -> Tensor(a)` — A view of the elements at one index of a dimension, without that dimension. */
  select(self: Tensor, dim: number | bigint, index: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `squeeze(Tensor(a) self) -> Tensor(a)` — A view without the dimensions of size one, or without those of `dim` that have size one. */
  squeeze(self: Tensor, options?: CallOptions): Promise<Tensor>;
  /** `squeeze.dim(Tensor(a) self, int[] dim) -> Tensor(a)` — A view without the dimensions of size one, or without those of `dim` that have size one. */
  squeeze(self: Tensor, dim: Integers, options?: CallOptions): Promise<Tensor>;
  /** `sub(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion. */
  sub(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `sub(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Subtracts `alpha * other` from `self`, element by element, with broadcasting and type promotion. */
  sub_(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `sum(Tensor self, *, dtype? dtype=None) -> Tensor` — The sum of the elements of `self`, over all or some dimensions. */
  sum(self: Tensor, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `sum.dims(Tensor self, int[]? dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor` — The sum of the elements of `self`, over all or some dimensions. */
  sum(self: Tensor, dim: Integers | null, options?: CallOptions & { keepdim?: boolean | undefined; dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  sum(self: Tensor, dim: Integers | null, keepdim: boolean, options?: CallOptions & { dtype?: DType | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `transpose(Tensor(a) self, int dim0, int dim1) -> Tensor(a)` — A view with two dimensions exchanged. */
  transpose(self: Tensor, dim0: number | bigint, dim1: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `unsqueeze(Tensor(a) self, int dim) -> Tensor(a)` — A view with a new dimension of size one at `dim`. */
  unsqueeze(self: Tensor, dim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `zeros(int[] size, *, dtype? dtype=None, device? device=None) -> Tensor` — A tensor filled with zeros; float32 on the CPU by default. */
  zeros(size: Integers, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `zeros_like(Tensor self, *, dtype? dtype=None, device? device=None) -> Tensor` — Of the sizes and, where they are dense, the strides of `self`. */
  zerosLike(self: Tensor, options?: CallOptions & { dtype?: DType | null | undefined; device?: string | null | undefined }): Promise<Tensor>;
}

/** Operators as methods of a tensor, which is their first argument. */
export interface TensorOperators {
  /** `add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion. */
  add(other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` — Adds `alpha * other` to `self`, element by element, with broadcasting and type promotion. */
  add_(other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
  /** `as_strided(Tensor(a) self, int[] size, int[] stride, int? storage_offset=None) -> Tensor(a)` — A view of the storage of `self` by sizes and strides in elements. */
  asStrided(size: Integers, stride: Integers, options?: CallOptions & { storageOffset?: number | bigint | null | undefined }): Promise<Tensor>;
  asStrided(size: Integers, stride: Integers, storageOffset: number | bigint | null, options?: CallOptions): Promise<Tensor>;
  /** `clone(Tensor self) -> Tensor` — A copy of `self` with elements of its own; dense, in the order of the dimensions' strides. */
  clone(options?: CallOptions): Promise<Tensor>;
  /** `contiguous(Tensor(a) self) -> Tensor(a)` — `self` in row-major layout: the tensor itself when it has it already, else a copy. */
  contiguous(options?: CallOptions): Promise<Tensor>;
  /** `copy_(Tensor self, Tensor src, bool non_blocking=False) -> Tensor` — Copies `src` into `self`, broadcasting it and converting its dtype. */
  copy_(src: Tensor, options?: CallOptions & { nonBlocking?: boolean | undefined }): Promise<Tensor>;
  copy_(src: Tensor, nonBlocking: boolean, options?: CallOptions): Promise<Tensor>;
  /** `detach(Tensor(a) self) -> Tensor(a)` — The same elements, cut off from the autograd graph. Shares storage and version counter. */
  detach(options?: CallOptions): Promise<Tensor>;
  /** `expand(Tensor(a) self, int[] size) -> Tensor(a)` — A view in which dimensions of size one, and new leading ones, repeat to `size`. */
  expand(size: Integers, options?: CallOptions): Promise<Tensor>;
  /** `fill_(Tensor self, Scalar value) -> Tensor` — Sets every element of `self` to `value`. */
  fill_(value: Scalar, options?: CallOptions): Promise<Tensor>;
  /** `mul(Tensor self, Tensor|Scalar other) -> Tensor` — Multiplies `self` by `other`, element by element, with broadcasting and type promotion. */
  mul(other: Tensor | Scalar, options?: CallOptions & { out?: Tensor | undefined }): Promise<Tensor>;
  /** `mul(Tensor self, Tensor|Scalar other) -> Tensor` — Multiplies `self` by `other`, element by element, with broadcasting and type promotion. */
  mul_(other: Tensor | Scalar, options?: CallOptions): Promise<Tensor>;
  /** `permute(Tensor(a) self, int[] dims) -> Tensor(a)` — A view with the dimensions in the order of `dims`. */
  permute(dims: Integers, options?: CallOptions): Promise<Tensor>;
  /** `reshape(Tensor(a) self, int[] shape) -> Tensor(a)` — As `view`, but copies where strides do not allow a view. */
  reshape(shape: Integers, options?: CallOptions): Promise<Tensor>;
  /** `select(Tensor(a) self, int dim, int index) -> Tensor(a)` — A view of the elements at one index of a dimension, without that dimension. */
  select(dim: number | bigint, index: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `squeeze(Tensor(a) self) -> Tensor(a)` — A view without the dimensions of size one, or without those of `dim` that have size one. */
  squeeze(options?: CallOptions): Promise<Tensor>;
  /** `squeeze.dim(Tensor(a) self, int[] dim) -> Tensor(a)` — A view without the dimensions of size one, or without those of `dim` that have size one. */
  squeeze(dim: Integers, options?: CallOptions): Promise<Tensor>;
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
  /** `transpose(Tensor(a) self, int dim0, int dim1) -> Tensor(a)` — A view with two dimensions exchanged. */
  transpose(dim0: number | bigint, dim1: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `unsqueeze(Tensor(a) self, int dim) -> Tensor(a)` — A view with a new dimension of size one at `dim`. */
  unsqueeze(dim: number | bigint, options?: CallOptions): Promise<Tensor>;
  /** `view(Tensor(a) self, int[] size) -> Tensor(a)` — The same elements with other sizes. */
  view(size: Integers, options?: CallOptions): Promise<Tensor>;
  /** `zero_(Tensor self) -> Tensor` — Sets every element of `self` to zero. */
  zero_(options?: CallOptions): Promise<Tensor>;
}
