// SPDX-License-Identifier: Apache-2.0
// The dtypes by name, and the JavaScript types that stand for them.

/** Name of an element type. */
export type DType =
  | "bool"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "float8_e4m3fn"
  | "float8_e5m2"
  | "float16"
  | "bfloat16"
  | "float32"
  | "float64"
  | "complex64"
  | "complex128";

/**
 * The typed array that a dtype is read back as. Types that JavaScript has no array for come back as one that holds each
 * value exactly: `bool` as 0 and 1, half and 8-bit floats as float32, complex numbers as pairs of real and imaginary part.
 */
export interface ArrayOf {
  bool: Uint8Array;
  uint8: Uint8Array;
  uint16: Uint16Array;
  uint32: Uint32Array;
  uint64: BigUint64Array;
  int8: Int8Array;
  int16: Int16Array;
  int32: Int32Array;
  int64: BigInt64Array;
  float8_e4m3fn: Float32Array;
  float8_e5m2: Float32Array;
  float16: Float32Array;
  bfloat16: Float32Array;
  float32: Float32Array;
  float64: Float64Array;
  complex64: Float32Array;
  complex128: Float64Array;
}

/** Any typed array a tensor can be made from. */
export type TypedArray = ArrayOf[DType] | Uint8ClampedArray;

/** The dtype of a tensor made from a typed array without naming one. */
export type DTypeOf<A extends TypedArray> = A extends Float32Array
  ? "float32"
  : A extends Float64Array
    ? "float64"
    : A extends BigInt64Array
      ? "int64"
      : A extends BigUint64Array
        ? "uint64"
        : A extends Int8Array
          ? "int8"
          : A extends Int16Array
            ? "int16"
            : A extends Int32Array
              ? "int32"
              : A extends Uint16Array
                ? "uint16"
                : A extends Uint32Array
                  ? "uint32"
                  : "uint8";

/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** A number that enters an operator as it is. Whole numbers and bigints promote as integers, all others as floats. */
export type Scalar = number | bigint | boolean | Complex;

/** One element as `toArray` gives it: boolean, bigint for 64-bit integers, `[re, im]` for complex, else number. */
export type Element<D extends DType> = D extends "bool"
  ? boolean
  : D extends "int64" | "uint64"
    ? bigint
    : D extends "complex64" | "complex128"
      ? [re: number, im: number]
      : number;

/** Elements nested as deep as the tensor has dimensions; the element itself for none. */
export type Nested<T> = T | Nested<T>[];

/** Nested arrays of equal lengths, as `tensor` reads them. */
export type NestedInput = number | bigint | boolean | readonly NestedInput[];
