// SPDX-License-Identifier: Apache-2.0
// Calling operators: overloads, options, scalars, in-place and out forms, every kind of argument and result.
import assert from "node:assert/strict";
import { before, test } from "node:test";

import { call, Generator, ops, plugins, showConfig, tensor } from "vt-node";

import { loadFixture, rejectsWith, throwsWith } from "./support.js";

before(loadFixture);

const x = tensor([
  [1, 2],
  [3, 4],
]);

// Tags of the C ABI as fixture_tags reports them.
const Tag = {
  None: 0,
  Int: 1,
  Bool: 2,
  Float: 3,
  DType: 5,
  Device: 6,
  String: 8,
  UInt64: 33,
  Complex: 34,
  BoolList: 37,
};

test("add as a method, as a function and by name", async () => {
  const expected = [
    [2, 4],
    [6, 8],
  ];
  assert.deepEqual(await (await x.add(x)).toArray(), expected);
  assert.deepEqual(await (await ops.add(x, x)).toArray(), expected);
  const called = (await call("add", [x, x])) as typeof x;
  assert.deepEqual(await called.toArray(), expected);
});

test("options name keyword arguments in camel case", async () => {
  assert.deepEqual(await (await x.add(x, { alpha: 10 })).toArray(), [
    [11, 22],
    [33, 44],
  ]);
  assert.deepEqual(await (await ops.fullLike(x, 3)).toArray(), [
    [3, 3],
    [3, 3],
  ]);
  assert.deepEqual(await ((await call("full_like", [x], { fillValue: 3 })) as typeof x).toArray(), [
    [3, 3],
    [3, 3],
  ]);
});

test("overloads are chosen by the kinds of the arguments", async () => {
  assert.equal(await (await x.sum()).item(), 10);
  assert.deepEqual(await (await x.sum([0])).toArray(), [4, 6]);
  assert.deepEqual(await (await x.sum(1, { keepdim: true })).toArray(), [[3], [7]]);
  assert.deepEqual(await (await x.sum(1, true)).toArray(), [[3], [7]]);
  assert.equal((await x.sum({ dtype: "float64" })).dtype, "float64");
  assert.equal(await ops.fixtureTotal(x, [1, 2n, 3]), 6);
  assert.equal(await ops.fixtureTotal(x, new Int32Array([1, 2])), 3);
  assert.equal(await ops.fixtureTotal(x, [0.5, 2]), 2.5);
});

test("whole numbers promote as integers, others as floats", async () => {
  const integers = tensor([1, 2], { dtype: "int32" });
  assert.equal((await integers.add(2)).dtype, "int32");
  assert.equal((await integers.add(2n)).dtype, "int32");
  assert.equal((await integers.add(2.5)).dtype, "float32");
  assert.equal((await integers.add(true)).dtype, "int32");
});

test("the in-place form returns the tensor it was given", async () => {
  const t = tensor([1, 2]);
  assert.equal(await t.add_(1), t);
  assert.equal(await t.mul_(2), t);
  assert.equal(await t.fill_(5), t);
  assert.deepEqual(await t.toArray(), [5, 5]);
  assert.equal(await t.copy_(tensor([7, 8])), t);
  assert.deepEqual(await t.toArray(), [7, 8]);
});

test("out receives the result, is resized and returned", async () => {
  const out = tensor(new Float32Array(0));
  assert.equal(await ops.add(x, x, { out }), out);
  assert.deepEqual(out.shape, [2, 2]);
  assert.deepEqual(await out.toArray(), [
    [2, 4],
    [6, 8],
  ]);
});

test("reading a tensor that an earlier, unfinished call resizes is refused", async () => {
  const out = tensor(new Float32Array(0));
  const resized = ops.add(x, x, { out });
  await rejectsWith(Error, "ERR_VT_RUNTIME", /resized by a call made before/, out.data());
  await resized;
});

test("each kind of argument arrives with its tag, each kind of result comes back", async () => {
  const tags = async (...args: Parameters<typeof ops.fixtureTags>): Promise<number[]> => {
    const [digits] = await ops.fixtureTags(...args);
    return String(digits).padStart(12, "0").match(/../g)?.map(Number) ?? [];
  };
  const rest = [Tag.None, Tag.Float, Tag.None, Tag.None, Tag.None];
  assert.deepEqual(await tags(x, 3), [Tag.Int, ...rest]);
  assert.deepEqual(await tags(x, 2n ** 63n), [Tag.UInt64, ...rest]);
  assert.deepEqual(await tags(x, 0.5), [Tag.Float, ...rest]);
  assert.deepEqual(await tags(x, -0), [Tag.Float, ...rest]);
  assert.deepEqual(await tags(x, 2 ** 60), [Tag.Float, ...rest]);
  assert.deepEqual(await tags(x, NaN), [Tag.Float, ...rest]);
  assert.deepEqual(await tags(x, true), [Tag.Bool, ...rest]);
  assert.deepEqual(await tags(x, { re: 1, im: 2 }), [Tag.Complex, ...rest]);
  assert.deepEqual(await tags(x, 1, { text: "é", bits: [true, false], dtype: "int8", device: "cpu" }), [
    Tag.Int,
    Tag.String,
    Tag.Float,
    Tag.BoolList,
    Tag.DType,
    Tag.Device,
  ]);
  assert.deepEqual(await ops.fixtureTags(x, { re: 1, im: 2.5 }, { bits: [false, true] }), [340003370000, 2.5, true]);
});

