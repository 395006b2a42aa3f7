// SPDX-License-Identifier: Apache-2.0
// Writes lib/operators.ts, the types of every operator in libvt_core, from the registry's schemas; --check only compares.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const Kind = {
  Tensor: 1 << 0,
  Scalar: 1 << 1,
  Int: 1 << 2,
  Float: 1 << 3,
  Bool: 1 << 4,
  String: 1 << 5,
  DType: 1 << 6,
  Device: 1 << 7,
  IntList: 1 << 8,
  FloatList: 1 << 9,
  BoolList: 1 << 10,
  TensorList: 1 << 11,
  Generator: 1 << 12,
};
const Flag = { Optional: 1, KeywordOnly: 2, HasDefault: 4, OptionalItems: 32 };
const OpFlag = { Out: 1 << 1, Function: 1 << 3, Method: 1 << 4, Factory: 1 << 9 };

const argumentTypes = [
  [Kind.Tensor, "Tensor"],
  [Kind.Scalar, "Scalar"],
  [Kind.Int, "number | bigint"],
  [Kind.Float, "number"],
  [Kind.Bool, "boolean"],
  [Kind.String, "string"],
  [Kind.DType, "DType"],
  [Kind.Device, "string"],
  [Kind.IntList, "Integers"],
  [Kind.FloatList, "readonly number[]"],
  [Kind.BoolList, "readonly boolean[]"],
  [Kind.Generator, "Generator"],
];
const resultTypes = [
  [Kind.Tensor, "Tensor"],
  [Kind.Scalar, "number | bigint | boolean"],
  [Kind.Int, "number | bigint"],
  [Kind.Float, "number"],
  [Kind.Bool, "boolean"],
  [Kind.String, "string"],
  [Kind.IntList, "(number | bigint)[]"],
  [Kind.TensorList, "Tensor[]"],
];

const reserved = new Set(
  "await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield".split(" "),
);

function argumentType({ kinds, flags }) {
  // One integer is among the type of a list of them already.
  const named = kinds & Kind.IntList ? kinds & ~Kind.Int : kinds;
  const types = argumentTypes.filter(([kind]) => named & kind).map(([, type]) => type);
  if (kinds & Kind.TensorList)
    types.push(flags & Flag.OptionalItems ? "readonly (Tensor | null)[]" : "readonly Tensor[]");
  if (flags & Flag.Optional) types.push("null");
  return types.join(" | ");
}

function resultType(returns, inplace) {
  const types = returns.map(({ kinds, flags }) => {
    const alternatives = resultTypes.filter(([kind]) => kinds & kind).map(([, type]) => type);
    if (flags & Flag.Optional) alternatives.push("null");
    return alternatives.join(" | ");
  });
  if (inplace) return "Tensor";
  return types.length === 0 ? "undefined" : types.length === 1 ? types[0] : `[${types.join(", ")}]`;
}

// A word of the language names no parameter; as the name of an option it may stand.
const parameter = (name) => (reserved.has(name) ? `${name}_` : name);

// A destination for each result.
function outType(returns) {
  return returns.length === 1 ? "Tensor" : `readonly [${returns.map(() => "Tensor").join(", ")}]`;
}

// A call with every argument that has a default by name, and, where some may stand in their place, one with those.
function signatures(overload, inplace, isMethod) {
  const args = overload.args.filter(
    ({ kinds }) => argumentTypes.some(([kind]) => kinds & kind) || kinds & Kind.TensorList,
  );
  const positional = args.filter(({ flags }) => !(flags & Flag.KeywordOnly)).slice(isMethod ? 1 : 0);
  const required = positional.filter(({ flags }) => !(flags & Flag.HasDefault));
  const keywords = args.filter(({ flags }) => flags & Flag.KeywordOnly);
  const write = (inPlace, named) => {
    const isNeeded = ({ flags }) => !(flags & Flag.HasDefault);
    const fields = named.map((arg) =>
      isNeeded(arg) ? `${arg.name}: ${argumentType(arg)}` : `${arg.name}?: ${argumentType(arg)} | undefined`,
    );
    if (overload.flags & OpFlag.Factory) fields.push("requiresGrad?: boolean | undefined");
    if (overload.flags & OpFlag.Out && !inplace) fields.push(`out?: ${outType(overload.returns)} | undefined`);
    const type = fields.length > 0 ? `CallOptions & { ${fields.join("; ")} }` : "CallOptions";
    const list = inPlace.map((arg) => `${parameter(arg.name)}: ${argumentType(arg)}`);
    const options = named.some(isNeeded) ? `options: ${type}` : `options?: ${type}`;
    return `(${[...list, options].join(", ")}): Promise<${resultType(overload.returns, inplace)}>`;
  };
  const byName = positional.filter(({ flags }) => flags & Flag.HasDefault);
  const out = [write(required, [...byName, ...keywords])];
  for (let i = 1; i <= byName.length; ++i)
    out.push(write(positional.slice(0, required.length + i), [...byName.slice(i), ...keywords]));
  return out;
}

function member({ jsName, inplace, overloads }, isMethod) {
  const wanted = overloads.filter(({ flags }) => flags & (isMethod ? OpFlag.Method : OpFlag.Function));
  const name = jsName;
  return wanted.flatMap((overload) => [
    `  /** \`${overload.schema}\`${summary(overload.doc)} */`,
    ...signatures(overload, inplace, isMethod).map((signature) => `  ${name}${signature};`),
  ]);
}

function summary(doc) {
  const [first = ""] = doc.split("\n\n");
  return first ? ` — ${first.replaceAll("\n", " ").replaceAll("*/", "*\\/")}` : "";
}

const uses = (operators, kind) =>
  operators.some(({ overloads }) => overloads.some(({ args }) => args.some(({ kinds }) => kinds & kind)));

function declarations(operators) {
  const lines = (isMethod) => operators.flatMap((operator) => member(operator, isMethod));
  return [
    "// SPDX-License-Identifier: Apache-2.0",
    "// Types of the operators in libvt_core, written by scripts/declare_ops.mjs from their schemas.",
    'import type { CallOptions } from "./calls.js";',
    `import type { ${uses(operators, Kind.DType) ? "DType, " : ""}Scalar } from "./dtype.js";`,
    ...(uses(operators, Kind.Generator) ? ['import type { Generator } from "./generator.js";'] : []),
    'import type { Tensor } from "./tensor.js";',
    "",
    "/** A list of integers; a single one stands for a list of it. */",
    "export type Integers = readonly (number | bigint)[] | Int32Array | number | bigint;",
    "",
    "/** Operators as functions. A plugin's are there too once it is loaded; declare them by merging into this interface. */",
    "export interface Operators {",
    ...lines(false),
    "}",
    "",
    "/** Operators as methods of a tensor, which is their first argument. */",
    "export interface TensorOperators {",
    ...lines(true),
    "}",
    "",
  ].join("\n");
}

const target = fileURLToPath(new URL("../lib/operators.ts", import.meta.url));
const addon = createRequire(import.meta.url)(`../prebuilds/${process.platform}-${process.arch}/vt_node.node`);
const text = declarations(addon.listOperators());
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    console.error("lib/operators.ts does not match the registry; run `npm run declare`");
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, text);
}
