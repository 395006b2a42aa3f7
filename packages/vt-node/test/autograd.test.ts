// SPDX-License-Identifier: Apache-2.0
// Gradients through the bundled libvt_autograd, and what happens without it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";

import { AbortError, isVtError, memory, noGrad, ops, plugins, tensor } from "vt-node";

import { loadFixture, rejectsWith, root, throwsWith } from "./support.js";

before(loadFixture);

test("the gradient of sum(x * x) is 2x", async () => {
  const x = tensor(
    [
      [1, -2],
      [3, 4],
    ],
    { requiresGrad: true },
  );
  assert.equal(x.requiresGrad, true);
  assert.equal(x.isLeaf, true);
  const loss = await (await x.mul(x)).sum();
  assert.equal(loss.requiresGrad, true);
  assert.equal(loss.isLeaf, false);
  assert.equal(await loss.item(), 30);
  assert.equal(await x.grad(), null);
  await loss.backward();
  assert.deepEqual(await (await x.grad())?.toArray(), [
    [2, -4],
    [6, 8],
  ]);
});

test("gradients accumulate until they are cleared", async () => {
  const x = tensor([3], { requiresGrad: true });
  for (const expected of [6, 12]) {
    await (await (await x.mul(x)).sum()).backward();
    assert.deepEqual(await (await x.grad())?.toArray(), [expected]);
  }
  assert.equal(await x.setGrad(null), x);
  assert.equal(await x.grad(), null);
  await x.setGrad(tensor([5]));
  assert.deepEqual(await (await x.grad())?.toArray(), [5]);
});

test("backward takes a gradient, inputs and createGraph", async () => {
  const x = tensor([2], { requiresGrad: true });
  const y = tensor([5], { requiresGrad: true });
  const product = await (await x.mul(x)).mul(y);
  await product.backward({ gradient: tensor([10]), inputs: [x], retainGraph: true });
  assert.deepEqual(await (await x.grad())?.toArray(), [200]);
  assert.equal(await y.grad(), null);
  await x.setGrad(null);
  await product.backward({ createGraph: true });
  const first = await x.grad();
  assert.deepEqual(await first?.toArray(), [20]);
  assert.equal(first?.requiresGrad, true);
  await x.setGrad(null);
  await y.setGrad(null);
});

test("nothing is recorded inside noGrad, across awaits too", async () => {
  const x = tensor([1], { requiresGrad: true });
  await noGrad(async () => {
    assert.equal((await x.mul(x)).requiresGrad, false);
    await new Promise((resolve) => setTimeout(resolve, 1));
    assert.equal((await x.mul(x)).requiresGrad, false);
  });
  const inside = noGrad(() => x.mul(x));
  assert.equal((await x.mul(x)).requiresGrad, true);
  assert.equal((await inside).requiresGrad, false);
});

test("setRequiresGrad starts and ends recording", async () => {
  const x = tensor([1]);
  assert.equal(await x.setRequiresGrad(true), x);
  assert.equal(x.requiresGrad, true);
  assert.equal((await x.mul(x)).requiresGrad, true);
  await x.setRequiresGrad(false);
  assert.equal(x.requiresGrad, false);
});

test("an in-place call shows the new state of its tensor", async () => {
  const x = tensor([1], { requiresGrad: true });
  const y = tensor([1]);
  await y.add_(x);
  assert.equal(y.requiresGrad, true);
  assert.equal(y.isLeaf, false);
});

test("what has no gradient says so", async () => {
  const x = tensor([1, 2], { requiresGrad: true });
  await assert.rejects(
    x.mul(x).then((y) => y.backward()),
    isVtError,
  );
  await assert.rejects(tensor([1]).backward(), isVtError);
  await assert.rejects(x.setGrad(tensor([1, 2, 3])), isVtError);
  assert.throws(() => tensor([1, 2], { dtype: "int32", requiresGrad: true }), isVtError);
  const loss = await (await x.mul(x)).sum();
  await loss.backward();
  await assert.rejects(loss.backward(), isVtError);
  const bad = { gradient: 5, inputs: "x" } as unknown as { gradient: never };
  await rejectsWith(TypeError, "ERR_VT_TYPE", /gradient: expected a Tensor/, loss.backward(bad));
});

test("a queued backward can be dropped", async () => {
  const x = tensor([1], { requiresGrad: true });
  const loss = await (await x.mul(x)).sum();
  await assert.rejects(loss.backward({ signal: AbortSignal.abort() }), AbortError);
  assert.equal(await x.grad(), null);
  await loss.backward();
});

test("a long graph is freed on the dispatcher's thread", async () => {
  const x = tensor([1], { requiresGrad: true });
  let y = await x.mul(x);
  for (let i = 0; i < 2000; ++i) {
    const next = await y.mul(x);
    y.dispose();
    y = next;
  }
  const busy = [ops.fixtureSleep(x, 0), ops.fixtureSleep(x, 50)];
  await busy[0]; // from here on the dispatcher sleeps
  const { processBytes } = memory();
  y.dispose();
  assert.equal(memory().processBytes, processBytes);
  await busy[1];
  await x.data();
  assert.ok(memory().processBytes < processBytes - 4 * 1000, "the graph was not freed");
});

test("without the plugin operators run, and gradients name what is missing", () => {
  const folder = mkdtempSync(join(tmpdir(), "vt-node-"));
  try {
    cpSync(join(root, "dist"), join(folder, "dist"), { recursive: true });
    cpSync(join(root, "prebuilds"), join(folder, "prebuilds"), {
      recursive: true,
      filter: (path) => !path.endsWith("libvt_autograd.so"),
    });
    cpSync(join(root, "package.json"), join(folder, "package.json"));
    const script = `
import { plugins, tensor } from "./dist/index.js";
const x = tensor([1, 2]);
const codes = [];
try { tensor([1], { requiresGrad: true }); } catch (error) { codes.push(error.code, error.message); }
for (const use of [x.backward(), x.grad(), x.setGrad(x), x.setRequiresGrad(true)])
  await use.catch((error) => codes.push(error.code));
console.log(JSON.stringify({ sum: await (await x.add(x)).toArray(), codes, plugins: plugins().map(({ name }) => name) }));
`;
    writeFileSync(join(folder, "use.mjs"), script);
    const seen = JSON.parse(execFileSync(process.execPath, ["use.mjs"], { cwd: folder, encoding: "utf8" })) as {
      sum: number[];
      codes: string[];
      plugins: string[];
    };
    assert.deepEqual(seen.sum, [2, 4]);
    assert.deepEqual(seen.plugins, ["vt-core"]);
    assert.match(seen.codes.splice(1, 1)[0] as string, /no automatic differentiation is loaded.*loadPlugin/);
    assert.deepEqual(seen.codes, new Array(5).fill("ERR_VT_IMPORT"));
  } finally {
    rmSync(folder, { recursive: true });
  }
  assert.ok(plugins().some(({ name }) => name === "autograd"));
  throwsWith(TypeError, "ERR_VT_TYPE", /requiresGrad must be a boolean/, () =>
    tensor([1], { requiresGrad: "yes" as unknown as boolean }),
  );
});
