# SPDX-License-Identifier: Apache-2.0
"""The single checks that gradcheck consists of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import vt_core as vt

from vt_autograd._C import Function, enable_grad, grad
from vt_autograd._differences import (
    Matrix,
    as_tensors,
    by_gradients,
    by_tangents,
    coordinates,
    describe,
    directional,
    num_coordinates,
    numeric,
    pattern,
    tangents,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Check", "GradcheckError"]


class GradcheckError(RuntimeError):
    """A derivative differs from central differences."""


class _Undefined(Function):
    """Passes a tensor on, and no gradient back."""

    @staticmethod
    def forward(ctx: Any, *args: Any) -> Any:  # noqa: ARG004
        return args[0].clone()

    @staticmethod
    def backward(ctx: Any, *grads: Any) -> Any:  # noqa: ARG004
        return None


def _refuse_dtype(what: str, tensor: vt.Tensor) -> None:
    if tensor.dtype not in (vt.float64, vt.complex128):
        raise ValueError(
            f"gradcheck: {what} is {tensor.dtype}, expected float64 or complex128; differences are too coarse otherwise"
        )


class Check:
    """A function at a point, its recorded outputs, and the differences that derivatives are held against."""

    def __init__(
        self, func: Callable[..., Any], arguments: tuple[Any, ...], *, eps: float, atol: float, rtol: float
    ) -> None:
        self.func, self.arguments, self.eps, self.atol, self.rtol = func, arguments, eps, atol, rtol
        self.checked = [i for i, x in enumerate(arguments) if isinstance(x, vt.Tensor) and x.requires_grad]
        if not self.checked:
            raise ValueError("gradcheck: no input requires grad")
        self.points: dict[int, vt.Tensor] = {i: arguments[i] for i in self.checked}
        for i, x in self.points.items():
            _refuse_dtype(f"input {i}", x)
        with enable_grad():
            self.outputs = as_tensors(func(*arguments))
        for j, out in enumerate(self.outputs):
            if out.requires_grad:
                _refuse_dtype(f"output {j}", out)
        self._numeric: dict[int, list[Matrix]] = {}

    def gradients(self, fast: bool) -> None:
        """Compare gradients, every entry of the Jacobian or one product with it from both sides."""
        if fast:
            directions = self._directions()
            expected = directional(self.func, self.arguments, directions, self.eps)
            for j, out in enumerate(self.outputs):
                weights = pattern(out, 2.0)
                found = 0.0
                for i, gradient in zip(self.checked, self._gradients(j, weights)):
                    found += _inner(coordinates(gradient), coordinates(directions[i]))
                self._compare_products(j, found, _inner(coordinates(weights), expected[j]), "gradients")
            return
        for j, out in enumerate(self.outputs):
            for i, x in self.points.items():
                if num_coordinates(x):
                    self._compare(by_gradients(out, x), j, i, "")

    def tangents(self, fast: bool) -> None:
        """Compare tangents of dual numbers."""
        if fast:
            directions = self._directions()
            expected = directional(self.func, self.arguments, directions, self.eps)
            for j, found in enumerate(tangents(self.func, self.arguments, directions)):
                weights = coordinates(pattern(self.outputs[j], 2.0))
                self._compare_products(j, _inner(weights, found), _inner(weights, expected[j]), "tangents")
            return
        for i, x in self.points.items():
            if num_coordinates(x):
                for j, found in enumerate(by_tangents(self.func, self.arguments, i)):
                    self._compare(found, j, i, "tangents: ")

    def determinism(self, tolerance: float) -> None:
        """Compare two backward passes over one graph."""
        for j, out in enumerate(self.outputs):
            weights = pattern(out, 2.0)
            for i, first, second in zip(self.checked, self._gradients(j, weights), self._gradients(j, weights)):
                distance = max((abs(a - b) for a, b in zip(coordinates(first), coordinates(second))), default=0.0)
                if distance > tolerance:
                    raise GradcheckError(
                        f"gradcheck: Backward is not reentrant: two gradients of output {j} by input {i} differ by {distance}, "
                        f"expected at most {tolerance} (nondet_tol)"
                    )

    def dtypes(self) -> None:
        """Hold the dtypes of gradients against those of inputs."""
        for j, out in enumerate(self.outputs):
            for i, gradient in zip(self.checked, self._gradients(j, pattern(out, 2.0))):
                if gradient.dtype != self.points[i].dtype:
                    raise GradcheckError(
                        f"gradcheck: Gradient has dtype mismatch: got {gradient.dtype} of output {j} by input {i}, expected "
                        f"{self.points[i].dtype}"
                    )

    def undefined_gradients(self) -> None:
        """Run backwards in which one output, or every one, has no gradient."""
        kept = [out for out in self.outputs if out.requires_grad]
        for missing in [set(range(len(kept))), *({k} for k in range(len(kept)) if len(kept) > 1)]:
            with enable_grad():
                outputs = [_Undefined.apply(out) if k in missing else out for k, out in enumerate(kept)]
            weights = [pattern(out, 2.0) for out in outputs]
            found = self._of(outputs, weights) if outputs else ()
            rest = [k for k in range(len(kept)) if k not in missing]
            expected = self._of([kept[k] for k in rest], [weights[k] for k in rest]) if rest else ()
            for place, gradient in enumerate(found):
                values = coordinates(gradient)
                wanted = coordinates(expected[place]) if rest else [0.0] * len(values)
                if any(not self._agree(a, b) for a, b in zip(values, wanted)):
                    raise GradcheckError(
                        "gradcheck: Expected backward function to handle undefined output grads: the gradient of input "
                        f"{self.checked[place]} is another when {len(missing)} of {len(kept)} outputs have none"
                    )

    def batches(self) -> None:
        """Compare a batch of gradients with its entries one by one."""
        for j, out in enumerate(self.outputs):
            if not out.requires_grad:
                continue
            entries = [pattern(out, 2.0), pattern(out, 3.0)]
            batch = grad(
                out,
                list(self.points.values()),
                vt.ops.stack(entries),
                retain_graph=True,
                is_grads_batched=True,
                materialize_grads=True,
            )
            for k, weights in enumerate(entries):
                for i, found, expected in zip(self.checked, batch, self._gradients(j, weights)):
                    if any(not self._agree(a, b) for a, b in zip(coordinates(found[k]), coordinates(expected))):
                        raise GradcheckError(
                            f"gradcheck: output {j} by input {i}: entry {k} of a batch of gradients differs from its gradient"
                        )

    def _directions(self) -> dict[int, vt.Tensor]:
        return {i: pattern(x, 1.0 + i) for i, x in self.points.items()}

    def _gradients(self, output: int, weights: vt.Tensor) -> tuple[vt.Tensor, ...]:
        return self._of([self.outputs[output]], [weights])

    def _of(self, outputs: list[vt.Tensor], weights: list[vt.Tensor]) -> tuple[vt.Tensor, ...]:
        pairs = [(out, w) for out, w in zip(outputs, weights) if out.requires_grad]
        points = list(self.points.values())
        if not pairs:
            return tuple(vt.ops.zeros_like(x) for x in points)
        return grad([o for o, _ in pairs], points, [w for _, w in pairs], retain_graph=True, materialize_grads=True)

    def _agree(self, value: float, expected: float) -> bool:
        return abs(value - expected) <= self.atol + self.rtol * abs(expected)

    def _compare_products(self, output: int, value: float, expected: float, what: str) -> None:
        if not self._agree(value, expected):
            raise GradcheckError(
                f"gradcheck: output {output}: {what}: got the product {value}, expected {expected} by central differences; "
                "without fast_mode the entry is named"
            )

    def _compare(self, found: Matrix, output: int, index: int, what: str) -> None:
        if index not in self._numeric:
            self._numeric[index] = numeric(self.func, self.arguments, index, self.eps)
        expected = self._numeric[index][output]
        for j, (row, wanted) in enumerate(zip(found, expected, strict=True)):
            for i, (value, number) in enumerate(zip(row, wanted)):
                if not self._agree(value, number):
                    raise GradcheckError(
                        f"gradcheck: output {output} by input {index}: {what}{describe(self.outputs[output], j)} by "
                        f"{describe(self.points[index], i)}: got {value}, expected {number} by central differences"
                    )


def _inner(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b))
