// SPDX-License-Identifier: Apache-2.0
// The types say what the values are: dtype by dtype, and refuse what would be refused.
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Integers, Scalar, TypedArray } from "vt-node";
import { ops, Tensor, tensor } from "vt-node";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => undefined;

test("a typed array's dtype is known, and so is the array that comes back", async () => {
  const f = tensor(new Float32Array([1]));
  same<typeof f, Tensor<"float32">>(true);
  same<Awaited<ReturnType<typeof f.data>>, Float32Array>(true);
  const i = tensor(new BigInt64Array([1n]), [1, 1]);
  same<typeof i, Tensor<"int64">>(true);
  const item = await i.item();
  same<typeof item, bigint>(true);
  assert.equal(item, 1n);
  const u = tensor(new Uint8ClampedArray([1]));
  same<typeof u.dtype, "uint8">(true);
});

test("a named dtype decides", async () => {
  const b = tensor([1, 0], { dtype: "bool" });
  same<typeof b, Tensor<"bool">>(true);
  same<Awaited<ReturnType<typeof b.data>>, Uint8Array>(true);
  const z = tensor(new Float64Array([1, 2]), { dtype: "complex128" });
  const item = await z.item();
  same<typeof item, [re: number, im: number]>(true);
  assert.deepEqual(item, [1, 2]);
});

test("operators take and give what their schemas say", async () => {
  const x = tensor([1, 2]);
  const dims: Integers = [0];
  const factor: Scalar = { re: 1, im: 0 };
  const sum = await x.sum(dims, { keepdim: true, dtype: "float64" });
  same<typeof sum, Tensor>(true);
  assert.deepEqual(sum.shape, [1]);
  assert.equal((await x.mul(factor)).dtype, "complex64");
  assert.ok((await ops.arange(0, 4, 2)) instanceof Tensor);
  const largest = await x.max(0);
  same<typeof largest, [Tensor, Tensor]>(true);
  const halves = await x.split(1);
  same<typeof halves, Tensor[]>(true);
});

test("what the runtime refuses does not compile", async () => {
  const x = tensor([1]);
  // @ts-expect-error a string is no operand
  await assert.rejects(x.add("1"));
  // @ts-expect-error no such option
  await assert.rejects(x.add(1, { beta: 2 }));
  // @ts-expect-error the rate has no default
  await assert.rejects(ops.sgdStep_([x], [x], []));
  // @ts-expect-error the destinations are two
  await assert.rejects(x.topk(1, { out: x }));
  // @ts-expect-error not a factory
  await assert.rejects(x.neg({ requiresGrad: true }));
  // @ts-expect-error no such dtype
  assert.throws(() => tensor([1], { dtype: "float31" }));
  // @ts-expect-error the shape is an array
  assert.throws(() => tensor([1], { shape: 1 }));
  // @ts-expect-error tensors are not constructed
  assert.throws(() => new Tensor());
  const any: TypedArray = new Int8Array(1);
  assert.equal(tensor(any).dtype, "int8");
});
