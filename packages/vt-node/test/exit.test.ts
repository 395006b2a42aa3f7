// SPDX-License-Identifier: Apache-2.0
// Threads and processes that end while calls are pending, and those that must wait for them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

import { ops, tensor } from "vt-node";

import { fixturePath, loadFixture, root } from "./support.js";

before(loadFixture);

const prelude = `
import { ops, tensor, loadPlugin, memory } from ${JSON.stringify(pathToFileURL(`${root}dist/index.js`))};
loadPlugin(${JSON.stringify(fixturePath)});
const x = tensor(new Float32Array(1000), { requiresGrad: true });
`;

function runScript(body: string): { status: number | null; signal: string | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ["--input-type=module", "-e", prelude + body], {
    encoding: "utf8",
    timeout: 60000,
  });
}

function startWorker(body: string): Worker {
  const source = `import { parentPort } from "node:worker_threads";${prelude}${body}`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
}

test("the process stays alive until every promise has settled", () => {
  const done = runScript(`
ops.fixtureSleep(x, 100).then(() => console.log("slept"));
x.data().then((data) => console.log(data.length));
`);
  assert.deepEqual([done.status, done.stdout], [0, "slept\n1000\n"], done.stderr);
});

test("a process without pending calls ends by itself", () => {
  const done = runScript(`await x.add(1);`);
  assert.deepEqual([done.status, done.signal], [0, null], done.stderr);
});

test("process.exit with a running and many queued calls ends cleanly", () => {
  const done = runScript(`
for (let i = 0; i < 300; ++i) { void ops.fixtureSleep(x, 50); void x.mul(x); void x.data(); }
setTimeout(() => process.exit(3), 20);
`);
  assert.deepEqual([done.status, done.signal, done.stderr], [3, null, ""]);
});

test("an uncaught error with pending calls ends cleanly", () => {
  const done = runScript(`
for (let i = 0; i < 200; ++i) void x.mul(x);
void ops.fixtureSleep(x, 50);
throw new Error("uncaught");
`);
  assert.deepEqual([done.status, done.signal], [1, null]);
  assert.match(done.stderr, /Error: uncaught/);
});

test("a rejection that nobody handles is reported like any other", () => {
  const done = runScript(`void ops.fixtureFail(x, 12, "nobody listens");`);
  assert.equal(done.status, 1);
  assert.match(done.stderr, /nobody listens/);
  assert.match(done.stderr, /ERR_VT_SHAPE/);
});

test("a worker computes by itself", async () => {
  const worker = startWorker(`parentPort.postMessage(await (await x.add(1)).data());`);
  const exit = once(worker, "exit");
  const [data] = (await once(worker, "message")) as [Float32Array];
  assert.equal(data.length, 1000);
  assert.equal(data[7], 1);
  await exit;
});

test("workers that are terminated with pending calls leave the process whole", async () => {
  for (let i = 0; i < 6; ++i) {
    const worker = startWorker(`
for (let k = 0; k < 300; ++k) { void ops.fixtureSleep(x, 5); void x.mul(x); void x.data(); }
parentPort.postMessage("busy");
`);
    await once(worker, "message");
    await worker.terminate();
  }
  assert.deepEqual(await (await tensor([1]).add(1)).toArray(), [2]);
});

test("the library stays when the only worker that loaded it ends", () => {
  const source = `import { parentPort } from "node:worker_threads";${prelude}
const large = await ops.zeros([1 << 20]);
parentPort.postMessage("loaded");
for (;;) await large.mul(large);
`;
  const main = `
import { once } from "node:events";
import { Worker } from "node:worker_threads";
for (let i = 0; i < 4; ++i) {
  const worker = new Worker(new URL("data:text/javascript,${encodeURIComponent(source)}"));
  await once(worker, "message");
  await worker.terminate();
}
console.log("whole");
`;
  const done = spawnSync(process.execPath, ["--input-type=module", "-e", main], { encoding: "utf8", timeout: 60000 });
  assert.deepEqual([done.stdout, done.status, done.signal], ["whole\n", 0, null], done.stderr);
});

test("a worker that exits by itself with pending calls drops them", async () => {
  const worker = startWorker(`
for (let k = 0; k < 100; ++k) { void ops.fixtureSleep(x, 5); void x.mul(x); }
process.exit(7);
`);
  const [code] = (await once(worker, "exit")) as [number];
  assert.equal(code, 7);
});

test("several workers and the main thread at once", async () => {
  const workers = Array.from({ length: 3 }, () =>
    startWorker(`
let y = await x.mul(2);
for (let k = 0; k < 300; ++k) y = await y.add(1);
parentPort.postMessage((await y.data())[0]);
`),
  );
  const messages = workers.map((worker) => once(worker, "message"));
  const exits = workers.map((worker) => once(worker, "exit"));
  let sum = tensor([0]);
  for (let i = 0; i < 300; ++i) sum = (await ops.add(sum, 1)) as typeof sum;
  assert.equal(await sum.item(), 300);
  for (const message of messages) assert.deepEqual(await message, [300]);
  await Promise.all(exits);
});

test("tensors of another thread are not taken for tensors", async () => {
  const worker = startWorker(`
try { parentPort.postMessage(x); } catch (error) { parentPort.postMessage(error.name); }
`);
  const exit = once(worker, "exit");
  const [received] = (await once(worker, "message")) as [unknown];
  await exit;
  await assert.rejects(ops.add(received as never, 1), { code: "ERR_VT_TYPE" });
});
