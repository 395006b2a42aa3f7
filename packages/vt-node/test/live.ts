// SPDX-License-Identifier: Apache-2.0
// Loaded before each file of tests: it must end with no more tensors, storages, graph nodes and blocks of data alive in the
// process than it began with, those that its module holds included.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { isMainThread } from "node:worker_threads";

// The runner itself and the threads that tests start have no tests of their own, and must not load the library here.
if (isMainThread && process.env.NODE_TEST_CONTEXT !== undefined) {
  const { memory, ops, tensor } = await import("vt-node");
  const { collect, loadFixture } = await import("./support.js");

  const count = async (): Promise<Map<string, number>> => {
    await collect();
    using one = tensor(0);
    const { numTensors } = memory();
    const [numSmallBlocks, numBlocks] = await ops.fixtureLive(one);
    return new Map([
      ["tensors", numTensors],
      ["small blocks", numSmallBlocks], // each tensor, storage and graph node is in one
      ["blocks of data", numBlocks],
    ]);
  };
  let atStart = new Map<string, number>();

  before(async () => {
    loadFixture();
    await count(); // what is made once
    atStart = await count();
  });

  after(async () => {
    const more = [...(await count())].map(([what, number]) => [number - (atStart.get(what) ?? 0), what] as const);
    const left = more.filter(([number]) => number > 0).map(([number, what]) => `${number} more ${what}`);
    assert.equal(left.join(", "), "", "alive at the end beyond the start");
  });
}
