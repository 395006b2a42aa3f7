# SPDX-License-Identifier: Apache-2.0
"""What a kernel's author declares: its parameters, its compiled variants and the function they come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

ParameterKind = Literal["ptr", "ptr_f32", "i32", "i64", "f32"]
KernelDtype = Literal["f32", "f16", "bf16"]

PARAMETER_KINDS: tuple[ParameterKind, ...] = get_args(ParameterKind)
KERNEL_DTYPES: tuple[KernelDtype, ...] = get_args(KernelDtype)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One run-time argument of a kernel.

    Parameters
    ----------
    name : str
        Its name in the kernel's source.
    kind : {"ptr", "ptr_f32", "i32", "i64", "f32"}
        A device pointer to elements of the variant's dtype or to float32 ones, or a number of that width.
    divisible_by : int
        What the caller promises to divide the value (bytes of address for a pointer); 1 promises nothing. The compiled
        code relies on it, so a launch checks it.
    """

    name: str
    kind: ParameterKind
    divisible_by: int = 1


@dataclass(frozen=True, slots=True)
class Variant:
    """One image to compile: a kernel for one dtype, one set of constants and one set of promises.

    Parameters
    ----------
    name : str
        The kernel's name, shared by its variants.
    dtype : {"f32", "f16", "bf16"}
        Element type behind every pointer of kind "ptr".
    parameters : tuple of Parameter
        Run-time arguments in launch order.
    constants : mapping of str to int
        Compile-time constants.
    num_warps : int
        Warps of a block; a block is `32 * num_warps` threads.
    """

    name: str
    dtype: KernelDtype
    parameters: tuple[Parameter, ...]
    constants: Mapping[str, int]
    num_warps: int

    @property
    def alignment(self) -> int:
        """The largest promise among the parameters; variants of a kernel are told apart by it."""
        return max((p.divisible_by for p in self.parameters), default=1)

    @property
    def stem(self) -> str:
        """File name of the image without its suffix."""
        constants = "".join(f"-{key.lower()}{value}" for key, value in self.constants.items())
        return f"{self.name}-{self.dtype}{constants}-align{self.alignment}"


@dataclass(frozen=True, slots=True)
class Declaration:
    """A Triton function and the variants to compile from it (the function is `Any`: triton is not imported here)."""

    function: Any
    variants: tuple[Variant, ...]
