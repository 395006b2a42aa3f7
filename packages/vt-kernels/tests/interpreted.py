# SPDX-License-Identifier: Apache-2.0
"""A device for tests: tensors are NumPy arrays, an image is a variant's name, and a launch runs Triton's interpreter."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib
import types
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from vt_kernels._runtime.compile import KERNEL_MODULES
from vt_kernels._runtime.declaration import Declaration, Variant
from vt_kernels._runtime.manifest import Image, write_manifest

# bfloat16 has no NumPy type: its bits are kept in a uint16, as the interpreter does.
_NUMPY_TYPES = {"float32": np.float32, "float16": np.float16, "bfloat16": np.uint16, "int32": np.int32}


def encode(values: np.ndarray, dtype: str) -> np.ndarray:
    """Round float values to `dtype`, to nearest even."""
    if dtype != "bfloat16":
        return values.astype(_NUMPY_TYPES[dtype])
    bits = values.astype(np.float32).view(np.uint32)
    rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16
    return np.where(np.isnan(values), 0x7FC0, rounded).astype(np.uint16)


def decode(stored: np.ndarray, dtype: str) -> np.ndarray:
    """The stored values in float64."""
    if dtype == "bfloat16":
        stored = (stored.astype(np.uint32) << 16).view(np.float32)
    return stored.astype(np.float64)


class Storage:
    """What the interpreter asks of a tensor's storage; host and device memory are the same here."""

    def __init__(self, base: np.ndarray) -> None:
        self.base = base

    def data_ptr(self) -> int:
        return self.base.ctypes.data

    def cpu(self) -> Storage:
        return self

    def copy_(self, other: Storage) -> None:
        assert other is self


@dataclass(frozen=True)
class DeviceName:
    """Stands for vt_core's device object."""

    type: str
    index: int

    def __str__(self) -> str:
        return f"{self.type}:{self.index}"


class Tensor:
    """A strided view of an array, with the names that vt_core.Tensor and the interpreter share."""

    def __init__(
        self, array: np.ndarray, dtype: str, *, device: DeviceName | None = None, requires_grad: bool = False
    ) -> None:
        self.array = array
        self.dtype = dtype
        self.device = DeviceName("cuda", 0) if device is None else device
        self.requires_grad = requires_grad

    @property
    def shape(self) -> tuple[int, ...]:
        return self.array.shape

    def size(self) -> tuple[int, ...]:
        return self.array.shape

    def stride(self) -> tuple[int, ...]:
        return tuple(step // self.array.itemsize for step in self.array.strides)

    def is_contiguous(self) -> bool:
        return self.array.flags.c_contiguous

    def data_ptr(self) -> int:
        return self.array.ctypes.data

    def storage_offset(self) -> int:
        return 0

    def untyped_storage(self) -> Storage:
        # A storage per view: the interpreter then hands the kernel this view's own address.
        if not hasattr(self, "_storage"):
            self._storage = Storage(self.array)
        return self._storage

    def new_empty(self, size: int, device: str) -> Tensor:
        return Tensor(np.empty(size, self.array.dtype), self.dtype)

    def set_(self, storage: Storage, offset: int, size: tuple[int, ...], stride: tuple[int, ...]) -> None:
        self.array = storage.base
        self._storage = storage


@dataclass(frozen=True)
class Launch:
    """What one call of Function.launch was given."""

    variant: Variant
    grid: tuple[int, ...]
    block: tuple[int, ...]
    shared_bytes: int
    args: list[tuple[str, Any]]


class Device:
    """The modules that stand for vt_core and vt_cuda, and a record of what was loaded and launched through them."""

    def __init__(self) -> None:
        self.launches: list[Launch] = []
        self.num_loads = 0
        self._declarations = _declarations()
        self.vt_core = types.ModuleType("vt_core")
        self.vt_core.Tensor = Tensor  # type: ignore[attr-defined]
        self.vt_core.empty_like = _empty_like  # type: ignore[attr-defined]
        self.vt_cuda = types.ModuleType("vt_cuda")
        self.vt_cuda.load_module = self._load_module  # type: ignore[attr-defined]
        self.vt_cuda.device = self._guard  # type: ignore[attr-defined]

    def write_images(self, folder: Path) -> None:
        """Write a manifest of all declared variants, whose images hold their variant's name."""
        folder.mkdir(parents=True)
        images: list[Image] = []
        for declaration in self._declarations:
            for variant in declaration.variants:
                data = variant.stem.encode()
                (folder / f"{variant.stem}.cubin").write_bytes(data)
                digest = hashlib.sha256(data).hexdigest()
                images.append(Image(variant, variant.name, f"{variant.stem}.cubin", digest, 128))
        write_manifest(folder, target="sm_90", compiler=("interpreter", "0"), images=tuple(images))

    def _load_module(self, image: bytes) -> types.SimpleNamespace:
        self.num_loads += 1
        stem = image.decode()
        return types.SimpleNamespace(function=lambda symbol: self._function(stem, symbol))

    def _function(self, stem: str, symbol: str) -> types.SimpleNamespace:
        for declaration in self._declarations:
            for variant in declaration.variants:
                if variant.stem == stem and variant.name == symbol:
                    return types.SimpleNamespace(launch=functools.partial(self._launch, declaration.function, variant))
        raise AssertionError(f"no variant {stem} with symbol {symbol}")

    def _launch(
        self,
        function: Any,
        variant: Variant,
        grid: tuple[int, ...],
        block: tuple[int, ...],
        shared_bytes: int,
        args: list[tuple[str, Any]],
        *,
        stream: Any = None,
    ) -> None:
        self.launches.append(Launch(variant, grid, block, shared_bytes, list(args)))
        assert [kind for kind, _ in args] == [*(p.kind for p in variant.parameters), "ptr", "ptr"]
        assert [value for _, value in args[-2:]] == [None, None]
        function[grid](*(value for _, value in args[:-2]), **variant.constants)

    @contextlib.contextmanager
    def _guard(self, index: int) -> Iterator[None]:
        assert index == 0
        yield


def _declarations() -> list[Declaration]:
    modules = (importlib.import_module(f"vt_kernels._triton.{name}") for name in KERNEL_MODULES)
    return [declaration for module in modules for declaration in module.DECLARATIONS]


def _empty_like(x: Tensor) -> Tensor:
    # Filled with a value that no softmax gives, so that an element left unwritten is seen.
    return Tensor(np.full(x.shape, 77, x.array.dtype), x.dtype, device=x.device)