test("an optional entry of a list may be null", async () => {
  assert.equal(await ops.fixturePresent([x, null, x]), 2);
  assert.equal(await ops.fixturePresent([]), 0);
});

test("generators of one seed give the same numbers, each from the start", async () => {
  const draw = async (generator: Generator): Promise<number[]> => [
    await ops.fixtureDraw(x, { generator }),
    await ops.fixtureDraw(x, { generator }),
  ];
  const first = await draw(new Generator(7));
  assert.notEqual(first[0], first[1]);
  assert.deepEqual(await draw(new Generator(7n)), first);
  assert.notDeepEqual(await draw(new Generator(8, "cpu")), first);
  assert.notDeepEqual(await draw(new Generator(2n ** 64n - 1n)), first);
  assert.equal(typeof (await ops.fixtureDraw(x)), "number");
});

test("seeds and generators of the wrong type are refused", async () => {
  for (const seed of [-1, 1.5, NaN, 2n ** 64n, -1n]) {
    throwsWith(RangeError, "ERR_VT_VALUE", /seed must be an integer from 0/, () => new Generator(seed));
  }
  throwsWith(
    TypeError,
    "ERR_VT_TYPE",
    /seed must be an integer: got string/,
    () => new Generator("7" as unknown as number),
  );
  throwsWith(TypeError, "ERR_VT_TYPE", /device must be a string/, () => new Generator(7, 7 as unknown as string));
  assert.throws(() => new Generator(7, "toaster"));
  await rejectsWith(
    TypeError,
    "ERR_VT_TYPE",
    /expected Generator or null/,
    call("fixture_draw", [x], { generator: x }),
  );
});

test("a name in the place of a dtype or a device is taken as what it names", async () => {
  assert.equal((await x.to("float64")).dtype, "float64");
  assert.equal((await x.to("cpu", "int32")).dtype, "int32");
  await rejectsWith(TypeError, "ERR_VT_TYPE", /expected name of a device/, ops.zeros([2], { device: "float64" }));
});

test("several results come as an array, and so do lists of tensors", async () => {
  const [values, indices] = await x.max(1);
  assert.deepEqual(await values.toArray(), [2, 4]);
  assert.deepEqual(await indices.toArray(), [1n, 1n]);
  const columns = await x.split(1, { dim: 1 });
  assert.deepEqual(await Promise.all(columns.map((column) => column.toArray())), [
    [[1], [3]],
    [[2], [4]],
  ]);
  const uneven = await ops.split(tensor([1, 2, 3]), [1, 2]);
  assert.deepEqual(await Promise.all(uneven.map((part) => part.toArray())), [[1], [2, 3]]);
});

test("out takes a tensor for each of several results", async () => {
  const out = [tensor(new Float32Array(0)), tensor(new BigInt64Array(0))] as const;
  const results = await x.topk(1, { out });
  assert.equal(results[0], out[0]);
  assert.equal(results[1], out[1]);
  assert.deepEqual(await out[0].toArray(), [[2], [4]]);
  assert.deepEqual(await out[1].toArray(), [[1n], [1n]]);
  await rejectsWith(
    TypeError,
    "ERR_VT_TYPE",
    /'out' must be an array of 2 Tensors: got Tensor/,
    call("topk", [x, 1], { out: out[0] }),
  );
});

test("a result that was not asked for is null", async () => {
  const [y, mean, rstd] = await ops.nativeLayerNorm(x, [2], null, null, 1e-5);
  const gradients = await ops.nativeLayerNormBackward(y, x, [2], mean, rstd, null, null, 1);
  assert.deepEqual(gradients[0]?.shape, [2, 2]);
  assert.deepEqual(gradients.slice(1), [null, null]);
});

test("an option without a default must be given", async () => {
  const [values] = await x.sort({ stable: true, descending: true });
  assert.deepEqual(await values.toArray(), [
    [2, 1],
    [4, 3],
  ]);
  await rejectsWith(TypeError, "ERR_VT_TYPE", /'lr' is missing/, call("sgd_step_", [[x], [x], []]));
});

test("an operator that writes to a list of tensors has no result", async () => {
  const parameter = tensor([1, 2]);
  assert.equal(await ops.sgdStep_([parameter], [tensor([1, 1])], [], { lr: 0.5 }), undefined);
  assert.deepEqual(await parameter.toArray(), [0.5, 1.5]);
});

