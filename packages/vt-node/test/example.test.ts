// SPDX-License-Identifier: Apache-2.0
// The example program: it learns to read digits, and says in one sentence what is wrong with its input.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { root } from "./support.js";

function run(...options: string[]): { status: number | null; out: string; error: string } {
  const done = spawnSync(process.execPath, [join(root, "examples", "digits.mjs"), ...options], { encoding: "utf8" });
  return { status: done.status, out: done.stdout, error: done.stderr };
}

/** IDX files of `count` images of 4 by 4 pixels, whose class is the brightest of the first ten. */
function writeMnist(folder: string, count: number): void {
  for (const name of ["train", "t10k"]) {
    const images = Buffer.alloc(16 + count * 16);
    const labels = Buffer.alloc(8 + count);
    [2051, count, 4, 4].forEach((value, i) => images.writeUInt32BE(value, 4 * i));
    [2049, count].forEach((value, i) => labels.writeUInt32BE(value, 4 * i));
    for (let i = 0; i < count; i++) {
      images[16 + 16 * i + (i % 10)] = 255;
      labels[8 + i] = i % 10;
    }
    writeFileSync(join(folder, `${name}-images-idx3-ubyte`), images);
    writeFileSync(join(folder, `${name}-labels-idx1-ubyte`), labels);
  }
}

test("it reads digits after some epochs, the same way each time", () => {
  const { status, out, error } = run("--epochs", "6");
  assert.equal(status, 0, error);
  const right = Number(/([\d.]+) % of 360 test images right/.exec(out)?.[1]);
  assert.ok(right > 90, out);
  assert.equal(run("--epochs", "6").out, out);
});

test("it reads IDX files", () => {
  const folder = mkdtempSync(join(tmpdir(), "vt-mnist-"));
  try {
    writeMnist(folder, 640);
    const { status, out, error } = run("--mnist", folder, "--epochs", "20");
    assert.equal(status, 0, error);
    assert.match(out, /100\.0 % of 640 test images right/);
    writeFileSync(join(folder, "t10k-labels-idx1-ubyte"), Buffer.alloc(5));
    assert.match(run("--mnist", folder).error, /^error: .*not an IDX file of this kind\n$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
  assert.match(run("--mnist", folder).error, /^error: .*there is no such file\n$/);
});
