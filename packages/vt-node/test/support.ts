// SPDX-License-Identifier: Apache-2.0
// What the tests share: the plugin with odd operators, garbage collection, and assertions on error codes.
import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import type { CallOptions, DType, Generator, Scalar, Tensor, VtErrorCode } from "vt-node";
import { loadPlugin } from "vt-node";

declare module "vt-node" {
  interface Operators {
    fixtureTwice(self: Tensor, options?: CallOptions): Promise<Tensor>;
    fixtureSleep(self: Tensor, sleepMs: number, options?: CallOptions): Promise<number>;
    fixtureFail(self: Tensor, kind: number, message: string, options?: CallOptions): Promise<Tensor>;
    fixtureTags(
      self: Tensor,
      number: Scalar,
      options?: CallOptions & {
        text?: string | null;
        ratio?: number;
        bits?: boolean[];
        dtype?: DType;
        device?: string;
      },
    ): Promise<[number, number, boolean]>;
    fixtureTotal(self: Tensor, items: unknown): Promise<number>;
    fixtureLive(self: Tensor): Promise<[number, number]>;
    fixtureDraw(self: Tensor, options?: CallOptions & { generator?: Generator | null }): Promise<number>;
    fixturePresent(tensors: readonly (Tensor | null)[]): Promise<number>;
  }
}

/** The folder of the package. */
export const root = fileURLToPath(new URL("../..", import.meta.url));
export const fixturePath = `${root}build/fixtures/fixture.so`;

export function loadFixture(): void {
  loadPlugin(fixturePath);
}

// Collected objects are finalized in a later turn of the event loop.
export async function collect(): Promise<void> {
  for (let i = 0; i < 4; ++i) {
    (globalThis as { gc?: () => void }).gc?.();
    await turn();
  }
}

type ErrorClass = ErrorConstructor | TypeErrorConstructor | RangeErrorConstructor;

function matches(type: ErrorClass, code: VtErrorCode, text: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof Error);
    assert.equal((error as { code?: unknown }).code, code, error.stack);
    assert.equal(Object.getPrototypeOf(error), type.prototype);
    assert.match(error.message, text);
    return true;
  };
}

export function throwsWith(type: ErrorClass, code: VtErrorCode, text: RegExp, body: () => unknown): void {
  assert.throws(body, matches(type, code, text));
}

export function rejectsWith(
  type: ErrorClass,
  code: VtErrorCode,
  text: RegExp,
  promise: Promise<unknown>,
): Promise<void> {
  return assert.rejects(promise, matches(type, code, text));
}
