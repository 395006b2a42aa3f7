// SPDX-License-Identifier: Apache-2.0
// Calls run beside the event loop, in order, bounded in number, and can be dropped while they wait.
import assert from "node:assert/strict";
import { before, test } from "node:test";

import { AbortError, call, configure, memory, ops, ready, tensor } from "vt-node";

import { loadFixture, rejectsWith, throwsWith } from "./support.js";

before(loadFixture);

const x = tensor([1, 2, 3]);

function limited(limit: number, body: () => Promise<void>): () => Promise<void> {
  return async () => {
    configure({ maxInFlight: limit });
    try {
      await body();
    } finally {
      configure({ maxInFlight: 1024 });
    }
  };
}

test("the event loop keeps turning during a long call", async () => {
  let ticks = 0;
  const timer = setInterval(() => ++ticks, 5);
  await ops.fixtureSleep(x, 500);
  clearInterval(timer);
  // 100 on an idle machine, none if the call ran on the event loop's thread.
  assert.ok(ticks >= 10, `${ticks} ticks in 500 ms`);
});

test("calls that are not awaited run in the order in which they were made", async () => {
  const order: number[] = [];
  const runs = await Promise.all(
    [20, 0, 10, 0].map(async (ms, i) => {
      const run = await ops.fixtureSleep(x, ms);
      order.push(i);
      return run;
    }),
  );
  assert.deepEqual(order, [0, 1, 2, 3]);
  assert.deepEqual(
    runs.map((run) => run - (runs[0] as number)),
    [0, 1, 2, 3],
  );
});

test("each call sees what the calls before it wrote", async () => {
  const t = tensor([1]);
  const reads = [t.data(), t.mul_(3).then(() => t), t.data(), t.add_(1).then(() => t), t.data()];
  const values = await Promise.all(reads);
  assert.deepEqual(
    [values[0], values[2], values[4]].map((v) => (v as Float32Array)[0]),
    [1, 3, 4],
  );
});

test(
  "a call beyond the limit rejects with ERR_VT_QUEUE_FULL, and no other does",
  limited(4, async () => {
    const waiting = Array.from({ length: 4 }, () => ops.fixtureSleep(x, 20));
    assert.equal(memory().inFlight, 4);
    await rejectsWith(Error, "ERR_VT_QUEUE_FULL", /4 calls are in flight, expected at most 4/, x.add(x));
    await rejectsWith(Error, "ERR_VT_QUEUE_FULL", /await ready\(\)/, x.data());
    await Promise.all(waiting);
    assert.equal(memory().inFlight, 0);
    assert.deepEqual(await (await x.add(x)).toArray(), [2, 4, 6]);
  }),
);

test(
  "callers that await ready() are never refused",
  limited(3, async () => {
    let most = 0;
    const caller = async (): Promise<void> => {
      await ready();
      const done = ops.fixtureSleep(x, 1);
      most = Math.max(most, memory().inFlight);
      await done;
    };
    await Promise.all(Array.from({ length: 50 }, caller));
    assert.equal(most, 3);
  }),
);

test(
  "ready() is granted to later waiters when earlier ones make no call",
  limited(2, async () => {
    await Promise.all(Array.from({ length: 20 }, () => ready()));
    await x.add(x);
  }),
);

test("the limit must be a positive integer", () => {
  for (const limit of [0, -1, 1.5, NaN, "8"]) {
    throwsWith(RangeError, "ERR_VT_VALUE", /maxInFlight/, () => configure({ maxInFlight: limit as number }));
  }
  assert.equal(memory().maxInFlight, 1024);
});

test("a queued call is dropped when its signal fires", async () => {
  const controller = new AbortController();
  const running = ops.fixtureSleep(x, 50);
  const before = tensor([1]);
  const dropped = before.add_(1, { signal: controller.signal });
  const kept = before.mul_(10);
  controller.abort(new Error("changed my mind"));
  await assert.rejects(dropped, (error: unknown) => {
    assert.ok(error instanceof AbortError);
    assert.equal(error.name, "AbortError");
    assert.equal(error.code, "ABORT_ERR");
    assert.equal((error.cause as Error).message, "changed my mind");
    return true;
  });
  await running;
  await kept;
  assert.deepEqual(await before.toArray(), [10]);
  assert.equal(memory().inFlight, 0);
});

test("a signal that has fired drops the call before it is queued", async () => {
  const t = tensor([1]);
  await assert.rejects(t.add_(1, { signal: AbortSignal.abort() }), AbortError);
  await assert.rejects(t.data({ signal: AbortSignal.abort() }), AbortError);
  assert.deepEqual(await t.toArray(), [1]);
});

test("a call that runs when its signal fires ends as usual", async () => {
  const controller = new AbortController();
  const running = ops.fixtureSleep(x, 100, { signal: controller.signal });
  setTimeout(() => controller.abort(), 30);
  assert.equal(typeof (await running), "number");
});

test("a queued read can be dropped", async () => {
  const controller = new AbortController();
  const running = ops.fixtureSleep(x, 30);
  const read = x.data({ signal: controller.signal });
  controller.abort();
  await assert.rejects(read, AbortError);
  await running;
});

test("listeners are taken off a signal that outlives its calls", async () => {
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => (++listeners, add(...args));
  signal.removeEventListener = (...args: Parameters<typeof remove>) => (--listeners, remove(...args));
  for (let i = 0; i < 20; ++i) await x.add(x, { signal });
  await assert.rejects(x.add(tensor([1, 2]), { signal }));
  assert.equal(listeners, 0);
});

test("a signal of another type is refused", async () => {
  await rejectsWith(TypeError, "ERR_VT_TYPE", /signal must be an AbortSignal/, call("add", [x, x], { signal: {} }));
});
