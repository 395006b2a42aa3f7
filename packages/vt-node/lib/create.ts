// SPDX-License-Identifier: Apache-2.0
// tensor(): elements from typed arrays or nested arrays, checked and copied.
import type { DType, DTypeOf, NestedInput, TypedArray } from "./dtype.js";
import { makeError } from "./errors.js";
import { native } from "./native.js";
import type { Tensor } from "./tensor.js";

/** Options of {@link tensor}. */
export interface TensorOptions<D extends DType = DType> {
  /** Sizes; by default one dimension for a typed array, the nesting for arrays. */
  shape?: readonly number[] | undefined;
  /** Element type; by default that of the typed array, else float32, int64 for bigints, bool for booleans. */
  dtype?: D | undefined;
  /** Where to put the elements; `"cpu"` by default. */
  device?: string | undefined;
  /** Record what is done with the tensor, for `backward`. */
  requiresGrad?: boolean | undefined;
}

/**
 * Makes a tensor with a copy of the given elements.
 *
 * The copy is made before this returns, so `data` may be changed, transferred or shared with other threads. Another dtype
 * than a typed array's own converts as the operator `to` does; numbers in nested arrays must fit the dtype.
 *
 * @param data - a typed array, or numbers, bigints or booleans nested in arrays of equal lengths.
 * @param options - the shape, or {@link TensorOptions}.
 * @throws RangeError `ERR_VT_SHAPE` when the elements do not fill the shape, `ERR_VT_OVERFLOW` when a number does not fit.
 * @throws TypeError `ERR_VT_TYPE`, `ERR_VT_DTYPE`, or `ERR_VT_DETACHED` for a buffer that was transferred.
 */
export function tensor<A extends TypedArray>(
  data: A,
  options?: readonly number[] | (TensorOptions<never> & { dtype?: undefined }),
): Tensor<DTypeOf<A>>;
export function tensor<D extends DType>(
  data: TypedArray | NestedInput,
  options: TensorOptions<D> & { dtype: D },
): Tensor<D>;
export function tensor(data: TypedArray | NestedInput, options?: readonly number[] | TensorOptions): Tensor;
export function tensor(data: TypedArray | NestedInput, options: readonly number[] | TensorOptions = {}): Tensor {
  const { shape, dtype, device, requiresGrad } = Array.isArray(options)
    ? ({ shape: options as readonly number[] } as TensorOptions)
    : (options as TensorOptions);
  if (ArrayBuffer.isView(data)) {
    checkInBounds(data as TypedArray);
    return native.createTensor(data as TypedArray, shape, dtype, device, requiresGrad) as Tensor;
  }
  const leaves: unknown[] = [];
  const nesting = flatten(data, leaves);
  const chosen = dtype ?? defaultDType(leaves);
  return native.createTensor(pack(leaves, chosen), shape ?? nesting, chosen, device, requiresGrad) as Tensor;
}

const typedArrayAt = (Object.getPrototypeOf(Uint8Array.prototype) as Uint8Array).at;

/** A view that is detached, or that its resizable buffer shrank away from, looks empty; reading from it tells. */
function checkInBounds(data: TypedArray): void {
  try {
    typedArrayAt.call(data as Uint8Array, 0);
  } catch {
    const fault =
      data instanceof DataView
        ? "is a DataView, which has no element type"
        : "lies outside its buffer, which was detached or shrank";
    throw makeError(
      TypeError,
      data instanceof DataView ? "ERR_VT_TYPE" : "ERR_VT_DETACHED",
      `tensor: the array ${fault}`,
    );
  }
}

/** Appends the elements to `leaves` and returns the sizes. */
function flatten(data: unknown, leaves: unknown[]): number[] {
  const shape: number[] = [];
  for (let level = data; Array.isArray(level); level = level[0]) {
    shape.push(level.length);
    if (shape.length > 64) throw makeError(RangeError, "ERR_VT_SHAPE", "tensor: nested deeper than 64 dimensions");
  }
  const visit = (value: unknown, dim: number): void => {
    if (Array.isArray(value) !== dim < shape.length || (Array.isArray(value) && value.length !== shape[dim])) {
      const got = Array.isArray(value) ? `an array of ${value.length}` : typeof value;
      const expected = dim < shape.length ? `an array of ${shape[dim]}` : "a number";
      throw makeError(RangeError, "ERR_VT_SHAPE", `tensor: ragged at depth ${dim}: got ${got}, expected ${expected}`);
    }
    if (!Array.isArray(value)) {
      leaves.push(value);
      return;
    }
    for (let i = 0; i < (shape[dim] as number); ++i) visit(value[i], dim + 1);
  };
  visit(data, 0);
  return shape;
}

function defaultDType(leaves: readonly unknown[]): DType {
  const first = typeof leaves[0];
  return first === "bigint" ? "int64" : first === "boolean" ? "bool" : "float32";
}

const kIntegerArrays = {
  bool: Uint8Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
} as const;

/** The elements in a typed array from which the native side converts to the dtype without rounding twice. */
function pack(leaves: readonly unknown[], dtype: DType): TypedArray {
  if (dtype === "int64" || dtype === "uint64") return packBigInts(leaves, dtype);
  if (dtype in kIntegerArrays) return packIntegers(leaves, dtype as keyof typeof kIntegerArrays);
  if (dtype === "complex64" || dtype === "complex128") {
    throw makeError(
      TypeError,
      "ERR_VT_DTYPE",
      `tensor: ${dtype} is made from a typed array of pairs, not from nested arrays`,
    );
  }
  const out = dtype === "float32" ? new Float32Array(leaves.length) : new Float64Array(leaves.length);
  leaves.forEach((leaf, i) => {
    out[i] = numberOf(leaf, dtype);
  });
  return out;
}

function numberOf(leaf: unknown, dtype: DType): number {
  if (typeof leaf === "number") return leaf;
  if (typeof leaf === "boolean" || typeof leaf === "bigint") return Number(leaf);
  throw makeError(
    TypeError,
    "ERR_VT_TYPE",
    `tensor: expected numbers for ${dtype}: got ${leaf === null ? "null" : typeof leaf}`,
  );
}

function packIntegers(leaves: readonly unknown[], dtype: keyof typeof kIntegerArrays): TypedArray {
  const out = new kIntegerArrays[dtype](leaves.length);
  leaves.forEach((leaf, i) => {
    const number = numberOf(leaf, dtype);
    out[i] = dtype === "bool" ? Number(number !== 0) : number;
    if (dtype !== "bool" && out[i] !== number) failRange(leaf, dtype);
  });
  return out;
}

function packBigInts(leaves: readonly unknown[], dtype: "int64" | "uint64"): TypedArray {
  const out = dtype === "int64" ? new BigInt64Array(leaves.length) : new BigUint64Array(leaves.length);
  leaves.forEach((leaf, i) => {
    if (typeof leaf !== "bigint" && !Number.isSafeInteger(numberOf(leaf, dtype))) failRange(leaf, dtype);
    const integer = BigInt(leaf as bigint | number | boolean);
    out[i] = integer;
    if (out[i] !== integer) failRange(leaf, dtype);
  });
  return out;
}

function failRange(leaf: unknown, dtype: DType): never {
  throw makeError(
    RangeError,
    "ERR_VT_OVERFLOW",
    `tensor: the number does not fit: got ${String(leaf)}, expected ${dtype}`,
  );
}
