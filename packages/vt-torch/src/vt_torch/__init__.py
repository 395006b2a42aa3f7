# SPDX-License-Identifier: Apache-2.0
"""A PyTorch-like front end: ``import vt_torch as torch``.

Every operator of the registry, those of plugins included, is a function of this module. Importing it registers
`vt_torch.Tensor` as the class of new tensors and loads vt-autograd; vt-cuda and other plugins are loaded if installed.
"""

from __future__ import annotations

from importlib import import_module as _import_module
from math import e, inf, nan, pi
from typing import TYPE_CHECKING

import vt_core as _vt_core
from vt_autograd import (
    enable_grad,
    inference_mode,
    is_grad_enabled,
    is_inference_mode_enabled,
    no_grad,
    set_grad_enabled,
)
from vt_core import (
    Generator,
    OutOfMemoryError,
    Size,
    as_tensor,
    asarray,
    bfloat16,
    bool,  # noqa: A004
    can_cast,
    channels_last,
    channels_last_3d,
    complex64,
    complex128,
    contiguous_format,
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
    get_rng_state,
    iinfo,
    initial_seed,
    int8,
    int16,
    int32,
    int64,
    manual_seed,
    memory_format,
    ops,
    preserve_format,
    promote_types,
    result_type,
    seed,
    set_rng_state,
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

from vt_torch._layout import layout, strided
from vt_torch._predicates import (
    broadcast_shapes,
    get_device,
    is_autocast_ipu_enabled,
    is_autocast_xla_enabled,
    is_complex,
    is_distributed,
    is_floating_point,
    is_inference,
    is_nonzero,
    is_same_size,
    is_signed,
    is_storage,
    is_tensor,
    is_vulkan_available,
    numel,
    typename,
)
from vt_torch._process import (
    are_deterministic_algorithms_enabled,
    get_deterministic_debug_mode,
    get_float32_matmul_precision,
    is_deterministic_algorithms_warn_only_enabled,
    is_warn_always_enabled,
    set_deterministic_debug_mode,
    set_float32_matmul_precision,
    set_warn_always,
    use_deterministic_algorithms,
)
from vt_torch._tensor import Tensor
from vt_torch._threads import get_num_threads, set_num_threads
from vt_torch._unique import unique, unique_consecutive

_load_plugins()
default_generator = _vt_core.default_generator("cpu")

from vt_torch import amp, autograd, cuda  # noqa: E402
from vt_torch.amp import autocast, get_autocast_dtype, is_autocast_available, is_autocast_enabled  # noqa: E402
from vt_torch.compiler import compile  # noqa: A004, E402

if TYPE_CHECKING:
    from typing import Any

    from vt_autograd.anomaly_mode import is_anomaly_check_nan_enabled, is_anomaly_enabled, set_anomaly_enabled
    from vt_core import get_printoptions, set_printoptions
    from vt_core.ops import *  # noqa: F403

    from vt_core import einsum, tensordot  # isort: skip

    from vt_torch import (
        backends,
        compiler,
        distributed,
        distributions,
        fft,
        func,
        jit,
        library,
        linalg,
        nn,
        optim,
        random,
        special,
        storage,
        testing,
        utils,
        version,
    )
    from vt_torch._calculus import (
        gradient,
    )
    from vt_torch._defaults import (
        get_default_device,
        get_default_dtype,
        get_device_module,
        get_num_interop_threads,
        set_default_device,
        set_default_dtype,
        set_default_tensor_type,
        set_flush_denormal,
        set_num_interop_threads,
    )
    from vt_torch._functions import (
        AcceleratorError,
        batch_norm_update_stats,
        chain_matmul,
        cond,
        detach_,
        dsmm,
        fill,
        frobenius_norm,
        from_file,
        hash_tensor,
        lu,
        slice_inverse,
        split,
        spmm,
        to_dlpack,
        while_loop,
    )
    from vt_torch._histogramdd import (
        histogramdd,
    )
    from vt_torch._lowrank import (
        pca_lowrank,
        svd_lowrank,
    )
    from vt_torch._norms import (
        norm,
    )
    from vt_torch._quantization import (
        dequantize,
        fake_quantize_per_channel_affine,
        fake_quantize_per_tensor_affine,
    )
    from vt_torch._sizes import (
        sym_constrain_range,
        sym_constrain_range_for_size,
        sym_float,
        sym_fresh_size,
        sym_int,
        sym_ite,
        sym_max,
        sym_min,
        sym_not,
        sym_sqrt,
        sym_sum,
    )
    from vt_torch._streams import (
        Event,
        Stream,
    )
    from vt_torch.amp.grad_scaler import (
        GradScaler,
    )
    from vt_torch.amp.settings import (
        autocast_decrement_nesting,
        autocast_increment_nesting,
        clear_autocast_cache,
        get_autocast_cpu_dtype,
        get_autocast_gpu_dtype,
        is_autocast_cache_enabled,
        is_autocast_cpu_enabled,
        set_autocast_cache_enabled,
        set_autocast_cpu_dtype,
        set_autocast_cpu_enabled,
        set_autocast_dtype,
        set_autocast_enabled,
        set_autocast_gpu_dtype,
    )
    from vt_torch.func import vmap
    from vt_torch.serialization import load, save
    from vt_torch.storage import (
        TypedStorage,
        UntypedStorage,
    )

newaxis = None  # for indexing
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
    # Memory formats
    "channels_last",
    "channels_last_3d",
    "contiguous_format",
    "layout",
    "memory_format",
    "preserve_format",
    "strided",
    # Making tensors
    "as_tensor",
    "asarray",
    "from_dlpack",
    "from_numpy",
    "frombuffer",
    "tensor",
    # Numbers
    "e",
    "inf",
    "nan",
    "pi",
    # Gradients
    "enable_grad",
    "inference_mode",
    "is_grad_enabled",
    "is_inference_mode_enabled",
    "no_grad",
    "set_grad_enabled",
    # Products
    "einsum",
    "tensordot",
    # Facts about dtypes and tensors
    "broadcast_shapes",
    "can_cast",
    "finfo",
    "get_device",
    "iinfo",
    "is_autocast_ipu_enabled",
    "is_autocast_xla_enabled",
    "is_complex",
    "is_distributed",
    "is_floating_point",
    "is_inference",
    "is_nonzero",
    "is_same_size",
    "is_signed",
    "is_storage",
    "is_tensor",
    "is_vulkan_available",
    "numel",
    "promote_types",
    "result_type",
    "typename",
    # Distinct elements
    "unique",
    "unique_consecutive",
    # Mixed precision
    "GradScaler",
    "autocast",
    "autocast_decrement_nesting",
    "autocast_increment_nesting",
    "clear_autocast_cache",
    "get_autocast_cpu_dtype",
    "get_autocast_gpu_dtype",
    "is_autocast_cache_enabled",
    "is_autocast_cpu_enabled",
    "set_autocast_cache_enabled",
    "set_autocast_cpu_dtype",
    "set_autocast_cpu_enabled",
    "set_autocast_dtype",
    "set_autocast_enabled",
    "set_autocast_gpu_dtype",
    "get_autocast_dtype",
    "is_autocast_available",
    "is_autocast_enabled",
    # Files
    "load",
    "save",
    # Memory
    "TypedStorage",
    "UntypedStorage",
    # Parts
    "amp",
    "autograd",
    "backends",
    "compiler",
    "cuda",
    "distributed",
    "distributions",
    "fft",
    "func",
    "jit",
    "library",
    "linalg",
    "nn",
    "ops",
    "optim",
    "random",
    "special",
    "storage",
    "testing",
    "utils",
    "version",
    # Random numbers
    "default_generator",
    "get_rng_state",
    "initial_seed",
    "manual_seed",
    "seed",
    "set_rng_state",
    # Functions of Python
    "batch_norm_update_stats",
    "chain_matmul",
    "cond",
    "dequantize",
    "detach_",
    "dsmm",
    "fake_quantize_per_channel_affine",
    "fake_quantize_per_tensor_affine",
    "fill",
    "frobenius_norm",
    "from_file",
    "gradient",
    "hash_tensor",
    "histogramdd",
    "lu",
    "norm",
    "pca_lowrank",
    "slice_inverse",
    "split",
    "spmm",
    "svd_lowrank",
    "to_dlpack",
    "vmap",
    "while_loop",
    # Sizes
    "sym_constrain_range",
    "sym_constrain_range_for_size",
    "sym_float",
    "sym_fresh_size",
    "sym_int",
    "sym_ite",
    "sym_max",
    "sym_min",
    "sym_not",
    "sym_sqrt",
    "sym_sum",
    # The process
    "AcceleratorError",
    "Event",
    "OutOfMemoryError",
    "Stream",
    "are_deterministic_algorithms_enabled",
    "compile",
    "get_deterministic_debug_mode",
    "get_float32_matmul_precision",
    "get_num_threads",
    "get_printoptions",
    "get_default_device",
    "get_default_dtype",
    "get_device_module",
    "get_num_interop_threads",
    "is_anomaly_check_nan_enabled",
    "is_anomaly_enabled",
    "set_anomaly_enabled",
    "set_default_device",
    "set_default_dtype",
    "set_default_tensor_type",
    "set_flush_denormal",
    "set_num_interop_threads",
    "is_deterministic_algorithms_warn_only_enabled",
    "is_warn_always_enabled",
    "set_deterministic_debug_mode",
    "set_float32_matmul_precision",
    "set_num_threads",
    "set_printoptions",
    "set_warn_always",
    "use_deterministic_algorithms",
]


