# SPDX-License-Identifier: Apache-2.0
"""Plugins and interfaces that do not fit: each refusal names what was asked, what is there and what to install."""

import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest
import vt_core
from wheelhouse import need, run_python

SOURCE = Path(__file__).parent / "handshake" / "plugin.c"
BuildPlugin = Callable[..., Path]


@pytest.fixture
def build_plugin(tmp_path: Path) -> BuildPlugin:
    """Compile the handshake plugin with the given macros."""

    def build(*macros: str) -> Path:
        path = tmp_path / "handshake.so"
        include = f"-I{vt_core.get_include()}"
        flags = ["-std=c11", "-shared", "-fPIC", "-fvisibility=hidden", include, *(f"-D{macro}" for macro in macros)]
        subprocess.run(["cc", *flags, str(SOURCE), "-o", str(path)], check=True)
        return path

    return build


def test_a_plugin_that_fits_is_loaded(build_plugin: BuildPlugin) -> None:
    done = run_python(f"import vt_core; vt_core.load_plugin({str(build_plugin())!r}); print('loaded')")
    assert done.stdout == "loaded\n", done.stderr


@pytest.mark.parametrize(
    ("macros", "words"),
    [
        (["HOST_MAJOR=2"], ["handshake", "2.0", "1.0", "vt-core"]),
        (["HOST_MINOR=9"], ["handshake", "1.9", "1.0", "vt-core"]),
        (["ASK_MAJOR=2"], ["vt.core.tensor", "2.0", "1.0", "vt-core"]),
        (["ASK_MINOR=9"], ["vt.core.tensor", "1.9", "1.0", "vt-core"]),
        (['ASK_NAME="vt.cuda"', "ASK_MAJOR=1"], ["vt.cuda", "vt-cuda"]),
        (['ASK_NAME="vt.autograd"', "ASK_MAJOR=1"], ["vt.autograd", "vt-autograd"]),
        (["ENTRY=another_name"], ["vt_plugin_init"]),
    ],
    ids=["host-major", "host-minor", "major", "minor", "cuda", "autograd", "no-entry"],
)
def test_a_plugin_that_does_not_fit_is_refused_by_name(
    build_plugin: BuildPlugin, macros: list[str], words: list[str]
) -> None:
    path = build_plugin(*macros)
    code = f"import vt_core\ntry: vt_core.load_plugin({str(path)!r})\nexcept ImportError as e: print(e)"
    done = run_python(code)
    assert done.returncode == 0, done.stderr
    assert [word for word in words if word not in done.stdout] == [], done.stdout


def test_a_refused_plugin_leaves_no_op_behind(build_plugin: BuildPlugin) -> None:
    path = build_plugin('DEFINE_OP="left_behind(Tensor self) -> Tensor"', "ASK_MAJOR=2")
    code = f"""
import vt_core
try: vt_core.load_plugin({str(path)!r})
except ImportError: pass
print(hasattr(vt_core.ops, "left_behind"), "handshake" in vt_core.show_config())
"""
    assert run_python(code).stdout == "False False\n"


def test_a_file_that_is_no_library_is_refused_by_path(tmp_path: Path) -> None:
    path = tmp_path / "text.so"
    path.write_text("not an ELF file")
    with pytest.raises(ImportError, match=r"text\.so"):
        vt_core.load_plugin(path)


def test_a_missing_file_is_refused_by_path(tmp_path: Path) -> None:
    with pytest.raises(ImportError, match=r"nothing\.so"):
        vt_core.load_plugin(tmp_path / "nothing.so")


@pytest.mark.parametrize("module", ["vt_autograd", "vt_cuda", "vt_fabric"])
@pytest.mark.parametrize("fake", ["object()", "None", "new_capsule()"])
def test_a_package_refuses_what_is_not_the_core_capsule(module: str, fake: str) -> None:
    need(module.replace("_", "-"))
    code = f"""
import ctypes, vt_core._C as c
def new_capsule():
    make = ctypes.pythonapi.PyCapsule_New
    make.restype, make.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
    return make(1, b"another.name", None)
c._interface = {fake}
try: import {module}
except ImportError as e: print("ImportError:", e)
"""
    done = run_python(code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("ImportError:")
    assert "vt-core" in done.stdout or "vt_core" in done.stdout


def test_the_suffix_of_extension_modules_is_the_stable_one() -> None:
    assert sysconfig.get_config_var("EXT_SUFFIX")
    assert vt_core._C.__file__.endswith(".abi3.so")
