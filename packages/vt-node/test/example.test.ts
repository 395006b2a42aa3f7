// SPDX-License-Identifier: Apache-2.0
// The example program: it learns to read digits, and says in one sentence what is wrong with its input.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

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
  assert.notEqual(run("--epochs", "6", "--seed", "2").out, out);
});

test("it reads IDX files", () => {
  const folder = mkdtempSync(join(tmpdir(), "vt-mnist-"));
  try {
    writeMnist(folder, 640);
    const { status, out, error } = run("--mnist", folder, "--epochs", "20");
    assert.equal(status, 0, error);
    assert.match(out, /100\.0 % of 640 test images right/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("it says in one sentence what is wrong with its input", () => {
  const folder = mkdtempSync(join(tmpdir(), "vt-mnist-"));
  const labels = join(folder, "t10k-labels-idx1-ubyte");
  const refuses = (text: RegExp, ...options: string[]): void => {
    const { status, out, error } = run(...options);
    assert.equal(status, 1, error);
    assert.equal(out, "");
    assert.match(error, /^error: [^\n]*\n$/);
    assert.match(error, text);
  };
  try {
    writeMnist(folder, 64);
    const good = readFileSync(labels);
    writeFileSync(labels, Buffer.alloc(5));
    refuses(/not an IDX file of this kind/, "--mnist", folder);
    writeFileSync(labels, good.subarray(0, 40));
    refuses(/has 40 bytes where its header says 72/, "--mnist", folder);
    const fewer = Buffer.from(good.subarray(0, 18));
    fewer.writeUInt32BE(10, 4);
    writeFileSync(labels, fewer);
    refuses(/has 10 labels for 64 images/, "--mnist", folder);
    const wild = Buffer.from(good);
    wild[20] = 10;
    writeFileSync(labels, wild);
    refuses(/a label is not from 0 to 9/, "--mnist", folder);
    rmSync(labels);
    writeFileSync(`${labels}.gz`, gzipSync(good).subarray(0, 30));
    refuses(/idx1-ubyte\.gz: cannot be read/, "--mnist", folder);
    writeFileSync(`${labels}.gz`, gzipSync(good));
    assert.equal(run("--mnist", folder, "--epochs", "1").status, 0);
    writeMnist(folder, 20);
    refuses(/too few images/, "--mnist", folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
  refuses(/there is no such file/, "--mnist", folder);
  refuses(/--epochs takes a whole number: got 'many'/, "--epochs", "many");
});
