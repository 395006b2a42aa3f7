// SPDX-License-Identifier: Apache-2.0
// Loads the addon of this platform and says what it offers.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import type { ArrayOf, DType, TypedArray } from "./dtype.js";
import { makeError } from "./errors.js";

/** Native half of a tensor; `Tensor` extends it. */
export interface TensorBase {
  readonly shape: number[];
  readonly dtype: DType;
  readonly device: string;
  readonly size: number;
  readonly requiresGrad: boolean;
  readonly isLeaf: boolean;
  readonly disposed: boolean;
  dispose(): void;
}

/** An argument of an operator as its schema has it; `kinds` and `flags` are the C ABI's sets. */
export interface ArgumentInfo {
  name: string;
  kinds: number;
  flags: number;
  default: number | boolean | string | null;
}

export interface OverloadInfo {
  schema: string;
  doc: string;
  flags: number;
  args: ArgumentInfo[];
  returns: { kinds: number; flags: number }[];
}

export interface OperatorInfo {
  name: string;
  jsName: string;
  inplace: boolean;
  overloads: OverloadInfo[];
}

/** A plugin that was loaded into this process. */
export interface PluginInfo {
  name: string;
  version: string;
  path: string;
}

/** Counts of memory and work; the fields named `process` cover every thread and library of the process. */
export interface MemoryInfo {
  /** Tensors of this thread that are neither disposed nor collected. */
  numTensors: number;
  /** Bytes that only those tensors keep. */
  numBytes: number;
  /** Calls that were made and have not settled. */
  inFlight: number;
  maxInFlight: number;
  processBytes: number;
  processPeakBytes: number;
  processCachedBytes: number;
}

interface Addon {
  readonly TensorBase: new () => TensorBase;
  readonly Generator: new (seed: number | bigint, device?: string) => object;
  setTensorClass(tensorClass: new () => TensorBase): void;
  createTensor(
    source: TypedArray,
    shape: readonly number[] | undefined,
    dtype: DType | undefined,
    device: string | undefined,
    requiresGrad: boolean | undefined,
  ): TensorBase;
  readTensor(tensor: TensorBase, ticket: number): Promise<ArrayOf[DType]>;
  listOperators(): OperatorInfo[];
  findOperator(name: string): number;
  callOperator(
    index: number,
    args: readonly unknown[],
    options: unknown,
    grad: boolean,
    ticket: number,
  ): Promise<unknown>;
  cancel(ticket: number): boolean;
  ready(): Promise<void>;
  setMaxInFlight(limit: number): void;
  backward(
    root: TensorBase,
    gradient: TensorBase | undefined,
    inputs: readonly TensorBase[] | undefined,
    flags: number,
    ticket: number,
  ): Promise<void>;
  grad(tensor: TensorBase): Promise<TensorBase | null>;
  setGrad(tensor: TensorBase, grad: TensorBase | null): Promise<TensorBase>;
  setRequiresGrad(tensor: TensorBase, enabled: boolean): Promise<TensorBase>;
  loadPlugin(path: string): void;
  plugins(): PluginInfo[];
  memory(): MemoryInfo;
  showConfig(): string;
}

const require = createRequire(import.meta.url);

function loadAddon(): Addon {
  const platform = `${process.platform}-${process.arch}`;
  // Written out for bundlers, which follow only constant paths.
  if (platform === "linux-x64") return require("../prebuilds/linux-x64/vt_node.node") as Addon;
  throw makeError(Error, "ERR_VT_PLATFORM", `vt-node: no build for this platform: got ${platform}, expected linux-x64`);
}

function loadBundledPlugins(addon: Addon): void {
  const autograd = fileURLToPath(
    new URL(`../prebuilds/${process.platform}-${process.arch}/libvt_autograd.so`, import.meta.url),
  );
  if (existsSync(autograd)) addon.loadPlugin(autograd);
}

export const native: Addon = loadAddon();
loadBundledPlugins(native);
