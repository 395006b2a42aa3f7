// SPDX-License-Identifier: Apache-2.0
// Bad input is refused with a named error that tells what was wrong, and everything goes on working.
import assert from "node:assert/strict";
import { afterEach, before, test } from "node:test";

import { call, isVtError, loadPlugin, memory, ops, Tensor, tensor } from "vt-node";

import { loadFixture, rejectsWith, root, throwsWith } from "./support.js";

before(loadFixture);

const x = tensor([1, 2, 3]);

afterEach(async () => {
  assert.deepEqual(await x.toArray(), [1, 2, 3]);
  assert.equal(memory().inFlight, 0);
});

// The signature says what the types allow; these tests pass what they do not.
const make = tensor as (data: unknown, options?: unknown) => Tensor;

test("data of another type", () => {
  for (const data of [undefined, null, "12", {}, Symbol("s"), () => 1, new Map()]) {
    throwsWith(TypeError, "ERR_VT_TYPE", /expected numbers/, () => make(data));
  }
  throwsWith(TypeError, "ERR_VT_TYPE", /DataView/, () => make(new DataView(new ArrayBuffer(8))));
  throwsWith(TypeError, "ERR_VT_TYPE", /expected numbers for float32: got string/, () => make([1, "2"]));
});

test("ragged and over-deep nesting", () => {
  for (const data of [
    [[1, 2], [3]],
    [[1], 2],
    [1, [2]],
    [
      [1, 2],
      [3, 4, 5],
    ],
  ]) {
    throwsWith(RangeError, "ERR_VT_SHAPE", /ragged/, () => make(data));
  }
  let deep: unknown = 1;
  for (let i = 0; i < 65; ++i) deep = [deep];
  throwsWith(RangeError, "ERR_VT_SHAPE", /deeper than 64/, () => make(deep));
  const cycle: unknown[] = [];
  cycle[0] = cycle;
  throwsWith(RangeError, "ERR_VT_SHAPE", /deeper than 64/, () => make(cycle));
});

test("numbers that do not fit the dtype", () => {
  const rows = [
    [300, "uint8"],
    [-1, "uint8"],
    [1.5, "int32"],
    [NaN, "int32"],
    [Infinity, "int16"],
    [2 ** 31, "int32"],
    [2n ** 63n, "int64"],
    [-1n, "uint64"],
    [2n ** 64n, "uint64"],
    [2 ** 53, "int64"],
    [0.5, "int64"],
  ] as const;
  for (const [number, dtype] of rows) {
    throwsWith(RangeError, "ERR_VT_OVERFLOW", new RegExp(`got ${number}, expected ${dtype}`), () =>
      make([number], { dtype }),
    );
  }
});

test("shapes that are none", () => {
  const data = new Float32Array(4);
  for (const size of [NaN, -1, 1.5, Infinity, 2 ** 60, 2n ** 70n]) {
    throwsWith(RangeError, "ERR_VT_VALUE", /shape\[1\] is no size/, () => make(data, [4, size]));
  }
  for (const size of ["4", null, undefined, {}, x]) {
    throwsWith(TypeError, "ERR_VT_TYPE", /shape\[0\] is no size/, () => make(data, { shape: [size] }));
  }
  throwsWith(TypeError, "ERR_VT_TYPE", /shape must be an array/, () => make(data, { shape: "4" }));
  throwsWith(TypeError, "ERR_VT_TYPE", /shape must be an array/, () => make(data, { shape: { length: 1, 0: 4 } }));
});

test("elements that do not fill the shape", () => {
  const data = new Float32Array(4);
  for (const shape of [[3], [], [5], [0], [2, 3], [2 ** 32, 2 ** 32], [2 ** 31, 2 ** 33]]) {
    throwsWith(RangeError, "ERR_VT_SHAPE", /do not fill the shape: got 4 numbers/, () => make(data, shape));
  }
  throwsWith(RangeError, "ERR_VT_SHAPE", /of pairs/, () => make(new Float32Array(3), { dtype: "complex64" }));
  throwsWith(RangeError, "ERR_VT_VALUE", /ndim|dimensions|rank/i, () =>
    make(new Float32Array(1), new Array(65).fill(1)),
  );
});

test("unknown dtypes and devices", async () => {
  throwsWith(TypeError, "ERR_VT_DTYPE", /unknown dtype: got 'float31'/, () => make([1], { dtype: "float31" }));
  throwsWith(TypeError, "ERR_VT_TYPE", /dtype must be a string: got number 5/, () =>
    make(new Uint8Array(1), { dtype: 5 }),
  );
  assert.throws(() => make([1], { device: "toaster:0" }), isVtError);
  assert.throws(() => make([1], { device: "cpu:99" }), isVtError);
  throwsWith(TypeError, "ERR_VT_TYPE", /requiresGrad must be a boolean/, () => make([1], { requiresGrad: 1 }));
  await rejectsWith(TypeError, "ERR_VT_DTYPE", /sum: unknown dtype: got 'f32'/, call("sum", [x], { dtype: "f32" }));
});

