// SPDX-License-Identifier: Apache-2.0
// Memory: dispose, using, garbage collection and the counts of both.
import assert from "node:assert/strict";
import { before, test } from "node:test";

import type { Tensor } from "vt-node";
import { memory, ops, tensor } from "vt-node";

import { collect, loadFixture, rejectsWith, throwsWith } from "./support.js";

before(loadFixture);

test("a disposed tensor refuses every use", async () => {
  const t = tensor([1, 2]);
  const other = tensor([1, 2]);
  assert.equal(t.disposed, false);
  t.dispose();
  assert.equal(t.disposed, true);
  throwsWith(TypeError, "ERR_VT_DISPOSED", /^shape: the tensor was disposed/, () => t.shape);
  throwsWith(TypeError, "ERR_VT_DISPOSED", /^dtype: /, () => t.dtype);
  await rejectsWith(TypeError, "ERR_VT_DISPOSED", /^data: /, t.data());
  await rejectsWith(TypeError, "ERR_VT_DISPOSED", /^add: /, t.add(1));
  await rejectsWith(TypeError, "ERR_VT_DISPOSED", /^add: /, other.add(t));
  await rejectsWith(TypeError, "ERR_VT_DISPOSED", /^add: /, ops.add(other, other, { out: t }));
  await rejectsWith(TypeError, "ERR_VT_DISPOSED", /^fixture_present: /, ops.fixturePresent([other, t]));
  t.dispose();
  assert.deepEqual(await other.toArray(), [1, 2]);
});

test("using disposes at the end of the block", async () => {
  const { numTensors } = memory();
  let seen: Tensor;
  {
    using t = tensor([1, 2]);
    using sum = await t.add(t);
    seen = sum;
    assert.equal(memory().numTensors, numTensors + 2);
    assert.deepEqual(await sum.toArray(), [2, 4]);
  }
  assert.equal(seen.disposed, true);
  assert.equal(memory().numTensors, numTensors);
});

test("calls made before dispose still see the elements", async () => {
  const t = tensor([1, 2]);
  const busy = ops.fixtureSleep(t, 20);
  const sum = t.add(t);
  const data = t.data();
  t.dispose();
  await busy;
  assert.deepEqual(await (await sum).toArray(), [2, 4]);
  assert.deepEqual(await data, new Float32Array([1, 2]));
});

test("an in-place call on a tensor disposed meanwhile settles", async () => {
  const t = tensor([1, 2]);
  const done = t.add_(1);
  t.dispose();
  assert.equal(await done, t);
  assert.equal(t.disposed, true);
});

test("bytes are counted once however many tensors share them", async () => {
  await collect();
  const before = memory();
  const t = tensor(new Float32Array(1000));
  assert.equal(memory().numBytes - before.numBytes, 4000);
  const view = await t.reshape([10, 100]);
  assert.equal(memory().numBytes - before.numBytes, 4000);
  assert.equal(memory().numTensors - before.numTensors, 2);
  view.dispose();
  t.dispose();
  assert.deepEqual([memory().numBytes, memory().numTensors], [before.numBytes, before.numTensors]);
});

test("disposed memory goes back to the allocator before the next call", async () => {
  const t = tensor([0]);
  const before = memory().processBytes;
  for (let i = 0; i < 50; ++i) {
    const large = await ops.zeros([1 << 18]);
    large.dispose();
  }
  await t.add(1).then((r) => r.dispose());
  assert.ok(memory().processBytes - before < 1 << 20, `${memory().processBytes - before} bytes stay`);
});

test("tensors that nobody holds are collected", async () => {
  await collect();
  const before = memory();
  for (let i = 0; i < 2000; ++i) await tensor([i]).add(1);
  await collect();
  assert.ok(memory().numTensors - before.numTensors < 20, `${memory().numTensors - before.numTensors} tensors stay`);
});

test("external memory makes the collector run", async () => {
  await collect();
  const before = memory().numBytes;
  let most = 0;
  for (let i = 0; i < 400; ++i) {
    await ops.zeros([1 << 18]);
    most = Math.max(most, memory().numBytes - before);
  }
  // 400 MiB were made; without the accounting nothing would have been collected.
  assert.ok(most < 300 * 2 ** 20, `${most} bytes at a time`);
});

test("no memory stays behind after many calls of every kind", async () => {
  const x = tensor(
    [
      [1, 2],
      [3, 4],
    ],
    { requiresGrad: true },
  );
  const wrong = tensor([1, 2, 3]);
  const round = async (): Promise<void> => {
    using product = await x.mul(x);
    using total = await product.sum();
    await total.backward();
    await x.setGrad(null);
    await product.data();
    await x.add(wrong).catch(() => undefined);
    const controller = new AbortController();
    const dropped = x.add(1, { signal: controller.signal });
    controller.abort();
    await dropped.then((t) => t.dispose()).catch(() => undefined);
  };
  const measure = async (rounds: number): Promise<[number, number, number]> => {
    for (let i = 0; i < rounds; ++i) await round();
    await collect();
    const { numTensors, processBytes } = memory();
    return [numTensors, processBytes, process.memoryUsage().rss];
  };
  await measure(500);
  const [tensors, bytes, rss] = await measure(1500);
  const [tensorsAfter, bytesAfter, rssAfter] = await measure(3000);
  assert.equal(tensorsAfter, tensors);
  assert.equal(bytesAfter, bytes);
  assert.ok(rssAfter - rss < 24 * 2 ** 20, `resident memory grew by ${rssAfter - rss} bytes in 3000 rounds`);
});
