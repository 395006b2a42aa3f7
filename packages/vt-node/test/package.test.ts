// SPDX-License-Identifier: Apache-2.0
// What is published: files, exports of the addon, declared types against the registry.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import * as vt from "vt-node";

import { root } from "./support.js";

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, unknown>;

test("the declared operators are those of the registry", () => {
  execFileSync(process.execPath, ["scripts/declare_ops.mjs", "--check"], { cwd: root, stdio: "pipe" });
});

test("nothing runs and nothing is fetched at installation", () => {
  const scripts = Object.keys(manifest["scripts"] as object);
  assert.deepEqual(
    scripts.filter((name) => /install|prepare/.test(name)),
    [],
  );
  assert.equal(manifest["dependencies"], undefined);
});

test("the package holds the face, its types, the native libraries and the example, and nothing else", () => {
  const out = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts", "--silent"], {
    cwd: root,
    encoding: "utf8",
  });
  const [listing] = JSON.parse(out) as [{ files: { path: string }[]; unpackedSize: number }];
  const paths = listing.files.map(({ path }) => path);
  for (const path of [
    "dist/index.js",
    "dist/index.d.ts",
    "README.md",
    "examples/digits.mjs",
    "examples/digits.csv.gz",
    "prebuilds/linux-x64/vt_node.node",
    "prebuilds/linux-x64/libvt_core.so.1",
  ]) {
    assert.ok(paths.includes(path), path);
  }
  assert.deepEqual(
    paths.filter((path) => !/^(dist|examples|prebuilds)\/|^(README|CHANGELOG)\.md$|^package\.json$/.test(path)),
    [],
  );
  assert.ok(listing.unpackedSize < 45e6, `${listing.unpackedSize} bytes`);
});

test("the addon exports its entry points alone", () => {
  const out = execFileSync("nm", ["-D", "--defined-only", "prebuilds/linux-x64/vt_node.node"], {
    cwd: root,
    encoding: "utf8",
  });
  const names = out
    .trim()
    .split("\n")
    .map((line) => line.split(" ").at(-1));
  assert.deepEqual(names.sort(), ["napi_register_module_v1", "node_api_module_get_api_version_v1"]);
});

test("the lock file names no registry", () => {
  assert.doesNotMatch(readFileSync(join(root, "package-lock.json"), "utf8"), /https?:/);
});

test("the public face is as documented", () => {
  assert.deepEqual(Object.keys(vt).sort(), [
    "AbortError",
    "Generator",
    "Tensor",
    "call",
    "configure",
    "isVtError",
    "loadPlugin",
    "memory",
    "noGrad",
    "ops",
    "plugins",
    "ready",
    "showConfig",
    "tensor",
  ]);
  const readme = readFileSync(join(root, "README.md"), "utf8");
  for (const name of Object.keys(vt)) assert.ok(readme.includes(name), `README.md does not mention ${name}`);
});