test("a detached buffer", () => {
  const array = new Float32Array([1, 2]);
  structuredClone(array.buffer, { transfer: [array.buffer] });
  throwsWith(TypeError, "ERR_VT_DETACHED", /detached/, () => make(array));
});

test("a buffer that is detached while the options are read", () => {
  const array = new Float32Array(1024);
  const options = {
    get requiresGrad() {
      structuredClone(array.buffer, { transfer: [array.buffer] });
      return false;
    },
  };
  throwsWith(TypeError, "ERR_VT_DETACHED", /detached/, () => make(array, options));
  const other = new Float32Array(1024);
  const shape = [1024];
  Object.defineProperty(shape, 0, {
    get() {
      structuredClone(other.buffer, { transfer: [other.buffer] });
      return 1024;
    },
  });
  throwsWith(TypeError, "ERR_VT_DETACHED", /detached/, () => make(other, shape));
});

test("resizable buffers: grown, shrunk, and shrunk below the view", async () => {
  type Resizable = ArrayBuffer & { resize(bytes: number): void };
  const Buffer = ArrayBuffer as unknown as new (bytes: number, options: { maxByteLength: number }) => Resizable;
  const buffer = new Buffer(8, { maxByteLength: 64 });
  const tracking = new Float32Array(buffer);
  const fixed = new Float32Array(buffer, 4, 1);
  tracking.set([1, 2]);
  buffer.resize(16);
  assert.deepEqual(await make(tracking).toArray(), [1, 2, 0, 0]);
  assert.deepEqual(await make(fixed).toArray(), [2]);
  buffer.resize(4);
  assert.deepEqual(await make(tracking).toArray(), [1]);
  throwsWith(TypeError, "ERR_VT_DETACHED", /lies outside its buffer/, () => make(fixed));
});

test("growable shared memory", async () => {
  type Growable = SharedArrayBuffer & { grow(bytes: number): void };
  const Shared = SharedArrayBuffer as unknown as new (bytes: number, options: { maxByteLength: number }) => Growable;
  const buffer = new Shared(4, { maxByteLength: 64 });
  const tracking = new Uint8Array(buffer);
  buffer.grow(6);
  assert.deepEqual(await make(tracking).toArray(), [0, 0, 0, 0, 0, 0]);
});

test("a BigInt out of range", async () => {
  await rejectsWith(RangeError, "ERR_VT_OVERFLOW", /out of the range/, call("add", [x, 2n ** 64n]));
  await rejectsWith(RangeError, "ERR_VT_OVERFLOW", /out of the range/, call("add", [x, -(2n ** 63n) - 1n]));
  await rejectsWith(RangeError, "ERR_VT_OVERFLOW", /out of the range/, call("unsqueeze", [x, 2n ** 63n]));
});

test("dimensions that are no integers", async () => {
  for (const dim of [NaN, 0.5, Infinity, 2 ** 53]) {
    await rejectsWith(RangeError, "ERR_VT_VALUE", /'dim' does not fit: got number/, call("unsqueeze", [x, dim]));
    await rejectsWith(RangeError, "ERR_VT_VALUE", /'size' does not fit/, call("zeros", [[2, dim]]));
    await rejectsWith(RangeError, "ERR_VT_VALUE", /expected a safe integer/, call("sum", [x, [dim]]));
  }
  await assert.rejects(call("unsqueeze", [x, true]), /got boolean, expected integer/);
  await rejectsWith(RangeError, "ERR_VT_INDEX", /dim/i, call("unsqueeze", [x, 9]));
  await assert.rejects(ops.zeros([-1]), isVtError);
  await assert.rejects(ops.zeros([2 ** 52, 2 ** 52]), isVtError);
  await rejectsWith(RangeError, "ERR_VT_OUT_OF_MEMORY", /memory/, ops.zeros([2 ** 50]));
});

test("lists that lie", async () => {
  await rejectsWith(
    TypeError,
    "ERR_VT_TYPE",
    /got array of length 4294967295/,
    call("zeros", [new Array(2 ** 32 - 1)]),
  );
  const shrinking = [1, 2, 3];
  Object.defineProperty(shrinking, 0, {
    get() {
      shrinking.length = 1;
      return 1;
    },
  });
  await rejectsWith(TypeError, "ERR_VT_TYPE", /'size' does not fit/, call("zeros", [shrinking]));
});

