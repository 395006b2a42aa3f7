# SPDX-License-Identifier: Apache-2.0
"""CUDA devices, as far as a CUDA backend is installed.

The backend is found through the entry point ``cuda`` of the group ``vt.plugins``; everything it offers is offered here.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

import vt_core as _vt_core

__all__ = [
    "OutOfMemoryError",
    "current_device",
    "device_count",
    "device_of",
    "empty_cache",
    "get_device_capability",
    "get_device_name",
    "get_rng_state",
    "get_rng_state_all",
    "init",
    "initial_seed",
    "is_available",
    "is_bf16_supported",
    "is_current_stream_capturing",
    "is_initialized",
    "make_graphed_callables",
    "manual_seed",
    "manual_seed_all",
    "max_memory_allocated",
    "max_memory_cached",
    "max_memory_reserved",
    "memory",
    "memory_allocated",
    "memory_cached",
    "memory_reserved",
    "memory_snapshot",
    "memory_stats",
    "memory_stats_as_nested_dict",
    "seed",
    "seed_all",
    "set_device",
    "set_rng_state",
    "set_rng_state_all",
    "synchronize",
]

OutOfMemoryError = _vt_core.OutOfMemoryError


@cache
def _backend() -> Any:
    for entry in entry_points(group="vt.plugins", name="cuda"):
        return entry.load()
    return None


def device_count() -> int:
    """Return the number of usable CUDA devices; 0 without a backend or a driver."""
    backend = _backend()
    return backend.device_count() if backend is not None else 0


def is_available() -> bool:
    """Return whether there is a CUDA device to compute on."""
    return device_count() > 0


def get_device_capability(device: Any = None) -> tuple[int, int]:
    """Return the compute capability of a device, the current one by default, as (major, minor)."""
    properties = _needed().get_device_properties(_index(device))
    return properties.major, properties.minor


def get_device_name(device: Any = None) -> str:
    """Return the name of a device, the current one by default."""
    return _needed().get_device_properties(_index(device)).name


def current_device() -> int:
    """Return the number of the calling thread's current device."""
    return _needed().current_device()


def set_device(device: Any) -> None:
    """Make a device the calling thread's current one."""
    _needed().set_device(_index(device))


def synchronize(device: Any = None) -> None:
    """Wait for everything enqueued on a device, the current one by default."""
    _needed().synchronize(device)


def empty_cache() -> None:
    """Give memory that is reserved but not in use back to the driver; without a backend there is none."""
    if _backend() is not None:
        _backend().empty_cache()


def manual_seed(seed: int) -> None:
    """Start the default random stream of the current device anew; without a device nothing happens, as in PyTorch."""
    if is_available():
        _vt_core.default_generator(f"cuda:{_needed().current_device()}").manual_seed(seed)


def manual_seed_all(seed: int) -> None:
    """Start the default random stream of every device anew; without a device nothing happens, as in PyTorch."""
    for index in range(device_count()):
        _vt_core.default_generator(f"cuda:{index}").manual_seed(seed)


def seed() -> None:
    """Start the default random stream of the current device at a number of the system; without a device nothing happens."""
    if is_available():
        _generator(None).seed()


def seed_all() -> None:
    """Start the default random streams of all devices at one number of the system; without a device nothing happens."""
    if is_available():
        manual_seed_all(_generator(None).seed())


def initial_seed() -> int:
    """Return the number at which the default random stream of the current device was started."""
    return _generator(None).initial_seed()


def get_rng_state(device: Any = "cuda") -> Any:
    """Return the state of a device's default random stream, as `set_rng_state` takes it."""
    return _generator(device).get_state()


def set_rng_state(new_state: Any, device: Any = "cuda") -> None:
    """Put a device's default random stream into a state."""
    _generator(device).set_state(new_state)


def get_rng_state_all() -> list[Any]:
    """Return the states of all devices' default random streams, in the order of the devices."""
    return [get_rng_state(index) for index in range(device_count())]


def set_rng_state_all(new_states: Any) -> None:
    """Put the default random streams of the devices, in their order, into states."""
    for index, state in enumerate(new_states):
        set_rng_state(state, index)


