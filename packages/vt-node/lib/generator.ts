// SPDX-License-Identifier: Apache-2.0
// Generator: a stream of random numbers of its own.
import { native } from "./native.js";

/**
 * A stream of random numbers (Philox 4x32-10) for operators that take a `generator`. The same seed gives the same numbers on
 * every device and number of threads. Operators that are given none use the default generator of their device.
 */
export class Generator extends native.Generator {
  // Told apart from other objects by the compiler too.
  declare private readonly brand: never;

  /**
   * @param seed - from 0 to 2^64 - 1.
   * @param device - whose operators will use it; `"cpu"` by default.
   */
  constructor(seed: number | bigint, device?: string) {
    super(seed, device);
  }
}