test("null among indices keeps a dimension, and an index out of range is refused", async () => {
  assert.deepEqual(await (await ops.index(x, [null, tensor([1n])])).toArray(), [[2], [4]]);
  await rejectsWith(RangeError, "ERR_VT_INDEX", /out of bounds/, ops.index(x, [tensor([2n])]));
});

test("factories take requiresGrad", async () => {
  const generator = new Generator(3);
  const weight = await ops.randn([2, 3], { generator, requiresGrad: true });
  assert.ok(weight.requiresGrad && weight.isLeaf);
  assert.equal((await ops.zerosLike(weight)).requiresGrad, false);
  assert.equal((await ops.zeros([1], { requiresGrad: false })).requiresGrad, false);
  await rejectsWith(
    TypeError,
    "ERR_VT_TYPE",
    /^zeros: requiresGrad must be a boolean: got number 1/,
    call("zeros", [[1]], { requiresGrad: 1 }),
  );
  await rejectsWith(TypeError, "ERR_VT_TYPE", /unknown option 'requiresGrad'/, call("neg", [x], { requiresGrad: true }));
  await assert.rejects(ops.zeros([1], { dtype: "int32", requiresGrad: true }), /floating point/);
});

test("a trailing undefined is as good as left out", async () => {
  assert.equal(await ((await call("sum", [x, undefined], undefined)) as typeof x).item(), 10);
});

test("no overload, an unknown option and a surplus argument say so", async () => {
  await rejectsWith(
    TypeError,
    "ERR_VT_TYPE",
    /add: argument 'other' does not fit: got string '3'/,
    call("add", [x, "3"]),
  );
  await rejectsWith(TypeError, "ERR_VT_TYPE", /no overload accepts the arguments/, call("sum", [x, "a"]));
  await rejectsWith(TypeError, "ERR_VT_TYPE", /unknown option 'beta'/, call("add", [x, x], { beta: 1 }));
  await rejectsWith(TypeError, "ERR_VT_TYPE", /too many arguments/, call("mul", [x, x, x]));
  await rejectsWith(TypeError, "ERR_VT_TYPE", /'other' is missing/, call("add", [x]));
  await rejectsWith(TypeError, "ERR_VT_TYPE", /'other' is given twice/, call("add", [x, x], { other: x }));
  await rejectsWith(TypeError, "ERR_VT_TYPE", /'out' must be a Tensor/, call("add", [x, x], { out: 3 }));
  await rejectsWith(Error, "ERR_VT_NOT_IMPLEMENTED", /no operator is called 'fold'/, call("fold", [x]));
  await rejectsWith(Error, "ERR_VT_NOT_IMPLEMENTED", /no operator is called 'sum_'/, call("sum_", [x]));
});

test("errors of the core keep their message and get class and code by kind", async () => {
  await rejectsWith(
    RangeError,
    "ERR_VT_SHAPE",
    /^add: cannot broadcast \(2, 2\) with \(3,\)/,
    x.add(tensor([1, 2, 3])),
  );
  const rows = [
    [1, Error, "ERR_VT_RUNTIME"],
    [2, RangeError, "ERR_VT_VALUE"],
    [3, TypeError, "ERR_VT_TYPE"],
    [4, RangeError, "ERR_VT_INDEX"],
    [5, Error, "ERR_VT_NOT_IMPLEMENTED"],
    [6, RangeError, "ERR_VT_OUT_OF_MEMORY"],
    [7, TypeError, "ERR_VT_BUFFER"],
    [8, RangeError, "ERR_VT_OVERFLOW"],
    [9, Error, "ERR_VT_IMPORT"],
    [10, Error, "ERR_VT_IO"],
    [11, Error, "ERR_VT_DEVICE"],
    [12, RangeError, "ERR_VT_SHAPE"],
    [13, TypeError, "ERR_VT_DTYPE"],
    [14, Error, "ERR_VT_DEVICE_MISMATCH"],
    [15, Error, "ERR_VT_MISSING_KERNEL"],
    [16, Error, "ERR_VT_FILE_FORMAT"],
    [18, Error, "ERR_VT_TIMEOUT"],
    [19, Error, "ERR_VT_ABORTED"],
    [20, Error, "ERR_VT_LINALG"],
  ] as const;
  for (const [kind, type, code] of rows)
    await rejectsWith(type, code, /^what – and why$/, ops.fixtureFail(x, kind, "what – and why"));
});

test("a rejection's stack leads to the caller", async () => {
  const caller = async (): Promise<unknown> => await x.add(tensor([1, 2, 3]));
  await assert.rejects(caller(), (error: Error) => /at async caller/.test(error.stack ?? ""));
});

test("plugins and settings are listed", () => {
  assert.ok(plugins().some(({ name, version }) => name === "fixture" && version === "1.0"));
  assert.match(showConfig(), /plugin fixture 1\.0/);
});