def init() -> None:
    """Make sure that there is a CUDA device, of which each is set up when it is used first.

    Raises
    ------
    RuntimeError, ImportError
        If there is none, saying what to install.
    """
    _needed().current_stream()


def is_initialized() -> bool:
    """Return whether CUDA can be used: devices are set up by their first use."""
    return is_available()


def is_bf16_supported(including_emulation: bool = True) -> bool:
    """Return whether the current device computes in bfloat16; every device does by emulation."""
    return is_available() and (including_emulation or get_device_capability() >= (8, 0))


class device_of:
    """Context manager that makes the device of a tensor the current one; for a tensor of the CPU it does nothing.

    Parameters
    ----------
    obj : Tensor
    """

    def __init__(self, obj: Any) -> None:
        self._context = _needed().device(obj.device) if obj.device.type == "cuda" else None

    def __enter__(self) -> None:
        if self._context is not None:
            self._context.__enter__()

    def __exit__(self, *error: Any) -> None:
        if self._context is not None:
            self._context.__exit__(*error)


def _generator(device: Any) -> Any:
    index = _needed().current_device() if device == "cuda" else _index(device)
    return _vt_core.default_generator(f"cuda:{index}")


def _needed() -> Any:
    backend = _backend()
    if backend is None:
        raise RuntimeError("vt_torch.cuda needs a CUDA backend; install vt-cuda")
    return backend


def _index(device: Any) -> int:
    if device is None:
        return _needed().current_device()
    if isinstance(device, int):
        return device
    return _vt_core.device(device).index or 0


def is_current_stream_capturing(device: Any = None) -> bool:
    """Return whether work on the current stream of a device is being captured in a graph; False without a backend."""
    backend = _backend()
    return backend is not None and backend.is_current_stream_capturing(device)


def make_graphed_callables(
    callables: Any,
    sample_args: Any,
    num_warmup_iters: int = 3,
    allow_unused_input: bool = False,
    pool: int | None = None,
) -> Any:
    """Capture the forward and the backward of functions or modules, each as a graph, to be called as these are.

    Parameters
    ----------
    callables : callable, or tuple of them
        Functions of tensors on one CUDA device, and modules, in the order in which they will be called. What they return is a
        tensor or a tuple of tensors. Modules are changed: in the mode (training or not) of the capture they run the graphs.
    sample_args : tuple of Tensor, or a tuple of such tuples
        Arguments of the sizes, dtypes and ``requires_grad`` of those to come. They become the place of these.
    num_warmup_iters : int
        Runs of each callable before it is captured.
    allow_unused_input : bool
        Whether arguments that a result does not depend on get no gradient instead of raising.
    pool : int, optional
        See `CUDAGraph.capture_begin`; all graphs share one.

    Returns
    -------
    callable, or tuple of them
        Their results are overwritten by the next call.

    Raises
    ------
    RuntimeError
        If something cannot be captured, or a module has hooks or buffers that require gradients.
    TypeError
        If a sample argument or a result is no tensor.

    Notes
    -----
    Graphs of several callables share memory, so they must be called, and their backward run, in the order given. There is no
    second derivative.
    """
    from vt_torch.cuda.graphs import make_graphed_callables as make

    return make(callables, sample_args, num_warmup_iters, allow_unused_input, pool)


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    if name in ("amp", "nvtx"):
        return import_module(f"vt_torch.cuda.{name}")
    backend = _backend()
    if name == "Event" and backend is not None:
        return import_module("vt_torch.cuda.events").event_class()
    if backend is None:
        raise AttributeError(f"vt_torch.cuda.{name} needs a CUDA backend; install vt-cuda")
    return getattr(backend, name)


# Needs what is above.
from vt_torch.cuda import memory  # noqa: E402
from vt_torch.cuda.memory import (  # noqa: E402
    max_memory_allocated,
    max_memory_cached,
    max_memory_reserved,
    memory_allocated,
    memory_cached,
    memory_reserved,
    memory_snapshot,
    memory_stats,
    memory_stats_as_nested_dict,
)
