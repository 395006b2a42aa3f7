// SPDX-License-Identifier: Apache-2.0
// Types of the operators in libvt_core, written by scripts/declare_ops.mjs from their schemas.
import type { CallOptions } from "./calls.js";
import type { Scalar } from "./dtype.js";
import type { Tensor } from "./tensor.js";

/** A list of integers; a single one stands for a list of it. */
export type Integers = readonly (number | bigint)[] | Int32Array | number | bigint;

/** Operators as functions. A plugin's are there too once it is loaded; declare them by merging into this interface. */
export interface Operators {
  /** `add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` */
  add(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` */
  add_(self: Tensor, other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
}

/** Operators as methods of a tensor, which is their first argument. */
export interface TensorOperators {
  /** `add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` */
  add(other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined; out?: Tensor | undefined }): Promise<Tensor>;
  /** `add(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor` */
  add_(other: Tensor | Scalar, options?: CallOptions & { alpha?: Scalar | undefined }): Promise<Tensor>;
}
