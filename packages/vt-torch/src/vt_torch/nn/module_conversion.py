# SPDX-License-Identifier: Apache-2.0
"""ConvertibleModule: how the members of a module move to a device or change their dtype."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import vt_core
from vt_autograd import no_grad

from vt_torch._tensor import Tensor
from vt_torch.nn.module_tree import ModuleTree

__all__ = ["ConvertibleModule"]


class ConvertibleModule(ModuleTree):
    """The base of `Module` that converts its members; nothing else is derived from it."""

    def _apply(self, fn: Callable[[Tensor], Tensor]) -> Self:
        """Replace the contents of every parameter, its gradient, and every buffer by `fn` of them; objects stay the same."""
        seen: set[int] = set()
        with no_grad():
            for parameter in self.parameters():
                parameter.data = fn(parameter.data)
                if parameter.grad is not None:
                    parameter.grad = fn(parameter.grad.data)
            for module in self.modules():
                for name, buffer in module._buffers.items():
                    if buffer is not None and id(buffer) not in seen:
                        module._buffers[name] = moved = fn(buffer)
                        seen.add(id(moved))
        return self

    def to(self, *args: Any, **kwargs: Any) -> Self:
        """Move and convert parameters and buffers in place: ``to(device)``, ``to(dtype)``, ``to(device, dtype)``, ``to(tensor)``.

        Only floating-point and complex members change their dtype. Copies to a device are enqueued on its current stream
        under `non_blocking`. Members of four and five dimensions are laid out by the keyword `memory_format`, if it is given.

        Raises
        ------
        TypeError
            If the dtype is neither floating-point nor complex, or an argument is none of the above.
        """
        kwargs = dict(kwargs)
        memory_format = kwargs.pop("memory_format", None)
        device, dtype, non_blocking = _parse_to(args, kwargs)
        if dtype is not None and not (dtype.is_floating_point or dtype.is_complex):
            raise TypeError(
                f"nn.Module.to only accepts floating point or complex dtypes, but got desired dtype={dtype}"
            )

        def convert(t: Tensor) -> Tensor:
            wanted = dtype if t.dtype.is_floating_point or t.dtype.is_complex else None
            if memory_format is not None and t.dim() in (4, 5):
                return t.to(device or t.device, wanted or t.dtype, non_blocking, memory_format=memory_format)
            return t.to(device or t.device, wanted or t.dtype, non_blocking)

        return self._apply(convert)

    def to_empty(self, *, device: Any, recurse: bool = True) -> Self:
        """Give all members memory on a device, without defined elements: those of the meta device above all."""
        del recurse  # PyTorch's default, and all that programs use
        return self._apply(lambda t: vt_core.ops.empty_like(t, device=device))

    def _to_floating(self, dtype: Any) -> Self:
        return self._apply(lambda t: t.to(dtype) if t.dtype.is_floating_point else t)

    def float(self) -> Self:
        """Convert floating-point members to float32."""
        return self._to_floating(vt_core.float32)

    def double(self) -> Self:
        """Convert floating-point members to float64."""
        return self._to_floating(vt_core.float64)

    def half(self) -> Self:
        """Convert floating-point members to float16."""
        return self._to_floating(vt_core.float16)

    def bfloat16(self) -> Self:
        """Convert floating-point members to bfloat16."""
        return self._to_floating(vt_core.bfloat16)

    def type(self, dst_type: Any) -> Self:
        """Convert all members to a dtype."""
        return self._apply(lambda t: t.to(dst_type))

    def cpu(self) -> Self:
        """Move all members to the host; waits for their device."""
        return self._apply(lambda t: t.to(device="cpu"))

    def cuda(self, device: int | None = None) -> Self:
        """Move all members to a CUDA device, the current one by default."""
        return self._apply(lambda t: t.to(device="cuda" if device is None else f"cuda:{device}"))


def _parse_to(args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Any, bool]:
    """Return device, dtype and non_blocking of a call of `Module.to`."""
    device, dtype, non_blocking = kwargs.get("device"), kwargs.get("dtype"), kwargs.get("non_blocking", False)
    if unknown := kwargs.keys() - {"device", "dtype", "non_blocking"}:
        raise TypeError(f"to() got an unexpected keyword argument {min(unknown)!r}")
    for arg in args:
        if isinstance(arg, vt_core.Tensor):
            device, dtype = arg.device, arg.dtype
        elif isinstance(arg, vt_core.dtype):
            dtype = arg
        elif isinstance(arg, bool):
            non_blocking = arg
        elif isinstance(arg, (str, int, vt_core.device)):
            device = arg
        elif arg is not None:
            raise TypeError(
                f"to() received an invalid argument: got {type(arg).__name__}, expected a device or a dtype"
            )
    if isinstance(device, int):
        device = f"cuda:{device}"
    return (vt_core.device(device) if isinstance(device, str) else device), dtype, bool(non_blocking)
