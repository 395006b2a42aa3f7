// SPDX-License-Identifier: Apache-2.0
// Errors as callers tell them apart: by `code`.

/** What went wrong. `TypeError`, `RangeError` and `Error` are used as Node.js uses them. */
export type VtErrorCode =
  | "ERR_VT_RUNTIME"
  | "ERR_VT_VALUE"
  | "ERR_VT_TYPE"
  | "ERR_VT_INDEX"
  | "ERR_VT_NOT_IMPLEMENTED"
  | "ERR_VT_OUT_OF_MEMORY"
  | "ERR_VT_BUFFER"
  | "ERR_VT_OVERFLOW"
  | "ERR_VT_IMPORT"
  | "ERR_VT_IO"
  | "ERR_VT_DEVICE"
  | "ERR_VT_SHAPE"
  | "ERR_VT_DTYPE"
  | "ERR_VT_DEVICE_MISMATCH"
  | "ERR_VT_MISSING_KERNEL"
  | "ERR_VT_FILE_FORMAT"
  | "ERR_VT_TIMEOUT"
  | "ERR_VT_ABORTED"
  | "ERR_VT_LINALG"
  | "ERR_VT_DISPOSED"
  | "ERR_VT_DETACHED"
  | "ERR_VT_QUEUE_FULL"
  | "ERR_VT_PLATFORM";

/** An error of this package. */
export interface VtError extends Error {
  readonly code: VtErrorCode;
}

/** Whether `error` comes from this package, and so has a {@link VtErrorCode}. */
export function isVtError(error: unknown): error is VtError {
  return error instanceof Error && String((error as { code?: unknown }).code).startsWith("ERR_VT_");
}

/** A call was dropped because its `AbortSignal` fired; `cause` is the signal's reason. */
export class AbortError extends Error {
  readonly code = "ABORT_ERR";
  override readonly name = "AbortError";

  constructor(reason: unknown) {
    super("The operation was aborted", { cause: reason });
  }
}

/** An error of this package, made outside the addon. */
export function makeError(
  type: ErrorConstructor | TypeErrorConstructor | RangeErrorConstructor,
  code: VtErrorCode,
  message: string,
): VtError {
  return Object.assign(new type(message), { code });
}
