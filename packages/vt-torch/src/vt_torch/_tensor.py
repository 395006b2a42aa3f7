# SPDX-License-Identifier: Apache-2.0
"""The overlay's tensor class: the one in which every new tensor of the process is wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vt_core import _C

from vt_torch._methods import complete

# A heap subtype made in C: as quick to make and free as vt_core.Tensor, which it extends and passes for.
Tensor = _C._make_tensor_class("Tensor", "vt_torch")  # pyright: ignore[reportPrivateUsage]
_C._register_tensor_class(Tensor)  # pyright: ignore[reportPrivateUsage]

complete(Tensor)

if TYPE_CHECKING:
    from vt_core import Tensor as Tensor
