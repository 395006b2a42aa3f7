# SPDX-License-Identifier: Apache-2.0
"""Compiling without a GPU, in a process of its own since triton interprets in this one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from vt_kernels._runtime.manifest import read_manifest

pytest.importorskip("triton", reason="the compiler is in the `jit` extra")

from interpreted import Device

EM_CUDA = 190


def run(*arguments: str, code: str | None = None, interpret: bool = False) -> subprocess.CompletedProcess[str]:
    """Run the compiler's command line, or Python code, where triton compiles."""
    environment = {key: value for key, value in os.environ.items() if key != "TRITON_INTERPRET"}
    if interpret:
        environment["TRITON_INTERPRET"] = "1"
    program = ["-c", code] if code else ["-m", "vt_kernels._runtime.compile"]
    return subprocess.run(
        [sys.executable, *program, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cubins") / "sm_90"
    result = run("--target", "sm_90", "--out", str(folder))
    assert result.returncode == 0, result.stderr
    return folder


def test_compile_lists_every_declared_variant(compiled: Path, tmp_path: Path) -> None:
    manifest = read_manifest(compiled)
    device = Device()
    device.write_images(tmp_path / "declared")
    declared = [image.variant for image in read_manifest(tmp_path / "declared").images]
    assert [image.variant for image in manifest.images] == declared
    assert manifest.target == "sm_90"
    assert manifest.compiler.startswith("triton 3.6.")
    assert sorted(p.name for p in compiled.iterdir()) == sorted(["manifest.json", *(i.file for i in manifest.images)])


def test_compile_yields_cuda_images_for_the_target(compiled: Path) -> None:
    manifest = read_manifest(compiled)
    for image in manifest.images:
        cubin = manifest.cubin(image)
        assert cubin[:4] == b"\x7fELF"
        assert int.from_bytes(cubin[18:20], "little") == EM_CUDA
        # The first byte of the ELF flags is the architecture.
        assert cubin[48] == 90, image.file
        assert f".text.{image.symbol}".encode() in cubin


def test_compile_leaves_no_source_path_in_an_image(compiled: Path) -> None:
    import vt_kernels

    source = str(Path(vt_kernels.__file__).parent).encode()
    assert all(source not in path.read_bytes() for path in compiled.iterdir())


def test_compile_uses_wide_accesses_only_where_promised(tmp_path: Path) -> None:
    code = (
        "import dataclasses\n"
        "from pathlib import Path\n"
        "import triton\n"
        "from vt_kernels._runtime import compile as c\n"
        "from vt_kernels._triton.softmax import DECLARATIONS\n"
        "real, seen = triton.compile, []\n"
        "def spy(*args, **options):\n"
        "    built = real(*args, **options)\n"
        "    seen.append('ld.global.v4' in built.asm['ptx'])\n"
        "    return built\n"
        "triton.compile = spy\n"
        "variants = [v for v in DECLARATIONS[0].variants if v.dtype == 'f32' and v.constants['BLOCK'] in (64, 1024)]\n"
        f"c.compile_declared([dataclasses.replace(DECLARATIONS[0], variants=tuple(variants))], Path({str(tmp_path)!r}), "
        "target='sm_90')\n"
        "print([v.parameters[0].divisible_by for v in variants], seen)\n"
    )
    result = run(code=code)
    assert result.stdout == "[16, 1, 16, 1] [True, False, True, False]\n", result.stderr


@pytest.mark.parametrize("target", ["sm_75", "sm90", "cuda", ""])
def test_compile_rejects_an_unsupported_target(tmp_path: Path, target: str) -> None:
    result = run("--target", target, "--out", str(tmp_path / "out"))
    assert result.returncode != 0
    assert f"CompileError: compile: unsupported target: got {target!r}, expected sm_80 or newer" in result.stderr
    assert not (tmp_path / "out").exists()


def test_compile_refuses_to_run_under_the_interpreter(tmp_path: Path) -> None:
    result = run("--out", str(tmp_path), interpret=True)
    assert "CompileError: compile: rms_norm_rows is not compilable: unset TRITON_INTERPRET" in result.stderr


@pytest.mark.parametrize(
    ("stub", "message"),
    [
        ("raise ImportError('no triton here')", "triton cannot be imported: no triton here; install the extra"),
        ("__version__ = '3.7.1'", "unsupported triton: got 3.7.1, expected 3.6.*"),
    ],
)
def test_compile_names_the_extra_to_install(tmp_path: Path, stub: str, message: str) -> None:
    (tmp_path / "triton.py").write_text(stub)
    code = (
        "import sys\n"
        f"sys.path.insert(0, {str(tmp_path)!r})\n"
        "from pathlib import Path\n"
        "from vt_kernels._runtime.compile import compile_all\n"
        f"compile_all(Path({str(tmp_path)!r}), target='sm_90')\n"
    )
    result = run(code=code)
    assert f"CompileError: compile: {message}" in result.stderr


def test_compile_rejects_a_declaration_that_is_not_the_source(tmp_path: Path) -> None:
    code = (
        "import dataclasses\n"
        "from pathlib import Path\n"
        "from vt_kernels._runtime.compile import compile_declared\n"
        "from vt_kernels._triton.softmax import DECLARATIONS\n"
        "variant = DECLARATIONS[0].variants[0]\n"
        "wrong = dataclasses.replace(variant, parameters=variant.parameters[::-1])\n"
        "declaration = dataclasses.replace(DECLARATIONS[0], variants=(wrong,))\n"
        f"compile_declared([declaration], Path({str(tmp_path)!r}), target='sm_90')\n"
    )
    result = run(code=code)
    assert "CompileError: compile: softmax_rows declares ['n_cols', " in result.stderr


def test_compile_rejects_variants_of_one_name(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path\n"
        "from vt_kernels._runtime.compile import compile_declared\n"
        "from vt_kernels._triton.softmax import DECLARATIONS\n"
        f"compile_declared(DECLARATIONS[:1] * 2, Path({str(tmp_path)!r}), target='sm_90')\n"
    )
    result = run(code=code)
    assert "CompileError: compile: variants declared twice: ['softmax_rows-bf16-" in result.stderr
