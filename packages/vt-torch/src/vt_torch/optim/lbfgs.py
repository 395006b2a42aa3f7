# SPDX-License-Identifier: Apache-2.0
"""LBFGS: the quasi-Newton method with a limited memory, its steps fixed or found by a search for the strong Wolfe conditions."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from vt_autograd import enable_grad, no_grad
from vt_core import ops

from vt_torch._tensor import Tensor
from vt_torch.optim.optimizer import Optimizer

__all__ = ["LBFGS"]


@dataclass
class _Point:
    """A place along the line: how far, the loss, its gradient, and the slope along the line."""

    t: float
    loss: float
    grad: Tensor
    slope: float


class LBFGS(Optimizer):
    """Limited-memory BFGS: Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 7.5.

    There is one group of parameters, and `step` needs a closure, which it calls several times.

    Parameters
    ----------
    params : iterable
        See `Optimizer`.
    lr : float
        The length of a step, or the first one that a line search tries.
    max_iter : int
        Iterations of one `step`.
    max_eval : int, optional
        Calls of the closure in one `step`; 5/4 of `max_iter` by default.
    tolerance_grad, tolerance_change : float
        Largest gradient, and largest change of parameters or loss, at which a step ends.
    history_size : int
        How many changes are remembered.
    line_search_fn : {"strong_wolfe"}, optional

    Raises
    ------
    ValueError
        If there is more than one group.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1,
        max_iter: int = 20,
        max_eval: int | None = None,
        tolerance_grad: float = 1e-7,
        tolerance_change: float = 1e-9,
        history_size: int = 100,
        line_search_fn: str | None = None,
    ) -> None:
        if not lr >= 0:
            raise ValueError(f"Invalid learning rate: {lr}")
        options = {
            "lr": lr,
            "max_iter": max_iter,
            "max_eval": max_iter * 5 // 4 if max_eval is None else max_eval,
            "tolerance_grad": tolerance_grad,
            "tolerance_change": tolerance_change,
            "history_size": history_size,
            "line_search_fn": line_search_fn,
        }
        super().__init__(params, options)
        if len(self.param_groups) != 1:
            raise ValueError("LBFGS doesn't support per-parameter options (parameter groups)")
        self._params: list[Tensor] = self.param_groups[0]["params"]

    def _gradient(self) -> Tensor:
        """Return all gradients as one vector."""
        parts = [ops.zeros_like(p).reshape(-1) if p.grad is None else p.grad.reshape(-1) for p in self._params]
        return ops.cat(parts)

    def _move(self, distance: float, direction: Tensor) -> None:
        begin = 0
        for parameter in self._params:
            end = begin + parameter.numel()
            parameter.add_(direction[begin:end].view(parameter.shape), alpha=distance)
            begin = end

    def _evaluate(self, closure: Callable[[], float], start: list[Tensor], direction: Tensor, t: float) -> _Point:
        """Return what is `t` along the line, leaving the parameters where they were."""
        self._move(t, direction)
        loss = closure()
        grad = self._gradient()
        for parameter, kept in zip(self._params, start, strict=True):
            parameter.copy_(kept)
        return _Point(t, loss, grad, float(ops.dot(grad, direction)))

    def step(self, closure: Callable[[], Any] | None = None) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Iterate until a tolerance or a limit is met.

        Parameters
        ----------
        closure : callable
            Clears the gradients, computes the loss, calls its ``backward`` and returns it.

        Returns
        -------
        object
            What the first call of the closure returned.
        """
        assert closure is not None, "LBFGS: step needs a closure"
        group = self.param_groups[0]
        state = self.state[self._params[0]]
        state.setdefault("func_evals", 0)
        state.setdefault("n_iter", 0)

        def measured() -> float:
            with enable_grad():
                return float(closure())

        with no_grad():
            with enable_grad():
                first = closure()
            loss = float(first)
            grad = self._gradient()
            evaluations = 1
            state["func_evals"] += 1
            if float(grad.abs().max()) <= group["tolerance_grad"]:
                return first
            memory = _Memory(state, group["history_size"])
            for iteration in range(1, group["max_iter"] + 1):
                state["n_iter"] += 1
                direction = memory.direction(grad, state["n_iter"] == 1)
                memory.grad, memory.loss = grad.clone(), loss
                lr = float(group["lr"])
                length = min(1.0, 1.0 / float(grad.abs().sum())) * lr if state["n_iter"] == 1 else lr
                slope = float(ops.dot(grad, direction))
                if slope > -group["tolerance_change"]:
                    break
                calls = 0
                if group["line_search_fn"] is None:
                    self._move(length, direction)
                    if iteration != group["max_iter"]:
                        loss = measured()
                        grad = self._gradient()
                        calls = 1
                elif group["line_search_fn"] == "strong_wolfe":
                    start = [p.clone() for p in self._params]
                    search = _WolfeSearch(
                        partial(self._evaluate, measured, start, direction),
                        _Point(0.0, loss, grad, slope),
                        float(direction.abs().max()),
                    )
                    found = search.run(length)
                    loss, grad, length, calls = found.loss, found.grad, found.t, search.calls
                    self._move(length, direction)
                else:
                    raise RuntimeError("only 'strong_wolfe' is supported")
                memory.length = length
                evaluations += calls
                state["func_evals"] += calls
                if (
                    iteration == group["max_iter"]
                    or evaluations >= group["max_eval"]
                    or float(grad.abs().max()) <= group["tolerance_grad"]
                    or float((direction * length).abs().max()) <= group["tolerance_change"]
                    or abs(loss - memory.loss) < group["tolerance_change"]
                ):
                    break
            memory.keep(state)
        return first


class _Memory:
    """The latest changes of the parameters and of the gradient, and the direction that they give."""

    def __init__(self, state: dict[str, Any], size: int) -> None:
        self.size = size
        self._direction: Tensor | None = state.get("d")
        self.length: float = state.get("t", 0.0)
        self.steps: list[Tensor] = state.get("old_stps", [])
        self.changes: list[Tensor] = state.get("old_dirs", [])
        self.inverses: list[float] = state.get("ro", [])
        self.scale: float = state.get("H_diag", 1.0)
        self.grad: Any = state.get("prev_flat_grad")
        self.loss: float = state.get("prev_loss", 0.0)

    def keep(self, state: dict[str, Any]) -> None:
        """Write everything into the optimiser's state."""
        state.update(
            d=self._direction,
            t=self.length,
            old_dirs=self.changes,
            old_stps=self.steps,
            ro=self.inverses,
            H_diag=self.scale,
            prev_flat_grad=self.grad,
            prev_loss=self.loss,
        )

    def direction(self, grad: Tensor, is_first: bool) -> Tensor:
        """Return minus the gradient times the estimate of the inverse Hessian, by two loops over the memory."""
        if is_first or self._direction is None:
            self.steps, self.changes, self.inverses, self.scale = [], [], [], 1.0
            self._direction = ops.neg(grad)
            return self._direction
        change = grad - self.grad
        step = self._direction * self.length
        curvature = float(ops.dot(change, step))
        if curvature > 1e-10:
            if len(self.changes) == self.size:
                for kept in (self.changes, self.steps, self.inverses):
                    kept.pop(0)
            self.changes.append(change)
            self.steps.append(step)
            self.inverses.append(1.0 / curvature)
            self.scale = curvature / float(ops.dot(change, change))
        q = ops.neg(grad)
        weights: list[float] = []
        for change, step, inverse in reversed(list(zip(self.changes, self.steps, self.inverses, strict=True))):
            weights.append(float(ops.dot(step, q)) * inverse)
            q = ops.add(q, change, alpha=-weights[-1])
        result = q * self.scale
        for change, step, inverse in zip(self.changes, self.steps, self.inverses, strict=True):
            beta = float(ops.dot(change, result)) * inverse
            result = ops.add(result, step, alpha=weights.pop() - beta)
        self._direction = result
        return result


