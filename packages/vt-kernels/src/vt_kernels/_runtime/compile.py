# SPDX-License-Identifier: Apache-2.0
"""Compiles declared Triton kernels into cubins and a manifest; needs triton (the `jit` extra) but no GPU.

Run as `python -m vt_kernels._runtime.compile --target sm_90 --out FOLDER`.
"""

import argparse
import hashlib
import importlib
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from vt_kernels._runtime.declaration import Declaration, Variant
from vt_kernels._runtime.manifest import Image, read_manifest, write_manifest

# Modules of vt_kernels._triton with a DECLARATIONS tuple; a new kernel is added here.
KERNEL_MODULES = ("rms_norm", "softmax", "softmax_backward")

_TRITON_TYPES = {"f32": "fp32", "f16": "fp16", "bf16": "bf16"}


class CompileError(RuntimeError):
    """A kernel could not be compiled, or what came out cannot be launched by this package."""


def compile_all(folder: Path, *, target: str) -> None:
    """Compile every declared kernel.

    Parameters
    ----------
    folder : Path
        Receives the cubins and `manifest.json`; made if missing.
    target : str
        The architecture, as `sm_90`.

    Raises
    ------
    CompileError
        If triton is missing or of another series, the target is none it supports, or a kernel does not compile.
    """
    _import_triton()
    modules = (importlib.import_module(f"vt_kernels._triton.{name}") for name in KERNEL_MODULES)
    compile_declared((declaration for module in modules for declaration in module.DECLARATIONS), folder, target=target)


def compile_declared(declarations: Iterable[Declaration], folder: Path, *, target: str) -> None:
    """Compile the given declarations; see `compile_all`, which passes all of this package's.

    Parameters
    ----------
    declarations : iterable of Declaration
        What to compile.
    folder : Path
        Receives the cubins and `manifest.json`; made if missing.
    target : str
        The architecture, as `sm_90`.

    Raises
    ------
    CompileError
        As for `compile_all`.
    """
    triton = _import_triton()
    capability = _capability(target)
    declarations = tuple(declarations)
    stems = [variant.stem for declaration in declarations for variant in declaration.variants]
    if len(set(stems)) != len(stems):
        twice = sorted({stem for stem in stems if stems.count(stem) > 1})
        raise CompileError(f"compile: variants declared twice: {twice}; vary a constant or the alignment")
    folder.mkdir(parents=True, exist_ok=True)
    # A cache of its own, so that a build neither reads nor writes outside its folder; and no line tables, which hold the
    # source's absolute path: equal sources give equal cubins wherever they lie.
    with tempfile.TemporaryDirectory() as cache, triton.knobs.cache.scope(), triton.knobs.compilation.scope():
        triton.knobs.cache.dir = cache
        triton.knobs.compilation.disable_line_info = True
        images = tuple(
            _compile_variant(triton, declaration.function, variant, capability, folder)
            for declaration in declarations
            for variant in declaration.variants
        )
    write_manifest(folder, target=target, compiler=("triton", triton.__version__), images=images)
    # What was just written must pass the checks that a user's process will make.
    manifest = read_manifest(folder)
    for image in manifest.images:
        manifest.cubin(image)


def _import_triton() -> Any:
    try:
        triton = importlib.import_module("triton")
    except ImportError as error:
        raise CompileError(
            f"compile: triton cannot be imported: {error}; install the extra `vt-kernels[jit]`"
        ) from error
    if not triton.__version__.startswith("3.6."):
        raise CompileError(
            f"compile: unsupported triton: got {triton.__version__}, expected 3.6.*; install `vt-kernels[jit]`"
        )
    return triton


def _capability(target: str) -> int:
    match = re.fullmatch(r"sm_(\d{2,3})", target)
    # Below this LLVM aborts the process instead of reporting an error, and bfloat16 does not exist.
    if match is None or int(match[1]) < 80:
        raise CompileError(f"compile: unsupported target: got {target!r}, expected sm_80 or newer, as 'sm_90'")
    return int(match[1])


def _compile_variant(triton: Any, function: Any, variant: Variant, capability: int, folder: Path) -> Image:
    compiler = importlib.import_module("triton.compiler")
    backends = importlib.import_module("triton.backends.compiler")
    if not hasattr(function, "arg_names") or not hasattr(function, "cache_key"):
        raise CompileError(f"compile: {variant.name} is not compilable: unset TRITON_INTERPRET and start again")
    names = [p.name for p in variant.parameters] + list(variant.constants)
    if names != list(function.arg_names):
        raise CompileError(f"compile: {variant.name} declares {names}, expected the source's {function.arg_names}")
    pointer = f"*{_TRITON_TYPES[variant.dtype]}"
    signature = {
        p.name: {"ptr": pointer, "ptr_f32": "*fp32", "f32": "fp32"}.get(p.kind, p.kind) for p in variant.parameters
    }
    signature |= dict.fromkeys(variant.constants, "constexpr")
    promises = {
        (index,): [["tt.divisibility", p.divisible_by]]
        for index, p in enumerate(variant.parameters)
        if p.divisible_by > 1
    }
    source = compiler.ASTSource(function, signature, constexprs=dict(variant.constants), attrs=promises)
    try:
        built = triton.compile(
            source,
            target=backends.GPUTarget("cuda", capability, 32),
            options={"num_warps": variant.num_warps},
        )
    except Exception as error:
        raise CompileError(f"compile: {variant.stem} for sm_{capability} failed: {error}") from error
    metadata = built.metadata
    for field, expected in {
        "num_warps": variant.num_warps,
        "num_ctas": 1,
        "global_scratch_size": 0,
        "profile_scratch_size": 0,
    }.items():
        # The launch makes blocks of num_warps warps, no clusters, and passes NULL for both scratch buffers.
        if (found := getattr(metadata, field)) != expected:
            raise CompileError(f"compile: {variant.stem} cannot be launched: got {field} {found}, expected {expected}")
    cubin = built.asm["cubin"]
    file = f"{variant.stem}.cubin"
    (folder / file).write_bytes(cubin)
    return Image(variant, metadata.name, file, hashlib.sha256(cubin).hexdigest(), metadata.shared)


def main() -> None:
    """Compile every declared kernel from the command line."""
    parser = argparse.ArgumentParser(description="Compile vt-kernels' cubins; no GPU is needed.")
    parser.add_argument("--target", default="sm_90", help="architecture, as sm_90")
    parser.add_argument("--out", type=Path, required=True, help="folder for the cubins and manifest.json")
    options = parser.parse_args()
    compile_all(options.out, target=options.target)


if __name__ == "__main__":
    main()
