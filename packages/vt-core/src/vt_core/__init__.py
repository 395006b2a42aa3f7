# SPDX-License-Identifier: Apache-2.0
"""Tensors, operators and the C ABI of the VibeTensor stack.

Operators are functions of `vt_core.ops` (also reached as ``vt_core.<name>``) and methods of `Tensor`. What is rarely needed
is imported at its first use.
"""

from __future__ import annotations

from vt_core import _C, ops, plugins
from vt_core._C import (
    AbortedError,
    CudaError,
    DeviceError,
    DTypeError,
    Generator,
    LinAlgError,
    MissingKernelError,
    OutOfMemoryError,
    SafetensorError,
    ShapeError,
    Size,
    Tensor,
    bfloat16,
    bool,  # noqa: A004
    complex64,
    complex128,
    default_generator,
    device,
    dtype,
    float8_e4m3fn,
    float8_e5m2,
    float16,
    float32,
    float64,
    from_buffer,
    from_dlpack,
    int8,
    int16,
    int32,
    int64,
    show_config,
    uint8,
    uint16,
    uint32,
    uint64,
)
from vt_core._dtypes import can_cast, finfo, iinfo, promote_types, result_type
from vt_core._factories import as_tensor, asarray, tensor
from vt_core._files import load_file, safe_open, save_file
from vt_core._memory_format import (
    channels_last,
    channels_last_3d,
    contiguous_format,
    memory_format,
    preserve_format,
)
from vt_core._numpy import from_numpy
from vt_core._paths import get_cmake_dir, get_include, get_library_path, package_folders
from vt_core._process import (
    get_default_dtype,
    get_num_threads,
    get_rng_state,
    initial_seed,
    load_plugin,
    manual_seed,
    seed,
    set_default_dtype,
    set_num_threads,
    set_rng_state,
    settings,
    unload_plugin,
)
from vt_core._tensor import complete
from vt_core.plugins import load_plugins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from vt_core._printing import get_printoptions, set_printoptions
    from vt_core.ops import *  # noqa: F403

    from vt_core._contractions import einsum, tensordot  # isort: skip

complete()
del complete
_C.set_package_folders(package_folders())
del package_folders

__version__ = _C.__version__

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
    "complex128",
    "complex64",
    "float16",
    "float32",
    "float64",
    "float8_e4m3fn",
    "float8_e5m2",
    "int16",
    "int32",
    "int64",
    "int8",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    # Memory formats
    "channels_last",
    "channels_last_3d",
    "contiguous_format",
    "memory_format",
    "preserve_format",
    # Making tensors
    "as_tensor",
    "asarray",
    "from_buffer",
    "from_dlpack",
    "from_numpy",
    "tensor",
    # Operators
    "einsum",
    "ops",
    "plugins",
    "tensordot",
    # Facts about dtypes
    "can_cast",
    "finfo",
    "iinfo",
    "promote_types",
    "result_type",
    # Files
    "load_file",
    "safe_open",
    "save_file",
    # Printing
    "get_printoptions",
    "set_printoptions",
    # The process: plugins, random numbers, settings, installation
    "default_generator",
    "get_cmake_dir",
    "get_default_dtype",
    "get_include",
    "get_library_path",
    "get_num_threads",
    "get_rng_state",
    "initial_seed",
    "load_plugin",
    "load_plugins",
    "manual_seed",
    "seed",
    "set_default_dtype",
    "set_num_threads",
    "set_rng_state",
    "settings",
    "show_config",
    "unload_plugin",
    # Errors
    "AbortedError",
    "CudaError",
    "DTypeError",
    "DeviceError",
    "LinAlgError",
    "MissingKernelError",
    "OutOfMemoryError",
    "SafetensorError",
    "ShapeError",
]

# Where the names live that are imported at their first use.
_LAZY = {
    "array_api": "array_api",
    "einsum": "_contractions",
    "get_printoptions": "_printing",
    "library": "library",
    "set_printoptions": "_printing",
    "tensordot": "_contractions",
    "testing": "testing",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        module = import_module(f"vt_core.{_LAZY[name]}")
        value = globals()[name] = module if name == _LAZY[name] else getattr(module, name)
        return value
    if not name.startswith("_") and not name.endswith("_"):
        try:
            op = getattr(ops, name)
        except AttributeError:
            pass
        else:
            ops._keep(globals(), name, op)  # pyright: ignore[reportPrivateUsage]
            return op
    raise AttributeError(f"module 'vt_core' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *(name for name in _C.op_names() if not name.endswith("_"))})