test("getters and proxies that throw hand their error through", async () => {
  const thrown = new Error("from the getter");
  const options = {
    get alpha(): number {
      throw thrown;
    },
  };
  await assert.rejects(call("add", [x, x], options), (error) => error === thrown);
  const list = [2, 2];
  Object.defineProperty(list, 1, {
    get() {
      throw thrown;
    },
  });
  await assert.rejects(call("zeros", [list]), (error) => error === thrown);
  const proxy = new Proxy(
    { dtype: "int8" },
    {
      ownKeys() {
        throw thrown;
      },
    },
  );
  await assert.rejects(call("zeros", [[2]], proxy), (error) => error === thrown);
  await assert.rejects(
    call("zeros", [[2]], {
      get signal() {
        throw thrown;
      },
    }),
    (error) => error === thrown,
  );
  assert.throws(
    () =>
      make(new Float32Array(1), {
        get shape() {
          throw thrown;
        },
      }),
    (error) => error === thrown,
  );
});

test("arguments and options of the wrong type", async () => {
  const loose = call as (...args: unknown[]) => Promise<unknown>;
  await rejectsWith(TypeError, "ERR_VT_TYPE", /expected the name of an operator/, loose(5));
  await rejectsWith(TypeError, "ERR_VT_TYPE", /arguments must come as an array/, loose("add", "xx"));
  await rejectsWith(TypeError, "ERR_VT_TYPE", /options must be a plain object/, loose("add", [x, x], 5));
  await rejectsWith(TypeError, "ERR_VT_TYPE", /options must be a plain object/, loose("add", [x, x], x));
  await rejectsWith(TypeError, "ERR_VT_TYPE", /at most 64 arguments/, loose("add", new Array(65).fill(x)));
  for (const other of [Symbol("s"), () => 1, {}, [x], null]) {
    await rejectsWith(TypeError, "ERR_VT_TYPE", /'other' does not fit/, loose("add", [x, other]));
  }
  await rejectsWith(RangeError, "ERR_VT_OVERFLOW", /message/, loose("fixture_fail", [x, 1, "nul \0 inside"]));
});

test("objects that only look like tensors", async () => {
  throwsWith(
    TypeError,
    "ERR_VT_TYPE",
    /cannot be constructed directly/,
    () => new (Tensor as unknown as new () => Tensor)(),
  );
  const fake = Object.create(Tensor.prototype) as Tensor;
  throwsWith(TypeError, "ERR_VT_TYPE", /shape: expected a Tensor/, () => fake.shape);
  await assert.rejects(x.add(fake), isVtError);
  await assert.rejects(fake.data(), isVtError);
  const shape = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Tensor.prototype), "shape")?.get;
  assert.throws(() => shape?.call(5), isVtError);
  assert.throws(() => shape?.call(new Uint8Array(8)), isVtError);
});

test("plugins that cannot be loaded", () => {
  const load = loadPlugin as (path: unknown) => void;
  throwsWith(TypeError, "ERR_VT_TYPE", /expected a path/, () => load(5));
  throwsWith(Error, "ERR_VT_IMPORT", /cannot load/, () => load("/nowhere/libvt_cuda.so"));
  throwsWith(Error, "ERR_VT_IMPORT", /cannot load/, () => load(`${root}package.json`));
});

// Any value in any place: the call settles, and what it rejects with is an error of this package.
test("random arguments never crash and always settle", async () => {
  let state = 12345;
  const random = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % limit;
  };
  const leaf: (() => unknown)[] = [
    () => x,
    () => tensor([[1n, 2n]]),
    () => tensor(new Float32Array(0)),
    () => random(5) - 2,
    () => -random(100) / 7,
    () => NaN,
    () => 2n ** BigInt(random(70)),
    () => random(2) === 0,
    () => null,
    () => undefined,
    () => "cpu",
    () => "float64",
    () => "sim:0",
    () => "",
    () => ({ re: 1, im: 2 }),
    () => ({}),
    () => new Float64Array(3),
    () => Symbol("s"),
    () => new Date(0),
    () => [],
    () => Object.create(null) as unknown,
  ];
  const value = (): unknown => {
    const pick = random(leaf.length + 3);
    return pick < leaf.length ? leaf[pick]?.() : Array.from({ length: random(4) }, () => leaf[random(leaf.length)]?.());
  };
  const names = [
    "add",
    "add_",
    "mul",
    "sum",
    "zeros",
    "full",
    "arange",
    "view",
    "transpose",
    "select",
    "to",
    "as_strided",
    "expand",
  ];
  const keys = ["alpha", "out", "dtype", "device", "keepdim", "dim", "other", "size", "stray"];
  let rejected = 0;
  for (let i = 0; i < 3000; ++i) {
    const name = names[random(names.length)] as string;
    const target = name === "add_" ? tensor([1, 2, 3]) : value();
    const args = [target, ...Array.from({ length: random(4) }, value)];
    const options = Object.fromEntries(Array.from({ length: random(3) }, () => [keys[random(keys.length)], value()]));
    if (options["out"] === x) continue;
    try {
      await call(name, args, options);
    } catch (error) {
      assert.ok(isVtError(error), `${name}: ${String(error)}`);
      ++rejected;
    }
  }
  assert.ok(rejected > 1000 && rejected < 3000, `${rejected} of 3000 were rejected`);
});
