// SPDX-License-Identifier: Apache-2.0
// The public face of vt-node.
export type { CallOptions, Settings } from "./calls.js";
export { call, configure, memory, noGrad, ops, plugins, ready, showConfig } from "./calls.js";
export type { TensorOptions } from "./create.js";
export { tensor } from "./create.js";
export type { ArrayOf, Complex, DType, DTypeOf, Element, Nested, NestedInput, Scalar, TypedArray } from "./dtype.js";
export type { VtError, VtErrorCode } from "./errors.js";
export { AbortError, isVtError } from "./errors.js";
export { Generator } from "./generator.js";
export type { MemoryInfo, PluginInfo } from "./native.js";
export type { Integers, Operators, TensorOperators } from "./operators.js";
export type { BackwardOptions } from "./tensor.js";
export { loadPlugin, Tensor } from "./tensor.js";