# What is imported at its first use, and from where.
_LAZY = {
    "AcceleratorError": "vt_torch._functions",
    "Event": "vt_torch._streams",
    "GradScaler": "vt_torch.amp.grad_scaler",
    "Stream": "vt_torch._streams",
    "TypedStorage": "vt_torch.storage",
    "UntypedStorage": "vt_torch.storage",
    "autocast_decrement_nesting": "vt_torch.amp.settings",
    "autocast_increment_nesting": "vt_torch.amp.settings",
    "batch_norm_update_stats": "vt_torch._functions",
    "chain_matmul": "vt_torch._functions",
    "clear_autocast_cache": "vt_torch.amp.settings",
    "cond": "vt_torch._functions",
    "dequantize": "vt_torch._quantization",
    "detach_": "vt_torch._functions",
    "dsmm": "vt_torch._functions",
    "einsum": "vt_core",
    "fake_quantize_per_channel_affine": "vt_torch._quantization",
    "fake_quantize_per_tensor_affine": "vt_torch._quantization",
    "fill": "vt_torch._functions",
    "frobenius_norm": "vt_torch._functions",
    "from_file": "vt_torch._functions",
    "get_autocast_cpu_dtype": "vt_torch.amp.settings",
    "get_autocast_gpu_dtype": "vt_torch.amp.settings",
    "get_default_device": "vt_torch._defaults",
    "get_default_dtype": "vt_torch._defaults",
    "get_device_module": "vt_torch._defaults",
    "get_num_interop_threads": "vt_torch._defaults",
    "get_printoptions": "vt_core",
    "gradient": "vt_torch._calculus",
    "gru": "vt_torch._recurrent",
    "gru_cell": "vt_torch._recurrent",
    "hash_tensor": "vt_torch._functions",
    "histogramdd": "vt_torch._histogramdd",
    "is_anomaly_check_nan_enabled": "vt_autograd.anomaly_mode",
    "is_anomaly_enabled": "vt_autograd.anomaly_mode",
    "set_anomaly_enabled": "vt_autograd.anomaly_mode",
    "is_autocast_cache_enabled": "vt_torch.amp.settings",
    "is_autocast_cpu_enabled": "vt_torch.amp.settings",
    "load": "vt_torch.serialization",
    "lstm": "vt_torch._recurrent",
    "lstm_cell": "vt_torch._recurrent",
    "lu": "vt_torch._functions",
    "norm": "vt_torch._norms",
    "pca_lowrank": "vt_torch._lowrank",
    "rnn_relu": "vt_torch._recurrent",
    "rnn_relu_cell": "vt_torch._recurrent",
    "rnn_tanh": "vt_torch._recurrent",
    "rnn_tanh_cell": "vt_torch._recurrent",
    "save": "vt_torch.serialization",
    "set_autocast_cache_enabled": "vt_torch.amp.settings",
    "set_autocast_cpu_dtype": "vt_torch.amp.settings",
    "set_autocast_cpu_enabled": "vt_torch.amp.settings",
    "set_autocast_dtype": "vt_torch.amp.settings",
    "set_autocast_enabled": "vt_torch.amp.settings",
    "set_autocast_gpu_dtype": "vt_torch.amp.settings",
    "set_default_device": "vt_torch._defaults",
    "set_default_dtype": "vt_torch._defaults",
    "set_default_tensor_type": "vt_torch._defaults",
    "set_flush_denormal": "vt_torch._defaults",
    "set_num_interop_threads": "vt_torch._defaults",
    "set_printoptions": "vt_core",
    "slice_inverse": "vt_torch._functions",
    "split": "vt_torch._functions",
    "spmm": "vt_torch._functions",
    "svd_lowrank": "vt_torch._lowrank",
    "sym_constrain_range": "vt_torch._sizes",
    "sym_constrain_range_for_size": "vt_torch._sizes",
    "sym_float": "vt_torch._sizes",
    "sym_fresh_size": "vt_torch._sizes",
    "sym_int": "vt_torch._sizes",
    "sym_ite": "vt_torch._sizes",
    "sym_max": "vt_torch._sizes",
    "sym_min": "vt_torch._sizes",
    "sym_not": "vt_torch._sizes",
    "sym_sqrt": "vt_torch._sizes",
    "sym_sum": "vt_torch._sizes",
    "tensordot": "vt_core",
    "to_dlpack": "vt_torch._functions",
    "vmap": "vt_torch.func",
    "while_loop": "vt_torch._functions",
}
# Parts that are imported at their first use.
_LAZY_PARTS = (
    "backends",
    "compiler",
    "distributed",
    "distributions",
    "fft",
    "func",
    "jit",
    "library",
    "linalg",
    "nn",
    "optim",
    "random",
    "special",
    "storage",
    "testing",
    "utils",
    "version",
)


# Operators that programs call by PyTorch's private names.
_PRIVATE_OPERATORS = ("_addmm_activation", "_weight_norm")


def __getattr__(name: str) -> Any:
    if name in _LAZY_PARTS:
        return _import_module(f"vt_torch.{name}")
    if name in _LAZY:
        value = globals()[name] = getattr(_import_module(_LAZY[name]), name)
        return value
    if name.endswith("Tensor"):
        from vt_torch._legacy import LEGACY_TYPES

        if name in LEGACY_TYPES:
            return LEGACY_TYPES[name]
    if name.endswith("Storage"):
        from vt_torch.storage import LEGACY_STORAGES

        if name in LEGACY_STORAGES:
            return LEGACY_STORAGES[name]
    if name in _PRIVATE_OPERATORS or not name.startswith("_"):
        try:
            op = getattr(ops, name)
        except AttributeError:
            pass
        else:
            ops._keep(globals(), name, op)  # pyright: ignore[reportPrivateUsage]
            return op
    raise AttributeError(f"module 'vt_torch' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in dir(ops) if not name.startswith("_") and not name.endswith("_"))})