def _cubic_minimum(a: _Point, b: _Point, bounds: tuple[float, float] | None = None) -> float:
    """Return where the cubic through two points with their slopes is least, within bounds."""
    low, high = bounds if bounds is not None else (min(a.t, b.t), max(a.t, b.t))
    d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.t - b.t)
    square = d1 * d1 - a.slope * b.slope
    if square < 0:
        return (low + high) / 2.0
    d2 = math.sqrt(square)
    if a.t <= b.t:
        least = b.t - (b.t - a.t) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
    else:
        least = a.t - (a.t - b.t) * ((a.slope + d2 - d1) / (a.slope - b.slope + 2 * d2))
    return min(max(least, low), high)


class _WolfeSearch:
    """Looks along a line for a point that meets the strong Wolfe conditions: first for a bracket, then inside it."""

    decrease, curvature, most, least_change = 1e-4, 0.9, 25, 1e-9

    def __init__(self, evaluate: Callable[[float], _Point], start: _Point, scale: float) -> None:
        self.evaluate = evaluate
        self.start = start
        self.scale = scale
        self.calls = 0

    def at(self, t: float) -> _Point:
        """Evaluate a point and count it."""
        self.calls += 1
        return self.evaluate(t)

    def is_too_high(self, point: _Point) -> bool:
        """Return whether the loss did not fall enough."""
        return point.loss > self.start.loss + self.decrease * point.t * self.start.slope

    def is_flat(self, point: _Point) -> bool:
        """Return whether the slope fell enough."""
        return abs(point.slope) <= -self.curvature * self.start.slope

    def run(self, t: float) -> _Point:
        """Return the point found, the best one when the search ends without."""
        before, now = self.start, self.at(t)
        tries = 0
        while tries < self.most:
            if self.is_too_high(now) or (tries > 1 and now.loss >= before.loss) or math.isnan(now.loss):
                return self.zoom(before, now, tries)
            if self.is_flat(now):
                return now
            if now.slope >= 0:
                return self.zoom(before, now, tries)
            bounds = (now.t + 0.01 * (now.t - before.t), now.t * 10)
            further = _cubic_minimum(before, now, bounds)
            before, now = now, self.at(further)
            tries += 1
        return self.zoom(self.start, now, tries)

    def zoom(self, a: _Point, b: _Point, tries: int) -> _Point:
        """Shrink a bracket; the lower of its points comes first."""
        low, high = (a, b) if a.loss <= b.loss else (b, a)
        stalled = False
        while tries < self.most:
            if abs(high.t - low.t) * self.scale < self.least_change:
                break
            left, right = min(low.t, high.t), max(low.t, high.t)
            # The order in which the ends were found does not matter for the cubic.
            t = _cubic_minimum(low, high)
            margin = 0.1 * (right - left)
            if min(right - t, t - left) < margin:
                if stalled or t >= right or t <= left:
                    t = right - margin if abs(t - right) < abs(t - left) else left + margin
                    stalled = False
                else:
                    stalled = True
            else:
                stalled = False
            new = self.at(t)
            tries += 1
            if self.is_too_high(new) or new.loss >= low.loss:
                high = new
                if high.loss < low.loss:
                    low, high = high, low
                continue
            if self.is_flat(new):
                return new
            if new.slope * (high.t - low.t) >= 0:
                high = low
            low = new
        return low
