# SPDX-License-Identifier: Apache-2.0
"""GradScaler: a loss times a large number, so that gradients in float16 do not vanish."""

from __future__ import annotations

import ctypes
import math
import warnings
from collections.abc import Iterable
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
        False makes every method do what there would be without a scaler. So does, with a warning, a scaler for CUDA where
        there is no CUDA device.

    Raises
    ------
    AssertionError
        If a factor would not let the scale grow or fall.

    Notes
    -----
    The scale is a float32 number. `scale` and `unscale_` enqueue on the current stream; `step`, or `update` where there was
    no `step`, waits for the device once to know whether gradients were finite.
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
        if device == "cuda" and enabled and not _has_cuda():
            warnings.warn("GradScaler: enabled for cuda, but there is no CUDA device; it does nothing", stacklevel=2)
            enabled = False
        _require(not enabled or growth_factor > 1.0, "The growth factor must be > 1.0.")
        _require(not enabled or backoff_factor < 1.0, "The backoff factor must be < 1.0.")
        self._device = device
        self._enabled = enabled
        self._scale = init_scale
        # Whether `scale` has been called; without it gradients are not scaled, and there is nothing to take out of them.
        self._has_scaled = False
        self._growth_factor = growth_factor
        self._backoff_factor = backoff_factor
        self._growth_interval = growth_interval
        self._growth_tracker = 0
        # Of optimisers whose gradients have been unscaled since the last update: per device, whether all were finite. A
        # tensor until it is read.
        self._finite: dict[int, list[Tensor | bool]] = {}
        self._stepped: set[int] = set()

    def __getstate__(self) -> dict[str, Any]:
        _require(not self._finite, "A GradScaler may only be pickled before an iteration, or after its update().")
        return {**self.__dict__, "_has_scaled": False}

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
        """Return a tensor, or each of an iterable of them, times the scale; a list or tuple stays one.

        A scalar in a half dtype becomes float32, which has the range for it.
        """
        if not self._enabled:
            return outputs
        if isinstance(outputs, vt_core.Tensor):
            if not self._has_scaled:
                self._scale, self._has_scaled = _single(self._scale), True
            return outputs * ops.full((), self._scale, dtype=vt_core.float32, device=outputs.device)
        if isinstance(outputs, Iterable):
            several: Any = outputs  # pyright: ignore[reportUnknownVariableType]
            scaled = map(self.scale, several)
            return type(several)(scaled) if isinstance(outputs, (list, tuple)) else scaled
        raise ValueError("outputs must be a Tensor or an iterable of Tensors")

    def unscale_(self, optimizer: Any) -> None:
        """Divide the gradients of an optimiser's parameters by the scale, before clipping or looking at them.

        Raises
        ------
        RuntimeError
            If it was done since the last `update`, or after `step`.
        ValueError
            If a gradient is float16.
        AssertionError
            If nothing has been scaled.
        """
        if not self._enabled:
            return
        self._require_scaled("unscale_")
        key = id(optimizer)
        if key in self._stepped:
            raise RuntimeError("unscale_() is being called after step().")
        if key in self._finite:
            raise RuntimeError("unscale_() has already been called on this optimizer since the last update().")
        gradients: list[Tensor] = [p.grad for g in optimizer.param_groups for p in g["params"] if p.grad is not None]
        if any(grad.dtype == vt_core.float16 for grad in gradients):
            raise ValueError("Attempting to unscale FP16 gradients.")
        inverse = _single(1.0 / self._scale) if self._scale else math.copysign(math.inf, self._scale)
        finite: dict[vt_core.device, list[Tensor]] = {}
        with no_grad():
            for grad in gradients:
                # Multiplied, what is not finite stays so; a scale of 1 leaves even the sign of a zero as it is.
                finite.setdefault(grad.device, []).append(ops.isfinite(grad).all())
                if inverse != 1.0:
                    grad.mul_(inverse)
            self._finite[key] = [ops.stack(flags).all() for flags in finite.values()]

    def step(self, optimizer: Any, *args: Any, **kwargs: Any) -> Any:
        """Let an optimiser step if all its gradients are finite; takes the scale out of them where that was not done.

        Raises
        ------
        RuntimeError
            If it was called since the last `update`, or with a closure.
        AssertionError
            If nothing has been scaled, or no parameter has a gradient.
        """
        if not self._enabled:
            return optimizer.step(*args, **kwargs)
        if "closure" in kwargs:
            raise RuntimeError("Closure use is not currently supported if GradScaler is enabled.")
        self._require_scaled("step")
        key = id(optimizer)
        if key in self._stepped:
            raise RuntimeError("step() has already been called since the last update().")
        if key not in self._finite:
            self.unscale_(optimizer)
        _require(bool(self._finite[key]), "No inf checks were recorded for this optimizer.")
        result = optimizer.step(*args, **kwargs) if self._all_finite(key) else None
        self._stepped.add(key)
        return result

    def update(self, new_scale: float | Tensor | None = None) -> None:
        """Set the scale for the next iteration: to a given one, or by whether steps were left out.

        The scale does not grow beyond the range of float32.

        Raises
        ------
        AssertionError
            If no gradients were looked at, nothing has been scaled, or `new_scale` is a tensor of several elements, on
            another type of device or with a gradient.
        """
        if not self._enabled:
            return
        self._require_scaled("update")
        if new_scale is None:
            _require(any(self._finite.values()), "No inf checks were recorded prior to update.")
            if all(map(self._all_finite, self._finite)):
                self._grow()
            else:
                self._back_off()
        else:
            if isinstance(new_scale, vt_core.Tensor):
                _require(
                    new_scale.device.type == self._device and new_scale.numel() == 1 and not new_scale.requires_grad,
                    f"new_scale should be a float or a 1-element tensor on {self._device} with requires_grad=False.",
                )
            self._scale = _single(float(new_scale))
        self._finite.clear()
        self._stepped.clear()

    def _all_finite(self, key: int) -> bool:
        self._finite[key] = [bool(flag) for flag in self._finite[key]]
        return all(self._finite[key])

    def _grow(self) -> None:
        self._growth_tracker += 1
        if self._growth_tracker == self._growth_interval:
            grown = _single(self._scale * self._growth_factor)
            self._scale = grown if math.isfinite(grown) else self._scale
            self._growth_tracker = 0

    def _back_off(self) -> None:
        self._scale = _single(self._scale * self._backoff_factor)
        self._growth_tracker = 0

    def _require_scaled(self, name: str) -> None:
        _require(self._has_scaled, f"Attempted {name} but nothing has been scaled: call scale(loss) before backward().")

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
        self._scale = _single(state_dict["scale"]) if self._has_scaled else state_dict["scale"]
        self._growth_factor = state_dict["growth_factor"]
        self._backoff_factor = state_dict["backoff_factor"]
        self._growth_interval = state_dict["growth_interval"]
        self._growth_tracker = state_dict["_growth_tracker"]


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise AssertionError(message)


def _single(number: float) -> float:
    """Return a number rounded to float32."""
    return ctypes.c_float(number).value


def _has_cuda() -> bool:
    from vt_torch import cuda

    return cuda.is_available()
