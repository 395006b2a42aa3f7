// SPDX-License-Identifier: Apache-2.0
// Tensors from typed arrays and nested arrays, and their elements read back.
import assert from "node:assert/strict";
import { test } from "node:test";

import type { DType, TypedArray } from "vt-node";
import { ops, Tensor, tensor } from "vt-node";

const arrays: [TypedArray, DType][] = [
  [new Int8Array([-128, 127]), "int8"],
  [new Uint8Array([0, 255]), "uint8"],
  [new Uint8ClampedArray([0, 255]), "uint8"],
  [new Int16Array([-32768, 32767]), "int16"],
  [new Uint16Array([0, 65535]), "uint16"],
  [new Int32Array([-(2 ** 31), 2 ** 31 - 1]), "int32"],
  [new Uint32Array([0, 2 ** 32 - 1]), "uint32"],
  [new BigInt64Array([-(2n ** 63n), 2n ** 63n - 1n]), "int64"],
  [new BigUint64Array([0n, 2n ** 64n - 1n]), "uint64"],
  [new Float32Array([1.5, -0]), "float32"],
  [new Float64Array([Math.PI, Number.MIN_VALUE]), "float64"],
];

for (const [array, dtype] of arrays) {
  test(`${array.constructor.name} becomes ${dtype} and comes back unchanged`, async () => {
    const t = tensor(array);
    assert.equal(t.dtype, dtype);
    assert.deepEqual(t.shape, [2]);
    assert.equal(t.device, "cpu");
    const data = await t.data();
    assert.deepEqual(Array.from(data as Float64Array), Array.from(array as Float64Array));
    assert.equal(data.constructor, array instanceof Uint8ClampedArray ? Uint8Array : array.constructor);
  });
}

test("the shape may be given as an array or among the options", async () => {
  const data = new Float32Array([1, 2, 3, 4, 5, 6]);
  assert.deepEqual(await tensor(data, [2, 3]).toArray(), [
    [1, 2, 3],
    [4, 5, 6],
  ]);
  assert.deepEqual(await tensor(data, { shape: [3, 1, 2] }).toArray(), [[[1, 2]], [[3, 4]], [[5, 6]]]);
});

test("nested numbers are float32, bigints int64, booleans bool", async () => {
  assert.equal(
    tensor([
      [1, 2],
      [3, 4],
    ]).dtype,
    "float32",
  );
  assert.deepEqual(await tensor([[1n], [-5n]]).toArray(), [[1n], [-5n]]);
  assert.deepEqual(await tensor([true, false]).toArray(), [true, false]);
});

test("a number alone is a tensor without dimensions", async () => {
  const t = tensor(7);
  assert.deepEqual(t.shape, []);
  assert.equal(t.size, 1);
  assert.equal(await t.toArray(), 7);
  assert.equal(await t.item(), 7);
});

test("empty arrays keep their shape", async () => {
  const t = tensor([[], []]);
  assert.deepEqual(t.shape, [2, 0]);
  assert.deepEqual(await t.toArray(), [[], []]);
  assert.equal((await tensor(new Float32Array(0)).data()).length, 0);
});

test("half floats are read back as the float32 that holds them", async () => {
  const values = [1, -2.5, 65504, 2 ** -24];
  assert.deepEqual(Array.from(await tensor(values, { dtype: "float16" }).data()), values);
  // 1 + 2^-8 lies between two bfloat16 and rounds to even.
  assert.deepEqual(Array.from(await tensor([1 + 2 ** -8, 3.0], { dtype: "bfloat16" }).data()), [1, 3]);
});

test("complex tensors are made from pairs and read back as pairs", async () => {
  const t = tensor(new Float32Array([1, 2, 3, -4]), { dtype: "complex64" });
  assert.deepEqual(t.shape, [2]);
  assert.deepEqual(await t.toArray(), [
    [1, 2],
    [3, -4],
  ]);
  assert.deepEqual(await (await t.mul({ re: 0, im: 1 })).toArray(), [
    [-2, 1],
    [4, 3],
  ]);
});

test("another dtype converts the elements of a typed array", async () => {
  assert.deepEqual(await tensor(new Float32Array([1.9, -1.9]), { dtype: "int32" }).toArray(), [1, -1]);
  assert.deepEqual(await tensor(new Uint8Array([0, 3]), { dtype: "bool" }).toArray(), [true, false].reverse());
});

test("the elements are copied when the tensor is made", async () => {
  const data = new Float32Array([1, 2]);
  const t = tensor(data);
  data[0] = 99;
  assert.deepEqual(await t.toArray(), [1, 2]);
  const read = await t.data();
  read[0] = 99;
  assert.deepEqual(await t.toArray(), [1, 2]);
});

test("views with an offset copy what they show", async () => {
  const buffer = new Float64Array([1, 2, 3, 4]).buffer;
  assert.deepEqual(await tensor(new Float64Array(buffer, 8, 2)).toArray(), [2, 3]);
  assert.deepEqual(await tensor(Buffer.from("abc")).toArray(), [97, 98, 99]);
});

test("shared memory is copied", async () => {
  const shared = new Int32Array(new SharedArrayBuffer(8));
  shared.set([5, 6]);
  const t = tensor(shared);
  shared[0] = 0;
  assert.deepEqual(await t.toArray(), [5, 6]);
});

test("a transposed view is read in row-major order", async () => {
  const t = await tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]).transpose(0, 1);
  assert.deepEqual(t.shape, [3, 2]);
  assert.deepEqual(await t.toArray(), [
    [1, 4],
    [2, 5],
    [3, 6],
  ]);
  assert.deepEqual(await t.data(), new Float32Array([1, 4, 2, 5, 3, 6]));
});

test("results are instances of Tensor", async () => {
  assert.ok(tensor([1]) instanceof Tensor);
  assert.ok((await ops.zeros([2])) instanceof Tensor);
});

test("a large tensor comes back whole", async () => {
  const data = Float32Array.from({ length: 1 << 20 }, (_, i) => i);
  const sum = await tensor(data, [1024, 1024]).add(1);
  const back = await sum.data();
  assert.equal(back.length, data.length);
  for (let i = 0; i < data.length; i += 4099) assert.equal(back[i], i + 1);
});
