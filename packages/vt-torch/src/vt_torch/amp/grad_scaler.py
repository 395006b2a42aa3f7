# SPDX-License-Identifier: Apache-2.0
"""GradScaler: a loss times a large number, so that gradients in float16 do not vanish."""

from __future__ import annotations

from typing import Any

import vt_core
from vt_autograd import no_grad
from vt_core import ops

from vt_torch._tensor import Tensor

__all__ = ["GradScaler"]


class GradScaler:
    """Scales a loss, takes the scale out of the gradients, and leaves out steps whose gradients are not finite.

    Reference: Micikevicius et al., 2018, arXiv:1710.03740.

    Parameters
    ----------
    device : str
        The device type it is for.
    init_scale, growth_factor, backoff_factor : float
        The first scale, what it is multiplied with after `growth_interval` steps in a row, and after a step left out.
    growth_interval : int
    enabled : bool
        False makes every method do what there would be without a scaler.

    Raises
    ------
    AssertionError
        If a factor would not let the scale grow or fall.
    """

    def __init__(
        self,
        device: str = "cuda",
        init_scale: float = 2.0**16,
        growth_factor: float = 2.0,
        backoff_factor: float = 0.5,
        growth_interval: int = 2000,
        enabled: bool = True,
    ) -> None:
        assert not enabled or growth_factor > 1.0, "The growth factor must be > 1.0."
        assert not enabled or backoff_factor < 1.0, "The backoff factor must be < 1.0."
        self._device = device
        self._enabled = enabled
        self._scale = init_scale
        self._growth_factor = growth_factor
        self._backoff_factor = backoff_factor
        self._growth_interval = growth_interval
        self._growth_tracker = 0
        # Of optimisers whose gradients have been unscaled since the last update: whether all were finite.
        self._finite: dict[int, bool] = {}
        self._stepped: set[int] = set()

    def is_enabled(self) -> bool:
        """Return whether it scales."""
        return self._enabled

    def get_scale(self) -> float:
        """Return the scale; 1 when it is not enabled."""
        return self._scale if self._enabled else 1.0

    def get_growth_factor(self) -> float:
        """Return what the scale is multiplied with to grow."""
        return self._growth_factor

    def set_growth_factor(self, new_factor: float) -> None:
        """Set what the scale is multiplied with to grow."""
        self._growth_factor = new_factor

    def get_backoff_factor(self) -> float:
        """Return what the scale is multiplied with after a step left out."""
        return self._backoff_factor

    def set_backoff_factor(self, new_factor: float) -> None:
        """Set what the scale is multiplied with after a step left out."""
        self._backoff_factor = new_factor

    def get_growth_interval(self) -> int:
        """Return after how many steps in a row the scale grows."""
        return self._growth_interval

    def set_growth_interval(self, new_interval: int) -> None:
        """Set after how many steps in a row the scale grows."""
        self._growth_interval = new_interval

    def scale(self, outputs: Any) -> Any:
        """Return a tensor, or each of a list or tuple of them, times the scale."""
        if not self._enabled:
            return outputs
        if isinstance(outputs, vt_core.Tensor):
            return outputs * self._scale
        if isinstance(outputs, (list, tuple)):
            several: Any = outputs  # pyright: ignore[reportUnknownVariableType]
            return type(several)(self.scale(output) for output in several)
        raise ValueError("outputs must be a Tensor or an iterable of Tensors")

    def unscale_(self, optimizer: Any) -> None:
        """Divide the gradients of an optimiser's parameters by the scale, before clipping or looking at them.

        Raises
        ------
        RuntimeError
            If it was done since the last `update`, or after `step`.
        ValueError
            If a gradient is float16.
        """
        if not self._enabled:
            return
        key = id(optimizer)
        if key in self._stepped:
            raise RuntimeError("unscale_() is being called after step().")
        if key in self._finite:
            raise RuntimeError("unscale_() has already been called on this optimizer since the last update().")
        gradients: list[Tensor] = [p.grad for g in optimizer.param_groups for p in g["params"] if p.grad is not None]
        if any(grad.dtype == vt_core.float16 for grad in gradients):
            raise ValueError("Attempting to unscale FP16 gradients.")
        finite = True
        with no_grad():
            for grad in gradients:
                grad.mul_(1.0 / self._scale)
                finite = finite and bool(ops.isfinite(grad).all())
        self._finite[key] = finite

    def step(self, optimizer: Any, *args: Any, **kwargs: Any) -> Any:
        """Let an optimiser step if all its gradients are finite; takes the scale out of them where that was not done.

        Raises
        ------
        RuntimeError
            If it was called since the last `update`, or with a closure.
        """
        if not self._enabled:
            return optimizer.step(*args, **kwargs)
        if "closure" in kwargs:
            raise RuntimeError("Closure use is not currently supported if GradScaler is enabled.")
        key = id(optimizer)
        if key in self._stepped:
            raise RuntimeError("step() has already been called since the last update().")
        if key not in self._finite:
            self.unscale_(optimizer)
        self._stepped.add(key)
        return optimizer.step(*args, **kwargs) if self._finite[key] else None

    def update(self, new_scale: float | Tensor | None = None) -> None:
        """Set the scale for the next iteration: to a given one, or by whether steps were left out."""
        if not self._enabled:
            return
        if new_scale is not None:
            self._scale = float(new_scale)
        else:
            assert self._finite, "No inf checks were recorded prior to update."
            if not all(self._finite.values()):
                self._scale *= self._backoff_factor
                self._growth_tracker = 0
            else:
                self._growth_tracker += 1
                if self._growth_tracker == self._growth_interval:
                    self._scale *= self._growth_factor
                    self._growth_tracker = 0
        self._finite.clear()
        self._stepped.clear()

    def state_dict(self) -> dict[str, Any]:
        """Return the scale and what it depends on; nothing when it is not enabled."""
        if not self._enabled:
            return {}
        return {
            "scale": self._scale,
            "growth_factor": self._growth_factor,
            "backoff_factor": self._backoff_factor,
            "growth_interval": self._growth_interval,
            "_growth_tracker": self._growth_tracker,
        }

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over what `state_dict` returned.

        Raises
        ------
        RuntimeError
            If it is empty.
        """
        if not self._enabled:
            return
        if not state_dict:
            raise RuntimeError(
                "The source state dict is empty, possibly because it was saved from a disabled GradScaler."
            )
        self._scale = state_dict["scale"]
        self._growth_factor = state_dict["growth_factor"]
        self._backoff_factor = state_dict["backoff_factor"]
        self._growth_interval = state_dict["growth_interval"]
        self._growth_tracker = state_dict["_growth_tracker"]
