// SPDX-License-Identifier: Apache-2.0
// Calling operators: by name, as functions of `ops`, as methods of `Tensor`; cancelling and bounding what is in flight.
import { AsyncLocalStorage } from "node:async_hooks";

import { AbortError, isVtError, makeError } from "./errors.js";
import type { MemoryInfo, PluginInfo } from "./native.js";
import { native } from "./native.js";
import type { Operators } from "./operators.js";

// Note [Order]
// The calls of a thread run one after another, in the order in which they were made, whether or not they are awaited. A
// call takes hold of its arguments when it is made: arrays are copied, and a tensor may be disposed at once afterwards.

/** Options of every call. */
export interface CallOptions {
  /**
   * Drops the call while it still waits for earlier ones; its promise then rejects with an {@link AbortError}. A call that
   * already runs ends as if the signal had not fired.
   */
  signal?: AbortSignal | undefined;
}

const gradMode = new AsyncLocalStorage<boolean>();
let lastTicket = 0;

/**
 * Runs `body` with recording for automatic differentiation turned off, in everything that it awaits too.
 *
 * @returns what `body` returns.
 */
export function noGrad<T>(body: () => T): T {
  return gradMode.run(false, body);
}

/** Makes a call that the options' signal can cancel. `start` is called before this function returns. */
export async function cancellable<T>(options: object | undefined, start: (ticket: number) => Promise<T>): Promise<T> {
  try {
    const signal: unknown = (options as CallOptions | null | undefined)?.signal;
    if (signal === undefined) return await start(0);
    return await startWithSignal(signal, start);
  } catch (error) {
    // Settled from the addon, an error knows nothing of who called.
    if (isVtError(error)) Error.captureStackTrace(error, cancellable);
    throw error;
  }
}

async function startWithSignal<T>(signal: unknown, start: (ticket: number) => Promise<T>): Promise<T> {
  if (!(signal instanceof AbortSignal)) {
    throw makeError(TypeError, "ERR_VT_TYPE", `call: signal must be an AbortSignal: got ${typeof signal}`);
  }
  if (signal.aborted) throw new AbortError(signal.reason);
  lastTicket = lastTicket === 0xffffffff ? 1 : lastTicket + 1;
  const ticket = lastTicket;
  const drop = (): void => void native.cancel(ticket);
  signal.addEventListener("abort", drop, { once: true });
  try {
    return await start(ticket);
  } catch (error) {
    throw error instanceof Error && (error as { code?: unknown }).code === "ABORT_ERR"
      ? new AbortError(signal.reason)
      : error;
  } finally {
    signal.removeEventListener("abort", drop);
  }
}

/**
 * Calls an operator of the registry by its name, `"sum"`, or `"add_"` for the in-place form.
 *
 * @param name - as in the schema.
 * @param args - positional arguments.
 * @param options - the other arguments by name, in camel case; `out` for a destination; `signal`.
 * @returns the result, or an array of several. An in-place form resolves to the tensor it was given.
 */
export function call(name: string, args: readonly unknown[] = [], options?: object): Promise<unknown> {
  return cancellable(options, (ticket) => {
    const index = native.findOperator(name);
    if (index < 0)
      throw makeError(Error, "ERR_VT_NOT_IMPLEMENTED", `call: no operator is called '${name}'; load its plugin`);
    return native.callOperator(index, args, options, gradMode.getStore() ?? true, ticket);
  });
}

/** Whether the last argument of a call is its options: a plain object, unless it is a complex number. */
function isOptions(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && !("re" in value && "im" in value);
}

function callSplit(name: string, args: unknown[]): Promise<unknown> {
  const options = isOptions(args.at(-1)) ? (args.pop() as object) : undefined;
  return call(name, args, options);
}

const kFunction = 1 << 3;
const kMethod = 1 << 4;

/** Every operator of the registry that is a function, by its name in camel case. Plugins add to it. */
export const ops: Operators = Object.create(null) as Operators;

/** Offers the registry's operators as functions of `ops` and methods of `prototype`; names already there stay. */
export function installOperators(prototype: object): void {
  const define = (target: object, name: string, value: (...args: unknown[]) => Promise<unknown>): void => {
    if (name in target) return;
    Object.defineProperty(value, "name", { value: name });
    Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: target === ops });
  };
  for (const { name, jsName, overloads } of native.listOperators()) {
    const has = (flag: number): boolean => overloads.some(({ flags }) => (flags & flag) !== 0);
    if (has(kFunction)) define(ops, jsName, (...args) => callSplit(name, args));
    if (has(kMethod)) {
      define(prototype, jsName, function (this: unknown, ...args) {
        return callSplit(name, [this, ...args]);
      });
    }
  }
}

/** Resolves when a call can be made without exceeding the limit of calls in flight; waiters are served in turn. */
export function ready(): Promise<void> {
  return native.ready();
}

/** Settings of this thread. */
export interface Settings {
  /** How many calls may be unsettled at a time before further ones reject with `ERR_VT_QUEUE_FULL`; 1024 at first. */
  maxInFlight?: number;
}

/** Changes settings of this thread. */
export function configure(settings: Settings): void {
  if (settings.maxInFlight !== undefined) native.setMaxInFlight(settings.maxInFlight);
}

/** Counts of tensors, bytes and calls in flight. */
export function memory(): MemoryInfo {
  return native.memory();
}

/** The plugins of this process. */
export function plugins(): PluginInfo[] {
  return native.plugins();
}

/** Versions, instruction set, threads, devices, plugins and settings, a line each. */
export function showConfig(): string {
  return native.showConfig();
}
