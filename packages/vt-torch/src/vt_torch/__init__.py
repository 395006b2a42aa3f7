# SPDX-License-Identifier: Apache-2.0
"""A PyTorch-like front end: ``import vt_torch as torch``.

Every operator of the registry, those of plugins included, is a function of this module. Importing it registers
`vt_torch.Tensor` as the class of new tensors and loads vt-autograd; vt-cuda and other plugins are loaded if installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import vt_core as _vt_core
from vt_autograd import enable_grad, is_grad_enabled, no_grad, set_grad_enabled
from vt_core import (
    Generator,
    OutOfMemoryError,
    Size,
    as_tensor,
    asarray,
    bfloat16,
    bool,  # noqa: A004
    can_cast,
    complex64,
    complex128,
    device,
    dtype,
    finfo,
    float8_e4m3fn,
    float8_e5m2,
    float16,
    float32,
    float64,
    from_dlpack,
    from_numpy,
    iinfo,
    int8,
    int16,
    int32,
    int64,
    manual_seed,
    ops,
    promote_types,
    result_type,
    tensor,
    uint8,
    uint16,
    uint32,
    uint64,
)
from vt_core import (
    from_buffer as frombuffer,
)
from vt_core import (
    load_plugins as _load_plugins,
)

from vt_torch._predicates import is_complex, is_floating_point, is_tensor, numel
from vt_torch._tensor import Tensor
from vt_torch._threads import get_num_threads, set_num_threads

_load_plugins()

from vt_torch import amp, autograd, cuda, nn  # noqa: E402
from vt_torch.amp import autocast, get_autocast_dtype, is_autocast_available, is_autocast_enabled  # noqa: E402
from vt_torch.serialization import load, save  # noqa: E402

if TYPE_CHECKING:
    from typing import Any

    from vt_core import set_printoptions
    from vt_core.ops import *  # noqa: F403

    from vt_torch import optim, utils

half = float16
float = float32  # noqa: A001
double = float64
short = int16
int = int32  # noqa: A001
long = int64
cfloat = complex64
cdouble = complex128

__version__ = "0.1.0"

__all__ = [
    # Objects
    "Generator",
    "Size",
    "Tensor",
    "device",
    "dtype",
    # Dtypes
    "bfloat16",
    "bool",
    "cdouble",
    "cfloat",
    "complex128",
    "complex64",
    "double",
    "float",
    "float16",
    "float32",
    "float64",
    "float8_e4m3fn",
    "float8_e5m2",
    "half",
    "int",
    "int16",
    "int32",
    "int64",
    "int8",
    "long",
    "short",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    # Making tensors
    "as_tensor",
    "asarray",
    "from_dlpack",
    "from_numpy",
    "frombuffer",
    "tensor",
    # Gradients
    "enable_grad",
    "is_grad_enabled",
    "no_grad",
    "set_grad_enabled",
    # Facts about dtypes and tensors
    "can_cast",
    "finfo",
    "iinfo",
    "is_complex",
    "is_floating_point",
    "is_tensor",
    "numel",
    "promote_types",
    "result_type",
    # Mixed precision
    "autocast",
    "get_autocast_dtype",
    "is_autocast_available",
    "is_autocast_enabled",
    # Files
    "load",
    "save",
    # Parts
    "amp",
    "autograd",
    "cuda",
    "nn",
    "ops",
    "optim",
    "utils",
    # The process
    "OutOfMemoryError",
    "get_num_threads",
    "manual_seed",
    "set_num_threads",
    "set_printoptions",
]


_LAZY = ("get_printoptions", "set_printoptions")
# Parts that are imported at their first use.
_LAZY_PARTS = ("optim", "utils")


def __getattr__(name: str) -> Any:
    if name in _LAZY_PARTS:
        from importlib import import_module

        return import_module(f"vt_torch.{name}")
    if name in _LAZY or (not name.startswith("_") and not name.endswith("_")):
        try:
            return getattr(_vt_core if name in _LAZY else ops, name)
        except AttributeError:
            pass
    raise AttributeError(f"module 'vt_torch' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in dir(ops) if not name.startswith("_") and not name.endswith("_"))})
