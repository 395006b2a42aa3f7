// SPDX-License-Identifier: Apache-2.0
// Tensor: elements of one dtype in native memory, on some device, with a shape.
import type { CallOptions } from "./calls.js";
import { cancellable, installOperators } from "./calls.js";
import type { ArrayOf, DType, Element, Nested } from "./dtype.js";
import { makeError } from "./errors.js";
import type { TensorBase } from "./native.js";
import { native } from "./native.js";
import type { TensorOperators } from "./operators.js";

/** Options of {@link Tensor.backward}. */
export interface BackwardOptions extends CallOptions {
  /** Gradient of the tensor itself; ones when it has one element. */
  gradient?: Tensor;
  /** Accumulate only into these leaves. */
  inputs?: readonly Tensor[];
  /** Keep the graph for another backward. */
  retainGraph?: boolean;
  /**
   * Record the backward itself, for derivatives of higher order. A leaf and its gradient's graph then keep each other alive:
   * clear the gradient with {@link Tensor.setGrad} when it is no longer needed.
   */
  createGraph?: boolean;
}

/** The operators of the registry are methods too: see {@link TensorOperators}. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export interface Tensor<D extends DType = DType> extends TensorOperators {
  /** Element type. */
  readonly dtype: D;
  /** Sizes of the dimensions; a new array at each read. */
  readonly shape: number[];
  /** Where the elements lie: `"cpu"`, `"cuda:0"`. */
  readonly device: string;
  /** Number of elements. */
  readonly size: number;
  /** Whether operations on the tensor are recorded for {@link Tensor.backward}. */
  readonly requiresGrad: boolean;
  /** Whether no operation recorded how the tensor came about. */
  readonly isLeaf: boolean;
  /** Whether {@link Tensor.dispose} was called. */
  readonly disposed: boolean;
  /** Lets go of the elements now rather than at garbage collection. Calls that were already made still see them. */
  dispose(): void;
}

/** A tensor. Made by `tensor` and by operators, never by `new`. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export class Tensor<D extends DType = DType> extends native.TensorBase {
  private constructor() {
    super();
  }

  /** Ends the tensor at the end of a `using` declaration's block. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Copies the elements, in row-major order, into a new typed array. Waits for the device; see {@link ArrayOf}. */
  data(options?: CallOptions): Promise<ArrayOf[D]> {
    return cancellable(options, (ticket) => native.readTensor(this, ticket)) as Promise<ArrayOf[D]>;
  }

  /** Copies the elements into nested arrays: a single element for a tensor without dimensions. */
  async toArray(options?: CallOptions): Promise<Nested<Element<D>>> {
    const { shape, dtype } = this;
    return nest(await this.data(options), shape, dtype) as Nested<Element<D>>;
  }

  /** The only element of a tensor that has one. */
  async item(options?: CallOptions): Promise<Element<D>> {
    if (this.size !== 1) {
      throw makeError(
        RangeError,
        "ERR_VT_SHAPE",
        `item: expected one element: got the shape [${this.shape.join(", ")}]`,
      );
    }
    const { dtype } = this;
    return nest(await this.data(options), [], dtype) as Element<D>;
  }

  /**
   * Computes the gradients of this tensor with respect to the leaves that require them and adds them to theirs.
   *
   * Rejects with `ERR_VT_IMPORT` when no plugin for automatic differentiation is loaded.
   */
  backward(options: BackwardOptions = {}): Promise<void> {
    const flags = (options.retainGraph || options.createGraph ? 1 : 0) | (options.createGraph ? 2 : 0);
    return cancellable(options, (ticket) => native.backward(this, options.gradient, options.inputs, flags, ticket));
  }

  /** The accumulated gradient, or null when there is none. */
  grad(): Promise<Tensor<D> | null> {
    return cancellable(undefined, () => native.grad(this)) as Promise<Tensor<D> | null>;
  }

  /** Replaces the accumulated gradient; null clears it. */
  setGrad(grad: Tensor | null): Promise<this> {
    return cancellable(undefined, () => native.setGrad(this, grad)) as Promise<unknown> as Promise<this>;
  }

  /** Starts or ends recording for this leaf. */
  setRequiresGrad(enabled: boolean): Promise<this> {
    return cancellable(undefined, () => native.setRequiresGrad(this, enabled)) as Promise<unknown> as Promise<this>;
  }
}

native.setTensorClass(Tensor as unknown as new () => TensorBase);
installOperators(Tensor.prototype);

/**
 * Loads a plugin into the process. Its operators can be called when this returns, here and in every worker; in this thread
 * they are also offered by `ops` and as methods.
 *
 * @param path - of the shared library, such as vt-cuda's `libvt_cuda.so`.
 */
export function loadPlugin(path: string): void {
  native.loadPlugin(path);
  installOperators(Tensor.prototype);
}

type Read = (index: number) => unknown;

function reader(data: ArrayOf[DType], dtype: DType): Read {
  if (dtype === "bool") return (i) => data[i] !== 0;
  if (dtype === "complex64" || dtype === "complex128") return (i) => [data[2 * i], data[2 * i + 1]];
  return (i) => data[i];
}

function nest(data: ArrayOf[DType], shape: readonly number[], dtype: DType): unknown {
  const read = reader(data, dtype);
  let next = 0;
  const level = (dim: number): unknown =>
    dim === shape.length ? read(next++) : Array.from({ length: shape[dim] as number }, () => level(dim + 1));
  return level(0);
}
